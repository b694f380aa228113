"""Computed criteria: favour, coverage, wins, level and budget as grades from 0 to 4 (method.md section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.words import BudgetRung, Level
from crmtui.method.scorecard import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Final[Mapping[Level, float]] = {
    level: TOP * step / (len(Level) - 1) for step, level in enumerate(Level)
}  # from prospect at 0 to partner at 4
RUNGS: Final[Mapping[BudgetRung, float]] = {rung: float(step) for step, rung in enumerate(BudgetRung)}


def of_favour(favour: float) -> float:
    """-1 to 1 as a grade."""
    return _within(TOP / 2 * (1 + favour))


def to_favour(grade: float) -> float:
    """A grade as the favour, -1 to 1, that it was computed from."""
    return 2 * grade / TOP - 1


def to_share(grade: float) -> float:
    """A grade as the coverage or the wins, 0 to 1, that it was computed from."""
    return grade / TOP


def of_share(share: float) -> float:
    """Coverage or wins, 0 to 1, as a grade."""
    return _within(TOP * share)


def of_amount(amount: float, middle: float) -> float:
    """An amount, as a grade: 0 for nothing and below, 2 at the middle one (above 0), towards 4 for the greatest."""
    return _within(TOP * amount / (amount + middle)) if amount > 0 else 0.0


def of_level(level: Level) -> float:
    """A step of the relationship ladder as a grade."""
    return LEVELS[level]


def of_budget(rung: BudgetRung) -> float:
    """A step of budget creation as a grade."""
    return RUNGS[rung]


def _within(grade: float) -> float:
    return min(float(TOP), max(0.0, grade))
