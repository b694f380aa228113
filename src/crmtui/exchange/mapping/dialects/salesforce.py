"""Salesforce: reports have labels, chosen by the user; the data export and the data loader have API names."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.targets import DELETED, KEPT, STANDING

_PROGRAM: Final = "salesforce"
_SHORT: Final = 15
_LONG: Final = 18


def external(cell: str) -> str:
    """Reports have keys of 15 characters, the data export of 18: the last three only repeat the case of the others."""
    return cell[:_SHORT] if len(cell) == _LONG and cell.isalnum() else cell


_BILLING: Final = """Billing Street, Billing Address Line1, Billing Address Line2, Billing City, Billing State,
    Billing State/Province, Billing Zip/Postal Code, Billing Postal Code, Billing Country, Billing Latitude,
    Billing Longitude, Billing Geocode Accuracy"""
_SHIPPING: Final = """Shipping Street, Shipping Address Line1, Shipping Address Line2, Shipping City, Shipping State,
    Shipping State/Province, Shipping Zip/Postal Code, Shipping Postal Code, Shipping Country, Shipping Latitude,
    Shipping Longitude, Shipping Geocode Accuracy"""
_OTHER: Final = """Other Street, Other Address Line1, Other Address Line2, Other City, Other State,
    Other State/Province, Other Zip/Postal Code, Other Postal Code, Other Country"""
_MAILING: Final = """Mailing Street, Mailing Address Line1, Mailing Address Line2, Mailing State,
    Mailing State/Province, Mailing Zip/Postal Code, Mailing Postal Code"""
_STAMPS: Final = """Created Date, Created By, Created Alias, Created By Id, Last Modified Date, Last Modified By,
    Last Modified Alias, Last Modified By Id, Last Activity, Last Activity Date, System Modstamp, Last Viewed Date,
    Last Referenced Date, Master Record Id, Record Type Id, Jigsaw, Photo Url, Clean Status, Lead Source"""
_COMPANY: Final = """Account Number, Account Site, Site, Type, Account Type, Account Record Type, SIC Code, Sic,
    Sic Desc, NaicsCode, Ticker Symbol, Ownership, Rating, Account Source, Industry, Employees, Annual Revenue"""

ACCOUNTS: Final = Form(
    _PROGRAM,
    "account",
    signs=f"""Account Site, Account Record Type, Ticker Symbol, SIC Code, Account Owner, Parent Account, Account ID,
        Last Activity, Last Activity Date, Number Of Employees, Master Record Id, Is Deleted, Owner Id, Parent Id,
        {_BILLING}, {_SHIPPING}""",
    needs=("Account Name, Name",),
    lacks="First Name, Last Name, Full Name, Opportunity Name, Stage, Stage Name, Close Date, Subject",
    columns={
        EXTERNAL: "Account ID, Id",
        "name": "Account Name, Name",
        "parent_id": "Parent Account",
        "parent_key": "Parent Account ID, Parent Id",
        "owner_id": "Account Owner, Owner",
        "owner_key": "Owner Id, Account Owner Id",
        "industry": "Industry",
        "employees": "Employees, Number Of Employees",
        "revenue": "Annual Revenue",
        "currency": "Annual Revenue Currency, Account Currency, Currency ISO Code",
        "street": "Billing Street, Billing Address Line1",
        "city": "Billing City",
        "region": "Billing State/Province, Billing State",
        "postcode": "Billing Zip/Postal Code, Billing Postal Code",
        "country": "Billing Country",
        "website": "Website",
        "phone": "Phone, Account Phone",
        "notes": "Description, Account Description",
        STANDING: "Account Status, Customer Status, Status, Account Type, Type",
        DELETED: "Is Deleted",
        KEPT: f"Account Owner Alias, Fax, Account Fax, {_COMPANY}, {_SHIPPING}, {_BILLING}, {_STAMPS}",
    },
    prefixes=("account", "account name"),
    external=external,
)

CONTACTS: Final = Form(
    _PROGRAM,
    "person",
    signs=f"""Account Name, Account Owner, Contact Owner, Contact ID, Account ID, Asst. Phone, Assistant Phone,
        Assistant Name, Email Opt Out, Do Not Call, Has Opted Out Of Email, Reports To Id, Lead Source, Lead Owner,
        Company / Account, Email Bounced Reason, Owner Id, Is Deleted, Mailing City, Mailing Country, {_MAILING},
        Contact Description""",
    needs=("First Name, Last Name, Full Name, Contact Name",),
    lacks="Opportunity Name, Stage, Stage Name",
    columns={
        EXTERNAL: "Contact ID, Lead ID, Id",
        "name": "Full Name, Contact Name, Name",
        "honorific": "Salutation",
        "given_name": "First Name",
        "middle_name": "Middle Name",
        "family_name": "Last Name",
        "account_id": "Account Name, Company / Account, Company",
        "account_key": "Account ID",
        "title": "Title",
        "department": "Department",
        "reports_to_id": "Reports To",
        "reports_to_key": "Reports To Id",
        "email": "Email",
        "phone": "Phone, Business Phone",
        "mobile": "Mobile, Mobile Phone",
        "phone_home": "Home Phone",
        "phone_other": "Other Phone",
        "phone_fax": "Fax, Business Fax",
        "city": "Mailing City",
        "country": "Mailing Country",
        "notes": "Contact Description, Description",
        "no_email": "Email Opt Out, Has Opted Out Of Email",
        "no_call": "Do Not Call",
        DELETED: "Is Deleted",
        KEPT: f"""Account Owner, Contact Owner, Lead Owner, Contact Owner Alias, Owner Id, Birthdate, Assistant,
            Assistant Name, Asst. Phone, Assistant Phone, Email Bounced Reason, Email Bounced Date, Fax Opt Out,
            Has Opted Out Of Fax, Suffix, Rating, Street, City, State/Province, Zip/Postal Code, Country, Lead Status,
            Website, {_MAILING}, {_OTHER}, {_BILLING}, {_SHIPPING}, {_STAMPS}, {_COMPANY}""",
    },
    prefixes=("contact", "lead"),
    external=external,
)

OPPORTUNITIES: Final = Form(
    _PROGRAM,
    "opportunity",
    signs="""Opportunity Name, Opportunity Owner, Opportunity ID, Expected Revenue, Probability (%), Fiscal Period,
        Forecast Category, Close Month, Primary Campaign Source, Last Stage Change Date, Stage Duration, Owner Role,
        Opportunity Owner Alias, Stage Name, Forecast Category Name, Is Closed, Is Won, Campaign Id, Fiscal Quarter,
        Fiscal Year, Account Owner, Age, Owner Id, Created Alias""",
    needs=("Opportunity Name, Name", "Stage, Stage Name, Amount, Close Date"),
    columns={
        EXTERNAL: "Opportunity ID, Id",
        "name": "Opportunity Name, Name",
        "account_id": "Account Name",
        "account_key": "Account ID",
        "owner_id": "Opportunity Owner",
        "owner_key": "Owner Id, Opportunity Owner Id",
        "stage": "Stage, Stage Name",
        "value": "Amount",
        "currency": "Amount Currency, Opportunity Currency, Currency ISO Code",
        "closed_on": "Close Date, Close Date (2)",
        "opened_on": "Created Date",
        "next_step": "Next Step",
        "notes": "Description, Opportunity Description",
        "is_closed": "Is Closed, Closed",
        "is_won": "Is Won, Won",
        DELETED: "Is Deleted",
        KEPT: f"""Owner Role, Opportunity Owner Alias, Opportunity Owner: Manager, Expected Revenue,
            Expected Revenue Currency, Probability (%), Probability, Age, Close Month, Fiscal Period, Fiscal Quarter,
            Fiscal Year, Fiscal, Lead Source, Type, Forecast Category, Forecast Category Name,
            Primary Campaign Source, Campaign Id, Last Stage Change Date, Stage Duration, Account: Created Date,
            Account: Last Activity, Account: Last Modified Date, Account Owner, Account Owner Alias, Contact ID,
            Pricebook2 Id, Has Opportunity Line Item, Total Opportunity Quantity, Push Count, Has Open Activity,
            Has Overdue Task, Last Close Date Changed History Id, Last Amount Changed History Id, {_STAMPS}""",
    },
    prefixes=("opportunity",),
    external=external,
)

FORMS: Final = (ACCOUNTS, CONTACTS, OPPORTUNITIES)
