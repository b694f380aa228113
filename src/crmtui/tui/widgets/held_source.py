"""The rows of a list over things that are held in memory: what was worked out for all of them at once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crmtui import text
from crmtui.queries import worked
from crmtui.tui.widgets.window_source import Head, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.content import Content

    from crmtui.tui.widgets.window_source import ListColumn, Sort

Thing = TypeVar("Thing")


class HeldSource(Generic[Thing]):
    """A `WindowSource` over things in their own order; cells are made for the rows in sight only.

    Args:
        columns: the columns.
        key: which row a thing is.
        said: the words that a filter looks through.
        cells: what its row shows, a cell for each column.
        by: what the columns that can be sorted by are sorted by; None comes last.
    """

    def __init__(
        self,
        columns: Sequence[ListColumn],
        key: Callable[[Thing], int],
        said: Callable[[Thing], str],
        cells: Callable[[Thing], tuple[Content | str, ...]],
        by: Mapping[str, Callable[[Thing], Any]],
    ) -> None:
        self.columns = columns
        self._key, self._said, self._cells, self._by = key, said, cells, by
        self._held: tuple[Sequence[Thing], Mapping[int, Thing]] = ((), {})

    def hold(self, things: Sequence[Thing]) -> None:
        """Show other things; the list is to be read again."""
        self._held = (things, {self._key(one): one for one in things})

    def those(self, keys: Sequence[int]) -> list[Thing]:
        """The things of some rows, as far as they are still there."""
        _things, by_key = self._held
        return [by_key[key] for key in keys if key in by_key]

    def get(self, key: int | None) -> Thing | None:
        """The thing of a row."""
        return None if key is None else self._held[1].get(key)

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys."""
        found = self.ids(words, sort)
        return Head(found[:limit], len(found) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys of the things that answer to the words."""
        things, _by_key = self._held
        if words:
            things = self.answering(things, words)
        if sort is not None:
            things = worked.ordered(things, self._by[sort.key], descending=sort.descending)
        return array("q", map(self._key, things))

    def answering(self, things: Sequence[Thing], words: str) -> Sequence[Thing]:
        """The things that hold every word."""
        wanted = [text.key(word) for word in words.split()]
        return [one for one in things if _holds(text.key(self._said(one)), wanted)]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys."""
        _things, by_key = self._held
        return {key: Row(key, self._cells(by_key[key])) for key in ids if key in by_key}


def _holds(said: str, wanted: Sequence[str]) -> bool:
    return all(word in said for word in wanted)
