"""What a map comes to, without bands and terms: for lists, which show and sort thousands of maps at once.

The same figures as `favour`, `coverage` and `wins` tell with their terms (method.md sections 2 and 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crmtui.method.favour import FULL
from crmtui.method.wins import STRONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence


class Values(NamedTuple):
    """The figures of a map.

    Attributes:
        favour: -1 to 1; None while nobody's attitude is known.
        coverage: 0 to 1; None on a map with nobody.
        wins: 0 to 1; None while nobody's win has been judged.
    """

    favour: float | None
    coverage: float | None
    wins: float | None


def values(
    leverages: Sequence[float],
    attitudes: Sequence[int | None],
    covers: Sequence[float],
    strengths: Sequence[int | None],
) -> Values:
    """The figures of a map, each person at the same place of every sequence.

    Args:
        leverages: c, at least 0 and of sum 1.
        attitudes: -2 to 2; None when unknown.
        covers: k, 0 to 1.
        strengths: of the personal win, 0 to 3; None where there is none, or nobody has judged it.
    """
    if not leverages:
        return Values(None, None, None)
    return Values(
        favour=_sum(leverages, attitudes, FULL) if _is_any(attitudes) else None,
        coverage=min(1.0, _sum(leverages, covers, 1)),
        wins=min(1.0, _sum(leverages, strengths, STRONGEST)) if _is_any(strengths) else None,
    )


def _is_any(judged: Sequence[int | None]) -> bool:
    return any(one is not None for one in judged)


def _sum(leverages: Sequence[float], judged: Sequence[float | None], most: int) -> float:
    return sum(weight * one / most for weight, one in zip(leverages, judged, strict=True) if one)
