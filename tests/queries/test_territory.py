from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records, scenarios as keeping, territory as commands
from crmtui.domain.accounts import Account
from crmtui.domain.plans import Plan
from crmtui.domain.territory import Area, ResponseCurve
from crmtui.domain.words import AccountStatus, EffortUnit, Level, Source
from crmtui.errors import InvalidError
from crmtui.method.territory_plan import Note, Point, Why
from crmtui.method.units import CONTACTS, HOURS
from crmtui.queries import accounts, allotted_words, plans, scenario_words, scenarios, territory, territory_words, today
from crmtui.queries.territory_accounts import Each
from crmtui.store.reading.connections import reading
from customers import TODAY, Customers

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.territory import TerritoryPage
    from crmtui.queries.territory_accounts import Taken

# Two territories, 16 hours, of method.md: north and south, eight hours each today.
NORTH = {"none": 0.20, "half": 0.62, "more": 1.30, "most": 1.50}
SOUTH = {"none": 0.30, "half": 0.70, "more": 1.15, "most": 1.40}

QUARTER = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(90), "capacity": 64.0}


@pytest.fixture
def customers(workspace: Path) -> Customers:
    return Customers(workspace)


def page(customers: Customers) -> TerritoryPage:
    return territory.page(customers.path, TODAY)


def judged(customers: Customers) -> tuple[int, int]:
    """The two territories of method.md, an hour a call; sales are of a year, so four times those of a period."""
    customers.set(hour_cost=0.0)
    north, south = customers.account("North"), customers.account("South")
    for key, sales, margin, said in ((north, 24_000, 0.4, NORTH), (south, 20_000, 0.3, SOUTH)):
        given = {"sales": sales, "margin_share": margin, "hours": 4.0, **said}
        commands.judge(customers.path, key, given, TODAY, Source.CLI)
    return north, south


def test_the_example_of_the_method_comes_out_to_its_digits(customers: Customers) -> None:
    judged(customers)
    found = page(customers)
    plan = found.plan(found.usual)
    assert [line.hours for line in plan.lines] == [5.0, 3.0]
    assert (round(plan.value / 100, 4), round(plan.value_today / 100, 4)) == (41.0527, 39.0)
    assert plan.completeness == 1.0
    told = territory_words.figures(plan, lambda minor: f"{minor / 100:.2f}")
    assert told == "8 of 8 h · gain 2.05 (2.05 to 2.05) · one hour more brings 2.51"
    assert dict(territory_words.whole(found, plan, lambda minor: f"{minor:.0f}"))["one hour more"] == (
        "brings 251; several more bring at most 251 each"
    )
    points = found.gains()
    assert [one.capacity for one in points][-1] == 16.0
    assert all(one.gain is not None for one in points)


def test_one_hour_more_is_said_to_bring_at_most_so_much_where_more_is_not_known(customers: Customers) -> None:
    judged(customers)
    found = page(customers)
    plan = replace(found.plan(found.usual), more=None, bound=found.plan(found.usual).value + 100)
    assert territory_words.figures(plan, lambda minor: f"{minor:.0f}").endswith("one hour more brings at most 351")
    told = dict(territory_words.whole(found, plan, lambda minor: f"{minor:.0f}"))
    assert told["one hour more"] == "brings at most 351"
    for point, words in ((Point(8.0, 205.0, None, 351.0), "at most 351.0"), (Point(1.0, None, None, None), "?")):
        assert territory_words.more(point, str) == words


def test_who_is_kept_as_today_in_whole_hours_is_said_to_be(customers: Customers) -> None:
    judged(customers)
    for hours, proposed, words in (
        (9.8, 9.0, "kept as today, down to whole hours: nobody has said"),
        (150.5, 150.0, "kept as today, down to whole hours: nobody has said"),
        (9.0, 9.0, "kept as today: nobody has said"),
    ):
        key = customers.account("Unknown")
        commands.judge(customers.path, key, {"hours": hours}, TODAY, Source.CLI)
        (one,) = (one for one in page(customers).plan(500.0).lines if one.key == key)
        assert (one.hours_today, one.hours) == (hours, proposed)
        assert territory_words.why(one, HOURS).startswith(words)
    commands.bound(customers.path, key, {"least_hours": 12.0}, Source.CLI)
    (one,) = (one for one in page(customers).plan(500.0).lines if one.key == key)
    assert territory_words.why(one, HOURS).startswith("as near to today as its least and most allow")


