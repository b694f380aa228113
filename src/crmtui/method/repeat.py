"""Accounts with many repeat orders: what they will buy, whether they still do, what they are worth (method.md 5).

BG/NBD says how often (`buying`), gamma-gamma how much (`spending`). Both are for customers who come and go without a
word. They do not apply where contracts say when somebody leaves, nor where few have bought twice: then it is said why,
and the chain over the ladder (`equity`) is the figure to look at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, pvariance
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from crmtui.method.likely import Fit

WEEK: Final = 7
FEW_CUSTOMERS: Final = 50  # below which four parameters are not learnt
FEW_REPEATS: Final = 20  # customers with a second purchase, below which how they drop out is not to be seen
HALF: Final = 0.5  # a greater share of customers under contract makes this contract business
LEFT: Final = 0.1  # whoever still buys with a lesser probability has left, as far as orders tell
LINKED: Final = 0.3  # a stronger correlation between how often and how much is bought breaks what gamma-gamma assumes
REGULAR: Final = 2.0  # from this regularity on customers buy on a rhythm


class Unfit(StrEnum):
    """Why the model does not apply."""

    CONTRACT = "contract"  # more than half of the customers have a contract
    FEW_CUSTOMERS = "few_customers"
    FEW_REPEATS = "few_repeats"
    NOT_SETTLED = "not_settled"  # no parameters are the most likely: say, nobody ever left


@dataclass(frozen=True, slots=True)
class Buyer:
    """The orders of an account.

    Attributes:
        key: which account.
        orders: day and amount of each, in any order; minor units of one currency, None where it is unknown.
        has_contract: whether a contract says when it may leave.
    """

    key: int
    orders: tuple[tuple[dt.date, float | None], ...]
    has_contract: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What of it matters.

    Attributes:
        key: which account.
        repeats: days with an order after the first such day.
        last: weeks from the first to the last.
        span: weeks from the first until today.
        priced: repeats whose amount is known and above 0.
        spend: their mean amount; None of none.
        gaps: weeks between the last three order days, the later gap last; None where there are fewer.
    """

    key: int
    repeats: int
    last: float
    span: float
    priced: int = 0
    spend: float | None = None
    gaps: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt about how accounts buy.

    Attributes:
        unfit: why the model does not apply; None where it does.
        customers: accounts it was learnt from.
        repeats: of those, with a second purchase.
        contracts: accounts left out, as they have a contract.
        priced: accounts of which it is known what they spent at a second purchase or later.
        buying: r, alpha, a and b; None where it does not apply.
        spending: p, q and v; None where too few amounts are known, or they do not settle.
        regularity: 1 where purchases come by chance, as the model takes them; more the more regular they are; None
            where there are too few (Wheat & Morrison 1990).
        correlation: between number and size of purchases, which gamma-gamma takes to be 0; None where there are few.
    """

    unfit: Unfit | None
    customers: int
    repeats: int
    contracts: int
    priced: int = 0
    buying: Fit | None = None
    spending: Fit | None = None
    regularity: float | None = None
    correlation: float | None = None

    @property
    def is_regular(self) -> bool:
        """Whether accounts buy on a rhythm: one that misses it is then sooner lost than the model says."""
        return self.regularity is not None and self.regularity >= REGULAR

    @property
    def is_linked(self) -> bool:
        """Whether those who buy more often buy more at a time, or less: the model takes it that they do not."""
        return self.correlation is not None and abs(self.correlation) >= LINKED


def histories(buyers: Iterable[Buyer], today: dt.date) -> list[History]:
    """What of each buyer matters, without those that have not bought until today; orders of one day are one."""
    found = []
    for buyer in buyers:
        days: dict[dt.date, list[float | None]] = {}
        for day, amount in buyer.orders:
            if day <= today:
                days.setdefault(day, []).append(amount)
        if days:
            found.append(_history(buyer.key, sorted(days.items()), today))
    return found


def learn(buyers: Iterable[Buyer], today: dt.date) -> Learnt:
    """How accounts buy, as seen from their orders until today."""
    given = [buyer for buyer in buyers if any(day <= today for day, _amount in buyer.orders)]
    free = histories((buyer for buyer in given if not buyer.has_contract), today)
    contracts = len(given) - len(free)
    if given and contracts > HALF * len(given):
        return Learnt(Unfit.CONTRACT, len(free), sum(one.repeats > 0 for one in free), contracts)
    return learn_from(free, contracts)


def learn_from(free: Sequence[History], contracts: int = 0) -> Learnt:
    """The same from histories of accounts without a contract."""
    repeats = sum(one.repeats > 0 for one in free)
    if len(free) < FEW_CUSTOMERS or repeats < FEW_REPEATS:
        why = Unfit.FEW_CUSTOMERS if len(free) < FEW_CUSTOMERS else Unfit.FEW_REPEATS
        return Learnt(why, len(free), repeats, contracts)
    from crmtui.method.repeat_fit import fit_buying, fit_spending

    buying = fit_buying(free)
    if buying is None:
        return Learnt(Unfit.NOT_SETTLED, len(free), repeats, contracts)
    priced = [one for one in free if one.spend is not None]
    return Learnt(
        unfit=None,
        customers=len(free),
        repeats=repeats,
        contracts=contracts,
        priced=len(priced),
        buying=buying,
        spending=fit_spending(priced) if len(priced) >= FEW_REPEATS else None,
        regularity=_regularity(free),
        correlation=_correlation(priced),
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of an account until a horizon.

    Bands hold 80 % of what the parameters leave open; what the account then does varies more.

    Attributes:
        key: which.
        alive: the probability that it still buys; 1 for one that bought once only, which the model never takes for
            lost: see `History.span`.
        alive_low: the lower end of its band.
        alive_high: the upper end.
        purchases: expected number.
        low: the lower end of its band.
        high: the upper end.
        spend: expected at a purchase, in minor units; None where spending was not learnt.
        value: of the purchases, discounted, times the share that is margin; None likewise.
        value_low: the lower end of its band; None likewise.
        value_high: the upper end.
        history: what it was made of.
    """

    key: int
    alive: float
    alive_low: float
    alive_high: float
    purchases: float
    low: float
    high: float
    spend: float | None
    value: float | None
    value_low: float | None
    value_high: float | None
    history: History

    @property
    def has_left(self) -> bool:
        """Whether it hardly buys any more, so that a value which takes it to go on is contradicted."""
        return self.alive < LEFT


