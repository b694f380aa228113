"""Whose place in the portfolio matrix hangs on a weight (method.md section 4).

Published weights do not exist, so that it is told which cells would be others if a weight were a fifth more or less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.method.portfolio import CELLS, CUTS, DEFAULTS, THIRDS, Axis, along, check, ends, step
from crmtui.method.scorecard import FULL, TOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.method.portfolio import Cell, Criterion, Profile

MOVED: Final = 0.2  # by which each weight is moved, up and down, to see what hangs on it


@dataclass(frozen=True, slots=True)
class Shift:
    """An account that another weight puts in another cell.

    Attributes:
        key: which.
        code: the criterion whose weight is moved.
        by: by what share, such as 0.2 or -0.2.
        before: its cell as it is.
        after: its cell then.
    """

    key: int
    code: str
    by: float
    before: Cell
    after: Cell


class Sensitivity:
    """Whose cell changes when one weight is moved by a share, up or down, and the others stay: asked of one by one.

    Raises:
        ValueError: as `places`; or a share outside of 0 to 1.
    """

    def __init__(
        self, criteria: Sequence[Criterion] = DEFAULTS, cuts: tuple[float, float] = CUTS, by: float = MOVED
    ) -> None:
        check(criteria, cuts)
        if not 0 <= by <= 1:
            raise ValueError(f"a weight moved by {by} is not a weight")
        self._axes = along(Axis.ATTRACTIVENESS, criteria), along(Axis.STRENGTH, criteria)
        self._cuts, self._shares = cuts, (by, -by)
        self._thirds = tuple(ends(at, cuts) for at in range(len(THIRDS)))

    def shifts(self, profile: Profile) -> tuple[Shift, ...]:
        """The weights on which the cell of an account hangs, by axis; none where it has no cell."""
        return tuple(self._shifts(profile))

    def _shifts(self, profile: Profile) -> Iterator[Shift]:
        known = [_known(profile, criteria) for criteria in self._axes]
        if not all(weight for weight, _points, _graded in known):
            return
        steps = [step(FULL / TOP * points / weight, self._cuts) for weight, points, _graded in known]
        for axis, (whole, points, graded) in enumerate(known):
            low, high = self._thirds[steps[axis]]
            for code, weight, grade in graded:
                for share in self._shares:
                    more = share * weight
                    if not more or not whole + more:
                        continue
                    value = FULL / TOP * (points + more * grade) / (whole + more)
                    if not low <= value < high:
                        now = step(value, self._cuts)
                        after = CELLS[steps[0]][now] if axis else CELLS[now][steps[1]]
                        yield Shift(profile.key, code, share, CELLS[steps[0]][steps[1]], after)


def _known(profile: Profile, criteria: Sequence[Criterion]) -> tuple[float, float, list[tuple[str, float, float]]]:
    """The weight that is known on an axis, the points it makes, and what they are made of: code, weight, grade."""
    whole = points = 0.0
    graded = []
    for one in criteria:
        grade = profile.grades.get(one.code)
        if grade is not None:
            whole += one.weight
            points += one.weight * grade
            graded.append((one.code, one.weight, grade))
    return whole, points, graded
