"""The list of maps of decision-making units, and the rows behind one map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.people import Person
from crmtui.store.reading import records
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

_STAKEHOLDERS: Final = "FROM stakeholder s WHERE s.map_id = t.id"
_WITH: Final = "FROM contact_person cp JOIN contact c ON c.id = cp.contact_id WHERE cp.person_id = s.person_id"
_MET: Final = f"EXISTS (SELECT 1 {_WITH} AND c.status = 'done' AND c.day >= date(:today, '-90 days'))"

VIEW: Final = View(
    table="dmu_map",
    joins="""LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(t.account_id, p.account_id)
        LEFT JOIN actor o ON o.id = coalesce(p.owner_id, a.owner_id)""",
    order="account",
    tie="p.name_key NULLS FIRST, t.id",
    searched=(
        "a.id IN ({account})",
        "t.opportunity_id IN ({opportunity})",
        "t.id IN (SELECT s.map_id FROM stakeholder s WHERE s.person_id IN ({person}))",
    ),
    columns=(
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=22),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", width=22),
        Column(key="people", label=N_("People"), sql=f"(SELECT count(*) {_STAKEHOLDERS})", shape=Shape.NUMBER, width=6),
        Column(
            key="deciders",
            label=N_("Deciders"),
            sql=f"(SELECT count(*) {_STAKEHOLDERS} AND ',' || s.roles || ',' LIKE '%,decider,%')",
            shape=Shape.NUMBER,
            width=8,
            priority=2,
        ),
        Column(
            key="favour",
            label=N_("Favour"),
            sql="map_favour(t.id)",
            shape=Shape.NUMBER,
            decimals=2,
            signed=True,
            width=6,
            priority=0,
        ),
        Column(
            key="coverage",
            label=N_("Cover"),
            sql="map_coverage(t.id)",
            shape=Shape.SHARE,
            width=5,
            priority=0,
        ),
        Column(
            key="known",
            label=N_("Known"),
            sql=f"""(SELECT avg((s.person_id IS NOT NULL) + (s.roles <> '') + (s.power IS NOT NULL)
                + (s.attitude IS NOT NULL) + (s.relationship IS NOT NULL)) / 5 {_STAKEHOLDERS})""",
            shape=Shape.SHARE,
            width=6,
            priority=2,
        ),
        Column(
            key="against",
            label=N_("Against"),
            sql=f"(SELECT count(*) {_STAKEHOLDERS} AND s.attitude < 0)",
            shape=Shape.NUMBER,
            width=7,
            priority=1,
        ),
        Column(
            key="met",
            label=N_("Met"),
            sql=f"(SELECT avg({_MET}) {_STAKEHOLDERS})",
            shape=Shape.SHARE,
            width=5,
            priority=3,
        ),
        Column(
            key="last",
            label=N_("Last"),
            sql=f"(SELECT max((SELECT max(c.day) {_WITH} AND c.status = 'done')) {_STAKEHOLDERS})",
            shape=Shape.PAST,
            width=7,
        ),
        Column(
            key="nameless",
            label=N_("Without a name"),
            sql=f"(SELECT count(*) {_STAKEHOLDERS} AND s.person_id IS NULL)",
            shape=Shape.NUMBER,
            listed=False,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
        Column(key="notes", label=N_("Notes"), sql="t.notes", listed=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a map is of: an account as a whole, or one opportunity; exactly one of the two.

    Attributes:
        account_id: the account.
        opportunity_id: the opportunity.
    """

    account_id: int | None = None
    opportunity_id: int | None = None

    def __post_init__(self) -> None:
        if (self.account_id is None) == (self.opportunity_id is None):
            raise ValueError("a map is of an account or of an opportunity")


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with its names, whether or not a map of it has been begun.

    Attributes:
        place: what the map is of.
        map_id: the map; None while there is none.
        account_id: the account, also of an opportunity's map; None for an opportunity without one.
        account: its name, '' for none.
        opportunity: the opportunity's name, '' for the account's own map.
        stage: the opportunity's stage, '' for the account's own map.
        people: how many stakeholders are on it.
    """

    place: Place
    map_id: int | None
    account_id: int | None
    account: str
    opportunity: str
    stage: str
    people: int


@dataclass(frozen=True, slots=True)
class Touch:
    """The contacts with a person.

    Attributes:
        last: the day of the last one that happened, ISO; None for never.
        channel: how that was.
        count: how many happened.
        recent: how many of those on or after the day asked for.
        coming: the day of the next one planned, ISO.
    """

    last: str | None = None
    channel: str = ""
    count: int = 0
    recent: int = 0
    coming: str | None = None


def map_at(connection: sqlite3.Connection, place: Place) -> DmuMap | None:
    """The map of an account or an opportunity; None while nobody has begun one."""
    column, key = ("account_id", place.account_id) if place.account_id else ("opportunity_id", place.opportunity_id)
    return next(records.where(connection, DmuMap, f"{column} = ?", (key,)), None)


def place_of(connection: sqlite3.Connection, map_id: int) -> Place:
    """What a map is of; NotFoundError if it is gone."""
    found = records.get(connection, DmuMap, map_id)
    return Place(found.account_id, found.opportunity_id)


_PLACED: Final = """a.id, coalesce(a.name, ''), coalesce(p.name, ''), coalesce(p.stage, ''),
    (SELECT count(*) FROM stakeholder s WHERE s.map_id = m.id)"""


def placed(connection: sqlite3.Connection, place: Place) -> Placed | None:
    """A place with its names; None when the account or the opportunity is gone."""
    if place.account_id:
        origin = "account a LEFT JOIN opportunity p ON 0 LEFT JOIN dmu_map m ON m.account_id = a.id WHERE a.id = ?"
    else:
        origin = """opportunity p LEFT JOIN account a ON a.id = p.account_id
            LEFT JOIN dmu_map m ON m.opportunity_id = p.id WHERE p.id = ?"""
    key = place.account_id or place.opportunity_id
    row = connection.execute(f"SELECT m.id, {_PLACED} FROM {origin}", (key,)).fetchone()
    return Placed(place, *row) if row else None


def places_of(connection: sqlite3.Connection, account_id: int) -> list[Placed]:
    """The account's own place first, then its opportunities that have a map or are still open, by name."""
    rows = connection.execute(
        f"""SELECT p.id, m.id, {_PLACED} FROM opportunity p JOIN account a ON a.id = p.account_id
        LEFT JOIN dmu_map m ON m.opportunity_id = p.id
        WHERE p.account_id = ? AND (m.id IS NOT NULL OR p.stage NOT IN ('won', 'lost'))
        ORDER BY m.id IS NULL, p.name_key, p.id""",
        (account_id,),
    ).fetchall()
    own = placed(connection, Place(account_id=account_id))
    others = [Placed(Place(opportunity_id=opportunity_id), *row) for opportunity_id, *row in rows]
    return [own, *others] if own else []


