"""Exporting everything and importing it into nothing gives the same workspace."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.commands import records
from crmtui.commands.exporting import ExportOptions, Format, export_to
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.fields import Kind
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.exchange.cut import LONGEST, cut, is_cut
from crmtui.exchange.sheets import writing
from crmtui.exchange.sheets.table import SheetTable
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import clean
from hostile import SHORT
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path


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


LONG: Final = "è𝄞 " * 20_000


def test_a_text_that_no_cell_holds_is_cut_told_and_never_lost(workspace: Path, tmp_path: Path) -> None:
    texts = {"Helios": LONG, "Nordik": f"{LONG}= end", "Aurora": "x" * 32_767}
    for name, text in texts.items():
        records.add(workspace, Account, {"name": name, "notes": text}, Source.CLI)
    book, told = tmp_path / "accounts.xlsx", list[str]()
    assert export_to(workspace, "accounts", Format.XLSX, book, ExportOptions(tell=told.append)) == 3
    assert [sentence.partition(": ")[0] for sentence in told] == ["account, “Helios”", "account, “Nordik”"]
    assert "a cell holds 32,767 characters, and notes has 60,000" in told[0]
    (sheet,) = open_workbook(book)
    notes = [row.values[-1] for row in SheetTable(book, sheet).rows()]
    assert [len(text.encode("utf-16-le")) // 2 <= 32_767 for text in notes] == [True] * 3
    assert notes[0].startswith(LONG[:20_000])
    assert notes[0].endswith(" characters]")
    before = everything(workspace, tmp_path / "before.jsonl")
    report = import_files(workspace, [book], ImportOptions())
    assert (report.done, report.files[0].unchanged) == (False, 3)
    assert "2 texts came back cut off" in " ".join(report.files[0].notes)
    assert everything(workspace, tmp_path / "after.jsonl") == before


def test_a_cut_text_is_better_than_none(workspace: Path, tmp_path: Path) -> None:
    records.add(workspace, Account, {"name": "Helios", "notes": LONG}, Source.CLI)
    book, copy = tmp_path / "accounts.xlsx", tmp_path / "copy.db"
    export_to(workspace, "accounts", Format.XLSX, book)
    assert import_files(copy, [book], ImportOptions()).files[0].new == 1
    assert "crmtui: +" in "".join(everything(copy, tmp_path / "copy.jsonl"))
    whole = tmp_path / "accounts.jsonl"
    export_to(workspace, "accounts", Format.JSONL, whole)
    assert import_files(copy, [whole], ImportOptions()).files[0].updated == 1
    assert "crmtui: +" not in "".join(everything(copy, tmp_path / "copy.jsonl"))


def test_a_cut_text_in_a_table_of_another_shape_replaces_nothing(workspace: Path, tmp_path: Path) -> None:
    records.add(workspace, Account, {"name": "Helios", "notes": LONG, "city": "Roma"}, Source.CLI)
    records.add(workspace, Account, {"name": "Nordik"}, Source.CLI)
    table = tmp_path / "accounts.csv"
    rows = [
        ["Account name", "Notes", "City"],
        ["Helios", cut(f"{LONG} as it was"), "Milano"],
        ["Nordik", cut(LONG), ""],
    ]
    table.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    import_files(workspace, [table], ImportOptions(existing=Existing.OVERWRITE))
    rows_now = map(json.loads, everything(workspace, tmp_path / "a.jsonl"))
    found = {row["name"]: row for row in rows_now if row["type"] == "account"}
    assert (found["Helios"]["notes"], found["Helios"]["city"]) == (LONG, "Milano")
    assert is_cut(found["Nordik"]["notes"])


@pytest.mark.parametrize("text", ["", "characters]", "see [… crmtui: +5 characters] above", "[… crmtui: + characters]"])
def test_what_was_not_cut_is_not_taken_for_it(text: str) -> None:
    assert not is_cut(text)
    assert not is_cut(None)
    assert is_cut(cut(text + LONG))
    assert len(cut("x" * 200_000)) == LONGEST


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


@pytest.mark.parametrize(("form", "between"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_tables_tell_amounts_in_whole_units(workspace: Path, tmp_path: Path, form: Format, between: str) -> None:
    with work(workspace, "deals", Source.CLI) as unit:
        (account,) = insert_many(unit, Account, [{"name": "Acme"}])
        amounts = [("Line 4", 48_500_000, "USD"), ("Less", -5, "EUR"), ("Tokyo", 1_200, "JPY"), ("Open", None, "EUR")]
        rows = [{"name": n, "value": value, "currency": code, "account_id": account} for n, value, code in amounts]
        insert_many(unit, Opportunity, rows)
    target = tmp_path / f"deals.{form.value}"
    export_to(workspace, "opportunities", form, target)
    head, *lines = (line.split(between) for line in target.read_text("utf-8-sig").splitlines())
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [one["value_amount"] for one in told] == ["485000.00", "-0.05", "1200", ""]
    assert import_files(workspace, [target], ImportOptions()).done is False
    kept = [place for place, name in enumerate(head) if not name.endswith("uid")]  # as anybody's table
    brought, other = tmp_path / "brought.tsv", tmp_path / "other.db"
    brought.write_text("".join("\t".join(row[place] for place in kept) + "\n" for row in (head, *lines)), "utf-8")
    import_files(other, [brought], ImportOptions())
    assert query(other, "SELECT name, value, currency FROM opportunity ORDER BY rowid") == amounts
