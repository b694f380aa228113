"""What an account of each level brings in a period, from those whose margin is known (method.md section 5).

A level of which nobody knows a margin takes that of the nearest known level below it, and if there is none of the
nearest above: that loyal customers are more profitable is measured, never assumed. It is marked as assumed, and its
error is as large as the known levels differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from crmtui.method.values import Reward

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Holding:
    """An account as it is now.

    Attributes:
        key: which.
        state: its level, or another state of the chain.
        margin: of the last period, in minor units; None when nobody knows it.
        cost: to serve it in that period; None when nobody has counted it.
        told: share of what it bought of which the margin is known, 0 to 1.
    """

    key: int
    state: str
    margin: float | None
    cost: float | None = None
    told: float = 1.0

    @property
    def known(self) -> float:
        """How far its margin is known, 0 to 1."""
        return 0.0 if self.margin is None else self.told

    @property
    def reward(self) -> float | None:
        """Margin less cost to serve; before cost where nobody has counted it; None while the margin is unknown."""
        return None if self.margin is None else self.margin - (self.cost or 0.0)


def rewards(holdings: Iterable[Holding], states: Sequence[str]) -> dict[str, Reward]:
    """The mean reward of each state, in the order of the states, without those that end a relationship.

    `states` are those that can bring something, the lowest first. Empty where no margin is known at all.

    Returns:
        Means with standard errors. The spread of a state with one account is that of all states together, and where
        there is none either, the mean itself: one case says little.
    """
    known: dict[str, list[float]] = {state: [] for state in states}
    for holding in holdings:
        if holding.state in known and (reward := holding.reward) is not None:
            known[holding.state].append(reward)
    means = {state: fmean(found) for state, found in known.items() if found}
    if not means:
        return {}
    common = _common(known, means)
    measured = {state: _measured(found, means[state], common) for state, found in known.items() if found}
    return {state: measured.get(state) or _assumed(at, states, measured) for at, state in enumerate(states)}


def _common(known: Mapping[str, Sequence[float]], means: Mapping[str, float]) -> float | None:
    """The standard deviation within states; None where every state has one account at most."""
    free = sum(len(found) - 1 for found in known.values() if found)
    if not free:
        return None
    return math.sqrt(sum((one - means[state]) ** 2 for state, found in known.items() for one in found) / free)


def _measured(found: Sequence[float], mean: float, common: float | None) -> Reward:
    count = len(found)
    if count > 1:
        spread = math.sqrt(sum((one - mean) ** 2 for one in found) / (count - 1))
    else:
        spread = abs(mean) if common is None else common
    return Reward(mean, spread / math.sqrt(count), spread, count)


def _assumed(at: int, states: Sequence[str], measured: Mapping[str, Reward]) -> Reward:
    nearest = [*reversed(states[:at]), *states[at:]]
    taken = next(measured[state] for state in nearest if state in measured)
    apart = max(abs(one.value - taken.value) for one in measured.values())
    return Reward(taken.value, max(apart, taken.spread), taken.spread, 0, is_assumed=True)
