"""Contacts and actions as events and to-dos of a calendar, so that importing again updates what is there.

Nobody is an `ATTENDEE`: a program that reads one may write to customers. Who takes part is a `CONTACT`, which is text.
Times name no zone: they are those of the clock on the wall where the user is, as the records have them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars.entries import OURS
from crmtui.exchange.content_lines import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRODUCT: Final = "-//crmtui//crmtui//EN"
#: What stands behind the identity of a record of ours in that of its entry.
AT: Final = "@crmtui"
_MINUTES: Final = 60

HEAD: Final = "".join(
    written(name, value)
    for name, value in (("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"))
)
TAIL: Final = written("END", "VCALENDAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOf:
    """An event, or a to-do, to be written: texts as the record has them, '' for what is not known.

    Attributes:
        is_task: whether it is a to-do.
        uid: the identity that does not change.
        number: higher whenever it has changed (`SEQUENCE`).
        changed_at: the instant of its last change, ISO in UTC.
        day: the day of an event, or on which a to-do is due, ISO.
        time: HH:MM; '' for a whole day.
        hours: how long an event takes.
        status: in the words of the format.
        done_on: the day on which a to-do was done, ISO.
        categories: its words.
        people: names of who takes part.
        ours: more, that we read back: names without the prefix, and values.
    """

    is_task: bool
    uid: str
    summary: str
    changed_at: str
    number: int = 0
    description: str = ""
    day: str = ""
    time: str = ""
    hours: float | None = None
    status: str = ""
    done_on: str = ""
    categories: Sequence[str] = ()
    people: Sequence[str] = ()
    ours: Sequence[tuple[str, str]] = ()


def entry_text(entry: EntryOf) -> str:
    """The entry as text, from `BEGIN` to `END`."""
    lines = _task(entry) if entry.is_task else _event(entry)
    return "".join(written(name, value, parameters) for name, value, parameters in lines if value)


_Written = tuple[str, str, list[tuple[str, str]]]
_DAY: Final = [("VALUE", "DATE")]


def _event(entry: EntryOf) -> Iterator[_Written]:
    yield "BEGIN", "VEVENT", []
    yield from _about(entry)
    if entry.time:
        yield "DTSTART", f"{_basic(entry.day)}T{entry.time.replace(':', '')}00", []
        yield "DURATION", f"PT{round((entry.hours or 0) * _MINUTES)}M" if entry.hours else "", []
    else:
        yield "DTSTART", _basic(entry.day), _DAY
    yield "END", "VEVENT", []


def _task(entry: EntryOf) -> Iterator[_Written]:
    yield "BEGIN", "VTODO", []
    yield from _about(entry)
    yield "DUE", _basic(entry.day), _DAY
    # The day is all that is known; noon in UTC is on it almost everywhere.
    yield "COMPLETED", f"{_basic(entry.done_on)}T120000Z" if entry.done_on else "", []
    yield "END", "VTODO", []


def _about(entry: EntryOf) -> Iterator[_Written]:
    yield "UID", escaped(entry.uid), []
    yield "DTSTAMP", _stamp(entry.changed_at), []
    yield "LAST-MODIFIED", _stamp(entry.changed_at), []
    yield "SEQUENCE", str(entry.number), []
    yield "SUMMARY", escaped(entry.summary), []
    yield "DESCRIPTION", escaped(entry.description), []
    yield "STATUS", entry.status, []
    yield "CATEGORIES", ",".join(map(escaped, filter(None, entry.categories))), []
    for name in entry.people:
        yield "CONTACT", escaped(name), []
    for name, value in entry.ours:
        yield f"{OURS}{name}", escaped(value), []


def _basic(day: str) -> str:
    return day.replace("-", "")


def _stamp(instant: str) -> str:
    """`20260331T093000Z` for an instant in ISO 8601."""
    moment = dt.datetime.fromisoformat(instant).astimezone(dt.UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}"
