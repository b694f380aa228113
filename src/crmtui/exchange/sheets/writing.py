"""Rows to a workbook: a sheet for each table, dates as dates, numbers as numbers, and no text that is run."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final
from xml.sax.saxutils import escape

from crmtui import figures
from crmtui.domain.fields import Kind
from crmtui.exchange.cut import LONGEST, cut, is_too_long
from crmtui.exchange.sheets.parts import BOLD, DAY, MONEY, SHEET_END, other_parts, sheet_head, sheet_part
from crmtui.text import _, clean, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

LAST_ROW: Final = 1 << 20
_MOST_TOLD: Final = 20
_EXACT: Final = 10**15
# Excel counts days from here on as the calendar does; it believes that 1900 was a leap year.
_FIRST_DAY: Final = dt.date(1900, 3, 1)
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.SCALE, Kind.MONEY})
_NARROW: Final = 12
_WIDE: Final = 40
_WIDTHS: Final = {Kind.LINE: 24, Kind.TEXT: _WIDE, Kind.LINK: 24}
_AT_ONCE: Final = 500  # rows
_QUICK: Final = 4  # how hard to look for repetitions: a tenth larger than the usual, in half the time
_ESCAPED: Final = re.compile(r"(_x[0-9A-Fa-f]{4}_)")  # what Excel would take for a character
_SPECIAL: Final = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_KEPT: Final = ' xml:space="preserve"'


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet.

    Attributes:
        name: its header.
        kind: what its cells are: DATE, STAMP and BOOL as `values.plain` makes them, numbers as int, float or Decimal.
    """

    name: str
    kind: Kind


def write_workbook(
    stream: BinaryIO,
    sheets: Iterable[tuple[str, Sequence[SheetColumn], Iterable[Sequence[Any]]]],
    tell: Callable[[str], None] | None = None,
) -> int:
    """Write sheets; returns the number of rows. Memory stays small.

    Rows beyond the last of a sheet go to another one, named like it with a number. Texts that no cell holds are cut off
    (see `exchange.cut`); whatever else wrote them, no control character leaves here.

    Args:
        stream: where to.
        sheets: each with its name, columns and rows.
        tell: called with a sentence for each text that was cut off, the first of them.
    """
    count, cut_off, names = 0, list[str](), list[str]()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as book:
        for name, columns, rows in sheets:
            table = _Sheets(book, names, name, columns)
            count += table.write(rows)
            cut_off += table.cut
        for name, part in other_parts(names):
            book.writestr(name, part)
    if tell:
        for sentence in cut_off[:_MOST_TOLD]:
            tell(sentence)
        if more := len(cut_off[_MOST_TOLD:]):
            tell(ngettext("{count} more text is cut off.", "{count} more texts are cut off.", more))
    return count


