"""Days to write on an axis of time: the first of weeks, months, quarters or years, no more than find room."""

from __future__ import annotations

import datetime as dt

_WEEK = 7


def mondays(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every Monday from one day to another."""
    ahead = -first.weekday() % _WEEK
    return [first + dt.timedelta(days=days) for days in range(ahead, (last - first).days + 1, _WEEK)]


def firsts(first: dt.date, last: dt.date, most: float) -> list[dt.date]:
    """Mondays; where they are more than `most`, the first days of months, of quarters, of years, of more years.

    Both ends where none of these is between them.
    """
    weeks = mondays(first, last) if (last - first).days <= _WEEK * (most + 1) else []
    if weeks and len(weeks) <= most:
        return weeks
    start, count = first.year * 12 + first.month - 1, (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((months for months in (1, 3, 6, 12) if count <= months * most), 0) or 12 * -int(-count // (12 * most))
    months = range(start + -start % every, start + count, every)
    found = [day for day in (dt.date(month // 12, month % 12 + 1, 1) for month in months) if first <= day <= last]
    return found or list(dict.fromkeys((first, last)))
