"""What to do now: contacts, actions, promises and requests that are due, this week's figures, and what to watch."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.domain.workspace import Actor, Workspace
from crmtui.method.whitespace import SOON
from crmtui.queries import findings
from crmtui.queries.findings import Finding, Rule
from crmtui.store.reading import delivery, records, scenarios, today as rows
from crmtui.store.reading.actions import Task
from crmtui.store.reading.connections import reading
from crmtui.store.reading.contacts import Entry
from crmtui.store.reading.delivery import Due

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

__all__ = ["Agenda", "Deals", "Due", "Entry", "Finding", "Rule", "Task", "Today", "Week", "page"]

NEXT_DAYS: Final = 7
TREND_WEEKS: Final = 8
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Agenda:
    """Contacts still to happen, actions still to be done, and promises and requests still open, of some days.

    Attributes:
        contacts: how many contacts there are.
        entries: the first of them, by day and time.
        tasks: how many actions there are.
        actions: the first of them, by day.
        debts: how many promises and requests there are.
        dues: the first of them, by day.
    """

    contacts: int
    entries: tuple[Entry, ...]
    tasks: int = 0
    actions: tuple[Task, ...] = ()
    debts: int = 0
    dues: tuple[Due, ...] = ()

    @property
    def total(self) -> int:
        """How many of all."""
        return self.contacts + self.tasks + self.debts

    @property
    def more(self) -> int:
        """How many are not told."""
        return self.total - len(self.entries) - len(self.actions) - len(self.dues)


@dataclass(frozen=True, slots=True)
class Week:
    """The contacts from Monday to Sunday; cancelled ones do not count.

    Attributes:
        monday: its first day.
        done: how many happened.
        planned: how many are still to happen, or should have.
        hours_done: of those that have hours; so also hours_planned.
        untimed: how many have no hours.
        hours: the working hours a week of the workspace.
        allotted: what the accepted scenario of the territory gives accounts in a week; None where none is accepted.
        used: hours of the week with these accounts, done and planned.
    """

    monday: dt.date
    done: int = 0
    planned: int = 0
    hours_done: float = 0.0
    hours_planned: float = 0.0
    untimed: int = 0
    hours: float = 0.0
    allotted: float | None = None
    used: float = 0.0


@dataclass(frozen=True, slots=True)
class Deals:
    """The open opportunities; money is never added across currencies.

    Attributes:
        count: how many.
        values: (minor units, currency), the currency with most opportunities first.
        due: how many are expected to close from today to the end of the month.
        late: how many are past their expected close.
        undated: how many have no expected close.
        trend: what was open in the first currency at the end of each of the last `TREND_WEEKS` weeks, the oldest
            first, today last; minor units.
    """

    count: int
    values: tuple[tuple[int, str], ...]
    due: int
    late: int
    undated: int
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The page.

    Attributes:
        day: the day it is of.
        me: the name of the one of ours who is the user; '' where nobody is marked so.
        is_mine: whether it is narrowed to what is the user's, and nobody's.
        overdue: contacts, actions, promises and requests of days before today.
        today: those of today.
        coming: those of the `NEXT_DAYS` after.
        watch: what to keep an eye on, the most urgent first.
        has_accounts: whether there is any.
        is_empty: whether there is nothing to work with yet: nothing due, no open opportunity, nothing found.
    """

    day: dt.date
    me: str
    is_mine: bool
    overdue: Agenda
    today: Agenda
    coming: Agenda
    week: Week
    deals: Deals
    watch: tuple[Finding, ...]
    has_accounts: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to work with yet."""
        has_contacts = self.overdue.total or self.today.total or self.coming.total or self.week.done
        return not (has_contacts or self.deals.count or self.watch)


def page(path: Path, day: dt.date, *, mine: bool = True) -> Today:
    """The page of a day; `mine` narrows it to what is the user's or nobody's, where the workspace knows the user."""
    with reading(path) as connection:
        settings = records.get(connection, Workspace, 1)
        me = next(records.where(connection, Actor, "is_me = 1"), None)
        asked = _parameters(day, me.id if me and mine else None)
        deals = _deals(connection, day, asked)
        return Today(
            day=day,
            me=me.name if me else "",
            is_mine=me is not None and mine,
            overdue=_agenda(connection, "{day} < :today", asked),
            today=_agenda(connection, "{day} = :today", asked),
            coming=_agenda(connection, "{day} > :today AND {day} <= :next", asked),
            week=_week(connection, day, settings.hours_per_week, asked),
            deals=deals,
            watch=findings.watch(connection, asked, day, deals.undated),
            has_accounts=any(True for _account in records.where(connection, Account, "1")),
        )


def _parameters(day: dt.date, me: int | None) -> rows.Parameters:
    monday = _shifted(day, -day.weekday())
    month_end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    days = {
        "today": day,
        "next": _shifted(day, NEXT_DAYS),
        "monday": monday,
        "sunday": _shifted(monday, _WEEK - 1),
        "month_end": month_end,
        "ending": _shifted(day, SOON),
        **{name: _shifted(day, -count) for name, count in findings.PATIENCE.items()},
    }
    shown = {name: value.isoformat() for name, value in days.items()}
    return {**shown, "me": me, "limit": findings.MOST}


def _shifted(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, min(day.toordinal() + days, dt.date.max.toordinal())))


def _agenda(connection: sqlite3.Connection, condition: str, asked: rows.Parameters) -> Agenda:
    contacts = rows.agenda(connection, condition.format(day="c.day"), asked)
    tasks = rows.tasks(connection, condition.format(day="x.due_on"), asked)
    return Agenda(*contacts, *tasks, *delivery.due(connection, condition, asked))


def _week(connection: sqlite3.Connection, day: dt.date, hours: float, asked: rows.Parameters) -> Week:
    found = {is_done: counts for is_done, *counts in rows.week(connection, asked)}
    planned, done = found.get(0, (0, 0.0, 0)), found.get(1, (0, 0.0, 0))
    days = (asked["monday"], asked["sunday"])
    given = scenarios.weekly(connection, asked["today"], days, asked["me"])
    return Week(
        monday=_shifted(day, -day.weekday()),
        done=int(done[0]),
        planned=int(planned[0]),
        hours_done=done[1],
        hours_planned=planned[1],
        untimed=int(done[2] + planned[2]),
        hours=hours,
        allotted=given.allotted if given else None,
        used=given.used if given else 0.0,
    )


def _deals(connection: sqlite3.Connection, day: dt.date, asked: rows.Parameters) -> Deals:
    found = rows.pipeline(connection, asked)
    values = tuple((value, currency) for currency, _count, value, *_days in found if value)
    ends = [_shifted(day, -_WEEK * back) for back in reversed(range(TREND_WEEKS))]
    return Deals(
        count=sum(row[1] for row in found),
        values=values,
        due=sum(row[3] for row in found),
        late=sum(row[4] for row in found),
        undated=sum(row[5] for row in found),
        trend=tuple(rows.pipeline_on(connection, ends, values[0][1], asked)) if values else (),
    )
