"""The one place that opens a workspace file, and the rules that keep what is in it.

Durability: with simulated power loss, WAL with synchronous NORMAL loses acknowledged commits; FULL loses none.
WAL with two processes is unsafe in SQLite before 3.51.3 (back-ports 3.44.6 and 3.50.7; not 3.52.0), so WAL is used
only where the library is known to be sound, and TRUNCATE elsewhere: never NORMAL, never OFF.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Final

from crmtui.errors import BusyError, CrmtuiError, FileProblemError
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION: Final = 0x63726D74  # "crmt", in the header of every workspace file
SCHEMA: Final = 1  # the number of the newest migration; PRAGMA user_version of a file that is up to date
OLDEST_SQLITE: Final = (3, 37, 0)  # STRICT tables
BUSY_MS: Final = 5_000
_HEADER: Final = b"SQLite format 3\x00"


def is_wal_sound(version: tuple[int, int, int]) -> bool:
    """Whether this release of SQLite keeps WAL safe with two processes."""
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3) and version != (3, 52, 0)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with every pragma set; the file must exist. Transactions are explicit.

    Raises:
        FileProblemError: the file is not there, is not ours, or was written by a newer version.
        BusyError: another process kept it locked.
    """
    with explained(path):
        inspect(path)
        return _opened(path, read_only=read_only)


def inspect(path: Path) -> None:
    """Refuse, by its first bytes alone and without a lock, what is no database."""
    if not path.exists():
        raise FileProblemError(
            _("There is no workspace at {path}. `crmtui demo` opens a sample, `crmtui` begins one.").format(path=path)
        )
    if path.is_dir():
        raise FileProblemError(_("{path} is a folder; name a file in it.").format(path=path))
    with path.open("rb") as file:
        head = file.read(len(_HEADER))
    if not head:
        raise FileProblemError(
            _(
                "{path} is empty, so it is no workspace. If it should hold yours, `crmtui restore` brings a backup "
                "back; to begin anew, delete the file first."
            ).format(path=path)
        )
    if head != _HEADER:
        raise FileProblemError(_("{path} is not a crmtui workspace; it was left as it is.").format(path=path))


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise FileProblemError(
            _("SQLite {version} is too old: crmtui needs 3.37 or newer.").format(version=sqlite3.sqlite_version)
        )
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=False,  # jobs hand a connection from one worker thread to the next, never share it
    )
    try:
        _recognise(connection, path)
        _configure(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise FileProblemError(_("{path} is another program's SQLite file; it was left as it is.").format(path=path))
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if schema > SCHEMA:
        writer = connection.execute("SELECT value FROM meta WHERE key = 'written_by'").fetchone()
        raise FileProblemError(
            _("{path} was written by crmtui {version}, which is newer than this one. Update crmtui.").format(
                path=path, version=writer[0] if writer else "?"
            )
        )


def _configure(connection: sqlite3.Connection, *, read_only: bool) -> None:
    for pragma in (
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "cache_size = -8000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if not read_only:
        wanted = "wal" if is_wal_sound(sqlite3.sqlite_version_info) else "truncate"
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
            connection.execute(f"PRAGMA journal_mode = {wanted}")


def schema_of(path: Path) -> int:
    """The number of the schema in a file: one query, which decides whether a migration is due."""
    with contextlib.closing(connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def make_private(path: Path) -> None:
    """Make the file, empty and readable by its owner alone, in a folder of the same kind.

    Raises:
        FileExistsError: something is there already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the failures of SQLite and of the system into sentences with an exit code."""
    try:
        yield
    except CrmtuiError:
        raise
    except OSError as error:
        raise FileProblemError(f"{path}: {error.strerror or error}") from None
    except Exception as error:
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps what sqlite3 raised
        if not isinstance(cause, sqlite3.Error):
            raise
        raise _explain(path, cause) from None


def _explain(path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(_("{path} is in use by another program; nothing was changed. Try again.").format(path=path))
    for prefix, sentence in _SENTENCES.items():
        if code.startswith(prefix):
            return FileProblemError(_(sentence).format(path=path))
    return error


_SENTENCES: Final = {
    "SQLITE_FULL": N_("The disk is full: nothing was changed in {path}. Free some space and try again."),
    "SQLITE_READONLY": N_("{path} may only be read: nothing was changed. Check the permissions of file and folder."),
    "SQLITE_CANTOPEN": N_("{path} cannot be opened. Check the permissions of file and folder."),
    "SQLITE_PERM": N_("{path} cannot be opened. Check the permissions of file and folder."),
    "SQLITE_NOTADB": N_("{path} is not a crmtui workspace, or is damaged. `crmtui restore` brings a backup back."),
    "SQLITE_CORRUPT": N_("{path} is damaged. `crmtui restore` brings a backup back and keeps the damaged file."),
    "SQLITE_IOERR": N_("{path} cannot be read or written: the disk reports an error. Nothing was changed."),
}
