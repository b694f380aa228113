"""How SQLAlchemy speaks to a connection that is in use already. Heavy: imports SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class InUse(SQLiteDialect_pysqlite):
    """SQLite's own dialect, without the function that it adds to each connection for patterns.

    SQLite adds none while a statement is being read from, and a record is often written from within such a loop.
    """

    supports_statement_cache = True

    def on_connect(self) -> None:  # type: ignore[override]  # None is what the dialect above it returns
        """Nothing is done to a connection."""
