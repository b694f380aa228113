"""Series written out around today, within bounds: what one file may tell of them, and what of it has been told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.exchange.calendars import series
from crmtui.exchange.calendars.entries import Component, EntryError, entry_of, parsed, uid_of
from crmtui.exchange.calendars.recurring import Budget
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.calendars.components import Part
    from crmtui.exchange.entries import Entry

PAST: Final = 366  # days before today for which series are written out
FUTURE: Final = 92  # days after it
MOST_OF_ONE: Final = 60
MOST_OF_ALL: Final = 10_000
MOST_LOOKED_AT: Final = 400_000  # days and moments; of those with a count they begin with the first
MOST_LOOKED_AT_OF_ONE: Final = 50_000


class TooOftenError(Exception):
    """The series of a file happen more often than can be written out."""


class _Onward(NamedTuple):
    """What an entry says of one of a series and of all after it.

    Attributes:
        since: that one, on the clock of the series.
        entry: what it says.
        component: as icalendar reads it.
        begins: when that one is now.
    """

    since: dt.datetime
    entry: Entry
    component: Component
    begins: dt.date


class Coming(NamedTuple):
    """What of a series comes.

    Attributes:
        entry: what it says of itself.
        keys: the identities of those from today on.
    """

    entry: Entry
    keys: set[str]


class WritingOut:
    """The series of a file while they are written out.

    Args:
        today: the day around which they are.

    Attributes:
        first: the first day that is told.
        last: the last day that is told.
        coming: of each series of events, by its identity, what of it comes.
    """

    def __init__(self, today: dt.date) -> None:
        self.first = today - dt.timedelta(days=PAST)
        self.last = today + dt.timedelta(days=FUTURE)
        self.coming: dict[str, Coming] = {}
        self._today = today
        self._begins: dict[str, dt.date] = {}
        self._singles: set[str] = set()  # of a series, what has an entry of its own
        self._onward: dict[str, list[_Onward]] = {}
        self._budget = Budget(MOST_LOOKED_AT, MOST_LOOKED_AT_OF_ONE)
        self._told: dict[bool, int] = {True: 0, False: 0}  # how many to-dos, and how many events

    def learn_beginning(self, part: Part) -> None:
        """When a series begins, before its single ones are told apart."""
        if "RRULE" in part.text or "RDATE" in part.text:
            component = parsed(part)
            if series.is_series(component):
                self._begins[uid_of(component)] = series.begins_of(component)

    def learn_single(self, part: Part, *, is_cancelled: bool) -> None:
        """What has an entry of its own and is not to be told of the series again."""
        if "RECURRENCE-ID" not in part.text:
            return
        component = parsed(part)
        uid, of = uid_of(component), series.single_of(component)
        if of is None:
            return
        self._singles.add(self.key(component))
        if series.is_onward(component) and uid in self._begins:
            entry, since = entry_of(part, component, is_cancelled=is_cancelled), series.on_clock(of, self._begins[uid])
            self._onward.setdefault(uid, []).append(_Onward(since, entry, component, series.begins_of(component)))

    def key(self, component: Component) -> str:
        """The identity of an entry: of one of a series with when that was to be."""
        uid, of = uid_of(component), series.single_of(component)
        return uid if of is None else series.key_of(uid, of, self._begins.get(uid))

    def begin(self) -> None:
        """The file is read from its beginning."""
        self.coming.clear()
        self._budget = Budget(MOST_LOOKED_AT, MOST_LOOKED_AT_OF_ONE)
        self._told = {True: 0, False: 0}

    def entries(self, entry: Entry, component: Component) -> Iterator[Entry]:
        """Those of a series that happen around today, the nearest where they are many.

        Of to-dos these are the last one that was due and those that come: what was due before is long done, or it
        would not have come again.

        Raises:
            EntryError: it happens by a rule that cannot be written out.
            TooOftenError: it is of too many.
        """
        begins = series.begins_of(component)
        is_over = entry.is_task and (entry.is_done or entry.is_cancelled)  # then nothing of it comes any more
        found = [series.on_clock(begins, begins)] if is_over else sorted(self._happening(component, begins))
        if entry.is_task and not is_over:
            past = [moment for moment in found if moment.date() < self._today]
            found = found[max(len(past) - 1, 0) :]
        keys = {moment: series.key_of(entry.key, self._real(moment, begins), begins) for moment in found}
        if not entry.is_task:
            ahead = {key for moment, key in keys.items() if moment.date() >= self._today}
            self.coming[entry.key] = Coming(entry, ahead)
        left = [moment for moment in found if keys[moment] not in self._singles]
        nearest = sorted(left, key=lambda moment: abs((moment.date() - self._today).days))[:MOST_OF_ONE]
        self._told[entry.is_task] += len(nearest)
        if sum(self._told.values()) > MOST_OF_ALL:
            raise TooOftenError
        for moment in sorted(nearest):
            yield replace(self._at(entry, component, begins, moment), key=keys[moment])

    def _happening(self, component: Component, begins: dt.date) -> set[dt.datetime]:
        self._budget.begin()
        try:
            return series.happening(component, begins, self.first, self.last, self._budget)
        except EntryError:
            if self._budget.left < 0:
                raise TooOftenError from None
            raise

    @staticmethod
    def _real(moment: dt.datetime, begins: dt.date) -> dt.date:
        return moment if isinstance(begins, dt.datetime) else moment.date()

    def _at(self, entry: Entry, component: Component, begins: dt.date, moment: dt.datetime) -> Entry:
        """One of a series, as the last change says that holds from then on."""
        changes = [change for change in self._onward.get(entry.key, ()) if change.since < moment]
        if not changes:
            return series.at_moment(entry, component, begins, moment)
        change = max(changes, key=lambda one: one.since)
        later = series.on_clock(change.begins, begins) - change.since
        return series.at_moment(change.entry, change.component, begins, moment + later)

    def notes(self) -> list[str]:
        """How the series were written out, a sentence each."""
        found = []
        if self._told[False]:
            found.append(
                _("Series were written out from {first} to {last}, at most {most} of each.").format(
                    first=self.first.isoformat(), last=self.last.isoformat(), most=MOST_OF_ONE
                )
            )
        if self._told[True]:
            found.append(
                _("Of to-dos that come again, the last one that was due and those until {last} were taken.").format(
                    last=self.last.isoformat()
                )
            )
        return found
