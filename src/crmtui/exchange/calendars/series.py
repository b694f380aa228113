"""What an event or a to-do says of when it happens again, and those of the series that happen in a stretch of time.

All of a series is told on the clock in whose zone it begins, as moments without a zone: so a meeting at nine stays one
when the clocks change, and what names single ones of it in another zone (Google does, in UTC) still means the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars.entries import (
    UNREAD,
    Component,
    EntryError,
    decoded,
    length_of,
    listed,
    local_day,
    start_of,
    timed,
)
from crmtui.exchange.calendars.recurring import Budget, moments
from crmtui.exchange.calendars.rules import UNKNOWN, Rule, RuleError, parse_rule
from crmtui.text import _, line as one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.entries import Entry

_MOST_DATES: Final = 5_000
_ONWARD: Final = "THISANDFUTURE"


def is_series(component: Component) -> bool:
    """Whether it happens more than once."""
    return ("RRULE" in component or "RDATE" in component) and "RECURRENCE-ID" not in component


def begins_of(component: Component) -> dt.date:
    """The day or the instant of the first; a to-do may tell only when it is due.

    Raises:
        EntryError: it does not say when.
    """
    return start_of(component, "DTSTART" if "DTSTART" in component or "DUE" not in component else "DUE")


def single_of(component: Component) -> dt.date | None:
    """The day or the instant of that one of a series which an entry stands for."""
    found = decoded(component, "RECURRENCE-ID") if "RECURRENCE-ID" in component else None
    return found if isinstance(found, dt.date) else None


def is_onward(component: Component) -> bool:
    """Whether what it says of one holds for all after it too."""
    return str(getattr(component["RECURRENCE-ID"], "params", {}).get("RANGE", "")).upper() == _ONWARD


def on_clock(moment: dt.date, begins: dt.date) -> dt.datetime:
    """A day or an instant on the clock of a series; midnight for a day."""
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time())
    if not isinstance(begins, dt.datetime):
        return dt.datetime.combine(moment.date(), dt.time())
    try:
        return (moment.astimezone(begins.tzinfo) if moment.tzinfo is not None else moment).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return moment.replace(tzinfo=None)


def key_of(uid: str, moment: dt.date, begins: dt.date | None) -> str:
    """The identity of one of a series: with its day, and with its time where that is not the usual one."""
    if not isinstance(moment, dt.datetime) or begins is None:
        day = moment.date() if isinstance(moment, dt.datetime) else moment
        return f"{uid}#{day.isoformat()}"
    at = on_clock(moment, begins)
    time = "" if at.time() == on_clock(begins, begins).time() else f"{at:T%H:%M:%S}".removesuffix(":00")
    return f"{uid}#{at.date().isoformat()}{time}"


def happening(component: Component, begins: dt.date, first: dt.date, last: dt.date, budget: Budget) -> set[dt.datetime]:
    """When it happens, from a day to another.

    Raises:
        EntryError: by a rule that cannot be written out.
    """
    start, end = on_clock(begins, begins), dt.datetime.combine(last, dt.time.max)
    rules = [(said, _rule(said)) for said in listed(component.get("RRULE", []))]
    found = set() if rules else {start}
    for said, rule in rules:
        found |= _by_rule(rule, start, first, min(end, _until(said, begins) or end), budget)
    found |= {on_clock(moment, begins) for moment in _dates(component, "RDATE")}
    for said in listed(component.get("EXRULE", [])):
        found -= _by_rule(_rule(said), start, first, min(end, _until(said, begins) or end), budget)
    is_once_a_day = all(rule.is_once_a_day for _said, rule in rules)
    off = set[dt.date]()
    for moment in _dates(component, "EXDATE"):
        at = on_clock(moment, begins)
        if isinstance(moment, dt.datetime) and (at in found or not is_once_a_day):
            found.discard(at)
        else:  # the whole day; some programs tell another time than that of the series
            off.add(at.date())
    return {moment for moment in found if first <= moment.date() <= last and moment.date() not in off}


def _by_rule(rule: Rule, start: dt.datetime, first: dt.date, end: dt.datetime, budget: Budget) -> set[dt.datetime]:
    try:
        return set(moments(rule, start, first, end, budget))
    except RuleError as error:
        raise EntryError(_(str(error))) from None


def _rule(said: Component) -> Rule:
    text = one_line(str(said))[:100]
    try:
        text = one_line(said.to_ical().decode("utf-8", "replace"))[:100]
        return parse_rule({name.upper(): listed(said[name]) for name in said})
    except RuleError as error:
        raise EntryError(_(str(error)).format(rule=text), text) from None
    except UNREAD:
        raise EntryError(_(UNKNOWN).format(rule=text)) from None


def _until(said: Component, begins: dt.date) -> dt.datetime | None:
    """The last moment of a rule that says one."""
    last = next(iter(listed(said.get("UNTIL", []))), None)
    if isinstance(last, dt.datetime) and isinstance(begins, dt.datetime):
        return on_clock(last, begins)
    return dt.datetime.combine(last, dt.time.max) if isinstance(last, dt.date) else None


def _dates(component: Component, name: str) -> Iterator[dt.date]:
    """The days or instants of a property that lists them."""
    for one in listed(component.get(name, [])):
        for said in getattr(one, "dts", [])[:_MOST_DATES]:
            moment = getattr(said, "dt", None)
            moment = moment[0] if isinstance(moment, tuple) else moment  # a period begins with its start
            if isinstance(moment, dt.date):
                yield moment


def at_moment(entry: Entry, component: Component, begins: dt.date, moment: dt.datetime) -> Entry:
    """The entry of a series that happens at a moment on its clock."""
    real = moment.replace(tzinfo=begins.tzinfo) if isinstance(begins, dt.datetime) else moment.date()
    if entry.is_task:
        length = length_of(component, "DUE") if "DUE" in component else None
        return replace(entry, day=local_day(real + length if length is not None else real))
    return timed(entry, component, real)
