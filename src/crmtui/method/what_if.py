"""What a judgement or a contact would do to the figures of a map, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.words import Role
from crmtui.method.coverage import Encounter, coverage
from crmtui.method.dmu import Figures, Member, figures
from crmtui.method.favour import favour
from crmtui.method.leverage import GREATEST_POWER, MIDDLE_POWER

if TYPE_CHECKING:
    from collections.abc import Iterable

BEST: Final = 2  # the attitude of an advocate
CRITIC: Final = -1
CLOSEST: Final = 4  # the relationship with who defends us
_OF_FAVOUR: Final = frozenset({"attitude", "has_veto"})
_OF_COVERAGE: Final = frozenset({"relationship", "encounters", "is_named"})
_ASIDE: Final = frozenset({"days", "contacts", "is_covered", "has_win", "win_strength", "has_rival"})  # of neither
_NOBODY: Final = 0  # the key of somebody who is not on the map


class Effect(StrEnum):
    """How something gains."""

    NARROWS = "narrows"  # the band of favour becomes so much narrower once it is known
    STEP = "step"  # favour, by one step of attitude
    MEETING = "meeting"  # coverage, by one contact today
    CLOSER = "closer"  # coverage, by one contact today and one step of relationship
    WEIGHS = "weighs"  # the leverage that it is about
    WOULD_WEIGH = "would_weigh"  # the leverage that somebody in such a role would have
    RISK = "risk"  # favour, were the person a critic


@dataclass(frozen=True, slots=True)
class Gain:
    """What something would bring.

    Attributes:
        effect: how.
        value: by how much; a leverage or a coverage from 0 to 1, a favour or the width of its band from -2 to 2.
        key: with whom, where it is not the one that it is about.
    """

    effect: Effect
    value: float
    key: int | None = None


def changed(found: Figures, changes: dict[int, dict[str, Any]]) -> Figures:
    """The figures with some fields of some members changed, by the member's key.

    Only what depends on them is worked out again: an attitude moves nobody's leverage, a contact nobody's opinion.
    """
    members = tuple(replace(member, **changes.get(member.key, {})) for member in found.members)
    names = {name for fields in changes.values() for name in fields}
    if not names <= _OF_FAVOUR | _OF_COVERAGE | _ASIDE:
        return figures(members, found.ties, found.rules)
    leverage = found.leverage
    return replace(
        found,
        members=members,
        favour=favour(members, leverage) if names & _OF_FAVOUR else found.favour,
        coverage=coverage(members, leverage, found.rules.half_life) if names & _OF_COVERAGE else found.coverage,
    )


def met(found: Figures, keys: Iterable[int], quality: float | None = None) -> Figures:
    """The figures after a contact today with some people, on a channel of that quality, or the best one for each."""
    wanted = set(keys)
    return changed(
        found,
        {
            member.key: {
                "encounters": (*member.encounters, Encounter(member.reach if quality is None else quality, 0)),
                "days": 0,
                "contacts": member.contacts + 1,
            }
            for member in found.members
            if member.key in wanted
        },
    )


# Gains


def narrows(found: Figures, keys: Iterable[int]) -> Gain:
    """How much narrower the band of favour is once the attitude and the power of these are known as they are taken."""
    wanted = set(keys)
    known = {
        member.key: {
            "attitude": member.attitude or 0,
            **({"power": MIDDLE_POWER} if member.power is None else {}),
        }
        for member in found.members
        if member.key in wanted
    }
    return Gain(Effect.NARROWS, max(0.0, found.favour.width - changed(found, known).favour.width))


def step(found: Figures, keys: Iterable[int]) -> Gain:
    """What favour gains when these are one step better disposed, from neutral where nobody knows."""
    wanted = set(keys)
    better = {
        member.key: {"attitude": min(BEST, (member.attitude or 0) + 1)}
        for member in found.members
        if member.key in wanted
    }
    return Gain(Effect.STEP, changed(found, better).favour.middle - found.favour.middle)


def meeting(found: Figures, key: int, *, of: int | None = None) -> Gain:
    """What coverage gains by a contact today; `of` is told where it is with somebody else than the finding's own."""
    return Gain(Effect.MEETING, _covered(met(found, [key])) - _covered(found), of)


def closer(found: Figures, key: int) -> Gain:
    """What coverage gains by a contact today that brings the person one step closer to us."""
    now = next(member.relationship for member in found.members if member.key == key)
    near = changed(found, {key: {"relationship": min(CLOSEST, (now or 0) + 1)}})
    return Gain(Effect.CLOSER, max(0.0, _covered(met(near, [key])) - _covered(found)))


def weighs(found: Figures, keys: Iterable[int]) -> Gain:
    """How much these weigh together."""
    return Gain(Effect.WEIGHS, sum(found.leverage.of(key) for key in keys))


def would_weigh(found: Figures, roles: Iterable[Role]) -> Gain:
    """How much people in these roles would weigh together: a decider with a decisive say, others a middling one."""
    new = [
        Member(
            key=_NOBODY - number,
            is_named=False,
            roles=(role,),
            power=GREATEST_POWER if role is Role.DECIDER else MIDDLE_POWER,
        )
        for number, role in enumerate(roles)
    ]
    after = figures((*found.members, *new), found.ties, found.rules)
    return Gain(Effect.WOULD_WEIGH, sum(after.leverage.of(member.key) for member in new))


def risk(found: Figures, key: int) -> Gain:
    """What favour loses if that person turns out to be a critic."""
    worse = changed(found, {key: {"attitude": CRITIC}})
    return Gain(Effect.RISK, worse.favour.middle - found.favour.middle, key)


def _covered(found: Figures) -> float:
    return found.coverage.value or 0.0
