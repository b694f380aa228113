"""The hours that the accepted scenario of the territory gives an account, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.figures import Figure
from crmtui.text import _, line

if TYPE_CHECKING:
    from crmtui.store.reading.territory import Accepted


def hours(value: float) -> str:
    """Hours of a period, `12` or `3.5`."""
    return f"{Figure(round(value, 1)):g}"


def measured(found: Accepted) -> str:
    """The hours of an account in the accepted scenario, and how many of them were spent."""
    scenario = line(found.scenario)
    if found.hours is None:
        return _("none in {scenario}; {done} h spent").format(scenario=scenario, done=hours(found.done))
    return _("{done} of {hours} h until {day} ({scenario})").format(
        done=hours(found.done), hours=hours(found.hours), day=found.ends_on, scenario=scenario
    )
