"""Which areas to go to, hour by hour: dynamic programming over the whole capacity.

Slower than `method.tours`, which asks it where areas are so much alike, or their trips so long, that branching does not
end. The best value of the groups so far is kept for every capacity; an area is worked out once behind its trip, and
taken for those capacities where that is better than to pass it by. (A knapsack with setups: Chajakis & Guignard 1994,
Journal of Global Optimization 4.)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from crmtui.method.knapsack import Flags, Ints, Knapsack
    from crmtui.method.tours import Region

MOST_WORK: Final = 400_000_000  # options times capacity: about a second
MOST_KEPT: Final = 100_000_000  # bytes of what was chosen
_KEPT: Final = np.dtype(np.int16)
_NEVER: Final = -(2**62)


class _Chosen(NamedTuple):
    """Of a group, which option is best at each capacity, counted from its lightest."""

    group: int
    option: NDArray[np.int16]


class _Tour(NamedTuple):
    """Of an area, how long its trip is, where it is gone to, and what is chosen there."""

    trip: int
    is_taken: Flags
    chosen: list[_Chosen]


class HourByHour:
    """A knapsack with areas, solved for one capacity."""

    def __init__(self, knapsack: Knapsack, regions: Sequence[Region], capacity: int) -> None:
        self._knapsack = knapsack
        self._regions = regions
        self._unit = math.gcd(knapsack.unit, *(region.weight for region in regions))
        self._size = capacity // self._unit + 1
        self._weights = knapsack.weights * (knapsack.unit // self._unit)
        ends = np.append(knapsack.starts[1:], len(knapsack.weights))
        self._bounds = list(zip(knapsack.starts.tolist(), ends.tolist(), strict=True))

    @property
    def is_affordable(self) -> bool:
        """Whether it takes about a second at most."""
        groups, options = len(self._bounds), len(self._weights)
        return options * self._size <= MOST_WORK and groups * self._size * _KEPT.itemsize <= MOST_KEPT

    def solve(self) -> tuple[Ints, list[int]]:
        """The options of the best choice, as places among all options, and the places of the areas gone to."""
        best = np.zeros(self._size, dtype=np.int64)
        inside = {int(group) for region in self._regions for group in region.groups}
        outside = [group for group in range(len(self._bounds)) if group not in inside]
        best, plain = self._through(outside, best)
        tours: list[_Tour] = []
        for region in self._regions:
            behind = np.full_like(best, _NEVER)
            trip = region.weight // self._unit
            if trip < self._size:
                behind[trip:] = best[: self._size - trip] - round(region.cost * self._knapsack.scale)
            behind, chosen = self._through(region.groups.tolist(), behind)
            is_taken = behind > best
            best = np.where(is_taken, behind, best)
            tours.append(_Tour(trip, is_taken, chosen))
        return self._followed(plain, tours)

    def _through(self, groups: Iterable[int], best: Ints) -> tuple[Ints, list[_Chosen]]:
        """The best values with some groups more, and what was chosen of each."""
        found = []
        for group in groups:
            first, end = self._bounds[group]
            option = np.zeros(self._size, dtype=_KEPT)
            after = best.copy()
            for at in range(first + 1, end):
                weight = int(self._weights[at])
                if weight >= self._size:
                    break
                tried = best[: self._size - weight] + self._knapsack.values[at]
                is_better = tried > after[weight:]
                np.copyto(after[weight:], tried, where=is_better)
                option[weight:][is_better] = at - first
            found.append(_Chosen(group, option))
            best = after
        return best, found

    def _followed(self, plain: list[_Chosen], tours: list[_Tour]) -> tuple[Ints, list[int]]:
        """Back from the whole capacity to nothing."""
        options = self._knapsack.starts.copy()
        left, areas = self._size - 1, []
        for at, tour in reversed(list(enumerate(tours))):
            if tour.is_taken[left]:
                left = self._back(tour.chosen, options, left) - tour.trip
                areas.append(at)
        self._back(plain, options, left)
        return options, areas

    def _back(self, chosen: list[_Chosen], options: Ints, left: int) -> int:
        for group, option in reversed(chosen):
            options[group] += option[left]
            left -= int(self._weights[options[group]])
        return left
