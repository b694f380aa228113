"""Pipedrive: headers with the noun before them (`Deal - Title`) or without; `Organisation` in British accounts."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.targets import KEPT

_PROGRAM: Final = "pipedrive"
_PARTS: Final = {
    "street": "Street/road name of {0}",
    "house_number": "House number of {0}",
    "city": "City/town/village/locality of {0}",
    "region": "State/county of {0}",
    "postcode": "ZIP/Postal code of {0}",
    "country": "Country of {0}",
}
_OTHER_PARTS: Final = (
    "Apartment/suite no of {0}, District/sublocality of {0}, Region of {0}, Full/combined address of {0}, "
    "Latitude of {0}, Longitude of {0}"
)
_ACTIVITIES: Final = """Total activities, Done activities, Activities to do, Email messages count,
    Next activity date, Last activity date, Last email received, Last email sent, Update time, Visible to, Label,
    Labels"""
_DEALS: Final = "Open deals, Won deals, Lost deals, Closed deals"


def _addresses(*names: str) -> dict[str, str]:
    return {target: ", ".join(part.format(name) for name in names) for target, part in _PARTS.items()}


def _rest(*names: str) -> str:
    return ", ".join([*names, *(_OTHER_PARTS.format(name) for name in names)])


DEALS: Final = Form(
    _PROGRAM,
    "opportunity",
    signs=f"""Title, Currency of Value, Weighted value, Currency of Weighted value, Contact person,
        Contact person ID, Organization ID, Deal created, Last stage change, Won time, Lost time, Deal closed on,
        Expected close date, Product amount, Archive status, Source origin, Stage, Pipeline, {_ACTIVITIES}""",
    least=3,
    needs=("Title", "Stage, Pipeline, Status, Value"),
    columns={
        EXTERNAL: "ID",
        "name": "Title",
        "account_id": "Organization",
        "account_key": "Organization ID",
        "owner_id": "Owner",
        "stage": "Stage",
        "outcome": "Status",
        "value": "Value",
        "currency": "Currency of Value, Currency",
        "opened_on": "Deal created",
        "expected_on": "Expected close date",
        "closed_on": "Deal closed on, Won time",
        "closed_on_else": "Lost time",
        "reason": "Lost reason",
        KEPT: f"""Creator, Weighted value, Currency of Weighted value, Probability, Pipeline, Contact person,
            Contact person ID, Last stage change, Product quantity, Product amount, Product name, Source origin,
            Source origin ID, Source channel, Source channel ID, Archive status, Archive time, Sequence enrollment,
            Participants, MRR, ARR, ACV, Won time, Currency of MRR, Currency of ARR, Currency of ACV, {_ACTIVITIES}""",
    },
    prefixes=("deal",),
)

PERSONS: Final = Form(
    _PROGRAM,
    "person",
    signs=f"""Email - Work, Email - Home, Email - Other, Phone - Work, Phone - Home, Phone - Mobile, Phone - Other,
        Instant messenger, Marketing status, Person created, Organization ID, Organization, {_DEALS}, {_ACTIVITIES}""",
    least=3,
    needs=("Name, First name, Last name", "Organization, Organization ID, Email - Work, Phone - Work, Email"),
    lacks="People, Title, Stage, Pipeline, Deal ID",
    columns={
        EXTERNAL: "ID",
        "name": "Name",
        "given_name": "First name",
        "family_name": "Last name",
        "title": "Job title",
        "account_id": "Organization",
        "account_key": "Organization ID",
        "email": "Email - Work, Email",
        "email_home": "Email - Home",
        "email_other": "Email - Other",
        "phone": "Phone - Work, Phone",
        "mobile": "Phone - Mobile",
        "phone_home": "Phone - Home",
        "phone_other": "Phone - Other",
        "no_email": "Marketing status",
        "notes": "Notes",
        "city": "City/town/village/locality of Postal address",
        "country": "Country of Postal address",
        KEPT: f"""Owner, Instant messenger, Person created, Birthday, Street/road name of Postal address,
            House number of Postal address, State/county of Postal address, ZIP/Postal code of Postal address,
            {_rest("Postal address")}, {_DEALS}, {_ACTIVITIES}""",
    },
    prefixes=("person",),
)

ORGANIZATIONS: Final = Form(
    _PROGRAM,
    "account",
    signs=f"""People, LinkedIn profile, Organization created, Parent, Address,
        City/town/village/locality of Address, Country of Address, ZIP/Postal code of Address,
        Full/combined address of Address, City/town/village/locality of Company Address,
        Country of Company Address, Full/combined address of Company Address, {_DEALS}, {_ACTIVITIES}""",
    least=3,
    needs=("Name",),
    lacks="First name, Last name, Email - Work, Phone - Work, Title, Stage, Pipeline, Organization",
    columns={
        EXTERNAL: "ID",
        "name": "Name",
        "owner_id": "Owner",
        "parent_id": "Parent",
        "website": "Website",
        "industry": "Industry",
        "revenue": "Annual revenue",
        "currency": "Currency of Annual revenue",
        "employees": "Number of employees",
        **_addresses("Address", "Company Address"),
        KEPT: f"""LinkedIn profile, People, Organization created, {_rest("Address", "Company Address")}, {_DEALS},
            {_ACTIVITIES}""",
    },
    prefixes=("organization", "organisation"),
)

FORMS: Final = (DEALS, PERSONS, ORGANIZATIONS)