class _Sheets:
    """The sheets of one table: mostly one.

    Args:
        book: where to.
        names: of all sheets so far; theirs are added.
        name: the name of the first, of which those of the others are made.
        columns: what the cells of a row are.
    """

    def __init__(self, book: zipfile.ZipFile, names: list[str], name: str, columns: Sequence[SheetColumn]) -> None:
        self._book = book
        self._names = names
        self._name = name
        self._columns = columns
        self._letters = [_letters(place) for place in range(len(columns))]
        self._ways = [_WAYS.get(column.kind, _number if column.kind in _NUMBERS else None) for column in columns]
        self._title = next((place for place, column in enumerate(columns) if column.name == "name"), 0)
        self.cut: list[str] = []  # a sentence for each text that was cut off
        self._count = 0

    def write(self, rows: Iterable[Sequence[Any]]) -> int:
        """Write the rows, of which there may be too many for a sheet; returns how many there were."""
        written, left = 0, iter(rows)
        while True:
            self._count += 1
            self._names.append(self._name if self._count == 1 else f"{self._name} {self._count}")
            with self._book.open(sheet_part(len(self._names)), "w", force_zip64=True) as part:
                here = self._write_sheet(part, islice(left, LAST_ROW - 1))
            written += here
            following = next(left, None) if here == LAST_ROW - 1 else None
            if following is None:
                return written
            left = chain([following], left)

    def _write_sheet(self, part: IO[bytes], rows: Iterator[Sequence[Any]]) -> int:
        part.write(sheet_head(_WIDTHS.get(column.kind, _NARROW) for column in self._columns).encode())
        part.write(self._header().encode())
        number = 1
        while page := list(islice(rows, _AT_ONCE)):
            part.write("".join([self._row(number + place, row) for place, row in enumerate(page, 1)]).encode())
            number += len(page)
        part.write(SHEET_END.encode())
        return number - 1

    def _header(self) -> str:
        cells = (
            _text_cell(f'{letters}1" s="{BOLD}', clean(column.name))
            for letters, column in zip(self._letters, self._columns, strict=True)
        )
        return f'<row r="1">{"".join(cells)}</row>'

    def _row(self, number: int, row: Sequence[Any]) -> str:
        cells = [f'<row r="{number}">']
        for letters, way, cell in zip(self._letters, self._ways, row, strict=True):
            if cell is None or cell == "":
                continue
            place = f"{letters}{number}"
            if way is None or (told := way(place, cell)) is None:
                told = self._text(place, cell, row)
            cells.append(told)
        cells.append("</row>")
        return "".join(cells)

    def _text(self, place: str, cell: Any, row: Sequence[Any]) -> str:  # noqa: ANN401 - whatever a cell is
        text = cell if cell.__class__ is str else str(cell)
        if len(text) < LONGEST and text.isascii() and text.isprintable() and not _SPECIAL.search(text):
            return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'  # most are so
        text = clean(text)
        if is_too_long(text):
            column = self._columns[self._letters.index(place.rstrip("0123456789"))]
            self.cut.append(self._told(row, column, text))
            text = cut(text)
        return _text_cell(place, text)

    def _told(self, cells: Sequence[Any], column: SheetColumn, text: str) -> str:
        return _(
            "{sheet}, “{record}”: a cell holds {most} characters, and {column} has {count}. It is cut off there, and "
            "whole as jsonl or csv; where the workbook is imported, the whole text stays."
        ).format(
            sheet=self._name,
            record=line(str(cells[self._title]))[:_WIDE],
            most=figures.count(LONGEST),
            column=column.name,
            count=figures.count(len(text)),
        )


def _letters(place: int) -> str:
    """What a column is called, counted from 0: A to Z, AA and so on."""
    found = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        found, place = chr(ord("A") + rest) + found, place - 1
    return found


def _text_cell(place: str, text: str) -> str:
    """A cell with a cleaned text, whatever is in it: never a formula, a link or a number."""
    kept = _KEPT if _SPECIAL.search(text) or "\n" in text else ""
    shown = escape(_ESCAPED.sub(r"_x005F\1", text))
    return f'<c r="{place}" t="inlineStr"><is><t{kept}>{shown}</t></is></c>'


def _yes_no(place: str, cell: Any) -> str:  # noqa: ANN401 - a cell
    return f'<c r="{place}" t="b"><v>{int(bool(cell))}</v></c>'


def _day(place: str, cell: str) -> str | None:
    serial = _serial(cell)
    return None if serial is None else f'<c r="{place}" s="{DAY}"><v>{serial}</v></c>'


@lru_cache(maxsize=1 << 14)
def _serial(day: str) -> int | None:
    """The number of a day; None for those before Excel's calendar, which are texts."""
    found = dt.date.fromisoformat(day)
    return (found - _DAY_ZERO).days if found >= _FIRST_DAY else None


def _number(place: str, cell: Any) -> str | None:  # noqa: ANN401 - int, float or Decimal
    """A number with every digit it has; None for those of more digits than a spreadsheet keeps, which are texts."""
    if not abs(cell) < _EXACT:
        return None
    digits = str(cell) if cell.__class__ is int else repr(float(cell)).removesuffix(".0")
    style = f' s="{MONEY}"' if cell.__class__ is Decimal else ""
    return f'<c r="{place}"{style}><v>{digits}</v></c>'


_WAYS: Final[Mapping[Kind, Callable[[str, Any], str | None]]] = {Kind.BOOL: _yes_no, Kind.DATE: _day}