def forecast(
    learnt: Learnt, seen: Sequence[History], weeks: float = 52.0, rate: float = 0.0, margin: float = 1.0
) -> list[Forecast]:
    """What to expect of accounts in so many weeks, in the order given; nothing where the model does not apply.

    Args:
        learnt: how accounts buy.
        seen: their histories.
        weeks: the horizon, above 0.
        rate: discount rate a year, at least 0.
        margin: share of what is spent that is margin.

    Raises:
        ValueError: a horizon not above 0, or a rate below 0.
    """
    if not (weeks > 0 and rate >= 0):
        raise ValueError("a forecast needs weeks above 0 and a rate of at least 0")
    if learnt.buying is None or not seen:
        return []
    from crmtui.method.repeat_fit import forecasts

    return forecasts(learnt.buying, learnt.spending, seen, weeks, rate, margin)


def _history(key: int, days: Sequence[tuple[dt.date, list[float | None]]], today: dt.date) -> History:
    first, last = days[0][0], days[-1][0]
    amounts = [_whole(amounts) for _day, amounts in days[1:]]
    priced = [amount for amount in amounts if amount is not None and amount > 0]
    recent = [(later - earlier).days / WEEK for earlier, later in pairwise(day for day, _amounts in days[-3:])]
    return History(
        key=key,
        repeats=len(days) - 1,
        last=(last - first).days / WEEK,
        span=(today - first).days / WEEK,
        priced=len(priced),
        spend=fmean(priced) if priced else None,
        gaps=(recent[0], recent[1]) if len(recent) > 1 else None,
    )


def _whole(amounts: Sequence[float | None]) -> float | None:
    """All amounts of a day together; None where one of them is not known."""
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if len(known) == len(amounts) else None


def _regularity(seen: Iterable[History]) -> float | None:
    """The shape k of gamma gaps: the first of two gaps has a share of both that is beta(k, k)."""
    shares = [one.gaps[0] / sum(one.gaps) for one in seen if one.gaps]
    if len(shares) < FEW_REPEATS:
        return None
    spread = pvariance(shares, 0.5)
    return (1 - 4 * spread) / (8 * spread) if spread else math.inf


def _correlation(priced: Sequence[History]) -> float | None:
    if len(priced) < FEW_REPEATS:
        return None
    counts, means = [float(one.priced) for one in priced], [one.spend or 0.0 for one in priced]
    count, mean = fmean(counts), fmean(means)
    both = math.fsum((x - count) * (z - mean) for x, z in zip(counts, means, strict=True))
    apart = math.fsum((x - count) ** 2 for x in counts) * math.fsum((z - mean) ** 2 for z in means)
    return both / math.sqrt(apart) if apart else None
