"""A small workspace of customers with a history, for tests of what they are worth and what was learnt."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.commands import workspace as settings
from crmtui.domain.accounts import Account
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.plans import Contact
from crmtui.domain.relationship import Assessment
from crmtui.domain.words import ContactStatus, Level, Source, Stage
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record

TODAY = dt.date(2026, 3, 12)


def ago(years: float) -> dt.date:
    """So many years before today."""
    return TODAY - dt.timedelta(round(years * 365.25))


@dataclass(frozen=True)
class Customers:
    """The file, and ways to fill it."""

    path: Path

    def write(self, kind: type[Record], *rows: dict[str, Any]) -> list[int]:
        """Write records; returns their keys."""
        with work(self.path, "test", Source.CLI) as unit:
            return list(insert_many(unit, kind, rows))

    def account(self, name: str = "Aurora", level: Level = Level.BUYER, **fields: Any) -> int:
        """An account."""
        (key,) = self.write(Account, {"name": name, "level": level, **fields})
        return key

    def judge(self, account: int, *levels: tuple[float, Level]) -> None:
        """Levels that it had so many years ago."""
        self.write(Assessment, *({"account_id": account, "day": ago(years), "level": level} for years, level in levels))

    def order(
        self, account: int, years: float, margin: int | None, *, price: int = 0, opportunity: int | None = None,
        currency: str = "EUR",
    ) -> None:  # fmt: skip
        """An order of one line, so many years ago."""
        given = {"account_id": account, "day": ago(years), "opportunity_id": opportunity, "currency": currency}
        (key,) = self.write(Order, given)
        self.write(OrderLine, {"order_id": key, "margin": margin, "unit_price": price})

    def shop(self, count: int) -> list[int]:
        """So many accounts that buy by chance, each at its own rate, until they stop without a word; returns them."""
        draw = random.Random(7)  # noqa: S311 - always the same
        keys = self.write(Account, *({"name": f"Customer {number}"} for number in range(count)))
        days: list[dict[str, Any]] = []
        for key in keys:
            day, rate, gone = ago(draw.uniform(1, 3)), draw.gammavariate(1, 1 / 60), draw.betavariate(0.8, 2.5)
            while day <= TODAY:
                days.append({"account_id": key, "day": day})
                if draw.random() < gone:
                    break
                day += dt.timedelta(1 + int(min(9_999, draw.expovariate(rate))))
        orders = self.write(Order, *days)
        prices = [draw.randrange(1, 9) * 10_000 for _order in orders]
        lines = zip(orders, prices, strict=True)
        self.write(OrderLine, *({"order_id": one, "unit_price": price, "margin": 10_000} for one, price in lines))
        return keys

    def deal(self, account: int | None, years: float, stage: Stage = Stage.WON, **fields: Any) -> int:
        """An opportunity that was closed so many years ago."""
        given = {"name": "Line", "account_id": account, "stage": stage, "closed_on": ago(years), "reason": "price"}
        (key,) = self.write(Opportunity, {**given, "lesson": "ask earlier", **fields})
        return key

    def contact(self, account: int, years: float, **more: Any) -> int:
        """A contact that happened so many years ago."""
        day = ago(years)
        given = {"account_id": account, "day": day, "channel_id": 1, "status": ContactStatus.DONE}
        stamp = dt.datetime.combine(day, dt.time(12), dt.UTC)
        (key,) = self.write(Contact, {**given, "done_at": stamp, "cost": 0, "hours": 0.0, **more})
        return key

    def set(self, **fields: Any) -> None:
        """Settings of the workspace."""
        settings.configure(self.path, fields, Source.CLI)
