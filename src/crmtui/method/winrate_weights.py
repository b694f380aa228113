"""Weights of their own for the criteria of a template, learnt from many outcomes (method.md section 3).

Logistic regression with a ridge centred on the template's weights. Criterion i multiplies its share of the template
v(i) and its place x(i), -1 to 1, by a slope of its own b(i) >= 0:

    log-odds = intercept + sum of b(i) · v(i) · x(i) / answered share

All b(i) equal is the template as it is. The prior says how far they may be from it: b is normal around c · slope, with
a common deviation (the whole card tells less, or more) and one of each criterion of k · slope. c and k are those under
which the outcomes are most likely (evidence by Laplace's method: MacKay 1992). c = 0 is the answer "this card tells
nothing": without a signal everything ends in the base rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from crmtui.method.scorecard import TOP
from crmtui.method.winrate import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from crmtui.method.winrate_learning import Outcome, Prior

    Floats: TypeAlias = NDArray[np.floating[Any]]

CENTRES: Final = (1.0, 0.5, 0.25)  # c, besides 0
DEVIATIONS: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # k
COMMON: Final = 0.5  # common deviation, as a share of the centre
NONE: Final = 1e-3  # a deviation that leaves nothing open
REFINED: Final = 2  # times that the answered share is taken anew, with the weights that were found

_ROUNDS: Final = 60
_SMALLEST_STEP: Final = 1e-6
_FLAT: Final = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """The most likely parameters: intercept first, then slopes of at least 0.

    Attributes:
        found: the parameters.
        misfit: minus the logarithm of likelihood and prior there, without constants.
        down: first derivatives of the misfit.
        curvature: second ones.
    """

    found: Floats
    misfit: float
    down: Floats
    curvature: Floats

    @property
    def at_bound(self) -> NDArray[np.bool_]:
        """Which slopes are kept at 0."""
        kept: NDArray[np.bool_] = self.found <= 0.0
        kept[0] = False
        return kept


@dataclass(frozen=True, slots=True, eq=False)
class _Deals:
    """Outcomes as figures: codes in order, shares and places (0 where unknown) of each deal, known, won."""

    codes: tuple[str, ...]
    shares: Floats
    places: Floats
    known: Floats
    won: Floats

    def features(self, factors: Floats) -> Floats:
        """v(i) · x(i) / answered share, after a column of ones; answered as the factors count the criteria."""
        counts = self.shares * factors
        whole, answered = counts.sum(axis=1), (counts * self.known).sum(axis=1)
        share = np.where(answered > 0, answered / np.where(whole > 0, whole, 1.0), 1.0)
        return np.column_stack([np.ones(len(self.won)), self.shares * self.places / share[:, None]])


def learn_weights(outcomes: Sequence[Outcome], believed: Prior) -> Model:
    """A model with factors by code; its `rate`, `count` and the like are left to who asks."""
    deals = _deals(outcomes)
    even: Floats = np.ones(len(deals.codes))
    features = deals.features(even)
    centre, deviation = _most_likely(features, deals.won, believed)
    factors: Floats = even
    mode, loads = _mode(features, deals.won, believed, centre, deviation)
    for _round in range(REFINED):
        factors = _factors(deals, loads @ mode.found[1:])
        features = deals.features(factors)
        mode, loads = _mode(features, deals.won, believed, centre, deviation)
    return _model(deals, features, mode, loads)


def most_likely(features: Floats, won: Floats, centre: Floats, precision: Floats) -> Mode:
    """Parameters under a normal prior, all but the first at least 0, by Newton's method on those that are not at 0.

    `features` has a row for each outcome; a precision of zeros is no prior at all. (Bertsekas 1982.)
    """
    found = np.maximum(centre, np.concatenate([[-np.inf], np.zeros(len(centre) - 1)]))
    mode = _look(features, won, centre, precision, found)
    for _round in range(_ROUNDS):
        free = ~(mode.at_bound & (mode.down > 0))
        if np.abs(mode.down[free]).max() < _FLAT * len(won):
            break
        step = np.zeros_like(found)
        step[free] = np.linalg.solve(mode.curvature[np.ix_(free, free)], mode.down[free])
        share = 1.0
        while share > _SMALLEST_STEP:
            tried = mode.found - share * step
            tried[1:] = np.maximum(tried[1:], 0.0)
            after = _look(features, won, centre, precision, tried)
            if after.misfit <= mode.misfit - 1e-4 * float(mode.down @ (mode.found - tried)):
                mode = after
                break
            share /= 2
        else:
            break
    return mode


def _look(features: Floats, won: Floats, centre: Floats, precision: Floats, found: Floats) -> Mode:
    log_odds, away = features @ found, found - centre
    p = 0.5 * (1.0 + np.tanh(log_odds / 2))
    misfit = float(np.sum(np.logaddexp(0.0, log_odds) - won * log_odds) + away @ precision @ away / 2)
    down = features.T @ (p - won) + precision @ away
    curvature = (features * (p * (1.0 - p))[:, None]).T @ features + precision
    return Mode(found, misfit, down, curvature)


def _deals(outcomes: Sequence[Outcome]) -> _Deals:
    templates = {id(one.weights): one.weights for one in outcomes}  # very many cards have the same
    codes = tuple(dict.fromkeys(code for one in templates.values() for code, weight in one.items() if weight))
    rows = {}
    for key, weights in templates.items():
        whole = sum(weights.values())
        rows[key] = [weights.get(code, 0.0) / whole if whole else 0.0 for code in codes]
    shares = np.array([rows[id(one.weights)] for one in outcomes])
    grades = np.array([[one.grades.get(code, math.nan) for code in codes] for one in outcomes])
    known = (shares > 0.0) & ~np.isnan(grades)
    places = np.where(known, 2.0 * grades / TOP - 1.0, 0.0)
    return _Deals(codes, shares, places, known.astype(float), np.array([float(one.is_won) for one in outcomes]))


def _prior(count: int, believed: Prior, centre: float, deviation: float) -> tuple[Floats, Floats]:
    """Mean and covariance of the intercept and so many slopes."""
    mean = np.concatenate([[believed.intercept], np.full(count, centre * believed.slope)])
    covariance = np.zeros((count + 1, count + 1))
    covariance[0, 0] = believed.intercept_sd**2
    common = max(NONE, COMMON * centre * believed.slope)
    covariance[1:, 1:] = common**2 + (deviation * believed.slope) ** 2 * np.eye(count)
    return mean, covariance


def _mode(features: Floats, won: Floats, believed: Prior, centre: float, deviation: float) -> tuple[Mode, Floats]:
    """The mode, and how its slopes make those of the criteria: all from one where they may not differ."""
    criteria = features.shape[1] - 1
    if deviation:
        loads = np.eye(criteria)
    else:
        loads = np.ones((criteria, 1))
        features = np.column_stack([features[:, 0], features[:, 1:].sum(axis=1)])
    mean, covariance = _prior(loads.shape[1], believed, centre, deviation)
    precision = np.linalg.inv(covariance)
    return most_likely(features, won, mean, precision), loads


def _most_likely(features: Floats, won: Floats, believed: Prior) -> tuple[float, float]:
    """The c and k under which the outcomes are most likely; of equals, the nearer to the template."""
    pairs = [(centre, deviation) for centre in CENTRES for deviation in DEVIATIONS] + [(0.0, 0.0)]
    return max(pairs, key=lambda pair: _evidence(features, won, believed, *pair))


def _evidence(features: Floats, won: Floats, believed: Prior, centre: float, deviation: float) -> float:
    """Logarithm of the probability of the outcomes, by Laplace's method; a slope at 0 has half a bell, or its foot."""
    mode, loads = _mode(features, won, believed, centre, deviation)
    mean, covariance = _prior(loads.shape[1], believed, centre, deviation)
    bound = mode.at_bound
    inner = mode.curvature[np.ix_(~bound, ~bound)]
    found = -mode.misfit - (np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(inner)[1]) / 2
    for down, curvature in zip(mode.down[bound], np.diag(mode.curvature)[bound], strict=True):
        found += _log_foot(max(0.0, float(down)) / math.sqrt(2 * curvature)) - math.log(curvature) / 2
    deviations = np.sqrt(np.diag(covariance))[1:]
    return float(found - sum(_log_above(float(ratio)) for ratio in mean[1:] / deviations))


