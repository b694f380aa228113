"""Opening a workspace at the start of a run: brought to this version's schema if it is behind, after a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.store import backup, database
from crmtui.store.reading import connections

if TYPE_CHECKING:
    from pathlib import Path


def open_workspace(path: Path) -> None:
    """See to it that the file can be used by this version.

    Raises:
        FileProblemError: it is missing, not ours, damaged, or newer than this version; it is left as it is.
        BusyError: another process kept it locked.
    """
    with database.explained(path):
        if schema_of(path) < database.SCHEMA:
            from crmtui.store import migrations

            connections.close()
            backup.make(path, backup.BEFORE_MIGRATION)
            migrations.upgrade(path)


def schema_of(path: Path) -> int:
    """The number of the schema in a file: one query, which decides whether a migration is due.

    It is asked where all that follows is read: to open a file twice takes as long as to read a list.
    """
    with connections.reading(path) as connection:
        database.recognise(connection, path)
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
