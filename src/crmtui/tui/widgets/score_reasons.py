"""The figures of a scorecard with their reasons: what to find out, what a grade is worth, gates, trend, rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.method.scorecard import LOW_GATE, TOP
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.opportunity_facts import trend

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.method.scorecard import Comparison, Term
    from crmtui.queries.scorecards import Line, Rival, ScorecardPage

MOST: Final = 5  # lines of a part
FIGURE: Final = 7


def headline(page: ScorecardPage, today: dt.date) -> Content:
    """The score, its band, and how complete it is."""
    score = page.score
    if score.value is None:
        return Content.styled(
            _("not scored yet: put the cursor on a row and press 0 to 4, or ? for unknown"), show.MUTED
        )
    parts = [
        Content.assemble((_("score "), show.MUTED), (f"{score.value:.0f}", "bold"), (_(" of 100"), show.MUTED)),
        Content.styled(_("band {low} to {high}").format(low=f"{score.low:.0f}", high=f"{score.high:.0f}"), show.MUTED),
        Content.assemble((_("complete "), show.MUTED), show.percent(score.completeness)),
    ]
    if page.day:
        parts.append(Content.assemble((_("scored "), show.MUTED), show.when(page.day, today)))
    return Content("  ").join([*parts, *warnings(page)])


def warnings(page: ScorecardPage) -> Iterator[Content]:
    """A gate that is closed warns whatever the rest says."""
    for line in page.lines:
        if line.code in page.score.closed_gates:
            yield Content.assemble((f"{show.glyphs().urgent} ", show.ACT), show.label(line.label, show.ACT))


def legend(page: ScorecardPage) -> Content:
    """The signs that are on the card."""
    glyphs, judged = show.glyphs(), [line.ours for line in page.lines]
    parts = [
        Content.assemble((glyphs.assumed, ""), _(" assumed")),
        Content.assemble((glyphs.unknown, ""), _(" unknown, not 0")),
    ]
    if page.rivals:
        parts.append(Content.assemble((_("amber"), show.WATCH), _(" they are ahead")))
    answered = sum(one.grade is not None for one in judged)
    parts.append(Content(_("{count} of {all} answered").format(count=answered, all=len(judged))))
    return Content("   ").join(parts)


def reasons(page: ScorecardPage, today: dt.date, width: int) -> Iterator[Content]:
    """All parts, a line each, for a pane so many cells wide."""
    lines = {line.code: line for line in page.lines}
    terms = {term.code: term for term in page.score.terms}
    yield from _unknown(page, lines, terms, width)
    yield from _raises(page, lines, width)
    yield from _gates(page, width)
    yield from _over_time(page, today)
    for rival in page.rivals:
        yield from _against(rival, lines, width)


def part(title: str, note: str, width: int) -> Content:
    """The heading of a part, and what its figures are."""
    room = width - Content(title).cell_length
    return Content.assemble((title, "bold $primary"), (show.fit(f" {note}" if note else "", room, "right"), show.MUTED))


def row(line: Line, figure: Content, width: int) -> Content:
    """A criterion and a figure at the right."""
    label = show.cells(show.label(line.label), width - FIGURE - 1)
    return Content.assemble(label, " ", show.cells(figure, FIGURE, "right"))


def _unknown(page: ScorecardPage, lines: dict[str, Line], terms: dict[str, Term], width: int) -> Iterator[Content]:
    wanted = page.score.open_questions
    if not wanted:
        return
    yield part(_("find out first"), _("narrows the band"), width)
    for code in wanted[:MOST]:
        points = terms[code].width
        yield row(lines[code], show.figure(points, unit=_("pt")) if points else Content(_("gate")), width)
    if len(wanted) > MOST:
        more = ngettext("and {count} more", "and {count} more", len(wanted) - MOST)
        yield Content.styled(more, show.MUTED)
    yield Content()


def _raises(page: ScorecardPage, lines: dict[str, Line], width: int) -> Iterator[Content]:
    can_rise = [term for term in page.score.terms if term.grade is not None and term.grade < TOP and term.weight]
    if not can_rise:
        return
    yield part(_("one grade more"), _("raises the score"), width)
    for term in sorted(can_rise, key=lambda one: (-one.step, one.grade))[:MOST]:
        yield row(lines[term.code], show.figure(term.step, 1, _("pt"), signed=True), width)
    yield Content()


def _gates(page: ScorecardPage, width: int) -> Iterator[Content]:
    gates = [line for line in page.lines if line.is_gate]
    if gates:
        yield part(_("gates"), "", width)
    for line in gates:
        yield row(line, _gate(line.ours.grade), width)
    if gates:
        yield Content()


def _gate(grade: int | None) -> Content:
    if grade is None:
        return show.unknown()
    if grade <= LOW_GATE:
        return Content.styled(f"{show.glyphs().urgent} {grade}", show.ACT)
    return Content.styled(_("{grade} open").format(grade=grade), show.FINE)


def _over_time(page: ScorecardPage, today: dt.date) -> Iterator[Content]:
    if not page.moments:
        return
    yield Content.styled(_("over time"), "bold $primary")
    if line := trend(page.moments):
        yield line
    for moment in reversed(page.moments[-MOST:]):
        score = show.nothing() if moment.score is None else show.figure(moment.score)
        day = show.cells(show.short_date(moment.day, today), 13)
        complete = _("{percent} % complete").format(percent=round(moment.completeness * 100))
        yield Content.assemble(day, show.cells(score, 4, "right"), (f"  {complete}", show.MUTED))
    yield Content()


def _against(rival: Rival, lines: dict[str, Line], width: int) -> Iterator[Content]:
    comparison = rival.comparison
    yield part(_("against {name}").format(name=show.label(rival.name).plain), "", width)
    if comparison.us is None or comparison.them is None:
        yield Content.styled(_("nothing graded for both yet"), show.MUTED)
    else:
        yield _standing(comparison.us, comparison.them, comparison.count)
        yield from _behind(comparison, lines)
    yield Content()


def _standing(us: float, them: float, count: int) -> Content:
    style = show.WATCH if them > us else show.FINE
    return Content.assemble(
        (_("us "), show.MUTED), (f"{us:.0f}", "bold"), (_("  them "), show.MUTED), (f"{them:.0f}", style),
        (ngettext("  on {count} criterion", "  on {count} criteria", count), show.MUTED),
    )  # fmt: skip


def _behind(comparison: Comparison, lines: dict[str, Line]) -> Iterator[Content]:
    if comparison.behind:
        names = ", ".join(lines[code].label for code in comparison.behind[:MOST])
        yield Content.assemble((_("they are ahead on "), show.MUTED), show.label(names))
