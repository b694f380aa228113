"""How SQLAlchemy speaks to a connection that is in use already. Heavy: imports SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class InUse(SQLiteDialect_pysqlite):
    """SQLite's own dialect, for connections that others have opened and will close.

    It goes without the function that is added to each connection for patterns:
    SQLite adds none while a statement is being read from, and a record is often written from within such a loop.
    """

    supports_statement_cache = True

    def on_connect(self) -> None:  # type: ignore[override]  # None is what the dialect above it returns
        """Nothing is done to a connection."""

    def do_close(self, dbapi_connection: object) -> None:
        """It stays open."""
