"""The territory in words: why an account gets its effort, what a plan rests on, and how two plans differ.

What differs between hours and contacts is told by the unit (`method.units`).
Amounts are written by whoever asks: short on screen, in full on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.response import QUESTIONS
from crmtui.method.territory_plan import Served
from crmtui.method.units import UNITS
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import band, share
from crmtui.queries.territory import WEEKS
from crmtui.text import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crmtui.method.scenarios import Change, Comparison
    from crmtui.method.territory import Area
    from crmtui.method.territory_plan import Line, Plan, Point
    from crmtui.method.units import Unit
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.territory import TerritoryPage
    from crmtui.queries.territory_accounts import Each, Taken

SERVED: Final = {Served.UNDER: N_("too little"), Served.OVER: N_("too much"), Served.RIGHT: N_("right")}


def why(one: Line, unit: Unit) -> str:
    """Why an account gets what it gets, in a line."""
    return _(unit.reason(one.why))


def served(one: Line) -> str:
    """Whether it gets too little today, or too much; '' where that is right, or unknown."""
    return "" if one.served in (None, Served.RIGHT) else _(SERVED[one.served])


def figures(plan: Plan, say: Say) -> str:
    """A plan in a line: effort, what it gains, what one more would bring; or what is missing to tell it."""
    unit = UNITS[plan.unit]
    if why_not := silence(unit, plan):
        return why_not
    low, high = plan.band
    return _(unit.figures).format(
        used=hours(unit.used(plan)),
        capacity=hours(plan.capacity),
        gain=say(plan.gain),
        band=band(low, high, say),
        more=more(plan, say),
    )


def silence(unit: Unit, plan: Plan | None) -> str:
    """Why a plan has no figures; '' where it has, and before it is worked out."""
    if plan is None or plan.is_known:
        return ""
    return _(unit.nothing_known if plan.lines else unit.nobody)


def more(found: Plan | Point, say: Say) -> str:
    """What one more brings: in full, or at most where it is not known; '?' where there is no plan."""
    if found.more is not None:
        return say(found.more)
    return "?" if found.more_most is None else _("at most {most}").format(most=say(found.more_most))


def whole(page: TerritoryPage, plan: Plan, say: Say) -> Iterator[Term]:
    """What a plan is made of."""
    yield _("period"), ngettext("{count} week", "{count} weeks", WEEKS)
    unit = page.unit
    used, today = unit.used(plan), unit.used_today(plan)
    yield (
        _(unit.word.label),
        _("{used} of {capacity}; today {today}").format(
            used=hours(used), capacity=hours(plan.capacity), today=hours(today)
        ),
    )
    if unit.is_contacts:
        told = _("{hours} with trips; today {today}") if page.areas else _("{hours}; today {today}")
        yield _("hours"), told.format(hours=hours(plan.hours), today=hours(plan.hours_today))
        yield _("hours a contact"), _each_of_all(page.each)
    if page.week:
        there = _("{week} a week make {whole}, of one of us").format(
            week=hours(page.week), whole=hours(page.week * WEEKS)
        )
        yield _("working hours"), there
    yield from _brought(page, plan, say)
    for area, trip in zip(page.areas, plan.trips, strict=True):
        told = _("the trip takes {hours} h") if trip.is_made else _("no trip; it would take {hours} h")
        if unit.is_contacts:
            made = _("the trip takes {hours} h and no contacts, and costs {cost}")
            told = made if trip.is_made else _("no trip; it would take {hours} h and cost {cost}")
        yield area.name, told.format(hours=hours(trip.hours), cost=say(trip.cost))
    if plan.lines:
        yield _("known"), _("figures and answers of {share} of the accounts").format(share=share(plan.completeness))
    for note in plan.notes:
        yield _("note"), _(unit.note(note))
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


def _brought(page: TerritoryPage, plan: Plan, say: Say) -> Iterator[Term]:
    """What a plan brings, and at what cost; or what is missing to tell it."""
    unit, (low, high) = page.unit, plan.band
    if plan.is_known:
        yield _("gain"), f"{say(plan.gain)} ({band(low, high, say)})"
        yield (
            _("margin less effort"),
            _("{proposed} instead of {today}, a period").format(proposed=say(plan.value), today=say(plan.value_today)),
        )
    else:
        yield _("gain"), _("unknown: {why}").format(why=silence(unit, plan))
    yield _("effort"), _("an hour costs {cost}, and contacts what they cost today").format(cost=say(page.hour_cost))
    if plan.is_known:
        told = _("brings {more}") if plan.more is None else _("brings {more}; several more bring at most {most} each")
        yield _(unit.one_more), told.format(more=more(plan, say), most=say(plan.more_most))
        under, over = len(plan.served(Served.UNDER)), len(plan.served(Served.OVER))
        yield _("served"), _("{under} too little, {over} too much").format(under=under, over=over)


def account(taken: Taken, one: Line, unit: Unit, say: Say) -> Iterator[Term]:
    """Why an account gets its effort."""
    told = _("{today} today, {proposed} proposed")
    yield _(unit.word.label), told.format(today=hours(unit.now(one)), proposed=hours(unit.proposed(one)))
    if unit.is_contacts:
        yield _("hours"), told.format(today=hours(one.hours_today), proposed=hours(one.hours))
        yield _("hours a contact"), _each(taken.each)
        yield from _bounds(taken)
    usual = taken.account.usual if unit.is_contacts else taken.usual
    if usual is not None:
        label = _("usual contacts") if unit.is_contacts else _("usual hours")
        yield label, _("{usual} a period, by the contacts of a year; none in this one").format(usual=hours(usual))
    yield _("because"), why(one, unit)
    if missing := [label for label, is_missing in _missing(taken) if is_missing]:
        yield _("missing"), ", ".join(missing)
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
        yield _(unit.one_more), _("brings at most {value}").format(value=say(one.up))
    if one.down is not None:
        yield _(unit.one_fewer), _("costs at least {value}").format(value=say(one.down))
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


def _missing(taken: Taken) -> Iterator[tuple[str, bool]]:
    """What has to be said before anything can be weighed, and whether it is missing."""
    yield _("sales a year"), taken.sales is None
    yield _("its margin"), taken.margin is None
    yield _("the effort that it gets, by contacts or in your words"), not taken.account.base > 0


def _each(each: Each) -> str:
    """How long a contact with an account takes, and how that is known."""
    if not each.is_own:
        return _each_of_all(each)
    return ngettext(
        "{hours}, of its own {count} contact",
        "{hours}, of its own {count} contacts",
        each.count,
        hours=hours(each.hours),
    )


def _each_of_all(each: Each) -> str:
    if not each.count:
        return _("{hours}, as nobody was met in a year").format(hours=hours(each.hours))
    return ngettext(
        "{hours}, as the {count} contact of a year took",
        "{hours}, the mean of the {count} contacts of a year",
        each.count,
        hours=hours(each.hours),
    )


def _bounds(taken: Taken) -> Iterator[Term]:
    """What was said of its hours, and how many contacts that makes."""
    record, account = taken.record, taken.account
    if record is None:
        return
    for label, said, made in (
        (_("at least"), record.least_hours, account.least),
        (_("at most"), record.most_hours, account.most),
        (_("fixed at"), record.pinned_hours, account.pin),
    ):
        if said is not None and made is not None:
            yield (
                label,
                ngettext(
                    "{count} contact, as {hours} h were said",
                    "{count} contacts, as {hours} h were said",
                    made,
                    hours=hours(said),
                ),
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


def difference(found: Comparison, names: Mapping[int, str], areas: Iterable[Area], say: Say) -> Iterator[Term]:
    """What a plan does differently from another."""
    unit = found.unit
    yield _(unit.word.label), changed(found.more)
    yield _("gain"), gained(found, say)
    yield _("the same"), ngettext("{count} account", "{count} accounts", found.same)
    yield from tours(found, areas)
    mark = "" if unit.is_contacts else " h"
    for one in found.changes:
        yield names.get(one.key, "?"), f"{changed(one.more(unit))}{mark} · {brought(one, say)}"


def gained(found: Comparison, say: Say) -> str:
    """How much more a plan gains than another, and without whom; `?` where nobody knows."""
    told = "?" if found.gain is None else say(found.gain)
    if not found.unknown:
        return told
    without = ngettext(
        "without {count} account of which nobody knows what effort brings",
        "without {count} accounts of which nobody knows what effort brings",
        found.unknown,
    )
    return f"{told} {without}"


def brought(one: Change, say: Say) -> str:
    """How much more an account brings in a plan than in another; `?` where nobody knows."""
    return "?" if one.value is None else say(one.value)


def tours(found: Comparison, areas: Iterable[Area]) -> Iterator[Term]:
    """To which areas only one of two plans goes, and so where a trip more or fewer is behind the difference."""
    called = {area.key: area.name for area in areas}
    for label, keys in ((_("trips too to"), found.trips), (_("no trips to"), found.no_trips)):
        if keys:
            yield label, ", ".join(called.get(key, "?") for key in keys)


def changed(more: float) -> str:
    """How much more or less: `+3`, `-0.5`."""
    return f"+{hours(more)}" if more > 0 else hours(more)
