"""The columns of a list as a file: those of the screen, or those that were named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.sheets.writing import SheetColumn
from crmtui.exchange.writing import Format, write_rows
from crmtui.queries import picking
from crmtui.queries.picked_cells import Manner, cells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from crmtui.queries.picked_cells import Cells
    from crmtui.queries.picking import Picked

_HEEDED: Final = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of a list.

    Attributes:
        pick: the columns.
        keys: of the rows, in their order.
        today: the day.
        is_labelled: whether tables have the labels of columns and words, for people; else their keys, for programs.
    """

    pick: Picked
    keys: Sequence[int]
    today: dt.date
    is_labelled: bool = False


def write(
    path: Path, listed: Listed, form: Format, stream: TextIO, heed: Callable[[int, int], None], *, raw: bool = False
) -> int:
    """Write the rows as text; returns how many there were. `heed` is called every few hundred, with how far it is."""
    columns = cells(listed.pick, _manner(listed, is_table=form in (Format.CSV, Format.TSV)))
    return write_rows(
        stream, form, [one.header for one in columns], _rows(path, listed, columns, heed), raw=raw, is_cleaned=True
    )


def sheet(
    path: Path, listed: Listed, heed: Callable[[int, int], None]
) -> tuple[str, Sequence[SheetColumn], Iterator[Sequence[Any]]]:
    """The rows as a sheet of a workbook: its name, columns and rows. `heed` is called every few hundred."""
    columns = cells(listed.pick, _manner(listed, is_table=True))
    return listed.pick.noun, [SheetColumn(one.header, one.kind) for one in columns], _rows(path, listed, columns, heed)


def _manner(listed: Listed, *, is_table: bool) -> Manner:
    """How cells are written: whoever opens a table sees amounts as they are paid, whatever its format."""
    if is_table:
        return Manner.LABELS if listed.is_labelled else Manner.WHOLE
    return Manner.MINOR


def _rows(
    path: Path, listed: Listed, columns: Sequence[Cells], heed: Callable[[int, int], None]
) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(picking.rows(path, listed.pick, listed.keys, listed.today)):
        if number % _HEEDED == 0:
            heed(number, len(listed.keys))
        yield [one.cell(row) for one in columns]
