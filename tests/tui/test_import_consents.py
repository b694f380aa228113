"""Columns that refuse, on screen: several may become the same, and none is told to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.screens.choose import ChooseScreen
from tui.bench import NARROW, Workbench, drawn, until
from tui.wizard import begin, choose, down_to

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.tui.screens.importing import ImportScreen


async def refuse_everything(pilot: Pilot[int], screen: ImportScreen, header: str, place: int) -> None:
    """Say so of a column, and that no other is told to have taken it."""
    await down_to(pilot, screen, header)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and pilot.app.screen.focused)
    chooser = pilot.app.screen
    assert isinstance(chooser, ChooseScreen)
    await until(pilot, lambda: bool(chooser._found))
    assert {one.detail for one in chooser._found if one.key == "no_contact"} == {""}
    await choose(pilot, "nocontact")
    await until(pilot, lambda: screen.plan.looks[0].columns[place].field == "no_contact")


async def test_two_columns_are_said_to_refuse_everything(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Company,Do not contact,Stop,Halt\nAda,Acme,no,yes,no\n", "utf-8")
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        await until(pilot, lambda: "refuses everything" in drawn(pilot))
        await refuse_everything(pilot, screen, "Stop", 3)
        await refuse_everything(pilot, screen, "Halt", 4)
        assert [guess.field for guess in screen.plan.looks[0].columns[2:]] == ["no_contact"] * 3
