"""Amounts of other programs' files: what they are in, and what becomes of those that cannot be taken."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import FileMapping, ImportOptions, import_files
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport

NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def bring(workspace: Path, path: Path, text: str, noun: str = "") -> FileReport:
    path.write_text(text, "utf-8")
    options = ImportOptions(now=NOW, files={"": FileMapping(kind=noun)}, skip_rejected=True)
    return import_files(workspace, [path], options).files[0]


@pytest.mark.parametrize(
    ("noun", "field", "text"),
    [
        ("account", "revenue", "Company,Revenue Currency,Revenue,City\nAcme,USD,500,Boston\n"),
        ("account", "revenue", "Name,Annual Revenue Currency,Annual Revenue,Employees\nAcme,USD,500,\n"),
        ("account", "revenue", "Azienda;Fatturato;Valuta fatturato;Città\nAcme;500;USD;Boston\n"),
        ("opportunity", "margin", "Deal,Company,Stage,Margin,Currency of Margin\nAcme,Acme,Won,500,US Dollar\n"),
        ("offering", "price", "Product,SKU,List price currency,List price\nAcme,A1,USD,500\n"),
        ("offering", "price", "Product,SKU,Currency,List price\nAcme,A1,USD,500\n"),
    ],
)
def test_a_column_tells_what_the_amounts_of_another_one_are_in(
    workspace: Path, tmp_path: Path, noun: str, field: str, text: str
) -> None:
    report = bring(workspace, tmp_path / "brought.csv", text)
    assert query(workspace, f"SELECT name, {field}, currency FROM {noun}") == [("Acme", 50000, "USD")]
    assert not [note for note in report.notes if "name no currency" in note]
    assert query(workspace, "SELECT name, value FROM custom_value") == []


def test_amounts_of_one_row_are_in_one_currency(workspace: Path, tmp_path: Path) -> None:
    text = "Deal,Company,Value,Value Currency,Margin,Margin Currency\nA,Acme,5,USD,2,USD\nB,Acme,5,USD,2,GBP\n"
    report = bring(workspace, tmp_path / "brought.csv", f"{text}C,Acme,,USD,2,GBP\n", "opportunity")
    told = "SELECT name, value, margin, currency FROM opportunity ORDER BY name"
    assert query(workspace, told) == [("A", 500, 200, "USD"), ("C", None, 200, "GBP")]
    assert [(one.column, one.reason) for one in report.rejected] == [
        ("Margin", "“2 GBP” is not in USD, the currency of its row")
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Margin", ("35%", "12,5 %", "20%", "5.00 EUR")), ("Margin (%)", ("35", "12,5", "20", "5 EUR"))],
)
def test_a_margin_in_per_cent_is_one_of_the_value(
    workspace: Path, tmp_path: Path, header: str, cells: tuple[str, ...]
) -> None:
    values = ("1000 EUR", "2000 EUR", "", "10 EUR")
    rows = "".join(f"D{one};Acme;{value};{cell}\n" for one, (value, cell) in enumerate(zip(values, cells, strict=True)))
    report = bring(workspace, tmp_path / "brought.csv", f"Deal;Company;Value;{header}\n{rows}", "opportunity")
    assert not report.rejected
    told = query(workspace, "SELECT margin FROM opportunity ORDER BY name")
    assert [margin for (margin,) in told] == [35_000, 25_000, None, 500]
    assert query(workspace, "SELECT name, value FROM custom_value") == [(header, cells[2])]
    assert f"Column {header}: percentages read as shares of Value, and kept where that is missing." in report.notes


def test_percentages_are_no_amounts_of_money(workspace: Path, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path / "brought.csv", "Company,Revenue,Potential (%)\nAcme,40%,30\n")
    assert not report.rejected
    assert query(workspace, "SELECT revenue, potential FROM account") == [(None, None)]
    assert query(workspace, "SELECT name, value FROM custom_value") == [("Revenue", "40%"), ("Potential (%)", "30")]


def test_the_currency_of_an_amount_that_is_not_told_is_kept_where_it_is_another(
    workspace: Path, tmp_path: Path
) -> None:
    head = "Company,Revenue,Revenue Currency,Potential a year,Potential a year Currency,City\n"
    rows = "Foo,100,EUR,,USD,Bari\nBar,,EUR,5,EUR,Roma\nBaz,,USD,,CHF,Pisa\nQux,,,,,\n"
    bring(workspace, tmp_path / "a.csv", head + rows)
    kept = "SELECT a.name, v.name, v.value FROM custom_value v JOIN account a ON a.id = v.account_id ORDER BY v.id"
    assert sorted(query(workspace, kept)) == [
        ("Baz", "Potential a year Currency", "CHF"),
        ("Baz", "Revenue Currency", "USD"),
        ("Foo", "Potential a year Currency", "USD"),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "revenue"),
    [
        ("Fatturato", "12.500,00", 1_250_000),
        ("Fatturato (mln €)", "12,5", 1_250_000_000),
        ("Fatturato k€", "12,5", 1_250_000),
        ("Umsatz in Mio. EUR", "12,5", 1_250_000_000),
        ("Revenue (in thousands of EUR)", "12", 1_200_000),
        ("Fatturato (k€)", "12,5 Mio.", 1_250_000_000),
        ("Fatturato", "12,5 mln €", 1_250_000_000),
        ("Fatturato", "12 milioni di euro", None),
    ],
)
def test_only_header_or_cell_multiplies(
    workspace: Path, tmp_path: Path, header: str, cell: str, revenue: int | None
) -> None:
    text = f"Ragione sociale;Città;{header};Dipendenti\nBarilla;Parma;{cell};8000\n"
    report = bring(workspace, tmp_path / "brought.csv", text)
    assert [one for (one,) in query(workspace, "SELECT revenue FROM account")] == ([revenue] if revenue else [])
    assert len(report.rejected) == (revenue is None)
