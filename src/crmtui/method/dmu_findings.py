"""What stands out on a map of a decision-making unit: facts, each with its gain and the place to change it.

Method.md section 2. Who weighs is who has leverage: at least an equal share of it, or a veto.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Role
from crmtui.method import what_if
from crmtui.method.dmu import RECENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.method.dmu import Figures, Member
    from crmtui.method.what_if import Gain

WEAK: Final = 1  # up to this relationship a competitor that is named is taken to be the stronger one
FEW: Final = 3  # contacts below which nothing is said of how they are spread
SUPPORTER: Final = 1  # the attitude from which somebody is for us
NEEDED: Final = (Role.DECIDER, Role.BUYER, Role.USER, Role.INFLUENCER)


class Fact(StrEnum):
    """What a finding says."""

    NO_DECIDER = "no_decider"
    NO_ROLE = "no_role"
    BLOCK = "block"
    AGAINST = "against"
    UNKNOWN_ATTITUDE = "unknown_attitude"
    FEW_SUPPORTERS = "few_supporters"
    RIVAL = "rival"
    NEVER_MET = "never_met"
    NOT_MET = "not_met"
    UNCOVERED = "uncovered"
    LEVEL = "level"
    NAMELESS = "nameless"
    ONE_PERSON = "one_person"
    UNKNOWN_POWER = "unknown_power"
    NO_WIN = "no_win"
    NO_OPPONENT = "no_opponent"


URGENT: Final = frozenset(
    {Fact.NO_DECIDER, Fact.BLOCK, Fact.AGAINST, Fact.UNKNOWN_ATTITUDE, Fact.FEW_SUPPORTERS, Fact.RIVAL}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about a map.

    Attributes:
        fact: which.
        keys: whom it is about, the weightiest first; empty where it is about the map.
        field: the field of the stakeholder to change, or to look at.
        gain: what it would bring to see to it.
        roles: for NO_DECIDER and NO_ROLE, those that nobody fills.
    """

    fact: Fact
    keys: tuple[int, ...]
    field: str
    gain: Gain
    roles: tuple[Role, ...] = ()

    @property
    def is_urgent(self) -> bool:
        """Whether it calls for something to be done, and not only to be found out."""
        return self.fact in URGENT


def findings(found: Figures) -> tuple[Finding, ...]:
    """All findings of a map: the urgent ones first, each kind together, the weightiest person first.

    An empty map has none: there is nothing to find before somebody is on it.
    """
    given = sorted(found.members, key=lambda member: -found.leverage.of(member.key))
    if not given:
        return ()
    order = list(Fact)
    told = [*_of_the_map(found, given), *_of_those_who_weigh(found, given), *_of_everybody(found, given)]
    return tuple(sorted(told, key=lambda one: (not one.is_urgent, order.index(one.fact))))


def _of_the_map(found: Figures, given: Sequence[Member]) -> Iterator[Finding]:
    filled = {role for member in given for role in member.roles}
    if Role.DECIDER not in filled:
        yield Finding(Fact.NO_DECIDER, (), "roles", what_if.would_weigh(found, [Role.DECIDER]), (Role.DECIDER,))
    if empty := tuple(role for role in NEEDED if role not in filled and role is not Role.DECIDER):
        yield Finding(Fact.NO_ROLE, (), "roles", what_if.would_weigh(found, empty), empty)
    if not any(member.attitude is not None and member.attitude < 0 for member in given):
        yield Finding(Fact.NO_OPPONENT, (), "attitude", what_if.risk(found, given[0].key))
    unjudged = tuple(member.key for member in given if member.power is None)
    if unjudged and (gain := what_if.narrows_power(found, unjudged)).is_something:
        yield Finding(Fact.UNKNOWN_POWER, unjudged, "power", gain)
    yield from _spread(found, given)
    yield from _few_supporters(found)


def _spread(found: Figures, given: Sequence[Member]) -> Iterator[Finding]:
    """All lately was with one person: a contact with the weightiest other one would gain most."""
    touched = [member.key for member in given if member.contacts]
    others = [member.key for member in given if member.is_named and member.key not in touched]
    if len(touched) == 1 and others and sum(member.contacts for member in given) >= FEW:
        yield Finding(Fact.ONE_PERSON, tuple(touched), "covered_by_id", what_if.meeting(found, others[0], of=others[0]))


def _few_supporters(found: Figures) -> Iterator[Finding]:
    """More than half of those who weigh are not for us, or nobody knows; of one alone that is said of the person."""
    key_people = found.leverage.key_people
    attitudes = {member.key: member.attitude for member in found.members}
    others = tuple(key for key in key_people if (attitudes[key] or 0) < SUPPORTER)
    if len(key_people) > 1 and 2 * len(others) > len(key_people):
        yield Finding(Fact.FEW_SUPPORTERS, others, "attitude", what_if.step(found, others))


def _of_everybody(found: Figures, given: Sequence[Member]) -> Iterator[Finding]:
    for member in given:
        who = (member.key,)
        if not member.is_named:
            yield Finding(Fact.NAMELESS, who, "person_id", _known(found, who))
        if member.key in found.favour.blocks:
            yield Finding(Fact.BLOCK, who, "attitude", what_if.step(found, who))


def _of_those_who_weigh(found: Figures, given: Sequence[Member]) -> Iterator[Finding]:
    key_people = found.leverage.key_people
    for member in given:
        if member.is_named and (member.has_veto or member.key in key_people):
            yield from _attitude(found, member)
            yield from _contact(found, member)


def _attitude(found: Figures, member: Member) -> Iterator[Finding]:
    """What the person thinks, and why; who blocks is not told to be against us as well."""
    who = (member.key,)
    if member.attitude is None:
        yield Finding(Fact.UNKNOWN_ATTITUDE, who, "attitude", _known(found, who))
    elif member.attitude < 0 and member.key not in found.favour.blocks:
        yield Finding(Fact.AGAINST, who, "attitude", what_if.step(found, who))
    if member.has_rival and (member.relationship is None or member.relationship <= WEAK):
        yield Finding(Fact.RIVAL, who, "competitor_id", what_if.closer(found, member.key))
    if not member.has_win:
        yield Finding(Fact.NO_WIN, who, "win", what_if.weighs(found, who))


def _known(found: Figures, who: tuple[int, ...]) -> Gain:
    """What it brings to know somebody better; what the person weighs where that narrows nothing."""
    gain = what_if.narrows(found, who)
    return gain if gain.is_something else what_if.weighs(found, who)


def _contact(found: Figures, member: Member) -> Iterator[Finding]:
    """Whether somebody of ours is near, and of the person's own level."""
    who, gain = (member.key,), what_if.meeting(found, member.key)
    if member.days is None:
        yield Finding(Fact.NEVER_MET, who, "last_contact", gain)
    elif member.days > RECENT:
        yield Finding(Fact.NOT_MET, who, "last_contact", gain)
    if not member.is_covered:
        yield Finding(Fact.UNCOVERED, who, "covered_by_id", gain)
    if member.rank is not None and member.our_rank is not None and member.our_rank < member.rank:
        yield Finding(Fact.LEVEL, who, "covered_by_id", gain)
