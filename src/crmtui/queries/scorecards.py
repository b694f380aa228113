"""The scorecard of an opportunity: its rows, its figures with their terms, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.domain.words import Basis
from crmtui.errors import NotFoundError
from crmtui.method import scorecard as method, winrate
from crmtui.method.expected import ExpectedValue, expected_value
from crmtui.queries import filled, winning
from crmtui.queries.score_lines import UNJUDGED, Judged, Line, lines
from crmtui.store.reading import opportunities, records, scorecards, standing
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from pathlib import Path

    from crmtui.domain.scorecards import Scorecard
    from crmtui.method.scorecard import Comparison, Score
    from crmtui.method.winrate import Chance, Estimate, Model
    from crmtui.queries.filled import Sources

__all__ = [
    "UNJUDGED",
    "Judged",
    "Line",
    "Moment",
    "Rival",
    "ScorecardPage",
    "card",
    "moments",
    "regraded",
    "with_now",
]


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
        probability: as it was given that day; for a card that kept none, what it would be given today.
        is_given: whether it was given that day.
    """

    scorecard_id: int
    day: dt.date
    score: float | None
    completeness: float
    probability: float
    is_given: bool
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
        newer_template_id: the newest version of the same template, where that is another one.
        lines: gates first, then by perspective, each in the template's order.
        rivals: the competitors on the card.
        score: our score, with its terms by code.
        moments: all scorecards, the oldest first.
        model: what was learnt of cards of this template.
        chance: the probability of winning with this card, with its terms by code.
        expected: what the opportunity can be expected to bring.
        given: the card's probability with its band, as it was given that day; None where none was.
        sources: where computed grades come from.
        people: what to call the stakeholders of the map they come from, by their keys.
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
    model: Model
    chance: Chance
    expected: ExpectedValue
    given: tuple[float, float, float] | None
    sources: Sources
    people: dict[int, str]


def card(path: Path, opportunity_id: int, today: dt.date, scorecard_id: int | None = None) -> ScorecardPage:
    """The latest scorecard of an opportunity, or an older one of it.

    Computed criteria are as of today on the latest card of an open opportunity; on others as they were that day. Before
    the first scoring they are shown, but nothing rests on them alone: P(win) is the usual share, as in every list.

    Raises:
        NotFoundError: the opportunity or the scorecard is gone, or there is no template.
    """
    with reading(path) as connection:
        opportunity = records.get(connection, Opportunity, opportunity_id)
        kept = scorecards.of_opportunity(connection, opportunity_id)
        chosen = _chosen(kept, scorecard_id)
        template = _template(connection, chosen)
        is_latest = chosen is None or chosen.id == kept[0].id
        sources = filled.of_opportunities(connection, [opportunity_id], today)[opportunity_id]
        is_past = opportunity.stage.is_closed or not is_latest
        rows, names = lines(connection, template.id, chosen, None if is_past else sources)
        known = winning.learnt(connection)
        answers = [line.graded if chosen else replace(line.graded, grade=None) for line in rows]
        found = winrate.chance(known.model(template.name if chosen else ""), answers)
        return ScorecardPage(
            opportunity=opportunity,
            account=opportunities.names(connection, opportunity_id)[0],
            scorecard_id=chosen.id if chosen else None,
            day=chosen.day if chosen else None,
            is_latest=is_latest,
            notes=chosen.notes if chosen else "",
            template=(template.name, template.version),
            newer_template_id=_newer(connection, template),
            lines=rows,
            rivals=_rivals(rows, names),
            score=method.score(answers),
            moments=_moments(connection, kept, opportunity_id),
            model=known.model(template.name),
            chance=found,
            expected=expected_value(found, opportunity.margin, opportunity.cost_to_spend),
            given=_given(chosen),
            sources=sources,
            people=standing.names(connection, sources.standing.map_id) if sources.standing else {},
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
    rows = tuple(
        _regraded(line, at, grade, today) if line.criterion_id == criterion_id else line for line in page.lines
    )
    answers = [line.graded for line in rows]
    score, found = method.score(answers), winrate.chance(page.model, answers)
    moment = Moment(page.scorecard_id or 0, today, score.value, score.completeness, found.value, True, page.notes)
    is_todays = page.day is not None and page.day >= today
    return replace(
        page,
        lines=rows,
        score=score,
        chance=found,
        expected=expected_value(found, page.opportunity.margin, page.opportunity.cost_to_spend),
        rivals=_rivals(rows, names),
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


def with_now(known: tuple[Moment, ...], chance: Estimate, score: Score, today: dt.date) -> tuple[Moment, ...]:
    """The dated cards of an open opportunity, and how it stands today.

    What is computed goes on changing after the day of a card.
    """
    if not known:
        return known
    day = max(known[-1].day, today)
    now = replace(
        known[-1],
        day=day,
        probability=chance.value,
        score=score.value,
        completeness=score.completeness,
        is_given=True,
    )
    return (*(one for one in known if one.day < day), now)


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


def _newer(connection: sqlite3.Connection, template: ScorecardTemplate) -> int | None:
    newest = scorecards.newest_version(connection, template.name)
    return newest.id if newest and newest.version > template.version else None


def _given(chosen: Scorecard | None) -> tuple[float, float, float] | None:
    if chosen is None or chosen.probability is None:
        return None
    low, high = chosen.probability_low, chosen.probability_high
    return (chosen.probability, 0.0 if low is None else low, 1.0 if high is None else high)


def _rivals(rows: tuple[Line, ...], names: list[tuple[int, str]]) -> tuple[Rival, ...]:
    graded = [line.graded for line in rows]
    return tuple(
        Rival(key, name, method.compare(graded, {line.code: line.theirs[at].grade for line in rows}))
        for at, (key, name) in enumerate(names)
    )


def _moments(connection: sqlite3.Connection, kept: list[Scorecard], opportunity_id: int) -> tuple[Moment, ...]:
    known = winning.learnt(connection)
    cards = {
        key: [method.Graded(code, weight, grade, bool(gate)) for _id, code, weight, grade, gate in rows]
        for key, rows in groupby(scorecards.grades_of_all(connection, opportunity_id), key=lambda row: row[0])
    }
    templates = scorecards.template_names(connection)
    found = []
    for one in reversed(kept):
        answers = cards.get(one.id, [])
        score = method.score(answers)
        probability = one.probability
        if probability is None:
            probability = winrate.estimate(known.model(templates[one.template_id]), answers).value
        found.append(
            Moment(
                one.id,
                one.day,
                score.value,
                score.completeness,
                probability,
                one.probability is not None,
                one.notes,
            )
        )
    return tuple(found)
