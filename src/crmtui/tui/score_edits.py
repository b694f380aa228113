"""Grades of a scorecard on their way to the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.queries.scorecards import ScorecardPage, regraded
from crmtui.tui import edits

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """A grade that the user gave; each is one of its own.

    Attributes:
        criterion_id: the row.
        competitor_id: the column; None is ours.
        grade: 0 to 4; None for unknown.
        day: when.
    """

    criterion_id: int
    competitor_id: int | None
    grade: int | None
    day: dt.date

    def applied(self, page: ScorecardPage) -> ScorecardPage:
        """The card with it."""
        return regraded(page, self.criterion_id, self.competitor_id, self.grade, self.day)


class Edits(edits.Edits[ScorecardPage]):
    """The grades of one screen that are not known to be in what was read."""
