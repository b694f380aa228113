"""A scorecard as a page, and as a row for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain import money
from crmtui.domain.scorecards import Scorecard
from crmtui.exchange.portable import TYPE
from crmtui.figures import Figure
from crmtui.queries import flat, score_words
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.method.winrate import Term
    from crmtui.queries.scorecards import Judged, Line, Moment, ScorecardPage

FIGURES: Final = (
    *("score", "low", "high", "completeness", "closed_gates"),
    *("probability", "probability_low", "probability_high", "learnt_from", "given_at_the_time"),
    *("expected_value", "expected_low", "expected_high", "currency"),
)
HEADERS: Final = (
    *(TYPE, "uid", "opportunity", "account", "day", "template", "version", "notes"),
    *(*FIGURES, "missing_wins", "lines", "history"),
)
UNKNOWN: Final = "?"


def row(path: Path, page: ScorecardPage) -> list[Any]:
    """The cells of `HEADERS`: every criterion with every answer, and the scores of the dated cards."""
    uid = next(flat.uids(path, Scorecard, [page.scorecard_id]), None) if page.scorecard_id else None
    return [
        *(Scorecard.noun.table, uid, page.opportunity.name, page.account, page.day, *page.template, page.notes),
        *figures(page).values(),
        score_words.missing_wins(page),
        terms(page),
        [_moment(one) for one in page.moments],
    ]


def figures(page: ScorecardPage) -> dict[str, Any]:
    """The figures with their bands, by the names in `FIGURES`; money in minor units."""
    score, chance, expected = page.score, page.chance, page.expected
    cells = (
        *(score.value, score.low, score.high, score.completeness, list(score.closed_gates)),
        *(chance.value, chance.low, chance.high, chance.count, page.given[0] if page.given else None),
        *(expected.value, expected.low, expected.high, page.opportunity.currency),
    )
    return dict(zip(FIGURES, cells, strict=True))


def terms(page: ScorecardPage) -> list[dict[str, Any]]:
    """Every criterion with every answer, and what it does to the probability."""
    return [_line(page, line) for line in page.lines]


def _moment(one: Moment) -> dict[str, Any]:
    return {
        "day": one.day,
        "score": one.score,
        "completeness": one.completeness,
        "probability": one.probability,
        "given": one.is_given,
    }


def _line(page: ScorecardPage, line: Line) -> dict[str, Any]:
    term = next(term for term in page.chance.terms if term.code == line.code)
    rivals = {rival.name: _judged(one) for rival, one in zip(page.rivals, line.theirs, strict=True)}
    return {
        "code": line.code,
        "label": line.label,
        "perspective": line.perspective.value,
        "weight": line.weight,
        "gate": line.is_gate,
        "computed": line.computed.value if line.computed else None,
        "computed_grade": line.filled.grade if line.filled else None,
        "counts": term.counts,
        "points": term.points,
        "step": term.step,
        "narrows": term.narrows,
        **_judged(line.ours),
        "grade": line.grade,
        "competitors": rivals,
    }


def _judged(one: Judged) -> dict[str, Any]:
    return {
        "grade": one.grade,
        "evidence": one.evidence,
        "basis": one.basis.value if one.basis else None,
        "judged_on": one.judged_on,
        "source": one.source,
        "override_reason": one.override_reason,
    }


def write(page: ScorecardPage, *, is_first: bool, with_anchors: bool, why: bool) -> None:
    """Write a page for people."""
    output.write_lines([*([] if is_first else [""]), bold(_title(page)), *(f"  {one}" for one in brief(page))])
    headings = [
        Heading(_("Criterion")),
        Heading(_("Code"), priority=2),
        Heading(_("Weight"), is_figure=True, priority=1),
        Heading(_("Us"), is_figure=True),
        *(Heading(rival.name, is_figure=True) for rival in page.rivals),
        Heading(_("Evidence"), priority=3),
    ]
    write_table(headings, _rows(page))
    output.write_lines(_rest(page, with_anchors=with_anchors))
    if why:
        write_why(page)


def brief(page: ScorecardPage) -> Iterator[str]:
    """The figures with their bands, a line each."""
    yield _chances(page)
    yield _figures(page)


def _chances(page: ScorecardPage) -> str:
    """`P(win) 48 % (35 to 61, from 37 outcomes), EV 27,000.00 EUR`."""
    found, expected = page.chance, page.expected
    learnt = ngettext("from {count} outcome", "from {count} outcomes", found.count)
    if found.z is None:
        learnt = _("the usual share")
    shown = _("P(win) {value} % ({low} to {high}, {learnt})").format(
        value=_points(found.value), low=_points(found.low), high=_points(found.high), learnt=learnt
    )
    if page.opportunity.stage.is_closed:
        given = "?" if page.given is None else _points(page.given[0])
        return _("P(win) given at the time {value} %").format(value=given)
    if expected.value is None:
        return shown
    return f"{shown}, {_('EV')} {money.format_amount(expected.value, page.opportunity.currency)}"


def _points(share: float) -> str:
    return f"{share * 100:.0f}"


def write_why(page: ScorecardPage) -> None:
    """Write what each criterion adds to the probability, and what one grade up would; then the expected value."""
    labels = {line.code: line for line in page.lines}
    output.write_lines(["", bold(_("Why P(win)")), f"  {score_words.learnt(page.model)}"])
    headings = [
        Heading(_("Criterion")),
        Heading(_("Counts"), is_figure=True),
        Heading(_("Grade"), is_figure=True),
        Heading(_("P(win)"), is_figure=True),
        Heading(_("One grade up"), is_figure=True),
        Heading(_("Known, narrows"), is_figure=True, priority=1),
        Heading(_("Computed from"), priority=2),
    ]
    start = [score_words.start(page), "", "", f"{Figure(page.chance.start * 100):.1f} %", "", "", ""]
    ordered = sorted((one for one in page.chance.terms if one.counts), key=lambda one: -abs(one.points or 0))
    end = [_("P(win)"), "", "", f"{Figure(page.chance.value * 100):.1f} %", "", "", ""]
    write_table(headings, [start, *(_term(labels[one.code], one, page) for one in ordered), end])
    output.write_lines(_expected(page))


def _expected(page: ScorecardPage) -> Iterator[str]:
    found, currency = page.expected, page.opportunity.currency
    yield _("Band {low} to {high} %: eight times in ten, as far as outcomes tell,").format(
        low=_points(page.chance.low), high=_points(page.chance.high)
    )
    yield _("with all that is unknown at its worst, and at its best.")
    if missing := score_words.missing_wins(page):
        yield _("whose win is missing") + ": " + ", ".join(missing)
    if found.value is None or found.margin is None:
        yield _("EV") + ": " + _("nobody has said the margin")
        return
    if found.margin < 0:
        yield _("The margin is below 0: winning would lose money, so the better the chance, the worse the EV.")
    cost = money.format_amount(found.cost, currency) if found.cost is not None else _("an unknown cost")
    yield _("EV {value}: {chance} % of a margin of {margin}, less {cost}").format(
        value=money.format_amount(found.value, currency),
        chance=_points(found.probability),
        margin=money.format_amount(found.margin, currency),
        cost=cost,
    )


def _term(line: Line, term: Term, page: ScorecardPage) -> list[str]:
    return [
        f"- {line.label}",
        f"{term.counts * 100:.0f} %",
        UNKNOWN if term.grade is None else f"{Figure(round(term.grade, 1)):g}",
        UNKNOWN if term.points is None else f"{Figure(term.points * 100):+.1f}",
        f"{Figure(term.step * 100):+.1f}",
        f"{Figure(term.narrows * 100):.1f}" if term.narrows else "",
        score_words.source(line, page),
    ]


def _title(page: ScorecardPage) -> str:
    return " · ".join(part for part in (page.account, page.opportunity.name) if part)


def _figures(page: ScorecardPage) -> str:
    score = page.score
    shown = UNKNOWN if score.value is None else f"{score.value:.0f}"
    told = _("score {score} ({low:.0f} to {high:.0f}), complete {share:.0f} %").format(
        score=shown, low=score.low, high=score.high, share=score.completeness * 100
    )
    if page.day is None:
        return f"{_('not scored yet')}: {told}"
    if page.opportunity.stage.is_closed:
        return f"{page.day}: {told}"
    return _("today: {told}; scored {day}").format(told=told, day=page.day)


def _rows(page: ScorecardPage) -> Iterator[list[str]]:
    """The criteria under the heading of their perspective."""
    for is_gate, gates in groupby(page.lines, key=lambda line: line.is_gate):
        for perspective, lines in groupby(gates, key=lambda line: line.perspective):
            yield [_("Gates") if is_gate else _(perspective.label), *[""] * (4 + len(page.rivals))]
            for line in lines:
                grades = [_ours(line), *(_grade(one) for one in line.theirs)]
                yield [f"- {line.label}", line.code, f"{Figure(line.weight):g}", *grades, _evidence(page, line)]


def _ours(line: Line) -> str:
    """Our grade; `2.7 ≈` where it is computed."""
    if line.grade is None:
        return UNKNOWN
    shown = f"{Figure(round(line.grade, 1)):g}"
    return f"{shown} ≈" if line.is_computed else shown


def _evidence(page: ScorecardPage, line: Line) -> str:
    if line.is_overridden:
        return line.ours.override_reason
    return score_words.source(line, page) if line.is_computed else line.ours.evidence


def _grade(one: Judged) -> str:
    return UNKNOWN if one.grade is None else str(one.grade)


def _rest(page: ScorecardPage, *, with_anchors: bool) -> Iterator[str]:
    labels = {line.code: line.label for line in page.lines}
    for code in page.score.closed_gates:
        yield "! " + _("the gate “{label}” is graded low").format(label=labels[code])
    if len(page.moments) > 1:
        days = (f"{one.day} {UNKNOWN if one.score is None else format(one.score, '.0f')}" for one in page.moments)
        yield _("before: {scores}").format(scores=", ".join(days))
    if with_anchors:
        for line in page.lines:
            yield from ("", f"{line.label} ({line.code})")
            yield from (f"  {grade} {anchor}" for grade, anchor in enumerate(line.anchors) if anchor)
