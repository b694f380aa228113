"""Cells of HubSpot that name several: the first is the link, and all of them are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import ImportOptions, import_files
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNTS = "SELECT name FROM account ORDER BY id"
PEOPLE = "SELECT p.name, a.name FROM person p LEFT JOIN account a ON a.id = p.account_id ORDER BY p.id"
DEALS = "SELECT o.name, a.name FROM opportunity o LEFT JOIN account a ON a.id = o.account_id ORDER BY o.id"
CUSTOMS = "SELECT value FROM custom_value WHERE name LIKE 'Associated Company%' ORDER BY id"
CONTACTS = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date,Associated Company"


def bring(workspace: Path, text: str) -> None:
    file = workspace.with_name("export.csv")
    file.write_text(text, "utf-8")
    assert not import_files(workspace, [file], ImportOptions()).rejected


@pytest.mark.parametrize("ids", ["", ",Associated Company IDs"])
def test_of_several_associated_companies_without_ids_the_first_is_the_link(workspace: Path, ids: str) -> None:
    blank = "," if ids else ""
    text = f"""{CONTACTS}{ids}
201,Kari,Nordmann,kari@borealis.no,customer,2024-03-04 10:00,Borealis;Borealis North{blank}
202,Ola,Moe,ola@borealis.no,customer,2024-03-04 10:00,Borealis North; Borealis{blank}
203,Liv,Dahl,liv@borealis.no,customer,2024-03-04 10:00,Borealis{blank}
"""
    for _time in range(2):
        bring(workspace, text)
        assert query(workspace, ACCOUNTS) == [("Borealis",), ("Borealis North",)]
        assert query(workspace, PEOPLE) == [
            ("Kari Nordmann", "Borealis"),
            ("Ola Moe", "Borealis North"),
            ("Liv Dahl", "Borealis"),
        ]
        assert query(workspace, CUSTOMS) == [("Borealis;Borealis North",), ("Borealis North; Borealis",)]


def test_with_several_ids_both_cells_are_kept_whole(workspace: Path) -> None:
    bring(
        workspace,
        f"{CONTACTS},Associated Company IDs\n"
        "201,Kari,Nordmann,kari@borealis.no,customer,2024-03-04 10:00,Borealis;Borealis North,101;102\n",
    )
    assert query(workspace, PEOPLE) == [("Kari Nordmann", "Borealis")]
    assert sorted(query(workspace, CUSTOMS)) == [("101;102",), ("Borealis;Borealis North",)]


def test_one_id_is_of_one_company_whatever_its_name(workspace: Path) -> None:
    bring(
        workspace,
        f"{CONTACTS},Associated Company IDs\n"
        "201,Kari,Nordmann,kari@borealis.no,customer,2024-03-04 10:00,Smith; Sons & Co,101\n",
    )
    assert query(workspace, PEOPLE) == [("Kari Nordmann", "Smith; Sons & Co")]


def test_deals_are_of_the_first_company_too(workspace: Path) -> None:
    bring(
        workspace,
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Associated Company\n"
        "301,Turbine,Contract Sent,Sales,12000,2026-12-24 12:00,2026-01-01 08:00,Borealis;Borealis North\n",
    )
    assert query(workspace, DEALS) == [("Turbine", "Borealis")]
    assert query(workspace, CUSTOMS) == [("Borealis;Borealis North",)]


def test_names_in_other_columns_and_of_other_programs_stay_whole(workspace: Path) -> None:
    bring(workspace, "Name,Company,Email\nKari,Smith; Sons,kari@smith.no\n")
    bring(
        workspace,
        "Record ID,First Name,Last Name,Email,Lifecycle Stage,Contact owner,Company Name\n"
        "201,Ola,Moe,ola@holm.no,customer,Anna,Holm; Holm & Co\n",
    )
    assert query(workspace, PEOPLE) == [("Kari", "Smith; Sons"), ("Ola Moe", "Holm; Holm & Co")]
