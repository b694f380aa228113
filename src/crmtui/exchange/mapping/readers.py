"""Cells to values, a column at a time: what a column's dates, numbers and money mean is decided over all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.money import exponent, parse_money
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.cells import Cells
from crmtui.exchange.mapping.meanings import ASIDE, EXTERNAL, INDUSTRIES, STAGES
from crmtui.exchange.values import (
    DateOrder,
    NumberStyle,
    decide_date_order,
    decide_number_style,
    parse_date,
    parse_number,
)
from crmtui.text import _, key, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from crmtui.domain.fields import Spec
    from crmtui.exchange.tables import Tabular

MILLION: Final = 1_000_000
# A company's yearly revenue per head lies between these in almost every industry; in millions it lies far below.
PER_HEAD: Final = (1_000, 100_000_000)
SHORTEST_MENDED: Final = 5  # shorter words are one slip away from too many others
_STAGE_OF: Final = {key(name): stage for stage, names in STAGES.items() for name in names}
_DECIDED: Final = frozenset({Kind.DATE, Kind.MONEY, Kind.NUMBER, Kind.INTEGER})


@dataclass(slots=True)
class Readers:
    """How the columns of one table are read.

    Attributes:
        cells: what reads the column of each field. Those of MONEY take cells with the currency of their row.
        notes: what was decided, in sentences.
        mended: for each field the cells that are one slip away from a usual word, with that word.
    """

    cells: dict[str, Cells] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mended: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user decided beforehand.

    Attributes:
        currency: of money that names none.
        day_first: whether 03/04 is the third of April; None to decide by the column.
        decimal_comma: whether 1.234 is a thousand and more; None to decide by the column.
        units: for a header, what its numbers are multiplied with.
    """

    currency: str = "EUR"
    day_first: bool | None = None
    decimal_comma: bool | None = None
    units: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Seen:
    """What a first look at the table found: the different cells of columns, and (revenue, employees) of each row."""

    cells: dict[str, set[str]]
    heads: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column to be read: its field, its header and its cells, and all dates of the table."""

    spec: Spec
    name: str
    header: str
    cells: set[str]
    dates: set[str]
    heads: list[tuple[str, str]]


def prepare(table: Tabular, kind: type[Record], places: Mapping[str, int], choices: Choices) -> Readers:
    """The readers of a table's columns, after one look at all cells whose meaning their column decides.

    Raises:
        ValueError: dates can be read in two ways and nothing says which.
    """
    known = specs(kind)
    seen = _look(table, kind, places)
    dates = {cell for name, cells in seen.cells.items() if known[name].kind is Kind.DATE for cell in cells}
    readers = Readers()
    for name, place in places.items():
        spec = _spec(kind, name)
        column = _Column(spec, name, table.headers[place], seen.cells.get(name, set()), dates, seen.heads)
        readers.cells[name] = Cells(spec, _reader(readers, column, choices))
    return readers


def _spec(kind: type[Record], name: str) -> Spec:
    """The field that a column fills: of the record, of one that hangs on it, or the name of one that it links to."""
    if name == EXTERNAL:
        return specs(ExternalIdentity)["external_id"]
    if name in ASIDE and name not in specs(kind):
        table, column, _kind = ASIDE[name]
        return specs(BY_TABLE[table])[column]
    spec = specs(kind)[name]
    return specs(BY_TABLE[spec.link])["name"] if spec.kind is Kind.LINK else spec


def _look(table: Tabular, kind: type[Record], places: Mapping[str, int]) -> _Seen:
    known = specs(kind)
    decided = {
        name: place
        for name, place in places.items()
        if name in known and (known[name].kind in _DECIDED or name == "industry")
    }
    seen = _Seen({name: set() for name in decided}, [])
    head = (places["revenue"], places["employees"]) if {"revenue", "employees"} <= places.keys() else ()
    for row in table.rows() if decided else ():
        for name, place in decided.items():
            seen.cells[name].add(row.values[place])
        if head:
            seen.heads.append((row.values[head[0]], row.values[head[1]]))
    return seen


def _reader(readers: Readers, column: _Column, choices: Choices) -> Callable[[Any], Any] | None:
    """What turns a cell into a value of the field; None where the cell is the value."""
    spec = column.spec
    if spec.kind in (Kind.LINE, Kind.TEXT, Kind.CURRENCY) and column.name != "industry":
        return None
    if spec.kind is Kind.DATE:
        return _dates(readers, column, choices)
    if spec.kind in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER):
        return _numbers(readers, column, choices)
    if column.name == "stage":
        return lambda cell: values.parse(spec, _STAGE_OF.get(key(cell)) or cell)
    if column.name == "industry":
        usual = {cell: word for cell in column.cells if (word := _usual(line(cell)))}
        readers.mended[column.name] = usual
        return lambda cell: usual.get(cell, cell)
    return lambda cell: values.parse(spec, cell)


def _dates(readers: Readers, column: _Column, choices: Choices) -> Callable[[str], dt.date]:
    """By the column; where that leaves it open, by all dates of the file."""
    header, order = column.header, decide_date_order(column.cells)
    if choices.day_first is not None:
        order = DateOrder.DAY_FIRST if choices.day_first else DateOrder.MONTH_FIRST
    elif order is DateOrder.AMBIGUOUS:
        order = decide_date_order(column.dates)
    if order is DateOrder.AMBIGUOUS:
        raise ValueError(
            _(
                "column {header}: its dates can be read day first or month first; say --day-first or --month-first"
            ).format(header=header)
        )
    if order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST):
        way = _("day first") if order is DateOrder.DAY_FIRST else _("month first")
        readers.notes.append(_("Column {header}: dates read {order}.").format(header=header, order=way))
    return lambda cell: parse_date(cell, order)


def _numbers(readers: Readers, column: _Column, choices: Choices) -> Callable[[Any], Any]:
    spec, header, style = column.spec, column.header, decide_number_style(column.cells)
    if choices.decimal_comma is not None:
        style = NumberStyle.COMMA if choices.decimal_comma else NumberStyle.POINT
    if style is NumberStyle.AMBIGUOUS:
        raise ValueError(
            _("column {header}: its numbers can be read in two ways; say --decimal-comma or --decimal-point").format(
                header=header
            )
        )
    unit = Decimal(str(choices.units.get(header, 1)))
    if column.name == "revenue" and header not in choices.units and _is_in_millions(column.heads, style):
        unit = Decimal(MILLION)
        readers.notes.append(
            _(
                "Column {header}: read as millions, since per employee the figures are too small for whole units "
                "(--unit {header}=1 if they are not)."
            ).format(header=header)
        )
    if spec.kind is Kind.MONEY:
        return lambda cell: _money(*cell, style=style, unit=unit)
    if spec.kind is Kind.NUMBER:
        return lambda cell: float(parse_number(cell, style) * unit)
    return lambda cell: _whole(cell, style, unit)


def _money(cell: str, currency: str, *, style: NumberStyle, unit: Decimal) -> int:
    """Minor units; a cell that names its currency must name the one that the row is in."""
    if any(mark.isalpha() or mark in "€$£¥" for mark in cell):
        found = parse_money(cell, currency)
        if found.currency != currency:
            raise ValueError(
                _("{value} is not in {currency}; say --currency {other}").format(
                    value=values.quoted(cell), currency=currency, other=found.currency
                )
            )
        return int(found.minor * unit)
    amount = parse_number(cell, style) * unit * 10 ** exponent(currency)
    if amount != amount.to_integral_value():
        raise ValueError(
            _("{value} has more decimals than {currency}").format(value=values.quoted(cell), currency=currency)
        )
    return int(amount)


def _whole(cell: str, style: NumberStyle, unit: Decimal) -> int:
    amount = parse_number(cell, style) * unit
    if amount != amount.to_integral_value():
        raise ValueError(_("{value} is not a whole number").format(value=values.quoted(cell)))
    return int(amount)


def _is_in_millions(heads: Iterable[tuple[str, str]], style: NumberStyle) -> bool:
    """Whether revenue per employee only makes sense when the revenue is counted in millions."""
    ratios = []
    for revenue, employees in heads:
        try:
            ratios.append(parse_number(revenue, style) / parse_number(employees, NumberStyle.EITHER))
        except (ValueError, ArithmeticError):
            continue
    if not ratios:
        return False
    typical = float(median(ratios))
    low, high = PER_HEAD
    return typical < low <= typical * MILLION <= high


def _usual(cell: str) -> str:
    """An industry as it is usually spelt, when the cell is one slip away from exactly one that is; '' otherwise."""
    word = cell.casefold()
    if word in INDUSTRIES or len(word) < SHORTEST_MENDED:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein

    near = [name for name in INDUSTRIES if DamerauLevenshtein.distance(word, name, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""
