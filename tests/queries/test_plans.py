from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from contact_desk import NOW, TODAY, TUI, ContactDesk, begin
from crmtui.commands import contacts, records
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.errors import NotFoundError
from crmtui.queries import lists, plans

if TYPE_CHECKING:
    from pathlib import Path

START, END = dt.date(2026, 3, 4), dt.date(2026, 4, 10)
MONDAY = dt.date(2026, 3, 9)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def names(found: plans.PlanPage) -> list[str]:
    return [row.name if row else "" for row in found.rows]


def test_a_plan_spans_the_weeks_of_its_days(desk: ContactDesk) -> None:
    found = plans.page(desk.path, desk.programme(START, END), TODAY)
    assert (found.weeks[0], found.weeks[-1], len(found.weeks)) == (dt.date(2026, 3, 2), dt.date(2026, 4, 6), 6)
    assert found.subject.account == "Aurora Spa"
    assert found.cells == {}


def test_contacts_outside_of_the_plan_have_weeks_too_and_are_flagged(desk: ContactDesk) -> None:
    plan = desk.programme(START, END)
    early = desk.log("call", plan_id=plan, day=dt.date(2026, 2, 20))
    found = plans.page(desk.path, plan, TODAY)
    assert found.weeks[0] == dt.date(2026, 2, 16)
    assert found.summary.outside == (early,)
    assert [found.is_inside(week) for week in found.weeks[:3]] == [False, False, True]


def test_a_contact_years_away_is_in_the_nearest_week(desk: ContactDesk) -> None:
    plan = desk.programme(START, END)
    desk.plan("call", dt.date(9999, 12, 31), plan_id=plan)
    found = plans.page(desk.path, plan, TODAY)
    assert list(found.cells) == [(None, found.weeks[-1])]
    assert found.weeks[-1] == dt.date(2026, 4, 6)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_are_days_like_others(desk: ContactDesk, day: dt.date) -> None:
    plan = desk.programme(day, day)
    desk.plan("call", TODAY, plan_id=plan)
    found = plans.page(desk.path, plan, TODAY)
    assert [found.is_inside(week) for week in found.weeks] == [True]


def test_a_contact_is_in_the_cell_of_each_of_its_people(desk: ContactDesk) -> None:
    plan = desk.programme(START, END)
    made = desk.plan("meeting", TODAY, [desk.conti, desk.ferrari], plan_id=plan)
    found = plans.page(desk.path, plan, TODAY)
    assert [entry.id for entry in found.cells[desk.conti, MONDAY]] == [made]
    assert [entry.id for entry in found.cells[desk.ferrari, MONDAY]] == [made]
    assert [entry.id for entry in found.entries] == [made]
    assert found.summary.whole.planned.cost == 14_000


def test_contacts_with_nobody_have_the_last_row(desk: ContactDesk) -> None:
    plan = desk.programme(START, END)
    assert None not in plans.page(desk.path, plan, TODAY).rows
    desk.plan("event", TODAY, plan_id=plan)
    found = plans.page(desk.path, plan, TODAY)
    assert found.rows[-1] is None
    assert found.cells[None, MONDAY]


def test_without_a_map_the_people_of_the_account_are_the_rows(desk: ContactDesk) -> None:
    assert names(plans.page(desk.path, desk.programme(START, END), TODAY)) == ["Bianchi", "Conti", "Ferrari"]


def test_with_a_map_its_people_come_first_by_power_and_others_only_when_named(desk: ContactDesk) -> None:
    drawn = records.add(desk.path, DmuMap, {"account_id": desk.account}, TUI)
    for person, power in ((desk.conti, 2), (desk.bianchi, 4)):
        records.add(desk.path, Stakeholder, {"map_id": drawn, "person_id": person, "power": power}, TUI)
    plan = desk.programme(START, END)
    assert names(plans.page(desk.path, plan, TODAY)) == ["Bianchi", "Conti"]
    desk.plan("call", TODAY, [desk.ferrari], plan_id=plan)
    assert names(plans.page(desk.path, plan, TODAY)) == ["Bianchi", "Conti", "Ferrari"]


def test_plan_against_done_and_what_is_left_of_the_budget(desk: ContactDesk) -> None:
    plan = desk.programme(START, END, budget=50_000)
    desk.log("meeting", plan_id=plan)
    late = desk.plan("call", dt.date(2026, 3, 10), plan_id=plan)
    gone = desk.plan("event", TODAY, plan_id=plan)
    contacts.cancel(desk.path, [gone], TUI)
    found = plans.page(desk.path, plan, TODAY).summary
    assert (found.whole.done.cost, found.whole.planned.cost, found.budget.left) == (14_000, 500, 35_500)
    assert (found.late, found.cancelled) == ((late,), (gone,))


def test_a_moved_contact_is_still_planned(desk: ContactDesk) -> None:
    plan = desk.programme(START, END)
    made = desk.plan("call", TODAY, plan_id=plan)
    contacts.move(desk.path, [made], dt.date(2026, 3, 20), TUI)
    assert plans.page(desk.path, plan, TODAY).summary.whole.planned.contacts == (made,)


def test_a_plan_of_an_opportunity_belongs_to_its_account(desk: ContactDesk) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    plan = desk.programme(START, END, account_id=None, opportunity_id=line4)
    subject = plans.page(desk.path, plan, TODAY).subject
    assert (subject.account, subject.opportunity) == ("Aurora Spa", "Line 4")
    made = desk.plan("call", TODAY, account_id=None, plan_id=plan)
    assert desk.get(made).account_id == desk.account


def test_the_list_counts_what_is_done_planned_and_spent(desk: ContactDesk) -> None:
    plan = desk.programme(START, END, budget=50_000)
    desk.log("meeting", plan_id=plan)
    contacts.done(desk.path, [desk.plan("call", TODAY, plan_id=plan)], "", TUI, NOW)
    desk.plan("email", dt.date(2026, 3, 10), plan_id=plan)
    row = lists.rows(desk.path, "plans", [plan], TODAY)[plan]
    cells = dict(zip((column.key for column in lists.columns("plans")), row, strict=True))
    assert (cells["done"], cells["planned"], cells["late"]) == (2, 1, 1)
    assert (cells["spent"], cells["budget"]) == ((14_500, "EUR"), (50_000, "EUR"))


def test_running_plans_come_first_the_soonest_to_end_on_top(desk: ContactDesk) -> None:
    old = desk.programme(START, dt.date(2026, 3, 5), status="finished")
    late = desk.programme(START, END)
    soon = desk.programme(START, dt.date(2026, 3, 20))
    assert list(lists.ids(desk.path, "plans", TODAY)) == [soon, late, old]
    assert list(lists.ids(desk.path, "plans", TODAY, filter_text="aurora status:finished")) == [old]


def test_a_plan_that_is_gone_is_told(desk: ContactDesk) -> None:
    with pytest.raises(NotFoundError):
        plans.page(desk.path, 9, TODAY)
