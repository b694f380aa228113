"""The programme for priority customers: who is in, what it costs, whether they stay (method.md section 5).

Members were chosen because they are good customers, so that more of them stay says little of the programme. They are
therefore compared within each level as well, the levels weighted as by Mantel & Haenszel 1959, and their intervals
put together as by Zou & Donner 2008. Whom a level has only on one side is not compared. It remains a comparison and
is no experiment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method.proportions import Difference, Proportion, difference, proportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Customer:
    """An account over a period.

    Attributes:
        key: which.
        is_member: whether it was in the programme when the period began.
        level: its state when the period began.
        stayed: whether it was still a customer when the period ended; None when nobody knows.
        cost: of what it gets as a member in the period, minor units; None when nobody has counted it.
    """

    key: int
    is_member: bool
    level: str
    stayed: bool | None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """Members and others of a level.

    Attributes:
        level: which.
        members: share that stayed.
        others: likewise.
        difference: members less others.
    """

    level: str
    members: Proportion
    others: Proportion
    difference: Difference


@dataclass(frozen=True, slots=True)
class Programme:
    """What a programme does and costs.

    Attributes:
        members: keys of those in it.
        cost: of all, minor units, as far as it is counted.
        uncosted: members whose cost nobody has counted.
        stayed: share of the members that stayed, with its interval; of those of which it is known.
        others: the same of the other accounts.
        difference: members less others.
        alike: the same within levels; no value where no level has both.
        strata: the levels, in the order of the accounts given.
        completeness: share of the accounts of which it is known whether they stayed, 0 to 1; None of none.
    """

    members: tuple[int, ...]
    cost: int
    uncosted: int
    stayed: Proportion
    others: Proportion
    difference: Difference
    alike: Difference
    strata: tuple[Stratum, ...]
    completeness: float | None

    @property
    def each(self) -> float | None:
        """What a member costs, of those whose cost is counted; None of none."""
        count = len(self.members) - self.uncosted
        return self.cost / count if count else None


def programme(customers: Iterable[Customer]) -> Programme:
    """What a programme does and costs, over all accounts that were customers when the period began."""
    given = tuple(customers)
    members = [one for one in given if one.is_member]
    known = [one for one in given if one.stayed is not None]
    levels: dict[str, list[Customer]] = {}
    for one in known:
        levels.setdefault(one.level, []).append(one)
    stayed, others = _stayed(known, is_member=True), _stayed(known, is_member=False)
    strata = tuple(_stratum(level, inside) for level, inside in levels.items())
    return Programme(
        members=tuple(one.key for one in members),
        cost=sum(one.cost for one in members if one.cost is not None),
        uncosted=sum(one.cost is None for one in members),
        stayed=stayed,
        others=others,
        difference=difference(stayed, others),
        alike=_alike(strata),
        strata=strata,
        completeness=len(known) / len(given) if given else None,
    )


def _stratum(level: str, inside: Sequence[Customer]) -> Stratum:
    members, others = _stayed(inside, is_member=True), _stayed(inside, is_member=False)
    return Stratum(level, members, others, difference(members, others))


def _stayed(known: Iterable[Customer], *, is_member: bool) -> Proportion:
    asked = [one for one in known if one.is_member is is_member]
    return proportion(sum(bool(one.stayed) for one in asked), len(asked))


def _alike(strata: Iterable[Stratum]) -> Difference:
    both = [
        (one.members.of * one.others.of / (one.members.of + one.others.of), one.difference)
        for one in strata
        if one.members.of and one.others.of
    ]
    whole = sum(weight for weight, _one in both)
    if not whole:
        return Difference(None, -1.0, 1.0)
    parts = [(weight / whole, one.value or 0.0, one.low, one.high) for weight, one in both]
    value = sum(share * apart for share, apart, _low, _high in parts)
    down = math.hypot(*(share * (apart - low) for share, apart, low, _high in parts))
    up = math.hypot(*(share * (high - apart) for share, apart, _low, high in parts))
    return Difference(value, max(-1.0, value - down), min(1.0, value + up))
