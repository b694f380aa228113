"""The rows that the figures of many maps are made of, in a few SELECTs whatever the number of maps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.store.reading import freshness

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from crmtui.store.reading.freshness import Position

_MAPS: Final = "(SELECT value FROM json_each(:maps))"


class Judged(NamedTuple):
    """A stakeholder, as far as figures take it; words are as kept.

    Attributes:
        key: the stakeholder's.
        map_id: the map's.
        person_id: None for a placeholder.
        reports_to_id: the stakeholder reported to.
        roles: joined by commas.
        veto: 0 or 1.
        power: None while not judged; so also attitude, relationship and the strength of the win.
        is_covered: 0 or 1, whether somebody of ours looks after the person; so also has_win and has_rival.
        rank: the word of the person's rank, and of who looks after the person; '' or None for none.
    """

    key: int
    map_id: int
    person_id: int | None
    reports_to_id: int | None
    roles: str
    veto: int
    power: int | None
    attitude: int | None
    openness: float
    relationship: int | None
    is_covered: int
    has_rival: int
    has_win: int
    win_strength: int | None
    rank: str | None
    our_rank: str | None


class Stance(NamedTuple):
    """The same without what figures alone do not take."""

    key: int
    map_id: int
    person_id: int | None
    reports_to_id: int | None
    roles: str
    power: int | None
    attitude: int | None
    openness: float
    relationship: int | None
    has_win: int
    win_strength: int | None


class Met(NamedTuple):
    """A contact that happened with somebody.

    Attributes:
        quality: of its channel, 0 to 1.
        days: since then.
        our_rank: the word of the rank of who of ours was in it; '' or None for none.
    """

    quality: float
    days: int
    our_rank: str | None


class Channel(NamedTuple):
    """A channel in use."""

    key: int
    name: str
    quality: float


def maps_of_accounts(connection: sqlite3.Connection, keys: Iterable[int] | None) -> dict[int, int]:
    """The map of each account that has one, by the account's key; of all accounts for None."""
    return dict(
        connection.execute(
            f"SELECT account_id, id FROM dmu_map WHERE account_id IS NOT NULL {_among('account_id', keys)}",
            {"keys": _listed(keys)},
        ).fetchall()
    )


def maps_of_opportunities(connection: sqlite3.Connection, keys: Iterable[int] | None) -> dict[int, tuple[int, bool]]:
    """The map of each opportunity, and whether it is its account's, where it has none of its own; without the others.

    Of all open opportunities for None. A map with nobody on it says nothing: it does not stand before the account's.
    """
    chosen = _among("p.id", keys) if keys is not None else "AND p.stage NOT IN ('won', 'lost')"
    rows = connection.execute(
        f"""SELECT p.id, coalesce(own.id, whole.id, bare.id), own.id IS NULL AND whole.id IS NOT NULL
        FROM opportunity p
        LEFT JOIN dmu_map bare ON bare.opportunity_id = p.id
        LEFT JOIN dmu_map own ON own.id = bare.id AND EXISTS (SELECT 1 FROM stakeholder s WHERE s.map_id = own.id)
        LEFT JOIN dmu_map whole ON whole.account_id = p.account_id
        WHERE coalesce(bare.id, whole.id) IS NOT NULL {chosen}""",
        {"keys": _listed(keys)},
    )
    return {key: (map_id, bool(is_whole)) for key, map_id, is_whole in rows}


def judged(connection: sqlite3.Connection, map_ids: Iterable[int]) -> dict[int, list[Judged]]:
    """The stakeholders of maps, by map, in the order they came onto it."""
    rows = connection.execute(
        f"""SELECT s.id, s.map_id, s.person_id, s.reports_to_id, s.roles, s.veto, s.power, s.attitude, s.openness,
            s.relationship, s.covered_by_id IS NOT NULL, s.competitor_id IS NOT NULL, trim(s.win) <> '', s.win_strength,
            s.rank, a.rank
        FROM stakeholder s LEFT JOIN actor a ON a.id = s.covered_by_id WHERE s.map_id IN {_MAPS} ORDER BY s.id""",
        {"maps": _listed(map_ids)},
    )
    found: dict[int, list[Judged]] = {}
    for row in rows:
        one = Judged(*row)
        found.setdefault(one.map_id, []).append(one)
    return found


