"""Whether what was worked out from a workspace still holds: how far its journal has come, and what it tells since."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def file(connection: sqlite3.Connection) -> str:
    """The path of the file that a connection is to."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def position(connection: sqlite3.Connection) -> int:
    """How far the journal has come: as long as it stays, so does all that was read."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def is_touched(connection: sqlite3.Connection, since: int, tables: Iterable[str]) -> bool:
    """Whether a row of some tables was changed after the journal had come so far."""
    names = ", ".join(f"'{table}'" for table in tables)
    rows = connection.execute(f"SELECT 1 FROM change WHERE id > ? AND tbl IN ({names}) LIMIT 1", (since,))
    return rows.fetchone() is not None


def lines(connection: sqlite3.Connection, since: int) -> int:
    """How many lines the journal has had after it had come so far."""
    return int(connection.execute("SELECT count(*) FROM change WHERE id > ?", (since,)).fetchone()[0])


def is_writing(connection: sqlite3.Connection) -> bool:
    """Whether a unit of work is under way: what is read may yet be rolled back."""
    return connection.execute("SELECT 1 FROM change_set WHERE is_open").fetchone() is not None
