"""White space on the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.exchange.sheets.workbook import open_workbook
from whites import begin

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _whites(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui.path = begin(tmp_path).path


def test_cells_are_said_listed_and_forgotten(crmtui: Crmtui) -> None:
    crmtui(
        *("whitespace", "set", "alpha unit", "service", "--competitor", "rivalco", "--contract-ends-on", "+41d"),
        *("--potential", "40k CHF"),
    )
    (row,) = crmtui("whitespace", "list", "alpha", "--state", "competitor", "--ends", "+60d").rows
    assert (row["account"], row["part_of"], row["competitor"], row["potential"], row["currency"]) == (
        *("Alpha unit", "Monte", "Rivalco", 4_000_000),
        "CHF",
    )
    assert dt.date.fromisoformat(row["contract_ends_on"]) > dt.date.fromisoformat(row["judged_on"])
    assert [one["state"] for one in crmtui("whitespace", "list", "alpha").rows] == ["us", "competitor"]
    assert len(crmtui("whitespace", "list", "industry:food", "--state", "unknown", "--limit", "2").rows) == 2
    table = crmtui("whitespace", "list", "alpha", "--format", "table").out
    assert "Rivalco" in table
    assert "by orders" in table
    crmtui("whitespace", "set", "alpha unit", "service", "--forget")
    assert len(crmtui("whitespace", "list", "alpha").rows) == 1
    assert "--state competitor" in crmtui("whitespace", "set", "alpha unit", "service", code=2).err
    assert "us, competitor" in crmtui("whitespace", "list", "--state", "theirs", code=2).err


def test_suggestions_say_why_and_become_opportunities(crmtui: Crmtui) -> None:
    ran = crmtui("whitespace", "suggest", "alpha unit")
    (row,) = ran.rows
    assert (row["account"], row["offering"], row["state"]) == ("Alpha unit", "Service", "unknown")
    assert row["lift"] > 1.5
    assert "other accounts (packaging) buy it" in row["why"][0]
    assert "Benjamini & Hochberg" in ran.err
    assert "buy it" in crmtui("whitespace", "suggest", "alpha unit", "--why", "--format", "table").out
    crmtui("whitespace", "open", "alpha unit", "service")
    (deal,) = crmtui("opportunities", "list", "--columns", "name,account").rows
    assert deal == {"name": "Service", "account": "Alpha unit"}
    assert "already" in crmtui("whitespace", "open", "alpha unit", "service", code=1).err


def test_what_was_said_goes_out_and_comes_back(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui("whitespace", "set", "alpha unit", "service", "--competitor", "rivalco", "--contract-ends-on", "+41d")
    crmtui("whitespace", "set", "other 03", "service", "--state", "not_needed")
    assert [row["account"] for row in crmtui("export", "whitespace").rows] == ["Alpha unit", "Other 03"]
    book = tmp_path / "white.xlsx"
    assert "1 record is in" in crmtui("export", "whitespace", "industry:packaging", "--output", str(book)).err
    before = crmtui("whitespace", "list", "alpha").out
    crmtui("whitespace", "set", "alpha unit", "service", "--forget")
    assert crmtui("import", str(book)).rows[0]["new"] == 1
    assert crmtui("whitespace", "list", "alpha").out == before


def test_cells_and_suggestions_are_sorted_and_come_in_columns_of_choice(crmtui: Crmtui, tmp_path: Path) -> None:
    book = tmp_path / "needs.xlsx"
    assert "1 record is in" in crmtui("whitespace", "suggest", "alpha unit", "--output", str(book)).err
    (sheet,) = open_workbook(book)
    assert sheet.name == "suggestions"
    for name, days, worth in (("alpha unit", "+41d", "40k"), ("other 03", "+12d", "50k")):
        given = ("--competitor", "rivalco", "--contract-ends-on", days, "--potential", worth)
        crmtui("whitespace", "set", name, "service", *given)
    names = ("--state", "competitor", "--columns", "account,industry,potential", "--sort")
    rows = crmtui("whitespace", "list", *names, "contract_ends_on").rows
    assert [row["account"] for row in rows] == ["Other 03", "Alpha unit"]
    assert list(rows[0]) == ["account", "industry", "potential", "potential_currency"]
    assert rows == crmtui("whitespace", "list", *names, "-potential").rows
    out = crmtui("export", "whitespace", "alpha", "--columns", "account_uid,offering,state", "--format", "csv").out
    header, _ours, theirs = out.splitlines()
    assert header == "account_uid,offering,state"
    assert theirs.endswith(",Service,competitor")
