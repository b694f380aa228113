"""The territory: the hours of a quarter shared out among accounts, and what one account gets in the accepted plan."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final, TypedDict

from crmtui.domain.money import exponent
from crmtui.domain.territory import Area, ResponseCurve, ScenarioLine, TerritoryScenario
from crmtui.domain.words import Level
from crmtui.domain.workspace import Workspace
from crmtui.errors import InvalidError
from crmtui.method import response, scenarios, territory as method
from crmtui.method.managed import is_capped
from crmtui.queries.books import LONGEST, years_since
from crmtui.queries.scenarios import WEEKS, of_period
from crmtui.store.reading import records, scenarios as saved, territory as rows
from crmtui.store.reading.connections import reading
from crmtui.store.reading.scenarios import Accepted
from crmtui.store.reading.territory import Met
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.method.allocation import Territory
    from crmtui.method.response import Judgements
    from crmtui.method.scenarios import Comparison
    from crmtui.method.territory_plan import Plan, Point
    from crmtui.store.reading.territory import Kept, Sold

__all__ = ["WEEKS", "Accepted", "Taken", "TerritoryPage", "accepted", "page"]

STEP: Final = 1.0  # hours in which effort is divided
FINEST: Final = 300  # steps that one account is looked at in: more hours are divided into longer ones
POINTS: Final = 17  # of the gain curve
FEW: Final = 7  # the same where there are very many accounts
MANY: Final = 1_000
_PERIODS: Final = 4.0  # in a year
_LEAST: Final = 0.25  # hours in a period that are some effort
_LONGEST: Final = round(LONGEST * 365.25)  # days for which sales are looked back
_LEVELS: Final = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class Taken:
    """An account as the plan takes it, and where its figures come from.

    Attributes:
        key: which.
        name: on one line.
        level: of the relationship.
        judged: how its sales answer to effort: what somebody said, or the usual of its level.
        is_judged: whether somebody said it.
        fault: why what was said makes no curve, so that the usual one is taken; '' for none.
        sales: a year, minor units of the workspace's own currency; None when unknown.
        margin: share of sales; None when unknown.
        hours: that it gets in a period now.
        years: of which its sales are the mean, where they were counted.
        is_counted: whether sales come from orders and what was won, not from what somebody said.
        elsewhere: sales in other currencies, which are left out.
        record: what was written down of it; None for nothing.
        account: the same for the method.
    """

    key: int
    name: str
    level: Level
    judged: Judgements
    is_judged: bool
    fault: str
    sales: int | None
    margin: float | None
    hours: float
    years: float
    is_counted: bool
    elsewhere: int
    record: ResponseCurve | None
    account: method.Account

    @property
    def usual(self) -> float | None:
        """Hours of a period that its sales go with, where those are not the ones that it gets now."""
        return None if self.account.usual is None else self.account.usual * self.account.hours


@dataclass(frozen=True)
class TerritoryPage:
    """A territory before its hours are shared out; a plan is made of it for any number of hours.

    Attributes:
        today: the day it is of.
        since: the last day before the period that is looked back on.
        currency: of all amounts, the workspace's own.
        week: hours that one of ours has in a week.
        hour_cost: of an hour, minor units.
        taken: the accounts, in the order of their names.
        areas: where trips are shared.
        scenarios: those that were saved, the newest first.
    """

    today: dt.date
    since: dt.date
    currency: str
    week: float
    hour_cost: float
    taken: tuple[Taken, ...]
    areas: tuple[method.Area, ...]
    scenarios: tuple[TerritoryScenario, ...]
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def of(self) -> Mapping[int, Taken]:
        """The accounts by their keys."""
        return {one.key: one for one in self.taken}

    @property
    def usual(self) -> float:
        """Hours to begin with: those of the accepted scenario, else of today's effort, else all of a period."""
        held = next((one for one in self.scenarios if one.is_accepted and one.capacity), None)
        if held is not None:
            return float(math.ceil(held.capacity * of_period(held)))
        visited = {one.account.area for one in self.taken if one.hours > 0}
        trips = sum(area.hours for area in self.areas if area.key in visited)
        today = sum(one.hours for one in self.taken) + trips
        return float(math.ceil(today)) if today else self.week * WEEKS

    @property
    def elsewhere(self) -> int:
        """Accounts of which something is in another currency, and so is left out."""
        return sum(one.elsewhere > 0 for one in self.taken)

    def plan(self, capacity: float) -> Plan:
        """The best plan for so many hours of a period, money in minor units.

        Raises:
            InvalidError: no plan is possible, in words that say what to do.
        """
        try:
            with self._lock:
                return self._territory.plan(capacity)
        except ValueError as error:
            raise InvalidError({_("Hours"): str(error)}) from None

    @property
    def needed(self) -> float:
        """Hours that minimums, pins and their trips take."""
        with self._lock:
            return self._territory.least_hours

    def gains(self) -> tuple[Point, ...]:
        """The gain curve, from no hours to twice those of today and all that there are; raises as `plan`."""
        most = max(2 * self.usual, 1.0)
        count = POINTS if len(self.taken) <= MANY else FEW
        try:
            with self._lock:
                return tuple(self._territory.point(most * step / (count - 1)) for step in range(count))
        except ValueError as error:
            raise InvalidError({_("Hours"): str(error)}) from None

    @cached_property
    def _territory(self) -> Territory:
        from crmtui.method import allocation

        return allocation.Territory([one.account for one in self.taken], self.areas, hour_cost=self.hour_cost)


