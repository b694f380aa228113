"""The files of other programs: which noun they hold and what their columns become, traps among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.exchange.mapping.headers import currency_of, scale_of, take_apart
from crmtui.exchange.mapping.looks import look_at
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.recognise import recognise
from crmtui.exchange.mapping.recognised import Certainty, Recognised
from crmtui.exchange.mapping.targets import KEPT, LEFT_OUT
from crmtui.exchange.reading import Row, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

FILES = Path(__file__).parent / "files"


def recognised(name: str) -> Recognised:
    table = read_table(FILES / name)
    return recognise(table.headers, table.stem, looks=look_at(table.rows(), len(table.headers)))


def becoming(found: Recognised) -> dict[str, str]:
    """What columns become, by header, those that are kept left out."""
    return {guess.header: guess.field for guess in found.columns if guess.field != KEPT}


def kept(found: Recognised) -> set[str]:
    return {guess.header for guess in found.columns if guess.field == KEPT}


@pytest.mark.parametrize(
    ("file", "table", "program"),
    [
        ("salesforce_accounts_report.csv", "account", "Salesforce"),
        ("salesforce_contacts_report.csv", "person", "Salesforce"),
        ("salesforce_opportunities_report.csv", "opportunity", "Salesforce"),
        ("salesforce_Account.csv", "account", "Salesforce"),
        ("salesforce_Contact.csv", "person", "Salesforce"),
        ("salesforce_Opportunity.csv", "opportunity", "Salesforce"),
        ("hubspot_companies.csv", "account", "HubSpot"),
        ("hubspot_contacts.csv", "person", "HubSpot"),
        ("hubspot_contacts_internal.csv", "person", "HubSpot"),
        ("hubspot_deals.csv", "opportunity", "HubSpot"),
        ("pipedrive_organizations.csv", "account", "Pipedrive"),
        ("pipedrive_persons.csv", "person", "Pipedrive"),
        ("pipedrive_deals.csv", "opportunity", "Pipedrive"),
        ("pipedrive_deals_british.csv", "opportunity", "Pipedrive"),
        ("google.csv", "person", "Google Contacts"),
        ("outlook.csv", "person", "Outlook"),
        ("linkedin_Connections.csv", "person", "LinkedIn"),
        ("linkedin_without_url.csv", "person", "LinkedIn"),
        ("hubspot_deals_portuguese.csv", "opportunity", ""),
        ("clienti.csv", "account", ""),
        ("contatti.csv", "person", ""),
        ("trattative.csv", "opportunity", ""),
    ],
)
def test_what_wrote_a_file_and_what_it_holds(file: str, table: str, program: str) -> None:
    found = recognised(file)
    assert (found.table, found.form.program if found.form else "") == (table, program)


def test_arrows_prefixes_and_repeats_of_a_salesforce_report_do_not_mislead() -> None:
    found = recognised("salesforce_accounts_report.csv")
    assert becoming(found) == {
        "Account Name ↑": "name",
        "Account Owner": "owner_id",
        "Billing Street": "street",
        "Billing City": "city",
        "Billing State/Province": "region",
        "Billing Zip/Postal Code": "postcode",
        "Billing Country": "country",
        "Industry": "industry",
        "Employees": "employees",
        "Annual Revenue Currency": "currency",
        "Annual Revenue": "revenue",
        "Website": "website",
        "Phone": "phone",
        "Parent Account": "parent_id",
        "Account ID": "external",
    }
    assert kept(found) == {"Account Site", "X: Billing City", "Last Activity"}


def test_owners_assistants_and_those_above_are_nobody_s_identity() -> None:
    for file in ("salesforce_contacts_report.csv", "salesforce_Contact.csv", "outlook.csv", "contatti.csv"):
        found = recognised(file)
        identity = {"name", "given_name", "family_name", "email", "phone", "mobile", "account_id", "external"}
        for header, target in becoming(found).items():
            assert not (target in identity and any(word in header for word in ("Owner", "Assist", "Asst", "assist"))), (
                file,
                header,
            )
    targets = becoming(recognised("salesforce_contacts_report.csv"))
    assert (targets["Reports To"], targets["Account ID"], targets["Contact ID"]) == (
        "reports_to_id",
        "account_key",
        "external",
    )
    assert (targets["Email Opt Out"], targets["Do Not Call"]) == ("no_email", "no_call")


def test_the_title_of_outlook_is_a_form_of_address() -> None:
    found = becoming(recognised("outlook.csv"))
    assert (found["Title"], found["Job Title"]) == ("honorific", "title")
    assert "Company Main Phone" not in found


@pytest.mark.parametrize("prefixed", [True, False])
@pytest.mark.parametrize("name", ["organizations", "persons", "deals", "activities", "notes"])
def test_british_pipedrive_is_read_like_the_american_one(name: str, prefixed: bool) -> None:
    table = read_table(FILES / f"pipedrive_{name}.csv")
    american = [header if prefixed else header.partition(" - ")[2] or header for header in table.headers]
    british = [header.replace("rganization", "rganisation") for header in american]
    found, usual = (recognise(headers, table.stem) for headers in (british, american))
    assert found.table == usual.table
    assert found.form is not None
    assert found.form == usual.form
    assert [guess.field for guess in found.columns] == [guess.field for guess in usual.columns]


def test_links_of_pipedrive_and_hubspot_are_links() -> None:
    deals, british = becoming(recognised("pipedrive_deals.csv")), becoming(recognised("pipedrive_deals_british.csv"))
    assert (deals["Deal - Organization"], deals["Deal - Organization ID"]) == ("account_id", "account_key")
    assert (british["Organisation"], british["Organisation ID"]) == ("account_id", "account_key")
    assert (deals["Deal - Title"], deals["Deal - Status"]) == ("name", "outcome")
    assert "Person - Email" not in deals
    contacts = becoming(recognised("hubspot_contacts.csv"))
    assert contacts["Primary Associated Company ID"] == "account_key"
    assert contacts["Associated Company"] == "account_id"


def test_other_files_are_told_by_headers_and_cells() -> None:
    found = recognised("clienti.csv")
    targets = becoming(found)
    assert kept(found) == {"P. IVA"}
    assert (targets["Ragione sociale"], targets["N. dipendenti"], targets["Telefono 1"], targets["Capogruppo"]) == (
        *("name", "employees", "phone"),
        "parent_id",
    )
    by_words = next(guess for guess in found.columns if guess.header == "N. dipendenti")
    assert by_words.certainty is Certainty.LIKELY


HEADS = ("Ditta", "Recapito", "Casella", "Posta assistente")
ROWS = [
    ("Acme", "+39 02 555 1234", "info@acme.example", "rita@acme.example"),
    ("Helios", "02 555 1235", "info@helios.example", "ugo@helios.example"),
    ("Nordik", "+47 55 12 34 56", "post@nordik.example", "ida@nordik.example"),
]


def looked(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]], stem: str = "file") -> dict[str, str]:
    looks = look_at((Row(number, cells) for number, cells in enumerate(rows, 2)), len(headers))
    return {guess.header: guess.field for guess in recognise(headers, stem, looks=looks).columns}


def test_short_headers_of_italian_sheets_are_understood() -> None:
    for header in ("Rag. Sociale", "Rag. Soc.", "Ragione soc."):
        headers = (header, "Città", "Referente", "Email")
        assert (
            looked(headers, [("Molini Bianchi", "Cuneo", "Paola Bianchi", "p@molini.example")])[header] == "account_id"
        )
        assert looked((header, "Città", "CAP"), [("Molini Bianchi", "Cuneo", "12100")])[header] == "name"


def test_cells_tell_what_headers_do_not() -> None:
    assert looked(HEADS, ROWS) == {
        "Ditta": "name",
        "Recapito": "phone",
        "Casella": "email",
        "Posta assistente": KEPT,
    }


def test_cells_that_are_not_what_the_header_says_are_kept() -> None:
    found = looked(
        ("Company", "Website", "Employees", "Founded"),
        [
            ("Acme", "Milan office", "11-50", "1990"),
            ("Helios", "Rome office", "51-200", "1991"),
            ("N", "-", "1-10", ""),
        ],
    )
    assert found == {"Company": "name", "Website": KEPT, "Employees": KEPT, "Founded": "founded"}


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        (("Nome", "Email"), ("Laura Bianchi", "l@x.example"), {"Nome": "name", "Email": "email"}),
        (("Vorname", "Name"), ("Laura", "Bianchi"), {"Vorname": "given_name", "Name": "family_name"}),
        (("Nome", "Cognome"), ("Laura", "Bianchi"), {"Nome": "given_name", "Cognome": "family_name"}),
    ],
)
def test_which_part_of_a_name_a_column_holds_is_told_by_the_others(
    headers: tuple[str, ...], row: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert looked(headers, [row] * 3, "contatti") == expected


def test_keys_where_names_are_expected_link_by_key() -> None:
    rows = [("Line 4", "Won", "12345", "0055g00000Xx1yA"), ("Line 5", "Won", "12346", "0055g00000Xx1yB")]
    assert looked(("Deal", "Stage", "Account", "Owner"), rows) == {
        "Deal": "name",
        "Stage": "stage",
        "Account": "account_key",
        "Owner": "owner_key",
    }


def test_a_column_that_is_there_twice_is_read_once() -> None:
    headers = ("Opportunity Name", "Stage", "Amount", "Opportunity ID", "Opportunity ID (2)", "Next Step (2)")
    same = looked(headers, [("A", "Won", "1", "x1", "x1", "call")] * 3)
    assert (same["Opportunity ID"], same["Opportunity ID (2)"]) == ("external", LEFT_OUT)
    other = looked(headers, [("A", "Won", "1", "x1", "y1", "call")] * 3)
    assert (other["Opportunity ID"], other["Opportunity ID (2)"]) == ("external", KEPT)


def test_across_objects_only_an_account_takes_its_city() -> None:
    assert looked(("Account Name", "X: Billing City"), [("Acme", "Milano")])["X: Billing City"] == "city"
    people = looked(("First Name", "Last Name", "Account: City"), [("Laura", "Bianchi", "Milano")])
    assert people["Account: City"] == KEPT
    assert looked(("Account Name", "Parent Account: City"), [("Acme", "Milano")])["Parent Account: City"] == KEPT


def test_one_header_of_a_program_is_not_its_signature() -> None:
    assert recognise(("First Name", "Last Name", "Company", "Email", "Business Phone"), "people").form is None


@pytest.mark.parametrize(
    ("header", "currency", "scale"),
    [
        ("Amount (USD)", "USD", 1),
        ("Fatturato (k€)", "EUR", 1_000),
        ("Umsatz [Mio. EUR]", "EUR", 1_000_000),
        ("Revenue GBP", "GBP", 1),
        ("Revenue", "", 1),
        ("TOTAL ALL", "", 1),
    ],
)
def test_currency_and_unit_in_a_header(header: str, currency: str, scale: int) -> None:
    apart = take_apart(header)
    assert (currency_of(apart), scale_of(apart)) == (currency, scale)


def test_names_that_a_program_translates_are_understood() -> None:
    deals = [
        "ID record",
        "Nome trattativa",
        "Fase trattativa",
        "Importo",
        "Proprietario trattativa",
        "Azienda associata",
    ]
    found = recognise(deals, "export")
    assert [guess.field for guess in found.columns] == ["external", "name", "stage", "value", "owner_id", "account_id"]
    companies = ["ID record", "Nome azienda", "Nome dominio azienda", "Proprietario azienda", "Azienda madre"]
    found = recognise(companies, "export")
    assert [guess.field for guess in found.columns] == ["external", "name", "website", "owner_id", "parent_id"]


def test_kinds_of_telephones_are_kept_as_they_are_where_there_are_no_telephones() -> None:
    headers = ("First name", "Last name", "Phone type", "Mobile")
    assert becoming(recognise(headers, "people")) == {
        "First name": "given_name",
        "Last name": "family_name",
        "Mobile": "mobile",
    }
    assert becoming(recognise((*headers, "Phone"), "people"))["Phone type"] == "phone_kind"


@pytest.mark.parametrize("header", ["Probability (%)", "Deal - Probability", "Probabilità di chiusura"])
def test_how_likely_others_think_a_deal_is_stays_as_it_is_and_why(header: str) -> None:
    (told,) = [one for one in recognise(["Deal Name", "Stage", header], "deals").columns if one.header == header]
    assert (told.field, told.reason.partition(";")[0]) == ("custom", "ours comes from a scorecard, on its day")


def test_accounts_with_italian_labels_are_told() -> None:
    heads = ("Nome account", "Titolare account", "Via di fatturazione", "Città di fatturazione", "CAP di fatturazione")
    rows = [("Aurora S.p.A.", "Anna Bini", "Via Roma 1", "Milano", "00184", "Italia", "0015g00000AbCdE")] * 3
    found = looked((*heads, "Paese di fatturazione", "ID account"), rows)
    targets = ("name", "owner_id", "street", "city", "postcode", "country", EXTERNAL)
    assert list(found.values()) == list(targets)
    assert looked(("Nome società", "Città"), [("Aurora", "Milano")] * 3)["Nome società"] == "name"
