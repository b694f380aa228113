"""What is kept of importing: columns without a place of their own, mappings, and who is not whose double."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Noun, OnDelete, Record, date, line, link, record, text
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

# Programs whose exports are known, by what the keys of their records are called here.
PROGRAMS: Final[Mapping[str, str]] = {
    "salesforce": "Salesforce",
    "hubspot": "HubSpot",
    "pipedrive": "Pipedrive",
    "google": "Google Contacts",
    "outlook": "Outlook",
    "linkedin": "LinkedIn",
}
_OWNERS = ("account", "person", "opportunity", "offering", "contact", "sales_order", "competitor", "actor")


@record(
    Noun(
        table="custom_value",
        one=N_("custom field"),
        many=N_("custom fields"),
        searched=("value",),
        checks=(" + ".join(f"({owner}_id IS NOT NULL)" for owner in _OWNERS) + " = 1",),
    )
)
class CustomValue(Record):
    """A value that came with a file, in a column that has no place of its own here."""

    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    person_id: int | None = link(N_("Person"), "person", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE)
    offering_id: int | None = link(N_("Offering"), "offering", on_delete=OnDelete.CASCADE)
    contact_id: int | None = link(N_("Contact"), "contact", on_delete=OnDelete.CASCADE)
    sales_order_id: int | None = link(N_("Order"), "sales_order", on_delete=OnDelete.CASCADE)
    competitor_id: int | None = link(N_("Competitor"), "competitor", on_delete=OnDelete.CASCADE)
    actor_id: int | None = link(N_("One of ours"), "actor", on_delete=OnDelete.CASCADE)
    name: str = line(N_("Field"), N_("The header of the column."), required=True)
    value: str = text(N_("Value"))
    source: str = line(N_("Source"), N_("The file or system."))


@record(
    Noun(
        table="import_mapping",
        one=N_("mapping of a file"),
        many=N_("mappings of files"),
        unique=(("shape",),),
    )
)
class ImportMapping(Record):
    """How a file of a shape was read the last time, so that the next one of it is read the same way."""

    shape: str = line(N_("Shape"), N_("What its headers are."), required=True, hidden=True)
    name: str = line(N_("Name"), N_("The file it was made for."), required=True)
    kind: str = line(N_("Kind"), required=True, hidden=True)
    columns: str = text(N_("Columns"), N_("Where each column goes, as JSON."), hidden=True)
    used_on: dt.date | None = date(N_("Used on"))


@record(
    Noun(
        table="distinct_accounts",
        one=N_("accounts that are no doubles"),
        many=N_("accounts that are no doubles"),
        title="account_id",
        unique=(("account_id", "other_id"),),
        checks=("account_id < other_id",),
    )
)
class DistinctAccounts(Record):
    """Two accounts that look alike and are not the same."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    other_id: int = link(N_("Other account"), "account", on_delete=OnDelete.CASCADE, required=True)


@record(
    Noun(
        table="distinct_people",
        one=N_("people who are no doubles"),
        many=N_("people who are no doubles"),
        title="person_id",
        unique=(("person_id", "other_id"),),
        checks=("person_id < other_id",),
    )
)
class DistinctPeople(Record):
    """Two people who look alike and are not the same."""

    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
    other_id: int = link(N_("Other person"), "person", on_delete=OnDelete.CASCADE, required=True)
