"""Undo and redo, from any door, across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.errors import NotFoundError
from crmtui.store import journal, undoing
from crmtui.store.journal import ChangeSet
from crmtui.store.unit import work
from crmtui.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.words import Source

__all__ = ["ChangeSet", "redo", "undo"]


def undo(path: Path, source: Source, number: int | None = None) -> ChangeSet:
    """Take back the newest action, or the one of that number; returns it.

    Raises:
        NotFoundError: there is nothing to undo, or no action of that number.
        ConflictError: later changes stand in the way; `lines` names them.
    """
    with work(path, "", source, by_record=False) as unit:
        found = journal.next_undo(unit.connection) if number is None else journal.numbered(unit.connection, number)
        if found is None:
            raise NotFoundError(_("There is nothing to undo."))
        unit.relabel(_("Undo: {label}").format(label=found.label))
        undoing.undo(unit, found.id)
    return found


def redo(path: Path, source: Source) -> ChangeSet:
    """Bring back what was undone last, unless something new was done since; returns the action that holds again."""
    with work(path, "", source, by_record=False) as unit:
        found = journal.next_redo(unit.connection)
        if found is None:
            raise NotFoundError(_("There is nothing to redo."))
        action = journal.undone_by(unit.connection, found)
        unit.relabel(_("Redo: {label}").format(label=action.label))
        undoing.undo(unit, found.id)
    return action
