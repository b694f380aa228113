"""What accounts bring and cost, from orders, from what was won, and from contacts with their hours.

Of the last three years, or since the first sale where that is less, so that a customer who buys a line every other year
is not worth twice as much in the one year and nothing in the other. Amounts are in the workspace's own currency; those
in others are counted and never added.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from crmtui.domain.money import exponent
from crmtui.store.reading import equity as rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.store.reading.equity import Sold, Touched

__all__ = ["LONGEST", "NOTHING", "Book", "Books", "LeftOut", "Rates", "books", "left_out", "years_since"]

Row = TypeVar("Row", bound="Sold | Touched")
LONGEST: Final = 3  # years that are looked back
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Rates:
    """What amounts are counted in.

    Attributes:
        currency: the workspace's own, ISO 4217.
        hour_cost: of one hour of ours, in whole units.
    """

    currency: str
    hour_cost: float

    @property
    def minor_hour(self) -> float:
        """What an hour costs in minor units."""
        return float(self.hour_cost * 10 ** exponent(self.currency))


class Book(NamedTuple):
    """What an account brought and cost, in minor units of the workspace's own currency.

    Attributes:
        years: for which margins were added: since its first sale, at least one and at most three.
        margin: of the sales in them whose margin is known; 0 where it bought before and not since; None where nobody
            has written a margin down, or it never bought anything.
        unpriced: sales in them without a margin.
        elsewhere: sales and contacts in them in other currencies.
        undated: won opportunities of which nobody knows when; in no year.
        has_bought: whether it ever bought anything.
        is_buying: whether it bought anything in those years.
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
    unpriced: int = 0
    elsewhere: int = 0
    undated: int = 0
    has_bought: bool = False
    is_buying: bool = False
    touched: float = 1.0
    contacts: int = 0
    cost: int = 0
    uncosted: int = 0
    hours: float = 0.0
    untimed: int = 0
    worth: float = 0.0

    @property
    def yearly_margin(self) -> float | None:
        """The margin of a year; None while it is unknown."""
        return None if self.margin is None else self.margin / self.years

    @property
    def yearly_cost(self) -> float | None:
        """Cost of contacts and hours of a year; None where no contact was written down."""
        return (self.cost + self.worth) / self.touched if self.contacts else None


NOTHING: Final = Book()


@dataclass(frozen=True, slots=True)
class Books:
    """What was read of accounts, by their keys; without those of which nothing is on record.

    Attributes:
        of: their books.
        seen: days on which each was there: the first and the last sale and contact of each year.
    """

    of: Mapping[int, Book]
    seen: Mapping[int, tuple[dt.date, ...]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What no figure could take, of all accounts.

    Attributes:
        elsewhere: sales and contacts in other currencies than the workspace's own.
        abroad: accounts that have such ones.
        unpriced: sales without a margin.
        undated: won opportunities of which nobody knows when.
    """

    elsewhere: int
    abroad: int
    unpriced: int
    undated: int


def books(connection: sqlite3.Connection, today: dt.date, rates: Rates, keys: Sequence[int] | None = None) -> Books:
    """The books of accounts, of all for None."""
    day, minor_hour = today.isoformat(), rates.minor_hour
    sold = _by_account(rows.sold(connection, day, rates.currency, keys))
    touched = _by_account(rows.touched(connection, day, rates.currency, keys))
    known = [(key, sold.get(key, ()), touched.get(key, ())) for key in sold | touched]
    return Books(
        of={key: _book(sales, contacts, today, minor_hour) for key, sales, contacts in known},
        seen={key: _seen(sales, contacts) for key, sales, contacts in known},
    )


def _by_account(found: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows by the account, which stands first in them."""
    of: defaultdict[int, list[Row]] = defaultdict(list)
    for row in found:
        of[row[0]].append(row)
    return of


def left_out(books: Iterable[Book]) -> LeftOut:
    """What no figure could take."""
    given = tuple(books)
    return LeftOut(
        elsewhere=sum(one.elsewhere for one in given),
        abroad=sum(one.elsewhere > 0 for one in given),
        unpriced=sum(one.unpriced for one in given),
        undated=sum(one.undated for one in given),
    )


def _book(sold: Sequence[Sold], touched: Sequence[Touched], today: dt.date, minor_hour: float) -> Book:
    first = min((one.first for one in sold if one.first), default=None)
    years = years_since(first, today)
    margin: int | None = None
    is_buying = False
    unpriced = elsewhere = undated = 0
    for _key, ago, _first, _last, earned, without, abroad in sold:
        if ago is None:
            undated += without + abroad + (earned is not None)
        elif ago < LONGEST:
            is_buying = True
            unpriced += without
            elsewhere += abroad
            if earned is not None:
                margin = (margin or 0) + earned
    contacts = cost = uncosted = untimed = 0
    hours, since = 0.0, None
    for _key, ago, day, _last, count, spent, without, abroad, taken, unknown in touched:
        if ago < LONGEST and ago < max(1.0, years):
            contacts += count
            cost += spent
            uncosted += without
            elsewhere += abroad
            hours += taken
            untimed += unknown
            since = day if since is None or day < since else since
    return Book(
        years=years,
        margin=0 if first is not None and not is_buying else margin,
        unpriced=unpriced,
        elsewhere=elsewhere,
        undated=undated,
        has_bought=bool(sold),
        is_buying=is_buying,
        touched=years_since(since, today),
        contacts=contacts,
        cost=cost,
        uncosted=uncosted,
        hours=hours,
        untimed=untimed,
        worth=hours * minor_hour,
    )


def _seen(sold: Sequence[Sold], touched: Sequence[Touched]) -> tuple[dt.date, ...]:
    days = {day for one in sold for day in (one.first, one.last) if day}
    days.update([day for one in touched for day in (one.first, one.last)])
    return tuple(map(dt.date.fromisoformat, days))


@lru_cache(4_096)
def years_since(first: str | None, today: dt.date) -> float:
    """Since a day, at least one and at most so many as are looked back."""
    if first is None:
        return 1.0
    return min(float(LONGEST), max(1.0, (today - dt.date.fromisoformat(first)).days / _YEAR))
