"""The rows that the best next moves are found in, in a few SELECTs whatever the size of the workspace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from crmtui.store.reading import contacts
from crmtui.store.reading.today import DEALS, MY_CONTACT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


class Open(NamedTuple):
    """An open opportunity.

    Attributes:
        value: what the customer would pay, in minor units, or else the list price of the offering; None when both are
            unknown.
        margin: None when unknown.
        level: of its account, as kept; None without an account.
        budget: step of budget creation, as kept; None when unknown.
    """

    key: int
    account_id: int | None
    value: int | None
    margin: int | None
    currency: str
    level: str | None
    budget: str | None


class Usual(NamedTuple):
    """What is usual in one currency.

    Attributes:
        margin: the mean margin of those that have one, in minor units; None where none has.
        share: margin over value, of those that have both; None where none has.
    """

    currency: str
    margin: float | None
    share: float | None


class Reached(NamedTuple):
    """A channel in use; cost in minor units, None when unknown."""

    key: int
    name: str
    cost: int | None
    currency: str
    hours: float
    quality: float


def open_deals(connection: sqlite3.Connection, parameters: Mapping[str, Any]) -> list[Open]:
    """The open opportunities of `:me`, or of nobody."""
    rows = connection.execute(
        f"""SELECT p.id, p.account_id, coalesce(p.value, (SELECT f.price FROM offering f
            WHERE f.id = p.offering_id AND f.currency = p.currency)), p.margin, p.currency, a.level, p.budget
        FROM {DEALS}""",
        parameters,
    )
    return [Open(*row) for row in rows]


def grades(connection: sqlite3.Connection) -> list[tuple[int, int, int, int]]:
    """The grades on the cards of open opportunities: card, criterion, grade, and whether a figure was set aside."""
    return connection.execute(
        """SELECT w.scorecard_id, w.criterion_id, w.grade, w.override_reason <> '' FROM answer w
        WHERE w.grade IS NOT NULL AND w.scorecard_id IN (SELECT s.id FROM scorecard s
            JOIN opportunity p ON p.id = s.opportunity_id WHERE p.stage NOT IN ('won', 'lost'))"""
    ).fetchall()


def usual(connection: sqlite3.Connection) -> list[Usual]:
    """What opportunities usually bring, by currency."""
    rows = connection.execute(
        """SELECT currency, avg(margin), CAST(sum(margin) FILTER (WHERE value > 0) AS REAL)
            / nullif(sum(value) FILTER (WHERE margin IS NOT NULL AND value > 0), 0)
        FROM opportunity WHERE margin IS NOT NULL GROUP BY currency"""
    )
    return [Usual(*row) for row in rows]


def left_out(connection: sqlite3.Connection) -> set[int]:
    """Accounts in which nothing is invested: not active, to be left, or unwilling to be managed (0 or 1 of 4)."""
    rows = connection.execute(
        """SELECT a.id FROM account a WHERE a.status <> 'active' OR a.posture = 'leave'
            OR (SELECT s.willingness FROM assessment s WHERE s.account_id = a.id ORDER BY s.day DESC, s.id DESC LIMIT 1)
                <= 1"""
    )
    return {row[0] for row in rows}


def without_open(
    connection: sqlite3.Connection, parameters: Mapping[str, Any]
) -> list[tuple[int, str | None, float | None]]:
    """Active accounts with a map and nothing open: key, currency, mean margin of what was won there; None for nothing.

    An account that won in several currencies comes once for each, that of most opportunities last.
    """
    return connection.execute(
        """SELECT a.id, p.currency, avg(p.margin) FROM account a
        LEFT JOIN opportunity p ON p.account_id = a.id AND p.stage = 'won' AND p.margin IS NOT NULL
        WHERE a.status = 'active' AND (:me IS NULL OR coalesce(a.owner_id, :me) = :me)
            AND a.id IN (SELECT account_id FROM dmu_map)
            AND NOT EXISTS (SELECT 1 FROM opportunity q WHERE q.account_id = a.id AND q.stage NOT IN ('won', 'lost'))
        GROUP BY a.id, p.currency ORDER BY count(*)""",
        parameters,
    ).fetchall()


def channels(connection: sqlite3.Connection) -> list[Reached]:
    """The channels in use."""
    rows = connection.execute(
        "SELECT id, name, cost, currency, hours, quality FROM channel WHERE is_active ORDER BY id"
    )
    return [Reached(*row) for row in rows]


class Planned(NamedTuple):
    """A person in a contact that is still to happen, or should have.

    Attributes:
        contact_id: the contact.
        person_id: the person.
        day: of the contact, ISO.
        channel_id: how; so also quality and usual_hours, those of the channel.
        hours: of this contact; None when unknown.
        cost: minor units of `currency`; None when unknown.
        usual_cost: of the channel, in minor units of `usual_currency`; None likewise.
        plan_id: the communication plan that it belongs to; None for none.
        is_mine: 0 or 1, whether it is `:me` who makes it, or nobody.
    """

    contact_id: int
    person_id: int
    day: str
    channel_id: int
    quality: float
    usual_hours: float
    hours: float | None
    cost: int | None
    currency: str
    usual_cost: int | None
    usual_currency: str
    plan_id: int | None
    account_id: int | None
    opportunity_id: int | None
    is_mine: int


def planned(connection: sqlite3.Connection, parameters: Mapping[str, Any]) -> list[Planned]:
    """The people in all contacts that are still to happen, or should have, by day."""
    rows = connection.execute(
        f"""SELECT c.id, cp.person_id, c.day, c.channel_id, h.quality, h.hours, c.hours, c.cost, c.currency, h.cost,
            h.currency, c.plan_id, c.account_id, c.opportunity_id, {MY_CONTACT}
        FROM contact c JOIN contact_person cp ON cp.contact_id = c.id JOIN channel h ON h.id = c.channel_id
        WHERE {contacts.OPEN} ORDER BY {contacts.IN_ORDER}, cp.id""",
        parameters,
    )
    return [Planned(*row) for row in rows]


def preferred(connection: sqlite3.Connection) -> dict[int, int]:
    """The channel that each person prefers, of those that have said."""
    return dict(
        connection.execute("SELECT id, preferred_channel_id FROM person WHERE preferred_channel_id IS NOT NULL")
    )


def refused(connection: sqlite3.Connection) -> dict[int, set[int]]:
    """The channels that people have refused."""
    found: dict[int, set[int]] = {}
    for person_id, channel_id in connection.execute(
        "SELECT person_id, channel_id FROM consent WHERE state = 'refused'"
    ):
        found.setdefault(person_id, set()).add(channel_id)
    return found


def begun(connection: sqlite3.Connection) -> list[tuple[int, int | None, str]]:
    """What open actions work on: account, opportunity, and the gate or the criterion."""
    return connection.execute(
        "SELECT account_id, opportunity_id, gate FROM plan_action WHERE done_on IS NULL AND gate <> ''"
    ).fetchall()


def climbing(connection: sqlite3.Connection, parameters: Mapping[str, Any]) -> list[int]:
    """Accounts with an open opportunity and a level that they are to reach."""
    rows = connection.execute(
        f"SELECT DISTINCT a.id FROM {DEALS} AND a.target_level IS NOT NULL AND a.target_level <> a.level", parameters
    )
    return [row[0] for row in rows]


def names(connection: sqlite3.Connection, table: str, title: str, keys: Iterable[int]) -> dict[int, str]:
    """What records of a table are called, by key."""
    listed = json.dumps(sorted(set(keys)))
    return dict(
        connection.execute(
            f"SELECT id, {title} FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        ).fetchall()
    )


class Seat(NamedTuple):
    """Where somebody stands on a map; roles as kept, the attitude None while not judged, has_win 0 or 1."""

    person_id: int
    map_id: int
    roles: str
    attitude: int | None
    has_win: int


def seats(connection: sqlite3.Connection, people: Iterable[int]) -> list[Seat]:
    """Where people stand, on every map."""
    rows = connection.execute(
        """SELECT person_id, map_id, roles, attitude, trim(win) <> '' FROM stakeholder
        WHERE person_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(set(people))),),
    )
    return [Seat(*row) for row in rows]


