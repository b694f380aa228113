"""Whatever day the sample is made on, its dates make sense."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.dmu import DmuMap
from crmtui.domain.fields import Kind, specs
from crmtui.domain.offerings import Order
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Contact, ContactPerson, Plan
from crmtui.domain.scorecards import Scorecard
from crmtui.domain.words import ConsentState, ContactStatus
from crmtui.domain.workspace import Actor
from sample.story import DAYS, Story, told

if TYPE_CHECKING:
    from crmtui.sample.rows import Row

AHEAD = {"contract_ends_on", "due_on", "target_on", "expected_on", "starts_on", "ends_on"}


@pytest.fixture(params=DAYS, ids=lambda day: f"{day:%a}")
def story(request: pytest.FixtureRequest) -> Story:
    return told(request.param)


def day(row: Row, name: str = "day") -> dt.date:
    found = row.values[name]
    assert isinstance(found, dt.date)
    return found


def test_what_is_past_is_past(story: Story) -> None:
    for row in story.rows:
        if row.ref.kind is not Contact:
            for name, spec in specs(row.ref.kind).items():
                if spec.kind is Kind.DATE and name in row.values and name not in AHEAD:
                    assert day(row, name) <= story.today, (row.ref, name)


def test_an_opportunity_went_through_its_stages_in_order(story: Story) -> None:
    for deal in story.of(Opportunity):
        steps = story.of(StageChange, opportunity_id=deal.ref)
        days = [day(step) for step in steps]
        assert days == sorted(days)
        assert day(deal, "opened_on") == days[0]
        assert deal.values["stage"] == steps[-1].values["stage"]
        if deal.values["stage"] in ("won", "lost"):
            assert day(deal, "closed_on") == days[-1]
        else:
            assert day(deal, "expected_on") > story.today


def test_a_scorecard_lies_between_the_opening_and_the_end(story: Story) -> None:
    for deal in story.of(Opportunity):
        days = [day(card) for card in story.of(Scorecard, opportunity_id=deal.ref)]
        assert days == sorted(set(days))
        for scored in days:
            assert day(deal, "opened_on") <= scored
            assert scored <= (day(deal, "closed_on") if "closed_on" in deal.values else story.today)


def test_an_order_follows_the_opportunity_that_was_won(story: Story) -> None:
    for order in story.of(Order):
        if deal := order.values.get("opportunity_id"):
            assert story.at(deal).values["stage"] == "won"
            assert day(order) >= day(story.at(deal), "closed_on")


def test_a_contact_lies_within_its_plan(story: Story) -> None:
    for contact in story.of(Contact):
        if ref := contact.values.get("plan_id"):
            plan = story.at(ref)
            assert day(plan, "starts_on") <= day(contact) <= day(plan, "ends_on"), contact.ref


def test_what_was_done_has_an_outcome_and_is_not_ahead(story: Story) -> None:
    for contact in story.of(Contact):
        is_done = contact.values["status"] is ContactStatus.DONE
        assert bool(contact.values.get("outcome")) is is_done
        assert ("done_at" in contact.values) is is_done
        assert not is_done or day(contact) < story.today


def test_today_has_something_overdue_something_due_and_something_to_come(story: Story) -> None:
    (me,) = story.of(Actor, is_me=True)
    planned = [day(row) for row in story.of(Contact, status=ContactStatus.PLANNED)]
    mine = [day(row) for row in story.of(Contact, status=ContactStatus.PLANNED, actor_id=me.ref)]
    for days, overdue, due, ahead in ((planned, 8, 6, 40), (mine, 3, 3, 10)):
        assert sum(day < story.today for day in days) >= overdue
        assert days.count(story.today) >= due
        assert sum(day > story.today for day in days) >= ahead


def test_plans_reach_back_and_forward(story: Story) -> None:
    running = story.of(Plan, status=None)
    assert len(running) >= 14
    for plan in running:
        days = [day(row) for row in story.of(Contact, plan_id=plan.ref)]
        assert min(days) < story.today < max(days)


def test_nobody_is_contacted_in_a_way_that_was_refused(story: Story) -> None:
    for consent in story.of(Consent, state=ConsentState.REFUSED):
        for link in story.of(ContactPerson, person_id=consent.values["person_id"]):
            contact = story.at(link.values["contact_id"])
            if contact.values["channel_id"] == consent.values["channel_id"]:
                assert day(contact) <= day(consent), contact.ref


def test_contacts_are_with_people_of_the_account(story: Story) -> None:
    for link in story.of(ContactPerson):
        contact, person = story.at(link.values["contact_id"]), story.at(link.values["person_id"])
        assert person.ref.kind is Person
        assert contact.values["account_id"] == person.values["account_id"]


def test_a_plan_and_a_map_belong_to_an_account_or_to_an_opportunity(story: Story) -> None:
    for row in (*story.of(Plan), *story.of(DmuMap)):
        assert ("account_id" in row.values) is not ("opportunity_id" in row.values)
