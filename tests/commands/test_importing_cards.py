"""Importing business cards: people with their accounts, addresses of every kind, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import import_pages
from crmtui.commands.importing import Existing, ImportOptions, import_files
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

LAURA = """BEGIN:VCARD
VERSION:3.0
N:Bianchi;Laura;;;
FN:Laura Bianchi
ORG:Helios
EMAIL;TYPE=HOME,PREF:laura@home.example
EMAIL;TYPE=WORK:laura@helios.example
TEL;TYPE=CELL:+39 335 1
TEL;TYPE=FAX:+39 051 9
X-MS-MANAGER:Dario Conti
UID:1
END:VCARD
"""
DARIO = "BEGIN:VCARD\nFN:Dario Conti\nORG:Helios\nUID:2\nEND:VCARD\n"
HELIOS = "BEGIN:VCARD\nFN:Helios\nORG:Helios\nADR:;;Via Roma 1;Bologna;;40100;Italia\nUID:3\nEND:VCARD\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_cards_become_people_and_accounts(workspace: Path, tmp_path: Path) -> None:
    report = import_files(workspace, [written(tmp_path / "a.vcf", LAURA + DARIO + HELIOS)], ImportOptions())
    assert [(file.title, file.table, file.new) for file in report.files] == [
        ("a.vcf/companies", "account", 1),
        ("a.vcf", "person", 2),
    ]
    assert not any(note.startswith("Empty cells") for file in report.files for note in file.notes)
    assert query(
        workspace,
        "SELECT p.name, a.name, a.city, m.name FROM person p JOIN account a ON a.id = p.account_id "
        "LEFT JOIN person m ON m.id = p.reports_to_id ORDER BY p.id",
    ) == [("Laura Bianchi", "Helios", "Bologna", "Dario Conti"), ("Dario Conti", "Helios", "Bologna", None)]
    assert query(workspace, "SELECT address, kind, is_primary FROM person_email ORDER BY id") == [
        ("laura@home.example", "home", 1),
        ("laura@helios.example", "work", 0),
    ]
    assert query(workspace, "SELECT number, kind, is_primary FROM person_phone ORDER BY id") == [
        ("+39 335 1", "mobile", 1),
        ("+39 051 9", "fax", 0),
    ]


def test_the_same_cards_again_change_nothing_and_a_new_name_changes_one(workspace: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "a.vcf", LAURA + DARIO)
    import_files(workspace, [path], ImportOptions())
    for _again in range(2):
        assert not import_files(workspace, [path], ImportOptions()).done
    path.write_text(LAURA.replace("Bianchi", "Rossi"), "utf-8")
    assert import_files(workspace, [path], ImportOptions(existing=Existing.OVERWRITE)).files[0].updated == 1
    assert query(workspace, "SELECT name FROM person ORDER BY id") == [("Laura Rossi",), ("Dario Conti",)]


def test_a_card_without_identity_is_known_by_any_of_its_addresses(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [written(tmp_path / "a.vcf", LAURA)], ImportOptions())
    other = (
        LAURA.replace("UID:1\n", "").replace("FN:Laura Bianchi", "FN:Bianchi, L.").replace("ORG:Helios", "TITLE:CEO")
    )
    report = import_files(workspace, [written(tmp_path / "b.vcf", other)], ImportOptions())
    assert (report.files[0].new, report.files[0].updated) == (0, 1)


def test_a_person_who_gets_several_numbers_has_one_primary_one(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [written(tmp_path / "a.csv", "Name,Company\nLaura,Helios\n")], ImportOptions())
    path = written(tmp_path / "b.csv", "Name,Company,Phone,Mobile\nLaura,Helios,051 1,335 1\n")
    import_files(workspace, [path], ImportOptions())
    assert query(workspace, "SELECT number, is_primary FROM person_phone ORDER BY id") == [("051 1", 1), ("335 1", 0)]


def test_faults_in_a_folder_of_cards_say_in_which_file(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    written(folder / "laura.vcf", LAURA)
    written(folder / "nobody.vcf", "\n\nBEGIN:VCARD\nTITLE:CEO\nEND:VCARD\n" + DARIO)
    report = import_files(workspace, [folder], ImportOptions())
    (problem,) = report.files[0].rejected
    assert (problem.place, problem.reason) == ("nobody.vcf, line 3", "the row has no name")
    assert "    nobody.vcf, line 3: the row has no name" in list(import_pages.lines(report))
    assert import_files(workspace, [folder], ImportOptions(skip_rejected=True)).files[0].new == 2
