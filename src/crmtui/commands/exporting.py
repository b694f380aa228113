"""Export records in our own format: one kind, or the whole workspace, so that importing gives the same again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from crmtui.commands import exporting_calendar, exporting_cards
from crmtui.commands.exporting_cards import CardOptions
from crmtui.domain.bringing import CustomValue
from crmtui.domain.fields import Kind, specs
from crmtui.domain.money import exponent
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.errors import UsageError
from crmtui.exchange.atomic import atomic
from crmtui.exchange.portable import CURRENCY, POINTER, TYPE, Portable, portable_columns
from crmtui.exchange.sheets.writing import SheetColumn, write_workbook
from crmtui.exchange.writing import Format, write_rows
from crmtui.store.reading import flat
from crmtui.store.reading.connections import reading
from crmtui.text import _, clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    _Sheet = tuple[str, Sequence[SheetColumn], Iterator[Sequence[object]]]

__all__ = ["KINDS", "CardOptions", "Format", "export", "export_to"]

CUSTOM: Final = CustomValue.noun.table  # of every noun; with one go those that hang on it

# What belongs together: the table that a kind is named after first, then what hangs on it.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "accounts": ("account", "tag", "competitor_position", CUSTOM),
    "people": ("person", "person_email", "person_phone", "consent", CUSTOM),
    "dmu": ("stakeholder", "dmu_map", "influence"),
    "opportunities": ("opportunity", "stage_change", CUSTOM),
    "assessments": ("assessment", "assessment_rating"),
    "scorecards": ("scorecard", "answer", "competitor_answer", "scorecard_template", "criterion"),
    "propositions": ("proposition",),
    "plans": ("plan", "contact", "contact_person"),
    "objectives": ("objective", "strategy", "plan_action"),
    "actions": ("plan_action",),
    "contacts": ("contact", "contact_person", CUSTOM),
    "offerings": ("offering", CUSTOM),
    "competitors": ("competitor", CUSTOM),
    "orders": ("sales_order", "order_line", CUSTOM),
    "actors": ("actor", CUSTOM),
    "channels": ("channel",),
    "notes": ("note",),
    "all": tuple(kind.noun.table for kind in RECORDS),
}
CARDS: Final = CardOptions()
_PAGE: Final = 2_000


def export(
    path: Path, kind: str, form: Format, stream: TextIO, *, raw: bool = False, cards: CardOptions = CARDS
) -> int:
    """Write a kind to a stream; returns the number of records.

    JSON and JSON lines hold every table of the kind; CSV and TSV have room for one, the first.

    Raises:
        UsageError: there is no such kind, `all` was asked for in a format that holds one table, or a format that is
            no text.
    """
    tables = _tables(kind)
    if form is Format.XLSX:
        raise UsageError(_("{form} is no text: name a file with --output.").format(form=form))
    if form in (Format.CSV, Format.TSV) and kind == "all":
        raise UsageError(
            _("{form} holds one table: name a folder with --output, or export all as jsonl.").format(form=form)
        )
    with reading(path) as connection:
        if form is Format.VCF:
            return sum(bool(stream.write(text)) for _uid, text in exporting_cards.cards(connection, kind, cards))
        if form is Format.ICS:
            texts = exporting_calendar.calendar(connection, kind)
            return sum(bool(stream.write(text)) for text in texts) - 2  # head and tail
        if form is Format.JSON and len(tables) > 1:
            return _write_lists(connection, kind, stream)
        count = 0
        for table in tables if form is Format.JSONL else tables[:1]:
            headers, rows = _rows(connection, kind, table, named=form in (Format.JSON, Format.JSONL))
            count += write_rows(stream, form, headers, rows, raw=raw)
        return count


def export_to(
    path: Path, kind: str, form: Format, target: Path, *, raw: bool = False, cards: CardOptions = CARDS
) -> int:
    """Write a kind to a file, whole or not at all; or each table, as CSV and TSV, or each card to a file of a folder.

    A workbook has a sheet for each table with records, at least one.

    Raises:
        UsageError: there is no such kind, or a text is too long for a cell of a workbook.
        FileProblemError: the target cannot be written; what was there is as before.
    """
    tables = _tables(kind)
    if form is Format.XLSX:
        with atomic(target, "wb") as book, reading(path) as connection:
            return write_workbook(book, _sheets(connection, kind))
    is_folder = target.is_dir() or not target.suffix
    if form in (Format.JSON, Format.JSONL, Format.ICS) or not is_folder:
        with atomic(target) as stream:
            return export(path, kind, form, stream, raw=raw, cards=cards)
    count = 0
    with reading(path) as connection:
        if form is Format.VCF:
            return _write_each(target, exporting_cards.cards(connection, kind, cards))
        _make_folder(target)
        for table in tables:
            headers, rows = _rows(connection, kind, table, named=False)
            with atomic(target / f"{table}.{form.value}") as stream:
                count += write_rows(stream, form, headers, rows, raw=raw)
    return count


def _make_folder(target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_each(target: Path, cards: Iterator[tuple[str, str]]) -> int:
    """A file for each card, named by its record's identity, as programs that keep address books in step want it."""
    count = 0
    for uid, text in cards:
        if not count:
            _make_folder(target)
        with atomic(target / f"{uid}.vcf") as stream:
            stream.write(text)
        count += 1
    return count


