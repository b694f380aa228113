"""The expected value of an opportunity (method.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.method.winrate import Estimate


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """P(win) times margin, less the cost still to be spent, in minor units, with its terms.

    Attributes:
        value: the figure; None while the margin is unknown. Below 0 where it costs more than it can bring.
        low: the same at one end of the band of the probability, the worse one; None likewise.
        high: at the better one; None likewise.
        probability: as given.
        margin: as given; below 0 where winning would lose money.
        cost: as given; None when nobody has said it: the figure is then before cost.
    """

    value: int | None
    low: int | None
    high: int | None
    probability: float
    margin: int | None
    cost: int | None


def expected_value(estimate: Estimate, margin: int | None, cost: int | None) -> ExpectedValue:
    """What an opportunity can be expected to bring; a negative margin makes the better chance the worse figure."""
    if margin is None:
        return ExpectedValue(None, None, None, estimate.value, None, cost)
    ends = sorted(_at(probability, margin, cost) for probability in (estimate.low, estimate.high))
    return ExpectedValue(_at(estimate.value, margin, cost), ends[0], ends[1], estimate.value, margin, cost)


def _at(probability: float, margin: int, cost: int | None) -> int:
    return round(probability * margin) - (cost or 0)
