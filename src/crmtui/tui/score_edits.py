"""Grades on their way to the file: shown at once, saved one by one, forgotten when they have been read back."""

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
        self._waiting: list[Edit] = []
        self._saving: Edit | None = None
        self._saved: list[Edit] = []

    def add(self, edit: Edit) -> None:
        """Take a grade; one for the same place that still waits gives way to it."""
        place = (edit.criterion_id, edit.competitor_id)
        self._waiting = [one for one in self._waiting if (one.criterion_id, one.competitor_id) != place]
        self._waiting.append(edit)

    def next(self) -> Edit | None:
        """The next to save; None while one is being saved, so that they are written in the order they were given."""
        if self._saving is None and self._waiting:
            self._saving = self._waiting.pop(0)
            return self._saving
        return None

    def settle(self, *, is_saved: bool) -> None:
        """The one being saved is in the file, or could not be saved."""
        if self._saving is not None and is_saved:
            self._saved.append(self._saving)
        self._saving = None

    @property
    def saved(self) -> tuple[Edit, ...]:
        """Those that a reading that begins now will find in the file."""
        return tuple(self._saved)

    def forget(self, read: tuple[Edit, ...]) -> None:
        """What was saved before a reading began is in what it has read."""
        self._saved = [one for one in self._saved if one not in read]

    def applied(self, page: ScorecardPage) -> ScorecardPage:
        """What was read, with all grades that it may lack."""
        for edit in (*self._saved, *([self._saving] if self._saving else []), *self._waiting):
            page = regraded(page, edit.criterion_id, edit.competitor_id, edit.grade, edit.day)
        return page
