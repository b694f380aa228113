"""When what an entry of a calendar tells was changed last: its record, who is in it, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.action_plan import PlanAction
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.store.reading.revisions import histories, revision

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.store.reading.revisions import History, Revision

# What stands in an entry of the records that it names.
_NAMES: Final = {"account": "name", "opportunity": "name", "person": "name", "channel": "code || ' ' || name"}
_NAMED: Final = {
    Contact.noun.table: ("account", "opportunity", "channel"),
    PlanAction.noun.table: ("account",),
}
# Also who is in it no longer.
_PLACES: Final = """SELECT id, contact_id FROM contact_person WHERE contact_id IN ({marks})
    UNION SELECT id, contact_id FROM past_contact_person WHERE contact_id IN ({marks})"""


def entry_revisions(connection: sqlite3.Connection, table: str, record_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of the entry of each contact, or of each action, by the key of the record."""
    found = histories(connection, table, record_ids)
    marks = ", ".join(map(str, found))
    for named in _NAMED[table]:
        links = connection.execute(f"SELECT id, {named}_id FROM {table} WHERE id IN ({marks}) AND {named}_id NOT NULL")
        _add_names(connection, named, links.fetchall(), found)
    if table == Contact.noun.table:
        _add_people(connection, found)
        people = connection.execute(f"SELECT contact_id, person_id FROM contact_person WHERE contact_id IN ({marks})")
        _add_names(connection, "person", people.fetchall(), found)
    return {record_id: revision(found[record_id]) for record_id in record_ids}


def contact_revisions(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of each contact with who is in it, by its key; what they are called does not count."""
    found = histories(connection, Contact.noun.table, contact_ids)
    _add_people(connection, found)
    return {contact_id: revision(found[contact_id]) for contact_id in contact_ids}


def _add_people(connection: sqlite3.Connection, found: Mapping[int, History]) -> None:
    """To the history of each contact add what put people into it, or took them out."""
    places = connection.execute(_PLACES.format(marks=", ".join(map(str, found)))).fetchall()
    changed = histories(connection, ContactPerson.noun.table, (place for place, _contact in places))
    for place, contact_id in places:
        found[contact_id].update(changed[place])


def _add_names(
    connection: sqlite3.Connection, table: str, links: Sequence[tuple[int, int]], found: Mapping[int, History]
) -> None:
    """To the history of each record add what gave another name to what it links to."""
    renamed: dict[int, History] = {}
    for linked_id, set_id, at, door in _renamings(connection, table, {linked_id for _one, linked_id in links}):
        renamed.setdefault(linked_id, {})[set_id] = (at, door)
    for record_id, linked_id in links:
        found[record_id].update(renamed.get(linked_id, {}))


def _renamings(connection: sqlite3.Connection, table: str, linked_ids: set[int]) -> Iterator[tuple[int, int, str, str]]:
    """The key of what was renamed, and the change set that did it; the past keeps what stood there before each."""
    marks = ", ".join(map(str, linked_ids))
    return connection.execute(
        f"""WITH past AS (
            SELECT c.row_id, c.set_id, {_NAMES[table]} AS name,
                lead({_NAMES[table]}) OVER (PARTITION BY c.row_id ORDER BY c.id) AS next
            FROM change c JOIN past_{table} p ON p.change_id = c.id
            WHERE c.tbl = '{table}' AND c.row_id IN ({marks})
        )
        SELECT past.row_id, s.id, s.at, s.source FROM past JOIN change_set s ON s.id = past.set_id
        WHERE past.name IS NOT coalesce(past.next, (SELECT {_NAMES[table]} FROM {table} WHERE id = past.row_id))"""
    )
