"""The profile of an account: what is known of it, line by line, and what can be done to a line."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.content import Content

from crmtui.days import dated
from crmtui.domain import values, words
from crmtui.domain.accounts import Account, CompetitorPosition
from crmtui.domain.fields import Kind, specs
from crmtui.domain.words import Source
from crmtui.queries import records, whitespace_words
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import brought_facts, white_paint
from crmtui.tui.widgets.account_facts import closeness
from crmtui.tui.widgets.facts import Fact, Facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.queries.accounts import AccountPage, Rival
    from crmtui.queries.whitespace import Offered, Said, White
    from crmtui.tui.screens.base import RoomScreen

GROUPS: Final = (
    (
        N_("Organisation"),
        (
            "parent_id",
            "owner_id",
            "industry",
            "segment",
            "status",
            "posture",
            "posture_reason",
            "level",
            "target_level",
            "employees",
            "revenue",
            "founded",
            "website",
            "email",
            "phone",
            "street",
        ),
    ),
    (
        N_("How it works and what it wants"),
        ("value_chain", "operating_habits", "organisational_habits", "strategic_values", "needs"),
    ),
    (N_("Competition"), ("competition",)),
    (N_("White space"), ("white_space",)),
    (N_("Notes"), ("notes",)),
)
_NAMES: Final = {"target_level": N_("Target"), "street": N_("Address")}

RIVAL: Final = "competitor_position "
WHITE: Final = "white_space"
BOUGHT: Final = "bought"
NEW_RIVAL: Final = Action(
    id="profile.new", key="n", label=N_("Competitor"), help=N_("Write down a competitor there, and how close it is.")
)


class Profile(Facts):
    """What is known of an account."""

    HELP = N_("What is known of the account. E edits the line; a long text opens in your own editor with capital E.")
    BINDINGS: ClassVar = bindings(actions.EDIT, NEW_RIVAL, actions.DELETE, actions.EDITOR)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._page: AccountPage | None = None

    def show_page(self, page: AccountPage) -> None:
        """Show an account."""
        self._page = page
        self.show_facts(facts(page))

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    @property
    def _field(self) -> str:
        return self.current.key if self.current else ""

    @property
    def _position(self) -> int | None:
        """The competitor's position under the cursor."""
        return int(self._field.removeprefix(RIVAL)) if self._field.startswith(RIVAL) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this line is offered."""
        if action == "delete":
            return self._position is not None or brought_facts.custom_of(self._field) is not None
        if action == "editor":
            return self._position is not None or _is_text(self._field)
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Write down a competitor there."""
        from crmtui.tui.screens import forms

        if self._page:
            self.room.edit(forms.position(self.room, self._page.account.id))

    def action_edit(self) -> None:
        """Fill in the form of the account, or of the competitor's position, at this line."""
        from crmtui.tui.screens import forms

        if self._position is not None:
            self._with_position(partial(forms.edit, self.room))
        elif self._page:
            field = self._field if self._field in specs(Account) else ""
            forms.edit(self.room, self._page.account, field)

    def _with_position(self, then: Callable[[CompetitorPosition], None]) -> None:
        if self._position is not None:
            work = partial(records.get, self.room.workspace, CompetitorPosition, self._position)
            self.room.jobs.run("position", work, on_done=then)

    def action_delete(self) -> None:
        """Take the competitor's position away, or what came with a file."""
        from crmtui.commands import records as commands

        custom = brought_facts.custom_of(self._field)
        if custom is not None:
            brought_facts.delete(self.room, custom)
        elif self._position is not None:
            work = partial(commands.delete, self.room.workspace, CompetitorPosition, [self._position], Source.TUI)
            self.room.change(work, on_done=lambda gone: self.room.crm.tell(commands.said(gone)))

    def action_editor(self) -> None:
        """Change the long text of this line in the user's own editor."""
        from crmtui.tui.screens import forms

        if self._position is not None:
            self._with_position(lambda position: forms.edit_text(self.room, position, "success_factors"))
        elif self._page and _is_text(self._field):
            forms.edit_text(self.room, self._page.account, self._field)


def _is_text(field: str) -> bool:
    spec = specs(Account).get(field)
    return spec is not None and spec.kind is Kind.TEXT


def facts(page: AccountPage) -> list[Fact]:
    """The profile, by groups; fields that belong together are one line."""
    found: list[Fact] = []
    for heading, names in GROUPS:
        found.append(Fact(f"group {heading}", _(heading)))
        for name in names:
            found += _OWN[name](page) if name in _OWN else [_of_field(page, name)]
    return [*found, *brought_facts.facts(page.brought)]


