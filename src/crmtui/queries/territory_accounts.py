"""An account as a plan of the territory takes it: what it buys, the effort it gets, and what that is counted in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from crmtui.domain.words import Level
from crmtui.method import response, territory as method
from crmtui.method.managed import is_capped
from crmtui.store.reading.territory import Met
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.domain.territory import ResponseCurve
    from crmtui.method.response import Judgements
    from crmtui.method.units import Unit
    from crmtui.store.reading.territory import Kept, Sold

STEP: Final = 1.0  # hours in which effort is divided
FINEST: Final = 300  # steps that one account is looked at in: more hours are divided into longer ones
PERIODS: Final = 4.0  # in a year
_LEAST: Final = 0.25  # hours in a period that are some effort
_USUAL: Final = 1.0  # hours of a contact, where nobody was ever met
_PLACES: Final = 9  # of a number of contacts that hours make: what division adds beyond is no contact
_SLACK: Final = 10**-_PLACES
_LEVELS: Final = {level.value: level for level in Level}
_NONE: Final = Met(0.0, 0, 0)


@dataclass(frozen=True, slots=True)
class Each:
    """How long a contact with an account takes, and how that is known.

    Attributes:
        hours: of one, at least a minute.
        count: contacts that this is the mean of; 0 where nobody was met in a year.
        is_own: whether those are the account's own; else all that there were in a year.
    """

    hours: float
    count: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """An account as the plan takes it, and where its figures come from.

    Attributes:
        key: which.
        name: on one line.
        level: of the relationship.
        judged: how its sales answer to effort: what somebody said, or the usual of its level.
        is_judged: whether somebody said it.
        fault: why what was said makes no curve, so that the usual one is taken; '' for none.
        sales: a year, minor units of the workspace's own currency; None when unknown.
        margin: share of sales; None when unknown.
        hours: that it gets in a period now.
        years: of which its sales are the mean, where they were counted.
        is_counted: whether sales come from orders and what was won, not from what somebody said.
        elsewhere: sales in other currencies, which are left out.
        record: what was written down of it; None for nothing.
        each: how long a contact takes.
        account: the same for the method.
    """

    key: int
    name: str
    level: Level
    judged: Judgements
    is_judged: bool
    fault: str
    sales: int | None
    margin: float | None
    hours: float
    years: float
    is_counted: bool
    elsewhere: int
    record: ResponseCurve | None
    each: Each
    account: method.Account

    @property
    def usual(self) -> float | None:
        """Hours of a period that its sales go with, where those are not the ones that it gets now."""
        return None if self.account.usual is None else self.account.usual * self.account.hours


def mean(met: Iterable[Met]) -> Each:
    """How long a contact takes on the mean, whoever it is with."""
    hours, count = 0.0, 0
    for one in met:
        hours, count = hours + one.hours, count + one.contacts
    return Each(max(1 / method.MINUTES, hours / count) if count else _USUAL, count, is_own=False)


def each(now: Met | None, in_year: Met | None, of_all: Each) -> Each:
    """How long a contact with an account takes: by those of the period, else of a year, else of all accounts."""
    found = next((one for one in (now, in_year) if one and one.contacts), None)
    if found is None:
        return of_all
    return Each(max(1 / method.MINUTES, found.hours / found.contacts), found.contacts, is_own=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an account before it is planned.

    Attributes:
        sold: what it bought; None for nothing.
        years: of which that is the mean.
        now: its contacts of the period; None for none.
        in_year: those of a year.
        record: what was written down of it; None for nothing.
        each: how long a contact with it takes.
    """

    sold: Sold | None
    years: float
    now: Met | None
    in_year: Met | None
    record: ResponseCurve | None
    each: Each


class _Bounds(TypedDict):
    least: int
    most: int | None
    pin: int | None


class _Effort(_Bounds):
    today: float
    usual: float | None
    hours: float
    contact_cost: float