class Running(NamedTuple):
    """A communication plan that runs, for an account or for an opportunity.

    Attributes:
        account_id: the account, also of one for an opportunity; None where that has none.
        starts_on: its first day, ISO; so also ends_on, the last one.
        budget: minor units of `currency`; None for none.
        cadence: days between contacts; None for the workspace's own.
        held: cost of its contacts in that currency, planned and done.
        done: how many of its contacts happened.
        is_whole: 0 or 1, whether it is for the account.
        is_mine: 0 or 1, whether the account or the opportunity is `:me`'s, or nobody's.
    """

    key: int
    objective: str
    account_id: int | None
    opportunity_id: int | None
    starts_on: str
    ends_on: str
    budget: int | None
    currency: str
    cadence: int | None
    held: int
    done: int
    is_whole: int
    is_mine: int


def running_plans(connection: sqlite3.Connection, parameters: Mapping[str, Any]) -> list[Running]:
    """The communication plans that run `:today`, the one that ends last first."""
    rows = connection.execute(
        """SELECT t.id, t.objective, coalesce(t.account_id, p.account_id), t.opportunity_id, t.starts_on, t.ends_on,
            t.budget, t.currency, t.cadence_days,
            (SELECT coalesce(sum(c.cost), 0) FROM contact c
                WHERE c.plan_id = t.id AND c.status <> 'cancelled' AND c.currency = t.currency),
            (SELECT count(*) FROM contact c WHERE c.plan_id = t.id AND c.status = 'done'),
            t.account_id IS NOT NULL, :me IS NULL OR coalesce(p.owner_id, a.owner_id, :me) = :me
        FROM plan t LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(t.account_id, p.account_id)
        WHERE t.status = 'running' AND t.starts_on <= :today AND t.ends_on >= :today ORDER BY t.ends_on DESC, t.id""",
        parameters,
    )
    return [Running(*row) for row in rows]


def criterion_labels(connection: sqlite3.Connection, deals: Iterable[int]) -> dict[tuple[int, str], str]:
    """What the criteria of opportunities' newest cards are called: by opportunity and code."""
    rows = connection.execute(
        """SELECT s.opportunity_id, c.code, c.label FROM scorecard s JOIN criterion c ON c.template_id = s.template_id
        WHERE s.opportunity_id IN (SELECT value FROM json_each(?)) ORDER BY s.day, s.id""",
        (json.dumps(sorted(set(deals))),),
    )
    return {(deal, code): label for deal, code, label in rows}
