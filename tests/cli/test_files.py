from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from crmtui.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

ACCOUNTS = "account,sector,revenue,office_location\nHelios,Energy,12.5,Italy\nNordik,Food,3.1,Denmark\n"
DEALS = "opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value\n"


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS)
    return path


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(f"{DEALS}A1,Anna,Robot,Helios,Won,2017-03-01,1200\nA2,Anna,Robot,,Won,someday,1200\n")
    return path


def test_import_reports_and_can_be_undone_as_one_step(crmtui: Crmtui, accounts: Path) -> None:
    ran = crmtui("import", str(accounts))
    (file,) = ran.rows
    assert (file["type"], file["new"], file["done"], file["rejected"]) == ("account", 2, True, [])
    assert {one["column"]: one["field"] for one in file["columns"]}["sector"] == "industry"
    assert "2 new" in ran.err
    crmtui("undo")
    assert not crmtui("accounts", "list").rows


@pytest.mark.parametrize("option", ["--results", "--rejected"])
def test_what_an_import_tells_is_written_over_neither_workspace_nor_source(
    crmtui: Crmtui, workspace: Path, accounts: Path, tmp_path: Path, option: str
) -> None:
    before = workspace.read_bytes(), accounts.read_bytes()
    for place in (workspace, accounts):
        ran = crmtui("import", str(accounts), option, str(place), code=1)
        assert "choose another name" in ran.err
    both = str(tmp_path / "told.csv")
    crmtui("import", str(accounts), "--results", both, "--rejected", both, code=1)
    assert (workspace.read_bytes(), accounts.read_bytes()) == before  # nothing was imported either


def test_exports_and_reports_are_not_written_over_the_workspace(crmtui: Crmtui, workspace: Path) -> None:
    crmtui("accounts", "add", "--name", "Helios")
    before = workspace.read_bytes()
    for words in (("export", "accounts"), ("export", "all"), ("report", "account", "Helios")):
        assert "not written over" in crmtui(*words, "--output", str(workspace), code=1).err
    assert workspace.read_bytes() == before


def test_importing_again_changes_nothing(crmtui: Crmtui, accounts: Path) -> None:
    crmtui("import", str(accounts))
    before = crmtui("history").out
    ran = crmtui("import", str(accounts))
    assert (ran.rows[0]["unchanged"], ran.rows[0]["done"]) == (2, False)
    assert crmtui("history").out == before


def test_a_dry_run_gives_the_same_report_with_examples_and_changes_nothing(crmtui: Crmtui, accounts: Path) -> None:
    dry = crmtui("import", str(accounts), "--dry-run", "--format", "table")
    assert not crmtui("accounts", "list").rows
    same, examples = dry.out.split("  New, for example:\n")
    assert "line 2, “Helios”: Industry “Energy”" in examples
    assert crmtui("import", str(accounts), "--format", "table").out == same


