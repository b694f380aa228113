"""Sharing out the hours of a period, method.md section 4."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from territories import account, by_highs, worth

from crmtui.method import tour_hours, tours
from crmtui.method.response import FLAT, Judgements, fit
from crmtui.method.scenarios import compare
from crmtui.method.territory import Account, Area, allocate, gains
from crmtui.method.territory_plan import Line, Note, Plan, Served, Why
from crmtui.method.units import CONTACTS, HOURS, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

S_SHAPE = fit(Judgements(0.2, 0.62, 1.3, 1.5))
NORTH = Account(key=1, name="North", curve=S_SHAPE, today=4, sales=60, margin=0.4, hours=2)
SOUTH = Account(key=2, name="South", curve=fit(Judgements(0.3, 0.7, 1.15, 1.4)), today=4, sales=50, margin=0.3, hours=2)
BOTH = (NORTH, SOUTH)
LONG = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)  # hours of a contact


def proposed(plan: Plan) -> list[int]:
    return [line.proposed for line in plan.lines]


def line_of(one: Account, capacity: float = 100, **more: Any) -> Line:
    return allocate([one], capacity, **more).lines[0]


def by_hand(
    accounts: Sequence[Account],
    capacity: float,
    areas: Sequence[Area] = (),
    hour_cost: float = 0.0,
    unit: Unit = HOURS,
) -> float:
    """The best value by trying every choice of areas, and quarters of the unit one by one within it."""
    best = -math.inf
    for tour in itertools.product((False, True), repeat=len(areas)):
        made = {area.key for area, is_made in zip(areas, tour, strict=True) if is_made}
        travel = sum(area.hours for area in areas if area.key in made)
        quarters = math.floor((capacity - (0 if unit.is_contacts else travel)) * 4 + 1e-9)
        stay = [one for one in accounts if one.area is not None and one.area not in made]
        if quarters < 0 or any(one.ends[0] for one in stay):
            continue
        reached = [-travel * hour_cost] * (quarters + 1)
        for one in accounts:
            least, most = (0, 0) if one in stay else one.ends
            each = 4 if unit.is_contacts else round(one.hours * 4)
            options = [(contacts * each, worth(one, contacts, hour_cost)) for contacts in range(least, most + 1)]
            reached = [
                max((reached[at - need] + value for need, value in options if need <= at), default=-math.inf)
                for at in range(quarters + 1)
            ]
        best = max(best, reached[-1])
    return best


def step_by_step(accounts: Sequence[Account], capacity: float) -> list[int]:
    """The greedy that the method warns of: one contact after another, to where an hour brings most."""
    contacts = [one.ends[0] for one in accounts]
    left = capacity - sum(one.hours * count for one, count in zip(accounts, contacts, strict=True))
    while True:
        rates = [
            (worth(one, count + 1) - worth(one, count)) / one.hours
            if one.hours <= left and count < one.ends[1]
            else 0.0
            for one, count in zip(accounts, contacts, strict=True)
        ]
        at = rates.index(max(rates))
        if rates[at] <= 0:
            return contacts
        contacts[at] += 1
        left -= accounts[at].hours


# The published case


def test_the_published_optimum() -> None:
    plan = allocate(BOTH, 16)
    assert plan.value_today == pytest.approx(39.0, abs=1e-12)
    assert proposed(plan) == [5, 3]
    assert plan.value == pytest.approx(41.0527, abs=5e-5)
    assert plan.gain == pytest.approx(2.0527, abs=5e-5)
    assert (plan.hours_today, plan.hours, plan.notes) == (16, 16, ())
    assert [line.served for line in plan.lines] == [Served.UNDER, Served.OVER]
    assert plan.served(Served.UNDER) == plan.lines[:1]
    assert plan.served(Served.OVER) == plan.lines[1:]


def test_contacts_are_shared_out_whole_however_long_they_are() -> None:
    """Eight contacts as in the published case; that those in the north take long only costs."""
    longer = [replace(NORTH, hours=5), SOUTH]
    plan = allocate(longer, 8, unit=CONTACTS)
    assert proposed(plan) == [5, 3]
    assert plan.value == pytest.approx(41.0527, abs=5e-5)
    assert (plan.hours_today, plan.hours, plan.notes) == (28, 31, ())
    assert plan.more == pytest.approx(allocate(longer, 9, unit=CONTACTS).value - plan.value)
    assert proposed(allocate(longer, 8.9, unit=CONTACTS)) == [5, 3]
    assert proposed(allocate(longer, 8, unit=CONTACTS, hour_cost=1.0)) == [0, 3]
    assert Note.TODAY_OVER in allocate(longer, 7, unit=CONTACTS).notes
    with pytest.raises(ValueError, match="take 9 contacts, and there are 8"):
        allocate([replace(NORTH, pin=9), SOUTH], 8, unit=CONTACTS)
    with pytest.raises(ValueError, match="there cannot be -1 contacts"):
        allocate(longer, -1, unit=CONTACTS)


def test_a_trip_takes_no_contacts_but_costs_its_hours() -> None:
    far = [replace(one, area=7) for one in BOTH]
    made = allocate(far, 8, [Area(7, "Far", 4)], hour_cost=0.1, unit=CONTACTS)
    assert (proposed(made), made.trips[0].is_made) == ([5, 3], True)
    assert made.trips[0].cost == pytest.approx(0.4)
    assert made.hours == 20
    (first, _second) = allocate(far, 8, [Area(7, "Far", 400)], hour_cost=0.1, unit=CONTACTS).lines
    assert (first.proposed, first.why) == (0, Why.AWAY)


def test_every_line_has_its_terms() -> None:
    plan = allocate(BOTH, 16, hour_cost=0.1)
    assert plan.value == pytest.approx(sum(line.value for line in plan.lines))
    assert plan.value_today == pytest.approx(sum(line.value_today for line in plan.lines))
    north = plan.lines[0]
    assert (north.cost_today, north.cost) == pytest.approx((0.8, 1.0))
    assert north.value == pytest.approx(0.4 * (north.sales or 0) - 1.0)
    assert north.sales == pytest.approx(60 * NORTH.curve.at(5 / 4))
    assert north.sales_today == pytest.approx(60)
    assert north.why is Why.EVEN


def test_an_hour_is_worth_what_lies_between_one_more_here_and_one_fewer_there() -> None:
    plan = allocate(BOTH, 16)
    ups, downs = ([getattr(line, name) for line in plan.lines] for name in ("up", "down"))
    assert max(ups) == pytest.approx(plan.slope)
    assert min(downs) >= plan.slope
    assert plan.bound == pytest.approx(plan.value)
    assert plan.more_most == pytest.approx(plan.slope)


def test_one_hour_more_brings_what_the_best_plan_for_it_brings_more() -> None:
    """A call takes two hours, so that one hour more is of no use until there are two."""
    assert allocate(BOTH, 16).more == 0
    assert allocate(BOTH, 17).more == pytest.approx(allocate(BOTH, 18).value - allocate(BOTH, 16).value)
    seven = allocate([NORTH], 7)  # of which one is idle until there are eight
    assert seven.more == pytest.approx(allocate([NORTH], 8).value - seven.value)
    assert seven.more == pytest.approx(seven.more_most)
    late = replace(NORTH, hours=1, curve=fit(Judgements(0.0, 0.01, 1.2, 1.3)), today=40)
    assert [round(point.more or 0, 2) for point in gains([late], (0, 1, 2))] == [0, 0, 0]
    assert allocate([late], 1).more == pytest.approx(worth(late, 2) - worth(late, 1))
    assert allocate([late], 1).more_most > 0.5


def test_step_by_step_is_wrong_where_curves_are_s_shaped() -> None:
    """It leaves the better customer at nothing, for its first call brings little, or comes to it too late."""
    assert step_by_step(BOTH, 8) == [0, 4]
    assert proposed(allocate(BOTH, 8)) == [4, 0]
    assert allocate(BOTH, 8).value == pytest.approx(28.5)
    assert worth(NORTH, 0) + worth(SOUTH, 4) == pytest.approx(19.8)

    assert step_by_step(BOTH, 16) == [3, 5]
    assert worth(NORTH, 3) + worth(SOUTH, 5) == pytest.approx(34.53, abs=0.01)


# Exactness


def test_the_same_optimum_as_a_mixed_integer_program_on_200_territories() -> None:
    draw = random.Random(1971)  # noqa: S311 - made-up accounts, no secrets
    differences = []
    for number in range(200):
        accounts = [account(key, draw, most=draw.randint(1, 6), hours=LONG) for key in range(draw.randint(1, 6))]
        capacity = round(draw.uniform(0, 1.1) * sum((one.most or 0) * one.hours for one in accounts), 2)
        hour_cost = draw.choice((0.0, 6_000.0))
        ours, peer = allocate(accounts, capacity, hour_cost=hour_cost), by_highs(accounts, capacity, hour_cost)
        if not (peer.is_optimal and math.isclose(ours.value, peer.value or 0.0, rel_tol=1e-12)):
            differences.append((number, ours.value, peer))
    assert differences == []


@st.composite
def territories(draw: st.DrawFn) -> tuple[list[Account], list[Area]]:
    """Accounts with all that may be asked, half of them with a trip to share."""
    areas = [
        Area(key, f"area {key}", draw(st.sampled_from((0.0, 0.5, 1.0, 3.0)))) for key in range(draw(st.integers(0, 3)))
    ]
    dice = random.Random(draw(st.integers(0, 1_000)))  # noqa: S311 - made-up accounts, no secrets
    made = [account(key, dice, most=draw(st.integers(1, 6)), hours=LONG) for key in range(draw(st.integers(1, 5)))]
    return [
        replace(
            one,
            margin=draw(st.sampled_from((one.margin, 0.0, -0.2, None))),
            least=draw(st.sampled_from((0, 0, 0, 1))),
            pin=draw(st.sampled_from((None, None, None, 0, 2))),
            area=draw(st.sampled_from((None, *(area.key for area in areas)))),
        )
        for one in made
    ], areas


@given(territories(), st.floats(0, 30), st.sampled_from((0.0, 5_000.0)), st.sampled_from((HOURS, CONTACTS)))
@settings(max_examples=80, deadline=None)
def test_within_the_capacity_and_nothing_better_by_hand(
    territory: tuple[list[Account], list[Area]], more: float, hour_cost: float, unit: Unit
) -> None:
    accounts, areas = territory
    capacity = sum(one.ends[0] * one.hours for one in accounts) + sum(area.hours for area in areas) + round(more, 1)
    if unit.is_contacts:
        capacity = sum(one.ends[0] for one in accounts) + round(more, 1)
    plan = allocate(accounts, capacity, areas, hour_cost=hour_cost, unit=unit)
    assert unit.used(plan) <= capacity + 1e-9
    assert all(one.ends[0] <= line.proposed <= one.ends[1] for one, line in zip(accounts, plan.lines, strict=True))
    assert plan.value == pytest.approx(by_hand(accounts, capacity, areas, hour_cost, unit))
    assert plan.bound >= plan.value
    assert plan.more == pytest.approx(by_hand(accounts, capacity + 1, areas, hour_cost, unit) - plan.value, abs=1e-6)
    assert plan.more is not None
    assert plan.more <= plan.more_most + 1e-6
    trips = sum(trip.cost for trip in plan.trips if trip.is_made)
    assert plan.value == pytest.approx(sum(line.value for line in plan.lines) - trips)
    low, high = plan.band
    assert low - 1e-6 <= plan.gain <= high + 1e-6


@given(territories(), st.lists(st.floats(0, 40), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_more_hours_never_lower_the_gain(territory: tuple[list[Account], list[Area]], hours: list[float]) -> None:
    accounts, areas = territory
    curve = gains(accounts, sorted(hours), areas)
    found = [point.gain for point in curve if point.gain is not None]
    assert all(before <= after + 1e-9 for before, after in itertools.pairwise(found))
    for point in curve:
        if point.gain is None:
            with pytest.raises(ValueError, match="give more hours"):
                allocate(accounts, point.capacity, areas)
        else:
            assert allocate(accounts, point.capacity, areas).gain == pytest.approx(point.gain)


def test_accounts_all_alike_that_no_hours_fit_are_planned_at_once() -> None:
    """Thousands of equal ways to the same value are not all tried."""
    many = [replace(NORTH, key=key, most=8, hours=(2.0, 3.0, 5.0)[key % 3]) for key in range(3_000)]
    plan = allocate(many, 20_001)
    assert plan.hours <= 20_001
    assert plan.value == pytest.approx(plan.bound, rel=1e-4)


def test_hours_are_counted_to_the_minute() -> None:
    third = replace(NORTH, hours=1 / 3)
    assert line_of(third, 1.0).proposed == 3
    assert line_of(third, 0.99).proposed == 2


# What is asked


def test_minimum_maximum_and_pin() -> None:
    assert proposed(allocate([replace(NORTH, most=4), SOUTH], 16)) == [4, 4]
    assert proposed(allocate([NORTH, replace(SOUTH, least=4)], 16)) == [4, 4]
    plan = allocate([replace(NORTH, pin=1, least=3, most=4), SOUTH], 16)
    assert proposed(plan) == [1, 7]
    assert [line.why for line in plan.lines] == [Why.PINNED, Why.EVEN]


def test_the_maximum_not_given_is_three_times_the_usual() -> None:
    assert NORTH.ends == (0, 12)
    assert replace(NORTH, today=0, usual=2).ends == (0, 6)
    assert replace(NORTH, today=9, usual=2).ends == (0, 27)


def test_minimums_that_take_more_hours_than_there_are_are_refused_with_both_figures() -> None:
    with pytest.raises(ValueError, match="take 18 hours, and there are 16: lower a minimum or a pin"):
        allocate([replace(NORTH, pin=5), replace(SOUTH, least=4)], 16)
    with pytest.raises(ValueError, match="take 12 hours"):
        allocate([replace(NORTH, pin=5, area=1)], 11, [Area(1, "Far", 2)])


def test_cost_of_effort_ends_what_does_not_pay() -> None:
    free, dear = line_of(NORTH, 40), line_of(replace(NORTH, contact_cost=3), 40)
    assert (free.proposed, free.why) == (12, Why.TIMES)
    assert (dear.proposed, dear.cost) == (5, 15)  # the sixth brings 2.5
    assert line_of(NORTH, 40, hour_cost=1.5).proposed == 5


def test_a_prospect_is_measured_from_what_it_would_buy() -> None:
    prospect = replace(NORTH, curve=fit(Judgements(0, 0.3, 1.2, 1.4)), today=0, usual=3, sales=90)
    line = line_of(prospect, 6)
    assert (line.today, line.sales_today, line.proposed) == (0, 0, 3)
    assert line.sales == pytest.approx(90)
    assert line.gain == pytest.approx(36)


# Why


def test_each_account_says_why_it_gets_what_it_gets() -> None:
    assert line_of(replace(NORTH, curve=FLAT)).why is Why.FLAT
    assert line_of(replace(NORTH, most=2)).why is Why.MOST
    poor = replace(SOUTH, margin=0.01)
    assert [line.why for line in allocate([NORTH, poor], 10).lines] == [Why.EVEN, Why.LEAST]


@pytest.mark.parametrize(("margin", "why"), [(0.0, Why.NO_MARGIN), (-0.1, Why.LOSES)])
def test_without_a_margin_there_is_no_effort(margin: float, why: Why) -> None:
    plan = allocate([replace(NORTH, margin=margin), SOUTH], 16)
    assert plan.lines[0].proposed == 0
    assert plan.lines[0].why is why
    if margin < 0:
        assert plan.lines[0].gain > 0  # what is no longer sold no longer costs


@pytest.mark.parametrize("unknown", [{"sales": None}, {"margin": None}, {"today": 0, "usual": None}])
def test_what_is_unknown_stays_as_it_is_and_adds_nothing(unknown: dict[str, Any]) -> None:
    one = replace(NORTH, **unknown)
    plan = allocate([one, SOUTH], 16)
    line = plan.lines[0]
    assert (line.proposed, line.why, line.gain) == (one.today, Why.UNKNOWN, 0)
    assert (line.sales, line.margin, line.up, line.down) == (None, None, None, None)
    broken = line_of(replace(one, today=one.today + 0.8, sales=None))
    assert (broken.proposed, broken.why) == (one.today, Why.WHOLE)
    promised = line_of(replace(one, least=6))
    assert (promised.proposed, promised.why) == (6, Why.BOUNDED)
    pinned = allocate([replace(one, pin=2), replace(SOUTH, pin=4)], 16)
    assert [line.served for line in pinned.lines] == [None, Served.RIGHT]  # of the one nobody knows what is right
    assert not pinned.served(Served.UNDER) + pinned.served(Served.OVER)
    assert Note.UNKNOWN in plan.notes
    assert plan.completeness == 0.5


def test_a_curve_that_nobody_was_asked_for_widens_the_band_and_lowers_completeness() -> None:
    asked, unasked = allocate(BOTH, 16), allocate([replace(NORTH, is_judged=False), SOUTH], 16)
    assert asked.band == pytest.approx((asked.gain, asked.gain))
    assert (asked.completeness, unasked.completeness) == (1.0, 0.5)
    margin = 0.4 * (60 * NORTH.curve.at(5 / 4) - 60)
    assert unasked.band == pytest.approx((unasked.gain - margin / 2, unasked.gain + margin / 2))
    assert unasked.notes == (Note.UNJUDGED,)


# Trips


def test_a_trip_is_made_once_for_all_who_share_it_or_not_at_all() -> None:
    far = Area(7, "Far", 4)
    north, south = (replace(one, area=7) for one in BOTH)
    plan = allocate([north, south], 20, [far])
    assert (proposed(plan), plan.hours, plan.trips[0].is_made) == ([5, 3], 20, True)
    alone = allocate([NORTH, south], 16, [Area(7, "Far", 10)])
    assert (proposed(alone), alone.trips[0].is_made) == ([8, 0], False)
    assert alone.lines[1].why is Why.AWAY
    assert alone.hours_today == 16 + 10
    assert Note.TODAY_OVER in alone.notes


def test_the_hours_of_a_trip_cost_too() -> None:
    plan = allocate([replace(NORTH, area=7), SOUTH], 20, [Area(7, "Far", 4)], hour_cost=0.1)
    assert plan.trips[0].cost == pytest.approx(0.4)
    assert plan.value == pytest.approx(sum(line.value for line in plan.lines) - 0.4)
    assert plan.gain == pytest.approx(sum(line.gain for line in plan.lines))  # the trip is made today as well


def alike(count: int, areas: int, trip: float) -> tuple[list[Account], list[Area]]:
    """Accounts and areas among which branching has nothing to hold on to."""
    accounts = [replace(NORTH, key=key, area=key % areas, most=8) for key in range(count)]
    return accounts, [Area(key, f"area {key}", trip) for key in range(areas)]


def test_areas_all_alike_are_decided_hour_by_hour() -> None:
    accounts, areas = alike(8, 4, 5)
    plan = allocate(accounts, 29.5, areas)
    assert plan.value == pytest.approx(by_hand(accounts, 29.5, areas))
    assert Note.UNPROVEN not in plan.notes


def test_branching_and_hour_by_hour_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(1994)  # noqa: S311 - made-up accounts, no secrets
    for _trial in range(30):
        accounts = [
            replace(account(key, dice, most=9, hours=LONG), area=dice.choice((None, 0, 1, 2))) for key in range(9)
        ]
        areas = [Area(key, f"area {key}", dice.choice((0.0, 0.5, 2.0, 5.0))) for key in range(3)]
        capacity, cost = dice.choice((0.0, 3.3, 12.0, 25.0)), dice.choice((0.0, 5_000.0))
        with monkeypatch.context() as patch:
            branched = allocate(accounts, capacity, areas, hour_cost=cost)
            patch.setattr(tours, "FIRST_NODES", 0)
            hourly = allocate(accounts, capacity, areas, hour_cost=cost)
        assert hourly.value == pytest.approx(branched.value, rel=1e-12)


def test_a_plan_that_is_not_proven_says_so_and_how_far_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts, areas = alike(8, 4, 5)
    best = allocate(accounts, 29.5, areas)
    monkeypatch.setattr(tours, "FIRST_NODES", 3)
    monkeypatch.setattr(tours, "MOST_NODES", 0)
    monkeypatch.setattr(tour_hours, "MOST_WORK", 0)
    plan = allocate(accounts, 29.5, areas)
    assert Note.UNPROVEN in plan.notes
    assert plan.hours <= 29.5
    assert plan.value <= best.value <= plan.bound
    assert plan.more is None
    assert allocate(accounts, 30.5, areas).value - plan.value <= plan.more_most
    (point,) = gains(accounts, [29.5], areas)
    assert (point.more, point.more_most) == (None, plan.more_most)


# What has to be said


@pytest.mark.parametrize(
    ("accounts", "capacity", "note"),
    [
        ([], 16, Note.NOBODY),
        ([NORTH], 16, Note.ONE),
        (BOTH, 0, Note.NO_HOURS),
        (BOTH, 12, Note.TODAY_OVER),
        (BOTH, 500, Note.LEFT_OVER),
    ],
)
def test_a_plan_says_what_is_odd_about_it(accounts: Sequence[Account], capacity: float, note: Note) -> None:
    assert note in allocate(accounts, capacity).notes


def test_without_hours_nobody_is_visited_and_the_first_hour_has_its_worth() -> None:
    plan = allocate(BOTH, 0)
    assert (proposed(plan), plan.hours) == ([0, 0], 0)
    assert plan.value == pytest.approx(9.3)
    assert plan.slope == pytest.approx(2.4)  # four visits to the north bring 19.2 in eight hours
    assert plan.more == 0  # but a visit takes two hours
    assert plan.gain < 0


def test_nobody_is_a_plan_too() -> None:
    plan = allocate([], 16, [Area(1, "Far", 2)])
    assert (plan.lines, plan.gain, plan.completeness, plan.band) == ((), 0, 0, (0, 0))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"today": -1}, "North: today's contacts cannot be -1"),
        ({"sales": math.nan}, "North: sales cannot be nan"),
        ({"sales": 1e19}, "North: sales cannot be 1e.19"),
        ({"margin": math.inf}, "North: the margin cannot be inf"),
        ({"usual": 0}, "North: the usual effort cannot be 0"),
        ({"hours": 0}, "North: a contact cannot take 0 hours: give from a minute"),
        ({"hours": 50_000}, "North: a contact cannot take 50000 hours"),
        ({"contact_cost": -5}, "North: a contact cannot cost -5"),
        ({"least": -1}, "North: the least number"),
        ({"pin": -1}, "North: the pinned number"),
        ({"least": 5, "most": 3}, "North: at most 3 contacts is less than the least, 5"),
        ({"most": 2_000}, "North: 2000 contacts in a period are more"),
        ({"pin": 2_000_000}, "North: 2000000 contacts in a period are more"),
        ({"currency": "USD"}, "in EUR, USD, and margins in several currencies do not add up"),
        ({"key": 2}, "account 2 is there twice"),
        ({"area": 9}, "area 9, which is not there"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        allocate([replace(NORTH, **wrong), replace(SOUTH, currency="EUR")], 16)


def test_hours_and_trips_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="there cannot be -1 hours"):
        allocate(BOTH, -1)
    with pytest.raises(ValueError, match="an hour cannot cost"):
        allocate(BOTH, 1, hour_cost=math.nan)
    with pytest.raises(ValueError, match="Far: trips cannot take -2 hours"):
        allocate(BOTH, 1, [Area(1, "Far", -2)])


# Scenarios


def test_two_plans_side_by_side() -> None:
    third = replace(SOUTH, key=3, name="West", sales=20)
    before = allocate([*BOTH, third], 16)
    after = allocate([NORTH, replace(SOUTH, pin=4)], 20)
    found = compare(before, after)
    assert [one.key for one in found.changes] == [1, 2, 3]
    assert {one.key: (one.before is None, one.after is None) for one in found.changes}[3] == (False, True)
    assert found.more == pytest.approx(sum(one.more(HOURS) for one in found.changes))
    assert found.gain == pytest.approx(after.gain - before.gain)


def test_plans_in_two_units_are_beside_each_other_in_hours() -> None:
    long = replace(SOUTH, hours=3)
    before, after = allocate([NORTH, SOUTH], 16), allocate([NORTH, long], 8, unit=CONTACTS)
    found = compare(before, after)
    assert [(one.key, one.effort(found.unit)) for one in found.changes] == [(2, (6, 9))]
    assert compare(allocate(BOTH, 6, unit=CONTACTS), after, CONTACTS).more == 2


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    plan = allocate(BOTH, 16)
    found = compare(plan, plan)
    assert (found.changes, found.same, found.gain, found.more) == ((), 2, 0, 0)


def test_areas_that_only_one_plan_goes_to() -> None:
    areas = [Area(7, "Far", 4)]
    north = replace(NORTH, area=7)
    near, far = allocate([north, SOUTH], 8, areas), allocate([north, SOUTH], 20, areas)
    assert (compare(near, far).trips, compare(far, near).no_trips) == ((7,), (7,))
