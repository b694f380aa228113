"""Cells to values, a column at a time: what a column's dates, numbers and words mean is decided over all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures
from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, specs
from crmtui.exchange.dates import serial_day
from crmtui.exchange.mapping import amounts, meant, shares, targets
from crmtui.exchange.mapping.cells import Cells
from crmtui.exchange.mapping.choices import About, Choices, Open, Understood
from crmtui.exchange.mapping.headers import Header, currency_of, scale_of, take_apart
from crmtui.exchange.mapping.inexact import NOTHING, is_range, says_nothing
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.usual import INDUSTRIES
from crmtui.exchange.values import (
    DateOrder,
    NumberStyle,
    decide_date_order,
    decide_number_style,
    parse_date,
    parse_number,
)
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from crmtui.domain.fields import Spec
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.tables import Tabular

SHORTEST_MENDED: Final = 5  # shorter words are one slip away from too many others
MOST_EXAMPLES: Final = 20
MOST_TOLD: Final = 5
_DECIDED: Final = frozenset({Kind.DATE, Kind.MONEY, Kind.NUMBER, Kind.INTEGER})
_FIGURES: Final = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)


@dataclass(slots=True)
class Readers:
    """How the columns of one table are read.

    Attributes:
        cells: what reads the column of each target. Those of MONEY take cells with the currency of their row.
        consents: what reads the columns that speak of consent, by their places.
        currencies: what the money of a field is in, where its header says so.
        shares: what reads the cells of a column of money that are percentages, by its target.
        nothing: the cells that say that something is not known, by the target of their column.
        ranges: the cells of columns of figures that tell roughly, by the target of their column.
        notes: what was decided, in sentences.
        mended: for each field the cells that are one slip away from a usual word, with that word.
        open: what only the user can decide; nothing can be read before.
        unknown: what is read as well as can be, and what the user may know better.
        understood: what cells of columns of stages and of our people were taken for that spell it otherwise.
    """

    cells: dict[str, Cells] = field(default_factory=dict)
    consents: dict[int, Cells] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    shares: dict[str, Cells] = field(default_factory=dict)
    nothing: dict[str, frozenset[str]] = field(default_factory=dict)
    ranges: dict[str, set[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mended: dict[str, dict[str, str]] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)
    unknown: list[Open] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)


@dataclass(slots=True)
class _Seen:
    """What a first look at the table found.

    Attributes:
        cells: the different cells of columns, by their targets.
        consents: the same of those that speak of consent, by their places.
        heads: (revenue, employees) of each row.
    """

    cells: dict[str, set[str]]
    consents: dict[int, set[str]]
    heads: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column to be read: its field, its header and its cells, and all dates and figures of the table."""

    kind: type[Record]
    spec: Spec
    name: str
    header: Header
    cells: set[str]
    dates: set[str]
    figures: set[str]
    heads: list[tuple[str, str]]


def prepare(table: Tabular, kind: type[Record], recognised: Recognised, choices: Choices) -> Readers:
    """The readers of a table's columns, after one look at all cells whose meaning their column decides.

    What cannot be decided is in `open` of the result.
    """
    places = recognised.fields()
    seen = _look(table, kind, recognised, choices)
    readers = Readers()
    _set_nothing_apart(readers, kind, seen, places)
    if recognised.table not in {*targets.TOLD, targets.ORDERS}:
        _set_ranges_apart(readers, table, kind, seen, places)
    _set_shares_apart(readers, table, recognised, seen)
    dates, figures = (_of_kinds(kind, seen, kinds) for kinds in ((Kind.DATE,), _FIGURES))
    for name, place in places.items():
        spec = targets.spec_of(kind, name)
        header = take_apart(table.headers[place])
        column = _Column(kind, spec, name, header, seen.cells.get(name, set()), dates, figures, seen.heads)
        if name == EXTERNAL:
            readers.cells[name] = Cells(spec, recognised.form.external if recognised.form else None)
        else:
            readers.cells[name] = Cells(spec, _reader(readers, column, choices))
        if spec.kind is Kind.MONEY and (code := currency_of(header)):
            readers.currencies[name] = code
    for place, name in recognised.of_consent().items():
        spec, header = targets.spec_of(kind, name), take_apart(table.headers[place])
        column = _Column(kind, spec, name, header, seen.consents[place], dates, figures, seen.heads)
        readers.consents[place] = Cells(spec, _words(readers, column, choices))
    _tell_currency(readers, seen, places, choices)
    return readers


def _set_nothing_apart(readers: Readers, kind: type[Record], seen: _Seen, places: Mapping[str, int]) -> None:
    """Cells that say that something is not known decide nothing, and are empty."""
    for name in places:
        spec_kind = targets.spec_of(kind, name).kind
        if spec_kind is Kind.DATE or spec_kind in _FIGURES:
            readers.nothing[name] = frozenset(filter(says_nothing, seen.cells[name]))
        elif spec_kind is not Kind.TEXT and kind.noun.table not in targets.TOLD:
            readers.nothing[name] = NOTHING
        if name in seen.cells:
            seen.cells[name] -= readers.nothing.get(name, frozenset())


