"""The proposals of a communication plan, method.md section 6 (greedy: Nemhauser, Wolsey & Fisher 1978)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.method.proposals import LEAST_GAIN, MOST, Allowance, Choice, Meeting, Person, Rules, Stop, Way
from crmtui.method.propose import outlook, propose, reached, working

TODAY: Final = dt.date(2026, 3, 12)  # a Thursday
MEETING, CALL, MAIL = (
    Way(1, 0.6, 14_000, 2.0),
    Way(2, 0.35, 500, 0.5),
    Way(3, 0.15, 200, 0.3),
)
WAYS: Final = (MEETING, CALL, MAIL)
WEEKDAYS: Final = frozenset(range(5))


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def rules(**changes: Any) -> Rules:
    usual: dict[str, Any] = {
        "today": TODAY,
        "starts_on": TODAY,
        "ends_on": day(83),
        "working_days": WEEKDAYS,
        "cadence": 7,
        "left": 100_000,
        "hour_cost": 6_000.0,
        "half_life": 90.0,
    }
    return Rules(**usual | changes)


def somebody(key: int = 1, leverage: float = 1.0, **more: Any) -> Person:
    return Person(key=key, leverage=leverage, **more)


# By example


def test_the_gain_is_what_the_contact_adds_to_coverage_at_the_end() -> None:
    """k = 1 - (1 - q·2^(-age/h)); a call on a day 41 days before the end, h = 90 (method.md section 2)."""
    one_day = rules(ends_on=day(82), working_days=WEEKDAYS)
    found = propose([somebody(leverage=0.5)], [CALL], one_day).proposals[0]
    age = (one_day.ends_on - found.day).days
    assert found.after == pytest.approx(0.35 * 0.5 ** (age / 90))
    assert found.gain == pytest.approx(0.5 * (found.after - found.before))
    assert (found.before, found.cost, found.hours, found.price) == (0, 500, 0.5, 3_500)


def test_the_best_is_the_most_coverage_per_cost_with_the_hours_in_it() -> None:
    """A call brings .35 for 35 €, a mail .15 for 20 €, a meeting .6 for 260 €."""
    best = propose([somebody()], WAYS, rules()).proposals[0]
    assert (best.channel, best.choice) == (CALL.key, Choice.BEST)
    without_hours = propose([somebody()], WAYS, rules(hour_cost=0)).proposals[0]
    assert without_hours.channel == MAIL.key


def test_who_weighs_more_comes_first_and_what_happened_counts() -> None:
    people = [somebody(1, 0.3), somebody(2, 0.7)]
    assert propose(people, WAYS, rules()).proposals[0].person == 2
    met = replace(people[1], done=(Meeting(day(-1), 0.95),))
    assert propose([people[0], met], WAYS, rules(ends_on=day(20))).proposals[0].person == 1


def test_what_is_planned_lowers_the_gain_and_keeps_its_distance() -> None:
    planned = somebody(planned=(Meeting(day(20), 0.6),))
    draft = propose([planned], [CALL], rules())
    free = propose([somebody()], [CALL], rules())
    assert draft.proposals[0].gain < free.proposals[0].gain
    assert all(abs((proposal.day - day(20)).days) >= 7 for proposal in draft.proposals)


def test_without_a_price_hours_decide_and_go_before_all_that_costs() -> None:
    free, slow, dear = Way(1, 0.2, 0, 1.0), Way(2, 0.2, 0, 4.0), Way(3, 0.9, 1, 0.1)
    found = propose([somebody()], [dear, slow, free], rules(hour_cost=0))
    assert found.proposals[0].channel == free.key
    idle = Way(4, 0.1, 0, 0.0)
    assert propose([somebody()], [free, idle], rules(hour_cost=0)).proposals[0].channel == idle.key


def test_the_preferred_channel_is_the_only_one_unless_it_cannot_be_had() -> None:
    prefers = somebody(preferred=MEETING.key)
    draft = propose([prefers], WAYS, rules())
    assert {(one.channel, one.choice) for one in draft.proposals} == {(MEETING.key, Choice.PREFERRED)}
    refuses = replace(prefers, refused=frozenset({MEETING.key}))
    assert propose([refuses], WAYS, rules()).proposals[0].choice is Choice.INSTEAD_OF_REFUSED
    for useless in (replace(MEETING, quality=0), replace(MEETING, cost=None)):
        assert propose([prefers], [useless, CALL], rules()).proposals[0].choice is Choice.INSTEAD_OF_USELESS
    assert propose([prefers], [CALL], rules()).proposals[0].choice is Choice.INSTEAD_OF_USELESS


def test_a_preferred_channel_that_is_too_dear_is_not_replaced_by_a_cheap_one() -> None:
    draft = propose([somebody(preferred=MEETING.key)], WAYS, rules(left=13_999))
    assert (draft.proposals, draft.held) == ((), ((1, Stop.BUDGET),))


def test_days_spread_over_the_period_whatever_their_number() -> None:
    """The first in the middle, the next in the middle of what is left: never all on the last day."""
    period = rules(left=1_500)
    found = propose([somebody(key, 0.25) for key in range(4)], [CALL], period).proposals
    offsets = sorted((one.day - TODAY).days for one in found)
    assert len(found) == 3
    assert offsets == [pytest.approx(21, abs=3), pytest.approx(41, abs=3), pytest.approx(62, abs=3)]
    assert found[0].gap == pytest.approx(41, abs=3)


def test_in_a_long_plan_what_would_be_too_early_comes_later() -> None:
    """In the middle of a year a call leaves a quarter of itself at the end: for one of thirty that is too little."""
    year = rules(ends_on=day(364), left=None)
    found = propose([somebody(key, 1 / 30) for key in range(30)], [CALL], year).proposals
    assert len(found) >= 20
    assert all(one.gain >= LEAST_GAIN for one in found)
    assert min(one.day for one in found) > day(182)
    assert len({one.day for one in found}) > 40


def test_days_keep_away_from_what_the_plan_holds_already() -> None:
    held = tuple(day(offset) for offset in range(0, 60, 7))
    first = propose([somebody()], [CALL], rules(calendar=held)).proposals[0]
    assert first.day > day(60)


def test_a_draft_says_what_coverage_is_and_becomes() -> None:
    person = somebody(leverage=0.8, done=(Meeting(TODAY, 0.6),), planned=(Meeting(day(83), 0.35),))
    draft = propose([person, somebody(2, 0.2)], [CALL], rules())
    assert draft.outlook.now == pytest.approx(0.8 * 0.6)
    assert draft.outlook.planned == pytest.approx(0.8 * (1 - (1 - 0.6 * 0.5 ** (83 / 90)) * (1 - 0.35)))
    gained = sum(one.gain for one in draft.proposals)
    assert draft.outlook.proposed == pytest.approx((draft.outlook.planned or 0) + gained)


def test_the_relationship_caps_what_contacts_can_bring() -> None:
    """At most (1 + relationship)/5: who does not know us is covered a fifth at best (method.md section 2)."""
    draft = propose([somebody(relationship=0)], [MEETING], rules())
    assert draft.outlook.proposed == pytest.approx(0.2)
    assert draft.held == ((1, Stop.CAPPED),)


def test_what_is_late_covers_nobody_but_keeps_its_distance() -> None:
    late = somebody(planned=(Meeting(day(-2), 0.9),))
    draft = propose([late], [CALL], rules(ends_on=day(8)))
    assert draft.outlook.planned == 0
    assert all(one.day >= day(5) for one in draft.proposals)


def test_some_of_a_draft_bring_less_than_all() -> None:
    people = [somebody(1, 0.6), somebody(2, 0.4)]
    draft = propose(people, WAYS, rules())
    few, none = (reached(people, WAYS, rules(), draft.proposals[:count]) for count in (2, 0))
    assert none == draft.outlook.planned == 0
    assert few == pytest.approx(draft.proposals[0].gain + draft.proposals[1].gain)
    assert reached(people, WAYS, rules(), draft.proposals) == pytest.approx(draft.outlook.proposed)


# What cannot be proposed


@pytest.mark.parametrize(
    ("people", "changes", "stop"),
    [
        ([], {}, Stop.NOBODY),
        ([somebody()], {"ends_on": day(-1), "starts_on": day(-30)}, Stop.OVER),
        ([somebody()], {"ends_on": day(-1)}, Stop.OVER),
        ([somebody()], {"working_days": frozenset()}, Stop.NO_DAY),
        ([somebody()], {"starts_on": day(2), "ends_on": day(3)}, Stop.NO_DAY),
    ],
)
def test_nothing_for_anybody(people: list[Person], changes: dict[str, Any], stop: Stop) -> None:
    draft = propose(people, WAYS, rules(**changes))
    assert (draft.proposals, draft.stop, draft.held) == ((), stop, ())


@pytest.mark.parametrize(
    ("person", "ways", "changes", "stop"),
    [
        (somebody(leverage=0.0), WAYS, {}, Stop.WEIGHTLESS),
        (somebody(refused=frozenset({1, 2, 3})), WAYS, {}, Stop.REFUSED),
        (somebody(), (), {}, Stop.UNPRICED),
        (somebody(refused=frozenset({1})), (MEETING, replace(CALL, cost=None)), {}, Stop.REFUSED),
        (somebody(refused=frozenset({1})), (replace(CALL, cost=None),), {}, Stop.UNPRICED),
        (somebody(), (replace(CALL, cost=None),), {}, Stop.UNPRICED),
        (somebody(planned=tuple(Meeting(day(n), 0.1) for n in range(0, 84, 10))), WAYS, {}, Stop.CADENCE),
        (somebody(done=(Meeting(TODAY, 1.0),)), WAYS, {"half_life": 1e9}, Stop.COVERED),
        (somebody(leverage=LEAST_GAIN / 2), WAYS, {}, Stop.COVERED),
        (somebody(), WAYS, {"left": 0}, Stop.BUDGET),
        (somebody(), WAYS, {"left": -5_000}, Stop.BUDGET),
    ],
)
def test_nothing_for_a_person(person: Person, ways: tuple[Way, ...], changes: dict[str, Any], stop: Stop) -> None:
    draft = propose([person], ways, rules(**changes))
    assert (draft.proposals, draft.stop, draft.held) == ((), None, ((1, stop),))


def test_a_budget_of_nothing_leaves_what_costs_nothing() -> None:
    gratis = replace(MAIL, cost=0)
    for left in (0, -1):
        draft = propose([somebody()], (*WAYS[:2], gratis), rules(left=left))
        assert {one.channel for one in draft.proposals} == {MAIL.key}
        assert draft.cost == 0


def test_a_channel_in_another_currency_is_left_out_and_said() -> None:
    draft = propose([somebody()], (replace(CALL, cost=None), MAIL), rules())
    assert (draft.unpriced, {one.channel for one in draft.proposals}) == ((CALL.key,), {MAIL.key})


def test_nobody_with_a_share_has_no_coverage_rather_than_none_of_it() -> None:
    assert outlook([somebody(leverage=0.0)], rules()).now is None


def test_a_draft_ends_where_nobody_would_read_on() -> None:
    crowd = [somebody(key, 1.0) for key in range(MOST + 5)]
    draft = propose(crowd, [CALL], rules(left=None))
    assert len(draft.proposals) == MOST
    assert {stop for _key, stop in draft.held} == {Stop.ENOUGH}


def test_a_plan_without_an_end_in_sight_is_looked_at_for_two_years() -> None:
    assert working(rules(ends_on=dt.date.max))[-1] <= day(731)


# By property

MEETINGS: Final = st.builds(Meeting, st.integers(-200, 120).map(day), st.floats(0, 1))
DONE: Final = st.lists(st.builds(Meeting, st.integers(-200, 0).map(day), st.floats(0, 1)), max_size=3).map(tuple)
PEOPLE: Final = st.lists(
    st.builds(
        Person,
        key=st.integers(1, 6),
        leverage=st.floats(0, 1),
        relationship=st.none() | st.integers(0, 4),
        done=DONE,
        planned=st.lists(MEETINGS, max_size=3).map(tuple),
        preferred=st.none() | st.integers(1, 5),
        refused=st.frozensets(st.integers(1, 5), max_size=4),
    ),
    max_size=5,
    unique_by=lambda person: person.key,
)
SOME_WAYS: Final = st.lists(
    st.builds(Way, st.integers(1, 5), st.floats(0, 1), st.none() | st.integers(0, 30_000), st.floats(0, 8)),
    max_size=5,
    unique_by=lambda way: way.key,
)
SOME_RULES: Final = st.builds(
    rules,
    starts_on=st.integers(-40, 40).map(day),
    ends_on=st.integers(-20, 90).map(day),
    working_days=st.frozensets(st.integers(0, 6)),
    cadence=st.integers(0, 30),
    left=st.none() | st.integers(-1_000, 60_000),
    hour_cost=st.floats(0, 10_000),
    calendar=st.lists(st.integers(-10, 90).map(day), max_size=4).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(people=PEOPLE, ways=SOME_WAYS, held=SOME_RULES)
def test_a_draft_obeys_every_rule(people: list[Person], ways: list[Way], held: Rules) -> None:
    draft = propose(people, ways, held)
    by_key = {person.key: person for person in people}
    assert held.left is None or draft.cost <= max(0, held.left)
    for at, one in enumerate(draft.proposals):
        person = by_key[one.person]
        others = [meeting.day for meeting in (*person.done, *person.planned)]
        others += [other.day for other in draft.proposals[:at] if other.person == one.person]
        assert one.channel not in person.refused
        assert max(held.today, held.starts_on) <= one.day <= held.ends_on
        assert one.day.weekday() in held.working_days
        assert all(abs((one.day - other).days) >= max(1, held.cadence) for other in others)
        assert LEAST_GAIN <= one.gain <= 1


@settings(max_examples=100, deadline=None)
@given(people=PEOPLE, ways=SOME_WAYS, held=SOME_RULES)
def test_what_is_proposed_adds_up_to_the_coverage_it_brings(people: list[Person], ways: list[Way], held: Rules) -> None:
    draft = propose(people, ways, held)
    if draft.outlook.planned is not None and draft.outlook.proposed is not None:
        gained = sum(one.gain for one in draft.proposals)
        assert draft.outlook.proposed == pytest.approx(draft.outlook.planned + gained)
    assert reached(people, ways, held, draft.proposals) == pytest.approx(draft.outlook.proposed)


@settings(max_examples=60, deadline=None)
@given(people=PEOPLE, ways=SOME_WAYS, held=SOME_RULES)
def test_everybody_is_proposed_for_or_it_is_said_why_not_more(
    people: list[Person], ways: list[Way], held: Rules
) -> None:
    draft = propose(people, ways, held)
    assert (draft.stop is None) == bool(draft.held)
    assert not draft.held or {key for key, _stop in draft.held} == {person.key for person in people}


def test_the_last_day_of_a_plan_is_one_of_its_days() -> None:
    assert working(rules(ends_on=TODAY)) == (TODAY,)
    assert working(rules(ends_on=day(1))) == (TODAY, day(1))


def test_contacts_may_be_as_near_as_the_cadence_says() -> None:
    thursdays = rules(ends_on=day(7), working_days=frozenset({TODAY.weekday()}), left=None)
    assert {one.day for one in propose([somebody()], [CALL], thursdays).proposals} == {TODAY, day(7)}


# The hours of the accepted plan


def test_proposals_never_take_more_than_the_accepted_plan_leaves() -> None:
    free = propose([somebody()], WAYS, rules())
    held = propose([somebody()], WAYS, rules(allowance=Allowance(1.0, TODAY, day(83))))
    assert free.hours > 1.0 >= held.hours > 0
    assert held.held == ((1, Stop.HOURS),)
    none = propose([somebody()], WAYS, rules(allowance=Allowance(0.0, TODAY, day(83))))
    assert (none.proposals, none.held) == ((), ((1, Stop.HOURS),))
    idle = propose([somebody()], [Way(4, 0.3, 100, 0.0)], rules(allowance=Allowance(0.0, TODAY, day(83))))
    assert idle.proposals


def test_days_outside_of_the_accepted_plan_take_none_of_its_hours() -> None:
    held = propose([somebody()], [MEETING], rules(allowance=Allowance(0.0, TODAY, day(40))))
    assert held.proposals
    assert all(one.day > day(40) for one in held.proposals)
    both = propose([somebody()], [CALL], rules(allowance=Allowance(0.5, TODAY, day(40)), left=None))
    assert sum(one.hours for one in both.proposals if one.day <= day(40)) == 0.5
    assert sum(one.hours for one in both.proposals) > 1.0
    after = propose([somebody()], [MEETING], rules(allowance=Allowance(0.0, day(-90), day(-1))))
    assert after.proposals == propose([somebody()], [MEETING], rules()).proposals


@settings(max_examples=60)
@given(st.floats(0, 8), st.integers(0, 83), st.lists(st.floats(0.05, 1), min_size=1, max_size=3))
def test_no_hour_beyond_those_left_is_ever_proposed(left: float, until: int, leverages: list[float]) -> None:
    people = [somebody(key, leverage) for key, leverage in enumerate(leverages)]
    allowance = Allowance(left, TODAY, day(until))
    draft = propose(people, WAYS, rules(allowance=allowance, left=None))
    assert sum(one.hours for one in draft.proposals if allowance.holds(one.day)) <= left + 1e-6