def test_as_many_are_said_to_be_served_badly_as_are_marked_so(customers: Customers) -> None:
    judged(customers)
    unknown = customers.account("Unknown")
    commands.bound(customers.path, unknown, {"pinned_hours": 7.0}, Source.CLI)
    found = page(customers)
    plan = found.plan(15.0)
    marked = [territory_words.served(one) for one in plan.lines]
    assert marked == ["too little", "too much", ""]
    assert dict(territory_words.whole(found, plan, str))["served"] == "1 too little, 1 too much"


def test_what_is_missing_is_said_where_nothing_can_be_shared_out(customers: Customers) -> None:
    quiet = customers.account("Quiet")
    customers.order(quiet, 0.2, 30_000, price=100_000)
    found = page(customers)
    plan = found.plan(found.usual)
    assert "of no account it is known what it buys" in territory_words.figures(plan, str)
    whole = dict(territory_words.whole(found, plan, str))
    assert whole["gain"].startswith("unknown: no hours to share out yet")
    assert not {"margin less effort", "one hour more", "served"} & whole.keys(), "what nobody knows is not 0"
    assert found.gains() == ()
    told = dict(territory_words.account(found.of[quiet], plan.lines[0], HOURS, str))
    assert told["missing"] == "the effort that it gets, by contacts or in your words"
    judged(customers)
    found = page(customers)
    assert "of no account" not in territory_words.figures(found.plan(found.usual), str)


def test_what_effort_costs_is_taken_off(customers: Customers) -> None:
    north, _south = judged(customers)
    customers.set(hour_cost=3.0)
    customers.contact(north, 0.1, hours=2.0, cost=200)
    found = page(customers)
    assert found.hour_cost == 300
    assert [one.account.contact_cost for one in found.taken] == [100.0, 0.0]  # by what contacts cost beside hours
    plan = found.plan(16.0)
    assert [line.hours for line in plan.lines] == [4.0, 0.0]  # of 16: more would cost more than it brings
    assert Note.LEFT_OVER in plan.notes
    first = plan.lines[0]
    assert (first.cost_today, first.cost) == (1600.0, first.hours * 400)
    assert first.gain == pytest.approx(0.4 * ((first.sales or 0) - (first.sales_today or 0)) - first.cost + 1600)
    key = keeping.save(customers.path, "Spring", plan, TODAY, Source.CLI)
    with reading(customers.path) as connection:
        kept = connection.execute("SELECT hour_cost FROM territory_scenario WHERE id = ?", (key,)).fetchone()
    assert kept == (3.0,)


def test_who_was_not_met_this_quarter_is_planned_by_the_effort_of_a_year(customers: Customers) -> None:
    key, silent = customers.account("Aurora"), customers.account("Silent")
    for account in (key, silent):
        customers.order(account, 0.5, 3_000_000, price=9_000_000)
    customers.contact(key, 0.5, hours=12.0, cost=6_000)
    taken = page(customers).of[key]
    assert (taken.hours, taken.usual, taken.account.contact_cost) == (0.0, 3.0, 500.0)
    found = page(customers).plan(10.0)
    (one,) = (line for line in found.lines if line.key == key)
    assert one.hours_today == 0
    assert one.hours > 0
    assert one.gain > 0
    (other,) = (line for line in found.lines if line.key == silent)
    assert other.why is Why.UNKNOWN
    told = dict(territory_words.account(taken, one, HOURS, str))
    assert told["usual hours"] == "3 a period, by the contacts of a year; none in this one"
    saved = keeping.save(customers.path, "Spring", found, TODAY, Source.CLI)
    assert not territory.compared(customers.path, page(customers), saved, found).changes
    customers.contact(key, 0.1, hours=2.0)
    assert page(customers).of[key].usual is None


