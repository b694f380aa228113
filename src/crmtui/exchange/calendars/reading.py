"""The events and to-dos of an iCalendar file, one by one: faults are of one entry and not of the file."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars import series
from crmtui.exchange.calendars.components import EVENT, METHOD, TASK, ZONE, Part, components, is_harmless
from crmtui.exchange.calendars.entries import UNREAD, EntryError, entry_of, know_zones, parsed, unreadable
from crmtui.exchange.calendars.superseded import superseded
from crmtui.exchange.calendars.writing_out import TooOftenError, WritingOut
from crmtui.exchange.content_lines import LineError
from crmtui.exchange.encoding import Source, examine
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.reading import MOST_PROBLEMS
from crmtui.text import N_, _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crmtui.exchange.entries import Entry

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
        series: how those were written out that happen again.
    """

    def __init__(self, source: Source, today: dt.date) -> None:
        self.path = source.path
        self.notes = [*source.notes]
        self.problems: list[Problem] = []
        self.series = WritingOut(today)
        self._source = source
        self._zones = ""
        self._is_cancelling = False
        self._superseded: frozenset[int] = frozenset()  # lines

    def look_over(self) -> None:
        """Know what stands anywhere in the file and matters everywhere: time zones, and changes of single ones.

        Raises:
            FileProblemError: as `entries`, or there is nothing in it.
        """
        zones, count, has_singles = [], 0, False
        for part in self._parts():
            if part.name == ZONE and not part.fault and is_harmless(part.text):
                zones.append(part.text)
            elif part.name == METHOD:
                self._is_cancelling = part.text == "CANCEL"
            elif part.name in (EVENT, TASK):
                count += 1
                has_singles = has_singles or "RECURRENCE-ID" in part.text
        if not count:
            raise refusal(self.path, _("there are no events or to-dos in it; is this the right file?"))
        self._zones = "".join(zones)
        self._superseded = superseded(self._parts)
        if has_singles:
            know_zones(self._zones)
            self._learn(self.series.learn_beginning)
            self._learn(partial(self.series.learn_single, is_cancelled=self._is_cancelling))

    def _learn(self, learn: Callable[[Part], None]) -> None:
        """Tell of each entry; what has a fault is told of when it is read."""
        for part in self._parts():
            if part.name in (EVENT, TASK) and part.line not in self._superseded:
                with contextlib.suppress(EntryError, *UNREAD):
                    learn(part)

    def entries(self) -> Iterator[Entry]:
        """The entries in their order, series written out; those that have a fault go to `problems`.

        Raises:
            FileProblemError: a property is endless, series happen too often, or the file changed while it was read.
        """
        self.problems.clear()
        self.series.begin()
        know_zones(self._zones)
        for part in self._parts():
            if part.name in (EVENT, TASK):
                yield from self._read(part)
        self.notes += [note for note in self.series.notes() if note not in self.notes]

    def _read(self, part: Part) -> Iterator[Entry]:
        try:
            component = parsed(part)
            entry = replace(entry_of(part, component, is_cancelled=self._is_cancelling), key=self.series.key(component))
            if part.line in self._superseded:
                yield replace(entry, is_superseded=True)
                return
            yield from self.series.entries(entry, component) if series.is_series(component) else [entry]
        except TooOftenError:
            raise refusal(self.path, _(TOO_OFTEN), part.line) from None
        except EntryError as error:
            self._leave_out(part.line, error)
        except UNREAD as error:
            self._leave_out(part.line, unreadable(error))

    def _leave_out(self, line: int, error: EntryError) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise refusal(self.path, _("too many entries have a fault; is this the right file?"), line) from None
        self.problems.append(Problem(line, str(error), value=error.value))

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
