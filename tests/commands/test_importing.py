"""Importing linked files of another program: columns recognised, links found, nothing doubled, all or nothing."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import history
from crmtui.commands.importing import Existing, FileMapping, ImportOptions, import_files
from crmtui.commands.workspace import create
from crmtui.domain.words import Source
from crmtui.errors import CancelledError, FileProblemError, UsageError
from crmtui.exchange.mapping.drafting import Drafting
from hostile import SHORT, has_control
from store_dump import faults, query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.commands.import_report import FileReport, ImportReport
    from crmtui.exchange.mapping.drafts import Drafts

MAVEN = Path(__file__).parents[3] / "shared" / "data" / "maven_crm"

ACCOUNTS = """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Northwind Mills,technolgy,1996,1100.04,2822,Kenya,
Southgate Foods,retail,1986,647.18,1185,Italy,Northwind Mills
"""
PRODUCTS = "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
TEAMS = "sales_agent,manager,regional_office\nAnna Verdi,Carla Neri,East\nPaul Brun,Carla Neri,West\n"
PIPELINE = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Anna Verdi,GTXPro,Northwind Mills,Won,10/20/2016,03/01/2017,1054
A2,Paul Brun,MG Special,Southgate Foods,Lost,10/25/2016,03/11/2017,0
A3,Paul Brun,MG Special,,Engaging,11/03/2016,,
A4,Anna Verdi,GTX Pro,,Prospecting,,,
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for name, content in (("pipeline", PIPELINE), ("accounts", ACCOUNTS), ("products", PRODUCTS), ("teams", TEAMS)):
        path = tmp_path / f"{name}.csv"
        path.write_text(content, "utf-8")
        made.append(path)
    return made


def of(report: ImportReport, table: str) -> FileReport:
    return next(file for file in report.files if file.table == table)


def test_linked_files_become_one_workspace(workspace: Path, files: list[Path]) -> None:
    report = import_files(workspace, files, ImportOptions())
    assert report.done
    assert [(file.table, file.new) for file in report.files] == [
        ("actor", 2),
        ("offering", 2),
        ("account", 2),
        ("opportunity", 4),
    ]
    assert query(
        workspace,
        """SELECT p.name, a.name, o.name, f.name, p.stage, p.opened_on, p.closed_on, p.value FROM opportunity p
        LEFT JOIN account a ON a.id = p.account_id JOIN actor o ON o.id = p.owner_id
        JOIN offering f ON f.id = p.offering_id ORDER BY p.id""",
    ) == [
        ("GTXPro · A1", "Northwind Mills", "Anna Verdi", "GTX Pro", "won", "2016-10-20", "2017-03-01", 105400),
        ("MG Special · A2", "Southgate Foods", "Paul Brun", "MG Special", "lost", "2016-10-25", "2017-03-11", 0),
        ("MG Special · A3", None, "Paul Brun", "MG Special", "engaging", "2016-11-03", None, None),
        ("GTX Pro · A4", None, "Anna Verdi", "GTX Pro", "prospecting", None, None, None),
    ]


def test_traps_are_handled_and_told(workspace: Path, files: list[Path]) -> None:
    report = import_files(workspace, files, ImportOptions())
    notes = " ".join(of(report, "account").notes)
    assert "revenue: read as it is; per employee that is so little that it may be counted in millions" in notes
    assert "--unit 'revenue=1000000'" in of(report, "account").options
    assert "“technolgy” was taken for “technology” (1 row)" in notes
    assert "“GTXPro” was taken for “GTX Pro” (1 row)" in " ".join(of(report, "opportunity").notes)
    (empty,) = [note for note in of(report, "opportunity").notes if note.startswith("Empty cells")]
    assert all(part in empty for part in ("account 2", "engage_date 1", "close_date 2", "close_value 2"))
    assert any("month first" in note for note in of(report, "opportunity").notes)
    assert of(report, "actor").linked == {"actor": 1}
    assert [note for note in of(report, "actor").notes if "by name" in note] == [
        "1 record (one of ours) added by name, since no row describes it: “Carla Neri”"
    ]
    assert query(workspace, "SELECT industry, revenue, currency FROM account ORDER BY id LIMIT 1") == [
        ("technology", 110004, "EUR")
    ]
    assert query(
        workspace, "SELECT p.name FROM account a JOIN account p ON p.id = a.parent_id WHERE a.name = 'Southgate Foods'"
    ) == [("Northwind Mills",)]


def test_the_same_files_again_change_nothing(workspace: Path, files: list[Path]) -> None:
    import_files(workspace, files, ImportOptions())
    before = query(workspace, "SELECT count(*), max(id) FROM change")
    again = import_files(workspace, files, ImportOptions())
    assert not again.done
    assert [(file.new, file.updated, file.kept) for file in again.files] == [(0, 0, 0)] * 4
    assert sum(file.unchanged for file in again.files) == 10
    assert query(workspace, "SELECT count(*), max(id) FROM change") == before


def test_an_import_is_one_step_of_undo(workspace: Path, files: list[Path]) -> None:
    import_files(workspace, files, ImportOptions())
    history.undo(workspace, Source.CLI)
    for table in ("account", "actor", "offering", "opportunity", "stage_change", "external_identity"):
        assert query(workspace, f"SELECT count(*) FROM {table}") == [(0,)]
    history.redo(workspace, Source.CLI)
    assert query(workspace, "SELECT count(*) FROM opportunity") == [(4,)]


def test_a_dry_run_reports_the_same_and_writes_nothing(workspace: Path, files: list[Path]) -> None:
    bytes_before = workspace.read_bytes()
    trial = import_files(workspace, files, ImportOptions(dry_run=True))
    assert workspace.read_bytes() == bytes_before
    real = import_files(workspace, files, ImportOptions())
    assert [(file.table, file.new, file.notes) for file in trial.files] == [
        (file.table, file.new, file.notes) for file in real.files
    ]
    assert (trial.done, real.done) == (False, True)


def test_a_dry_run_leaves_no_workspace_where_there_was_none(tmp_path: Path, files: list[Path]) -> None:
    path = tmp_path / "new.db"
    report = import_files(path, files, ImportOptions(dry_run=True))
    assert of(report, "opportunity").new == 4
    assert not path.exists()


def test_one_bad_row_keeps_everything_out_unless_it_may_be_left(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("account,employees\nGood,12\nBad,a dozen\n", "utf-8")
    report = import_files(workspace, [path], ImportOptions())
    (problem,) = report.files[0].rejected
    assert (problem.line, problem.column, problem.value) == (3, "employees", "a dozen")
    assert "a dozen" in problem.reason
    assert not report.done
    assert query(workspace, "SELECT count(*) FROM account") == [(0,)]
    assert import_files(workspace, [path], ImportOptions(skip_rejected=True)).done
    assert query(workspace, "SELECT name FROM account") == [("Good",)]


def test_existing_records_are_completed_and_overwritten_only_on_demand(workspace: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("account,sector\nAcme,retail\n", "utf-8")
    second.write_text("account,sector,employees\nACME,services,7\n", "utf-8")
    import_files(workspace, [first], ImportOptions())
    report = import_files(workspace, [second], ImportOptions())
    assert report.files[0].updated == 1
    assert query(workspace, "SELECT name, industry, employees FROM account") == [("Acme", "retail", 7)]
    import_files(workspace, [second], ImportOptions(existing=Existing.OVERWRITE))
    assert query(workspace, "SELECT industry FROM account") == [("services",)]


def test_people_with_several_addresses_find_their_account(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(
        "First Name;Last Name;Company;Email;Mobile Phone;Business Phone\n"
        "Ada;Bianchi;Acme;ada@example.org;+39 333 1;+39 02 2\n"
        "Bo;Lind;Acme;bo@example.org;;\n",
        "utf-8",
    )
    report = import_files(workspace, [path], ImportOptions())
    assert report.files[0].table == "person"
    assert query(workspace, "SELECT count(*) FROM account") == [(1,)]
    assert query(
        workspace,
        """SELECT p.name, e.address, group_concat(f.kind || ' ' || f.number, ', ') FROM person p
        JOIN person_email e ON e.person_id = p.id LEFT JOIN person_phone f ON f.person_id = p.id GROUP BY p.id""",
    ) == [("Ada Bianchi", "ada@example.org", "mobile +39 333 1, work +39 02 2"), ("Bo Lind", "bo@example.org", None)]
    assert import_files(workspace, [path], ImportOptions()).done is False


def test_what_a_file_holds_and_what_a_column_means_can_be_said(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("who,what\nAcme,Milano\n", "utf-8")
    with pytest.raises(FileProblemError, match="fit no noun"):
        import_files(workspace, [path], ImportOptions())
    said = FileMapping(kind="account", columns={"who": "name", "what": "city"})
    import_files(workspace, [path], ImportOptions(files={"odd.csv": said}))
    assert query(workspace, "SELECT name, city FROM account") == [("Acme", "Milano")]


def test_dates_that_can_be_read_in_two_ways_are_asked_for(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal Name,Deal Stage,Close Date\nLine 4,Won,03/04/2026\n", "utf-8")
    with pytest.raises(UsageError, match="day first or month first"):
        import_files(workspace, [path], ImportOptions())
    import_files(workspace, [path], ImportOptions(files={"": FileMapping(day_first=True)}))
    assert query(workspace, "SELECT closed_on FROM opportunity") == [("2026-04-03",)]


def test_ambiguous_names_are_refused_with_the_reason(workspace: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("account,city\nAcme,Roma\n", "utf-8")
    import_files(workspace, [first], ImportOptions())
    with contextlib.closing(sqlite3.connect(workspace)) as connection:
        connection.execute("UPDATE change_set SET is_open = 1 WHERE id = (SELECT max(id) FROM change_set)")
        connection.execute(
            "INSERT INTO account SELECT 99, 'x', "
            + ", ".join(row[1] for row in connection.execute("PRAGMA table_info(account)").fetchall()[2:])
            + " FROM account"
        )
        connection.execute("UPDATE change_set SET is_open = 0")
        connection.commit()
    second.write_text("Deal Name,Deal Stage,Account\nLine 4,Won,Acme\n", "utf-8")
    report = import_files(workspace, [second], ImportOptions())
    (problem,) = report.files[0].rejected
    assert "several records" in problem.reason
    assert problem.line == 2


def test_hostile_names_come_in_clean_or_are_refused(workspace: Path, tmp_path: Path) -> None:
    from csv import writer
    from io import StringIO

    path, options = tmp_path / "accounts.csv", ImportOptions(skip_rejected=True)

    def write(texts: list[str]) -> list[Path]:
        buffer = StringIO()
        writer(buffer).writerows([["account", "city"], ["Fine", "Roma"], *([text, text] for text in texts)])
        path.write_bytes(buffer.getvalue().encode("utf-8", "surrogatepass"))
        return [path]

    legible = []
    for name, text in SHORT.items():
        with contextlib.suppress(FileProblemError):  # some make the file look like no text at all
            report = import_files(workspace, write([text]), replace(options, dry_run=True))
            assert report.files[0].rows in (1, 2), name
            legible.append(text)
    assert len(legible) > len(SHORT) * 3 // 4
    import_files(workspace, write(legible), options)
    rows = query(workspace, "SELECT name, city FROM account")
    assert len(rows) > len(legible) // 2
    for row in rows:
        assert not any(has_control(cell) for cell in row), row
        assert "\n" not in row[0], row


@pytest.mark.skipif(not MAVEN.exists(), reason="the sales team's files are not here")
def test_a_real_sales_team_comes_in_whole(tmp_path: Path) -> None:
    path = tmp_path / "team.db"
    report = import_files(path, sorted(MAVEN.glob("*.csv")), ImportOptions())
    assert {file.table: file.new for file in report.files} == {
        "actor": 35,
        "offering": 7,
        "account": 85,
        "opportunity": 8800,
    }
    assert dict(query(path, "SELECT stage, count(*) FROM opportunity GROUP BY 1")) == {
        "won": 4238,
        "lost": 2473,
        "engaging": 1589,
        "prospecting": 500,
    }
    assert query(path, "SELECT count(*) FROM opportunity WHERE account_id IS NULL") == [(1425,)]


PEOPLE = "First Name,Last Name,Company,Email,Phone,Mobile Phone\n"


def people(path: Path, *rows: str) -> Path:
    path.write_text(PEOPLE + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    (file,) = report.files
    return file.new, file.updated, file.unchanged, file.kept, len(file.rejected)


def test_namesakes_in_one_account_are_told_apart_by_their_addresses(workspace: Path, tmp_path: Path) -> None:
    path = people(tmp_path / "p.csv", "Ada,Bianchi,Acme,ada@a.example,,", "Ada,Bianchi,Acme,ADA2@a.example,,")
    assert counts(import_files(workspace, [path], ImportOptions())) == (2, 0, 0, 0, 0)
    again = import_files(workspace, [path], ImportOptions())
    assert counts(again) == (0, 0, 2, 0, 0)
    assert not again.done


def test_columns_of_the_same_name_without_a_letter_are_told_apart(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("Company,Turnover,%,Share,%,+++,+++\nAurora,10,40,7,60,a,a\nHelios,20,50,8,70,b,b\n", "utf-8")
    assert import_files(workspace, [path], ImportOptions()).done
    kept = "SELECT name, value FROM custom_value WHERE name LIKE '\\%%' ESCAPE '\\' OR name LIKE '+%' ORDER BY id"
    assert sorted(set(query(workspace, kept))) == [
        ("%", "40"),
        ("%", "50"),
        ("% (2)", "60"),
        ("% (2)", "70"),
        ("+++", "a"),
        ("+++", "b"),
    ]


def test_the_same_person_twice_in_a_file_is_refused_once(workspace: Path, tmp_path: Path) -> None:
    path = people(
        tmp_path / "p.csv",
        "Ada,Bianchi,Acme,ada@a.example,,",
        "ada,BIANCHI,ACME,Ada@A.example,,",
        "Ada,Bianchi,Acme,,1,",
        "Ada,Bianchi,Other,,,",
        "Ada,Bianchi,Other,ada@o.example,,",
    )
    report = import_files(workspace, [path], ImportOptions(skip_rejected=True))
    assert counts(report) == (2, 0, 0, 0, 3)
    assert [(problem.line, problem.values[:2]) for problem in report.files[0].rejected] == [
        (3, ("ada", "BIANCHI")),
        (4, ("Ada", "Bianchi")),
        (6, ("Ada", "Bianchi")),
    ]


def test_an_address_that_a_person_has_means_that_person(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [people(tmp_path / "a.csv", "Ada,Bianchi,Acme,ada@a.example,,")], ImportOptions())
    moved = people(tmp_path / "b.csv", "Ada,Bianchi-Rossi,Beta,Ada@a.example,,")
    assert counts(import_files(workspace, [moved], ImportOptions())) == (0, 0, 0, 1, 0)
    report = import_files(workspace, [moved], ImportOptions(existing=Existing.OVERWRITE))
    assert counts(report) == (0, 1, 0, 0, 0)
    assert query(workspace, "SELECT p.name, a.name FROM person p JOIN account a ON a.id = p.account_id") == [
        ("Ada Bianchi-Rossi", "Beta")
    ]


def test_an_address_that_several_share_leaves_it_to_the_name(workspace: Path, tmp_path: Path) -> None:
    path = people(tmp_path / "p.csv", "Ada,Bianchi,Acme,info@a.example,,", "Bo,Lind,Acme,info@a.example,,")
    assert counts(import_files(workspace, [path], ImportOptions())) == (2, 0, 0, 0, 0)
    assert counts(import_files(workspace, [path], ImportOptions())) == (0, 0, 2, 0, 0)


def test_people_get_the_addresses_and_numbers_that_they_lack(workspace: Path, tmp_path: Path) -> None:
    import_files(workspace, [people(tmp_path / "a.csv", "Ada,Bianchi,Acme,,02 1,")], ImportOptions())
    more = people(tmp_path / "b.csv", "Ada,Bianchi,Acme,ada@a.example,+39 02 2,333")
    assert counts(import_files(workspace, [more], ImportOptions())) == (0, 1, 0, 0, 0)
    assert query(workspace, "SELECT address, is_primary FROM person_email") == [("ada@a.example", 1)]
    numbers = "SELECT number, kind, is_primary FROM person_phone ORDER BY id"
    assert query(workspace, numbers) == [("02 1", "work", 1), ("333", "mobile", 0)]
    assert counts(import_files(workspace, [more], ImportOptions())) == (0, 0, 0, 1, 0)
    report = import_files(workspace, [more], ImportOptions(existing=Existing.OVERWRITE, is_traced=True))
    assert query(workspace, numbers) == [("+39 02 2", "work", 1), ("333", "mobile", 0)]
    assert [(one.before, one.after) for one in report.files[0].changes or ()] == [("02 1", "+39 02 2")]
    assert counts(import_files(workspace, [more], ImportOptions())) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE])
@pytest.mark.parametrize(
    ("before", "after", "kept", "may_change"),
    [
        ("+39 333 7654321", "0039 333-7654321", "+39 333 7654321", False),
        ("333 7654321", "+39 333 7654321", "333 7654321", False),  # of a country that nobody has told
        ("+39 333 7654321", "+39 335 7654321", "+39 335 7654321", True),
        ("+39 333 7654321", "+39 333 7654322", "+39 333 7654322", True),
    ],
)
def test_a_number_is_the_same_however_it_is_written(
    workspace: Path, tmp_path: Path, existing: Existing, before: str, after: str, kept: str, *, may_change: bool
) -> None:
    import_files(workspace, [people(tmp_path / "a.csv", f"Ada,Bianchi,Acme,,,{before}")], ImportOptions())
    more = people(tmp_path / "b.csv", f"Ada,Bianchi,Acme,,,{after}")
    does = may_change and existing is Existing.OVERWRITE
    report = import_files(workspace, [more], ImportOptions(existing=existing))
    assert counts(report) == (0, int(does), int(not may_change), int(may_change and not does), 0)
    assert query(workspace, "SELECT number FROM person_phone") == [(kept if does else before,)]


def test_a_cell_that_is_too_long_is_a_row_refused(workspace: Path, tmp_path: Path) -> None:
    number, given, family = "1" * 61, "A" * 300, "B" * 300
    path = people(tmp_path / "p.csv", f"Ada,Bianchi,Acme,,{number},", f"{given},{family},Acme,,,", "Bo,Lind,Acme,,,")
    report = import_files(workspace, [path], ImportOptions(skip_rejected=True))
    assert [(problem.line, problem.column) for problem in report.files[0].rejected] == [(2, "Phone"), (3, "")]
    assert all("characters" in problem.reason for problem in report.files[0].rejected)
    assert query(workspace, "SELECT name FROM person") == [("Bo Lind",)]


def test_a_boss_is_found_in_the_same_account_whatever_the_order(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "Full Name,Company,Reports To,Email\n"
        "Ada Bianchi,Acme,Carla Neri,ada@a.example\n"
        "Carla Neri,Beta,,carla@b.example\n"
        "Carla Neri,Acme,Dina Sol,carla@a.example\n",
        "utf-8",
    )
    import_files(workspace, [path], ImportOptions())
    found = """SELECT p.name, a.name, b.name, c.name FROM person p JOIN account a ON a.id = p.account_id
        LEFT JOIN person b ON b.id = p.reports_to_id LEFT JOIN account c ON c.id = b.account_id ORDER BY p.id"""
    assert query(workspace, found) == [
        ("Ada Bianchi", "Acme", "Carla Neri", "Acme"),
        ("Carla Neri", "Beta", None, None),
        ("Carla Neri", "Acme", "Dina Sol", "Acme"),
        ("Dina Sol", "Acme", None, None),
    ]
    assert not import_files(workspace, [path], ImportOptions()).done


def test_a_record_known_by_name_takes_the_key_of_the_other_system(workspace: Path, tmp_path: Path) -> None:
    named, keyed = tmp_path / "a.csv", tmp_path / "b.csv"
    named.write_text("account,city\nAcme,Roma\n", "utf-8")
    keyed.write_text("Account ID,account,city\n1,Acme,Roma\n2,Acme,Milano\n", "utf-8")
    import_files(workspace, [named], ImportOptions())
    assert counts(import_files(workspace, [keyed], ImportOptions())) == (1, 1, 0, 0, 0)
    assert query(
        workspace, "SELECT e.external_id, a.city FROM external_identity e JOIN account a ON a.id = record_id ORDER BY 1"
    ) == [
        ("1", "Roma"),
        ("2", "Milano"),
    ]
    assert not import_files(workspace, [keyed], ImportOptions()).done


def test_accounts_that_no_file_describes_are_told_once(workspace: Path, tmp_path: Path) -> None:
    path = people(tmp_path / "p.csv", *(f"Ada,B{number},Company {number},,," for number in range(9_000)))
    report = import_files(workspace, [path], ImportOptions())
    assert counts(report) == (9_000, 0, 0, 0, 0)
    assert [note for note in report.files[0].notes if note.startswith("9,000 records (accounts) added by name")]
    assert query(
        workspace, "SELECT count(*) FROM person p JOIN account a ON a.name = 'Company ' || substr(p.name, 6)"
    ) == [(9_000,)]


def test_the_workspace_is_free_while_a_file_is_read(
    workspace: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []
    reading = Drafting.__iter__

    def watched(drafting: Drafting) -> Iterator[Drafts]:
        for drafts in reading(drafting):
            with contextlib.closing(sqlite3.connect(workspace, timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                free.append(True)
            yield drafts

    monkeypatch.setattr(Drafting, "__iter__", watched)
    assert import_files(workspace, files, ImportOptions()).done
    assert len(free) == len(files)


def test_drafts_beyond_the_memory_go_to_a_file(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmtui.commands.import_staging.IN_MEMORY", 1)
    path = people(tmp_path / "p.csv", *(f"Ada,B{number},Acme,a{number}@a.example,," for number in range(4_500)))
    assert counts(import_files(workspace, [path], ImportOptions())) == (4_500, 0, 0, 0, 0)
    assert counts(import_files(workspace, [path], ImportOptions())) == (0, 0, 4_500, 0, 0)


def test_a_new_workspace_is_written_while_a_file_is_read_and_begun_only_if_all_of_it_may_stay(tmp_path: Path) -> None:
    rows = [f"Ada,B{number},Acme {number // 4_000},a{number}@a.example,," for number in range(9_000)]
    path = people(tmp_path / "p.csv", *rows, "Ada,B1,Acme 0,a1@a.example,,")
    refused = import_files(tmp_path / "team.db", [path], ImportOptions())
    assert ([problem.line for problem in refused.files[0].rejected], refused.done) == ([9_002], False)
    assert [left.name for left in tmp_path.iterdir() if left.is_file()] == ["p.csv"]
    report = import_files(tmp_path / "team.db", [path], ImportOptions(skip_rejected=True))
    assert counts(report) == (9_000, 0, 0, 0, 1)
    assert [note for note in report.files[0].notes if note.startswith("3 records (accounts) added by name")]
    assert query(tmp_path / "team.db", "SELECT count(*) FROM person_search WHERE person_search MATCH 'ada'") == [
        (9_000,)
    ]
    assert faults(tmp_path / "team.db") == []


@pytest.mark.parametrize("name", ["accounts.csv", "own.jsonl"])
def test_an_import_that_is_stopped_leaves_nothing_not_even_a_new_workspace(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text({"accounts.csv": "account\nAcme\n", "own.jsonl": '{"type": "account", "name": "Acme"}\n'}[name])

    def stop() -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        import_files(tmp_path / "team.db", [file], ImportOptions(heed=stop))
    assert [left.name for left in tmp_path.iterdir() if left.is_file()] == [name]


def test_a_new_workspace_is_in_its_place_only_when_all_of_it_is_there(tmp_path: Path, files: list[Path]) -> None:
    path, seen = tmp_path / "team.db", list[bool]()
    report = import_files(path, files, ImportOptions(heed=lambda: seen.append(path.exists())))
    assert (report.done, any(seen), len(seen) > len(files)) == (True, False, True)
    assert query(path, "SELECT name FROM workspace") == [("team",)]
    assert faults(path) == []


@pytest.mark.parametrize("is_there", [False, True])
def test_how_many_rows_were_read_is_told(tmp_path: Path, *, is_there: bool) -> None:
    path, told = tmp_path / "team.db", list[int]()
    if is_there:
        create(path, name="team")
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\n" + "".join(f"Ann {n},a{n}@x.it\n" for n in range(20_000)), "utf-8")
    import_files(path, [file], ImportOptions(tell=told.append))
    assert told == sorted(told)
    assert len(set(told)) > 1
    assert told[-1] == 20_000
