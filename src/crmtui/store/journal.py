"""The history: one change set for each user action, and which of them undo and redo would take next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import NotFoundError
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One user action in the history.

    Attributes:
        at: when, ISO in UTC.
        rows: how many rows it changed.
        undoes_id: the change set that it took back; None for an action of its own.
        undone: whether it is taken back at present.
    """

    id: int
    at: str
    label: str
    actor: str
    source: str
    undoes_id: int | None
    undone: bool
    rows: int


_SETS = """
    SELECT s.id, s.at, s.label, s.actor, s.source, s.undoes_id,
        EXISTS (SELECT 1 FROM change_set u WHERE u.undoes_id = s.id AND NOT EXISTS
            (SELECT 1 FROM change_set r WHERE r.undoes_id = u.id)) AS undone,
        (SELECT coalesce(sum(coalesce(c.last_id - c.row_id, 0) + 1), 0) FROM change c WHERE c.set_id = s.id)
    FROM change_set s
"""


def history(connection: sqlite3.Connection, limit: int = 50) -> list[ChangeSet]:
    """The newest change sets first."""
    rows = connection.execute(f"{_SETS} WHERE NOT s.is_open ORDER BY s.id DESC LIMIT ?", (limit,))
    return [_change_set(row) for row in rows]


def forget(connection: sqlite3.Connection) -> None:
    """Empty the history: what there is stays, and can no longer be undone."""
    connection.execute("BEGIN IMMEDIATE")
    for table in (*(f"past_{table}" for table in BY_TABLE), "change", "change_set"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("COMMIT")


def next_undo(connection: sqlite3.Connection) -> ChangeSet | None:
    """The newest action that still holds: neither taken back nor itself a taking back."""
    return _first(connection, "s.undoes_id IS NULL AND NOT undone AND NOT s.is_open")


def next_redo(connection: sqlite3.Connection) -> ChangeSet | None:
    """The newest taking back, unless it was redone or something new was done since."""
    newest = _first(connection, "s.undoes_id IS NULL AND NOT s.is_open")
    found = _first(connection, "s.undoes_id IN (SELECT id FROM change_set WHERE undoes_id IS NULL) AND NOT undone")
    return found if found and newest and found.id > newest.id else None


def undone_by(connection: sqlite3.Connection, undoing: ChangeSet) -> ChangeSet:
    """The action that a taking back has taken back."""
    row = connection.execute(f"{_SETS} WHERE s.id = ?", (undoing.undoes_id,)).fetchone()
    return _change_set(row)


def numbered(connection: sqlite3.Connection, number: int) -> ChangeSet:
    """The action of that number; NotFoundError if there is none, or if it is taken back already."""
    row = connection.execute(f"{_SETS} WHERE s.id = ? AND NOT s.is_open", (number,)).fetchone()
    if row is None or bool(row[6]) or row[5] is not None:
        raise NotFoundError(_("There is no change {number} that could be undone.").format(number=number))
    return _change_set(row)


def _first(connection: sqlite3.Connection, condition: str) -> ChangeSet | None:
    row = connection.execute(f"{_SETS} WHERE {condition} ORDER BY s.id DESC LIMIT 1").fetchone()
    return _change_set(row) if row else None


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    number, at, label, actor, source, undoes_id, undone, rows = row
    return ChangeSet(number, at, label, actor, source, undoes_id, bool(undone), rows)
