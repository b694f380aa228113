"""The figures of a next move in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.money import format_number
from crmtui.domain.words import Role
from crmtui.method.move import Why
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.method.move import Move, Term

POINT: Final = 100  # of a share
TERMS: Final[Mapping[Why, str]] = {
    Why.COVERAGE: N_("coverage {amount}, which adds {points} points to P(win)"),
    Why.WIN: N_("personal wins {amount}, which adds {points} points to P(win)"),
    Why.ATTITUDE: N_("the attitude becomes known, which counts {points} points of P(win)"),
    Why.STEP: N_("a step of attitude comes nearer: favour {amount}, {points} points of P(win)"),
    Why.CRITERION: N_("one grade more adds {points} points to P(win)"),
    Why.ANSWER: N_("an answer counts {points} points of P(win)"),
    Why.CARD: N_("a first scorecard counts {points} points of P(win)"),
    Why.FAVOUR: N_("the favour becomes known, which counts {points} points of P(win)"),
    Why.LEVEL: N_("{amount} of the step to the next level, which adds {points} points to P(win)"),
}
FOUND_OUT: Final = frozenset({Why.ATTITUDE, Why.ANSWER, Why.CARD, Why.FAVOUR})
_ROLES: Final = {role.value: role.label for role in Role}
_WEIGHTY: Final = (Role.DECIDER, Role.BUYER, Role.INFLUENCER, Role.GATEKEEPER)  # the one that is told of several


def role(kept: str) -> str:
    """The weightiest role of those that are kept."""
    roles = kept.split(",") if kept else []
    first = next((role.value for role in _WEIGHTY if role.value in roles), roles[0] if roles else "")
    return _(_ROLES[first]) if first else ""


def greatest(move: Move, why: Why) -> float:
    """What a move adds to a figure of the map on which it adds most."""
    return max((term.amount for term in move.terms if term.why is why), default=0.0)


def signed(share: float) -> str:
    """A share as `+11`, in points; at least one decimal below one."""
    points = share * POINT
    return f"+{points:.0f}" if points >= 1 else f"+{points:.1f}"


def figure(term: Term) -> str:
    """How much the figure itself changes."""
    if term.why is Why.LEVEL:
        return f"1/{round(1 / term.amount)}" if term.amount else "0"
    return f"+{term.amount:.2f}"


def percents(term: Term) -> str:
    """`P 48 → 57 %`, with a decimal where the change would not show."""
    before, after = term.chance * POINT, (term.chance + term.points) * POINT
    places = 0 if round(after) > round(before) else 1
    return _("P {before} → {after} %").format(before=f"{before:.{places}f}", after=f"{after:.{places}f}")


def width(share: float) -> str:
    """By how much a band is wide, on either side."""
    return _("± {points} %").format(points=format_number(round(share * POINT / 2)))
