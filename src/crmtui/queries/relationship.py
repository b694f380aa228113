"""The relationship with an account: its assessment, the level with all gates, the strength, and how it came there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.domain.accounts import Account
from crmtui.domain.words import Basis
from crmtui.domain.workspace import Workspace
from crmtui.errors import NotFoundError
from crmtui.method import ladder as method
from crmtui.method.gates import Name, Seat
from crmtui.method.strength import Part, Strength, strength
from crmtui.queries import climbing, standing as dmu
from crmtui.queries.scorecards import UNJUDGED, Judged
from crmtui.store.reading import assessments, records
from crmtui.store.reading.connections import reading
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.relationship import Assessment, AssessmentRating
    from crmtui.domain.words import Indicator, Rank
    from crmtui.method.ladder import Ladder, Move

__all__ = [
    "Action",
    "Judged",
    "Person",
    "RelationshipPage",
    "Standing",
    "page",
    "regraded",
    "standings",
    "thresholds",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the account's map, as the gates see the person.

    Attributes:
        key: the stakeholder.
        name: on one line.
        position: there, or the person's title.
        rank: whose key people the person is; None when unknown.
        is_assumed: whether the rank was guessed from the position.
        cover: 4·k, 0 to 4.
    """

    key: int
    name: str
    position: str
    rank: Rank | None
    is_assumed: bool
    cover: float

    @property
    def seat(self) -> Seat:
        """The same for the method."""
        return Seat(self.key, self.rank, self.cover, self.is_assumed)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the relationship with one account stands on a day.

    Attributes:
        ladder: the level by the gates, with the override of the newest assessment.
        strength: 0 to 100.
        people: everybody on its map, by stakeholder.
        orders: how many it gave.
        coverage: K of its map, 0 to 1; None where there is no map.
    """

    ladder: Ladder
    strength: Strength
    people: Mapping[int, Person]
    orders: int
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Action:
    """Something planned that works on a gate."""

    key: int
    name: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class RelationshipPage:
    """All that the tab shows.

    Attributes:
        account: the record.
        assessment: the one that is shown; None before the first.
        is_latest: whether rating changes it, or is to be copied from it.
        ratings: every indicator, in the order of the ladder.
        standing: of today for the latest assessment, of its day for an older one.
        moves: the level at each assessment, the oldest first.
        actions: what is planned for each gate, the open ones first.
        benchmarks: what each gate needs.
    """

    account: Account
    assessment: Assessment | None
    is_latest: bool
    ratings: Mapping[Indicator, Judged]
    standing: Standing
    moves: tuple[Move, ...]
    assessment_ids: tuple[int, ...]
    actions: Mapping[str, tuple[Action, ...]]
    benchmarks: Mapping[Name, float]

    @property
    def is_as_entered(self) -> bool:
        """Whether the account's level was typed or imported, and is not what was last assessed."""
        return not self.moves or self.moves[-1].mark.level is not self.account.level

    @property
    def has_drifted(self) -> bool:
        """Whether the gates say something else today than when they were last asked."""
        return (
            self.is_latest
            and self.assessment is not None
            and self.standing.ladder.computed is not self.assessment.level
        )


def page(path: Path, account_id: int, today: dt.date, assessment_id: int | None = None) -> RelationshipPage:
    """The relationship by the newest assessment, or by an older one of the account.

    Raises:
        NotFoundError: the account or the assessment is gone.
    """
    with reading(path) as connection:
        account = records.get(connection, Account, account_id)
        kept = assessments.of_account(connection, account_id)
        chosen = _chosen(kept, assessment_id)
        is_latest = chosen is None or chosen.id == kept[0].id
        rated = assessments.ratings(connection, [chosen.id]).get(chosen.id, {}) if chosen else {}
        benchmarks = thresholds(connection)
        day = today if is_latest or chosen is None else chosen.day
        return RelationshipPage(
            account=account,
            assessment=chosen,
            is_latest=is_latest,
            ratings={one: _judged(rated[one]) if one in rated else UNJUDGED for one in method.INDICATORS},
            standing=standing(connection, account_id, chosen, day),
            moves=method.history(_mark(one) for one in kept),
            assessment_ids=tuple(one.id for one in reversed(kept)),
            actions=_actions(connection, account_id),
            benchmarks=benchmarks,
        )


def standings(path: Path, today: dt.date) -> dict[int, Standing]:
    """How the relationship with every account stands, by account; a few questions for all of them."""
    with reading(path) as connection:
        return standings_of(connection, None, today)


