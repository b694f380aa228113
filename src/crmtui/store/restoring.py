"""Putting a backup in the place of a workspace, whatever state that is in; what was there is kept."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.errors import BusyError, FileProblemError
from crmtui.sqlite_file import SIDECARS
from crmtui.store import backup, database, files
from crmtui.store.failures import code_of
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator


def restore(path: Path, chosen: Path) -> Path | None:
    """Put a checked copy of a backup in place, in one step; returns where the file that was there is kept.

    Returns None where there was none. The file that was there may be damaged, empty or foreign.

    Raises:
        FileProblemError: the backup is no workspace, or not sound, or was written by a newer version.
        BusyError: another process is writing to the workspace, or the backup.
    """
    place = Path(os.path.realpath(path))  # which a circle of links does not stop
    if place.is_dir():
        raise FileProblemError(_("{path} is a folder; name a file in it.").format(path=path))
    with database.explained(path), files.building(place) as temporary:
        with contextlib.closing(database.connect(chosen)) as source:
            with database.explained(chosen):
                source.execute("BEGIN")
            backup.copy(source, temporary)
        with _held(place):
            kept = _set_aside(place)
            try:
                files.put(temporary, place)
            except BaseException:
                _bring_back(place, kept)
                raise
    return kept if kept.exists() else None


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep other processes from writing while the file is replaced; one that nobody can open needs no holding."""
    try:
        database.inspect(path)
    except FileProblemError:
        yield
        return
    with contextlib.closing(_locked(path)):
        yield


def _locked(path: Path) -> sqlite3.Connection:
    """A lock on the file that is under the name once we have it: while we waited, another may have taken the place."""
    while True:
        asked_for = database.identity(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=database.BUSY_MS / 1000)
        try:
            _take(connection, path)
            if database.identity(path) == asked_for:
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()


def _take(connection: sqlite3.Connection, path: Path) -> None:
    """Lock the file; leaving WAL asks for more than a lock: that no other connection is open."""
    try:
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if code_of(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
        return  # damaged
    if mode == "wal":
        raise BusyError(_("{path} is in use by another program; nothing was changed. Try again.").format(path=path))


def _set_aside(path: Path) -> Path:
    """Give the present file a second name, and its sidecars those that go with it: they are not for the new file."""
    kept = path.with_name(f"{path.name}.before-restore-{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%S.%fZ}")
    for suffix in SIDECARS:
        with contextlib.suppress(FileNotFoundError):
            files.beside(path, suffix).rename(files.beside(kept, suffix))
    try:
        os.link(path, kept)
    except FileNotFoundError:
        pass
    except OSError:  # a file system without hard links: for a moment there is no file under the name
        path.rename(kept)
    return kept


def _bring_back(path: Path, kept: Path) -> None:
    """Have everything under its old name again."""
    if path.exists():
        kept.unlink(missing_ok=True)
    for suffix in ("", *SIDECARS):
        with contextlib.suppress(FileNotFoundError):
            files.beside(kept, suffix).rename(files.beside(path, suffix))
