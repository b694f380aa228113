"""How we stand with decision-making units: favour, coverage and leverage of one map, or of many at once.

An opportunity that has nobody on a map of its own stands as its account does. Each function takes a connection that is
already reading, so that other queries ask it within their own question; the number of SELECTs does not depend on the
number of maps.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Rank, Role
from crmtui.domain.workspace import Workspace
from crmtui.method import map_values as method
from crmtui.method.coverage import Encounter, left_open, most
from crmtui.method.dmu import RECENT, Figures, Member, figures
from crmtui.method.influence import Tie
from crmtui.method.leverage import Rules, shares
from crmtui.queries.all_maps import AllMaps, roles
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import all_maps, records, standing as rows
from crmtui.store.reading.dmu import Place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from crmtui.method.map_values import Values
    from crmtui.store.reading.all_maps import Then
    from crmtui.store.reading.standing import Judged, Met, Stance

__all__ = ["Place", "Standing", "at", "of_accounts", "of_map", "of_opportunities", "provide", "rules"]

# What the figures of maps rest on, but for the day.
TABLES: Final = ("dmu_map", "stakeholder", "influence", "contact", "contact_person", "channel", "workspace")
_remembered: Final[Remembered[Values]] = Remembered(TABLES, rows.touched_maps)
_read: Final[Remembered[AllMaps]] = Remembered(TABLES)
_WHOLE: Final = 0  # the key of what is remembered of all maps together
MANY: Final = 1_000  # maps that are worked out together rather than one by one
_RANKS: Final = {rank.value: step for step, rank in enumerate(Rank)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How we stand with a decision-making unit.

    Attributes:
        map_id: the map that it was read from.
        is_inherited: whether that is the account's map, where an opportunity was asked for.
        figures: favour, coverage and leverages with their terms; members and terms are keyed by stakeholder.
        people: the persons of the stakeholders, by the stakeholder's key; without placeholders.
    """

    map_id: int
    is_inherited: bool
    figures: Figures
    people: dict[int, int]

    @property
    def favour(self) -> float | None:
        """From -1 to 1; None while nobody's attitude is known. Its band and terms are in the figures."""
        return self.figures.favour.value

    @property
    def coverage(self) -> float | None:
        """From 0 to 1; None on a map with nobody. Its band and terms are in the figures."""
        return self.figures.coverage.value

    @property
    def leverages(self) -> dict[int, float]:
        """How much each person weighs, by the person's key; without placeholders."""
        return {self.people[term.key]: term.leverage for term in self.figures.leverage.terms if term.key in self.people}

    @property
    def covers(self) -> dict[int, float]:
        """How well each person is covered, 0 to 1, by the person's key; without placeholders."""
        return {self.people[term.key]: term.value for term in self.figures.coverage.terms if term.key in self.people}


def at(connection: sqlite3.Connection, place: Place, today: dt.date) -> Standing | None:
    """How we stand with an account or an opportunity; None where neither it nor its account has a map."""
    if place.account_id is not None:
        return of_accounts(connection, [place.account_id], today).get(place.account_id)
    key = place.opportunity_id or 0
    return of_opportunities(connection, [key], today).get(key)


