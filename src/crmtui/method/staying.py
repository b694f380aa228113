"""How long an account stays in its state, and what its value leaves open (method.md section 5).

With p the share that stays, the account is expected to have stayed 1/(1 - p/(1+d)) periods, discounted, before it
leaves for the first time. What it brings above others in its state counts so often. The rest of its value is that of
the states, and so its variance is theirs (`values`), plus what p leaves open about the account's own part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method.values import Timing, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.values import Reward, Values


@dataclass(frozen=True, slots=True)
class Stay:
    """What all accounts of a state share.

    Attributes:
        value: of an account of the state.
        reward: of the state.
        periods: for which the account's own reward counts, discounted; 0 in a state that ends the relationship.
        lasting: the same, this period included whenever the first reward comes.
        base: variance of the value of an account like others whose margin is known.
        unknown: variance on top of that where it is not known.
        slope: variance for each unit that the account is worth above its state.
        square: the same for each unit squared.
    """

    value: float
    reward: Reward
    periods: float
    lasting: float
    base: float
    unknown: float
    slope: float
    square: float

    def variance(self, above: float, known: float) -> float:
        """The variance of an account's value that brings `above` its state's reward, and of which so much is known."""
        worth = above * self.lasting
        return max(0.0, self.base + (1 - known) * self.unknown + worth * (self.slope + worth * self.square))


@dataclass(frozen=True, slots=True)
class Crowd:
    """The accounts of a state together: how many, of how many the margin is known, what they bring above it.

    An account of whose sales a part has a margin is known by that part.
    """

    count: int = 0
    known: float = 0.0
    above: float = 0.0


def stays(found: Values) -> tuple[Stay, ...]:
    """One for each state, in order."""
    return tuple(_stay(found, at) for at in range(len(found.chain.states)))


def variance(found: Values, crowds: Sequence[Crowd]) -> float:
    """The variance of what accounts are worth together; one crowd for each state, in order.

    What is in doubt about states is in doubt for all their accounts at once.
    """
    visits = times([crowd.count for crowd in crowds], found.periods)
    first = found.timing is Timing.AHEAD
    whole = 0.0
    for at, crowd in enumerate(crowds):
        lasting, reward = _lasting(found, at), found.rewards[at]
        all_, both, own = _moments(found, at)
        slope = found.discount * lasting * lasting * crowd.above
        visit = found.discount * visits[at]
        whole += visit * visit * all_ + 2 * visit * slope * both + slope * slope * own
        unknown = crowd.count - crowd.known
        whole += ((visits[at] - crowd.known * lasting - unknown * first) * reward.error) ** 2
        whole += unknown * (max(0.0, lasting - first) * reward.spread) ** 2
    return max(0.0, whole)


def _stay(found: Values, at: int) -> Stay:
    lasting, reward = _lasting(found, at), found.rewards[at]
    size = len(found.chain.states)
    one = [Crowd(1, 1) if at == other else Crowd() for other in range(size)]
    nobody_knows = [Crowd(1, 0) if at == other else Crowd() for other in range(size)]
    base = variance(found, one)
    _all, both, own = _moments(found, at)
    return Stay(
        value=found.of(found.chain.states[at]),
        reward=reward,
        periods=max(0.0, lasting - (found.timing is Timing.AHEAD)),
        lasting=lasting,
        base=base,
        unknown=variance(found, nobody_knows) - base,
        slope=2 * found.discount**2 * found.periods[at][at] * lasting * both,
        square=(found.discount * lasting) ** 2 * own,
    )


def _lasting(found: Values, at: int) -> float:
    if found.chain.states[at] in found.chain.absorbing:
        return 0.0
    return 1 / (1 - found.discount * found.chain.rows[at][at])


def _moments(found: Values, at: int) -> tuple[float, float, float]:
    """What a row leaves open: variance of the values behind it, covariance with staying, variance of staying."""
    stay = found.chain.rows[at][at]
    weight = found.chain.weights[at] + 1
    mean = sum(p * value for p, value in zip(found.chain.rows[at], found.now, strict=True))
    return (
        found.chain.variance(at, found.now),
        stay * (found.now[at] - mean) / weight,
        stay * (1 - stay) / weight,
    )
