"""The first room: what do I do now, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crmtui.text import N_, _
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import move_desk
from crmtui.tui.screens.contact_about import NOTHING
from crmtui.tui.screens.due_room import DueRoom
from crmtui.tui.screens.today_items import ActionItem, DueItem, MoveItem, items
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import today_lines
from crmtui.tui.widgets.agenda import MARK, Agenda
from crmtui.tui.widgets.page import Pane, SidePane

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.queries.contacts import Entry
    from crmtui.queries.moves import Moves
    from crmtui.queries.today import Due, Task, Today
    from crmtui.tui.screens.contact_about import About
    from crmtui.tui.screens.today_items import Item

EVERYBODY: Final = Action(
    id="today.everybody",
    key="a",
    label=N_("Everybody"),
    help=N_("Show what is everybody's, or only what is yours and nobody's."),
)


class DueList(Agenda):
    """What is due, and the best next moves."""

    HELP = N_(
        "What is due, then what would help most. Enter goes to the opportunity or account; x marks a contact as done, "
        "a promise as kept or broken, a request as answered; m moves it; w says why a move is proposed."
    )


class WatchList(Agenda):
    """What to keep an eye on."""

    HELP = N_("What fell, is late, went quiet, or is not known. Enter goes there; w says which rule found it.")


class WeekPane(SidePane, can_focus=False):
    """This week's figures over what to watch; the focus goes to the list inside."""

    class Resized(Message):
        """It has other cells now."""

    def on_resize(self) -> None:
        """Let what it shows be set anew."""
        self.post_message(self.Resized())