def _set_ranges_apart(
    readers: Readers, table: Tabular, kind: type[Record], seen: _Seen, places: Mapping[str, int]
) -> None:
    """What tells a figure roughly is none, and kept."""
    for name, place in places.items():
        if targets.spec_of(kind, name).kind in _FIGURES and (found := set(filter(is_range, seen.cells[name]))):
            seen.cells[name] -= found
            readers.ranges[name] = found
            told = _("Column {header}: no exact figures, and kept as they are: {cells}.")
            few = ", ".join(map(values.quoted, sorted(found)[:MOST_TOLD])) + ("…" if len(found) > MOST_TOLD else "")
            readers.notes.append(told.format(header=table.headers[place], cells=few))


def _set_shares_apart(readers: Readers, table: Tabular, recognised: Recognised, seen: _Seen) -> None:
    """Percentages in columns of amounts are read as what they are of."""
    for name, place in recognised.fields().items():
        if (recognised.table, name) in shares.WHOLES:
            header = table.headers[place]
            if found := {cell for cell in seen.cells[name] if shares.is_share(header, cell)}:
                seen.cells[name] -= found
                readers.shares[name] = Cells(shares.SHARE, shares.Percentages(found))
                whole = targets.label(recognised.table, shares.WHOLES[recognised.table, name])
                told = _("Column {header}: percentages read as shares of {field}, and kept where that is missing.")
                readers.notes.append(told.format(header=header, field=whole))


def _of_kinds(kind: type[Record], seen: _Seen, kinds: tuple[Kind, ...]) -> set[str]:
    """The different cells of all columns of some kinds."""
    return {cell for name, cells in seen.cells.items() if targets.spec_of(kind, name).kind in kinds for cell in cells}


def _look(table: Tabular, kind: type[Record], recognised: Recognised, choices: Choices) -> _Seen:
    places = recognised.fields()
    decided = {
        name: place
        for name, place in places.items()
        if targets.spec_of(kind, name).kind in _DECIDED
        or (name == "industry" and name in specs(kind))
        or meant.vocabulary(kind, name)
        or (meant.names_ours(kind, name) and not _is_named_too(name, places))
    }
    seen = _Seen({name: set() for name in decided}, {place: set() for place in recognised.of_consent()}, [])
    head = (places["revenue"], places["employees"]) if {"revenue", "employees"} <= places.keys() else ()
    beside = {name: places[other] for name in decided if (other := targets.beside(name)) in places}
    for row in table.rows() if decided or seen.consents else ():
        for name, place in decided.items():
            if name not in beside or not meant.is_ours(row.values[beside[name]], choices):
                seen.cells[name].add(row.values[place])
        for place, cells in seen.consents.items():
            cells.add(row.values[place])
        if head:
            seen.heads.append((row.values[head[0]], row.values[head[1]]))
    return seen


def _is_named_too(target: str, places: Mapping[str, int]) -> bool:
    """Whether another column tells by name or address whose keys are in one."""
    link = targets.link_of(target)
    return bool(link) and (link in places or targets.address_of(link) in places)


def _reader(readers: Readers, column: _Column, choices: Choices) -> Callable[[Any], Any] | None:
    """What turns a cell into a value of the field; None where the cell is the value."""
    spec = column.spec
    if column.name == "industry":
        usual = {cell: word for cell in column.cells if (word := _usual(line(cell)))}
        readers.mended[column.name] = usual
        return lambda cell: usual.get(cell, cell)
    if spec.kind in _READ:
        return _READ[spec.kind](readers, column, choices)
    if meant.vocabulary(column.kind, column.name) or meant.names_ours(column.kind, column.name):
        return _words(readers, column, choices)
    if spec.kind in (Kind.LINE, Kind.TEXT):
        return None
    return lambda cell: values.parse(spec, cell)


def _words(readers: Readers, column: _Column, choices: Choices) -> Callable[[str], Any] | None:
    """Words of ours, yes and no, or our people; what is unknown is noted."""
    header = column.header.text
    respelt = meant.respelt(column.kind, column.name, header, column.cells, choices)
    readers.understood += meant.spelt(column.name, header, respelt)
    readers.notes += meant.respelt_notes(header, respelt)
    known = column.cells - respelt.keys()
    if found := meant.unknown(column.kind, column.name, header, known, choices):
        readers.unknown.append(found)
        if found.about is not About.WORDS:  # of those each row tells it
            readers.notes.append(found.sentence)
    read = meant.reader(column.kind, column.name, header, choices)
    readers.understood += meant.understood(column.kind, column.name, header, known, choices)
    return read if not respelt else lambda cell: respelt[cell] if cell in respelt else read(cell) if read else cell


