"""How strong the relationship with an account is, 0 to 100, for the portfolio matrix (method.md sections 1 and 4).

strength = 100 · Σ weight·share / Σ weight over the parts of which something is known:

- recognition (0.4): the mean over the four rows of the ladder of each row's mean rating, / 4;
- bonds (0.3): the mean rating of the six bonds, / 4;
- coverage (0.3): K of the account's map, Σ c·k (section 2).

Published weights do not exist; these are defaults, for the user to edit. Quality of the relationship (recognition,
bonds) and the density and authority of contacts (coverage, weighted by leverage) both carry the value of an account
(Palmatier 2008, 446 dyads).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.fields import Word
from crmtui.method.recognition import BONDS, ROWS, TOP, mean
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.domain.words import Indicator

FULL: Final = 100.0
GROUPS: Final = (*ROWS.values(), BONDS)  # the ratings that count together: each row of the ladder, and the bonds


class Part(Word):
    """What the strength is made of."""

    RECOGNITION = "recognition", N_("recognition")
    BONDS = "bonds", N_("bonds")
    COVERAGE = "coverage", N_("coverage")


WEIGHTS: Final[Mapping[Part, float]] = {Part.RECOGNITION: 0.4, Part.BONDS: 0.3, Part.COVERAGE: 0.3}


@dataclass(frozen=True, slots=True)
class Term:
    """What one part does to the strength.

    Attributes:
        part: which.
        weight: its share of the whole, 0 to 1.
        share: how much of it is there, 0 to 1; None when nothing is known.
        low: the same if all that is unknown turned out worst.
        high: the same, turned out best.
        known: share of what it asks that is known, 0 to 1.
        points: what it adds to the strength; None when nothing is known.
    """

    part: Part
    weight: float
    share: float | None
    low: float
    high: float
    known: float
    points: float | None


@dataclass(frozen=True, slots=True)
class Strength:
    """The figure and its reasons.

    Attributes:
        value: 0 to 100; None when nothing is known.
        low: what it would be if all that is unknown turned out worst.
        high: the same, turned out best.
        completeness: weighted share of what is known, 0 to 1.
        terms: one for each part; known points sum to `value`.
    """

    value: float | None
    low: float
    high: float
    completeness: float
    terms: tuple[Term, ...]


class Share(NamedTuple):
    """How much of a part is there; see `Term`."""

    value: float | None
    low: float
    high: float
    known: float


class Sum(NamedTuple):
    """The known ratings of a group: what they add up to, and how many they are."""

    total: int
    known: int


_SIZES: Final = tuple(map(len, GROUPS))
UNKNOWN: Final = (Sum(0, 0),) * len(GROUPS)  # the sums where nothing is rated


def strength(
    grades: Mapping[Indicator, int | None], coverage: float | None, weights: Mapping[Part, float] = WEIGHTS
) -> Strength:
    """The strength of the relationship.

    Args:
        grades: the ratings, 0 to 4; what is not there is unknown.
        coverage: K of the account's map, 0 to 1; None where there is no map.
        weights: of the parts against each other, at least 0; where all are 0 they count alike.

    Raises:
        ValueError: a rating is not between 0 and 4, the coverage not between 0 and 1, or a weight below 0.
    """
    of = shares(weights)
    parts = (*of_ratings([_sum(group, grades) for group in GROUPS]), of_coverage(coverage))
    counts = tuple(of[part] for part in Part)
    whole = sum(count for count, share in zip(counts, parts, strict=True) if share.value is not None)
    terms = tuple(map(_term, Part, parts, counts, (whole,) * len(parts)))
    return Strength(
        value=sum(term.points or 0.0 for term in terms) if whole else None,
        low=FULL * sum(term.weight * term.low for term in terms),
        high=FULL * sum(term.weight * term.high for term in terms),
        completeness=sum(term.weight * term.known for term in terms),
        terms=terms,
    )


def of_ratings(sums: Sequence[tuple[int, int]]) -> tuple[Share, Share]:
    """How much of recognition and of bonds is there, by what the known ratings of `GROUPS` add up to; see `Sum`."""
    return _together(_SIZES[:-1], sums[:-1]), _together(_SIZES[-1:], sums[-1:])


def of_coverage(coverage: float | None) -> Share:
    """How much of coverage is there; raises as `strength`."""
    if coverage is None:
        return Share(None, 0.0, 1.0, 0.0)
    if not 0 <= coverage <= 1:
        raise ValueError(f"coverage {coverage} is not between 0 and 1")
    return Share(coverage, coverage, coverage, 1.0)


def shares(weights: Mapping[Part, float]) -> dict[Part, float]:
    """Weights as shares of the whole, of sum 1.

    Raises:
        ValueError: a weight is below 0.
    """
    if any(weights[part] < 0 for part in Part):
        raise ValueError("the weights of the strength are at least 0")
    whole = sum(weights[part] for part in Part)
    return {part: weights[part] / whole if whole else 1 / len(Part) for part in Part}


def _sum(group: Sequence[Indicator], grades: Mapping[Indicator, int | None]) -> Sum:
    known = [term.grade for term in mean(group, grades).terms if term.grade is not None]
    return Sum(sum(known), len(known))


def _together(sizes: Sequence[int], sums: Sequence[tuple[int, int]]) -> Share:
    """The mean of groups, each counting the same; one of which nothing is known is left out."""
    value = low = high = 0.0
    counting = known = whole = 0
    for size, (total, rated) in zip(sizes, sums, strict=True):
        if rated:
            value += total / rated
            counting += 1
        low += total / size
        high += (total + TOP * (size - rated)) / size
        known += rated
        whole += size
    most = TOP * len(sizes)
    return Share(value / (TOP * counting) if counting else None, low / most, high / most, known / whole)


def _term(part: Part, share: Share, weight: float, whole: float) -> Term:
    points = None if share.value is None else FULL * weight / whole * share.value if whole else 0.0
    return Term(part, weight, share.value, share.low, share.high, share.known, points)
