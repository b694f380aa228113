"""Changing a workspace in a copy that takes its place afterwards, so that others can use it in the meantime.

What takes seconds to write would keep others from saving as long, since SQLite lets one write at a time. The copy is
put in place only while nothing was saved since it was made; whoever saves looks whether the file that he has locked is
still the one under the name (`database.locked`), so that nothing goes into one that has lost it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui.store import backup, database, files

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_ROOM: Final = 3  # how many times the size of the workspace must be free on its disk: copy, what comes, journal


class Aside:
    """A copy of a workspace.

    Attributes:
        path: where it is, for who changes it.
    """

    def __init__(self, path: Path, place: Path, identity: tuple[int, int], source: sqlite3.Connection) -> None:
        self.path = path
        self._place = place
        self._identity = identity
        self._source = source
        self._version = _version(source)

    def take_place(self) -> bool:
        """Put it in the place of the workspace, in one step; False, and nothing is changed, if that was changed.

        Others cannot save for as long as it takes to give a file another name.

        Raises:
            BusyError: another process kept the workspace locked.
        """
        files.sync(self.path)
        with database.explained(self._place), contextlib.closing(database.locked(self._place)):
            if database.identity(self._place) != self._identity or _version(self._source) != self._version:
                return False
            self.path.replace(self._place)
            files.sync_folder(self._place)
        return True


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Aside]:
    """A private copy of a workspace beside it, gone at the end unless it took its place.

    Raises:
        FileProblemError: the workspace cannot be read, or the copy not written.
        BusyError: another process kept the workspace locked.
    """
    place = Path(os.path.realpath(path))
    identity = database.identity(place)  # of a file that loses its name from here on, the copy never takes the place
    with (
        contextlib.closing(database.connect(place)) as source,
        database.explained(place),
        files.building(place) as temporary,
    ):
        source.execute("BEGIN")
        made = Aside(temporary, place, identity, source)
        backup.duplicate(source, temporary)
        source.execute("ROLLBACK")
        _let_in(temporary, place)
        yield made


def can_be_replaced(path: Path) -> bool:
    """Whether a copy may take the place of a workspace.

    Not where SQLite keeps a log beside it, which would then be another file's; nor where the file has other names,
    another owner or a group that is not ours, which the copy would not have; nor without room for the copy. Windows
    replaces no file in use.
    """
    place = Path(os.path.realpath(path))
    with contextlib.closing(database.connect(place)) as connection:
        is_logged = connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    found = place.stat()
    return (
        os.name == "posix"
        and not is_logged
        and found.st_nlink == 1
        and found.st_uid == os.geteuid()
        and found.st_gid in (os.getegid(), *os.getgroups())
        and os.access(place.parent, os.W_OK)
        and shutil.disk_usage(place.parent).free > _ROOM * found.st_size
    )


def _let_in(temporary: Path, place: Path) -> None:
    """Let those use the copy who may use the workspace: its group, its mode, and a list of others where it has one."""
    group = place.stat().st_gid
    if temporary.stat().st_gid != group:
        os.chown(temporary, -1, group)
    shutil.copystat(place, temporary)  # the mode after the group, which may take something of it away
    os.utime(temporary)  # or it would look like one that was left behind


def _version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection changes the file (https://sqlite.org/pragma.html#pragma_data_version)."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
