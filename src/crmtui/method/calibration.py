"""Were the probabilities right? Those given at the time against outcomes (method.md section 7).

Brier score (1950): the mean of (p - o)², 0 at best; whoever always says one half gets 0.25. Murphy's decomposition
(1973) takes it apart by bins k of n(k) cases, of mean probability p(k) and share won o(k), with the share o of all won:

    reliability  Σ n(k)/n · (p(k) - o(k))²   how far from what happened; 0 at best
    resolution   Σ n(k)/n · (o(k) - o)²      how well cases are told apart; the more the better
    uncertainty  o · (1 - o)                 what the cases leave to everybody
    Brier = reliability - resolution + uncertainty

That adds up where all probabilities of a bin are equal (`Binning.DISTINCT`). Bins that hold different ones need two
terms more (Stephenson, Coelho & Jolliffe 2008): the variance within bins and twice the covariance within bins,

    Brier = reliability - resolution + uncertainty + variance - covariance

which are given, so that the terms add up to the score for any bins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING, Final

from crmtui.method.proportions import Proportion, proportion, speaks_against
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BINS: Final = 10
FEW: Final = 20  # outcomes below which a table of bins is mostly chance
EDGE: Final = 0.001  # for the log loss, probabilities are kept so far from 0 and 1, which would cost without end


class Binning(StrEnum):
    """What makes a bin."""

    WIDTH = "width"  # an equal part of the way from 0 to 1
    COUNT = "count"  # about equally many cases; equal probabilities stay together
    DISTINCT = "distinct"  # one probability


class Doubt(StrEnum):
    """Why the figures say little."""

    NOTHING = "nothing"  # no outcome
    ONE_CLASS = "one_class"  # all were won, or all were lost
    FEW = "few"  # fewer than `FEW` outcomes


@dataclass(frozen=True, slots=True)
class Judged:
    """A probability and what came.

    Attributes:
        key: of the opportunity.
        probability: of winning, as given at the time, 0 to 1.
        is_won: how it ended.
    """

    key: int
    probability: float
    is_won: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of like probability.

    Attributes:
        low: the lowest probability that belongs here: the edge, or the lowest that is there where bins have no edges.
        high: the same for the highest.
        given: mean of the probabilities.
        won: the share that was won, with its interval.
        keys: the cases.
        is_off: whether what happened speaks against the mean probability; never where all cases ended alike.
    """

    low: float
    high: float
    given: float
    won: Proportion
    keys: tuple[int, ...]
    is_off: bool


