"""Days and instants in cells: the many ways to write them, and which of two a whole column means."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from crmtui.domain.dates import MONTHS, PIVOT
from crmtui.domain.values import quoted
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_A_DATE: Final = N_("{value} is not a date; write it like 2026-03-31")
NO_SUCH_DAY: Final = N_("{value} is a day that does not exist")
AMBIGUOUS: Final = N_("{value} may be day/month or month/day; say which the column means")
NOT_AN_INSTANT: Final = N_("{value} is not a time; write it like 2026-03-31 09:30")

_ISO: Final = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_NAMED: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|[°º.])?[ -]+([A-Za-z]+)\.?,?[ -]+([0-9]{4}|[0-9]{2})")
_NAMED_DAY: Final = re.compile(r"([A-Za-z]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_WITH_TIME: Final = re.compile(r"(?P<day>.+?)(?:T|,? +)(?P<time>[0-9]{1,2}[:.][0-9]{2}.*)", re.DOTALL)
_TIME: Final = re.compile(
    r"""(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?
        \s*(?P<half>[AaPp]\.?[Mm]\.?)?
        \s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?""",
    re.VERBOSE,
)
_SERIAL: Final = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_FIRST_SERIAL: Final = dt.date(1899, 12, 30)  # of day 0, since spreadsheets take 1900 for a leap year
_LONGEST: Final = 64
_MONTHS_IN_A_YEAR: Final = 12
_NOON: Final = 12


class DateOrder(Enum):
    """What `03/04/2026` means in a column."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    EITHER = "either"  # no cell of the column can be read in two ways
    AMBIGUOUS = "ambiguous"  # some can, and nothing in the column says which way
    MIXED = "mixed"  # some cells say one way, some the other


def decide_date_order(samples: Iterable[str]) -> DateOrder:
    """Which order the numeric dates of a column have, from all its cells: 25/12 or 12/25 decides it.

    With points (`03.04.2026`) the day is first, as everywhere where points are written.
    """
    day_first = month_first = in_doubt = False
    for sample in samples:
        if (numeric := _numeric(sample)) and numeric[2] != ".":
            one, other = int(numeric[1]), int(numeric[3])
            day_first = day_first or one > _MONTHS_IN_A_YEAR >= other
            month_first = month_first or other > _MONTHS_IN_A_YEAR >= one
            in_doubt = in_doubt or (one != other and max(one, other) <= _MONTHS_IN_A_YEAR)
    if day_first and month_first:
        return DateOrder.MIXED
    if day_first or month_first:
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    return DateOrder.AMBIGUOUS if in_doubt else DateOrder.EITHER


def _numeric(sample: str) -> re.Match[str] | None:
    return _NUMERIC.match(sample.strip()) if len(sample) <= _LONGEST else None


def parse_date(text: str, order: DateOrder = DateOrder.EITHER) -> dt.date:
    """The day that a cell names: ISO, `31.03.2026`, `31/03/2026`, `07 Dec 2025`, `Dec 7, 2025`, `7 dicembre 2025`.

    A time behind it is passed over: the day is the one that is written. Years of two digits are 1970 to 2069.

    Args:
        text: the cell.
        order: what the column means, from `decide_date_order`.

    Raises:
        ValueError: with a sentence, when the cell names no day, or could name two and the order does not say which.
    """
    typed = text.strip()
    if len(typed) <= _LONGEST:
        if (day := _day(typed, text, order)) is not None:
            return day
        if (parts := _WITH_TIME.fullmatch(typed)) and _TIME.fullmatch(parts["time"].strip()):
            day = _day(parts["day"], text, order)
            if day is not None:
                return day
    raise ValueError(_(NOT_A_DATE).format(value=quoted(text)))


def parse_moment(text: str, order: DateOrder = DateOrder.EITHER, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """The instant that a cell names, in UTC: a day as in `parse_date` and a time, or midnight where there is none.

    Args:
        text: the cell, such as `2026-03-31T09:30:00Z` or `31/03/2026 9:30 PM`.
        order: what the column means, from `decide_date_order`.
        zone: where the clock hung when the text names no zone.

    Raises:
        ValueError: with a sentence, when the cell names no instant.
    """
    day = parse_date(text, order)
    parts = _WITH_TIME.fullmatch(text.strip())
    try:
        local = dt.datetime.combine(day, _time(parts["time"].strip(), zone) if parts else dt.time(tzinfo=zone))
        return local.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError(_(NOT_AN_INSTANT).format(value=quoted(text))) from None


def serial_day(text: str) -> dt.date | None:
    """The day of a number as spreadsheets count days, where the cell is not shown as one; None for other cells.

    These are the days from 1954 to 2119: what is counted so in a column of days is hardly another number.
    """
    found = _SERIAL.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return _FIRST_SERIAL + dt.timedelta(days=int(found[1])) if found else None


def time_in(text: str) -> dt.time | None:
    """The time that stands behind a day in a cell, or alone in it; with its zone where it names one; None for none."""
    typed = text.strip()
    if len(typed) > _LONGEST:
        return None
    parts = _WITH_TIME.fullmatch(typed)
    try:
        found = _time(parts["time"].strip() if parts else typed, dt.UTC)
    except ValueError:
        return None
    named = _TIME.fullmatch(parts["time"].strip() if parts else typed)
    return found if named and named["zone"] else found.replace(tzinfo=None)


def format_moment(moment: dt.datetime) -> str:
    """An instant as `parse_moment` reads it back: ISO 8601 in UTC, such as `2026-03-31T09:30:00Z`."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _day(typed: str, text: str, order: DateOrder) -> dt.date | None:
    try:
        if iso := _ISO.fullmatch(typed):
            return dt.date(int(iso[1]), int(iso[3]), int(iso[4]))
        if numeric := _NUMERIC.fullmatch(typed):
            return _ordered(numeric, text, order)
        if named := _DAY_NAMED.fullmatch(typed):
            return _named(named[1], named[2], named[3])
        if named := _NAMED_DAY.fullmatch(typed):
            return _named(named[2], named[1], named[3])
    except _AmbiguousError:
        raise ValueError(_(AMBIGUOUS).format(value=quoted(text))) from None
    except ValueError:
        raise ValueError(_(NO_SUCH_DAY).format(value=quoted(text))) from None
    return None


class _AmbiguousError(ValueError):
    """Two days are meant."""


def _ordered(numeric: re.Match[str], text: str, order: DateOrder) -> dt.date:
    one, other, year = int(numeric[1]), int(numeric[3]), _year(numeric[4])
    if numeric[2] == "." or order is DateOrder.DAY_FIRST:
        return dt.date(year, other, one)
    if order is DateOrder.MONTH_FIRST:
        return dt.date(year, one, other)
    if one != other and max(one, other) <= _MONTHS_IN_A_YEAR:
        raise _AmbiguousError(text)
    return dt.date(year, other, one) if one > _MONTHS_IN_A_YEAR else dt.date(year, one, other)


def _named(day: str, word: str, year: str) -> dt.date | None:
    month = MONTHS.get(word.lower())
    return dt.date(_year(year), month, int(day)) if month else None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - years of two digits
        return year
    return year + (2000 if year < PIVOT else 1900)


def _time(text: str, zone: dt.tzinfo) -> dt.time:
    parts = _TIME.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    hour = int(parts["hour"])
    if half := parts["half"]:
        if not 1 <= hour <= _NOON:
            raise ValueError(text)
        hour = hour % _NOON + (_NOON if half[0] in "Pp" else 0)
    microsecond = int((parts["fraction"] or "0").ljust(6, "0")[:6])
    return dt.time(hour, int(parts["minute"]), int(parts["second"] or 0), microsecond, _zone(parts["zone"], zone))


def _zone(named: str | None, zone: dt.tzinfo) -> dt.tzinfo:
    if named is None:
        return zone
    if named[0] not in "+-":
        return dt.UTC
    minutes = int(named[1:3]) * 60 + int(named[3:].lstrip(":") or 0)
    return dt.timezone(dt.timedelta(minutes=-minutes if named[0] == "-" else minutes))
