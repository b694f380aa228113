"""Offerings, and the orders that customers placed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import (
    Noun,
    OnDelete,
    Record,
    choice,
    currency,
    date,
    integer,
    line,
    link,
    money,
    number,
    record,
    text,
    yes_no,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="offering",
        one=N_("offering"),
        many=N_("offerings"),
        unique=(("name",),),
        searched=("name", "code", "family", "description"),
    )
)
class Offering(Record):
    """A product, service or solution that we sell."""

    name: str = line(N_("Name"), required=True)
    code: str = line(N_("Code"))
    family: str = line(N_("Family"), N_("Series or group of offerings."))
    price: int | None = money(N_("List price"), low=0)
    currency: str = currency()
    description: str = text(N_("Description"))
    is_active: bool = yes_no(N_("Active"), value=True)


@record(Noun(table="sales_order", one=N_("order"), many=N_("orders"), title="number", searched=("number",)))
class Order(Record):
    """What a customer ordered on a day."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity")
    number: str = line(N_("Number"))
    day: dt.date = date(N_("Ordered on"), required=True)
    status: words.OrderStatus = choice(N_("Status"), words.OrderStatus, words.OrderStatus.OPEN, required=True)
    currency: str = currency()
    notes: str = text(N_("Notes"))


@record(Noun(table="order_line", one=N_("order line"), many=N_("order lines"), title="description"))
class OrderLine(Record):
    """One position of an order; its money is in the currency of the order."""

    order_id: int = link(N_("Order"), "sales_order", on_delete=OnDelete.CASCADE, required=True)
    offering_id: int | None = link(N_("Offering"), "offering")
    description: str = line(N_("Description"))
    quantity: float = number(N_("Quantity"), value=1.0, required=True)
    unit_price: int | None = money(N_("Unit price"))
    margin: int | None = money(N_("Margin"), N_("Of the whole line."))
    position: int = integer(N_("Position"), value=1, low=1, required=True, hidden=True)
