"""Days on an axis of time: the first of weeks, months, quarters, years, no more than find room."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, strategies as st

from crmtui.plots.days import firsts, mondays
from crmtui.plots.plot import Axis

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


def named(first: str, last: str, most: int) -> list[str]:
    return [day.isoformat() for day in firsts(dt.date.fromisoformat(first), dt.date.fromisoformat(last), most)]


@given(DAYS, DAYS, st.integers(2, 12))
def test_they_are_in_order_between_the_ends_and_not_too_many(one: dt.date, other: dt.date, most: int) -> None:
    first, last = sorted((one, other))
    found = firsts(first, last, most)
    assert found
    assert found == sorted(set(found))
    assert first <= found[0]
    assert found[-1] <= last
    assert len(found) <= most
    assert all(day.weekday() == 0 for day in mondays(first, min(last, first + dt.timedelta(days=60))))


def test_they_are_weeks_months_quarters_or_years() -> None:
    assert named("2026-03-03", "2026-03-24", 4) == ["2026-03-09", "2026-03-16", "2026-03-23"]
    assert named("2026-03-03", "2026-07-02", 5) == ["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"]
    assert named("2026-01-15", "2026-11-26", 5) == ["2026-04-01", "2026-07-01", "2026-10-01"]
    assert named("2010-05-05", "2026-01-01", 5) == ["2012-01-01", "2016-01-01", "2020-01-01", "2024-01-01"]
    assert named("2026-03-03", "2026-03-05", 5) == ["2026-03-03", "2026-03-05"]


def test_an_axis_of_days_says_days() -> None:
    axis = Axis.days(dt.date(2026, 1, 1), dt.date(2026, 3, 12))
    assert [axis.form(value) for value in axis.ticks(4)] == ["1 Jan 2026", "1 Feb 2026", "1 Mar 2026"]
