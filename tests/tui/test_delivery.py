"""Delivery on an account's page and in Today, and the project that a won opportunity begins."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import delivery, opportunities
from crmtui.domain.delivery import Competence, CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.words import Kept, ProjectStatus, Stage
from crmtui.queries import records as reading
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.contact_step import StepScreen
from crmtui.tui.screens.ending import KeptScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.opportunities import OpportunitiesScreen
from crmtui.tui.screens.today import TodayScreen
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets.delivery_list import DeliveryList
from hostile import STRINGS, has_control
from tui.bench import NARROW, WIDE, Workbench, at_top, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.domain.fields import Record
    from crmtui.tui.widgets.agenda import Agenda

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def add(desk: ContactDesk, kind: type[Record], **given: Any) -> int:
    return delivery.add(desk.path, kind, {"account_id": desk.account, **given}, TUI, TODAY)


def told(agenda: Agenda) -> list[str]:
    return [f"{line.left.plain} {line.right.plain}".strip() for line in agenda.lines]


async def page(pilot: Pilot[int], desk: ContactDesk) -> DeliveryList:
    """The part of the account, once it has been read."""
    await enter(pilot, "accounts")
    assert isinstance(pilot.app, Workbench)
    pilot.app.open_record("account", desk.account, at="delivery")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.query(DeliveryList))
    found = pilot.app.screen.query_one(DeliveryList)
    await until(pilot, lambda: found.lines and found.has_focus)
    return found


async def test_an_empty_page_teaches_and_begins_with_a_project(desk: ContactDesk) -> None:
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        found = await page(pilot, desk)
        assert "n writes down the first" in "".join(told(found))
        assert not offered(pilot.app.screen) & {"settle", "put_off", "reopen", "edit", "delete", "pass_on"}
        await pilot.press("n")
        await at_top(pilot, ChooseScreen)
        await pilot.press("enter")
        await at_top(pilot, FormScreen)
        await pilot.press(*"pilot", "ctrl+s")
        await until(pilot, lambda: found.place is not None)
        (table, key) = found.place or ("", 0)
        project = reading.get(desk.path, Project, key)
        assert (table, project.name, project.account_id) == ("project", "pilot", desk.account)
        await pilot.press("n")
        await at_top(pilot, ChooseScreen)
        await pilot.press(*"comp", "enter")
        await at_top(pilot, FormScreen)
        await pilot.press(*"plc", "ctrl+s")
        await until(pilot, lambda: found.place is not None and found.place[0] == "competence")
        assert [one.name for one in reading.belonging(desk.path, Competence, "project_id", key)] == ["plc"]


async def test_what_is_open_is_settled_with_one_key_and_figures_say_why(desk: ContactDesk) -> None:
    project = add(desk, Project, name="Pilot", progress=40)
    promise = add(desk, Promise, name="Spare parts", due_on=YESTERDAY, project_id=project, notes="by us\nand them")
    request = add(desk, CustomerRequest, name="Manuals", person_id=desk.conti)
    add(desk, Satisfaction, score=6, comment="noisy", person_id=desk.conti)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await page(pilot, desk)
        lines = told(found)
        assert "! Spare parts · Pilot 1 d late" in lines
        assert any("detractor  noisy · Conti" in line for line in lines)
        await pilot.press("w")
        await at_top(pilot, WhyScreen)
        await pilot.press("escape")
        found.go_to(("promise", promise))
        await pilot.press("x")
        await at_top(pilot, KeptScreen)
        await pilot.press("right", "enter")
        await until(pilot, lambda: reading.get(desk.path, Promise, promise).kept is Kept.PARTLY)
        assert reading.get(desk.path, Promise, promise).notes == "by us\nand them"
        found.go_to(("customer_request", request))
        await pilot.press("x")
        await at_top(pilot, StepScreen)
        await pilot.press(*"sent", "enter")
        await until(pilot, lambda: reading.get(desk.path, CustomerRequest, request).answered_on == TODAY)
        assert reading.get(desk.path, CustomerRequest, request).answer == "sent"
        found.go_to(("project", project))
        await pilot.press("x")
        await until(pilot, lambda: reading.get(desk.path, Project, project).status is ProjectStatus.DONE)
        await until(pilot, lambda: "reopen" in offered(pilot.app.screen))
        await pilot.press("u")
        await until(pilot, lambda: reading.get(desk.path, Project, project).status is ProjectStatus.RUNNING)
        assert reading.get(desk.path, Project, project).progress == 40


async def test_due_promises_are_settled_in_today_and_lead_to_the_account(desk: ContactDesk) -> None:
    late = add(desk, Promise, name="Spare parts", due_on=YESTERDAY)
    add(desk, CustomerRequest, name="Manuals", due_on=TODAY)
    add(desk, Promise, name="Training", due_on=TODAY + dt.timedelta(days=30))
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "today")
        screen = pilot.app.screen
        assert isinstance(screen, TodayScreen)
        await until(pilot, lambda: any("Manuals" in line for line in told(screen.due)))
        lines = told(screen.due)
        assert lines[1] == "! Promise    Spare parts · Aurora Spa 1 d late"
        assert not any("Training" in line for line in lines)
        screen.due.go_to(("promise", late))
        assert "finish" in offered(screen)
        assert "cancel" not in offered(screen)
        await pilot.press("x")
        await at_top(pilot, KeptScreen)
        await pilot.press("enter")
        await until(pilot, lambda: reading.get(desk.path, Promise, late).kept is Kept.KEPT)
        await until(pilot, lambda: not any("Spare" in line for line in told(screen.due)))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query(DeliveryList))


async def test_a_won_opportunity_begins_its_project_once(desk: ContactDesk) -> None:
    given = {"name": "Line 4", "account_id": desk.account, "stage": Stage.WON, "reason": "price", "lesson": "ask"}
    deal = opportunities.add(desk.path, given, TUI, TODAY)
    add(desk, Promise, name="Spare parts", opportunity_id=deal)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "opportunities")
        screen = pilot.app.screen
        assert isinstance(screen, OpportunitiesScreen)
        await until(pilot, lambda: "project" in offered(screen))
        for _again in range(2):
            await pilot.press("P")
            await until(pilot, lambda: pilot.app.screen.query(DeliveryList))
            found = pilot.app.screen.query_one(DeliveryList)
            await until(pilot, lambda: any("Spare parts · Line 4" in line for line in told(found)))  # noqa: B023 - awaited before the next turn
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        assert len(reading.every(desk.path, Project)) == 1


async def test_hostile_names_stay_text(desk: ContactDesk) -> None:
    add(desk, Satisfaction, comment="\n".join(STRINGS.values())[:100_000])
    add(desk, Promise, name="[bold]$(rm)[/]", notes="[red]")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await page(pilot, desk)
        assert any("[bold]$(rm)[/]" in line for line in told(found))
        assert not any(has_control(line) for line in told(found))
