"""Which columns of a list fit into a width, and where: nothing wraps, the least important folds first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.tui.widgets.window_source import ListColumn

LEAD: Final = 2  # the mark of a row, and a blank
GAP: Final = 2
TAIL: Final = 1


class Place(NamedTuple):
    """A column that is shown.

    Attributes:
        at: which of the source's columns it is.
        column: the column itself.
        x: its first cell.
        width: its cells.
    """

    at: int
    column: ListColumn
    x: int
    width: int


def place(columns: Sequence[ListColumn], width: int) -> tuple[Place, ...]:
    """Lay columns out in so many cells, between `LEAD` and `TAIL` and with `GAP` between them."""
    room = width - LEAD - TAIL
    shown = _fold(columns, room)
    widths = _grow([columns[index] for index in shown], room)
    places, x = [], LEAD
    for index, cells in zip(shown, widths, strict=True):
        places.append(Place(index, columns[index], x, cells))
        x += cells + GAP
    return tuple(places)


def _fold(columns: Sequence[ListColumn], room: int) -> list[int]:
    """The columns that are shown: while they do not fit, the one of greatest priority, rightmost, goes."""
    shown = list(range(len(columns)))
    while sum(_least(columns[index]) + GAP for index in shown) - GAP > room:
        last = max(shown, key=lambda index: (columns[index].priority, index))
        if columns[last].priority == 0:
            break
        shown.remove(last)
    return shown


def _least(column: ListColumn) -> int:
    """Its cells at least: its heading is not cut, in any language."""
    return column.width if column.flexible else max(column.width, cell_len(_(column.title)))


def _grow(columns: Sequence[ListColumn], room: int) -> list[int]:
    """Widths: the least for all, then up to the widest, then the rest (or the lack) for the flexible one."""
    widths = [_least(column) for column in columns]
    spare = room - sum(widths) - GAP * (len(widths) - 1)
    for index, column in sorted(enumerate(columns), key=lambda pair: pair[1].priority):
        more = max(0, min(spare, column.widest - widths[index]))
        widths[index] += more
        spare -= more
    for index, column in enumerate(columns):
        if column.flexible:
            widths[index] = max(1, widths[index] + spare)
            break
    return widths
