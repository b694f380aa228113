"""Rows to text: CSV and TSV that no spreadsheet runs, JSON and JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TextIO

from crmtui.exchange.guard import APOSTROPHE, SUSPECTS, bare, guard
from crmtui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BATCH: Final = 1_000
_START: Final = "\x1f"  # stands before each cell of a column that is searched as one text


class Format(StrEnum):
    """The formats that records are written in; `write_rows` writes the first four."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    XLSX = "xlsx"
    VCF = "vcf"
    ICS = "ics"


Cell = Any  # str, int, float, bool, Decimal, date, aware datetime or None; lists and mappings of these for JSON


def write_rows(
    stream: TextIO,
    form: Format,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    raw: bool = False,
    is_cleaned: bool = False,
) -> int:
    """Write headers and rows; returns the number of rows.

    CSV and TSV: RFC 4180, lines end in CR LF, cells are guarded against spreadsheets (see `guard`) unless `raw`;
    `read_table` takes the guard off again. JSON: an array of objects, one on each line; JSON lines: one object on
    each line; keys are the headers, dates ISO 8601, instants UTC.

    Args:
        stream: opened with `newline=""`, as `atomic` does.
        form: the format, one of rows of text.
        headers: the names of the columns, none twice.
        rows: as many cells each as there are headers.
        raw: leave cells as they are, for programs that take no guard off (see `guard.bare`).
        is_cleaned: whether texts go out without control characters, whatever wrote them.

    Raises:
        ValueError: a header is there twice, or a row has not one cell for each header.
    """
    if form in (Format.CSV, Format.TSV):
        return write_columns(stream, form, headers, _turned(rows, len(headers)), raw=raw, is_cleaned=is_cleaned)
    _refuse_twice(headers)
    rows = (list(map(_cleaned, row)) for row in rows) if is_cleaned else rows
    return _write_json(stream, headers, rows, lines=form is Format.JSONL)


def write_columns(
    stream: TextIO,
    form: Format,
    headers: Sequence[str],
    pages: Iterable[Sequence[Sequence[Cell]]],
    *,
    raw: bool = False,
    is_cleaned: bool = False,
) -> int:
    """The same for CSV and TSV, of pages with as many columns as there are headers, each with a cell for each row."""
    _refuse_twice(headers)
    delimiter = "," if form is Format.CSV else "\t"
    quoted = f'"\r\n{delimiter}'
    count = 0
    for page in chain([[[header] for header in headers]], pages):
        columns = [_column(cells, quoted, raw=raw, is_cleaned=is_cleaned) for cells in page]
        if len(columns) == 1:
            columns = [[cell or '""' for cell in columns[0]]]  # a blank line would be no row
        lines = list(map(delimiter.join, zip(*columns, strict=True)))
        stream.write("\r\n".join(lines))
        stream.write("\r\n")
        count += len(lines)
    return count - 1


def _refuse_twice(headers: Sequence[str]) -> None:
    if len(set(headers)) != len(headers):
        raise ValueError("each header may be written once")


def _turned(rows: Iterable[Sequence[Cell]], width: int) -> Iterator[Sequence[Sequence[Cell]]]:
    """Rows as pages of columns."""
    for batch in _batches(rows):
        _refuse_ragged(batch, width)
        yield list(zip(*batch, strict=True))


def _column(cells: Sequence[Cell], quoted: str, *, raw: bool, is_cleaned: bool) -> Sequence[str]:
    """A column's cells as they stand in the file: cleaned, guarded, then quoted.

    Whether any cell needs it is asked of all in one go, which is about twice as fast as `csv.writer` is.
    """
    cells, whole = _joined(cells)
    if is_cleaned and whole and (whole.count(_START) > len(cells) or not _is_clean(whole.replace(_START, ""))):
        cells, whole = _joined(list(map(clean, cells)))
    if any(sign in whole and _START + sign in whole for sign in (APOSTROPHE if raw else SUSPECTS)):
        cells = list(map(bare if raw else guard, cells))
    if any(char in whole for char in quoted):
        special = re.compile(f"[{quoted}]").search
        cells = ['"' + cell.replace('"', '""') + '"' if special(cell) else cell for cell in cells]
    return cells


def _is_clean(text: str) -> bool:
    """Whether cleaning would surely change nothing: no sign of it is invisible, and each is composed."""
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def _joined(cells: Sequence[Cell]) -> tuple[Sequence[str], str]:
    """The cells as texts, and all of them as one."""
    if cells.count(None) == len(cells):
        return [""] * len(cells), ""
    try:
        return cells, _START + _START.join(cells)
    except TypeError:
        texts = ["" if cell is None else cell if type(cell) is str else as_text(cell) for cell in cells]
        return texts, _START + _START.join(texts)


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _refuse_ragged(batch: list[Sequence[Cell]], width: int) -> None:
    if set(map(len, batch)) != {width}:
        raise ValueError("each row has one cell for each header")


def as_text(cell: Cell) -> str:
    """A value as it stands in a table: nothing for None, yes or no, ISO 8601, plain digits, JSON for lists."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list | tuple | dict):
        return _encode(cell)
    return str(cell) if isinstance(cell, int | float) else str(_plain(cell))


def _cleaned(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, list | tuple):
        return [_cleaned(part) for part in cell]
    return {name: _cleaned(part) for name, part in cell.items()} if isinstance(cell, dict) else cell


def _plain(value: Cell) -> str | int | float:
    """What JSON has no type for, as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"no text is known for {type(value).__name__}")


_encode: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain).encode


def _write_json(stream: TextIO, headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, lines: bool) -> int:
    between, count = ("\n", 0) if lines else (",\n", 0)
    if not lines:
        stream.write("[\n")
    for batch in _batches(rows):
        _refuse_ragged(batch, len(headers))
        text = between.join(_encode(dict(zip(headers, row, strict=True))) for row in batch)
        stream.write(between + text if count and not lines else text)
        if lines:
            stream.write("\n")
        count += len(batch)
    if not lines:
        stream.write("\n]\n" if count else "]\n")
    return count
