from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import dmu, history, opportunities
from crmtui.domain.delivery import OpportunityFinding
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.words import Stage
from crmtui.errors import InvalidError
from crmtui.queries import records, workspace
from crmtui.queries.dmu import Place
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = TODAY + dt.timedelta(days=1)
LEARNT: dict[str, Any] = {"reason": "price", "lesson": "ask for the budget first"}


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def stages(deals: Deals, opportunity: int = 0) -> list[tuple[Stage, dt.date]]:
    found = records.belonging(deals.path, StageChange, "opportunity_id", opportunity or deals.line4)
    return [(change.stage, change.day) for change in found]


def kept(deals: Deals, opportunity: int = 0) -> Opportunity:
    return records.get(deals.path, Opportunity, opportunity or deals.line4)


def edit(deals: Deals, day: dt.date = TODAY, **given: Any) -> None:
    opportunities.edit(deals.path, deals.line4, given, TUI, day)


def test_a_new_one_is_opened_today_at_its_first_stage(deals: Deals) -> None:
    assert kept(deals).opened_on == TODAY
    assert stages(deals) == [(Stage.PROSPECTING, TODAY)]


def test_a_new_one_may_start_anywhere_and_in_the_past(deals: Deals) -> None:
    day = dt.date(2025, 11, 3)
    made = deals.add("Retrofit", stage="engaging", opened_on=day)
    assert stages(deals, made) == [(Stage.ENGAGING, day)]


def test_a_stage_that_is_none_is_refused_by_name(deals: Deals) -> None:
    with pytest.raises(InvalidError) as caught:
        deals.add("Retrofit", stage="dreaming")
    assert list(caught.value.fields) == ["Stage"]


def test_another_stage_is_kept_with_its_day_in_the_same_step(deals: Deals) -> None:
    opportunities.move(deals.path, deals.line4, Stage.ENGAGING, TUI, TOMORROW)
    assert stages(deals)[-1] == (Stage.ENGAGING, TOMORROW)
    done = workspace.next_undo(deals.path)
    assert done is not None
    assert (done.label, done.rows) == ("Move Line 4 to Engaging", 2)
    history.undo(deals.path, TUI)
    assert stages(deals) == [(Stage.PROSPECTING, TODAY)]
    assert kept(deals).stage is Stage.PROSPECTING


def test_an_edit_that_leaves_the_stage_leaves_its_history(deals: Deals) -> None:
    edit(deals, next_step="call Conti", stage="prospecting")
    assert kept(deals).next_step == "call Conti"
    assert stages(deals) == [(Stage.PROSPECTING, TODAY)]


@pytest.mark.parametrize("stage", ["won", "lost"])
def test_closing_needs_a_reason_and_a_lesson(deals: Deals, stage: str) -> None:
    with pytest.raises(InvalidError) as caught:
        edit(deals, stage=stage)
    assert list(caught.value.fields) == ["Reason", "Lesson"]
    with pytest.raises(InvalidError):
        edit(deals, stage=stage, reason="price", lesson="  ")
    assert kept(deals).stage is Stage.PROSPECTING


def test_closing_writes_the_day_and_what_was_learnt(deals: Deals) -> None:
    edit(deals, TOMORROW, stage="lost", **LEARNT)
    assert kept(deals).closed_on == TOMORROW
    assert kept(deals).lesson == LEARNT["lesson"]
    assert stages(deals)[-1] == (Stage.LOST, TOMORROW)


def test_closing_on_an_earlier_day(deals: Deals) -> None:
    day = dt.date(2026, 3, 2)
    edit(deals, stage="won", closed_on=day, **LEARNT)
    assert kept(deals).closed_on == day
    assert stages(deals)[-1] == (Stage.WON, day)


def test_what_is_closed_may_be_corrected_without_saying_it_all_again(deals: Deals) -> None:
    edit(deals, stage="won", **LEARNT)
    edit(deals, value=20_000_000)
    assert kept(deals).value == 20_000_000
    assert kept(deals).closed_on == TODAY


