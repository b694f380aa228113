"""Rows to a workbook: a sheet for each table, dates as dates, numbers as numbers, and no text that is run."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crmtui import figures
from crmtui.domain.fields import Kind
from crmtui.exchange.cut import LONGEST, cut, is_too_long
from crmtui.exchange.writing import as_text
from crmtui.text import _, clean, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW: Final = 1 << 20
_MOST_TOLD: Final = 20
_EXACT: Final = 10**15
# Excel counts days from here on as the calendar does; it believes that 1900 was a leap year.
_FIRST_DAY: Final = dt.date(1900, 3, 1)
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_ESCAPE: Final = "_x"
_LOOKS_ESCAPED: Final = re.compile(r"(_x[0-9a-fA-F]{4}_)")  # what programs read as the sign of that number
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
        from xlsxwriter.utility import xl_col_to_name

        self._book = book
        self._name = name
        self._columns = columns
        self._letters = [xl_col_to_name(place) for place in range(len(columns))]
        self._title = next((place for place, column in enumerate(columns) if column.name == "name"), 0)
        self.cut: list[str] = []  # a sentence for each text that was cut off
        self._bold, self._day, self._money = (
            f' s="{book.add_format(form)._get_xf_index()}"'  # noqa: SLF001 - cells are written here, and name it
            for form in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.00"})
        )
        self._count = 0

    def write(self, rows: Iterable[Sequence[Any]]) -> int:
        sheet = self._begun()
        number, written = 1, 0
        for row in rows:
            number, written = number + 1, written + 1
            if number > LAST_ROW:
                sheet, number = self._begun(), 2
            sheet.write_line(
                number,
                [
                    self._cell(f"{letter}{number}", column, cell, row)
                    for letter, column, cell in zip(self._letters, self._columns, row, strict=True)
                    if cell is not None and cell != ""
                ],
            )
        return written

    def _begun(self) -> Worksheet:
        self._count += 1
        name = self._name if self._count == 1 else f"{self._name} {self._count}"
        sheet = self._book.add_worksheet(name, _lines())
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, _WIDTHS.get(column.kind, _NARROW))
        named = zip(self._letters, self._columns, strict=True)
        sheet.write_line(1, [_text(f"{letter}1", clean(column.name), self._bold) for letter, column in named])
        return sheet

    def _cell(self, place: str, column: SheetColumn, cell: Any, row: Sequence[Any]) -> str:  # noqa: ANN401 - of any kind
        """A cell as it stands in the file."""
        kind = column.kind
        if kind is Kind.BOOL:
            return f'<c r="{place}" t="b"><v>{int(bool(cell))}</v></c>'
        if kind in _NUMBERS and abs(cell) < _EXACT:
            style = self._money if isinstance(cell, Decimal) else ""
            return f'<c r="{place}"{style}><v>{repr(float(cell)).removesuffix(".0")}</v></c>'
        if kind is Kind.DATE and (day := dt.date.fromisoformat(cell)) >= _FIRST_DAY:
            return f'<c r="{place}"{self._day}><v>{(day - _DAY_ZERO).days}</v></c>'
        text = clean(cell if cell.__class__ is str else as_text(cell))
        if is_too_long(text):
            self.cut.append(self._told(row, column, text))
            text = cut(text)
        return _text(place, text)

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


def _text(place: str, text: str, style: str = "") -> str:
    """A cell with a cleaned text, which is one whatever it looks like: no formula, link or number."""
    if _ESCAPE in text:
        text = _LOOKS_ESCAPED.sub(r"_x005F\1", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f'<c r="{place}"{style} t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def _lines() -> type[Worksheet]:
    """A worksheet that is written line by line; the library takes each cell through ten functions of its own."""
    from xlsxwriter.worksheet import Worksheet

    class _Lines(Worksheet):  # type: ignore[misc]  # the library has no types
        def write_line(self, number: int, cells: Sequence[str]) -> None:
            for place in (0, len(self.col_info) - 1):
                self._check_dimensions(number - 1, place)
            self.fh.write(f'<row r="{number}">{"".join(cells)}</row>')

    return _Lines
