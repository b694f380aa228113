"""The newest schema as one text, `newest.sql`: what all steps together make of an empty file.

A new workspace is made of it without Alembic, which is slow to import. `tools/newest_schema.py` writes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    import sqlite3

NEWEST: Final = Path(__file__).with_name("newest.sql")
_VERSION: Final = "alembic_version"


def make(connection: sqlite3.Connection) -> None:
    """Make the tables and indexes in an empty file; run inside a transaction."""
    for statement in NEWEST.read_text("utf-8").split(";"):
        if statement.strip():
            connection.execute(statement)


def of(connection: sqlite3.Connection) -> str:
    """The statements that make the tables and indexes of a file which the steps have made, in their order."""
    tables = [*BY_TABLE, _VERSION]
    marks = ", ".join("?" * len(tables))
    made = connection.execute(
        f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL AND type <> 'trigger'"
        " ORDER BY rowid",
        tables,
    )
    (version,) = connection.execute(f"SELECT version_num FROM {_VERSION}").fetchone()
    statements = [*(sql for (sql,) in made.fetchall()), f"INSERT INTO {_VERSION} VALUES ('{version}')"]
    return "\n\n".join(f"{statement.strip()};" for statement in statements) + "\n"
