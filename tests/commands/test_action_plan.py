from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import action_plan, history, records
from crmtui.commands.action_plan import Ended
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Achieved, Source
from crmtui.domain.workspace import Actor
from crmtui.errors import InvalidError, NotFoundError
from crmtui.queries import action_plan as queries, records as reading, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record

FRIDAY = TODAY + dt.timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def add(desk: ContactDesk, kind: type[Record], **given: Any) -> int:
    return action_plan.add(desk.path, kind, {"name": "it", **given}, TUI, TODAY)


def action(desk: ContactDesk, key: int) -> PlanAction:
    return reading.get(desk.path, PlanAction, key)


def ending(desk: ContactDesk, key: int) -> tuple[Achieved | None, str, dt.date | None]:
    found = action(desk, key)
    return found.achieved, found.lesson, found.done_on


@pytest.fixture
def way(desk: ContactDesk) -> int:
    """A strategy towards an objective of Aurora."""
    objective = add(desk, Objective, name="Second line", account_id=desk.account)
    return add(desk, Strategy, name="Prove the saving", objective_id=objective)


def test_an_action_of_a_strategy_belongs_to_the_account_of_its_objective(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, name="Measure a week", strategy_id=way, due_on=FRIDAY)
    assert (action(desk, made).account_id, action(desk, made).strategy_id) == (desk.account, way)
    assert workspace.history(desk.path, 1)[0].label == "Add action Measure a week"


def test_what_concerns_an_opportunity_belongs_to_its_account_and_so_do_the_actions(desk: ContactDesk) -> None:
    deal = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    objective = add(desk, Objective, opportunity_id=deal)
    assert reading.get(desk.path, Objective, objective).account_id == desk.account
    strategy = add(desk, Strategy, objective_id=objective)
    assert action(desk, add(desk, PlanAction, strategy_id=strategy)).opportunity_id == deal


def test_an_action_is_the_user_s_unless_told_otherwise(desk: ContactDesk, way: int) -> None:
    assert action(desk, add(desk, PlanAction, strategy_id=way)).owner_id is None
    me = records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    assert action(desk, add(desk, PlanAction, strategy_id=way)).owner_id == me
    assert action(desk, add(desk, PlanAction, strategy_id=way, owner_id=None)).owner_id is None


def test_what_does_not_belong_together_is_refused(desk: ContactDesk, way: int) -> None:
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    deal = records.add(desk.path, Opportunity, {"name": "Roof", "account_id": other}, TUI)
    nobodys = records.add(desk.path, Opportunity, {"name": "Found in a drawer"}, TUI)
    for given, field in (
        ({"account_id": other, "strategy_id": way}, "Strategy"),
        ({"strategy_id": way, "opportunity_id": deal}, "Opportunity"),
        ({"account_id": other, "opportunity_id": nobodys}, "Opportunity"),
        ({}, "Account"),
        ({"account_id": other, "name": ""}, "Action"),
    ):
        with pytest.raises(InvalidError) as refused:
            add(desk, PlanAction, **given)
        assert list(refused.value.fields) == [field]
    made = add(desk, PlanAction, strategy_id=way)
    with pytest.raises(InvalidError):
        action_plan.edit(desk.path, PlanAction, made, {"opportunity_id": deal}, TUI, TODAY)


def test_done_keeps_how_far_the_lesson_and_the_day_in_one_step(desk: ContactDesk, way: int) -> None:
    made = [add(desk, PlanAction, strategy_id=way, lesson="before") for _count in range(2)]
    action_plan.finish(desk.path, PlanAction, made, Ended(Achieved.PARTLY, "two days are enough"), TUI, TODAY)
    assert [ending(desk, key) for key in made] == [(Achieved.PARTLY, "two days are enough", TODAY)] * 2
    assert workspace.history(desk.path, 1)[0].label == "Mark 2 actions as done"
    history.undo(desk.path, TUI)
    assert [ending(desk, key) for key in made] == [(None, "before", None)] * 2


def test_without_a_lesson_the_one_that_was_there_stays(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, strategy_id=way, lesson="before")
    action_plan.finish(desk.path, PlanAction, [made], Ended(Achieved.NOT, day=FRIDAY), TUI, TODAY)
    assert (action(desk, made).lesson, action(desk, made).done_on) == ("before", FRIDAY)


def test_taking_it_up_again_opens_it(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, strategy_id=way, achieved=Achieved.FULLY)
    assert action(desk, made).done_on == TODAY
    action_plan.reopen(desk.path, PlanAction, [made], TUI)
    assert (action(desk, made).done_on, action(desk, made).achieved) == (None, None)


def test_an_action_without_a_day_done_is_not_achieved(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, strategy_id=way, achieved=Achieved.FULLY)
    action_plan.edit(desk.path, PlanAction, made, {"done_on": None}, TUI, TODAY)
    assert action(desk, made).achieved is None


def test_an_objective_ends_without_a_day(desk: ContactDesk) -> None:
    made = add(desk, Objective, account_id=desk.account)
    action_plan.finish(desk.path, Objective, [made], Ended(Achieved.NOT, "ask first"), TUI, TODAY)
    kept = reading.get(desk.path, Objective, made)
    assert (kept.achieved, kept.lesson) == (Achieved.NOT, "ask first")
    action_plan.reopen(desk.path, Objective, [made], TUI)
    assert reading.get(desk.path, Objective, made).achieved is None


def test_moving_sets_the_day(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, strategy_id=way)
    action_plan.move(desk.path, PlanAction, [made], FRIDAY, Source.CLI)
    assert action(desk, made).due_on == FRIDAY
    with pytest.raises(NotFoundError):
        action_plan.move(desk.path, PlanAction, [999], FRIDAY, Source.CLI)


def test_an_objective_that_goes_takes_its_strategies_and_leaves_the_actions(desk: ContactDesk, way: int) -> None:
    made = add(desk, PlanAction, strategy_id=way)
    objective = reading.get(desk.path, Strategy, way).objective_id
    records.delete(desk.path, Objective, [objective], TUI)
    assert action(desk, made).strategy_id is None
    plan = queries.page(desk.path, desk.account)
    assert (plan.goals, [one.id for one in plan.of(None)]) == ((), [made])
    history.undo(desk.path, TUI)
    plan = queries.page(desk.path, desk.account)
    assert [goal.strategies for goal in plan.goals] == [((way, "Prove the saving"),)]
    assert [one.objective for one in plan.of(way)] == ["Second line"]


def test_open_ones_come_first_by_day_and_strategies_are_found_by_their_objective(desk: ContactDesk, way: int) -> None:
    late = add(desk, PlanAction, strategy_id=way, due_on=TODAY)
    undated = add(desk, PlanAction, strategy_id=way)
    over = add(desk, PlanAction, strategy_id=way, due_on=TODAY - dt.timedelta(days=9), achieved=Achieved.FULLY)
    soon = add(desk, PlanAction, strategy_id=way, due_on=FRIDAY)
    assert [one.id for one in queries.page(desk.path, desk.account).actions] == [late, soon, undated, over]
    found = [(way, "Prove the saving", "Second line")]
    assert queries.strategies(desk.path, desk.account, "second") == found
    assert queries.strategies(desk.path, None, "") == found
    assert queries.strategies(desk.path, desk.account, "third") == []
