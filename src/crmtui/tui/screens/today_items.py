"""What the cursor can be on in Today: each says what it is about, where Enter goes, and why it is told."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from crmtui.text import _
from crmtui.tui.screens import move_desk
from crmtui.tui.screens.contact_about import About
from crmtui.tui.widgets import action_lines, contact_lines, due_lines, today_lines
from crmtui.tui.widgets.action_lines import ACTION
from crmtui.tui.widgets.filter_box import FilterBox

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable

    from textual.content import Content

    from crmtui.queries.moves import Moves, NextMove
    from crmtui.queries.today import Due, Entry, Finding, Task, Today
    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.screens.base import RoomScreen


class Item(ABC):
    """One of them."""

    @property
    def contact(self) -> Entry | None:
        """The contact that it is, or only asks to hold; None for another thing."""
        return None

    @property
    @abstractmethod
    def about(self) -> About:
        """What a contact for it would be about."""

    @abstractmethod
    def go(self, room: RoomScreen) -> None:
        """Go to the record, or to the list of those that were counted."""

    @abstractmethod
    def why(self, today: dt.date) -> tuple[str, Content]:
        """A title, and why it is told or all that is known of it."""


@dataclass(frozen=True, slots=True)
class ContactItem(Item):
    """A contact that is due."""

    entry: Entry

    @property
    def contact(self) -> Entry:
        """The contact."""
        return self.entry

    @property
    def about(self) -> About:
        """Its account, opportunity and people."""
        people = tuple(person.id for person in self.entry.people)
        return About(account_id=self.entry.account_id, opportunity_id=self.entry.opportunity_id, persons=people)

    def go(self, room: RoomScreen) -> None:
        """Go to its opportunity, or else to its account."""
        if self.entry.opportunity_id:
            room.crm.open_record("opportunity", self.entry.opportunity_id)
        elif self.entry.account_id:
            room.crm.open_record("account", self.entry.account_id)

    def why(self, today: dt.date) -> tuple[str, Content]:
        """All that is known of it."""
        return _("Contact"), contact_lines.full(self.entry, today)


@dataclass(frozen=True, slots=True)
class ActionItem(Item):
    """An action that is due."""

    action: Task

    @property
    def about(self) -> About:
        """Its account and opportunity."""
        return About(account_id=self.action.account_id, opportunity_id=self.action.opportunity_id)

    def go(self, room: RoomScreen) -> None:
        """Go to the action plan of its account."""
        room.crm.open_record("account", self.action.account_id, at="action_plan")

    def why(self, today: dt.date) -> tuple[str, Content]:
        """All that is known of it."""
        return _("Action"), action_lines.full(self.action, today)


@dataclass(frozen=True, slots=True)
class DueItem(Item):
    """A promise or a request that is due."""

    due: Due

    @property
    def about(self) -> About:
        """Its account."""
        return About(account_id=self.due.account_id)

    def go(self, room: RoomScreen) -> None:
        """Go to what its account was promised."""
        room.crm.open_record("account", self.due.account_id, at="delivery")

    def why(self, today: dt.date) -> tuple[str, Content]:
        """All that is known of it."""
        return due_lines.noun(self.due), due_lines.full(self.due, today)


@dataclass(frozen=True, slots=True)
class FindingItem(Item):
    """Something to keep an eye on."""

    finding: Finding

    @property
    def about(self) -> About:
        """Its account and opportunity."""
        return About(account_id=self.finding.account_id, opportunity_id=self.finding.opportunity_id)

    def go(self, room: RoomScreen) -> None:
        """Go to its record, or to the room that shows those that were counted and no others."""
        if self.finding.table:
            room.crm.open_record(self.finding.table, self.finding.key)
        elif self.finding.noun:
            room.crm.action_room(self.finding.noun)
            room.crm.call_after_refresh(_filter, room.crm, self.finding.words)

    def why(self, today: dt.date) -> tuple[str, Content]:  # noqa: ARG002 - the interface
        """The rule that found it."""
        return _("Why"), today_lines.reason(self.finding)


@dataclass(frozen=True, slots=True)
class MoveItem(Item):
    """One of the best next moves."""

    move: NextMove

    @property
    def contact(self) -> Entry | None:
        """The contact that it only asks to hold."""
        return self.move.contact

    @property
    def about(self) -> About:
        """What it is about."""
        return move_desk.about(self.move)

    def go(self, room: RoomScreen) -> None:
        """Go to the place that it is about."""
        move_desk.go(room, self.move)

    def why(self, today: dt.date) -> tuple[str, Content]:  # noqa: ARG002 - the interface
        """Its terms."""
        return _("Why"), today_lines.worth(self.move)


def items(page: Today, moves: Moves | None) -> dict[Hashable, Item]:
    """All that the lists of Today hold, by what their lines stand for; in the order in which it is due."""
    found: dict[Hashable, Item] = {}
    for agenda in (page.overdue, page.today, page.coming):
        found |= {entry.id: ContactItem(entry) for entry in agenda.entries}
        found |= {(ACTION, action.id): ActionItem(action) for action in agenda.actions}
        found |= {due_lines.key(due): DueItem(due) for due in agenda.dues}
    found |= {finding: FindingItem(finding) for finding in (*page.watch, *(moves.chores if moves else ()))}
    found |= {move.identity: MoveItem(move) for move in (moves.best if moves else ())}
    return found


def _filter(app: CrmtuiApp, words: str) -> None:
    """Let the room that was gone to show only those that were counted."""
    try:
        box = app.screen.query(FilterBox).first()
    except NoMatches:
        return
    box.add_class("-open")
    box.value = words
