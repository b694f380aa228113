"""What an event or a to-do says, read by icalendar and brought to the user's clock."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import replace
from typing import Any, Final

from crmtui.domain.fields import LONGEST_TEXT
from crmtui.exchange.calendars.components import TASK, Part
from crmtui.exchange.content_lines import unescaped
from crmtui.exchange.entries import Entry, EntryKind
from crmtui.text import N_, _, clean, line as one_line

Component = Any  # icalendar's, which is loaded when it is needed
OURS: Final = "X-CRMTUI-"
_WITHOUT_PLACE: Final = ("URL", "CONFERENCE", "ATTACH", "PRIORITY", "COMMENT", "RESOURCES", "GEO")
_NO_PRIORITY: Final = ("PRIORITY", "0")
_UTC_OF_EXCHANGE: Final = re.compile(r'TZID="?tzone://Microsoft/Utc"?', re.IGNORECASE)
_ZONE: Final = re.compile(r';TZID=(?:"[^"\r\n]*+"|[^";:\r\n]*+)', re.IGNORECASE)
# Read here, since the library refuses a to-do by a number of 32 bits or more; some count milliseconds since 1970.
_NUMBER: Final = re.compile(r"^SEQUENCE(?:;[^:\r\n]*+)?:[ \t]*+([^\r\n]*+)\r\n", re.IGNORECASE | re.MULTILINE)
_LONGEST_NUMBER: Final = 15  # digits
_LONGEST_DAY: Final = 24.0
_NO_ZONE: Final = (OSError, RecursionError)  # the name of a zone is looked up as that of a file
UNREAD: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, *_NO_ZONE)

UNREADABLE: Final = N_("it cannot be read: {reason}")
NO_DAY: Final = N_("it does not say when")
NO_KEY: Final = N_("it has no identity (UID), so that it would come twice")


class EntryError(ValueError):
    """An entry that cannot be used: a sentence, and the value that is to blame."""

    def __init__(self, sentence: str, value: str = "") -> None:
        super().__init__(sentence)
        self.value = value


def unreadable(error: Exception) -> EntryError:
    """What is told of an entry that the library cannot make sense of."""
    return EntryError(_(UNREADABLE).format(reason=one_line(str(error))[:100]))


def parsed(part: Part) -> Component:
    """A component as icalendar reads it.

    Raises:
        EntryError: it cannot be used.
    """
    import icalendar

    if part.fault:
        raise EntryError(_(part.fault))
    warnings.filterwarnings("ignore", module="icalendar")  # it guesses what a zone of another program's name is
    kind = icalendar.Event if part.name != TASK else icalendar.Todo
    text = _NUMBER.sub("", _UTC_OF_EXCHANGE.sub("TZID=UTC", part.text))
    try:
        try:
            return kind.from_ical(text)
        except _NO_ZONE:
            return kind.from_ical(_ZONE.sub("", text))  # the time is taken as told, as where a zone is not known
    except UNREAD as error:
        raise unreadable(error) from None


def know_zones(zones: str) -> None:
    """Let the library know the time zones that the file describes; those that it cannot read are taken as told.

    What it knew of another file is forgotten: two files may mean different zones by one name.
    """
    import icalendar

    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # the library tells no type of it
    if zones:
        try:
            icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zones}END:VCALENDAR\r\n")
        except UNREAD:
            return


def uid_of(component: Component) -> str:
    """The identity in the other program."""
    return one_line(str(component.get("UID", "")))


def entry_of(part: Part, component: Component, *, is_cancelled: bool) -> Entry:
    """What an event or a to-do says; `is_cancelled` where the whole file calls off what is in it.

    Raises:
        EntryError: it has no identity, or does not say when.
    """
    is_task, uid = part.name == TASK, uid_of(component)
    if not uid:
        raise EntryError(_(NO_KEY))
    status = str(component.get("STATUS", "")).upper()
    changed = _moment(component, "LAST-MODIFIED") or _moment(component, "DTSTAMP")
    entry = Entry(
        line=part.line,
        kind=EntryKind.TASK if is_task else EntryKind.CONTACT,
        key=uid,
        summary=one_line(str(component.get("SUMMARY", ""))),
        description=clean(str(component.get("DESCRIPTION", ""))).strip(),
        location=one_line(str(component.get("LOCATION", ""))),
        is_cancelled=is_cancelled or status == "CANCELLED",
        mails=_mails(component),
        categories=_categories(component),
        changed_at=changed,
        number=number_of(part),
        ours=_ours(component),
        kept=_rest(component),
    )
    return (
        _due(entry, component, status, changed) if is_task else timed(entry, component, start_of(component, "DTSTART"))
    )


def number_of(part: Part) -> int | None:
    """Its number, which rises with each change."""
    found = _NUMBER.search(part.text)
    told = found[1].strip() if found else ""
    return int(told) if told.isdecimal() and len(told) <= _LONGEST_NUMBER else None


def _due(entry: Entry, component: Component, status: str, changed: dt.datetime | None) -> Entry:
    named = next((name for name in ("DUE", "DTSTART") if name in component), None)
    due = start_of(component, named) if named else None
    completed = _moment(component, "COMPLETED")
    is_done = status == "COMPLETED" or completed is not None or str(component.get("PERCENT-COMPLETE", "")) == "100"
    day = local_day(due) if due is not None else None
    done_at = completed or changed
    return replace(entry, day=day, is_done=is_done, done_on=local_day(done_at) if done_at and is_done else None)


def timed(entry: Entry, component: Component, begins: dt.date) -> Entry:
    """An event with its day, time and length; `begins` is its day, or its instant."""
    day, time = _local(begins)
    length = length_of(component, "DTEND")
    ends = _instant(begins) + (length if length is not None else dt.timedelta(days=0 if time else 1))
    hours = length.total_seconds() / 3600 if length is not None and time else None
    return replace(
        entry,
        day=day,
        time=time,
        ends_at=ends,
        hours=round(hours, 2) if hours is not None and 0 < hours <= _LONGEST_DAY else None,
    )


def length_of(component: Component, end: str) -> dt.timedelta | None:
    """How long it takes, as told or from its start to the property `end`."""
    if "DURATION" in component and isinstance(length := decoded(component, "DURATION"), dt.timedelta):
        return max(length, dt.timedelta(0))
    if end not in component or "DTSTART" not in component:
        return None
    first, last = start_of(component, "DTSTART"), start_of(component, end)
    if not (isinstance(first, dt.datetime) or isinstance(last, dt.datetime)):
        return max(last - first, dt.timedelta(0))
    return max(_instant(last) - _instant(first), dt.timedelta(0))


def decoded(component: Component, name: str) -> Component:
    """The value of a property, the first where there are several; None where it cannot be read."""
    try:
        found = component.decoded(name)
    except UNREAD:
        return None
    return found[0] if isinstance(found, list) and found else found


def start_of(component: Component, name: str) -> dt.date:
    """The day or the instant of a property."""
    found = decoded(component, name)
    if not isinstance(found, dt.date):
        raise EntryError(_(NO_DAY), one_line(str(component.get(name, "")))[:100])
    return found


def _moment(component: Component, name: str) -> dt.datetime | None:
    found = decoded(component, name) if name in component else None
    return _instant(found) if isinstance(found, dt.datetime) else None


def _instant(moment: dt.date) -> dt.datetime:
    """An instant, that of midnight for a day; what names no zone is on the user's clock."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    try:
        return moment.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return moment.replace(tzinfo=dt.UTC)


