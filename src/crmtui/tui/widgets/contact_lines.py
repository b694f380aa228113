"""A contact on one line, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui import days
from crmtui.domain.words import ContactStatus
from crmtui.text import _
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.queries.contacts import Entry

CHANNEL: Final = 11  # cells
LABEL: Final = 12
TIME: Final = 5
HOURS: Final = 6
COST: Final = 8
SHORT: Final = 10  # characters of a title that still goes on the line
_DOT: Final = " · "


def status(entry: Entry, today: dt.date) -> Content:
    """The sign of what became of it; one that is late is marked to act on."""
    if entry.is_open and entry.day < today:
        return Content.styled(show.glyphs().urgent, f"bold {show.ACT}")
    return show.status(entry.status.value)


def brief(entry: Entry, today: dt.date, *, with_account: bool = True) -> Content:
    """`○ Meeting  Conti, Rossi · Helios · pilot review`: whom, where, and what it carries."""
    return Content.assemble(
        status(entry, today),
        " ",
        show.cells(show.label(entry.channel, show.MUTED), CHANNEL - 1),
        " ",
        about(entry, with_account=with_account),
    )


def about(entry: Entry, *, with_account: bool = True) -> Content:
    """Whom it is with, where, and what it carries."""
    where = entry.account or entry.opportunity if with_account else ""
    parts = [
        show.label(people(entry)) if entry.people else Content(),
        show.label(where, show.MUTED),
        show.label(entry.message),
    ]
    return Content.styled(_DOT, show.MUTED).join([part for part in parts if part.plain])


def people(entry: Entry) -> str:
    """The names of the interlocutors; the title where there is one person with a short one."""
    if len(entry.people) == 1 and 0 < len(entry.people[0].title) <= SHORT:
        return f"{entry.people[0].name} ({entry.people[0].title})"
    return ", ".join(person.name for person in entry.people)


def lateness(entry: Entry, today: dt.date) -> Content:
    """`3 d late`."""
    return Content.styled(_("{count} d late").format(count=(today - entry.day).days), show.ACT)


def weekday(entry: Entry) -> Content:
    """`Mon 23 10:00`: the day of one of the next ones."""
    return day_and_time(entry.day, entry.time)


def day_and_time(day: dt.date, time: str = "") -> Content:
    """`Mon 23 10:00`, the place of the time blank where there is none."""
    return Content.assemble(f"{_(days.WEEKDAYS[day.weekday()])} {day.day:>2}", " ", show.fit(time, TIME))


def figures(entry: Entry) -> Content:
    """`10:30  2 h  140 €`, in columns: when, how long, at what cost; what is unknown is left out."""
    decimals = 0 if entry.hours is None or entry.hours == int(entry.hours) else 1
    hours = show.figure(entry.hours, decimals, _("h")) if entry.hours is not None else Content()
    cost = show.money(entry.cost, entry.currency) if entry.cost is not None else Content()
    return Content.assemble(
        show.fit(entry.time, TIME), show.cells(hours, HOURS, "right"), show.cells(cost, COST, "right")
    )


def full(entry: Entry, today: dt.date) -> Content:
    """All that is known of it."""
    return Content("\n").join(_facts(entry, today))


def _facts(entry: Entry, today: dt.date) -> Iterator[Content]:
    yield Content.assemble(status(entry, today), " ", show.label(entry.channel, "bold"), f"  {_(entry.status.label)}")
    yield _fact(_("day"), Content.assemble(show.full_date(entry.day), f"  {entry.time}" if entry.time else ""))
    for person in entry.people:
        yield _fact(_("with"), Content.assemble(show.label(person.name), "  ", show.label(person.title, show.MUTED)))
    if not entry.people:
        yield _fact(_("with"), show.nothing())
    for label, name in ((_("account"), entry.account), (_("for"), entry.opportunity), (_("by"), entry.actor)):
        if name:
            yield _fact(label, show.label(name))
    yield _fact(_("hours"), show.figure(entry.hours, 1))
    yield _fact(_("cost"), show.money_in_full(entry.cost, entry.currency))
    for label, name in ((_("on the need"), entry.need), (_("win of"), entry.win_of)):
        if name:
            yield _fact(label, show.label(name))
    for label, words in ((_("message"), entry.message), (_("outcome"), entry.outcome), *entry.kept):
        if words:
            yield Content()
            yield show.label(label, show.MUTED)
            yield show.block(words)
    if entry.status is ContactStatus.DONE and not entry.outcome:
        yield Content.styled(_("no outcome written down"), show.MUTED)


def _fact(label: str, value: Content) -> Content:
    return Content.assemble((show.lead(label, LABEL), show.MUTED), value)
