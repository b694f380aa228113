"""The events and to-dos of an iCalendar file, one by one: faults are of one entry and not of the file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars import recurring
from crmtui.exchange.calendars.components import EVENT, METHOD, TASK, ZONE, Part, components, is_harmless
from crmtui.exchange.calendars.entries import (
    Component,
    Entry,
    EntryError,
    days_of,
    entry_of,
    know_zones,
    moved_of,
    on_day,
    parsed,
    rule_of,
    until,
)
from crmtui.exchange.content_lines import LineError
from crmtui.exchange.encoding import Source, examine
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.reading import MOST_PROBLEMS
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAST: Final = 366  # days before today for which series are written out
FUTURE: Final = 92  # days after it
MOST_OF_ONE: Final = 60
MOST_OF_ALL: Final = 10_000
MOST_DAYS: Final = 400_000  # that are looked at, where a count makes it necessary to begin with the first
TOO_OFTEN: Final = N_("its series happen too often to be written out; export a shorter time")


class CalendarFile:
    """An iCalendar file that was opened; its entries can be read several times.

    Args:
        source: the text.
        today: the day around which series are written out.

    Attributes:
        path: where it is.
        notes: what was recognised, a sentence each, in the user's language.
        problems: the entries that the last reading left out, each with its reason.
    """

    def __init__(self, source: Source, today: dt.date) -> None:
        self.path = source.path
        self.notes = [*source.notes]
        self.problems: list[Problem] = []
        self._source = source
        self._today = today
        self._first = today - dt.timedelta(days=PAST)
        self._last = today + dt.timedelta(days=FUTURE)
        self._moved: set[tuple[str, dt.date]] = set()  # of series, what has an entry of its own
        self._is_cancelling = False
        self._written_out = 0
        self._looked_at = 0

    def look_over(self) -> None:
        """Know what stands anywhere in the file and matters everywhere: time zones, and changes of single ones.

        Raises:
            FileProblemError: as `entries`, or there is nothing in it.
        """
        zones, count = [], 0
        for part in self._parts():
            if part.name == ZONE and not part.fault and is_harmless(part.text):
                zones.append(part.text)
            elif part.name == METHOD:
                self._is_cancelling = part.text == "CANCEL"
            elif part.name in (EVENT, TASK):
                count += 1
                if "RECURRENCE-ID" in part.text and (moved := moved_of(part)):
                    self._moved.add(moved)
        if not count:
            raise refusal(self.path, _("there are no events or to-dos in it; is this the right file?"))
        know_zones("".join(zones))

    def entries(self) -> Iterator[Entry]:
        """The entries in their order, series written out; those that have a fault go to `problems`.

        Raises:
            FileProblemError: a property is endless, series happen too often, or the file changed while it was read.
        """
        self.problems.clear()
        self._written_out = self._looked_at = 0
        for part in self._parts():
            if part.name in (EVENT, TASK):
                yield from self._read(part)
        if self._written_out:
            note = _("Series were written out from {first} to {last}, at most {most} of each.").format(
                first=self._first.isoformat(), last=self._last.isoformat(), most=MOST_OF_ONE
            )
            self.notes += [note] if note not in self.notes else []

    def _read(self, part: Part) -> Iterator[Entry]:
        try:
            component = parsed(part)
            entry = entry_of(part, component, is_cancelled=self._is_cancelling)
            # Of a to-do that comes again and again there is the one that is to be done now.
            yield from self._series(entry, component) if "RRULE" in component and not entry.is_task else [entry]
        except EntryError as error:
            if len(self.problems) >= MOST_PROBLEMS:
                raise refusal(
                    self.path, _("too many entries have a fault; is this the right file?"), part.line
                ) from None
            self.problems.append(Problem(part.line, str(error), value=error.value))

    def _series(self, entry: Entry, component: Component) -> Iterator[Entry]:
        """Those of a series that happen around today, the nearest where they are many."""
        begins, rule = component.decoded("DTSTART"), rule_of(component)
        start, ends = begins.date() if isinstance(begins, dt.datetime) else begins, until(component, begins)
        self._looked_at += max((self._last - start).days, 0) if rule.count else 0
        if self._looked_at > MOST_DAYS:
            raise refusal(self.path, _(TOO_OFTEN), entry.line)
        left_out = days_of(component, "EXDATE") | {day for key, day in self._moved if key == entry.key}
        last = min(self._last, ends) if ends else self._last
        found = {*recurring.days(rule, start, self._first, last), *days_of(component, "RDATE")} - left_out
        around = [day for day in found if self._first <= day <= last]
        nearest = sorted(around, key=lambda day: abs((day - self._today).days))[:MOST_OF_ONE]
        self._written_out += len(nearest)
        if self._written_out > MOST_OF_ALL:
            raise refusal(self.path, _(TOO_OFTEN), entry.line)
        for day in sorted(nearest):
            yield on_day(entry, component, day)

    def _parts(self) -> Iterator[Part]:
        try:
            with self._source.open() as stream:
                yield from components(stream)
        except LineError as error:
            raise refusal(self.path, str(error), error.line) from None
        except (OSError, UnicodeError) as error:
            raise refusal(self.path, _("the file changed while it was read; try again")) from error


def read_calendar(path: Path, today: dt.date, encoding: str | None = None) -> CalendarFile:
    """Open an iCalendar file.

    Raises:
        FileProblemError: it cannot be read, has a property without end, or nothing in it is an event or a to-do.
    """
    file = CalendarFile(examine(path, encoding), today)
    file.look_over()
    return file
