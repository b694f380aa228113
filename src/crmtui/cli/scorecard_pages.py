"""A scorecard as a page, and as a row for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.scorecards import Scorecard
from crmtui.exchange.portable import TYPE
from crmtui.queries import flat
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.queries.scorecards import Judged, Line, ScorecardPage

HEADERS: Final = (
    *(TYPE, "uid", "opportunity", "account", "day", "template", "version", "notes"),
    *("score", "low", "high", "completeness", "closed_gates", "lines", "history"),
)
UNKNOWN: Final = "?"


def row(path: Path, page: ScorecardPage) -> list[Any]:
    """The cells of `HEADERS`: every criterion with every answer, and the scores before."""
    uid = next(flat.uids(path, Scorecard, [page.scorecard_id]), None) if page.scorecard_id else None
    score = page.score
    return [
        *(Scorecard.noun.table, uid, page.opportunity.name, page.account, page.day, *page.template, page.notes),
        *(score.value, score.low, score.high, score.completeness, list(score.closed_gates)),
        [_line(page, line) for line in page.lines],
        [{"day": one.day, "score": one.score, "completeness": one.completeness} for one in page.moments],
    ]


def _line(page: ScorecardPage, line: Line) -> dict[str, Any]:
    rivals = {rival.name: _judged(one) for rival, one in zip(page.rivals, line.theirs, strict=True)}
    return {
        "code": line.code,
        "label": line.label,
        "perspective": line.perspective.value,
        "weight": line.weight,
        "gate": line.is_gate,
        "computed": line.computed.value if line.computed else None,
        **_judged(line.ours),
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


def write(page: ScorecardPage, *, is_first: bool, with_anchors: bool) -> None:
    """Write a page for people."""
    output.write_lines([*([] if is_first else [""]), bold(_title(page)), f"  {_figures(page)}"])
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


def _title(page: ScorecardPage) -> str:
    return " · ".join(part for part in (page.account, page.opportunity.name) if part)


def _figures(page: ScorecardPage) -> str:
    score = page.score
    shown = UNKNOWN if score.value is None else f"{score.value:.0f}"
    return _("{day}: score {score} ({low:.0f} to {high:.0f}), complete {share:.0f} %").format(
        day=page.day or _("not scored yet"), score=shown, low=score.low, high=score.high, share=score.completeness * 100
    )


def _rows(page: ScorecardPage) -> Iterator[list[str]]:
    """The criteria under the heading of their perspective."""
    for is_gate, gates in groupby(page.lines, key=lambda line: line.is_gate):
        for perspective, lines in groupby(gates, key=lambda line: line.perspective):
            yield [_("Gates") if is_gate else _(perspective.label), *[""] * (4 + len(page.rivals))]
            for line in lines:
                grades = [_grade(one) for one in (line.ours, *line.theirs)]
                yield [f"- {line.label}", line.code, f"{line.weight:g}", *grades, line.ours.evidence]


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
