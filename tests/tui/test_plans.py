from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import records
from crmtui.domain.plans import Contact, Plan
from crmtui.domain.words import ContactStatus
from crmtui.queries import lists
from crmtui.tui.screens.contact import ContactForm
from crmtui.tui.screens.contact_step import StepScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.plan import PlanPage
from crmtui.tui.screens.plans import PlansScreen
from crmtui.tui.widgets.plan_grid import PlanGrid
from crmtui.tui.widgets.plan_paint import CELL, HEADER
from crmtui.tui.widgets.told import Told
from hostile import SHORT
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

START, END = dt.date(2026, 2, 2), dt.date(2026, 6, 1)
MONDAY = dt.date(2026, 3, 9)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


@pytest.fixture
def plan(desk: ContactDesk) -> int:
    return desk.programme(START, END, budget=100_000)


async def opened(pilot: Pilot[int], plan: int) -> PlanPage:
    """The page of a plan, once it has been read."""
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "plans")
    app.open_record("plan", plan)
    await until(pilot, lambda: isinstance(app.screen, PlanPage) and app.screen.query(PlanGrid))
    await until(pilot, lambda: isinstance(app.screen, PlanPage) and app.screen.grid.week)
    await until(pilot, lambda: app.screen.query_one(PlanGrid).size.height > HEADER + 1)
    assert isinstance(app.screen, PlanPage)
    return app.screen


async def room(pilot: Pilot[int], count: int) -> PlansScreen:
    await enter(pilot, "plans")
    screen = pilot.app.screen
    assert isinstance(screen, PlansScreen)
    await until(pilot, lambda: screen.list.is_complete and screen.list.count == count)
    return screen


def drawn(screen: PlanPage) -> list[str]:
    return [screen.grid.render_line(y).text for y in range(screen.grid.size.height)]


def told(screen: Screen[None], name: str = "told") -> str:
    widget = screen.query_one(f"#{name}")
    assert isinstance(widget, Static | Told)
    return str(widget.content)


async def test_an_empty_room_says_what_plans_are_for(desk: ContactDesk) -> None:
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await room(pilot, 0)
        lines = "".join(screen.list.render_line(y).text for y in range(screen.list.size.height))
        assert "n makes the first one" in lines


async def test_the_plan_under_the_cursor_is_told_beside_the_list(desk: ContactDesk, plan: int) -> None:
    desk.log("meeting", [desk.conti], plan_id=plan)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await room(pilot, 1)
        await until(pilot, lambda: "860 EUR" in told(screen))
        assert "Aurora Spa" in told(screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage))
        await pilot.press("escape")
        assert pilot.app.screen is screen


async def test_a_new_plan_is_made_and_opened(desk: ContactDesk) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await room(pilot, 0)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"objective": "Meet [/] Finance"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "an account" in str(form.query_one("#message-account_id", Static).content))
        form.form.put({"account_id": f"{desk.account}=Aurora Spa", "budget": "2k"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage))
        found = desk.all(Plan)[0]
        assert (found.starts_on, found.ends_on, found.budget) == (TODAY, dt.date(2026, 6, 4), 200_000)


async def test_weeks_go_across_and_people_down_with_this_week_in_brackets(desk: ContactDesk, plan: int) -> None:
    desk.log("meeting", [desk.conti], plan_id=plan, day=dt.date(2026, 3, 3))
    desk.plan("call", dt.date(2026, 3, 10), [desk.bianchi], plan_id=plan)
    desk.plan("call", dt.date(2026, 3, 20), [desk.bianchi, desk.conti], plan_id=plan)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        lines = drawn(screen)
        assert "Feb 2026" in lines[0]
        assert "Mar" in lines[0]
        here = lines[1].index("[ 9]")
        bianchi, conti, ferrari = lines[HEADER : HEADER + 3]
        assert bianchi[here : here + 2 * CELL].split() == ["!", "○"]
        assert conti[here - CELL : here + 2 * CELL].split() == ["●", "·", "○"]
        assert ferrari[here - CELL : here + 2 * CELL].split() == ["·"] * 3


async def test_a_contact_is_planned_for_the_person_and_the_week_under_the_cursor(desk: ContactDesk, plan: int) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        assert (screen.grid.person, screen.grid.week) == (desk.bianchi, MONDAY)
        assert screen.about.day == TODAY
        await pilot.press("down", "right", "right", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and screen.grid.current)
        made = desk.all(Contact)[0]
        assert (made.day, made.plan_id, made.account_id) == (MONDAY + 2 * WEEK, plan, desk.account)
        assert desk.people(made.id) == [desk.conti]
        await until(pilot, lambda: "Meeting" in told(screen))
        assert "left 860 €" in told(screen, "foot")


async def test_the_arrows_go_through_the_contacts_of_a_cell(desk: ContactDesk, plan: int) -> None:
    first, second = (desk.plan("call", TODAY, [desk.bianchi], plan_id=plan) for _number in range(2))
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await until(pilot, lambda: screen.grid.current)
        walked = []
        for key in ("right", "right", "left", "left", "left"):
            walked.append(screen.grid.current.id if screen.grid.current else None)
            await pilot.press(key)
        assert walked == [first, second, None, second, first]
        assert screen.grid.week == MONDAY - WEEK


