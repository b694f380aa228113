"""Rows of other programs' files that name nobody: they do not stop the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands.import_report import Outcome
from incoming import bring, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

LINKEDIN = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Laura,De Luca,https://www.linkedin.com/in/laura,,Aurora SpA,Chief Operating Officer,07 Dec 2025
,,https://www.linkedin.com/in/hidden,,,,16 Jan 2024
,,,,,,16 Jan 2024
"""
GOOGLE = """First Name,Last Name,Organization Name,Labels,Phone 1 - Label,Phone 1 - Value,Address 1 - City
Laura,De Luca,Aurora SpA,* myContacts,Mobile,+39 333 7654321,Milano
,,Idraulico Rossi Srl,* myContacts,Main,06 555123,Roma
,,Aurora SpA,* myContacts,Main,02 555123,Milano
"""


def test_blank_members_are_left_out_and_told(workspace: Path, tmp_path: Path) -> None:
    report = bring(workspace, file(tmp_path / "Connections.csv", LINKEDIN), is_traced=True)
    assert (report.new, report.rejected) == (1, [])
    told = "2 rows hold nothing that could be records and were left out: lines 3, 4."
    assert told in report.notes
    passed = [one[0] for one in report.outcomes or () if one[1] is Outcome.PASSED]
    assert (passed, report.reasons[3]) == ([3, 4], "it holds nothing that could be a record")


def test_contacts_with_an_organisation_only_are_accounts(workspace: Path, tmp_path: Path) -> None:
    for _time in range(2):
        report = bring(workspace, file(tmp_path / "contacts.csv", GOOGLE))
        assert report.rejected == []
        assert query(workspace, "SELECT name, phone, city FROM account ORDER BY name") == [
            ("Aurora SpA", "02 555123", "Milano"),
            ("Idraulico Rossi Srl", "06 555123", "Roma"),
        ]
        assert query(workspace, "SELECT name FROM person") == [("Laura De Luca",)]
        assert any(note.startswith("2 rows name accounts and nobody at them") for note in report.notes)


def test_a_row_that_says_something_of_nobody_is_refused(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "a.csv", "Company,City,Employees,Founded\nAcme,Milano,12,1990\n,Roma,,\n,,,\n,,,2001\n")
    report = bring(workspace, path, skip_rejected=True)
    assert [(one.line, one.reason) for one in report.rejected] == [
        (3, "the row has no name"),
        (5, "the row has no name"),
    ]