def stances(connection: sqlite3.Connection, map_ids: Iterable[int]) -> dict[int, list[Stance]]:
    """The same as `judged`, less of it, for very many maps."""
    rows = connection.execute(
        f"""SELECT id, map_id, person_id, reports_to_id, roles, power, attitude, openness, relationship,
            trim(win) <> '', win_strength FROM stakeholder WHERE map_id IN {_MAPS} ORDER BY id""",
        {"maps": _listed(map_ids)},
    )
    found: dict[int, list[Stance]] = {}
    for one in map(Stance._make, rows):
        found.setdefault(one.map_id, []).append(one)
    return found


def meetings(connection: sqlite3.Connection, map_ids: Iterable[int], today: dt.date) -> Iterator[tuple[int, str]]:
    """The contacts that happened with each person of maps: "channel day" of each of them, joined by commas."""
    return connection.execute(
        f"""SELECT cp.person_id, group_concat(c.channel_id || ' ' || c.day)
        FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
        WHERE c.status = 'done' AND c.day <= :today
            AND cp.person_id IN (SELECT person_id FROM stakeholder WHERE map_id IN {_MAPS}) GROUP BY cp.person_id""",
        {"maps": _listed(map_ids), "today": today.isoformat()},
    )


def qualities(connection: sqlite3.Connection) -> dict[int, float]:
    """How much a contact on each channel covers, in use or not."""
    return dict(connection.execute("SELECT id, quality FROM channel").fetchall())


def names(connection: sqlite3.Connection, map_id: int) -> dict[int, str]:
    """What to call the stakeholders of a map, by their keys: the person, or the position of a placeholder."""
    rows = connection.execute(
        """SELECT s.id, coalesce(p.name, s.position) FROM stakeholder s LEFT JOIN person p ON p.id = s.person_id
        WHERE s.map_id = ?""",
        (map_id,),
    )
    return dict(rows.fetchall())


def ties(connection: sqlite3.Connection, map_ids: Iterable[int]) -> dict[int, list[tuple[int, int, int, bool]]]:
    """The lines of influence of maps, by map: from whom, to whom, strength, whether formal; conflicts are none."""
    rows = connection.execute(
        f"""SELECT s.map_id, i.source_id, i.target_id, i.strength, i.is_formal
        FROM influence i JOIN stakeholder s ON s.id = i.source_id
        WHERE i.kind = 'influence' AND s.map_id IN {_MAPS} ORDER BY i.id""",
        {"maps": _listed(map_ids)},
    )
    found: dict[int, list[tuple[int, int, int, bool]]] = {}
    for map_id, source, target, strength, is_formal in rows:
        found.setdefault(map_id, []).append((source, target, strength, bool(is_formal)))
    return found


def encounters(connection: sqlite3.Connection, map_ids: Iterable[int], today: dt.date) -> dict[int, list[Met]]:
    """The contacts that happened with the people of maps, by person, the newest first."""
    rows = connection.execute(
        f"""SELECT cp.person_id, h.quality, CAST(julianday(:today) - julianday(c.day) AS INTEGER), a.rank
        FROM contact_person cp JOIN contact c ON c.id = cp.contact_id JOIN channel h ON h.id = c.channel_id
        LEFT JOIN actor a ON a.id = c.actor_id
        WHERE c.status = 'done' AND c.day <= :today
            AND cp.person_id IN (SELECT person_id FROM stakeholder WHERE map_id IN {_MAPS})
        ORDER BY c.day DESC, c.id DESC""",
        {"maps": _listed(map_ids), "today": today.isoformat()},
    )
    found: dict[int, list[Met]] = {}
    for person_id, *met in rows:
        found.setdefault(person_id, []).append(Met(*met))
    return found


