"""The list of orders."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="sales_order",
    joins="JOIN account a ON a.id = t.account_id",
    order="-day",
    searched=("t.id IN ({sales_order})", "t.account_id IN ({account})"),
    columns=(
        Column(key="number", label=N_("Order"), sql="t.number", width=14),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=24),
        Column(key="day", label=N_("Ordered"), sql="t.day", shape=Shape.PAST, width=9),
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
