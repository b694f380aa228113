"""Rows to a workbook: a sheet for each table, dates as dates, numbers as numbers, and no text that is run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crmtui import figures
from crmtui.domain.fields import Kind
from crmtui.exchange.cut import LONGEST, cut, is_too_long
from crmtui.text import _, clean, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW: Final = 1 << 20
_MOST_TOLD: Final = 20
_EXACT: Final = 10**15
# Excel counts days from here on as the calendar does; it believes that 1900 was a leap year.
_FIRST_DAY: Final = dt.date(1900, 3, 1)
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.SCALE, Kind.MONEY})
_NARROW: Final = 12
_WIDE: Final = 40
_WIDTHS: Final = {Kind.LINE: 24, Kind.TEXT: _WIDE, Kind.LINK: 24}


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
    import xlsxwriter

    count, cut_off = 0, list[str]()
    # Every cell is written by the function for what it is: no text becomes a formula, a link or a number.
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        for name, columns, rows in sheets:
            table = _Sheets(book, name, columns)
            count += table.write(rows)
            cut_off += table.cut
    if tell:
        for sentence in cut_off[:_MOST_TOLD]:
            tell(sentence)
        if more := len(cut_off[_MOST_TOLD:]):
            tell(ngettext("{count} more text is cut off.", "{count} more texts are cut off.", more))
    return count


class _Sheets:
    """The sheets of one table: mostly one."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[SheetColumn]) -> None:
        self._book = book
        self._name = name
        self._columns = columns
        self._title = next((place for place, column in enumerate(columns) if column.name == "name"), 0)
        self.cut: list[str] = []  # a sentence for each text that was cut off
        self._bold: Format = book.add_format({"bold": True})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._money: Format = book.add_format({"num_format": "#,##0.00"})
        self._count = 0

    def write(self, rows: Iterable[Sequence[Any]]) -> int:
        sheet = self._begun()
        number, written = 0, 0
        for row in rows:
            number, written = number + 1, written + 1
            if number == LAST_ROW:
                sheet, number = self._begun(), 1
            for place, cell in enumerate(row):
                if cell is not None and cell != "":
                    self._write(sheet, number, place, row)
        return written

    def _begun(self) -> Worksheet:
        self._count += 1
        name = self._name if self._count == 1 else f"{self._name} {self._count}"
        sheet = self._book.add_worksheet(name, _plain_worksheet())
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, _WIDTHS.get(column.kind, _NARROW))
            sheet.write_string(0, place, column.name, self._bold)
        return sheet

    def _write(self, sheet: Worksheet, row: int, place: int, cells: Sequence[Any]) -> None:
        column, cell = self._columns[place], cells[place]
        if column.kind is Kind.BOOL:
            sheet.write_boolean(row, place, bool(cell))
        elif column.kind in _NUMBERS and abs(cell) < _EXACT:
            sheet.write_number(row, place, _Exact(cell), self._money if isinstance(cell, Decimal) else None)
        elif column.kind is Kind.DATE and (day := dt.date.fromisoformat(cell)) >= _FIRST_DAY:
            sheet.write_datetime(row, place, day, self._day)
        else:
            text = clean(str(cell))
            if is_too_long(text):
                self.cut.append(self._told(cells, column, text))
                text = cut(text)
            sheet.write_string(row, place, text)

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


class _Exact(float):
    """A number that is written with every digit it has, where the library would write 16."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return repr(float(self)).removesuffix(".0")


def _plain_worksheet() -> type[Worksheet]:
    """A worksheet to which every text is text.

    The library writes what begins with `<r>` and ends with `</r>` into the file as the XML that it looks like.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]  # the library has no types
        def _xml_rich_inline_string(self, string: str, attributes: Sequence[tuple[str, Any]]) -> None:
            self._xml_inline_string(string, preserve=True, attributes=attributes)

    return Plain
