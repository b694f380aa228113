"""All opportunities in one of two ways: a list, or the board by stage over the forecast by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.board import Board
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.noun_list import NounList
from crmtui.tui.widgets.noun_source import NounSource
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.pipeline import Forecast, ended

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.queries.opportunities import Board as Totals
    from crmtui.tui.widgets.window_list import WindowList

FILTER: Final = N_("words, or stage:engaging, owner:me, account:none, value>=10k, close<30d")


class PipelineView(Vertical):
    """The list and the board of the same opportunities, under one filter.

    The board is made when it is first asked for, so that the room opens as fast as its list.

    Args:
        path: the workspace.
        today: the day.
    """

    class Filtered(Message):
        """Other opportunities are shown."""

    DEFAULT_CSS = """
    PipelineView {
        width: 1fr;
        & > #forecast { height: 10; }
        &.-board > #list { display: none; }
        &.-list > Board, &.-list > #forecast { display: none; }
    }
    """

    def __init__(self, path: Path, today: Callable[[], dt.date]) -> None:
        super().__init__(classes="-list")
        self._path, self._today = path, today
        self._table = NounList(NounSource(path, "opportunities", today), _empty())
        self._board: Board | None = None
        self._totals: Totals | None = None
        self._words = ""

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield FilterBox(self, _(FILTER))
        yield Pane(self._table, title=_("Opportunities"), id="list")

    @property
    def is_board(self) -> bool:
        """Whether the board is shown."""
        return self.has_class("-board")

    @property
    def list(self) -> WindowList:
        """The list that keys work on."""
        return self._board.list if self._board and self.is_board else self._table

    @property
    def words(self) -> str:
        """What is typed into the filter."""
        return self._words

    def set_filter(self, words: str) -> None:
        """Show what answers to these words."""
        self._words = words
        self._refilter()
        self.post_message(self.Filtered())

    def _refilter(self) -> None:
        """Only what is shown reads; the other catches up when it is."""
        (self._board if self._board and self.is_board else self._table).set_filter(self._words)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus on the list that keys work on."""
        self.list.focus(scroll_visible)
        return self

    async def toggle(self) -> None:
        """Show the board, or the list again."""
        if self._board is None:
            self._board = Board(self._path, self._today)
            await self.mount(self._board, Pane(Forecast(), title=_("Expected to close"), id="forecast"))
        self.toggle_class("-board", "-list")
        self._refilter()
        self._tell()
        self.focus()

    def reload(self) -> None:
        """Read again what is shown."""
        if self._board and self.is_board:
            self._board.reload()
        else:
            self._table.reload()

    def tell(self, totals: Totals) -> None:
        """Write the sums."""
        self._totals = totals
        self._tell()

    def _tell(self) -> None:
        if self._board and self._totals:
            self._board.tell(self._totals)
            self.query_one(Forecast).tell(self._totals.months, self._today())
            self.query_one("#forecast", Pane).entitle(_("Expected to close"), ended(self._totals))


def _empty() -> Content:
    return Content.styled(
        _("No opportunities yet: pieces of business that can be won or lost.\nn writes down the first."), show.MUTED
    )