def page(path: Path, today: dt.date) -> TerritoryPage:
    """The accounts with all that a plan takes."""
    with reading(path) as connection:
        return _page(connection, today)


def accepted(path: Path, account_id: int, today: dt.date) -> Accepted | None:
    """What the accepted scenario of today gives an account; None where none is accepted."""
    with reading(path) as connection:
        return saved.accepted(connection, account_id, today.isoformat())


def compared(path: Path, found: TerritoryPage, scenario_id: int, plan: Plan | int) -> Comparison:
    """What a plan, or the scenario of that key, does differently from a scenario that was saved.

    Raises:
        NotFoundError: the scenario is gone.
        InvalidError: its hours make no plan any more.
    """
    after = _held(path, found, plan) if isinstance(plan, int) else plan
    return scenarios.compare(_held(path, found, scenario_id), after)


def _held(path: Path, found: TerritoryPage, scenario_id: int) -> Plan:
    """A scenario as a plan of the accounts as they answer now, each fixed at its hours; raises as `compared`."""
    with reading(path) as connection:
        scenario = records.get(connection, TerritoryScenario, scenario_id)
        part = of_period(scenario)
        given = {
            one.account_id: one.hours * part
            for one in records.where(connection, ScenarioLine, "scenario_id = ?", (scenario_id,))
        }
    fixed = replace(found, taken=tuple(_fixed(one, given.get(one.key, 0.0)) for one in found.taken), _lock=Lock())
    return fixed.plan(max(scenario.capacity * part, fixed.needed))


def _fixed(one: Taken, hours: float) -> Taken:
    """An account that gets just so many hours, to a whole step."""
    account = replace(
        one.account, today=one.hours / STEP, usual=one.usual, hours=STEP, pin=round(hours / STEP),
        contact_cost=one.account.contact_cost / one.account.hours * STEP,
    )  # fmt: skip
    return replace(one, account=account)


def _page(connection: sqlite3.Connection, today: dt.date) -> TerritoryPage:
    settings = records.get(connection, Workspace, 1)
    currency = settings.base_currency
    since, day = today - dt.timedelta(weeks=WEEKS), today.isoformat()
    sold = rows.sold(connection, (today - dt.timedelta(days=_LONGEST)).isoformat(), day, currency)
    first = rows.first_sold(connection, day)
    met = rows.met(connection, since.isoformat(), day, currency)
    earlier = rows.met(connection, (today - dt.timedelta(weeks=_PERIODS * WEEKS)).isoformat(), day, currency)
    curves = {one.account_id: one for one in records.where(connection, ResponseCurve, "1")}

    def met_(key: int) -> tuple[Met | None, Met | None]:
        return met.get(key), earlier.get(key)

    accounts = [(one.account_id, one) for one in rows.accounts(connection, day)]
    return TerritoryPage(
        today=today,
        since=since,
        currency=currency,
        week=settings.hours_per_week,
        hour_cost=settings.hour_cost * 10 ** exponent(currency),
        taken=tuple(
            _taken(one, currency, sold.get(key), years_since(first.get(key), today), met_(key), curves.get(key))
            for key, one in accounts
        ),
        areas=tuple(
            method.Area(one.id, line(one.name), one.trip_hours)
            for one in records.where(connection, Area, "1", (), "name_key, id")
        ),
        scenarios=tuple(
            records.where(connection, TerritoryScenario, "1", (), "is_accepted DESC, starts_on DESC, id DESC")
        ),
    )


