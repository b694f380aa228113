"""Grades on their way to the file: shown at once, forgotten when they have been read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.queries.scorecards import regraded

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.queries.scorecards import ScorecardPage


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


class Edits:
    """The grades of one screen that are not known to be in what was read."""

    def __init__(self) -> None:
        self._asked: list[Edit] = []
        self._saved: list[Edit] = []

    def add(self, edit: Edit) -> None:
        """Take a grade that is about to be saved, after those that were given before it."""
        self._asked.append(edit)

    def settle(self, edit: Edit, *, is_saved: bool) -> None:
        """One is in the file, or could not be saved."""
        self._asked.remove(edit)
        if is_saved:
            self._saved.append(edit)

    @property
    def saved(self) -> tuple[Edit, ...]:
        """Those that a reading that begins now will find in the file."""
        return tuple(self._saved)

    def forget(self, read: tuple[Edit, ...]) -> None:
        """What was saved before a reading began is in what it has read."""
        self._saved = [one for one in self._saved if one not in read]

    def applied(self, page: ScorecardPage) -> ScorecardPage:
        """What was read, with all grades that it may lack."""
        for edit in (*self._saved, *self._asked):
            page = regraded(page, edit.criterion_id, edit.competitor_id, edit.grade, edit.day)
        return page
