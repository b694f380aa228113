"""What goes out with a record and stands elsewhere: the changes of that count as changes of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.store.reading.revisions import histories

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.store.reading.revisions import History


def add_hanging(connection: sqlite3.Connection, table: str, link: str, found: Mapping[int, History]) -> None:
    """To the history of each record add that of the rows of a table that link to it, or did."""
    marks = ", ".join(map(str, found))
    rows = connection.execute(
        f"""SELECT id, {link} FROM {table} WHERE {link} IN ({marks})
        UNION SELECT id, {link} FROM past_{table} WHERE {link} IN ({marks})"""
    ).fetchall()
    changed = histories(connection, table, (row_id for row_id, _record in rows))
    for row_id, record_id in rows:
        found[record_id].update(changed[row_id])


def add_linked(
    connection: sqlite3.Connection, link: tuple[str, str], shown: tuple[str, str], found: Mapping[int, History]
) -> None:
    """To the history of each record add what changed that which is shown of the one that it links to.

    Args:
        connection: to the workspace.
        link: the table of the records, and its column with the link.
        shown: the table that it links to, and the expression of what is shown of its rows.
        found: the histories by the keys of the records.
    """
    table, column = link
    marks = ", ".join(map(str, found))
    links = connection.execute(f"SELECT id, {column} FROM {table} WHERE id IN ({marks}) AND {column} NOT NULL")
    add_changes(connection, shown, links.fetchall(), found)


def add_changes(
    connection: sqlite3.Connection,
    shown: tuple[str, str],
    links: Sequence[tuple[int, int]],
    found: Mapping[int, History],
) -> None:
    """The same for links that are known, from the key of a record to that of what it shows."""
    changed: dict[int, History] = {}
    for linked_id, set_id, at, door in _changes(connection, *shown, {linked_id for _one, linked_id in links}):
        changed.setdefault(linked_id, {})[set_id] = (at, door)
    for record_id, linked_id in links:
        found[record_id].update(changed.get(linked_id, {}))


def _changes(
    connection: sqlite3.Connection, table: str, shown: str, linked_ids: set[int]
) -> Iterator[tuple[int, int, str, str]]:
    """The key of what shows something else, and the change set that did it; the past keeps what stood there before."""
    marks = ", ".join(map(str, linked_ids))
    return connection.execute(
        f"""WITH past AS (
            SELECT c.row_id, c.set_id, {shown} AS shown,
                lead({shown}) OVER (PARTITION BY c.row_id ORDER BY c.id) AS next
            FROM change c JOIN past_{table} p ON p.change_id = c.id
            WHERE c.tbl = '{table}' AND c.row_id IN ({marks})
        )
        SELECT past.row_id, s.id, s.at, s.source FROM past JOIN change_set s ON s.id = past.set_id
        WHERE past.shown IS NOT coalesce(past.next, (SELECT {shown} FROM {table} WHERE id = past.row_id))"""
    )
