"""Whom to stop serving: optimal stopping (method.md section 5).

    V = max(0, R + P V/(1+d))

by policy iteration (Howard 1960): value the states as the present policy serves them, then stop where one period more
and all that follows is worth less than nothing, and serve where it is worth something, until nothing changes. This is
not the plain value cut off at 0: what follows is also worth more when it may be stopped. An account is to be left only
where its best continuing policy has a negative value; what it brings itself is taken to last as long as it stays in
its state, as in `equity`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method.chain import cut
from crmtui.method.values import Reward, Timing, Values, continuing, values
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.method.chain import Row
    from crmtui.method.rewards import Holding


@dataclass(frozen=True, slots=True)
class Policy:
    """The best policy.

    Attributes:
        values: of the states, where those that are left end the relationship; at least 0, the first reward now.
        plain: of the states when nobody is ever left.
        continuing: for each state, one period more and the best that can follow, below 0 where it is left.
        stops: the states that are left, in order.
    """

    values: Values
    plain: Values
    continuing: Row
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """Whether to go on with an account.

    Attributes:
        key: which.
        state: its level.
        continuing: what the best continuing policy is worth, in minor units; below 0 it is to be left.
        low: the lower end of its band.
        high: the upper end.
        reward: part of it that comes in this period; that of its level where nobody knows its margin.
        later: the rest: what can follow, discounted.
        is_known: whether the account's own margin is known.
    """

    key: int
    state: str
    continuing: float
    low: float
    high: float
    reward: float
    later: float
    is_known: bool

    @property
    def is_to_leave(self) -> bool:
        """Whether going on loses money, whatever one does later."""
        return self.continuing < 0

    @property
    def is_sure(self) -> bool:
        """Whether its own margin is known and the whole band says the same: what others lose sends nobody away."""
        return self.is_known and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether the band spans 0."""
        return self.low < 0 <= self.high

    @property
    def value(self) -> float:
        """Under the best policy, at least 0."""
        return max(0.0, self.continuing)


def best(chained: Values) -> Policy:
    """The best policy for the chain, rewards and rate of these values; the first reward is taken to come now."""
    plain = chained
    if chained.timing is not Timing.NOW:
        given = dict(zip(chained.chain.states, chained.rewards, strict=True))
        plain = values(chained.chain, given, 1 / chained.discount - 1)
    stops: frozenset[int] = frozenset()
    found = plain
    for _round in range(len(plain.chain.states) + 1):
        left = frozenset(at for at, value in enumerate(continuing(plain, found.now)) if value < 0)
        if left == stops:
            break
        stops = left
        found = _stopped(plain, stops)
    return Policy(found, plain, continuing(plain, found.now), tuple(plain.chain.states[at] for at in sorted(stops)))


def partings(policy: Policy, holdings: Iterable[Holding]) -> list[Parting]:
    """For each account whether to go on, in the order given; accounts in states that end a relationship are left out.

    Raises:
        ValueError: an account in a state that the chain does not have, or a margin that is not finite.
    """
    ways = {state: _way(policy, at) for at, state in enumerate(policy.plain.chain.states)}
    found = []
    for holding in holdings:
        if holding.state not in ways:
            raise ValueError(f"account {holding.key} is in state {holding.state!r}, which the chain does not have")
        if holding.state not in policy.plain.chain.absorbing:
            found.append(_parting(ways[holding.state], holding))
    return found


def _stopped(plain: Values, stops: frozenset[int]) -> Values:
    given: Mapping[str, Reward] = {
        state: Reward(0.0) if at in stops else plain.rewards[at] for at, state in enumerate(plain.chain.states)
    }
    return values(cut(plain.chain, stops), given, 1 / plain.discount - 1)


@dataclass(frozen=True, slots=True)
class _Way:
    """What all accounts of a state share when one goes on with them.

    Attributes:
        reward: of the state.
        staying: discounted share that stays for the next period.
        elsewhere: discounted value of the states that it may come to.
        typical: the value of an account of the state under the policy.
        base: variance of going on one period with an account that is worth `typical`.
        slope: variance for each unit that it is worth above that.
        square: the same for each unit squared.
        error: variance that the rewards of the states behind it add.
        unknown: variance of its own reward where that is not known.
    """

    reward: Reward
    staying: float
    elsewhere: float
    typical: float
    base: float
    slope: float
    square: float
    error: float
    unknown: float


def _way(policy: Policy, at: int) -> _Way:
    plain, found = policy.plain, policy.values
    row, beta, now = plain.chain.rows[at], plain.discount, found.now
    aside = [0.0 if to == at else beta * p for to, p in enumerate(row)]
    passing = [sum(share * found.periods[via][to] for via, share in enumerate(aside)) for to in range(len(row))]
    weight = plain.chain.weights[at] + 1
    mean = sum(p * value for p, value in zip(row, now, strict=True))
    again = 1 + (0.0 if plain.chain.states[at] in policy.stops else passing[at])
    others = math.fsum(
        (beta * visit) ** 2 * found.chain.variance(to, now) for to, visit in enumerate(passing) if to != at
    )
    return _Way(
        reward=plain.rewards[at],
        staying=beta * row[at],
        elsewhere=math.fsum(share * value for share, value in zip(aside, now, strict=True)),
        base=(beta * again) ** 2 * plain.chain.variance(at, now) + others,
        slope=2 * beta**2 * again * row[at] * (now[at] - mean) / weight,
        square=beta**2 * row[at] * (1 - row[at]) / weight,
        error=math.fsum((visit * one.error) ** 2 for visit, one in zip(passing, found.rewards, strict=True)),
        typical=now[at],
        unknown=plain.rewards[at].spread ** 2 + plain.rewards[at].error ** 2,
    )


def _parting(way: _Way, holding: Holding) -> Parting:
    known = holding.reward
    reward = way.reward.value if known is None else known
    if not math.isfinite(reward):
        raise ValueError(f"the margin of account {holding.key} is not a number")
    stayed = max(0.0, (reward + way.elsewhere) / (1 - way.staying))
    later = way.elsewhere + way.staying * stayed
    above = stayed - way.typical
    variance = way.base + above * (way.slope + above * way.square) + way.error + (1 - holding.known) * way.unknown
    lasting = 1 / (1 - way.staying) if stayed else 1.0
    half = BAND * lasting * math.sqrt(max(0.0, variance))
    value = reward + later
    return Parting(holding.key, holding.state, value, value - half, value + half, reward, later, known is not None)
