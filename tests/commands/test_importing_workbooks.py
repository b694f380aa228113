"""Importing workbooks: several sheets are several linked files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.import_rejected import write_rejected
from crmtui.commands.importing import FileMapping, ImportOptions, import_files
from crmtui.errors import FileProblemError
from store_dump import query
from workbooks import rows_of_text, text_cell, workbook, xlsx

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = {
    "Read me": rows_of_text([["Sales 2026"], ["Ask Jo"]]),
    "Deals": rows_of_text([["Deal name", "Company", "Stage", "Amount"]])
    + f'<row r="2">{text_cell("A2", "Line 3")}{text_cell("B2", "Helios")}{text_cell("C2", "Proposal")}'
    '<c r="D2"><v>1250.5</v></c></row>',
    "People": rows_of_text([["Name", "Company", "Email"], ["Laura Bianchi", "Helios", "laura@helios.example"]]),
    "Customers": rows_of_text([["Company name", "City", "Employees"], ["Helios", "Bologna", "120"]]),
}


def test_the_sheets_of_a_workbook_are_linked(workspace: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", SHEETS)
    report = import_files(workspace, [path], ImportOptions())
    assert [(file.title, file.table, file.new) for file in report.files] == [
        ("book.xlsx/Customers", "account", 1),
        ("book.xlsx/People", "person", 1),
        ("book.xlsx/Deals", "opportunity", 1),
    ]
    assert any(note.startswith("Sheet Read me was left out: its columns fit no noun") for note in report.files[2].notes)
    assert query(
        workspace,
        "SELECT p.name, a.name, a.city, o.name, o.value FROM person p JOIN account a ON a.id = p.account_id "
        "JOIN opportunity o ON o.account_id = a.id",
    ) == [("Laura Bianchi", "Helios", "Bologna", "Line 3", 125050)]
    assert not import_files(workspace, [path], ImportOptions()).done


def test_what_a_sheet_holds_can_be_said(workspace: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", SHEETS)
    said = FileMapping(kind="account", columns={"Sales 2026": "name"})
    report = import_files(workspace, [path], ImportOptions(files={"book.xlsx/Read me": said}))
    assert ("book.xlsx/Read me", 1) in [(file.title, file.new) for file in report.files]
    with pytest.raises(FileProblemError, match=r"--as 'book\.xlsx/Read me=accounts'"):
        import_files(workspace, [path], ImportOptions(files={"book.xlsx": FileMapping(kind="account")}))


def test_hidden_sheets_are_left_out_unless_named(workspace: Path, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx", {"People": SHEETS["People"], "Customers": SHEETS["Customers"]}, ["Customers"]
    )
    report = import_files(workspace, [path], ImportOptions(dry_run=True))
    assert [file.title for file in report.files] == ["book.xlsx/People"]
    assert "Sheet Customers was left out: it is hidden" in report.files[0].notes
    said = {"book.xlsx/Customers": FileMapping(kind="account")}
    named = import_files(workspace, [path], ImportOptions(dry_run=True, files=said))
    assert [file.title for file in named.files] == ["book.xlsx/Customers", "book.xlsx/People"]


def test_a_workbook_of_nothing_that_fits_is_refused_with_each_reason(workspace: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": SHEETS["Read me"], "B": rows_of_text([["x", "y"]])})
    with pytest.raises(
        FileProblemError, match=r"A: its columns fit no noun: Sales 2026.*B: its columns fit no noun: x, y"
    ):
        import_files(workspace, [path], ImportOptions())
    with pytest.raises(FileProblemError, match="nothing in its sheets"):
        import_files(workspace, [xlsx(tmp_path / "empty.xlsx", "")], ImportOptions())


def test_refused_rows_of_a_sheet_are_told_by_their_row(workspace: Path, tmp_path: Path) -> None:
    rows = [["Company name", "Employees"], ["Helios", "many"]]
    report = import_files(workspace, [xlsx(tmp_path / "book.xlsx", rows_of_text(rows))], ImportOptions())
    (problem,) = report.files[0].rejected
    assert (problem.line, problem.column, problem.value) == (2, "Employees", "many")
    (place,) = write_rejected(report, tmp_path / "bad.csv")
    assert "Helios,many,2,Employees,many" in place.read_text("utf-8")
