from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands.exporting import Format, export_to
from crmtui.domain.scorecards import Scorecard
from crmtui.domain.words import Stage
from crmtui.exchange.sheets.workbook import open_workbook
from crmtui.queries import learning_words as words
from crmtui.tui.learning_outgoing import Learnt
from crmtui.tui.screens.catalogue import CatalogueScreen
from crmtui.tui.screens.opportunities import OpportunitiesScreen
from crmtui.tui.screens.template import TemplatePage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.learning_part import LearningPart
from crmtui.tui.widgets.record_table import RecordTable
from crmtui.tui.widgets.window_list import WindowList
from customers import TODAY, Customers, ago
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen


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

        await until(pilot, lambda: "what to change" in told() and "export" in offered(pilot.app.screen))
        await pilot.press("down")
        await until(pilot, lambda: "70 to 80 %" in told())
        assert "100% ┤" in told()
        assert "few outcomes" in told()
        await pilot.press("down")
        await until(pilot, lambda: "[b][red]never" in told())
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))


async def test_each_lesson_leads_to_where_something_is_done_about_it(workspace: Path) -> None:
    customers = Customers(workspace)
    for stage, probability in ((Stage.WON, 0.9), (Stage.LOST, 0.2)):
        deal = customers.deal(None, 0.5, stage)
        given = {"opportunity_id": deal, "template_id": 1, "day": ago(0.6), "probability": probability}
        customers.write(Scorecard, given)
    app = Workbench(workspace)
    async with app.run_test(size=WIDE) as pilot:
        part = await opened(pilot)

        async def go(row: int, screen: type[Screen[Any]]) -> None:
            await until(pilot, lambda: app.screen is part.room and part.list.has_focus)
            part.list.goto(row + 1)
            await until(pilot, lambda: part.list.current == row + 1)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, screen))

        await go(7, CatalogueScreen)
        await until(pilot, lambda: app.screen.query_one(RecordTable).id == "channels")
        await pilot.press("escape")
        await go(6, TemplatePage)
        await pilot.press("escape")
        await go(2, OpportunitiesScreen)
        await until(pilot, lambda: app.screen.query_one(FilterBox).value == "stage:lost")
        await until(pilot, lambda: app.screen.query_one(WindowList).count == 1)


async def test_what_the_table_says_is_not_said_above_them_too(filled: Path) -> None:
    app = Workbench(filled)
    async with app.run_test(size=WIDE) as pilot:
        part = await opened(pilot)
        await until(pilot, lambda: part._page)
        assert part._page is not None
        said = [sheet for sheet in words.sheets(part._page, None) if any(sheet.says in row for row in sheet.rows)]
        assert said
        assert all(part._drawn(sheet, 999).plain.count(sheet.says) == 1 for sheet in said)


@pytest.mark.parametrize("marks", [frozenset(), frozenset({2})])
def test_what_was_learnt_goes_out_with_the_table_of_each_line(
    sample: Path, tmp_path: Path, marks: frozenset[int]
) -> None:
    going, book = Learnt(sample, TODAY, marks), tmp_path / "learnt.xlsx"
    export_to(sample, going.noun, Format.XLSX, book, going.options(is_shown=True))
    (first, *tables) = [(sheet.name, len(list(sheet.rows()))) for sheet in open_workbook(book)]
    assert first == ("learning", 1 + (len(marks) or 8))
    assert {"calibration"} <= {name for name, _count in tables}
    assert (len(tables) == 1) == bool(marks)
