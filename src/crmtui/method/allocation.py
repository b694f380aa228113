"""Sharing out the effort of a period, exactly (method.md section 4).

Every account becomes the group of its options, the contacts that it may get; `method.knapsack` chooses, and
`method.tours` where accounts share trips. numpy is loaded with this module: import it where it is needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from crmtui.figures import Figure, brief
from crmtui.method.knapsack import Knapsack
from crmtui.method.territory import MINUTES, check
from crmtui.method.territory_plan import Line, Note, Plan, Point, Trip, Why
from crmtui.method.tours import Region, Tours
from crmtui.method.units import HOURS
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.knapsack import Floats, Ints
    from crmtui.method.territory import Account, Area
    from crmtui.method.units import Unit

_LARGEST: Final = 700.0  # exp of it is still a number
_MOST_EFFORT: Final = 1e12  # more than anybody could spend
_SLACK: Final = 1e-6  # sixtieths that rounding of hours may take away


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """A solution: the option of each account, the value of all and what it could be at most, and an hour's worth."""

    options: Ints
    value: float
    bound: float
    slope: float
    is_proven: bool


class Territory:
    """Accounts made ready once for any capacity; raises ValueError as `territory.check` does.

    Capacity is counted in sixtieths of the unit: minutes where that is hours. Of contacts each takes one whole, however
    long it is, and a trip takes none: hours only cost.
    """

    def __init__(
        self, accounts: Sequence[Account], areas: Sequence[Area] = (), *, hour_cost: float = 0.0, unit: Unit = HOURS
    ) -> None:
        check(accounts, areas, hour_cost=hour_cost)
        self._unit = unit
        self._accounts = tuple(accounts)
        self._areas = tuple(areas)
        self._hour_cost = hour_cost
        inside: dict[int, list[int]] = {area.key: [] for area in areas}
        for at, one in enumerate(accounts):
            if one.area is not None:
                inside[one.area].append(at)
        self._inside: dict[int, Ints] = {key: np.array(places, dtype=np.int64) for key, places in inside.items()}
        ends = np.array([one.ends for one in accounts], dtype=np.int64).reshape(-1, 2)
        self._least: Ints = ends[:, 0]
        sizes = ends[:, 1] - ends[:, 0] + 1
        starts: Ints = np.cumsum(sizes) - sizes
        self._of = np.repeat(np.arange(len(accounts)), sizes)
        self._contacts: Ints = np.arange(len(self._of)) - np.repeat(starts - self._least, sizes)
        self._minutes: Ints = np.array([round(one.hours * MINUTES) for one in accounts], dtype=np.int64)
        self._takes: Ints = np.full_like(self._minutes, MINUTES) if unit.is_contacts else self._minutes
        self._visit = _floats(one.contact_cost for one in accounts) + self._minutes / MINUTES * hour_cost
        self._margins = _floats(one.margin or 0.0 for one in accounts)
        self._today = _floats(one.today for one in accounts)
        self._answers = _Answers(self._accounts)
        self._sales = self._answers.at(self._of, self._contacts)
        self._sales_today = self._answers.at(np.arange(len(accounts)), self._today)
        self._values = self._margins[self._of] * self._sales - self._visit[self._of] * self._contacts
        self._weights = self._takes[self._of] * self._contacts
        self._knapsack = Knapsack(starts, self._weights, self._values)
        self._tours = Tours(self._knapsack, self._regions())
        self._value_today = float(
            math.fsum(self._margins * self._sales_today - self._visit * self._today)
            - sum(self._cost(area) for area in self._areas if self._is_visited(area, self._today))
        )

    def plan(self, capacity: float) -> Plan:
        """The best plan for so much effort; raises ValueError where it is too little for what must be done."""
        chosen = self._solve(capacity)
        lines = tuple(self._lines(chosen))
        contacts = self._contacts[chosen.options]
        trips = tuple(self._trip(area, contacts) for area in self._areas)
        judged = sum(one.is_known and one.is_judged for one in self._accounts)
        return Plan(
            capacity=capacity,
            lines=lines,
            trips=trips,
            value_today=self._value_today,
            value=chosen.value,
            bound=chosen.bound,
            slope=chosen.slope,
            more=self._more(capacity, chosen),
            completeness=judged / len(lines) if lines else 0.0,
            notes=tuple(self._notes(capacity, chosen)),
            unit=self._unit.word,
        )

    def point(self, capacity: float) -> Point:
        """The gain of the best plan for so much effort, without its lines."""
        if self._sixtieths(capacity) < self._needed:
            return Point(capacity, None, None, None)
        chosen = self._solve(capacity)
        most = chosen.slope + chosen.bound - chosen.value
        return Point(capacity, chosen.value - self._value_today, self._more(capacity, chosen), most)

    @property
    def needed(self) -> float:
        """What minimums, pins and their trips take: less cannot be planned."""
        return self._needed / MINUTES

    @property
    def _needed(self) -> int:
        return int((self._least * self._takes).sum()) + sum(
            self._travel(area) for area in self._areas if self._is_visited(area, self._least)
        )

    def _solve(self, capacity: float) -> _Chosen:
        there, needed = self._sixtieths(capacity), self._needed
        if there < needed:
            told = _(self._unit.too_few)
            raise ValueError(told.format(needed=brief(needed / MINUTES, 2), capacity=brief(capacity, 2)))
        found = self._tours.solve(there - needed)
        contacts = self._contacts[found.options]
        value = math.fsum(self._values[found.options]) - sum(
            self._cost(area) for area in self._areas if self._is_visited(area, contacts)
        )
        bound = value + max(0.0, found.loss / self._knapsack.scale)
        return _Chosen(found.options, value, bound, found.slope / self._knapsack.scale * MINUTES, found.is_proven)

    def _more(self, capacity: float, chosen: _Chosen) -> float | None:
        """What the best plan for one more of the unit brings more; None where one of the two is not proven the best."""
        if not chosen.is_proven:
            return None
        more = self._solve(capacity + 1)
        return max(0.0, more.value - chosen.value) if more.is_proven else None

    def _regions(self) -> list[Region]:
        """Areas that are not visited anyway, as the tours take them.

        With nobody in them, or where the trip takes nothing and costs nothing, there is nothing to decide.
        """
        found = []
        for area in self._areas:
            inside, travel, cost = self._inside[area.key], self._travel(area), self._cost(area)
            if len(inside) and (travel or cost) and not self._least[inside].any():
                found.append(Region(inside, travel, cost))
        return found

    def _is_visited(self, area: Area, contacts: Ints | Floats) -> bool:
        return bool(contacts[self._inside[area.key]].any())

    def _cost(self, area: Area) -> float:
        return _minutes_of(area) / MINUTES * self._hour_cost

    def _travel(self, area: Area) -> int:
        """What a trip takes of the capacity."""
        return 0 if self._unit.is_contacts else _minutes_of(area)

    def _sixtieths(self, capacity: float) -> int:
        if not 0 <= capacity < math.inf:
            raise ValueError(_(self._unit.impossible).format(value=Figure(capacity)))
        return math.floor(min(capacity, _MOST_EFFORT) * MINUTES + _SLACK)

    def _trip(self, area: Area, contacts: Ints) -> Trip:
        return Trip(
            key=area.key,
            hours=_minutes_of(area) / MINUTES,
            cost=self._cost(area),
            is_made_today=self._is_visited(area, self._today),
            is_made=self._is_visited(area, contacts),
        )

    def _lines(self, chosen: _Chosen) -> Iterable[Line]:
        contacts = self._contacts[chosen.options]
        stays = contacts == self._today
        sales = np.where(stays, self._sales_today, self._sales[chosen.options])
        up, down = self._rates(chosen.options)
        hours = self._minutes / MINUTES
        visited = {area.key for area in self._areas if self._is_visited(area, contacts)}
        columns = (contacts, hours, self._sales_today, sales, self._visit, up, down)
        for one, *cells in zip(self._accounts, *(column.tolist() for column in columns), strict=True):
            proposed, each, bought_today, bought, visit, more, less = cells
            yield Line(
                key=one.key,
                today=one.today,
                proposed=proposed,
                hours_today=one.today * each,
                hours=proposed * each,
                sales_today=bought_today if one.is_known else None,
                sales=bought if one.is_known else None,
                margin=one.margin if one.is_known else None,
                cost_today=one.today * visit,
                cost=proposed * visit,
                why=_why(one, proposed, is_visited=one.area is None or one.area in visited),
                up=more if one.is_known and math.isfinite(more) else None,
                down=less if one.is_known and math.isfinite(less) else None,
                is_judged=one.is_judged,
            )

    def _rates(self, options: Ints) -> tuple[Floats, Floats]:
        """Of each account, the most that one more could bring, the least that one fewer would cost, or infinity."""
        starts = self._knapsack.starts
        if not len(starts):
            return np.zeros(0), np.zeros(0)
        at = options[self._of]
        more = (self._weights - self._weights[at]) / MINUTES
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = (self._values - self._values[at]) / more
        up: Floats = np.maximum.reduceat(np.where(more > 0, rates, -np.inf), starts)
        down: Floats = np.minimum.reduceat(np.where(more < 0, rates, np.inf), starts)
        return up, down

    def _notes(self, capacity: float, chosen: _Chosen) -> Iterable[Note]:
        known = [one for one in self._accounts if one.is_known]
        today = float(self._takes @ self._today) + sum(
            self._travel(area) for area in self._areas if self._is_visited(area, self._today)
        )
        count = len(self._accounts)
        is_open = bool(count) and self._sixtieths(capacity) > 0
        said = {
            Note.NOBODY: not count,
            Note.ONE: count == 1,
            Note.NO_HOURS: bool(count) and not self._sixtieths(capacity),
            Note.TODAY_OVER: today > capacity * MINUTES + _SLACK,
            Note.LEFT_OVER: is_open and bool(known) and chosen.slope <= 0,
            Note.UNKNOWN: len(known) < count,
            Note.UNJUDGED: any(not one.is_judged for one in known),
            Note.UNPROVEN: not chosen.is_proven,
        }
        return (note for note, is_so in said.items() if is_so)


