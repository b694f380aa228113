"""A step that brings every table to a schema that is written down whole.

SQLite changes few things of a table in place, so a table that differs is put aside, made anew and filled again; not
renamed, which would rewrite its statement (https://sqlite.org/lang_altertable.html, 7). Foreign keys are off by then,
and checked at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

_MADE = re.compile(r'CREATE (?P<what>TABLE|INDEX) "?(?P<name>\w+)"?')


def bring_to(connection: Connection, file: Path, filled: Mapping[str, Mapping[str, str]]) -> None:
    """Make what a file of statements defines and is not there so.

    Args:
        connection: in a transaction, with foreign keys off.
        file: CREATE TABLE and CREATE INDEX statements, each ended by a semicolon; the whole schema.
        filled: by table and column, the SQL of what a new column holds in the records that are there; else NULL.
    """
    for what, name, statement in _statements(file):
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).scalar()
        if found is None:
            connection.exec_driver_sql(statement)
        elif _folded(found) != _folded(statement):
            if what == "TABLE":
                _remake(connection, name, statement, filled.get(name, {}))
            else:
                connection.exec_driver_sql(f"DROP INDEX {name}")
                connection.exec_driver_sql(statement)


def _statements(file: Path) -> Iterator[tuple[str, str, str]]:
    for statement in file.read_text("utf-8").split(";"):
        if made := _MADE.match(statement.strip()):
            yield made["what"], made["name"], statement.strip()


def _remake(connection: Connection, table: str, statement: str, filled: Mapping[str, str]) -> None:
    """The table as it is to be, with the same records under the same keys; its indexes go and are made after it."""
    old = _columns(connection, table)
    newest = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    connection.exec_driver_sql(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(statement)
    new = _columns(connection, table)
    values = ", ".join(name if name in old else filled.get(name, "NULL") for name in new)
    connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(new)}) SELECT {values} FROM temp.kept ORDER BY id")
    connection.exec_driver_sql("DROP TABLE temp.kept")
    if newest is not None:  # keys are never given twice, also those of records that are gone
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, newest))


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]


def _folded(statement: str) -> str:
    return " ".join(statement.split())
