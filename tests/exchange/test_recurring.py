"""Series of events written out: the same days as dateutil finds, and an end for every rule."""

from __future__ import annotations

import datetime as dt
import time
import warnings
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings, strategies as st

from crmtui.exchange.calendars.recurring import RuleError, days, parse_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST, LAST = dt.date(2025, 6, 1), dt.date(2026, 8, 31)


def parts(text: str) -> dict[str, Sequence[object]]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name: value.split(",") for name, _equals, value in pairs}


def ours(text: str, start: dt.date) -> list[dt.date]:
    return list(days(parse_rule(parts(text)), start, FIRST, LAST))


def theirs(text: str, start: dt.date) -> list[dt.date]:
    begin = dt.datetime.combine(start, dt.time())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rule = rrulestr(text, dtstart=begin)
    found = takewhile(lambda moment: moment.date() <= LAST, islice(rule, 50_000))
    return [moment.date() for moment in found if moment.date() >= FIRST]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;WKST=SU",
        "FREQ=WEEKLY;COUNT=70",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=-1,15",
        "FREQ=MONTHLY;BYDAY=2TU,-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=20",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=10",
        "FREQ=DAILY;BYMONTH=7;BYDAY=SA,SU",
        "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU;INTERVAL=3;BYSETPOS=1",
    ],
)
def test_rules_by_example(rule: str) -> None:
    start = dt.date(2024, 3, 14)
    assert ours(rule, start) == theirs(rule, start) != []


@st.composite
def rules(draw: Any) -> str:  # noqa: ANN401 - hypothesis passes it
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    said = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    # dateutil has its own view of rules with both `MO` and `1MO`.
    is_numbered = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
    numbers = st.sampled_from(["1", "2", "-1", "-2"] if is_numbered else [""])
    weekday = st.builds("{}{}".format, numbers, st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]))
    if by_day := draw(st.lists(weekday, max_size=3, unique=True)):
        said.append(f"BYDAY={','.join(by_day)}")
    month_days = st.integers(1, 31) | st.integers(-31, -1)
    if frequency != "WEEKLY" and (on := draw(st.lists(month_days, max_size=2, unique=True))):
        said.append(f"BYMONTHDAY={','.join(map(str, on))}")
    if months := draw(st.lists(st.integers(1, 12), max_size=3, unique=True)):
        said.append(f"BYMONTH={','.join(map(str, months))}")
    if count := draw(st.integers(0, 40)):
        said.append(f"COUNT={count}")
    return ";".join(said)


@settings(max_examples=40)
@given(rules(), st.dates(dt.date(2022, 1, 1), dt.date(2026, 10, 1)))
def test_the_days_are_those_that_dateutil_finds(rule: str, start: dt.date) -> None:
    if not (start.month == 2 and "BYMONTHDAY" in rule):  # there dateutil looks to the year 9999 for a 30 February
        assert ours(rule, start) == theirs(f"{rule};UNTIL=20260901" if "COUNT" not in rule else rule, start)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=99",
        "FREQ=DAILY;INTERVAL=999999999",
    ],
)
def test_rules_that_never_match_end(rule: str) -> None:
    begin = time.process_time()
    assert ours(rule, dt.date(2024, 3, 14)) == []
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,14",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "COUNT=3",
    ],
)
def test_rules_that_are_not_written_out(rule: str) -> None:
    with pytest.raises(RuleError):
        parse_rule(parts(rule))


def test_the_last_days_of_the_calendar_are_no_trap() -> None:
    rule = parse_rule(parts("FREQ=WEEKLY;BYDAY=FR;BYSETPOS=1"))
    assert list(days(rule, dt.date(1, 1, 1), dt.date(9999, 12, 24), dt.date.max))[-1] == dt.date(9999, 12, 31)
