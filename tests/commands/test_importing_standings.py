"""Whether accounts are customers, as other programs say it: what is clear is taken, the rest kept and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import Existing, FileMapping
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

STANDS = "SELECT name, level, level_basis, status FROM account ORDER BY id"
KEPT = "SELECT a.name, v.name, v.value FROM custom_value v JOIN account a ON a.id = v.account_id ORDER BY v.id"


@pytest.mark.parametrize(
    ("header", "customer", "former", "unclear"),
    [("Status", "Customer", "Former customer", "Partner"), ("Stato cliente", "Cliente", "Ex cliente", "Fornitore")],
)
def test_customers_are_buyers_and_former_ones_are_closed(
    workspace: Path, tmp_path: Path, header: str, customer: str, former: str, unclear: str
) -> None:
    rows = f"Foo,{customer},5\nBar,Prospect,6\nOld,{former},7\nOff,dormant,8\nAny,{unclear},9\nNone,,1\n"
    report = bring(workspace, file(tmp_path / "a.csv", f"Company,{header},Employees\n{rows}"))
    assert query(workspace, STANDS) == [
        ("Foo", "buyer", "assumed", "active"),
        ("Bar", "prospect", "assumed", "active"),
        ("Old", "prospect", "assumed", "closed"),
        ("Off", "prospect", "assumed", "dormant"),
        ("Any", "prospect", "assumed", "active"),
        ("None", "prospect", "assumed", "active"),
    ]
    assert query(workspace, KEPT) == [("Foo", header, customer), ("Old", header, former), ("Any", header, unclear)]
    told = " ".join(report.notes)
    assert f"“{customer}” was taken for “Level Buyer” (1 row)" in told
    assert f"kept as they are: “{unclear}”" in told


def test_a_customer_may_be_more_than_a_buyer(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "a.csv", "Company,Level\nFoo,partner\nBar,prospect\nNew,prospect\n"))
    path = file(tmp_path / "b.csv", "Company,Status,City\nFoo,customer,\nBar,customer,\nNew,customer,\n")
    report = bring(workspace, path, existing=Existing.OVERWRITE, is_traced=True)
    assert [row[:2] for row in query(workspace, STANDS)] == [("Foo", "partner"), ("Bar", "buyer"), ("New", "buyer")]
    assert [one.line for one in report.changes or () if one.field == "Level"] == [3, 4]


def test_what_is_unclear_can_be_said_and_other_types_are_no_standing(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "a.csv", "Company,Status,City\nFoo,Reseller,\nBar,Customer,\n")
    bring(workspace, path, files={"": FileMapping(words={("Status", "reseller"): "customer"})})
    assert [row[1] for row in query(workspace, STANDS)] == ["buyer", "buyer"]
    types = file(tmp_path / "b.csv", "Company,Type,Employees\nBaz,Public,1\nQux,Private,2\nQuux,Customer GmbH,3\n")
    assert [one.field for one in bring(workspace, types).columns] == ["name", "custom", "employees"]
