"""A draft for a plan from what the workspace holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import dmu, propositions, records, scenarios, workspace
from crmtui.domain.dmu import DmuMap
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Plan
from crmtui.domain.relationship import Assessment
from crmtui.domain.words import OrderStatus, Role, Weekday
from crmtui.method.proposals import Choice, Stop
from crmtui.queries import plan_words, plans, proposing
from crmtui.queries.dmu import Place

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.proposing import DraftPage

END = dt.date(2026, 6, 4)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    """Conti, Ferrari and Bianchi on the account's map: a user, a buyer, and the decider."""
    found = begin(tmp_path)
    for person, role, power in (
        (found.conti, Role.USER, 2),
        (found.ferrari, Role.BUYER, 3),
        (found.bianchi, Role.DECIDER, 4),
    ):
        given = {"person_id": person, "roles": (role,), "power": power}
        dmu.add_stakeholder(found.path, Place(account_id=found.account), given, TUI, TODAY)
    return found


def drafted(desk: ContactDesk, plan: int) -> DraftPage:
    return proposing.page(desk.path, plan, TODAY)


def test_a_draft_is_made_of_the_map_the_channels_and_the_settings(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=20_000, currency="EUR")
    page = drafted(desk, plan)
    assert page.draft.stop is None
    assert page.draft.proposals
    assert page.draft.cost <= 20_000
    assert page.names[page.draft.proposals[0].person] == "Bianchi"
    rules = page.basis.rules
    assert (rules.cadence, rules.hour_cost, rules.half_life, rules.left) == (7, 6_000, 90, 20_000)
    assert rules.working_days == frozenset(range(5))


def test_what_the_user_has_set_is_obeyed(desk: ContactDesk) -> None:
    workspace.configure(
        desk.path, {"working_days": (Weekday.TUE,), "hour_cost": 0, "cadence_days": 30, "half_life_days": 10}, TUI
    )
    rules = drafted(desk, desk.programme(TODAY, END)).basis.rules
    assert (rules.cadence, rules.hour_cost, rules.half_life, rules.left) == (30, 0, 10, None)
    page = drafted(desk, desk.programme(TODAY, END, cadence_days=14))
    assert page.basis.rules.cadence == 14
    assert {one.day.weekday() for one in page.draft.proposals} == {1}


def test_what_is_planned_and_done_takes_from_the_budget_and_from_the_gain(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=20_000, currency="EUR")
    before = drafted(desk, plan)
    desk.log("meeting", [desk.bianchi], plan_id=plan)
    elsewhere = desk.programme(TODAY, END)
    desk.plan("meeting", END, [desk.bianchi], plan_id=elsewhere)
    after = drafted(desk, plan)
    assert after.basis.rules.left == 6_000
    assert (after.draft.outlook.planned or 0) > (before.draft.outlook.planned or 0)
    assert after.names[after.draft.proposals[0].person] != "Bianchi"
    assert all(abs((END - one.day).days) >= 7 for one in after.draft.proposals if one.person == desk.bianchi)


def test_a_called_off_contact_counts_nothing(desk: ContactDesk) -> None:
    from crmtui.commands import contacts

    plan = desk.programme(TODAY, END, budget=20_000, currency="EUR")
    before = drafted(desk, plan)
    contacts.cancel(desk.path, [desk.plan("meeting", TODAY, [desk.bianchi], plan_id=plan)], TUI)
    assert drafted(desk, plan).draft == before.draft


def test_consent_and_preference_come_from_the_person(desk: ContactDesk) -> None:
    desk.refuse(desk.bianchi, "call")
    records.edit(desk.path, Person, desk.ferrari, {"preferred_channel_id": desk.channel("email")}, TUI)
    page = drafted(desk, desk.programme(TODAY, END))
    by_person = {(one.person, page.channels[one.channel], one.choice) for one in page.draft.proposals}
    assert (desk.bianchi, "Call", Choice.BEST) not in by_person
    assert {(who, how) for who, how, why in by_person if why is Choice.PREFERRED} == {(desk.ferrari, "E-mail")}
    ferrari = next(one for one in page.draft.proposals if one.person == desk.ferrari)
    assert "preferred" in dict(plan_words.why(page, ferrari))["channel"]


def test_channels_that_are_not_in_use_or_cost_in_another_currency_are_left_out(desk: ContactDesk) -> None:
    for code in ("video", "email", "letter", "event", "web", "meeting"):
        records.edit(desk.path, Channel, desk.channel(code), {"is_active": False}, TUI)
    page = drafted(desk, desk.programme(TODAY, END))
    assert {page.channels[one.channel] for one in page.draft.proposals} == {"Call"}
    swiss = drafted(desk, desk.programme(TODAY, END, currency="CHF", budget=100_000))
    assert swiss.draft.proposals == ()
    assert {stop for _key, stop in swiss.draft.held} == {Stop.UNPRICED}
    assert "Call has no cost in CHF, so it is not proposed" in list(plan_words.held(swiss))


