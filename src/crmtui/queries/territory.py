"""The territory: the hours of a quarter, or its contacts, shared out among accounts; what one gets as was accepted."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from crmtui.domain.money import exponent
from crmtui.domain.territory import Area, ResponseCurve, ScenarioLine, TerritoryScenario
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
from crmtui.method import scenarios, territory as method
from crmtui.method.books import LONGEST, years_since
from crmtui.method.units import HOURS, UNITS, EffortUnit, Unit
from crmtui.queries import territory_accounts as accounts
from crmtui.queries.scenarios import WEEKS, of_period
from crmtui.queries.territory_accounts import PERIODS, STEP, Known, Taken
from crmtui.store.reading import records, scenarios as saved, territory as rows
from crmtui.store.reading.connections import reading
from crmtui.store.reading.scenarios import Accepted
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.method.allocation import Territory
    from crmtui.method.scenarios import Comparison
    from crmtui.method.territory_plan import Plan, Point
    from crmtui.queries.territory_accounts import Each
    from crmtui.store.reading.territory import Met

__all__ = ["STEP", "WEEKS", "Accepted", "Taken", "TerritoryPage", "accepted", "page"]

POINTS: Final = 17  # of the gain curve
FEW: Final = 7  # the same where there are very many accounts
MANY: Final = 1_000
_LONGEST: Final = round(LONGEST * 365.25)  # days for which sales are looked back


@dataclass(frozen=True)
class TerritoryPage:
    """A territory before its effort is shared out; a plan is made of it for any number of hours, or contacts.

    Attributes:
        today: the day it is of.
        since: the last day before the period that is looked back on.
        currency: of all amounts, the workspace's own.
        week: hours that one of ours has in a week.
        hour_cost: of an hour, minor units.
        taken: the accounts, in the order of their names.
        areas: where trips are shared.
        scenarios: those that were saved, the newest first.
        unit: what effort is divided in.
        each: how long a contact takes on the mean.
    """

    today: dt.date
    since: dt.date
    currency: str
    week: float
    hour_cost: float
    taken: tuple[Taken, ...]
    areas: tuple[method.Area, ...]
    scenarios: tuple[TerritoryScenario, ...]
    unit: Unit
    each: Each
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def of(self) -> Mapping[int, Taken]:
        """The accounts by their keys."""
        return {one.key: one for one in self.taken}

    @property
    def usual(self) -> float:
        """What to begin with: what the accepted scenario has, else what today's effort takes, else all of a period."""
        held = next((one for one in self.scenarios if one.is_accepted and one.capacity), None)
        if held is not None and held.unit is self.unit.word:
            return float(math.ceil(held.capacity * of_period(held)))
        if self.unit.is_contacts:
            today = sum(one.account.today for one in self.taken)
            return float(math.ceil(today)) if today else self.week * WEEKS // self.each.hours
        visited = {one.account.area for one in self.taken if one.hours > 0}
        trips = sum(area.hours for area in self.areas if area.key in visited)
        hours = sum(one.hours for one in self.taken) + trips
        return float(math.ceil(hours)) if hours else self.week * WEEKS

    @property
    def elsewhere(self) -> int:
        """Accounts of which something is in another currency, and so is left out."""
        return sum(one.elsewhere > 0 for one in self.taken)

    def plan(self, capacity: float) -> Plan:
        """The best plan for so much effort in a period, money in minor units.

        Raises:
            InvalidError: no plan is possible, in words that say what to do.
        """
        try:
            with self._lock:
                return self._territory.plan(capacity)
        except ValueError as error:
            raise InvalidError({_(self.unit.label): str(error)}) from None

    @property
    def needed(self) -> float:
        """What minimums, pins and their trips take."""
        with self._lock:
            return self._territory.needed

    def gains(self) -> tuple[Point, ...]:
        """The gain curve, from no effort to twice that which one begins with; raises as `plan`.

        It has no points where of no account it is known what effort brings.
        """
        if not any(one.account.is_known for one in self.taken):
            return ()
        most = max(2 * self.usual, 1.0)
        count = POINTS if len(self.taken) <= MANY else FEW
        places = [most * step / (count - 1) for step in range(count)]
        if self.unit.is_contacts:
            places = sorted(set(map(float, map(round, places))))
        try:
            with self._lock:
                return tuple(map(self._territory.point, places))
        except ValueError as error:
            raise InvalidError({_(self.unit.label): str(error)}) from None

    @cached_property
    def _territory(self) -> Territory:
        from crmtui.method import allocation

        accounts_ = [one.account for one in self.taken]
        return allocation.Territory(accounts_, self.areas, hour_cost=self.hour_cost, unit=self.unit)


def page(path: Path, today: dt.date, unit: EffortUnit | None = None) -> TerritoryPage:
    """The accounts with all that a plan takes, by default in the unit of the accepted scenario, else in hours."""
    with reading(path) as connection:
        return _page(connection, today, unit)