def _log_foot(x: float) -> float:
    """log(exp(x²)·erfc(x)/2), which does not overflow."""
    if x < 20:  # noqa: PLR2004 - beyond it the first term of the series is exact to a thousandth
        return x * x + math.log(math.erfc(x) / 2)
    return -math.log(2 * x * math.sqrt(math.pi))


def _log_above(deviations: float) -> float:
    """Logarithm of the share of a normal distribution that is above 0, its mean so many deviations above it."""
    return math.log(math.erfc(-deviations / math.sqrt(2)) / 2)


def _factors(deals: _Deals, slopes: Floats) -> Floats:
    """How many times the template's share each criterion counts; 1 each where all slopes are 0."""
    mean = float(deals.shares.mean(axis=0) @ slopes)
    return slopes / mean if mean > 0 else np.ones_like(slopes)


def _model(deals: _Deals, features: Floats, mode: Mode, loads: Floats) -> Model:
    """Intercept and slope of the whole card with their covariance; what the weights add to it, on average."""
    slopes = loads @ mode.found[1:]
    shares = deals.shares.mean(axis=0)
    factors = _factors(deals, slopes)
    slope = float(shares @ slopes)
    criteria = len(slopes)
    whole = np.zeros((2, criteria + 1))
    whole[0, 0], whole[1, 1:] = 1.0, shares
    spread = np.zeros((criteria + 1, loads.shape[1] + 1))
    spread[0, 0], spread[1:, 1:] = 1.0, loads
    each = spread @ np.linalg.inv(mode.curvature) @ spread.T
    both = whole @ each @ whole.T
    z = features[:, 1:] @ slopes / slope if slope > 0 else np.zeros(len(features))
    line = np.column_stack([np.ones(len(z)), z])
    more = np.einsum("ni,ij,nj->n", features, each, features) - np.einsum("ni,ij,nj->n", line, both, line)
    return Model(
        intercept=float(mode.found[0]),
        slope=slope,
        covariance=(float(both[0, 0]), float(both[0, 1]), float(both[1, 1])),
        rate=0.0,
        spread=max(0.0, float(more.mean())),
        factors={code: float(factor) for code, factor in zip(deals.codes, factors, strict=True)},
    )
