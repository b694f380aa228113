"""Backups: make one, see them, bring one back; and one at the end of every run that changed something."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from crmtui import paths
from crmtui.commands.opening import make_room
from crmtui.errors import NotFoundError
from crmtui.queries.workspace import Newest, newest
from crmtui.store import backup, kept, restoring
from crmtui.store.backup import Backup
from crmtui.store.reading import connections
from crmtui.store.unit import has_written
from crmtui.text import _

__all__ = ["Backup", "Restored", "after_writing", "at_exit", "find", "listing", "make", "reason", "restore"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        backup: the file that was put in place.
        kept: where the file that was there is now; None where there was none.
    """

    backup: Path
    kept: Path | None


def make(path: Path, why: str = backup.BY_HAND) -> Path | None:
    """Back the workspace up; None where nothing changed since the newest backup."""
    return backup.make(path, why)


def at_exit(path: Path, since: Newest) -> Path | None:
    """Back the workspace up if it changed since that was the newest change; None where it did not, or is gone."""
    if not path.is_file() or newest(path) == since:
        return None
    return backup.make(path, backup.AT_EXIT)


def after_writing(path: Path) -> Path | None:
    """Back the workspace up if this process has changed it; None where it did not, or it is gone.

    The import that begins a workspace puts it in place as it is: the files that it was made of are its backup.
    """
    return backup.make(path, backup.AT_EXIT) if has_written(path) and path.is_file() else None


def listing(path: Path) -> list[Backup]:
    """The backups of a workspace, the newest first; also where the workspace itself is gone or damaged."""
    return backup.listing(path)


def reason(found: Backup) -> str:
    """Why a backup was made, in words."""
    return _(backup.REASONS.get(found.reason, "")) or found.reason


def restore(path: Path, wanted: str = "") -> Restored:
    """Bring a backup back: the newest, or the one that `find` finds.

    Raises:
        NotFoundError: there is no such backup.
        FileProblemError: the backup is not sound, or the place cannot be written to; nothing was changed.
        BusyError: another process is writing to the workspace.
    """
    chosen = find(path, wanted)
    make_room(path)
    for own in (connections, kept):  # would stand in the way
        own.close()
    return Restored(chosen, restoring.restore(path, chosen))


def find(path: Path, wanted: str = "") -> Path:
    """The newest sound backup; or that of a place in the listing from 1, of the beginning of a name, or a file."""
    backups = listing(path)
    if not wanted:
        sound = [found.path for found in backups if found.changes is not None]
        if sound:
            return sound[0]
        raise NotFoundError(
            _("There are no backups of {path} in {folder}.").format(path=path, folder=paths.backups(path))
        )
    if wanted.isdecimal() and 1 <= int(wanted) <= len(backups):
        return backups[int(wanted) - 1].path
    named = [found.path for found in backups if found.path.name.startswith(wanted)]
    if len(named) == 1:
        return named[0]
    if os.path.isfile(file := os.path.expanduser(wanted)):  # noqa: PTH111, PTH113 - Path's raise for what cannot be
        return Path(file)
    raise NotFoundError(
        _("No backup, or more than one, answers to {wanted}. `crmtui backups` lists them.").format(wanted=wanted)
    )
