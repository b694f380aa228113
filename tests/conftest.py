"""What many tests begin with: a fresh or a filled workspace, copied from one that is built once a run."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from crmtui import text
from crmtui.commands import workspace as commands
from crmtui.commands.sample import create_sample
from crmtui.store import backup, database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)  # the day on which the filled workspace was made

# How long an example takes says nothing on a shared machine; what should be fast is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for circles of objects takes longer than through all else."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "team.db"
    commands.create(path, name="Team")
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the sample workspace itself, as it is on `TODAY`: only to be read."""
    path = tmp_path_factory.mktemp("sample") / "team.db"
    create_sample(path, TODAY)
    return path


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the places of the person who runs it."""
    for place in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"CRMTUI_{place}_DIR", str(tmp_path / place.lower()))
    monkeypatch.delenv("CRMTUI_DB", raising=False)


@pytest.fixture
def keeps_backups() -> None:
    """For tests of the backups that are made before and after something; others go without, a third faster."""


@pytest.fixture(autouse=True)
def without_backups(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """None are made but those that are asked for, or come before an older file is brought up to date."""
    if "keeps_backups" in request.fixturenames:
        return
    make = backup.make

    def asked_for(path: Path, reason: str) -> Path | None:
        return make(path, reason) if reason in (backup.BY_HAND, backup.BEFORE_MIGRATION) else None

    monkeypatch.setattr(backup, "make", asked_for)


@pytest.fixture
def waits_for_the_disk() -> None:
    """For tests of what makes a change last through a power cut."""


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system itself may write what a test saves whenever it likes: the machine stays on, and a disk is slow."""
    if "waits_for_the_disk" in request.fixturenames:
        return
    configure = database._configure

    def without_waiting(connection: sqlite3.Connection) -> None:
        configure(connection)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(database, "_configure", without_waiting)
    monkeypatch.setattr(os, "fsync", lambda _number: None)


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Path:
    """The path of a new workspace: its settings, the usual channels, the scorecard template, nothing else."""
    path = tmp_path / "team.db"
    shutil.copy2(template, path)
    return path


@pytest.fixture
def filled(sample: Path, tmp_path: Path) -> Path:
    """The path of a copy of the sample workspace, as it is on `TODAY`."""
    path = tmp_path / "filled.db"
    shutil.copy2(sample, path)
    return path


@pytest.fixture
def italian(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program speaks Italian, whose words are longer."""
    monkeypatch.setattr(text, "_voice", text._Voice())
    text.speak("it")


@pytest.fixture
def rome(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the machine shows the time of Rome."""
    monkeypatch.setenv("TZ", "Europe/Rome")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
