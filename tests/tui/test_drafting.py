"""Contacts proposed for a plan, taken one by one or all at once, on screen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import dmu
from crmtui.domain.plans import Contact
from crmtui.queries.dmu import Place
from crmtui.tui.actions import offers
from crmtui.tui.screens.drafting import DraftScreen
from crmtui.tui.screens.plan import PlanPage
from crmtui.tui.screens.plans import PlansScreen
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.plan_grid import PlanGrid
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

END = dt.date(2026, 6, 4)
SIZES = [NARROW, WIDE]


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    """Bianchi decides, and there is a win for her; Conti has little say."""
    found = begin(tmp_path)
    place = Place(account_id=found.account)
    bianchi = {"person_id": found.bianchi, "power": 4, "win": "calm [/] nights"}
    dmu.add_stakeholder(found.path, place, bianchi, TUI, TODAY)
    dmu.add_stakeholder(found.path, place, {"person_id": found.conti, "power": 1}, TUI, TODAY)
    return found


async def page(pilot: Pilot[int], plan: int) -> PlanPage:
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "plans")
    app.open_record("plan", plan)
    await until(pilot, lambda: isinstance(app.screen, PlanPage) and app.screen.query(PlanGrid))
    await until(pilot, lambda: isinstance(app.screen, PlanPage) and app.screen.grid.week)
    assert isinstance(app.screen, PlanPage)
    return app.screen


async def drafted(pilot: Pilot[int]) -> DraftScreen:
    await pilot.press("p")
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen) and pilot.app.screen.agenda.lines)
    assert isinstance(pilot.app.screen, DraftScreen)
    return pilot.app.screen


def totals(screen: DraftScreen) -> str:
    return str(screen.query_one("#totals", Static).content)


def said(screen: DraftScreen) -> list[str]:
    return [line.left.plain for line in screen.agenda.lines]


@pytest.mark.parametrize("size", SIZES)
async def test_a_draft_is_taken_one_by_one_and_then_all(desk: ContactDesk, size: tuple[int, int]) -> None:
    plan = desk.programme(TODAY, END, budget=3_000, currency="EUR")
    async with Workbench(desk.path).run_test(size=size) as pilot:
        below = await page(pilot, plan)
        screen = await drafted(pilot)
        count = len(screen.page.draft.proposals)
        assert count > 2
        assert "Bianchi · calm [/] nights" in said(screen)[0]
        assert f"all {count} that are left" in totals(screen)
        await pilot.press("enter")
        await until(pilot, lambda: len(screen.taken) == 1)
        assert (desk.count(), len(screen.page.draft.proposals)) == (1, count)
        assert "1 taken" in totals(screen)
        await pilot.press("space", "space")
        assert "with 2 that are marked" in totals(screen)
        await pilot.press("enter")
        await until(pilot, lambda: len(screen.taken) == 3)
        await pilot.press("a")
        await until(pilot, lambda: pilot.app.screen is below)
        assert desk.count() == count
        await until(pilot, lambda: len(below.list.lines) >= count)
        assert {one.plan_id for one in desk.all(Contact)} == {plan}


async def test_the_totals_are_those_of_what_is_marked(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=3_000, currency="EUR")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await page(pilot, plan)
        screen = await drafted(pilot)
        first = screen.page.draft.proposals[0]
        await pilot.press("space")
        assert "with 1 that is marked" in totals(screen)
        assert f"with these {round(first.gain * 100)} %" in totals(screen)
        assert "cost 5 €" in totals(screen)


async def test_each_proposal_says_why(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await page(pilot, plan)
        await drafted(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        told = pilot.app.screen
        assert isinstance(told, ToldScreen)
        assert all(word in told.content.plain for word in ("gain", "weighs", "last contact", "channel", "day"))
        assert "calm [/] nights" in told.content.plain


async def test_a_plan_that_is_over_says_why_nothing_is_proposed(desk: ContactDesk) -> None:
    plan = desk.programme(dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await page(pilot, plan)
        screen = await drafted(pilot)
        assert "WHY NOTHING IS PROPOSED" in said(screen)
        assert any("The plan is over" in line for line in said(screen))
        assert {"take", "all", "why"}.isdisjoint({offer.action for offer in offers(screen)})
        await pilot.press("enter", "a", "w", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage))
        assert desk.count() == 0


async def test_what_can_no_longer_be_taken_is_said_and_stays(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await page(pilot, plan)
        screen = await drafted(pilot)
        desk.refuse(screen.page.draft.proposals[0].person, "call")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and not screen.taken and desk.count() == 0)
        assert screen.agenda.current == screen.page.draft.proposals[0].meeting


async def test_the_list_of_plans_proposes_too_and_says_what_figures_are_made_of(desk: ContactDesk) -> None:
    desk.programme(TODAY, END, budget=3_000)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await enter(pilot, "plans")
        room = pilot.app.screen
        assert isinstance(room, PlansScreen)
        await until(pilot, lambda: "propose" in {offer.action for offer in offers(room)})
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        told = pilot.app.screen
        assert isinstance(told, ToldScreen)
        assert "coverage 0 %" in told.content.plain
        assert "no margin is known" in told.content.plain
        await pilot.press("escape")
        await drafted(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_foot_of_a_plan_says_what_coverage_is_and_becomes(desk: ContactDesk, size: tuple[int, int]) -> None:
    plan = desk.programme(TODAY, END)
    desk.log("meeting", [desk.bianchi], plan_id=plan)
    async with Workbench(desk.path).run_test(size=size) as pilot:
        screen = await page(pilot, plan)
        foot = screen.query_one("#foot", Static)
        await until(pilot, lambda: "at the end" in str(foot.content))
        assert "coverage now" in str(foot.content)
        assert "screen.propose" in {offer.action for offer in offers(screen)}
