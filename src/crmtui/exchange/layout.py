"""Where a text table begins and what parts its cells: found on the file's first lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.exchange.file_form import NO_HEADER
from crmtui.exchange.first_lines import NAMES, SELDOM, FirstLines, Reading
from crmtui.exchange.problems import refusal
from crmtui.exchange.quoting import USUAL, Quoting
from crmtui.exchange.records import RecordError
from crmtui.text import _, line as one_line, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.errors import FileProblemError

MOST_COLUMNS: Final = 2_000
_SHOWN_NAMES: Final = 10
_SHOWN_NAME: Final = 60
_LONGEST_NAME: Final = 200  # characters of a header; what is longer was not meant as one
MOST_NAMED: Final = 100  # of those to choose from
_NAMED: Final = re.compile(r'"?sep=(?P<delimiter>[,;\t|~^:\x1f])"?[,;\t|~^:\x1f]*[\r\n]*')


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text table is laid out.

    Attributes:
        delimiter: what parts its cells.
        quoting: how they are quoted.
        headers: the names of its columns, cleaned, none empty, none twice.
        header_line: the line on which the header begins, counted from 1; NO_HEADER where there is none.
        data_line: the first line after the header.
        notes: what was recognised or mended, a sentence each, in the user's language.
    """

    delimiter: str
    quoting: Quoting
    headers: tuple[str, ...]
    header_line: int
    data_line: int
    notes: tuple[str, ...]


def too_wide(path: Path, count: int, line: int = 0) -> FileProblemError:
    """What is told of more columns than can be read."""
    told = _("{count} columns are more than the {most} that can be read; is this the right file?")
    return refusal(path, told.format(count=count, most=MOST_COLUMNS), line)


def lay_out(
    lines: Sequence[str],
    *,
    complete: bool,
    delimiter: str | None = None,
    header: int | None = None,
    quote: str | None = None,
) -> Layout:
    """The layout of a table that begins with these lines.

    `sep=` on the first line decides, as in Excel; else what the lines look like (`first_lines.py`). Lines
    above the header are skipped when they are much narrower than the table, as in exports of LinkedIn or Salesforce.

    Args:
        lines: the first lines with their ends.
        complete: whether these are all lines of the file.
        delimiter: the one to use, when the user named it.
        header: the line that names the columns, when the user named it; NO_HEADER for none.
        quote: the mark around cells that are quoted, when the user named it.

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
    first = FirstLines(lines[above:], above + 1, complete, is_header=header is not None, quote=quote)
    reading = first.read(wanted) if wanted else first.best()
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


def _without_header(reading: Reading) -> Layout:
    """The columns are numbered, and the first record is a row."""
    names, notes = unique_names([""] * len(reading.cells))
    told = [*_recognised(reading), *notes]
    return Layout(reading.delimiter, reading.quoting, names, NO_HEADER, reading.records[reading.header][0], tuple(told))


def _recognised(reading: Reading) -> list[str]:
    """What parts the cells, and how they are quoted where that is not as usual."""
    delimiter, quoting = reading.delimiter, reading.quoting
    named = _(NAMES.get(delimiter, delimiter))
    notes = [_("Separated by: {delimiter}.").format(delimiter=named)]
    if delimiter in SELDOM:
        told = _("Separated by: {delimiter}, which parts all of the first lines into {count} cells.")
        notes = [told.format(delimiter=named, count=len(reading.cells))]
    if quoting.mark != USUAL.mark:
        notes.append(_("Cells are quoted by {mark}, as the first lines show.").format(mark=quoting.mark))
    if quoting.is_escaped:
        notes.append(
            _("{written} is a quote within a cell, as the first lines show.").format(written=f"\\{quoting.mark}")
        )
    return notes


def _described(reading: Reading, skipped: Sequence[str]) -> Layout:
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
    told = [*_recognised(reading), *notes]
    return Layout(reading.delimiter, reading.quoting, headers, line, reading.data_line, tuple(told))


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
