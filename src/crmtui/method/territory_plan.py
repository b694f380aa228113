"""The hours of a period shared out, with the reasons for each account (method.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmtui.domain.fields import Word
from crmtui.domain.words import EffortUnit
from crmtui.text import N_

UNASKED: Final = 0.5  # share by which the answer to effort may differ where nobody was asked: the band of a gain


class Why(Word):
    """Why an account gets what it gets."""

    EVEN = (
        "even",
        N_("one contact more would bring less than its hours bring elsewhere, or cost; one fewer would lose more"),
    )
    LEAST = "least", N_("nothing that it could get would bring as much as its hours bring elsewhere, or cost")
    MOST = "most", N_("it gets all that it may")
    TIMES = "times", N_("nobody set a most, and more than three times the usual is not looked at: f sets one")
    PINNED = "pinned", N_("pinned")
    FLAT = "flat", N_("effort changes nothing in what it buys")
    UNKNOWN = "unknown", N_("kept as today: nobody has said what it buys, with what margin and effort")
    WHOLE = (
        "whole",
        N_("kept as today, down to whole contacts: nobody has said what it buys, with what margin and effort"),
    )
    BOUNDED = (
        "bounded",
        N_("as near to today as its least and most allow: nobody has said what it buys, with what margin and effort"),
    )
    NO_MARGIN = "no_margin", N_("its sales leave no margin")
    LOSES = "loses", N_("every sale to it loses money")
    AWAY = "away", N_("what its area would bring is less than the hours of the trip bring elsewhere")


class Note(Word):
    """What has to be said of a plan."""

    NOBODY = "nobody", N_("There is no account to plan for.")
    ONE = "one", N_("There is one account only: nothing is weighed against it.")
    NO_HOURS = "no_hours", N_("There are no hours to share out: nobody gets more than nothing.")
    TODAY_OVER = "today_over", N_("Today's effort takes more hours than there are: part of the plan is to do less.")
    LEFT_OVER = "left_over", N_("There are more hours than these accounts may get, or are worth.")
    UNKNOWN = (
        "unknown",
        N_("Some accounts stay as they are today: nobody has said what they buy, with what margin and effort."),
    )
    UNJUDGED = "unjudged", N_("Some curves are the usual ones of the level: nobody was asked.")
    UNPROVEN = (
        "unproven",
        N_("There were too many ways to combine trips: the plan may not be the best, but is near it."),
    )


class Served(StrEnum):
    """Today's effort beside the plan."""

    UNDER = "under"
    OVER = "over"
    RIGHT = "right"  # less than one contact apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What an account gets, and why. Money is in the unit of the accounts', a period.

    Attributes:
        key: which.
        today: contacts now.
        proposed: contacts in the plan.
        hours_today: that today's take.
        hours: that the proposed take; trips are apart.
        sales_today: what it buys with today's; None where that is unknown.
        sales: what it would buy; None likewise.
        margin: share of sales; None likewise.
        cost_today: of today's effort, contacts and hours.
        cost: of the proposed.
        why: what decided.
        up: the most that one more of the plan's unit could bring here; None where it may not get more, or is unknown.
        down: the least that one fewer would cost here; None likewise.
        is_judged: whether somebody was asked for the curve.
    """

    key: int
    today: float
    proposed: int
    hours_today: float
    hours: float
    sales_today: float | None
    sales: float | None
    margin: float | None
    cost_today: float
    cost: float
    why: Why
    up: float | None
    down: float | None
    is_judged: bool

    @property
    def served(self) -> Served | None:
        """Whether it gets too little today, or too much; None where nobody knows what it buys."""
        if self.sales is None:
            return None
        if abs(self.proposed - self.today) < 1:
            return Served.RIGHT
        return Served.UNDER if self.proposed > self.today else Served.OVER

    @property
    def value_today(self) -> float:
        """Margin less cost with today's effort; the cost alone where the margin is unknown."""
        return (self.margin or 0.0) * (self.sales_today or 0.0) - self.cost_today

    @property
    def value(self) -> float:
        """The same with the proposed effort."""
        return (self.margin or 0.0) * (self.sales or 0.0) - self.cost

    @property
    def gain(self) -> float:
        """What the change brings."""
        return self.value - self.value_today

    @property
    def band(self) -> tuple[float, float]:
        """The gain at the worst and at the best; both the gain where somebody was asked."""
        margins = (self.margin or 0.0) * ((self.sales or 0.0) - (self.sales_today or 0.0))
        open_ = 0.0 if self.is_judged else UNASKED * abs(margins)
        return self.gain - open_, self.gain + open_


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """An area in the plan.

    Attributes:
        key: which.
        hours: of travel, if it is on the tour.
        cost: of those hours.
        is_made_today: whether anybody there is visited today.
        is_made: whether anybody there is visited in the plan.
    """

    key: int
    hours: float
    cost: float
    is_made_today: bool
    is_made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The effort of a period shared out. Money is in the unit of the accounts', a period.

    Attributes:
        capacity: what there is of the unit.
        lines: one for each account, in the order given.
        trips: one for each area, in the order given.
        value_today: margin less cost with today's effort.
        value: the same with the proposed effort.
        bound: no plan brings more than this: what the concave envelopes allow.
        slope: what one of the unit is worth on the concave envelopes.
        more: what the best plan for one more of the unit brings more than this one; None where either is not proven to
            be the best.
        completeness: share of the accounts whose figures are known and whose curve somebody was asked for, 0 to 1.
        notes: what has to be said.
        unit: what effort is divided in.
    """

    capacity: float
    lines: tuple[Line, ...]
    trips: tuple[Trip, ...]
    value_today: float
    value: float
    bound: float
    slope: float
    more: float | None
    completeness: float
    notes: tuple[Note, ...]
    unit: EffortUnit = EffortUnit.HOURS

    @property
    def hours_today(self) -> float:
        """Hours that today's effort takes, with its trips."""
        return sum(line.hours_today for line in self.lines) + sum(one.hours for one in self.trips if one.is_made_today)

    @property
    def hours(self) -> float:
        """Hours that the plan takes, with its trips."""
        return sum(line.hours for line in self.lines) + sum(trip.hours for trip in self.trips if trip.is_made)

    @property
    def gain(self) -> float:
        """What the plan brings beyond today."""
        return self.value - self.value_today

    @property
    def band(self) -> tuple[float, float]:
        """The gain if all accounts that nobody was asked about answered worst, and best."""
        bands = [line.band for line in self.lines]
        trips = self.gain - sum(line.gain for line in self.lines)
        return sum(low for low, _high in bands) + trips, sum(high for _low, high in bands) + trips

    @property
    def is_known(self) -> bool:
        """Whether of any account it can be said what effort brings; else there is no gain, which is not 0."""
        return any(line.sales_today is not None for line in self.lines)

    @property
    def more_most(self) -> float:
        """What one more of the unit brings at most, and each of several in the mean."""
        return self.slope + self.bound - self.value

    def served(self, how: Served) -> tuple[Line, ...]:
        """The accounts that get too little or too much today, the greatest change of hours first."""
        found = (line for line in self.lines if line.served is how)
        return tuple(sorted(found, key=lambda line: -abs(line.hours - line.hours_today)))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the gain curve.

    Attributes:
        capacity: what there is of the unit.
        gain: what the best plan for it brings beyond today; None where it is too little for what must be done.
        more: what one more of it brings there, as in `Plan`; None likewise.
        more_most: what it brings at most, and each of several in the mean; None where there is no plan.
    """

    capacity: float
    gain: float | None
    more: float | None
    more_most: float | None
