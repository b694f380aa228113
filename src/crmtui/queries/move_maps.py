"""The maps that the best next moves are looked for on: leverages and coverage of many at once, and what they lack."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import Computed, Rank, Role
from crmtui.method import computed
from crmtui.method.coverage import Encounter, most as ceiling_of, reached
from crmtui.method.dmu import RECENT, Member, figures
from crmtui.method.favour import FULL as ADVOCATE
from crmtui.method.influence import Settled as Settlement, Tie
from crmtui.method.leverage import Rules, shares
from crmtui.method.move_field import Face
from crmtui.method.move_gaps import Seat, gaps, notes
from crmtui.method.what_if import narrows_power
from crmtui.method.wins import STRONGEST
from crmtui.queries import standing
from crmtui.store.reading import moves as rows, standing as maps

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.method.move_field import Gap
    from crmtui.store.reading.standing import Judged, Met

__all__ = ["Settled", "Sketch"]

KEPT: Final = 4_096  # maps whose leverages are kept
_ROLES: Final = {role.value: role for role in Role}
_RANKS: Final = {rank.value: step for step, rank in enumerate(Rank)}
_Ties = tuple[tuple[int, int, int, bool], ...]


class Sketch(NamedTuple):
    """What a map comes to.

    Attributes:
        faces: the people on it who have a name.
        grades: of the criteria that are filled from it; None where that is not known.
        gaps: what it lacks as a whole.
    """

    faces: tuple[Face, ...]
    grades: Mapping[Computed, float | None]
    gaps: tuple[Gap, ...]


class Settled:
    """The maps that opportunities go by, each worked out once.

    Attributes:
        to_come: accounts with a map and nothing open, as `rows.without_open` has them.
        of_deals: the map of each opportunity, by its key; so also of_accounts, of those with nothing open.
        maps: what each map with somebody on it comes to, by its key.
        people: who is on each of them, and on those of the accounts that climb, by the key of the map.
        met: the contacts that happened with each person.
        ways: what is known of all people.
        rules: what the user has set about the figures of maps.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        deals: set[int],
        asked: Mapping[str, Any],
        today: dt.date,
        awaited: set[int],
        climbing: Iterable[int] = (),
    ) -> None:
        self.to_come = rows.without_open(connection, asked)
        of_deals = maps.maps_of_opportunities(connection, None)
        self.of_deals = {key: of_deals[key][0] for key in deals if key in of_deals}
        self.of_accounts = maps.maps_of_accounts(connection, {row[0] for row in self.to_come})
        wanted = {*self.of_deals.values(), *self.of_accounts.values()}
        everybody = {*wanted, *maps.maps_of_accounts(connection, climbing).values()}
        self.rules = standing.rules(connection)
        self.people = maps.judged(connection, everybody)
        self._ties = maps.ties(connection, wanted)
        self.met = maps.encounters(connection, everybody, today)
        self.ways = Ways(rows.preferred(connection), rows.refused(connection), awaited, self.rules.half_life, self.met)
        self.maps = {
            key: _map(people, tuple(self._ties.get(key, ())), self.rules, self.ways)
            for key, people in self.people.items()
            if key in wanted
        }

    def map_of(self, deal: int) -> int | None:
        """The map that an opportunity goes by; None where nobody is on one."""
        key = self.of_deals.get(deal)
        return key if key in self.maps else None

    def reachable(self, map_id: int) -> Iterable[tuple[Face, int | None]]:
        """Who is on a map with a name, each with the relationship as judged."""
        named = (one for one in self.people[map_id] if one.person_id is not None)
        return zip(self.maps[map_id].faces, (one.relationship for one in named), strict=True)

    def covers(self) -> dict[int, float]:
        """How well everybody is covered, 0 to 1, by stakeholder."""
        return {one.key: self.ways.cover(one) for people in self.people.values() for one in people}

    def narrowing(self, map_id: int, _gap: Gap) -> float:
        """By how much favour's band narrows once the powers are known that nobody has judged on a map."""
        people = self.people[map_id]
        members = [
            Member(
                key=one.key,
                roles=_roles(one.roles),
                power=one.power,
                attitude=one.attitude,
                openness=one.openness,
                reports_to=one.reports_to_id,
            )
            for one in people
        ]
        found = figures(members, (Tie(*one) for one in self._ties.get(map_id, ())), self.rules)
        return narrows_power(found, [one.key for one in people if one.power is None]).value