def test_refused_rows_stop_everything_and_are_written_to_a_file(crmtui: Crmtui, deals: Path, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    ran = crmtui("import", str(deals), "--rejected", str(refused), code=1)
    (problem,) = ran.rows[0]["rejected"]
    assert (problem["line"], problem["column"], problem["value"]) == (3, "close_date", "someday")
    assert not crmtui("opportunities", "list").rows
    (row,) = csv.DictReader(io.StringIO(refused.read_text()))
    assert (row["opportunity_id"], row["rejected_line"], row["rejected_column"]) == ("A2", "3", "close_date")
    assert "3" in crmtui("import", str(deals), "--format", "table", code=1).out
    assert crmtui("import", str(deals), "--skip-rejected").rows[0]["new"] == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_refused_rows_that_were_mended_come_without_what_told_why(
    crmtui: Crmtui, deals: Path, tmp_path: Path, kind: str
) -> None:
    refused = tmp_path / "refused.csv"
    as_said = ("--column", "sales_agent=custom")
    crmtui("import", str(deals), "--rejected", str(refused), "--skip-rejected", *as_said)
    rows = list(csv.reader(io.StringIO(refused.read_text())))
    twice = tmp_path / "twice.csv"
    again = crmtui("import", str(refused), "--rejected", str(twice), "--dry-run", code=1)
    assert [one["value"] for one in again.rows[0]["rejected"]] == ["someday"]
    assert [len(row) for row in csv.reader(io.StringIO(twice.read_text()))] == [len(row) for row in rows]
    rows[1] = ["2017-03-09" if cell == "someday" else cell for cell in rows[1]]
    rows.append([*[""] * len(deals.read_text().splitlines()[0].split(",")), "4", "", "", "a note of mine"])
    mended = tmp_path / f"mended.{kind}"
    if kind == "csv":
        with mended.open("w", newline="") as stream:
            csv.writer(stream).writerows(rows)
    else:
        with Workbook(mended) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    ran = crmtui("import", str(mended))
    report = ran.rows[0]
    assert (report["new"], report["mapping"], report["done"]) == (1, "deals.csv", True)
    assert [one["column"] for one in report["columns"]] == deals.read_text().splitlines()[0].split(",")
    told = "Left out, since they only tell why rows were refused: rejected_line, rejected_column, rejected_value"
    assert any(note.startswith(told) for note in report["notes"])
    (deal,) = crmtui("opportunities", "show", *crmtui("opportunities", "list", "--format", "ids").out.split()[-1:]).rows
    assert set(deal["custom"]) == {"sales_agent"}


def test_own_rows_that_were_refused_are_mended_in_the_same_way(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    path, refused = tmp_path / "account.csv", tmp_path / "refused.csv"
    whole = crmtui("export", "accounts", "--format", "csv").out
    path.write_text(whole.replace("Aurora", "Aurora Srl") + "\n".join(whole.splitlines()[1:]) + "\n", "utf-8")
    crmtui("import", str(path), "--rejected", str(refused), code=1)
    (row,) = csv.DictReader(io.StringIO(refused.read_text("utf-8-sig")))
    assert (row["name"], row["rejected_line"], row["rejected_reason"][:14]) == ("Aurora", "3", "the record of ")
    refused.write_text(refused.read_text("utf-8-sig").replace("Aurora", "Aurora SpA"), "utf-8")
    report = crmtui("import", str(refused), "--existing", "overwrite").rows[0]
    assert (report["type"], report["updated"], report["columns"]) == ("account", 1, [])
    assert [one["name"] for one in crmtui("accounts", "list").rows] == ["Aurora SpA"]


def test_how_a_text_is_written_can_be_said(crmtui: Crmtui, tmp_path: Path) -> None:
    strange = tmp_path / "accounts.csv"
    strange.write_bytes("Company name:City\nČedok:Praha\n".encode("cp1250"))
    said = ("--encoding", "cp1250", "--delimiter", ":")
    assert crmtui("import", str(strange), *said).rows[0]["new"] == 1
    assert crmtui("accounts", "list").rows[0]["name"] == "Čedok"
    strange.write_text("Company name\tCity, Country\nHelios\tBologna, Italia\n", "utf-8")
    assert crmtui("import", str(strange), "--delimiter", "tab").rows[0]["new"] == 1
    crmtui("import", str(strange), "--delimiter", "::", code=1)
    crmtui("import", str(strange), "--encoding", "morse", code=1)


def test_the_line_of_the_header_can_be_said_of_each_file(crmtui: Crmtui, tmp_path: Path) -> None:
    titled, bare = tmp_path / "titled.csv", tmp_path / "bare.csv"
    titled.write_text("Report,made,by\nAll,of,them\nCompany,City,Phone\nAcme,Rome,1\n", "utf-8")
    bare.write_text("Helios,Bologna\n", "utf-8")
    said = (
        "--header",
        "titled.csv=3",
        "--header",
        "bare.csv=none",
        "--as",
        "bare=accounts",
        "--column",
        "column 1=name",
    )
    crmtui("import", str(titled), str(bare), *said)
    assert [row["name"] for row in crmtui("accounts", "list").rows] == ["Acme", "Helios"]
    assert "--header" in crmtui("import", str(bare), "--header", "0", code=2).err
    assert "line 9 cannot be the header" in crmtui("import", str(titled), "--header", "9", code=1).err


def test_the_sheets_of_a_workbook_can_be_chosen(crmtui: Crmtui, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        for name in ("Old", "New"):
            book.add_worksheet(name).write_column(0, 0, ["Company name", f"{name} Ltd"])
    notes = crmtui("import", str(path), "--sheet", "book.xlsx=new", "--as", "accounts").rows[0]["notes"]
    assert "Sheet Old was left out: it was not chosen" in notes
    assert [row["name"] for row in crmtui("accounts", "list").rows] == ["New Ltd"]
    assert "“Newer”" in crmtui("import", str(path), "--sheet", "Newer", code=1).err


def test_what_a_file_and_its_columns_are_can_be_said(crmtui: Crmtui, tmp_path: Path) -> None:
    strange = tmp_path / "kunden.csv"
    strange.write_text("Klient;Dziedzina;Obrót\nHelios;Energia;5\n")
    crmtui("import", str(strange), code=1)
    crmtui(
        *(
            "import",
            str(strange),
            "--as",
            "kunden=accounts",
            "--column",
            "Klient=name",
            "--column",
            "Dziedzina=industry",
        ),
        *("--column", "kunden.csv:Obrót=revenue", "--unit", "Obrót=1000", "--currency", "chf"),
    )
    (row,) = crmtui("accounts", "list").rows
    assert (row["industry"], row["revenue"], row["currency"]) == ("Energia", 500_000, "CHF")


@pytest.mark.parametrize(
    "words",
    [
        ("--as", "nothing=accounts"),
        ("--as", "aliens"),
        ("--column", "sector"),
        ("--unit", "revenue=much"),
        ("--currency", "gold"),
        ("--existing", "burn"),
        ("--format", "csv"),
    ],
)
def test_import_options_that_make_no_sense(crmtui: Crmtui, accounts: Path, words: tuple[str, ...]) -> None:
    crmtui("import", str(accounts), *words, code=2)
    assert not crmtui("accounts", "list").rows


def test_import_begins_a_workspace(accounts: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.db"
    assert run(["--db", str(new), "import", str(accounts), "--dry-run"]) == 0
    assert not new.exists()
    assert run(["--db", str(new), "import", str(accounts)]) == 0
    assert str(new) in capfd.readouterr().err


def test_a_file_that_is_not_there(crmtui: Crmtui, tmp_path: Path) -> None:
    assert "no such file" in crmtui("import", str(tmp_path / "x.csv"), code=1).err
    assert "folder" in crmtui("import", str(tmp_path), code=1).err


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What another program has exported, with what lies beside it."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "accounts.csv").write_text(ACCOUNTS)
    (folder / "deals.csv").write_text(f"{DEALS}A1,Anna,Robot,Helios,Won,2017-03-01,1200\n")
    for name in ("Laura Bianchi", "Dario Conti"):
        card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:Helios\nEND:VCARD\n"
        (folder / f"{name.split()[0]}.vcf").write_text(card)
    (folder / "GroupMember.csv").write_text("GroupId,SystemModstamp\n00G,x\n")
    (folder / "Empty.csv").touch()
    (folder / "readme.md").write_text("# Export")
    (folder / "~$accounts.xlsx").write_bytes(b"\x04Anna")
    (folder / "attachments").mkdir()
    return folder


def test_a_folder_comes_as_linked_files(crmtui: Crmtui, export: Path) -> None:
    ran = crmtui("import", str(export))
    assert {(row["type"], row["new"]) for row in ran.rows} == {("account", 2), ("opportunity", 1), ("person", 2)}
    assert "Passed over in" in ran.err
    assert ": Empty.csv (empty), attachments/, readme.md." in ran.err
    assert f"Passed over: {export / 'GroupMember.csv'}: its columns fit no noun" in ran.err
    assert {row["account"] for row in crmtui("people", "list").rows} == {"Helios"}
    crmtui("undo")
    assert not crmtui("accounts", "list").rows
    assert "its columns fit no noun" in crmtui("import", str(export), str(export / "GroupMember.csv"), code=1).err
    said = ("--delimiter", "GroupMember.csv=;")  # of what something is said, that is not passed over
    assert "its columns fit no noun" in crmtui("import", str(export), *said, code=1).err
    crmtui("import", str(export), "--as", "GroupMember.csv=accounts", "--column", "GroupMember.csv:GroupId=name")
    assert len(crmtui("accounts", "list").rows) == 3


def test_a_broken_file_in_a_folder_is_named(crmtui: Crmtui, export: Path, tmp_path: Path) -> None:
    (export / "people.csv").write_text('name,city\n"Ann,Oslo\n')
    assert f"{export / 'people.csv'}, line 2: a quote" in crmtui("import", str(export), code=1).err
    assert not crmtui("accounts", "list").rows
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "readme.md").write_text("# Export")
    assert "other: there is no file in this folder" in crmtui("import", str(tmp_path / "other"), code=1).err


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_export_all_comes_back_the_same(crmtui: Crmtui, accounts: Path, tmp_path: Path, form: str) -> None:
    crmtui("import", str(accounts))
    crmtui("people", "add", "--name", "Laura", "--account", "helios", "--email", "l@x.example")
    whole = crmtui("export", "all", "--format", form).out
    (tmp_path / f"all.{form}").write_text(whole)
    crmtui.path.rename(tmp_path / "old.db")
    crmtui("import", str(tmp_path / f"all.{form}"))
    assert crmtui("export", "all", "--format", form).out == whole


@pytest.mark.parametrize(
    ("words", "forms"),
    [
        (("export", "accounts", "--output"), "jsonl, json, csv, tsv, xlsx, vcf, ics"),
        (("import", "ACCOUNTS", "--results"), "csv, tsv, json, jsonl"),
        (("import", "ACCOUNTS", "--rejected"), "csv"),
    ],
)
def test_a_name_that_asks_for_what_is_not_written_is_refused(
    crmtui: Crmtui, accounts: Path, tmp_path: Path, words: tuple[str, ...], forms: str
) -> None:
    named = [str(accounts) if word == "ACCOUNTS" else word for word in words]
    for name in ("a.docx", "b.zzz"):
        ran = crmtui(*named, str(tmp_path / name), code=2)
        assert f"there are {forms}." in ran.err
        assert not (tmp_path / name).exists()
    assert not crmtui("accounts", "list").rows  # nothing was imported before it was said


def test_the_format_can_be_said_of_a_file_with_any_name(crmtui: Crmtui, accounts: Path, tmp_path: Path) -> None:
    crmtui("import", str(accounts))
    crmtui("export", "accounts", "--format", "jsonl", "--output", str(tmp_path / "a.docx"))
    crmtui("export", "accounts", "--output", str(tmp_path / "a.NDJSON"))
    assert (tmp_path / "a.docx").read_text() == (tmp_path / "a.NDJSON").read_text()


def test_a_list_comes_back_through_import(crmtui: Crmtui, accounts: Path, tmp_path: Path) -> None:
    crmtui("import", str(accounts))
    for form in ("jsonl", "json", "csv", "tsv"):
        listed = tmp_path / f"listed.{form}"
        listed.write_text(crmtui("accounts", "list", "--format", form).out, newline="")
        (report,) = crmtui("import", str(listed)).rows
        assert (report["type"], report["unchanged"]) == ("account", 2), form


def test_export_writes_a_file_or_a_folder(crmtui: Crmtui, accounts: Path, tmp_path: Path) -> None:
    crmtui("import", str(accounts))
    crmtui("export", "accounts", "--output", str(tmp_path / "a.json"))
    assert {row["name"] for row in json.loads((tmp_path / "a.json").read_text())["account"]} == {"Helios", "Nordik"}
    crmtui("export", "all", "--format", "csv", "--output", str(tmp_path / "out"))
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "out" / "account.csv").read_text())))) == 2
    crmtui("export", "all", "--format", "csv", code=2)
    crmtui("export", "aliens", code=2)
    crmtui("export", "all", "--format", "xlsx", code=2)  # it needs a file
    crmtui("export", "all", "--format", "odt", code=2)
    crmtui("export", "people", "--format", "vcf", "--vcard", "2.1", code=2)
    assert crmtui("export", "accounts", "--format", "vcf", "--vcard", "4.0").out.count("KIND:org") == 2
    crmtui("export", "all", "--output", str(tmp_path / "no" / "such" / "a.jsonl"), code=1)


