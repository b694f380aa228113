"""Rules by which something happens again (RFC 5545 section 3.3.10), as they are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OFTEN: Final = N_("it happens too often in a day; such series are not written out")
UNKNOWN: Final = N_("it happens again by a rule that is not read: {rule}")
SIZES: Final = {"HOURLY": 3600, "MINUTELY": 60}  # of what is shorter than a day, in seconds
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", *SIZES)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_A_DAY: Final = 96
_READ: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "RSCALE", "SKIP", "BYDAY"})
_USUAL: Final = {"RSCALE": "GREGORIAN", "SKIP": "OMIT"}  # what changes nothing

# The rule parts that list numbers: the field that holds them, the least and the most.
_LISTS: Final = {
    "BYSECOND": ("seconds", 0, 59),
    "BYMINUTE": ("minutes", 0, 59),
    "BYHOUR": ("hours", 0, 23),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYMONTH": ("months", 1, 12),
    "BYSETPOS": ("positions", -366, 366),
}


class RuleError(ValueError):
    """A rule that is not written out: a sentence, untranslated, with a place for the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule; what it lists is counted from the end where it is negative, and empty where it is not told.

    Attributes:
        frequency: MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.
        interval: every how many of these.
        count: how often in all; 0 for without end.
        days: weekdays (0 is Monday) with their number in the month or year: 0 for each, -1 for the last.
        month_days: days of the month.
        year_days: days of the year.
        weeks: numbers of weeks, of which the first has four days in its year at least.
        months: 1 to 12.
        hours: of the day.
        minutes: of the hour.
        seconds: of the minute.
        positions: which of those in a period; empty for all.
        week_start: the weekday with which weeks begin.
    """

    frequency: str
    interval: int = 1
    count: int = 0
    days: Sequence[tuple[int, int]] = ()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0

    @property
    def is_once_a_day(self) -> bool:
        """Whether it happens once on a day at most."""
        times = (self.hours, self.minutes, self.seconds)
        return self.frequency not in SIZES and all(len(said) <= 1 for said in times)

    def times(self, start: dt.time) -> list[dt.time]:
        """The times on each of its days, where it is of days or longer periods and begins at a time."""
        hours, minutes = sorted(self.hours) or [start.hour], sorted(self.minutes) or [start.minute]
        seconds = sorted(self.seconds) or [start.second]
        return [dt.time(hour, minute, second) for hour in hours for minute in minutes for second in seconds]


def parse_rule(parts: Mapping[str, Sequence[object]]) -> Rule:
    """A rule from its parts, by their names in capitals.

    Args:
        parts: the values of each part.

    Raises:
        RuleError: it is not one that can be written out.
    """
    frequency = str(parts.get("FREQ", [""])[0])
    if frequency not in _FREQUENCIES:
        raise RuleError(OFTEN if frequency == "SECONDLY" else UNKNOWN)
    strange = parts.keys() - _READ - _LISTS.keys()
    if strange or any(name in parts and str(parts[name][0]).upper() != usual for name, usual in _USUAL.items()):
        raise RuleError(UNKNOWN)
    try:
        rule = Rule(
            frequency=frequency,
            interval=max(int(str(parts.get("INTERVAL", [1])[0])), 1),
            count=max(int(str(parts.get("COUNT", [0])[0])), 0),
            days=tuple({_weekday(str(day)) for day in parts.get("BYDAY", ())}),
            week_start=_DAYS.index(str(parts.get("WKST", ["MO"])[0])),
            **{name: _numbers(parts.get(part, ()), *bounds) for part, (name, *bounds) in _LISTS.items()},
        )
    except (ValueError, TypeError, IndexError):
        raise RuleError(UNKNOWN) from None
    if frequency not in SIZES and len(rule.times(dt.time())) > _MOST_A_DAY:
        raise RuleError(OFTEN)
    return rule


def _numbers(said: Sequence[object], least: int, most: int) -> frozenset[int]:
    """The numbers of a list, which are few, however long it is."""
    found = frozenset(int(str(value)) for value in said)
    if any(not least <= number <= most or (least < 0 and not number) for number in found):
        raise ValueError(found)
    return found


def _weekday(text: str) -> tuple[int, int]:
    """`MO` is each Monday, `2MO` the second, `-1FR` the last Friday."""
    return _DAYS.index(text[-2:]), int(text[:-2] or 0)
