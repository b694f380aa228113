"""Full-text search: one index a table, brought up to date from the journal at the end of every unit of work.

Not by triggers: with `trusted_schema` off SQLite lets no trigger touch a virtual table, and a whole import is
indexed several times faster in one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    import sqlite3


# Of a word the index keeps in which rows it is, not where (`detail`) nor how much (`columnsize`): a quarter of the
# size, and half the time to build. It gathers 8 MB of words before it writes them out, or it merges for ever.
_OPTIONS: Final = (
    "content_rowid='id', prefix='1 2 3', columnsize=0, detail=none, tokenize=\"unicode61 remove_diacritics 2\""
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


def refresh(connection: sqlite3.Connection, set_id: int) -> None:
    """Index what a change set changed: the old words go (as the journal kept them), the new ones come.

    In the order of the keys: the index writes out what it has gathered whenever a key is lower than the last. Runs of
    new rows have the highest keys; their rows had no words before.
    """
    for (table,) in connection.execute("SELECT DISTINCT tbl FROM change WHERE set_id = ?", (set_id,)).fetchall():
        if fields := BY_TABLE[table].noun.searched:
            _refresh(connection, table, ", ".join(fields), set_id)


def _refresh(connection: sqlite3.Connection, table: str, fields: str, set_id: int) -> None:
    alone = """change c WHERE set_id = ? AND tbl = ? AND last_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM change r INDEXED BY ix_change_run WHERE r.set_id = c.set_id AND r.tbl = c.tbl
        AND r.last_id IS NOT NULL AND c.row_id BETWEEN r.row_id AND r.last_id)"""
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
    for between in _runs(connection, table, set_id):
        connection.execute(
            f"""INSERT INTO {table}_search (rowid, {fields}) SELECT id, {fields} FROM {table}
            WHERE id BETWEEN ? AND ? ORDER BY id""",
            between,
        )


def _runs(connection: sqlite3.Connection, table: str, set_id: int) -> list[tuple[int, int]]:
    """The first and last keys of new rows; runs that follow each other are one, since each statement has its price."""
    found: list[tuple[int, int]] = []
    rows = connection.execute(
        "SELECT row_id, last_id FROM change WHERE set_id = ? AND tbl = ? AND last_id IS NOT NULL ORDER BY row_id",
        (set_id, table),
    )
    for first, last in rows.fetchall():
        begin = found.pop()[0] if found and found[-1][1] == first - 1 else first
        found.append((begin, last))
    return found


# Letters since Unicode 8 and 12, marks before: the index takes them for gaps, and would make a phrase of such a word.
_GAPS: Final = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))


def terms(words: str) -> str:
    """Typed words as a query: every word must begin a word of the record; '' where nothing can be searched."""
    tokens = "".join(mark if mark.isalnum() and mark not in _GAPS else " " for mark in words).split()
    return " ".join(f'"{token}"*' for token in tokens)
