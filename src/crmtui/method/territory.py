"""How much effort for which account: what is asked, and what is answered (method.md section 4).

The hours of a period, or its contacts, are shared out so that margin less the cost of effort is the greatest that it
can be, exactly: `method.allocation` does it, with `method.knapsack`, and `method.territory_plan` is what comes of it.
Going step by step, each hour to where it brings most, is wrong: with an S-shaped curve the first hours bring next to
nothing, and such an account is never begun with.

Accounts of an area share a trip. An area is on the tour, or it is not: it takes its hours once in the period as soon
as anybody there is visited, however many are. What every visit takes by itself belongs to the hours of a contact.
Where contacts are shared out, the hours of trips and contacts take none of them, but cost as much.

All money of a plan is in one unit of one currency.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.units import HOURS
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.method.response import Curve
    from crmtui.method.territory_plan import Plan, Point
    from crmtui.method.units import Unit

MOST_TIMES: Final = 3  # effort beyond the usual that is looked at, where no maximum is given
MOST_WITHOUT: Final = 12  # and contacts, where there is no usual effort
MOST_LEVELS: Final = 1_000  # contacts from the fewest to the most: so many are looked at one by one
MOST_CONTACTS: Final = 1_000_000  # in a period: more are a slip
MINUTES: Final = 60  # hours are counted to the minute
MOST_HOURS: Final = 10_000.0  # that a contact takes, or an area its trips
_LEAST: Final = 1e-6  # contacts that are still some
_MOST: Final = 1e18  # no amount is greater


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as the plan takes it.

    Attributes:
        key: which.
        name: as sentences call it.
        curve: how its sales answer to effort.
        today: contacts that it gets in a period now; at least 0.
        sales: what it buys in a period with the usual effort, at least 0; None when nobody knows.
        margin: share of sales that is left to us, below 0 where it costs; None when nobody knows.
        usual: contacts in a period that those sales go with, above 0; None: those of today. For a prospect, what was
            in the mind of whoever said what it would buy.
        hours: that a contact takes, above 0.
        contact_cost: what a contact costs beside hours, at least 0.
        least: contacts that it must get.
        most: contacts that it may get; None: `MOST_TIMES` the usual.
        pin: contacts that it gets, whatever the figures say; goes before `least` and `most`.
        area: whose trip it shares; None where no trip is needed.
        is_judged: whether somebody was asked how it answers, so that the curve is more than the usual one of its level.
        currency: of its money.
    """

    key: int
    name: str
    curve: Curve
    today: float
    sales: float | None
    margin: float | None
    usual: float | None = None
    hours: float = 1.0
    contact_cost: float = 0.0
    least: int = 0
    most: int | None = None
    pin: int | None = None
    area: int | None = None
    is_judged: bool = True
    currency: str = ""

    @property
    def base(self) -> float:
        """The usual effort, in contacts; 0 where there is none."""
        return self.today if self.usual is None else self.usual

    @property
    def is_known(self) -> bool:
        """Whether it can be said what effort brings."""
        return self.sales is not None and self.margin is not None and self.base > 0

    @property
    def ends(self) -> tuple[int, int]:
        """The fewest and the most contacts: what is unknown stays as it is today, down to whole contacts."""
        if self.pin is not None:
            return self.pin, self.pin
        most = self.most
        if most is None:
            base = max(self.base, self.today)
            most = max(self.least, math.ceil(MOST_TIMES * base) if base else MOST_WITHOUT)
        if not self.is_known:
            held = min(most, max(self.least, math.floor(self.today)))
            return held, held
        return self.least, most


@dataclass(frozen=True, slots=True)
class Area:
    """Where accounts share a trip.

    Attributes:
        key: which.
        name: as sentences call it.
        hours: of travel in the period, once anybody there is visited; at least 0.
    """

    key: int
    name: str
    hours: float


