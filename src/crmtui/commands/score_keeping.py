"""Keep on a scorecard what it came to on its day: computed criteria, and the probability as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Answer, Scorecard
from crmtui.queries import filled, winning
from crmtui.store.reading import records, scorecards

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.store.unit import UnitOfWork


def keep(unit: UnitOfWork, opportunity_id: int, today: dt.date) -> None:
    """Write both onto the newest card of an open opportunity; of a closed one they are as they were."""
    if records.get(unit.connection, Opportunity, opportunity_id).stage.is_closed:
        return
    card = scorecards.latest(unit.connection, opportunity_id)
    if card is None:
        return
    _keep_computed(unit, opportunity_id, card, today)
    found = winning.chances(unit.connection, [opportunity_id], today)[opportunity_id]
    unit.update(
        Scorecard,
        card.id,
        {
            "probability": found.value,
            "probability_low": found.low,
            "probability_high": found.high,
            "learnt_from": found.count,
        },
    )


def _keep_computed(unit: UnitOfWork, opportunity_id: int, card: Scorecard, today: dt.date) -> None:
    sources = filled.of_opportunities(unit.connection, [opportunity_id], today)[opportunity_id]
    answers = scorecards.answers(unit.connection, card.id)
    for criterion in scorecards.criteria(unit.connection, card.template_id):
        if criterion.computed is None:
            continue
        computed = sources.filled(criterion.computed).grade
        answer = answers.get(criterion.id)
        if answer is not None:
            unit.update(Answer, answer.id, {"computed": computed})
        elif computed is not None:
            unit.insert(
                Answer,
                {
                    "scorecard_id": card.id,
                    "criterion_id": criterion.id,
                    "computed": computed,
                },
            )