def _taken(
    kept: Kept,
    currency: str,
    sold: Sold | None,
    years: float,
    met: tuple[Met | None, Met | None],
    record: ResponseCurve | None,
) -> Taken:
    now, in_year = met[0] or Met(0.0, 0), met[1] or Met(0.0, 0)
    hours, usually = now.hours, in_year.hours / _PERIODS
    said = record if record is not None and record.currency == currency else None
    counted = None if sold is None or sold.amount is None else round(sold.amount / years)
    sales = said.sales if said and said.sales is not None else counted
    margin = record.margin_share if record else None
    if margin is None and sold and sold.margin is not None and sold.priced:
        margin = sold.margin / sold.priced
    each = next((one.cost / one.hours for one in (now, in_year) if one.hours), 0.0)
    if record and record.hours is not None:
        hours = record.hours
    is_open = sales is not None and margin is not None  # else it stays as it is: nothing is divided
    step = _step(max(hours, usually), record) if is_open else STEP
    usual = usually / step if not hours and usually >= _LEAST else None  # it was met when it bought
    level = _LEVELS[kept.level]
    judged, is_judged, fault = _judged(kept, record, level, sales, currency)
    name = line(kept.name)
    account = method.Account(
        key=kept.account_id,
        name=name,
        curve=response.fit(judged),
        today=hours / step,
        usual=usual,
        sales=None if sales is None else sales / _PERIODS,
        margin=margin,
        hours=step,
        contact_cost=each * step,
        area=kept.area_id,
        is_judged=is_judged,
        currency=currency,
        **_bounds(record, step),
    )
    elsewhere = (sold.elsewhere if sold else 0) + bool(record and record.sales is not None and said is None)
    is_counted = not (said and said.sales is not None)
    return Taken(
        kept.account_id, name, level, judged, is_judged, fault, sales, margin, hours, years, is_counted, elsewhere,
        record, account,
    )  # fmt: skip


def _judged(
    kept: Kept, record: ResponseCurve | None, level: Level, sales: int | None, currency: str
) -> tuple[Judgements, bool, str]:
    """What was said of how it answers, else the usual of its level; and why what was said is of no use."""
    potential = kept.potential if kept.currency == currency else None
    room = potential / sales - 1 if potential is not None and sales else None
    usual = response.usual(level, room, is_capped=is_capped(kept.willingness))
    if record is None:
        return usual, False, ""
    given = (record.none, record.half, record.more, record.most)
    if any(one is None for one in given):
        return usual, False, ""
    said = response.Judgements(*(one or 0.0 for one in given))
    wrong = response.faults(said)
    return (usual, False, next(iter(wrong.values()))) if wrong else (said, True, "")


class _Bounds(TypedDict):
    least: int
    most: int | None
    pin: int | None


def _step(hours: float, record: ResponseCurve | None) -> float:
    """The hours in which an account's effort is divided: longer ones where it may get very many, unless they are fixed.

    Then they are a hundredth of today's, which is finer than anybody knows what they bring.
    """
    if record is not None and record.pinned_hours is not None:
        return STEP
    least = (record.least_hours if record else None) or 0.0
    most = record.most_hours if record else None
    open_ = (max(least, method.MOST_TIMES * hours) if most is None else most) - least
    return STEP * max(1, math.ceil(open_ / STEP / FINEST))


def _bounds(record: ResponseCurve | None, step: float) -> _Bounds:
    """Bounds in steps: a least is rounded up, a most down."""
    if record is None:
        return {"least": 0, "most": None, "pin": None}
    least = math.ceil((record.least_hours or 0.0) / step)
    most = None if record.most_hours is None else max(least, math.floor(record.most_hours / step))
    pin = None if record.pinned_hours is None else round(record.pinned_hours / step)
    return {"least": least, "most": most, "pin": pin}
