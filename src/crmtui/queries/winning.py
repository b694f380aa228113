"""The probability of winning: what was learnt from the closed opportunities, and what that says of the open ones.

Each function takes a connection that is already reading, so that other queries ask it within their own question; the
number of SELECTs does not depend on the number of opportunities.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Computed
from crmtui.domain.workspace import Workspace
from crmtui.method import winrate as method
from crmtui.method.scorecard import TOP, Graded
from crmtui.method.winrate_learning import LATEST, Outcome, learn
from crmtui.queries import filled, standing
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import freshness, records, winning as rows

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.method.winrate import Chance, Estimate, Model
    from crmtui.store.reading.freshness import Position
    from crmtui.store.reading.winning import Asked, Carded, Given

__all__ = ["Learnt", "answers", "chances", "estimates", "learnt", "provide"]

LEARNT_FROM: Final = ("opportunity", "scorecard", "answer", "criterion", "scorecard_template", "workspace")
_COMPUTED: Final = {kind.value: kind for kind in Computed}


class Learnt:
    """What the outcomes of a workspace teach, for cards of each template; worked out when first asked for.

    Args:
        outcomes: by the name of the template of their cards, '' for those without one; the oldest first.
        base_rate: what the user has given.
    """

    def __init__(self, outcomes: Mapping[str, Sequence[Outcome]], base_rate: float) -> None:
        self.outcomes = outcomes
        self.base_rate = base_rate
        self._models: dict[str, Model] = {}
        self._lock = threading.Lock()

    def model(self, template: str) -> Model:
        """What is known of cards of that template, whatever its version; '' for opportunities without a card."""
        with self._lock:
            if template not in self._models:
                own = self.outcomes.get(template, ()) if template else ()
                others = [
                    one for name, those in self.outcomes.items() if not template or name != template for one in those
                ]
                self._models[template] = learn(own, others, self.base_rate)
            return self._models[template]

    def is_of(self, outcomes: Mapping[str, Sequence[Outcome]], base_rate: float) -> bool:
        """Whether the same would be learnt from these."""
        return self.base_rate == base_rate and self.outcomes == outcomes


_kept: Final[dict[str, tuple[Position, Learnt]]] = {}  # by file: how far its journal had come, and what was learnt then


def learnt(connection: sqlite3.Connection) -> Learnt:
    """What the closed opportunities teach, each by its newest card that is not of a day after the close."""
    file, position = freshness.file(connection), freshness.position(connection)
    before, known = _kept.get(file, (position, None))
    is_writing = freshness.is_writing(connection)
    is_after = freshness.is_after(connection, before)
    if known is None or is_writing or not is_after or freshness.is_touched(connection, before, LEARNT_FROM):
        outcomes = _outcomes(connection)
        base_rate = records.get(connection, Workspace, 1).base_rate
        if known is None or not known.is_of(outcomes, base_rate):
            known = Learnt(outcomes, base_rate)
    if not is_writing:
        _kept[file] = (position, known)
    return known


def estimates(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> dict[int, Estimate]:
    """P(win) of opportunities by their keys, all open ones for None; one without a card has the rate of all.

    Quick for very many: the grades are added up where they are kept.
    """
    return {key: found for key, (found, _score) in _figures(connection, keys, today).items()}


def _figures(
    connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date
) -> dict[int, tuple[Estimate, float | None]]:
    """The same with the score, 0 to 1, that goes with it; None where nothing that counts is answered."""
    asked = _Asked(connection, keys, today)
    shares = {name: asked.shares(name) for name in asked.criteria}
    by_hand = {
        one.criterion_id: (shares[template][one.code], one.weight)
        for template, criteria in asked.criteria.items()
        for one in criteria
        if not one.computed
    }
    sums = {
        card: (method.Card(*found), *scored) for card, found, scored in rows.sums(connection, asked.card_ids, by_hand)
    }
    given = asked.given(computed_only=True)
    found = {}
    for one in asked.cards:
        card, weight, points = sums.get(one.scorecard_id or 0, (method.Card(), 0.0, 0.0))
        for computed in asked.computed.get(one.template_id or 0, ()):
            grade = asked.grade(one, computed, given)
            if grade is not None:
                card = card.answering(shares[computed.template_id][computed.code], method.place(grade))
                weight, points = weight + computed.weight, points + computed.weight * grade
        score = min(1.0, points / (TOP * weight)) if weight else None
        found[one.opportunity_id] = (method.of_card(asked.model(one), card), score)
    return found


def chances(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> dict[int, Chance]:
    """The same with their terms: what each criterion adds, and what one grade more would. For some, not for all."""
    asked = _Asked(connection, keys, today)
    given = asked.given(computed_only=False)
    return {one.opportunity_id: method.chance(asked.model(one), asked.answers(one, given)) for one in asked.cards}


def answers(connection: sqlite3.Connection, opportunity_id: int, today: dt.date) -> list[Graded]:
    """What the criteria of the newest card of an opportunity are at, computed as of today; empty without a card."""
    asked = _Asked(connection, [opportunity_id], today)
    given = asked.given(computed_only=False)
    return [answer for one in asked.cards for answer in asked.answers(one, given)]


# What P(win) rests on.
_TABLES: Final = (*LEARNT_FROM, "account", *standing.TABLES)
_remembered: Final[Remembered[tuple[float, float | None]]] = Remembered(_TABLES)


def provide(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> None:
    """Let SQL on this connection ask `p_win(opportunity)` and `score_now(opportunity)` of these, or of all, for None.

    NULL for those not open.
    """
    known = _remembered.at(connection, today)
    if wanted := [key for key in rows.open_among(connection, keys) if key not in known]:
        is_all = keys is None and not known
        found = _figures(connection, None if is_all else wanted, today)
        known.update({key: (estimate.value, score) for key, (estimate, score) in found.items()})
    rows.provide(connection, known)


class _Asked:
    """What is read whatever is asked of opportunities: their newest cards, what is computed, and what was learnt."""

    def __init__(self, connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> None:
        wanted = None if keys is None else list(keys)
        self.connection = connection
        self.cards = rows.carded(connection, wanted)
        self._computed = filled.grades(connection, self.cards, wanted, today)
        self.criteria: dict[int, list[Asked]] = defaultdict(list)
        self.computed: dict[int, list[Asked]] = defaultdict(list)
        for one in rows.criteria(connection):
            self.criteria[one.template_id].append(one)
            if one.computed:
                self.computed[one.template_id].append(one)
        self._learnt = learnt(connection)

    @property
    def card_ids(self) -> list[int]:
        return [one.scorecard_id for one in self.cards if one.scorecard_id is not None]

    def model(self, card: Carded) -> Model:
        criteria = self.criteria.get(card.template_id or 0)
        return self._learnt.model(criteria[0].template if criteria else "")

    def shares(self, template_id: int) -> dict[str, float]:
        """What the criteria of a template count, by code."""
        criteria = self.criteria[template_id]
        weights = {one.code: one.weight for one in criteria}
        return method.shares(self._learnt.model(criteria[0].template), weights)

    def grade(self, card: Carded, criterion: Asked, given: Mapping[tuple[int | None, int], Given]) -> float | None:
        """What a criterion is at on a card, computed as of today."""
        computed = None
        if criterion.computed:
            computed = self._computed[card.opportunity_id][_COMPUTED[criterion.computed]]
        return _grade(criterion, given.get((card.scorecard_id, criterion.criterion_id)), computed)

    def answers(self, card: Carded, given: Mapping[tuple[int | None, int], Given]) -> list[Graded]:
        """What all criteria of a card are at."""
        return [
            Graded(criterion.code, criterion.weight, self.grade(card, criterion, given), bool(criterion.is_gate))
            for criterion in self.criteria.get(card.template_id or 0, ())
        ]

    def given(self, *, computed_only: bool) -> dict[tuple[int | None, int], Given]:
        """Our answers by card and criterion."""
        only = [one.criterion_id for those in self.computed.values() for one in those] if computed_only else None
        found = rows.given(self.connection, self.card_ids, only)
        return {(one.scorecard_id, one.criterion_id): one for one in found}


def _grade(asked: Asked, answer: Given | None, computed: float | None) -> float | None:
    """What a criterion is at: by hand where it is overridden, as computed, else by hand again."""
    by_hand = answer.grade if answer else None
    if not asked.computed or computed is None or (answer and answer.is_overridden and by_hand is not None):
        return by_hand
    return computed


def _outcomes(connection: sqlite3.Connection) -> dict[str, list[Outcome]]:
    """All closed opportunities; the grades only of those that are learnt from, the latest of each template."""
    criteria = {one.criterion_id: one for one in rows.criteria(connection)}
    weights: dict[int, dict[str, float]] = defaultdict(dict)
    names: dict[int | None, str] = {}
    for asked in criteria.values():
        weights[asked.template_id][asked.code] = asked.weight
        names[asked.template_id] = asked.template
    closed = rows.closed(connection)
    templates = {one.scorecard_id: names.get(one.template_id, "") for one in closed if one.scorecard_id}
    answered: dict[str, list[int]] = defaultdict(list)
    for card_id in rows.answered_then(connection, templates):
        answered[templates[card_id]].append(card_id)
    old = {card_id for those in answered.values() for card_id in those[:-LATEST]}
    grades: dict[int, dict[str, float]] = defaultdict(dict)
    codes = {key: one.code for key, one in criteria.items()}
    wanted = [card_id for card_id in templates if card_id not in old]
    for card_id, criterion_id, grade in rows.grades_then(connection, wanted):
        grades[card_id][codes[criterion_id]] = grade
    found: dict[str, list[Outcome]] = defaultdict(list)
    for one in closed:
        key = one.scorecard_id or 0
        outcome = Outcome(bool(one.is_won), weights[one.template_id or 0], grades.get(key, {}), key in old)
        found[names.get(one.template_id, "")].append(outcome)
    return dict(found)
