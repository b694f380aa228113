"""A value proposition with all that can be done to it: write, change, order and drop lines, and plan who hears them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.message import Message

from crmtui.domain.propositions import Proposition
from crmtui.domain.words import Source
from crmtui.queries import value as queries
from crmtui.text import N_
from crmtui.tui import actions
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.contact_about import About
from crmtui.tui.widgets import value_lines
from crmtui.tui.widgets.facts import Facts

if TYPE_CHECKING:
    from crmtui.queries.value import Line, Place, ValuePage, Win
    from crmtui.tui.screens.base import RoomScreen

NEW: Final = Action(
    id="value.new", key="n", label=N_("New line"), help=N_("Write a line: need, offer, benefit, proof.")
)
EDIT: Final = Action(id="value.edit", key="e", label=N_("Edit"), help=N_("Change the line, or the personal win."))
PLAN: Final = Action(
    id="value.plan", key="p", label=N_("Plan a contact"), help=N_("Plan a contact whose message carries this.")
)
DOWN: Final = Action(
    id="value.lower", key="J,shift+down", label=N_("Further down"), does="put(1)", help=N_("Put the line further down.")
)
UP: Final = Action(
    id="value.higher", key="K,shift+up", label=N_("Further up"), does="put(-1)", help=N_("Put the line further up.")
)


class ValueFacts(Facts):
    """The value proposition of an account or an opportunity.

    Args:
        room: the screen that it will be on.
        place: whose.
    """

    HELP = N_(
        "The value proposition: for the organisation the need, what we offer, what it brings and the proof; for each "
        "person on the map the criterion or objective and the personal win. p plans a contact that carries the line."
    )
    BINDINGS: ClassVar = bindings(NEW, EDIT, PLAN, actions.DELETE, DOWN, UP)

    class Shown(Message):
        """A value proposition was read and is shown.

        Attributes:
            page: the value proposition.
        """

        def __init__(self, page: ValuePage) -> None:
            super().__init__()
            self.page = page

    def __init__(self, room: RoomScreen, place: Place) -> None:
        super().__init__(id="value")
        self._path = room.workspace
        self._place = place
        self._jobs = Jobs(self)
        self.page: ValuePage | None = None

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    def reload(self) -> None:
        """Read again."""
        work = partial(queries.page, self._path, self._place, self.room.crm.today)
        self._jobs.run("value", work, on_done=self._show, on_failed=lambda _gone: None)

    def _show(self, page: ValuePage) -> None:
        self.page = page
        self.show_facts(value_lines.facts(page))
        self.post_message(self.Shown(page))

    # What is under the cursor

    @property
    def _key(self) -> tuple[str, int, str]:
        """Table, key and field of the fact; '' and 0 for a remark."""
        table, _blank, rest = (self.current.key if self.current else "").partition(" ")
        key, _blank, field = rest.partition(" ")
        return (table, int(key), field) if table in (value_lines.LINE, value_lines.PERSON) else ("", 0, "")

    @property
    def _line(self) -> Line | None:
        table, key, _field = self._key
        parts = (self.page.own, *self.page.others) if self.page and table == value_lines.LINE else ()
        return next((line for part in parts for line in part.lines if line.record.id == key), None)

    @property
    def _win(self) -> Win | None:
        table, key, _field = self._key
        wins = self.page.wins if self.page and table == value_lines.PERSON else ()
        return next((win for win in wins if win.stakeholder.id == key), None)

    @property
    def about(self) -> About:
        """What a contact would be about that carries the line, or the win, under the cursor."""
        account, deal = self._place.account_id, self._place.opportunity_id
        if (line := self._line) is not None:
            deal = line.record.opportunity_id or deal
            return About(account_id=account, opportunity_id=deal, proposition_id=line.record.id)
        if (win := self._win) is not None:
            person, words = win.stakeholder.person_id, win.stakeholder.win.strip()
            return About(
                account_id=account,
                opportunity_id=deal,
                persons=(person,) if person else (),
                win_of_id=win.stakeholder.id if words else None,
            )
        return About(account_id=account, opportunity_id=deal)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this line is offered."""
        if action in ("delete", "put"):
            return self._line is not None
        if action == "edit" or (action == "open" and not self._leads_away):
            return self._line is not None or self._win is not None
        if action in ("new", "plan"):
            return self.page is not None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Write a new line of the place itself."""
        from crmtui.tui.screens import forms

        whose = {"account_id": self._place.account_id, "opportunity_id": self._place.opportunity_id}
        given = {name: key for name, key in whose.items() if key is not None}
        self.room.edit(forms.adding(self.room, Proposition, given))

    @property
    def _leads_away(self) -> bool:
        return self.current is not None and self.current.leads_to is not None

    def action_open(self) -> None:
        """Open the opportunity that the line is for; else the line itself is what there is to open."""
        if self._leads_away:
            super().action_open()
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Change the line at the field under the cursor, or what is known of the person."""
        from crmtui.tui.screens import forms

        if (line := self._line) is not None:
            forms.edit(self.room, line.record, self._key[2])
        elif (win := self._win) is not None:
            self.room.edit(forms.personal_win(self.room, win.stakeholder, win.name))

    def action_delete(self) -> None:
        """Delete the line; contacts that carry it stay."""
        from crmtui.commands import records

        if (line := self._line) is not None:
            work = partial(records.delete, self._path, Proposition, [line.record.id], Source.TUI)
            self.room.change(work, on_done=lambda gone: self.room.crm.tell(records.said(gone)))

    def action_put(self, by: int) -> None:
        """Put the line so many places further down."""
        from crmtui.commands import propositions

        if (line := self._line) is not None:
            self.room.change(partial(propositions.move, self._path, line.record.id, by, Source.TUI))

    def action_plan(self) -> None:
        """Plan a contact whose message carries what is under the cursor."""
        from crmtui.tui.screens import contact

        contact.plan(self.room, self.about)
