"""Days as people type them: ISO, or counted from today."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from crmtui.domain.values import quoted
from crmtui.text import N_, _, key

NOT_A_DAY: Final = N_("{value} is not a date: write 2026-03-31, +2w, -3d, fri or tomorrow")
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
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP: Final = re.compile(r"([+-]?)([0-9]{1,7}) ?([dwmygsa])", re.IGNORECASE)  # Italian: giorni settimane anni
_DAYS: Final = {"d": 1, "g": 1, "w": 7, "s": 7}
_MONTHS: Final = {"m": 1, "y": 12, "a": 12}


def parse_day(text: str, today: date) -> date:
    """The day that a text names, in English or Italian.

    ISO (`2026-03-31`); `today`, `tomorrow`, `yesterday`; a number of days, weeks, months or years ahead
    (`+2w`, `2w`) or back (`-3d`); a weekday (`fri`), which is the next one after today, never today itself.
    A month without that day gives its last one.

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
    except OverflowError:
        raise ValueError(_(OUT_OF_RANGE).format(value=quoted(text))) from None
    except ValueError:
        pass  # 2026-02-30: no day either
    raise ValueError(_(NOT_A_DAY).format(value=quoted(text)))


def _stepped(start: date, count: int, unit: str) -> date:
    if unit in _DAYS:
        return start + timedelta(days=count * _DAYS[unit])
    months = start.year * 12 + start.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
