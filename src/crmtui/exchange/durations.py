"""How long something takes, as files tell it: `00:30`, `1h 15m`, `90 min`, or a figure whose header tells its unit."""

from __future__ import annotations

import re
from typing import Final

from crmtui.text import key

_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?")
_FIGURE: Final = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_PART: Final = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*([A-Za-z]+)\.?")
_LONGEST: Final = 64
_HOUR: Final = 3600.0
_UNITS: Final = {
    _HOUR: ("h", "hr", "hrs", "hour", "hours", "ora", "ore", "std", "stunden", "heures", "horas"),
    60.0: ("m", "min", "mins", "minute", "minutes", "minuto", "minuti", "minuten", "minutos"),
    1.0: ("s", "sec", "secs", "second", "seconds", "secondo", "secondi", "sekunden", "secondes", "segundos"),
    0.001: ("ms", "milliseconds", "millisecondi"),
}
_UNIT_OF: Final = {name: seconds for seconds, names in _UNITS.items() for name in names}
_OTHERS: Final = {"hscallduration": 0.001, "calldurationinseconds": 1.0}  # headers that tell it in their own way


def hours(cell: str, header: str = "") -> float | None:
    """How many hours a cell tells; None where it tells none.

    Two figures with a colon are hours and minutes, and where the header or the cell names no unit a figure is minutes.

    Args:
        cell: what the file has.
        header: of its column.
    """
    text = cell.strip()[:_LONGEST]
    if clock := _CLOCK.fullmatch(text):
        found = int(clock[1]) + int(clock[2]) / 60 + int(clock[3] or 0) / _HOUR
    elif _FIGURE.fullmatch(text):
        found = float(text.replace(",", ".")) * unit_of(header) / _HOUR
    else:
        parts = _PART.findall(text)
        if not parts or _PART.sub("", text).strip(" ,") or any(word.lower() not in _UNIT_OF for _n, word in parts):
            return None
        found = sum(float(figure.replace(",", ".")) * _UNIT_OF[word.lower()] for figure, word in parts) / _HOUR
    return round(found, 4) or None


def unit_of(header: str) -> float:
    """The seconds in the unit that a header names: minutes where it names none."""
    if (known := _OTHERS.get(key(header))) is not None:
        return known
    words = re.findall(r"[A-Za-z][a-z]*", header)
    return next((_UNIT_OF[word.lower()] for word in reversed(words) if word.lower() in _UNIT_OF), 60.0)
