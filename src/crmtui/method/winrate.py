"""The probability of winning an opportunity, with its band and its terms (method.md section 3).

z is the weighted mean of the answered criteria, scaled to -1 (all grades 0) to 1 (all grades 4), and

    P(win) = logistic(intercept + slope · z)

where intercept and slope, and with enough outcomes the weights too, come from `winrate_learning`. As slope and weights
are never below 0, a better grade never lowers the probability.

The band has two parts. What the outcomes leave open about intercept and slope gives 80 % of a normal distribution
(Laplace covariance); what nobody knows about the opportunity is taken at its worst for the lower end and at its best
for the upper. So the band never gets wider when something becomes known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.method.scorecard import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.method.scorecard import Graded

BAND: Final = 1.2815515655446004  # standard deviations on each side that hold 80 % of a normal distribution
MIDDLE: Final = TOP / 2  # the grade that speaks neither for us nor against us


@dataclass(frozen=True, slots=True)
class Model:
    """What has been learnt about how grades become outcomes.

    Attributes:
        intercept: log-odds of winning at z = 0.
        slope: log-odds that the best card has above it; at least 0.
        covariance: variance of the intercept, covariance, variance of the slope.
        spread: variance that learnt weights add on average; 0 where they are the template's.
        factors: by code, how many times the template's weight a criterion counts, where that was learnt.
        count: closed opportunities with a scorecard that it learnt from.
        won: how many of those were won.
        closed: all closed opportunities, with a scorecard or without.
        rate: share of `closed` that was won, Beta-shrunk towards the base rate that the user gave.
    """

    intercept: float
    slope: float
    covariance: tuple[float, float, float]
    rate: float
    spread: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)
    count: int = 0
    won: int = 0
    closed: int = 0

    def log_odds(self, z: float, deviations: float = 0.0) -> float:
        """Log-odds at z, so many standard deviations above what is most likely."""
        intercept, both, slope = self.covariance
        variance = intercept + 2 * z * both + z * z * slope + self.spread
        return self.intercept + self.slope * z + deviations * math.sqrt(max(0.0, variance))


@dataclass(frozen=True, slots=True)
class Term:
    """What one criterion does to the probability.

    Attributes:
        code: which criterion.
        weight: as the template has it.
        counts: share of the whole that it counts, 0 to 1, after what was learnt.
        grade: as given; None when unknown.
        log_odds: what it adds to the log-odds; None when unknown.
        points: its part of the way from `Chance.start` to `Chance.value`, 0 to 1 or below 0; None when unknown.
        step: what the probability, `Chance.value`, gains when it is graded one better: one above the grade, 4 at most;
            where it is unknown, one above the mean of what is answered, or above the middle where nothing is.
        narrows: by how much the band gets narrower once it is known and like the rest; 0 when it is known.
    """

    code: str
    weight: float
    counts: float
    grade: float | None
    log_odds: float | None
    points: float | None
    step: float
    narrows: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A probability and its band.

    Attributes:
        value: 0 to 1.
        low: the lower end of its band.
        high: the upper end.
        z: the weighted mean of what is answered, -1 to 1; None when nothing that counts is, and `value` is then the
            share of all closed opportunities that was won.
        completeness: answered share of what counts, 0 to 1.
    """

    value: float
    low: float
    high: float
    z: float | None
    completeness: float


