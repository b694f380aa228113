"""The multiple-choice knapsack, solved exactly: one option of each group, the greatest value within a capacity.

The concave envelopes of the groups give the relaxed optimum at once: their steps, the steepest first, until one no
longer fits. Its slope prices capacity, and tells of every other option what is lost by it at that price, however the
rest is chosen. What is left to decide is a shortest path over deviations from the relaxed optimum, taken in the order
of what they lose; it ends, proven, where the least loss of a group that was not tried is no less than that of the
best plan found. (Pisinger 1995, European Journal of Operational Research 83: an expanding core with reduction.)

Values are taken as whole multiples of a power of two, so fine that all of them together still fit into a double, so
that sums and comparisons are exact. numpy is loaded with this module: import it where it is needed.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Floats: TypeAlias = NDArray[np.float64]
    Flags: TypeAlias = NDArray[np.bool_]

_VALUES: Final = 52  # bits that all values together may have: they stay exact as doubles
_PRODUCTS: Final = 61  # and times a weight: they stay exact as 64-bit integers


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps of concave envelopes.

    Attributes:
        group: of which group.
        option: which option the step ends at.
        value: what it adds, above 0, in quanta.
        weight: what it takes, above 0.
    """

    group: Ints
    option: Ints
    value: Ints
    weight: Ints

    def only(self, where: Flags | Ints) -> Steps:
        """Some of them."""
        return Steps(self.group[where], self.option[where], self.value[where], self.weight[where])


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best choice.

    Attributes:
        options: the option chosen in each group, as a place among all options.
        value: their values less those of the lightest options, in quanta.
        loss: by how many quanta that is below the relaxed optimum, at least 0.
        slope: what one unit of capacity more brings in the relaxed optimum, in quanta; 0 where capacity is left over.
        tried: how many groups had to be decided beyond the relaxed optimum.
    """

    options: Ints
    value: int
    loss: float
    slope: float
    tried: int


class Knapsack:
    """Groups of options, made ready once for any capacity.

    Args:
        starts: where each group begins among all options; ascending, the first is 0.
        weights: of all options, whole and at least 0; ascending and without equals within a group.
        values: of all options; finite.
    """

    def __init__(self, starts: Ints, weights: Ints, values: Floats) -> None:
        self.starts = starts
        self.groups = len(starts)
        sizes = np.diff(np.append(starts, len(weights)))
        self.group_of = np.repeat(np.arange(self.groups), sizes)
        self.weights: Ints = weights - np.repeat(weights[starts], sizes) if self.groups else weights
        self.unit = max(1, int(np.gcd.reduce(self.weights)))  # capacity counts in whole ones only
        self.weights //= self.unit
        above = values - np.repeat(values[starts], sizes) if self.groups else values
        self.scale = self._scale(above)
        self.values: Ints = np.rint(above * self.scale).astype(np.int64)
        self.steps = self._envelopes()

    def _scale(self, above: Floats) -> float:
        """Quanta in one unit of value: a power of two."""
        total = float(np.maximum.reduceat(np.abs(above), self.starts).sum()) if self.groups else 0.0
        widest = int(self.weights.max(initial=1))
        bits = min(_VALUES, _PRODUCTS - widest.bit_length())
        return math.ldexp(1.0, bits - math.frexp(total)[1]) if total else 1.0

    def _envelopes(self) -> Steps:
        """The steps of all envelopes, the steepest first: what lies on or below a chord is dropped until none does."""
        kept = np.arange(len(self.weights))
        while True:
            first = self.group_of[kept[1:]] != self.group_of[kept[:-1]]
            value, weight = np.diff(self.values[kept]), np.diff(self.weights[kept])
            gone = np.zeros(len(kept), dtype=bool)
            gone[1:] = ~first & (value <= 0)
            gone[1:-1] |= ~first[:-1] & ~first[1:] & (value[1:] * weight[:-1] >= value[:-1] * weight[1:])
            if not gone.any():
                break
            kept = kept[~gone]
        ends = kept[1:][~first]
        steps = Steps(self.group_of[ends], ends, value[~first], weight[~first])
        return steps.only(np.argsort(-(steps.value / steps.weight), kind="stable"))

    def solve(self, capacity: int, is_open: Flags | None = None) -> Best:
        """The best choice whose weights, beyond those of the lightest options, are within a capacity of at least 0.

        Groups that are not open keep their lightest option.
        """
        steps = self.steps if is_open is None else self.steps.only(is_open[self.steps.group])
        options = self.starts.copy()
        room = capacity // self.unit
        taken, critical = _filled(steps, room)
        # Steps of a group come in order, so that the last one taken is where it stands.
        options[steps.group[taken]] = steps.option[taken]
        value = int(steps.value[taken].sum())
        if critical is None:
            return Best(options, value, 0.0, 0.0, 0)
        core = _Core(self, options, int(steps.value[critical]), int(steps.weight[critical]))
        loss = core.improve(room - int(steps.weight[taken].sum()), is_open)
        return Best(
            options=options,
            value=int(self.values[options].sum()),
            loss=loss / core.width,
            slope=core.price / (core.width * self.unit),
            tried=core.tried,
        )


def _filled(steps: Steps, capacity: int) -> tuple[Ints, int | None]:
    """The steps that are taken, in order, and the first one that no longer fits; None where all do."""
    order = np.arange(len(steps.weight))
    reached = np.cumsum(steps.weight)
    if not len(order) or reached[-1] <= capacity:
        return order, None
    at = int(np.searchsorted(reached, capacity, side="right"))
    slopes = steps.value / steps.weight
    low, high = int(np.searchsorted(-slopes, -slopes[at], "left")), int(np.searchsorted(-slopes, -slopes[at], "right"))
    if high - low > 1:
        # Division rounds, but never the wrong way round: only among equals is the order to be told exactly.
        order[low:high] = sorted(
            order[low:high], key=lambda one: Fraction(int(steps.value[one]), int(steps.weight[one])), reverse=True
        )
        at = int(np.searchsorted(np.cumsum(steps.weight[order]), capacity, side="right"))
    return order[:at], int(order[at])


class _Layer(NamedTuple):
    """What one group added: its options that were tried, and of each state the state before and the option."""

    group: int
    options: Ints
    before: Ints
    option: Ints


class _States(NamedTuple):
    """What can be reached: weights beyond the relaxed optimum, ascending, what is lost, and which are gone on with."""

    sums: Ints
    costs: Ints
    open: Ints


class _Core:
    """Deviations from the relaxed optimum.

    All losses are multiplied by the width of the critical step, so that its slope is a whole number: the price.
    """

    def __init__(self, problem: Knapsack, options: Ints, price: int, width: int) -> None:
        self._problem = problem
        self._options = options  # changed in place
        self.price = price
        self.width = width
        self.tried = 0
        at = options[problem.group_of]
        self._more: Ints = problem.weights - problem.weights[at]
        self._losses: Ints = price * self._more - width * (problem.values - problem.values[at])

    def improve(self, room: int, is_open: Flags | None) -> int:
        """Fill the room that the relaxed optimum leaves as well as can be; returns the least loss, times the width."""
        best = room * self.price
        used = int(self._problem.weights[self._options].sum())
        sums, costs = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        layers: list[_Layer] = []
        found: tuple[int, int] | None = None  # how many layers, and which state
        for least, group in self._candidates(best, room, is_open):
            # Whatever is still changed loses at least so much.
            open_ = costs + least < best
            if not open_.any():
                break
            options = self._of(group)
            options = options[self._losses[options] < best]
            states = _States(sums, costs, np.flatnonzero(open_))
            sums, costs, layer = self._extend(group, options, states, (best, used, room))
            layers.append(layer)
            fits = int(np.searchsorted(sums, room, side="right"))
            losses = costs[:fits] + self.price * (room - sums[:fits])
            if fits and losses.min() < best:
                at = int(losses.argmin())
                best, found = int(losses[at]), (len(layers), at)
        self.tried = len(layers)
        if found:
            self._follow(layers, *found)
        return best

    def _candidates(self, best: int, room: int, is_open: Flags | None) -> Iterator[tuple[int, int]]:
        """Groups with another option that loses less than the best plan does, and how little; the least first."""
        is_other = np.ones(len(self._losses), dtype=bool)
        is_other[self._options] = False
        worth = is_other & (self._losses < best)
        if is_open is not None:
            worth &= is_open[self._problem.group_of]
        places = np.flatnonzero(worth)
        if not len(places):
            return iter(())
        groups = self._problem.group_of[places]
        first = np.flatnonzero(np.diff(groups, prepend=-1))
        least = np.minimum.reduceat(self._losses[places], first)
        order = np.argsort(least, kind="stable")
        reach = int(np.abs(self._more[places]).max())
        return self._without_twins(
            [(int(least[at]), int(groups[first[at]])) for at in order], best, reach + max(reach, room)
        )

    def _without_twins(self, waiting: list[tuple[int, int]], best: int, most: int) -> Iterator[tuple[int, int]]:
        """At most so many groups of each kind.

        Deviations can be put in an order in which their weights never add up to more than the widest one, or the room,
        nor to less than minus the widest. Where a sum comes back, those in between are idle: so an optimum has at most
        `most` of them (Eisenbrand & Weismantel 2018), whichever of groups that are alike they are in.
        """
        seen: Counter[bytes] = Counter()
        for least, group in waiting:
            options = self._of(group)
            options = options[self._losses[options] < best]
            kind = self._more[options].tobytes() + self._losses[options].tobytes()
            seen[kind] += 1
            if seen[kind] <= most:
                yield least, group

    def _of(self, group: int) -> Ints:
        starts = self._problem.starts
        end = int(starts[group + 1]) if group + 1 < len(starts) else len(self._losses)
        return np.arange(int(starts[group]), end)

    def _extend(
        self, group: int, options: Ints, states: _States, limits: tuple[int, int, int]
    ) -> tuple[Ints, Ints, _Layer]:
        """Each state with each option: those that may still become the best, and no heavier one that is worth less."""
        best, used, room = limits
        more = (states.sums[states.open, None] + self._more[options]).ravel()
        lost = (states.costs[states.open, None] + self._losses[options]).ravel()
        places = np.flatnonzero((lost < best) & (more >= -used) & (more <= room + used))
        more, lost = more[places], lost[places]
        worth = self.price * more - lost
        order = np.lexsort((-worth, more))
        worth = worth[order]
        is_better = np.ones(len(order), dtype=bool)
        is_better[1:] = worth[1:] > np.maximum.accumulate(worth)[:-1]
        kept = order[is_better]
        places = places[kept]
        return (
            more[kept],
            lost[kept],
            _Layer(group, options, states.open[places // len(options)], places % len(options)),
        )

    def _follow(self, layers: list[_Layer], count: int, state: int) -> None:
        for layer in reversed(layers[:count]):
            self._options[layer.group] = layer.options[layer.option[state]]
            state = int(layer.before[state])