def test_won_turned_lost_asks_anew(deals: Deals) -> None:
    edit(deals, stage="won", **LEARNT)
    with pytest.raises(InvalidError):
        edit(deals, stage="lost")


def test_reopening_clears_the_outcome_and_keeps_the_lesson(deals: Deals) -> None:
    edit(deals, stage="lost", **LEARNT)
    opportunities.move(deals.path, deals.line4, Stage.NEGOTIATING, TUI, TOMORROW)
    found = kept(deals)
    assert (found.stage, found.closed_on, found.reason) == (Stage.NEGOTIATING, None, "")
    assert found.lesson == LEARNT["lesson"]
    assert [stage for stage, _day in stages(deals)] == [Stage.PROSPECTING, Stage.LOST, Stage.NEGOTIATING]
    assert [step.label for step in workspace.history(deals.path, 2)] == ["Reopen Line 4", "Lose Line 4"]


def test_one_added_closed_needs_its_lesson_too(deals: Deals) -> None:
    with pytest.raises(InvalidError):
        deals.add("Old story", stage="lost")
    made = deals.add("Old story", stage="lost", closed_on=dt.date(2026, 1, 9), **LEARNT)
    assert kept(deals, made).closed_on == dt.date(2026, 1, 9)


def test_a_name_with_braces_is_only_a_name(deals: Deals) -> None:
    made = deals.add("{title} {0} [/]")
    opportunities.move(deals.path, made, Stage.ENGAGING, TUI, TODAY)
    assert workspace.history(deals.path, 1)[0].label == "Move {title} {0} [/] to Engaging"


def test_several_go_to_their_next_stages_in_one_change_but_none_is_won_by_it(deals: Deals) -> None:
    last = deals.add("Orphan", stage=Stage.NEGOTIATING)
    assert opportunities.step(deals.path, [deals.line4, last], 1, TUI, TOMORROW) == 1
    assert stages(deals)[-1] == (Stage.ENGAGING, TOMORROW)
    assert kept(deals, last).stage is Stage.NEGOTIATING
    assert history.undo(deals.path, TUI).label == "Move 1 opportunity to another stage"
    assert kept(deals).stage is Stage.PROSPECTING


def found(deals: Deals, opportunity: int = 0) -> list[tuple[str, dt.date]]:
    rows = records.belonging(deals.path, OpportunityFinding, "opportunity_id", opportunity or deals.line4)
    return [(row.finding, row.day) for row in rows]


def on_the_map(deals: Deals) -> None:
    place = Place(account_id=deals.account)
    dmu.add_stakeholder(deals.path, place, {"position": "CFO", "roles": ["user"]}, TUI, TODAY)


def test_what_stood_out_on_the_map_is_kept_when_it_is_closed_and_goes_when_it_is_reopened(deals: Deals) -> None:
    on_the_map(deals)
    edit(deals, stage="lost", **LEARNT)
    kept = found(deals)
    assert {"no_decider", "nameless", "no_opponent"} <= {code for code, _day in kept}
    assert {day for _code, day in kept} == {TODAY}
    edit(deals, stage="won", **LEARNT)
    assert found(deals) == kept, "won after all, but the map was as it was"
    opportunities.move(deals.path, deals.line4, Stage.PROPOSING, TUI, TODAY)
    assert found(deals) == []
    history.undo(deals.path, TUI)
    assert len(found(deals)) == len(kept)


def test_nothing_is_kept_without_a_map_or_of_a_day_long_ago(deals: Deals) -> None:
    edit(deals, stage="lost", **LEARNT)
    assert found(deals) == []
    on_the_map(deals)
    old = deals.add("Old", account_id=deals.account, stage="lost", closed_on=TODAY - dt.timedelta(60), **LEARNT)
    new = deals.add("New", account_id=deals.account, stage="won", closed_on=TODAY - dt.timedelta(3), **LEARNT)
    assert found(deals, old) == []
    assert {day for _code, day in found(deals, new)} == {TODAY - dt.timedelta(3)}