def _local(moment: dt.date) -> tuple[dt.date, str]:
    """Day and time on the user's clock; no time for a day."""
    if not isinstance(moment, dt.datetime):
        return moment, ""
    try:
        local = moment.astimezone() if moment.tzinfo is not None else moment
    except (OverflowError, ValueError):
        local = moment
    return local.date(), f"{local:%H:%M}"


def local_day(moment: dt.date) -> dt.date:
    """The day on the user's clock."""
    return _local(moment)[0]


def listed(said: Component) -> list[Component]:
    """What is told, once or several times."""
    return said if isinstance(said, list) else [said]


def _mails(component: Component) -> tuple[str, ...]:
    found = []
    for name in ("ATTENDEE", "ORGANIZER"):
        for one in listed(component.get(name, [])):
            address = str(getattr(one, "params", {}).get("EMAIL", "")) or str(one)
            found.append(one_line(address).lower().removeprefix("mailto:"))
    return tuple(dict.fromkeys(address for address in found if "@" in address))


def _categories(component: Component) -> tuple[str, ...]:
    said = listed(component.get("CATEGORIES", []))
    return tuple(one_line(str(word)) for one in said for word in getattr(one, "cats", [one]))


def _rest(component: Component) -> dict[str, str]:
    """What it tells people and has no field here, by the names of the properties; none of what only programs read."""
    found = {}
    for name in _WITHOUT_PLACE:
        said = [one for one in listed(component.get(name, [])) if not _is_binary(one)]
        told = "\n".join(
            filter(None, (clean(unescaped(one.to_ical().decode("utf-8", "replace"))).strip() for one in said))
        )
        if told and len(told) <= LONGEST_TEXT and (name, told) != _NO_PRIORITY:
            found[name] = told
    return found


def _is_binary(said: Component) -> bool:
    """Whether a value is a file, and not where one is."""
    return str(getattr(said, "params", {}).get("ENCODING", "")).upper() == "BASE64"


def _ours(component: Component) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, said in component.items():
        if name.upper().startswith(OURS):
            values = tuple(one_line(unescaped(str(value))) for value in listed(said))
            found[name.upper().removeprefix(OURS)] = values
    return found
