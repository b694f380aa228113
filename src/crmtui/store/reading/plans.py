"""The list of communication plans, and the rows behind a plan's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

YEAR: Final = dt.timedelta(days=364)  # before the last day of a year, which counts too
MOST_PEOPLE: Final = 60  # rows of a plan for people who have no contact in it yet

VIEW: Final = View(
    table="plan",
    joins="""LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(t.account_id, p.account_id)
        LEFT JOIN actor o ON o.id = coalesce(p.owner_id, a.owner_id)""",
    order="ends",
    searched=(
        "t.id IN ({plan})",
        "t.account_id IN ({account})",
        "t.opportunity_id IN ({opportunity})",
        "p.account_id IN ({account})",
    ),
    columns=(
        Column(key="objective", label=N_("Objective"), sql="t.objective", width=24),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", width=14, priority=6),
        Column(
            key="status",
            label=N_("Status"),
            sql="t.status",
            shape=Shape.WORD,
            words=words.PlanStatus,
            order="CASE t.status WHEN 'running' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END",
            width=8,
            priority=3,
        ),
        Column(key="starts", label=N_("From"), sql="t.starts_on", shape=Shape.PAST, width=11, priority=8),
        Column(
            key="ends",
            label=NP_("period", "To"),
            sql="t.ends_on",
            order="t.status = 'finished', t.ends_on",
            shape=Shape.FUTURE,
            width=11,
        ),
        Column(
            key="done",
            label=NP_("column", "Done"),
            sql="(SELECT count(*) FROM contact c WHERE c.plan_id = t.id AND c.status = 'done')",
            shape=Shape.NUMBER,
            width=4,
            priority=4,
        ),
        Column(
            key="planned",
            label=N_("Planned"),
            sql="(SELECT count(*) FROM contact c WHERE c.plan_id = t.id AND c.status IN ('planned', 'moved'))",
            shape=Shape.NUMBER,
            width=7,
            priority=1,
        ),
        Column(
            key="late",
            label=N_("Late"),
            sql="""(SELECT count(*) FROM contact c WHERE c.plan_id = t.id AND c.status IN ('planned', 'moved')
                AND c.day < :today)""",
            shape=Shape.NUMBER,
            width=4,
            priority=7,
        ),
        Column(
            key="spent",
            label=N_("Spent"),
            sql="""(SELECT sum(c.cost) FROM contact c WHERE c.plan_id = t.id AND c.status = 'done'
                AND c.currency = t.currency)""",
            currency="t.currency",
            shape=Shape.MONEY,
            width=8,
            priority=5,
        ),
        Column(
            key="budget",
            label=N_("Budget"),
            sql="t.budget",
            currency="t.currency",
            shape=Shape.MONEY,
            width=8,
            priority=2,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
        Column(
            key="account_id",
            label=N_("Account"),
            sql="coalesce(t.account_id, p.account_id)",
            shape=Shape.NUMBER,
            listed=False,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plan is about; names are '' for what is not there.

    Attributes:
        account_id: the account, also of a plan for an opportunity.
        map_id: the decision-making unit: of the opportunity where somebody is on it, else of the account; None where
            there is none.
    """

    account_id: int | None
    account: str
    opportunity_id: int | None
    opportunity: str
    map_id: int | None


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person who can be planned for.

    Attributes:
        id: its key.
        title: the position, '' when unknown.
        roles: in the buying process, as they are kept; '' for those who are not on the map.
        power: over the decision, 0 to 4; None when unknown.
    """

    id: int
    name: str
    title: str
    roles: str
    power: int | None


def subject(connection: sqlite3.Connection, plan_id: int) -> Subject:
    """What a plan is about."""
    row = connection.execute(
        """SELECT a.id, coalesce(a.name, ''), p.id, coalesce(p.name, ''), coalesce(
            (SELECT m.id FROM dmu_map m WHERE m.opportunity_id = p.id
                AND EXISTS (SELECT 1 FROM stakeholder s WHERE s.map_id = m.id)),
            (SELECT m.id FROM dmu_map m WHERE m.account_id = a.id))
        FROM plan t LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(t.account_id, p.account_id) WHERE t.id = ?""",
        (plan_id,),
    ).fetchone()
    return Subject(*row)


def people(connection: sqlite3.Connection, about: Subject, named: Sequence[int]) -> list[Reachable]:
    """Those who weigh most first: who is on the map, then the others who are named.

    Where there is no map, the people of the account come after those named, at most `MOST_PEOPLE`.
    """
    marks = ", ".join(str(int(person_id)) for person_id in named)
    rows = connection.execute(
        f"""SELECT n.id, n.name, n.title, coalesce(s.roles, ''), s.power FROM person n
        LEFT JOIN stakeholder s ON s.person_id = n.id AND s.map_id = :map
        WHERE n.id IN ({marks}) OR n.id IN (SELECT person_id FROM stakeholder WHERE map_id = :map)
            OR (:map IS NULL AND n.id IN (SELECT id FROM person WHERE account_id = :account LIMIT {MOST_PEOPLE}))
        ORDER BY s.id IS NULL, s.power DESC NULLS LAST, n.id NOT IN ({marks}), n.name_key, n.id""",
        {"map": about.map_id, "account": about.account_id},
    )
    return [Reachable(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Margin:
    """What the orders of an account brought in a time; orders that were cancelled are left out.

    Attributes:
        since: the first day that counts.
        until: the last one.
        minor: minor units of the currency that was asked for; None where no line tells its margin in it.
        orders: how many orders in it there were.
        unknown: how many of their lines have no margin.
        elsewhere: margins in other currencies, never added: (minor units, currency).
    """

    since: dt.date
    until: dt.date
    minor: int | None
    orders: int
    unknown: int
    elsewhere: tuple[tuple[int, str], ...]


def margin(connection: sqlite3.Connection, account_id: int | None, currency: str, until: dt.date) -> Margin:
    """What the orders of an account brought in the year up to a day."""
    since = until - min(YEAR, until - dt.date.min)
    rows = connection.execute(
        """SELECT t.currency, sum(l.margin), count(DISTINCT t.id), sum(l.id IS NOT NULL AND l.margin IS NULL)
        FROM sales_order t LEFT JOIN order_line l ON l.order_id = t.id
        WHERE t.account_id = ? AND t.status <> 'cancelled' AND t.day BETWEEN ? AND ? GROUP BY t.currency""",
        (account_id, since.isoformat(), until.isoformat()),
    ).fetchall()
    return Margin(
        since=since,
        until=until,
        minor=next((minor for code, minor, _orders, _unknown in rows if code == currency), None),
        orders=sum(orders for code, _minor, orders, _unknown in rows if code == currency),
        unknown=sum(unknown for code, _minor, _orders, unknown in rows if code == currency),
        elsewhere=tuple((minor, code) for code, minor, _o, _u in rows if code != currency and minor is not None),
    )


def names(connection: sqlite3.Connection, table: str) -> dict[int, str]:
    """The names of all channels, or of all of ours, by key."""
    return dict(connection.execute(f"SELECT id, name FROM {table}").fetchall())
