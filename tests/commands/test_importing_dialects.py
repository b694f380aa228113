"""What the exports of other programs become: records, links, refusals, and everything else that they bring."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import Existing, FileMapping, ImportOptions, import_files
from crmtui.errors import UsageError
from crmtui.queries.brought import known_as, of_record
from store_dump import faults, query

if TYPE_CHECKING:
    from crmtui.commands.import_report import FileReport, ImportReport

FILES = Path(__file__).parents[1] / "exchange" / "files"
NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def bring(workspace: Path, *names: str, **more: Any) -> ImportReport:
    report = import_files(workspace, [FILES / name for name in names], ImportOptions(now=NOW, **more))
    assert not report.rejected, [problem for file in report.files for problem in file.rejected]
    return report


def of(report: ImportReport, table: str) -> FileReport:
    return next(file for file in report.files if file.table == table)


def customs(workspace: Path, table: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    sql = f"SELECT o.name, c.name, c.value FROM custom_value c JOIN {table} o ON o.id = c.{table}_id ORDER BY c.id"
    for owner, name, value in query(workspace, sql):
        found.setdefault(owner, {})[name] = value
    return found


PEOPLE = """SELECT p.name, a.name, b.name FROM person p LEFT JOIN account a ON a.id = p.account_id
    LEFT JOIN person b ON b.id = p.reports_to_id ORDER BY p.name"""
DEALS = """SELECT o.name, a.name, w.name, o.stage, o.value, o.currency, o.opened_on, o.expected_on, o.closed_on,
    o.reason FROM opportunity o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN actor w ON w.id = o.owner_id
    ORDER BY o.name"""
REFUSED = """SELECT p.name, c.code, s.state, s.day, s.source FROM consent s JOIN person p ON p.id = s.person_id
    JOIN channel c ON c.id = s.channel_id ORDER BY p.name"""
PHONES = "SELECT kind || ' ' || number FROM person_phone ORDER BY id"
MAILS = "SELECT kind || ' ' || address FROM person_email ORDER BY id"


def test_three_reports_of_salesforce_are_one_workspace(workspace: Path) -> None:
    files = ("salesforce_opportunities_report.csv", "salesforce_contacts_report.csv", "salesforce_accounts_report.csv")
    report = bring(workspace, *files)
    assert [(file.table, file.program, file.new) for file in report.files] == [
        ("account", "Salesforce", 2),
        ("person", "Salesforce", 3),
        ("opportunity", "Salesforce", 3),
    ]
    assert query(workspace, PEOPLE) == [
        ("Gino Conti", "Southgate Foods", "Laura Bianchi"),
        ("James Otieno", "Northwind Mills", None),
        ("Laura Bianchi", "Southgate Foods", None),
    ]
    assert query(workspace, DEALS) == [
        (
            "Line 4",
            "Southgate Foods",
            "Anna Verdi",
            "negotiating",
            48500000,
            "USD",
            "2026-02-03",
            "2026-10-16",
            None,
            "",
        ),
        ("Mill control", "Northwind Mills", "Paul Brun", "won", 6200050, "EUR", "2026-01-07", None, "2026-03-05", ""),
        ("Spare parts", "Northwind Mills", "Paul Brun", "lost", 120000, "EUR", "2026-01-07", None, "2026-02-28", ""),
    ]
    assert query(workspace, "SELECT name, revenue, currency, website FROM account ORDER BY id") == [
        ("Northwind Mills", 110004000000, "USD", "www.northwind.example"),
        ("Southgate Foods", 6471800000, "EUR", "https://southgate.example"),
    ]
    assert query(workspace, REFUSED) == [
        ("James Otieno", "call", "refused", "2026-03-12", "Salesforce, Do Not Call: 1"),
        ("Laura Bianchi", "email", "refused", "2026-03-12", "Salesforce, Email Opt Out: 1"),
    ]
    assert customs(workspace, "opportunity")["Line 4"] == {
        "Fiscal Period": "Q3-2026",
        "Expected Revenue Currency": "USD",
        "Expected Revenue": "USD 436,500.00",
        "Probability (%)": "90%",
        "Age": "120",
        "Lead Source": "Web",
        "Opportunity Owner: Manager": "Carla Neri",
        "Account: Last Activity": "01/03/2026",
    }
    assert customs(workspace, "account")["Northwind Mills"]["Account Site"] == "Nairobi works"
    assert customs(workspace, "person")["Laura Bianchi"]["Asst. Phone"] == "+39 02 555 2"
    assert query(workspace, "SELECT count(*) FROM person WHERE name LIKE '%Sol%'") == [(0,)]
    assert faults(workspace) == []


def test_the_data_export_of_salesforce_is_linked_by_its_keys(workspace: Path) -> None:
    report = bring(workspace, "salesforce_Opportunity.csv", "salesforce_Contact.csv", "salesforce_Account.csv")
    assert of(report, "account").new == 2
    assert "1 row is deleted there and was left out." in of(report, "account").notes
    assert query(workspace, PEOPLE) == [
        ("Gino Conti", "Southgate Foods", "Laura Bianchi"),
        ("Laura Bianchi", "Southgate Foods", None),
    ]
    assert query(workspace, "SELECT c.name, p.name FROM account c JOIN account p ON p.id = c.parent_id") == [
        ("Southgate Foods", "Northwind Mills")
    ]
    assert [(deal[0], deal[1], deal[3]) for deal in query(workspace, DEALS)] == [
        ("Line 4", "Southgate Foods", "negotiating"),
        ("Mill control", "Northwind Mills", "won"),  # its stage has a word of its own, but is won and closed
        ("Of an account that is not here", None, "prospecting"),
    ]
    assert query(workspace, "SELECT count(*) FROM actor") == [(0,)]  # keys of users are no people
    assert customs(workspace, "opportunity")["Of an account that is not here"]["AccountId"] == "0015g00000Zz9zZAAZ"
    assert customs(workspace, "opportunity")["Line 4"]["OwnerId"] == "0055g00000Xx1yA"
    told = "Column AccountId: 1 key leads to no record, and it is kept as it is."
    assert told in of(report, "opportunity").notes


def test_report_and_data_export_of_salesforce_mean_the_same_records(workspace: Path) -> None:
    bring(workspace, "salesforce_Account.csv", "salesforce_Contact.csv")
    report = bring(workspace, "salesforce_accounts_report.csv", "salesforce_contacts_report.csv")
    assert (of(report, "account").new, of(report, "person").new) == (0, 1)
    assert query(workspace, "SELECT count(*) FROM account") == [(2,)]


def test_hubspot_brings_companies_contacts_and_deals(workspace: Path) -> None:
    bring(workspace, "hubspot_deals.csv", "hubspot_contacts.csv", "hubspot_companies.csv")
    assert query(workspace, PEOPLE) == [
        ("James Otieno", "Northwind Mills", None),
        ("Laura Bianchi", "Southgate Foods", None),  # its company column says Southgate, its key says which
        ("info@southgate.example", "Southgate Foods", None),
    ]
    assert query(workspace, "SELECT count(*) FROM account") == [(2,)]
    assert query(workspace, MAILS)[:3] == [
        ("work laura@southgate.example",),
        ("work info@southgate.example",),
        ("work james@northwind.example",),
    ]
    assert {row[0] for row in query(workspace, MAILS)} >= {"work lb@southgate.example", "work laura@home.example"}
    assert [(deal[0], deal[3], deal[4], deal[5], deal[9]) for deal in query(workspace, DEALS)] == [
        ("Line 4", "negotiating", 48500000, "USD", ""),
        ("Mill control", "won", 6200050, "EUR", "Best price"),
        ("Spare parts", "lost", 120000, "EUR", "Too late"),
    ]
    assert [row[:2] for row in query(workspace, REFUSED)] == [("Laura Bianchi", "email")]
    assert customs(workspace, "person")["info@southgate.example"]["Associated Company IDs"] == "9001;9002"


def test_pipedrive_tells_in_its_status_what_was_won(workspace: Path) -> None:
    files = ("pipedrive_deals.csv", "pipedrive_persons.csv", "pipedrive_organizations.csv")
    bring(workspace, *files)
    assert [(deal[0], deal[1], *deal[3:]) for deal in query(workspace, DEALS)] == [
        ("Line 4", "Southgate Foods", "proposing", 48500000, "USD", "2026-02-03", "2026-10-16", None, ""),
        ("Mill control", "Northwind Mills", "won", 6200050, "EUR", "2026-01-07", None, "2026-03-05", ""),
        ("Spare parts", "Northwind Mills", "lost", 120000, "EUR", "2026-01-07", None, "2026-02-28", "Too late"),
    ]
    assert query(workspace, "SELECT street, city, postcode FROM account WHERE name = 'Southgate Foods'") == [
        ("Via Roma 3", "Milano", "20121")
    ]
    assert [row[:2] for row in query(workspace, REFUSED)] == [("Laura Bianchi", "email")]
    assert customs(workspace, "person")["James Otieno"]["Person - Marketing status"] == "Subscribed"
    assert {row[0] for row in query(workspace, MAILS)} == {
        "work laura@southgate.example",
        "work lb@southgate.example",
        "home laura@home.example",
        "work james@northwind.example",
    }
    again = bring(workspace, *files)
    assert not again.done
    assert [(file.new, file.updated, file.kept) for file in again.files] == [(0, 0, 0)] * 3


def test_an_open_deal_in_a_stage_of_its_own_is_refused_until_somebody_says_which(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text((FILES / "pipedrive_deals.csv").read_text("utf-8").replace('"Proposal Made"', '"Tasting"'), "utf-8")
    report = import_files(workspace, [path], ImportOptions())
    (problem,) = report.files[0].rejected
    assert problem.reason == "“Tasting” is not known as Stage; say what it means"
    assert report.files[0].options[0].startswith("--value 'Deal - Stage:")
    said = FileMapping(words={("Deal - Stage", "tasting"): "proposing"})
    assert import_files(workspace, [path], ImportOptions(files={"": said})).done
    assert ("Line 4", "proposing") in query(workspace, "SELECT name, stage FROM opportunity")


def test_google_contacts_have_several_of_each_in_one_cell(workspace: Path) -> None:
    bring(workspace, "google.csv")
    assert query(workspace, "SELECT name, honorific, given_name, notes FROM person ORDER BY id") == [
        ("Laura Maria Bianchi", "Dott.ssa", "Laura Maria", "Likes data\nand short mails"),
        ("info@northwind.example", "", "", ""),
    ]
    assert query(workspace, PHONES) == [("work +39 02 555 1",), ("mobile +39 333 1",), ("mobile +39 333 2",)]
    assert {row[0] for row in query(workspace, MAILS)} == {
        "work laura@southgate.example",
        "work lb@southgate.example",
        "home laura@home.example",
        "work info@northwind.example",
    }
    assert customs(workspace, "person")["Laura Maria Bianchi"]["Labels"] == "* myContacts ::: Customers"
    assert not bring(workspace, "google.csv").done


def test_outlook_keeps_the_kinds_of_telephones(workspace: Path) -> None:
    bring(workspace, "outlook.csv")
    assert {row[0] for row in query(workspace, PHONES)} == {
        "work +39 02 555 1",
        "work +39 02 555 3",
        "mobile +39 333 1",
        "home +39 031 7",
        "fax +39 02 555 9",
    }
    assert query(workspace, PEOPLE) == [
        ("Gino Conti", "Southgate Foods", None),
        ("Laura Maria Bianchi", "Southgate Foods", "Gino Conti"),
    ]
    assert customs(workspace, "person")["Laura Maria Bianchi"]["Company Main Phone"] == "+39 02 555"


def test_linkedin_knows_people_by_their_page(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, "linkedin_Connections.csv")
    assert customs(workspace, "person")["Laura Bianchi"] == {"Connected On": "07 Dec 2025"}
    moved = tmp_path / "Connections.csv"
    text = (FILES / "linkedin_Connections.csv").read_text("utf-8")
    moved.write_text(text.replace("Northwind Mills", "Helios"), "utf-8")
    report = import_files(workspace, [moved], ImportOptions(existing=Existing.OVERWRITE))
    assert (report.files[0].new, report.files[0].updated, report.files[0].unchanged) == (0, 1, 1)
    assert ("James Otieno", "Helios", None) in query(workspace, PEOPLE)


def test_british_exports_of_pipedrive_link_by_their_keys(workspace: Path, tmp_path: Path) -> None:
    organizations, people = tmp_path / "organizations.csv", tmp_path / "people.csv"
    organizations.write_text(
        "Organisation - ID,Organisation - Name,Organisation - City/town/village/locality of Address,"
        "Organisation - People,Organisation - Open deals,Organisation - Won deals\n"
        "1,Same Ltd,Leeds,1,0,0\n2,Same Ltd,York,1,0,0\n",
        "utf-8",
    )
    people.write_text(
        "Person - ID,Person - Name,Person - Organisation,Person - Organisation ID,Person - Email - Work,"
        "Person - Open deals\n7,Tom Fox,Same Ltd,2,tom@same.uk,0\n",
        "utf-8",
    )
    report = import_files(workspace, [organizations, people], ImportOptions(now=NOW))
    assert [(file.program, file.rejected) for file in report.files] == [("Pipedrive", []), ("Pipedrive", [])]
    sql = "SELECT p.name, a.name, a.city FROM person p JOIN account a ON a.id = p.account_id"
    assert query(workspace, sql) == [("Tom Fox", "Same Ltd", "York")]
    assert query(workspace, "SELECT count(*) FROM account") == [(2,)]


def test_italian_files_without_a_program_are_linked_by_name_and_domain(workspace: Path) -> None:
    report = bring(workspace, "trattative.csv", "contatti.csv", "clienti.csv")
    assert query(workspace, PEOPLE) == [
        ("Gino Conti", "Southgate Foods S.p.A.", None),
        ("Laura Bianchi", "Southgate Foods S.p.A.", None),
    ]
    assert "“Southgate Foods” was taken for “Southgate Foods S.p.A.” (1 row)." in of(report, "person").notes
    assert query(workspace, "SELECT name, revenue, employees FROM account ORDER BY id") == [
        ("Southgate Foods S.p.A.", 6471800000, 1185),
        ("Northwind Mills", 110004000000, 2822),
    ]
    assert [(deal[0], deal[3], deal[4], deal[7]) for deal in query(workspace, DEALS)] == [
        ("Controllo mulini", "won", 6200050, None),
        ("Linea 4", "negotiating", 48500000, "2026-10-16"),
    ]
    assert [row[:2] for row in query(workspace, REFUSED)] == [("Laura Bianchi", "email")]
    assert customs(workspace, "person")["Laura Bianchi"]["E-mail assistente"] == "rita@southgate.example"
    assert customs(workspace, "account")["Southgate Foods S.p.A."] == {"P. IVA": "IT01234567890"}


def test_numbers_and_dates_that_can_be_read_in_two_ways_are_refused_with_the_option(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal Name,Deal Stage,Amount\nLine 4,Won,1.234\n", "utf-8")
    with pytest.raises(UsageError, match="--decimal-comma or --decimal-point"):
        import_files(workspace, [path], ImportOptions())
    path.write_text("Deal Name,Deal Stage,Close Date,Owner\nLine 4,Won,03/04/2026,A\n", "utf-8")
    with pytest.raises(UsageError, match="--dates dmy or --dates mdy"):
        import_files(workspace, [path], ImportOptions())


@pytest.mark.parametrize("program", ["salesforce_accounts_report", "salesforce_Account", "hubspot_contacts", "outlook"])
def test_the_same_export_again_changes_nothing(workspace: Path, program: str) -> None:
    names = {
        "salesforce_accounts_report": (
            *("salesforce_accounts_report.csv", "salesforce_contacts_report.csv"),
            "salesforce_opportunities_report.csv",
        ),
        "salesforce_Account": ("salesforce_Account.csv", "salesforce_Contact.csv", "salesforce_Opportunity.csv"),
        "hubspot_contacts": ("hubspot_contacts.csv", "hubspot_deals.csv"),
        "outlook": ("outlook.csv",),
    }[program]
    assert bring(workspace, *names).done
    again = bring(workspace, *names)
    assert not again.done
    assert {(file.new, file.updated, file.kept) for file in again.files} == {(0, 0, 0)}


def test_what_is_kept_is_shown_and_goes_out_and_comes_back(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, "salesforce_accounts_report.csv", "salesforce_contacts_report.csv")
    found = of_record(workspace, "account", 1)
    assert [(one.name, one.value, one.source) for one in found.customs] == [
        ("Account Site", "Nairobi works", "Salesforce"),
        ("X: Billing City", "Mombasa", "Salesforce"),
        ("Last Activity", "16/10/2025", "Salesforce"),
    ]
    assert list(known_as(found)) == [("Key in Salesforce", "0015g00000Ab1cD")]
    accounts, whole, other = tmp_path / "accounts.jsonl", tmp_path / "all.jsonl", tmp_path / "other.db"
    export_to(workspace, "accounts", Format.JSONL, accounts)
    kept = [row for row in map(json.loads, accounts.read_text("utf-8").splitlines()) if row["type"] == "custom_value"]
    assert kept
    assert all(row["account_uid"] and not row["person_uid"] for row in kept)
    export_to(workspace, "all", Format.JSONL, whole)
    assert import_files(other, [whole], ImportOptions()).done
    for table in ("account", "person"):
        assert customs(other, table) == customs(workspace, table)


def test_outlook_in_italian(workspace: Path) -> None:
    report = bring(workspace, "outlook_italian.csv")
    assert report.files[0].program == "Outlook"
    assert query(workspace, "SELECT honorific, name, title, department, city, country FROM person") == [
        ("Dott.", "Marco Gallo", "Direttore acquisti", "Acquisti", "Milano", "Italia")
    ]
    assert query(workspace, PHONES) == [("work 02 555124",), ("mobile +39 347 999",)]
    assert query(workspace, MAILS) == [("work marco@rossi.example",)]
    kept = customs(workspace, "person")["Marco Gallo"]
    assert (kept["Nome assistente"], kept["CAP (uff.)"]) == ("Lia Po", "20121")


def test_numbers_in_a_column_of_days_are_days_as_spreadsheets_count_them(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "trattative.csv"
    rows = "Linea 1;Uno;12500;Negoziazione;46113\nLinea 2;Due;46083;Persa;46083,5\nLinea 3;Due;9;Persa;31/12/2025\n"
    path.write_text(f"Trattativa;Cliente;Valore;Fase;Data chiusura\n{rows}", "utf-8")
    report = import_files(workspace, [path], ImportOptions(now=NOW))
    assert query(workspace, "SELECT name, value, expected_on, closed_on FROM opportunity ORDER BY name") == [
        ("Linea 1", 1_250_000, "2026-04-01", None),
        ("Linea 2", 4_608_300, None, "2026-03-02"),
        ("Linea 3", 900, None, "2025-12-31"),
    ]
    assert "Column Data chiusura: numbers read as spreadsheets count days." in report.files[0].notes


def test_the_domain_stands_in_for_a_web_address_and_is_kept_beside_one(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    rows = "1,Acme,acme.it,,Rome\n2,Zeta,zeta.it,https://www.zeta-group.com,Rome\n"
    path.write_text(f"Record ID,Company name,Company Domain Name,Website URL,City\n{rows}", "utf-8")
    import_files(workspace, [path], ImportOptions())
    assert query(workspace, "SELECT name, website FROM account ORDER BY name") == [
        ("Acme", "acme.it"),
        ("Zeta", "https://www.zeta-group.com"),
    ]
    assert query(workspace, "SELECT name, value FROM custom_value") == [("Company Domain Name", "zeta.it")]
