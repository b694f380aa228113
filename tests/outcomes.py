"""Made-up closed opportunities for tests of what is learnt from outcomes: always the same ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crmtui.method.winrate_learning import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODES = ("need", "price", "values")
EFFECTS = (1.5, 0.5, 0.2)  # log-odds from the middle to the best grade


def chances() -> Iterator[float]:
    """Figures of at least 0 and below 1 (a linear congruential generator: the same everywhere, for ever)."""
    state = 20260312
    while True:
        state = (1103515245 * state + 12345) % 2**31
        yield state / 2**31


def deals(count: int, effects: Sequence[float] = EFFECTS, intercept: float = -0.5) -> list[Outcome]:
    """Outcomes on cards of three criteria of equal weight, all answered."""
    found, drawn = [], chances()
    weights = dict.fromkeys(CODES, 1.0)
    for _number in range(count):
        grades = {code: float(int(5 * next(drawn))) for code in CODES}
        log_odds = intercept + sum(
            effect * (grade / 2 - 1) for effect, grade in zip(effects, grades.values(), strict=True)
        )
        found.append(Outcome(next(drawn) < 1 / (1 + math.exp(-log_odds)), weights, grades))
    return found
