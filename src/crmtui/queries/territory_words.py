"""The territory in words: why an account gets its hours, what a plan rests on, and how two plans differ.

Amounts are written by whoever asks: short on screen, in full on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.response import QUESTIONS
from crmtui.method.territory_plan import Served, Why
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import band, share
from crmtui.queries.territory import WEEKS
from crmtui.text import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.method.scenarios import Comparison
    from crmtui.method.territory_plan import Line, Plan, Point
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.territory import Taken, TerritoryPage

NOBODY: Final = N_("There is no account to share hours out to.")
SERVED: Final = {Served.UNDER: N_("too little"), Served.OVER: N_("too much"), Served.RIGHT: N_("right")}
EVEN: Final = N_("one hour more would bring less here than elsewhere, or than it costs; one fewer would lose more")
_IN_HOURS: Final = {
    Why.EVEN: EVEN,
    Why.WHOLE: N_("kept as today, down to whole hours: nobody has said what it buys, with what margin and effort"),
}  # where the method speaks of contacts


def why(one: Line) -> str:
    """Why an account gets what it gets, in a line."""
    return _(_IN_HOURS.get(one.why, one.why.label))


def served(one: Line) -> str:
    """Whether it gets too little today, or too much; '' where that is right, or unknown."""
    return "" if one.served in (None, Served.RIGHT) else _(SERVED[one.served])


def figures(plan: Plan, say: Say) -> str:
    """A plan in a line: hours, what it gains, what one hour more would bring; or what is missing to tell it."""
    if all(one.sales_today is None or one.margin is None for one in plan.lines):
        return _("no hours to share out yet: of no account sales and margin are known; e says what one would buy")
    low, high = plan.band
    return _("{hours} of {capacity} h · gain {gain} ({band}) · one hour more brings {hour}").format(
        hours=hours(plan.hours),
        capacity=hours(plan.capacity),
        gain=say(plan.gain),
        band=band(low, high, say),
        hour=hour(plan, say),
    )


def hour(found: Plan | Point, say: Say) -> str:
    """What one hour more brings: in full, or at most where it is not known; '?' where there is no plan."""
    if found.hour is not None:
        return say(found.hour)
    return "?" if found.hour_most is None else _("at most {most}").format(most=say(found.hour_most))


def whole(page: TerritoryPage, plan: Plan, say: Say) -> Iterator[Term]:
    """What a plan is made of."""
    low, high = plan.band
    yield _("period"), ngettext("{count} week", "{count} weeks", WEEKS)
    yield (
        _("hours"),
        _("{hours} of {capacity}; today {today}").format(
            hours=hours(plan.hours), capacity=hours(plan.capacity), today=hours(plan.hours_today)
        ),
    )
    if page.week:
        there = _("{week} a week make {whole}, of one of us").format(
            week=hours(page.week), whole=hours(page.week * WEEKS)
        )
        yield _("working hours"), there
    yield _("gain"), f"{say(plan.gain)} ({band(low, high, say)})"
    yield (
        _("margin less effort"),
        _("{proposed} instead of {today}, a period").format(proposed=say(plan.value), today=say(plan.value_today)),
    )
    yield _("effort"), _("an hour costs {cost}, and contacts what they cost today").format(cost=say(page.hour_cost))
    more = _("brings {hour}") if plan.hour is None else _("brings {hour}; several more bring at most {most} each")
    yield _("one hour more"), more.format(hour=hour(plan, say), most=say(plan.hour_most))
    under, over = len(plan.served(Served.UNDER)), len(plan.served(Served.OVER))
    yield _("served"), _("{under} too little, {over} too much").format(under=under, over=over)
    for area, trip in zip(page.areas, plan.trips, strict=True):
        told = _("the trip takes {hours} h") if trip.is_made else _("no trip; it would take {hours} h")
        yield area.name, told.format(hours=hours(trip.hours))
    yield _("known"), _("figures and answers of {share} of the accounts").format(share=share(plan.completeness))
    for note in plan.notes:
        yield _("note"), _(note.label)
    if page.elsewhere:
        yield (
            _(NP_("figures", "left out")),
            ngettext(
                "sales of {count} account in another currency than {currency}",
                "sales of {count} accounts in other currencies than {currency}",
                page.elsewhere,
                currency=page.currency,
            ),
        )


def account(taken: Taken, one: Line, say: Say) -> Iterator[Term]:
    """Why an account gets its hours."""
    yield (
        _("hours"),
        _("{today} today, {proposed} proposed").format(today=hours(one.hours_today), proposed=hours(one.hours)),
    )
    if taken.usual is not None:
        told = _("{hours} a period, by the contacts of a year; none in this one")
        yield _("usual hours"), told.format(hours=hours(taken.usual))
    yield _("because"), why(one)
    if one.sales is not None and one.sales_today is not None:
        yield _("gain"), _gain(one, say)
        yield (
            _("sales"),
            _("{proposed} instead of {today}, a period").format(proposed=say(one.sales), today=say(one.sales_today)),
        )
        yield (
            _("effort costs"),
            _("{proposed} instead of {today}, a period").format(proposed=say(one.cost), today=say(one.cost_today)),
        )
    if one.up is not None:
        yield _("one hour more"), _("brings at most {value}").format(value=say(one.up))
    if one.down is not None:
        yield _("one hour less"), _("costs at least {value}").format(value=say(one.down))
    if taken.sales is None:
        yield _("sales a year"), _("unknown")
    else:
        yield _("sales a year"), f"{say(taken.sales)}, {_counted(taken)}"
    yield _("margin"), _("unknown") if taken.margin is None else _("{share} of sales").format(share=share(taken.margin))
    yield from answers(taken)
    if taken.elsewhere:
        yield (
            _(NP_("figures", "left out")),
            ngettext("{count} sale in another currency", "{count} sales in other currencies", taken.elsewhere),
        )


def _gain(one: Line, say: Say) -> str:
    """What it gains, with its band where nobody was asked how it answers."""
    low, high = one.band
    return say(one.gain) if low == high else f"{say(one.gain)} ({band(low, high, say)})"


def _counted(taken: Taken) -> str:
    """Where the sales of a year come from."""
    if not taken.is_counted:
        return _("as somebody said")
    if taken.years <= 1:
        return _("from orders and what was won")
    return _("from orders and what was won, the mean of {years} years").format(years=f"{Figure(taken.years):.1f}")


def answers(taken: Taken) -> Iterator[Term]:
    """The judgements that its curve goes through."""
    yield (
        _("how it answers"),
        _("as somebody said") if taken.is_judged else _("the usual of its level: nobody was asked"),
    )
    if taken.fault:
        yield _("out of order"), taken.fault
    for name, question in QUESTIONS.items():
        yield _(question), f"{Figure(getattr(taken.judged, name)):g} ×"  # noqa: RUF001 - times


def difference(found: Comparison, names: Mapping[int, str], say: Say) -> Iterator[Term]:
    """What a plan does differently from another."""
    yield _("hours"), f"{found.hours:+.0f}"
    yield _("gain"), say(found.gain)
    yield _("the same"), ngettext("{count} account", "{count} accounts", found.same)
    for one in found.changes:
        yield names.get(one.key, "?"), f"{one.hours:+.0f} h · {say(one.value)}"
