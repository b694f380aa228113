"""The people of the sample: who they are, and how they may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.people import Consent, Person, PersonEmail, PersonPhone
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table

_STYLE = ("social_style", "style_basis", "style_on", "style_source")
_INHERITED = ("language", "city", "country")


def add_people(book: Book, account: Ref, tables: Table, place: Table) -> None:
    """Add the people of an account; what they do not say of `language`, `city`, `country` is its own.

    Addresses without a domain get the account's (`place["domain"]`).
    """
    for name, table in tables.items():
        person = book.add(Person, f"{account.name}.{name}", _fields(account, dict(table), place))
        _add_addresses(book, person, table, place["domain"])
        for channel, (state, day, source) in table.get("consents", {}).items():
            values = {"person": person, "channel": channel, "state": state, "day": day, "source": source}
            book.add(Consent, f"{person.name}.{channel}", values)


def _fields(account: Ref, table: Table, place: Table) -> Table:
    for own in ("email", "home_email", "phone", "mobile", "consents"):
        table.pop(own, None)
    given, _blank, family = table["name"].partition(" ")
    inherited = {name: place[name] for name in _INHERITED if name in place}
    fields = {"account": account, "given_name": given, "family_name": family} | inherited | table
    if chief := fields.pop("reports_to", None):
        fields["reports_to"] = Ref(Person, f"{account.name}.{chief}")
    fields |= zip(_STYLE, fields.pop("style", ()), strict=False)
    if channel := fields.pop("prefers", None):
        fields["preferred_channel"] = channel
    return fields


def _add_addresses(book: Book, person: Ref, table: Table, domain: str) -> None:
    for kind, name in (("work", "email"), ("home", "home_email")):
        if address := table.get(name):
            full = address if "@" in address else f"{address}@{domain}"
            values = {"person": person, "address": full, "kind": kind, "is_primary": kind == "work"}
            book.add(PersonEmail, f"{person.name}.{name}", values)
    numbers = [(kind, table[name]) for kind, name in (("work", "phone"), ("mobile", "mobile")) if name in table]
    for place, (kind, number) in enumerate(numbers):
        values = {"person": person, "number": number, "kind": kind, "is_primary": place == 0}
        book.add(PersonPhone, f"{person.name}.{kind}", values)
