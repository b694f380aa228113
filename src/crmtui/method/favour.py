"""Favour: where the attitudes of a decision-making unit lead once people have listened (method.md section 2).

Attitudes spread along influence (Friedkin & Johnsen 1990): with s = attitude/2, leverages c and final opinions x,
favour = c·s = d·x, from -1 to 1. An unknown attitude is taken at 0 for the figure, and at -1 and +1 for its band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.dmu import Member
    from crmtui.method.leverage import Leverage

BLOCKING: Final = -0.5  # a veto holder whose final opinion is below stops the decision
FULL: Final = 2  # the attitude that counts as 1
ASKED: Final = 3  # what favour rests on of each person: roles, power, attitude


@dataclass(frozen=True, slots=True)
class Lean:
    """What one person does to the favour.

    Attributes:
        key: who it is.
        right: d, the share in the decision itself.
        leverage: c, what favour gains per unit of the person's attitude.
        attitude: s, -1 to 1; None while unknown.
        opinion: x, where the person's opinion ends, -1 to 1, with unknown attitudes at 0.
        low: the same with unknown attitudes at -1; so also `high`.
        points: c·s, what the person adds to the favour; None while the attitude is unknown.
    """

    key: int
    right: float
    leverage: float
    attitude: float | None
    opinion: float
    low: float
    high: float
    points: float | None


@dataclass(frozen=True, slots=True)
class Favour:
    """The favour of a decision-making unit.

    Attributes:
        value: -1 (all against us) to 1; None while nobody's attitude is known.
        low: the favour at the worst that is still possible; so also `high`, at the best.
        completeness: how much is known of the roles, powers and attitudes, by leverage, 0 to 1; None without people.
        terms: one for each person, in the order given; known points sum to the value.
        blocks: who has a veto and ends below `BLOCKING`: the decision is blocked, whatever the favour.
    """

    value: float | None
    low: float
    high: float
    completeness: float | None
    terms: tuple[Lean, ...]
    blocks: tuple[int, ...]

    @property
    def width(self) -> float:
        """The width of the band, 0 to 2."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """The favour with every unknown attitude at 0, also where nobody's is known."""
        return self.value or 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """A favour without its terms.

    Attributes:
        middle: with every unknown attitude at 0.
        low: at the worst that is still possible; so also `high`, at the best.
    """

    middle: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """The width of the band, 0 to 2."""
        return self.high - self.low


def span(attitudes: Sequence[int | None], leverage: Leverage) -> Span:
    """The favour of these attitudes, -2 to +2 or None for unknown, in the order of the leverages; at least one."""
    return _span(_units(attitudes), leverage, None)


def _span(known: Sequence[float | None], leverage: Leverage, ends: Sequence[Sequence[float]] | None) -> Span:
    """The same of attitudes as -1 to 1; `ends` are the opinions with unknown ones at 0, -1 and +1, where known."""
    value = leverage.mean(_taking(known, 0.0))
    low = leverage.least(_taking(known, -1.0), ends[1] if ends else None)
    high = leverage.most(_taking(known, 1.0), ends[2] if ends else None)
    return Span(value, max(-1.0, min(value, low)), min(1.0, max(value, high)))


def favour(members: Sequence[Member], leverage: Leverage) -> Favour:
    """The favour of a map, with its terms; `leverage` is of the same people in the same order.

    A map with nobody has none, and the widest band.
    """
    if not members:
        return Favour(None, -1.0, 1.0, None, (), ())
    attitudes = _units([member.attitude for member in members])
    settled = leverage.settled.opinions
    middle = low = high = settled(_taking(attitudes, 0.0))
    if None in attitudes:
        low, high = settled(_taking(attitudes, -1.0)), settled(_taking(attitudes, 1.0))
    terms = tuple(
        Lean(
            key=term.key,
            right=term.right,
            leverage=term.leverage,
            attitude=attitude,
            opinion=middle[at],
            low=low[at],
            high=high[at],
            points=None if attitude is None else term.leverage * attitude,
        )
        for at, (term, attitude) in enumerate(zip(leverage.terms, attitudes, strict=True))
    )
    found = _span(attitudes, leverage, (middle, low, high))
    return Favour(
        value=None if all(attitude is None for attitude in attitudes) else found.middle,
        low=found.low,
        high=found.high,
        completeness=_completeness(members, leverage),
        terms=terms,
        blocks=tuple(
            member.key
            for member, term in zip(members, terms, strict=True)
            if member.has_veto and term.opinion < BLOCKING
        ),
    )


def _units(attitudes: Sequence[int | None]) -> list[float | None]:
    """Attitudes as -1 to 1."""
    return [None if attitude is None else attitude / FULL for attitude in attitudes]


def _taking(attitudes: Sequence[float | None], unknown: float) -> list[float]:
    return [unknown if attitude is None else attitude for attitude in attitudes]


def _completeness(members: Sequence[Member], leverage: Leverage) -> float:
    known = [
        (bool(member.roles) + (member.power is not None) + (member.attitude is not None)) / ASKED for member in members
    ]
    return min(1.0, leverage.mean(known))
