"""The workspace as a whole: its settings, and whether it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.workspace import Actor, Workspace
from crmtui.store import journal
from crmtui.store.journal import ChangeSet
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ChangeSet", "history", "me", "next_redo", "next_undo", "settings", "version"]


def settings(path: Path) -> Workspace:
    """The settings that belong to the data."""
    with reading(path) as connection:
        return records.get(connection, Workspace, 1)


def me(path: Path) -> Actor | None:
    """The one of ours who is the user; None where nobody is marked so."""
    with reading(path) as connection:
        return next(records.where(connection, Actor, "is_me = 1"), None)


def version(path: Path) -> int:
    """The number of the newest change set: when it grows, something changed, here or in another process."""
    with reading(path) as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM change_set").fetchone()[0])


def history(path: Path, limit: int = 50) -> list[ChangeSet]:
    """The newest changes first."""
    with reading(path) as connection:
        return journal.history(connection, limit)


def next_undo(path: Path) -> ChangeSet | None:
    """What undo would take back."""
    with reading(path) as connection:
        return journal.next_undo(connection)


def next_redo(path: Path) -> ChangeSet | None:
    """What redo would bring back."""
    with reading(path) as connection:
        return journal.next_redo(connection)
