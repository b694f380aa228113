"""The board: a column for each open stage, each a list of its own, with what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.containers import HorizontalScroll, Vertical
from textual.content import Content
from textual.widgets import Static

from crmtui.domain.words import Stage
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.noun_list import NounList
from crmtui.tui.widgets.noun_source import NounSource
from crmtui.tui.widgets.pipeline import amounts
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.queries.opportunities import Board as Totals, Pot

OPEN: Final = tuple(stage for stage in Stage if not stage.is_closed)
SHOWN: Final = ("name", "win", "value", "owner", "next")


class StageColumn(Vertical):
    """One stage: its name, its sums, and its opportunities.

    Args:
        stage: the stage.
        source: its opportunities.
    """

    DEFAULT_CSS = """
    StageColumn {
        width: 25%; min-width: 30; border: round $foreground 25%;
        border-title-color: $foreground 60%; border-subtitle-color: $foreground 60%;
        & > Static { height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    StageColumn:focus-within { border: round $primary; border-title-color: $foreground; border-title-style: bold; }
    """

    def __init__(self, stage: Stage, source: NounSource) -> None:
        super().__init__()
        self.stage = stage
        self.border_title = Content(_(stage.label))
        self.list = NounList(source, Content.styled(_("Nothing at this stage."), show.MUTED))
        self._sums = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The sums above the list."""
        yield self._sums
        yield self.list

    def tell(self, pot: Pot) -> None:
        """Write the sums."""
        self.border_title = Content.assemble(_(self.stage.label), " ", show.figure(pot.count))
        weighted = Content.assemble((_("weighted "), show.MUTED), amounts(pot.weighted)) if pot.weighted else Content()
        self._sums.update(Content("\n").join([amounts(pot.values), weighted]))


class Board(HorizontalScroll, can_focus=False):
    """The open stages side by side; left and right go from one to the other.

    Args:
        path: the workspace.
        today: the day.
    """

    HELP = N_("Each column is a stage. Left and right change the column; > and < move the opportunity itself.")
    BINDINGS: ClassVar = bindings(
        Action(id="board.left", key="left,h", label=N_("Column to the left"), does="go(-1)", show=False),
        Action(id="board.right", key="right,l", label=N_("Column to the right"), does="go(1)", show=False),
    )
    DEFAULT_CSS = """
    Board { scrollbar-size-horizontal: 1; }
    """

    def __init__(self, path: Path, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._columns = tuple(
            StageColumn(
                stage,
                NounSource(path, "opportunities", today, only=f"stage:{stage.value}", keys=SHOWN, folding=("win",)),
            )
            for stage in OPEN
        )
        self._at = 0

    def compose(self) -> ComposeResult:
        """The columns."""
        yield from self._columns

    @property
    def list(self) -> WindowList:
        """The list of the column that has, or last had, the focus."""
        return self._columns[self._at].list

    def set_filter(self, words: str) -> None:
        """Show what answers to these words."""
        for column in self._columns:
            column.list.set_filter(words)

    def reload(self) -> None:
        """Read all columns again."""
        for column in self._columns:
            column.list.reload()

    def tell(self, totals: Totals) -> None:
        """Write the sums of all columns."""
        pots = {total.stage: total.pot for total in totals.stages}
        for column in self._columns:
            column.tell(pots[column.stage])

    def action_go(self, by: int) -> None:
        """Put the focus on another column."""
        self._columns[max(0, min(self._at + by, len(self._columns) - 1))].list.focus()

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        """Remember the column that was entered, and bring it on the screen."""
        for at, column in enumerate(self._columns):
            if event.widget is column.list and at != self._at:
                self._at = at
                self.post_message(WindowList.Highlighted(column.list, column.list.current))
        self.scroll_to_widget(self._columns[self._at], animate=False)
