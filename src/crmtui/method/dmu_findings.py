"""What stands out on a map of a decision-making unit: facts, each with the place to change it (method.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Role
from crmtui.method.dmu import RECENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.method.dmu import Member

STRONG: Final = 3  # who has at least so much power weighs in a decision
WEAK: Final = 1  # up to this relationship a competitor that is named is taken to be the stronger one
FEW: Final = 3  # contacts below which nothing is said of how they are spread
NEEDED: Final = (Role.DECIDER, Role.BUYER, Role.USER, Role.INFLUENCER)


class Fact(StrEnum):
    """What a finding says."""

    NO_DECIDER = "no_decider"
    NO_ROLE = "no_role"
    BLOCK = "block"
    AGAINST = "against"
    UNKNOWN_ATTITUDE = "unknown_attitude"
    RIVAL = "rival"
    NEVER_MET = "never_met"
    NOT_MET = "not_met"
    UNCOVERED = "uncovered"
    NAMELESS = "nameless"
    ONE_PERSON = "one_person"
    UNKNOWN_POWER = "unknown_power"
    NO_WIN = "no_win"
    NO_OPPONENT = "no_opponent"


URGENT: Final = frozenset({Fact.NO_DECIDER, Fact.BLOCK, Fact.AGAINST, Fact.UNKNOWN_ATTITUDE, Fact.RIVAL})


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about a map.

    Attributes:
        fact: which.
        keys: whom it is about; empty where it is about the map.
        field: the field of the stakeholder to change, or to look at.
        roles: for NO_DECIDER and NO_ROLE, those that nobody fills.
    """

    fact: Fact
    keys: tuple[int, ...]
    field: str
    roles: tuple[Role, ...] = ()

    @property
    def is_urgent(self) -> bool:
        """Whether it calls for something to be done, and not only to be found out."""
        return self.fact in URGENT


def findings(members: Iterable[Member]) -> tuple[Finding, ...]:
    """All findings of a map: the urgent ones first, each kind together, the most powerful person first.

    An empty map has none: there is nothing to find before somebody is on it.
    """
    given = sorted(members, key=lambda member: -(member.power or 0))
    if not given:
        return ()
    order = list(Fact)
    found = [*_of_the_map(given), *_of_those_who_weigh(given), *_of_everybody(given)]
    return tuple(sorted(found, key=lambda one: (not one.is_urgent, order.index(one.fact))))


def _of_the_map(given: Sequence[Member]) -> Iterator[Finding]:
    filled = {role for member in given for role in member.roles}
    if Role.DECIDER not in filled:
        yield Finding(Fact.NO_DECIDER, (), "roles", (Role.DECIDER,))
    if empty := tuple(role for role in NEEDED if role not in filled and role is not Role.DECIDER):
        yield Finding(Fact.NO_ROLE, (), "roles", empty)
    if not any(member.attitude is not None and member.attitude < 0 for member in given):
        yield Finding(Fact.NO_OPPONENT, (), "attitude")
    if unjudged := tuple(member.key for member in given if member.power is None):
        yield Finding(Fact.UNKNOWN_POWER, unjudged, "power")
    yield from _spread(given)


def _spread(given: Sequence[Member]) -> Iterator[Finding]:
    touched = [member for member in given if member.contacts]
    if len(touched) == 1 and touched[0].contacts >= FEW and sum(member.is_named for member in given) > 1:
        yield Finding(Fact.ONE_PERSON, (touched[0].key,), "covered_by_id")


def _of_everybody(given: Sequence[Member]) -> Iterator[Finding]:
    for member in given:
        if not member.is_named:
            yield Finding(Fact.NAMELESS, (member.key,), "person_id")
        if member.has_veto and member.attitude is not None and member.attitude < 0:
            yield Finding(Fact.BLOCK, (member.key,), "attitude")


def _of_those_who_weigh(given: Sequence[Member]) -> Iterator[Finding]:
    for member in given:
        if member.is_named and (member.power or 0) >= STRONG:
            yield from _of_one(member)


def _of_one(member: Member) -> Iterator[Finding]:
    """What stands out of a person of weight; who blocks is not told to be against us as well."""
    who = (member.key,)
    if member.attitude is None:
        yield Finding(Fact.UNKNOWN_ATTITUDE, who, "attitude")
    elif member.attitude < 0 and not member.has_veto:
        yield Finding(Fact.AGAINST, who, "attitude")
    if member.has_rival and (member.relationship is None or member.relationship <= WEAK):
        yield Finding(Fact.RIVAL, who, "competitor_id")
    if member.days is None:
        yield Finding(Fact.NEVER_MET, who, "last_contact")
    elif member.days > RECENT:
        yield Finding(Fact.NOT_MET, who, "last_contact")
    if not member.is_covered:
        yield Finding(Fact.UNCOVERED, who, "covered_by_id")
    if not member.has_win:
        yield Finding(Fact.NO_WIN, who, "win")
