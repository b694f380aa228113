"""What is opened, what is refused, and that a refused file stays as it is."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import stat
import time
from typing import TYPE_CHECKING

import pytest

from crmtui import __version__
from crmtui.commands import history, workspace as commands
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.domain.words import Source
from crmtui.errors import BusyError, FileProblemError
from crmtui.store import backup, database, migrations
from crmtui.store.opening import open_workspace, schema_of
from crmtui.store.unit import work
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@POSIX
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "team.db"
    commands.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir() if entry.stat().st_size] == ["team.db"]


@POSIX
def test_the_journal_beside_the_file_is_for_its_owner_alone(workspace: Path) -> None:
    with work(workspace, "look", Source.TUI) as unit:
        unit.insert(Account, {"name": "Aurora"})
        sidecars = [path for path in workspace.parent.iterdir() if path.name.startswith("team.db-")]
        assert sidecars
        assert {stat.S_IMODE(path.stat().st_mode) for path in sidecars} == {0o600}


def test_making_a_file_leaves_alone_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "team.db"
    path.write_text("mine")
    with pytest.raises(FileProblemError):
        migrations.create(path)
    assert path.read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["team.db"]


def test_a_file_system_without_hard_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    migrations.create(tmp_path / "team.db")
    assert schema_of(tmp_path / "team.db") == database.SCHEMA


@pytest.mark.usefixtures("waits_for_the_disk")
def test_every_connection_has_its_pragmas(workspace: Path) -> None:
    wanted = {"foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1, "synchronous": 2, "recursive_triggers": 1}
    with contextlib.closing(database.connect(workspace)) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert found == wanted
    assert mode == ("wal" if database.is_wal_sound(sqlite3.sqlite_version_info) else "truncate")


@pytest.mark.parametrize("sound", [True, False])
def test_the_journal_mode_follows_the_library(workspace: Path, monkeypatch: pytest.MonkeyPatch, *, sound: bool) -> None:
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: not sound)
    database.connect(workspace).close()
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: sound)
    with contextlib.closing(database.connect(workspace)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == ("wal" if sound else "truncate")


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 37, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 1), True),
        ((3, 53, 0), True),
    ],
)
def test_wal_is_used_only_where_the_library_keeps_it_safe(version: tuple[int, int, int], *, sound: bool) -> None:
    assert database.is_wal_sound(version) is sound


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("name,city\nAurora,Milano\n")


def make_foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)")


def make_newer(path: Path) -> None:
    migrations.create(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")
        connection.execute("UPDATE meta SET value = '9.8.7' WHERE key = 'written_by'")


def make_much_newer(path: Path) -> None:
    make_newer(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE meta")


def make_cut(path: Path) -> None:
    migrations.create(path)
    path.write_bytes(path.read_bytes()[:50])


REFUSED: list[tuple[Callable[[Path], None], str]] = [
    (make_empty, "is empty"),
    (make_text, "is not a crmtui workspace"),
    (make_foreign, "another program's"),
    (make_newer, "written by crmtui 9.8.7"),
    (make_much_newer, "newer than this one"),
    (make_cut, "team.db"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_is_no_workspace_of_ours_is_refused_unchanged(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "team.db"
    make(path)
    before, beside = digest(path), sorted(tmp_path.iterdir())
    with pytest.raises(FileProblemError, match=words):
        open_workspace(path)
    with pytest.raises(FileProblemError, match=words), work(path, "", Source.CLI):
        pass
    assert digest(path) == before
    assert sorted(tmp_path.iterdir()) == beside


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="no workspace at"):
        database.connect(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(FileProblemError, match="is a folder"):
        database.connect(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileProblemError, match="is not a file"):
            database.connect(tmp_path / "pipe")


def test_a_file_that_was_ours_and_is_no_more_is_refused(workspace: Path) -> None:
    database.connect(workspace).close()
    content = workspace.read_bytes()
    workspace.write_bytes(content[:68] + b"\0\0\0\0" + content[72:])  # the same file on disk, another application's
    with pytest.raises(FileProblemError, match="another program's"):
        database.connect(workspace)


def test_a_damaged_page_is_said_and_the_file_stays_as_it_is(workspace: Path) -> None:
    content = bytearray(workspace.read_bytes())
    content[4096:40960] = b"\xa5" * (40960 - 4096)
    workspace.write_bytes(content)
    before = digest(workspace)
    with pytest.raises(FileProblemError, match="damaged"), work(workspace, "add", Source.CLI) as unit:
        unit.insert(Account, {"name": "Aurora"})
    assert digest(workspace) == before


def test_a_locked_file_is_busy_after_the_time_that_we_wait(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 200)
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        before, started = digest(workspace), time.monotonic()
        with pytest.raises(BusyError, match="in use"), work(workspace, "", Source.CLI):
            pass
        assert time.monotonic() - started > 0.15
    assert digest(workspace) == before


def test_reading_the_header_does_not_take_a_lock_away(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a file by the system's own call would drop the locks of all the process's connections to it."""
    import subprocess
    import sys

    monkeypatch.setattr(database, "BUSY_MS", 100)
    attempt = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "try:\n    c.execute('BEGIN IMMEDIATE')\nexcept sqlite3.OperationalError:\n    sys.exit(75)\n"
    )
    with work(workspace, "", Source.TUI):
        database.inspect(workspace)
        done = subprocess.run([sys.executable, "-c", attempt, str(workspace)], check=False)
    assert done.returncode == 75


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_place_is_said_and_nothing_changes(workspace: Path, what: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only to root")
    before = digest(workspace)
    (workspace if what == "file" else workspace.parent).chmod(0o500 if what == "folder" else 0o400)
    try:
        with pytest.raises(FileProblemError), work(workspace, "add", Source.CLI) as unit:
            unit.insert(Account, {"name": "Aurora"})
    finally:
        workspace.parent.chmod(0o700)
    assert digest(workspace) == before


def test_a_file_that_is_behind_is_brought_up_after_a_backup(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Path] = []
    monkeypatch.setattr(database, "SCHEMA", database.SCHEMA + 1)
    monkeypatch.setattr(migrations, "upgrade", ran.append)
    open_workspace(workspace)
    assert ran == [workspace]
    assert [found.reason for found in backup.listing(workspace)] == [backup.BEFORE_MIGRATION]


def test_a_file_that_is_up_to_date_is_only_looked_at(workspace: Path) -> None:
    before = digest(workspace)
    open_workspace(workspace)
    assert digest(workspace) == before
    assert backup.listing(workspace) == []


def test_an_upgrade_that_fails_changes_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crmtui.store import schema

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM channel")
        raise RuntimeError("in the middle")

    before = digest(workspace)
    monkeypatch.setattr(schema, "install", fail)
    with pytest.raises(RuntimeError):
        migrations.upgrade(workspace)
    assert digest(workspace) == before


def test_an_upgrade_of_a_file_that_is_up_to_date_keeps_every_row(workspace: Path) -> None:
    before = dump(workspace)
    migrations.upgrade(workspace)
    assert dump(workspace) == before
    assert faults(workspace) == []


NEXT = database.SCHEMA + 1
STEP = f"""
import sqlalchemy
from alembic import op

revision = "{NEXT:04}"
down_revision = "{database.SCHEMA:04}"

def upgrade():
    op.add_column("account", sqlalchemy.Column("motto", sqlalchemy.Text()))
    op.execute("UPDATE account SET motto = 'always ' || name")
    op.add_column("person", sqlalchemy.Column("nickname", sqlalchemy.Text()))
"""


def test_a_step_of_the_schema_keeps_rows_history_and_search(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work(workspace, "add", Source.TUI) as unit:
        account = unit.insert(Account, {"name": "Aurora"})
        unit.insert(Person, {"name": "Laura", "account_id": account})
    with work(workspace, "rename", Source.TUI) as unit:
        unit.update(Account, account, {"name": "Helios"})
    with work(workspace, "delete", Source.TUI) as unit:
        unit.delete(Person, 1)
    shutil.copytree(migrations.SCRIPTS, tmp_path / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "steps" / "versions" / f"r{NEXT:04}_motto.py").write_text(STEP)
    monkeypatch.setattr(migrations, "SCRIPTS", tmp_path / "steps")
    monkeypatch.setattr(database, "SCHEMA", NEXT)
    open_workspace(workspace)
    assert schema_of(workspace) == NEXT
    assert [row[-1] for row in dump(workspace)["account"]] == ["always Helios"]
    history.undo(workspace, Source.TUI)
    assert len(dump(workspace)["person"]) == 1
    history.undo(workspace, Source.TUI)
    assert [(row[3], row[-1]) for row in dump(workspace)["account"]] == [("Aurora", "always Helios")]
    assert faults(workspace) == []
    monkeypatch.undo()
    with pytest.raises(FileProblemError, match=f"written by crmtui {__version__}"):
        open_workspace(workspace)
