"""The page of an order: its lines, and what it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content

from crmtui.domain.offerings import OrderLine
from crmtui.queries import orders as queries
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.screens.base import PageScreen
from crmtui.tui.widgets.facts import Facts
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.record_facts import RecordFacts, Told
from crmtui.tui.widgets.record_table import RecordTable
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.told import side
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.queries.orders import Line, OrderPage as Page

COLUMNS: Final = (
    ListColumn(key="offering", title=N_("Offering"), width=24, flexible=True, sortable=False),
    ListColumn(key="quantity", title=N_("Quantity"), width=8, justify="right", sortable=False),
    ListColumn(key="price", title=N_("Unit price"), width=14, justify="right", sortable=False),
    ListColumn(key="value", title=N_("Value"), width=10, justify="right", sortable=False),
    ListColumn(key="margin", title=N_("Margin"), width=10, justify="right", priority=1, sortable=False),
)


class OrderPage(PageScreen):
    """One order."""

    HELP = N_("One order and its lines. n writes down a line; tab goes to the order itself.")
    AUTO_FOCUS = "WindowList"
    DEFAULT_CSS = "OrderPage SidePane RecordFacts { height: 1fr; }"

    def __init__(self, key: int) -> None:
        super().__init__(key)
        self.page: Page | None = None

    def compose_body(self) -> ComposeResult:
        """The lines, and what is known of the order."""
        empty = _("No lines yet: what was ordered, how much of it and at what price. n writes down the first.")
        source = SmallSource(COLUMNS, self._lines)
        yield Pane(RecordTable(source, OrderLine, empty, given={"order_id": self.key}, id="lines"), id="main")
        yield side(RecordFacts(), _("Order"))

    @property
    def table(self) -> RecordTable:
        """The lines with what can be done to them."""
        return self.query_one(RecordTable)

    def _lines(self) -> list[Row]:
        """In a thread."""
        page = queries.page(self.workspace, self.key)
        return [_row(line, page.order.currency) for line in page.lines]

    def reload(self) -> None:
        """Read the lines and the order again."""
        self.table.reload()
        self.jobs.run("page", partial(queries.page, self.workspace, self.key), on_done=self._show, on_failed=self.leave)

    def _show(self, page: Page) -> None:
        self.page = page
        order = page.order
        self.table.given |= {"currency": order.currency, "position": len(page.lines) + 1}
        self.query_one("#main", Pane).entitle(f"{order.number or _('Order')} · {page.account}")
        names = {"account_id": page.account, "opportunity_id": page.opportunity}
        self.query_one(RecordFacts).show_told(Told(order, names))
        value, margin = show.money_in_full(page.value, order.currency), show.money_in_full(page.margin, order.currency)
        self.say(Content.assemble(value, (_("  margin "), show.MUTED), margin))

    @on(Facts.Opened)
    def _open(self, event: Facts.Opened) -> None:
        self.crm.open_record(event.table, event.key)


def _row(line: Line, currency: str) -> Row:
    kept = line.line
    name = " · ".join(one for one in (line.offering, kept.description) if one)
    return Row(
        kept.id,
        (
            name or show.nothing(),
            show.figure(kept.quantity, 0 if kept.quantity == int(kept.quantity) else 2),
            show.money_in_full(kept.unit_price, currency),
            show.money(line.value, currency),
            show.money(kept.margin, currency),
        ),
    )
