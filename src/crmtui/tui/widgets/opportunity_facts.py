"""What is told of one opportunity: in the preview beside the list, and at the end of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from textual.content import Content

from crmtui.domain.words import Stage
from crmtui.queries.brought import known_as
from crmtui.text import _, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.queries.opportunities import OpportunityPage
    from crmtui.queries.scorecards import Moment

    Row: TypeAlias = Content | tuple[str, Content]  # a line as it is, or a label and what it says

LABEL: Final = 12  # cells of the labels on the left
_STAGE_STYLES: Final = {Stage.WON: show.FINE, Stage.LOST: show.ACT}


def preview(page: OpportunityPage, today: dt.date, width: int) -> Content:
    """The opportunity at a glance, in so many cells."""
    opportunity = page.opportunity
    owner = show.label(page.owner) if page.owner else show.nothing()
    account = show.label(page.account) if page.account else Content.styled(_("no account"), show.WATCH)
    rows: tuple[Row, ...] = (
        show.label(opportunity.name, "bold"),
        Content.assemble(account, " · ", owner),
        Content(),
        *_scores(page),
        Content(),
        *_facts(page, today),
    )
    return Content("\n").join(_laid(rows, width))


def section(page: OpportunityPage, today: dt.date, width: int) -> Iterator[Content]:
    """The same below a heading."""
    yield Content.styled(_("the opportunity"), "bold $primary")
    yield from _laid(_facts(page, today), width)


def _laid(rows: Iterable[Row], width: int) -> Iterator[Content]:
    """Values beside their labels, however long they are."""
    for row in rows:
        if isinstance(row, Content):
            yield row
        else:
            label, value = row
            yield from show.hanging(Content.styled(show.lead(label, LABEL), show.MUTED), value, width)


def _facts(page: OpportunityPage, today: dt.date) -> Iterator[Row]:
    """What is known of it, a line each; texts at the end."""
    opportunity = page.opportunity
    yield _fact(_("stage"), stage(opportunity.stage))
    if page.since:
        yield _fact(_("since"), show.short_date(page.since, today))
    yield _fact(_("value"), show.money_in_full(opportunity.value, opportunity.currency))
    yield _fact(_("margin"), show.money_in_full(opportunity.margin, opportunity.currency))
    if opportunity.cost_to_spend is not None:
        yield _fact(_("to spend"), show.money_in_full(opportunity.cost_to_spend, opportunity.currency))
    if page.offering:
        yield _fact(_("offering"), show.label(page.offering))
    yield from _days(page, today)
    if opportunity.budget:
        yield _fact(_("budget"), Content(_(opportunity.budget.label)))
    yield _fact(_("next step"), show.label(opportunity.next_step) if opportunity.next_step else show.nothing())
    yield from _texts(page)
    yield from _way(page)
    yield from _brought(page)


def _fact(label: str, *values: Content | str) -> Row:
    return label, Content.assemble(*values)


def stage(word: Stage) -> Content:
    """A stage; won and lost in their colours."""
    return Content.styled(_(word.label), _STAGE_STYLES.get(word, ""))


def _scores(page: OpportunityPage) -> Iterator[Row]:
    """P(win) now and over time, the expected value and the score; how to begin where there is none."""
    if not page.opportunity.stage.is_closed:
        found, money = page.chance, page.opportunity.currency
        band = f" ({found.low * 100:.0f}…{found.high * 100:.0f})"
        yield _fact(
            _("P(win)"),
            Content.assemble((f"{found.value * 100:.0f}", "bold"), (" %", show.MUTED), (band, show.MUTED)),
        )
        if line := trend(page.moments):
            yield _fact("", line)
        learnt = ngettext("from {count} outcome", "from {count} outcomes", page.count)
        yield _fact("", Content.styled(learnt if found.z is not None else _("the usual share won"), show.MUTED))
        yield _fact(_("EV"), show.money_in_whole(page.expected.value, money))
    known = [moment for moment in page.moments if moment.score is not None]
    if not known:
        yield Content.styled(_("not scored yet; enter opens the scorecard"), show.MUTED)
        return
    now = known[-1]
    yield _fact(_("score"), Content.assemble((f"{now.score:.0f}", "bold"), (_(" of 100"), show.MUTED)))
    yield _fact(_("complete"), show.percent(now.completeness))


def trend(moments: Sequence[Moment]) -> Content:
    """`▂▃▃▅ 21 to 48 %`, of P(win); nothing before there are two cards."""
    known = [moment.probability for moment in moments]
    if len(known) < 2:  # noqa: PLR2004 - a line needs two points
        return Content()
    span = _(" {first} to {last} %").format(first=f"{known[0] * 100:.0f}", last=f"{known[-1] * 100:.0f}")
    return Content.assemble(show.trend(known), (span, show.MUTED))


def _days(page: OpportunityPage, today: dt.date) -> Iterator[Row]:
    opportunity = page.opportunity
    if opportunity.stage.is_closed:
        yield _fact(_("closed"), show.full_date(opportunity.closed_on))
    else:
        late = opportunity.expected_on is not None and opportunity.expected_on < today
        due = show.full_date(opportunity.expected_on)
        yield _fact(_("close"), due.stylize(show.ACT) if late else due, _(" overdue") if late else "")
    yield _fact(_("opened"), show.full_date(opportunity.opened_on))
    yield _fact(
        _("contacts"),
        Content.assemble((_("last "), show.MUTED), show.when(page.last_contact, today)),
        Content.assemble((_("  next "), show.MUTED), show.when(page.next_contact, today)),
    )


def _texts(page: OpportunityPage) -> Iterator[Content]:
    opportunity = page.opportunity
    texts = (
        (_("reason"), opportunity.reason),
        (_("lost to"), page.lost_to),
        (_("lesson"), opportunity.lesson),
        (_("need"), opportunity.need),
        (_("notes"), opportunity.notes),
    )
    for label, text in texts:
        if text:
            yield Content()
            yield Content.styled(label, show.MUTED)
            yield show.block(text)


def _way(page: OpportunityPage) -> Iterator[Content]:
    """The stages it came through, with their days."""
    if len(page.stages) > 1:
        yield Content()
        yield Content.styled(_("the way it came"), show.MUTED)
        for change in page.stages:
            yield Content.assemble(show.cells(stage(change.stage), LABEL), show.full_date(change.day))


def _brought(page: OpportunityPage) -> Iterator[Row]:
    """What came with files and has no field."""
    rows = [(one.name, one.told) for one in page.brought.customs] + list(known_as(page.brought))
    if rows:
        yield Content()
        yield Content.styled(_("came with files"), show.MUTED)
        for name, value in rows:
            yield Content.assemble((f"{show.label(name).plain}: ", show.MUTED), show.label(value))
