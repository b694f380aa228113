"""The steps from one released schema to the next; Alembic is imported only when a file is behind."""

from __future__ import annotations

import functools
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui import __version__
from crmtui.errors import FileProblemError
from crmtui.store import backup, database, files, schema
from crmtui.text import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS: Final = Path(__file__).parent
# Where Alembic keeps the number of the newest step, letter by letter as it makes it.
_VERSION: Final = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
    "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
)


def create(path: Path) -> None:
    """Make a new workspace file, whole or not at all, with the newest schema and no rows.

    Raises:
        FileProblemError: something is there already and is left alone, or the place cannot be written to.
    """
    with database.explained(path), files.building(path) as temporary:
        with _making:
            backup.duplicate(_newest(), temporary)
        files.put_new(temporary, path)


def wanted() -> dict[str, tuple[str, str]]:
    """The tables, indexes and triggers of an up-to-date file: (what it is, the statement that makes it) by name."""
    with _making:
        rows = _newest().execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: (kind, sql) for name, kind, sql in rows}


_making: Final = threading.Lock()


@functools.cache
def _newest() -> sqlite3.Connection:
    """A workspace with no rows, in memory, for one at a time: to copy it takes a twentieth of the time to make it."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN")
    _make_newest(connection)
    _finish(connection)
    connection.execute("COMMIT")
    return connection


def _make_newest(connection: sqlite3.Connection) -> None:
    """What all steps together make of an empty file, without Alembic, which is slow to import."""
    for statement in (SCRIPTS / "versions" / f"schema_{database.SCHEMA:04}.sql").read_text("utf-8").split(";"):
        connection.execute(statement)
    connection.execute(_VERSION)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (f"{database.SCHEMA:04}",))


def upgrade(path: Path) -> None:
    """Bring a workspace file to the newest schema in one transaction; the caller makes the backup first."""
    with database.explained(path):
        _run(path)


def _run(path: Path) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: _bare(path), poolclass=sqlalchemy.NullPool)
    sqlalchemy.event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            _steps(connection)
    finally:
        engine.dispose()


def _bare(path: Path) -> sqlite3.Connection:
    """A connection for changing the schema: foreign keys off before BEGIN, or batch mode deletes child rows."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=database.BUSY_MS / 1000)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _steps(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("the workspace is not on sqlite3")
    schema.remove_triggers(raw)  # no step is a user's action, and a rebuilt table must not drag them along
    _alembic(connection)
    _finish(raw)


def _finish(raw: sqlite3.Connection) -> None:
    """Around the tables put all that is made from them, and say whose file it is."""
    schema.install(raw)
    if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
        raise FileProblemError(
            _("The new schema leaves {count} broken links; nothing was changed.").format(count=len(broken))
        )
    raw.execute("INSERT OR REPLACE INTO meta VALUES ('written_by', ?)", (__version__,))
    raw.execute(f"PRAGMA application_id = {database.APPLICATION}")
    raw.execute(f"PRAGMA user_version = {database.SCHEMA}")


def _alembic(connection: Connection) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config,
        scripts,
        fn=lambda revision, _context: scripts._upgrade_revs("head", revision),  # noqa: SLF001 - as its own command does
    ) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
