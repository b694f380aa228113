from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.commands import opportunities as commands
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Stage
from crmtui.errors import InvalidError
from crmtui.queries import lists, opportunities, records
from crmtui.store.unit import work
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.opportunities import OpportunitiesScreen
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.widgets import opportunity_facts
from crmtui.tui.widgets.board import Board, StageColumn
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.pipeline import Forecast
from crmtui.tui.widgets.told import Told
from deals import TODAY, TUI, Deals, begin
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


async def opened(pilot: Pilot[int], count: int) -> OpportunitiesScreen:
    """The room, once its list and its sums have been read."""
    await enter(pilot, "opportunities")
    screen = pilot.app.screen
    assert isinstance(screen, OpportunitiesScreen)
    await until(pilot, lambda: screen.view.list.count == count and "listed" in status(screen))
    return screen


def status(screen: OpportunitiesScreen) -> str:
    return str(screen.query_one("#status", Static).content)


def told(screen: OpportunitiesScreen) -> str:
    return str(screen.query_one(Told).content)


def kept(deals: Deals, key: int = 0) -> Opportunity:
    return records.get(deals.path, Opportunity, key or deals.line4)


def exists(deals: Deals, key: int) -> bool:
    return key in lists.ids(deals.path, "opportunities", TODAY)


async def test_the_list_has_its_sums_below_and_the_one_under_the_cursor_beside_it(deals: Deals) -> None:
    deals.add("Orphan", value=100_000)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        assert "2 listed · 2 open · 181 k€" in status(screen)
        await until(pilot, lambda: "Line 4" in told(screen))
        assert "Aurora Spa" in told(screen)
        await pilot.press("down")
        await until(pilot, lambda: "Orphan" in told(screen))
        assert "no account" in told(screen)


@pytest.mark.parametrize("width", [30, 36, 47])
def test_what_is_long_in_the_preview_goes_on_below_itself(deals: Deals, width: int) -> None:
    key = deals.add("Orphan", next_step="Walk the owner through the figures of waste before the board meets")
    shown = opportunity_facts.preview(opportunities.page(deals.path, key, TODAY), TODAY, width).plain.splitlines()
    start = next(at for at, line in enumerate(shown) if line.startswith("next step"))
    assert shown[start].startswith("next step   Walk")
    assert shown[start + 1].startswith(" " * 12)
    assert max(map(len, shown[start : start + 2])) <= width


async def test_an_empty_room_says_what_it_is_for_and_how_to_begin(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, 0)
        line = "".join(screen.view.list.render_line(y).text for y in range(screen.view.list.size.height))
        assert "n writes down the first" in line
        assert not any(action in ("edit", "delete", "close") for action in offered(screen))


async def test_a_filter_narrows_list_and_sums_and_says_what_it_cannot_read(deals: Deals) -> None:
    deals.add("Orphan", value=100_000)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        await pilot.press("slash", *"account:none")
        await until(pilot, lambda: "1 listed" in status(screen))
        await until(pilot, lambda: screen.view.list.count == 1)
        await pilot.press("escape")
        await until(pilot, lambda: "2 listed" in status(screen))
        assert screen.focused is screen.view.list
        assert screen.query_one(FilterBox).value == ""


async def test_escape_in_the_list_takes_a_kept_filter_away_too(deals: Deals) -> None:
    deals.add("Orphan", value=100_000)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        assert "back" not in offered(screen)
        await pilot.press("slash", *"account:none", "enter")
        await until(pilot, lambda: "1 listed" in status(screen) and screen.focused is screen.view.list)
        assert "back" in offered(screen)
        await pilot.press("escape")
        await until(pilot, lambda: "2 listed" in status(screen))
        assert "back" not in offered(screen)


async def test_the_next_stage_is_one_key_and_undo_another(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 1)
        await until(pilot, lambda: "Line 4" in told(screen))
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: kept(deals).stage is Stage.ENGAGING and "Engaging" in told(screen))
        await pilot.press("full_stop")
        await until(pilot, lambda: kept(deals).stage is Stage.PROPOSING and "Proposing" in told(screen))
        await pilot.press("less_than_sign")
        await until(pilot, lambda: kept(deals).stage is Stage.ENGAGING and "Engaging" in told(screen))
        await pilot.press("u")
        await until(pilot, lambda: kept(deals).stage is Stage.PROPOSING)


async def test_all_that_are_marked_go_to_their_next_stage_in_one_change(deals: Deals) -> None:
    other = deals.add("Orphan", stage=Stage.NEGOTIATING)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        screen.view.list.mark(frozenset({deals.line4, other}))
        await until(pilot, lambda: "2 marked" in status(screen))
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: kept(deals).stage is Stage.ENGAGING)
        assert records.get(deals.path, Opportunity, other).stage is Stage.NEGOTIATING
        await pilot.press("u")
        await until(pilot, lambda: kept(deals).stage is Stage.PROSPECTING)