def _of_field(page: AccountPage, name: str) -> Fact:
    leads_to = ("account", page.account.parent_id) if name == "parent_id" and page.account.parent_id else None
    return Fact(name, _(_NAMES.get(name) or specs(Account)[name].label), _shown(page, name), leads_to)


def _shown(page: AccountPage, name: str) -> Content:
    account = page.account
    made = {
        "parent_id": lambda: of_value(Kind.LINE, page.parent),
        "owner_id": lambda: of_value(Kind.LINE, page.owner),
        "street": lambda: _address(account),
        "level": lambda: judged(_(account.level.label), account.level_basis, account.level_on, account.level_source),
        "target_level": lambda: _target(account),
        "revenue": lambda: show.money_in_full(account.revenue, account.currency),
    }
    if name in made:
        return made[name]()
    spec = specs(Account)[name]
    return of_value(spec.kind, values.label(spec, getattr(account, name)))


def _target(account: Account) -> Content:
    if account.target_level is None:
        return show.nothing()
    day = Content.assemble(" · ", show.full_date(account.target_on)) if account.target_on else Content()
    return Content.assemble(_(account.target_level.label), day)


def of_value(kind: Kind, shown: str) -> Content:
    """A value as it is read; nothing when it is empty."""
    if not shown.strip():
        return show.nothing()
    return show.block(shown.rstrip()) if kind is Kind.TEXT else show.label(shown)


def judged(shown: str, basis: words.Basis | str, day: dt.date | None, source: str) -> Content:
    """A judgement with how sure it is, of which day, and who says so."""
    is_assumed = str(basis) == words.Basis.ASSUMED.value
    parts = [
        f"{show.glyphs().assumed} {_(words.Basis.ASSUMED.label)}" if is_assumed else _(words.Basis.CONFIRMED.label)
    ]
    if day:
        parts.append(show.full_date(day).plain)
    if source:
        parts.append(source)
    return Content.assemble(show.block(shown), "  ", show.label(" · ".join(parts), show.MUTED))


def _address(account: Account) -> Content:
    """Street, place and country on one line."""
    place = " ".join(one for one in (account.postcode, account.city) if one)
    parts = [one for one in (account.street, place, account.region, account.country) if one]
    return show.label(", ".join(parts)) if parts else show.nothing()


def _competition(page: AccountPage) -> list[Fact]:
    if not page.rivals:
        return [Fact("competition", _("Competitors"), Content.styled(_("none known; n writes one down"), show.MUTED))]
    return [_rival(rival) for rival in page.rivals]


def _rival(rival: Rival) -> Fact:
    day = dt.date.fromisoformat(rival.judged_on) if rival.judged_on else None
    value = judged(closeness(rival).plain, rival.basis, day, rival.source)
    if rival.success_factors.strip():
        value = Content.assemble(value, "\n", show.block(rival.success_factors.rstrip()))
    return Fact(f"competitor_position {rival.position_id}", rival.name, value)


def _white_space(page: AccountPage) -> list[Fact]:
    """What we supply, what others do and until when, what nobody knows; enter goes to the grid."""
    white, leads_to = page.white, (WHITE, page.account.id)
    if not white.offerings:
        return [Fact(WHITE, _("Offerings"), Content.styled(_("none yet; L writes down what you sell"), show.MUTED))]
    lines = [line for state in words.Supply if (line := _supplied(white, state)).plain]
    found = [Fact(WHITE, _("Supplied by"), Content("\n").join(lines), leads_to)]
    if bought := whitespace_words.bought(white):
        found.append(Fact(BOUGHT, _("Last bought"), show.label(bought), leads_to))
    return found


def _supplied(white: White, state: words.Supply) -> Content:
    """`□ Line performance board (Calvessa Software, in 41 days), …`; of the unknown ones their number."""
    found = white.of(state)
    if not found:
        return Content()
    mark = Content.assemble(white_paint.sign(state), " ")
    if state is words.Supply.UNKNOWN:
        told = ngettext("{count} that nobody knows", "{count} that nobody knows", len(found))
        return Content.assemble(mark, (told, show.MUTED))
    parts = [_offered(one, said) for one, said in found]
    label = (f"{_(state.label)}: ", show.MUTED)
    return Content.assemble(mark, label, Content.styled(", ", show.MUTED).join(parts))


def _offered(one: Offered, said: Said | None) -> Content:
    cell = said.cell if said else None
    more = [said.competitor] if said and said.competitor else []
    more += [_("until {day}").format(day=dated(cell.ends_on))] if cell and cell.ends_on else []
    told = show.label(one.name)
    return Content.assemble(told, " ", show.label(f"({', '.join(more)})", show.MUTED)) if more else told


_OWN: Final[dict[str, Callable[[AccountPage], list[Fact]]]] = {
    "competition": _competition,
    WHITE: _white_space,
}