def taken(kept: Kept, currency: str, known: Known, unit: Unit) -> Taken:
    """An account as a plan in this unit takes it."""
    sold, record = known.sold, known.record
    said = record if record is not None and record.currency == currency else None
    counted = None if sold is None or sold.amount is None else round(sold.amount / known.years)
    sales = said.sales if said and said.sales is not None else counted
    margin = record.margin_share if record else None
    if margin is None and sold and sold.margin is not None and sold.priced:
        margin = sold.margin / sold.priced
    level = _LEVELS[kept.level]
    judged, is_judged, fault = _judged(kept, record, level, sales, currency)
    is_open = sales is not None and margin is not None  # else it stays as it is: nothing is divided
    account = method.Account(
        key=kept.account_id,
        name=line(kept.name),
        curve=response.fit(judged),
        sales=None if sales is None else sales / PERIODS,
        margin=margin,
        area=kept.area_id,
        is_judged=is_judged,
        currency=currency,
        **(_in_contacts(known) if unit.is_contacts else _in_hours(known, is_open=is_open)),
    )
    return Taken(
        key=kept.account_id,
        name=account.name,
        level=level,
        judged=judged,
        is_judged=is_judged,
        fault=fault,
        sales=sales,
        margin=margin,
        hours=_hours(known),
        years=known.years,
        is_counted=not (said and said.sales is not None),
        elsewhere=(sold.elsewhere if sold else 0) + bool(record and record.sales is not None and said is None),
        record=record,
        each=known.each,
        account=account,
    )


def _hours(known: Known) -> float:
    """The hours of a period now: what somebody said, else those of its contacts."""
    if known.record and known.record.hours is not None:
        return known.record.hours
    return known.now.hours if known.now else 0.0


def _in_hours(known: Known, *, is_open: bool) -> _Effort:
    """Its effort in steps of hours."""
    now, in_year = known.now or _NONE, known.in_year or _NONE
    hours, usually = _hours(known), in_year.hours / PERIODS
    step = _step(max(hours, usually), known.record) if is_open else STEP
    cost = next((one.cost / one.hours for one in (now, in_year) if one.hours), 0.0)
    return {
        "today": hours / step,
        "usual": usually / step if not hours and usually >= _LEAST else None,  # it was met when it bought
        "hours": step,
        "contact_cost": cost * step,
        **_bounds(known.record, step),
    }


def _in_contacts(known: Known) -> _Effort:
    """Its effort in whole contacts; what was said of hours is converted by how long one takes."""
    now, in_year, record = known.now or _NONE, known.in_year or _NONE, known.record
    step = known.each.hours
    today = float(now.contacts) if record is None or record.hours is None else round(record.hours / step, _PLACES)
    usually = in_year.contacts / PERIODS
    bounds = _bounds(record, step)
    if bounds["most"] is None and today <= bounds["least"] + method.MOST_LEVELS < method.MOST_TIMES * today:
        bounds["most"] = bounds["least"] + method.MOST_LEVELS
    return {
        "today": today,
        "usual": usually if not today and usually else None,
        "hours": step,
        "contact_cost": next((one.cost / one.contacts for one in (now, in_year) if one.contacts), 0.0),
        **bounds,
    }


def _judged(
    kept: Kept, record: ResponseCurve | None, level: Level, sales: int | None, currency: str
) -> tuple[Judgements, bool, str]:
    """What was said of how it answers, else the usual of its level; and why what was said is of no use."""
    potential = kept.potential if kept.currency == currency else None
    room = potential / sales - 1 if potential is not None and sales else None
    usual = response.usual(level, room, is_capped=is_capped(kept.willingness))
    if record is None:
        return usual, False, ""
    given = (record.none, record.half, record.more, record.most)
    if any(one is None for one in given):
        return usual, False, ""
    said = response.Judgements(*(one or 0.0 for one in given))
    wrong = response.faults(said)
    return (usual, False, next(iter(wrong.values()))) if wrong else (said, True, "")


def _step(hours: float, record: ResponseCurve | None) -> float:
    """The hours in which an account's effort is divided: longer ones where it may get very many, unless they are fixed.

    Then they are a hundredth of today's, which is finer than anybody knows what they bring.
    """
    if record is not None and record.pinned_hours is not None:
        return STEP
    least = (record.least_hours if record else None) or 0.0
    most = record.most_hours if record else None
    open_ = (max(least, method.MOST_TIMES * hours) if most is None else most) - least
    return STEP * max(1, math.ceil(open_ / STEP / FINEST))


def _bounds(record: ResponseCurve | None, step: float) -> _Bounds:
    """Bounds in steps, or contacts: a least is rounded up, a most down."""
    if record is None:
        return {"least": 0, "most": None, "pin": None}
    least = math.ceil((record.least_hours or 0.0) / step - _SLACK)
    most = None if record.most_hours is None else max(least, math.floor(record.most_hours / step + _SLACK))
    pin = None if record.pinned_hours is None else round(record.pinned_hours / step)
    return {"least": least, "most": most, "pin": pin}
