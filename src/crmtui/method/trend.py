"""Whether figures rise or fall over time: the median of all slopes, with its interval (Theil 1950; Sen 1968).

It fits answers on a scale from 0 to 10, which are few, uneven, often equal, and now and then far off: one angry answer
moves a line of least squares and not this one. The interval is of 95 %, as it decides whether a trend is spoken of.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Final

from crmtui.method.proportions import SURE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Iterable

YEAR: Final = 365.25  # days
FEW: Final = 4  # figures below which no interval of 95 % exists
LATEST: Final = 300  # the latest so many are looked at: all pairs of them are compared


@dataclass(frozen=True, slots=True)
class Trend:
    """How fast figures rise.

    Attributes:
        slope: in a year, below 0 where they fall; None of one day alone, or of nothing.
        low: the lower end of its interval; None where there are too few.
        high: the upper end.
        count: figures.
    """

    slope: float | None
    low: float | None
    high: float | None
    count: int

    @property
    def says_something(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def trend(figures: Iterable[tuple[dt.date, float]]) -> Trend:
    """The trend of figures with their days, in any order."""
    given = sorted(figures, key=lambda one: one[0])[-LATEST:]
    slopes = sorted(
        (later - earlier) / (second - first).days * YEAR
        for (first, earlier), (second, later) in combinations(given, 2)
        if second > first
    )
    if not slopes:
        return Trend(None, None, None, len(given))
    found = median(slopes)
    if len(given) < FEW:
        return Trend(found, None, None, len(given))
    away = SURE * math.sqrt(_variance(len(given), [day for day, _one in given], [one for _day, one in given]))
    low, high = math.floor((len(slopes) - away) / 2), math.ceil((len(slopes) + away) / 2)
    if low < 1 or high >= len(slopes):
        return Trend(found, None, None, len(given))
    return Trend(found, min(found, slopes[low - 1]), max(found, slopes[high]), len(given))


def _variance(count: int, days: Iterable[Hashable], values: Iterable[Hashable]) -> float:
    """Of Kendall's S, with ties on both sides (Kendall 1970)."""
    ties = [[size for size in Counter(one).values() if size > 1] for one in (days, values)]
    whole = count * (count - 1) * (2 * count + 5)
    found = (whole - sum(size * (size - 1) * (2 * size + 5) for one in ties for size in one)) / 18
    pairs = [sum(size * (size - 1) for size in one) for one in ties]
    triples = [sum(size * (size - 1) * (size - 2) for size in one) for one in ties]
    found += pairs[0] * pairs[1] / (2 * count * (count - 1))
    return found + triples[0] * triples[1] / (9 * count * (count - 1) * (count - 2))
