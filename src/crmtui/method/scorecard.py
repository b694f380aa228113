"""The weighted score of an opportunity's scorecard, with the terms it is made of (method.md section 3).

The simple figure: a weighted mean of the grades. What is unknown is left out of it, and shows as a lower
completeness and a wider band; it is never counted as 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOP: Final = 4  # the best grade
FULL: Final = 100.0  # the score of a card that has nothing but best grades
LOW_GATE: Final = 1  # a gate graded so, or lower, warns whatever the rest says


@dataclass(frozen=True, slots=True)
class Graded:
    """A criterion as it was answered.

    Attributes:
        code: which criterion.
        weight: how much it counts, at least 0; one of weight 0 is asked but adds nothing.
        grade: 0 to 4, whole when judged, anything between when computed; None when nobody knows.
        is_gate: whether a low grade warns by itself.
    """

    code: str
    weight: float
    grade: float | None
    is_gate: bool = False

    def check(self) -> None:
        """Raise ValueError for a grade outside of 0 to 4, or a weight below 0 or not finite."""
        if self.grade is not None and not 0 <= self.grade <= TOP:
            raise ValueError(f"{self.code}: grade {self.grade} is not between 0 and {TOP}")
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"{self.code}: weight {self.weight} is not a number of at least 0")


@dataclass(frozen=True, slots=True)
class Term:
    """What one criterion does to the score.

    Attributes:
        code: which criterion.
        weight: as given.
        grade: as given.
        points: what it adds to the score; None when it is unknown.
        step: points that one grade more would add, once it is graded.
        width: points by which knowing it would narrow the band; 0 when it is known.
    """

    code: str
    weight: float
    grade: float | None
    points: float | None
    step: float
    width: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score and its reasons.

    Attributes:
        value: 0 to 100; None when nothing that counts is answered.
        low: what it would be if all that is unknown turned out worst.
        high: the same, turned out best.
        completeness: answered share of the weight, 0 to 1.
        terms: one for each criterion, in the order given; known points sum to `value`.
        closed_gates: codes of the gates graded `LOW_GATE` or lower.
        open_questions: codes of what is unknown, the weightiest first, gates before all.
    """

    value: float | None
    low: float
    high: float
    completeness: float
    terms: tuple[Term, ...]
    closed_gates: tuple[str, ...]
    open_questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Us and one competitor on the criteria that both are graded on.

    Attributes:
        count: how many those are.
        us: our score on those, 0 to 100; None when there are none that count.
        them: theirs.
        behind: codes of criteria where they are graded above us, the greatest weighted gap first.
    """

    count: int
    us: float | None
    them: float | None
    behind: tuple[str, ...]


def score(answers: Iterable[Graded]) -> Score:
    """The weighted mean of the known grades, scaled to 0 to 100.

    value = 100 · Σ w·g / (4 · Σ w) over what is answered. The band takes all criteria, what is unknown at 0 and at 4.

    Raises:
        ValueError: a grade outside of 0 to 4, or a weight below 0 or not finite.
    """
    given = tuple(answers)
    for answer in given:
        answer.check()
    whole = sum(answer.weight for answer in given)
    answered = sum(answer.weight for answer in given if answer.grade is not None)
    low, width = _band(given, whole)
    return Score(
        value=_mean(given),
        low=low,
        high=min(FULL, low + width),
        completeness=min(1.0, answered / whole) if whole else 0.0,
        terms=tuple(_term(answer, answered, whole) for answer in given),
        closed_gates=tuple(
            answer.code for answer in given if answer.is_gate and answer.grade is not None and answer.grade <= LOW_GATE
        ),
        open_questions=tuple(
            answer.code
            for answer in sorted(given, key=lambda one: (not one.is_gate, -one.weight))
            if answer.grade is None and (answer.weight or answer.is_gate)
        ),
    )


def compare(ours: Iterable[Graded], theirs: Mapping[str, float | None]) -> Comparison:
    """Us against a competitor, fairly: on the criteria that both are graded on; `theirs` holds grades by code."""
    both = [
        (answer, grade)
        for answer in ours
        if answer.grade is not None and (grade := theirs.get(answer.code)) is not None
    ]
    gaps = [(answer.weight * (grade - (answer.grade or 0)), answer.code) for answer, grade in both]
    return Comparison(
        count=len(both),
        us=_mean([answer for answer, _grade in both]),
        them=_mean([Graded(answer.code, answer.weight, grade) for answer, grade in both]),
        behind=tuple(code for gap, code in sorted(gaps, key=lambda one: -one[0]) if gap > 0),
    )


def _mean(answers: Iterable[Graded]) -> float | None:
    known = [(answer.weight, answer.grade) for answer in answers if answer.grade is not None]
    whole = sum(weight for weight, _grade in known)
    if not whole:
        return None
    return min(FULL, FULL * sum(weight / whole * grade for weight, grade in known) / TOP)


def _band(answers: tuple[Graded, ...], whole: float) -> tuple[float, float]:
    if not whole:
        return 0.0, FULL
    low = FULL * sum(answer.weight / whole * (answer.grade or 0) for answer in answers) / TOP
    return min(FULL, low), FULL * sum(answer.weight / whole for answer in answers if answer.grade is None)


def _term(answer: Graded, answered: float, whole: float) -> Term:
    is_known = answer.grade is not None
    base = answered if is_known else answered + answer.weight
    share = answer.weight / base if base else 0.0
    return Term(
        code=answer.code,
        weight=answer.weight,
        grade=answer.grade,
        points=FULL * share * answer.grade / TOP if answer.grade is not None else None,
        step=FULL * share / TOP,
        width=FULL * answer.weight / whole if whole and not is_known else 0.0,
    )
