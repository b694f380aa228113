"""The triggers and search indexes around the tables, made anew from the tables that are there.

They are no part of any migration: each migration ends with `install`, which reads the columns from the file itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import RECORDS
from crmtui.store import search
from crmtui.store.columns import shape

if TYPE_CHECKING:
    import sqlite3

JOURNAL: Final = (
    """CREATE TABLE IF NOT EXISTS change_set (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        actor TEXT NOT NULL,
        source TEXT NOT NULL,
        undoes_id INTEGER REFERENCES change_set (id) ON DELETE CASCADE,
        is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1))
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS ix_change_set_undoes ON change_set (undoes_id)",
    "CREATE UNIQUE INDEX IF NOT EXISTS ix_change_set_open ON change_set (is_open) WHERE is_open",
    """CREATE TABLE IF NOT EXISTS change (
        id INTEGER PRIMARY KEY,
        set_id INTEGER NOT NULL REFERENCES change_set (id) ON DELETE CASCADE,
        tbl TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')),
        before TEXT,
        after TEXT
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS ix_change_row ON change (row_id, tbl)",
    "CREATE INDEX IF NOT EXISTS ix_change_set_id ON change (set_id)",
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)
_NOW: Final = "(SELECT id FROM change_set WHERE is_open)"


def install(connection: sqlite3.Connection) -> None:
    """Make the journal and, for every table, its triggers and its search index; run inside a transaction."""
    for statement in JOURNAL:
        connection.execute(statement)
    for name in _names(connection, "type = 'trigger'"):
        connection.execute(f'DROP TRIGGER "{name}"')
    for kind in RECORDS:
        table = kind.noun.table
        for statement in _journal(table, shape(connection, table)):
            connection.execute(statement)
        if table != "external_identity":
            connection.execute(_forget(table))
    search.install(connection)


def _names(connection: sqlite3.Connection, condition: str) -> list[str]:
    return [row[0] for row in connection.execute(f"SELECT name FROM sqlite_master WHERE {condition}")]


_SEPARATOR: Final = " || ',' || "
_ESCAPES: Final = (
    (r"'\'", r"'\\'"),
    ("'\"'", "'\\\"'"),
    ("char(10)", r"'\n'"),
    ("char(9)", r"'\t'"),
)


def _image(row: str, shape: dict[str, str]) -> str:
    """A row as JSON, in SQL.

    With `trusted_schema` off a trigger may not call `json_object`, so the text is put together here; every text
    came through `text.clean`, so that newline and tab are the only controls to escape.
    """
    pairs = [f"""'"{name}":' || {_json(f"{row}.{name}", affinity)}""" for name, affinity in shape.items()]
    return f"'{{' || {_SEPARATOR.join(pairs)} || '}}'"


def _json(value: str, affinity: str) -> str:
    if affinity == "INTEGER":
        return f"coalesce({value}, 'null')"
    if affinity == "REAL":
        return f"coalesce(printf('%!.17g', {value}), 'null')"
    for mark, escaped in _ESCAPES:
        value = f"replace({value}, {mark}, {escaped})"
    return f"""coalesce('"' || {value} || '"', 'null')"""


def _journal(table: str, shape: dict[str, str]) -> tuple[str, str, str]:
    """Three triggers. An insert needs no image: the row is its own until the next change keeps it as `before`."""
    into = "INSERT INTO change (set_id, tbl, row_id, op"
    return (
        (
            f"CREATE TRIGGER journal_{table}_i AFTER INSERT ON {table} BEGIN "
            f"{into}) VALUES ({_NOW}, '{table}', NEW.id, 'I'); END"
        ),
        (
            f"CREATE TRIGGER journal_{table}_u AFTER UPDATE ON {table} "
            f"WHEN {' OR '.join(f'OLD.{name} IS NOT NEW.{name}' for name in shape)} BEGIN "
            f"{into}, before, after) VALUES ({_NOW}, '{table}', OLD.id, 'U', "
            f"{_image('OLD', shape)}, {_image('NEW', shape)}); END"
        ),
        (
            f"CREATE TRIGGER journal_{table}_d AFTER DELETE ON {table} BEGIN "
            f"{into}, before) VALUES ({_NOW}, '{table}', OLD.id, 'D', {_image('OLD', shape)}); END"
        ),
    )


def _forget(table: str) -> str:
    return (
        f"CREATE TRIGGER forget_{table} AFTER DELETE ON {table} BEGIN "
        f"DELETE FROM external_identity WHERE kind = '{table}' AND record_id = OLD.id; END"
    )
