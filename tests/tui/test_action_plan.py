"""The action plan on an account's page, and actions in Today."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Button

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import action_plan, records
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.words import Achieved
from crmtui.domain.workspace import Actor
from crmtui.errors import InvalidError, NotFoundError
from crmtui.queries import action_plan as queries, records as reading
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.contact_step import StepScreen
from crmtui.tui.screens.ending import EndScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.today import TodayScreen
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets.action_tree import ActionTree
from hostile import CLIPBOARD, STRINGS, has_control
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


def add(desk: ContactDesk, kind: type[Record], name: str, **given: Any) -> int:
    return action_plan.add(desk.path, kind, {"name": name, **given}, TUI, TODAY)


@pytest.fixture
def way(desk: ContactDesk) -> int:
    objective = add(desk, Objective, "Second line", account_id=desk.account)
    return add(desk, Strategy, "Prove the saving", objective_id=objective)


def action(desk: ContactDesk, key: int) -> PlanAction:
    return reading.get(desk.path, PlanAction, key)


def told(agenda: Agenda) -> list[str]:
    return [f"{line.left.plain} {line.right.plain}".rstrip() for line in agenda.lines]


async def tree(pilot: Pilot[int], desk: ContactDesk) -> ActionTree:
    """The plan of the account, once it has been read."""
    await enter(pilot, "accounts")
    assert isinstance(pilot.app, Workbench)
    pilot.app.open_record("account", desk.account, at="action_plan")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.query(ActionTree))
    found = pilot.app.screen.query_one(ActionTree)
    await until(pilot, lambda: found.lines and found.has_focus)
    return found


async def answered(pilot: Pilot[int], table: str) -> None:
    """Take an answer of the question what is to be written down."""
    (await at_top(pilot, AskScreen)).query_one(f"#answer-{table}", Button).press()
    await at_top(pilot, FormScreen)


async def test_an_empty_plan_teaches_and_begins_with_an_objective(desk: ContactDesk) -> None:
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        found = await tree(pilot, desk)
        assert "n writes down an objective" in "".join(told(found))
        assert not offered(pilot.app.screen) & {"finish", "put_off", "reopen", "edit", "delete"}
        await pilot.press("n")
        assert (await at_top(pilot, AskScreen)).focused.id == "answer-objective"  # type: ignore[union-attr]  # awaited
        await pilot.press("enter")
        await at_top(pilot, FormScreen)
        await pilot.press(*"second", "ctrl+s")
        await until(pilot, lambda: found.current is not None)
        (goal,) = queries.page(desk.path, desk.account).goals
        assert (goal.name, found.current) == ("second", ("objective", goal.id))


async def test_strategies_stand_under_their_objective_and_actions_under_their_strategy(
    desk: ContactDesk, way: int
) -> None:
    add(desk, PlanAction, "Measure a week", strategy_id=way, due_on=YESTERDAY)
    add(desk, PlanAction, "Ask the buyer", account_id=desk.account, achieved=Achieved.PARTLY, lesson="go early")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await tree(pilot, desk)
        assert told(found) == [
            " Second line no day",
            "  ↳ Prove the saving",
            "    ! Measure a week 1 d late",
            "",
            "ACTIONS WITHOUT A STRATEGY",
            "● Ask the buyer · go early partly achieved",
        ]


async def test_a_new_action_serves_the_strategy_under_the_cursor(desk: ContactDesk, way: int) -> None:
    me = records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await tree(pilot, desk)
        await pilot.press("down", "n")
        await answered(pilot, "plan_action")
        await pilot.press(*"measure", "ctrl+s")
        await until(pilot, lambda: isinstance(found.current, tuple) and found.current[0] == "plan_action")
        (made,) = queries.page(desk.path, desk.account).of(way)
        assert (made.name, made.account_id, made.owner_id) == ("measure", desk.account, me)
        await pilot.press("n")
        await answered(pilot, "strategy")
        await pilot.press(*"another way", "ctrl+s")
        await until(pilot, lambda: len(queries.page(desk.path, desk.account).goals[0].strategies) == 2)


async def test_done_asks_how_far_and_for_the_lesson_and_undo_brings_it_back(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, "Measure a week", strategy_id=way)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await tree(pilot, desk)
        await pilot.press("down", "down", "x")
        await at_top(pilot, EndScreen)
        await pilot.press("p", "down", *"two days", "enter")
        await until(pilot, lambda: action(desk, made).done_on is not None)
        kept = action(desk, made)
        assert (kept.achieved, kept.lesson, kept.done_on) == (Achieved.PARTLY, "two days", TODAY)
        await until(pilot, lambda: "reopen" in offered(pilot.app.screen))
        await pilot.press("r")
        await until(pilot, lambda: action(desk, made).done_on is None)
        await pilot.press("u", "u")
        await until(pilot, lambda: action(desk, made).achieved is None and not action(desk, made).lesson)


async def test_done_keeps_the_lines_of_a_lesson_that_it_does_not_show(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, "Measure a week", strategy_id=way, lesson="ask early\nand the night shift")
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await tree(pilot, desk)
        await pilot.press("down", "down", "x")
        await at_top(pilot, EndScreen)
        await pilot.press("down", "end", "space", *"on", "ctrl+s")
        await until(pilot, lambda: action(desk, made).done_on is not None)
        assert action(desk, made).lesson == "ask early on\nand the night shift"


async def test_an_objective_ends_too_a_strategy_does_not(desk: ContactDesk, way: int) -> None:
    objective = reading.get(desk.path, Strategy, way).objective_id
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await tree(pilot, desk)
        assert {"finish", "put_off", "edit", "delete"} <= offered(pilot.app.screen)
        await pilot.press("x")
        await at_top(pilot, EndScreen)
        await pilot.press("enter")
        await until(pilot, lambda: reading.get(desk.path, Objective, objective).achieved is Achieved.FULLY)
        await pilot.press("down")
        await until(pilot, lambda: "edit" in offered(pilot.app.screen) and "finish" not in offered(pilot.app.screen))


async def test_marked_actions_are_moved_together_and_the_step_is_repeated(desk: ContactDesk) -> None:
    made = [add(desk, PlanAction, name, account_id=desk.account, due_on=TODAY) for name in "abc"]
    tomorrow = TODAY + dt.timedelta(days=1)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await tree(pilot, desk)
        await pilot.press("space", "space", "m")
        await at_top(pilot, StepScreen)
        await pilot.press(*"tomorrow", "enter")
        await until(pilot, lambda: [action(desk, key).due_on for key in made] == [tomorrow, tomorrow, TODAY])
        await until(pilot, lambda: not found.marks)
        found.go_to(("plan_action", made[2]))
        await pilot.press("full_stop")
        await until(pilot, lambda: action(desk, made[2]).due_on == tomorrow)


async def test_it_is_changed_and_deleted_with_keys_and_mouse(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, "Measure", strategy_id=way)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await tree(pilot, desk)
        await pilot.click(ActionTree, offset=(8, 2), times=2)
        await at_top(pilot, FormScreen)
        await pilot.press("end", *" all", "ctrl+s")
        await until(pilot, lambda: action(desk, made).name == "Measure all")
        await until(pilot, lambda: "Measure all" in "".join(told(found)))
        await pilot.press("up", "d")  # the strategy: its actions stay
        await until(pilot, lambda: action(desk, made).strategy_id is None)
        await until(pilot, lambda: "WITHOUT A STRATEGY" in "".join(told(found)))
        found.go_to(("plan_action", made))
        await pilot.press("d")
        await until(pilot, lambda: gone(desk, made))


def gone(desk: ContactDesk, key: int) -> bool:
    try:
        action(desk, key)
    except NotFoundError:
        return True
    return False


async def test_names_of_others_are_text(desk: ContactDesk) -> None:
    for hostile in (*STRINGS, CLIPBOARD):
        name = hostile[:200].replace("\0", "").strip() or "x"
        with suppress(InvalidError):  # what is refused needs no drawing
            objective = add(desk, Objective, name, account_id=desk.account, lesson=hostile[:500])
            add(desk, Strategy, name, objective_id=objective)
            add(desk, PlanAction, name, account_id=desk.account, due_on=YESTERDAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        found = await tree(pilot, desk)
        assert not any(has_control(line) for line in told(found))


# Today


async def today(pilot: Pilot[int]) -> TodayScreen:
    await enter(pilot, "today")
    screen = pilot.app.screen
    assert isinstance(screen, TodayScreen)
    await until(pilot, lambda: screen.due.lines)
    return screen


async def test_actions_stand_beside_contacts_by_day(desk: ContactDesk) -> None:
    for name, day in (("late", YESTERDAY), ("now", TODAY), ("soon", TODAY + dt.timedelta(days=4))):
        add(desk, PlanAction, f"Do it {name}", account_id=desk.account, due_on=day)
    add(desk, PlanAction, "Do it some day", account_id=desk.account)
    desk.plan("meeting", TODAY, [desk.conti], time="10:30")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await today(pilot)
        lines = [line.strip() for line in told(screen.due)]
        assert lines[:2] == ["OVERDUE", "! Action     Do it late · Aurora Spa 1 d late"]
        at = lines.index("TODAY")
        assert "Conti" in lines[at + 1]
        assert lines[at + 2] == "○ Action     Do it now · Aurora Spa"
        assert any("Do it soon" in line and "Mon 16" in line for line in lines)
        assert "some day" not in "".join(lines)


async def test_x_marks_an_action_done_in_today_and_enter_goes_to_its_plan(desk: ContactDesk) -> None:
    made = add(desk, PlanAction, "Do it", account_id=desk.account, due_on=TODAY)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await today(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyScreen))
        await pilot.press("escape", "x")
        await at_top(pilot, EndScreen)
        await pilot.press("n", "enter")
        await until(pilot, lambda: action(desk, made).achieved is Achieved.NOT)
        await pilot.press("u")
        await until(pilot, lambda: action(desk, made).done_on is None)
        await until(pilot, lambda: screen.due.current == ("plan_action", made))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.query(ActionTree))


async def test_contacts_and_actions_marked_together_are_not_done_at_once(desk: ContactDesk) -> None:
    contact = desk.plan("call", TODAY, time="10:00")
    made = add(desk, PlanAction, "Do it", account_id=desk.account, due_on=TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await today(pilot)
        await pilot.press("space", "space")
        assert screen.due.marks == {contact, ("plan_action", made)}
        assert not offered(screen) & {"finish", "move", "edit", "delete", "cancel", "reopen"}
        await pilot.press("space")
        await until(pilot, lambda: "finish" in offered(screen))
