"""What an event or a to-do says, read by icalendar and brought to the user's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.calendars import recurring
from crmtui.exchange.calendars.components import TASK, Part
from crmtui.exchange.content_lines import unescaped
from crmtui.text import N_, _, clean, line as one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

Component = Any  # icalendar's, which is loaded when it is needed
OURS: Final = "X-CRMTUI-"
_LONGEST_DAY: Final = 24.0
_MOST_DATES: Final = 5_000
_UNREAD: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)

UNREADABLE: Final = N_("it cannot be read: {reason}")
NO_DAY: Final = N_("it does not say when")
NO_KEY: Final = N_("it has no identity (UID), so that it would come twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event or a to-do; of a series one of those that happen.

    Attributes:
        line: the line on which it begins, counted from 1.
        is_task: whether it is a to-do.
        key: its identity in the other program; of one of a series with its day behind a `#`.
        summary: what it is called, on one line.
        description: the text, which may have several lines.
        location: on one line.
        day: the day on which it begins, or is due, on the user's clock.
        time: HH:MM on the user's clock; '' for a whole day.
        ends_at: the instant of its end.
        hours: how long it takes; None where it is not told, or takes days.
        is_cancelled: whether it was called off.
        is_done: whether a to-do is completed.
        done_on: the day on which it was; None where it is not told.
        mails: the addresses of who takes part, in lower case, the organizer last.
        categories: its words.
        changed_at: the instant of its last change; None where it is not told.
        ours: our own properties by their names without the prefix, each with its values.
    """

    line: int
    is_task: bool
    key: str
    summary: str
    description: str = ""
    location: str = ""
    day: dt.date | None = None
    time: str = ""
    ends_at: dt.datetime | None = None
    hours: float | None = None
    is_cancelled: bool = False
    is_done: bool = False
    done_on: dt.date | None = None
    mails: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    changed_at: dt.datetime | None = None
    ours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class EntryError(ValueError):
    """An entry that cannot be used: a sentence, and the value that is to blame."""

    def __init__(self, sentence: str, value: str = "") -> None:
        super().__init__(sentence)
        self.value = value


def parsed(part: Part) -> Component:
    """A component as icalendar reads it.

    Raises:
        EntryError: it cannot be used.
    """
    import icalendar

    if part.fault:
        raise EntryError(_(part.fault))

    kind = icalendar.Event if part.name != TASK else icalendar.Todo
    try:
        return kind.from_ical(part.text)
    except _UNREAD as error:
        raise EntryError(_(UNREADABLE).format(reason=one_line(str(error))[:100])) from None


def know_zones(zones: str) -> None:
    """Let the library know the time zones that the file describes; those that it cannot read are taken as told."""
    import icalendar

    if zones:
        try:
            icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zones}END:VCALENDAR\r\n")
        except _UNREAD:
            return


def entry_of(part: Part, component: Component, *, is_cancelled: bool) -> Entry:
    """What an event or a to-do says; `is_cancelled` where the whole file calls off what is in it.

    Raises:
        EntryError: it has no identity, or does not say when.
    """
    is_task, uid = part.name == TASK, one_line(str(component.get("UID", "")))
    if not uid:
        raise EntryError(_(NO_KEY))
    status = str(component.get("STATUS", "")).upper()
    changed = _moment(component, "LAST-MODIFIED") or _moment(component, "DTSTAMP")
    entry = Entry(
        line=part.line,
        is_task=is_task,
        key=f"{uid}#{again.isoformat()}" if (again := _day_of_series(component)) else uid,
        summary=one_line(str(component.get("SUMMARY", ""))),
        description=clean(str(component.get("DESCRIPTION", ""))).strip(),
        location=one_line(str(component.get("LOCATION", ""))),
        is_cancelled=is_cancelled or status == "CANCELLED",
        mails=_mails(component),
        categories=_categories(component),
        changed_at=changed,
        ours=_ours(component),
    )
    return (
        _due(entry, component, status, changed) if is_task else _timed(entry, component, _start(component, "DTSTART"))
    )


def _due(entry: Entry, component: Component, status: str, changed: dt.datetime | None) -> Entry:
    due = _start(component, "DUE") if "DUE" in component else _start(component, "DTSTART", needed=False)
    completed = _moment(component, "COMPLETED")
    is_done = status == "COMPLETED" or completed is not None or str(component.get("PERCENT-COMPLETE", "")) == "100"
    day = _local(due)[0] if due is not None else None
    done_at = completed or changed
    return replace(entry, day=day, is_done=is_done, done_on=_local(done_at)[0] if done_at and is_done else None)


def _timed(entry: Entry, component: Component, begins: dt.date) -> Entry:
    """An event with its day, time and length; `begins` is its day, or its instant."""
    day, time = _local(begins)
    length = _length(component)
    ends = _instant(begins) + (length if length is not None else dt.timedelta(days=0 if time else 1))
    hours = length.total_seconds() / 3600 if length is not None and time else None
    return replace(
        entry,
        day=day,
        time=time,
        ends_at=ends,
        hours=round(hours, 2) if hours is not None and 0 < hours <= _LONGEST_DAY else None,
    )


