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

from crmtui.exchange.calendars.recurring import Budget, moments
from crmtui.exchange.calendars.rules import RuleError, parse_rule
from hostile import ENDLESSLY

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST, LAST = dt.date(2025, 6, 1), dt.date(2026, 8, 31)


def parts(text: str) -> dict[str, Sequence[object]]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name: value.split(",") for name, _equals, value in pairs}


def on(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, month, day), dt.time(hour))


def told(text: str, start: dt.datetime, first: dt.date = FIRST, last: dt.date = LAST) -> list[dt.datetime]:
    end, budget = dt.datetime.combine(last, dt.time.max), Budget(50_000, 50_000)
    return list(moments(parse_rule(parts(text)), start, first, end, budget))


def ours(text: str, start: dt.date) -> list[dt.date]:
    return [moment.date() for moment in told(text, dt.datetime.combine(start, dt.time()))]


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
        "FREQ=YEARLY;BYYEARDAY=1,100,-1",
        "FREQ=YEARLY;BYWEEKNO=1,53,-1;BYDAY=MO,SU",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU,MO;WKST=SU",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-1",
    ],
)
def test_rules_by_example(rule: str) -> None:
    start = dt.date(2024, 3, 14)
    assert ours(rule, start) == theirs(rule, start) != []


@st.composite
def rules(draw: Any) -> str:
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
    assert time.process_time() - begin < ENDLESSLY


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=MINUTELY",
        "FREQ=HOURLY;BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYEASTER=1",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=FORWARD",
        "COUNT=3",
    ],
)
def test_rules_that_are_not_written_out(rule: str) -> None:
    with pytest.raises(RuleError):
        told(rule, on(2024, 3, 14))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=YEARLY;BYYEARDAY=" + ",".join(str(number % 366 + 1) for number in range(50_000)),
        "FREQ=MONTHLY;BYDAY=" + ",".join(["1MO", "TU"] * 20_000),
        "FREQ=DAILY;BYSETPOS=" + ",".join(["1", "-1"] * 20_000),
    ],
)
def test_long_rules_take_no_longer(rule: str) -> None:
    begin = time.process_time()
    assert ours(rule, dt.date(2024, 3, 14))
    assert time.process_time() - begin < ENDLESSLY


def test_the_last_days_of_the_calendar_are_no_trap() -> None:
    rule, end = parse_rule(parts("FREQ=WEEKLY;BYDAY=FR;BYSETPOS=1")), dt.datetime.combine(dt.date.max, dt.time.max)
    found = moments(rule, on(1, 1, 1), dt.date(9999, 12, 24), end, Budget(100_000, 100_000))
    assert list(found)[-1] == on(9999, 12, 31)
    weeks = told("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR", on(1, 1, 1), dt.date(9999, 12, 1), dt.date.max)
    assert weeks == [on(9999, 12, 31)]


# The examples of RFC 5545, section 3.8.5.3, whose series begin on Tuesday, 2 September 1997, at nine o'clock where
# they say nothing else; of series without an end, the first that the text lists.

SEPTEMBER = "1997-09-02"


