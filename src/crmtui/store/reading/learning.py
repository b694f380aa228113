"""The rows that are learnt from: how opportunities ended, what was planned and done, how accounts moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3

_CLOSED: Final = "p.stage IN ('won', 'lost')"


class Closed(NamedTuple):
    """A closed opportunity.

    Attributes:
        account: the name of its account; '' for none.
        is_won: 0 or 1.
        day: when it was closed, ISO; None when unknown.
        probability: of winning, as its newest scorecard with one gave it, not after it was closed; None of none.
    """

    opportunity_id: int
    name: str
    account: str
    is_won: int
    reason: str
    day: str | None
    probability: float | None


class Spent(NamedTuple):
    """The contacts of an account on a channel in a time that were planned in a plan, or were not.

    Attributes:
        account_id: None where no account is named.
        is_planned: 0 or 1.
        planned: how many there were, cancelled ones among them.
        done: how many of them happened.
        hours: that all of them take, as far as they are known.
        hours_done: that those which happened took.
        cost: of those that happened, minor units of the currency that was asked for.
        elsewhere: how many of those have a cost in another.
    """

    account_id: int | None
    channel_id: int
    is_planned: int
    planned: int
    done: int
    hours: float
    hours_done: float
    cost: int
    elsewhere: int


def closed(connection: sqlite3.Connection) -> list[Closed]:
    """All closed opportunities, the last closed first."""
    rows = connection.execute(
        f"""WITH given AS (SELECT s.opportunity_id, s.probability, row_number() OVER
                (PARTITION BY s.opportunity_id ORDER BY s.day DESC, s.id DESC) AS rank
            FROM scorecard s JOIN opportunity p ON p.id = s.opportunity_id
            WHERE {_CLOSED} AND s.probability IS NOT NULL AND s.day <= coalesce(p.closed_on, s.day))
        SELECT p.id, p.name, coalesce(a.name, ''), p.stage = 'won', p.reason, p.closed_on, g.probability
        FROM opportunity p LEFT JOIN account a ON a.id = p.account_id
        LEFT JOIN given g ON g.opportunity_id = p.id AND g.rank = 1
        WHERE {_CLOSED} ORDER BY p.closed_on DESC, p.id DESC"""
    )
    return [Closed(*row) for row in rows]


def findings(connection: sqlite3.Connection) -> dict[int, set[str]]:
    """What was kept of the maps of closed opportunities, by opportunity; without those of which nothing was kept."""
    found: dict[int, set[str]] = {}
    for opportunity_id, code in connection.execute("SELECT opportunity_id, finding FROM opportunity_finding"):
        found.setdefault(opportunity_id, set()).add(code)
    return found


def spent(connection: sqlite3.Connection, since: str, until: str, currency: str) -> list[Spent]:
    """The contacts after a day and up to another, by account and channel, planned ones and others apart.

    One that nobody planned and that never happened is no effort, and is left out; so is one of the last day that is
    still to come.
    """
    rows = connection.execute(
        """SELECT account_id, channel_id, plan_id IS NOT NULL AS is_planned, count(*), sum(status = 'done'),
            coalesce(sum(hours), 0.0), coalesce(sum(CASE WHEN status = 'done' THEN hours END), 0.0),
            coalesce(sum(CASE WHEN status = 'done' AND currency = :currency THEN cost END), 0),
            sum(status = 'done' AND cost > 0 AND currency <> :currency)
        FROM contact WHERE day > :since AND day <= :until AND (plan_id IS NOT NULL OR status = 'done')
            AND (day < :until OR status IN ('done', 'cancelled'))
        GROUP BY account_id, channel_id, is_planned""",
        {"since": since, "until": until, "currency": currency},
    )
    return [Spent(*row) for row in rows]


def allotted(connection: sqlite3.Connection, today: str) -> tuple[str, str, dict[int, float]] | None:
    """The hours of each account in the accepted scenario of today with its first and last day; None without one."""
    found = connection.execute(
        """SELECT id, starts_on, ends_on FROM territory_scenario
        WHERE is_accepted AND :today BETWEEN starts_on AND ends_on ORDER BY starts_on DESC, id DESC LIMIT 1""",
        {"today": today},
    ).fetchone()
    if found is None:
        return None
    rows = connection.execute("SELECT account_id, hours FROM scenario_line WHERE scenario_id = ?", (found[0],))
    return found[1], found[2], dict(rows.fetchall())


def levels(connection: sqlite3.Connection, until: str) -> list[tuple[int, str, str, int]]:
    """Account, day, level, and whether it was set by hand, of each assessment up to a day, the oldest first."""
    return connection.execute(
        """SELECT account_id, day, coalesce(override_level, level), override_level IS NOT NULL
        FROM assessment WHERE day <= ? ORDER BY day, id""",
        (until,),
    ).fetchall()


def names(connection: sqlite3.Connection) -> dict[int, str]:
    """The names of all accounts."""
    return dict(connection.execute("SELECT id, name FROM account").fetchall())


def channels(connection: sqlite3.Connection) -> dict[int, tuple[str, float]]:
    """Name and quality of all channels."""
    rows = connection.execute("SELECT id, name, quality FROM channel")
    return {key: (name, quality) for key, name, quality in rows}


def met(connection: sqlite3.Connection, since: str, until: str) -> list[tuple[int, int, int, int]]:
    """(account, channel, person, how often) of the contacts that happened after a day and up to another."""
    return connection.execute(
        """SELECT c.account_id, c.channel_id, cp.person_id, count(*)
        FROM contact c JOIN contact_person cp ON cp.contact_id = c.id
        WHERE c.status = 'done' AND c.day > ? AND c.day <= ? AND c.account_id IS NOT NULL
        GROUP BY c.account_id, c.channel_id, cp.person_id""",
        (since, until),
    ).fetchall()


def labels(connection: sqlite3.Connection) -> dict[str, str]:
    """What the criteria of all templates are called, by code; of several, as the newest template has it."""
    return dict(connection.execute("SELECT code, label FROM criterion ORDER BY template_id").fetchall())
