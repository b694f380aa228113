"""Where the columns of a scorecard stand in a width, and which rows it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Perspective
from crmtui.method import scorecard as method
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.queries.scorecards import Line

LEAD: Final = 2  # the sign of a gate that warns, and a blank
GAP: Final = 2
WEIGHT: Final = 4
GRADE: Final = 9  # four cells of a bar, a blank, the number, the sign of where it comes from
RIVAL: Final = 9
NARROWEST: Final = 22
WIDEST: Final = 30
LEAST_EVIDENCE: Final = 12

GATES: Final = N_("Gates, asked first")


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells of each column.

    Attributes:
        label: of the criterion.
        first: the first competitor that is shown.
        rivals: how many competitors are shown.
        evidence: of the evidence; 0 where there is no room for it.
    """

    label: int
    first: int
    rivals: int
    evidence: int


def lay_out(width: int, rivals: int, column: int) -> Layout:
    """Columns for so many cells; where not all competitors fit, those up to the cursor's column are shown."""
    room = width - LEAD - NARROWEST - GAP - WEIGHT - GAP - GRADE
    shown = max(0, min(rivals, room // (GAP + RIVAL)))
    first = min(max(0, column - shown), rivals - shown)
    room -= shown * (GAP + RIVAL)
    evidence = room - GAP if room - GAP >= LEAST_EVIDENCE else 0
    spare = max(0, min(WIDEST - NARROWEST, evidence - LEAST_EVIDENCE if evidence else room))
    return Layout(NARROWEST + spare, first, shown, evidence - spare if evidence else 0)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading between the rows.

    Attributes:
        label: the perspective, untranslated.
        score: our weighted score in it, 0 to 100; None when nothing that counts is answered.
    """

    label: str
    score: float | None


def rows(lines: Sequence[Line]) -> tuple[Section | int, ...]:
    """Headings and the places of the lines below them."""
    found: list[Section | int] = []
    last: Perspective | str | None = None
    for at, line in enumerate(lines):
        group: Perspective | str = GATES if line.is_gate else line.perspective
        if group != last:
            found.append(_section(group, lines))
            last = group
        found.append(at)
    return tuple(found)


def _section(group: Perspective | str, lines: Sequence[Line]) -> Section:
    if not isinstance(group, Perspective):
        return Section(group, None)
    mine = [line.graded for line in lines if line.perspective is group and not line.is_gate]
    return Section(group.label, method.score(mine).value)
