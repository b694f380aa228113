"""A backup comes back whatever became of the file, and whatever became of the file is kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import backups as commands, history
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import BusyError, FileProblemError
from crmtui.queries import workspace as queries
from crmtui.sqlite_file import SIDECARS
from crmtui.store import backup, database, files, restoring
from crmtui.store.aside import aside
from crmtui.store.unit import work
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("keeps_backups")


@pytest.fixture
def saved(workspace: Path) -> Path:
    """A workspace with an account, and a backup of it."""
    with work(workspace, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": "Aurora"})
    assert backup.make(workspace, backup.BY_HAND)
    return workspace


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


def overwrite(path: Path) -> None:
    path.write_text("not a database at all\n" * 100)


def foreign(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("ruin", [empty, garble, overwrite, foreign, cut, newer])
def test_it_comes_back_when_the_file_will_not_open_and_that_file_is_kept(
    saved: Path, ruin: Callable[[Path], None]
) -> None:
    before = dump(saved)
    ruin(saved)
    ruined = saved.read_bytes()
    done = commands.restore(saved)
    assert dump(saved) == before
    assert faults(saved) == []
    assert done.kept is not None
    assert done.kept.read_bytes()[100:] == ruined[100:]  # but for the header, where it had to leave WAL
    assert done.kept.name.startswith("team.db.before-restore-")


def test_it_comes_back_when_the_file_is_gone(saved: Path) -> None:
    before = dump(saved)
    saved.unlink()
    assert commands.restore(saved).kept is None
    assert dump(saved) == before
    if os.name == "posix":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_what_was_done_since_is_in_the_file_that_is_kept(saved: Path) -> None:
    with work(saved, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": "Helios"})
    since = dump(saved)
    kept = commands.restore(saved).kept
    assert kept is not None
    assert [row[3] for row in dump(saved)["account"]] == ["Aurora"]
    assert dump(kept) == since


def test_the_history_comes_back_too(saved: Path) -> None:
    with work(saved, "rename", Source.TUI) as unit:
        unit.update(Account, 1, {"name": "Helios"})
    commands.restore(saved)
    history.undo(saved, Source.TUI)
    assert dump(saved)["account"] == []


def test_a_reader_that_stays_open_reads_the_file_that_was_put_in_place(saved: Path) -> None:
    with work(saved, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": "Helios"})
    newest = queries.version(saved)
    commands.restore(saved)
    assert queries.version(saved) == newest - 1


def test_a_journal_left_behind_is_not_played_into_the_restored_file(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(saved)
    overwrite(saved)
    monkeypatch.setattr(database, "_ours", set())  # as in a new process
    for suffix in SIDECARS:
        files.beside(saved, suffix).write_bytes(b"left over")
    kept = commands.restore(saved).kept
    assert kept is not None
    assert dump(saved) == before
    assert [files.beside(kept, suffix).read_bytes() for suffix in SIDECARS] == [b"left over"] * 3


@pytest.mark.parametrize("wal", [False, True])
def test_a_file_that_another_process_writes_to_is_left_alone(
    saved: Path, monkeypatch: pytest.MonkeyPatch, *, wal: bool
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: wal)
    with contextlib.closing(database.connect(saved)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE meta SET value = 'x'")
        with pytest.raises(BusyError):
            commands.restore(saved)
        other.execute("COMMIT")
        assert other.execute("SELECT value FROM meta").fetchone() == ("x",)
    assert sorted(path.name for path in saved.parent.glob("*before-restore*")) == []


def test_a_file_that_took_the_place_while_it_waited_is_left_alone_as_well(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock on the old file keeps nobody from writing to the new one, whose writer would lose what he wrote."""
    usual, others = restoring._take, list[sqlite3.Connection]()

    def take(connection: sqlite3.Connection, path: Path) -> None:
        if not others:
            with aside(saved) as copy:
                assert copy.take_place()
            others.append(database.locked(saved))
            others[0].execute("UPDATE meta SET value = 'x'")
        usual(connection, path)

    monkeypatch.setattr(database, "BUSY_MS", 100)
    monkeypatch.setattr(restoring, "_take", take)
    with pytest.raises(BusyError):
        commands.restore(saved)
    others[0].execute("COMMIT")
    others[0].close()
    with contextlib.closing(database.connect(saved)) as connection:
        assert connection.execute("SELECT value FROM meta").fetchone() == ("x",)
    assert [path.name for path in saved.parent.glob("*before-restore*")] == []


def test_in_wal_an_open_reader_is_enough(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    monkeypatch.setattr(database, "is_wal_sound", lambda _version: True)
    with contextlib.closing(database.connect(saved)) as other:
        other.execute("SELECT * FROM meta").fetchall()
        with pytest.raises(BusyError):
            commands.restore(saved)


@pytest.mark.parametrize("ruin", [empty, garble, overwrite, foreign, cut, newer])
def test_a_backup_that_is_not_sound_is_refused(saved: Path, tmp_path: Path, ruin: Callable[[Path], None]) -> None:
    chosen = tmp_path / "chosen.db"
    chosen.write_bytes(commands.find(saved).read_bytes())
    ruin(chosen)
    before = saved.read_bytes()
    with pytest.raises(FileProblemError):
        commands.restore(saved, str(chosen))
    assert saved.read_bytes() == before
    assert not [path for path in saved.parent.iterdir() if path.name.startswith((".", "team.db."))]


def test_a_folder_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    with pytest.raises(FileProblemError, match="folder"):
        commands.restore(folder, str(commands.find(saved)))


def test_behind_a_link_the_file_itself_is_restored(saved: Path) -> None:
    linked = saved.with_name("link.db")
    linked.symlink_to(saved)
    overwrite(saved)
    commands.restore(linked)
    assert linked.is_symlink()
    assert [row[3] for row in dump(saved)["account"]] == ["Aurora"]


def test_without_hard_links_it_comes_back_all_the_same(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: Path) -> None:
        raise PermissionError

    before = dump(saved)
    overwrite(saved)
    monkeypatch.setattr(os, "link", refuse)
    assert commands.restore(saved).kept is not None
    assert dump(saved) == before


@pytest.mark.parametrize("linking", [True, False])
def test_a_restore_that_fails_at_the_last_step_leaves_everything_as_it_was(
    saved: Path, monkeypatch: pytest.MonkeyPatch, *, linking: bool
) -> None:
    def refuse(*_paths: Path) -> None:
        raise PermissionError

    def listed() -> dict[str, bytes]:
        return {entry.name: entry.read_bytes() for entry in saved.parent.iterdir() if entry.is_file()}

    overwrite(saved)
    files.beside(saved, "-wal").write_bytes(b"left over")
    monkeypatch.setattr(database, "_ours", set())
    before = listed()
    monkeypatch.setattr(files, "put", refuse)
    if not linking:
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(FileProblemError):
        commands.restore(saved)
    assert listed() == before
