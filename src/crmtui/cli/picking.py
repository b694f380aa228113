"""Picked columns as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli import cells
from crmtui.cli.tables import Heading
from crmtui.domain.fields import Kind
from crmtui.queries.picking import UID
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.queries.picking import One, Picked, Row

LAST: Final = 99  # the first column to go
_FIGURES: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.SCALE, Kind.MONEY})


def headings(pick: Picked) -> list[Heading]:
    """The headings of a table."""
    return [_heading(one) for one in pick.ones]


def shown(pick: Picked, rows: Iterable[Row]) -> Iterator[list[str]]:
    """The cells of a table."""
    for row in rows:
        yield [_shown(one, row, pick.currency) for one in pick.ones]


def _heading(one: One) -> Heading:
    if one.column is not None:
        return Heading(_(one.column.label), one.column.shape in cells.FIGURES, one.column.priority)
    if one.name == UID:
        return Heading(_("Identity"), priority=LAST)
    return Heading(_(one.spec.label) if one.spec else one.name, one.spec is not None and one.spec.kind in _FIGURES)


def _shown(one: One, row: Row, currency: int | None) -> str:
    cell = one.cell(row)
    if one.column is not None:
        return "" if cell is None else cells.of_list(one.column, cell)
    if one.spec is None or one.spec.kind is Kind.LINK:
        return str(cell or "")
    return cells.of_field(one.spec, cell, row[1][currency] if currency is not None and row[1] else "")
