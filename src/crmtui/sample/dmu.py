"""The maps of the sample: an account's own, and those of opportunities that differ from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.people import Person
from crmtui.domain.words import EdgeKind
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Table

_EDGES = {"influences": EdgeKind.INFLUENCE, "conflicts": EdgeKind.CONFLICT}


def add_account_map(book: Book, account: Ref, table: Table, people: Table) -> None:
    """Add the map of an account; a stakeholder whose name is nobody's is a placeholder."""
    dmu = book.add(DmuMap, account.name, {"account": account, "notes": table.get("notes", "")})
    _fill(book, dmu, table, people, account.name)


def add_opportunity_map(book: Book, opportunity: Ref, table: Table, general: Table, people: Table) -> None:
    """Add the map of an opportunity: of those it names, what it says, and else what the account's map says.

    Lines between them are the account's, and its own.
    """
    dmu = book.add(DmuMap, opportunity.name, {"opportunity": opportunity, "notes": table.get("notes", "")})
    who = {name: general["who"].get(name, {}) | own for name, own in table["who"].items()}
    lines = {
        kind: [edge for edge in general.get(kind, []) if edge["from"] in who and edge["to"] in who]
        + table.get(kind, [])
        for kind in _EDGES
    }
    _fill(book, dmu, {"who": who} | lines, people, opportunity.name.split("/")[0])


def _fill(book: Book, dmu: Ref, table: Table, people: Table, account: str) -> None:
    for name, stakeholder in table["who"].items():
        fields: Table = {"map_id": dmu} | stakeholder
        if person := people.get(name):
            known = {"position": person["title"], "reports_to": person.get("reports_to")}
            fields = known | {"person": Ref(Person, f"{account}.{name}")} | fields
        chief = fields.pop("reports_to", None)
        if chief in table["who"]:
            fields["reports_to"] = Ref(Stakeholder, f"{dmu.name}:{chief}")
        book.add(Stakeholder, f"{dmu.name}:{name}", fields)
    for key, kind in _EDGES.items():
        for edge in table.get(key, []):
            _add_edge(book, dmu, kind, edge)


def _add_edge(book: Book, dmu: Ref, kind: EdgeKind, edge: Table) -> None:
    fields = dict(edge)
    source, target = (f"{dmu.name}:{fields.pop(end)}" for end in ("from", "to"))
    ends = {"source_id": Ref(Stakeholder, source), "target_id": Ref(Stakeholder, target)}
    name = f"{source}>{target}:{kind}:{fields['is_formal']}"
    book.add(Influence, name, {"kind": kind.value} | ends | fields)