def _length(component: Component) -> dt.timedelta | None:
    if "DURATION" in component and isinstance(length := _decoded(component, "DURATION"), dt.timedelta):
        return max(length, dt.timedelta(0))
    if "DTEND" not in component:
        return None
    try:
        return max(_instant(_start(component, "DTEND")) - _instant(_start(component, "DTSTART")), dt.timedelta(0))
    except OverflowError:
        return None


def _decoded(component: Component, name: str) -> Component:
    try:
        found = component.decoded(name)
    except _UNREAD:
        return None
    return found[0] if isinstance(found, list) and found else found


def _start(component: Component, name: str, *, needed: bool = True) -> Component:
    """The day or the instant of a property."""
    if name not in component and not needed:
        return None
    found = _decoded(component, name)
    if not isinstance(found, dt.date):
        raise EntryError(_(NO_DAY), one_line(str(component.get(name, "")))[:100])
    return found


def _moment(component: Component, name: str) -> dt.datetime | None:
    found = _decoded(component, name) if name in component else None
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


def _mails(component: Component) -> tuple[str, ...]:
    found = []
    for name in ("ATTENDEE", "ORGANIZER"):
        said = component.get(name, [])
        for one in said if isinstance(said, list) else [said]:
            address = str(getattr(one, "params", {}).get("EMAIL", "")) or str(one)
            found.append(one_line(address).lower().removeprefix("mailto:"))
    return tuple(dict.fromkeys(address for address in found if "@" in address))


def _categories(component: Component) -> tuple[str, ...]:
    said = component.get("CATEGORIES", [])
    lists = said if isinstance(said, list) else [said]
    return tuple(one_line(str(word)) for one in lists for word in getattr(one, "cats", [one]))


def _ours(component: Component) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, said in component.items():
        if name.upper().startswith(OURS):
            values = said if isinstance(said, list) else [said]
            found[name.upper().removeprefix(OURS)] = tuple(one_line(unescaped(str(value))) for value in values)
    return found


def _day_of_series(component: Component) -> dt.date | None:
    found = _decoded(component, "RECURRENCE-ID") if "RECURRENCE-ID" in component else None
    if isinstance(found, dt.datetime):
        return found.date()
    return found if isinstance(found, dt.date) else None


def moved_of(part: Part) -> tuple[str, dt.date] | None:
    """Of which series, and on which of its days, an entry stands for one."""
    try:
        component = parsed(part)
    except EntryError:
        return None
    day = _day_of_series(component)
    return (one_line(str(component.get("UID", ""))), day) if day else None


def rule_of(component: Component) -> recurring.Rule:
    """The rule of a series; EntryError when it is not written out."""
    said = _listed(component["RRULE"])[0]
    try:
        text = one_line(said.to_ical().decode("utf-8", "replace"))[:100]
        return recurring.parse_rule({name.upper(): _listed(said[name]) for name in said})
    except recurring.RuleError as error:
        raise EntryError(_(str(error)).format(rule=text), text) from None
    except _UNREAD:
        raise EntryError(_(recurring.UNKNOWN).format(rule=one_line(str(said))[:100])) from None


def _listed(said: Component) -> list[Component]:
    return said if isinstance(said, list) else [said]


def until(component: Component, begins: dt.date) -> dt.date | None:
    """The last day of a series that says one, in the zone in which it begins."""
    last = next(iter(_listed(_listed(component["RRULE"])[0].get("UNTIL", []))), None)
    if isinstance(last, dt.datetime):
        if isinstance(begins, dt.datetime) and last.tzinfo is not None and begins.tzinfo is not None:
            local = last.astimezone(begins.tzinfo)
            return local.date() if local.time() >= begins.time() else local.date() - dt.timedelta(days=1)
        return last.date()
    return last if isinstance(last, dt.date) else None


def days_of(component: Component, name: str) -> set[dt.date]:
    """The days of a property that lists them, in the zone in which they are written."""
    said = component.get(name, [])
    found = set()
    for one in said if isinstance(said, list) else [said]:
        for moment in getattr(one, "dts", [])[:_MOST_DATES]:
            day = getattr(moment, "dt", None)
            if isinstance(day, dt.date):
                found.add(day.date() if isinstance(day, dt.datetime) else day)
    return found


def on_day(entry: Entry, component: Component, day: dt.date) -> Entry:
    """The entry of a series that happens on a day."""
    begins = component.decoded("DTSTART")
    is_timed = isinstance(begins, dt.datetime)
    begins = dt.datetime.combine(day, begins.time(), begins.tzinfo) if is_timed else day
    return replace(_timed(entry, component, begins), key=f"{entry.key}#{day.isoformat()}")
