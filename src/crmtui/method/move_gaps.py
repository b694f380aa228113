"""What a map lacks as a whole, and what a contact should mind, for very many maps at once (method.md section 2).

The same facts as `dmu_findings` tells of one map, without the figures that a ranking does not need; what each is worth
is said in `move_gains`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.words import Role
from crmtui.method.dmu_findings import FEW, NEEDED, SUPPORTER, WEAK, Fact
from crmtui.method.favour import BLOCKING, FULL
from crmtui.method.leverage import GREATEST_POWER, MIDDLE_POWER, NO_ROLE
from crmtui.method.move_field import Gap
from crmtui.method.move_gains import WIDTH
from crmtui.method.what_if import CRITIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_EVEN: Final = 1e-9  # so that an equal share of leverage counts as one


class Seat(NamedTuple):
    """Somebody on a map.

    Attributes:
        key: the stakeholder's.
        person: None for a placeholder.
        roles: in the buying process.
        weight: the leverage.
        power: 0 to 4; None while nobody has judged it.
        attitude: -2 to +2; None likewise.
        opinion: in which the person ends, -1 to 1; looked at where there is a veto.
        has_veto: whether the person can stop the decision alone.
        recent: contacts in the last 90 days.
        relationship: 0 to 4; None while nobody has judged it.
        has_rival: whether a competitor is named as the strongest with the person.
        rank: whose key people the person is, 0 to 3; None when nobody has said.
        our_rank: the highest of ours who deal with the person; None likewise.
    """

    key: int
    person: int | None
    roles: Sequence[Role]
    weight: float
    power: int | None = None
    attitude: int | None = None
    opinion: float = 0.0
    has_veto: bool = False
    recent: int = 0
    relationship: int | None = None
    has_rival: bool = False
    rank: int | None = None
    our_rank: int | None = None

    @property
    def favours(self) -> bool:
        """Whether the person is known to be for us."""
        return self.attitude is not None and self.attitude >= SUPPORTER


def gaps(seats: Sequence[Seat], weights: Mapping[Role, float]) -> tuple[Gap, ...]:
    """What is found about a map as a whole; nothing about one with nobody on it.

    Args:
        seats: everybody on the map.
        weights: what each role weighs in a decision, at least 0.
    """
    return tuple(_gaps(sorted(seats, key=lambda seat: -seat.weight), weights)) if seats else ()


def _gaps(seats: Sequence[Seat], weights: Mapping[Role, float]) -> Iterator[Gap]:
    filled = {role for seat in seats for role in seat.roles}
    rights = sum(_right(seat, weights) for seat in seats)
    missing = [role for role in NEEDED if role not in filled]
    others = tuple(role for role in missing if role is not Role.DECIDER)
    for fact, roles in ((Fact.NO_DECIDER, (Role.DECIDER,) if Role.DECIDER in missing else ()), (Fact.NO_ROLE, others)):
        if roles:
            yield Gap(fact=fact, width=WIDTH * newcomers(roles, weights, rights, len(seats)), roles=roles)
    for seat in seats:
        if seat.person is None and seat.attitude is None:
            yield Gap(fact=Fact.NAMELESS, width=WIDTH * seat.weight, seat=seat.key)
    first = seats[0]
    if first.attitude is not None and not any(seat.attitude is not None and seat.attitude < 0 for seat in seats):
        width = first.weight * (first.attitude - CRITIC) / FULL
        yield Gap(fact=Fact.NO_OPPONENT, width=width, seat=first.key, people=_named([first]))
    if any(seat.power is None for seat in seats):
        yield Gap(fact=Fact.UNKNOWN_POWER, width=None)
    weighty = key_people(seats)
    unwon = [seat for seat in weighty if not seat.favours]
    if len(weighty) > 1 and 2 * len(unwon) > len(weighty):
        yield Gap(fact=Fact.FEW_SUPPORTERS, width=0.0, people=_named(unwon))


def newcomers(roles: Iterable[Role], weights: Mapping[Role, float], rights: float, count: int) -> float:
    """The leverage that people in these roles would have, who listen to nobody and to whom nobody listens: 0 to 1.

    It is then their share of the decision rights (c = d without lines of influence): role weight times power, a
    decider's the greatest and others' the middling one, over all of them.

    Args:
        roles: one for each.
        weights: of the roles.
        rights: role weight times power of all others together.
        count: how many others there are.
    """
    new = [weights[role] * (GREATEST_POWER if role is Role.DECIDER else MIDDLE_POWER) for role in roles]
    whole = rights + sum(new)
    return sum(new) / whole if whole > 0 else len(new) / (count + len(new))


def key_people(seats: Sequence[Seat]) -> list[Seat]:
    """Who weighs: at least as much as all would if they weighed alike."""
    return [seat for seat in seats if seat.weight >= 1 / len(seats) - _EVEN]


def notes(seats: Sequence[Seat]) -> dict[int, tuple[Fact, ...]]:
    """What a contact with somebody should mind, by person; of those who weigh, or who have a veto."""
    found: dict[int, list[Fact]] = {}
    weighty = {seat.key for seat in key_people(seats)}
    for seat in seats:
        if seat.person is not None and (seat.has_veto or seat.key in weighty):
            facts = list(_notes(seat))
            if facts:
                found[seat.person] = facts
    if (next_one := _next_one(seats)) is not None:
        found.setdefault(next_one, []).append(Fact.ONE_PERSON)
    return {person: tuple(facts) for person, facts in found.items()}


def _notes(seat: Seat) -> Iterator[Fact]:
    if seat.has_veto and seat.opinion < BLOCKING:
        yield Fact.BLOCK
    if seat.has_rival and (seat.relationship is None or seat.relationship <= WEAK):
        yield Fact.RIVAL
    if seat.rank is not None and seat.our_rank is not None and seat.our_rank < seat.rank:
        yield Fact.LEVEL


def _next_one(seats: Sequence[Seat]) -> int | None:
    """Whom to speak to next where all contacts lately were with one person: the weightiest other one."""
    touched = [seat for seat in seats if seat.recent]
    if len(touched) != 1 or touched[0].recent < FEW:
        return None
    others = [seat for seat in seats if seat.person is not None and not seat.recent]
    return max(others, key=lambda seat: seat.weight).person if others else None


def _named(seats: Iterable[Seat]) -> tuple[int, ...]:
    return tuple(seat.person for seat in seats if seat.person is not None)


def _right(seat: Seat, weights: Mapping[Role, float]) -> float:
    power = MIDDLE_POWER if seat.power is None else seat.power
    return max((weights[role] for role in seat.roles), default=NO_ROLE) * power
