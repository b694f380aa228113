"""What a judgement or a contact would do to the figures of a map, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.words import Role
from crmtui.method.coverage import Encounter, cover, coverage
from crmtui.method.dmu import RECENT, Figures, Member, figures
from crmtui.method.favour import FULL, Span, favour, span
from crmtui.method.leverage import GREATEST_POWER, MIDDLE_POWER, leverage

if TYPE_CHECKING:
    from collections.abc import Iterable

BEST: Final = 2  # the attitude of an advocate
CRITIC: Final = -1
CLOSEST: Final = 4  # the relationship with who defends us
_OF_FAVOUR: Final = frozenset({"attitude", "has_veto"})
_OF_COVERAGE: Final = frozenset({"relationship", "encounters", "is_named"})
_ASIDE: Final = frozenset({"days", "contacts", "is_covered", "has_win", "win_strength", "has_rival"})  # of neither
LEAST: Final = 0.005  # what would be shown as nothing is less
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

    @property
    def is_something(self) -> bool:
        """Whether it shows in two decimals."""
        return abs(self.value) >= LEAST


def changed(found: Figures, changes: dict[int, dict[str, Any]]) -> Figures:
    """The figures with some fields of some members changed, by the member's key.

    Only what depends on them is worked out again: an attitude moves nobody's leverage, a contact nobody's opinion.
    """
    members = tuple(replace(member, **changes.get(member.key, {})) for member in found.members)
    names = {name for fields in changes.values() for name in fields}
    if not names <= _OF_FAVOUR | _OF_COVERAGE | _ASIDE:
        return figures(members, found.ties, found.rules)
    weights, half_life = found.leverage, found.rules.half_life
    return replace(
        found,
        members=members,
        favour=favour(members, weights) if names & _OF_FAVOUR else found.favour,
        coverage=coverage(members, weights, half_life) if names & _OF_COVERAGE else found.coverage,
    )


def met(found: Figures, keys: Iterable[int], quality: float | None = None, days: int = 0) -> Figures:
    """The figures after a contact with some people days ago, on a channel of that quality, or the best for each."""
    wanted = set(keys)
    return changed(
        found,
        {
            member.key: {
                "encounters": (*member.encounters, Encounter(member.reach if quality is None else quality, days)),
                "days": days if member.days is None else min(days, member.days),
                "contacts": member.contacts + (days <= RECENT),
            }
            for member in found.members
            if member.key in wanted
        },
    )


# Gains: of favour and coverage only what they need is worked out again, without terms


def narrows(found: Figures, keys: Iterable[int]) -> Gain:
    """How much narrower the band of favour is once the attitudes of these are known as they are taken."""
    wanted = set(keys)
    known = _span(found, {member.key: member.attitude or 0 for member in found.members if member.key in wanted})
    return Gain(Effect.NARROWS, max(0.0, found.favour.width - known.width))


def narrows_power(found: Figures, keys: Iterable[int]) -> Gain:
    """How much narrower the band of favour is once the powers of these are known as they are taken."""
    after = changed(found, {key: {"power": MIDDLE_POWER} for key in keys})
    return Gain(Effect.NARROWS, max(0.0, found.favour.width - after.favour.width))


def step(found: Figures, keys: Iterable[int]) -> Gain:
    """What favour gains when these are one step better disposed, from neutral where nobody knows."""
    wanted = set(keys)
    better = {member.key: min(BEST, (member.attitude or 0) + 1) for member in found.members if member.key in wanted}
    return Gain(Effect.STEP, _middle(found, better) - found.favour.middle)


def risk(found: Figures, key: int) -> Gain:
    """What favour loses if that person turns out to be a critic."""
    return Gain(Effect.RISK, _middle(found, {key: CRITIC}) - found.favour.middle, key)


def meeting(found: Figures, key: int, *, of: int | None = None) -> Gain:
    """What coverage gains by a contact today; `of` is told where it is with somebody else than the finding's own."""
    return Gain(Effect.MEETING, _met_once(found, key), of)


def closer(found: Figures, key: int) -> Gain:
    """What coverage gains by a contact today that brings the person one step closer to us."""
    now = next(member.relationship for member in found.members if member.key == key)
    return Gain(Effect.CLOSER, max(0.0, _met_once(found, key, relationship=min(CLOSEST, (now or 0) + 1))))


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
    after = leverage((*found.members, *new), found.ties, found.rules)
    return Gain(Effect.WOULD_WEIGH, sum(after.of(member.key) for member in new))


def _attitudes(found: Figures, attitudes: dict[int, int]) -> list[int | None]:
    return [attitudes.get(member.key, member.attitude) for member in found.members]


def _span(found: Figures, attitudes: dict[int, int]) -> Span:
    return span(_attitudes(found, attitudes), found.leverage)


def _middle(found: Figures, attitudes: dict[int, int]) -> float:
    return found.leverage.mean([(attitude or 0) / FULL for attitude in _attitudes(found, attitudes)])


def _met_once(found: Figures, key: int, **fields: int) -> float:
    """What coverage gains when one person, with some fields changed, is met today."""
    at = next(at for at, member in enumerate(found.members) if member.key == key)
    member, term = found.members[at], found.coverage.terms[at]
    encounters = (*member.encounters, Encounter(member.reach, 0))
    after = cover(replace(member, encounters=encounters, **fields), term.leverage, found.rules.half_life)  # type: ignore[arg-type]  # fields of a member
    return after.points - term.points
