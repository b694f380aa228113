"""Which areas to go to: a knapsack whose groups share trips, solved exactly by branch and bound.

An area takes its trip once, as soon as one of its groups gets more than its lightest option. Relaxed, an area that is
still open to choice is one envelope: from nothing straight to the point where trip and best steps together bring most
for what they take, and from there step by step. So the relaxed optimum is again the steepest steps first, with one
area half gone to at most. Its slope prices what it would lose to go to an area that is left out, or to leave out one
that is gone to; where that is more than what is between it and the best plan found, the area is decided.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

import numpy as np

from crmtui.method.tour_hours import HourByHour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.knapsack import Flags, Ints, Knapsack

FIRST_NODES: Final = 200  # after so many, hour by hour instead, where that is affordable
MOST_NODES: Final = 2_000  # else after so many the best plan found is taken, and said to be unproven
MOST_STEPS: Final = 5_000_000  # or after so many steps of envelopes were looked at, which is some seconds
_EQUAL: Final = 1e-14  # of the bound, within which rounding alone may differ


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """An area that may be gone to.

    Attributes:
        groups: which groups share the trip; their lightest options ask for none.
        weight: of the trip, at least 0.
        cost: of the trip, in the unit of values, at least 0.
    """

    groups: Ints
    weight: int
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A choice of options.

    Attributes:
        options: of each group, as a place among all options.
        loss: quanta between its value, less the cost of trips, and the relaxed optimum; at least 0.
        slope: what one unit of capacity more brings in the relaxed optimum, in quanta.
        is_proven: whether there is no better one.
    """

    options: Ints
    loss: float
    slope: float
    is_proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """An area as the relaxed problem takes it: its trip with the best steps as one step, and the steps after them."""

    value: float
    weight: float
    steps: Ints  # all steps of the area, the steepest first, as places among the steps of the knapsack
    first: int  # how many of them go with the trip
    trip: float
    cost: float


@dataclass(frozen=True, slots=True)
class _Node:
    """What is decided about the areas: gone to, left out; the rest is open."""

    taken: frozenset[int]
    left: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Relaxed:
    """The relaxed optimum of a node."""

    bound: float
    slope: float
    opened: frozenset[int]  # areas gone to altogether
    half: int | None  # the area half gone to


class Tours:
    """A knapsack with areas, made ready once for any capacity."""

    def __init__(self, knapsack: Knapsack, regions: Sequence[Region]) -> None:
        self._knapsack = knapsack
        self._regions = regions
        self._area_of = np.full(knapsack.groups, -1)
        for at, region in enumerate(regions):
            self._area_of[region.groups] = at
        self._step_area = self._area_of[knapsack.steps.group]
        self._ways = [self._way(at) for at in range(len(regions))]

    def _way(self, at: int) -> _Way:
        region, steps = self._regions[at], self._knapsack.steps
        own = np.flatnonzero(self._step_area == at)
        trip, cost = region.weight / self._knapsack.unit, region.cost * self._knapsack.scale
        if not len(own):
            return _Way(0.0, 1.0, own, 0, trip, cost)
        values = np.cumsum(steps.value[own]) - cost
        weights = np.cumsum(steps.weight[own]) + trip
        best = int(np.argmax(values / weights))
        return _Way(float(values[best]), float(weights[best]), own, best + 1, trip, cost)

    def solve(self, capacity: int) -> Found:
        """The best choice whose weights and trips, beyond those of the lightest options, are within a capacity."""
        if not self._regions:
            best = self._knapsack.solve(capacity)
            idle = capacity % self._knapsack.unit  # of no use to any option, but the relaxed optimum uses it
            return Found(best.options, best.loss + best.slope * idle, best.slope, is_proven=True)
        return _Search(self, capacity).run()

    def relaxed(self, node: _Node, capacity: int) -> _Relaxed | None:
        """The relaxed optimum with some areas decided; None where the trips alone are too long."""
        steps = self._knapsack.steps
        room = capacity / self._knapsack.unit - sum(self._ways[at].trip for at in node.taken)
        if room < 0:
            return None
        asked = [at for at, way in enumerate(self._ways) if at not in node.taken | node.left and way.value > 0]
        plain = self._is_plain(node)
        for at in asked:
            plain[self._ways[at].steps[self._ways[at].first :]] = True
        values = np.append(steps.value[plain].astype(float), [self._ways[at].value for at in asked])
        weights = np.append(steps.weight[plain].astype(float), [self._ways[at].weight for at in asked])
        areas = np.append(np.full(int(plain.sum()), -1), np.array(asked, dtype=np.int64)).astype(np.int64)
        order = np.argsort(-(values / weights), kind="stable")
        values, weights, areas = values[order], weights[order], areas[order]
        reached = np.cumsum(weights)
        fits = int(np.searchsorted(reached, room, side="right"))
        bound = float(values[:fits].sum()) - sum(self._ways[at].cost for at in node.taken)
        opened = frozenset(areas[:fits][areas[:fits] >= 0].tolist())
        if fits == len(values):
            return _Relaxed(bound, 0.0, opened, None)
        slope = float(values[fits] / weights[fits])
        bound += slope * (room - (float(reached[fits - 1]) if fits else 0.0))
        return _Relaxed(bound, slope, opened, int(areas[fits]) if areas[fits] >= 0 else None)

    def _is_plain(self, node: _Node) -> Flags:
        """Which steps are open without a trip: those of no area, or of one gone to."""
        is_taken = np.zeros(len(self._ways) + 1, dtype=bool)
        is_taken[list(node.taken)] = True
        is_taken[-1] = True  # steps of no area
        plain: Flags = is_taken[self._step_area]
        return plain

    def worth(self, at: int, slope: float) -> float:
        """What going to an area brings beyond what its weights bring elsewhere, in quanta; below 0 where it costs."""
        way, steps = self._ways[at], self._knapsack.steps
        beyond = steps.value[way.steps] - slope * steps.weight[way.steps]
        return float(beyond[beyond > 0].sum()) - way.cost - slope * way.trip

    def exactly(self, taken: frozenset[int], capacity: int) -> tuple[Ints, float] | None:
        """The best choice that goes to just these areas, and its value; None where their trips are too long."""
        room = capacity - sum(self._regions[at].weight for at in taken)
        if room < 0:
            return None
        is_open = np.zeros(len(self._ways) + 1, dtype=bool)
        is_open[-1] = True  # groups of no area
        is_open[list(taken)] = True
        best = self._knapsack.solve(room, is_open[self._area_of])
        return best.options, best.value - sum(self._ways[at].cost for at in taken)

    def by_hours(self, capacity: int) -> tuple[Ints, float] | None:
        """The same for whichever areas are best, hour by hour; None where that takes too long."""
        hours = HourByHour(self._knapsack, self._regions, capacity)
        if not hours.is_affordable:
            return None
        options, areas = hours.solve()
        cost = sum(self._ways[at].cost for at in areas)
        return options, int(self._knapsack.values[options].sum()) - cost

    @property
    def count(self) -> int:
        """How many areas there are to decide about."""
        return len(self._ways)

    @property
    def size(self) -> int:
        """How many steps and areas a relaxed problem has to look at."""
        return len(self._step_area) + len(self._ways)

    @property
    def unit(self) -> int:
        """How much weight one of the relaxed problem is."""
        return self._knapsack.unit


