"""What is at stake in opportunities, in whole units of the workspace's own currency.

A stake is the margin. Where no margin is written down it is concluded, and said to be: from the value, or the list
price of what is offered, at the share that margins usually have of values; from the value itself where nobody ever
wrote a margin, which leaves the order of the moves as it would be. Rates of exchange are not kept: a usual opportunity
is taken to be worth as much in every currency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.money import exponent
from crmtui.store.reading import moves as rows

if TYPE_CHECKING:
    import sqlite3


class Purse:
    """Amounts of any currency in whole units of the workspace's own.

    Args:
        connection: reading the workspace, for what is usual there.
        currency: the workspace's own.
    """

    def __init__(self, connection: sqlite3.Connection, currency: str) -> None:
        self._usual = {one.currency: one for one in rows.usual(connection)}
        self._own = currency
        self._shares = {one.currency: one.share for one in self._usual.values() if one.share is not None}

    def stake(self, margin: int | None, value: int | None, currency: str) -> tuple[float | None, bool]:
        """What is at stake, and whether that was concluded."""
        amount: float | None = margin
        if amount is None and value is not None:
            shares = list(self._shares.values())
            amount = value * self._shares.get(currency, sum(shares) / len(shares) if shares else 1.0)
        units = None if amount is None else self.units(amount, currency)
        return units, margin is None or currency != self._own

    def units(self, minor: float, currency: str) -> float | None:
        """Minor units of a currency in whole units of the workspace's; None where nothing says what they are worth."""
        if currency == self._own:
            return float(minor / 10 ** exponent(currency))
        there, here = self._usual.get(currency), self._usual.get(self._own)
        if there is None or here is None or not there.margin or not here.margin or there.margin * here.margin < 0:
            return None
        return float(minor * here.margin / there.margin / 10 ** exponent(self._own))