async def test_closing_asks_won_or_lost_then_why_and_what_was_learnt(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 1)
        await until(pilot, lambda: "Line 4" in told(screen))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"reason": "price"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "is needed" in str(form.query_one("#message-lesson", Static).content))
        assert kept(deals).stage is Stage.PROSPECTING
        form.form.put({"lesson": "ask for the budget first"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: kept(deals).stage is Stage.LOST)
        assert (kept(deals).closed_on, kept(deals).reason) == (TODAY, "price")
        await until(pilot, lambda: pilot.app.screen is screen and "Lost" in told(screen))
        assert "close" not in offered(screen)
        await pilot.press("less_than_sign")
        await until(pilot, lambda: kept(deals).stage is Stage.NEGOTIATING)


async def test_a_new_one_is_written_down_and_stands_under_the_cursor(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 1)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"name": "Acme [/] retrofit", "value": "62k"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and "Acme [/] retrofit" in told(screen))
        assert kept(deals, screen.view.list.current or 0).value == 6_200_000
        assert kept(deals, screen.view.list.current or 0).opened_on == TODAY


async def test_a_contact_is_logged_about_the_one_under_the_cursor(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 1)
        await until(pilot, lambda: "Line 4" in told(screen))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        await until(pilot, lambda: "Line 4" in form.form.typed["opportunity_id"])
        assert "Aurora Spa" in form.form.typed["account_id"]


async def test_deleting_takes_the_marked_ones_and_undo_brings_them_back(deals: Deals) -> None:
    other = deals.add("Orphan")
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        await until(pilot, lambda: "Line 4" in told(screen))
        await pilot.press("space", "space", "d")
        await until(pilot, lambda: not exists(deals, other) and not exists(deals, deals.line4))
        await until(pilot, lambda: screen.view.list.count == 0)
        await pilot.press("u")
        await until(pilot, lambda: screen.view.list.count == 2)


async def test_the_board_has_a_column_for_each_open_stage_over_the_forecast(deals: Deals) -> None:
    deals.add("Retrofit", stage="engaging", value=5_000_000, expected_on=dt.date(2026, 4, 9))
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        await pilot.press("b")
        await until(pilot, lambda: screen.query(Board) and screen.view.list.count == 1)
        columns = list(screen.query(StageColumn))
        assert [column.stage for column in columns] == [one for one in Stage if not one.is_closed]
        await until(pilot, lambda: [column.list.count for column in columns] == [1, 1, 0, 0])
        lines = str(screen.query_one(Forecast).render()).splitlines()
        assert [line.split()[0] for line in lines] == ["closes", "Apr", "Jun"]
        await pilot.press("right")
        await until(pilot, lambda: screen.focused is columns[1].list)
        await until(pilot, lambda: "Retrofit" in told(screen))
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: [column.list.count for column in columns] == [1, 0, 1, 0])
        await pilot.press("b")
        await until(pilot, lambda: screen.view.list.count == 2 and screen.focused is screen.view.list)


async def test_the_board_keeps_its_columns_wide_enough_to_read_on_a_narrow_screen(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, 1)
        await pilot.press("b", "right", "right", "right")
        columns = list(screen.query(StageColumn))
        await until(pilot, lambda: screen.focused is columns[3].list)
        assert all(column.size.width >= 28 for column in columns)
        await until(pilot, lambda: columns[3].region.right <= NARROW[0])


async def test_enter_opens_the_scorecard_and_escape_comes_back_to_the_same_row(deals: Deals) -> None:
    deals.add("Orphan")
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 2)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.view.list.current != deals.line4


async def test_what_another_process_changes_shows_by_itself(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, 1)
        commands.edit(deals.path, deals.line4, {"next_step": "call Conti"}, TUI, TODAY)
        await until(pilot, lambda: "call Conti" in told(screen))


async def test_names_of_any_kind_are_only_text(deals: Deals) -> None:
    with work(deals.path, "", TUI) as unit:
        for text in STRINGS.values():
            with suppress(InvalidError):
                unit.insert(Opportunity, {"name": text[:400], "need": text[:2000], "next_step": text[:400]})
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "opportunities")
        screen = pilot.app.screen
        assert isinstance(screen, OpportunitiesScreen)
        await until(pilot, lambda: screen.view.list.count > 1)
        for _turn in range(5):
            await pilot.press("pagedown")
            await until(pilot, lambda: not screen.jobs.is_busy("preview"))
        await pilot.press("b")
        await until(pilot, lambda: screen.query(Board))
        assert pilot.app.is_running
