"""The rows behind what is delivered to an account, and what of it is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.propositions import Proposition
from crmtui.store.reading import records
from crmtui.store.reading.requests import DUE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

MOST_DUE: Final = 100
_RUNNING: Final = "status IN ('done', 'stopped'), ends_on IS NULL, ends_on, id"
Names = dict[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is delivered to an account.

    Attributes:
        projects: those that run first, by the day they are to end.
        people: of all projects, in the order they were named.
        competences: of all projects, likewise.
        promises: open ones first, by day due.
        requests: likewise.
        answers: of feedback, the newest first.
        names: of what they link to, by table and key.
    """

    projects: tuple[Project, ...]
    people: tuple[ProjectPerson, ...]
    competences: tuple[Competence, ...]
    promises: tuple[Promise, ...]
    requests: tuple[CustomerRequest, ...]
    answers: tuple[Satisfaction, ...]
    names: Names


def of(connection: sqlite3.Connection, account_id: int) -> Delivery:
    """What is delivered to an account, in a statement for each kind of record."""
    account, part = "account_id = ?", "project_id IN (SELECT id FROM project WHERE account_id = ?)"
    by = (account_id,)
    projects = tuple(records.where(connection, Project, account, by, _RUNNING))
    people = tuple(records.where(connection, ProjectPerson, part, by))
    competences = tuple(records.where(connection, Competence, part, by))
    promises = tuple(records.where(connection, Promise, account, by, "kept IS NOT NULL, due_on IS NULL, due_on, id"))
    requests = tuple(
        records.where(
            connection, CustomerRequest, account, by, f"answered_on IS NOT NULL, {DUE.format(x='customer_request')}, id"
        )
    )
    answers = tuple(records.where(connection, Satisfaction, account, by, "day DESC, id DESC"))
    every: tuple[Record, ...] = (*projects, *people, *competences, *promises, *requests, *answers)
    return Delivery(projects, people, competences, promises, requests, answers, _names(connection, every))


def _names(connection: sqlite3.Connection, found: Iterable[Record]) -> Names:
    """The names of all that the records link to, in a statement for each table."""
    wanted: dict[str, set[int]] = {}
    for one in found:
        for name, spec in specs(type(one)).items():
            if spec.kind is Kind.LINK and (key := getattr(one, name)) is not None:
                wanted.setdefault(spec.link, set()).add(key)
    return {
        (table, key): name
        for table, keys in wanted.items()
        for key, name in connection.execute(
            f"SELECT id, name FROM {table} WHERE id IN ({', '.join(str(int(key)) for key in keys)})"
        )
    }


def promised(connection: sqlite3.Connection, opportunity_id: int) -> tuple[list[Promise], list[Proposition]]:
    """The promises made for an opportunity, and the lines of its value proposition."""
    return (
        list(records.where(connection, Promise, "opportunity_id = ?", (opportunity_id,))),
        list(records.where(connection, Proposition, "opportunity_id = ?", (opportunity_id,), "position, id")),
    )


def carried(connection: sqlite3.Connection, project_id: int) -> int:
    """How many promises belong to a project."""
    row = connection.execute("SELECT count(*) FROM promise WHERE project_id = ?", (project_id,)).fetchone()
    return int(row[0])


def projects(connection: sqlite3.Connection, account_id: int) -> list[tuple[int, str]]:
    """The projects of an account, those that run first: (key, name)."""
    return connection.execute(
        f"SELECT id, name FROM project WHERE account_id = ? ORDER BY {_RUNNING}", (account_id,)
    ).fetchall()


def project_of(connection: sqlite3.Connection, opportunity_id: int) -> int | None:
    """The first project of an opportunity; None where there is none."""
    row = connection.execute(
        "SELECT id FROM project WHERE opportunity_id = ? ORDER BY id LIMIT 1", (opportunity_id,)
    ).fetchone()
    return row[0] if row else None


class Touched(NamedTuple):
    """A contact that happened: what it cost, in which currency, and how long it took."""

    id: int
    cost: int | None
    currency: str
    hours: float | None


def touched(connection: sqlite3.Connection, account_id: int, since: dt.date, until: dt.date) -> list[Touched]:
    """The contacts with an account that happened in some days, those about its opportunities among them."""
    rows = connection.execute(
        """SELECT c.id, c.cost, c.currency, c.hours FROM contact c LEFT JOIN opportunity p ON p.id = c.opportunity_id
        WHERE coalesce(c.account_id, p.account_id) = ? AND c.status = 'done' AND c.day BETWEEN ? AND ? ORDER BY c.id""",
        (account_id, since.isoformat(), until.isoformat()),
    )
    return [Touched(*row) for row in rows]


# What is due


@dataclass(frozen=True, slots=True)
class Due:
    """A promise to keep or a request to answer, with the names that a line shows; '' for what is not there.

    Attributes:
        kind: `Promise` or `CustomerRequest`.
        id: its key.
        owner: who of ours promised it, or whom it was passed to.
        person: whom it was promised to, or who asked.
        due_on: its own day, or the usual one of a request.
    """

    kind: type[Record]
    id: int
    name: str
    account_id: int
    account: str
    owner: str
    person: str
    due_on: dt.date


_MINE: Final = "(:me IS NULL OR coalesce({x}.{ours}, a.owner_id, :me) = :me)"
_DUE: Final[Mapping[type[Record], tuple[str, str, str, str]]] = {
    Promise: ("promise", "actor_id", "kept IS NULL", "{x}.due_on"),
    CustomerRequest: ("customer_request", "passed_to_id", "answered_on IS NULL", DUE),
}


def due(connection: sqlite3.Connection, days: str, parameters: Mapping[str, Any]) -> tuple[int, tuple[Due, ...]]:
    """Open promises and requests whose day meets a condition on `{day}`, of `:me` or of nobody: how many, the first."""
    total, found = 0, []
    for kind, (table, ours, is_open, day) in _DUE.items():
        due_on = day.format(x="x")
        rows = connection.execute(
            f"""SELECT count(*) OVER (), x.id, x.name, x.account_id, a.name, coalesce(o.name, ''), coalesce(n.name, ''),
                {due_on} AS due FROM {table} x JOIN account a ON a.id = x.account_id
                LEFT JOIN actor o ON o.id = x.{ours} LEFT JOIN person n ON n.id = x.person_id
            WHERE x.{is_open} AND {_MINE.format(x="x", ours=ours)} AND {days.format(day=due_on)}
            ORDER BY due, x.id LIMIT {MOST_DUE}""",
            parameters,
        ).fetchall()
        total += rows[0][0] if rows else 0
        found += [_due(kind, *row[1:]) for row in rows]
    return total, tuple(sorted(found, key=lambda one: one.due_on))


def _due(kind: type[Record], key: int, name: str, account_id: int, *rest: str) -> Due:
    account, owner, person, day = rest
    return Due(kind, key, name, account_id, account, owner, person, dt.date.fromisoformat(day))