class Ways:
    """What is known of all people.

    Attributes:
        preferred: the channel of each, by person.
        refused: the channels that each has refused, by person.
        awaited: with whom a contact is planned.
        covered: how well each is covered by what happened, by person.
        recent: how many contacts there were lately, by person.
        ours: the highest rank of ours in a contact, by person.
    """

    def __init__(
        self,
        preferred: Mapping[int, int],
        refused: Mapping[int, set[int]],
        awaited: set[int],
        half_life: float,
        met: Mapping[int, Sequence[Met]],
    ) -> None:
        self.preferred, self.awaited = preferred, awaited
        self.refused = {person: frozenset(channels) for person, channels in refused.items()}
        self.covered = {
            person: reached((Encounter(one.quality, one.days) for one in those), half_life)
            for person, those in met.items()
        }
        self.recent = {person: sum(one.days <= RECENT for one in those) for person, those in met.items()}
        self.ours = {
            person: max(_RANKS[one.our_rank] for one in those if one.our_rank)
            for person, those in met.items()
            if any(one.our_rank for one in those)
        }

    def cover(self, one: Judged) -> float:
        """How well somebody is covered, as far as the relationship lets contacts count."""
        limit = ceiling_of(one.relationship)
        found = self.covered.get(one.person_id or 0, 0.0)
        return found if limit is None else min(limit, found)


def _map(people: Sequence[Judged], ties: _Ties, rules: Rules, ways: Ways) -> Sketch:
    known = tuple(_Voice(one.key, one.roles, one.power, one.openness, one.reports_to_id) for one in people)
    weights, settled = _weighed(known, ties, rules.informal_share, tuple(rules.roles.items()))
    attitudes = [(one.attitude or 0) / ADVOCATE for one in people]
    opinions = settled.opinions(attitudes) if any(one.veto for one in people) else attitudes
    seats = [_seat(*each, ways) for each in zip(people, weights, opinions, strict=True)]
    minded = notes(seats)
    faces = tuple(
        _face(one, weight, ways, minded)
        for one, weight in zip(people, weights, strict=True)
        if one.person_id is not None
    )
    return Sketch(faces, _grades(people, weights, faces), gaps(seats, rules.roles))


def _grades(people: Sequence[Judged], weights: Sequence[float], faces: Sequence[Face]) -> dict[Computed, float | None]:
    """The criteria that are filled from a map."""
    favour = won = 0.0
    for one, weight in zip(people, weights, strict=True):
        favour += weight * (one.attitude or 0) / ADVOCATE
        won += weight * (_won(one) or 0.0)
    is_judged = any(one.attitude is not None for one in people)
    any_win = any(one.has_win and one.win_strength is not None for one in people)
    return {
        Computed.FAVOUR: computed.of_favour(favour) if is_judged else None,
        Computed.COVERAGE: computed.of_share(sum(face.weight * face.covered for face in faces)),
        Computed.WINS: computed.of_share(won) if any_win else None,
    }


class _Voice(NamedTuple):
    """Somebody as far as leverage goes, as it is kept; see `Judged`."""

    key: int
    kept: str
    power: int | None
    openness: float
    reports_to: int | None

    @property
    def roles(self) -> tuple[Role, ...]:
        """In the buying process."""
        return _roles(self.kept)


@lru_cache(maxsize=KEPT)
def _weighed(
    people: tuple[_Voice, ...], ties: _Ties, informal_share: float, roles: tuple[tuple[Role, float], ...]
) -> tuple[Sequence[float], Settlement]:
    """The leverages of a map: kept, since most maps stay as they were from one ranking to the next."""
    return shares(people, [Tie(*one) for one in ties], Rules(informal_share=informal_share, roles=dict(roles)))


@lru_cache(maxsize=KEPT)
def _roles(kept: str) -> tuple[Role, ...]:
    return tuple(_ROLES[role] for role in kept.split(",") if role)


def _seat(one: Judged, weight: float, opinion: float, ways: Ways) -> Seat:
    person = one.person_id
    ours = ways.ours.get(person) if person is not None else None
    if one.our_rank:
        ours = max(_RANKS[one.our_rank], -1 if ours is None else ours)
    return Seat(
        one.key,
        person,
        _roles(one.roles),
        weight,
        one.power,
        one.attitude,
        opinion,
        bool(one.veto),
        ways.recent.get(person, 0) if person is not None else 0,
        one.relationship,
        bool(one.has_rival),
        _RANKS[one.rank] if one.rank else None,
        ours,
    )


def _face(one: Judged, weight: float, ways: Ways, minded: Mapping[int, tuple[Any, ...]]) -> Face:
    person = one.person_id or 0
    limit = ceiling_of(one.relationship)
    return Face(
        person=person,
        weight=weight,
        covered=ways.cover(one),
        ceiling=1.0 if limit is None else limit,
        attitude=one.attitude,
        preferred=ways.preferred.get(person),
        refused=ways.refused.get(person, _NOTHING),
        is_awaited=person in ways.awaited,
        won=_won(one),
        notes=minded.get(person, ()),
    )


_NOTHING: Final[frozenset[int]] = frozenset()


def _won(one: Judged) -> float | None:
    """How convincing a personal win is, 0 to 1; None where there is one that nobody has judged."""
    if not one.has_win:
        return 0.0
    return None if one.win_strength is None else one.win_strength / STRONGEST
