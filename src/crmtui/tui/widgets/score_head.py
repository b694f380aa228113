"""The head of a scorecard: the opportunity, P(win) with its band, the expected value, gates that warn, the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import opportunity_facts as facts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.method.winrate import Estimate
    from crmtui.queries.opportunities import OpportunityPage
    from crmtui.queries.scorecards import ScorecardPage

BETWEEN: Final = "…"  # the ends of a band


def head(card: ScorecardPage, page: OpportunityPage, today: dt.date) -> Content:
    """Two lines: what it is about, and the figures."""
    opportunity = page.opportunity
    due = opportunity.closed_on or opportunity.expected_on
    parts = [
        show.label(opportunity.name, "bold"),
        show.label(page.account) if page.account else Content.styled(_("no account"), show.WATCH),
        facts.stage(opportunity.stage),
        show.money(opportunity.value, opportunity.currency),
        Content.assemble((_("margin "), show.MUTED), show.money(opportunity.margin, opportunity.currency)),
        Content.assemble((_("close "), show.MUTED), show.when(due, today)),
    ]
    return Content("\n").join([Content.styled(" · ", show.MUTED).join(parts), headline(card, today)])


def title(card: ScorecardPage) -> tuple[Content | str, str]:
    """The title of the card's pane and what stands below it."""
    if card.is_latest:
        return _("Scorecard"), " ".join(map(str, card.template))
    day = show.full_date(card.day)
    read_only = _("Scorecard of {day}, to read only").format(day=day.plain)
    return Content.styled(read_only, show.WATCH), _("escape goes back to the latest")


def headline(page: ScorecardPage, today: dt.date) -> Content:
    """P(win) with its band, the expected value, gates that warn, the score, and how complete it is."""
    parts = [winning(page), *([] if page.opportunity.stage.is_closed else [expected(page)]), *warnings(page)]
    score = page.score
    if score.value is None:
        how = _("not scored yet: put the cursor on a row and press 0 to 4, or ? for unknown")
        return Content("  ").join([*parts, Content.styled(how, show.MUTED)])
    parts.append(
        Content.assemble((_("score "), show.MUTED), (f"{score.value:.0f}", "bold"), (_(" of 100"), show.MUTED))
    )
    parts.append(Content.assemble((_("complete "), show.MUTED), show.percent(score.completeness)))
    if page.day:
        parts.append(Content.assemble((_("scored "), show.MUTED), show.when(page.day, today)))
    return Content("  ").join(parts)


def winning(page: ScorecardPage) -> Content:
    """`P(win) 48 % (35…61, from 37 outcomes)`; of a closed opportunity, what was given at the time."""
    if not page.opportunity.stage.is_closed:
        return chance(page.chance, page.chance.count)
    if page.given is None:
        return Content.styled(_("no P(win) was given at the time"), show.MUTED)
    value, low, high = page.given
    return Content.assemble(
        (_("P(win) given at the time "), show.MUTED),
        _percent(value),
        (f" ({low * 100:.0f}{BETWEEN}{high * 100:.0f})", show.MUTED),
    )


def chance(found: Estimate, count: int) -> Content:
    """A probability with its band and what it has learnt from."""
    learnt = ngettext("from {count} outcome", "from {count} outcomes", count)
    if found.z is None:
        learnt = _("the usual share; nothing is scored")
    band = f" ({found.low * 100:.0f}{BETWEEN}{found.high * 100:.0f}, {learnt})"
    return Content.assemble((_("P(win) "), show.MUTED), _percent(found.value), (band, show.MUTED))


def expected(page: ScorecardPage) -> Content:
    """`EV 27 k€`; below 0 it says so by its colour and sign."""
    found = page.expected
    if found.value is None:
        return Content.assemble((_("EV "), show.MUTED), show.nothing(), (_(" no margin"), show.MUTED))
    style = show.ACT if found.value < 0 else "bold"
    before = Content.styled(_(" before cost"), show.MUTED) if found.cost is None else Content()
    money = show.money(found.value, page.opportunity.currency)
    return Content.assemble((_("EV "), show.MUTED), money.stylize(style), before)


def _percent(share: float) -> Content:
    return Content.assemble((f"{share * 100:.0f}", "bold"), (" %", show.MUTED))


def warnings(page: ScorecardPage) -> Iterator[Content]:
    """A gate that is closed warns whatever the rest says."""
    for line in page.lines:
        if line.code in page.score.closed_gates:
            yield Content.assemble((f"{show.glyphs().urgent} ", show.ACT), show.label(line.label, show.ACT))


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
