"""Files that still tell two of what was made one here: both rows mean that record, and nothing comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import incoming
from crmtui.commands import merging
from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import Existing
from crmtui.domain.words import Source
from incoming import file
from store_dump import dump, query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import FileReport


def bring(workspace: Path, path: Path, **options: Any) -> FileReport:
    """All rows are taken, and each is told of once."""
    report = incoming.bring(workspace, path, **options)
    assert not report.rejected
    assert report.rows == sum(1 for _row in report.outcomes or range(report.rows))
    return report


def counts(report: FileReport) -> tuple[int, int, int, int]:
    return report.new, report.updated, report.unchanged, report.kept


COMPANIES = """Record ID,Company name,City,Phone Number,Lifecycle Stage,Company owner,Parent Company,Parent CompanyIDs
101,Borealis,Oslo,,customer,Anna Bini,,
102,Borealis North,Tromsø,+47 22,lead,Anna Bini,Borealis,101
103,Helios,Roma,,lead,Anna Bini,Borealis,101
"""
CONTACTS = """Record ID,First Name,Last Name,Email,Job Title,Phone Number,Lifecycle Stage,Contact owner
201,Kari,Nordmann,kari@borealis.no,CIO,,customer,Anna Bini
202,,,ola@borealis.no,Buyer,+47 900,lead,Anna Bini
203,Per,Olsen,per@borealis.no,,,lead,Anna Bini
"""
CARDS = """BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN:Kari Nordmann
EMAIL:kari@borealis.no
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b2
FN:Ola
EMAIL:ola@borealis.no
END:VCARD
"""
NAMED = "Account,City,Phone\nBorealis,Oslo,+47 22000001\nHelios,Roma,+39 0660001\nNordik,Lund,\n"
NAMED_PEOPLE = "Name,Account,Title\nKari Nordmann,Helios,CIO\nHans Mueller,Nordik,\nHans Müller,Nordik,Buyer\n"
BY_MAIL = CONTACTS.replace("Record ID,", "Note,")


@pytest.mark.parametrize(
    ("name", "text", "table", "kept"),
    [
        ("hs.csv", COMPANIES, "account", 1),
        ("hs.csv", COMPANIES, "account", 2),
        ("hs.csv", CONTACTS, "person", 1),
        ("hs.csv", CONTACTS, "person", 2),
        ("cards.vcf", CARDS, "person", 1),
        ("people.csv", BY_MAIL, "person", 1),
    ],
)
@pytest.mark.parametrize("existing", Existing)
def test_a_double_that_was_merged_does_not_come_back(
    workspace: Path, tmp_path: Path, name: str, text: str, table: str, kept: int, existing: Existing
) -> None:
    path = file(tmp_path / name, text)
    rows = bring(workspace, path).new
    merging.merge(workspace, table, kept, [3 - kept], Source.CLI)
    first = bring(workspace, path, existing=existing, is_traced=True)
    assert first.new == 0
    assert sum(counts(first)) == rows
    assert query(workspace, f"SELECT count(*) FROM {table}") == [(rows - 1,)]
    assert any("1 row means a record that an earlier row means too" in note for note in first.notes)
    before = dump(workspace)
    again = bring(workspace, path, existing=existing, is_traced=True)
    assert (again.new, again.updated, again.changes) == (0, 0, [])
    assert dump(workspace) == before


def test_an_account_is_not_below_itself_where_the_double_was(workspace: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "hs.csv", COMPANIES)
    bring(workspace, path)
    merging.merge(workspace, "account", 1, [2], Source.CLI)
    report = bring(workspace, path)
    assert query(workspace, "SELECT id, parent_id FROM account ORDER BY id") == [(1, None), (3, 1)]
    assert not any("circle" in note for note in report.notes)


def test_of_several_rows_of_one_record_the_first_decides_and_the_others_fill(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "hs.csv", COMPANIES))
    merging.merge(workspace, "account", 1, [2], Source.CLI)
    changed = COMPANIES.replace("Oslo,", "Bergen,").replace("+47 22,", "+47 23,").replace("City", "State/Region,City")
    changed = (
        changed.replace("Borealis,", "Borealis,,", 1).replace("North,", "North,Troms,").replace("ios,", "ios,,", 1)
    )
    report = bring(workspace, file(tmp_path / "new.csv", changed), existing=Existing.OVERWRITE, is_traced=True)
    found = "SELECT city, phone, region FROM account WHERE id = 1"
    assert query(workspace, found) == [("Bergen", "+47 22", "Troms")]
    assert [(one.line, one.field, one.before, one.after) for one in report.changes or ()] == [
        (2, "City", "Oslo", "Bergen"),
        (3, "Region", "", "Troms"),
    ]
    assert [str(outcome) for _line, outcome, *_rest in report.outcomes or ()] == ["updated", "updated", "unchanged"]
    assert counts(report) == (0, 2, 1, 0)


def test_of_several_rows_of_one_record_each_is_counted_by_what_it_says(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "hs.csv", CONTACTS))
    merging.merge(workspace, "person", 1, [2], Source.CLI)
    report = bring(workspace, file(tmp_path / "hs.csv", CONTACTS), is_traced=True)
    assert [str(outcome) for _line, outcome, *_rest in report.outcomes or ()] == ["unchanged", "kept", "unchanged"]
    values = "SELECT value FROM custom_value WHERE person_id = 1 AND name = 'Lifecycle Stage' ORDER BY id"
    assert query(workspace, values) == [("customer",), ("lead",)]
    bring(workspace, file(tmp_path / "hs.csv", CONTACTS), existing=Existing.OVERWRITE)
    assert query(workspace, values) == [("customer",), ("lead",)]


def test_a_boss_that_the_first_row_tells_is_not_replaced_by_that_of_another(workspace: Path, tmp_path: Path) -> None:
    head = "Contact ID,First Name,Last Name,Account Name,Reports To,Email\n"
    rows = "C1,Ada,Bianchi,Acme,{},ada@a.it\nC2,A.,Bianchi,Acme,{},a@a.it\nC3,Carla,Neri,Acme,,\nC4,Dino,Rossi,Acme,,\n"
    path = file(tmp_path / "a.csv", head + rows.format("", ""))
    bring(workspace, path)
    merging.merge(workspace, "person", 1, [2], Source.CLI)
    file(path, head + rows.format("Carla Neri", "Dino Rossi"))
    for _time in range(2):
        bring(workspace, path, existing=Existing.OVERWRITE, is_traced=True)
        assert query(workspace, "SELECT reports_to_id FROM person WHERE id = 1") == [(3,)]
    file(path, head + rows.format("", "Dino Rossi"))
    report = bring(workspace, path, existing=Existing.OVERWRITE, is_traced=True)
    assert [str(outcome) for _line, outcome, *_rest in report.outcomes or ()][:2] == ["unchanged", "kept"]
    assert query(workspace, "SELECT reports_to_id FROM person WHERE id = 1") == [(3,)]


def test_two_who_share_an_address_stay_two(workspace: Path, tmp_path: Path) -> None:
    head = "First Name,Last Name,Email\n"
    bring(workspace, file(tmp_path / "a.csv", head + "Ada,Bianchi,info@a.it\n"))
    path = file(tmp_path / "b.csv", head + "Ada,Bianchi,info@a.it\nCarla,Neri,info@a.it\n")
    assert counts(bring(workspace, path)) == (1, 0, 1, 0)
    assert counts(bring(workspace, path)) == (0, 0, 2, 0)


def test_keys_that_come_after_the_merge_are_learnt_by_both_addresses(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, file(tmp_path / "people.csv", BY_MAIL))
    merging.merge(workspace, "person", 1, [2], Source.CLI)
    assert bring(workspace, file(tmp_path / "hs.csv", CONTACTS)).new == 0
    keys = "SELECT external_id, record_id FROM external_identity WHERE source <> 'merged' ORDER BY external_id"
    assert query(workspace, keys) == [("201", 1), ("202", 1), ("203", 3)]


def test_a_key_decides_also_where_another_row_is_called_like_its_opportunity(workspace: Path, tmp_path: Path) -> None:
    head = "Record ID,Deal Name,Account,Close Date,Deal Stage,Deal owner\n"
    path = file(tmp_path / "hs.csv", head + "1,Line 4,Acme,2026-06-30,,\n")
    bring(workspace, path)
    file(path, head + "1,Line 4,Acme,2026-07-31,,\n2,Line 4,Acme,2026-06-30,,\n")
    assert bring(workspace, path, existing=Existing.OVERWRITE).new == 1
    assert query(workspace, "SELECT expected_on FROM opportunity ORDER BY id") == [("2026-07-31",), ("2026-06-30",)]


@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE])
def test_what_was_made_one_is_known_by_its_former_names(workspace: Path, tmp_path: Path, existing: Existing) -> None:
    accounts, people = file(tmp_path / "a.csv", NAMED), file(tmp_path / "p.csv", NAMED_PEOPLE)
    old = tmp_path / "old.jsonl"
    for path in (accounts, people):
        bring(workspace, path)
    export_to(workspace, "all", Format.JSONL, old)
    merging.merge(workspace, "account", 1, [2], Source.CLI)
    merging.merge(workspace, "person", 2, [3], Source.CLI)
    before = dump(workspace)
    for path in (people, accounts, people):
        report = bring(workspace, path, existing=Existing.FILL)
        assert (report.new, report.updated, sum(report.linked.values())) == (0, 0, 0)
    own = bring(workspace, old)
    assert (own.new, own.updated) == (0, 0)
    assert dump(workspace) == before
    bring(workspace, accounts, existing=existing)
    assert query(workspace, "SELECT name FROM account ORDER BY id") == [("Borealis",), ("Nordik",)]