def test_hours_are_not_priced_in_a_currency_that_is_not_the_workspace_s(desk: ContactDesk) -> None:
    records.edit(desk.path, Channel, desk.channel("call"), {"currency": "CHF"}, TUI)
    page = drafted(desk, desk.programme(TODAY, END, currency="CHF"))
    assert page.basis.rules.hour_cost == 0
    assert "not priced in CHF" in dict(plan_words.why(page, page.draft.proposals[0]))["cost"]


def test_nobody_on_the_map_and_no_map_are_explained(desk: ContactDesk) -> None:
    alone = records.add(desk.path, Opportunity, {"name": "Alone"}, TUI)
    plan = desk.programme(TODAY, END, account_id=None, opportunity_id=alone)
    page = drafted(desk, plan)
    assert (page.draft.stop, page.draft.outlook.now) == (Stop.NOBODY, None)
    assert next(plan_words.held(page)).startswith("Nobody with a name")


def test_a_placeholder_is_not_proposed_for(desk: ContactDesk) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4"}, TUI)
    dmu.add_placeholder(desk.path, Place(opportunity_id=line4), "Head of quality", TUI, TODAY)
    page = drafted(desk, desk.programme(TODAY, END, account_id=None, opportunity_id=line4))
    assert page.draft.stop is Stop.NOBODY


def test_an_opportunity_without_a_map_is_proposed_for_on_its_account_s(desk: ContactDesk) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    page = drafted(desk, desk.programme(TODAY, END, account_id=None, opportunity_id=line4))
    assert set(page.names.values()) == {"Conti", "Ferrari", "Bianchi"}


def test_an_empty_map_of_an_opportunity_says_nothing(desk: ContactDesk) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    records.add(desk.path, DmuMap, {"opportunity_id": line4}, TUI)
    plan = desk.programme(TODAY, END, account_id=None, opportunity_id=line4)
    assert set(drafted(desk, plan).names.values()) == {"Conti", "Ferrari", "Bianchi"}
    rows = plans.page(desk.path, plan, TODAY).rows
    assert {row.name for row in rows if row} == {"Conti", "Ferrari", "Bianchi"}


def test_an_account_that_does_not_want_to_be_managed_is_cautioned_about(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END)
    assert drafted(desk, plan).caution == "Nobody has asked yet whether it wants to be managed."
    given = {"account_id": desk.account, "day": TODAY, "willingness": 1}
    records.add(desk.path, Assessment, given, TUI)
    assert "stays transactional" in drafted(desk, plan).caution
    assert "stays transactional" in plans.page(desk.path, plan, TODAY).caution
    records.add(desk.path, Assessment, {**given, "day": END, "willingness": 3}, TUI)
    assert drafted(desk, plan).caution == ""


def test_a_message_carries_the_own_win_and_then_what_the_organisation_has_from_it(desk: ContactDesk) -> None:
    bianchi = next(one for one in desk.stakeholders() if one.person_id == desk.bianchi)
    dmu.edit_stakeholder(desk.path, bianchi.id, {"win": "calm nights\nand more"}, TUI, TODAY)
    line = propositions.add(
        desk.path, {"account_id": desk.account, "need": "stops", "benefit": "a third fewer stops"}, TUI, TODAY
    )
    page = drafted(desk, desk.programme(TODAY, END))
    to_bianchi = sorted((one for one in page.draft.proposals if one.person == desk.bianchi), key=lambda one: one.day)
    first, second = (page.message(one) for one in to_bianchi[:2])
    assert (first.words, first.win_of_id, first.proposition_id) == ("calm nights", bianchi.id, None)
    assert (second.words, second.win_of_id, second.proposition_id) == ("a third fewer stops", None, line)


# The figures of a plan


def test_what_was_planned_and_is_refused_since_is_counted(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END)
    call = desk.plan("call", END, [desk.conti, desk.ferrari], plan_id=plan)
    assert plans.page(desk.path, plan, TODAY).unwanted == ()
    desk.refuse(desk.ferrari, "call")
    desk.log("call", [desk.ferrari], plan_id=plan)
    assert plans.page(desk.path, plan, TODAY).unwanted == (call,)


def test_coverage_now_and_at_the_end_are_those_of_the_map(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END)
    desk.log("meeting", [desk.bianchi], plan_id=plan)
    desk.plan("call", END, [desk.conti])
    page = plans.page(desk.path, plan, TODAY)
    outlook = drafted(desk, plan).draft.outlook
    assert page.now is not None
    assert page.ahead is not None
    assert page.now.value == pytest.approx(outlook.now)
    assert page.ahead.value == pytest.approx(outlook.planned)
    assert page.now.low < (page.now.value or 0)
    assert {page.seats[term.key] for term in page.ahead.terms} == {"Conti", "Ferrari", "Bianchi"}


