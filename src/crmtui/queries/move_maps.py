"""The maps that the best next moves are looked for on: leverages and coverage of many at once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import Computed, Role
from crmtui.method import computed
from crmtui.method.coverage import Encounter, most as ceiling_of, reached
from crmtui.method.dmu import Member
from crmtui.method.favour import FULL as ADVOCATE
from crmtui.method.influence import Tie
from crmtui.method.leverage import Rules, leverage
from crmtui.method.move import Face
from crmtui.method.wins import STRONGEST
from crmtui.queries import standing
from crmtui.store.reading import moves as rows, standing as maps

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.store.reading.standing import Judged

__all__ = ["Settled", "Sketch"]

KEPT: Final = 4_096  # maps whose leverages are kept
_ROLES: Final = {role.value: role for role in Role}


class Sketch(NamedTuple):
    """What a map comes to.

    Attributes:
        faces: the people on it who have a name.
        grades: of the criteria that are filled from it; None where that is not known.
    """

    faces: tuple[Face, ...]
    grades: Mapping[Computed, float | None]


class Settled:
    """The maps that opportunities go by, each worked out once.

    Attributes:
        to_come: accounts with a map and nothing open, as `rows.without_open` has them.
        of_deals: the map of each opportunity, by its key; so also of_accounts.
        maps: what each map with somebody on it comes to, by its key.
    """

    def __init__(
        self, connection: sqlite3.Connection, deals: set[int], asked: Mapping[str, Any], today: dt.date
    ) -> None:
        self.to_come = rows.without_open(connection, asked)
        of_deals = maps.maps_of_opportunities(connection, None)
        self.of_deals = {key: of_deals[key][0] for key in deals if key in of_deals}
        self.of_accounts = maps.maps_of_accounts(connection, {row[0] for row in self.to_come})
        wanted = {*self.of_deals.values(), *self.of_accounts.values()}
        self.maps = dict(_maps(connection, wanted, today))

    def map_of(self, deal: int) -> int | None:
        """The map that an opportunity goes by; None where nobody is on one."""
        key = self.of_deals.get(deal)
        return key if key in self.maps else None


def _maps(connection: sqlite3.Connection, wanted: Iterable[int], today: dt.date) -> Iterable[tuple[int, Sketch]]:
    """The maps with somebody on them."""
    keys = list(wanted)
    rules = standing.rules(connection)
    ties = maps.ties(connection, keys)
    covered = {
        person: reached((Encounter(one.quality, one.days) for one in met), rules.half_life)
        for person, met in maps.encounters(connection, keys, today).items()
    }
    chosen = _Ways(rows.preferred(connection), rows.refused(connection), rows.awaited(connection), covered)
    for key, people in maps.judged(connection, keys).items():
        yield key, _map(people, ties.get(key, ()), rules, chosen)


class _Ways(NamedTuple):
    """What is known of all people: the channel preferred, those refused, who is awaited, how well each is covered."""

    preferred: Mapping[int, int]
    refused: Mapping[int, set[int]]
    awaited: set[int]
    covered: Mapping[int, float]


def _map(people: Sequence[Judged], ties: Iterable[tuple[int, int, int, bool]], rules: Rules, ways: _Ways) -> Sketch:
    known = tuple((one.key, one.roles, one.power, one.openness, one.reports_to_id) for one in people)
    leverages = _leverages(known, tuple(ties), rules.informal_share, tuple(rules.roles.items()))
    faces: list[Face] = []
    favour = coverage = won = 0.0
    for one, weight in zip(people, leverages, strict=True):
        favour += weight * (one.attitude or 0) / ADVOCATE
        won += weight * (_won(one) or 0.0)
        if one.person_id is not None:
            face = _face(one, weight, ways)
            faces.append(face)
            coverage += face.weight * face.covered
    is_judged = any(one.attitude is not None for one in people)
    any_win = any(one.has_win and one.win_strength is not None for one in people)
    return Sketch(
        tuple(faces),
        {
            Computed.FAVOUR: computed.of_favour(favour) if is_judged else None,
            Computed.COVERAGE: computed.of_share(coverage),
            Computed.WINS: computed.of_share(won) if any_win else None,
        },
    )


@lru_cache(maxsize=KEPT)
def _leverages(
    people: tuple[tuple[int, str, int | None, float, int | None], ...],
    ties: tuple[tuple[int, int, int, bool], ...],
    informal_share: float,
    roles: tuple[tuple[Role, float], ...],
) -> tuple[float, ...]:
    """The leverages of a map: kept, since most maps stay as they were from one ranking to the next."""
    members = [
        Member(
            key=key,
            roles=tuple(_ROLES[role] for role in kept.split(",") if role),
            power=power,
            openness=openness,
            reports_to=reports_to,
        )
        for key, kept, power, openness, reports_to in people
    ]
    rules = Rules(informal_share=informal_share, roles=dict(roles))
    return tuple(term.leverage for term in leverage(members, (Tie(*one) for one in ties), rules).terms)


def _face(one: Judged, weight: float, ways: _Ways) -> Face:
    person = one.person_id or 0
    ceiling = ceiling_of(one.relationship)
    ceiling = 1.0 if ceiling is None else ceiling
    return Face(
        person=person,
        weight=weight,
        covered=min(ceiling, ways.covered.get(person, 0.0)),
        ceiling=ceiling,
        attitude=one.attitude,
        preferred=ways.preferred.get(person),
        refused=frozenset(ways.refused.get(person, ())),
        is_awaited=person in ways.awaited,
        won=_won(one),
    )


def _won(one: Judged) -> float | None:
    """How convincing a personal win is, 0 to 1; None where there is one that nobody has judged."""
    if not one.has_win:
        return 0.0
    return None if one.win_strength is None else one.win_strength / STRONGEST
