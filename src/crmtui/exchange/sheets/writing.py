"""Rows to a workbook: a sheet for each table, dates as dates, numbers as numbers, and no text that is run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crmtui import figures
from crmtui.domain.fields import Kind
from crmtui.errors import UsageError
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW: Final = 1 << 20
LONGEST_TEXT: Final = 32_767  # UTF-16 units in a cell
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
    stream: BinaryIO, sheets: Iterable[tuple[str, Sequence[SheetColumn], Iterable[Sequence[Any]]]]
) -> int:
    """Write sheets, each with its name, columns and rows; returns the number of rows. Memory stays small.

    Rows beyond the last of a sheet go to another one, named like it with a number.

    Raises:
        UsageError: a text is longer than a cell can hold.
    """
    import xlsxwriter

    # Every cell is written by the function for what it is: no text becomes a formula, a link or a number.
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        return sum(_Sheets(book, name, columns).write(rows) for name, columns, rows in sheets)


class _Sheets:
    """The sheets of one table: mostly one."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[SheetColumn]) -> None:
        self._book = book
        self._name = name
        self._columns = columns
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
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
                if cell is not None and cell != "":
                    self._write(sheet, number, place, column, cell)
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

    def _write(self, sheet: Worksheet, row: int, place: int, column: SheetColumn, cell: Any) -> None:  # noqa: ANN401
        if column.kind is Kind.BOOL:
            sheet.write_boolean(row, place, bool(cell))
        elif column.kind in _NUMBERS and abs(cell) < _EXACT:
            sheet.write_number(row, place, _Exact(cell), self._money if isinstance(cell, Decimal) else None)
        elif column.kind is Kind.DATE and (day := dt.date.fromisoformat(cell)) >= _FIRST_DAY:
            sheet.write_datetime(row, place, day, self._day)
        elif sheet.write_string(row, place, str(cell)):
            raise UsageError(
                _(
                    "{name}, row {row}: the text of {column} is longer than the {most} characters that a cell holds; "
                    "shorten it, or export as jsonl: {text}…"
                ).format(
                    name=self._name,
                    row=figures.count(row + 1),
                    column=column.name,
                    most=figures.count(LONGEST_TEXT),
                    text=line(str(cell)[:_WIDE]),
                )
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
