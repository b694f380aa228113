"""What an account brought and cost in the years that are looked back.

Of the last three years, or since the first sale where that is less, so that a customer who buys a line every other
year is not worth twice as much in the one year and nothing in the other. Margins are of the years in which they are
known: of none before the first sale with a margin, nor of those in which nobody knows what anything sold brought.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final, NamedTuple

LONGEST: Final = 3  # years that are looked back
YEAR: Final = 365.25  # days


class Book(NamedTuple):
    """What an account brought and cost, in minor units of the workspace's own currency.

    Attributes:
        years: for which margins were added: since the first sale that has one, at least one and at most three, without
            those in which things were sold and none of them has one.
        margin: of the sales in them whose margin is known; 0 where it bought before and not since; None where nobody
            has written a margin down, or it never bought anything.
        sales: in all years that are looked back.
        priced: how many of those have a margin in the workspace's own currency.
        unpriced: how many have none.
        elsewhere: sales and contacts in other currencies.
        undated: won opportunities of which nobody knows when; in no year.
        has_bought: whether it ever bought anything.
        touched: years for which contacts were added: since the first of them, at least one and at most three.
        contacts: how many happened.
        cost: of the contacts.
        uncosted: contacts without a cost.
        hours: of the contacts.
        untimed: contacts without hours.
        worth: the hours at what one costs.
    """

    years: float = 1.0
    margin: int | None = None
    sales: int = 0
    priced: int = 0
    unpriced: int = 0
    elsewhere: int = 0
    undated: int = 0
    has_bought: bool = False
    touched: float = 1.0
    contacts: int = 0
    cost: int = 0
    uncosted: int = 0
    hours: float = 0.0
    untimed: int = 0
    worth: float = 0.0

    @property
    def is_buying(self) -> bool:
        """Whether it bought anything in the years that are looked back."""
        return self.sales > 0

    @property
    def told(self) -> float:
        """The share of its sales of those years whose margin is known, 0 to 1; 1 where it bought nothing in them."""
        return self.priced / self.sales if self.sales else 1.0

    @property
    def yearly_margin(self) -> float | None:
        """The margin of a year; None while it is unknown."""
        return None if self.margin is None else self.margin / self.years

    @property
    def yearly_cost(self) -> float | None:
        """Cost of contacts and hours of a year; None where no contact was written down."""
        return (self.cost + self.worth) / self.touched if self.contacts else None


NOTHING: Final = Book()


@lru_cache(4_096)
def years_since(first: str | None, today: dt.date) -> float:
    """Since a day, at least one and at most so many as are looked back."""
    if first is None:
        return 1.0
    return min(float(LONGEST), max(1.0, (today - dt.date.fromisoformat(first)).days / YEAR))
