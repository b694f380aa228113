"""The probabilities on the scorecards of the sample: as the program would have given them on the day of each card."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Answer, Scorecard
from crmtui.domain.words import Stage
from crmtui.method.scorecard import Graded
from crmtui.method.winrate import chance
from crmtui.method.winrate_learning import Outcome, learn
from crmtui.sample.rows import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.winrate import Model
    from crmtui.sample.rows import Row
    from crmtui.store.reading.winning import Asked


def give(rows: Sequence[Row], criteria: Sequence[Asked], base_rate: float) -> None:
    """Write on each card what was learnt from the opportunities that had been closed before its day.

    Args:
        rows: of the sample, whose cards are all of one template.
        criteria: those of the template.
        base_rate: the share that is usually won, where nothing is learnt yet.
    """
    cards = sorted((row for row in rows if row.ref.kind is Scorecard), key=_day)
    grades = _grades(rows)
    weights = {one.code: one.weight for one in criteria}
    ended = _ended(rows, {row.values["opportunity_id"]: row for row in cards})
    models: dict[int, Model] = {}  # by how many had ended: they end one after the other
    for card in cards:
        before = [(is_won, last) for day, is_won, last in ended if day < _day(card)]
        if len(before) not in models:
            known = [Outcome(is_won, weights, grades[last.ref]) for is_won, last in before]
            models[len(before)] = learn(known, [], base_rate)
        given = grades[card.ref]
        answers = [Graded(one.code, one.weight, given.get(one.code), bool(one.is_gate)) for one in criteria]
        found = chance(models[len(before)], answers)
        kept = {"probability": found.value, "probability_low": found.low, "probability_high": found.high}
        card.values.update(kept | {"learnt_from": found.count})


def _day(row: Row) -> dt.date:
    day = row.values["day"]
    assert isinstance(day, dt.date)  # noqa: S101 - the reader makes it one
    return day


def _grades(rows: Sequence[Row]) -> defaultdict[Ref, dict[str, float]]:
    """Our grades by card and criterion."""
    found: defaultdict[Ref, dict[str, float]] = defaultdict(dict)
    for row in rows:
        card, criterion, grade = (row.values.get(name) for name in ("scorecard_id", "criterion_id", "grade"))
        if row.ref.kind is Answer and isinstance(card, Ref) and isinstance(criterion, Ref) and isinstance(grade, int):
            found[card][criterion.name] = grade
    return found


def _ended(rows: Sequence[Row], last: dict[object, Row]) -> list[tuple[dt.date, bool, Row]]:
    """Day of the close, whether it was won, and the last card of each closed opportunity."""
    return [
        (day, row.values["stage"] is Stage.WON, last[row.ref])
        for row in rows
        if row.ref.kind is Opportunity and isinstance(day := row.values.get("closed_on"), dt.date) and row.ref in last
    ]
