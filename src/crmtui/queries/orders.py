"""An order on one page: its lines and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.offerings import Order, OrderLine
from crmtui.store.reading import orders, records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Line", "OrderPage", "page"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order.

    Attributes:
        line: the record.
        offering: the name of what was ordered; '' for something that is no offering of ours.
        value: quantity times price, minor units of the order's currency; None without a price.
    """

    line: OrderLine
    offering: str
    value: int | None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """All that the page of an order shows.

    Attributes:
        order: the record.
        account: the account's name.
        opportunity: the opportunity's name; '' for none.
        lines: in their order.
    """

    order: Order
    account: str
    opportunity: str
    lines: tuple[Line, ...]

    @property
    def value(self) -> int | None:
        """The sum of the lines that have a price, minor units; None when none has."""
        values = [line.value for line in self.lines if line.value is not None]
        return sum(values) if values else None

    @property
    def margin(self) -> int | None:
        """The sum of the margins that are known, minor units; None when none is."""
        margins = [line.line.margin for line in self.lines if line.line.margin is not None]
        return sum(margins) if margins else None


def page(path: Path, order_id: int) -> OrderPage:
    """An order with its lines; NotFoundError if it is gone."""
    with reading(path) as connection:
        order = records.get(connection, Order, order_id)
        account, opportunity = orders.names(connection, order_id)
        offerings = orders.offerings(connection, order_id)
        lines = records.where(connection, OrderLine, "order_id = ?", (order_id,), "position, id")
        return OrderPage(order, account, opportunity, tuple(_line(line, offerings) for line in lines))


def _line(line: OrderLine, offerings: dict[int, str]) -> Line:
    value = None if line.unit_price is None else round(line.quantity * line.unit_price)
    return Line(line, offerings.get(line.id, ""), value)
