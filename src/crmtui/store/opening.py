"""Opening a workspace at the start of a run: brought to this version's schema if it is behind, after a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.store import backup, database

if TYPE_CHECKING:
    from pathlib import Path


def open_workspace(path: Path) -> None:
    """See to it that the file can be used by this version.

    Raises:
        FileProblemError: it is missing, not ours, damaged, or newer than this version; it is left as it is.
        BusyError: another process kept it locked.
    """
    with database.explained(path):
        if database.schema_of(path) < database.SCHEMA:
            from crmtui.store import migrations

            backup.make(path, backup.BEFORE_MIGRATION)
            migrations.upgrade(path)
