"""Is a higher level worth more? The link between level and margin, measured (method.md rule 3 and section 5).

That loyal customers are more profitable is not assumed: correlations of 0.20 to 0.45 were found in 16,000 customers
(Reinartz & Kumar 2002). Spearman's rank correlation r, as levels are steps and margins are skewed, with Fisher's z and
the variance of Bonett & Wright 2000, (1 + r²/2)/(n - 3). The interval is of 95 %: where it spans 0 the data say
nothing. For the interval r is taken half a case from perfect, 1 - 1/(2n), where z would have no end.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, variance
from typing import TYPE_CHECKING, Final

from crmtui.method.proportions import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.rewards import Holding

FEW: Final = 4  # accounts below which a correlation has no interval


class Silence(StrEnum):
    """Why there is no figure."""

    FEW = "few"  # fewer than `FEW` accounts with a margin
    ONE_LEVEL = "one_level"  # all are at the same level
    ALL_ALIKE = "all_alike"  # all bring the same


@dataclass(frozen=True, slots=True)
class LevelMargin:
    """The margins of a level.

    Attributes:
        state: which.
        count: accounts with a margin.
        mean: minor units.
        median: likewise; far from the mean where a few bring most.
        error: standard error of the mean; None of one account.
    """

    state: str
    count: int
    mean: float
    median: float
    error: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """How level and margin go together.

    Attributes:
        value: Spearman's correlation, -1 to 1; None where there is none, `silence` says why.
        low: the lower end of its interval; -1 where there is none.
        high: the upper end; 1 likewise.
        count: accounts with a margin, which it was measured on.
        levels: their margins, the lowest level first, without levels where nobody is.
        completeness: share of the accounts whose margin is known, in part or whole, 0 to 1; None of none.
        silence: why there is no figure.
    """

    value: float | None
    low: float
    high: float
    count: int
    levels: tuple[LevelMargin, ...]
    completeness: float | None
    silence: Silence | None

    @property
    def says_something(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.value is not None and (self.low > 0 or self.high < 0)


def link(holdings: Iterable[Holding], states: Sequence[str]) -> Link:
    """How level and margin less cost to serve go together.

    `states` are the levels to compare, the lowest first: those that buy. Accounts in others are left out.
    """
    at = {state: place for place, state in enumerate(states)}
    given = [one for one in holdings if one.state in at]
    known = [(float(at[one.state]), reward) for one in given if (reward := one.reward) is not None]
    silence = _silence(known)
    value, low, high = (None, -1.0, 1.0) if silence else _interval(spearman(known), len(known))
    return Link(
        value=value,
        low=low,
        high=high,
        count=len(known),
        levels=tuple(_levels(known, states)),
        completeness=math.fsum(one.known for one in given) / len(given) if given else None,
        silence=silence,
    )


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """The correlation of ranks, equals sharing the mean of theirs; ZeroDivisionError where one side is all equal."""
    first, second = (ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    both = math.fsum((one - middle) * (other - middle) for one, other in zip(first, second, strict=True))
    apart = [math.fsum((one - middle) ** 2 for one in side) for side in (first, second)]
    return max(-1.0, min(1.0, both / math.sqrt(apart[0] * apart[1])))


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, the lowest 1; equals share the mean of theirs."""
    below, place = 0, {}
    for value, count in sorted(Counter(values).items()):
        place[value] = below + (count + 1) / 2
        below += count
    return [place[value] for value in values]


def _silence(known: Sequence[tuple[float, float]]) -> Silence | None:
    if len(known) < FEW:
        return Silence.FEW
    if len({level for level, _reward in known}) == 1:
        return Silence.ONE_LEVEL
    return Silence.ALL_ALIKE if len({reward for _level, reward in known}) == 1 else None


def _interval(value: float, count: int) -> tuple[float, float, float]:
    most = 1 - 1 / (2 * count)
    taken = max(-most, min(most, value))
    half = SURE * math.sqrt((1 + taken * taken / 2) / (count - 3))
    z = math.atanh(taken)
    return value, min(value, math.tanh(z - half)), max(value, math.tanh(z + half))


def _levels(known: Iterable[tuple[float, float]], states: Sequence[str]) -> Iterable[LevelMargin]:
    found: dict[int, list[float]] = {}
    for level, reward in known:
        found.setdefault(int(level), []).append(reward)
    for level, one in sorted(found.items()):
        error = math.sqrt(variance(one) / len(one)) if len(one) > 1 else None
        yield LevelMargin(states[level], len(one), fmean(one), median(one), error)