@dataclass(frozen=True, slots=True)
class Murphy:
    """The terms of a Brier score.

    Attributes:
        reliability: how far probabilities are from what happened.
        resolution: how well they tell cases apart.
        uncertainty: what the cases leave open.
        variance: of probabilities within bins; 0 for bins of one probability.
        covariance: twice that of probabilities and outcomes within bins; likewise.
    """

    reliability: float
    resolution: float
    uncertainty: float
    variance: float
    covariance: float

    @property
    def brier(self) -> float:
        """What they add up to."""
        return self.reliability - self.resolution + self.uncertainty + self.variance - self.covariance


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good probabilities were.

    Attributes:
        count: outcomes.
        won: share of them, with its interval.
        brier: score, 0 at best, 1 at worst; None of nothing.
        skill: 1 - brier/uncertainty: how much better than to say the share won each time; below 0 for worse; None
            where all ended alike.
        log_loss: mean of -ln(probability of what came); None of nothing.
        clipped: cases whose probability was so near to 0 or 1 that `EDGE` was taken in the log loss.
        impossible: cases in which came what had been given probability 0.
        murphy: the terms of the Brier score; None of nothing.
        bins: the reliability table, from the lowest probability to the highest, without empty bins.
        expected: how many would be won if the probabilities were right.
        low: the lower end of an interval that then held the number won in 80 % of cases.
        high: the upper end.
        doubt: why this says little; None where it does not.
    """

    count: int
    won: Proportion
    brier: float | None
    skill: float | None
    log_loss: float | None
    clipped: int
    impossible: int
    murphy: Murphy | None
    bins: tuple[Bin, ...]
    expected: float
    low: float
    high: float
    doubt: Doubt | None


def calibration(cases: Iterable[Judged], binning: Binning = Binning.WIDTH, bins: int = BINS) -> Calibration:
    """How good the probabilities of closed opportunities were.

    Raises:
        ValueError: a probability that is not between 0 and 1, or fewer than one bin.
    """
    given = sorted(cases, key=lambda one: one.probability)
    if bins < 1:
        raise ValueError(f"{bins} bins are not 1 or more")
    for one in given:
        if not 0 <= one.probability <= 1:
            raise ValueError(f"opportunity {one.key}: a probability of {one.probability} is not between 0 and 1")
    count, won = len(given), sum(one.is_won for one in given)
    groups = _groups(given, binning, bins)
    murphy = _murphy(given, [inside for _low, _high, inside in groups]) if given else None
    score = brier(given)
    expected = math.fsum(one.probability for one in given)
    half = BAND * math.sqrt(math.fsum(one.probability * (1 - one.probability) for one in given))
    return Calibration(
        count=count,
        won=proportion(won, count),
        brier=score,
        skill=1 - score / murphy.uncertainty if score is not None and murphy and murphy.uncertainty else None,
        log_loss=fmean(_surprise(one) for one in given) if given else None,
        clipped=sum(not EDGE <= one.probability <= 1 - EDGE for one in given),
        impossible=sum(one.probability == (not one.is_won) for one in given),
        murphy=murphy,
        bins=tuple(_bin(low, high, inside, is_told=won not in (0, count)) for low, high, inside in groups),
        expected=expected,
        low=max(0.0, expected - half),
        high=min(float(count), expected + half),
        doubt=_doubt(count, won),
    )


def brier(cases: Sequence[Judged]) -> float | None:
    """The mean squared error of probabilities (Brier 1950); None of nothing."""
    return fmean((one.probability - one.is_won) ** 2 for one in cases) if cases else None


def _doubt(count: int, won: int) -> Doubt | None:
    if not count:
        return Doubt.NOTHING
    if won in (0, count):
        return Doubt.ONE_CLASS
    return Doubt.FEW if count < FEW else None


def _surprise(one: Judged) -> float:
    p = min(1 - EDGE, max(EDGE, one.probability))
    return -math.log(p if one.is_won else 1 - p)


Group = tuple[float, float, list[Judged]]


def _groups(given: Sequence[Judged], binning: Binning, bins: int) -> list[Group]:
    """(low, high, cases) of each bin that has any; `given` is sorted by probability."""
    if binning is Binning.WIDTH:
        return [
            (at / bins, (at + 1) / bins, list(inside))
            for at, inside in groupby(given, key=lambda one: min(bins - 1, int(one.probability * bins)))
        ]
    found: list[list[Judged]] = []
    size = 1 if binning is Binning.DISTINCT else len(given) / bins
    passed = 0
    for _probability, same in groupby(given, key=lambda one: one.probability):
        inside = list(same)
        if not found or binning is Binning.DISTINCT or passed >= size * len(found):
            found.append([])
        found[-1] += inside
        passed += len(inside)
    return [(inside[0].probability, inside[-1].probability, inside) for inside in found]


def _bin(low: float, high: float, inside: Sequence[Judged], *, is_told: bool) -> Bin:
    given, won = _given(inside), proportion(sum(one.is_won for one in inside), len(inside))
    return Bin(
        low=low,
        high=high,
        given=given,
        won=won,
        keys=tuple(one.key for one in inside),
        is_off=is_told and speaks_against(won, given),
    )


def _given(inside: Sequence[Judged]) -> float:
    """The mean probability, which rounding does not lead out of the bin."""
    mean = fmean(one.probability for one in inside)
    return min(inside[-1].probability, max(inside[0].probability, mean))


def _murphy(given: Sequence[Judged], groups: Iterable[Sequence[Judged]]) -> Murphy:
    count = len(given)
    rate = sum(one.is_won for one in given) / count
    reliability = resolution = variance = covariance = 0.0
    for inside in groups:
        mean, ended = _given(inside), fmean(one.is_won for one in inside)
        reliability += len(inside) * (mean - ended) ** 2
        resolution += len(inside) * (ended - rate) ** 2
        variance += math.fsum((one.probability - mean) ** 2 for one in inside)
        covariance += 2 * math.fsum((one.probability - mean) * (one.is_won - ended) for one in inside)
    return Murphy(reliability / count, resolution / count, rate * (1 - rate), variance / count, covariance / count)
