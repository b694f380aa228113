from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.domain.scorecards import Scorecard
from crmtui.domain.words import Stage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.learning_part import LearningPart
from customers import Customers, ago
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def opened(pilot: Pilot[int]) -> LearningPart:
    """The part, once it has been read."""
    await enter(pilot, "portfolio")
    screen = pilot.app.screen
    await screen.open_tab("learning")  # type: ignore[attr-defined]  # the room's own
    part = screen.query_one(LearningPart)
    await until(pilot, lambda: part.list.count == 8)
    return part


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_plot_and_the_table_of_probabilities(workspace: Path, size: tuple[int, int]) -> None:
    customers = Customers(workspace)
    for stage, probability in ((Stage.WON, 0.9), (Stage.LOST, 0.2), (Stage.LOST, 0.7)):
        deal = customers.deal(None, 0.5, stage, reason=STRINGS["markup_unbalanced"])
        given = {"opportunity_id": deal, "template_id": 1, "day": ago(0.6), "probability": probability}
        customers.write(Scorecard, given)
    async with Workbench(workspace).run_test(size=size) as pilot:
        part = await opened(pilot)

        def told() -> str:
            return str(part._told.content)

        await until(pilot, lambda: "what to change" in told())
        await pilot.press("down")
        await until(pilot, lambda: "70 to 80 %" in told())
        assert "100% ┤" in told()
        assert "few outcomes" in told()
        await pilot.press("down")
        await until(pilot, lambda: "[b][red]never" in told())
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
