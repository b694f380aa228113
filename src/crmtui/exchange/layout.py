"""Where a text table begins and what parts its cells: found on the file's first lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.exchange.file_form import NO_HEADER
from crmtui.exchange.problems import refusal
from crmtui.exchange.records import RecordError, Records
from crmtui.text import N_, _, line as one_line, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.errors import FileProblemError

DELIMITERS: Final = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar")}
MOST_COLUMNS: Final = 2_000
_LONGEST_PREAMBLE: Final = 20
_NARROW_TABLE: Final = 2
_SHOWN_NAMES: Final = 10
_SHOWN_NAME: Final = 60
_LONGEST_NAME: Final = 200  # characters of a header; what is longer was not meant as one
MOST_NAMED: Final = 100  # of those to choose from
_NAMED: Final = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?[,;\t|]*[\r\n]*')


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text table is laid out.

    Attributes:
        delimiter: what parts its cells.
        headers: the names of its columns, cleaned, none empty, none twice.
        header_line: the line on which the header begins, counted from 1; NO_HEADER where there is none.
        data_line: the first line after the header.
        notes: what was recognised or mended, a sentence each, in the user's language.
    """

    delimiter: str
    headers: tuple[str, ...]
    header_line: int
    data_line: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The first lines as they look with one delimiter."""

    delimiter: str
    records: tuple[tuple[int, list[str]], ...]
    header: int
    data_line: int
    cut_off: bool

    @property
    def cells(self) -> list[str]:
        return self.records[self.header][1]

    @property
    def fit(self) -> tuple[float, int]:
        """The share of records as wide as the header, in tenths, then the width: the largest is the best."""
        widths = [len(cells) for _line, cells in self.records if cells]
        return round(widths.count(len(self.cells)) / len(widths), 1), len(self.cells)


def too_wide(path: Path, count: int, line: int = 0) -> FileProblemError:
    """What is told of more columns than can be read."""
    told = _("{count} columns are more than the {most} that can be read; is this the right file?")
    return refusal(path, told.format(count=count, most=MOST_COLUMNS), line)


def lay_out(lines: Sequence[str], *, complete: bool, delimiter: str | None = None, header: int | None = None) -> Layout:
    """The layout of a table that begins with these lines.

    `sep=` on the first line decides, as in Excel; else the delimiter that makes most rows as wide as their header,
    the quotes respected; a single column where none does. Lines above the header are skipped when they are much
    narrower than the table, as in exports of LinkedIn or Salesforce.

    Args:
        lines: the first lines with their ends.
        complete: whether these are all lines of the file.
        delimiter: the one to use, when the user named it.
        header: the line that names the columns, when the user named it; NO_HEADER for none.

    Raises:
        RecordError: there is no header, or one that cannot be read.
    """
    named = _NAMED.fullmatch(lines[0]) if lines else None
    start = 1 if named else 0
    wanted = delimiter or (named["delimiter"] if named else None)
    above = max(start, (header or 1) - 1)
    if header and not "".join(lines[above : above + 1]).strip():
        told = _("line {number} cannot be the header: it is empty, or not among the first {count}")
        raise RecordError(told.format(number=header, count=len(lines)), above + 1)
    reading = _best(lines[above:], above + 1, wanted, complete=complete, is_header=header is not None)
    if reading.cut_off and reading.header == len(reading.records) - 1:
        raise RecordError(_("a quote in the header is never closed; close it"), reading.records[reading.header][0])
    if len(reading.cells) > MOST_COLUMNS:
        raise RecordError(
            _("{count} columns are more than the {most} that can be read; is this the right file?").format(
                count=len(reading.cells), most=MOST_COLUMNS
            ),
            reading.records[reading.header][0],
        )
    if header == NO_HEADER:
        return _without_header(reading)
    return _described(reading, lines[start:above])


def _best(lines: Sequence[str], first_line: int, wanted: str | None, *, complete: bool, is_header: bool) -> _Reading:
    """With the delimiter that is wanted or fits best; `is_header` says that the first record names the columns."""
    if wanted is not None:
        return _read(lines, first_line, wanted, complete=complete, is_header=is_header)
    readings: list[_Reading] = []
    refusals: list[RecordError] = []
    for delimiter in DELIMITERS:
        try:
            readings.append(_read(lines, first_line, delimiter, complete=complete, is_header=is_header))
        except RecordError as error:
            refusals.append(error)
    if tables := [reading for reading in readings if len(reading.cells) > 1]:
        return max(tables, key=lambda reading: reading.fit)
    if refusals:
        raise refusals[0]
    return readings[0]


def _read(lines: Sequence[str], first_line: int, delimiter: str, *, complete: bool, is_header: bool) -> _Reading:
    source = Records(lines, delimiter, first_line, partial=True)
    records: list[tuple[int, list[str]]] = []
    ends: list[int] = []
    for line, cells in source:
        records.append((line, cells))
        ends.append(source.next_line)
    cut_off = source.cut_off
    if not complete and len(records) > 1:
        records.pop()  # perhaps not whole
        cut_off = False
    if not any(any(cells) for _line, cells in records):
        raise RecordError(_("there is no header; the first line names the columns"), first_line)
    header = next(place for place, (_line, cells) in enumerate(records) if cells) if is_header else _header(records)
    return _Reading(delimiter, tuple(records), header, ends[header], cut_off)


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


def _without_header(reading: _Reading) -> Layout:
    """The columns are numbered, and the first record is a row."""
    names, notes = unique_names([""] * len(reading.cells))
    told = [_separated_by(reading.delimiter), *notes]
    return Layout(reading.delimiter, names, NO_HEADER, reading.records[reading.header][0], tuple(told))


def _separated_by(delimiter: str) -> str:
    return _("Separated by: {delimiter}.").format(delimiter=_(DELIMITERS.get(delimiter, delimiter)))


def _described(reading: _Reading, skipped: Sequence[str]) -> Layout:
    headers, notes = unique_names(reading.cells)
    line = reading.records[reading.header][0]
    above = [text for text in map(str.strip, skipped) if text]
    above += [" ".join(filter(None, cells)) for _line, cells in reading.records[: reading.header] if any(cells)]
    if above:
        notes.insert(
            0,
            ngettext(
                "{count} line above the header was skipped: {text}",
                "{count} lines above the header were skipped: {text}",
                len(above),
                text=one_line(" / ".join(above))[:200],
            ),
        )
    notes.insert(0, _separated_by(reading.delimiter))
    return Layout(reading.delimiter, headers, line, reading.data_line, tuple(notes))


def unique_names(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Names for columns, and what was mended: empty ones are numbered, repeated ones get `(2)`, long ones are cut."""
    names: list[str] = []
    numbered: list[str] = []
    repeated: list[str] = []
    whole = [one_line(cell) for cell in cells]
    cut = [name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…" for name in whole]
    taken = set(cut)
    counts: dict[str, int] = {}
    seen: set[str] = set()
    for number, wanted in enumerate(cut, 1):
        name = wanted
        if not name:
            name = _free(_("column {number}").format(number=number), taken, counts)
            numbered.append(name)
        elif name in seen:
            name = _free(name, taken, counts)
            repeated.append(name)
        seen.add(name)
        taken.add(name)
        names.append(name)
    notes = [_("Columns without a name are called: {names}.").format(names=few(numbered))] if numbered else []
    if repeated:
        notes.append(_("Repeated columns are called: {names}.").format(names=few(repeated)))
    if long := [name for name, before in zip(cut, whole, strict=True) if name != before]:
        notes.append(_("Long names of columns were cut: {names}.").format(names=few(long)))
    return tuple(names), notes


def few(names: Sequence[str], most: int = _SHOWN_NAMES) -> str:
    """The names of columns as they may stand in a sentence, however many and long they are."""
    return ", ".join(name[:_SHOWN_NAME] for name in names[:most]) + (" …" if len(names) > most else "")


def _free(name: str, taken: set[str], counts: dict[str, int]) -> str:
    """A name that is not taken; `counts` is how often each was given already, so that nothing is tried twice."""
    if name not in taken:
        return name
    count = counts.get(name, 2)
    while f"{name} ({count})" in taken:
        count += 1
    counts[name] = count
    return f"{name} ({count})"
