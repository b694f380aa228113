"""What an account brings after what it costs us to serve it (method.md section 7).

Margin, less cost of contacts, less hours at what an hour costs. What nobody has counted is not 0. Contacts without a
cost, or without hours, are in the band at what the others took on the mean. Where that cannot be said, as of hours that
have no price in the currency, there is no figure, only the most that it could be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.method.plan import Tally


@dataclass(frozen=True, slots=True)
class Profitability:
    """What an account brings in a period, in minor units.

    Attributes:
        value: margin less cost less worth of the hours, as far as they are counted; None while the margin is unknown,
            or what was not counted cannot be told.
        low: the lower end of its band, with what was not counted; None likewise.
        high: the upper end; None while the margin, or that of any sale, is unknown.
        margin: as given.
        cost: of contacts.
        hours: of contacts and projects.
        worth: the hours at what an hour costs; None where that is not known.
        contacts: which ones it is made of.
        uncosted: contacts without a cost.
        untimed: contacts without hours.
        completeness: known share of margin, costs, hours and cost of an hour, 0 to 1, each of the four counting alike.
    """

    value: int | None
    low: int | None
    high: int | None
    margin: int | None
    cost: int
    hours: float
    worth: int | None
    contacts: tuple[int, ...]
    uncosted: int
    untimed: int
    completeness: float

    @property
    def is_open(self) -> bool:
        """Whether there is a figure, and something is missing in it."""
        return self.value is not None and not self.low == self.value == self.high

    @property
    def served(self) -> int:
        """Cost to serve: of contacts and hours."""
        return self.cost + (self.worth or 0)


def profitability(
    margin: int | None,
    contacts: Tally,
    hour_cost: float | None,
    hours: float = 0.0,
    *,
    elsewhere: int = 0,
    unpriced: int = 0,
) -> Profitability:
    """What is left of a margin.

    Args:
        margin: of the period, minor units; None when unknown.
        contacts: those that were done in it (`plan.Tally`), in the currency of the margin.
        hour_cost: what an hour of ours costs, minor units; None when unknown.
        hours: spent on the account beside contacts, such as in projects.
        elsewhere: contacts whose cost is in another currency.
        unpriced: what was sold without a margin in that currency.

    Raises:
        ValueError: hours or a cost of an hour below 0.
    """
    if hours < 0 or (hour_cost is not None and hour_cost < 0):
        raise ValueError("hours and what they cost are at least 0")
    whole = contacts.hours + hours
    worth = None if hour_cost is None else round(whole * hour_cost)
    count = contacts.count or 1
    uncosted = contacts.uncosted + elsewhere
    known = (margin is not None and not unpriced) + (1 - uncosted / count) + (1 - contacts.untimed / count)
    left = None if margin is None else margin - contacts.cost - (worth or 0)
    missing = None if elsewhere else _missing(contacts, hour_cost, whole)
    return Profitability(
        value=None if missing is None else left,
        low=None if missing is None or left is None else left - missing,
        high=None if unpriced else left,
        margin=margin,
        cost=contacts.cost,
        hours=whole,
        worth=worth,
        contacts=contacts.contacts,
        uncosted=contacts.uncosted,
        untimed=contacts.untimed,
        completeness=(known + (hour_cost is not None)) / 4,
    )


def _missing(contacts: Tally, hour_cost: float | None, hours: float) -> int | None:
    """What contacts without a cost or hours cost, if they are like the others; None where nobody can tell."""
    cost = _like_others(contacts.cost, contacts.uncosted, contacts.count)
    if hour_cost is None:
        return None if hours or contacts.untimed or cost is None else round(cost)
    more = 0.0 if not hour_cost else _like_others(contacts.hours, contacts.untimed, contacts.count)
    return None if cost is None or more is None else round(cost + more * hour_cost)


def _like_others(known: float, unknown: int, count: int) -> float | None:
    """What those of which it is unknown have together, at the mean of those of which it is known; None of none."""
    if not unknown:
        return 0.0
    return known / (count - unknown) * unknown if count > unknown else None
