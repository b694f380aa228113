"""Lets SQL ask for what was worked out of accounts, so that filters of lists can name it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator


def asking(key: str) -> str:
    """The expression that asks for a cell of the account under the alias `t`, while it is `provided`."""
    return f"worked_out(t.id, '{key}')"


@contextlib.contextmanager
def provided(connection: sqlite3.Connection, tell: Callable[[int, str], Any]) -> Iterator[None]:
    """Let SQL on this connection ask for cells: by account and key, a value that SQLite keeps."""
    connection.create_function("worked_out", 2, tell)
    try:
        yield
    finally:
        connection.create_function("worked_out", 2, None)
