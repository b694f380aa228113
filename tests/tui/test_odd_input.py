"""What contradicts itself, leads in circles or comes to nothing has a defined result, and the screens explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from contact_desk import TODAY as DAY, begin as begin_desk
from crmtui.commands import dmu, opportunities, workspace as workspaces
from crmtui.domain.words import EdgeKind, Role
from crmtui.queries import templates
from crmtui.queries.dmu import Place
from crmtui.tui.screens.dmu import DmuScreen
from crmtui.tui.screens.dmu_why import FigureReasons
from crmtui.tui.screens.drafting import DraftScreen
from crmtui.tui.screens.plan import PlanPage
from crmtui.tui.screens.score_why import ScoreWhy
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.screens.template import TemplatePage
from crmtui.tui.widgets.plan_grid import PlanGrid
from crmtui.tui.widgets.score_head import ScoreHead
from deals import TUI, begin as begin_deals
from maps import begin as begin_maps
from tui.bench import NARROW, Workbench, drawn, enter, until

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from textual.pilot import Pilot

BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


async def why(pilot: Pilot[int]) -> str:
    """What `w` tells."""
    await pilot.press("w")
    await until(pilot, lambda: isinstance(pilot.app.screen, FigureReasons))
    found = pilot.app.screen
    assert isinstance(found, FigureReasons)
    return found.told.plain


async def test_a_map_of_contradictions_where_nobody_has_any_weight(tmp_path: Path) -> None:
    maps = begin_maps(tmp_path)
    bianchi, conti = maps.add(BIANCHI), maps.add(CONTI)
    maps.link(bianchi, conti)
    maps.link(conti, bianchi)
    maps.link(conti, maps.add(FERRARI))
    maps.link(conti, maps.sheet(FERRARI).key, kind=EdgeKind.CONFLICT)
    workspaces.configure(maps.path, {f"weight_{role.value}": 0 for role in Role}, TUI)
    for name in (BIANCHI, CONTI, FERRARI):
        maps.judge(maps.sheet(name).key, power=0)
    async with Workbench(maps.path).run_test(size=NARROW) as pilot:
        await enter(pilot, "dmu")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuScreen) and pilot.app.screen.page)
        assert "favour ? (-1.00 to +1.00)" in drawn(pilot)
        told = await why(pilot)
        assert "Nobody weighs anything by role and power, so all decide alike." in told
        assert f"{BIANCHI} and {CONTI} influence each other: both lines count" in told
        assert f"{CONTI} and {FERRARI} are in conflict, and one influences the other" in told


async def test_a_map_of_one_person_and_then_of_nobody(tmp_path: Path) -> None:
    maps = begin_maps(tmp_path)
    key = maps.add(BIANCHI, attitude=-1)
    async with Workbench(maps.path).run_test(size=NARROW) as pilot:
        await enter(pilot, "dmu")
        await until(pilot, lambda: "favour -0.50" in drawn(pilot))
        assert "bet 100 %" in drawn(pilot)
        assert "power of" not in drawn(pilot)
        dmu.remove(maps.path, [key], TUI)
        await until(pilot, lambda: "Nobody is on this map yet. Press n to add the first person" in drawn(pilot))


async def test_a_margin_below_zero_is_an_expected_loss_and_says_why(workspace: Path) -> None:
    deals = begin_deals(workspace)
    opportunities.edit(deals.path, deals.line4, {"margin": -500_000, "cost_to_spend": 100_000}, TUI, DAY)
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        await enter(pilot, "opportunities")
        assert isinstance(pilot.app, Workbench)
        pilot.app.open_record("opportunity", deals.line4)
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage) and pilot.app.screen.card)
        assert "EV -2,500 €" in pilot.app.screen.query_one(ScoreHead).render().plain
        assert "margin -5,000 €" in drawn(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScoreWhy))
        told = "\n".join(str(one.content) for one in pilot.app.screen.query(Static))
        assert "winning would lose money, so the better the chance, the worse the EV" in told


async def test_a_budget_of_nothing_says_why_nothing_is_proposed(tmp_path: Path) -> None:
    desk = begin_desk(tmp_path)
    dmu.add_stakeholder(desk.path, Place(account_id=desk.account), {"person_id": desk.bianchi, "power": 4}, TUI, DAY)
    plan = desk.programme(DAY, later(DAY), budget=0)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await enter(pilot, "plans")
        assert isinstance(pilot.app, Workbench)
        pilot.app.open_record("plan", plan)
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage) and pilot.app.screen.query(PlanGrid))
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage) and pilot.app.screen.grid.week)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen) and pilot.app.screen.agenda.lines)
        assert "another contact would cost more than the budget" in " ".join(drawn(pilot).split())


async def test_the_last_criterion_of_a_template_stays_and_it_is_said_why(workspace: Path) -> None:
    found = templates.found(workspace, "Four questions").template.id
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        await enter(pilot, "opportunities")
        assert isinstance(pilot.app, Workbench)
        pilot.app.open_record("scorecard_template", found)
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatePage) and pilot.app.screen.criterion)
        await pilot.press("home", "space", "space", "space", "space", "d")
        await until(pilot, lambda: any("at least one is needed" in one.message for one in pilot.app._notifications))
    assert len(templates.draft(workspace, found).criteria) == 4


def later(day: dt.date) -> dt.date:
    return day.replace(month=day.month + 3)