def test_dates_stages_and_what_was_decided_can_be_said_and_forgotten(crmtui: Crmtui, tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text("Deal Name,Stage,Close Date\nLine 4,Tasting,03/04/2026\n")
    assert "--dates dmy or --dates mdy" in crmtui("import", str(deals), code=2).err
    refused = crmtui("import", str(deals), "--dates", "deals=mdy", "--format", "table", code=1)
    assert "--value 'Stage:Tasting=engaging'" in refused.out
    crmtui("import", str(deals), "--dates", "mdy", "--value", "Stage:Tasting=proposing")
    (deal,) = crmtui("opportunities", "list").rows
    assert (deal["stage"], deal["expected_on"]) == ("proposing", "2026-03-04")
    again = crmtui("import", str(deals), "--format", "table")
    assert "Read as “deals.csv” was" in again.out
    (kept,) = crmtui("mappings", "list").rows
    assert kept["decisions"] == ["dates month first", "Stage: tasting > proposing"]
    assert "dates month first" in crmtui("mappings", "list", "--format", "table").out
    crmtui("mappings", "delete", "deals.csv")
    assert not crmtui("mappings", "list").rows
    crmtui("import", str(deals), code=2)


def test_whom_an_owner_means_can_be_said_and_is_kept_with_what_was_decided(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui("actors", "add", "--name", "Anna Bianchi")
    deals = tmp_path / "deals.csv"
    deals.write_text("Deal Name,Account,Stage,Opportunity: Owner\nLine 4,Acme,Demo,AB\nLine 5,Acme,Demo,x\n")
    trial = crmtui("import", str(deals), "--dry-run", "--format", "table")
    told = " ".join(trial.out.split())
    assert "none of our people so far are “AB”, “x”" in told
    assert "line 2, “Line 4”: Stage “Proposing”, Account “Acme”, Owner “AB”" in told
    crmtui(
        "import", str(deals), "--value", "Opportunity: Owner:AB=Anna Bianchi", "--value", "Opportunity: Owner:x=none"
    )
    assert [deal["owner"] for deal in crmtui("opportunities", "list").rows] == ["Anna Bianchi", None]
    assert len(crmtui("actors", "list").rows) == 1
    assert crmtui("mappings", "list").rows[0]["decisions"] == [
        "Opportunity: Owner: ab > Anna Bianchi",
        "Opportunity: Owner: x > none",
    ]
    assert "--value is written" in crmtui("import", str(deals), "--value", "Owner=Anna", code=2).err
    assert "there is no column Ownr" in crmtui("import", str(deals), "--value", "Ownr:AB=Anna", code=2).err


def test_what_became_of_each_row_is_written_where_it_is_asked_for(
    crmtui: Crmtui, accounts: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    crmtui("import", str(accounts), "--dry-run", "--results", str(target))
    rows = [json.loads(text) for text in target.read_text().splitlines()]
    assert [(row["outcome"], row["written"]) for row in rows] == [("new", False)] * 2
    crmtui("import", str(accounts))
    changed = tmp_path / "changed.csv"
    changed.write_text("account,city\nHelios,Torino\nHELIOS SRL,\n")
    told = crmtui("import", str(changed), "--dry-run", "--format", "table", "--skip-doubtful").out
    assert "line 2, “Helios”, City: nothing > “Torino”" in told
    assert "line 3, “HELIOS SRL”: may be “Helios”: the same name (65%)" in told
    (told,) = crmtui("import", str(changed), "--dry-run").rows[0]["doubtful"]
    assert told == {
        "line": 3,
        "type": "account",
        "name": "HELIOS SRL",
        "other": "Helios",
        "other_line": 0,
        "score": 0.65,
        "reasons": ["the same name"],
        "against": [],
    }


def test_accounts_that_rows_name_may_be_there_too(crmtui: Crmtui, accounts: Path, tmp_path: Path) -> None:
    accounts.write_text("account\nHelios Spa\n")
    crmtui("import", str(accounts))
    people = tmp_path / "people.csv"
    people.write_text("Name,Company\nAnna Verdi,Helios Spa\nLia Neri,Helios GmbH\nPia Gallo,Nordik\nNeri Lia,\n")
    told = crmtui("import", str(people), "--dry-run", "--format", "table").out
    assert "May be there already, or twice in the file:\n    line 5, “Neri Lia”: may be “Lia Neri” of line 3: " in told
    assert "Accounts added by name that may be there already, or twice in the file:" in told
    assert "line 3, “Helios GmbH”: may be “Helios Spa”: the same name (65%)" in told
    twice, doubt = crmtui("import", str(people), "--dry-run").rows[0]["doubtful"]
    assert (doubt["type"], doubt["name"], doubt["score"]) == ("account", "Helios GmbH", 0.65)
    assert (twice["type"], twice["other"], twice["other_line"]) == ("person", "Lia Neri", 3)


def test_export_takes_filters_orders_and_columns(crmtui: Crmtui, accounts: Path, tmp_path: Path) -> None:
    crmtui("import", str(accounts))
    assert [row["name"] for row in crmtui("export", "accounts", "industry:food").rows] == ["Nordik"]
    assert [row["name"] for row in crmtui("export", "accounts", "-industry:food").rows] == ["Helios"]
    ran = crmtui("export", "accounts", "--sort", "-name", "--columns", "name,country", "--format", "csv")
    assert ran.out.split() == ["name,country", "Nordik,Denmark", "Helios,Italy"]
    book = tmp_path / "a.xlsx"
    assert "1 record is in" in crmtui("export", "accounts", "helios", "--output", str(book)).err
    assert crmtui("import", str(book)).rows[0]["unchanged"] == 1
    assert crmtui("export", "accounts", "nordik", "--format", "vcf").out.count("BEGIN:VCARD") == 1
    assert "go out as a whole" in crmtui("export", "all", "helios", code=2).err
    assert "no column shoe" in crmtui("export", "accounts", "--columns", "shoe", code=2).err
    assert "no option --colums" in crmtui("export", "accounts", "--colums", "name", code=2).err
    assert "crmtui export accounts" in crmtui("accounts", "list", "--format", "xlsx", code=2).err


def test_what_a_file_of_notes_holds_can_be_said(crmtui: Crmtui, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Quando;Cosa;Chi\n2026-03-01;Prova;Rossi\n", "utf-8")
    columns = ("--column", "Quando=day", "--column", "Cosa=text", "--column", "Chi=account")
    assert "2 new" in crmtui("import", str(path), "--dry-run", "--as", "notes", *columns).err  # and the account
