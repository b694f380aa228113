"""Backups: complete copies made in time, checked before they count, and thinned as they grow old."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui import paths
from crmtui.errors import FileProblemError
from crmtui.store import database, files
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BY_HAND: Final = "by-hand"
BEFORE_IMPORT: Final = "before-import"
BEFORE_MERGE: Final = "before-merge"
BEFORE_MIGRATION: Final = "before-migration"
AT_EXIT: Final = "at-exit"
REASONS: Final = {
    BY_HAND: N_("asked for"),
    BEFORE_IMPORT: N_("before an import"),
    BEFORE_MERGE: N_("before a merge"),
    BEFORE_MIGRATION: N_("before a new version's changes to the file"),
    AT_EXIT: N_("at the end of a session"),
}
NEWEST: Final = 5  # as many are never removed, however old
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)-([a-z-]*[a-z])(?:-(\d+))?\.db")
_DAY, _MONTH, _YEAR = dt.timedelta(days=1), dt.timedelta(days=31), dt.timedelta(days=366)


class Named(NamedTuple):
    """A backup as its name tells of it."""

    path: Path
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        path: the file.
        at: when it was made, UTC.
        reason: one of REASONS.
        size: bytes.
        changes: the number of the newest change set in it; None where the file cannot be read.
    """

    path: Path
    at: dt.datetime
    reason: str
    size: int
    changes: int | None


@dataclass(frozen=True, slots=True)
class _State:
    """What tells one state of a workspace from every other."""

    schema: int
    newest: tuple[int, str] | None  # number and time of the newest change set


def make(path: Path, reason: str) -> Path | None:
    """Copy the workspace aside, and check the copy; None where nothing changed since the newest backup.

    Raises:
        FileProblemError: the workspace cannot be read, or the copy not written, or it is not sound; none is kept.
        BusyError: another process kept the workspace locked.
    """
    folder = paths.backups(path)
    with contextlib.closing(database.connect(path)) as source, database.explained(folder):
        source.execute("BEGIN")  # one state for all that is read; and it waits, where the backup itself would for ever
        newest = next(iter(_named(folder)), None)
        if newest and _state_of(newest.path) == _state(source):
            return None
        made = _free(folder, reason)
        paths.make_private(folder)
        with files.building(made) as temporary:
            copy(source, temporary)
            files.put_new(temporary, made)
        for old in surplus(_named(folder), dt.datetime.now(dt.UTC)):
            old.path.unlink(missing_ok=True)
        files.sweep(folder)
    return made


def duplicate(source: sqlite3.Connection, target: Path) -> None:
    """Copy a workspace into a file that is there, empty."""
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copied:
        copied.execute("PRAGMA journal_mode = OFF")
        source.backup(copied)
        if source.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the journal of the source


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy a workspace into a file that is there, empty; FileProblemError where the copy is not sound."""
    duplicate(source, target)
    with contextlib.closing(_readable(target)) as copied:
        if _faults(copied) or _counts(copied) != _counts(source):
            raise FileProblemError(
                _(
                    "The copy in {path} would not be sound, so it was not kept. `crmtui check` tells what is wrong."
                ).format(path=target.parent)
            )


def listing(path: Path) -> list[Backup]:
    """The backups of a workspace, the newest first; each is opened."""
    return [_backup(named) for named in _named(paths.backups(path))]


def surplus(backups: Sequence[Named], now: dt.datetime) -> list[Named]:
    """Those to be removed, given the newest first.

    The newest are kept whatever their age. Of a day all are kept that were asked for or made before something, and of
    those made at an exit one an hour; after that one a day for a month, one a week for a year, one a year.
    """
    seen: set[object] = set()
    found = []
    for place, one in enumerate(backups):
        period = _period(one, now)
        if place >= NEWEST and period in seen:
            found.append(one)
        seen.add(period)
    return found


def _period(one: Named, now: dt.datetime) -> object:
    """What at most one backup is kept for."""
    age = now - one.at
    if age < _DAY:
        return one.at.replace(minute=0, second=0) if one.reason == AT_EXIT else object()
    if age < _MONTH:
        return one.at.date()
    return one.at.isocalendar()[:2] if age < _YEAR else one.at.year


def _named(folder: Path) -> list[Named]:
    """The backups in a folder by what their names say, the newest first."""
    found = [match for match in map(_NAME.fullmatch, _names(folder)) if match]
    found.sort(key=lambda match: (match[1], int(match[3] or 1)), reverse=True)
    return [
        Named(folder / match[0], dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC), match[2])
        for match in found
    ]


def _backup(named: Named) -> Backup:
    state = _state_of(named.path)
    changes = None if state is None else state.newest[0] if state.newest else 0
    return Backup(*named, named.path.stat().st_size, changes)


def _free(folder: Path, reason: str) -> Path:
    """A name that says when and why; those of one second are numbered in their order."""
    stamp = f"{dt.datetime.now(dt.UTC):{_STAMP}}"
    taken = [int(found[3] or 1) for found in map(_NAME.fullmatch, _names(folder)) if found and found[1] == stamp]
    return folder / (f"{stamp}-{reason}-{max(taken) + 1}.db" if taken else f"{stamp}-{reason}.db")


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()] if folder.is_dir() else []


def _readable(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes to any more."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _state(connection: sqlite3.Connection) -> _State:
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    return _State(schema, connection.execute("SELECT id, at FROM change_set ORDER BY id DESC LIMIT 1").fetchone())


def _state_of(path: Path) -> _State | None:
    """The state in a backup; None where it cannot be read."""
    with contextlib.closing(_readable(path)) as connection:
        try:
            return _state(connection)
        except sqlite3.Error:
            return None


def _faults(connection: sqlite3.Connection) -> bool:
    return (
        connection.execute("PRAGMA application_id").fetchone() != (database.APPLICATION,)
        or connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]
        or bool(connection.execute("PRAGMA foreign_key_check").fetchone())
    )


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}
