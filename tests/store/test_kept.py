"""A thread writes by one connection from change to change, but never into what is no longer the workspace."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError, InvalidError
from crmtui.store import database, kept
from crmtui.store.unit import work
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _none_is_kept() -> Iterator[None]:
    kept.close()
    yield
    kept.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is opened from now on."""
    connect = database.connect
    heard: list[Path] = []

    def hearing(path: Path) -> sqlite3.Connection:
        heard.append(path)
        return connect(path)

    monkeypatch.setattr(database, "connect", hearing)
    return heard


def add(path: Path, name: str) -> None:
    with work(path, "add", Source.CLI) as unit:
        unit.insert(Account, {"name": name})


def names(path: Path) -> list[str]:
    return [row[3] for row in dump(path)["account"]]


def test_changes_one_after_the_other_open_the_file_once(workspace: Path, opened: list[Path]) -> None:
    for name in ("Aurora", "Helios", "Corvina"):
        add(workspace, name)
    assert opened == [workspace]
    assert names(workspace) == ["Aurora", "Helios", "Corvina"]
    assert faults(workspace) == []


def test_another_file_under_the_name_is_the_one_that_is_written_to(workspace: Path) -> None:
    add(workspace, "Aurora")
    old, new = workspace.with_name("old.db"), workspace.with_name("new.db")
    shutil.copy2(workspace, new)
    workspace.rename(old)
    new.rename(workspace)
    add(workspace, "Helios")
    assert (names(workspace), names(old)) == (["Aurora", "Helios"], ["Aurora"])


def test_another_workspace_is_written_to_under_its_own_name(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy2(workspace, other)
    for path, name in ((workspace, "Aurora"), (other, "Helios"), (workspace, "Corvina")):
        add(path, name)
    assert (names(workspace), names(other)) == (["Aurora", "Corvina"], ["Helios"])


def test_a_file_that_got_another_name_is_opened_by_that(workspace: Path) -> None:
    built = workspace.with_name("built.db")
    workspace.rename(built)
    add(built, "Aurora")
    built.rename(workspace)
    add(workspace, "Helios")
    assert names(workspace) == ["Aurora", "Helios"]


def test_a_workspace_that_is_gone_is_not_written_to(workspace: Path) -> None:
    add(workspace, "Aurora")
    workspace.unlink()
    with pytest.raises(FileProblemError, match="no workspace at"):
        add(workspace, "Helios")


def test_a_file_that_a_newer_version_has_taken_over_is_refused(workspace: Path) -> None:
    add(workspace, "Aurora")
    with contextlib.closing(sqlite3.connect(workspace)) as other:
        other.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")
    with pytest.raises(FileProblemError, match="newer"):
        add(workspace, "Helios")
    with contextlib.closing(sqlite3.connect(workspace)) as other:
        assert other.execute("SELECT name FROM account").fetchall() == [("Aurora",)]


def test_after_a_failure_the_file_is_opened_again(workspace: Path, opened: list[Path]) -> None:
    add(workspace, "Aurora")
    with pytest.raises(InvalidError), work(workspace, "add", Source.CLI) as unit:
        unit.insert(Account, {"name": ""})
    add(workspace, "Corvina")
    assert opened == [workspace, workspace]
    assert names(workspace) == ["Aurora", "Corvina"]


def test_a_unit_that_is_abandoned_leaves_nothing_for_the_next(workspace: Path, opened: list[Path]) -> None:
    with work(workspace, "try", Source.CLI) as unit:
        unit.insert(Account, {"name": "Helios"})
        unit.abandon()
    add(workspace, "Aurora")
    assert opened == [workspace]
    assert names(workspace) == ["Aurora"]


def test_nobody_waits_for_a_connection_that_is_kept(workspace: Path) -> None:
    add(workspace, "Aurora")
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")


def test_each_thread_has_its_own(workspace: Path, opened: list[Path]) -> None:
    add(workspace, "Aurora")
    thread = threading.Thread(target=add, args=(workspace, "Helios"))
    thread.start()
    thread.join()
    add(workspace, "Corvina")
    assert opened == [workspace, workspace]
    assert names(workspace) == ["Aurora", "Helios", "Corvina"]
