"""Days as people type them: ISO, as on paper, or counted from today."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from crmtui.domain.values import quoted
from crmtui.text import N_, _, key, language

NOT_A_DAY: Final = N_("{value} is not a date: write 2026-03-31, 31 Mar, +2w, fri or tomorrow")
OUT_OF_RANGE: Final = N_("{value} lies outside of the calendar")

_NAMED: Final = {
    "today": 0, "oggi": 0,
    "tomorrow": 1, "domani": 1, "dopodomani": 2,
    "yesterday": -1, "ieri": -1,
}  # fmt: skip
_WEEKDAYS: Final = (
    ("mon", "monday", "lun", "lunedi"),
    ("tue", "tues", "tuesday", "mar", "martedi"),
    ("wed", "wednesday", "mer", "mercoledi"),
    ("thu", "thur", "thurs", "thursday", "gio", "giovedi"),
    ("fri", "friday", "ven", "venerdi"),
    ("sat", "saturday", "sab", "sabato"),
    ("sun", "sunday", "dom", "domenica"),
)
_WEEKDAY: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH_NAMES: Final = (
    "jan january gen gennaio",
    "feb february febbraio",
    "mar march marzo",
    "apr april aprile",
    "may mag maggio",
    "jun june giu giugno",
    "jul july lug luglio",
    "aug august ago agosto",
    "sep sept september set sett settembre",
    "oct october ott ottobre",
    "nov november novembre",
    "dec december dic dicembre",
)
MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_DAY_FIRST: Final = frozenset({"it"})  # languages in which nobody writes the month first
_FIGURES: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})(?:\2((?:[0-9]{2}){1,2})|\.?)")
_WORDS: Final = re.compile(r"([0-9]{1,2})\.? *([^\W\d_]{3,10})\.?(?: +([0-9]{4}))?")
PIVOT: Final = 70  # 69 is 2069, 70 is 1970, as POSIX reads years of two digits
_LAST_MONTH: Final = 12
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP: Final = re.compile(r"([+-]?)([0-9]{1,7}) ?([dwmygsa])", re.IGNORECASE)  # Italian: giorni settimane anni
_DAYS: Final = {"d": 1, "g": 1, "w": 7, "s": 7}
_IN_MONTHS: Final = {"m": 1, "y": 12, "a": 12}


def parse_day(text: str, today: date) -> date:
    """The day that a text names, in English or Italian.

    ISO (`2026-03-31`); `today`, `tomorrow`, `yesterday`; a number of days, weeks, months or years ahead
    (`+2w`, `2w`) or back (`-3d`); a weekday (`fri`), which is the next one after today, never today itself.
    A month without that day gives its last one. As on paper too: `31 Mar`, `31.3.`, `31/3/2026`, the day first; where
    also the month may be meant, it is refused in languages that write it so. Without a year it is the nearest such day.

    Raises:
        ValueError: with a sentence for the user, when the text names no day.
    """
    typed = text.strip()
    word = key(typed)
    try:
        if _ISO.fullmatch(typed):
            return date.fromisoformat(typed)
        if word in _NAMED:
            return today + timedelta(days=_NAMED[word])
        if word in _WEEKDAY:
            return today + timedelta(days=(_WEEKDAY[word] - today.weekday() - 1) % 7 + 1)
        if step := _STEP.fullmatch(typed.replace("\u2212", "-")):
            return _stepped(today, int(step[1] + step[2]), step[3].lower())
        if written := _written(typed):
            return _dated(*written, today)
    except OverflowError:
        raise ValueError(_(OUT_OF_RANGE).format(value=quoted(text))) from None
    except ValueError:
        pass  # 2026-02-30: no day either
    raise ValueError(_(NOT_A_DAY).format(value=quoted(text)))


def _written(typed: str) -> tuple[int, int, int | None] | None:
    """Day, month, and year if there is one, of a day as it is written on paper; None for anything else."""
    if found := _WORDS.fullmatch(typed):
        month = MONTHS.get(key(found[2]))
        return (int(found[1]), month, int(found[3]) if found[3] else None) if month else None
    found = _FIGURES.fullmatch(typed)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4]) if found[4] else None
    may_be_either = found[2] != "." and day != month and max(day, month) <= _LAST_MONTH
    if may_be_either and language() not in _DAY_FIRST:
        return None
    if year is not None and len(found[4]) == 2:  # noqa: PLR2004 - digits
        year += 1900 if year >= PIVOT else 2000
    return day, month, year


def _dated(day: int, month: int, year: int | None, today: date) -> date:
    """A day of a year; without one the nearest to today. ValueError where there is no such day."""
    if year is not None:
        return date(year, month, day)
    years = (year for year in (today.year - 1, today.year, today.year + 1) if date.min.year <= year <= date.max.year)
    found = [date(near, month, day) for near in years if day <= calendar.monthrange(near, month)[1]]
    return min(found, key=lambda one: abs(one - today))


def _stepped(start: date, count: int, unit: str) -> date:
    if unit in _DAYS:
        return start + timedelta(days=count * _DAYS[unit])
    months = start.year * 12 + start.month - 1 + count * _IN_MONTHS[unit]
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
