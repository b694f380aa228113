"""The hostile strings as names of files, headers and cells, through each step of the import on screen."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from crmtui import text
from crmtui.tui.importing.columns import ColumnsStep
from crmtui.tui.importing.files import FilesStep
from crmtui.tui.importing.matching import MatchingStep
from crmtui.tui.importing.result import ResultStep
from crmtui.tui.importing.trial import TrialStep
from crmtui.tui.importing.values import ValuesStep
from crmtui.tui.screens.importing import ImportScreen
from crmtui.tui.widgets.line_input import LineInput
from hostile import SHORT, STRINGS, has_control
from tui.bench import NARROW, Workbench, drawn, enter, until
from tui.wizard import begin, down_to, step

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

NAMES = [raw for raw in SHORT.values() if text.line(raw)]


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


async def walk(pilot: Pilot[int], count: int) -> None:
    """Go down a list, and look at what is shown on the way."""
    await pilot.press("home")
    for _row in range(count):
        await pilot.press("j")
        assert not has_control(drawn(pilot))


async def test_they_stay_text_in_each_step(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "deals [b] [@click=app.quit]x[@] $name.csv"
    headers = ["Deal Name", "Account", "Stage", "Owner", *NAMES[::3]]
    rows = [[f"{number}{raw}", *[raw] * (len(headers) - 1)] for number, raw in enumerate(NAMES[1::16])]
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, written(path, [headers, *rows]))
        await until(pilot, lambda: "Deal Name" in drawn(pilot))
        assert "[@click=app.quit]x" in drawn(pilot)
        await walk(pilot, 15)
        await pilot.press("n")
        await step(pilot, screen, ValuesStep)
        await walk(pilot, 15)
        await pilot.press("escape")
        await step(pilot, screen, ColumnsStep)
        for header in ("Stage", "Owner"):
            await down_to(pilot, screen, header)
            await pilot.press("x")
            await until(pilot, lambda: not screen.is_busy)
        while not isinstance(screen._step, MatchingStep):
            await pilot.press("n")
            await until(pilot, lambda: not screen.is_busy)
        await walk(pilot, 5)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(screen._step, TrialStep))
        await step(pilot, screen, TrialStep)
        await walk(pilot, 15)
        await until(pilot, lambda: screen.check_action("write", ()))
        await pilot.press("ctrl+s")
        await step(pilot, screen, ResultStep)
        await walk(pilot, 5)


async def test_what_names_no_file_is_refused_in_a_sentence_without_them(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        await enter(pilot, "accounts")
        await pilot.press("I")
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and app.screen.focused)
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        for raw in [*[*STRINGS.values()][::3], STRINGS["long"], "~nobody-of-that-name/a.csv"]:
            screen.query_one("#files", LineInput).value = raw[:2_000]
            await pilot.press("enter")
            await until(pilot, lambda: not screen.is_busy)
            assert not has_control(drawn(pilot))
            assert isinstance(screen._step, FilesStep)
