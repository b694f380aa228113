"""What many tests begin with: a fresh workspace, copied from one that is built once a run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import workspace as commands

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "team.db"
    commands.create(path, name="Team")
    return path


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the places of the person who runs it."""
    for place in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"CRMTUI_{place}_DIR", str(tmp_path / place.lower()))
    monkeypatch.delenv("CRMTUI_DB", raising=False)


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Path:
    """The path of a new workspace: its settings, the usual channels, the scorecard template, nothing else."""
    path = tmp_path / "team.db"
    shutil.copy2(template, path)
    return path
