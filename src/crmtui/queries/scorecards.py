"""The scorecard of an opportunity: its rows, its figures with their terms, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.domain.words import Basis, Perspective
from crmtui.errors import NotFoundError
from crmtui.method import scorecard as method
from crmtui.store.reading import opportunities, records, scorecards
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from pathlib import Path

    from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard
    from crmtui.domain.words import Computed
    from crmtui.method.scorecard import Comparison, Score

__all__ = ["Judged", "Line", "Moment", "Rival", "ScorecardPage", "card", "moments", "regraded"]


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
        computed: what it is filled from, once that is computed; graded by hand until then.
    """

    criterion_id: int
    code: str
    label: str
    perspective: Perspective
    weight: float
    is_gate: bool
    computed: Computed | None
    anchors: tuple[str, ...]
    ours: Judged
    theirs: tuple[Judged, ...]

    @property
    def graded(self) -> method.Graded:
        """Our answer as the method takes it."""
        return method.Graded(self.code, self.weight, self.ours.grade, self.is_gate)


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor on the card, and us against it on what both are graded on."""

    competitor_id: int
    name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated scorecard of the opportunity.

    Attributes:
        score: 0 to 100; None when nothing that counts was answered.
        completeness: 0 to 1.
    """

    scorecard_id: int
    day: dt.date
    score: float | None
    completeness: float
    notes: str


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    """All that the scorecard screen shows.

    Attributes:
        opportunity: the record.
        account: the account's name; '' without one.
        scorecard_id: None before the first scoring: the lines are then those of the current template.
        day: when it was scored.
        is_latest: whether scoring changes it, or is to be copied from it.
        template: name and version.
        newer_template_id: the current template, where that is another one.
        lines: gates first, then by perspective, each in the template's order.
        rivals: the competitors on the card.
        score: our score, with its terms by code.
        moments: all scorecards, the oldest first.
    """

    opportunity: Opportunity
    account: str
    scorecard_id: int | None
    day: dt.date | None
    is_latest: bool
    notes: str
    template: tuple[str, int]
    newer_template_id: int | None
    lines: tuple[Line, ...]
    rivals: tuple[Rival, ...]
    score: Score
    moments: tuple[Moment, ...]


def card(path: Path, opportunity_id: int, scorecard_id: int | None = None) -> ScorecardPage:
    """The latest scorecard of an opportunity, or an older one of it.

    Raises:
        NotFoundError: the opportunity or the scorecard is gone, or there is no template.
    """
    with reading(path) as connection:
        opportunity = records.get(connection, Opportunity, opportunity_id)
        kept = scorecards.of_opportunity(connection, opportunity_id)
        chosen = _chosen(kept, scorecard_id)
        template = _template(connection, chosen)
        lines, names = _lines(connection, template.id, chosen)
        return ScorecardPage(
            opportunity=opportunity,
            account=opportunities.names(connection, opportunity_id)[0],
            scorecard_id=chosen.id if chosen else None,
            day=chosen.day if chosen else None,
            is_latest=chosen is None or chosen.id == kept[0].id,
            notes=chosen.notes if chosen else "",
            template=(template.name, template.version),
            newer_template_id=_newer(connection, template.id),
            lines=lines,
            rivals=_rivals(lines, names),
            score=method.score(line.graded for line in lines),
            moments=_moments(connection, kept, opportunity_id),
        )


def regraded(
    page: ScorecardPage, criterion_id: int, competitor_id: int | None, grade: int | None, today: dt.date
) -> ScorecardPage:
    """The card as it will be when a grade has been saved: what a screen shows at once; no file is read."""
    names = [(rival.competitor_id, rival.name) for rival in page.rivals]
    places = [key for key, _name in names]
    if competitor_id is not None and competitor_id not in places:
        return page
    at = None if competitor_id is None else places.index(competitor_id)
    lines = tuple(
        _regraded(line, at, grade, today) if line.criterion_id == criterion_id else line for line in page.lines
    )
    score = method.score(line.graded for line in lines)
    moment = Moment(page.scorecard_id or 0, today, score.value, score.completeness, page.notes)
    is_todays = page.day is not None and page.day >= today
    return replace(
        page,
        lines=lines,
        score=score,
        rivals=_rivals(lines, names),
        moments=(*(page.moments[:-1] if is_todays else page.moments), moment),
        day=max(page.day or today, today),
    )