def channels(connection: sqlite3.Connection) -> list[Channel]:
    """The channels in use, the one that covers most first."""
    rows = connection.execute("SELECT id, name, quality FROM channel WHERE is_active ORDER BY quality DESC, id")
    return [Channel(*row) for row in rows]


def refused(connection: sqlite3.Connection, map_ids: Iterable[int]) -> dict[int, set[int]]:
    """The channels that the people of maps have refused, by person; without those who have refused none."""
    rows = connection.execute(
        f"""SELECT person_id, channel_id FROM consent WHERE state = 'refused'
            AND person_id IN (SELECT person_id FROM stakeholder WHERE map_id IN {_MAPS})""",
        {"maps": _listed(map_ids)},
    )
    found: dict[int, set[int]] = {}
    for person_id, channel_id in rows:
        found.setdefault(person_id, set()).add(channel_id)
    return found


def maps_behind(connection: sqlite3.Connection, table: str, keys: Iterable[int] | None) -> list[int]:
    """The maps of which the rows of a list tell figures: of accounts, or maps themselves; all for None."""
    column = {"account": "account_id", "dmu_map": "id"}[table]
    rows = connection.execute(
        f"SELECT id FROM dmu_map WHERE {column} IS NOT NULL {_among(column, keys)}", {"keys": _listed(keys)}
    )
    return [row[0] for row in rows]


def touched_maps(connection: sqlite3.Connection, since: Position) -> set[int] | None:
    """The maps whose figures may have changed after the journal had come so far; None where it may be any.

    Those on which somebody or a line was put, changed or deleted, and those of the people of contacts.
    """
    if freshness.is_touched(connection, since, ("channel", "workspace")) or freshness.lines(connection, since) > _FEW:
        return None
    rows = connection.execute(
        f"""WITH touched AS MATERIALIZED
            (SELECT tbl, row_id AS first, coalesce(last_id, row_id) AS last FROM change WHERE id > :since),
        card(id) AS (
            {_now("id", "stakeholder")} UNION {_now("source_id", "influence")}
            UNION SELECT source_id FROM past_influence WHERE change_id > :since),
        met(id) AS (
            {_now("person_id", "contact_person")} UNION {_now("person_id", "contact_person", "contact")}
            UNION SELECT person_id FROM past_contact_person WHERE change_id > :since)
        SELECT map_id FROM stakeholder WHERE id IN card OR person_id IN met
        UNION SELECT map_id FROM past_stakeholder WHERE change_id > :since""",
        {"since": since.line},
    )
    return {row[0] for row in rows}


def _now(column: str, table: str, of: str | None = None) -> str:
    """A column of the rows of a table that were touched and are there, or that belong to touched rows of another."""
    key = f"{of}_id" if of else "id"
    return f"""SELECT x.{column} FROM touched t CROSS JOIN {table} x ON x.{key} BETWEEN t.first AND t.last
        WHERE t.tbl = '{of or table}'"""


_FEW: Final = 200  # lines of the journal that are looked through


def provide(
    connection: sqlite3.Connection, favours: Mapping[int, float | None], coverages: Mapping[int, float | None]
) -> None:
    """Let SQL on this connection ask `map_favour(map)` and `map_coverage(map)`; NULL for those that are not named."""
    connection.create_function("map_favour", 1, favours.get)
    connection.create_function("map_coverage", 1, coverages.get)


def _among(column: str, keys: Iterable[int] | None) -> str:
    return "" if keys is None else f"AND {column} IN (SELECT value FROM json_each(:keys))"


def _listed(keys: Iterable[int] | None) -> str:
    return json.dumps([] if keys is None else list(keys))
