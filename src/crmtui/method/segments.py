"""Segments by two breakpoints, today's revenue and future potential (method.md section 4).

- A deserves effort: revenue and potential are high; it is big, and has room for more.
- B is big today: revenue is high, potential is not, or unknown; to be held, not to be mistaken for the future.
- C is valued: potential is high, revenue is not, or unknown; for what it could become.
- D is unknown: neither is high; nothing speaks for effort yet but finding out.

What is unknown is not low: it puts the account where nothing is claimed for it, and `possible` says where else it may
belong.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Segment
from crmtui.figures import Figure
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST: Final = 0.8  # share of the whole that those at or above the usual breakpoint make: "the few that bring most"

_SEGMENTS: Final[Mapping[tuple[bool, bool], Segment]] = {
    (True, True): Segment.A,
    (True, False): Segment.B,
    (False, True): Segment.C,
    (False, False): Segment.D,
}  # by whether revenue and potential are high


@dataclass(frozen=True, slots=True)
class Breakpoints:
    """From where on a figure is high, in the unit that the figures are in.

    Attributes:
        revenue: what it buys in a year today; above 0.
        potential: what it could buy in a year; above 0.
    """

    revenue: float
    potential: float


@dataclass(frozen=True, slots=True)
class Segmented:
    """A segment and its reasons.

    Attributes:
        segment: which.
        revenue: as given.
        potential: as given.
        breakpoints: as given.
        possible: all that it may turn out to be, in the order of the alphabet.
    """

    segment: Segment
    revenue: float | None
    potential: float | None
    breakpoints: Breakpoints
    possible: tuple[Segment, ...]

    @property
    def is_certain(self) -> bool:
        """Whether nothing unknown bears on it."""
        return len(self.possible) == 1


def segment(revenue: float | None, potential: float | None, breakpoints: Breakpoints) -> Segmented:
    """The segment of an account; None is what nobody knows.

    Raises:
        ValueError: a breakpoint that is not above 0, in a translated sentence.
    """
    for point in (breakpoints.revenue, breakpoints.potential):
        if not 0 < point < math.inf:
            raise ValueError(_("a breakpoint cannot be {value:g}: give an amount above 0").format(value=Figure(point)))
    big, room = _answers(revenue, breakpoints.revenue), _answers(potential, breakpoints.potential)
    return Segmented(
        segment=_SEGMENTS[big[0], room[0]],
        revenue=revenue,
        potential=potential,
        breakpoints=breakpoints,
        possible=_possible(big, room),
    )


def usual(figures: Iterable[float | None], share: float = MOST) -> float | None:
    """The breakpoint at which those at or above it bring a share of the whole; None where nobody brings anything."""
    known = sorted((one for one in figures if one is not None and one > 0), reverse=True)
    whole, reached = math.fsum(known), 0.0
    for one in known:
        reached += one
        if reached >= share * whole * (1 - 1e-12):
            return one
    return None


@cache
def _possible(big: tuple[bool, ...], room: tuple[bool, ...]) -> tuple[Segment, ...]:
    return tuple(sorted({_SEGMENTS[one, other] for one in big for other in room}))


def _answers(figure: float | None, breakpoint_: float) -> tuple[bool, ...]:
    """Whether it is high: what is claimed first, then what else it may turn out to be."""
    return (False, True) if figure is None else (figure >= breakpoint_,)
