"""What to change, as outcomes tell: weights that they contradict, channels that cost much and cover little.

Method.md section 7. A weight is contradicted where the lost opportunities had the better grades; with enough outcomes
`winrate_weights` has learnt how many times the template's weight a criterion counts, and says where that is half, or
double, or more. A channel is worth a look where its share of the cost is twice its share of what contacts covered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, variance
from typing import TYPE_CHECKING, Final

from crmtui.method.proportions import SURE, Difference
from crmtui.method.scorecard import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.winrate import Model
    from crmtui.method.winrate_learning import Outcome

FEW: Final = 5  # grades of won ones, and of lost ones, below which their means are not compared
TWICE: Final = 2.0  # how many times more or less is worth a change
CONTACTS: Final = 5  # of a channel, below which nothing is said of it


class Change(StrEnum):
    """What outcomes say of a weight."""

    CONTRADICTED = "contradicted"  # the lost ones had the better grades
    LESS = "less"  # it counts half as much, or less
    MORE = "more"  # it counts twice as much, or more


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion and what outcomes say of its weight.

    Attributes:
        code: which.
        weight: the latest that a card gave it.
        factor: how many times that it counts, as learnt; None while weights are not learnt.
        won: mean grade of the won ones, 0 to 4; None of none.
        lost: the same of the lost ones.
        count: grades that these are the means of.
        difference: won less lost, with a 95 % interval; no value while there are fewer than `FEW` of either.
        change: what to change; None where nothing speaks for it.
    """

    code: str
    weight: float
    factor: float | None
    won: float | None
    lost: float | None
    count: int
    difference: Difference
    change: Change | None

    @property
    def learnt(self) -> float | None:
        """The weight that outcomes would give it; None while weights are not learnt."""
        return None if self.factor is None else self.weight * self.factor


def weights(model: Model, outcomes: Sequence[Outcome]) -> tuple[Weight, ...]:
    """What outcomes, the oldest first, say of each criterion on their cards; those to change first."""
    latest: dict[str, float] = {}
    for one in outcomes:
        latest |= {code: weight for code, weight in one.weights.items() if weight}
    found = [_weight(code, weight, model, outcomes) for code, weight in latest.items()]
    return tuple(sorted(found, key=lambda one: (one.change is None, list(Change).index(one.change or Change.MORE))))


def _weight(code: str, weight: float, model: Model, outcomes: Iterable[Outcome]) -> Weight:
    graded = [(one.is_won, one.grades[code]) for one in outcomes if code in one.grades and one.weights.get(code)]
    won, lost = ([grade for is_won, grade in graded if is_won is which] for which in (True, False))
    factor = model.factors.get(code)
    apart = _apart(won, lost)
    return Weight(
        code=code,
        weight=weight,
        factor=factor,
        won=fmean(won) if won else None,
        lost=fmean(lost) if lost else None,
        count=len(graded),
        difference=apart,
        change=_change(apart, factor),
    )


def _change(apart: Difference, factor: float | None) -> Change | None:
    if apart.value is not None and apart.high < 0:
        return Change.CONTRADICTED
    if factor is None or 1 / TWICE < factor < TWICE:
        return None
    return Change.LESS if factor < 1 else Change.MORE


def _apart(won: Sequence[float], lost: Sequence[float]) -> Difference:
    """Difference of the mean grades with its interval, by the normal distribution and each side's own variance."""
    if min(len(won), len(lost)) < FEW:
        return Difference(None, -float(TOP), float(TOP))
    value = fmean(won) - fmean(lost)
    half = SURE * math.sqrt(variance(won) / len(won) + variance(lost) / len(lost))
    return Difference(value, value - half, value + half)


@dataclass(frozen=True, slots=True)
class Use:
    """How a channel was used in a period.

    Attributes:
        key: which channel.
        contacts: how many were done.
        cost: of them with their hours at what an hour costs, in minor units of one currency.
        covered: what they added to the coverage of all maps, leverage times quality, at least 0.
    """

    key: int
    contacts: int
    cost: float
    covered: float


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and what it brings for its cost.

    Attributes:
        use: as given.
        cost: share of the cost of all, 0 to 1.
        covered: share of what all covered, 0 to 1.
    """

    use: Use
    cost: float
    covered: float

    @property
    def is_poor(self) -> bool:
        """Whether it costs much and covers little."""
        return self.use.contacts >= CONTACTS and self.cost > 0 and self.cost >= TWICE * self.covered


def channels(uses: Iterable[Use]) -> tuple[Channel, ...]:
    """What each channel brings for its cost, the dearest for what it covers first; none where nothing was spent."""
    given = tuple(uses)
    cost, covered = sum(use.cost for use in given), sum(use.covered for use in given)
    if cost <= 0:
        return ()
    found = [Channel(use, use.cost / cost, use.covered / covered if covered else 0.0) for use in given]
    return tuple(sorted(found, key=lambda one: one.covered - one.cost))
