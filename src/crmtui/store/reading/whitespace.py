"""The rows behind the white space: accounts and their units in order, what was judged, what was ordered."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crmtui.domain.whitespace import WhiteSpace
from crmtui.store.reading import records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

# Orders that were not cancelled, and what was won without one, as everywhere; what was won has a number below 0.
_ORDERED = """(SELECT o.account_id, l.offering_id, o.id AS number, o.day
    FROM sales_order o JOIN order_line l ON l.order_id = o.id
    WHERE o.status <> 'cancelled' AND l.offering_id IS NOT NULL
    UNION ALL SELECT p.account_id, p.offering_id, -p.id, p.closed_on FROM opportunity p
    WHERE p.stage = 'won' AND p.account_id IS NOT NULL AND p.offering_id IS NOT NULL AND p.closed_on IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.opportunity_id = p.id AND o.status <> 'cancelled'))"""


class Offered(NamedTuple):
    """One of our offerings: its key, name, family ('' for none), price in minor units where it has one, identity."""

    id: int
    name: str
    family: str
    price: int | None
    currency: str
    uid: str


class Named(NamedTuple):
    """An account in the white space.

    Attributes:
        id: its key.
        parent: what it is a business unit of; '' for none.
        potential: of the whole account a year, minor units; None when unknown.
        currency: of that.
        uid: its identity.
    """

    id: int
    name: str
    parent: str
    potential: int | None
    currency: str
    uid: str


class Ordered(NamedTuple):
    """What an account ordered of an offering: in how many orders, and when last."""

    orders: int
    last: dt.date


@dataclass(frozen=True, slots=True)
class Order:
    """Accounts in order: each organisation by name, its business units below it.

    Attributes:
        ids: their keys.
        depths: how many organisations are above each.
    """

    ids: array[int]
    depths: bytes


def offerings(connection: sqlite3.Connection) -> tuple[Offered, ...]:
    """What we sell, by family and name."""
    rows = connection.execute(
        """SELECT id, name, family, price, currency, uid FROM offering WHERE is_active = 1
        ORDER BY family = '', family, name_key"""
    )
    return tuple(Offered(*row) for row in rows)


def in_order(connection: sqlite3.Connection, wanted: Collection[int] | None = None) -> Order:
    """All accounts that are not closed, or those of them that are wanted, units below what they are part of."""
    below: dict[int, list[int]] = defaultdict(list)
    tops: list[int] = []
    rows = connection.execute("SELECT id, parent_id FROM account WHERE status <> 'closed' ORDER BY name_key, id")
    found = rows.fetchall()
    there = {key for key, _parent in found}
    for key, parent in found:
        (below[parent] if parent in there else tops).append(key)
    keep = there if wanted is None else there.intersection(wanted)
    ids, depths = array("q"), bytearray()
    for key, depth in _walk(tops, below):
        if key in keep:
            ids.append(key)
            depths.append(min(depth, 9))
    return Order(ids, bytes(depths))


def _walk(tops: Sequence[int], below: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Each account with its depth, before its units."""
    left = [(key, 0) for key in reversed(tops)]
    while left:
        key, depth = left.pop()
        yield key, depth
        left += ((unit, depth + 1) for unit in reversed(below.get(key, ())))


def named(connection: sqlite3.Connection, account_ids: Collection[int]) -> dict[int, Named]:
    """The accounts of some keys."""
    rows = connection.execute(
        f"""SELECT a.id, a.name, coalesce(p.name, ''), a.potential, a.currency, a.uid FROM account a
        LEFT JOIN account p ON p.id = a.parent_id WHERE a.id IN ({_marks(account_ids)})"""
    )
    return {row[0]: Named(*row) for row in rows}


def judged(
    connection: sqlite3.Connection, account_ids: Collection[int] | None = None
) -> dict[tuple[int, int], WhiteSpace]:
    """What somebody said of cells, by account and offering; of some accounts, or of all."""
    condition = "1" if account_ids is None else f"account_id IN ({_marks(account_ids)})"
    return {(one.account_id, one.offering_id): one for one in records.where(connection, WhiteSpace, condition)}


def ordered(
    connection: sqlite3.Connection, account_ids: Collection[int] | None = None
) -> dict[tuple[int, int], Ordered]:
    """What was ordered, by account and offering; cancelled orders do not count, what was won without one does."""
    condition = "1" if account_ids is None else f"account_id IN ({_marks(account_ids)})"
    rows = connection.execute(
        f"""SELECT account_id, offering_id, count(DISTINCT number), max(day) FROM {_ORDERED} WHERE {condition}
        GROUP BY account_id, offering_id"""
    )
    return {(account, offering): Ordered(count, dt.date.fromisoformat(day)) for account, offering, count, day in rows}


class State(NamedTuple):
    """A cell in short: who supplies it by what was said, until when, and what it is worth."""

    account: int
    offering: int
    state: str
    ends_on: str | None
    potential: int | None
    currency: str


def states(connection: sqlite3.Connection) -> Iterator[State]:
    """All cells of which something was said, without the words."""
    rows = connection.execute(
        """SELECT w.account_id, w.offering_id, w.state, w.contract_ends_on, w.potential, w.currency FROM white_space w
        JOIN offering f ON f.id = w.offering_id AND f.is_active = 1
        JOIN account a ON a.id = w.account_id AND a.status <> 'closed'"""
    )
    return map(State._make, rows)


def bought(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Account and offering of all that was ordered, each once, as far as they are in the grid."""
    return iter(
        connection.execute(
            f"""SELECT DISTINCT account_id, offering_id FROM {_ORDERED}
            WHERE account_id IN (SELECT id FROM account WHERE status <> 'closed')
            AND offering_id IN (SELECT id FROM offering WHERE is_active = 1)"""
        )
    )


def size(connection: sqlite3.Connection) -> int:
    """How many cells the grid has."""
    row = connection.execute(
        """SELECT (SELECT count(*) FROM account WHERE status <> 'closed')
            * (SELECT count(*) FROM offering WHERE is_active = 1)"""
    ).fetchone()
    return int(row[0])


class Traits(NamedTuple):
    """What an account is like: industry and segment are '' where nobody knows."""

    account: int
    industry: str
    employees: int | None
    segment: str


def traits(connection: sqlite3.Connection, account_ids: Collection[int] | None = None) -> list[Traits]:
    """What accounts are like: some of them, or all that are not closed."""
    condition = "status <> 'closed'" if account_ids is None else f"id IN ({_marks(account_ids)})"
    rows = connection.execute(
        f"SELECT id, industry, employees, coalesce(segment, '') FROM account WHERE {condition} ORDER BY id"
    )
    return [Traits(*row) for row in rows]


def names(connection: sqlite3.Connection, table: str) -> dict[int, str]:
    """The names of all competitors, or of all offerings, by key."""
    return dict(connection.execute(f"SELECT id, name FROM {table}").fetchall())


def open_deal(connection: sqlite3.Connection, account_id: int, offering_id: int) -> int | None:
    """An open opportunity of an account for an offering; None where there is none."""
    row = connection.execute(
        """SELECT id FROM opportunity WHERE account_id = ? AND offering_id = ? AND stage NOT IN ('won', 'lost')
        ORDER BY id LIMIT 1""",
        (account_id, offering_id),
    ).fetchone()
    return row[0] if row else None


def _marks(keys: Collection[int]) -> str:
    return ", ".join(str(int(key)) for key in keys)
