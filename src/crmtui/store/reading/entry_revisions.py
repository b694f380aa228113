"""When what an entry of a calendar tells was changed last: its record, who is in it, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.action_plan import PlanAction
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.store.reading.revision_ties import add_changes, add_hanging, add_linked
from crmtui.store.reading.revisions import histories, revision

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from crmtui.store.reading.revisions import History, Revision

# What stands in an entry of the records that it names.
_NAMES: Final = {"account": "name", "opportunity": "name", "channel": "code || ' ' || name"}
_NAMED: Final = {
    Contact.noun.table: ("account", "opportunity", "channel"),
    PlanAction.noun.table: ("account",),
}
# Also by how much it was once, before that was undone: it went out with such a number.
_AHEAD: Final = """SELECT id, max(number_ahead) FROM (
        SELECT id, number_ahead FROM {table} WHERE id IN ({marks}) AND number_ahead IS NOT NULL
        UNION ALL SELECT c.row_id, p.number_ahead FROM change c JOIN past_{table} p ON p.change_id = c.id
        WHERE c.tbl = '{table}' AND c.row_id IN ({marks}) AND p.number_ahead IS NOT NULL
    ) GROUP BY id"""


def entry_revisions(connection: sqlite3.Connection, table: str, record_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of the entry of each contact, or of each action, by the key of the record."""
    found = histories(connection, table, record_ids)
    for named in _NAMED[table]:
        add_linked(connection, (table, f"{named}_id"), (named, _NAMES[named]), found)
    if table == Contact.noun.table:
        add_hanging(connection, ContactPerson.noun.table, "contact_id", found)
        marks = ", ".join(map(str, found))
        people = connection.execute(f"SELECT contact_id, person_id FROM contact_person WHERE contact_id IN ({marks})")
        add_changes(connection, ("person", "name"), people.fetchall(), found)
    return _told(connection, table, found)


def own_revisions(connection: sqlite3.Connection, table: str, record_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of each record by itself, by its key; who is in it and what they are called does not count."""
    return _told(connection, table, histories(connection, table, record_ids))


def contact_revisions(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of each contact with who is in it, by its key; what they are called does not count."""
    found = histories(connection, Contact.noun.table, contact_ids)
    add_hanging(connection, ContactPerson.noun.table, "contact_id", found)
    return _told(connection, Contact.noun.table, found)


def _told(connection: sqlite3.Connection, table: str, found: Mapping[int, History]) -> Mapping[int, Revision]:
    """The revision that each history has led to, by the key of the record."""
    ahead: dict[int, int] = {}
    if table in _NAMED:
        marks = ", ".join(map(str, found))
        ahead.update(connection.execute(_AHEAD.format(table=table, marks=marks)).fetchall())
    return {record_id: revision(history, ahead.get(record_id, 0)) for record_id, history in found.items()}