def accepted(path: Path, account_id: int, today: dt.date) -> Accepted | None:
    """What the accepted scenario of today gives an account; None where none is accepted."""
    with reading(path) as connection:
        return saved.accepted(connection, account_id, today.isoformat())


def compared(path: Path, found: TerritoryPage, scenario_id: int, plan: Plan | int) -> Comparison:
    """What a plan, or the scenario of that key, does differently from a scenario that was saved.

    It is told in contacts where the page and both are divided in them, else in hours.

    Raises:
        NotFoundError: the scenario is gone.
        InvalidError: what it gives makes no plan any more.
    """
    with reading(path) as connection:
        first = records.get(connection, TerritoryScenario, scenario_id)
        second = records.get(connection, TerritoryScenario, plan) if isinstance(plan, int) else plan
        is_same = found.unit.word is first.unit is second.unit
        unit = found.unit if is_same else HOURS
        before = _held(connection, found, first, unit)
        after = _held(connection, found, second, unit) if isinstance(second, TerritoryScenario) else second
    return scenarios.compare(before, after, unit)


def _held(connection: sqlite3.Connection, found: TerritoryPage, scenario: TerritoryScenario, unit: Unit) -> Plan:
    """A scenario as a plan of the accounts as they answer now, each fixed at its effort; raises as `compared`."""
    part = of_period(scenario)
    lines = records.where(connection, ScenarioLine, "scenario_id = ?", (scenario.id,))
    given = {one.account_id: _given(one, unit) * part for one in lines}
    taken = tuple(_fixed(one, given.get(one.key, 0.0), unit) for one in found.taken)
    fixed = replace(found, taken=taken, unit=unit, _lock=Lock())
    return fixed.plan(max(scenario.capacity * part, fixed.needed))


def _given(one: ScenarioLine, unit: Unit) -> float:
    """What a line gives in this unit."""
    return float(one.contacts or 0) if unit.is_contacts else one.hours


def _fixed(one: Taken, given: float, unit: Unit) -> Taken:
    """An account that gets just so many contacts, or hours to the minute."""
    account = one.account
    if unit.is_contacts:
        return replace(one, account=replace(account, pin=round(given)))
    step = 1 / method.MINUTES
    account = replace(
        account, today=one.hours / step, usual=None if one.usual is None else one.usual / step, hours=step,
        contact_cost=account.contact_cost / account.hours * step, pin=round(given / step),
    )  # fmt: skip
    return replace(one, account=account)


def hours_each(connection: sqlite3.Connection, account_id: int, day: dt.date) -> float:
    """The hours of a contact with an account, as it is known on a day."""
    now, in_year = _met(connection, day, "")
    return accounts.each(now.get(account_id), in_year.get(account_id), accounts.mean(in_year.values())).hours


def _met(connection: sqlite3.Connection, today: dt.date, currency: str) -> tuple[dict[int, Met], dict[int, Met]]:
    """The contacts of each account in the period that ends today, and in the year."""
    day = today.isoformat()
    since, earlier = (today - dt.timedelta(weeks=weeks) for weeks in (WEEKS, PERIODS * WEEKS))
    return (
        rows.met(connection, since.isoformat(), day, currency),
        rows.met(connection, earlier.isoformat(), day, currency),
    )


def _page(connection: sqlite3.Connection, today: dt.date, wanted: EffortUnit | None) -> TerritoryPage:
    settings = records.get(connection, Workspace, 1)
    currency, day = settings.base_currency, today.isoformat()
    sold = rows.sold(connection, (today - dt.timedelta(days=_LONGEST)).isoformat(), day, currency)
    first = rows.first_sold(connection, day)
    now, in_year = _met(connection, today, currency)
    curves = {one.account_id: one for one in records.where(connection, ResponseCurve, "1")}
    kept = tuple(records.where(connection, TerritoryScenario, "1", (), "is_accepted DESC, starts_on DESC, id DESC"))
    unit = UNITS[wanted or next((one.unit for one in kept if one.is_accepted), EffortUnit.HOURS)]
    of_all = accounts.mean(in_year.values())

    def known(key: int) -> Known:
        return Known(
            sold=sold.get(key),
            years=years_since(first.get(key), today),
            now=now.get(key),
            in_year=in_year.get(key),
            record=curves.get(key),
            each=accounts.each(now.get(key), in_year.get(key), of_all),
        )

    return TerritoryPage(
        today=today,
        since=today - dt.timedelta(weeks=WEEKS),
        currency=currency,
        week=settings.hours_per_week,
        hour_cost=settings.hour_cost * 10 ** exponent(currency),
        taken=tuple(
            accounts.taken(one, currency, known(one.account_id), unit) for one in rows.accounts(connection, day)
        ),
        areas=tuple(
            method.Area(one.id, line(one.name), one.trip_hours)
            for one in records.where(connection, Area, "1", (), "name_key, id")
        ),
        scenarios=kept,
        unit=unit,
        each=of_all,
    )
