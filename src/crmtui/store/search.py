"""Full-text search: one index a table, brought up to date from the journal at the end of every unit of work.

Not by triggers: with `trusted_schema` off SQLite lets no trigger touch a virtual table, and a whole import is
indexed several times faster in one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.nouns import BY_TABLE
from crmtui.store.columns import columns

if TYPE_CHECKING:
    import sqlite3


def install(connection: sqlite3.Connection) -> None:
    """Make each table's index, or make it anew where its fields are not those that are searched."""
    for table, kind in BY_TABLE.items():
        fields = kind.noun.searched
        if fields and columns(connection, f"{table}_search") != list(fields):
            connection.execute(f"DROP TABLE IF EXISTS {table}_search")
            connection.execute(
                f"CREATE VIRTUAL TABLE {table}_search USING fts5({', '.join(fields)}, content='{table}', "
                "content_rowid='id', prefix='1 2 3', columnsize=0, tokenize=\"unicode61 remove_diacritics 2\")"
            )
            rebuild(connection, table)


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Index a table from nothing."""
    connection.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")


def refresh(connection: sqlite3.Connection, set_id: int) -> None:
    """Index what a change set changed: the old words go (as the journal kept them), the new ones come."""
    for (table,) in connection.execute("SELECT DISTINCT tbl FROM change WHERE set_id = ?", (set_id,)).fetchall():
        if fields := BY_TABLE[table].noun.searched:
            _refresh(connection, table, fields, set_id)


def _refresh(connection: sqlite3.Connection, table: str, fields: tuple[str, ...], set_id: int) -> None:
    old = ", ".join(f"json_extract(before, '$.{name}')" for name in fields)
    connection.execute(
        f"""INSERT INTO {table}_search ({table}_search, rowid, {", ".join(fields)})
        SELECT 'delete', row_id, {old} FROM change WHERE op <> 'I' AND id IN
            (SELECT min(id) FROM change WHERE set_id = ? AND tbl = ? GROUP BY row_id)""",
        (set_id, table),
    )
    connection.execute(
        f"""INSERT INTO {table}_search (rowid, {", ".join(fields)}) SELECT id, {", ".join(fields)} FROM {table}
        WHERE id IN (SELECT row_id FROM change WHERE set_id = ? AND tbl = ?)""",
        (set_id, table),
    )


def terms(words: str) -> str:
    """Typed words as a query: every word must begin a word of the record; '' where nothing can be searched."""
    tokens = "".join(mark if mark.isalnum() else " " for mark in words).split()
    return " ".join(f'"{token}"*' for token in tokens)
