"""Learn from closed opportunities how grades become outcomes (method.md section 3).

Before there are outcomes, intercept and slope are such that a card in the middle (z = 0) wins as often as the user's
base rate says, and a full card in about nine of ten cases. Outcomes update both by Newton's method to the most likely
values (MAP), and the curvature there gives their covariance (Laplace). From `ENOUGH` outcomes with cards of the same
template on, each criterion gets a weight of its own (`winrate_weights`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.method.winrate import MIDDLE, Model, logistic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BASE_RATE: Final = 0.30  # where the user has given none
STRENGTH: Final = 10.0  # outcomes that the base rate weighs as much as
STRONGEST: Final = 40.0  # the most that outcomes without a card can make of it: they were other deals
FULL_CARD: Final = 0.90  # probability of a card with nothing but best grades, before anything was learnt
DOUBT: Final = 0.5  # standard deviation of the slope, as a share of it
ENOUGH: Final = 50  # outcomes from which weights are learnt
LATEST: Final = 2000  # of more outcomes, the latest so many are learnt from: old ones tell of old customers
EXTREME: Final = 0.01  # the base rate is kept so far away from never and from always

_ROUNDS: Final = 100
_FLAT: Final = 1e-10
_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """A closed opportunity.

    Attributes:
        is_won: how it ended.
        weights: of the criteria of its card, by code; empty where it had none.
        grades: 0 to 4 of those that were answered, by code.
        is_old: whether it had answers that are not given, since there are `LATEST` later ones on cards of its template.
    """

    is_won: bool
    weights: Mapping[str, float]
    grades: Mapping[str, float]
    is_old: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether anything that counts is answered."""
        return self.is_old or any(self.weights.get(code) for code in self.grades)

    @property
    def z(self) -> float | None:
        """The weighted mean of what is answered, scaled to -1 to 1; None when nothing that counts is."""
        known = [(self.weights[code], grade) for code, grade in self.grades.items() if self.weights.get(code)]
        whole = sum(weight for weight, _grade in known)
        return sum(weight / whole * grade for weight, grade in known) / MIDDLE - 1.0 if known else None


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before learning; a standard deviation of infinity believes nothing.

    Attributes:
        intercept: log-odds of the base rate.
        slope: log-odds that a full card has above it.
        intercept_sd: how far the intercept may be off.
        slope_sd: the same for the slope.
    """

    intercept: float
    slope: float
    intercept_sd: float
    slope_sd: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Intercept and slope that fit, and their covariance as in `Model`."""

    intercept: float
    slope: float
    covariance: tuple[float, float, float]


def shrunk_rate(won: int, closed: int, base_rate: float = BASE_RATE) -> float:
    """The share that was won, shrunk towards the base rate as if `STRENGTH` outcomes more had ended like that."""
    return (won + STRENGTH * base_rate) / (closed + STRENGTH)


def prior(base_rate: float = BASE_RATE, won: int = 0, closed: int = 0) -> Prior:
    """What is believed, given a base rate and the outcomes that have no card.

    Raises:
        ValueError: the base rate is not between 0 and 1.
    """
    if not 0 <= base_rate <= 1:
        raise ValueError(f"a base rate of {base_rate} is not between 0 and 1")
    rate = min(1 - EXTREME, max(EXTREME, shrunk_rate(won, closed, base_rate)))
    intercept = _logit(rate)
    slope = _logit(max(FULL_CARD, (1 + rate) / 2)) - intercept
    strength = min(STRONGEST, STRENGTH + closed)
    return Prior(intercept, slope, 1 / math.sqrt(strength * rate * (1 - rate)), DOUBT * slope)


