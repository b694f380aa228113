"""Connections for reading: one a thread and file, kept open, since each key on a list asks for rows."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from crmtui.store import database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


_CACHE: Final = 1_000  # KiB for each connection: some five threads of the full screen have one


class _Kept(threading.local):
    def __init__(self) -> None:
        self.identity: tuple[str, int, int] | None = None
        self.connection: sqlite3.Connection | None = None


_kept = _Kept()


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The thread's connection to a workspace, in one read transaction: all that is read belongs together."""
    with database.explained(path):
        connection = _connection(path)
        connection.execute("BEGIN")
    with database.answered(path):
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")


def _connection(path: Path) -> sqlite3.Connection:
    """The kept one while the file under the name is still the same: a restore puts another in its place."""
    database.inspect(path)
    found = path.stat()
    identity = (str(path), found.st_dev, found.st_ino)
    if _kept.connection is None or _kept.identity != identity:
        close()
        _kept.connection = database.connect(path)
        _kept.connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        _kept.identity = identity
    return _kept.connection


def close() -> None:
    """Let go of this thread's connection."""
    if _kept.connection is not None:
        _kept.connection.close()
    _kept.connection = _kept.identity = None
