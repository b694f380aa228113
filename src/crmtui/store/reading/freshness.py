"""Whether what was worked out from a workspace still holds: how far its journal has come, and what it tells since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def file(connection: sqlite3.Connection) -> str:
    """The path of the file that a connection is to."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


class Position(NamedTuple):
    """How far a journal has come.

    Attributes:
        line: the number of its newest line; 0 where it is empty.
        of: when that was written, or whose journal it is while that is empty: by it no other journal is taken for it.
    """

    line: int = 0
    of: str = ""


def position(connection: sqlite3.Connection) -> Position:
    """How far the journal has come: as long as it stays, so does all that was read."""
    return _at(connection, "(SELECT max(id) FROM change)")


def is_after(connection: sqlite3.Connection, before: Position) -> bool:
    """Whether the journal once was there: not that of another file that has taken the place."""
    return _at(connection, "?", before.line) == before


def _at(connection: sqlite3.Connection, line: str, *given: int) -> Position:
    query = f"SELECT c.id, s.at FROM change c JOIN change_set s ON s.id = c.set_id WHERE c.id = {line}"
    found = connection.execute(query, given).fetchone()
    return Position(*(found or connection.execute("SELECT 0, uid FROM workspace").fetchone() or ()))


def is_touched(connection: sqlite3.Connection, since: Position, tables: Iterable[str]) -> bool:
    """Whether a row of some tables was changed after the journal had come so far."""
    names = ", ".join(f"'{table}'" for table in tables)
    rows = connection.execute(f"SELECT 1 FROM change WHERE id > ? AND tbl IN ({names}) LIMIT 1", (since.line,))
    return rows.fetchone() is not None


def lines(connection: sqlite3.Connection, since: Position) -> int:
    """How many lines the journal has had after it had come so far."""
    return int(connection.execute("SELECT count(*) FROM change WHERE id > ?", (since.line,)).fetchone()[0])


def is_writing(connection: sqlite3.Connection) -> bool:
    """Whether a unit of work is under way: what is read may yet be rolled back."""
    return connection.execute("SELECT 1 FROM change_set WHERE is_open").fetchone() is not None
