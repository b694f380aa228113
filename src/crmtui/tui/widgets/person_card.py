"""What is known of a person, line by line, and what can be done to a line."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.content import Content

from crmtui.domain import scales, values, words
from crmtui.domain.fields import specs
from crmtui.domain.people import Consent, Person
from crmtui.domain.words import Source
from crmtui.method.dmu import ADVICE
from crmtui.text import N_, _
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import brought_facts
from crmtui.tui.widgets.account_profile import judged, of_value
from crmtui.tui.widgets.facts import Fact, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.domain.people import PersonEmail, PersonPhone
    from crmtui.queries.people import Permission, PersonPage, Stake
    from crmtui.tui.screens.base import RoomScreen

CONSENT: Final = Action(
    id="person.consent",
    key="a",
    label=N_("Consent"),
    help=N_("Write down what the person said about being contacted on the channel under the cursor."),
)
_CHANNEL: Final = "channel "
_STATES: Final = {"granted": show.FINE, "refused": show.ACT}
_PLAIN: Final = ("department", "language", "city", "country")


class PersonCard(Facts):
    """What is known of a person."""

    HELP = N_("What is known of the person. A writes down what was said about the channel under the cursor.")
    BINDINGS: ClassVar = bindings(actions.EDIT, CONSENT, actions.DELETE, actions.EDITOR)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._page: PersonPage | None = None

    def show_page(self, page: PersonPage, today: dt.date) -> None:
        """Show a person."""
        self._page = page
        parts = (_who(page), _reach(page), _consents(page), _stakes(page), _notes(page, today))
        self.show_facts([*chain.from_iterable(parts), *brought_facts.facts(page.brought)])

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    @property
    def _permission(self) -> Permission | None:
        """What was said about the channel under the cursor."""
        key = self.current.key if self.current else ""
        consents = self._page.consents if self._page else ()
        return next((one for one in consents if key == f"{_CHANNEL}{one.channel_id}"), None)

    @property
    def _custom(self) -> int | None:
        """The custom field under the cursor."""
        return brought_facts.custom_of(self.current.key) if self.current else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this line is offered."""
        if action == "delete":
            is_said = self._permission is not None and self._permission.consent_id is not None
            return is_said or self._custom is not None
        if action == "editor":
            return self.current is not None and self.current.key == "notes"
        if action in ("edit", "consent"):
            return self._page is not None
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Fill in the form of the person at this line."""
        from crmtui.tui.screens import forms

        if self._page:
            field = _FIELDS.get(self.current.key, self.current.key) if self.current else ""
            is_field = field in specs(Person) or field in ("emails", "phones")
            forms.edit(self.room, self._page.person, field if is_field else "")

    def action_consent(self) -> None:
        """Write down what was said about a channel."""
        from crmtui.tui.screens import forms

        if self._page is None:
            return
        given = {}
        if said := self._permission:
            given = {"channel_id": said.channel_id, "source": said.source}
            given |= {"state": words.ConsentState(said.state)} if said.state else {}  # type: ignore[call-arg]  # found by its value, not made
        self.room.edit(forms.consent(self.room, self._page.person.id, given), self._tell_unwanted)

    def _tell_unwanted(self, count: int) -> None:
        """Say that something planned is not wanted any more."""
        from crmtui.queries import contacts

        if told := contacts.unwanted_told(count):
            self.room.crm.tell(told)

    def action_delete(self) -> None:
        """Take back what was said about a channel, as if nobody had asked; or what came with a file."""
        from crmtui.commands import records as commands

        if self._custom is not None:
            brought_facts.delete(self.room, self._custom)
        elif self._permission and self._permission.consent_id:
            keys = [self._permission.consent_id]
            work = partial(commands.delete, self.room.workspace, Consent, keys, Source.TUI)
            self.room.change(work, on_done=lambda gone: self.room.crm.tell(commands.said(gone)))

    def action_editor(self) -> None:
        """Change the notes in the user's own editor."""
        from crmtui.tui.screens import forms

        if self._page:
            forms.edit_text(self.room, self._page.person, "notes")


_FIELDS: Final = {"account": "account_id", "boss": "reports_to_id", "channel": "preferred_channel_id"}


