"""Repeat orders: how accounts bought, what they are expected to buy, and where such a forecast does not apply."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.workspace import Workspace
from crmtui.method import repeat as method, rfm
from crmtui.method.defection import of_left
from crmtui.method.repeat import Buyer
from crmtui.store.reading import equity as rows, records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.method.defection import Risk
    from crmtui.method.repeat import Forecast, Learnt
    from crmtui.method.rfm import Standing
    from crmtui.queries.equity import Line
    from crmtui.queries.equity_basis import Basis

__all__ = ["WEEKS", "RepeatPage", "page", "risk"]

WEEKS: Final = 52  # that are forecast


@dataclass(frozen=True, slots=True)
class RepeatPage:
    """How accounts order.

    Attributes:
        learnt: how they buy, or why that is not learnt.
        share: of what is spent that is margin, as measured; None where no sale tells both.
        currency: of the amounts.
        forecasts: of the next `WEEKS`, by account; empty where the model does not apply.
        standings: recency, frequency and money, by account.
        contracts: accounts that have one.
    """

    learnt: Learnt
    share: float | None
    currency: str
    forecasts: Mapping[int, Forecast]
    standings: Mapping[int, Standing]
    contracts: frozenset[int]

    @property
    def expected(self) -> float:
        """Orders expected of all of them."""
        return sum(one.purchases for one in self.forecasts.values())


def page(path: Path, today: dt.date) -> RepeatPage:
    """How accounts order; learning it takes a second where it applies."""
    with reading(path) as connection:
        settings = records.get(connection, Workspace, 1)
        buyers, share = _buyers(connection, settings.base_currency, today)
    learnt = method.learn(buyers, today)
    free = method.histories((one for one in buyers if not one.has_contract), today) if learnt.buying else []
    found = method.forecast(learnt, free, WEEKS, settings.discount_rate, 1.0 if share is None else share)
    return RepeatPage(
        learnt=learnt,
        share=share,
        currency=settings.base_currency,
        forecasts={one.key: one for one in found},
        standings={one.key: one for one in rfm.standings(buyers, today)},
        contracts=frozenset(one.key for one in buyers if one.has_contract),
    )


def risk(page: RepeatPage | None, basis: Basis, one: Line) -> Risk:
    """The risk to lose an account: that of its level, unless its orders were asked, and by them it has left."""
    level = basis.risks[one.worth.state]
    ahead = page.forecasts.get(one.key) if page else None
    return of_left(level, ahead.alive, ahead.alive_low, ahead.alive_high) if ahead and ahead.has_left else level


def _buyers(connection: sqlite3.Connection, currency: str, today: dt.date) -> tuple[list[Buyer], float | None]:
    """Who bought, and the share of margin in all sales that tell both."""
    day = today.isoformat()
    contracts = rows.under_contract(connection, day)
    orders: dict[int, list[tuple[dt.date, float | None]]] = {}
    spent = brought = 0
    for one in rows.bought(connection, day, currency):
        orders.setdefault(one.account_id, []).append((dt.date.fromisoformat(one.day), one.amount))
        if one.amount and one.margin is not None:
            spent, brought = spent + one.amount, brought + one.margin
    buyers = [Buyer(key, tuple(those), key in contracts) for key, those in orders.items()]
    return buyers, brought / spent if spent > 0 else None
