"""Recency, frequency and money of orders, in fifths, for display (method.md section 5).

Each account gets 1 to 5 by its place among all that ordered, 5 for the latest, most frequent and largest buyers.
Equals share the middle of their places, so that they never fall into different fifths; where all are equal, all get 3.
So it says who bought how beside the others, and nothing of how long ago that is: that is `Standing.days`. Nor does it
say what somebody is worth: that is `equity`, and for repeat orders `repeat`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.method.margins import ranks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from crmtui.method.repeat import Buyer

FIFTHS: Final = 5
LATER: Final = 4  # recency from here on
EARLIER: Final = 2  # recency up to here
EARLIEST: Final = 1  # recency up to here, where it was less
# How much is bought, 1 to 5, from where on it is called so.
MORE: Final = 4
MISSED: Final = 3.5
LIKE_MOST: Final = 3
LIKE_MOST_LATER: Final = 2.5
LESS: Final = 2  # up to here


class Habit(StrEnum):
    """How an account buys beside the others; more is oftener and for more money."""

    BEST = "best"  # more recently than most, and more
    LOYAL = "loyal"  # like most, or more
    RECENT = "recent"  # more recently than most, but less
    OCCASIONAL = "occasional"  # less than most
    AT_RISK = "at_risk"  # more than most, but longer ago
    SLEEPING = "sleeping"  # longer ago than most
    GONE = "gone"  # longest ago, and less than most


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account bought.

    Attributes:
        key: which account.
        last: the latest day with an order.
        days: since then.
        orders: how many days with an order.
        money: sum of the amounts that are known, minor units; None where none is.
        unpriced: orders without an amount.
        recency: 1 to 5; so also `frequency`.
        monetary: 1 to 5; None where no amount is known.
        habit: what these make of it.
    """

    key: int
    last: dt.date
    days: int
    orders: int
    money: float | None
    unpriced: int
    recency: int
    frequency: int
    monetary: int | None
    habit: Habit


def standings(buyers: Iterable[Buyer], today: dt.date, since: dt.date | None = None) -> list[Standing]:
    """How each account bought until today, and since a day if one is given; without those that bought nothing then."""
    seen = []
    for buyer in buyers:
        orders = [(day, amount) for day, amount in buyer.orders if day <= today and (since is None or day >= since)]
        if orders:
            seen.append((buyer.key, orders))
    lasts = [max(day for day, _amount in orders) for _key, orders in seen]
    counts = [len({day for day, _amount in orders}) for _key, orders in seen]
    sums = [_known([amount for _day, amount in orders]) for _key, orders in seen]
    recency = fifths([float(last.toordinal()) for last in lasts])
    frequency = fifths([float(count) for count in counts])
    priced = iter(fifths([money for money in sums if money is not None]))
    found = []
    for (key, orders), last, count, money, r, f in zip(seen, lasts, counts, sums, recency, frequency, strict=True):
        m = None if money is None else next(priced)
        unpriced = sum(amount is None for _day, amount in orders)
        found.append(Standing(key, last, (today - last).days, count, money, unpriced, r, f, m, habit(r, f, m)))
    return found


def fifths(values: Sequence[float]) -> list[int]:
    """1 to 5 for each value, 5 for the greatest fifth; equals share the middle of their places."""
    count = len(values)
    return [1 + min(FIFTHS - 1, math.floor(FIFTHS * (rank - 0.5) / count)) for rank in ranks(values)]


def habit(recency: int, frequency: int, monetary: int | None) -> Habit:
    """What three fifths make of an account; without a known amount frequency speaks for both."""
    much = frequency if monetary is None else (frequency + monetary) / 2
    if recency >= LATER:
        if much >= MORE:
            return Habit.BEST
        return Habit.LOYAL if much >= LIKE_MOST_LATER else Habit.RECENT
    if recency > EARLIER:
        return Habit.LOYAL if much >= LIKE_MOST else Habit.OCCASIONAL
    if much >= MISSED:
        return Habit.AT_RISK
    return Habit.GONE if recency <= EARLIEST and much <= LESS else Habit.SLEEPING


def _known(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if known else None
