"""The figures of a scorecard with their reasons: P(win), what raises it, what to find out, gates, trend, rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Computed
from crmtui.figures import Figure
from crmtui.method.scorecard import LOW_GATE
from crmtui.queries.score_words import missing_wins
from crmtui.queries.scorecards import with_now
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets.opportunity_facts import trend

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.method.scorecard import Comparison
    from crmtui.queries.scorecards import Line, Rival, ScorecardPage

MOST: Final = 5  # lines of a part
FIGURE: Final = 7
LEAST: Final = 0.0005  # of probability that is told of


def reasons(page: ScorecardPage, today: dt.date, width: int) -> Iterator[Content]:
    """All parts, a line each, for a pane so many cells wide."""
    lines = {line.code: line for line in page.lines}
    if not page.opportunity.stage.is_closed:
        yield from _raises(page, lines, width)
        yield from _unknown(page, lines, width)
        yield from _wins(page)
    yield from _over_time(page, today)
    yield from _gates(page, width)
    for rival in page.rivals:
        yield from _against(rival, lines, width)


def part(title: str, note: str, width: int) -> Content:
    """The heading of a part, and what its figures are."""
    room = width - Content(title).cell_length
    return Content.assemble((title, "bold $primary"), (show.fit(f" {note}" if note else "", room, "right"), show.MUTED))


def row(line: Line, figure: Content, width: int, *, is_unknown: bool = False) -> Content:
    """A criterion and a figure at the right, with a sign before it where the grade is unknown."""
    name = Content.assemble(show.unknown(), " ", show.label(line.label)) if is_unknown else show.label(line.label)
    label = show.cells(name, width - FIGURE - 1)
    return Content.assemble(label, " ", show.cells(figure, FIGURE, "right"))


def _raises(page: ScorecardPage, lines: dict[str, Line], width: int) -> Iterator[Content]:
    """The change of P(win), one grade up; of what is unknown, if it turned out one better than the rest."""
    can_rise = sorted((term for term in page.chance.terms if term.step >= LEAST), key=lambda one: -one.step)
    if not can_rise:
        return
    yield part(_("raises P most"), _("one grade up"), width)
    for term in can_rise[:MOST]:
        figure = show.figure(term.step * 100, unit=_("pt"), signed=True)
        yield row(lines[term.code], figure, width, is_unknown=term.grade is None)
    yield Content()


def _unknown(page: ScorecardPage, lines: dict[str, Line], width: int) -> Iterator[Content]:
    wanted = page.score.open_questions
    if not wanted:
        return
    terms = {term.code: term for term in page.chance.terms}
    ordered = sorted(wanted, key=lambda code: (not lines[code].is_gate, -terms[code].narrows))
    yield part(_("find out first"), _("narrows the band"), width)
    for code in ordered[:MOST]:
        points = terms[code].narrows * 100
        yield row(lines[code], show.figure(points, unit=_("pt")) if terms[code].counts else Content(_("gate")), width)
    if len(wanted) > MOST:
        more = ngettext("and {count} more", "and {count} more", len(wanted) - MOST)
        yield Content.styled(more, show.MUTED)
    yield Content()


def _wins(page: ScorecardPage) -> Iterator[Content]:
    """Whose personal win is missing."""
    if not any(line.computed is Computed.WINS for line in page.lines):
        return
    names = missing_wins(page)
    if not names:
        return
    yield Content.styled(_("whose win is missing"), "bold $primary")
    yield Content(", ").join(show.label(name) for name in names[:MOST])
    if len(names) > MOST:
        more = ngettext("and {count} more", "and {count} more", len(names) - MOST)
        yield Content.styled(more, show.MUTED)
    yield Content()


def _gates(page: ScorecardPage, width: int) -> Iterator[Content]:
    gates = [line for line in page.lines if line.is_gate]
    if gates:
        yield part(_("gates"), "", width)
    for line in gates:
        yield row(line, _gate(line.grade), width)
    if gates:
        yield Content()


def _gate(grade: float | None) -> Content:
    if grade is None:
        return show.unknown()
    if grade <= LOW_GATE:
        return Content.styled(f"{show.glyphs().urgent} {Figure(grade):g}", show.ACT)
    return Content.styled(_("{grade} open").format(grade=f"{Figure(grade):g}"), show.FINE)


def _over_time(page: ScorecardPage, today: dt.date) -> Iterator[Content]:
    if not page.moments:
        return
    yield Content.styled(_("over time"), "bold $primary")
    is_open = page.is_latest and not page.opportunity.stage.is_closed
    moments = with_now(page.moments, page.chance, page.score, today) if is_open else page.moments
    if line := trend(moments):
        yield line
    for moment in reversed(moments[-MOST:]):
        day = show.cells(show.short_date(moment.day, today), 13)
        score = _("score {score}").format(score="?" if moment.score is None else f"{moment.score:.0f}")
        late = " " if moment.is_given else show.glyphs().computed
        probability = show.cells(show.percent(moment.probability), 5, "right")
        yield Content.assemble(day, probability, (f"{late} {score}", show.MUTED))
    if not all(moment.is_given for moment in moments):
        yield Content.styled(_("{sign} as it would be given today").format(sign=show.glyphs().computed), show.MUTED)
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