def _dates(readers: Readers, column: _Column, choices: Choices) -> Callable[[str], dt.date]:
    """By the column; where that leaves it open, by all dates of the file."""
    header, order = column.header.text, decide_date_order(column.cells)
    if choices.day_first is not None:
        order = DateOrder.DAY_FIRST if choices.day_first else DateOrder.MONTH_FIRST
    elif order is DateOrder.AMBIGUOUS:
        order = decide_date_order(column.dates)
    if order is DateOrder.AMBIGUOUS:
        sentence = _(
            "column {header}: its dates can be read day first or month first; say --dates dmy or --dates mdy"
        ).format(header=header)
        examples = tuple(sorted(cell for cell in column.cells if cell.strip())[:MOST_EXAMPLES])
        readers.open.append(Open(About.DATES, header, column.name, examples, sentence))
    if order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST):
        way = _("day first") if order is DateOrder.DAY_FIRST else _("month first")
        readers.notes.append(_("Column {header}: dates read {order}.").format(header=header, order=way))
    if any(serial_day(cell) for cell in column.cells):
        readers.notes.append(_("Column {header}: numbers read as spreadsheets count days.").format(header=header))
    return lambda cell: serial_day(cell) or parse_date(cell, order)


def _numbers(readers: Readers, column: _Column, choices: Choices) -> Callable[[Any], Any]:
    spec, header, style = column.spec, column.header.text, decide_number_style(column.cells)
    if choices.decimal_comma is not None:
        style = NumberStyle.COMMA if choices.decimal_comma else NumberStyle.POINT
    elif style is NumberStyle.AMBIGUOUS:
        style = decide_number_style(column.figures)
    if style is NumberStyle.AMBIGUOUS and spec.kind is Kind.INTEGER:  # nobody has a part of an employee
        style = NumberStyle.COMMA if any("." in cell for cell in column.cells) else NumberStyle.POINT
    if style is NumberStyle.AMBIGUOUS:
        sentence = _(
            "column {header}: its numbers can be read in two ways; say --decimal-comma or --decimal-point"
        ).format(header=header)
        examples = tuple(sorted(cell for cell in column.cells if cell.strip())[:MOST_EXAMPLES])
        readers.open.append(Open(About.NUMBERS, header, column.name, examples, sentence))
    unit = _unit(readers, column, choices, style)
    if spec.kind is Kind.MONEY:
        return lambda cell: amounts.money(*cell, style=style, unit=unit)
    if spec.kind is Kind.NUMBER:
        return lambda cell: float(parse_number(cell, style) * unit)
    return lambda cell: amounts.whole(cell, style, unit)


_READ: Final[Mapping[Kind, Callable[[Readers, _Column, Choices], Callable[[Any], Any]]]] = {
    Kind.DATE: _dates,
    Kind.MONEY: _numbers,
    Kind.NUMBER: _numbers,
    Kind.INTEGER: _numbers,
}


def _unit(readers: Readers, column: _Column, choices: Choices, style: NumberStyle) -> Decimal:
    """What the figures of a column are multiplied with."""
    header = column.header.text
    if header in choices.units:
        return Decimal(str(choices.units[header]))
    if (scale := scale_of(column.header)) != 1:
        told = _("Column {header}: multiplied by {scale}.").format(header=header, scale=figures.count(scale))
        readers.notes.append(told)
        return Decimal(scale)
    if column.name == "revenue" and amounts.may_be_millions(column.heads, style):
        told = _("Column {header}: read as it is; per employee that is so little that it may be counted in millions.")
        readers.notes.append(told.format(header=header))
        examples = tuple(sorted(cell for cell in column.cells if cell.strip())[:MOST_EXAMPLES])
        option = f"--unit '{header}={amounts.MILLION}'"
        readers.unknown.append(Open(About.UNITS, header, column.name, examples, readers.notes[-1], option))
    return Decimal(1)


def _tell_currency(readers: Readers, seen: _Seen, places: Mapping[str, int], choices: Choices) -> None:
    """Say what amounts are in that name no currency."""
    money = [name for name, reader in readers.cells.items() if reader.spec.kind is Kind.MONEY]
    silent = [
        name
        for name in money
        if name not in readers.currencies and targets.currency_for(name) not in places and _has_bare(seen.cells[name])
    ]
    if silent and "currency" not in places:
        readers.notes.append(_("Amounts that name no currency are in {currency}.").format(currency=choices.currency))


def _has_bare(cells: Iterable[str]) -> bool:
    return any(cell.strip() and not amounts.NAMES_MONEY.search(cell) for cell in cells)


def _usual(cell: str) -> str:
    """An industry as it is usually spelt, when the cell is one slip away from exactly one that is; '' otherwise."""
    word = cell.casefold()
    if word in INDUSTRIES or len(word) < SHORTEST_MENDED:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein

    near = [name for name in INDUSTRIES if DamerauLevenshtein.distance(word, name, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""
