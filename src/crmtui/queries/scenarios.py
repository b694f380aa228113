"""Scenarios of the territory: the hours they give each account, beside those that were spent and are planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.territory import ScenarioLine, TerritoryScenario
from crmtui.method.proposals import Allowance
from crmtui.method.served import service
from crmtui.method.territory_plan import Served
from crmtui.method.units import UNITS
from crmtui.store.reading import records, scenarios as rows
from crmtui.store.reading.connections import reading
from crmtui.text import line

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from crmtui.method.served import Service
    from crmtui.method.units import Unit

__all__ = ["WEEKS", "Line", "ScenarioPage", "Watched", "of_period", "page", "watched"]

WEEKS: Final = 13  # a period of the territory
_ABOUT: Final = 7  # days by which quarters differ
_SLACK: Final = 0.05  # hours that rounding may add


@dataclass(frozen=True, slots=True)
class Line:
    """An account of a scenario.

    Attributes:
        key: which.
        name: on one line.
        hours_today: what it got when the scenario was saved; None when unknown.
        gain: what it was expected to gain, minor units of `currency`; None when unknown.
        currency: of that.
        service: its hours, and what was and will be spent on it.
        contacts: that it gets, where the scenario is divided in them; else None.
        is_gone: whether it was closed or lost since: what it gets counts no more.
        lost_on: the day it was lost; None where nobody told.
    """

    key: int
    name: str
    hours_today: float | None
    gain: int | None
    currency: str
    service: Service
    contacts: int | None
    is_gone: bool
    lost_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario with its accounts.

    Attributes:
        scenario: the record.
        share: of its days, how many have gone, 0 to 1.
        lines: the accounts, those with most hours first.
        trips: hours of the trips to them, where it counts those.
    """

    scenario: TerritoryScenario
    share: float
    lines: tuple[Line, ...]
    trips: float

    @property
    def there(self) -> tuple[Line, ...]:
        """The accounts that were neither closed nor lost since."""
        return tuple(one for one in self.lines if not one.is_gone)

    @property
    def gone(self) -> tuple[Line, ...]:
        """Those that were: what they get is free for others."""
        return tuple(one for one in self.lines if one.is_gone)

    @property
    def hours(self) -> float:
        """Of all accounts that are there, with the trips to them."""
        return sum(one.service.hours for one in self.there) + self.trips

    @property
    def unit(self) -> Unit:
        """What its effort is divided in."""
        return UNITS[self.scenario.unit]

    @property
    def used(self) -> float:
        """What they take of what there is."""
        return sum(one.contacts or 0 for one in self.there) if self.unit.is_contacts else self.hours

    @property
    def is_beyond(self) -> bool:
        """Whether it takes more than there is; not where nobody said how much there is."""
        return 0 < self.scenario.capacity < self.used - _SLACK

    @property
    def gains(self) -> dict[str, int]:
        """What they gain in all, by currency; without accounts of which it is unknown."""
        found: dict[str, int] = {}
        for one in self.there:
            if one.gain is not None:
                found[one.currency] = found.get(one.currency, 0) + one.gain
        return found


@dataclass(frozen=True, slots=True)
class Watched:
    """An account that gets too little or too much of what the accepted scenario gives it.

    Attributes:
        key: which.
        name: on one line.
        scenario: the name of the scenario.
        ends_on: its last day.
        service: its hours, and what was and will be spent on it.
    """

    key: int
    name: str
    scenario: str
    ends_on: dt.date
    service: Service


def page(path: Path, scenario_id: int, today: dt.date) -> ScenarioPage:
    """A scenario with its accounts; NotFoundError if it is gone."""
    with reading(path) as connection:
        scenario = records.get(connection, TerritoryScenario, scenario_id)
        kept = {
            one.account_id: one for one in records.where(connection, ScenarioLine, "scenario_id = ?", (scenario_id,))
        }
        found = rows.of_scenario(connection, scenario_id, today.isoformat())
        trips = rows.trips(connection, scenario_id, today.isoformat()) / of_period(scenario)
    share = _share(scenario.starts_on, scenario.ends_on, today)
    lines = [
        Line(
            key=one.account_id,
            name=line(one.name),
            hours_today=kept[one.account_id].hours_today,
            gain=kept[one.account_id].gain,
            currency=kept[one.account_id].currency,
            service=service(one.hours, one.done, one.planned, share),
            contacts=kept[one.account_id].contacts,
            is_gone=bool(one.is_gone),
            lost_on=dt.date.fromisoformat(one.lost_on) if one.is_gone and one.lost_on else None,
        )
        for one in found
    ]
    return ScenarioPage(scenario, share, tuple(sorted(lines, key=lambda one: -one.service.hours)), trips)


def of_period(scenario: TerritoryScenario) -> float:
    """How much of a scenario's hours a period of `WEEKS` has: all of them where it is a quarter, by any calendar."""
    days, period = (scenario.ends_on - scenario.starts_on).days + 1, WEEKS * 7
    return 1.0 if abs(days - period) <= _ABOUT else period / days


def watched(connection: sqlite3.Connection, today: dt.date, me: int | None) -> list[Watched]:
    """The accounts of one of ours and of nobody, or all, that the accepted scenario says are not served right.

    Those that are farthest from it first.
    """
    current = rows.current(connection, today.isoformat())
    if current is None:
        return []
    key, name, first, last = current
    starts_on, ends_on = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    share = _share(starts_on, ends_on, today)
    found = [
        Watched(one.account_id, line(one.name), line(name), ends_on, service(one.hours, one.done, one.planned, share))
        for one in rows.of_scenario(connection, key, today.isoformat())
        if not one.is_gone and (me is None or one.owner_id in (None, me))
    ]
    off = [one for one in found if one.service.served is not Served.RIGHT]
    return sorted(off, key=lambda one: -one.service.off)


def allowances(connection: sqlite3.Connection, today: dt.date) -> dict[int, Allowance]:
    """What the accepted scenario of today leaves each of its accounts; none where none is accepted."""
    current = rows.current(connection, today.isoformat())
    if current is None:
        return {}
    key, _name, *days = current
    since, until = (dt.date.fromisoformat(day) for day in days)
    return {
        one.account_id: Allowance(max(0.0, one.hours - one.done - one.planned), since, until)
        for one in rows.of_scenario(connection, key, today.isoformat())
    }


def _share(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> float:
    """How much of a time has gone at the end of a day."""
    gone = (today - starts_on).days + 1
    return min(1.0, max(0.0, gone / ((ends_on - starts_on).days + 1)))
