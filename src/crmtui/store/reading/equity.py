"""The rows behind what customers are worth: levels over time, what was sold, and what contacts cost.

Of all accounts in one SELECT each; none depends on how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.store.reading.at_once import columns, texts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

_SAID: Final = "level <> 'prospect' OR level_on IS NOT NULL OR level_basis = 'confirmed'"


class Kept(NamedTuple):
    """An account.

    Attributes:
        level: the word of its level.
        is_said: 0 or 1: an account begins as a prospect before anybody has judged it.
        level_on: the day its level was judged, ISO; None when unknown.
        lost_on: the day it stopped being a customer, likewise.
        is_closed: 0 or 1, whether nobody works with it any more.
        posture: the word of what is done with it; None for none.
        posture_reason: why; '' where nobody said.
    """

    account_id: int
    name: str
    level: str
    is_said: int
    level_on: str | None
    lost_on: str | None
    is_closed: int
    posture: str | None
    posture_reason: str


class Sold(NamedTuple):
    """What an account bought in a year that ends today, or so many years before.

    Attributes:
        ago: how many years; None for what was won nobody knows when.
        first: day of the first sale in it, ISO; None likewise.
        last: of the last.
        sales: how many.
        told: day of the first whose margin is known in the currency that was asked for; None of none.
        margin: the sum of those margins, minor units; None of none.
        unpriced: sales in that currency without a margin.
        elsewhere: sales in others.
    """

    account_id: int
    ago: int | None
    first: str | None
    last: str | None
    sales: int
    told: str | None
    margin: int | None
    unpriced: int
    elsewhere: int


class Touched(NamedTuple):
    """The contacts of an account that happened in a year that ends today, or so many years before.

    Attributes:
        ago: how many years.
        first: day of the first contact in it, ISO.
        last: of the last.
        contacts: how many.
        cost: the sum of the costs that are known in the currency that was asked for, minor units.
        uncosted: how many have none.
        elsewhere: how many have one in another currency.
        hours: the sum of the hours that are known.
        untimed: how many have none.
    """

    account_id: int
    ago: int
    first: str
    last: str
    contacts: int
    cost: int
    uncosted: int
    elsewhere: int
    hours: float
    untimed: int


UNDATED: Final = "0001-01-01"  # the day of what was won nobody knows when, where there must be one
# How many years ago a day was: 0 for those of the year up to today.
_AGO: Final = """CAST(substr(:today, 1, 4) AS INTEGER) - CAST(substr({day}, 1, 4) AS INTEGER)
    - (substr({day}, 6) > substr(:today, 6))"""


def count(connection: sqlite3.Connection) -> int:
    """How many accounts there are."""
    found: int = connection.execute("SELECT count(*) FROM account").fetchone()[0]
    return found


def accounts(connection: sqlite3.Connection) -> list[Kept]:
    """All accounts in the order of their names."""
    rows = connection.execute(
        f"""SELECT id, name, level, {_SAID}, level_on, lost_on, status = 'closed', posture, posture_reason FROM account
        ORDER BY name_key, id"""
    )
    return [Kept(*row) for row in rows]


def marks(connection: sqlite3.Connection, until: str) -> list[str]:
    """Each assessment up to a day, the oldest first, a column of text each: account, day, level."""
    judged = "(SELECT * FROM assessment WHERE day <= :until ORDER BY day, id)"
    return texts(connection, ("account_id", "day", "coalesce(override_level, level)"), judged, {"until": until})


# What was sold up to a day: orders that were not cancelled, each with the sum of its margins, and what was won. Nothing
# is counted twice: an order that tells its margin stands before the opportunity it came from, and an opportunity that
# tells one before orders that do not.
_SALES: Final = """WITH ordered AS MATERIALIZED (
            SELECT o.account_id, o.day, o.currency, o.opportunity_id, sum(l.margin) AS margin
            FROM sales_order o LEFT JOIN order_line l ON l.order_id = o.id
            WHERE o.status <> 'cancelled' AND o.day <= :today GROUP BY o.id),
        told AS MATERIALIZED (SELECT DISTINCT opportunity_id AS id FROM ordered
            WHERE margin IS NOT NULL AND opportunity_id IS NOT NULL),
        won AS MATERIALIZED (SELECT id, account_id, closed_on AS day, currency, margin FROM opportunity
            WHERE stage = 'won' AND account_id IS NOT NULL AND coalesce(closed_on, '') <= :today),
        sale AS (
            SELECT account_id, day, currency, margin FROM ordered
            WHERE margin IS NOT NULL OR opportunity_id IS NULL OR opportunity_id IN told
                OR opportunity_id NOT IN (SELECT id FROM won WHERE margin IS NOT NULL)
            UNION ALL SELECT account_id, day, currency, margin FROM won
            WHERE id NOT IN told AND (margin IS NOT NULL
                OR id NOT IN (SELECT opportunity_id FROM ordered WHERE opportunity_id IS NOT NULL)))"""


def sold(connection: sqlite3.Connection, today: str, currency: str) -> Iterator[Sold]:
    """What each account bought in each year up to today, by account; orders that were cancelled are left out."""
    sales = f"""({_SALES}
        SELECT account_id, {_AGO.format(day="day")} AS ago, min(day) AS first, max(day) AS last, count(*) AS sales,
            min(CASE WHEN currency = :currency AND margin IS NOT NULL THEN day END) AS told,
            sum(CASE WHEN currency = :currency THEN margin END) AS margin,
            sum(currency = :currency AND margin IS NULL) AS unpriced, sum(currency <> :currency) AS elsewhere
        FROM sale GROUP BY account_id, ago)"""
    given = {"today": today, "currency": currency}
    return map(Sold._make, zip(*columns(connection, Sold._fields, sales, given), strict=True))


def all_sold(connection: sqlite3.Connection, today: str, currency: str) -> list[str]:
    """Each sale up to today that `sold` counts, a column of text each: as `method.many_books.Sales` takes them."""
    sales = f"({_SALES} SELECT * FROM sale)"
    flags = "(margin IS NULL) + 2 * (currency <> :currency)"
    names = ("account_id", f"coalesce(day, '{UNDATED}')", "coalesce(margin, 0)", flags)
    return texts(connection, names, sales, {"today": today, "currency": currency})


# Almost every contact is wanted: to go by one index or another would take six times as long.
_TOUCHED: Final = "contact NOT INDEXED WHERE status = 'done' AND account_id IS NOT NULL AND day <= :today"


def touched(connection: sqlite3.Connection, today: str, currency: str) -> Iterator[Touched]:
    """The contacts that happened with each account in each year up to today, by account."""
    contacts = f"""(SELECT account_id, {_AGO.format(day="day")} AS ago, min(day) AS first, max(day) AS last,
            count(*) AS contacts, coalesce(sum(CASE WHEN currency = :currency THEN cost END), 0) AS cost,
            sum(cost IS NULL) AS uncosted, sum(coalesce(cost, 0) > 0 AND currency <> :currency) AS elsewhere,
            coalesce(sum(hours), 0.0) AS hours, sum(hours IS NULL) AS untimed
        FROM {_TOUCHED} GROUP BY account_id, ago)"""
    given = {"today": today, "currency": currency}
    return map(Touched._make, zip(*columns(connection, Touched._fields, contacts, given), strict=True))


def all_touched(connection: sqlite3.Connection, today: str, currency: str) -> list[str]:
    """Each contact that `touched` counts, likewise, as `method.many_books.Contacts` takes them."""
    cost = "CASE WHEN currency = :currency THEN coalesce(cost, 0) ELSE 0 END"
    flags = "(cost IS NULL) + 2 * (coalesce(cost, 0) > 0 AND currency <> :currency) + 4 * (hours IS NULL)"
    names = ("account_id", "day", cost, "coalesce(hours, 0.0)", flags)
    return texts(connection, names, _TOUCHED, {"today": today, "currency": currency})


class Bought(NamedTuple):
    """An order, or what was won without one.

    Attributes:
        day: ISO.
        amount: minor units of the currency that was asked for; None where it is unknown or in another.
        margin: likewise.
    """

    account_id: int
    day: str
    amount: int | None
    margin: int | None


def bought(connection: sqlite3.Connection, today: str, currency: str) -> Iterator[Bought]:
    """All orders up to today that were not cancelled, and what was won without one."""
    rows = connection.execute(
        """WITH sale AS (
            SELECT o.account_id, o.day, o.currency, CAST(round(sum(l.quantity * l.unit_price)) AS INTEGER) AS amount,
                sum(l.margin) AS margin
            FROM sales_order o LEFT JOIN order_line l ON l.order_id = o.id
            WHERE o.status <> 'cancelled' AND o.day <= :today GROUP BY o.id
            UNION ALL SELECT p.account_id, p.closed_on, p.currency, p.value, p.margin FROM opportunity p
            WHERE p.stage = 'won' AND p.account_id IS NOT NULL AND p.closed_on <= :today
                AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.opportunity_id = p.id AND o.status <> 'cancelled'))
        SELECT account_id, day, CASE WHEN currency = :currency THEN amount END,
            CASE WHEN currency = :currency THEN margin END FROM sale""",
        {"today": today, "currency": currency},
    )
    return (Bought(*row) for row in rows)


def under_contract(connection: sqlite3.Connection, today: str) -> set[int]:
    """The accounts that have a contract with us which says when it ends."""
    rows = connection.execute(
        "SELECT DISTINCT account_id FROM white_space WHERE state = 'us' AND contract_ends_on >= ?", (today,)
    )
    return {row[0] for row in rows}


def provide(connection: sqlite3.Connection, values: Mapping[int, int]) -> None:
    """Let SQL on this connection ask `account_value(account)`, in minor units; NULL for those without one."""
    connection.create_function("account_value", 1, values.get)
