"""Export records in our own format, so that importing gives the same again, or the columns of a list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from crmtui.commands import exporting_calendar, exporting_cards, exporting_columns
from crmtui.commands.exporting_cards import CardOptions
from crmtui.commands.exporting_columns import Way
from crmtui.commands.exporting_scope import ALL, KINDS, Scope, Tally
from crmtui.domain.fields import Kind, specs
from crmtui.domain.money import exponent
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.exchange.atomic import atomic, together
from crmtui.exchange.portable import CURRENCY, POINTER, TYPE, Portable, portable_columns
from crmtui.exchange.sheets.writing import SheetColumn, write_workbook
from crmtui.exchange.writing import Format, write_columns, write_rows
from crmtui.store.reading import flat
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    import contextlib
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from crmtui.commands.exporting_columns import Columns

    _Column = Sequence[object]
    _Sheet = tuple[str, Sequence[SheetColumn], Iterator[Sequence[object]]]

__all__ = ["KINDS", "CardOptions", "ExportOptions", "Format", "export", "export_to"]

CARDS: Final = CardOptions()
_PAGE: Final = 2_000
_Entry = TypeVar("_Entry")
_FLAT: Final = (Format.CSV, Format.TSV)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How records are exported.

    Attributes:
        raw: whether CSV and TSV leave cells that a spreadsheet would run as they are.
        cards: how vCards are written.
        keys: of the only records that go out, in their order, with what hangs on them; None for all.
        listed: columns of a list or a table, which are written instead of whole records.
        beside: further ones, which a workbook holds too.
        tell: called with a sentence for each text that did not fit into its cell.
        heed: called every few hundred rows with how many are written, and of how many; what it raises ends the export,
            of which nothing stays.
    """

    raw: bool = False
    cards: CardOptions = CARDS
    keys: Sequence[int] | None = None
    listed: Columns | None = None
    beside: Sequence[Columns] = ()
    tell: Callable[[str], None] | None = None
    heed: Callable[[int, int], None] = lambda _done, _total: None

    @property
    def way(self) -> Way:
        """How columns are written."""
        return Way(self.raw, self.tell, self.heed, self.beside)


PLAIN: Final = ExportOptions()


def export(path: Path, kind: str, form: Format, stream: TextIO, options: ExportOptions = PLAIN) -> int:
    """Write a kind to a stream; returns the number of records.

    JSON and JSON lines hold every table of the kind; CSV and TSV have room for one, the first.

    Raises:
        UsageError: there is no such kind, `all` was asked for in a format that holds one table, or a format that is
            no text, or has no columns.
    """
    if form is Format.XLSX:
        raise UsageError(_("{form} is no text: name a file with --output.").format(form=form))
    if options.listed is not None:
        return exporting_columns.write(path, options.listed, form, stream, options.way)
    scope = Scope(kind, options.keys, Tally(options.heed))
    if form in _FLAT and kind == ALL:
        raise UsageError(
            _("{form} holds one table: name a folder with --output, or export all as jsonl.").format(form=form)
        )
    with reading(path) as connection:
        _expect(connection, scope, form)
        if form is Format.VCF:
            texts = (text for _uid, text in _heeded(exporting_cards.cards(connection, scope, options.cards), scope))
            return sum(bool(stream.write(text)) for text in texts)
        if form is Format.ICS:
            entries = exporting_calendar.calendar(connection, scope)
            return sum(bool(stream.write(text)) for text in entries) - 2
        if form is Format.JSON and len(scope.tables) > 1:
            return _write_lists(connection, scope, stream)
        if form in _FLAT:
            return _write_table(connection, scope, scope.main, form, stream, raw=options.raw)
        tables = scope.tables if form is Format.JSONL else (scope.main,)
        return sum(write_rows(stream, form, *_rows(connection, scope, table), is_cleaned=True) for table in tables)


def export_to(path: Path, kind: str, form: Format, target: Path, options: ExportOptions = PLAIN) -> int:
    """Write a kind to a file, or each table, as CSV and TSV, or each card to a file of a folder; all or nothing.

    A workbook has a sheet for each table with records, at least one; a text that no cell holds is cut off there.

    Raises:
        UsageError: there is no such kind.
        FileProblemError: the target cannot be written; what was there is as before.
    """
    if options.listed is not None:
        return exporting_columns.write_to(path, options.listed, form, target, options.way)
    scope = Scope(kind, options.keys, Tally(options.heed))
    if form is Format.XLSX:
        with atomic(target, "wb") as book, reading(path) as connection:
            scope.expect(connection, scope.tables)
            count = write_workbook(book, _sheets(connection, scope), options.tell)
            options.heed(scope.tally.total, scope.tally.total)  # packing it took seconds, too
            return count
    is_folder = target.is_dir() or not target.suffix
    if form in (Format.JSON, Format.JSONL, Format.ICS) or not is_folder:
        with atomic(target) as stream:
            return export(path, kind, form, stream, options)
    with reading(path) as connection, together(target) as opened:
        scope.expect(connection, (scope.main,) if form is Format.VCF else scope.tables)
        if form is Format.VCF:
            return _write_each(opened, _heeded(exporting_cards.cards(connection, scope, options.cards), scope))
        count = 0
        for table in scope.tables:
            with opened(f"{table}.{form.value}") as stream:
                count += _write_table(connection, scope, table, form, stream, raw=options.raw)
    return count


