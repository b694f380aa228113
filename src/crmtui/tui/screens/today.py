"""The first room: what do I do now, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.widgets import Static

from crmtui.text import N_, _
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import move_desk
from crmtui.tui.screens.contact_about import NOTHING, About
from crmtui.tui.screens.due_room import DueRoom
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import action_lines, contact_lines, due_lines, today_lines
from crmtui.tui.widgets.action_lines import ACTION
from crmtui.tui.widgets.agenda import MARK, Agenda
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.page import Pane, SidePane

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.queries.contacts import Entry
    from crmtui.queries.moves import Moves, NextMove
    from crmtui.queries.today import Due, Finding, Task, Today

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
        self._entries: Mapping[int, Entry] = {}
        self._actions: Mapping[Hashable, Task] = {}
        self._dues: Mapping[Hashable, Due] = {}
        self._findings: Mapping[Hashable, Finding] = {}
        self._moves: Moves | None = None
        self._is_ranked = False  # whether the moves have been asked for since the page was last read
        self._best: Mapping[Hashable, NextMove] = {}

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
        self._best = {move.identity: move for move in moves.best}
        self._show_due()

    def _show(self, page: Today) -> None:
        gone = self._gone(page)
        self._page = page
        agendas = (page.overdue, page.today, page.coming)
        self._entries = {entry.id: entry for agenda in agendas for entry in agenda.entries}
        self._actions = {(ACTION, action.id): action for agenda in agendas for action in agenda.actions}
        self._dues = {due_lines.key(due): due for agenda in agendas for due in agenda.dues}
        self.query_one("#due", Pane).entitle(self._heading(page), self._whose(page))
        self._draw_side()
        self._show_due(gone)
        self._ask_moves()

    def _show_due(self, gone: Collection[Hashable] = ()) -> None:
        """The list on the left, with the moves as soon as they are there; the cursor does not follow what is gone."""
        if self._page is None:
            return
        page, moves = self._page, self._moves
        chores = moves.chores if moves else ()
        self._findings = {finding: finding for finding in (*chores, *page.watch)}
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
    def _key(self) -> Hashable | None:
        """What the line stands for that the cursor is on, in the list that has the focus."""
        return (self.watching if self.watching.has_focus else self.due).current

    @property
    def _entry(self) -> Entry | None:
        """The contact under the cursor."""
        key = self._key
        return self._entries.get(key) if isinstance(key, int) else self._held

    @property
    def _action(self) -> Task | None:
        """The action under the cursor."""
        return self._actions.get(self._key)

    @property
    def _due(self) -> Due | None:
        """The promise or the request under the cursor."""
        return self._dues.get(self._key)

    @property
    def _next_move(self) -> NextMove | None:
        """The move under the cursor."""
        return self._best.get(self._key)

    @property
    def _held(self) -> Entry | None:
        """The contact that the move under the cursor only asks to hold."""
        return move.contact if (move := self._next_move) else None

    @property
    def _finding(self) -> Finding | None:
        """The finding under the cursor."""
        return self._findings.get(self._key)

    @property
    def chosen(self) -> Sequence[Entry]:
        """The marked contacts, else the one under the cursor."""
        if not self.is_mounted or self.watching.has_focus:
            return ()
        if not self.due.marks and (held := self._held):
            return (held,)
        return [entry for entry in self._entries.values() if entry.id in self._chosen_keys]

    @property
    def chosen_actions(self) -> Sequence[Task]:
        """The marked actions, else the one under the cursor."""
        if not self.is_mounted or self.watching.has_focus:
            return ()
        return [action for key, action in self._actions.items() if key in self._chosen_keys]

    @property
    def chosen_dues(self) -> Sequence[Due]:
        """The marked promises and requests, else the one under the cursor."""
        if not self.is_mounted or self.watching.has_focus:
            return ()
        return [due for key, due in self._dues.items() if key in self._chosen_keys]

    @property
    def _chosen_keys(self) -> Collection[Hashable]:
        return self.due.marks or {self.due.current}

    @property
    def about(self) -> About:
        """The account, opportunity and person of what the cursor is on."""
        if move := self._next_move:
            return move_desk.about(move)
        if finding := self._finding:
            return About(account_id=finding.account_id, opportunity_id=finding.opportunity_id)
        if entry := self._entry:
            people = tuple(person.id for person in entry.people)
            return About(account_id=entry.account_id, opportunity_id=entry.opportunity_id, persons=people)
        if action := self._action:
            return About(account_id=action.account_id, opportunity_id=action.opportunity_id)
        if due := self._due:
            return About(account_id=due.account_id)
        return NOTHING

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
            return self._key is not None
        if action == "everybody":
            return self._page is not None and bool(self._page.me)
        return super().check_action(action, parameters)

    @on(Agenda.Opened)
    def _open(self) -> None:
        """Go to the record, or to the list of those that were counted."""
        if move := self._next_move:
            move_desk.go(self, move)
        elif finding := self._finding:
            self._follow(finding)
        elif entry := self._entry:
            self._open_contact(entry)
        elif action := self._action:
            self.crm.open_record("account", action.account_id, at="action_plan")
        elif due := self._due:
            self.crm.open_record("account", due.account_id, at="delivery")

    def _open_contact(self, entry: Entry) -> None:
        if entry.opportunity_id:
            self.crm.open_record("opportunity", entry.opportunity_id)
        elif entry.account_id:
            self.crm.open_record("account", entry.account_id)

    def action_plan(self) -> None:
        """Plan a contact; or, where the move under the cursor is none, an action."""
        move = self._next_move
        if move is not None and move_desk.is_action(move):
            move_desk.plan(self, move)
        else:
            super().action_plan()

    def _follow(self, finding: Finding) -> None:
        if finding.table:
            self.crm.open_record(finding.table, finding.key)
        elif finding.noun:
            self.crm.action_room(finding.noun)
            self.crm.call_after_refresh(self._filter, finding.words)

    def _filter(self, words: str) -> None:
        """Let the room that was gone to show only those that were counted."""
        try:
            box = self.app.screen.query(FilterBox).first()
        except NoMatches:
            return
        box.add_class("-open")
        box.value = words

    def action_why(self) -> None:
        """Say why it is told."""
        if move := self._next_move:
            self.app.push_screen(WhyScreen(_("Why"), today_lines.worth(move)))
        elif finding := self._finding:
            self.app.push_screen(WhyScreen(_("Why"), today_lines.reason(finding)))
        elif entry := self._entry:
            self.app.push_screen(WhyScreen(_("Contact"), contact_lines.full(entry, self.crm.today)))
        elif action := self._action:
            self.app.push_screen(WhyScreen(_("Action"), action_lines.full(action, self.crm.today)))
        elif due := self._due:
            self.app.push_screen(WhyScreen(due_lines.noun(due), due_lines.full(due, self.crm.today)))

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
