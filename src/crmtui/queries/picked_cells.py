"""Picked columns as they stand in files: for programs by their keys, or for people by their labels."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain import money
from crmtui.domain.fields import Kind
from crmtui.queries.lists import Shape
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.queries.lists import Column
    from crmtui.queries.picking import One, Picked, Row


class Manner(Enum):
    """How cells are written."""

    MINOR = "minor"  # keys as headers, money in minor units of its currency
    WHOLE = "whole"  # keys as headers, money in whole units, and its header says so
    LABELS = "labels"  # labels as headers and words, money in whole units


class Cells(NamedTuple):
    """A column of a file.

    Attributes:
        header: its header, which no other has.
        kind: what its cells are.
        cell: makes a cell of a row.
    """

    header: str
    kind: Kind
    cell: Callable[[Row], Any]


_DIGITS: Final = 4  # behind the point
_KINDS: Final = {
    Shape.NUMBER: Kind.NUMBER,
    Shape.SHARE: Kind.NUMBER,
    Shape.PAST: Kind.DATE,
    Shape.FUTURE: Kind.DATE,
    Shape.FLAG: Kind.BOOL,
}


def cells(pick: Picked, manner: Manner = Manner.MINOR) -> list[Cells]:
    """The columns of a file; a sum of money has its currency in the column beside it, or in that of the record."""
    return [each for one in pick.ones for each in _cells(one, pick, manner)]


def _cells(one: One, pick: Picked, manner: Manner) -> Iterator[Cells]:
    if one.column is None and one.spec is not None and one.spec.kind is Kind.MONEY:
        yield from _of_money_field(one, pick, manner)
    elif one.column is None:
        yield Cells(one.name, one.spec.kind if one.spec and one.spec.kind is not Kind.LINK else Kind.LINE, one.cell)
    elif one.column.shape is Shape.MONEY:
        yield from _of_money(one, one.column, manner, is_alone=pick.tells_currency)
    elif manner is Manner.LABELS:
        yield Cells(_(one.column.label), _KINDS.get(one.column.shape, Kind.LINE), partial(_labelled, one, one.column))
    else:
        yield Cells(one.name, _KINDS.get(one.column.shape, Kind.LINE), one.cell)


def _labelled(one: One, column: Column, row: Row) -> Any:  # noqa: ANN401 - a cell
    """A cell for people: words by their labels, figures as exact as one looks at them."""
    cell = one.cell(row)
    if column.words is not None:
        return next((_(word.label) for word in column.words if word.value == cell), cell)
    return round(cell, _DIGITS) if isinstance(cell, float) else cell


def _of_money(one: One, column: Column, manner: Manner, *, is_alone: bool) -> Iterator[Cells]:
    def amount(row: Row) -> Any:  # noqa: ANN401 - a cell
        minor, currency = one.cell(row) or (None, None)
        return minor if manner is Manner.MINOR else _whole(minor, currency)

    def currency(row: Row) -> str | None:
        return (one.cell(row) or (None, None))[1]

    label = _(column.label)
    header, beside = {
        Manner.MINOR: (one.name, f"{one.name}_currency"),
        Manner.WHOLE: (f"{one.name}_amount", f"{one.name}_currency"),
        Manner.LABELS: (label, _("{name}, currency").format(name=label)),
    }[manner]
    yield Cells(header, Kind.MONEY, amount)
    if not is_alone:
        yield Cells(beside, Kind.LINE, currency)


def _of_money_field(one: One, pick: Picked, manner: Manner) -> Iterator[Cells]:
    """Money of the record, whose currency is written beside it unless it was picked as well."""
    place = pick.currency
    if place is None:
        yield Cells(one.name, Kind.MONEY, one.cell)
        return

    def currency(row: Row) -> str | None:
        return row[1][place] if row[1] else None

    if manner is Manner.MINOR:
        yield Cells(one.name, Kind.MONEY, one.cell)
    else:
        yield Cells(f"{one.name}_amount", Kind.MONEY, lambda row: _whole(one.cell(row), currency(row)))
    if not pick.has_currency:
        yield Cells(f"{one.name}_currency", Kind.LINE, currency)


def _whole(minor: int | None, currency: str | None) -> Decimal | None:
    """An amount in whole units; None for a sum over several currencies, which is none."""
    return None if minor is None or not currency else Decimal(minor).scaleb(-money.exponent(currency))
