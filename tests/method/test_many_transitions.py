"""Transitions of all accounts together are those that are counted track by track."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

from crmtui.method.many_transitions import Marks, count
from crmtui.method.transitions import LADDER, LOST, Period, Track, count as one_by_one

TODAY = dt.date(2026, 3, 12)
DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2027, 1, 1)) | st.just(TODAY) | st.just(dt.date(2025, 3, 12))
TRACKS = st.builds(
    Track,
    st.lists(st.tuples(DAYS, st.sampled_from(LADDER)), max_size=6).map(tuple),
    st.lists(DAYS, max_size=4).map(tuple),
)


ENDED_TWICE = Track(
    ((dt.date(2024, 1, 1), "buyer"), (dt.date(2025, 4, 1), "prospect"), (dt.date(2025, 5, 1), LOST))
)  # the first end of a period counts


@example([ENDED_TWICE], Period.YEAR, ("prospect", LOST))
@given(st.lists(TRACKS, max_size=5), st.sampled_from(Period), st.sampled_from([(LOST,), (), ("prospect", LOST)]))
def test_they_are_counted_as_one_by_one(tracks: list[Track], period: Period, absorbing: tuple[str, ...]) -> None:
    marked = [(at, day.toordinal(), LADDER.index(state)) for at, one in enumerate(tracks) for day, state in one.marks]
    signed = [(at, day.toordinal()) for at, one in enumerate(tracks) for day in one.signs]
    marks = Marks(*np.array(marked, np.int64).reshape(-1, 3).T)
    account, day = np.array(signed, np.int64).reshape(-1, 2).T
    found = count(marks, (account, day), TODAY, period, absorbing=absorbing)
    assert found == one_by_one(tracks, TODAY, period, absorbing=absorbing)


def test_of_nobody_there_are_none() -> None:
    nothing = np.empty(0, np.int64)
    found = count(Marks(nothing, nothing, nothing), (nothing, nothing), TODAY)
    assert found == one_by_one([], TODAY)
    assert found.completeness is None


def test_one_that_is_judged_for_a_later_day_has_none_yet() -> None:
    later = np.array([TODAY.toordinal() + 1])
    found = count(Marks(np.array([7]), later, np.array([1])), (np.array([7]), later - 400), TODAY)
    assert (found.total, found.unseen) == (0, 0)


@pytest.mark.parametrize("years", [1, 30])
def test_a_sign_of_an_account_that_nobody_has_judged_counts_for_nobody(years: int) -> None:
    marks = Marks(np.array([7]), np.array([TODAY.toordinal() - 500]), np.array([1]))
    stranger = (np.array([9]), np.array([TODAY.toordinal() - 365 * years + 1]))
    assert (count(marks, stranger, TODAY).total, count(marks, stranger, TODAY).unseen) == (0, 1)
