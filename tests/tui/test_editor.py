"""The user's own editor: what it makes of a text, and what is said where it cannot be used."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.app import SuspendNotSupported

from crmtui.tui.editor import edited
from hostile import has_control

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.app import App

POSIX = pytest.mark.skipif(os.name != "posix", reason="programs of POSIX")


class Front:
    """As much of an app as the editor needs."""

    def __init__(self, *, can_suspend: bool = True) -> None:
        self.can_suspend = can_suspend
        self.told: list[str] = []

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        if not self.can_suspend:
            raise SuspendNotSupported("no terminal")
        yield

    def notify(self, sentence: str, **_more: object) -> None:
        self.told.append(sentence)


def tried(front: Front, before: str = "before") -> str | None:
    return edited(cast("App[Any]", front), before)


@POSIX
def test_what_the_editor_writes_is_taken_cleaned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my editor"
    program.write_text('#!/bin/sh\nprintf \'%s after\\033[31m\\377\\n\' "$(cat "$2")" > "$2"\n')
    program.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{program}' --wait")
    after = tried(Front())
    assert after == "before after[31m\N{REPLACEMENT CHARACTER}"
    assert not has_control(after)


@pytest.mark.parametrize("program", ["/no/such/program", "'never closed", "   ", "\\"])
def test_an_editor_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", program)
    front = Front()
    assert tried(front) is None
    assert len(front.told) == 1


@POSIX
def test_an_editor_that_fails_leaves_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    front = Front()
    assert tried(front) is None
    assert "false" in front.told[0]


def test_a_terminal_that_cannot_be_lent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    front = Front(can_suspend=False)
    assert tried(front) is None
    assert len(front.told) == 1
