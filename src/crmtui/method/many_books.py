"""What thousands of accounts brought and cost, by numpy: the same as `books` tells of one, in a fraction of the time.

numpy is loaded with this module: import it where there is much to add up.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from crmtui.method.books import LONGEST, YEAR, Book
from crmtui.method.columns import days, real, whole
from crmtui.method.transitions import MONTHS, months_before

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from crmtui.method.columns import Floats, Whole

_NEVER: Final = np.iinfo(np.int64).max  # later than all days


class Sales(NamedTuple):
    """Sales up to today, a column of text each, values parted by commas.

    Attributes:
        account: a key.
        day: ISO; the first of all days where nobody knows it.
        margin: minor units; 0 where it has none.
        flags: 1 where it has none, 2 where it is in another currency than the workspace's own, added up.
    """

    account: str
    day: str
    margin: str
    flags: str


class Contacts(NamedTuple):
    """Contacts that happened up to today, likewise.

    Attributes:
        account: a key.
        day: ISO.
        cost: in the workspace's own currency, minor units; 0 where it has none.
        hours: 0 where nobody knows.
        flags: 1 where it has no cost, 2 where it has one in another currency, 4 where nobody knows the hours, added up.
    """

    account: str
    day: str
    cost: str
    hours: str
    flags: str


class Signs(NamedTuple):
    """Days on which accounts were there, in any order: a sale or a contact each.

    Attributes:
        account: a key.
        day: an ordinal.
    """

    account: Whole
    day: Whole


class ManyBooks:
    """The books of all accounts that were sold anything or met.

    Args:
        sales: what was sold.
        contacts: what happened.
        today: the last day that counts.
        minor_hour: what an hour costs, minor units.
    """

    def __init__(self, sales: Sales, contacts: Contacts, today: dt.date, minor_hour: float) -> None:
        self._today, self._minor_hour = today.toordinal(), minor_hour
        self._ends = np.array([months_before(today, MONTHS * ago).toordinal() for ago in range(LONGEST, 0, -1)])
        self._sales, self._sold, self._sold_on = sales, whole(sales.account), days(sales.day)
        self._contacts, self._met, self._met_on = contacts, whole(contacts.account), days(contacts.day)
        self._keys = np.unique(np.concatenate([self._sold, self._met]))

    @property
    def signs(self) -> Signs:
        """The days on which accounts were there."""
        dated = self._sold_on > 1
        account = np.concatenate([self._sold[dated], self._met])
        return Signs(account, np.concatenate([self._sold_on[dated], self._met_on]))

    @cached_property
    def of(self) -> dict[int, Book]:
        """The books by the account's key."""
        first, told, *sold = self._of_sales()
        since, *met = self._of_contacts(self._years_since(first))
        margin, sales, priced, unpriced, elsewhere, undated, has_bought = sold
        contacts, cost, uncosted, abroad, hours, untimed = met
        columns: dict[str, Sequence[object]] = {
            "years": self._years_told(told).tolist(),
            "margin": margin.tolist(),
            "sales": sales.tolist(),
            "priced": priced.tolist(),
            "unpriced": unpriced.tolist(),
            "elsewhere": (elsewhere + abroad).tolist(),
            "undated": undated.tolist(),
            "has_bought": has_bought.tolist(),
            "touched": self._years_since(since).tolist(),
            "contacts": contacts.tolist(),
            "cost": cost.tolist(),
            "uncosted": uncosted.tolist(),
            "hours": hours.tolist(),
            "untimed": untimed.tolist(),
            "worth": (hours * self._minor_hour).tolist(),
        }
        rows = zip(*(columns[name] for name in Book._fields), strict=True)
        return dict(zip(self._keys.tolist(), map(Book._make, rows), strict=True))

    def _of_sales(self) -> tuple[NDArray[Any], ...]:
        """Of each account the first day, the first with a margin, margin, and how many sales there are of each kind."""
        at, flags = self._sold_at, whole(self._sales.flags)
        is_unpriced, is_own = flags & 1 > 0, flags & 2 == 0
        is_dated = self._sold_on > 1
        is_late = is_dated & (self._ago(self._sold_on) < LONGEST)
        first, told = self._first_sold(is_dated), self._first_sold(is_dated & self._is_told)
        sales, priced = self._sales_of(is_late), is_late & self._is_told
        sums = np.zeros(len(self._keys), np.int64)
        np.add.at(sums, at[priced], whole(self._sales.margin)[priced])
        is_known = (self._sales_of(priced) > 0) | ((first < _NEVER) & (sales == 0))
        margin = sums.astype(object)
        margin[~is_known] = None
        return (
            *(first, told, margin, sales, self._sales_of(priced), self._sales_of(is_late & is_own & is_unpriced)),
            *(self._sales_of(is_late & ~is_own), self._sales_of(~is_dated), self._sales_of(at >= 0) > 0),
        )

    def _years_told(self, told: Whole) -> Floats:
        """The years for which margins are known, at least one: since the first, without those that have none at all."""
        ago, since = self._ago(self._sold_on), self._ago(np.minimum(told, self._today))
        silent = np.zeros(len(self._keys))
        for year in range(LONGEST):
            is_of = (ago == year) & (self._sold_on > 1)
            has_none = (self._sales_of(is_of) > 0) & (self._sales_of(is_of & self._is_told) == 0)
            silent += has_none & (year < since) & (told < _NEVER)
        return np.maximum(1.0, self._years_since(told) - silent)

    @cached_property
    def _sold_at(self) -> Whole:
        """The place of the account of each sale."""
        return np.searchsorted(self._keys, self._sold)

    @cached_property
    def _is_told(self) -> NDArray[np.bool_]:
        """Of each sale whether its margin is known, in the workspace's own currency."""
        told: NDArray[np.bool_] = whole(self._sales.flags) & 3 == 0
        return told

    def _sales_of(self, which: NDArray[np.bool_]) -> Whole:
        """How many of these sales each account has."""
        return np.bincount(self._sold_at[which], minlength=len(self._keys))

    def _first_sold(self, which: NDArray[np.bool_]) -> Whole:
        """The day of the first of these sales of each account; `_NEVER` of none."""
        first = np.full(len(self._keys), _NEVER)
        np.minimum.at(first, self._sold_at[which], self._sold_on[which])
        return first

    def _of_contacts(self, years: Floats) -> tuple[NDArray[Any], ...]:
        """Of each account the first day of those that count, how many, cost, uncosted, elsewhere, hours, untimed."""
        at, count = np.searchsorted(self._keys, self._met), len(self._keys)
        counts = self._ago(self._met_on) < np.minimum(years, LONGEST)[at]
        at = at[counts]
        since = np.full(count, _NEVER)
        np.minimum.at(since, at, self._met_on[counts])
        costs = np.zeros(count, np.int64)
        np.add.at(costs, at, whole(self._contacts.cost)[counts])
        flags = whole(self._contacts.flags)[counts]
        uncosted, elsewhere, untimed = (np.bincount(at[flags & flag > 0], minlength=count) for flag in (1, 2, 4))
        hours = np.bincount(at, real(self._contacts.hours)[counts], count)
        return since, np.bincount(at, minlength=count), costs, uncosted, elsewhere, hours, untimed

    def _ago(self, day: Whole) -> Whole:
        """How many years ago days were: 0 for those of the year up to today, `LONGEST` for all that are longer ago."""
        return LONGEST - np.searchsorted(self._ends, day)

    def _years_since(self, day: Whole) -> Floats:
        """Since a day, at least one and at most so many as are looked back; one where there is none."""
        return np.clip((self._today - np.minimum(day, self._today)) / YEAR, 1.0, float(LONGEST))
