"""Coverage: how well we keep in touch with those who weigh, by what happened (method.md section 2).

k = 1 - Π (1 - q·2^(-age/h)) over the contacts with a person, q by channel, at most (1 + relationship)/5 where the
relationship has been judged; K = Σ c·k over the map. Value comes from the quality, the density and the authority of
contacts (Palmatier 2008, 446 B2B dyads): q and h, their number, and leverage c.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.dmu import Member
    from crmtui.method.leverage import Leverage

STEPS: Final = 5  # a relationship of n lets contacts cover (1 + n) of so many parts
ASKED: Final = 2  # what coverage rests on of each person: who it is, and the relationship


@dataclass(frozen=True, slots=True)
class Encounter:
    """A contact with a person that happened.

    Attributes:
        quality: q, how much one contact on its channel covers, 0 to 1.
        days: since then; below 0 it has not happened yet and counts nothing.
    """

    quality: float
    days: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How well one person is covered.

    Attributes:
        key: who it is.
        leverage: c.
        value: k, 0 to 1, as far as the relationship lets contacts count.
        low: k if the relationship, while nobody has judged it, turned out to be none.
        reached: k by the contacts alone.
        most: (1 + relationship)/5; None where the relationship has not been judged.
        points: c·k, what the person adds to the coverage.
        counted: how many contacts it is made of.
    """

    key: int
    leverage: float
    value: float
    low: float
    reached: float
    most: float | None
    points: float
    counted: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of a decision-making unit.

    Attributes:
        value: K, 0 to 1; None on a map with nobody.
        low: K at the worst that is still possible; so also `high`, at the best.
        completeness: how much is known of who they are and of the relationships, by leverage, 0 to 1; None likewise.
        terms: one for each person, in the order given; points sum to the value.
    """

    value: float | None
    low: float
    high: float
    completeness: float | None
    terms: tuple[Cover, ...]

    def of(self, key: int) -> float:
        """How well a person is covered; 0 for somebody who is not there."""
        return next((term.value for term in self.terms if term.key == key), 0.0)


def reached(encounters: Iterable[Encounter], half_life: float) -> float:
    """How well contacts alone cover: k, 0 to 1; ValueError for a half-life that is not above 0."""
    if half_life <= 0:
        raise ValueError("contacts need a half-life above 0 days")
    missed = 1.0
    for encounter in encounters:
        if encounter.days >= 0:
            missed *= left_open(encounter.quality, encounter.days, half_life)
    return 1 - missed


def left_open(quality: float, days: int, half_life: float) -> float:
    """What one contact so many days ago leaves uncovered, 0 to 1: 1 - q·2^(-age/h)."""
    return 1 - quality * math.pow(0.5, days / half_life)


def most(relationship: int | None) -> float | None:
    """How much contacts can cover a person with that relationship, 0 to 4; None where it has not been judged."""
    return None if relationship is None else (1 + relationship) / STEPS


def coverage(members: Sequence[Member], leverage: Leverage, half_life: float) -> Coverage:
    """The coverage of a map, with its terms; `leverage` is of the same people in the same order."""
    if not members:
        return Coverage(None, 0.0, 1.0, None, ())
    terms = tuple(
        cover(member, weight.leverage, half_life) for member, weight in zip(members, leverage.terms, strict=True)
    )
    value = sum(term.points for term in terms)
    known = [(member.is_named + (member.relationship is not None)) / ASKED for member in members]
    return Coverage(
        value=min(1.0, value),
        low=min(value, leverage.least([term.low for term in terms])),
        high=min(1.0, max(value, leverage.most([term.value for term in terms]))),
        completeness=min(1.0, leverage.mean(known)),
        terms=terms,
    )


def cover(member: Member, leverage: float, half_life: float) -> Cover:
    """How well one person of that leverage is covered."""
    found = reached(member.encounters, half_life)
    limit = most(member.relationship)
    value = found if limit is None else min(found, limit)
    return Cover(
        key=member.key,
        leverage=leverage,
        value=value,
        low=min(found, 1 / STEPS) if limit is None else value,
        reached=found,
        most=limit,
        points=leverage * value,
        counted=sum(encounter.days >= 0 for encounter in member.encounters),
    )
