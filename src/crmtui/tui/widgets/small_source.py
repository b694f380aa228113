"""The rows of a list that is short enough to be read whole each time."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui import text
from crmtui.tui.widgets.window_source import Head, ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.content import Content

    from crmtui.tui.widgets.window_source import Sort


@dataclass(frozen=True)
class SmallSource:
    """A `WindowSource` over rows that a function reads.

    Attributes:
        columns: the columns.
        read: blocking; all rows, in their own order.
    """

    columns: Sequence[ListColumn]
    read: Callable[[], Sequence[Row]]

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys."""
        found = self.ids(words, sort)
        return Head(found[:limit], len(found) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys of the rows that hold every word."""
        wanted = [text.key(word) for word in words.split()]
        rows = [row for row in self.read() if _holds(row, wanted)]
        if sort is not None:
            at = next(index for index, column in enumerate(self.columns) if column.key == sort.key)
            rows.sort(key=lambda row: text.key(_plain(row.cells[at])), reverse=sort.descending)
        return array("q", (row.id for row in rows))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys."""
        wanted = set(ids)
        return {row.id: row for row in self.read() if row.id in wanted}


def _holds(row: Row, wanted: Sequence[str]) -> bool:
    said = [text.key(_plain(cell)) for cell in row.cells]
    return all(any(word in one for one in said) for word in wanted)


def _plain(cell: Content | str) -> str:
    return cell if isinstance(cell, str) else cell.plain
