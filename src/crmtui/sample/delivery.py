"""What is delivered in the sample, what was promised and asked, what customers say, and who supplies what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.whitespace import WhiteSpace
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.domain.fields import Record
    from crmtui.sample.rows import Book, Table

_KINDS: Final[dict[str, type[Record]]] = {"promises": Promise, "requests": CustomerRequest, "feedback": Satisfaction}
_COMPETENCE: Final = ("name", "actor", "grade")


def add_delivery(book: Book, account: str, table: Table, currency: str) -> None:
    """Add what is delivered to an account; raise KeyError for a part or a field that nobody reads."""
    for project in table.get("projects", []):
        _add_project(book, account, project, currency)
    for part, kind in _KINDS.items():
        for number, fields in enumerate(table.get(part, []), 1):
            book.add(kind, f"{account}!{part}{number}", _linked(account, fields))
    if unread := table.keys() - {"projects", *_KINDS}:
        raise KeyError(*unread)


def _add_project(book: Book, account: str, table: Table, currency: str) -> None:
    own = ("key", "with", "needs")
    fields = {name: value for name, value in table.items() if name not in own}
    project = book.add(Project, f"{account}!{table['key']}", {"currency": currency} | _linked(account, fields))
    for person, part in table.get("with", {}).items():
        link = {"project": project, "person": Ref(Person, f"{account}.{person}"), "part": part}
        book.add(ProjectPerson, f"{project.name}.{person}", link)
    for number, needed in enumerate(table.get("needs", []), 1):
        given = {name: value for name, value in zip(_COMPETENCE, needed, strict=False) if value != ""}
        book.add(Competence, f"{project.name}.{number}", {"project": project} | given)


def _linked(account: str, table: Table) -> Table:
    """The account, and what is named by the names that it has within the account."""
    found: Table = {"account": Ref(Account, account)} | table
    if "person" in table:
        found["person"] = Ref(Person, f"{account}.{table['person']}")
    if "opportunity" in table:
        found["opportunity"] = Ref(Opportunity, f"{account}/{table['opportunity']}")
    if "project" in table:
        found["project"] = Ref(Project, f"{account}!{table['project']}")
    return found


def add_white_space(book: Book, account: str, table: Table, currency: str) -> None:
    """Add who supplies what to an account, as far as somebody has looked."""
    for offering, fields in table.items():
        place: Table = {"account": account, "offering": offering, "currency": currency}
        book.add(WhiteSpace, f"{account}@{offering}", place | fields)
