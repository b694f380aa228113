"""The list of scenarios of the territory, and the hours that they give accounts beside those of their contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.words import EffortUnit
from crmtui.store.reading.contacts import OPEN
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.store.reading.territory import SERVED
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3

_LINES: Final = "scenario_line l WHERE l.scenario_id = t.id"

VIEW: Final = View(
    table="territory_scenario",
    order="-starts",
    tie="t.id DESC",
    searched=(f"EXISTS (SELECT 1 FROM {_LINES} AND l.account_id IN ({{account}}))",),
    columns=(
        Column(key="name", label=N_("Scenario"), sql="t.name", order="t.name_key", width=24),
        Column(key="starts", label=N_("From"), sql="t.starts_on", shape=Shape.PAST, width=11),
        Column(key="ends", label=N_("Until"), sql="t.ends_on", shape=Shape.FUTURE, width=11),
        Column(key="unit", label=N_("Divided in"), sql="t.unit", shape=Shape.WORD, words=EffortUnit, width=10),
        Column(key="capacity", label=N_("There are"), sql="t.capacity", shape=Shape.NUMBER, width=9),
        Column(
            key="accounts",
            label=N_("Accounts"),
            sql=f"(SELECT count(*) FROM {_LINES})",
            shape=Shape.NUMBER,
            width=8,
        ),
        Column(key="accepted", label=N_("Accepted"), sql="t.is_accepted", shape=Shape.NUMBER, width=8),
    ),
)

_HOURS: Final = "coalesce(c.hours, h.hours, 0.0)"  # the usual ones of the channel where none stand
_COUNTED: Final = f"""sum(CASE WHEN c.status = 'done' AND c.day <= :today THEN {_HOURS} ELSE 0.0 END),
    sum(CASE WHEN {OPEN} AND c.day >= :today THEN {_HOURS} ELSE 0.0 END)"""
_CONTACTS: Final = "contact c LEFT JOIN channel h ON h.id = c.channel_id"
# The accepted scenario of some days, the one that begins first.
_ACCEPTED: Final = """SELECT t.* FROM territory_scenario t
    WHERE t.is_accepted AND t.starts_on <= :until AND t.ends_on >= :since ORDER BY t.starts_on, t.id DESC LIMIT 1"""


class Week(NamedTuple):
    """A week of the accepted scenario.

    Attributes:
        allotted: hours that it gives accounts in a week.
        used: hours of the contacts with them, done and planned, of the week.
    """

    allotted: float
    used: float


def weekly(connection: sqlite3.Connection, today: str, days: tuple[str, str], me: int | None) -> Week | None:
    """What the accepted scenario of today gives the accounts of one of ours and of nobody, or all, in a week.

    None where none is accepted; `days` are the first and the last of the week.
    """
    row = connection.execute(
        f"""WITH t AS ({_ACCEPTED}), l AS (SELECT l.account_id, l.hours FROM scenario_line l JOIN t
                ON t.id = l.scenario_id JOIN account a ON a.id = l.account_id
                WHERE {SERVED} AND (:me IS NULL OR coalesce(a.owner_id, :me) = :me))
        SELECT 7.0 * coalesce((SELECT sum(hours) FROM l), 0.0)
                / (julianday(t.ends_on) - julianday(t.starts_on) + 1),
            (SELECT coalesce(sum({_HOURS}), 0.0) FROM {_CONTACTS} WHERE c.status <> 'cancelled'
                AND c.day BETWEEN :monday AND :sunday AND c.account_id IN (SELECT account_id FROM l))
        FROM t""",
        {"today": today, "since": today, "until": today, "me": me, "monday": days[0], "sunday": days[1]},
    ).fetchone()
    return Week(*row) if row else None


class Accepted(NamedTuple):
    """The hours of an account in the accepted scenario of some days.

    Attributes:
        scenario: its name.
        starts_on: its first day, ISO.
        ends_on: its last.
        hours: the account's; None where it is not in it.
        done: hours of its contacts since the first day.
        planned: hours of those to come until the last one; what is late does not count.
    """

    scenario: str
    starts_on: str
    ends_on: str
    hours: float | None
    done: float
    planned: float

    @property
    def left(self) -> float | None:
        """What may still be planned, at least 0; None where it is not in it."""
        return None if self.hours is None else max(0.0, self.hours - self.done - self.planned)

    @property
    def is_over(self) -> bool:
        """Whether more is spent and planned than it gives."""
        return self.hours is not None and self.done + self.planned > self.hours


def accepted(
    connection: sqlite3.Connection, account_id: int, today: str, days: tuple[str, str] | None = None
) -> Accepted | None:
    """What the accepted scenario gives an account; None where none is accepted.

    `days` are the first and the last of a time that it must touch; today when left out.
    """
    since, until = days or (today, today)
    row = connection.execute(
        f"""WITH t AS ({_ACCEPTED}), s(done, planned) AS (SELECT {_COUNTED} FROM t, {_CONTACTS}
            WHERE c.account_id = :account AND c.day BETWEEN t.starts_on AND t.ends_on)
        SELECT t.name, t.starts_on, t.ends_on,
            (SELECT l.hours FROM scenario_line l WHERE l.scenario_id = t.id AND l.account_id = :account),
            coalesce(s.done, 0.0), coalesce(s.planned, 0.0) FROM t, s""",
        {"account": account_id, "today": today, "since": since, "until": until},
    ).fetchone()
    return Accepted(*row) if row else None


class Served(NamedTuple):
    """An account of a scenario, with the hours of its contacts.

    Attributes:
        account_id: which.
        name: its name.
        owner_id: who of ours looks after it; None for nobody.
        hours: what the scenario gives it.
        done: hours of its contacts since the scenario began.
        planned: hours of those to come until it ends.
        is_gone: whether it was closed or lost since; then nobody is to spend hours on it.
        lost_on: the day it was lost, ISO; None where nobody told.
    """

    account_id: int
    name: str
    owner_id: int | None
    hours: float
    done: float
    planned: float
    is_gone: bool
    lost_on: str | None


def of_scenario(connection: sqlite3.Connection, scenario_id: int, today: str) -> list[Served]:
    """The accounts of a scenario in the order of their names, each with what was and will be spent on it."""
    rows = connection.execute(
        f"""WITH t AS (SELECT * FROM territory_scenario WHERE id = :scenario),
        s(account_id, done, planned) AS (SELECT c.account_id, {_COUNTED} FROM t, {_CONTACTS}
            WHERE c.day BETWEEN t.starts_on AND t.ends_on GROUP BY c.account_id)
        SELECT a.id, a.name, a.owner_id, l.hours, coalesce(s.done, 0.0), coalesce(s.planned, 0.0), NOT {SERVED},
            a.lost_on
        FROM scenario_line l JOIN account a ON a.id = l.account_id LEFT JOIN s ON s.account_id = a.id
        WHERE l.scenario_id = :scenario ORDER BY a.name_key, a.id""",
        {"scenario": scenario_id, "today": today},
    )
    return [Served(*row) for row in rows]


def trips(connection: sqlite3.Connection, scenario_id: int, today: str) -> float:
    """Hours of one trip to every area where the scenario gives an account hours; 0 where it does not count trips."""
    (found,) = connection.execute(
        f"""SELECT coalesce(sum(r.trip_hours), 0.0) FROM area r WHERE r.id IN (
            SELECT a.area_id FROM scenario_line l JOIN account a ON a.id = l.account_id
            JOIN territory_scenario t ON t.id = l.scenario_id
            WHERE l.scenario_id = :scenario AND l.hours > 0 AND t.with_travel AND {SERVED})""",
        {"scenario": scenario_id, "today": today},
    ).fetchone()
    return float(found)


def current(connection: sqlite3.Connection, today: str) -> tuple[int, str, str, str] | None:
    """Key, name, first and last day of the accepted scenario of today; None where none is accepted."""
    row = connection.execute(
        f"SELECT id, name, starts_on, ends_on FROM ({_ACCEPTED})", {"since": today, "until": today}
    ).fetchone()
    return tuple(row) if row else None
