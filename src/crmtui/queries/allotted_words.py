"""The hours that the accepted scenario of the territory gives an account, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmtui import figures
from crmtui.days import dated
from crmtui.method.territory_plan import Served
from crmtui.text import _, line

if TYPE_CHECKING:
    from crmtui.queries.scenarios import Watched
    from crmtui.store.reading.scenarios import Accepted


def hours(value: float) -> str:
    """Hours of a period, `12` or `3.5`."""
    return figures.brief(value)


def brief(found: Accepted) -> str:
    """The same in short: `2 + 3.5 of 12 h`, spent and planned."""
    spent = f"{hours(found.done)} + {hours(found.planned)}"
    if found.hours is None:
        return _("{spent} h, none given").format(spent=spent)
    told = _("{spent} of {hours} h: too much") if found.is_over else _("{spent} of {hours} h")
    return told.format(spent=spent, hours=hours(found.hours))


def measured(found: Accepted) -> str:
    """The hours of an account in the accepted scenario, and how many of them were spent."""
    scenario = line(found.scenario)
    if found.hours is None:
        return _("none in {scenario}; {done} h spent").format(scenario=scenario, done=hours(found.done))
    told = _("{done} of {hours} h until {day} ({scenario})")
    if found.planned:
        told = _("{done} of {hours} h, {planned} h planned, until {day} ({scenario})")
    if found.is_over:
        told = f"{told}: {_('too much')}"
    return told.format(
        done=hours(found.done),
        hours=hours(found.hours),
        planned=hours(found.planned),
        day=dated(dt.date.fromisoformat(found.ends_on)),
        scenario=scenario,
    )


def week(used: float, allotted: float) -> str:
    """The hours of a week beside those that the accepted scenario gives."""
    return _("territory: {used} of {hours} h a week").format(used=hours(used), hours=hours(allotted))


def watched(one: Watched) -> str:
    """What Today says of an account that gets too little or too much of the accepted scenario, and what shows it."""
    given = {name: hours(getattr(one.service, name)) for name in ("hours", "done", "planned", "due")}
    if one.service.served is Served.OVER:
        told = _("too much: {done} h spent and {planned} h planned, of {hours} h")
    else:
        told = _("too little: {done} h spent and {planned} h planned, of {hours} h; {due} h should be spent by now")
    return _("{served} ({scenario} until {day})").format(
        served=told.format(**given), scenario=one.scenario, day=dated(one.ends_on)
    )
