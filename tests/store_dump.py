"""What a workspace holds, as SQL tells it: all of it, to compare two states, or what a test asks for."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from crmtui.domain.nouns import BY_TABLE
from crmtui.store import database, search

if TYPE_CHECKING:
    from pathlib import Path

Dump = dict[str, list[tuple[Any, ...]]]


def dump(path: Path) -> Dump:
    """Every row of every record's table, by key."""
    with contextlib.closing(database.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in BY_TABLE}


def query(path: Path, sql: str) -> list[Any]:
    """The rows that answer to a question, by a connection of SQLite's own: nothing of ours is in between."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def faults(path: Path) -> list[str]:
    """What SQLite itself finds wrong: pages, links, search indexes that do not fit their tables."""
    found = []
    with contextlib.closing(database.connect(path)) as connection:
        found += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"broken link in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
        for table, kind in BY_TABLE.items():
            if kind.noun.searched:
                try:
                    search.verify(connection, table)
                except sqlite3.DatabaseError:
                    found.append(f"the index of {table} does not fit")
    return found
