"""How the customer recognises us: indicators by the level that judges so, and the bonds (method.md section 1).

Recognition of a level is the mean of the known ratings of its row. What nobody has rated is left out of the mean,
lowers the completeness and widens the band; it is never taken for 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Indicator, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOP: Final = 4  # the best rating

# The row "how it judges the supplier" of the ladder.
ROWS: Final[Mapping[Level, tuple[Indicator, ...]]] = {
    Level.PROSPECT: (Indicator.PROMISES, Indicator.PRODUCT, Indicator.WORKING),
    Level.BUYER: (
        Indicator.CONTINUITY,
        Indicator.IMPLEMENTATION,
        Indicator.EFFICIENCY,
        Indicator.STANDARDS,
        Indicator.QUALITY,
    ),
    Level.ACCOUNT: (Indicator.PERFORMANCE, Indicator.EXPERTISE, Indicator.INTEGRATION),
    Level.PARTNER: (Indicator.ADVICE, Indicator.STRATEGIC, Indicator.KNOW_HOW),
}
BONDS: Final = (
    Indicator.ECONOMIC,
    Indicator.ADMINISTRATIVE,
    Indicator.LOGISTIC,
    Indicator.OPERATIONAL,
    Indicator.PROFESSIONAL,
    Indicator.ORGANISATIONAL,
)
DEEPEST_BONDS: Final = (Indicator.ORGANISATIONAL, Indicator.PROFESSIONAL)  # those that a partner has


@dataclass(frozen=True, slots=True)
class Rated:
    """One indicator and its rating.

    Attributes:
        indicator: which one.
        grade: 0 to 4; None when nobody has rated it.
    """

    indicator: Indicator
    grade: int | None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of some ratings.

    Attributes:
        value: 0 to 4 over what is rated; None when nothing is.
        low: the mean of all if what is unknown turned out worst, 0 to 4.
        high: the same, turned out best.
        terms: every indicator, in its order.
    """

    value: float | None
    low: float
    high: float
    terms: tuple[Rated, ...]

    @property
    def known(self) -> int:
        """How many are rated."""
        return sum(term.grade is not None for term in self.terms)


def mean(indicators: Sequence[Indicator], grades: Mapping[Indicator, int | None]) -> Mean:
    """The mean over some indicators, with its band.

    Raises:
        ValueError: a rating is not between 0 and 4.
    """
    terms = tuple(Rated(one, _checked(one, grades.get(one))) for one in indicators)
    known = [term.grade for term in terms if term.grade is not None]
    count = max(1, len(terms))
    return Mean(
        value=sum(known) / len(known) if known else None,
        low=sum(known) / count,
        high=(sum(known) + TOP * (len(terms) - len(known))) / count,
        terms=terms,
    )


def _checked(indicator: Indicator, grade: int | None) -> int | None:
    if grade is not None and not 0 <= grade <= TOP:
        raise ValueError(f"{indicator.value}: rating {grade} is not between 0 and {TOP}")
    return grade