def learn(own: Sequence[Outcome], others: Sequence[Outcome] = (), base_rate: float = BASE_RATE) -> Model:
    """What the outcomes teach, the oldest first, about cards of one template.

    `own` are those with a card of this template, `others` all that remain, with a card of another template or none. Up
    to `ENOUGH` of its own, intercept and slope are learnt from all cards alike: z means the same on each.
    """
    everything = [*own, *others]
    mine, rest = ([one for one in those if one.is_answered] for those in (own, others))
    won = sum(one.is_won for one in everything)
    won_bare = won - sum(one.is_won for one in mine) - sum(one.is_won for one in rest)
    believed = prior(base_rate, won_bare, len(everything) - len(mine) - len(rest))
    rate = shrunk_rate(won, len(everything), base_rate)
    mine = mine[-LATEST:]
    if len(mine) >= ENOUGH:
        from crmtui.method.winrate_weights import learn_weights

        model = learn_weights(mine, believed)
    else:
        mine += rest[-(LATEST - len(mine)) :]
        found = fit([(one.z or 0.0, one.is_won) for one in mine], believed)
        model = Model(found.intercept, found.slope, found.covariance, rate)
    return Model(
        model.intercept,
        model.slope,
        model.covariance,
        rate,
        spread=model.spread,
        factors=model.factors,
        count=len(mine),
        won=sum(one.is_won for one in mine),
        closed=len(everything),
    )


def fit(outcomes: Sequence[tuple[float, bool]], believed: Prior) -> Fit:
    """The most likely intercept and slope for outcomes (z, won), the slope at least 0.

    Raises:
        ValueError: nothing is believed, and the outcomes leave something open (all alike, or told apart by z).
    """
    found = _newton(outcomes, believed, is_sloped=True)
    return found if found.slope >= 0 else _newton(outcomes, believed, is_sloped=False)


def _newton(outcomes: Sequence[tuple[float, bool]], believed: Prior, *, is_sloped: bool) -> Fit:
    """Newton's method with halved steps; without a slope it stays at 0, and its variance is that of 0."""
    a, b = believed.intercept, believed.slope if is_sloped else 0.0
    before = _misfit(outcomes, believed, a, b)
    for _round in range(_ROUNDS):
        (down_a, down_b), (aa, ab, bb) = _slopes(outcomes, believed, a, b)
        determinant = aa * bb - ab * ab
        if determinant < _FLAT:
            raise ValueError("these outcomes alone do not say where intercept and slope are")
        step_a, step_b = (
            ((bb * down_a - ab * down_b) / determinant, (aa * down_b - ab * down_a) / determinant)
            if is_sloped
            else (down_a / aa, 0.0)
        )
        if max(abs(step_a), abs(step_b)) < _CLOSE:
            return Fit(a, b, (bb / determinant, -ab / determinant, aa / determinant))
        share, enough = 1.0, before + _CLOSE
        while share > _CLOSE and _misfit(outcomes, believed, a - share * step_a, b - share * step_b) > enough:
            share /= 2
        a, b = a - share * step_a, b - share * step_b
        before = _misfit(outcomes, believed, a, b)
    raise ValueError("these outcomes alone do not say where intercept and slope are")


def _misfit(outcomes: Sequence[tuple[float, bool]], believed: Prior, a: float, b: float) -> float:
    """Minus the logarithm of the likelihood and of the prior."""
    away = ((a - believed.intercept) / believed.intercept_sd) ** 2 + ((b - believed.slope) / believed.slope_sd) ** 2
    return away / 2 + sum(_softplus(-(a + b * z) if is_won else a + b * z) for z, is_won in outcomes)


def _slopes(
    outcomes: Sequence[tuple[float, bool]], believed: Prior, a: float, b: float
) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """First derivatives of the misfit, and second ones."""
    tight_a, tight_b = believed.intercept_sd**-2, believed.slope_sd**-2
    down_a, down_b = tight_a * (a - believed.intercept), tight_b * (b - believed.slope)
    aa, ab, bb = tight_a, 0.0, tight_b
    for z, is_won in outcomes:
        p = logistic(a + b * z)
        down_a += p - is_won
        down_b += (p - is_won) * z
        weight = p * (1 - p)
        aa += weight
        ab += weight * z
        bb += weight * z * z
    return (down_a, down_b), (aa, ab, bb)


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _logit(p: float) -> float:
    return math.log(p / (1 - p))
