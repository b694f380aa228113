from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from crmtui import text
from crmtui.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What was written as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Crmtui(Protocol):
    """The program, on one workspace."""

    path: Path

    def __call__(self, *words: str, code: int = 0) -> Ran:
        """Run a command line, which must end with this code."""


@pytest.fixture(autouse=True)
def _plain_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    text.speak("en")


@pytest.fixture
def crmtui(workspace: Path, capfd: pytest.CaptureFixture[str]) -> Crmtui:
    """The program on a new workspace."""

    class Program:
        path = workspace

        def __call__(self, *words: str, code: int = 0) -> Ran:
            capfd.readouterr()
            ended = run(["--db", str(self.path), *words])
            ran = Ran(ended, *capfd.readouterr())
            assert ran.code == code, ran
            return ran

    return Program()
