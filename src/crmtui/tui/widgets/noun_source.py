"""The rows of a noun for a list: cells as `queries.lists` reads them, shown as their shape asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from crmtui.queries import lists
from crmtui.queries.lists import Column, Shape
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets.window_source import Head, ListColumn, Row

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.tui.show import Justify
    from crmtui.tui.widgets.window_source import Sort

_FIGURES: Final = frozenset({Shape.NUMBER, Shape.SHARE, Shape.MONEY})
_MORE: Final = 8  # cells that a text column grows beyond its width where there is room


@dataclass(frozen=True)
class NounSource:
    """A `WindowSource` of a noun.

    Attributes:
        path: the workspace.
        noun: which list, as `queries.lists.NOUNS` names it.
        today: the day, asked anew at each reading, since a workbench is left open overnight.
        only: a filter that always holds, together with what is typed.
        keys: the columns that are shown, in this order; all of the list when empty.
        folding: those that usually stay, and here leave the room to the first where there is little.
    """

    path: Path
    noun: str
    today: Callable[[], dt.date]
    only: str = ""
    keys: tuple[str, ...] = ()
    folding: tuple[str, ...] = ()

    @cached_property
    def _shown(self) -> tuple[tuple[int, Column], ...]:
        every = tuple(enumerate(lists.columns(self.noun)))
        if not self.keys:
            return every
        by_key = {column.key: (at, column) for at, column in every}
        return tuple(by_key[key] for key in self.keys)

    @cached_property
    def columns(self) -> Sequence[ListColumn]:
        """The columns; the first takes the room that the others leave."""
        made = [_column(column, is_first=not at) for at, (_at, column) in enumerate(self._shown)]
        return tuple(replace(one, priority=max(1, one.priority)) if one.key in self.folding else one for one in made)

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys."""
        found = self._ids(words, sort, limit + 1)
        return Head(found[:limit], len(found) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys."""
        return self._ids(words, sort, -1)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys."""
        day = self.today()
        shown = [(at, cache(partial(cell, column, day=day))) for at, column in self._shown]  # most cells repeat
        found = lists.rows(self.path, self.noun, ids, day)
        return {key: Row(key, tuple([show_cell(cells[at]) for at, show_cell in shown])) for key, cells in found.items()}

    def _ids(self, words: str, sort: Sort | None, limit: int) -> array[int]:
        order = f"{'-' if sort.descending else ''}{sort.key}" if sort else ""
        filter_text = f"{self.only} {words}".strip()
        return lists.ids(self.path, self.noun, self.today(), filter_text=filter_text, order=order, limit=limit)


def cell(column: Column, value: Any, day: dt.date) -> Content | str:  # noqa: ANN401 - what the column's shape says
    """What a cell shows."""
    return _SHOWN[column.shape](column, value, day)


def _column(column: Column, *, is_first: bool) -> ListColumn:
    justify: Justify = "right" if column.shape in _FIGURES else "left"
    return ListColumn(
        key=column.key,
        title=column.label,
        width=column.width,
        widest=_widest(column),
        justify=justify,
        priority=column.priority,
        flexible=is_first,
    )


def _widest(column: Column) -> int:
    """How far a column grows: words no further than the longest of them, so that the room is left to names."""
    if column.shape is Shape.TEXT:
        return column.width + _MORE
    return max([column.width, *(Content(_(word.label)).cell_length for word in column.words or ())])


def _word(column: Column, value: str | None, _day: dt.date) -> Content | str:
    if value is None or column.words is None:
        return show.nothing()
    return _(next(word.label for word in column.words if word.value == value))


def _money(_column: Column, value: tuple[int | None, str | None], _day: dt.date) -> Content:
    minor, currency = value
    return show.nothing() if minor is None else show.money(minor, currency) if currency else show.unknown()


def _when(_column: Column, value: str | None, day: dt.date) -> Content:
    return show.when(dt.date.fromisoformat(value), day) if value else show.nothing()


_SHOWN: Final[Mapping[Shape, Callable[[Column, Any, dt.date], Content | str]]] = {
    Shape.TEXT: lambda _column, value, _day: value or show.nothing(),
    Shape.WORD: _word,
    Shape.LEVEL: lambda _column, value, _day: show.ladder(value),
    Shape.NUMBER: lambda column, value, _day: show.figure(value, column.decimals, signed=column.signed),
    Shape.SHARE: lambda _column, value, _day: show.percent(value),
    Shape.MONEY: _money,
    Shape.PAST: _when,
    Shape.FUTURE: _when,
}
