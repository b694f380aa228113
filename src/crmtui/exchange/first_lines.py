"""The first lines of a text table as they look with one sign between cells and one way of quoting; the likeliest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crmtui.exchange import quoting
from crmtui.exchange.records import RecordError, Records
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.exchange.quoting import Quoting

DELIMITERS: Final = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar")}
SELDOM: Final = {"~": N_("tilde"), "^": N_("caret"), ":": N_("colon"), "\x1f": N_("unit separator"), " ": N_("blanks")}
NAMES: Final = DELIMITERS | SELDOM
_OFTEN_IN_TEXTS: Final = (":", " ")
_BLANK: Final = " "  # of which several part cells too
_SEVERAL_BLANKS: Final = re.compile(r"\S  +\S")
_LONGEST_PREAMBLE: Final = 20
_LONGEST_FOOTER: Final = 3
_NARROW_TABLE: Final = 2
_CLEAR: Final = 0.8  # the share of records as wide as the header from which on a table is clear
_FEW: Final = 3  # cells, which alone show nothing


@dataclass(frozen=True)  # with a __dict__, where cached properties are kept
class Reading:
    """The first lines as they look with one delimiter.

    Attributes:
        delimiter: what parts the cells.
        quoting: how they are quoted.
        records: line and cells of each record; no cells for a blank line.
        header: the place of the record that names the columns.
        data_line: the line after it.
        cut_off: whether the last record ends inside of quotes.
        is_broken: whether text follows a quote that was closed.
    """

    delimiter: str
    quoting: Quoting
    records: tuple[tuple[int, list[str]], ...]
    header: int
    data_line: int
    cut_off: bool
    is_broken: bool

    @property
    def cells(self) -> list[str]:
        """Those of the header."""
        return self.records[self.header][1]

    @property
    def fit(self) -> tuple[float, int]:
        """The share of records as wide as the header, in tenths, then the width: the largest is the best."""
        widths = [len(cells) for _line, cells in self.records if cells]
        return round(widths.count(len(self.cells)) / len(widths), 1), len(self.cells)

    @cached_property
    def rows(self) -> list[list[str]]:
        """The cells of the records below the header, without blank ones and without the lines of a footer."""
        rows = [cells for _line, cells in self.records[self.header + 1 :] if cells]
        for _place in range(_LONGEST_FOOTER):
            if rows and len(rows[-1]) == 1:
                rows.pop()
        return rows

    @property
    def is_whole(self) -> bool:
        """Whether it is a table without any fault: more than one column, and all rows as wide as the header."""
        width = len(self.cells)
        return width > 1 and not (self.cut_off or self.is_broken) and all(len(cells) == width for cells in self.rows)


@dataclass(frozen=True, slots=True)
class FirstLines:
    """The first lines of a text.

    Attributes:
        lines: with their ends.
        number: the number of the first.
        complete: whether they are all.
        is_header: whether the first record names the columns.
        quote: the mark around cells that are quoted, where it was named.
    """

    lines: Sequence[str]
    number: int
    complete: bool
    is_header: bool
    quote: str | None = None

    def best(self) -> Reading:
        """With the delimiter that makes most rows as wide as their header, the quotes respected.

        One that is seldom meant as one counts only where it makes a table without any fault, and none of the usual ones
        a clear one from the first line on. A single column where none makes any.

        Raises:
            RecordError: there is no header, or one that cannot be read.
        """
        readings: list[Reading] = []
        refusals: list[RecordError] = []
        for delimiter in DELIMITERS:
            try:
                readings.append(self.read(delimiter))
            except RecordError as error:
                refusals.append(error)
        tables = [reading for reading in readings if len(reading.cells) > 1]
        found = max(tables, key=lambda reading: reading.fit) if tables else None
        if (found is None or found.header or found.fit[0] < _CLEAR) and (seldom := self._seldom()):
            return seldom
        if found is None and refusals:
            raise refusals[0]
        return found or readings[0]

    def read(self, delimiter: str) -> Reading:
        """With one delimiter, quoted as usual unless the lines show otherwise.

        Raises:
            RecordError: as `best`.
        """
        usual = self._read(delimiter, quoting.Quoting(self.quote or quoting.USUAL.mark, is_spaced=delimiter == _BLANK))
        if self.quote or delimiter == _BLANK:
            escaped = self._read(delimiter, usual.quoting._replace(is_escaped=True))
            return usual if usual.is_whole or not escaped.is_whole else escaped
        for other in quoting.OTHERS:
            if self._may_be(other, delimiter):
                try:
                    reading = self._read(delimiter, other)
                except RecordError:
                    continue
                if _is_shown(reading, usual):
                    return reading
        return usual

    def _seldom(self) -> Reading | None:
        """The widest table without any fault by a delimiter that is seldom meant as one."""
        found: list[Reading] = []
        for delimiter in SELDOM:
            if self._is_usable(delimiter):
                try:
                    reading = self.read(delimiter)
                except RecordError:
                    continue
                if reading.is_whole and reading.rows and _names_columns(reading):
                    found.append(reading)
        return max(found, key=lambda reading: len(reading.cells), default=None)

    def _is_usable(self, delimiter: str) -> bool:
        """Whether it is there; blanks are everywhere, and part cells where most lines have several together."""
        if delimiter != _BLANK:
            return any(delimiter in line for line in self.lines)
        lines = [line for line in self.lines if line.strip()]
        return 2 * sum(map(bool, map(_SEVERAL_BLANKS.search, lines))) > len(lines) > _FEW

    def _may_be(self, other: Quoting, delimiter: str) -> bool:
        """Whether anything looks like it at all, which is told faster than by reading."""
        if other.is_escaped and not any(f"\\{other.mark}" in line for line in self.lines):
            return False
        before = delimiter + " " * other.is_spaced + other.mark
        return any(line.startswith(other.mark) or before in line for line in self.lines)

    def _read(self, delimiter: str, quoted: Quoting) -> Reading:
        source = Records(self.lines, delimiter, self.number, quoting=quoted, partial=True, is_strict=True)
        records: list[tuple[int, list[str]]] = []
        ends: list[int] = []
        is_broken = False
        for line, cells in source:
            records.append((line, cells))
            ends.append(source.next_line)
            is_broken = is_broken or source.is_broken
        cut_off = source.cut_off
        if not self.complete and len(records) > 1:
            records.pop()  # perhaps not whole
            cut_off = False
        if not any(any(cells) for _line, cells in records):
            raise RecordError(_("there is no header; the first line names the columns"), self.number)
        is_first = (place for place, (_line, cells) in enumerate(records) if cells)
        header = next(is_first) if self.is_header else _header(records)
        return Reading(delimiter, quoted, tuple(records), header, ends[header], cut_off, is_broken)


def _header(records: Sequence[tuple[int, list[str]]]) -> int:
    """The first record that is no preamble."""
    first = next(index for index, (_line, cells) in enumerate(records) if any(cells))
    widths = Counter(len(cells) for _line, cells in records if len(cells) > 1)
    if not widths:
        return first
    width = max(widths, key=lambda width: (widths[width], width))
    for index in range(first, min(len(records), first + _LONGEST_PREAMBLE)):
        cells = records[index][1]
        if cells and not _is_preamble(cells, width):
            after_blank = any(not above for _line, above in records[first:index])
            return index if width > _NARROW_TABLE or after_blank else first
    return first


def _is_preamble(cells: list[str], width: int) -> bool:
    filled = sum(map(bool, cells))
    return len(cells) == 1 or len(cells) * 2 < width or (filled <= 1 and width > _NARROW_TABLE)


def _names_columns(reading: Reading) -> bool:
    """Whether what should be a header is one beyond doubt: each name begins with a letter, and none is there twice.

    Colons stand in times, in addresses of the web and behind headings, and blanks between words: they part more than
    two columns, from the first line on.
    """
    names = [cell.strip() for cell in reading.cells]
    if not names[-1]:
        names.pop()
    if reading.delimiter in _OFTEN_IN_TEXTS and (reading.header or len(names) <= _NARROW_TABLE):
        return False
    return all(name[:1].isalpha() for name in names) and len(set(names)) == len(names)


def _is_shown(reading: Reading, usual: Reading) -> bool:
    """Whether the lines show that they are quoted otherwise than usual.

    They do where they are a table without any fault only then, or where a whole column is quoted so: what begins with
    an apostrophe ('t Hart) is not quoted by it.
    """
    if not (reading.is_whole and reading.rows) or _is_quoted_as_usual(reading):
        return False
    if not usual.is_whole:
        return True
    mark = reading.quoting.mark
    columns = zip(usual.cells, *usual.rows, strict=True)
    return any(_is_quoted(header, list(filter(None, cells)), mark) for header, *cells in columns)


def _is_quoted_as_usual(reading: Reading) -> bool:
    """Whether cells that are read by another mark have the usual one around them."""
    if reading.quoting.mark == quoting.USUAL.mark:
        return False
    return any(cell.startswith(quoting.USUAL.mark) for cells in (reading.cells, *reading.rows) for cell in cells)


def _is_quoted(header: str, cells: list[str], mark: str) -> bool:
    """Whether a mark is around all cells of a column, and around its name too where they are few."""
    named = [cell.strip() for cell in ([header, *cells] if len(cells) < _FEW else cells)]
    return bool(cells) and all(len(cell) > 1 and cell[0] == cell[-1] == mark for cell in named)
