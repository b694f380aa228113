"""The list of orders, and the names behind the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3

VIEW: Final = View(
    table="sales_order",
    joins="JOIN account a ON a.id = t.account_id",
    order="-day",
    searched=("t.id IN ({sales_order})", "t.account_id IN ({account})"),
    columns=(
        Column(key="number", label=N_("Order"), sql="t.number", width=14),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=24),
        Column(key="day", label=N_("Ordered"), sql="t.day", shape=Shape.PAST, width=11),
        Column(key="status", label=N_("Status"), sql="t.status", shape=Shape.WORD, words=words.OrderStatus, width=10),
        Column(
            key="value",
            label=N_("Value"),
            sql="""(SELECT CAST(round(sum(l.quantity * l.unit_price)) AS INTEGER)
                FROM order_line l WHERE l.order_id = t.id)""",
            currency="t.currency",
            shape=Shape.MONEY,
            width=10,
        ),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)


def names(connection: sqlite3.Connection, order_id: int) -> tuple[str, str]:
    """The names of the account and of the opportunity; '' for none."""
    row = connection.execute(
        """SELECT a.name, coalesce(p.name, '') FROM sales_order t JOIN account a ON a.id = t.account_id
        LEFT JOIN opportunity p ON p.id = t.opportunity_id WHERE t.id = ?""",
        (order_id,),
    ).fetchone()
    return (row[0], row[1])


def offerings(connection: sqlite3.Connection, order_id: int) -> dict[int, str]:
    """The names of the offerings, by the key of the line."""
    rows = connection.execute(
        "SELECT l.id, f.name FROM order_line l JOIN offering f ON f.id = l.offering_id WHERE l.order_id = ?",
        (order_id,),
    )
    return dict(rows.fetchall())
