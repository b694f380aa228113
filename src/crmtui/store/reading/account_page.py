"""The rows behind the page of an account: what is open and was won there, who is there, and who competes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Sum:
    """Opportunities of an account in one currency.

    Attributes:
        is_won: whether they are won; else they are open.
        currency: ISO 4217; of those that have no value, too.
        count: how many.
        value: minor units, None where none has a value.
    """

    is_won: bool
    currency: str
    count: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Face:
    """A person of an account in a line.

    Attributes:
        power: 0 to 4 on the account's own map; None where nobody has judged it, or it is not on the map.
        attitude: -2 to 2, likewise.
        roles: the words, with commas, likewise.
        last: the day of the last contact, ISO; None for never.
    """

    person_id: int
    name: str
    title: str
    power: int | None
    attitude: int | None
    roles: str
    last: str | None


@dataclass(frozen=True, slots=True)
class Deal:
    """An open opportunity in a line; `closes` is ISO."""

    opportunity_id: int
    name: str
    stage: str
    value: int | None
    currency: str
    closes: str | None


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor's position at an account.

    Attributes:
        closeness: 0 to 4; None when unknown.
        success_factors: why it wins there.
        basis: assumed or confirmed.
        judged_on: ISO.
        source: who says so.
    """

    position_id: int
    competitor_id: int
    name: str
    closeness: int | None
    success_factors: str
    basis: str
    judged_on: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A contact in a line; `day` is ISO."""

    contact_id: int
    day: str
    channel: str
    message: str
    outcome: str


def names(connection: sqlite3.Connection, account_id: int) -> tuple[str, str]:
    """The names of its owner and of the organisation it is part of; '' for what is not there."""
    row = connection.execute(
        """SELECT coalesce(o.name, ''), coalesce(p.name, '') FROM account t
        LEFT JOIN actor o ON o.id = t.owner_id LEFT JOIN account p ON p.id = t.parent_id WHERE t.id = ?""",
        (account_id,),
    ).fetchone()
    return (row[0], row[1])


def tags(connection: sqlite3.Connection, account_id: int) -> tuple[str, ...]:
    """Its tags, in the order of the alphabet."""
    rows = connection.execute("SELECT name FROM tag WHERE account_id = ? ORDER BY name_key, id", (account_id,))
    return tuple(row[0] for row in rows)


def sums(connection: sqlite3.Connection, account_id: int) -> tuple[Sum, ...]:
    """What is open and what was won, a sum for each currency, the one with most opportunities first."""
    rows = connection.execute(
        """SELECT stage = 'won', currency, count(*), sum(value) FROM opportunity
        WHERE account_id = ? AND stage <> 'lost' GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2""",
        (account_id,),
    )
    return tuple(Sum(bool(won), *rest) for won, *rest in rows)


def met(connection: sqlite3.Connection, account_id: int, since: str) -> tuple[int, int]:
    """How many stakeholders of the account's own map had a contact since a day, and how many there are."""
    row = connection.execute(
        """SELECT coalesce(sum(EXISTS (SELECT 1 FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
            WHERE cp.person_id = s.person_id AND c.status = 'done' AND c.day >= ?)), 0), count(*)
        FROM dmu_map m JOIN stakeholder s ON s.map_id = m.id WHERE m.account_id = ?""",
        (since, account_id),
    ).fetchone()
    return (row[0], row[1])


def faces(connection: sqlite3.Connection, account_id: int, limit: int) -> tuple[Face, ...]:
    """Its people, those with most power on the account's own map first; at most so many."""
    rows = connection.execute(
        """SELECT p.id, p.name, p.title, s.power, s.attitude, coalesce(s.roles, ''),
            (SELECT max(c.day) FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
                WHERE cp.person_id = p.id AND c.status = 'done')
        FROM person p LEFT JOIN dmu_map m ON m.account_id = p.account_id
        LEFT JOIN stakeholder s ON s.map_id = m.id AND s.person_id = p.id
        WHERE p.account_id = ? ORDER BY s.id IS NULL, s.power DESC, p.name_key LIMIT ?""",
        (account_id, limit),
    )
    return tuple(Face(*row) for row in rows)


def deals(connection: sqlite3.Connection, account_id: int, limit: int) -> tuple[Deal, ...]:
    """Its open opportunities, the one to close first at the top; at most so many."""
    rows = connection.execute(
        """SELECT id, name, stage, value, currency, expected_on FROM opportunity
        WHERE account_id = ? AND stage NOT IN ('won', 'lost')
        ORDER BY expected_on NULLS LAST, name_key LIMIT ?""",
        (account_id, limit),
    )
    return tuple(Deal(*row) for row in rows)


def rivals(connection: sqlite3.Connection, account_id: int) -> tuple[Rival, ...]:
    """The competitors there, the closest first."""
    rows = connection.execute(
        """SELECT p.id, k.id, k.name, p.closeness, p.success_factors, p.basis, p.judged_on, p.source
        FROM competitor_position p JOIN competitor k ON k.id = p.competitor_id
        WHERE p.account_id = ? ORDER BY p.closeness DESC NULLS LAST, k.name_key""",
        (account_id,),
    )
    return tuple(Rival(*row) for row in rows)


def contacts_around(connection: sqlite3.Connection, account_id: int, today: str) -> tuple[Moment | None, Moment | None]:
    """The last contact that happened, and the next one planned."""
    select = """SELECT c.id, c.day, coalesce(h.name, ''), c.message, c.outcome FROM contact c
        LEFT JOIN channel h ON h.id = c.channel_id WHERE c.account_id = ?"""
    last = connection.execute(f"{select} AND c.status = 'done' ORDER BY c.day DESC, c.id DESC LIMIT 1", (account_id,))
    coming = connection.execute(
        f"{select} AND c.status IN ('planned', 'moved') AND c.day >= ? ORDER BY c.day, c.time, c.id LIMIT 1",
        (account_id, today),
    )
    rows = last.fetchone(), coming.fetchone()
    return (Moment(*rows[0]) if rows[0] else None, Moment(*rows[1]) if rows[1] else None)


_COUNTED: Final = {
    "people": "person WHERE account_id = :id",
    "opportunities": "opportunity WHERE account_id = :id",
    "plans": """plan WHERE account_id = :id
        OR opportunity_id IN (SELECT id FROM opportunity WHERE account_id = :id)""",
    "action_plan": "plan_action WHERE account_id = :id AND done_on IS NULL",
    "orders": "sales_order WHERE account_id = :id",
}


def counts(connection: sqlite3.Connection, account_id: int) -> dict[str, int]:
    """How many records of each list belong to it."""
    select = ", ".join(f"(SELECT count(*) FROM {those})" for those in _COUNTED.values())
    row = connection.execute(f"SELECT {select}", {"id": account_id}).fetchone()
    return dict(zip(_COUNTED, row, strict=True))
