"""Tables of what is worked out, filtered and sorted, with columns of choice, in every format."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.words import Level
from crmtui.exchange.sheets.workbook import open_workbook
from customers import Customers

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _customers(crmtui: Crmtui) -> None:
    found = Customers(crmtui.path)
    for name, level, margin in (("=Aurora", Level.BUYER, 40_000), ("Helios", Level.ACCOUNT, 10_000)):
        found.order(found.account(name, level, city="Turin"), 0.1, margin, price=100_000)


@pytest.mark.parametrize("noun", ["matrix", "territory", "equity"])
def test_a_filter_picks_rows_and_columns_come_as_they_are_named(crmtui: Crmtui, noun: str, tmp_path: Path) -> None:
    (row,) = crmtui(noun, "level:buyer", "--columns", "name,city,level").rows
    assert row == {"name": "=Aurora", "city": "Turin", "level": "buyer"}
    names = [one["name"] for one in crmtui(noun, "--sort", "-name", "--columns", "name").rows]
    assert names == ["Helios", "=Aurora"]
    assert "Turin" in crmtui(noun, "level:buyer", "--columns", "name,city", "--format", "table").out
    assert "nothing to list" in crmtui(noun, "owner:nobody").err
    assert "xlsx is no text" in crmtui(noun, "--format", "xlsx", code=2).err
    assert "There is no column bla" in crmtui(noun, "bla:1", code=2).err
    book, table = tmp_path / "out.xlsx", tmp_path / "out.csv"
    assert "2 records are in" in crmtui("export", noun, "--columns", "name,currency", "--output", str(book)).err
    (sheet,) = open_workbook(book)
    assert sheet.name == noun
    assert sorted(map(list, sheet.rows())) == [["=Aurora", "EUR"], ["Helios", "EUR"], ["name", "currency"]]
    assert book.stat().st_mode & 0o777 == 0o600
    crmtui(noun, "level:buyer", "--output", str(table))
    (cells,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (cells["name"], len(cells["uid"])) == ("'=Aurora", 16)
    assert "=Aurora" in crmtui("export", noun, "level:buyer", "--format", "csv", "--raw").out.split(",")
    with table.open("w") as mine:
        mine.write("mine")
    assert "There is no column bla" in crmtui(noun, "--columns", "bla", "--output", str(table), code=2).err
    assert table.read_text() == "mine"


def test_what_holds_for_all_stays_that_of_all(crmtui: Crmtui) -> None:
    for noun in ("territory", "equity"):
        whole, some = crmtui(noun).rows, crmtui(noun, "level:buyer").rows
        others = [one for one in whole if one["section"] != "account"]
        assert [one for one in some if one["section"] != "account"] == others != []
        assert len(some) == len(others) + 1
        assert {one["section"] for one in crmtui(noun, "--columns", "section").rows} > {"account"}
    assert "customer equity" in crmtui("equity", "level:buyer", "--format", "table").out
    assert [one["type"] for one in crmtui("export", "matrix").rows] == []  # places that were kept, and nobody did
    (row,) = json.loads(crmtui("export", "matrix", "level:buyer", "--format", "json").out)
    assert row["name"] == "=Aurora"
