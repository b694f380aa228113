"""All that was learnt, each thing as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.queries.calibration_words import calibration
from crmtui.queries.effort_words import efforts, moves
from crmtui.queries.ending_words import reasons, shared
from crmtui.queries.revision_words import to_change, used, weights

if TYPE_CHECKING:
    from crmtui.queries.learning import Channels, LearningPage
    from crmtui.queries.learning_sheet import Sheet


def sheets(page: LearningPage, channels: Channels | None) -> tuple[Sheet, ...]:
    """All that was learnt, what to change first; channels once they have been worked out."""
    return (
        to_change(page, channels),
        calibration(page),
        reasons(page),
        shared(page),
        efforts(page),
        moves(page),
        weights(page),
        used(channels),
    )
