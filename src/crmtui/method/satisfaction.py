"""Satisfaction of customers: the class of an answer, the net promoter score, the trend (method.md section 7).

Answers from 0 to 10: 9 and 10 promote, 7 and 8 are passive, the rest detract; the score is the share of promoters less
that of detractors, -100 to 100 (Reichheld 2003). Of several answers of a person the latest counts. The band of the
score is the adjusted Wald interval, three quarters of an answer more on each side and one and a half between, which
held best of six (Rocks 2016); it keeps a band for one answer, and where all say the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.delivery import DETRACTS, PROMOTES
from crmtui.domain.words import Loyalty
from crmtui.method.trend import Trend, trend
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

TOP: Final = 10
ADDED: Final = 0.75  # answers added on each side for the band; twice as many between
FULL: Final = 100.0


@dataclass(frozen=True, slots=True)
class Answer:
    """How satisfied somebody said to be.

    Attributes:
        key: of the answer.
        account: whose.
        person: who said it; None where nobody was named: the account then counts as one person.
        day: when.
        score: 0 to 10.
    """

    key: int
    account: int
    person: int | None
    day: dt.date
    score: int


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How satisfied customers are.

    Attributes:
        score: net promoter score, -100 to 100; None of no answer.
        low: the lower end of its band.
        high: the upper end.
        mean: of the answers that count, 0 to 10; None likewise.
        promoters: keys of the answers.
        passives: likewise.
        detractors: likewise; those to call first.
        trend: of all answers, points of the scale a year.
        completeness: share of the accounts that somebody answered for, 0 to 1; None of none.
    """

    score: float | None
    low: float
    high: float
    mean: float | None
    promoters: tuple[int, ...]
    passives: tuple[int, ...]
    detractors: tuple[int, ...]
    trend: Trend
    completeness: float | None

    @property
    def count(self) -> int:
        """How many answers count."""
        return len(self.promoters) + len(self.passives) + len(self.detractors)


def loyalty(score: int) -> Loyalty:
    """The class of an answer; ValueError for one that is not between 0 and 10."""
    if not 0 <= score <= TOP:
        raise ValueError(f"a satisfaction of {score} is not between 0 and {TOP}")
    if score >= PROMOTES:
        return Loyalty.PROMOTER
    return Loyalty.DETRACTOR if score <= DETRACTS else Loyalty.PASSIVE


def satisfaction(answers: Iterable[Answer], accounts: int) -> Satisfaction:
    """The satisfaction of so many accounts, from all their answers."""
    given = sorted(answers, key=lambda one: (one.day, one.key))
    latest = list({(one.account, one.person): one for one in given}.values())
    classes: dict[Loyalty, list[int]] = {one: [] for one in Loyalty}
    for one in latest:
        classes[loyalty(one.score)].append(one.key)
    promoters, detractors = len(classes[Loyalty.PROMOTER]), len(classes[Loyalty.DETRACTOR])
    low, high = _band(promoters, detractors, len(latest))
    return Satisfaction(
        score=FULL * (promoters - detractors) / len(latest) if latest else None,
        low=low,
        high=high,
        mean=_mean(latest),
        promoters=tuple(classes[Loyalty.PROMOTER]),
        passives=tuple(classes[Loyalty.PASSIVE]),
        detractors=tuple(classes[Loyalty.DETRACTOR]),
        trend=trend((one.day, float(one.score)) for one in given),
        completeness=min(1.0, len({one.account for one in latest}) / accounts) if accounts else None,
    )


def _mean(answers: Sequence[Answer]) -> float | None:
    return sum(one.score for one in answers) / len(answers) if answers else None


def _band(promoters: int, detractors: int, count: int) -> tuple[float, float]:
    if not count:
        return -FULL, FULL
    whole = count + 4 * ADDED
    up, down = (promoters + ADDED) / whole, (detractors + ADDED) / whole
    half = BAND * math.sqrt((up + down - (up - down) ** 2) / whole)
    value = FULL * (promoters - detractors) / count
    low, high = FULL * (up - down - half), FULL * (up - down + half)
    return max(-FULL, min(value, low)), min(FULL, max(value, high))
