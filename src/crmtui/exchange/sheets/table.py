"""A sheet as a table: where its header is, which columns it has, which lines around it are no rows."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.exchange.file_form import NO_HEADER, RECOGNISED, FileForm
from crmtui.exchange.footers import told, without_footer
from crmtui.exchange.layout import MOST_COLUMNS, too_wide, unique_names
from crmtui.exchange.problems import refusal
from crmtui.exchange.reading import Row
from crmtui.exchange.sheets.shapes import PERCENT, shown
from crmtui.text import _, line as one_line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.exchange.problems import Problem
    from crmtui.exchange.sheets.workbook import Sheet

_SAMPLE: Final = 60
_LONGEST_PREAMBLE: Final = 20
_SHOWN_NAMES: Final = 10
_NEAR: Final = 3
_AT_ONCE: Final = 256  # rows
_FIGURE: Final = re.compile(r"-?[0-9][0-9.:%-]*")


class SheetTable:
    """A sheet of a workbook as a table (`exchange.tables.Tabular`).

    Args:
        path: the workbook.
        sheet: the sheet, which is not empty.
        form: how it is laid out, where that is named.
        is_exact: whether numbers keep every digit, as our own format needs it; else 15, as spreadsheets show them.

    Raises:
        FileProblemError: it has more columns than can be read.
    """

    def __init__(self, path: Path, sheet: Sheet, form: FileForm = RECOGNISED, *, is_exact: bool = False) -> None:
        self.path = path
        self.stem = sheet.name.replace("/", "-")
        self.name = f"{one_line(path.name)}/{self.stem}"
        self.problems: list[Problem] = []
        self.has_header = form.header != NO_HEADER
        self.is_exact = is_exact
        self._sheet = sheet
        above = self._above(form.header)
        header = above.pop() if above and self.has_header else (NO_HEADER, [""] * len(sheet.filled))
        self.form = FileForm(header=header[0], sheets=(sheet.name,))
        spare = [sum(1 for _line, cells in above if cells[place]) for place in range(len(sheet.filled))]
        self._places = [place for place, count in enumerate(sheet.filled) if header[1][place] or count > spare[place]]
        if len(self._places) > MOST_COLUMNS:
            raise too_wide(path, len(self._places))
        self.headers, mended = unique_names([header[1][place] for place in self._places])
        self.notes = [*self._about(above), *mended]

    def _above(self, named: int | None) -> list[tuple[int, list[str]]]:
        """The lines down to the header, which is the last, blank ones left out; none where there is no header.

        Raises:
            FileProblemError: the line that is named is not there, or empty.
        """
        if named is not None:
            last = named - self._sheet.row + 1
            lines = enumerate(islice(self._sheet.rows(), max(last, 0)), self._sheet.row)
            above = [(number, [one_line(str(cell)) for cell in cells]) for number, cells in lines if any(cells)]
            if named != NO_HEADER and (not above or above[-1][0] != named):
                told = _("line {number} of sheet {sheet} cannot be the header: there is nothing in it")
                raise refusal(self.path, told.format(number=named, sheet=one_line(self._sheet.name)))
            return above
        sample: list[tuple[int, list[str]]] = []
        for number, cells in enumerate(self._sheet.rows(), self._sheet.row):
            if any(cell != "" for cell in cells):
                sample.append((number, [one_line(str(cell)) for cell in cells]))
            if len(sample) == _SAMPLE:
                break
        return sample[: _header([cells for _line, cells in sample]) + 1]

    def _about(self, above: Sequence[tuple[int, Sequence[str]]]) -> Iterator[str]:
        if above:
            text = " / ".join(" ".join(filter(None, cells)) for _line, cells in above)
            yield ngettext(
                "{count} line above the header was skipped: {text}",
                "{count} lines above the header were skipped: {text}",
                len(above),
                text=one_line(text)[:200],
            )
        shapes = self._sheet.shapes.columns
        shown_so = [
            self.headers[column]
            for column, place in enumerate(self._places)
            if any(shape == PERCENT for _first, _last, shape in shapes.get(self._sheet.column + place, ()))
        ]
        if shown_so:
            yield _("Read as percentages: {columns}.").format(columns=", ".join(shown_so[:_SHOWN_NAMES]))
        if merged := self._merged():
            yield ngettext(
                "{count} merged cell: its value counts for each of its rows.",
                "{count} merged cells: their values count for each of their rows.",
                len(merged),
            )

    def _merged(self) -> list[tuple[int, int, int, int]]:
        return [one for one in self._sheet.merged if one[0] > (self.form.header or NO_HEADER)]

    def rows(self) -> Iterator[Row]:
        """The rows below the header, in their order, a cell for each column; a footer is left out and noted."""
        footer: list[Row] = []
        for some in without_footer(self._stretches(), len(self.headers), footer):
            yield from some
        if footer and (note := told(footer)) not in self.notes:
            self.notes.append(note)

    def place(self, line: int) -> str:  # noqa: ARG002 - what every table can be asked
        """Nothing more: the number of the line tells where it is."""
        return ""

    def _stretches(self) -> Iterator[list[Row]]:
        rows = self._all_rows()
        while some := list(islice(rows, _AT_ONCE)):
            yield some

    def _all_rows(self) -> Iterator[Row]:
        first, header = self._sheet.column, self.form.header or NO_HEADER
        fill = _Fill(self._merged())
        shapes = self._sheet.shapes.columns
        places = ((number, first + place) for number, place in enumerate(self._places))
        shaped = [(number, shapes[column]) for number, column in places if column in shapes]
        at = [0] * len(shaped)
        for number, found in enumerate(self._sheet.rows(), self._sheet.row):
            if number <= header:
                continue
            cells = fill.row(number, first, found) if fill.is_needed else found
            kept = map(cells.__getitem__, self._places)
            values = [cell if isinstance(cell, str) else self._digits(cell) for cell in kept]
            for count, (place, runs) in enumerate(shaped):
                while at[count] < len(runs) and runs[at[count]][1] < number:
                    at[count] += 1
                if at[count] < len(runs) and runs[at[count]][0] <= number and values[place]:
                    values[place] = shown(values[place], runs[at[count]][2])
            yield Row(number, tuple(values))

    def _digits(self, number: float) -> str:
        return repr(number) if self.is_exact else f"{number:.15g}"


class _Fill:
    """Merged cells written out: the value of the first row in the others."""

    def __init__(self, merged: Sequence[tuple[int, int, int, int]]) -> None:
        self.is_needed = bool(merged)
        self._coming = sorted(merged, reverse=True)
        self._open: list[tuple[int, int, str | float]] = []

    def row(self, number: int, first: int, cells: list[str | float]) -> list[str | float]:
        """The cells of a row, where the sheet begins in column `first`."""
        for last, place, value in self._open:
            if last >= number and cells[place] == "":
                cells[place] = value
        self._open = [each for each in self._open if each[0] > number]
        while self._coming and self._coming[-1][0] <= number:
            _top, left, last, _right = self._coming.pop()
            if 0 <= left - first < len(cells):
                self._open.append((last, left - first, cells[left - first]))
        return cells


def _header(rows: Sequence[Sequence[str]]) -> int:
    """The first row of which more than half is filled; one with figures is none where a fuller one follows."""
    filled = [sum(map(bool, cells)) for cells in rows]
    width = max(filled, default=0)
    for place, count in enumerate(filled[:_LONGEST_PREAMBLE]):
        has_figures = any(_FIGURE.fullmatch(cell) for cell in rows[place])
        is_followed = any(later > count for later in filled[place + 1 : place + 1 + _NEAR])
        if count * 2 > width and not (has_figures and is_followed):
            return place
    return 0
