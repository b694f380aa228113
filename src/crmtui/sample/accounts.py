"""An account of the sample with everything that hangs on it, as its file tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account, CompetitorPosition, Note, Tag
from crmtui.domain.fields import specs
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.sample.action_plan import add_action_plan
from crmtui.sample.dmu import add_account_map, add_opportunity_map
from crmtui.sample.opportunities import add_opportunity
from crmtui.sample.people import add_people
from crmtui.sample.plans import add_contacts, add_plan
from crmtui.sample.relationship import add_assessments
from crmtui.sample.rows import Ref
from crmtui.sample.value import add_lines

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table

_NESTED: Final = {
    "actions", "assessments", "contacts", "competitors", "diary", "domain", "language", "map", "objectives",
    "opportunities", "orders", "people", "plans", "proposition", "tags",
}  # fmt: skip
_LINE: Final = ("offering", "quantity", "unit_price", "margin")


def add_account(book: Book, name: str, table: Table, common: Table) -> None:
    """Add the account of one file; raise KeyError for a table or field that nobody reads."""
    account = book.add(Account, name, _fields(table))
    for tag in table["tags"]:
        book.add(Tag, f"{name}.{tag}", {"account": account, "name": tag})
    for position in table["competitors"]:
        book.add(CompetitorPosition, f"{name}.{position['competitor']}", {"account": account} | position)
    target: Table = {name: table[name] for name in ("target_level", "target_on") if name in table}
    add_assessments(book, account, table.get("assessments", []), target)
    add_lines(book, account, table.get("proposition", []))
    people = table["people"]
    add_people(book, account, people, table)
    add_account_map(book, account, table["map"], people)
    general = {key: table[key] for key in ("currency", "owner")} | common
    for short, deal in table["opportunities"].items():
        opportunity = add_opportunity(book, account, short, deal, general)
        if "map" in deal:
            add_opportunity_map(book, opportunity, deal["map"], table["map"], people)
    _add_orders(book, account, table.get("orders", []), table["currency"])
    for number, plan in enumerate(table.get("plans", []), 1):
        add_plan(book, account, number, plan, common["usual"])
    add_contacts(book, account, table.get("contacts", []), common["usual"])
    add_action_plan(book, account, table.get("objectives", []), table.get("actions", []))
    _add_notes(book, account, table.get("diary", []))


def _fields(table: Table) -> Table:
    fields = {key: value for key, value in table.items() if key not in _NESTED}
    if unread := {key for key in fields if key not in specs(Account) and f"{key}_id" not in specs(Account)}:
        raise KeyError(*unread)
    website = {"website": f"https://www.{table['domain']}", "email": f"info@{table['domain']}"}
    return website | fields


def _add_orders(book: Book, account: Ref, tables: list[Table], currency: str) -> None:
    for table in tables:
        fields: Table = {"account": account, "currency": currency} | table
        lines = fields.pop("lines")
        if deal := fields.pop("opportunity", None):
            fields["opportunity_id"] = Ref(Opportunity, f"{account.name}/{deal}")
        order = book.add(Order, fields["number"], fields)
        for position, line in enumerate(lines, 1):
            values = {"order": order, "position": position} | dict(zip(_LINE, line, strict=True))
            book.add(OrderLine, f"{order.name}.{position}", values)


def _add_notes(book: Book, account: Ref, tables: list[Table]) -> None:
    for number, table in enumerate(tables, 1):
        fields = {"account": account} | table
        if person := fields.pop("person", None):
            fields["person_id"] = Ref(Person, f"{account.name}.{person}")
        if deal := fields.pop("opportunity", None):
            fields["opportunity_id"] = Ref(Opportunity, f"{account.name}/{deal}")
        book.add(Note, f"{account.name}.{number}", fields)
