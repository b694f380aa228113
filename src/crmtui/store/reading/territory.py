"""The rows behind the territory: what accounts buy, the hours they get, and what was judged of how they answer.

Of all accounts in one SELECT each; nothing here depends on how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


# An account that is neither closed nor lost, and so may get hours.
SERVED: Final = "(a.status <> 'closed' AND (a.lost_on IS NULL OR a.lost_on > :today))"


class Kept(NamedTuple):
    """An account that is neither closed nor lost.

    Attributes:
        level: the word of its level.
        potential: a year, minor units of `currency`; None when unknown.
        area_id: where it is visited; None for nowhere in particular.
        posture: the word of the one set by hand; None for none.
        posture_reason: why; '' where nobody said.
        segment: the word of the one set by hand; None for none.
        willingness: to be managed, 0 to 4, by its newest assessment; None when nobody has asked.
    """

    account_id: int
    name: str
    level: str
    potential: int | None
    currency: str
    area_id: int | None
    posture: str | None
    posture_reason: str
    segment: str | None
    willingness: int | None


class Sold(NamedTuple):
    """What an account bought in a period.

    Attributes:
        amount: in the currency that was asked for, minor units; None where nothing has an amount in it.
        margin: of what tells both amount and margin; None likewise.
        priced: the amount of that.
        elsewhere: sales in other currencies.
    """

    account_id: int
    amount: int | None
    margin: int | None
    priced: int | None
    elsewhere: int


def accounts(connection: sqlite3.Connection, today: str) -> list[Kept]:
    """The accounts that somebody may spend hours on, in the order of their names."""
    rows = connection.execute(
        f"""SELECT a.id, a.name, a.level, a.potential, a.currency, a.area_id, a.posture, a.posture_reason, a.segment,
            (SELECT s.willingness FROM assessment s WHERE s.account_id = a.id AND s.day <= :today
             ORDER BY s.day DESC, s.id DESC LIMIT 1)
        FROM account a WHERE {SERVED}
        ORDER BY a.name_key, a.id""",
        {"today": today},
    )
    return [Kept(*row) for row in rows]


def sold(connection: sqlite3.Connection, since: str, until: str, currency: str) -> dict[int, Sold]:
    """What each account bought after a day and up to another: its orders, and what was won without one."""
    rows = connection.execute(
        """WITH sale AS MATERIALIZED (
            SELECT o.account_id, o.currency, CAST(round(sum(l.quantity * l.unit_price)) AS INTEGER) AS amount,
                sum(l.margin) AS margin
            FROM sales_order o LEFT JOIN order_line l ON l.order_id = o.id
            WHERE o.status <> 'cancelled' AND o.day > :since AND o.day <= :until GROUP BY o.id
            UNION ALL SELECT p.account_id, p.currency, p.value, p.margin FROM opportunity p
            WHERE p.stage = 'won' AND p.account_id IS NOT NULL AND p.closed_on > :since AND p.closed_on <= :until
                AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.opportunity_id = p.id AND o.status <> 'cancelled'))
        SELECT account_id, sum(CASE WHEN currency = :currency THEN amount END),
            sum(CASE WHEN currency = :currency AND amount > 0 THEN margin END),
            sum(CASE WHEN currency = :currency AND amount > 0 AND margin IS NOT NULL THEN amount END),
            sum(currency <> :currency)
        FROM sale GROUP BY account_id""",
        {"since": since, "until": until, "currency": currency},
    )
    return {row[0]: Sold(*row) for row in rows}


def first_sold(connection: sqlite3.Connection, until: str) -> dict[int, str]:
    """The day on which each account first bought something, as far as there is one up to a day."""
    rows = connection.execute(
        """SELECT account_id, min(day) FROM (
            SELECT account_id, day FROM sales_order WHERE status <> 'cancelled'
            UNION ALL SELECT account_id, closed_on FROM opportunity WHERE stage = 'won' AND account_id IS NOT NULL)
        WHERE day <= ? GROUP BY account_id""",
        (until,),
    )
    return dict(rows.fetchall())


class Met(NamedTuple):
    """The contacts of an account in a period.

    Attributes:
        hours: that they took; those that the channel usually takes where nobody wrote them down.
        cost: what they cost beside hours in the currency that was asked for, minor units.
        contacts: how many.
    """

    hours: float
    cost: int
    contacts: int


def met(connection: sqlite3.Connection, since: str, until: str, currency: str) -> dict[int, Met]:
    """The contacts that happened after a day and up to another, of each account that had some."""
    rows = connection.execute(
        """SELECT c.account_id, sum(coalesce(c.hours, h.hours, 0.0)),
            coalesce(sum(CASE WHEN c.currency = :currency THEN c.cost END), 0), count(*)
        FROM contact c LEFT JOIN channel h ON h.id = c.channel_id
        WHERE c.status = 'done' AND c.account_id IS NOT NULL AND c.day > :since AND c.day <= :until
        GROUP BY c.account_id""",
        {"since": since, "until": until, "currency": currency},
    )
    return {account_id: Met(*figures) for account_id, *figures in rows}