def _tables(kind: str) -> Sequence[str]:
    if kind not in KINDS:
        raise UsageError(_("There are no {noun}; there are {nouns}.").format(noun=kind, nouns=", ".join(KINDS)))
    if kind == "dmu":  # the maps come before those who are on them
        return ("dmu_map", "stakeholder", "influence")
    return sorted(KINDS[kind], key=list(BY_TABLE).index)


def _rows(
    connection: sqlite3.Connection, of: str, table: str, *, named: bool
) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """Headers and rows of a table of a kind; with its name in front of each row where files hold several."""
    kind = BY_TABLE[table]
    headers = tuple(column.name for column in portable_columns(kind))
    keys = [row[0] for row in connection.execute(f"SELECT id FROM {table} WHERE {_hanging(of, table)} ORDER BY id")]
    pages = (keys[start : start + _PAGE] for start in range(0, len(keys), _PAGE))
    rows = (row for page in pages for row in _in_order(flat.rows(connection, kind, page), page))
    if named:
        return (TYPE, *headers), ((table, *row) for row in rows)
    return headers, rows


def _hanging(of: str, table: str) -> str:
    """The condition for the records of a table that hang on a kind."""
    return f"{KINDS[of][0]}_id IS NOT NULL" if table == CUSTOM and of != "all" else "1"


def _sheets(connection: sqlite3.Connection, of: str) -> Iterator[_Sheet]:
    """Name, columns and rows of each table that has records; the first of them where none has."""
    tables = _tables(of)
    filled = [
        table
        for table in tables
        if connection.execute(f"SELECT 1 FROM {table} WHERE {_hanging(of, table)} LIMIT 1").fetchone()
    ]
    for table in filled or tables[:1]:
        kind = BY_TABLE[table]
        columns = portable_columns(kind, amounts=True)
        known = specs(kind)
        named = [
            SheetColumn(
                column.name, known[column.field].kind if column.field and column.field != POINTER else Kind.LINE
            )
            for column in columns
        ]
        _headers, rows = _rows(connection, of, table, named=False)
        yield table, named, _with_amounts(columns, rows)


def _with_amounts(columns: Sequence[Portable], rows: Iterator[tuple[object, ...]]) -> Iterator[Sequence[object]]:
    """The rows with their amounts in whole units."""
    amounts = [place for place, column in enumerate(columns) if column.is_amount]
    currency = next((place for place, column in enumerate(columns) if column.name == CURRENCY), 0)
    for row in rows:
        cells = list(row)
        for place in amounts:
            if isinstance(minor := cells[place], int):
                cells[place] = Decimal(minor).scaleb(-exponent(str(cells[currency])))
        yield cells


def _in_order(found: dict[int, tuple[object, ...]], page: list[int]) -> Iterator[tuple[object, ...]]:
    """Whatever else wrote to the file, no control character leaves it."""
    for record_id in page:
        yield tuple(clean(cell) if isinstance(cell, str) else cell for cell in found[record_id])


def _write_lists(connection: sqlite3.Connection, of: str, stream: TextIO) -> int:
    """One JSON object with a list for each table."""
    count = 0
    for number, table in enumerate(_tables(of)):
        stream.write(f"{',' if number else '{'}\n{json.dumps(table)}: ")
        headers, rows = _rows(connection, of, table, named=True)
        count += write_rows(stream, Format.JSON, headers, rows)
    stream.write("}\n")
    return count
