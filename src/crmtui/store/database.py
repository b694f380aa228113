"""The one place that opens a workspace file, and the rules that keep what is in it.

Durability: with simulated power loss, WAL with synchronous NORMAL loses acknowledged commits; FULL loses none.
WAL with two processes is unsafe in SQLite before 3.51.3 (back-ports 3.44.6 and 3.50.7; not 3.52.0), so WAL is used
only where the library is known to be sound, and TRUNCATE elsewhere: never NORMAL, never OFF.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, Final

from crmtui.errors import BusyError, CrmtuiError, FileProblemError
from crmtui.sqlite_file import MAGIC
from crmtui.store.failures import damaged, explain, nowhere, unusable
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

APPLICATION: Final = 0x63726D74  # "crmt", in the header of every workspace file
SCHEMA: Final = 6  # the number of the newest migration; PRAGMA user_version of a file that is up to date
OLDEST_SQLITE: Final = (3, 37, 0)  # STRICT tables
BUSY_MS: Final = 5_000
_HEADER: Final = 100  # bytes; the application is at 68, big-endian (https://sqlite.org/fileformat2.html, 1.3)


def is_wal_sound(version: tuple[int, int, int]) -> bool:
    """Whether this release of SQLite keeps WAL safe with two processes."""
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3) and version != (3, 52, 0)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with every pragma set; the file must exist. Transactions are explicit.

    Raises:
        FileProblemError: the file is not there, is not ours, or was written by a newer version.
        BusyError: another process kept it locked.
    """
    with explained(path):
        inspect(path)
        try:
            return _opened(path)
        except UnicodeDecodeError:  # what SQLite says of a schema that is no text is none either
            raise damaged(path) from None


def locked(path: Path) -> sqlite3.Connection:
    """A connection that alone may write to the workspace: to the file that is under the name when nobody else can.

    While it waited another file may have taken the name, and what is written to the old one would be lost.

    Raises:
        FileProblemError: as `connect`.
        BusyError: another process kept it locked.
    """
    return lock(path, connect)[0]


def lock(path: Path, opened: Callable[[Path], sqlite3.Connection]) -> tuple[sqlite3.Connection, tuple[int, int]]:
    """The same by a connection that is opened in some way, and which file it is to."""
    while True:
        asked_for = identity(path) if path.exists() else None
        connection = opened(path)
        try:
            with explained(path):
                connection.execute("BEGIN IMMEDIATE")
                if identity(path) == asked_for:
                    return connection, asked_for
        except BaseException:
            connection.close()
            raise
        connection.close()


def inspect(path: Path) -> None:
    """Refuse, without touching it, what is no workspace."""
    if not path.exists():
        if path.is_symlink():
            raise nowhere(path)
        raise FileProblemError(
            _("There is no workspace at {path}. `crmtui demo` opens a sample, `crmtui` begins one.").format(path=path)
        )
    if path.is_dir():
        raise FileProblemError(_("{path} is a folder; name a file in it.").format(path=path))
    if not path.is_file():
        raise FileProblemError(_("{path} is not a file.").format(path=path))
    if not path.stat().st_size:
        raise FileProblemError(
            _(
                "{path} is empty, so it is no workspace. If it should hold yours, `crmtui restore` brings a backup "
                "back; to begin anew, delete the file first."
            ).format(path=path)
        )
    with _sniffing:
        if (found := identity(path)) not in _ours:
            _sniff(path)
            _ours.add(found)


# A file is read past SQLite only before this process has a connection to it: closing it a second time would take
# away the locks of every other connection (https://sqlite.org/howtocorrupt.html, 2.2).
_ours: Final[set[tuple[int, int]]] = set()
_sniffing: Final = threading.Lock()


def identity(path: Path) -> tuple[int, int]:
    """What tells the file that has a name from one that takes its place."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _sniff(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_HEADER)
    if not head.startswith(MAGIC):
        raise FileProblemError(
            _(
                "{path} is not a crmtui workspace; it was left as it is. If it should hold yours, `crmtui restore` "
                "brings a backup back."
            ).format(path=path)
        )
    _recognise(int.from_bytes(head[68:72], "big"), path)


def _recognise(application: int, path: Path) -> None:
    if application != APPLICATION:
        raise FileProblemError(_("{path} is another program's SQLite file; it was left as it is.").format(path=path))


def _opened(path: Path) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise FileProblemError(
            _("SQLite {version} is too old: crmtui needs 3.37 or newer.").format(version=sqlite3.sqlite_version)
        )
    asked_for = identity(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=False,  # jobs hand a connection from one worker thread to the next, never share it
    )
    try:
        recognise(connection, path)
        _refuse_replaced(path, asked_for)
        _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def recognise(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file of another program, and one whose schema this version does not know yet."""
    _recognise(connection.execute("PRAGMA application_id").fetchone()[0], path)
    _refuse_newer(connection, path)


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] <= SCHEMA:
        return
    try:
        writer = connection.execute("SELECT value FROM meta WHERE key = 'written_by'").fetchone()
    except sqlite3.OperationalError:  # whoever wrote it may keep that elsewhere
        writer = None
    raise FileProblemError(
        _("{path} was written by crmtui {version}, which is newer than this one. Update crmtui.").format(
            path=path, version=writer[0] if writer else "?"
        )
    )


def _refuse_replaced(path: Path, asked_for: tuple[int, int]) -> None:
    """A restore may have put another file in place while we waited for its lock on the old one."""
    if identity(path) != asked_for:
        raise BusyError(_("{path} was replaced in the meantime; nothing was changed. Try again.").format(path=path))


def _configure(connection: sqlite3.Connection) -> None:
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or INSERT OR REPLACE would delete rows behind the journal's back
        "trusted_schema = OFF",
        "secure_delete = ON",
        "synchronous = FULL",
        "fullfsync = ON",  # macOS: what fsync alone leaves in the drive's cache
        "checkpoint_fullfsync = ON",
        "temp_store = MEMORY",
        "cache_size = -8000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    wanted = "wal" if is_wal_sound(sqlite3.sqlite_version_info) else "truncate"
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
        connection.execute(f"PRAGMA journal_mode = {wanted}")


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the failures of SQLite and of the system into sentences with an exit code."""
    try:
        with answered(path):
            yield
    except OSError as error:
        raise unusable(path, error) from None


@contextlib.contextmanager
def answered(path: Path) -> Iterator[None]:
    """The same for SQLite alone, around what does more than the file's own business: a full pipe is not its fault."""
    try:
        yield
    except (CrmtuiError, OSError):
        raise
    except Exception as error:
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps what sqlite3 raised
        if not isinstance(cause, sqlite3.Error):
            raise
        raise explain(path, cause) from None
