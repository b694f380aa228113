"""The communication plans of the sample, and its contacts: those that happened and those to come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson, Plan
from crmtui.sample.rows import Ref
from crmtui.sample.value import carried

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table

_SAID: Final = {"by": "actor", "how": "channel", "at": "time", "about": "message"}
_ELSEWHERE: Final = ("with", "carries", "win")
_EVENING: Final = dt.time(16, tzinfo=dt.UTC)  # when what happened on a day was written down


def add_plan(book: Book, account: Ref, number: int, table: Table, usual: Table) -> None:
    """Add a plan of an account, or of the opportunity it names, with its contacts."""
    fields = {key: value for key, value in table.items() if key not in {"period", "contacts", "opportunity"}}
    starts, ends = table["period"]
    subject = _subject(account, table.get("opportunity"))
    fields |= {"starts_on": starts, "ends_on": ends, "currency": "EUR"}
    owner = {"opportunity_id": subject} if "opportunity" in table else {"account_id": account}
    plan = book.add(Plan, f"{account.name}#{number}", fields | owner)
    links = {"plan_id": plan} | ({"opportunity_id": subject} if "opportunity" in table else {})
    add_contacts(book, account, table["contacts"], usual, links)


def add_contacts(
    book: Book, account: Ref, tables: list[Table], usual: Table, links: dict[str, Ref] | None = None
) -> None:
    """Add contacts of an account; one with an outcome is done, unless it says what else it is.

    `usual` has for each channel what a contact costs and how many hours it takes, when it does not say.
    """
    for table in tables:
        cost, hours = usual[table["how"]]
        fields = {"account": account, "currency": "EUR", "cost": cost, "hours": hours} | (links or {})
        fields |= {_SAID.get(key, key): value for key, value in table.items() if key not in _ELSEWHERE}
        fields |= carried(account, table)
        if "opportunity" in fields:
            fields["opportunity_id"] = _subject(account, fields.pop("opportunity"))
        fields.setdefault("status", "done" if "outcome" in table else "planned")
        if fields["status"] == "done":
            fields["done_at"] = dt.datetime.combine(book.day(table["day"]), _EVENING)
        contact = book.add(Contact, f"{account.name}!{len(book.rows)}", fields)
        for name in table["with"]:
            ends = {"contact": contact, "person": Ref(Person, f"{account.name}.{name}")}
            book.add(ContactPerson, f"{contact.name}.{name}", ends)


def _subject(account: Ref, opportunity: str | None) -> Ref:
    return Ref(Opportunity, f"{account.name}/{opportunity}") if opportunity else account
