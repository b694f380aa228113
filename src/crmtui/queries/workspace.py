"""The workspace as a whole: its settings, and whether it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crmtui.domain.workspace import Actor, Workspace
from crmtui.store import journal
from crmtui.store.journal import ChangeSet
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ChangeSet", "Newest", "history", "me", "newest", "next_redo", "next_undo", "settings", "version"]


class Newest(NamedTuple):
    """What tells one state of a workspace from every other, also from that of a backup with as many changes.

    Attributes:
        number: of the newest change set; 0 where nothing was changed yet.
        at: when that was made.
    """

    number: int = 0
    at: str = ""


def settings(path: Path) -> Workspace:
    """The settings that belong to the data."""
    with reading(path) as connection:
        return records.get(connection, Workspace, 1)


def me(path: Path) -> Actor | None:
    """The one of ours who is the user; None where nobody is marked so."""
    with reading(path) as connection:
        return next(records.where(connection, Actor, "is_me = 1"), None)


def newest(path: Path) -> Newest:
    """The newest change: when it is another, something changed, here or in another process."""
    with reading(path) as connection:
        return Newest(*connection.execute("SELECT id, at FROM change_set ORDER BY id DESC LIMIT 1").fetchone() or ())


def version(path: Path) -> int:
    """The number of the newest change set."""
    return newest(path).number


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
