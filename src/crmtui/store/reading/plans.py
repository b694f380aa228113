"""The list of communication plans, and the rows behind a plan's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

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
        map_id: the decision-making unit: of the opportunity, else of the account; None where there is none.
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
            (SELECT m.id FROM dmu_map m WHERE m.opportunity_id = p.id),
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


def names(connection: sqlite3.Connection, table: str) -> dict[int, str]:
    """The names of all channels, or of all of ours, by key."""
    return dict(connection.execute(f"SELECT id, name FROM {table}").fetchall())
