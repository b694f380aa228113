"""Which accounts are alike, and which of them buy what: sets of accounts as the bits of integers.

Accounts are alike that agree in industry, size and segment, or in some of these; size by the classes of the European
Union (Recommendation 2003/361/EC: 10, 50, 250 employees). An account of which a trait is not known belongs to no group
of that trait. As sets are integers, to count those that two sets share takes a microsecond for 10,000 accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from crmtui.text import key as folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

CLASSES: Final = (10, 50, 250)  # employees from which the next class begins


class Size(StrEnum):
    """The class of an organisation by its employees."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Traits:
    """What an account is like.

    Attributes:
        account: which.
        industry: in the user's words; '' when unknown.
        employees: how many; None when unknown.
        segment: '' when unknown.
    """

    account: int
    industry: str = ""
    employees: int | None = None
    segment: str = ""

    @property
    def size(self) -> Size | None:
        """Its class; None when unknown."""
        return None if self.employees is None else tuple(Size)[sum(self.employees >= least for least in CLASSES)]


Likeness = tuple[tuple[str, str], ...]  # trait and value of each trait that accounts agree in


@dataclass(frozen=True, slots=True)
class Crowd:
    """Accounts, and sets of them as integers: the n-th bit stands for the n-th account.

    Attributes:
        accounts: in order.
        groups: those that are alike, by what they agree in.
        buyers: those that buy an offering from us.
        users: those that have it from somebody else or make it themselves.
    """

    accounts: tuple[int, ...]
    groups: Mapping[Likeness, int]
    buyers: Mapping[int, int]
    users: Mapping[int, int]


def crowd(
    traits: Sequence[Traits], bought: Mapping[int, Collection[int]], elsewhere: Mapping[int, Collection[int]]
) -> Crowd:
    """Sets of accounts; `bought` and `elsewhere` are offerings by account, of which others than these are left out."""
    at = {one.account: place for place, one in enumerate(traits)}
    groups: dict[Likeness, list[int]] = {}
    for place, one in enumerate(traits):
        for likeness in likenesses(one):
            groups.setdefault(likeness, []).append(place)
    return Crowd(
        accounts=tuple(at),
        groups={likeness: _bits(places, len(at)) for likeness, places in groups.items()},
        buyers=_by_offering(bought, at),
        users=_by_offering(elsewhere, at),
    )


def likenesses(one: Traits) -> Iterator[Likeness]:
    """All that an account can agree in with others, the most traits first."""
    told = (("industry", folded(one.industry)), ("size", one.size or ""), ("segment", folded(one.segment)))
    known = [(trait, str(value)) for trait, value in told if value]
    for count in range(len(known), 0, -1):
        yield from combinations(known, count)


def _by_offering(offerings: Mapping[int, Iterable[int]], at: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, list[int]] = {}
    for account, those in offerings.items():
        if (place := at.get(account)) is not None:
            for offering in those:
                found.setdefault(offering, []).append(place)
    return {offering: _bits(places, len(at)) for offering, places in found.items()}


def _bits(places: Iterable[int], count: int) -> int:
    found = bytearray((count + 7) // 8)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")
