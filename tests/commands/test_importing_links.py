"""Links between rows of several files of one import, by key or name, whatever the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incoming import bring_all
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path


HOLDING, AURORA = "0015g00000X0001AAA", "0015g00000X0000AAA"
CARLA, MARIO = "0035g00000P0000AAA", "0035g00000P0001AAA"
ACCOUNT = "Id,IsDeleted,Name,ParentId,BillingCity\n"
CONTACT = "Id,IsDeleted,AccountId,LastName,FirstName,ReportsToId,Email\n"
FILES = {
    "parts.csv": f"{ACCOUNT}{AURORA},false,Aurora S.p.A.,{HOLDING},Milano\n",
    "groups.csv": f"{ACCOUNT}{HOLDING},false,Aurora Holding,,Milano\n",
    "buyers.csv": f"{CONTACT}{CARLA},false,{AURORA},Conti,Carla,{MARIO},carla@aurora.it\n",
    "bosses.csv": f"{CONTACT}{MARIO},false,{HOLDING},Rossi,Mario,,mario@aurora.it\n",
    "tasks.csv": f"""Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,OwnerId,TaskSubtype
00T5g00000T0000AAA,{CARLA},{AURORA},Call,2026-10-01,Completed,Normal,,Call
""",
}
LINKS = """SELECT a.name, p.name FROM account a JOIN account p ON p.id = a.parent_id
    UNION ALL SELECT p.name, b.name FROM person p JOIN person b ON b.id = p.reports_to_id
    UNION ALL SELECT c.message, p.name FROM contact c JOIN contact_person k ON k.contact_id = c.id
        JOIN person p ON p.id = k.person_id
    UNION ALL SELECT c.message, a.name FROM contact c JOIN account a ON a.id = c.account_id"""


@pytest.mark.parametrize("names", [list(FILES), list(reversed(FILES))])
def test_links_by_key_are_found_in_files_that_come_later(workspace: Path, names: list[str]) -> None:
    for new in (1, 0):
        report = bring_all(workspace, {name: FILES[name] for name in names})
        assert [file.new for file in report.files] == [new] * 5
        assert not any("lead" in note for file in report.files for note in file.notes)
        assert sorted(query(workspace, LINKS)) == [
            ("Aurora S.p.A.", "Aurora Holding"),
            ("Call", "Aurora S.p.A."),
            ("Call", "Carla Conti"),
            ("Carla Conti", "Mario Rossi"),
        ]
    assert not query(workspace, "SELECT value FROM custom_value WHERE name IN ('ParentId', 'ReportsToId')")


def test_a_parent_that_another_file_describes_is_not_added_by_name(workspace: Path) -> None:
    report = bring_all(
        workspace,
        {"a.csv": "Company,Parent company\nAurora,Aurora Holding\n", "b.csv": "Company,City\nAurora Holding,Milano\n"},
    )
    assert [(file.new, file.linked.total()) for file in report.files] == [(1, 0), (1, 0)]
    assert query(workspace, LINKS) == [("Aurora", "Aurora Holding")]


def test_keys_of_several_files_that_no_program_tells_are_all_known(workspace: Path) -> None:
    files = {
        "north.csv": "ID,Company,Parent company ID\nN1,Aurora,S7\n",
        "south.csv": "ID,Company,City\nS7,Aurora Holding,Milano\n",
        "people.csv": "ID,Name,Email,Company ID\nP1,Carla Conti,c@aurora.it,N1\nP2,Mario Rossi,m@aurora.it,S7\n",
    }
    bring_all(workspace, files)
    assert query(workspace, LINKS) == [("Aurora", "Aurora Holding")]
    assert query(workspace, "SELECT p.name, a.name FROM person p JOIN account a ON a.id = p.account_id") == [
        ("Carla Conti", "Aurora"),
        ("Mario Rossi", "Aurora Holding"),
    ]
