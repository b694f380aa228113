"""Personal wins, weighted by how much each person moves the decision, and whose win is missing (method.md section 3).

value = Σ c·(strength / 3) over those whose win has been judged. Who has no win to look forward to adds nothing, and is
named; a win that nobody has judged opens the band up to 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.dmu import Member
    from crmtui.method.leverage import Leverage

STRONGEST: Final = 3  # of a win: compelling


@dataclass(frozen=True, slots=True)
class Win:
    """What one person's win adds.

    Attributes:
        key: who it is.
        leverage: c.
        has_win: whether there is one that we propose.
        strength: how convincing it is, 0 to 3; None when nobody has judged it.
        points: c·strength/3; None when it is not known.
    """

    key: int
    leverage: float
    has_win: bool
    strength: int | None
    points: float | None


@dataclass(frozen=True, slots=True)
class Wins:
    """The personal wins of a decision-making unit.

    Attributes:
        value: 0 to 1; None while nobody's win has been judged.
        low: the same if all that is not judged turned out not to convince; so also `high`, compelling.
        terms: one for each person, in the order given; known points sum to the value.
        missing: who has none, the one who moves most first.
    """

    value: float | None
    low: float
    high: float
    terms: tuple[Win, ...]
    missing: tuple[int, ...]


def wins(members: Sequence[Member], leverage: Leverage) -> Wins:
    """The personal wins of a map; `leverage` is of the same people in the same order."""
    terms = tuple(_win(member, weight.leverage) for member, weight in zip(members, leverage.terms, strict=True))
    known = sum(term.points for term in terms if term.points is not None)
    unjudged = sum(term.leverage for term in terms if term.points is None)
    without = [term for term in terms if not term.has_win]
    return Wins(
        value=min(1.0, known) if any(term.strength is not None for term in terms) else None,
        low=min(1.0, known),
        high=min(1.0, known + unjudged) if terms else 1.0,
        terms=terms,
        missing=tuple(term.key for term in sorted(without, key=lambda one: -one.leverage)),
    )


def _win(member: Member, leverage: float) -> Win:
    strength = member.win_strength if member.has_win else None
    if not member.has_win:
        return Win(member.key, leverage, has_win=False, strength=None, points=0.0)
    points = None if strength is None else leverage * strength / STRONGEST
    return Win(member.key, leverage, has_win=True, strength=strength, points=points)