class TodayScreen(DueRoom):
    """What is due today, this week's figures, what to watch, and what to do next."""

    ROOM = "today"
    HELP = N_("Today: what is overdue, due and next, and the moves that would help most, each with its reason.")
    BINDINGS: ClassVar = bindings(actions.WHY, EVERYBODY)
    AUTO_FOCUS = "DueList"
    DEFAULT_CSS = """
    TodayScreen {
        & #due { width: 1fr; }
        & #figures { height: auto; margin-bottom: 1; text-wrap: nowrap; }
        & WatchList { height: 1fr; }
        & SidePane { overflow-y: hidden; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page: Today | None = None
        self._mine = True
        self._moves: Moves | None = None
        self._is_ranked = False  # whether the moves have been asked for since the page was last read
        self._items: Mapping[Hashable, Item] = {}

    def compose_body(self) -> ComposeResult:
        """What is due on the left; figures and what to watch on the right."""
        yield Pane(DueList(id="agenda"), title=_("Today"), id="due")
        yield WeekPane(Static(id="figures", markup=False), WatchList(id="watch"), title=_("This week"), id="side")

    @property
    def due(self) -> Agenda:
        """The list on the left."""
        return self.query_one(DueList)

    @property
    def watching(self) -> Agenda:
        """The list on the right."""
        return self.query_one(WatchList)

    # Reading

    def reload(self) -> None:
        """Read the page again; the moves, which take longer, are worked out once it is there."""
        self._is_ranked = False
        self.jobs.run("page", partial(self._read, self.crm.today, mine=self._mine), on_done=self._show)

    def on_screen_resume(self) -> None:
        """The screen has come back: what was put off while another one was shown is done."""
        super().on_screen_resume()
        if self._page is not None:
            self._ask_moves()

    def _ask_moves(self) -> None:
        """Work out the moves, unless they are known, or nobody is looking: another room needs the time more."""
        if not self._is_ranked and self.is_current:
            self._is_ranked = True
            self.jobs.run("moves", partial(self._rank, self.crm.today, mine=self._mine), on_done=self._show_moves)

    def _read(self, day: dt.date, *, mine: bool) -> Today:
        """In a thread, also the loading of what reads: the first screen must not wait for it."""
        from crmtui.queries import today

        return today.page(self.workspace, day, mine=mine)

    def _rank(self, day: dt.date, *, mine: bool) -> Moves:
        """In a thread: what would help most."""
        from crmtui.queries import moves

        return moves.found(self.workspace, day, mine=mine)

    def _show_moves(self, moves: Moves) -> None:
        self._moves = moves
        self._show_due()

    def _show(self, page: Today) -> None:
        gone = self._gone(page)
        self._page = page
        self.query_one("#due", Pane).entitle(self._heading(page), self._whose(page))
        self._draw_side()
        self._show_due(gone)
        self._ask_moves()

    def _show_due(self, gone: Collection[Hashable] = ()) -> None:
        """The list on the left, with the moves as soon as they are there; the cursor does not follow what is gone."""
        if self._page is None:
            return
        page, moves = self._page, self._moves
        self._items = items(page, moves)
        is_empty = page.is_empty and not (moves and (moves.best or moves.chores))
        self.due.show_lines(
            today_lines.beginning(has_accounts=page.has_accounts)
            if is_empty
            else tuple(today_lines.agenda(page, moves)),
            gone,
        )
        self.refresh_bindings()

    def _gone(self, page: Today) -> set[int]:
        """The contacts that have come under another heading: the cursor is not to follow them there."""
        if self._page is None:
            return set()
        before, now = _headings(self._page), _headings(page)
        return {one for one, heading in now.items() if before.get(one, heading) != heading}

    def _heading(self, page: Today) -> Content:
        return Content.assemble(_("Today"), " · ", show.full_date(page.day))

    def _whose(self, page: Today) -> str:
        if not page.me:
            return ""
        return _("{name}'s and nobody's").format(name=page.me) if page.is_mine else _("everybody's")

    @on(WeekPane.Resized)
    def _draw_side(self) -> None:
        """The pane on the right, in the cells that it has."""
        if self._page is not None:
            figures = self.query_one("#figures", Static)
            width = figures.content_size.width or 40
            figures.update(today_lines.figures(self._page, width))
            self.watching.show_lines(tuple(today_lines.watch(self._page, width - MARK - 1)))  # a scroll bar beside it

    # What is chosen

    @property
    def _item(self) -> Item | None:
        """What the cursor is on, in the list that has the focus."""
        return self._items.get((self.watching if self.watching.has_focus else self.due).current)

    @property
    def _marked(self) -> list[Item]:
        """What is marked in the list on the left, else what the cursor is on; nothing while it has not the focus."""
        if not self.is_mounted or self.watching.has_focus:
            return []
        keys = self.due.marks or {self.due.current}
        return [item for key, item in self._items.items() if key in keys]

    @property
    def chosen(self) -> Sequence[Entry]:
        """The marked contacts, else the one under the cursor, or that the move under it only asks to hold."""
        return [item.contact for item in self._marked if item.contact]

    @property
    def chosen_actions(self) -> Sequence[Task]:
        """The marked actions, else the one under the cursor."""
        return [item.action for item in self._marked if isinstance(item, ActionItem)]

    @property
    def chosen_dues(self) -> Sequence[Due]:
        """The marked promises and requests, else the one under the cursor."""
        return [item.due for item in self._marked if isinstance(item, DueItem)]

    @property
    def about(self) -> About:
        """The account, opportunity and person of what the cursor is on."""
        return self._item.about if self._item else NOTHING

    def unmark(self) -> None:
        """Take all marks away."""
        self.due.unmark()

    @on(Agenda.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Why is asked of what there is; others are only where the workspace knows who the user is."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "why":
            return self._item is not None
        if action == "everybody":
            return self._page is not None and bool(self._page.me)
        return super().check_action(action, parameters)

    @on(Agenda.Opened)
    def _open(self) -> None:
        """Go to the record, or to the list of those that were counted."""
        if self._item:
            self._item.go(self)

    def action_plan(self) -> None:
        """Plan a contact; or, where the move under the cursor is none, an action."""
        item = self._item
        if isinstance(item, MoveItem) and move_desk.is_action(item.move):
            move_desk.plan(self, item.move)
        else:
            super().action_plan()

    def action_why(self) -> None:
        """Say why it is told."""
        if self._item:
            self.app.push_screen(WhyScreen(*self._item.why(self.crm.today)))

    def action_pane(self) -> None:
        """Show the pane over the list, or fold it; the focus goes along."""
        super().action_pane()
        (self.watching if self.has_class("-pane") else self.due).focus()

    def action_everybody(self) -> None:
        """Show everybody's, or only one's own."""
        self._mine = not self._mine
        self.reload()


def _headings(page: Today) -> dict[int, int]:
    """The heading of each contact, counted from the first."""
    groups = (page.overdue, page.today, page.coming)
    return {entry.id: heading for heading, group in enumerate(groups) for entry in group.entries}
