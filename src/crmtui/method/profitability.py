"""What an account brings after what it costs us to serve it (method.md section 7).

Margin, less cost of contacts, less hours at what an hour costs. What nobody has counted is not 0: it is said how much
is missing, and the figure is then what is left before that.
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
        value: margin less cost less worth of the hours; None while the margin is unknown.
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
    margin: int | None
    cost: int
    hours: float
    worth: int | None
    contacts: tuple[int, ...]
    uncosted: int
    untimed: int
    completeness: float

    @property
    def served(self) -> int:
        """Cost to serve: of contacts and hours."""
        return self.cost + (self.worth or 0)


def profitability(margin: int | None, contacts: Tally, hour_cost: float | None, hours: float = 0.0) -> Profitability:
    """What is left of a margin.

    Args:
        margin: of the period, minor units; None when unknown.
        contacts: those that were done in it (`plan.Tally`), in the currency of the margin.
        hour_cost: what an hour of ours costs, minor units; None when unknown.
        hours: spent on the account beside contacts, such as in projects.

    Raises:
        ValueError: hours or a cost of an hour below 0.
    """
    if hours < 0 or (hour_cost is not None and hour_cost < 0):
        raise ValueError("hours and what they cost are at least 0")
    whole = contacts.hours + hours
    worth = None if hour_cost is None else round(whole * hour_cost)
    count = contacts.count or 1
    known = (margin is not None) + (1 - contacts.uncosted / count) + (1 - contacts.untimed / count)
    return Profitability(
        value=None if margin is None else margin - contacts.cost - (worth or 0),
        margin=margin,
        cost=contacts.cost,
        hours=whole,
        worth=worth,
        contacts=contacts.contacts,
        uncosted=contacts.uncosted,
        untimed=contacts.untimed,
        completeness=(known + (hour_cost is not None)) / 4,
    )
