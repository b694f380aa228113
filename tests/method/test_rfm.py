"""Recency, frequency, money and last products, method.md section 5."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from crmtui.method.repeat import Buyer
from crmtui.method.rfm import Habit, fifths, habit, standings

TODAY = dt.date(2026, 3, 12)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def test_fifths() -> None:
    assert fifths([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert fifths([5, 1, 3, 2, 4]) == [5, 1, 3, 2, 4]
    assert fifths([7, 7, 7]) == [3, 3, 3]
    assert fifths([1]) == [3]
    assert fifths([]) == []


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60))
def test_equals_are_in_one_fifth_and_more_is_never_in_a_lower_one(values: list[int]) -> None:
    found = fifths([float(value) for value in values])
    pairs = sorted(set(zip(values, found, strict=True)))
    assert len(pairs) == len(set(values))
    assert all(before[1] <= after[1] for before, after in pairwise(pairs))
    assert set(found) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("recency", "frequency", "monetary", "expected"),
    [
        (5, 5, 5, Habit.BEST),
        (4, 2, 3, Habit.LOYAL),
        (5, 1, 1, Habit.RECENT),
        (3, 3, 3, Habit.LOYAL),
        (3, 1, 2, Habit.OCCASIONAL),
        (1, 5, 5, Habit.AT_RISK),
        (2, 2, 2, Habit.SLEEPING),
        (1, 1, 1, Habit.GONE),
        (5, 5, None, Habit.BEST),
    ],
)
def test_habits(recency: int, frequency: int, monetary: int | None, expected: Habit) -> None:
    assert habit(recency, frequency, monetary) is expected


def test_how_accounts_bought() -> None:
    told = [
        Buyer(1, ((ago(5), 100.0), (ago(5), 50.0), (ago(90), None))),
        Buyer(2, ((ago(400), 9000.0),)),
        Buyer(3, ((ago(30), None),)),
        Buyer(4, ((TODAY + dt.timedelta(1), 5.0),)),
        Buyer(5, ()),
    ]
    one, two, three = standings(told, TODAY)
    assert (one.key, one.days, one.orders, one.money, one.unpriced) == (1, 5, 2, 150.0, 1)
    assert (one.recency, one.frequency, one.monetary) == (5, 5, 2)
    assert (two.recency, two.frequency, two.monetary) == (1, 2, 4)
    assert (three.money, three.monetary, three.unpriced) == (None, None, 1)
    assert [found.key for found in standings(told, TODAY, since=ago(100))] == [1, 3]
    assert standings([], TODAY) == []
