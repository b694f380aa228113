"""What columns a table has in the file that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names, in the table's order; none where there is no such table."""
    return list(shape(connection, table))


def shape(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The type of each column: TEXT, INTEGER or REAL."""
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
