"""The connection by which a thread writes, kept open from one change to the next.

When SQLite opens a file it reads what every table and trigger is, which takes longer than a small change.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from crmtui.store import database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


class _Kept(threading.local):
    """The thread's connection while nobody uses it, and the file that it is to.

    With the name by which it was opened: SQLite refuses to write to a file that got another one since.
    """

    def __init__(self) -> None:
        self.file: tuple[Path, tuple[int, int]] | None = None
        self.connection: sqlite3.Connection | None = None


_kept = _Kept()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that alone may write, as `database.locked`; after a failure it is not used again."""
    connection, identity = database.lock(path, _opened)
    try:
        yield connection
        if connection.in_transaction:
            connection.rollback()
        connection.execute("PRAGMA shrink_memory")  # the pages that it has read; what it knows of the tables stays
    except BaseException:
        connection.close()
        raise
    close()  # that of a unit of work within this one
    _kept.connection, _kept.file = connection, (path, identity)


def _opened(path: Path) -> sqlite3.Connection:
    """The kept one while the file under the name is still the same and ours; else a new one."""
    connection, _kept.connection = _kept.connection, None
    if connection is None:
        return database.connect(path)
    try:
        if path.is_file() and (path, database.identity(path)) == _kept.file:
            database.recognise(connection, path)
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return database.connect(path)


def close() -> None:
    """Let go of this thread's connection."""
    if _kept.connection is not None:
        _kept.connection.close()
    _kept.connection = None
