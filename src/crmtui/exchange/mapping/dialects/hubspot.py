"""HubSpot: headers are labels of properties in the language of its user, or their internal names."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.targets import KEPT, STANDING

_PROGRAM: Final = "hubspot"
_STAMPS: Final = """Create Date, createdate, Last Modified Date, lastmodifieddate, hs_lastmodifieddate,
    Last Activity Date, Last Contacted, notes_last_contacted, notes_last_updated, num_contacted_notes,
    Next Activity Date, notes_next_activity_date, Number of Sales Activities, num_notes, Number of times contacted,
    HubSpot Team, hubspot_team_id, Lifecycle Stage, lifecyclestage, Lead Status, hs_lead_status, Original Source,
    hs_analytics_source, Became a Customer Date"""
_LINKS: Final = """Associated Company, Associated Company IDs, Associated Company ID, Primary Associated Company ID,
    Associated Contact, Associated Contact IDs, Associated Deals, Associated Deal, Associated Deal IDs,
    Associated Task IDs, Associated Note, Associated Note IDs, Number of Associated Deals, num_associated_deals,
    Number of Associated Contacts, num_associated_contacts, Associated Company (Primary),
    Associated Company IDs (Primary)"""
_ASSOCIATED: Final = "Associated Company, Associated Company (Primary), Primary Associated Company"
_SIGNS: Final = f"""Record ID, hs_object_id, Lifecycle Stage, lifecyclestage, Create Date, createdate,
    Last Activity Date, hubspot_owner_id, {_LINKS}"""

CONTACTS: Final = Form(
    _PROGRAM,
    "person",
    signs=f"""Contact owner, Lead Status, hs_lead_status, Original Source, Additional email addresses,
        Mobile Phone Number, mobilephone, jobtitle, firstname, Became a Customer Date, State/Region, Country/Region,
        {_SIGNS}""",
    needs=("First Name, Last Name, Email", "First Name, Last Name, Email, Record ID"),
    lacks="Deal Name, Deal Stage, Company Domain Name, Company owner",
    several=_ASSOCIATED,
    columns={
        EXTERNAL: "Record ID, Contact ID, hs_object_id, Record ID - Contact",
        "given_name": "First Name, firstname",
        "family_name": "Last Name, lastname",
        "name": "Full Name",
        "email": "Email, Work email",
        "email_2": "Additional email addresses, hs_additional_emails",
        "phone": "Phone Number, phone",
        "mobile": "Mobile Phone Number, mobilephone",
        "phone_fax": "Fax Number, fax",
        "title": "Job Title, jobtitle",
        "account_id": """Primary Associated Company, Associated Company (Primary), Associated Company, Company Name,
            company""",
        "account_key": """Primary Associated Company ID, Associated Company IDs (Primary), associatedcompanyid,
            Associated Company IDs, Associated Company ID""",
        "city": "City, city",
        "country": "Country/Region, Country, country",
        "language": "Preferred language, hs_language",
        "honorific": "Salutation, salutation",
        "no_email": "Unsubscribed from all email, hs_email_optout",
        KEPT: f"""Contact owner, hubspot_owner_id, Website URL, website, Street Address, address, State/Region, state,
            Postal Code, zip, Industry, Company Name, {_LINKS}, {_STAMPS}""",
    },
)

COMPANIES: Final = Form(
    _PROGRAM,
    "account",
    signs=f"""Company owner, Company Domain Name, domain, Additional Domains, Linkedin Company Page, numberofemployees,
        annualrevenue, Parent CompanyIDs, Child Company, Child CompanyIDs, Deal with Primary Company,
        Deal with Primary CompanyIDs, Number of Employees, State/Region, Country/Region, {_SIGNS}""",
    needs=("Company name, Name", "Company Domain Name, domain, Company owner, Record ID, hs_object_id"),
    lacks="First Name, Last Name, firstname, lastname, Deal Name, dealname",
    columns={
        EXTERNAL: "Record ID, Company ID, hs_object_id, Record ID - Company",
        "name": "Company name, Name",
        "website": "Website URL, website",
        "website_else": "Company Domain Name, domain",
        "phone": "Phone Number, phone",
        "street": "Street Address, address",
        "city": "City, city",
        "region": "State/Region, state",
        "postcode": "Postal Code, zip",
        "country": "Country/Region, Country, country",
        "industry": "Industry, industry",
        "notes": "Description, description, About us",
        "employees": "Number of Employees, numberofemployees",
        "revenue": "Annual Revenue, annualrevenue",
        "owner_id": "Company owner",
        "owner_key": "hubspot_owner_id",
        "parent_id": "Parent Company",
        "parent_key": "Parent CompanyIDs, hs_parent_company_id",
        STANDING: "Lifecycle Stage, lifecyclestage, Type",
        KEPT: f"""Additional Domains, Linkedin Company Page, linkedin_company_page, Child Company, Child CompanyIDs,
            Deal with Primary Company, Deal with Primary CompanyIDs, Type, Street Address 2, {_LINKS}, {_STAMPS}""",
    },
)

DEALS: Final = Form(
    _PROGRAM,
    "opportunity",
    signs=f"""Deal owner, Deal Stage, dealstage, dealname, Deal Type, dealtype, Deal Description, Deal probability,
        Deal Stage Probability, hs_deal_stage_probability, Amount in company currency, Closed Won Reason,
        Closed Lost Reason, Is Deal Closed?, Is Closed Won, Is closed lost, Days to close, Projected Deal Amount,
        Annual contract value, Total contract value, closedate, {_SIGNS}""",
    needs=("Deal Name, dealname", "Deal Stage, dealstage, Amount, Close Date, closedate"),
    several=_ASSOCIATED,
    columns={
        EXTERNAL: "Record ID, Deal ID, hs_object_id, Record ID - Deal",
        "name": "Deal Name, dealname",
        "stage": "Deal Stage, dealstage",
        "value": "Amount, amount",
        "currency": "Currency, deal_currency_code",
        "closed_on": "Close Date, closedate",
        "opened_on": "Create Date, createdate",
        "owner_id": "Deal owner",
        "owner_key": "hubspot_owner_id",
        "account_id": "Associated Company (Primary), Primary Associated Company, Associated Company",
        "account_key": "Associated Company IDs (Primary), Primary Associated Company ID, Associated Company IDs",
        "next_step": "Next step, hs_next_step",
        "notes": "Deal Description, description",
        "is_won": "Is Closed Won, hs_is_closed_won",
        "is_lost": "Is closed lost, hs_is_closed_lost",
        "is_closed": "Is Deal Closed?, hs_is_closed",
        "reason": "Closed Lost Reason, closed_lost_reason",
        "reason_else": "Closed Won Reason, closed_won_reason",
        KEPT: f"""Pipeline, pipeline, Amount in company currency, Annual contract value, Annual recurring revenue,
            Monthly recurring revenue, Total contract value, Deal Type, dealtype, Priority, hs_priority,
            Deal probability, Deal Stage Probability, hs_deal_stage_probability, Forecast category, Days to close,
            Projected Deal Amount, {_LINKS}, {_STAMPS}""",
    },
)

FORMS: Final = (CONTACTS, COMPANIES, DEALS)