def of_accounts(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> dict[int, Standing]:
    """How we stand with accounts, by their keys, all of them for None; without those that have no map."""
    maps = rows.maps_of_accounts(connection, keys)
    found = _standings(connection, maps.values(), today)
    return {key: Standing(map_id, False, *found[map_id]) for key, map_id in maps.items()}


def of_opportunities(connection: sqlite3.Connection, keys: Iterable[int] | None, today: dt.date) -> dict[int, Standing]:
    """How we stand in opportunities, by their keys, all open ones for None; without those that have no map at all."""
    maps = rows.maps_of_opportunities(connection, keys)
    found = _standings(connection, (map_id for map_id, _is_inherited in maps.values()), today)
    return {key: Standing(map_id, is_inherited, *found[map_id]) for key, (map_id, is_inherited) in maps.items()}


def of_map(connection: sqlite3.Connection, map_id: int, today: dt.date) -> Standing:
    """How we stand on a map."""
    return Standing(map_id, False, *_standings(connection, [map_id], today)[map_id])


def provide(connection: sqlite3.Connection, table: str, keys: Iterable[int] | None, today: dt.date) -> None:
    """Let SQL on this connection ask `map_favour(map)` and `map_coverage(map)` of rows of a list, all for None."""
    found = values(connection, rows.maps_behind(connection, table, keys), today)
    favours = {map_id: one.favour for map_id, one in found.items()}
    rows.provide(connection, favours, {map_id: one.coverage for map_id, one in found.items()})


def maps_of_opportunities(connection: sqlite3.Connection, keys: Iterable[int] | None) -> dict[int, int]:
    """The map that each opportunity goes by, of all open ones for None; without those that have none."""
    return {key: map_id for key, (map_id, _is_inherited) in rows.maps_of_opportunities(connection, keys).items()}


def maps_of_accounts(connection: sqlite3.Connection) -> dict[int, int]:
    """The map of each account, by the account's key; without those that have none."""
    return dict(rows.maps_of_accounts(connection, None))


def values_of_accounts(connection: sqlite3.Connection, today: dt.date) -> dict[int, Values]:
    """What the maps of all accounts come to, by the account's key."""
    maps = maps_of_accounts(connection)
    found = values(connection, maps.values(), today)
    return {key: found[map_id] for key, map_id in maps.items()}


def values(connection: sqlite3.Connection, map_ids: Iterable[int], today: dt.date) -> dict[int, Values]:
    """What maps come to, without terms; quick for very many, and quicker the next time."""
    known = _remembered.at(connection, today)
    wanted = tuple(dict.fromkeys(map_ids))
    if missing := [map_id for map_id in wanted if map_id not in known]:
        known.update(_values(connection, missing, today))
    return {map_id: known[map_id] for map_id in wanted}


def values_of_accounts_then(connection: sqlite3.Connection, day: dt.date, today: dt.date) -> dict[int, Values]:
    """What the maps of all accounts came to on a day before today, by the account's key.

    By the contacts until then and by what had been judged of their people. Who is on them and listens to whom is taken
    as it is now. It is not remembered.
    """
    maps, then = maps_of_accounts(connection), all_maps.judged_then(connection, day.isoformat())
    wanted = tuple(dict.fromkeys(maps.values()))
    found = _many(connection, wanted, today, day, then) if len(wanted) >= MANY else _few(connection, wanted, day, then)
    return {key: found[map_id] for key, map_id in maps.items()}


def _values(connection: sqlite3.Connection, map_ids: Sequence[int], today: dt.date) -> dict[int, Values]:
    if len(map_ids) >= MANY:
        return _many(connection, map_ids, today, today)
    return _few(connection, map_ids, today)


def _many(
    connection: sqlite3.Connection,
    map_ids: Sequence[int],
    today: dt.date,
    day: dt.date,
    then: Then | None = None,
) -> dict[int, Values]:
    """Of all maps there are, and of those that are asked for and have nobody."""
    known = _read.at(connection, today)
    if _WHOLE not in known:
        known[_WHOLE] = AllMaps(connection, today, rules(connection))
    return dict.fromkeys(map_ids, method.values((), (), (), ())) | known[_WHOLE].values(day, then)


@seldom_collecting()
def _few(
    connection: sqlite3.Connection, map_ids: Sequence[int], day: dt.date, then: Then | None = None
) -> dict[int, Values]:
    used = rules(connection)
    stances, ties = rows.stances(connection, map_ids), rows.ties(connection, map_ids)
    if then:
        stances = {key: [one._replace(**then.get(one.key, {})) for one in those] for key, those in stances.items()}
    covers = _covers(connection, map_ids, day, used.half_life)
    found = {}
    for map_id in map_ids:
        there = stances.get(map_id, ())
        leverages = shares(list(map(_Voice, there)), [Tie(*one) for one in ties.get(map_id, ())], used)[0]
        limits = (most(one.relationship) for one in there)
        reach = [covers.get(one.person_id or 0, 0.0) for one in there]
        found[map_id] = method.values(
            leverages,
            [one.attitude for one in there],
            [one if limit is None else min(limit, one) for one, limit in zip(reach, limits, strict=True)],
            [one.win_strength if one.has_win else None for one in there],
        )
    return found


def _covers(
    connection: sqlite3.Connection, map_ids: Sequence[int], today: dt.date, half_life: float
) -> dict[int, float]:
    """How well contacts cover each person: many are of the same channel on the same day."""
    qualities = rows.qualities(connection)

    @cache
    def left(met: str) -> float:
        channel, _blank, day = met.partition(" ")
        return left_open(qualities[int(channel)], (today - dt.date.fromisoformat(day)).days, half_life)

    meetings = rows.meetings(connection, map_ids, today)
    return {person: 1 - math.prod(map(left, met.split(","))) for person, met in meetings}


class _Voice:
    """Somebody as far as leverage goes."""

    __slots__ = ("key", "openness", "power", "reports_to", "roles")

    def __init__(self, one: Stance) -> None:
        self.key, self.roles, self.power = one.key, roles(one.roles), one.power
        self.openness, self.reports_to = one.openness, one.reports_to_id


def rules(connection: sqlite3.Connection) -> Rules:
    """What the user has set about the figures of maps."""
    settings = records.get(connection, Workspace, 1)
    weights = {role: getattr(settings, f"weight_{role.value}") for role in Role}
    return Rules(settings.informal_share, settings.half_life_days, weights)


def _standings(
    connection: sqlite3.Connection, map_ids: Iterable[int], today: dt.date
) -> dict[int, tuple[Figures, dict[int, int]]]:
    """The figures of maps and their people, each map once."""
    wanted = tuple(dict.fromkeys(map_ids))
    used = rules(connection)
    judged = rows.judged(connection, wanted)
    ties = rows.ties(connection, wanted)
    met = rows.encounters(connection, wanted, today)
    channels, refused = rows.channels(connection), rows.refused(connection, wanted)

    def member(one: Judged) -> Member:
        person = one.person_id or 0
        no = refused.get(person, ())
        reach = next((channel.quality for channel in channels if channel.key not in no), 0.0)
        return _member(one, met.get(person, ()), reach)

    found = {}
    for map_id in wanted:
        there = judged.get(map_id, [])
        lines = (Tie(*one) for one in ties.get(map_id, ()))
        people = {one.key: one.person_id for one in there if one.person_id is not None}
        found[map_id] = (figures(map(member, there), lines, used), people)
    return found


def _member(judged: Judged, met: Sequence[Met], reach: float) -> Member:
    ours = [_RANKS[rank] for rank in (judged.our_rank, *(one.our_rank for one in met)) if rank]
    return Member(
        key=judged.key,
        is_named=judged.person_id is not None,
        roles=roles(judged.roles),
        has_veto=bool(judged.veto),
        power=judged.power,
        attitude=judged.attitude,
        relationship=judged.relationship,
        is_covered=bool(judged.is_covered),
        has_win=bool(judged.has_win),
        win_strength=judged.win_strength,
        has_rival=bool(judged.has_rival),
        days=met[0].days if met else None,
        contacts=sum(one.days <= RECENT for one in met),
        openness=judged.openness,
        reports_to=judged.reports_to_id,
        encounters=tuple(Encounter(one.quality, one.days) for one in met),
        reach=reach,
        rank=_RANKS[judged.rank] if judged.rank else None,
        our_rank=max(ours, default=None),
    )
