"""Shares of what was counted, with the interval that so few cases leave open.

Wilson's score interval (1927) keeps within 0 and 1 and holds for few cases, for none at all and for all of them;
the difference of two shares takes both intervals together (Newcombe 1998, method 10). Where very few cases are to speak
against a given share, Wilson's is too narrow, and the exact interval decides (Clopper & Pearson 1934).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from crmtui.method.winrate import BAND

SURE: Final = 1.959963984540054  # standard deviations on each side that hold 95 %: for what is said to be so
TAIL: Final = 0.025  # of probability that lies on each side of them


@dataclass(frozen=True, slots=True)
class Proportion:
    """A part of a whole.

    Attributes:
        count: cases of the part.
        of: cases of the whole.
        value: the share, 0 to 1; None of nothing.
        low: the lower end of its interval, 0 of nothing.
        high: the upper end, 1 of nothing.
    """

    count: int
    of: int
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another.

    Attributes:
        value: -1 to 1; None where one of them is of nothing.
        low: the lower end of its interval.
        high: the upper end.
    """

    value: float | None
    low: float
    high: float

    @property
    def says_something(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.value is not None and (self.low > 0 or self.high < 0)


def proportion(count: int, of: int, deviations: float = BAND) -> Proportion:
    """A share with Wilson's interval, of 80 % as all bands are, or of so many standard deviations on each side.

    Raises:
        ValueError: more cases in the part than in the whole, or fewer than none.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share")
    if not of:
        return Proportion(0, 0, None, 0.0, 1.0)
    p, square = count / of, deviations * deviations
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = deviations * math.sqrt(p * (1 - p) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Proportion(count, of, p, min(low, p), max(high, p))


def speaks_against(found: Proportion, share: float) -> bool:
    """Whether the exact interval of 95 % of a share leaves another one out, 0 to 1 (Clopper & Pearson 1934).

    Were the other one true, so few cases of the part, or so many, would come about less than once in forty times.
    """
    if share in (0.0, 1.0):
        return found.count != found.of * share
    inside, outside = math.log(share), math.log1p(-share)
    few = _up_to(found.count, found.of, inside, outside)
    many = _up_to(found.of - found.count, found.of, outside, inside)
    return min(few, many) < TAIL


def _up_to(count: int, of: int, inside: float, outside: float) -> float:
    """The binomial probability of so many cases at most, from the logarithms of that of one case and of its absence."""
    whole = math.lgamma(of + 1)
    return math.fsum(
        math.exp(whole - math.lgamma(at + 1) - math.lgamma(of - at + 1) + at * inside + (of - at) * outside)
        for at in range(count + 1)
    )


def difference(one: Proportion, other: Proportion) -> Difference:
    """One share less another, with an interval of the same width as theirs; from -1 to 1 where one is of nothing."""
    if one.value is None or other.value is None:
        return Difference(None, -1.0, 1.0)
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Difference(value, max(-1.0, value - down), min(1.0, value + up))
