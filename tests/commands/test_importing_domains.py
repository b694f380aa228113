"""Accounts that rows name, by domain and name together, row by row: one domain is not one company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import ImportOptions, import_files
from incoming import bring, bring_all, file
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNTS = """Account ID,Company,Website
1,Aurora S.p.A.,https://www.aurora.it/en
2,Aurora GmbH,aurora.de
3,Borealis AS,borealis.no
4,Borealis North AS,borealis.no
5,Gamma Inc,gamma.com
6,Twin,twin.it
7,Twin,twin.com
8,Delta Corp,facebook.com/delta
9,Solo Srl,solo.it
"""
AT = "SELECT p.name, a.name, a.website FROM person p JOIN account a ON a.id = p.account_id ORDER BY p.id"


@pytest.fixture
def there(workspace: Path) -> Path:
    bring_all(workspace, {"accounts.csv": ACCOUNTS})
    return workspace


@pytest.mark.parametrize("step", [1, -1])
def test_each_row_tells_by_its_domain_which_account_of_a_name_is_meant(there: Path, step: int) -> None:
    rows = {
        "Ada,Aurora,ada@aurora.it": ("Aurora S.p.A.", "https://www.aurora.it/en"),
        "Bea,Aurora,bea@milano.aurora.it": ("Aurora S.p.A.", "https://www.aurora.it/en"),
        "Cleo,Aurora,cleo@AURORA.de": ("Aurora GmbH", "aurora.de"),
        "Dora,Aurora,dora@gmail.com": ("Aurora", ""),
        "Enzo,Borealis,enzo@borealis.no": ("Borealis AS", "borealis.no"),
        "Fred,Gama Inc,fred@gamma.com": ("Gamma Inc", "gamma.com"),
        "Gus,Gama Incorporated,gus@gamma.com": ("Gamma Inc", "gamma.com"),
        "Hal,Gama Inc,hal@yahoo.com.br": ("Gama Inc", ""),
        "Ida,Twin,ida@twin.com": ("Twin", "twin.com"),
        "Jan,Aurora Ltd,jan@aurora.it": ("Aurora Ltd", ""),
        "Kim,Sun & Co,kim@aurora.it": ("Sun & Co", ""),
        "Lea,Delta,lea@facebook.com": ("Delta Corp", "facebook.com/delta"),
        "Max,Solo,max@solo.com": ("Solo Srl", "solo.it"),
        "Nat,Solo SRL,nat@lumen.com": ("Solo Srl", "solo.it"),
        "Ole,Solo S.r.l.,ole@aurora.it": ("Solo Srl", "solo.it"),
    }
    ordered = list(rows)[::step]
    for _time in range(2):
        bring_all(there, {"people.csv": "Name,Company,Email\n" + "\n".join(ordered)})
        assert query(there, AT) == [(row.partition(",")[0], *rows[row]) for row in ordered]
    bring_all(there, {"more.csv": "Name,Company,Email\nYan,Gama Inc,yan@gamma.com\nZoe,Aurora,zoe@aurora.it\n"})
    assert query(there, AT)[-2:] == [("Yan", "Gamma Inc", "gamma.com"), ("Zoe", *rows["Ada,Aurora,ada@aurora.it"])]


def test_what_the_domain_does_not_settle_is_doubtful_or_refused(there: Path, tmp_path: Path) -> None:
    rows = "Ada,Aurora,ada@gmail.com\nBea,Solo,bea@lumen.com\nCleo,Borealis Nord,cleo@borealis.no\nDora,Twin,\n"
    people = file(tmp_path / "people.csv", f"Name,Company,Email\n{rows}")
    report = import_files(there, [people], ImportOptions(dry_run=True)).files[0]
    assert [(one.name, one.other) for one in report.named] == [
        ("Aurora", "Aurora S.p.A."),
        ("Solo", "Solo Srl"),
        ("Borealis Nord", "Borealis AS"),
    ]
    assert [(one.line, one.reason) for one in report.rejected] == [(5, "several records have this name")]
    assert dict(report.respelt) == {}


def test_a_website_beside_a_person_counts_and_a_private_address_does_not(there: Path) -> None:
    head = "Name,Company,Website URL,Home email\n"
    bring_all(there, {"people.csv": f"{head}Ada,Aurora,aurora.de,ada@aurora.it\nBea,Aurora,,bea@aurora.it\n"})
    assert query(there, AT) == [("Ada", "Aurora GmbH", "aurora.de"), ("Bea", "Aurora", "")]


def test_activities_name_accounts_in_the_same_way(there: Path) -> None:
    rows = "Call,2026-01-02,Call,Aurora,ada@aurora.de\nVisit,2026-01-03,Call,Aurora,bea@aurora.it\n"
    report = bring_all(there, {"calls.csv": f"Subject,Date,Type,Company,Email\n{rows}"})
    assert "“Aurora” was taken for “Aurora GmbH” (1 row)." in report.files[0].notes
    assert query(there, "SELECT c.message, a.name FROM contact c JOIN account a ON a.id = c.account_id ORDER BY 1") == [
        ("Call", "Aurora GmbH"),
        ("Visit", "Aurora S.p.A."),
    ]


def test_rows_of_accounts_mean_those_of_their_domain_whose_name_agrees(there: Path, tmp_path: Path) -> None:
    text = """Company,Website,Parent company
Aurora,aurora.it,
Aurora Ltd,aurora.it,
Twin,www.twin.com,
Gamma,gamma.com,Gamma Inc
Borealis Nord,borealis.no,
Solo,lumen.com,
"""
    report = bring(there, file(tmp_path / "more.csv", text))
    assert (report.new, report.kept, report.unchanged) == (4, 2, 0)
    assert dict(report.respelt) == {("Aurora", "Aurora S.p.A."): 1}
    assert {one.name: one.other for one in report.doubtful} == {
        "Aurora Ltd": "Aurora S.p.A.",
        "Borealis Nord": "Borealis AS",
        "Solo": "Solo Srl",
    }
    again = bring(there, tmp_path / "more.csv")
    assert again.new == 0


def test_a_row_of_the_very_name_goes_before_one_of_the_domain(there: Path, tmp_path: Path) -> None:
    text = "Salesforce ID,Company,Website\nA,Aurora,aurora.it\nB,Aurora S.p.A.,aurora.it\n"
    report = bring(there, file(tmp_path / "more.csv", text))
    assert (report.new, [one.name for one in report.doubtful]) == (1, ["Aurora"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.csv", "First Name,Last Name,Email\nUgo,Nuovo,u.nuovo@helios.example\nEva,Altri,eva@gmail.com\n"),
        ("people.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Ugo Nuovo\nEMAIL:u.nuovo@helios.example\nEND:VCARD\n"),
    ],
)
def test_people_at_the_domain_of_an_account_are_told_and_not_linked(
    workspace: Path, tmp_path: Path, name: str, text: str
) -> None:
    (accounts := tmp_path / "accounts.csv").write_text("Name,Website\nHelios,www.helios.example\n", "utf-8")
    import_files(workspace, [accounts], ImportOptions())
    (people := tmp_path / name).write_text(text, "utf-8")
    (file,) = import_files(workspace, [people], ImportOptions(is_traced=True)).files
    why = "u.nuovo@helios.example is at the domain of “Helios”"
    told = f"1 person has no account, and may be of one by the address; look at it: “Ugo Nuovo” ({why})"
    assert [note for note in file.notes if "no account" in note] == [told]
    assert list(file.reasons.values()) == [why]
    assert query(workspace, "SELECT account_id FROM person WHERE name = 'Ugo Nuovo'") == [(None,)]
