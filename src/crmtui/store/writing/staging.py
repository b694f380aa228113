"""Rows for a table, gathered first and then written by one statement.

For every statement whose triggers write, SQLite keeps a copy of each page that it touches, to be able to take the
statement alone back: a statement a row costs twice the time of a statement for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence


def insert(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    constants: Mapping[str, object],
) -> None:
    """Write rows as SQLite keeps them, in their order; `constants` are the columns that are the same in all."""
    fields = ", ".join(names)
    connection.execute("DROP TABLE IF EXISTS temp.staged")
    connection.execute(f"CREATE TEMP TABLE staged ({fields})")
    connection.executemany(f"INSERT INTO temp.staged VALUES ({', '.join('?' * len(names))})", rows)
    connection.execute(
        f"""INSERT INTO main.{table} ({", ".join((*names, *constants))})
        SELECT {", ".join((*names, *("?" * len(constants))))} FROM temp.staged ORDER BY rowid""",
        (*constants.values(),),
    )
    connection.execute("DROP TABLE temp.staged")
