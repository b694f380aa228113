"""The form of a contact: to plan one, to write down one that happened, to change one.

Any screen opens it with `contact.log(room, About(account_id=..., persons=(...,)))`, `contact.plan(room, About(...))`
or `contact.edit(room, contact_id)`; imported in the method that needs it, since forms are heavy.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, Spec, specs
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.words import Source
from crmtui.text import N_, _, key as folded
from crmtui.tui import meanwhile, show
from crmtui.tui.screens.choose import Found
from crmtui.tui.screens.contact_about import NOTHING, About
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.domain.values import Value
    from crmtui.queries.contacts import Entry
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.widgets.form import Form

__all__ = ["NOTHING", "About", "ContactForm", "edit", "log", "plan"]

PERSONS: Final = "persons"
_WITH: Final = Spec(kind=Kind.LINK, label=N_("With"), help=N_("Who takes part; several if you like."), link="person")
_USUAL: Final = N_("Left empty, it is what the channel usually takes.")
_SAYS: Final = ("message", "proposition_id", "win_of_id")
_PLANNED: Final = ("channel_id", PERSONS, "day", "time", *_SAYS)
_LOGGED: Final = ("channel_id", PERSONS, "outcome", "day", "time", *_SAYS)
_WHERE: Final = ("account_id", "opportunity_id", "plan_id", "actor_id", "hours", "cost")


def plan(room: RoomScreen, about: About = NOTHING, on_saved: Callable[[int], None] | None = None) -> None:
    """Let the user plan a contact over a screen; `on_saved` receives its key."""
    from crmtui.commands import contacts

    def save(values: dict[str, Any]) -> int:
        return contacts.plan_contact(room.workspace, values, values.pop(PERSONS), Source.TUI)

    _begin(room, about, partial(ContactForm, _PLANNED, title=_("Plan a contact"), save=save), on_saved)


def log(room: RoomScreen, about: About = NOTHING, on_saved: Callable[[int], None] | None = None) -> None:
    """Let the user write down a contact that happened over a screen; `on_saved` receives its key."""
    from crmtui.commands import contacts

    def save(values: dict[str, Any]) -> int:
        return contacts.log(room.workspace, values, values.pop(PERSONS), Source.TUI, dt.datetime.now(dt.UTC))

    _begin(room, about, partial(ContactForm, _LOGGED, title=_("Log a contact"), save=save), on_saved)


def edit(room: RoomScreen, contact_id: int) -> None:
    """Let the user change a contact over a screen."""
    from crmtui.commands import contacts
    from crmtui.queries import contacts as queries

    def save(values: dict[str, Any]) -> int:
        persons = values.pop(PERSONS, None)
        contacts.edit(room.workspace, contact_id, values, Source.TUI, persons)
        return contact_id

    def show_form(entry: Entry) -> None:
        asked = _PLANNED if entry.is_open else _LOGGED
        given = {name: getattr(entry, name) for name in specs(Contact) if hasattr(entry, name)}
        given[PERSONS] = tuple(person.id for person in entry.people)
        shape = Shape(names={"win_of_id": entry.win_of}, now=meanwhile.kept(room.workspace, Contact, contact_id))
        title = _("Change a contact")
        room.edit(ContactForm(asked, given, title=title, save=save, changes_only=True, shape=shape))

    room.jobs.run("contact", partial(queries.entry, room.workspace, contact_id), on_done=show_form)


class ContactForm(FormScreen[int]):
    """A form for a contact; its people and opportunities are looked for in its account. Its result is the key.

    Args:
        asked: names of the fields that come first.
        given: what is there already; `persons` holds the keys of the interlocutors.
        title: what the form is called, translated.
        save: blocking; takes the values by field, `persons` among them.
        changes_only: whether it gets only what was changed.
        shape: what is told of the contact besides; which fields are asked, and where links are looked for, is known.
    """

    HELP = N_(
        "A contact. It is one record all its life: planned, moved, done or cancelled. "
        "Dates take +2w, fri, tomorrow; times are 09:30."
    )

    def __init__(
        self,
        asked: Sequence[str],
        given: dict[str, Value],
        *,
        title: str,
        save: Callable[[dict[str, Any]], int],
        changes_only: bool = False,
        shape: Shape | None = None,
    ) -> None:
        self._account: int | None = given.get("account_id")
        self._deal: int | None = given.get("opportunity_id")
        super().__init__(
            Contact,
            {PERSONS: (), **given},
            title=title,
            save=save,
            changes_only=changes_only,
            shape=dataclasses.replace(
                shape or Shape(),
                only=asked[:1],
                extra={name: _spec(name) for name in (*asked[1:], *_WHERE)},
                many=(PERSONS,),
                find={
                    PERSONS: self._people,
                    "opportunity_id": self._deals,
                    "proposition_id": self._lines,
                    "win_of_id": self._wins,
                },
                create={PERSONS: self._person},
            ),
        )

    def on_form_edited(self, event: Form.Edited) -> None:
        """Remember the account and the opportunity, which the searches look in from their threads."""
        event.stop()
        accounts, deals = (fields.founds(self.form.typed[name]) for name in ("account_id", "opportunity_id"))
        self._account = accounts[0].key if accounts else None
        self._deal = deals[0].key if deals else None

    def _person(self, name: str) -> Found[int]:
        """Somebody new of the account: one is often met before one is written down."""
        from crmtui.commands import records

        return Found(records.add(self._crm.path, Person, {"name": name, "account_id": self._account}, Source.TUI), name)

    def _people(self, words: str) -> list[Found[int]]:
        from crmtui.queries import contacts

        found = contacts.candidates(self._crm.path, words, self._account)
        return [Found(one.id, one.name, _detail(one.title, one.account, one.refused)) for one in found]

    def _lines(self, words: str) -> list[Found[int]]:
        """The value proposition of the opportunity and of the account."""
        from crmtui.queries import value

        found = value.lines_for(self._crm.path, self._account, self._deal)
        return [Found(key, need, benefit) for key, need, benefit in found if _answers(words, need, benefit)]

    def _wins(self, words: str) -> list[Found[int]]:
        """Those on the map who have a personal win."""
        from crmtui.queries import value

        found = value.wins_for(self._crm.path, self._account, self._deal, self._crm.today)
        return [Found(key, name, win) for key, name, win in found if _answers(words, name, win)]

    def _deals(self, words: str) -> list[Found[int]]:
        from crmtui.queries import contacts

        return [Found(key, name) for key, name in contacts.deals(self._crm.path, words, self._account)]


def _begin(
    room: RoomScreen,
    about: About,
    make: Callable[..., ContactForm],
    on_saved: Callable[[int], None] | None,
) -> None:
    """Read what the form begins with, and show it."""
    from crmtui.queries import contacts, workspace

    def read() -> dict[str, Value]:
        me = workspace.me(room.workspace)
        return {
            "account_id": about.account_id,
            "opportunity_id": about.opportunity_id,
            "plan_id": about.plan_id,
            PERSONS: about.persons,
            "proposition_id": about.proposition_id,
            "win_of_id": about.win_of_id,
            "day": about.day or room.crm.today,
            "actor_id": me.id if me else None,
            "channel_id": about.channel_id or contacts.channel_for(room.workspace, about.persons),
        }

    shape = Shape(foretell=about.foretell)
    room.jobs.run("contact", read, on_done=lambda given: room.edit(make(given, shape=shape), on_saved))


def _spec(name: str) -> Spec:
    if name == PERSONS:
        return _WITH
    spec = specs(Contact)[name]
    if name not in ("hours", "cost"):
        return spec
    return Spec(kind=spec.kind, label=spec.label, help=_USUAL, low=spec.low, high=spec.high)


def _answers(words: str, *texts: str) -> bool:
    """Whether every word is in one of the texts."""
    said = folded(" ".join(texts))
    return all(folded(word) in said for word in words.split())


def _detail(title: str, account: str, refused: Sequence[str]) -> str:
    refusals = [_("refuses {channel}").format(channel=show.label(channel).plain) for channel in refused]
    return " · ".join(part for part in (title, account, *refusals) if part)