def days_from(text: str) -> list[str]:
    """`1997-09 2 3; 1997-10 1` as days."""
    groups = (group.split() for group in text.split(";"))
    return [f"{month}-{int(day):02}" for month, *days in groups for day in days]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=DAILY;COUNT=10", SEPTEMBER, "1997-09 2 3 4 5 6 7 8 9 10 11"),
        ("FREQ=DAILY;INTERVAL=2", SEPTEMBER, "1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; 1997-10 2 4"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", SEPTEMBER, "1997-09 2 12 22; 1997-10 2 12"),
        ("FREQ=WEEKLY;COUNT=10", SEPTEMBER, "1997-09 2 9 16 23 30; 1997-10 7 14 21 28; 1997-11 4"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", SEPTEMBER, "1997-09 2 16 30; 1997-10 14 28; 1997-11 11 25; 1997-12 9 23"),
        (
            "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            SEPTEMBER,
            "1997-09 2 4 9 11 16 18 23 25 30; 1997-10 2",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR",
            "1997-09-01",
            "1997-09 1 3 5 15 17 19 29; 1997-10 1 3 13 15 17 27 29 31; 1997-11 10 12 14 24 26 28; 1997-12 8 10 12 22",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", SEPTEMBER, "1997-09 2 4 16 18 30; 1997-10 2 14 16"),
        (
            "FREQ=MONTHLY;COUNT=9;BYDAY=1FR",
            "1997-09-05",
            "1997-09 5; 1997-10 3; 1997-11 7; 1997-12 5; 1998-01 2; 1998-02 6; 1998-03 6; 1998-04 3; 1998-05 1",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997-09-07",
            "1997-09 7 28; 1997-11 2 30; 1998-01 4 25; 1998-03 1 29; 1998-05 3 31",
        ),
        (
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            "1997-09-22",
            "1997-09 22; 1997-10 20; 1997-11 17; 1997-12 22; 1998-01 19; 1998-02 16",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "1997-09-28",
            "1997-09 28; 1997-10 29; 1997-11 28; 1997-12 29; 1998-01 29; 1998-02 26",
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            SEPTEMBER,
            "1997-09 2 15; 1997-10 2 15; 1997-11 2 15; 1997-12 2 15; 1998-01 2 15",
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            "1997-09-30",
            "1997-09 30; 1997-10 1 31; 1997-11 1 30; 1997-12 1 31; 1998-01 1 31; 1998-02 1",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10",
            "1997-09 10 11 12 13 14 15; 1999-03 10 11 12 13",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
            SEPTEMBER,
            "1997-09 2 9 16 23 30; 1997-11 4 11 18 25; 1998-01 6 13 20 27; 1998-03 3 10 17 24 31",
        ),
        (
            "FREQ=YEARLY;COUNT=8;BYMONTH=6,7",
            "1997-06-10",
            "1997-06 10; 1997-07 10; 1998-06 10; 1998-07 10; 1999-06 10; 1999-07 10; 2000-06 10; 2000-07 10",
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;COUNT=8;BYMONTH=1,2,3",
            "1997-03-10",
            "1997-03 10; 1999-01 10; 1999-02 10; 1999-03 10; 2001-01 10; 2001-02 10; 2001-03 10; 2003-01 10",
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=9;BYYEARDAY=1,100,200",
            "1997-01-01",
            "1997-01 1; 1997-04 10; 1997-07 19; 2000-01 1; 2000-04 9; 2000-07 18; 2003-01 1; 2003-04 10; 2003-07 19",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-05 19; 1998-05 18; 1999-05 17"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-05 12; 1998-05 11; 1999-05 17"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1997-03 13 20 27; 1998-03 5 12 19 26; 1999-03 4 11 18 25"),
        (
            "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            "1997-06-05",
            "1997-06 5 12 19 26; 1997-07 3 10 17 24 31; 1997-08 7 14 21 28; 1998-06 4 11 18 25",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            SEPTEMBER,
            "1998-02 13; 1998-03 13; 1998-11 13; 1999-08 13; 2000-10 13",
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "1997-09-13",
            "1997-09 13; 1997-10 11; 1997-11 8; 1997-12 13; 1998-01 10; 1998-02 7; 1998-03 7",
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05",
            "1996-11 5; 2000-11 7; 2004-11 2",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09 4; 1997-10 7; 1997-11 6"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997-09-29",
            "1997-09 29; 1997-10 30; 1997-11 27; 1997-12 30; 1998-01 29; 1998-02 26; 1998-03 30",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08 5 10 19 24"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08 5 17 19 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007-01 15 30; 2007-02 15; 2007-03 15 30"),
    ],
)
def test_the_examples_of_the_standard(rule: str, start: str, expected: str) -> None:
    begin = dt.datetime.fromisoformat(f"{start}T09:00")
    found = told(rule, begin, begin.date(), begin.date() + dt.timedelta(days=3650))
    days = days_from(expected)
    assert [f"{moment:%Y-%m-%d}" for moment in found][: len(days)] == days
    assert {moment.time() for moment in found} == {dt.time(9)}
    assert "COUNT" not in rule or len(found) == len(days)


@pytest.mark.parametrize(
    ("rule", "last", "expected"),
    [
        ("FREQ=HOURLY;INTERVAL=3", "1997-09-02T17:00", ["2 09:00", "2 12:00", "2 15:00"]),
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "", ["2 09:00", "2 09:15", "2 09:30", "2 09:45", "2 10:00", "2 10:15"]),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "", ["2 09:00", "2 10:30", "2 12:00", "2 13:30"]),
        (
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
            "1997-09-03T09:10",
            [*(f"2 {hour:02}:{minute:02}" for hour in range(9, 17) for minute in (0, 20, 40)), "3 09:00"],
        ),
        (
            "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
            "1997-09-03T09:10",
            [*(f"2 {hour:02}:{minute:02}" for hour in range(9, 17) for minute in (0, 20, 40)), "3 09:00"],
        ),
        ("FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1;COUNT=3", "", ["2 09:30", "2 10:30", "2 11:30"]),
        ("FREQ=HOURLY;INTERVAL=36;COUNT=3", "", ["2 09:00", "3 21:00", "5 09:00"]),
        ("FREQ=DAILY;BYHOUR=9,14;BYSETPOS=2;COUNT=2", "", ["2 14:00", "3 14:00"]),
    ],
)
def test_several_times_a_day(rule: str, last: str, expected: list[str]) -> None:
    begin, end = on(1997, 9, 2, 9), dt.datetime.fromisoformat(last or "1997-10-01T00:00")
    found = moments(parse_rule(parts(rule)), begin, begin.date(), end, Budget(100_000, 100_000))
    assert [f"{moment.day} {moment:%H:%M}" for moment in found] == expected


def test_a_week_alone_keeps_the_weekday_of_the_beginning() -> None:
    assert ours("FREQ=YEARLY;BYWEEKNO=20", dt.date(2020, 5, 14)) == [dt.date(2026, 5, 14)]


def test_each_day_in_january_is_told_by_the_year_and_by_the_day_alike() -> None:
    start, last = on(1998, 1, 1, 9), dt.date(2000, 1, 31)
    by_year = told("FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", start, start.date(), last)
    assert by_year == told("FREQ=DAILY;BYMONTH=1", start, start.date(), last)
    assert len(by_year) == 3 * 31


def test_hours_that_never_come_end() -> None:
    assert ours("FREQ=HOURLY;INTERVAL=1000000000", dt.date(2024, 3, 14)) == []
