"""How the grid of a plan is drawn: headings, names and cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui import days
from crmtui.domain.words import Role
from crmtui.queries.plans import monday
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets import contact_lines

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.queries.contacts import Entry
    from crmtui.queries.plans import PlanPage, Reachable

CELL: Final = 5
HEADER: Final = 2
SHOWN: Final = 3  # contacts of a cell before the last sign becomes a `+`
CURSOR: Final = "$block-cursor-foreground on $block-cursor-background bold"
BLURRED: Final = "$block-cursor-blurred-foreground on $block-cursor-blurred-background"
MARKED: Final = "on $accent 35% underline"
_EMPTY: Final = "·".center(CELL)
_ROLES: Final = {role.value: role.label for role in Role}


@dataclass(frozen=True, slots=True)
class Look:
    """What is particular about a cell.

    Attributes:
        number: which of its contacts the cursor is on; None where the cursor is elsewhere.
        marks: the keys of marked contacts.
        today: the day.
        is_inside: whether the plan spans the week.
        has_focus: whether the grid has the focus.
    """

    number: int | None
    marks: frozenset[int]
    today: dt.date
    is_inside: bool
    has_focus: bool


def headings(page: PlanPage, today: dt.date, weeks: range, line: int) -> Content:
    """The months above the first week that begins in them; then the day of each Monday, this week's in brackets."""
    shown = page.weeks[weeks.start : weeks.stop]
    if line == 0:
        return _months(shown)
    this = monday(today)
    return Content("").join(_monday(week, page, is_now=week == this) for week in shown)


def _months(weeks: Sequence[dt.date]) -> Content:
    """With the year where it begins, and where the first one shown does, if there is room for it."""
    plain = ""
    for at, week in enumerate(weeks):
        before = weeks[at - 1] if at else None
        if before is None or week.month != before.month:
            named = _(days.MONTHS[week.month - 1])
            whole = f"{named} {week.year}"
            if (before is None or week.year != before.year) and len(whole) < (len(weeks) - at) * CELL:
                named = whole
            plain = f"{show.fit(plain, at * CELL)} {named}"
    return Content.styled(show.fit(plain, len(weeks) * CELL), show.MUTED)


def _monday(week: dt.date, page: PlanPage, *, is_now: bool) -> Content:
    if is_now:
        return Content.styled(show.fit(f"[{week.day:>2}]", CELL), f"bold {show.BAR}")
    return Content.styled(show.fit(f" {week.day:>2} ", CELL), show.MUTED if page.is_inside(week) else show.TROUGH)


def name(row: Reachable | None, *, is_current: bool) -> Content:
    """A person with the role, or the title; the row of nobody says so."""
    if row is None:
        return Content.styled(_("nobody named"), show.MUTED)
    roles = ", ".join(_(_ROLES[role]) for role in row.roles.split(",") if role in _ROLES)
    about = roles or row.title
    shown = show.label(row.name, "bold" if is_current else "")
    return Content.assemble(shown, " ", show.label(about, show.MUTED)) if about else shown


def cell(entries: Sequence[Entry], look: Look) -> Content:
    """The signs of the contacts of a person in a week; a dot where there are none."""
    if not entries:
        shown = Content.styled(_EMPTY if look.is_inside else " " * CELL, show.TROUGH)
    else:
        first = _first(entries, look)
        last = first + SHOWN if len(entries) <= first + SHOWN else first + SHOWN - 1
        signs = [_sign(entry, look, is_at=at == look.number) for at, entry in enumerate(entries)][first:last]
        more = [Content.styled("+", show.MUTED)] if last < len(entries) else []
        shown = show.cells(Content("").join([*signs, *more]), CELL, "center")
    return shown if look.number is None else shown.stylize_before(_cursor(entries, look))


def _cursor(entries: Sequence[Entry], look: Look) -> str:
    """The ground of the cursor's cell, which lets its contact stand out."""
    return CURSOR if look.has_focus and not entries else BLURRED


def _first(entries: Sequence[Entry], look: Look) -> int:
    """The first contact that is shown: where there are many, as far on as the cursor asks."""
    return max(0, min((look.number or 0) - SHOWN + 2, len(entries) - SHOWN)) if len(entries) > SHOWN else 0


def _sign(entry: Entry, look: Look, *, is_at: bool) -> Content:
    sign = contact_lines.status(entry, look.today)
    if is_at and look.has_focus:
        sign = Content.styled(sign.plain, CURSOR)
    return sign.stylize(MARKED) if entry.id in look.marks else sign
