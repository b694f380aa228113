"""The list widget alone, over made-up rows in memory: `python benchmarks/window.py ROWS`."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Final

from peers import HEADINGS, cells
from textual.app import App
from textual.content import Content

from crmtui.tui import show
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import Head, ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.tui.widgets.window_source import Sort

WIDTHS: Final = (34, 9, 9, 7, 10, 8, 9)


class MadeUp:
    """As many rows as are asked for, with styles in two of their cells, as real ones have."""

    columns = tuple(
        ListColumn(key=title, title=title, width=width) for title, width in zip(HEADINGS, WIDTHS, strict=True)
    )

    def __init__(self, count: int) -> None:
        self._count = count

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys."""
        ids = self.ids(words, sort)
        return Head(ids[:limit], complete=len(ids) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys; neither filtered nor sorted."""
        del words, sort
        return array("q", range(self._count))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Some rows."""
        return {key: self._row(key) for key in ids}

    def _row(self, key: int) -> Row:
        name, level, posture, _favour, _value, last, following = cells(key)
        value = show.money((key % 900 + 100) * 100_000, "EUR")
        return Row(key, (name, level, posture, show.attitude(key % 5 - 2), value, last, following))


class BareWindow(App[None]):
    """The list alone."""

    CSS = "WindowList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield WindowList(MadeUp(int(sys.argv[1])), Content("nothing"))


if __name__ == "__main__":
    BareWindow().run()
