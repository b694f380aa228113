"""Full-text search: one index a table, brought up to date from the journal at the end of every unit of work.

Not by triggers: with `trusted_schema` off SQLite lets no trigger touch a virtual table, and many rows are indexed
several times faster in one statement. Runs of new rows are indexed by who writes them, with `of_run`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


# Of a word the index keeps in which rows it is, not where (`detail`) nor how much (`columnsize`): a quarter of the
# size, and half the time to build. It gathers 8 MB of words before it writes them out, or it merges for ever.
_OPTIONS: Final = (
    "content_rowid='id', prefix='1', columnsize=0, detail=none, tokenize=\"unicode61 remove_diacritics 2\""
)
_GATHERED: Final = 8 << 20


def install(connection: sqlite3.Connection) -> None:
    """Make each table's index, or make it anew where it is not the one that is wanted."""
    for table, kind in BY_TABLE.items():
        if fields := kind.noun.searched:
            wanted = (
                f"CREATE VIRTUAL TABLE {table}_search USING fts5({', '.join(fields)}, content='{table}', {_OPTIONS})"
            )
            found = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_search",)).fetchone()
            if not found or found[0] != wanted:
                connection.execute(f"DROP TABLE IF EXISTS {table}_search")
                connection.execute(wanted)
                _command(connection, table, "hashsize", _GATHERED)
                rebuild(connection, table)


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Index a table from nothing."""
    _command(connection, table, "rebuild")


def verify(connection: sqlite3.Connection, table: str) -> None:
    """Compare an index with its table; sqlite3.DatabaseError where they differ."""
    _command(connection, table, "integrity-check", 1)


def _command(connection: sqlite3.Connection, table: str, command: str, argument: int | None = None) -> None:
    connection.execute(f"INSERT INTO {table}_search ({table}_search, rank) VALUES (?, ?)", (command, argument))


def of_run(table: str, keys: range) -> list[tuple[str, Sequence[object]]]:
    """What indexes a run of new rows: as it is written, and not at the end, when nothing else could be done."""
    fields = ", ".join(BY_TABLE[table].noun.searched)
    if not fields:
        return []
    statement = f"""INSERT INTO {table}_search (rowid, {fields}) SELECT id, {fields} FROM {table}
        WHERE id BETWEEN ? AND ? ORDER BY id"""
    return [(statement, (keys[0], keys[-1]))]


def refresh(connection: sqlite3.Connection, set_id: int) -> None:
    """Index what a change set changed: the old words go (as the journal kept them), the new ones come.

    In the order of the keys: the index writes out what it has gathered whenever a key is lower than the last. Runs of
    new rows are indexed already; what was changed of them afterwards is changed here as well.
    """
    tables = connection.execute("SELECT DISTINCT tbl FROM change WHERE set_id = ? AND last_id IS NULL", (set_id,))
    for (table,) in tables.fetchall():
        if fields := BY_TABLE[table].noun.searched:
            _refresh(connection, table, ", ".join(fields), set_id)


def _refresh(connection: sqlite3.Connection, table: str, fields: str, set_id: int) -> None:
    alone = "change WHERE set_id = ? AND tbl = ? AND last_id IS NULL"
    connection.execute(
        f"""INSERT INTO {table}_search ({table}_search, rowid, {fields})
        SELECT 'delete', id, {fields} FROM past_{table} WHERE change_id IN
            (SELECT min(id) FROM {alone} GROUP BY row_id)
        ORDER BY id""",
        (set_id, table),
    )
    connection.execute(
        f"""INSERT INTO {table}_search (rowid, {fields}) SELECT id, {fields} FROM {table}
        WHERE id IN (SELECT row_id FROM {alone}) ORDER BY id""",
        (set_id, table),
    )


# Letters since Unicode 8 and 12, marks before: the index takes them for gaps, and would make a phrase of such a word.
_GAPS: Final = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))


def terms(words: str) -> str:
    """Typed words as a query: every word must begin a word of the record; '' where nothing can be searched."""
    tokens = "".join(mark if mark.isalnum() and mark not in _GAPS else " " for mark in words).split()
    return " ".join(f'"{token}"*' for token in tokens)