class _Search:
    """Branch and bound over the areas, the most promising first."""

    def __init__(self, tours: Tours, capacity: int) -> None:
        self._tours = tours
        self._capacity = capacity
        self._tried: set[frozenset[int]] = set()
        self._best: tuple[Ints, float] | None = None
        self._waiting: list[tuple[float, int, _Node, _Relaxed]] = []
        self._number = count()

    def run(self) -> Found:
        """The best of all."""
        root = _Node(frozenset(), frozenset())
        relaxed = self._tours.relaxed(root, self._capacity)
        self._try(frozenset())
        if relaxed is None or self._best is None:
            raise ValueError("there is no room at all")
        self._wait(root, relaxed)
        self._branch(FIRST_NODES)
        if self._waiting:
            self._take_hours()
        if self._waiting:
            self._branch(min(MOST_NODES, MOST_STEPS // self._tours.size))
        options, value = self._best
        return Found(
            options, max(0.0, relaxed.bound - value), relaxed.slope / self._tours.unit, is_proven=not self._waiting
        )

    def _branch(self, most: int) -> None:
        """Look at the most promising nodes, so many at most; nothing waits where none of them promises more."""
        for _node in range(most):
            if not self._waiting:
                return
            _bound, _number, node, found = heapq.heappop(self._waiting)
            if self._is_hopeless(found):
                self._waiting.clear()
                return
            self._try(node.taken | found.opened)
            for child in self._children(node, found):
                below = self._tours.relaxed(child, self._capacity)
                if below and not self._is_hopeless(below):
                    self._wait(child, below)

    def _wait(self, node: _Node, relaxed: _Relaxed) -> None:
        heapq.heappush(self._waiting, (-relaxed.bound, next(self._number), node, relaxed))

    def _take_hours(self) -> None:
        """The best choice hour by hour, where that is affordable: then nothing waits."""
        found = self._tours.by_hours(self._capacity)
        if found:
            self._waiting.clear()
            if found[1] > self._value:
                self._best = found

    @property
    def _value(self) -> float:
        return self._best[1] if self._best else -np.inf

    def _is_hopeless(self, relaxed: _Relaxed) -> bool:
        return relaxed.bound <= self._value + _EQUAL * abs(relaxed.bound)

    def _try(self, taken: frozenset[int]) -> None:
        if taken in self._tried:
            return
        self._tried.add(taken)
        found = self._tours.exactly(taken, self._capacity)
        if found and found[1] > self._value:
            self._best = found

    def _children(self, node: _Node, found: _Relaxed) -> list[_Node]:
        """The node with one area more decided, either way; none where all are, by what the other way would lose."""
        open_ = [at for at in range(self._tours.count) if at not in node.taken | node.left]
        worth = {at: self._tours.worth(at, found.slope) for at in open_}
        between = found.bound - self._value
        taken = node.taken | {at for at in open_ if worth[at] > between}
        left = node.left | {at for at in open_ if -worth[at] > between}
        asked = [at for at in open_ if at not in taken | left]
        if not asked:
            self._try(taken)
            return []
        at = found.half if found.half in asked else min(asked, key=lambda one: abs(worth[one]))
        return [_Node(taken | {at}, left), _Node(taken, left | {at})]
