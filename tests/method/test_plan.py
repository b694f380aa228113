"""The figures of a communication plan, method.md section 6: plan against done, by channel, person and actor."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from crmtui.method.plan import Frame, State, Summary, Tally, Touch, parts, summary

START, END, TODAY = dt.date(2026, 3, 2), dt.date(2026, 5, 31), dt.date(2026, 3, 12)
FRAME = Frame(START, END, "EUR", 100_000)
MEETING, CALL = 1, 2
CONTI, FERRARI, ANNA = 7, 8, 9
PLANNED = Touch(1, dt.date(2026, 3, 20), State.OPEN, MEETING, (CONTI,), ANNA, 14_000, "EUR", 2.0)
HELD = replace(PLANNED, id=2, day=dt.date(2026, 3, 3), state=State.DONE)

touches = st.lists(
    st.builds(
        Touch,
        id=st.integers(1, 10_000),
        day=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        state=st.sampled_from(State),
        channel=st.sampled_from((MEETING, CALL)),
        people=st.lists(st.sampled_from((CONTI, FERRARI, 10)), max_size=3, unique=True).map(tuple),
        actor=st.none() | st.just(ANNA),
        cost=st.none() | st.integers(0, 10**12),
        currency=st.sampled_from(("EUR", "CHF")),
        hours=st.none() | st.floats(0, 1000),
    ),
    max_size=12,
)


def add_up(*found: Touch) -> Summary:
    return summary(found, FRAME, TODAY)


def test_a_plan_without_contacts_is_all_budget() -> None:
    found = add_up()
    assert (found.whole.planned, found.whole.done) == (Tally(), Tally())
    assert (found.budget.left, found.by_channel, found.by_person) == (100_000, (), ())


def test_planned_and_done_are_added_up_apart() -> None:
    found = add_up(PLANNED, HELD, replace(HELD, id=3, cost=6_000))
    assert (found.whole.planned.cost, found.whole.done.cost) == (14_000, 20_000)
    assert (found.whole.planned.contacts, found.whole.done.contacts) == ((1,), (2, 3))
    assert (found.budget.spent, found.budget.committed, found.budget.left) == (20_000, 14_000, 66_000)


def test_a_budget_can_be_exceeded_and_need_not_be_set() -> None:
    assert add_up(replace(PLANNED, cost=100_001)).budget.left == -1
    assert summary([PLANNED], replace(FRAME, budget=None), TODAY).budget.left is None


def test_what_is_unknown_is_counted_apart() -> None:
    tally = add_up(PLANNED, replace(PLANNED, id=3, cost=None, hours=None)).whole.planned
    assert (tally.cost, tally.uncosted, tally.hours, tally.untimed) == (14_000, 1, 2.0, 1)
    free = add_up(replace(PLANNED, cost=0, hours=0)).whole.planned
    assert (free.uncosted, free.untimed) == (0, 0)


def test_people_share_a_contact_in_equal_parts() -> None:
    found = add_up(replace(PLANNED, people=(CONTI, FERRARI), cost=14_001))
    assert [(share.key, share.planned.cost, share.planned.hours) for share in found.by_person] == [
        (CONTI, 7_001, 1.0),
        (FERRARI, 7_000, 1.0),
    ]


def test_nobody_has_a_row_too() -> None:
    found = add_up(replace(PLANNED, people=(), actor=None))
    assert (found.by_person[0].key, found.by_actor[0].key) == (None, None)


def test_the_costliest_channel_comes_first() -> None:
    found = add_up(replace(PLANNED, channel=CALL, cost=1), replace(PLANNED, id=3))
    assert [share.key for share in found.by_channel] == [MEETING, CALL]


def test_other_currencies_are_told_and_never_added() -> None:
    found = add_up(PLANNED, replace(PLANNED, id=3, currency="CHF", cost=500))
    assert found.whole.planned.cost == 14_000
    assert found.whole.planned.uncosted == 0
    assert found.elsewhere == ((500, "CHF"),)


def test_what_is_late_outside_or_cancelled_is_flagged() -> None:
    late = replace(PLANNED, id=3, day=dt.date(2026, 3, 11))
    outside = replace(HELD, id=4, day=dt.date(2026, 2, 28))
    cancelled = replace(late, id=5, state=State.CANCELLED)
    found = add_up(PLANNED, HELD, late, outside, cancelled)
    assert (found.late, found.outside, found.cancelled) == ((3,), (4,), (5,))
    assert found.whole.count == 4


@given(touches)
def test_the_parts_add_up_to_the_whole(every: list[Touch]) -> None:
    found = add_up(*every)
    for shares in (found.by_channel, found.by_person, found.by_actor):
        assert sum(share.planned.cost for share in shares) == found.whole.planned.cost
        assert sum(share.done.cost for share in shares) == found.whole.done.cost
        assert sum(share.hours for share in shares) == pytest.approx(found.whole.hours)


@given(st.integers(0, 10**15), st.integers(1, 50))
def test_parts_are_as_equal_as_minor_units_allow(amount: int, count: int) -> None:
    found = list(parts(amount, count))
    assert sum(found) == amount
    assert max(found) - min(found) <= 1
