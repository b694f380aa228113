"""The import on screen, step by step, for tests of what it takes in."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from crmtui.tui.importing.columns import ColumnsStep
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.importing import ImportScreen
from crmtui.tui.widgets.line_input import LineInput
from tui.bench import enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def begin(pilot: Pilot[int], *files: Path) -> ImportScreen:
    """Name files, and wait for their columns."""
    await enter(pilot, "accounts")
    app = pilot.app
    await pilot.press("I")
    await until(pilot, lambda: isinstance(app.screen, ImportScreen) and app.screen.focused)
    screen = app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one("#files", LineInput).value = shlex.join(map(str, files))
    await pilot.press("enter")
    await step(pilot, screen, ColumnsStep)
    return screen


async def step(pilot: Pilot[int], screen: ImportScreen, kind: type[Any]) -> Any:
    """A step of the import, as soon as it is shown and has read what it needs."""
    await until(pilot, lambda: isinstance(screen._step, kind) and not screen.is_busy and screen._step.is_attached)
    await pilot.pause()
    return screen._step


async def down_to(pilot: Pilot[int], screen: ImportScreen, header: str) -> None:
    """Put the cursor on a column."""
    columns = screen._step
    assert isinstance(columns, ColumnsStep)
    await pilot.press("home")
    await until(pilot, lambda: columns.guess is not None)
    while columns.guess and columns.guess.header != header:
        await pilot.press("j")


async def choose(pilot: Pilot[int], words: str) -> None:
    """Choose what the words leave alone of the list that is open."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and pilot.app.screen.focused)
    await pilot.press(*words)
    screen = pilot.app.screen
    assert isinstance(screen, ChooseScreen)
    await until(pilot, lambda: len(screen._found) == 1)
    await pilot.press("enter")