def standings_of(
    connection: sqlite3.Connection, account_ids: Sequence[int] | None, today: dt.date
) -> dict[int, Standing]:
    """The same of some accounts, or of all for None, within a question that is being asked."""
    return _standings(connection, account_ids, assessments.latest(connection, account_ids), today)


def standing(connection: sqlite3.Connection, account_id: int, by: Assessment | None, day: dt.date) -> Standing:
    """How the relationship with one account stood on a day by an assessment; by none, nothing is rated."""
    return _standings(connection, [account_id], {account_id: by} if by else {}, day)[account_id]


def standings_by(connection: sqlite3.Connection, by: Mapping[int, Assessment], day: dt.date) -> dict[int, Standing]:
    """The same of some accounts by an assessment each, of whatever is known of them on one day."""
    return _standings(connection, list(by), by, day)


def thresholds(connection: sqlite3.Connection) -> dict[Name, float]:
    """What each gate needs in this workspace."""
    return climbing.thresholds(_settings(connection))


def _settings(connection: sqlite3.Connection) -> Workspace:
    return next(records.where(connection, Workspace, "1"), Workspace())


def regraded(shown: RelationshipPage, indicator: Indicator, grade: int | None, today: dt.date) -> RelationshipPage:
    """The page as it will be when a rating has been saved: what a screen shows at once; no file is read."""
    before = shown.ratings[indicator]
    judged = replace(before, grade=grade, judged_on=today, basis=before.basis or Basis.ASSUMED)
    ratings = {**shown.ratings, indicator: judged}
    was = shown.standing
    facts = climbing.facts(ratings, [one.seat for one in was.people.values()], was.orders)
    figures = replace(
        was,
        ladder=method.climb(facts, shown.benchmarks, was.ladder.override),
        strength=strength(facts.grades, was.coverage, {term.part: term.weight for term in was.strength.terms}),
    )
    return replace(shown, ratings=ratings, standing=figures)


def _standings(
    connection: sqlite3.Connection, account_ids: Sequence[int] | None, by: Mapping[int, Assessment], day: dt.date
) -> dict[int, Standing]:
    settings = _settings(connection)
    needed = climbing.thresholds(settings)
    weights = {part: getattr(settings, f"weight_{part.value}") for part in Part}
    rated = assessments.grades(connection, [one.id for one in by.values()])
    orders = assessments.orders(connection, day.isoformat(), account_ids)
    people, coverage = _people(connection, account_ids, day)
    found = {}
    for account_id in assessments.accounts(connection) if account_ids is None else account_ids:
        assessment = by.get(account_id)
        ratings = rated.get(assessment.id, {}) if assessment else {}
        facts = climbing.facts(ratings, [one.seat for one in people[account_id]], orders.get(account_id, 0))
        found[account_id] = Standing(
            ladder=method.climb(facts, needed, climbing.override(assessment)),
            strength=strength(facts.grades, coverage.get(account_id), weights),
            people={one.key: one for one in people[account_id]},
            orders=facts.orders,
            coverage=coverage.get(account_id),
        )
    return found


def _people(
    connection: sqlite3.Connection, account_ids: Sequence[int] | None, day: dt.date
) -> tuple[defaultdict[int, list[Person]], dict[int, float]]:
    """Everybody on the accounts' own maps, and the coverage of each map."""
    maps = dmu.of_accounts(connection, account_ids, day)
    covers = {term.key: term.value for one in maps.values() for term in one.figures.coverage.terms}
    coverage = {key: one.coverage for key, one in maps.items() if one.coverage is not None}
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for account_id, key, name, said, position, title in assessments.seats(connection, account_ids):
        rank, is_assumed = climbing.ranked(said, position, title)
        cover = climbing.cover(covers.get(key, 0.0))
        found[account_id].append(Person(key, line(name), line(position or title), rank, is_assumed, cover))
    return found, coverage


def _chosen(kept: list[Assessment], assessment_id: int | None) -> Assessment | None:
    if assessment_id is None:
        return kept[0] if kept else None
    for one in kept:
        if one.id == assessment_id:
            return one
    raise NotFoundError(_("The assessment is no longer there."))


def _mark(assessment: Assessment) -> method.Mark:
    return method.Mark(
        assessment.day, assessment.override_level or assessment.level, assessment.override_level is not None
    )


def _judged(rating: AssessmentRating) -> Judged:
    return Judged(rating.grade, rating.evidence, rating.basis, rating.judged_on, rating.source)


def _actions(connection: sqlite3.Connection, account_id: int) -> dict[str, tuple[Action, ...]]:
    found: dict[str, tuple[Action, ...]] = {}
    for gate, key, name, is_done in assessments.planned(connection, account_id):
        found[gate] = (*found.get(gate, ()), Action(key, line(name), is_done))
    return found
