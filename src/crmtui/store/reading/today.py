"""The rows behind Today: this week's contacts, the pipeline, what to watch, and what is not written down.

Each question is one bounded SELECT: it counts all that it finds and returns the first few. `:me` narrows it to one of
ours; what belongs to nobody is everybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import Level
from crmtui.store.reading import actions, contacts

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Sequence

    from crmtui.store.reading.actions import Task
    from crmtui.store.reading.contacts import Entry

MOST_CONTACTS: Final = 100
Parameters = dict[str, Any]

MY_CONTACT: Final = "(:me IS NULL OR c.actor_id IS NULL OR c.actor_id = :me)"
_MY_ACCOUNT: Final = "(:me IS NULL OR coalesce(a.owner_id, :me) = :me)"
_MY_DEAL: Final = "(:me IS NULL OR coalesce(p.owner_id, a.owner_id, :me) = :me)"
_DEAL_OPEN: Final = "p.stage NOT IN ('won', 'lost')"
DEALS: Final = f"opportunity p LEFT JOIN account a ON a.id = p.account_id WHERE {_DEAL_OPEN} AND {_MY_DEAL}"


class Found(NamedTuple):
    """What a question found.

    Attributes:
        total: how many there are.
        rows: the first of them.
    """

    total: int
    rows: list[tuple[Any, ...]]


def _ask(connection: sqlite3.Connection, select: str, parameters: Parameters) -> Found:
    """Rows of a SELECT whose first column is `count(*) OVER ()`."""
    rows = connection.execute(f"{select} LIMIT :limit", parameters).fetchall()
    return Found(rows[0][0] if rows else 0, [row[1:] for row in rows])


# Contacts


def agenda(connection: sqlite3.Connection, days: str, parameters: Parameters) -> tuple[int, tuple[Entry, ...]]:
    """How many contacts are still to happen on days that meet a condition on `c.day`, and the first `MOST_CONTACTS`."""
    condition = f"{contacts.OPEN} AND {days} AND {MY_CONTACT}"
    found = contacts.entries(connection, condition, parameters, limit=MOST_CONTACTS)
    if len(found) < MOST_CONTACTS:
        return len(found), found
    return connection.execute(f"SELECT count(*) FROM contact c WHERE {condition}", parameters).fetchone()[0], found


def tasks(connection: sqlite3.Connection, days: str, parameters: Parameters) -> tuple[int, tuple[Task, ...]]:
    """How many actions are still to be done by days that meet a condition on `x.due_on`, and the first ones."""
    found = actions.actions(
        connection, f"{actions.OPEN} AND {actions.MINE} AND {days}", parameters, limit=MOST_CONTACTS
    )
    return len(found) if len(found) < MOST_CONTACTS else actions.due(connection, days, parameters), found


def week(connection: sqlite3.Connection, parameters: Parameters) -> list[tuple[int, int, float, int]]:
    """Of the contacts from `:monday` to `:sunday`: whether done, how many, their hours, how many without hours."""
    return connection.execute(
        f"""SELECT c.status = 'done', count(*), coalesce(sum(c.hours), 0.0), count(*) - count(c.hours) FROM contact c
        WHERE c.day BETWEEN :monday AND :sunday AND c.status <> 'cancelled' AND {MY_CONTACT} GROUP BY 1""",
        parameters,
    ).fetchall()


# Opportunities


def pipeline(connection: sqlite3.Connection, parameters: Parameters) -> list[tuple[str, int, int, int, int, int]]:
    """Open opportunities by currency: how many, their value, due from today to `:month_end`, late, without a date."""
    return connection.execute(
        f"""SELECT p.currency, count(*), coalesce(sum(p.value), 0),
            coalesce(sum(p.expected_on BETWEEN :today AND :month_end), 0), coalesce(sum(p.expected_on < :today), 0),
            sum(p.expected_on IS NULL)
        FROM {DEALS} GROUP BY 1 ORDER BY 2 DESC""",
        parameters,
    ).fetchall()


def pipeline_on(
    connection: sqlite3.Connection, days: Sequence[dt.date], currency: str, parameters: Parameters
) -> list[int]:
    """The value that was open at the end of each of these days, in one currency."""
    sums = ", ".join(
        f"""coalesce(sum(CASE WHEN coalesce(p.opened_on, '') <= '{day.isoformat()}'
            AND ({_DEAL_OPEN} OR p.closed_on > '{day.isoformat()}') THEN p.value END), 0)"""
        for day in days
    )
    row = connection.execute(
        f"""SELECT {sums} FROM opportunity p LEFT JOIN account a ON a.id = p.account_id
        WHERE p.currency = :currency AND ({_DEAL_OPEN} OR p.closed_on > :oldest) AND {_MY_DEAL}""",
        parameters | {"currency": currency, "oldest": min(days).isoformat()},
    ).fetchone()
    return list(row)


def late_closes(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Open opportunities past their expected close, the latest first: key, name, account key, account, day."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), p.id, p.name, a.id, coalesce(a.name, ''), p.expected_on
        FROM {DEALS} AND p.expected_on < :today ORDER BY p.expected_on, p.id""",
        parameters,
    )


