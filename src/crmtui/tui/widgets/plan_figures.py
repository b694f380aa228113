"""The figures of a plan: cost and hours against the budget, the mix of channels, who has how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui import days
from crmtui.queries import allotted_words, plan_words
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import contact_lines, dmu_figures
from crmtui.tui.widgets.agenda import AgendaLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from crmtui.method.coverage import Cover, Coverage
    from crmtui.queries.contacts import Entry
    from crmtui.queries.plans import PlanPage, Share

LABEL: Final = 16
DAY: Final = 8
COUNT: Final = 4
BAR: Final = 12
MONEY: Final = 9
LEAST_BAR: Final = 10
NAME: Final = 26
TERM: Final = 12


def foot(page: PlanPage, width: int) -> Content:
    """Three lines: money against the budget; hours, contacts, what is to be watched; coverage now and at the end."""
    rest = Content.styled(" · ", show.MUTED).join([_rest(page), *_mix(page)])
    told = [*_coverage(page)]
    while len(told) > 1 and Content("  ").join(told).cell_length > width:  # all of it is told in the reasons too
        told.pop()
    return Content("\n").join([_money(page, width), rest, Content("  ").join(told)])


def _mix(page: PlanPage) -> Iterator[Content]:
    """How many contacts go over each channel, the costliest first."""
    for share in page.summary.by_channel:
        yield _labelled(show.label(page.channels.get(share.key, "")).plain, Content(str(share.count)))


def _coverage(page: PlanPage) -> Iterator[Content]:
    """`coverage now 45 %`, `at the end 52 %`, hours, `of the margin 3.1 %`, and what speaks against it."""
    if page.now is None or page.ahead is None or page.now.value is None or page.ahead.value is None:
        yield Content.styled(_("coverage unknown: nobody is on the map"), show.MUTED)
    else:
        yield _labelled(_("coverage now"), _with_band(page.now))
        yield _labelled(_("at the end"), _with_band(page.ahead).stylize("bold"))
    if page.allotted is not None:
        style = show.WATCH if page.allotted.is_over else ""
        yield _labelled(_("territory"), show.label(allotted_words.brief(page.allotted), style))
    if page.burden.share is not None:
        yield _labelled(_("of the margin"), show.figure(page.burden.share * 100, 1, "%"))
    if page.caution:
        yield Content.styled(show.label(page.caution).plain, show.WATCH)


def _with_band(found: Coverage) -> Content:
    return Content.assemble(dmu_figures.coverage(found), dmu_figures.coverage_band(found))


def reasons(page: PlanPage) -> Content:
    """The terms of the coverage and of the cost, in words and by person."""
    lines = [show.block(plan_words.outlook(page.now, page.ahead)), show.block(plan_words.burden(page))]
    lines += [Content.assemble("+ ", show.money_in_full(minor, code)) for minor, code in page.margin.elsewhere]
    if page.allotted is not None:
        lines.append(_labelled(_("territory"), show.label(allotted_words.measured(page.allotted))))
    if page.caution:
        lines.append(Content.styled(show.label(page.caution).plain, show.WATCH))
    if page.now is None or page.ahead is None:
        return Content("\n").join(lines)
    headings = "".join(show.fit(word, TERM, "right") for word in (_("weighs"), _("now"), _("at the end")))
    lines += [
        Content(),
        Content.styled(
            _("k = 1 - product of (1 - quality · 2^(-age / half-life)), at most (1 + relationship) / 5"), show.MUTED
        ),
        Content.styled(show.fit(_("covered"), NAME) + headings, show.MUTED),
    ]
    terms = sorted(zip(page.now.terms, page.ahead.terms, strict=True), key=lambda pair: -pair[0].leverage)
    lines += [_term(page.seats.get(now.key, ""), now, end) for now, end in terms]
    lines += [Content(), Content.styled(_("capped: as far as the relationship lets contacts count"), show.MUTED)]
    lines += [Content.styled(_("complete"), show.MUTED) + Content(" ") + show.percent(page.now.completeness)]
    return Content("\n").join(lines)


def _term(name: str, now: Cover, end: Cover) -> Content:
    capped = now.most is not None and end.value >= now.most > 0
    note = _("capped") if capped else ""
    return Content.assemble(
        show.cells(show.label(name), NAME),
        *(show.cells(show.percent(value), TERM, "right") for value in (now.leverage, now.value, end.value)),
        (f"  {note}" if note else "", show.MUTED),
    )


def _money(page: PlanPage, width: int) -> Content:
    budget, currency = page.summary.budget, page.plan.currency
    parts = [
        _labelled(_("spent"), show.money(budget.spent, currency)),
        _labelled(_("planned"), show.money(budget.committed, currency)),
    ]
    if budget.total is not None and budget.left is not None:
        left = show.money(budget.left, currency)
        parts.append(_labelled(_("budget"), show.money(budget.total, currency)))
        parts.append(
            _labelled(_("left"), left.stylize(f"bold {show.ACT}") if budget.left < 0 else left.stylize("bold"))
        )
    else:
        parts.append(Content.styled(_("no budget"), show.MUTED))
    parts += [Content.assemble("+ ", show.money(minor, code)) for minor, code in page.summary.elsewhere]
    told = Content("  ").join(parts)
    room = width - told.cell_length - 2
    if budget.total is None or room < LEAST_BAR:
        return told
    bar = show.bar(budget.spent + budget.committed, budget.total, min(room, 3 * LEAST_BAR), trough=True)
    return Content.assemble(told, "  ", bar)


def _rest(page: PlanPage) -> Content:
    whole = page.summary.whole
    parts = [
        _labelled(_("done"), Content.assemble(str(whole.done.count), "  ", show.figure(whole.done.hours, 1, _("h")))),
        _labelled(
            _("to come"), Content.assemble(str(whole.planned.count), "  ", show.figure(whole.planned.hours, 1, _("h")))
        ),
        *_flags(page),
    ]
    return Content.styled(" · ", show.MUTED).join(parts)


def _flags(page: PlanPage) -> Iterator[Content]:
    """What is to be watched, in words."""
    found = page.summary
    if late := len(found.late):
        yield Content.styled(ngettext("{count} late", "{count} late", late), show.ACT)
    if unwanted := len(page.unwanted):
        yield Content.styled(ngettext("{count} not wanted", "{count} not wanted", unwanted), show.ACT)
    if outside := len(found.outside):
        yield Content.styled(
            ngettext("{count} outside of the period", "{count} outside of the period", outside), show.WATCH
        )
    if uncosted := found.whole.planned.uncosted + found.whole.done.uncosted:
        yield Content.styled(ngettext("{count} without a cost", "{count} without a cost", uncosted), show.MUTED)
    if cancelled := len(found.cancelled):
        yield Content.styled(ngettext("{count} called off", "{count} called off", cancelled), show.MUTED)


def contacts(page: PlanPage, today: dt.date) -> Iterator[AgendaLine]:
    """Every contact once: those to come by day, then those that are over, the newest first."""
    coming = [entry for entry in page.entries if entry.is_open]
    over = [entry for entry in reversed(page.entries) if not entry.is_open]
    for title, entries in ((_("TO COME"), coming), (_("DONE, OR CALLED OFF"), over)):
        if entries and entries is over and coming:
            yield AgendaLine(Content())
        if entries:
            yield AgendaLine(Content.styled(title, f"bold {show.MUTED}"))
        for entry in entries:
            right = Content.assemble(show.cells(_day(entry, today), DAY), contact_lines.figures(entry))
            yield AgendaLine(contact_lines.brief(entry, today, with_account=False), right, key=entry.id, can_mark=True)


def _day(entry: Entry, today: dt.date) -> Content:
    day = Content(f"{entry.day.day:>2} {_(days.MONTHS[entry.day.month - 1])}")
    return day.stylize(show.ACT) if entry.is_open and entry.day < today else day


def shares(page: PlanPage) -> Content:
    """Cost and contacts by channel, by person and by actor, the costliest first."""
    people = {row.id: row.name for row in page.rows if row}
    currency = page.plan.currency
    blocks = (
        (_("by channel"), page.summary.by_channel, page.channels, ""),
        (_("by person"), page.summary.by_person, people, _("nobody named")),
        (_("by actor"), page.summary.by_actor, page.actors, _("nobody of ours")),
    )
    lines: list[Content] = []
    for title, found, names, nobody in blocks:
        if found:
            most = max(share.cost for share in found)
            lines += [Content(), Content.styled(title, show.MUTED)]
            lines += [_share(share, names.get(share.key or 0, nobody), most, currency) for share in found]
    return Content("\n").join(lines[1:])


def preview(page: PlanPage, today: dt.date) -> Content:
    """A plan at a glance: what it is for, the money, the hours, the mix of channels."""
    plan, subject = page.plan, page.subject
    first, last = (show.short_date(day, today) for day in (plan.starts_on, plan.ends_on))
    lines = [
        show.label(plan.objective, "bold"),
        show.label(" · ".join(name for name in (subject.account, subject.opportunity) if name)),
        Content.assemble(first, " - ", last, (f"  {_(plan.status.label)}", show.MUTED)),
        Content(),
        *_budget(page),
        _rest(page),
        *_coverage(page),
        Content(),
        shares(page),
    ]
    if plan.notes:
        lines += [Content(), Content.styled(_("notes"), show.MUTED), show.block(plan.notes)]
    return Content("\n").join(lines)


def _budget(page: PlanPage) -> Iterator[Content]:
    budget, currency = page.summary.budget, page.plan.currency
    rows = (
        (_("spent"), budget.spent),
        (_("planned"), budget.committed),
        (_("budget"), budget.total),
        (_("left"), budget.left),
    )
    for label, minor in rows:
        if minor is not None:
            yield Content.assemble((show.lead(label, LABEL), show.MUTED), show.money_in_full(minor, currency))


def _share(share: Share[int] | Share[int | None], name: str, most: int, currency: str) -> Content:
    """`Meeting  ▇▇▇▇  5  1,090 €`."""
    return Content.assemble(
        show.cells(show.label(name), LABEL - 1),
        " ",
        show.cells(show.bar(share.cost, most, BAR), BAR),
        show.fit(str(share.count), COUNT, "right"),
        show.cells(show.money(share.cost, currency), MONEY, "right"),
    )


def _labelled(label: str, value: Content) -> Content:
    return Content.assemble((f"{label} ", show.MUTED), value)


def refusals(names: Iterable[str]) -> Content:
    """The channels that a person has refused."""
    told = ", ".join(names)
    return (
        Content.styled(_("refuses {channel}").format(channel=show.label(told).plain), show.WATCH) if told else Content()
    )
