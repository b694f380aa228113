"""Cells to values, a column at a time: what a column's dates, numbers and money mean is decided over all of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.money import exponent, parse_money
from crmtui.exchange.mapping.meanings import INDUSTRIES, STAGES
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
    from crmtui.exchange.reading import Table

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
        by_field: a function for each field, from a cell that is not blank to a value; ValueError with a sentence.
            Those of MONEY take the currency of the row as well.
        notes: what was decided, in sentences.
        respelt: cells that were one slip away from a usual word, with that word, and how often.
        blank: how many cells of each column are empty.
    """

    by_field: dict[str, Callable[..., Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    respelt: Counter[tuple[str, str]] = field(default_factory=Counter)
    blank: Counter[str] = field(default_factory=Counter)


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


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a first look at the table found: this column's cells, all dates, and (revenue, employees) of each row."""

    choices: Choices
    cells: set[str]
    dates: set[str]
    heads: list[tuple[str, str]]


def prepare(table: Table, kind: type[Record], places: Mapping[str, int], choices: Choices) -> Readers:
    """The readers of a table's columns, after one look at all their cells.

    Raises:
        ValueError: dates can be read in two ways and nothing says which.
    """
    known = specs(kind)
    decided = {
        name: place
        for name, place in places.items()
        if name in known and (known[name].kind in _DECIDED or name == "industry")
    }
    samples: dict[str, set[str]] = {name: set() for name in decided}
    heads: list[tuple[str, str]] = []
    blank: Counter[str] = Counter()
    for row in table.rows():
        for name, place in decided.items():
            samples[name].add(row.values[place])
        if "revenue" in places and "employees" in places:
            heads.append((row.values[places["revenue"]], row.values[places["employees"]]))
        blank.update(table.headers[place] for place in places.values() if not row.values[place])
    readers = Readers(blank=blank)
    dates = {cell for name, cells in samples.items() if known[name].kind is Kind.DATE for cell in cells}
    for name, place in places.items():
        if name in known and known[name].kind is not Kind.LINK:
            header = table.headers[place]
            seen = _Seen(choices, samples.get(name, set()), dates, heads)
            readers.by_field[name] = _reader(readers, known[name], name, header, seen)
    return readers


def _reader(readers: Readers, spec: Spec, name: str, header: str, seen: _Seen) -> Callable[..., Any]:
    if spec.kind is Kind.DATE:
        return _dates(readers, header, seen)
    if spec.kind in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER):
        return _numbers(readers, spec, name, header, seen)
    if name == "stage":
        return lambda cell: values.parse(spec, _STAGE_OF.get(key(cell)) or cell)
    if name == "industry":
        usual = {cell: _usual(line(cell)) for cell in seen.cells}
        return lambda cell: _spelt(readers, line(cell), usual.get(cell, ""))
    return lambda cell: values.parse(spec, cell)


def _dates(readers: Readers, header: str, seen: _Seen) -> Callable[[str], dt.date]:
    """By the column; where that leaves it open, by all dates of the file."""
    order = decide_date_order(seen.cells)
    if seen.choices.day_first is not None:
        order = DateOrder.DAY_FIRST if seen.choices.day_first else DateOrder.MONTH_FIRST
    elif order is DateOrder.AMBIGUOUS:
        order = decide_date_order(seen.dates)
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


def _numbers(readers: Readers, spec: Spec, name: str, header: str, seen: _Seen) -> Callable[..., Any]:
    choices, style = seen.choices, decide_number_style(seen.cells)
    if choices.decimal_comma is not None:
        style = NumberStyle.COMMA if choices.decimal_comma else NumberStyle.POINT
    if style is NumberStyle.AMBIGUOUS:
        raise ValueError(
            _("column {header}: its numbers can be read in two ways; say --decimal-comma or --decimal-point").format(
                header=header
            )
        )
    unit = Decimal(str(choices.units.get(header, 1)))
    if name == "revenue" and header not in choices.units and _is_in_millions(seen.heads, style):
        unit = Decimal(MILLION)
        readers.notes.append(
            _(
                "Column {header}: read as millions, since per employee the figures are too small for whole units "
                "(--unit {header}=1 if they are not)."
            ).format(header=header)
        )
    if spec.kind is Kind.MONEY:
        return lambda cell, currency=choices.currency: _money(cell, style, unit, currency)
    if spec.kind is Kind.NUMBER:
        return lambda cell: float(parse_number(cell, style) * unit)
    return lambda cell: _whole(cell, style, unit)


def _money(cell: str, style: NumberStyle, unit: Decimal, currency: str) -> int:
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


def _spelt(readers: Readers, cell: str, usual: str) -> str:
    if not usual:
        return cell
    readers.respelt[cell, usual] += 1
    return usual


def _usual(cell: str) -> str:
    """An industry as it is usually spelt, when the cell is one slip away from exactly one that is; '' otherwise."""
    word = cell.casefold()
    if word in INDUSTRIES or len(word) < SHORTEST_MENDED:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein

    near = [name for name in INDUSTRIES if DamerauLevenshtein.distance(word, name, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""