def test_the_cost_is_held_against_the_margin_of_the_last_twelve_months(desk: ContactDesk) -> None:
    def order(day: dt.date, margin: int | None, **more: object) -> None:
        key = records.add(desk.path, Order, {"account_id": desk.account, "day": day, "currency": "EUR", **more}, TUI)
        records.add(desk.path, OrderLine, {"order_id": key, "margin": margin}, TUI)

    order(TODAY, 100_000)
    order(dt.date(2025, 3, 13), 20_000)
    order(dt.date(2025, 3, 12), 7_000_000)
    order(TODAY, 7_000_000, status=OrderStatus.CANCELLED)
    order(TODAY, 50_000, currency="CHF")
    order(TODAY, None)
    plan = desk.programme(TODAY, END, currency="EUR")
    desk.log("meeting", [desk.bianchi], plan_id=plan)  # 140 EUR and 2 hours at 60 EUR
    page = plans.page(desk.path, plan, TODAY)
    assert (page.margin.minor, page.margin.unknown, page.margin.elsewhere) == (120_000, 1, ((50_000, "CHF"),))
    assert page.burden.whole == 26_000
    assert page.burden.share == pytest.approx(26 / 120)
    assert "21.7 % of 1,200.00 EUR" in plan_words.burden(page)


@pytest.mark.parametrize(("margin", "said"), [(None, "no margin is known"), (-5_000, "left no margin"), (0, "left no")])
def test_without_a_margin_there_is_no_share_but_a_sentence(desk: ContactDesk, margin: int | None, said: str) -> None:
    key = records.add(desk.path, Order, {"account_id": desk.account, "day": TODAY, "currency": "EUR"}, TUI)
    records.add(desk.path, OrderLine, {"order_id": key, "margin": margin}, TUI)
    page = plans.page(desk.path, desk.programme(TODAY, END, currency="EUR"), TODAY)
    assert page.burden.share is None
    assert said in plan_words.burden(page)


def test_a_plan_of_the_first_days_of_the_calendar_is_no_trouble(desk: ContactDesk) -> None:
    plan = records.add(
        desk.path,
        Plan,
        {"objective": "Old", "account_id": desk.account, "starts_on": dt.date.min, "ends_on": dt.date.min},
        TUI,
    )
    assert drafted(desk, plan).draft.stop is Stop.OVER
    assert plans.page(desk.path, plan, TODAY).ahead is not None
    assert plans.page(desk.path, plan, dt.date(1, 1, 2)).margin.minor is None


def test_the_accepted_scenario_bounds_the_hours_that_are_proposed(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=200_000, currency="EUR")
    free = drafted(desk, plan)
    given = {"name": "Spring", "starts_on": TODAY - dt.timedelta(30), "ends_on": END, "capacity": 9.0}
    key = scenarios.add(desk.path, {**given, "is_accepted": True}, TUI)
    assert drafted(desk, plan).basis.rules.allowance is None  # the account is not in it, so nothing bounds it
    assert any("none in Spring" in said for said in plan_words.held(drafted(desk, plan)))
    scenarios.allot(desk.path, key, {desk.account: 4.0}, TUI)
    desk.log("meeting", [desk.bianchi], plan_id=plan)
    desk.plan("meeting", END, [desk.conti], plan_id=plan)
    page = drafted(desk, plan)
    assert page.allotted is not None
    assert (page.allotted.done, page.allotted.planned, page.allotted.left) == (2.0, 2.0, 0.0)
    assert free.draft.hours > page.draft.hours == 0
    told = list(plan_words.held(page))
    assert told[0] == "territory: 2 of 4 h, 2 h planned, until 4 Jun 2026 (Spring)"
    assert any("no contact fits into the 0 h that Spring leaves until 2026-06-04" in one for one in told)
    scenarios.allot(desk.path, key, {desk.account: 6.0}, TUI)
    assert 0 < drafted(desk, plan).draft.hours <= 2.0
    foretold = plans.page(desk.path, plan, TODAY).allotted
    assert foretold is not None
    assert foretold.left == 2.0


def test_a_plan_to_come_is_measured_against_the_scenario_of_its_time(desk: ContactDesk) -> None:
    plan = desk.programme(END + dt.timedelta(1), END + dt.timedelta(60))
    later = {"name": "Summer", "starts_on": END, "ends_on": END + dt.timedelta(90), "is_accepted": True}
    key = scenarios.add(desk.path, later, TUI)
    scenarios.allot(desk.path, key, {desk.account: 0.5}, TUI)
    page = drafted(desk, plan)
    assert page.allotted is not None
    assert page.allotted.scenario == "Summer"
    assert page.draft.hours <= 0.5
    assert plans.page(desk.path, desk.programme(TODAY, END - dt.timedelta(1)), TODAY).allotted is None
