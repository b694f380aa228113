"""What the sheets of an ODS workbook span, told from their XML before it is read, and the shapes of their numbers.

Rows and cells say how often they are repeated, and the reader writes each of them out: twelve letters can stand for a
million rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from crmtui.exchange.problems import refusal
from crmtui.exchange.sheets.archive import DAMAGED, Archive
from crmtui.exchange.sheets.shapes import PERCENT, Shapes, Span
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

CONTENT: Final = "content.xml"
_TABLE: Final = "table:table"
_ROW: Final = "table:table-row"
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_VALUE: Final = "office:value-type"
_MOST: Final = 1 << 40  # so that repeats can be multiplied and added up without end
_LAST_ROW: Final = 1 << 20
_MOST_MERGED: Final = 100_000
_LONGEST: Final = 20  # digits with zeros before them
_MOST_ALIKE: Final = 1_000  # cells side by side that are one shape, repeated
_CODE: Final = re.compile(r"[A-Z]{3}")
_PADDED: Final = re.compile(r"0[0-9]{1,19}")


def is_workbook(archive: Archive) -> bool:
    """Whether an archive is an OpenDocument file."""
    return CONTENT in archive.names()


def survey(path: Path, archive: Archive) -> tuple[dict[str, Span], dict[str, Shapes]]:
    """What each sheet spans, and the shapes in it, by its name.

    Raises:
        FileProblemError: the archive is damaged.
    """
    survey = _Survey()
    parser = expat.ParserCreate()
    parser.StartElementHandler = survey.begin
    parser.EndElementHandler = survey.end
    parser.CharacterDataHandler = survey.text
    try:
        for name in archive.names():
            for chunk in archive.chunks(name):
                if name == CONTENT:
                    parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise refusal(path, _(DAMAGED)) from None
    return survey.spans, survey.shapes


class _Survey:
    """The cells as they come by."""

    def __init__(self) -> None:
        self.spans: dict[str, Span] = {}
        self.shapes: dict[str, Shapes] = {}
        self._span = Span()
        self._shape = Shapes()
        self._row = 0
        self._repeats = 1
        self._column = 0
        self._filled = 0
        self._last = 0
        self._cell = 0
        self._is_number = False
        self._text = ""  # of a cell with a number, as it is shown
        self._kinds: list[tuple[int, int, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._cell = _repeats(attributes, "table:number-columns-repeated")
            self._column = min(self._column + self._cell, _MOST)
            if _VALUE in attributes:
                self._fill()
            self._of_number(attributes)
            rows = _repeats(attributes, "table:number-rows-spanned")
            if 1 < rows <= _LAST_ROW and self._repeats == 1 and len(self._shape.merged) < _MOST_MERGED:
                first = self._column - self._cell + 1
                self._shape.merged.append((self._row + 1, first, self._row + rows, self._column))
        elif name == _ROW:
            self._repeats = _repeats(attributes, "table:number-rows-repeated")
            self._column = self._filled = self._last = self._cell = 0
            self._kinds.clear()
        elif name == _TABLE:
            self._span, self._shape, self._row = Span(), Shapes(), 0
            self.spans[attributes.get("table:name", "")] = self._span
            self.shapes[attributes.get("table:name", "")] = self._shape

    def _of_number(self, attributes: dict[str, str]) -> None:
        """A percentage, or an amount; of other numbers the text tells whether zeros are shown before them."""
        kind, code = attributes.get(_VALUE), attributes.get("office:currency", "")
        self._is_number, self._text = kind == "float", ""
        if kind == "percentage":
            self._shape_cell(PERCENT)
        elif kind == "currency" and _CODE.fullmatch(code):
            self._shape_cell(code)

    def _shape_cell(self, shape: str) -> None:
        self._kinds.append((self._column - self._cell + 1, self._column, shape))

    def text(self, text: str) -> None:
        if self._cell and not text.isspace():
            self._fill()
            if self._is_number and len(self._text) < _LONGEST:
                self._text += text

    def _fill(self) -> None:
        if self._last != self._column:
            self._filled = min(self._filled + self._cell, _MOST)
            self._last = self._column

    def end(self, name: str) -> None:
        if name in _CELLS:
            if self._is_number and _PADDED.fullmatch(self._text):
                self._shape_cell("0" * len(self._text))
            self._cell, self._is_number = 0, False
        elif name == _ROW:
            for first, last, shape in self._kinds:
                for column in range(first, min(last, first + _MOST_ALIKE) + 1):
                    self._shape.add(self._row + 1, column, shape, self._repeats)
            self._row = min(self._row + self._repeats, _MOST)
            if self._filled:
                self._span.take(self._row, self._last, min(self._filled * self._repeats, _MOST))


def _repeats(attributes: dict[str, str], name: str) -> int:
    return min(max(int(attributes.get(name, 1)), 1), _MOST)
