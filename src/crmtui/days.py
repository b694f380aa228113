"""Days as people read them, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.text import N_, _

if TYPE_CHECKING:
    from datetime import date

_SPRING: Final = (N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"))
_AUTUMN: Final = (N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"))
MONTHS: Final = _SPRING + _AUTUMN
WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def dated(day: date | None) -> str:
    """A day with its year: `12 Mar 2026`; '' for none."""
    if day is None:
        return ""
    return _("{day} {month} {year}").format(day=day.day, month=_(MONTHS[day.month - 1]), year=day.year)


def span(first: date, last: date) -> str:
    """From one day to another: `12 Dec 2025 … 12 Mar 2026`."""
    return f"{dated(first)} … {dated(last)}"