def stale_cards(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Open opportunities last scored before `:scored`: key, name, account key, account, day."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), p.id, p.name, a.id, coalesce(a.name, ''), p.scored FROM
            (SELECT o.*, (SELECT max(s.day) FROM scorecard s WHERE s.opportunity_id = o.id) AS scored FROM opportunity o
            WHERE o.id IN (SELECT opportunity_id FROM scorecard)) p
        LEFT JOIN account a ON a.id = p.account_id
        WHERE {_DEAL_OPEN} AND {_MY_DEAL} AND p.scored < :scored ORDER BY p.scored, p.id""",
        parameters,
    )


def without_step(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Open opportunities with neither a next step nor a contact planned: key, name, account key, account, value."""
    return _greatest(
        connection,
        f"""p.next_step = '' AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.opportunity_id = p.id
            AND {contacts.OPEN} AND c.day >= :today)""",
        parameters,
    )


def without_card(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Open opportunities that nobody has scored: key, name, account key, account, value, currency."""
    return _greatest(connection, "NOT EXISTS (SELECT 1 FROM scorecard s WHERE s.opportunity_id = p.id)", parameters)


def _greatest(connection: sqlite3.Connection, condition: str, parameters: Parameters) -> Found:
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), p.id, p.name, a.id, coalesce(a.name, ''), p.value, p.currency
        FROM {DEALS} AND {condition} ORDER BY p.value DESC NULLS LAST, p.id""",
        parameters,
    )


# Accounts

_WORTH: Final = f"""a.status = 'active' AND {_MY_ACCOUNT} AND (a.level IN ('account', 'partner')
    OR EXISTS (SELECT 1 FROM opportunity p WHERE p.account_id = a.id AND {_DEAL_OPEN}))"""
_TOUCHED: Final = "SELECT 1 FROM contact c WHERE c.account_id = a.id AND c.status = 'done'"


def contracts(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Contracts that end up to `:ending`: account, its name, offering, competitor or '', whether it is ours, day."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), a.id, a.name, f.name, coalesce(k.name, ''), w.state = 'us', w.contract_ends_on
        FROM white_space w JOIN account a ON a.id = w.account_id JOIN offering f ON f.id = w.offering_id
        LEFT JOIN competitor k ON k.id = w.competitor_id
        WHERE a.status = 'active' AND {_MY_ACCOUNT} AND w.contract_ends_on BETWEEN :today AND :ending
        ORDER BY w.contract_ends_on, a.name_key, w.id""",
        parameters,
    )


def quiet(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Accounts of worth whose last contact was before `:quiet`: key, name, its day."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), a.id, a.name, (SELECT max(c.day) FROM contact c
            WHERE c.account_id = a.id AND c.status = 'done') AS last
        FROM account a WHERE {_WORTH} AND EXISTS ({_TOUCHED})
            AND NOT EXISTS ({_TOUCHED} AND c.day >= :quiet) ORDER BY last, a.id""",
        parameters,
    )


def untouched(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Accounts of worth where no contact was ever logged: key, name."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), a.id, a.name FROM account a WHERE {_WORTH} AND NOT EXISTS ({_TOUCHED})
        ORDER BY a.name_key, a.id""",
        parameters,
    )


def unmapped(connection: sqlite3.Connection, parameters: Parameters) -> Found:
    """Accounts with open opportunities and nobody on any map: key, name, how many opportunities."""
    return _ask(
        connection,
        f"""SELECT count(*) OVER (), a.id, a.name, count(*) AS deals FROM {DEALS} AND a.status = 'active'
            AND NOT EXISTS (SELECT 1 FROM dmu_map m JOIN stakeholder s ON s.map_id = m.id WHERE m.account_id = a.id)
            AND NOT EXISTS (SELECT 1 FROM opportunity q JOIN dmu_map m ON m.opportunity_id = q.id
                JOIN stakeholder s ON s.map_id = m.id WHERE q.account_id = a.id)
        GROUP BY a.id ORDER BY deals DESC, a.name_key""",
        parameters,
    )


def fallen(connection: sqlite3.Connection, parameters: Parameters) -> list[tuple[int, str, Level, Level, str]]:
    """Accounts whose level fell since `:fell`, newest first: key, name, level before, level now, day.

    By the newest assessment against the one before it, where an account has been assessed so; else the journal knows:
    the newest change of an account's level is the newest past that has another one.
    """
    assessed = connection.execute(
        f"""WITH dated AS (SELECT s.account_id, s.day, coalesce(s.override_level, s.level) AS level,
                lead(coalesce(s.override_level, s.level)) OVER w AS before, row_number() OVER w AS place
            FROM assessment s WINDOW w AS (PARTITION BY s.account_id ORDER BY s.day DESC, s.id DESC))
        SELECT a.id, a.name, d.before, d.level, d.day FROM dated d JOIN account a ON a.id = d.account_id
        WHERE d.place = 1 AND d.before IS NOT NULL AND d.day >= :fell AND d.level = a.level AND {_MY_ACCOUNT}
        ORDER BY d.day DESC, a.id""",
        parameters,
    )
    journaled = connection.execute(
        f"""SELECT a.id, a.name, b.level, a.level, e.at FROM past_account b CROSS JOIN change h ON h.id = b.change_id
        JOIN change_set e ON e.id = h.set_id JOIN account a ON a.id = h.row_id
        WHERE b.level <> a.level AND h.op = 'U' AND e.at >= :fell AND {_MY_ACCOUNT} ORDER BY h.id DESC""",
        parameters,
    )
    newest: dict[int, tuple[int, str, Level, Level, str]] = {}
    for key, name, before, level, at in (*assessed, *journaled):
        newest.setdefault(key, (key, name, _LEVELS[before], _LEVELS[level], at[:10]))
    order = list(Level)
    return [row for row in newest.values() if order.index(row[2]) > order.index(row[3])]


_LEVELS: Final = {level.value: level for level in Level}