def _regraded(line: Line, at: int | None, grade: int | None, today: dt.date) -> Line:
    def judged(before: Judged) -> Judged:
        return replace(before, grade=grade, judged_on=today, basis=before.basis or Basis.ASSUMED)

    if at is None:
        return replace(line, ours=judged(line.ours))
    theirs = tuple(judged(one) if column == at else one for column, one in enumerate(line.theirs))
    return replace(line, theirs=theirs)


def moments(connection: sqlite3.Connection, opportunity_id: int) -> tuple[Moment, ...]:
    """All scorecards of an opportunity, the oldest first."""
    return _moments(connection, scorecards.of_opportunity(connection, opportunity_id), opportunity_id)


def _chosen(kept: list[Scorecard], scorecard_id: int | None) -> Scorecard | None:
    if scorecard_id is None:
        return kept[0] if kept else None
    for one in kept:
        if one.id == scorecard_id:
            return one
    raise NotFoundError(_("The scorecard is no longer there."))


def _template(connection: sqlite3.Connection, chosen: Scorecard | None) -> ScorecardTemplate:
    if chosen:
        return records.get(connection, ScorecardTemplate, chosen.template_id)
    found = scorecards.current_template(connection)
    if found is None:
        raise NotFoundError(_("There is no scorecard template in this workspace."))
    return found


def _newer(connection: sqlite3.Connection, template_id: int) -> int | None:
    current = scorecards.current_template(connection)
    return current.id if current and current.id != template_id else None


def _lines(
    connection: sqlite3.Connection, template_id: int, chosen: Scorecard | None
) -> tuple[tuple[Line, ...], list[tuple[int, str]]]:
    """The rows, and the competitors (key, name) in the order of each row's `theirs`."""
    criteria = scorecards.criteria(connection, template_id)
    if chosen is None:
        return tuple(_line(criterion, None, []) for criterion in _ordered(criteria)), []
    ours = scorecards.answers(connection, chosen.id)
    names = scorecards.competitor_names(connection, chosen.id)
    theirs = {(one.criterion_id, one.competitor_id): one for one in scorecards.rivals(connection, chosen.id)}
    lines = (
        _line(criterion, ours.get(criterion.id), [theirs.get((criterion.id, rival)) for rival, _name in names])
        for criterion in _ordered(criteria)
    )
    return tuple(lines), names


def _ordered(criteria: list[Criterion]) -> list[Criterion]:
    perspectives = list(Perspective)
    return sorted(criteria, key=lambda one: (not one.is_gate, perspectives.index(one.perspective), one.position))


def _line(criterion: Criterion, ours: Answer | None, theirs: list[CompetitorAnswer | None]) -> Line:
    return Line(
        criterion_id=criterion.id,
        code=criterion.code,
        label=criterion.label,
        perspective=criterion.perspective,
        weight=criterion.weight,
        is_gate=criterion.is_gate,
        computed=criterion.computed,
        anchors=(criterion.anchor_0, criterion.anchor_1, criterion.anchor_2, criterion.anchor_3, criterion.anchor_4),
        ours=_judged(ours, ours.override_reason) if ours else UNJUDGED,
        theirs=tuple(_judged(one) if one else UNJUDGED for one in theirs),
    )


def _judged(answer: Answer | CompetitorAnswer, override_reason: str = "") -> Judged:
    return Judged(answer.grade, answer.evidence, answer.basis, answer.judged_on, answer.source, override_reason)


def _rivals(lines: tuple[Line, ...], names: list[tuple[int, str]]) -> tuple[Rival, ...]:
    graded = [line.graded for line in lines]
    return tuple(
        Rival(key, name, method.compare(graded, {line.code: line.theirs[at].grade for line in lines}))
        for at, (key, name) in enumerate(names)
    )


def _moments(connection: sqlite3.Connection, kept: list[Scorecard], opportunity_id: int) -> tuple[Moment, ...]:
    scores = {
        key: method.score(method.Graded(code, weight, grade, bool(gate)) for _id, code, weight, grade, gate in rows)
        for key, rows in groupby(scorecards.grades_of_all(connection, opportunity_id), key=lambda row: row[0])
    }
    empty = method.score(())
    return tuple(
        Moment(one.id, one.day, score.value, score.completeness, one.notes)
        for one in reversed(kept)
        for score in [scores.get(one.id, empty)]
    )
