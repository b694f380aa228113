"""The risk that an account is lost within some periods, from the chain over the ladder (method.md section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.method.chain import back
from crmtui.method.transitions import LOST
from crmtui.method.values import times
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from crmtui.method.chain import Chain, Row


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk to lose an account.

    Attributes:
        state: where it is now.
        periods: within how many.
        value: the probability, 0 to 1.
        low: the lower end of its band: 80 % of what the counts leave open (delta method).
        high: the upper end.
        counted: transitions from that state that were counted; the first step rests on them.
        each: the risk within one period, two periods, and so on.
    """

    state: str
    periods: int
    value: float
    low: float
    high: float
    counted: float
    each: tuple[float, ...]


def risk(chain: Chain, state: str, periods: int, lost: str = LOST) -> Risk:
    """The probability that an account in a state is in `lost` so many periods from now.

    `lost` must absorb, so that this is "within" them.

    Raises:
        ValueError: a state that is not there, a lost one that does not absorb, or fewer periods than one.
    """
    at, end = chain.at(state), chain.at(lost)
    if lost not in chain.absorbing:
        raise ValueError(f"accounts come back from {lost!r}: there is no risk of ending there")
    if periods < 1:
        raise ValueError(f"{periods} periods are not 1 or more")
    size = len(chain.states)
    ends: list[Row] = [tuple(float(to == end) for to in range(size))]
    starts: list[Row] = [tuple(float(to == at) for to in range(size))]
    for _period in range(periods):
        ends.append(back(chain, ends[-1]))
        starts.append(times(starts[-1], chain.rows))
    value = ends[-1][at]
    half = BAND * math.sqrt(sum(_variance(chain, place, starts, ends) for place in range(size)))
    return Risk(
        state=state,
        periods=periods,
        value=value,
        low=max(0.0, value - half),
        high=min(1.0, value + half),
        counted=chain.counted[at],
        each=tuple(one[at] for one in ends[1:]),
    )


def of_left(level: Risk, alive: float, low: float, high: float) -> Risk:
    """The risk of an account that has most likely left: that it has, or else that it leaves like others of its level.

    Args:
        level: the risk of its level.
        alive: the probability that it still buys.
        low: the lower end of its band.
        high: the upper end.
    """
    return replace(
        level,
        value=1 - alive * (1 - level.value),
        low=1 - high * (1 - level.low),
        high=1 - low * (1 - level.high),
        each=tuple(1 - alive * (1 - one) for one in level.each),
    )


def _variance(chain: Chain, place: int, starts: list[Row], ends: list[Row]) -> float:
    """What one row leaves open: it is passed through in any period, so the values behind it add up."""
    periods = len(ends) - 1
    seen = [
        sum(starts[before][place] * ends[periods - 1 - before][to] for before in range(periods))
        for to in range(len(chain.states))
    ]
    return chain.variance(place, seen)