class _Answers:
    """What accounts buy with so many contacts; 0 where it is unknown."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        known = np.array([one.is_known for one in accounts], dtype=bool)
        self._sales = np.where(known, _floats(one.sales or 0.0 for one in accounts), 0.0)
        self._base = np.where(known, _floats(one.base for one in accounts), 1.0)
        curves = np.array([(one.curve.a, one.curve.b, one.curve.c, one.curve.d) for one in accounts])
        self._a, self._b, self._c, self._d = curves.reshape(-1, 4).T

    def at(self, who: Ints, contacts: Ints | Floats) -> Floats:
        """Sales of accounts, each by its place, with so many contacts: `response.Curve.at` for all of them at once."""
        with np.errstate(divide="ignore"):
            exponents = np.log(self._d)[who] - self._c[who] * np.log(contacts / self._base[who])
        shares = np.where(contacts > 0, 1 / (1 + np.exp(np.minimum(exponents, _LARGEST))), 0.0)
        sales: Floats = self._sales[who] * (self._b[who] + (self._a - self._b)[who] * shares)
        return sales


def _why(one: Account, proposed: int, *, is_visited: bool) -> Why:
    least, most = one.ends
    for reason, is_so in (
        (Why.PINNED, one.pin is not None),
        (Why.UNKNOWN, not one.is_known and proposed == one.today),
        (Why.WHOLE, not one.is_known and proposed == math.floor(one.today)),
        (Why.BOUNDED, not one.is_known),
        (Why.NO_MARGIN, not one.margin or not one.sales),
        (Why.LOSES, (one.margin or 0.0) < 0),
        (Why.FLAT, one.curve.a <= one.curve.b),
        (Why.AWAY, not is_visited),
        (Why.TIMES, one.most is None and proposed == most),
        (Why.MOST, proposed == most),
        (Why.LEAST, proposed == least),
    ):
        if is_so:
            return reason
    return Why.EVEN


def _floats(figures: Iterable[float]) -> Floats:
    return np.fromiter(figures, dtype=np.float64)


def _minutes_of(area: Area) -> int:
    return round(area.hours * MINUTES)