def test_an_account_that_a_team_serves_is_planned_in_longer_steps(customers: Customers) -> None:
    """A hundredth of today's; what is fixed or promised is kept to the hour."""
    north, south = judged(customers)
    for key in (north, south):
        commands.judge(customers.path, key, {"hours": 2_000.0}, TODAY, Source.CLI)
    found = page(customers)
    plan = found.plan(4_000.0)
    assert plan.hours == 4_000.0
    assert [line.hours % 20 for line in plan.lines] == [0, 0]
    assert [line.hours_today for line in plan.lines] == pytest.approx([2_000.0, 2_000.0])
    commands.bound(customers.path, north, {"pinned_hours": 1_333.0}, Source.CLI)
    commands.bound(customers.path, south, {"least_hours": 1_501.0, "most_hours": 1_707.0}, Source.CLI)
    fixed, promised = page(customers).plan(5_000.0).lines
    assert (fixed.hours, fixed.why) == (1_333.0, Why.PINNED)
    assert (promised.hours, promised.why) == (1_707.0, Why.MOST)
    key = keeping.save(customers.path, "Team", page(customers).plan(5_000.0), TODAY, Source.CLI)
    assert not territory.compared(customers.path, page(customers), key, key).changes


def test_sales_and_hours_are_counted_and_other_currencies_left_out(customers: Customers) -> None:
    known, abroad, silent = customers.account("A"), customers.account("B"), customers.account("C", Level.PROSPECT)
    customers.order(known, 0.5, 30_000, price=100_000)
    customers.order(known, 2, 90_000, price=300_000)
    customers.order(known, 4, 90_000, price=900_000)  # more than three years ago
    customers.order(known, 0.2, None, price=50_000)  # no margin: its amount says nothing of the share
    customers.order(abroad, 0.5, 30_000, price=100_000, currency="USD")
    customers.contact(known, 0.1, hours=6.0)
    customers.contact(known, 0.1, hours=None)
    customers.contact(known, 0.5, hours=50.0)  # before the period
    first, second, third = page(customers).taken
    assert (first.key, first.sales, first.years) == (known, 150_000, 3.0)  # the mean of the three years
    assert first.margin == pytest.approx(0.3)
    assert first.hours > 6.0  # without hours a contact takes what its channel usually does
    assert (second.key, second.sales, second.elsewhere) == (abroad, None, 1)
    plan = page(customers).plan(10.0)
    assert {line.key for line in plan.lines if line.why is Why.UNKNOWN} == {abroad, silent}
    assert third.hours == 0


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_account_and_no_hours_make_plans_that_say_so(customers: Customers, count: int) -> None:
    for _one in range(count):
        customers.account()
    plan = page(customers).plan(0.0)
    assert (Note.NOBODY if not count else Note.ONE) in plan.notes
    assert not plan.hours


def test_fewer_hours_than_are_fixed_are_refused_in_words(customers: Customers) -> None:
    north, _south = judged(customers)
    commands.bound(customers.path, north, {"pinned_hours": 7.0}, Source.CLI)
    assert page(customers).plan(16.0).lines[0].why is Why.PINNED
    with pytest.raises(InvalidError, match="take 7 hours, and there are 3"):
        page(customers).plan(3.0)
    with pytest.raises(InvalidError, match="At most: 5 is less than “Fixed at”, 7: change one"):
        commands.bound(customers.path, north, {"most_hours": 5.0}, Source.CLI)


def test_judgements_out_of_order_are_refused_and_those_in_a_file_stand_aside(customers: Customers) -> None:
    north, _south = judged(customers)
    with pytest.raises(InvalidError, match="must buy more than today"):
        commands.judge(customers.path, north, NORTH | {"more": 0.9}, TODAY, Source.CLI)
    with pytest.raises(InvalidError, match="all four"):
        commands.judge(customers.path, north, {"more": None}, TODAY, Source.CLI)
    other = customers.account("Other")
    customers.write(ResponseCurve, {"account_id": other, **NORTH, "half": 0.1})
    found = page(customers).of[other]
    assert not found.is_judged
    assert "with half of the effort" in found.fault


