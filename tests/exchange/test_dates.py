from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from crmtui.exchange.values import DateOrder, decide_date_order, format_moment, parse_date, parse_moment
from hostile import STRINGS, has_control

DAY = dt.date(2025, 12, 7)
ORDERS = st.sampled_from(DateOrder)


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["16/10/2025", "03/04/2026"], DateOrder.DAY_FIRST),
        (["03/04/2026", "10/16/2025"], DateOrder.MONTH_FIRST),
        (["03-04-26", "31-12-25"], DateOrder.DAY_FIRST),
        (["10/16/2025 14:30", "1/2/2025 9:00 AM"], DateOrder.MONTH_FIRST),
        (["03/04/2026", "01/02/2026"], DateOrder.AMBIGUOUS),
        (["16/10/2025", "10/16/2025"], DateOrder.MIXED),
        (["2026-03-04", "07 Dec 2025", "", "soon"], DateOrder.EITHER),
        (["03.04.2026", "05/05/2026"], DateOrder.EITHER),
        (["99/99/2026"], DateOrder.EITHER),
        ([], DateOrder.EITHER),
    ],
)
def test_the_whole_column_decides_the_order(samples: list[str], order: DateOrder) -> None:
    assert decide_date_order(samples) is order


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-07",
        "2025/12/07",
        "2025.12.07",
        "20251207",
        " 2025-12-07 ",
        "07.12.2025",
        "7.12.25",
        "07 Dec 2025",
        "7-Dec-2025",
        "7-dec-25",
        "7 December 2025",
        "7th December, 2025",
        "Dec 7, 2025",
        "december 7th 2025",
        "7 dicembre 2025",
        "7 DIC 2025",
        "7° dic. 2025",
        "2025-12-07T23:30:00Z",
        "2025-12-07 23:30",
        "2025-12-07T23:30:00.123456+01:00",
        "7.12.2025 23.30",
        "7 Dec 2025, 5:00 PM",
    ],
)
def test_days_that_can_be_read_in_one_way(text: str) -> None:
    for order in DateOrder:
        assert parse_date(text, order) == DAY


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("07/12/2025", DateOrder.DAY_FIRST, DAY),
        ("12/07/2025", DateOrder.MONTH_FIRST, DAY),
        ("12-7-25", DateOrder.MONTH_FIRST, DAY),
        ("12/07/2025 09:30", DateOrder.MONTH_FIRST, DAY),
        ("31/12/1999", DateOrder.MIXED, dt.date(1999, 12, 31)),
        ("12/31/1999", DateOrder.AMBIGUOUS, dt.date(1999, 12, 31)),
        ("05/05/2026", DateOrder.AMBIGUOUS, dt.date(2026, 5, 5)),
        ("1/2/69", DateOrder.DAY_FIRST, dt.date(2069, 2, 1)),
        ("1/2/70", DateOrder.DAY_FIRST, dt.date(1970, 2, 1)),
    ],
)
def test_days_that_need_their_columns_order(text: str, order: DateOrder, day: dt.date) -> None:
    assert parse_date(text, order) == day


@pytest.mark.parametrize("order", [DateOrder.EITHER, DateOrder.AMBIGUOUS, DateOrder.MIXED])
def test_a_day_that_can_be_read_in_two_ways_is_not_guessed(order: DateOrder) -> None:
    with pytest.raises(ValueError, match="“03/04/2026” may be day/month or month/day"):
        parse_date("03/04/2026", order)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "a day that does not exist"),
        ("31/02/2026", "a day that does not exist"),
        ("31 April 2026", "a day that does not exist"),
        ("99/99/2026", "a day that does not exist"),
        ("7 Foo 2025", "is not a date; write it like 2026-03-31"),
        ("Q3-2026", "is not a date"),
        ("45992", "is not a date"),
        ("2026-03", "is not a date"),
        ("", "is not a date"),
        ("\u0660\u0667.12.2025", "is not a date"),
        ("7 Dec 2025 noon", "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}” .*{said}|“{text}” {said}"):
        parse_date(text, DateOrder.DAY_FIRST)


def test_a_column_of_the_other_order_is_not_turned_round() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        parse_date("25/12/2025", DateOrder.MONTH_FIRST)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-12-07T09:30:00Z", "2025-12-07T09:30:00Z"),
        ("2025-12-07T09:30:00+01:00", "2025-12-07T08:30:00Z"),
        ("2025-12-07 09:30:00 -0500", "2025-12-07T14:30:00Z"),
        ("2025-12-07 09:30", "2025-12-07T08:30:00Z"),
        ("2025-07-07 09:30:15.5", "2025-07-07T07:30:15.500000Z"),
        ("7 Dec 2025, 5:00 PM", "2025-12-07T16:00:00Z"),
        ("7.12.2025 12:15 a.m.", "2025-12-06T23:15:00Z"),
        ("7.12.2025 12:15 pm", "2025-12-07T11:15:00Z"),
        ("2025-12-07", "2025-12-06T23:00:00Z"),
    ],
)
def test_moments_become_utc(text: str, moment: str) -> None:
    assert format_moment(parse_moment(text, zone=ZoneInfo("Europe/Rome"))) == moment


@pytest.mark.parametrize(
    "text", ["2025-12-07 25:00", "2025-12-07 09:60", "2025-12-07 13:00 PM", "0001-01-01T00:00:00+14:00", "9:30"]
)
def test_what_is_no_moment_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=rf"“{text.replace('+', '[+]')}” is not a (time|date)"):
        parse_moment(text)


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y"]))
def test_days_come_back_from_every_unmistakable_form(day: dt.date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(st.lists(st.dates(dt.date(1000, 1, 1)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_that_decides_its_order_comes_back(days: list[dt.date], form: str) -> None:
    cells = [day.strftime(form) for day in days]
    order = decide_date_order(cells)
    assert order is not DateOrder.MIXED
    if order is not DateOrder.AMBIGUOUS:
        assert [parse_date(cell, order) for cell in cells] == days


@given(st.datetimes(dt.datetime(1000, 1, 2), dt.datetime(9999, 12, 30), timezones=st.timezones()))  # noqa: DTZ001 - the zones are drawn
def test_moments_come_back(moment: dt.datetime) -> None:
    instant = moment.astimezone(dt.UTC)  # a clock that was turned back shows one time twice
    assert parse_moment(format_moment(moment)) == instant
    assert parse_moment(instant.isoformat()) == instant


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_cells_are_refused_in_a_clean_short_sentence(name: str) -> None:
    for parse in (parse_date, parse_moment):
        with pytest.raises(ValueError, match="“") as refusal:
            parse(STRINGS[name])
        assert not has_control(str(refusal.value))
        assert len(str(refusal.value)) < 150


@given(st.text(st.sampled_from("0123456789-/. :TZ+ApmDecSep,°")) | st.text(), ORDERS)
def test_any_cell_gives_a_moment_or_a_sentence(text: str, order: DateOrder) -> None:
    decide_date_order([text])
    try:
        assert parse_moment(text, order).tzinfo is dt.UTC
        parse_date(text, order)
    except ValueError as refusal:
        assert "“" in str(refusal)  # noqa: PT017 - both outcomes are fine
