"""A draft of contacts: a line for each, the running totals, and why each is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui import days
from crmtui.queries import plan_words
from crmtui.queries.coverage_words import POINTS
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.agenda import AgendaLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Sequence

    from crmtui.method.proposals import Proposal
    from crmtui.queries.proposing import DraftPage

DAY: Final = 10  # cells; with the year:
LONG_DAY: Final = 15
CHANNEL: Final = 11
GAIN: Final = 9
HOURS: Final = 6
COST: Final = 8
LABEL: Final = 14
VALUE: Final = 56
BAR: Final = 16


def lines(page: DraftPage, taken: Collection[Proposal], today: dt.date, width: int) -> Iterator[AgendaLine]:
    """What can still be taken, the best first, then why there is no more, wrapped to so many cells."""
    left = [one for one in page.draft.proposals if one not in taken]
    for one in left:
        yield AgendaLine(_left(page, one, today), _right(page, one), key=one.meeting, can_mark=True)
    if page.caution:
        yield from _remark(page.caution, after=bool(left), style=show.WATCH)
    reasons = list(plan_words.held(page))
    if reasons:
        title = _("WHY NO MORE") if page.draft.proposals else _("WHY NOTHING IS PROPOSED")
        yield from _remark(title, after=bool(left) or bool(page.caution), style=f"bold {show.MUTED}")
        for reason in reasons:
            yield from (AgendaLine(line) for line in show.label(reason, show.MUTED).wrap(width))


def _remark(words: str, *, after: bool, style: str) -> Iterator[AgendaLine]:
    if after:
        yield AgendaLine(Content())
    yield AgendaLine(Content.styled(words, style))


def _left(page: DraftPage, one: Proposal, today: dt.date) -> Content:
    """`Thu 12 Mar  Call       Bianchi · calm nights`."""
    weekday = _(days.WEEKDAYS[one.day.weekday()])
    has_year = any(other.day.year != today.year for other in page.draft.proposals)
    message = page.message(one).words
    about = [show.label(page.names[one.person]), *([show.label(message, show.MUTED)] if message else [])]
    return Content.assemble(
        show.cells(Content.assemble(f"{weekday} ", show.short_date(one.day, today)), LONG_DAY if has_year else DAY),
        " ",
        show.cells(show.label(page.channels[one.channel], show.MUTED), CHANNEL - 1),
        " ",
        Content.styled(" · ", show.MUTED).join(about),
    )


def _right(page: DraftPage, one: Proposal) -> Content:
    """`+2.7 pt  0.5 h  5 €`."""
    decimals = 0 if one.hours == int(one.hours) else 1
    return Content.assemble(
        show.cells(gain(one.gain), GAIN, "right"),
        show.cells(show.figure(one.hours, decimals, _("h")), HOURS, "right"),
        show.cells(show.money(one.cost, page.plan.currency), COST, "right"),
    )


def gain(of: float) -> Content:
    """What coverage gains, in points."""
    return show.figure(of * POINTS, 1, _("pt"), signed=True)


def totals(page: DraftPage, taken: Sequence[Proposal], marked: Sequence[Proposal]) -> Content:
    """What is taken already, with what is marked, or with all of it where nothing is."""
    left = [one for one in page.draft.proposals if one not in taken]
    some = [*taken, *(marked or left)]
    return Content("\n").join([_whose(taken, marked, left), _money(page, some), _coverage(page, some)])


def _whose(taken: Sequence[Proposal], marked: Sequence[Proposal], left: Sequence[Proposal]) -> Content:
    parts = [ngettext("{count} taken", "{count} taken", len(taken))] if taken else []
    if marked:
        parts.append(ngettext("with {count} that is marked:", "with {count} that are marked:", len(marked)))
    elif left:
        parts.append(ngettext("with the {count} that is left:", "with all {count} that are left:", len(left)))
    return Content.styled(" · ".join(parts), show.MUTED)


def _money(page: DraftPage, some: Sequence[Proposal]) -> Content:
    cost, hours = sum(one.cost for one in some), sum(one.hours for one in some)
    told = [
        _labelled(_("cost"), show.money(cost, page.plan.currency)),
        _labelled(_("hours"), show.figure(hours, 1)),
    ]
    left = page.basis.rules.left
    if left is None:
        return Content("  ").join([*told, Content.styled(_("no budget"), show.MUTED)])
    told.append(_labelled(_("of what is left"), show.money(left, page.plan.currency)))
    return Content("  ").join([*told, show.bar(cost, max(left, 1), BAR, trough=True)])


def _coverage(page: DraftPage, some: Sequence[Proposal]) -> Content:
    outlook = page.draft.outlook
    if outlook.now is None:
        return Content.styled(_("coverage unknown: nobody is on the map"), show.MUTED)
    end = page.reached(some)
    return Content("  ").join(
        [
            _labelled(_("coverage now"), show.percent(outlook.now)),
            _labelled(_("at the end"), show.percent(outlook.planned)),
            _labelled(_("with these"), show.percent(end).stylize("bold")),
            show.bar(end, 1, BAR, trough=True),
        ]
    )


def why(page: DraftPage, one: Proposal) -> Content:
    """The terms of a proposal."""
    found: list[Content] = []
    for label, words in plan_words.why(page, one):
        first, *more = show.label(words).wrap(VALUE) or [Content()]
        found.append(Content.assemble((show.lead(label, LABEL), show.MUTED), first))
        found += [Content.assemble(" " * LABEL, line) for line in more]
    return Content("\n").join(found)


def _labelled(label: str, value: Content) -> Content:
    return Content.assemble((f"{label} ", show.MUTED), value)
