"""On which days something happens again, told for a stretch of time that ends: never by trying rules out for ever.

An own reading of recurrence rules (RFC 5545 section 3.3.10), day by day, and not `dateutil.rrule`: that looks for the
next match of a rule without one (each 30 February) to the year 9999, and nothing can stop it on the way.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

OFTEN: Final = N_("it happens several times a day; such series are not written out")
UNKNOWN: Final = N_("it happens again by a rule that is not read: {rule}")
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK: Final = 7
_MONTHS: Final = 12
_LONGEST_PERIOD: Final = 366
_OFTEN: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_UNREAD: Final = frozenset({"BYYEARDAY", "BYWEEKNO", "RSCALE", "SKIP"})


class RuleError(ValueError):
    """A rule that is not written out: a sentence, untranslated, with a place for the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule.

    Attributes:
        frequency: DAILY, WEEKLY, MONTHLY or YEARLY.
        interval: every how many of these.
        count: how often in all; 0 for without end.
        days: weekdays (0 is Monday) with their number in the month or year: 0 for each, -1 for the last.
        month_days: days of the month, from its end where negative.
        months: 1 to 12.
        positions: which of the days in a period, from its end where negative; empty for all.
        week_start: the weekday with which weeks begin.
    """

    frequency: str
    interval: int = 1
    count: int = 0
    days: Sequence[tuple[int, int]] = ()
    month_days: Sequence[int] = ()
    months: Sequence[int] = ()
    positions: Sequence[int] = ()
    week_start: int = 0


def parse_rule(parts: Mapping[str, Sequence[object]]) -> Rule:
    """A rule from its parts, by their names in capitals.

    Args:
        parts: the values of each part.

    Raises:
        RuleError: it is not one that can be written out.
    """
    frequency = str(parts.get("FREQ", [""])[0])
    if frequency not in _FREQUENCIES:
        raise RuleError(OFTEN if frequency.endswith("LY") else UNKNOWN)
    if _OFTEN & parts.keys() and any(len(parts[name]) > 1 for name in _OFTEN & parts.keys()):
        raise RuleError(OFTEN)
    if _UNREAD & parts.keys():
        raise RuleError(UNKNOWN)
    try:
        return Rule(
            frequency=frequency,
            interval=max(_numbers(parts, "INTERVAL", [1])[0], 1),
            count=max(_numbers(parts, "COUNT", [0])[0], 0),
            days=[_weekday(str(day)) for day in parts.get("BYDAY", ())],
            month_days=_numbers(parts, "BYMONTHDAY", []),
            months=_numbers(parts, "BYMONTH", []),
            positions=_numbers(parts, "BYSETPOS", []),
            week_start=_DAYS.index(str(parts.get("WKST", ["MO"])[0])),
        )
    except (ValueError, TypeError, IndexError):
        raise RuleError(UNKNOWN) from None


def _numbers(parts: Mapping[str, Sequence[object]], name: str, usual: list[int]) -> list[int]:
    return [int(str(value)) for value in parts[name]] if name in parts else usual


def _weekday(text: str) -> tuple[int, int]:
    """`MO` is each Monday, `2MO` the second, `-1FR` the last Friday."""
    return _DAYS.index(text[-2:]), int(text[:-2] or 0)


def days(rule: Rule, start: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days on which it happens, from `first` to `last`, when it happened first on `start`.

    Without a count, only these days are looked at; with one, all from `start`.
    """
    begin = start if rule.count or rule.positions else max(start, first)
    if rule.positions and not rule.count:
        begin = max(start, _period_start(rule, first))
    for number, day in enumerate(_matching(rule, start, begin, last), 1):
        if first <= day <= last:
            yield day
        if number == rule.count or day > last:
            return


def _matching(rule: Rule, start: dt.date, begin: dt.date, last: dt.date) -> Iterator[dt.date]:
    if begin > last:
        return
    matches = _test(rule, start)
    if rule.positions:
        # The days of a whole period are told apart by their position in it, those before the start too.
        begin = _period_start(rule, begin)
        last = dt.date.fromordinal(min(last.toordinal() + _LONGEST_PERIOD, dt.date.max.toordinal()))
    span = (begin + dt.timedelta(days=number) for number in range((last - begin).days + 1))
    found = (day for day in span if matches(day))
    if not rule.positions:
        yield from found
        return
    for _period, group in groupby(found, key=lambda day: _period_start(rule, day)):
        members = list(group)
        places = {place - 1 if place > 0 else len(members) + place for place in rule.positions}
        yield from (day for place, day in enumerate(members) if place in places and day >= start)


def _period_start(rule: Rule, day: dt.date) -> dt.date:
    if rule.frequency == "YEARLY":
        return day.replace(month=1, day=1)
    if rule.frequency == "MONTHLY":
        return day.replace(day=1)
    return _week_start(rule, day) if rule.frequency == "WEEKLY" else day


def _week_start(rule: Rule, day: dt.date) -> dt.date:
    return day - dt.timedelta(days=min((day.weekday() - rule.week_start) % _WEEK, day.toordinal() - 1))


def _test(rule: Rule, start: dt.date) -> Callable[[dt.date], bool]:
    """Whether it happens on a day, told by that day alone."""
    months, month_days, by_day = frozenset(rule.months), frozenset(rule.month_days), rule.days
    if not (month_days or by_day):
        if rule.frequency == "WEEKLY":
            by_day = [(start.weekday(), 0)]
        elif rule.frequency in ("MONTHLY", "YEARLY"):
            month_days = frozenset([start.day])
            months = months or (frozenset([start.month]) if rule.frequency == "YEARLY" else months)
    weekdays = frozenset(day for day, number in by_day if not number or rule.frequency in ("DAILY", "WEEKLY"))
    numbered = (
        frozenset((day, number) for day, number in by_day if number) if rule.frequency[0] in "MY" else frozenset()
    )
    in_year = rule.frequency == "YEARLY" and not rule.months

    def test(day: dt.date) -> bool:
        if months and day.month not in months:
            return False
        if not _in_step(rule, start, day):
            return False
        if month_days and not (day.day in month_days or day.day - _length(day) - 1 in month_days):
            return False
        if not by_day or day.weekday() in weekdays:
            return True
        return bool(numbered) and not numbered.isdisjoint(_numbers_of(day, in_year=in_year))

    return test


def _in_step(rule: Rule, start: dt.date, day: dt.date) -> bool:
    if rule.interval == 1:
        return True
    if rule.frequency == "DAILY":
        passed = (day - start).days
    elif rule.frequency == "WEEKLY":
        passed = (_week_start(rule, day) - _week_start(rule, start)).days // _WEEK
    elif rule.frequency == "MONTHLY":
        passed = (day.year - start.year) * _MONTHS + day.month - start.month
    else:
        passed = day.year - start.year
    return passed % rule.interval == 0


def _length(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _numbers_of(day: dt.date, *, in_year: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """Which of its weekdays a day is in its month or year, from the beginning and from the end."""
    if in_year:
        place, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    else:
        place, length = day.day, _length(day)
    return (day.weekday(), (place - 1) // _WEEK + 1), (day.weekday(), -((length - place) // _WEEK + 1))
