"""The head of a scorecard: the opportunity, P(win) with its band, the expected value, gates that warn, the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import opportunity_facts as facts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.queries.opportunities import OpportunityPage
    from crmtui.queries.scorecards import ScorecardPage

BETWEEN: Final = "…"  # the ends of a band
DOT: Final = Content.styled(" · ", show.MUTED)
LEAST_NAMES: Final = 24  # cells for what it and its account are called, before a fact is left out
LEAST_ACCOUNT: Final = 8
WAYS: Final = 6  # from many words to few
SCORED, OF_100, GATES, LEARNT, COMPLETE = range(1, WAYS)  # the first way that goes without


class ScoreHead(Widget):
    """Two lines: what it is about, and the figures, in as many words as there is room for."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ScoreHead { dock: top; height: 2; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._shown: tuple[ScorecardPage, OpportunityPage, dt.date] | None = None

    def show_card(self, card: ScorecardPage, page: OpportunityPage, today: dt.date) -> None:
        """Show the head of a card."""
        self._shown = card, page, today
        self.refresh()

    def render(self) -> Content:
        """Both lines."""
        if self._shown is None:
            return Content()
        card, page, today = self._shown
        width = self.content_size.width
        return Content("\n").join([about(page, today, width), headline(card, today, width)])


def about(page: OpportunityPage, today: dt.date, width: int) -> Content:
    """Its name, its account, and as much of stage, value, margin and close as leaves room for them."""
    name = show.label(page.opportunity.name, "bold")
    account = show.label(page.account) if page.account else Content.styled(_("no account"), show.WATCH)
    told = list(_facts(page, today))
    while told and _room(told, width) < LEAST_NAMES:
        del told[-1]
    room = _room(told, width) - len(DOT)
    account = show.at_most(account, max(LEAST_ACCOUNT, room - name.cell_length))
    return DOT.join([show.at_most(name, room - account.cell_length), account, *told])


def _facts(page: OpportunityPage, today: dt.date) -> Iterator[Content]:
    """What matters most first."""
    opportunity = page.opportunity
    yield facts.stage(opportunity.stage)
    yield show.money(opportunity.value, opportunity.currency)
    yield Content.assemble((_("margin "), show.MUTED), show.money(opportunity.margin, opportunity.currency))
    yield Content.assemble(
        (_("close "), show.MUTED), show.when(opportunity.closed_on or opportunity.expected_on, today)
    )


def _room(others: list[Content], width: int) -> int:
    """The cells that are left before some facts."""
    return width - sum(len(DOT) + one.cell_length for one in others)


def title(card: ScorecardPage) -> tuple[Content | str, str]:
    """The title of the card's pane and what stands below it."""
    if card.is_latest:
        return _("Scorecard"), " ".join(map(str, card.template))
    day = show.full_date(card.day)
    read_only = _("Scorecard of {day}, to read only").format(day=day.plain)
    return Content.styled(read_only, show.WATCH), _("escape goes back to the latest")


def headline(page: ScorecardPage, today: dt.date, width: int) -> Content:
    """P(win) with its band, the expected value, gates that warn, the score, and how complete it is."""
    return show.fitting((Content("  ").join(_figures(page, today, length)) for length in range(WAYS)), width)


def _figures(page: ScorecardPage, today: dt.date, length: int) -> Iterator[Content]:
    """Each figure, the fewer words the greater `length` is."""
    yield winning(page, is_short=length >= LEARNT)
    if not page.opportunity.stage.is_closed:
        yield expected(page)
    yield from _warnings(page, is_short=length >= GATES)
    score = page.score
    if score.value is None:
        how = _("not scored yet: press 0 to 4 on a row, or ? for unknown")
        yield Content.styled(_("not scored yet") if length >= OF_100 else how, show.MUTED)
        return
    of = "" if length >= OF_100 else _(" of 100")
    yield Content.assemble((_("score "), show.MUTED), (f"{score.value:.0f}", "bold"), (of, show.MUTED))
    if length < COMPLETE:
        yield Content.assemble((_("complete "), show.MUTED), show.percent(score.completeness))
    if page.day and length < SCORED:
        yield Content.assemble((_("scored "), show.MUTED), show.when(page.day, today))


def winning(page: ScorecardPage, *, is_short: bool = False) -> Content:
    """`P(win) 48 % (35…61, from 37 outcomes)`; of a closed opportunity, what was given at the time."""
    if page.opportunity.stage.is_closed:
        if page.given is None:
            return Content.styled(_("no P(win) was given at the time"), show.MUTED)
        value, low, high = page.given
        return _banded(_("P(win) given at the time "), (value, low, high), "")
    found, count = page.chance, page.chance.count
    learnt = ngettext("from {count} outcome", "from {count} outcomes", count)
    if is_short:
        learnt = ngettext("{count} outcome", "{count} outcomes", count)
    if found.z is None:
        learnt = _("the usual share")
    return _banded(_("P(win) "), (found.value, found.low, found.high), f", {learnt}")


def _banded(label: str, found: tuple[float, float, float], more: str) -> Content:
    value, low, high = found
    band = f" ({low * 100:.0f}{BETWEEN}{high * 100:.0f}{more})"
    return Content.assemble((label, show.MUTED), (f"{value * 100:.0f}", "bold"), (" %", show.MUTED), (band, show.MUTED))


def expected(page: ScorecardPage) -> Content:
    """`EV 27 k€`; below 0 it says so by its colour and sign."""
    found = page.expected
    if found.value is None:
        return Content.assemble((_("EV "), show.MUTED), show.nothing(), (_(" no margin"), show.MUTED))
    style = show.ACT if found.value < 0 else "bold"
    before = Content.styled(_(" before cost"), show.MUTED) if found.cost is None else Content()
    money = show.money(found.value, page.opportunity.currency)
    return Content.assemble((_("EV "), show.MUTED), money.stylize(style), before)


def _warnings(page: ScorecardPage, *, is_short: bool) -> Iterator[Content]:
    """A gate that is closed warns whatever the rest says."""
    closed = [line.label for line in page.lines if line.code in page.score.closed_gates]
    if is_short and closed:
        closed = [ngettext("{count} gate closed", "{count} gates closed", len(closed))]
    for label in closed:
        yield Content.assemble((f"{show.glyphs().urgent} ", show.ACT), show.label(label, show.ACT))


def legend(page: ScorecardPage) -> Content:
    """The signs that are on the card."""
    glyphs = show.glyphs()
    parts = [Content.assemble((glyphs.assumed, ""), _(" assumed"))]
    if any(line.is_computed for line in page.lines):
        parts.append(Content.assemble((glyphs.computed, ""), _(" computed")))
    if any(line.is_overridden for line in page.lines):
        parts.append(Content.assemble((glyphs.override, ""), _(" set by hand")))
    parts.append(Content.assemble((glyphs.unknown, ""), _(" unknown, not 0")))
    if page.rivals:
        parts.append(Content.assemble((_("amber"), show.WATCH), _(" they are ahead")))
    answered = sum(line.grade is not None for line in page.lines)
    parts.append(Content(_("{count} of {all} answered").format(count=answered, all=len(page.lines))))
    return Content("   ").join(parts)
