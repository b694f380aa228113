"""The room of opportunities: all of them in a list or on a board by stage, and what they add up to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.content import Content

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Source, Stage
from crmtui.errors import UsageError
from crmtui.queries import opportunities as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import closing, project_key
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.project_key import PROJECT
from crmtui.tui.screens.value_key import VALUE, open_value
from crmtui.tui.widgets import opportunity_facts
from crmtui.tui.widgets.pipeline import totals
from crmtui.tui.widgets.pipeline_view import PipelineView
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.queries.opportunities import Board, OpportunityPage

EDGES: Final = 2  # cells beside the line of sums
BOARD: Final = Action(
    id="opportunities.board", key="b", label=N_("Board"), help=N_("Switch between the list and the board by stage.")
)
CLOSE: Final = Action(
    id="opportunities.close",
    key="x",
    label=N_("Won or lost"),
    does="close",
    help=N_("Close the opportunity: how it ended, why, and what was learnt."),
)
LATER: Final = Action(
    id="opportunities.later",
    key="greater_than_sign",
    label=N_("Next stage"),
    does="step(1)",
    help=N_("Move the opportunity to the next stage; the day is kept."),
)
EARLIER: Final = Action(
    id="opportunities.earlier",
    key="less_than_sign",
    label=N_("Earlier stage"),
    does="step(-1)",
    help=N_("Move the opportunity one stage back, or reopen it when it is closed."),
    show=False,
)


class OpportunitiesScreen(RoomScreen):
    """All opportunities."""

    ROOM = "opportunities"
    HELP = N_(
        "What could be sold, to whom and when. Enter opens the scorecard. Sums are made for each currency by itself; "
        "the weighted ones take value times P(win). EV is P(win) times margin, less the cost still to be spent."
    )
    BINDINGS: ClassVar = bindings(
        actions.NEW, actions.EDIT, BOARD, LATER, CLOSE, PROJECT, VALUE, actions.CONTACT, EARLIER, actions.DELETE
    )
    DEFAULT_CSS = """
    OpportunitiesScreen #side { width: 37; }
    OpportunitiesScreen.-narrow #side { width: 52; }
    OpportunitiesScreen.-board #side { display: none; }
    """
    AUTO_FOCUS = "WindowList"

    def __init__(self) -> None:
        super().__init__()
        self._page: OpportunityPage | None = None
        self._board: Board | None = None

    def compose_body(self) -> ComposeResult:
        """The list or the board, and the preview."""
        yield PipelineView(self.workspace, lambda: self.crm.today)
        yield side(Told(id="told"), _("Preview"))

    @property
    def view(self) -> PipelineView:
        """The list and the board."""
        return self.query_one(PipelineView)

    def begin(self) -> None:
        """Read the sums; the list reads by itself, and the preview follows its cursor."""
        self._read_totals()

    def reload(self) -> None:
        """Read the list, the sums and the preview again."""
        self.view.reload()
        self._read_totals()
        self._read_preview(self.view.list.current)

    # Reading

    @on(PipelineView.Filtered)
    def _read_totals(self) -> None:
        work = partial(queries.board, self.workspace, self.crm.today, self.view.words)
        self.jobs.run("totals", work, on_done=self._show_totals, on_failed=self._fail_totals)

    def _fail_totals(self, error: CrmtuiError) -> None:
        """What is wrong with a filter is told by the list."""
        if not isinstance(error, UsageError):
            self.crm.tell(str(error), is_wrong=True)

    def _show_totals(self, board: Board) -> None:
        self._board = board
        self.view.tell(board)
        self._tell()

    @on(WindowList.Marked)
    def _tell(self) -> None:
        """The sums, and how many are marked."""
        if self._board is None:
            return
        marks = self.view.list.marks
        told = " · " + ngettext("{count} marked", "{count} marked", len(marks)) if marks else ""
        self.say(totals(self._board, self.size.width - EDGES - cell_len(told)) + Content(told))
        self.refresh_bindings()

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        if event.control is self.view.list:
            self._read_preview(event.key)

    def _read_preview(self, key: int | None) -> None:
        if key is None:
            self.jobs.forget("preview")
            self._show_preview(None)
        else:
            work = partial(queries.page, self.workspace, key, self.crm.today)
            self.jobs.run("preview", work, on_done=self._show_preview, on_failed=lambda _gone: self._show_preview(None))

    def _show_preview(self, page: OpportunityPage | None) -> None:
        before, self._page = self._page, page
        shown = partial(opportunity_facts.preview, page, self.crm.today) if page else Content()
        is_another = not (page and before and page.opportunity.id == before.opportunity.id)
        self.query_one(Told).tell(shown, from_top=is_another)
        if not (page and before and page.opportunity.stage == before.opportunity.stage):
            self.refresh_bindings()

    # Moving around

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        self.crm.open_record("opportunity", event.key)

    @on(WindowList.SortRequested)
    def _sort(self, event: WindowList.SortRequested) -> None:
        if isinstance(event.sender, WindowList):
            event.sender.set_sort(event.sort)

    async def action_board(self) -> None:
        """Switch between the list and the board."""
        await self.view.toggle()
        self.set_class(self.view.is_board, "-board")
        self._read_preview(self.view.list.current)

    # Changing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an opportunity is not offered without one."""
        stage = self._page.opportunity.stage if self._page else None
        if action in ("edit", "delete", "contact", "value"):
            return stage is not None
        if action == "close":
            return stage is not None and not stage.is_closed
        if action == "project":
            return project_key.can_begin(self._page.opportunity if self._page else None)
        if action == "step":
            return bool(self.view.list.marks) or bool(stage and stage.stepped(int(str(parameters[0]))))
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Write down a new opportunity, and go to it."""
        self.edit(closing.adding(self.workspace, self.crm.today), self._go_to)

    def _go_to(self, key: int) -> None:
        self.view.list.goto(key)

    def action_edit(self) -> None:
        """Change the one under the cursor."""
        if self._page:
            self.edit(closing.editing(self.workspace, self._page.opportunity, self.crm.today))

    def action_delete(self) -> None:
        """Delete those that are marked, or the one under the cursor."""
        from crmtui.commands import records

        keys = sorted(self.view.list.chosen)
        work = partial(records.delete, self.workspace, Opportunity, keys, Source.TUI)
        self.change(work, on_done=lambda deleted: self.crm.tell(records.said(deleted)))

    def action_contact(self) -> None:
        """Write down a contact about the one under the cursor."""
        if self._page:
            closing.log_contact(self, self._page.opportunity)

    def action_value(self) -> None:
        """Open the value proposition of the one under the cursor."""
        if self._page:
            open_value(self, self._page.opportunity.id)

    def action_project(self) -> None:
        """Begin the project of the one under the cursor, or go to it."""
        if self._page:
            project_key.begin(self, self._page.opportunity)

    def action_close(self) -> None:
        """Ask how it ended."""
        if self._page:
            closing.close(self, self._page.opportunity)

    def action_step(self, by: int) -> None:
        """Move those that are marked, or the one under the cursor, to the next stage, or one back."""
        if marks := self.view.list.marks:
            self._step(sorted(marks), by)
        elif self._page and (stage := self._page.opportunity.stage.stepped(by)):
            if stage.is_closed:
                closing.close(self, self._page.opportunity)
            else:
                self._move(self._page.opportunity, stage, by)

    def _step(self, keys: Sequence[int], by: int) -> None:
        from crmtui.commands import opportunities

        def told(count: int) -> None:
            stay = len(keys) - count
            more = ngettext("{count} stays: close it by itself", "{count} stay: close each by itself", stay)
            moved = ngettext("{count} moved", "{count} moved", count)
            self.crm.tell(f"{moved}; {more}" if stay else moved)

        work = partial(opportunities.step, self.workspace, keys, by, Source.TUI, self.crm.today)
        self.change(work, on_done=told, repeat=partial(self.action_step, by))

    def _move(self, opportunity: Opportunity, stage: Stage, by: int) -> None:
        from crmtui.commands import opportunities

        self.change(
            partial(opportunities.move, self.workspace, opportunity.id, stage, Source.TUI, self.crm.today),
            on_done=lambda _done: self.crm.tell(
                _("{name}: {stage}").format(name=opportunity.name, stage=_(stage.label))
            ),
            repeat=partial(self.action_step, by),
        )
