"""Cells of other programs' files that say nothing exact: what is not known is empty, ranges are kept as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.exchange.mapping.inexact import is_range, says_nothing
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("headers", ["N. dipendenti;Fatturato 2025", "Dipendenti;Fatturato"])
def test_one_cell_does_not_unhinge_its_column(workspace: Path, tmp_path: Path, headers: str) -> None:
    rows = "Acme;12;1000000;Milano\nBeta;n.d.;-;Roma\nGamma;51-200;ND;NA\n"
    report = bring(workspace, file(tmp_path / "a.csv", f"Ragione sociale;{headers};Città\n{rows}"))
    assert not report.rejected
    assert query(workspace, "SELECT name, employees, revenue, city FROM account ORDER BY name") == [
        ("Acme", 12, 100000000, "Milano"),
        ("Beta", None, None, "Roma"),
        ("Gamma", None, None, "NA"),
    ]
    employees, revenue = headers.split(";")
    assert query(workspace, "SELECT name, value FROM custom_value") == [(employees, "51-200")]
    assert [note for note in report.notes if "empty:" in note or "exact" in note] == [
        f"Column {employees}: no exact figures, and kept as they are: “51-200”.",
        f"Column {employees}: read as empty: “n.d.” (1).",
        f"Column {revenue}: read as empty: “-” (1), “ND” (1).",
    ]


def test_signs_for_nothing_are_no_names(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "a.csv", "First name,Last name,Company,City,Remarks\nAda,-,Acme,N/A,-\n")
    report = bring(workspace, path)
    assert query(workspace, "SELECT name, family_name, city FROM person") == [("Ada", "", "")]
    assert [note for note in report.notes if "empty:" in note] == [
        "Column Last name: read as empty: “-” (1).",
        "Column City: read as empty: “N/A” (1).",
    ]


def test_what_tells_nothing_exact() -> None:
    assert all(map(says_nothing, ("n.d.", "N.D.", "-", "n/a", "?", "k.A.", " € - ", "#DIV/0!", "unknown", "tbd")))
    assert not any(map(says_nothing, ("0", "12", "-5", "1.1.2026", "")))
    assert all(
        map(
            is_range,
            ("51-200", "10.001+", "> 500", "circa 80", "51 \N{EN DASH} 200 dipendenti", "da 51 a 200", "1-2 mln"),
        )
    )
    assert not any(map(is_range, ("51", "-5", "1.000", "12 mln", "EUR 5", "about", "")))