def _write_table(
    connection: sqlite3.Connection, scope: Scope, table: str, form: Format, stream: TextIO, *, raw: bool
) -> int:
    columns = portable_columns(BY_TABLE[table], amounts=True)
    pages = _with_amounts(columns, _pages(connection, scope, table))
    return write_columns(stream, form, [column.name for column in columns], pages, raw=raw, is_cleaned=True)


def _expect(connection: sqlite3.Connection, scope: Scope, form: Format) -> None:
    """Count what goes out into one text; a calendar counts its entries itself."""
    if form is not Format.ICS:
        has_all = form is Format.JSONL or (form is Format.JSON and len(scope.tables) > 1)
        scope.expect(connection, scope.tables if has_all else (scope.main,))


def _heeded(entries: Iterator[_Entry], scope: Scope) -> Iterator[_Entry]:
    for entry in entries:
        scope.tally.add()
        yield entry


def _write_each(
    opened: Callable[[str], contextlib.AbstractContextManager[TextIO]], cards: Iterator[tuple[str, str]]
) -> int:
    """A file for each card, named by its record's identity, as programs that keep address books in step want it."""
    count = 0
    for uid, text in cards:
        with opened(f"{uid}.vcf") as stream:
            stream.write(text)
        count += 1
    return count


def _rows(
    connection: sqlite3.Connection, scope: Scope, table: str
) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """Headers and rows of a table of a kind, its name in front of each row."""
    headers = tuple(column.name for column in portable_columns(BY_TABLE[table]))
    rows = chain.from_iterable(zip(*page, strict=True) for page in _pages(connection, scope, table))
    return (TYPE, *headers), ((table, *row) for row in rows)


def _pages(connection: sqlite3.Connection, scope: Scope, table: str) -> Iterator[Sequence[_Column]]:
    """The same as pages of columns; what was chosen is in its order, and may have gone since."""
    kind = BY_TABLE[table]
    if scope.chosen is None or table != scope.main:
        for whole in flat.pages(connection, kind, *scope.where(table)):
            scope.tally.add(len(whole[0]))
            yield whole
        return
    for start in range(0, len(scope.chosen), _PAGE):
        page = scope.chosen[start : start + _PAGE]
        scope.tally.add(len(page))
        found = flat.rows(connection, kind, page)
        if found:
            yield list(zip(*(found[record_id] for record_id in page if record_id in found), strict=True))


def _sheets(connection: sqlite3.Connection, scope: Scope) -> Iterator[_Sheet]:
    """Name, columns and rows of each table that has records; the main one where none has."""
    for table in [each for each in scope.tables if not scope.is_empty(connection, each)] or [scope.main]:
        kind = BY_TABLE[table]
        columns = portable_columns(kind, amounts=True)
        known = specs(kind)
        named = [
            SheetColumn(
                column.name, known[column.field].kind if column.field and column.field != POINTER else Kind.LINE
            )
            for column in columns
        ]
        pages = _with_amounts(columns, _pages(connection, scope, table))
        yield table, named, chain.from_iterable(zip(*page, strict=True) for page in pages)


def _with_amounts(columns: Sequence[Portable], pages: Iterator[Sequence[_Column]]) -> Iterator[Sequence[_Column]]:
    """The pages with their amounts in whole units."""
    amounts = [place for place, column in enumerate(columns) if column.is_amount]
    currency = next((place for place, column in enumerate(columns) if column.name == CURRENCY), 0)
    for page in pages:
        cells = list(page)
        for place in amounts:
            if cells[place].count(None) < len(cells[place]):
                pairs = zip(cells[place], cells[currency], strict=True)
                cells[place] = [_whole(minor, str(code)) for minor, code in pairs]
        yield cells


def _whole(minor: object, currency: str) -> object:
    return Decimal(minor).scaleb(-exponent(currency)) if isinstance(minor, int) else minor


def _write_lists(connection: sqlite3.Connection, scope: Scope, stream: TextIO) -> int:
    """One JSON object with a list for each table."""
    count = 0
    for number, table in enumerate(scope.tables):
        stream.write(f"{',' if number else '{'}\n{json.dumps(table)}: ")
        headers, rows = _rows(connection, scope, table)
        count += write_rows(stream, Format.JSON, headers, rows, is_cleaned=True)
    stream.write("}\n")
    return count
