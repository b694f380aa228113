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
        first, *sold = self._of_sales()
        years = self._years_since(first)
        since, *met = self._of_contacts(years)
        margin, unpriced, elsewhere, undated, has_bought, is_buying = sold
        contacts, cost, uncosted, abroad, hours, untimed = met
        columns: dict[str, Sequence[object]] = {
            "years": years.tolist(),
            "margin": margin.tolist(),
            "unpriced": unpriced.tolist(),
            "elsewhere": (elsewhere + abroad).tolist(),
            "undated": undated.tolist(),
            "has_bought": has_bought.tolist(),
            "is_buying": is_buying.tolist(),
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
        """Of each account the first day, margin, unpriced, elsewhere, undated, whether it has bought, and is buying."""
        at, count = np.searchsorted(self._keys, self._sold), len(self._keys)
        flags = whole(self._sales.flags)
        is_unpriced, is_own = flags & 1 > 0, flags & 2 == 0
        is_dated = self._sold_on > 1
        is_late = is_dated & (self._ago(self._sold_on) < LONGEST)
        first = np.full(count, _NEVER)
        np.minimum.at(first, at[is_dated], self._sold_on[is_dated])
        is_buying = np.bincount(at[is_late], minlength=count) > 0
        priced = is_late & is_own & ~is_unpriced
        sums = np.zeros(count, np.int64)
        np.add.at(sums, at[priced], whole(self._sales.margin)[priced])
        is_known = (np.bincount(at[priced], minlength=count) > 0) | ((first < _NEVER) & ~is_buying)
        margin = sums.astype(object)
        margin[~is_known] = None
        return (
            *(first, margin, np.bincount(at[is_late & is_own & is_unpriced], minlength=count)),
            *(np.bincount(at[is_late & ~is_own], minlength=count), np.bincount(at[~is_dated], minlength=count)),
            *(np.bincount(at, minlength=count) > 0, is_buying),
        )

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
