"""Exporting everything and importing it into nothing gives the same workspace."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.commands import records
from crmtui.commands.exporting import ExportOptions, Format, export_to
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.commands.sample import create_sample
from crmtui.domain.accounts import Account
from crmtui.domain.fields import Kind
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.exchange.sheets import writing
from crmtui.exchange.sheets.table import SheetTable
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.text import clean
from hostile import SHORT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    create_sample(path, dt.date(2026, 3, 12))
    return path


def everything(path: Path, target: Path) -> list[str]:
    export_to(path, "all", Format.JSONL, target)
    return sorted(target.read_text("utf-8").splitlines())


@pytest.mark.parametrize("form", [Format.JSONL, Format.JSON, Format.CSV, Format.TSV, Format.XLSX])
def test_all_comes_back_the_same(sample: Path, tmp_path: Path, form: Format) -> None:
    target = tmp_path / ("all" if form in (Format.CSV, Format.TSV) else f"all.{form.value}")
    export_to(sample, "all", form, target)
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    copy = tmp_path / "copy.db"
    report = import_files(copy, files, ImportOptions())
    assert report.rejected == 0
    assert everything(copy, tmp_path / "copy.jsonl") == everything(sample, tmp_path / "sample.jsonl")
    assert import_files(copy, files, ImportOptions()).done is False


def test_every_field_is_there_with_names_beside_identities(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "accounts.jsonl"
    export_to(sample, "accounts", Format.JSONL, target)
    objects = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    account = next(found for found in objects if found["type"] == "account" and found["owner"])
    assert account["owner_uid"]
    assert account["currency"] in ("EUR", "GBP", "CHF")
    assert account["revenue"] is None or isinstance(account["revenue"], int)
    assert {found["type"] for found in objects} == {"account", "tag", "competitor_position"}


def test_files_are_private_and_whole(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    target.write_text("old", "utf-8")
    export_to(sample, "people", Format.CSV, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert len(target.read_text("utf-8").splitlines()) > 70


def test_unknown_kinds_are_named(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are accounts"):
        export_to(sample, "unicorns", Format.CSV, tmp_path / "x.csv")


HOSTILE = ("=1+1", "@SUM(A1)", "<r><t>x</t></r>", "http://x.example", "_x0041_", "007", " [b]x[/] ", "a\nb\tc", "'=1")


def test_no_text_of_a_workbook_is_run_or_changed(workspace: Path, tmp_path: Path) -> None:
    for text in HOSTILE:
        records.add(workspace, Account, {"name": text, "notes": text, "revenue": 12345, "currency": "KWD"}, Source.CLI)
    book = tmp_path / "accounts.xlsx"
    assert export_to(workspace, "accounts", Format.XLSX, book) == len(HOSTILE)
    assert book.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(book) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert all(tag not in sheet for tag in ("<f>", "hyperlink", "<r>"))
    (found,) = open_workbook(book)
    table = SheetTable(book, found)
    rows = [dict(zip(table.headers, row.values, strict=True)) for row in table.rows()]
    assert [row["notes"] for row in rows] == list(HOSTILE)
    assert {row["revenue_amount"] for row in rows} == {"12.3450"}
    assert not import_files(workspace, [book], ImportOptions()).done


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV])
@pytest.mark.parametrize("raw", [False, True])
def test_hostile_texts_come_back_the_same(workspace: Path, tmp_path: Path, form: Format, *, raw: bool) -> None:
    for number, text in enumerate((*SHORT.values(), *HOSTILE, "''=1", "'-5", "\n=1", "trail ")):
        records.add(workspace, Account, {"name": f"{number}", "notes": text, "city": text}, Source.CLI)
    export_to(workspace, "all", form, tmp_path / "all", ExportOptions(raw=raw))
    copy = tmp_path / "copy.db"
    assert import_files(copy, sorted((tmp_path / "all").iterdir()), ImportOptions()).rejected == 0
    assert everything(copy, tmp_path / "copy.jsonl") == everything(workspace, tmp_path / "team.jsonl")


def test_a_text_that_no_cell_holds_is_refused_and_the_old_workbook_stays(workspace: Path, tmp_path: Path) -> None:
    records.add(workspace, Account, {"name": "Helios", "notes": "x" * 40_000}, Source.CLI)
    book = tmp_path / "accounts.xlsx"
    book.write_text("old", "utf-8")
    with pytest.raises(UsageError, match="account, row 2: the text of notes is longer than the 32,767 characters"):
        export_to(workspace, "accounts", Format.XLSX, book)
    assert book.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_an_empty_kind_is_a_sheet_with_its_header(workspace: Path, tmp_path: Path) -> None:
    assert export_to(workspace, "orders", Format.XLSX, tmp_path / "orders.xlsx") == 0
    (sheet,) = open_workbook(tmp_path / "orders.xlsx")
    assert SheetTable(tmp_path, sheet).headers[0] == "uid"


def test_rows_beyond_the_last_of_a_sheet_go_to_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LAST_ROW", 3)
    with (tmp_path / "a.xlsx").open("wb") as stream:
        rows = [(number,) for number in range(5)]
        assert writing.write_workbook(stream, [("t", [writing.SheetColumn("n", Kind.INTEGER)], rows)]) == 5
    sheets = open_workbook(tmp_path / "a.xlsx")
    assert [(sheet.name, [cells for (cells,) in sheet.rows()]) for sheet in sheets] == [
        ("t", ["n", "0", "1"]),
        ("t 2", ["n", "2", "3"]),
        ("t 3", ["n", "4"]),
    ]


VALUES = st.tuples(
    st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.text(max_size=50).map(clean).filter(str.strip)
)


@settings(max_examples=6)
@given(st.lists(VALUES, min_size=1, max_size=60))
def test_cells_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    columns = [writing.SheetColumn(kind.value, kind) for kind in (Kind.NUMBER, Kind.DATE, Kind.TEXT)]
    with path.open("wb") as stream:
        writing.write_workbook(stream, [("t", columns, [(n, day.isoformat(), text) for n, day, text in rows])])
    (sheet,) = open_workbook(path)
    found = list(SheetTable(path, sheet, is_exact=True).rows())
    assert [(float(n), dt.date.fromisoformat(day), text) for n, day, text in (row.values for row in found)] == rows