async def test_a_contact_of_the_grid_is_done_moved_and_marked(desk: ContactDesk, plan: int) -> None:
    first, second = (desk.plan("call", TODAY, [desk.bianchi], plan_id=plan) for _number in range(2))
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await until(pilot, lambda: screen.grid.current)
        await pilot.press("space", "right", "space", "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*"+1w", "enter")
        await until(pilot, lambda: desk.get(second).day == TODAY + WEEK)
        assert desk.get(first).status is ContactStatus.MOVED
        await until(pilot, lambda: not screen.grid.marks and screen.grid.current is None)
        await pilot.press("right", "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*"good", "enter")
        await until(pilot, lambda: desk.get(first).status is ContactStatus.DONE)
        assert desk.get(first).outcome == "good"


async def test_what_is_done_can_be_planned_again_but_not_moved(desk: ContactDesk, plan: int) -> None:
    made = desk.log("call", [desk.bianchi], plan_id=plan, day=TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await until(pilot, lambda: screen.grid.current)
        assert "reopen" in offered(screen)
        assert not offered(screen) & {"move", "finish", "cancel"}
        await pilot.press("r")
        await until(pilot, lambda: desk.get(made).status is ContactStatus.PLANNED)


async def test_the_list_below_the_grid_has_every_contact_once(desk: ContactDesk, plan: int) -> None:
    made = desk.plan("call", TODAY, [desk.bianchi, desk.conti], plan_id=plan, message="the savings")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        assert [line.key for line in screen.list.lines if line.key is not None] == [made]
        await pilot.press("tab")
        await until(pilot, lambda: screen.list.has_focus)
        assert [entry.id for entry in screen.chosen] == [made]
        assert "the savings" in told(screen)


async def test_the_figures_are_against_the_budget_and_flag_what_is_wrong(desk: ContactDesk, plan: int) -> None:
    desk.log("event", plan_id=plan, cost=90_000)
    desk.plan("meeting", dt.date(2026, 3, 3), [desk.conti], plan_id=plan)
    desk.plan("call", dt.date(2026, 7, 1), plan_id=plan)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        foot = told(screen, "foot")
        for sentence in ("spent 900 €", "left -45 €", "1 late", "1 outside of the period"):
            assert sentence in foot
        assert "nobody named" in told(screen, "shares")


async def test_what_a_person_refuses_is_told_where_nothing_is_planned(desk: ContactDesk, plan: int) -> None:
    desk.refuse(desk.bianchi, "call")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await until(pilot, lambda: "refuses Call" in told(screen))


async def test_a_long_plan_scrolls_by_whole_weeks_and_comes_back_to_this_one(desk: ContactDesk) -> None:
    plan = desk.programme(dt.date(2024, 1, 1), dt.date(2030, 1, 1))
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, plan)
        assert any("[ 9]" in line for line in drawn(screen))
        await pilot.press("end")
        assert screen.grid.week == dt.date(2029, 12, 31)
        assert "[ 9]" not in drawn(screen)[1]
        assert round(screen.grid.scroll_offset.x) % CELL == 0
        await pilot.press("t")
        assert screen.grid.week == MONDAY
        assert all(len(line) <= NARROW[0] for line in drawn(screen))


async def test_a_click_takes_the_cursor(desk: ContactDesk, plan: int) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        here = drawn(screen)[1].index("[ 9]")
        await pilot.click(screen.grid, offset=(here + CELL + 1, HEADER + 1))
        assert (screen.grid.person, screen.grid.week) == (desk.conti, MONDAY + WEEK)


async def test_the_plan_itself_is_changed_and_deleted(desk: ContactDesk, plan: int) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"objective": "Meet the board"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and screen.query_one("#plan").border_title)
        await until(pilot, lambda: str(screen.query_one("#plan").border_title) == "Meet the board")
        records.delete(desk.path, Plan, [plan], TUI)
        await until(pilot, lambda: isinstance(pilot.app.screen, PlansScreen))
        assert len(lists.ids(desk.path, "plans", TODAY)) == 0


async def test_names_from_outside_are_only_text(desk: ContactDesk, plan: int) -> None:
    for text in list(SHORT.values())[:40]:
        desk.plan("call", TODAY, [desk.bianchi], plan_id=plan, message=text[:200])
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, plan)
        await pilot.press(*["right"] * 10)
        assert all(line.isprintable() for line in drawn(screen))
        assert screen.grid.current


async def test_the_form_says_why_a_channel_is_not_taken(desk: ContactDesk, plan: int) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, plan)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        desk.refuse(desk.bianchi, "meeting", "No visits")
        await pilot.press("ctrl+s")
        refusal = "Bianchi refused Meeting on 2026-03-02 (No visits)"
        await until(pilot, lambda: refusal in str(form.query_one("#message-channel_id", Static).content))
        assert desk.count() == 0
        form.form.put({"channel_id": f"{desk.channel('call')}=Call"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: desk.count() == 1)
