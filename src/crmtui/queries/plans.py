"""A communication plan on one page: weeks across, people down, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.plans import Plan
from crmtui.domain.words import ContactStatus
from crmtui.method.plan import Burden, Frame, Share, State, Summary, Touch, burden, summary
from crmtui.queries import proposing
from crmtui.store.reading import contacts, dmu, plans, records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.contacts import Entry
from crmtui.store.reading.plans import Margin, Reachable, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.coverage import Coverage
    from crmtui.store.reading.scenarios import Accepted

__all__ = ["Burden", "Entry", "Margin", "PlanPage", "Reachable", "Share", "Subject", "Summary", "monday", "page"]

MOST_WEEKS: Final = 520  # ten years: a plan of a wrong year must not draw a million columns
MARGIN: Final = dt.timedelta(weeks=26)  # how far before and after the plan its contacts have weeks of their own
_WEEK: Final = dt.timedelta(days=7)
_STATES: Final = {ContactStatus.DONE: State.DONE, ContactStatus.CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as a grid.

    Attributes:
        plan: the record.
        subject: the account and the opportunity it is for.
        weeks: the Mondays of the plan, and of its contacts outside of it as far as `MARGIN`; at most `MOST_WEEKS`.
        rows: the people, those who weigh most first; None is the row of contacts with nobody named, the last one.
        cells: the contacts of a person in a week, by key of the person (None: nobody) and Monday, by day and time.
            A contact with several people is in the cell of each; one beyond the weeks is in the first or last.
        entries: every contact of the plan once, by day and time.
        summary: the figures, with the keys of the contacts behind them.
        channels: names by key.
        actors: names by key.
        refused: names of the channels that a person has refused, by key.
        now: coverage by what happened; None where there is no map.
        ahead: coverage at the end of the plan if what is planned happens, here or in other plans; None likewise.
        seats: the names of those on the map, by stakeholder: of the terms of both.
        margin: what the orders of the account brought in the last twelve months.
        burden: the cost of the plan against it.
        caution: what is to be said before anything is spent on the account; '' for nothing.
        allotted: what the accepted scenario of its time gives the account; None where none is accepted.
    """

    plan: Plan
    subject: Subject
    weeks: tuple[dt.date, ...]
    rows: tuple[Reachable | None, ...]
    cells: Mapping[tuple[int | None, dt.date], tuple[Entry, ...]]
    entries: tuple[Entry, ...]
    summary: Summary
    channels: Mapping[int, str]
    actors: Mapping[int, str]
    refused: Mapping[int, tuple[str, ...]]
    now: Coverage | None
    ahead: Coverage | None
    seats: Mapping[int, str]
    margin: Margin
    burden: Burden
    caution: str
    allotted: Accepted | None

    @property
    def unwanted(self) -> tuple[int, ...]:
        """The contacts to come on a channel that somebody in them has refused meanwhile."""
        return tuple(
            entry.id
            for entry in self.entries
            if entry.is_open and any(entry.channel in self.refused.get(person.id, ()) for person in entry.people)
        )

    def is_inside(self, week: dt.date) -> bool:
        """Whether the plan spans a day of a week."""
        return self.plan.starts_on - week < _WEEK and week <= self.plan.ends_on


def monday(day: dt.date) -> dt.date:
    """The first day of a week."""
    return day - dt.timedelta(days=day.weekday())


def page(path: Path, plan_id: int, today: dt.date) -> PlanPage:
    """A plan with its contacts; NotFoundError if it is gone."""
    with reading(path) as connection:
        plan = records.get(connection, Plan, plan_id)
        subject = plans.subject(connection, plan_id)
        entries = contacts.entries(connection, "c.plan_id = :plan", {"plan": plan_id})
        named = sorted({person.id for entry in entries for person in entry.people})
        people = plans.people(connection, subject, named)
        channels, actors = plans.names(connection, "channel"), plans.names(connection, "actor")
        refused = contacts.refused_by(connection, [person.id for person in people])
        found = proposing.stands(connection, subject, today)
        ahead = proposing.ahead(connection, plan, found, today) if found else None
        seats = dmu.called(connection, found.map_id) if found else {}
        margin = plans.margin(connection, subject.account_id, plan.currency, today)
        hour_cost = proposing.hour_cost(connection, plan)
        caution = proposing.caution(connection, subject)
        account_id = subject.account_id
        allotted = proposing.allotted(connection, account_id, plan, today)
    has_nobody = any(not entry.people for entry in entries)
    weeks = _weeks(plan, entries)
    frame = Frame(plan.starts_on, plan.ends_on, plan.currency, plan.budget)
    figures = summary(map(_touch, entries), frame, today)
    return PlanPage(
        plan=plan,
        subject=subject,
        weeks=weeks,
        rows=(*people, *((None,) if has_nobody else ())),
        cells=_cells(entries, weeks),
        entries=entries,
        summary=figures,
        channels=channels,
        actors=actors,
        refused=refused,
        now=found.figures.coverage if found else None,
        ahead=ahead,
        seats=seats,
        margin=margin,
        burden=burden(figures, hour_cost, margin.minor),
        caution=caution,
        allotted=allotted,
    )


def _weeks(plan: Plan, entries: Sequence[Entry]) -> tuple[dt.date, ...]:
    days = [entry.day for entry in entries if _is_near(plan, entry.day)]
    first, last = monday(min([plan.starts_on, *days])), monday(max([plan.ends_on, *days]))
    count = min((last - first).days // _WEEK.days + 1, MOST_WEEKS)
    return tuple(first + number * _WEEK for number in range(count))


def _is_near(plan: Plan, day: dt.date) -> bool:
    """Differences, since a day of the first or last year must not be stepped over."""
    return plan.starts_on - day <= MARGIN and day - plan.ends_on <= MARGIN


def _cells(entries: Iterable[Entry], weeks: Sequence[dt.date]) -> dict[tuple[int | None, dt.date], tuple[Entry, ...]]:
    found: dict[tuple[int | None, dt.date], list[Entry]] = defaultdict(list)
    for entry in entries:
        week = max(weeks[0], min(monday(entry.day), weeks[-1]))
        people: list[int | None] = [person.id for person in entry.people]
        for person in people or [None]:
            found[person, week].append(entry)
    return {place: tuple(same) for place, same in found.items()}


def _touch(entry: Entry) -> Touch:
    return Touch(
        id=entry.id,
        day=entry.day,
        state=_STATES.get(entry.status, State.OPEN),
        channel=entry.channel_id,
        people=tuple(person.id for person in entry.people),
        actor=entry.actor_id,
        cost=entry.cost,
        currency=entry.currency,
        hours=entry.hours,
    )