def test_a_scenario_is_saved_over_itself_compared_and_accepted(customers: Customers) -> None:
    north, south = judged(customers)
    found = page(customers)
    keeping.save(customers.path, "Spring", found.plan(20.0), TODAY, Source.CLI)
    key = keeping.save(customers.path, "Spring", found.plan(8.0), TODAY, Source.CLI)
    other = keeping.save(customers.path, "Autumn", found.plan(12.0), TODAY, Source.CLI)
    for one in (other, key):
        keeping.accept(customers.path, one, Source.CLI)
    found = page(customers)
    assert [(one.name, one.is_accepted) for one in found.scenarios] == [("Spring", True), ("Autumn", False)]
    assert found.usual == 8.0
    difference = territory.compared(customers.path, found, key, found.plan(12.0))
    assert {one.key: one.more(HOURS) for one in difference.changes}[south] > 0
    customers.contact(north, 0.0, hours=2.0)
    held = territory.accepted(customers.path, north, TODAY)
    assert held is not None
    assert (held.scenario, held.hours, held.done) == ("Spring", 5.0, 2.0)


def test_a_difference_tells_no_gain_of_accounts_of_which_it_is_unknown(customers: Customers) -> None:
    north, _south = judged(customers)
    customers.set(hour_cost=60.0)
    unknown = customers.account("Unknown")
    first, second = (keeping.add(customers.path, {"name": name, **QUARTER}, Source.CLI) for name in ("One", "Other"))
    keeping.allot(customers.path, first, {north: 4.0, unknown: 1.0}, Source.CLI)
    keeping.allot(customers.path, second, {north: 4.0, unknown: 9.0}, Source.CLI)
    found = territory.compared(customers.path, page(customers), first, second)
    assert [(one.key, one.value) for one in found.changes] == [(unknown, None)]
    assert (found.gain, found.unknown) == (None, 1)
    keeping.allot(customers.path, second, {north: 5.0}, Source.CLI)
    found = territory.compared(customers.path, page(customers), first, second)
    told = dict(territory_words.difference(found, {north: "North", unknown: "Unknown"}, (), "{:.0f}".format))
    (north_alone,) = (one.value for one in found.changes if one.key == north)
    assert north_alone is not None
    assert told["gain"] == f"{north_alone:.0f} without 1 account of which nobody knows what effort brings"
    assert told["Unknown"] == "+8 h · ?"


def test_the_hours_of_a_scenario_of_a_year_are_a_quarter_of_them_in_a_quarter(customers: Customers) -> None:
    north, south = judged(customers)
    given = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(363), "is_accepted": True, "capacity": 64.0}
    key = keeping.add(customers.path, {"name": "Year", **given}, Source.CLI)
    keeping.allot(customers.path, key, {north: 20.0}, Source.CLI)
    found = page(customers)
    assert found.usual == 16.0
    difference = territory.compared(customers.path, found, key, found.plan(8.0))
    assert {one.key: one.before.hours for one in difference.changes if one.before}[south] == 0.0
    assert difference.more == 3.0  # eight less the five that north gets


def test_the_account_its_plan_and_the_week_are_measured_against_the_accepted_scenario(customers: Customers) -> None:
    north, south = judged(customers)
    (plan,) = customers.write(
        Plan, {"objective": "Spring", "account_id": north, "starts_on": TODAY, "ends_on": TODAY + dt.timedelta(30)}
    )
    assert today.page(customers.path, TODAY).week.allotted is None
    assert plans.page(customers.path, plan, TODAY).allotted is None
    key = keeping.save(customers.path, "Spring", page(customers).plan(8.0), TODAY, Source.CLI)
    keeping.accept(customers.path, key, Source.CLI)
    found = plans.page(customers.path, plan, TODAY).allotted
    assert found is not None
    assert (found.hours, found.done) == (5.0, 0.0)
    assert accounts.page(customers.path, north, TODAY).allotted == found
    assert allotted_words.measured(found) == "0 of 5 h until 10 Jun 2026 (Spring)"
    assert allotted_words.brief(found) == "0 + 0 of 5 h"
    assert today.page(customers.path, TODAY).week.allotted == pytest.approx(8 / 13)
    assert not today.page(customers.path, TODAY).watch  # on the first day nothing is due yet
    customers.contact(north, 0.0, hours=9.0)
    found = plans.page(customers.path, plan, TODAY).allotted
    assert found is not None
    assert allotted_words.measured(found) == "9 of 5 h until 10 Jun 2026 (Spring): too much"
    assert allotted_words.brief(found) == "9 + 0 of 5 h: too much"
    week = today.page(customers.path, TODAY).week
    assert week.used == 9.0
    (found_,) = today.page(customers.path, TODAY).watch
    assert found_.why == "too much: 9 h spent and 0 h planned, of 5 h (Spring until 10 Jun 2026)"
    customers.write(Account, {"name": "Later"})
    later = accounts.page(customers.path, south + 1, TODAY).allotted
    assert later is not None
    assert "none in Spring" in allotted_words.measured(later)
    assert allotted_words.brief(later) == "0 + 0 h, none given"


