"""When something happens again, told for a stretch of time that ends: never by trying rules out for ever.

An own way through recurrence rules, day by day, and not `dateutil.rrule`: that looks for the next match of a rule
without one (each 30 February) to the year 9999, and nothing can stop it on the way.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap, monthrange
from itertools import groupby
from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars.rules import OFTEN, SIZES, Rule, RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WEEK: Final = 7
_FOURTH: Final = 3  # days after the first of a week
_MONTHS: Final = 12
_DAY: Final = 86_400  # seconds
_OF_A_MOMENT: Final = 4  # days that are looked at in the time that a moment takes
_LONGEST_PERIOD: Final = 366


class Budget:
    """How much may be looked at for one series, and for all of a file.

    Attributes:
        left: how many days, and moments at the price of some days, may still be looked at.
    """

    def __init__(self, left: int, of_one: int) -> None:
        self.left = left
        self._of_one = of_one
        self._used = 0

    def begin(self) -> None:
        """One more series."""
        self._used = 0

    def spend(self, count: int) -> None:
        """Look at some more.

        Raises:
            RuleError: these are too many for one series.
        """
        self.left -= count
        self._used += count
        if self._used > self._of_one or self.left < 0:
            raise RuleError(OFTEN)


def moments(rule: Rule, start: dt.datetime, first: dt.date, last: dt.datetime, budget: Budget) -> Iterator[dt.datetime]:
    """When it happens, from the day `first` to the instant `last`, when it happened first at `start`; all on one clock.

    Without a count, only these days are looked at; with one, all from `start`.

    Raises:
        RuleError: it happens so often that the budget does not suffice.
    """
    begin = start.date() if rule.count else max(start.date(), first)
    for number, moment in enumerate(_matching(rule, start, begin, last, budget), 1):
        if moment > last:
            return
        if moment.date() >= first:
            yield moment
        if number == rule.count:
            return


def _matching(
    rule: Rule, start: dt.datetime, begin: dt.date, last: dt.datetime, budget: Budget
) -> Iterator[dt.datetime]:
    if begin > last.date():
        return
    end = last.toordinal()
    if rule.positions:
        # Those of a whole period are told apart by their position in it, those before the start too.
        begin = _period(rule, dt.datetime.combine(begin, dt.time())).date()
        end = min(end + _LONGEST_PERIOD, dt.date.max.toordinal())
    found = _all(rule, start, (begin.toordinal(), end), budget)
    if not rule.positions:
        yield from (moment for moment in found if moment >= start)
        return
    for _of, group in groupby(found, key=lambda moment: _period(rule, moment)):
        members = list(group)
        places = {place - 1 if place > 0 else len(members) + place for place in rule.positions}
        yield from (moment for place, moment in enumerate(members) if place in places and moment >= start)


def _all(rule: Rule, start: dt.datetime, ordinals: tuple[int, int], budget: Budget) -> Iterator[dt.datetime]:
    """All that match on the days from one to another, whatever their position."""
    matches = _test(rule, start.date())
    usual = None if rule.frequency in SIZES else rule.times(start.time())
    for ordinal in range(ordinals[0], ordinals[1] + 1):
        day = dt.date.fromordinal(ordinal)
        budget.spend(1)
        if matches(day):
            budget.spend(_OF_A_MOMENT * (_most_times(rule) if usual is None else len(usual) - 1))
            times = _times_in_step(rule, start, day) if usual is None else usual
            yield from (dt.datetime.combine(day, time) for time in times)


def _period(rule: Rule, moment: dt.datetime) -> dt.datetime:
    """When the period begins of which a moment is."""
    if rule.frequency in SIZES:
        return moment.replace(second=0, minute=0 if rule.frequency == "HOURLY" else moment.minute)
    day = moment.date()
    if rule.frequency == "YEARLY":
        day = day.replace(month=1, day=1)
    elif rule.frequency == "MONTHLY":
        day = day.replace(day=1)
    elif rule.frequency == "WEEKLY":
        day = _week_start(rule, day)
    return dt.datetime.combine(day, dt.time())


def _week_start(rule: Rule, day: dt.date) -> dt.date:
    return day - dt.timedelta(days=min((day.weekday() - rule.week_start) % _WEEK, day.toordinal() - 1))


# The times of a day


def _steps_a_day(rule: Rule) -> int:
    return _DAY // SIZES[rule.frequency]


def _most_times(rule: Rule) -> int:
    """How many times of a day are looked at."""
    of_hour = max(len(rule.minutes), 1) if rule.frequency == "HOURLY" else 1
    return _steps_a_day(rule) // rule.interval * of_hour * max(len(rule.seconds), 1)


def _times_in_step(rule: Rule, start: dt.datetime, day: dt.date) -> list[dt.time]:
    """The times on one day, where it is of hours or minutes."""
    size, steps = SIZES[rule.frequency], _steps_a_day(rule)
    passed = (day - start.date()).days * steps - (start.hour * 3600 + start.minute * 60) // size
    is_of_minutes = rule.frequency == "MINUTELY"
    found = []
    for step in range(-passed % rule.interval, steps, rule.interval):
        hour, minute = divmod(step * size // 60, 60)
        if rule.hours and hour not in rule.hours:
            continue
        if is_of_minutes and rule.minutes and minute not in rule.minutes:
            continue
        minutes = [minute] if is_of_minutes else sorted(rule.minutes) or [start.minute]
        seconds = sorted(rule.seconds) or [start.second]
        found += [dt.time(hour, one, second) for one in minutes for second in seconds]
    return found


# The days


def _test(rule: Rule, start: dt.date) -> Callable[[dt.date], bool]:
    """Whether it happens on a day, told by that day alone."""
    months, month_days, by_day = rule.months, rule.month_days, rule.days
    if not (month_days or by_day or rule.year_days):
        if rule.frequency == "WEEKLY" or rule.weeks:
            by_day = [(start.weekday(), 0)]
        elif rule.frequency in ("MONTHLY", "YEARLY"):
            month_days = frozenset([start.day])
            months = months or (frozenset([start.month]) if rule.frequency == "YEARLY" else months)
    checks: list[Callable[[dt.date], bool]] = []
    if months:
        checks.append(lambda day: day.month in months)
    if rule.interval > 1 and rule.frequency not in SIZES:
        checks.append(lambda day: _periods(rule, start, day) % rule.interval == 0)
    if month_days:
        checks.append(lambda day: _is_listed(month_days, day.day, _length(day)))
    if rule.year_days:
        checks.append(lambda day: _is_listed(rule.year_days, _day_of_year(day), _year_length(day.year)))
    if rule.weeks:
        checks.append(lambda day: not rule.weeks.isdisjoint(_weeks_of(rule, day)))
    if by_day:
        checks.append(_weekday_test(rule, by_day))
    return lambda day: all(check(day) for check in checks)


def _weekday_test(rule: Rule, by_day: Sequence[tuple[int, int]]) -> Callable[[dt.date], bool]:
    """Whether a day is one of these weekdays, which have numbers in months and years only."""
    are_numbered = rule.frequency in ("MONTHLY", "YEARLY") and not rule.weeks
    weekdays = frozenset(day for day, number in by_day if not (number and are_numbered))
    numbered = frozenset((day, number) for day, number in by_day if number and are_numbered)
    in_year = rule.frequency == "YEARLY" and not rule.months

    def test(day: dt.date) -> bool:
        is_any = day.weekday() in weekdays
        return is_any or (bool(numbered) and not numbered.isdisjoint(_numbers_of(day, in_year=in_year)))

    return test


def _is_listed(listed: frozenset[int], place: int, length: int) -> bool:
    """Whether a place is told, from the beginning or from the end."""
    return place in listed or place - length - 1 in listed


def _periods(rule: Rule, start: dt.date, day: dt.date) -> int:
    """How many days, weeks, months or years lie between."""
    if rule.frequency == "DAILY":
        return (day - start).days
    if rule.frequency == "WEEKLY":
        return (_week_start(rule, day) - _week_start(rule, start)).days // _WEEK
    if rule.frequency == "MONTHLY":
        return (day.year - start.year) * _MONTHS + day.month - start.month
    return day.year - start.year


def _length(day: dt.date) -> int:
    return monthrange(day.year, day.month)[1]


def _day_of_year(day: dt.date) -> int:
    return day.timetuple().tm_yday


def _year_length(year: int) -> int:
    return 366 if isleap(year) else 365


def _weeks_of(rule: Rule, day: dt.date) -> tuple[int, int]:
    """The number of a day's week, from the beginning and the end of the year in which its fourth day is."""
    ordinal = min(_week_start(rule, day).toordinal() + _FOURTH, dt.date.max.toordinal())
    fourth = dt.date.fromordinal(ordinal)
    return _sevenths(_day_of_year(fourth), _year_length(fourth.year))


def _sevenths(place: int, length: int) -> tuple[int, int]:
    """In which seven a place is, from the beginning and from the end."""
    return (place - 1) // _WEEK + 1, -((length - place) // _WEEK + 1)


def _numbers_of(day: dt.date, *, in_year: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """Which of its weekdays a day is in its month or year, from the beginning and from the end."""
    numbers = _sevenths(_day_of_year(day), _year_length(day.year)) if in_year else _sevenths(day.day, _length(day))
    return (day.weekday(), numbers[0]), (day.weekday(), numbers[1])
