"""What each account brings and costs, from orders, from what was won, and from contacts with their hours.

Amounts are in the workspace's own currency; those in others are counted and never added. Those
of very many accounts are added up together (`method/many_books.py`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from crmtui.domain.money import exponent
from crmtui.method.books import LONGEST, Book, years_since
from crmtui.store.reading import equity as rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.store.reading.equity import Sold, Touched

__all__ = ["Books", "LeftOut", "Rates", "books", "left_out"]

Row = TypeVar("Row", bound="Sold | Touched")


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


def books(connection: sqlite3.Connection, today: dt.date, rates: Rates) -> Books:
    """The books of all accounts, one by one."""
    day, minor_hour = today.isoformat(), rates.minor_hour
    sold = _by_account(rows.sold(connection, day, rates.currency))
    touched = _by_account(rows.touched(connection, day, rates.currency))
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
    sales = unpriced = elsewhere = undated = 0
    for _key, ago, _first, _last, count, _told, earned, without, abroad in sold:
        if ago is None:
            undated += count
        elif ago < LONGEST:
            sales += count
            unpriced += without
            elsewhere += abroad
            if earned is not None:
                margin = (margin or 0) + earned
    priced = sales - unpriced - elsewhere
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
        years=_years_told(sold, today),
        margin=0 if first is not None and not sales else margin,
        sales=sales,
        priced=priced,
        unpriced=unpriced,
        elsewhere=elsewhere,
        undated=undated,
        has_bought=bool(sold),
        touched=years_since(since, today),
        contacts=contacts,
        cost=cost,
        uncosted=uncosted,
        hours=hours,
        untimed=untimed,
        worth=hours * minor_hour,
    )


def _years_told(sold: Sequence[Sold], today: dt.date) -> float:
    """The years for which margins are known, at least one."""
    told = min((one.told for one in sold if one.told), default=None)
    since = max((one.ago for one in sold if one.told and one.ago is not None), default=LONGEST)
    silent = sum(one.told is None and one.ago is not None and one.ago < min(since, LONGEST) for one in sold)
    return max(1.0, years_since(told, today) - silent)


def _seen(sold: Sequence[Sold], touched: Sequence[Touched]) -> tuple[dt.date, ...]:
    days = {day for one in sold for day in (one.first, one.last) if day}
    days.update([day for one in touched for day in (one.first, one.last)])
    return tuple(map(dt.date.fromisoformat, days))
