"""Customer equity: what all accounts are worth together, and each of them (method.md section 5).

An account has the value of its level (`values`), and what it brings more or less than its level does lasts as long as
it stays there: so much for each period in which it is expected to have stayed, 1/(1 - p/(1+d)) of them where p is the
share that stays. If rewards are the means of the same accounts, what is above and below cancels, and customer equity
is the plain sum of the values of levels.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method.staying import Crowd, stays, variance
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.method.rewards import Holding
    from crmtui.method.staying import Stay
    from crmtui.method.values import Values


@dataclass(frozen=True, slots=True)
class AccountWorth:
    """What an account is worth, in minor units.

    Attributes:
        key: which.
        state: its level.
        value: `of_state` and `own` together.
        low: the lower end of its band; wider where its margin is unknown.
        high: the upper end.
        of_state: the value of an account of its level.
        own: what it brings more than its level, as long as it stays there; below 0 for less.
        reward: what it brings in a period; None when nobody knows its margin: it is then taken for one like others.
        known: how far its margin is known, 0 to 1.
    """

    key: int
    state: str
    value: float
    low: float
    high: float
    of_state: float
    own: float
    reward: float | None
    known: float


@dataclass(frozen=True, slots=True)
class Level:
    """The accounts of a state together.

    Attributes:
        state: which.
        count: how many.
        known: of how many the margin is known; one of whose sales a part has a margin counts by that part.
        each: what an account of it is worth.
        value: all of them together, with what they bring more or less than the level.
    """

    state: str
    count: int
    known: float
    each: float
    value: float


@dataclass(frozen=True, slots=True)
class Equity:
    """Customer equity, in minor units.

    Attributes:
        value: all accounts together.
        low: the lower end of its band. The levels' values are in doubt for all accounts at once, so that it is wider
            than if accounts were independent.
        high: the upper end.
        completeness: share of the accounts whose margin is known, wholly or in part, 0 to 1; None of no account.
        levels: one for each state, in order; their values sum to the figure.
        accounts: in the order given.
    """

    value: float
    low: float
    high: float
    completeness: float | None
    levels: tuple[Level, ...]
    accounts: tuple[AccountWorth, ...]


def equity(found: Values, holdings: Iterable[Holding]) -> Equity:
    """Customer equity of these accounts with its terms: levels and accounts.

    Raises:
        ValueError: an account in a state that the chain does not have, or a margin that is not finite.
    """
    each = dict(zip(found.chain.states, stays(found), strict=True))
    accounts: list[AccountWorth] = []
    sums = {state: [0, 0.0, 0.0] for state in each}
    for holding in holdings:
        stay = each.get(holding.state)
        if stay is None:
            raise ValueError(f"account {holding.key} is in state {holding.state!r}, which the chain does not have")
        above = _above(stay, holding)
        accounts.append(_account(stay, holding, above))
        crowd = sums[holding.state]
        crowd[0] += 1
        crowd[1] += holding.known
        crowd[2] += above
    crowds = [Crowd(int(count), known, above) for count, known, above in sums.values()]
    levels = tuple(
        Level(state, crowd.count, crowd.known, stay.value, crowd.count * stay.value + stay.periods * crowd.above)
        for (state, stay), crowd in zip(each.items(), crowds, strict=True)
    )
    value = math.fsum(level.value for level in levels)
    half = BAND * math.sqrt(variance(found, crowds))
    completeness = sum(crowd.known for crowd in crowds) / len(accounts) if accounts else None
    return Equity(value, value - half, value + half, completeness, levels, tuple(accounts))


def most_valuable(found: Equity, count: int) -> list[AccountWorth]:
    """The most valuable accounts, so many at most, the most valuable first; of equals the first given first."""
    return heapq.nlargest(count, found.accounts, key=_value)


def _value(account: AccountWorth) -> float:
    return account.value


def _above(stay: Stay, holding: Holding) -> float:
    """What an account brings in a period above its state's reward; 0 where nobody knows."""
    reward = holding.reward
    if reward is None:
        return 0.0
    if not math.isfinite(reward):
        raise ValueError(f"the margin of account {holding.key} is not a number")
    return reward - stay.reward.value


def _account(stay: Stay, holding: Holding, above: float) -> AccountWorth:
    own = above * stay.periods
    value = stay.value + own
    half = BAND * math.sqrt(stay.variance(above, holding.known))
    return AccountWorth(
        *(holding.key, holding.state, value, value - half, value + half, stay.value, own, holding.reward, holding.known)
    )