def origin(connection: sqlite3.Connection, place: Place) -> int | None:
    """The map that a new one starts from: the account's own, else the newest of its opportunities; None for neither."""
    row = connection.execute(
        """SELECT m.id FROM dmu_map m LEFT JOIN opportunity p ON p.id = m.opportunity_id
        WHERE coalesce(m.account_id, p.account_id) = coalesce(:account,
                (SELECT account_id FROM opportunity WHERE id = :opportunity))
            AND coalesce(m.account_id <> :account, 1) AND coalesce(m.opportunity_id <> :opportunity, 1)
        ORDER BY m.account_id IS NULL, m.id DESC LIMIT 1""",
        {"account": place.account_id, "opportunity": place.opportunity_id},
    ).fetchone()
    return row[0] if row else None


def newest(connection: sqlite3.Connection) -> int | None:
    """The map on which somebody was judged last; None when there are no maps."""
    row = connection.execute(
        """SELECT m.id FROM dmu_map m LEFT JOIN stakeholder s ON s.map_id = m.id GROUP BY m.id
        ORDER BY max(max(coalesce(s.attitude_on, ''), coalesce(s.power_on, ''), coalesce(s.relationship_on, ''))) DESC,
            m.id LIMIT 1"""
    ).fetchone()
    return row[0] if row else None


def stakeholders(connection: sqlite3.Connection, map_id: int) -> list[Stakeholder]:
    """Everybody on a map, in the order they came onto it."""
    return list(records.where(connection, Stakeholder, "map_id = ?", (map_id,)))


def called(connection: sqlite3.Connection, map_id: int) -> dict[int, str]:
    """What everybody on a map is called: the person's name, or the position that a placeholder stands for."""
    rows = connection.execute(
        """SELECT s.id, coalesce(p.name, s.position) FROM stakeholder s LEFT JOIN person p ON p.id = s.person_id
        WHERE s.map_id = ?""",
        (map_id,),
    )
    return {key: line(name) for key, name in rows}