@dataclass(frozen=True, slots=True)
class Chance(Estimate):
    """A probability and its reasons.

    Attributes:
        start: the probability at z = 0, from which the terms lead to `value`.
        terms: one for each criterion, in the order given; `start` and the known points sum to `value`.
        count: outcomes that it has learnt from.
    """

    start: float
    terms: tuple[Term, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a card adds up to.

    Attributes:
        answered: the share of it that is answered, 0 to 1.
        sum: of share times place (`place`) over that.
    """

    answered: float = 0.0
    sum: float = 0.0

    @property
    def z(self) -> float | None:
        """The weighted mean of what is answered; None when nothing that counts is."""
        return max(-1.0, min(1.0, self.sum / self.answered)) if self.answered > 0 else None

    @property
    def ends(self) -> tuple[float, float]:
        """Where z ends when all that is unknown turns out worst, and best."""
        unknown = max(0.0, 1.0 - self.answered)
        return max(-1.0, self.sum - unknown), min(1.0, self.sum + unknown)

    def answering(self, share: float, at: float) -> Card:
        """With one more criterion answered."""
        return Card(min(1.0, self.answered + share), self.sum + share * at)

    def moving(self, share: float, by: float) -> Card:
        """With an answered criterion at another place."""
        return Card(self.answered, self.sum + share * by)


def logistic(log_odds: float) -> float:
    """The probability that belongs to log-odds."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1.0 + odds)


def estimate(model: Model, answers: Iterable[Graded]) -> Estimate:
    """The probability of winning with such a card; one without criteria, or without answers, gets the rate of all.

    Raises:
        ValueError: a grade outside of 0 to 4, or a weight below 0 or not finite.
    """
    given = tuple(answers)
    return of_card(model, _card(given, _shares(model, given)))


def of_card(model: Model, card: Card) -> Estimate:
    """The same for a card that is added up already."""
    z = card.z
    low, high = _band(model, card)
    value = model.rate if z is None else logistic(model.log_odds(z))
    return Estimate(value, min(low, value), max(high, value), z, card.answered)


def chance(model: Model, answers: Iterable[Graded]) -> Chance:
    """The same with its terms."""
    given = tuple(answers)
    counts = _shares(model, given)
    card = _card(given, counts)
    found = of_card(model, card)
    return Chance(
        value=found.value,
        low=found.low,
        high=found.high,
        z=found.z,
        completeness=found.completeness,
        start=found.value if found.z is None else logistic(model.intercept),
        terms=tuple(_term(model, card, found.value, one, share) for one, share in zip(given, counts, strict=True)),
        count=model.count,
    )


def shares(model: Model, weights: Mapping[str, float]) -> dict[str, float]:
    """What criteria count of the whole, 0 to 1, by code, from their weights; all 0 where nothing counts."""
    greatest = max(weights.values(), default=0.0) or 1.0
    counts = {code: weight / greatest * model.factors.get(code, 1.0) for code, weight in weights.items()}
    whole = sum(counts.values())
    return {code: count / whole if whole else 0.0 for code, count in counts.items()}


def place(grade: float) -> float:
    """A grade from 0 to 4 on the scale from -1 to 1."""
    return grade / MIDDLE - 1.0


def _shares(model: Model, given: Sequence[Graded]) -> list[float]:
    for one in given:
        one.check()
    found = shares(model, {one.code: one.weight for one in given})
    return [found[one.code] for one in given]


def _card(given: Sequence[Graded], counts: Sequence[float]) -> Card:
    known = [(share, place(one.grade)) for one, share in zip(given, counts, strict=True) if one.grade is not None]
    return Card(min(1.0, sum(share for share, _at in known)), sum(share * at for share, at in known))


def _band(model: Model, card: Card) -> tuple[float, float]:
    """The lower curve is concave in z and the upper convex, so that their extremes lie at the ends."""
    ends = card.ends
    return (
        logistic(min(model.log_odds(z, -BAND) for z in ends)),
        logistic(max(model.log_odds(z, BAND) for z in ends)),
    )


def _term(model: Model, card: Card, value: float, one: Graded, share: float) -> Term:
    z = card.z or 0.0
    if one.grade is None:
        log_odds = points = None
        better = card.answering(share, min(1.0, z + 1 / MIDDLE))
        narrows = _width(model, card) - _width(model, card.answering(share, z))
    else:
        at = place(one.grade)
        log_odds = model.slope * share * at / card.answered if card.answered else 0.0
        points = log_odds * _secant(model, z)
        better = card.moving(share, min(1.0 - at, 1 / MIDDLE))
        narrows = 0.0
    return Term(
        code=one.code,
        weight=one.weight,
        counts=share,
        grade=one.grade,
        log_odds=log_odds,
        points=points,
        step=_gain(model, value, better),
        narrows=max(0.0, narrows),
    )


def _secant(model: Model, z: float) -> float:
    """Probability for each unit of log-odds on the way from z = 0 (integrated gradients: Sundararajan et al. 2017)."""
    start, way = logistic(model.intercept), model.slope * z
    if abs(way) < 1e-6:  # noqa: PLR2004 - there the secant is the tangent
        return start * (1.0 - start)
    return (logistic(model.intercept + way) - start) / way


def _gain(model: Model, value: float, after: Card) -> float:
    return 0.0 if after.z is None else max(0.0, logistic(model.log_odds(after.z)) - value)


def _width(model: Model, card: Card) -> float:
    low, high = _band(model, card)
    return high - low