def test_what_a_scenario_gives_an_account_that_is_closed_or_lost_since_is_free_and_said(customers: Customers) -> None:
    north, south = judged(customers)
    commands.bound(customers.path, south, {"pinned_hours": 4.0}, Source.CLI)
    key = keeping.save(customers.path, "Spring", page(customers).plan(9.0), TODAY, Source.CLI)
    keeping.accept(customers.path, key, Source.CLI)
    records.edit(customers.path, Account, south, {"status": AccountStatus.CLOSED}, Source.CLI)
    later = TODAY + dt.timedelta(60)
    found = scenarios.page(customers.path, key, later)
    told = {one.name: scenario_words.account(one, lambda minor, _currency: str(minor)) for one in found.lines}
    assert told["South"].endswith("closed: its hours are free for others")
    assert found.hours == 5.0
    whole = dict(scenario_words.whole(found, lambda minor, _currency: str(minor)))
    assert whole["free again"].startswith("4 h of 1 account that was closed or lost since: not counted")
    assert [one.key for one in today.page(customers.path, later).watch] == [north], "nobody is sent to who is closed"
    assert today.page(customers.path, later).week.allotted == pytest.approx(5 / 13)
    records.edit(customers.path, Account, north, {"lost_on": TODAY + dt.timedelta(9)}, Source.CLI)
    lost = scenarios.page(customers.path, key, later)
    assert {scenario_words.standing(one) for one in lost.lines} == {"closed", "lost on 21 Mar 2026"}
    assert not scenarios.page(customers.path, key, TODAY).lines[0].is_gone, "not before that day"


def test_two_plans_tell_to_which_areas_only_one_of_them_goes(customers: Customers) -> None:
    north, south = judged(customers)
    near, far = customers.write(Area, {"name": "Near", "trip_hours": 1.0}, {"name": "Far", "trip_hours": 2.0})
    for account, area in ((north, near), (south, far)):
        records.edit(customers.path, Account, account, {"area_id": area}, Source.CLI)
    keys = []
    for name, hours in (("Only north", {south: 0.0, north: 4.0}), ("Only south", {north: 0.0, south: 4.0})):
        for account, pin in hours.items():
            commands.bound(customers.path, account, {"pinned_hours": pin}, Source.CLI)
        keys.append(keeping.save(customers.path, name, page(customers).plan(9.0), TODAY, Source.CLI))
    found = page(customers)
    told = dict(territory_words.difference(territory.compared(customers.path, found, *keys), {}, found.areas, str))
    assert (told["trips too to"], told["no trips to"]) == ("Far", "Near")


