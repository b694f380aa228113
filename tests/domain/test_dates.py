from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.dates import parse_day
from hostile import STRINGS, has_control

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("today", THURSDAY),
        ("Oggi", THURSDAY),
        ("TOMORROW", date(2026, 3, 13)),
        ("domani", date(2026, 3, 13)),
        ("dopodomani", date(2026, 3, 14)),
        ("yesterday", date(2026, 3, 11)),
        ("+2w", date(2026, 3, 26)),
        ("2w", date(2026, 3, 26)),
        ("2s", date(2026, 3, 26)),
        ("-3d", date(2026, 3, 9)),
        ("\u22123 g", date(2026, 3, 9)),
        ("+0d", THURSDAY),
        ("+10m", date(2027, 1, 12)),
        ("-3m", date(2025, 12, 12)),
        ("+1y", date(2027, 3, 12)),
        ("1A", date(2027, 3, 12)),
        ("fri", date(2026, 3, 13)),
        ("Friday", date(2026, 3, 13)),
        ("thu", date(2026, 3, 19)),
        ("wed", date(2026, 3, 18)),
        ("lunedì", date(2026, 3, 16)),
        ("dom", date(2026, 3, 15)),
        ("31 Mar", date(2026, 3, 31)),
        ("1 dic.", date(2025, 12, 1)),
        ("8 agosto 2027", date(2027, 8, 8)),
        ("31/3", date(2026, 3, 31)),
        ("31/12", date(2025, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("31-12-26", date(2026, 12, 31)),
        ("4.3.", date(2026, 3, 4)),
        ("04.03.2026", date(2026, 3, 4)),
        ("5/5", date(2026, 5, 5)),
    ],
)
def test_days_by_example(text: str, day: date) -> None:
    assert parse_day(text, THURSDAY) == day


def test_a_month_without_that_day_gives_its_last() -> None:
    assert parse_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_day("+1y", date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-02-30", "2026-3-1", "20260301", "soon", "+2", "+w", "w", "++2w", "٣d", "12/03/2026", "12-03-2026"),
        *("3/4", "3/31", "31/2", "31.2.2026", "0/5", "1/0", "99 May", "3 foo", "1/2/345"),
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=rf"“{text.replace('+', '[+]')}” is not a date: write "):
        parse_day(text, THURSDAY)


@pytest.mark.usefixtures("italian")
def test_in_italian_the_day_is_always_first() -> None:
    assert parse_day("12/03/2026", THURSDAY) == THURSDAY
    assert parse_day("3/4", THURSDAY) == date(2026, 4, 3)


@pytest.mark.parametrize("text", ["+9999999d", "-9999y", "-2030y", "+9999999m"])
def test_days_outside_of_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="outside of the calendar"):
        parse_day(text, THURSDAY)


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_strings_are_refused_in_a_clean_short_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        parse_day(STRINGS[name], THURSDAY)
    assert not has_control(str(refusal.value))
    assert len(str(refusal.value)) < 150


@given(st.dates(), st.dates())
def test_iso_days_come_back(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == day


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.integers(-5000, 5000))
def test_steps_in_days_and_weeks_are_exact(today: date, count: int) -> None:
    assert parse_day(f"{count:+}d", today) == today + timedelta(days=count)
    assert parse_day(f"{count:+}w", today) == today + timedelta(weeks=count)


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_next_seven_days(today: date, name: str) -> None:
    day = parse_day(name, today)
    assert 1 <= (day - today).days <= 7
    assert day.strftime("%a").lower() == name


@given(st.text(), st.dates())
def test_any_text_gives_a_day_or_a_sentence(text: str, today: date) -> None:
    try:
        assert isinstance(parse_day(text, today), date)
    except ValueError as refusal:
        assert "“" in str(refusal)  # noqa: PT017 - both outcomes are fine
