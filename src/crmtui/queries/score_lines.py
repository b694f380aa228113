"""The rows of a scorecard: a criterion, our answer, what is computed, and each competitor's answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.words import Perspective
from crmtui.method import scorecard as method
from crmtui.queries.filled import Filled
from crmtui.store.reading import scorecards

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

    from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard
    from crmtui.domain.words import Basis, Computed
    from crmtui.queries.filled import Sources

__all__ = ["UNJUDGED", "Judged", "Line", "lines"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A grade and what it rests on.

    Attributes:
        grade: 0 to 4; None when unknown.
        evidence: in words.
        basis: assumed or confirmed; None where nobody has answered.
        judged_on: the day.
        source: who says so.
        override_reason: why a computed grade was set by hand.
    """

    grade: int | None = None
    evidence: str = ""
    basis: Basis | None = None
    judged_on: dt.date | None = None
    source: str = ""
    override_reason: str = ""


UNJUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the card: a criterion, our answer and each competitor's, in the order of `ScorecardPage.rivals`.

    Attributes:
        anchors: what each grade from 0 to 4 means.
        filled: what a computed criterion comes to: today on the card that is scored, on its day on an older one; None
            for a criterion that is graded by hand.
        ours: what was said by hand.
    """

    criterion_id: int
    code: str
    label: str
    perspective: Perspective
    weight: float
    is_gate: bool
    filled: Filled | None
    anchors: tuple[str, ...]
    ours: Judged
    theirs: tuple[Judged, ...]

    @property
    def computed(self) -> Computed | None:
        """What it is filled from."""
        return self.filled.kind if self.filled else None

    @property
    def is_computed(self) -> bool:
        """Whether the grade is the computed one."""
        return self.filled is not None and self.filled.grade is not None and not self.is_overridden

    @property
    def is_overridden(self) -> bool:
        """Whether a computed grade was set by hand, with a reason."""
        return self.filled is not None and self.ours.grade is not None and bool(self.ours.override_reason.strip())

    @property
    def grade(self) -> float | None:
        """Our grade: computed unless overridden, else by hand; None when unknown."""
        return self.filled.grade if self.filled and self.is_computed else self.ours.grade

    @property
    def graded(self) -> method.Graded:
        """Our answer as the method takes it."""
        return method.Graded(self.code, self.weight, self.grade, self.is_gate)


def lines(
    connection: sqlite3.Connection, template_id: int, chosen: Scorecard | None, sources: Sources | None
) -> tuple[tuple[Line, ...], list[tuple[int, str]]]:
    """The rows, and the competitors (key, name) in the order of each row's `theirs`.

    `sources` are where computed grades come from; None for a card of the past, which has its own.
    """
    criteria = _ordered(scorecards.criteria(connection, template_id))
    if chosen is None:
        return tuple(_line(criterion, None, [], sources) for criterion in criteria), []
    ours = scorecards.answers(connection, chosen.id)
    names = scorecards.competitor_names(connection, chosen.id)
    theirs = {(one.criterion_id, one.competitor_id): one for one in scorecards.rivals(connection, chosen.id)}
    found = (
        _line(
            criterion,
            ours.get(criterion.id),
            [theirs.get((criterion.id, rival)) for rival, _name in names],
            sources,
        )
        for criterion in criteria
    )
    return tuple(found), names


def _ordered(criteria: list[Criterion]) -> list[Criterion]:
    perspectives = list(Perspective)
    return sorted(criteria, key=lambda one: (not one.is_gate, perspectives.index(one.perspective), one.position))


def _line(
    criterion: Criterion, ours: Answer | None, theirs: list[CompetitorAnswer | None], sources: Sources | None
) -> Line:
    return Line(
        criterion_id=criterion.id,
        code=criterion.code,
        label=criterion.label,
        perspective=criterion.perspective,
        weight=criterion.weight,
        is_gate=criterion.is_gate,
        filled=_filled(criterion.computed, ours, sources),
        anchors=(criterion.anchor_0, criterion.anchor_1, criterion.anchor_2, criterion.anchor_3, criterion.anchor_4),
        ours=_judged(ours, ours.override_reason) if ours else UNJUDGED,
        theirs=tuple(_judged(one) if one else UNJUDGED for one in theirs),
    )


def _filled(kind: Computed | None, ours: Answer | None, sources: Sources | None) -> Filled | None:
    if kind is None:
        return None
    if sources is not None:
        return sources.filled(kind)
    kept = ours.computed if ours else None
    return Filled(kind, kept, 0.0 if kept is None else kept, method.TOP if kept is None else kept)


def _judged(answer: Answer | CompetitorAnswer, override_reason: str = "") -> Judged:
    return Judged(answer.grade, answer.evidence, answer.basis, answer.judged_on, answer.source, override_reason)