def test_hours_become_contacts_by_how_long_one_takes(customers: Customers) -> None:
    """By its own contacts, else all of a year, else an hour; a least is rounded up, a most down, a pin to the next."""
    customers.set(hour_cost=0.0)
    alone, quiet = customers.account("Alone"), customers.account("Quiet")
    sold = {"sales": 24_000, "margin_share": 0.4, **NORTH}
    commands.judge(customers.path, alone, {**sold, "hours": 3.0}, TODAY, Source.CLI)
    assert by_contacts(customers, alone).each == Each(1.0, 0, is_own=False)
    assert by_contacts(customers, alone).account.today == 3.0
    for hours in (2.0, 3.0):
        customers.contact(quiet, 0.5, hours=hours)
    assert by_contacts(customers, alone).each == Each(2.5, 2, is_own=False)
    assert by_contacts(customers, quiet).account.usual == 0.5  # two in a year
    customers.contact(alone, 0.1, hours=2.0)
    commands.bound(customers.path, alone, {"least_hours": 3.0, "most_hours": 9.0}, Source.CLI)
    found = by_contacts(customers, alone)
    assert (found.each, found.account.least, found.account.most) == (Each(2.0, 1, is_own=True), 2, 4)
    commands.bound(customers.path, alone, {"pinned_hours": 7.0}, Source.CLI)
    page_ = territory.page(customers.path, TODAY, EffortUnit.CONTACTS)
    (line, _other) = page_.plan(4.0).lines
    told = dict(territory_words.account(page_.of[alone], line, CONTACTS, str))
    assert (line.proposed, line.hours, line.why) == (4, 8.0, Why.PINNED)
    assert told["at least"] == "2 contacts, as 3 h were said"
    assert told["fixed at"] == "4 contacts, as 7 h were said"
    assert told["hours a contact"] == "2, of its own 1 contact"


def test_hours_that_are_whole_contacts_are_not_more_by_rounding(customers: Customers) -> None:
    key = customers.account("Aurora")
    customers.contact(key, 0.1, hours=1.4)
    commands.judge(customers.path, key, {"hours": 4.2}, TODAY, Source.CLI)
    found = territory.page(customers.path, TODAY, EffortUnit.CONTACTS)
    assert found.usual == found.of[key].account.today == 3
    assert found.plan(3.0).lines[0].why is Why.UNKNOWN


def by_contacts(customers: Customers, key: int) -> Taken:
    return territory.page(customers.path, TODAY, EffortUnit.CONTACTS).of[key]


def test_an_account_with_very_many_contacts_is_planned_within_what_can_be_looked_at(customers: Customers) -> None:
    north, _south = judged(customers)
    commands.judge(customers.path, north, {"hours": 600.0}, TODAY, Source.CLI)
    plan = territory.page(customers.path, TODAY, EffortUnit.CONTACTS).plan(1_500.0)
    assert plan.lines[0].today == 600
    assert plan.lines[0].proposed <= 1_000


def test_the_accepted_contacts_give_each_account_their_hours(customers: Customers) -> None:
    north, south = judged(customers)
    for _call in range(2):
        customers.contact(north, 0.1, hours=1.5)
    plan = territory.page(customers.path, TODAY, EffortUnit.CONTACTS).plan(8.0)
    key = keeping.save(customers.path, "Spring", plan, TODAY, Source.CLI)
    keeping.accept(customers.path, key, Source.CLI)
    found = page(customers)
    assert (found.unit, found.usual) == (CONTACTS, 8.0)
    held = territory.accepted(customers.path, north, TODAY)
    assert held is not None
    assert held.hours == 1.5 * plan.lines[0].proposed
    in_hours = territory.page(customers.path, TODAY, EffortUnit.HOURS)
    assert not territory.compared(customers.path, in_hours, key, key).changes
    assert not territory.compared(customers.path, in_hours, key, plan).changes
    other = keeping.save(customers.path, "Hours", in_hours.plan(8.0), TODAY, Source.CLI)
    assert territory.compared(customers.path, found, key, other).unit is HOURS
    assert keeping.allot(customers.path, key, {south: 4.0}, Source.CLI) == 1
    assert keeping.allot(customers.path, key, {south: 4.0}, Source.CLI) == 0
    (line,) = (one for one in scenarios.page(customers.path, key, TODAY).lines if one.key == south)
    assert (line.contacts, line.service.hours) == (4, 4 * 1.5)  # by the mean of all


def test_a_thousand_accounts_take_as_many_selects_as_one(customers: Customers) -> None:
    def asked() -> int:
        seen: list[str] = []
        with reading(customers.path) as connection:
            connection.set_trace_callback(seen.append)
            territory._page(connection, TODAY, None)
            connection.set_trace_callback(None)
        return len(seen)

    customers.account()
    before = asked()
    customers.shop(50)
    assert asked() == before