def influences(connection: sqlite3.Connection, map_id: int) -> list[Influence]:
    """The lines between those on a map."""
    condition = "source_id IN (SELECT id FROM stakeholder WHERE map_id = ?)"
    return list(records.where(connection, Influence, condition, (map_id,)))


def judged_elsewhere(connection: sqlite3.Connection, account_id: int, person_id: int) -> list[Stakeholder]:
    """A person on all maps of an account and of its opportunities, the newest entry last."""
    condition = """person_id = ? AND map_id IN (SELECT m.id FROM dmu_map m
        LEFT JOIN opportunity p ON p.id = m.opportunity_id WHERE coalesce(m.account_id, p.account_id) = ?)"""
    return list(records.where(connection, Stakeholder, condition, (person_id, account_id)))


def people(connection: sqlite3.Connection, map_id: int) -> dict[int, Person]:
    """The persons on a map, by key."""
    condition = "id IN (SELECT person_id FROM stakeholder WHERE map_id = ?)"
    return {person.id: person for person in records.where(connection, Person, condition, (map_id,))}


def touches(connection: sqlite3.Connection, map_id: int, today: dt.date, since: dt.date) -> dict[int, Touch]:
    """The contacts with each person on a map who had, or will have, any."""
    rows = connection.execute(
        """SELECT cp.person_id, c.status = 'done', c.day, h.name
        FROM stakeholder s JOIN contact_person cp ON cp.person_id = s.person_id
        JOIN contact c ON c.id = cp.contact_id JOIN channel h ON h.id = c.channel_id
        WHERE s.map_id = :map AND (c.status = 'done' OR c.status IN ('planned', 'moved') AND c.day >= :today)
        ORDER BY c.day, c.id""",
        {"map": map_id, "today": today.isoformat()},
    )
    found: dict[int, Touch] = {}
    for person_id, is_done, day, channel in rows:
        touch = found.get(person_id, Touch())
        if is_done:
            recent = touch.recent + (day >= since.isoformat())
            found[person_id] = replace(touch, last=day, channel=channel, count=touch.count + 1, recent=recent)
        else:
            found[person_id] = replace(touch, coming=touch.coming or day)
    return found


def elsewhere(connection: sqlite3.Connection, map_id: int, account_id: int | None) -> list[tuple[Any, ...]]:
    """What is judged of the people of a map on the other maps of the account, the oldest map first.

    Rows of person, name of the opportunity ('' for the account's own map), power, attitude, relationship.
    """
    return connection.execute(
        """SELECT o.person_id, coalesce(p.name, ''), o.power, o.attitude, o.relationship
        FROM stakeholder s JOIN stakeholder o ON o.person_id = s.person_id AND o.map_id <> s.map_id
        JOIN dmu_map m ON m.id = o.map_id LEFT JOIN opportunity p ON p.id = m.opportunity_id
        WHERE s.map_id = ? AND coalesce(m.account_id, p.account_id) = ? ORDER BY m.id""",
        (map_id, account_id),
    ).fetchall()


def others(connection: sqlite3.Connection, placed: Placed) -> int:
    """How many other maps the account has."""
    row = connection.execute(
        """SELECT count(*) FROM dmu_map m LEFT JOIN opportunity p ON p.id = m.opportunity_id
        WHERE coalesce(m.account_id, p.account_id) = ? AND m.id <> coalesce(?, 0)""",
        (placed.account_id, placed.map_id),
    ).fetchone()
    return int(row[0])


def refusals(connection: sqlite3.Connection, map_id: int) -> dict[int, tuple[str, ...]]:
    """The channels that each person on a map has refused."""
    rows = connection.execute(
        """SELECT n.person_id, h.name FROM consent n JOIN channel h ON h.id = n.channel_id
        WHERE n.state = 'refused' AND n.person_id IN (SELECT person_id FROM stakeholder WHERE map_id = ?)
        ORDER BY h.name""",
        (map_id,),
    )
    found: dict[int, tuple[str, ...]] = {}
    for person_id, channel in rows:
        found[person_id] = (*found.get(person_id, ()), channel)
    return found


def names(connection: sqlite3.Connection, table: str, column: str, map_id: int) -> dict[int, str]:
    """The names of the records of a table that a column of the stakeholders of a map leads to."""
    rows = connection.execute(
        f"SELECT id, name FROM {table} WHERE id IN (SELECT {column} FROM stakeholder WHERE map_id = ?)", (map_id,)
    )
    return dict(rows.fetchall())