def _who(page: PersonPage) -> Iterator[Fact]:
    person = page.person
    yield Fact("group who", _("Person"))
    account = ("account", person.account_id) if person.account_id else None
    yield Fact("account", _("Account"), of_value(specs(Person)["name"].kind, page.account), account)
    yield _field(person, "title")
    boss = ("person", person.reports_to_id) if person.reports_to_id else None
    yield Fact("boss", _("Reports to"), of_value(specs(Person)["name"].kind, page.boss), boss)
    for name in _PLAIN:
        yield _field(person, name)
    yield Fact("social_style", _("Social style"), _style(person))


def _field(person: Person, name: str) -> Fact:
    spec = specs(Person)[name]
    return Fact(name, _(spec.label), of_value(spec.kind, values.label(spec, getattr(person, name))))


def _style(person: Person) -> Content:
    if person.social_style is None:
        return show.unknown()
    style = judged(_(person.social_style.label), person.style_basis, person.style_on, person.style_source)
    return Content.assemble(style, "\n", (_(ADVICE[person.social_style]), show.MUTED))


def _reach(page: PersonPage) -> Iterator[Fact]:
    yield Fact("group reach", _("How to reach"))
    yield Fact("emails", _("E-mail"), _addresses(page.reach.emails))
    yield Fact("phones", _("Telephone"), _addresses(page.reach.phones))
    preferred = show.label(page.channel) if page.channel else show.nothing()
    yield Fact("channel", _("Preferred channel"), preferred)


def _addresses(addresses: tuple[PersonEmail, ...] | tuple[PersonPhone, ...]) -> Content:
    if not addresses:
        return show.nothing()
    return Content("\n").join(
        Content.assemble(show.label(getattr(one, one.noun.title)), (f"  {_(one.kind.label)}", show.MUTED))
        for one in addresses
    )


def _consents(page: PersonPage) -> Iterator[Fact]:
    yield Fact("group consents", _("May be contacted by"))
    for one in page.consents:
        yield Fact(f"{_CHANNEL}{one.channel_id}", one.channel, _consent(one))


def _consent(said: Permission) -> Content:
    if not said.state:
        return Content.styled(_("not asked"), show.MUTED)
    word = next(word for word in words.ConsentState if word.value == said.state)
    day = show.full_date(dt.date.fromisoformat(said.day)).plain if said.day else ""
    more = " · ".join(part for part in (day, said.source) if part)
    return Content.assemble((_(word.label), _STATES[said.state]), "  ", show.label(more, show.MUTED))


def _stakes(page: PersonPage) -> Iterator[Fact]:
    yield Fact("group stakes", _("In decision-making units"))
    if not page.stakes:
        yield Fact("stakes", _("Maps"), Content.styled(_("on none"), show.MUTED))
    for stake in page.stakes:
        name = stake.opportunity or stake.account
        yield Fact(f"stakeholder {stake.stakeholder_id}", name, _stake(stake), ("dmu_map", stake.map_id))


def _stake(stake: Stake) -> Content:
    roles = [_(word.label) for word in words.Role if word.value in stake.roles.split(",")]
    said = [
        Content(", ".join([*roles, *([_("veto")] if stake.veto else [])])) if roles or stake.veto else show.nothing(),
        _graded(_("power"), stake.power, scales.POWER),
        Content.assemble(
            (_("attitude "), show.MUTED), show.attitude(stake.attitude), _named(stake.attitude, scales.ATTITUDE)
        ),
        _graded(_("relationship"), stake.relationship, scales.RELATIONSHIP),
    ]
    line = Content(" · ").join(said)
    if not stake.win.strip():
        return line
    return Content.assemble(line, "\n", (_("win: "), show.MUTED), show.label(stake.win))


def _graded(label: str, grade: int | None, names: dict[int, str]) -> Content:
    value = show.unknown() if grade is None else Content(str(grade))
    return Content.assemble((f"{label} ", show.MUTED), value, _named(grade, names))


def _named(grade: int | None, names: dict[int, str]) -> Content:
    return Content() if grade is None else Content(f" {_(names[grade])}")


def _notes(page: PersonPage, today: dt.date) -> Iterator[Fact]:
    yield Fact("group notes", _("Contacts and notes"))
    days = [dt.date.fromisoformat(day) if day else None for day in (page.last, page.coming)]
    yield Fact("last", _("Last contact"), show.when(days[0], today))
    yield Fact("coming", _("Next contact"), show.when(days[1], today))
    yield _field(page.person, "notes")
