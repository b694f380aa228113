"""What a state of the chain is worth, with its terms and its band (method.md section 5).

Pfeifer & Carraway 2000, "Modeling customer relationships as Markov chains": with rewards R, one for each state,

    V = (I - P/(1+d))⁻¹ R                    the first reward now (their equation 7)
    V = (I - P/(1+d))⁻¹ (P/(1+d)) R          the first reward one period ahead

The inverse says how many periods, discounted, are spent in each state; the terms of a value are those periods times
their rewards. The band holds 80 % of what counts and rewards leave open, by the delta method: rows of P are
independent, a change dP of them moves V by (I - P/(1+d))⁻¹ (dP/(1+d)) V, and so the variance is that of each row
(Dirichlet) seen through V, plus that of each reward (Mannor, Simester, Sun & Tsitsiklis 2007). It was chosen before
sampling because it is the same figure every time, has a term for each row, and costs nothing for 100,000 accounts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from crmtui.method.chain import back
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.method.chain import Chain, Row


class Timing(StrEnum):
    """When the first reward comes."""

    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Reward:
    """What an account in a state brings in a period: margin less cost to serve, in minor units.

    Attributes:
        value: the mean.
        error: its standard error.
        spread: standard deviation from account to account.
        count: accounts that it is the mean of.
        is_assumed: whether it was taken from another state, as nobody knows a margin there.
    """

    value: float
    error: float = 0.0
    spread: float = 0.0
    count: int = 0
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one state adds to a value.

    Attributes:
        state: which.
        periods: how many are spent there, each discounted to today.
        reward: of a period there.
        value: periods times reward.
    """

    state: str
    periods: float
    reward: float
    value: float


@dataclass(frozen=True, slots=True)
class Worth:
    """A value in minor units with its band and terms.

    Attributes:
        value: the figure.
        low: the lower end of its band.
        high: the upper end.
        parts: one for each state; their values sum to the figure.
    """

    value: float
    low: float
    high: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """The values of all states.

    Attributes:
        chain: where accounts go.
        rewards: of each state, in order.
        discount: 1/(1+d), what one period takes off.
        timing: when the first reward comes.
        periods: (I - P/(1+d))⁻¹.
        now: values with the first reward now, in order.
    """

    chain: Chain
    rewards: tuple[Reward, ...]
    discount: float
    timing: Timing
    periods: tuple[Row, ...]
    now: Row

    def of(self, state: str) -> float:
        """The value of an account in a state."""
        at = self.chain.at(state)
        return self.now[at] if self.timing is Timing.NOW else self.now[at] - self.rewards[at].value

    def worth(self, state: str) -> Worth:
        """The same with its band and terms."""
        return self.weighted({state: 1.0})

    def up(self, state: str) -> Worth | None:
        """What an account would be worth more one state up; None at the top, and where a relationship has ended.

        A difference between those who are there: what it brings to lead this one there may be less.
        """
        at = self.chain.at(state)
        to = self.chain.states[at + 1] if at + 1 < len(self.chain.states) else state
        if not self.chain.absorbing.isdisjoint((state, to)) or to == state:
            return None
        return self.weighted({to: 1.0, state: -1.0})

    def weighted(self, counts: Mapping[str, float]) -> Worth:
        """So many accounts of each state together."""
        weights = [counts.get(state, 0.0) for state in self.chain.states]
        if unknown := set(counts) - set(self.chain.states):
            raise ValueError(f"{min(unknown)!r} is none of the states")
        visits = times(weights, self.periods)
        counted = visits
        if self.timing is Timing.AHEAD:
            counted = tuple(visit - weight for visit, weight in zip(visits, weights, strict=True))
        parts = tuple(
            Part(state, periods, reward.value, periods * reward.value)
            for state, periods, reward in zip(self.chain.states, counted, self.rewards, strict=True)
        )
        value = math.fsum(part.value for part in parts)
        variance = math.fsum(
            (self.discount * visit) ** 2 * self.chain.variance(at, self.now) + (periods * reward.error) ** 2
            for at, (visit, periods, reward) in enumerate(zip(visits, counted, self.rewards, strict=True))
        )
        half = BAND * math.sqrt(variance)
        return Worth(value, value - half, value + half, parts)


def values(chain: Chain, rewards: Mapping[str, Reward], rate: float, timing: Timing = Timing.NOW) -> Values:
    """What each state is worth at a discount rate a period; a state without a reward that ends a relationship has 0.

    Raises:
        ValueError: a rate that is not above 0, or a state that has no reward.
    """
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError(f"a discount rate of {rate} is not above 0")
    for state in chain.states:
        if state not in rewards and state not in chain.absorbing:
            raise ValueError(f"nobody has said what an account in state {state!r} brings")
    given = tuple(rewards.get(state, Reward(0.0)) for state in chain.states)
    discount = 1 / (1 + rate)
    periods = inverse(chain.rows, discount)
    now = tuple(math.fsum(n * one.value for n, one in zip(row, given, strict=True)) for row in periods)
    return Values(chain, given, discount, timing, periods, now)


def continuing(found: Values, after: Sequence[float]) -> Row:
    """R + P V/(1+d): the reward of one period more and what comes `after` it, for each state."""
    later = back(found.chain, after)
    return tuple(one.value + found.discount * value for one, value in zip(found.rewards, later, strict=True))


def inverse(rows: Sequence[Row], discount: float) -> tuple[Row, ...]:
    """(I - discount·P)⁻¹ by Gauss and Jordan; no pivot is needed, as every row outweighs itself off the diagonal."""
    size = len(rows)
    work = [
        [float(at == to) - discount * row[to] for to in range(size)] + [float(at == to) for to in range(size)]
        for at, row in enumerate(rows)
    ]
    for at in range(size):
        row = work[at] = [one / work[at][at] for one in work[at]]
        for other, below in enumerate(work):
            if other != at and (factor := below[at]):
                work[other] = [one - factor * share for one, share in zip(below, row, strict=True)]
    return tuple(tuple(row[size:]) for row in work)


def times(weights: Sequence[float], rows: Sequence[Row]) -> Row:
    """A row of weights times a table."""
    return tuple(
        math.fsum(weight * row[to] for weight, row in zip(weights, rows, strict=True)) for to in range(len(rows))
    )