def allocate(
    accounts: Sequence[Account],
    capacity: float,
    areas: Sequence[Area] = (),
    *,
    hour_cost: float = 0.0,
    unit: Unit = HOURS,
) -> Plan:
    """The best plan: no other keeps to the capacity, minimums, maximums and pins, and brings more.

    Args:
        accounts: who may get effort.
        capacity: hours of the period, or contacts, at least 0.
        areas: all that accounts name.
        hour_cost: what an hour costs, at least 0; 0 where hours are paid anyway.
        unit: what the capacity is counted in.

    Raises:
        ValueError: what cannot be planned, in a translated sentence that says what to do.
    """
    from crmtui.method.allocation import Territory

    return Territory(accounts, areas, hour_cost=hour_cost, unit=unit).plan(capacity)


def gains(
    accounts: Sequence[Account], capacities: Iterable[float], areas: Sequence[Area] = (), *, hour_cost: float = 0.0
) -> tuple[Point, ...]:
    """The gain curve: the best plan's gain for each capacity, exactly. Raises as `allocate` does."""
    from crmtui.method.allocation import Territory

    territory = Territory(accounts, areas, hour_cost=hour_cost)
    return tuple(territory.point(capacity) for capacity in capacities)


# What cannot be planned


def check(accounts: Sequence[Account], areas: Sequence[Area] = (), *, hour_cost: float = 0.0) -> None:
    """Raise ValueError, in a translated sentence, for what no plan can be made of."""
    currencies = sorted({one.currency for one in accounts if one.is_known and one.currency})
    if len(currencies) > 1:
        raise ValueError(
            _(
                "these accounts are in {currencies}, and margins in several currencies do not add up: plan each "
                "currency with hours of its own, or give all sales in one"
            ).format(currencies=", ".join(currencies))
        )
    if twice := [key for key, count in Counter(one.key for one in accounts).items() if count > 1]:
        raise ValueError(f"account {twice[0]} is there twice")
    if not 0 <= hour_cost < _MOST:
        raise ValueError(_("an hour cannot cost {value:g}: give 0 or more").format(value=Figure(hour_cost)))
    for area in areas:
        if not 0 <= area.hours <= MOST_HOURS:
            raise ValueError(
                _("{name}: trips cannot take {value:g} hours: give from 0 to 10000").format(
                    name=area.name, value=Figure(area.hours)
                )
            )
    known = {area.key for area in areas}
    for one in accounts:
        if one.area is not None and one.area not in known:
            raise ValueError(f"account {one.key} is in area {one.area}, which is not there")
        if sentence := _fault(one):
            raise ValueError(f"{one.name}: {sentence}")


def _usual(one: Account) -> float:
    return 1.0 if one.usual is None else one.usual


def _fault(one: Account) -> str:
    """What is wrong with an account; '' when nothing is."""
    for value, low, high, sentence in (
        (one.today, 0.0, _MOST, N_("today's contacts cannot be {value:g}: give 0 or more")),
        (one.sales or 0.0, 0.0, _MOST, N_("sales cannot be {value:g}: give 0 or more, or leave them unknown")),
        (one.margin or 0.0, -_MOST, _MOST, N_("the margin cannot be {value:g}: give a share of sales, such as 0.3")),
        (one.contact_cost, 0.0, _MOST, N_("a contact cannot cost {value:g}: give 0 or more")),
        (
            one.hours,
            1 / MINUTES,
            MOST_HOURS,
            N_("a contact cannot take {value:g} hours: give from a minute to 10000 hours"),
        ),
        (one.least, 0.0, _MOST, N_("the least number of contacts cannot be {value:g}: give 0 or more")),
        (one.pin or 0, 0.0, _MOST, N_("the pinned number of contacts cannot be {value:g}: give 0 or more")),
        (_usual(one), _LEAST, _MOST, N_("the usual effort cannot be {value:g}: give more than 0")),
    ):
        if not low <= value <= high:
            return _(sentence).format(value=Figure(value))
    if one.most is not None and one.most < one.least:
        return _("at most {most} contacts is less than the least, {least}: raise the one or lower the other").format(
            most=one.most, least=one.least
        )
    least, most = one.ends
    if most > MOST_CONTACTS or most - least > MOST_LEVELS:
        return _("{count} contacts in a period are more than can be planned: give a lower maximum").format(count=most)
    return ""
