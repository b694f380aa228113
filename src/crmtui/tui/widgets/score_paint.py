"""How the lines of a scorecard are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Basis
from crmtui.figures import Figure
from crmtui.method.scorecard import LOW_GATE, TOP
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.glyphs import UNICODE
from crmtui.tui.widgets.score_layout import GAP, GRADE, LEAD, RIVAL, WEIGHT, Layout, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.queries.scorecards import Judged, Line, Rival

BETWEEN: Final = Content(" " * GAP)


def heading(layout: Layout, rivals: Sequence[Rival], column: int) -> Content:
    """The names of the columns; the one under the cursor stands out."""
    names = [_("us"), *(rival.name for rival in rivals)]
    shown = [0, *range(layout.first + 1, layout.first + 1 + layout.rivals)]
    hidden = len(rivals) - layout.rivals
    parts = [
        Content(" " * LEAD + show.fit(_("criterion"), layout.label)),
        Content(show.fit(_("wt"), WEIGHT, "right")),
        *(_name(names[at], GRADE if at == 0 else RIVAL, is_chosen=at == column) for at in shown),
    ]
    if layout.evidence:
        parts.append(Content(show.fit(_("evidence"), layout.evidence)))
    if hidden:
        parts[0] = Content(" " * LEAD + show.fit(_("criterion (+{count} columns)").format(count=hidden), layout.label))
    return BETWEEN.join(parts)


def _name(name: str, width: int, *, is_chosen: bool) -> Content:
    return Content.styled(show.fit(show.label(name).plain, width), "bold $foreground" if is_chosen else "")


def section(one: Section, width: int) -> Content:
    """A perspective and our score in it."""
    label = _(one.label)
    figure = "" if one.score is None else f" {one.score:.0f}"
    rule = ("─" if show.glyphs() is UNICODE else "-") * max(0, width - len(label) - len(figure) - 2)
    return Content.assemble((label, "bold $primary"), " ", (rule, show.TROUGH), (figure, "bold"), " ")


def cells(line: Line, layout: Layout, source: str = "") -> list[Content]:
    """The parts of a row: lead and label, weight, our grade, the competitors', the evidence or where it comes from."""
    theirs = line.theirs[layout.first : layout.first + layout.rivals]
    parts = [
        Content.assemble(_lead(line), show.cells(show.label(line.label), layout.label)),
        Content.styled(show.fit(_weight(line), WEIGHT, "right"), show.MUTED),
        show.cells(ours(line), GRADE),
        *(show.cells(grade(one, is_ahead=_is_ahead(one, line.grade)), RIVAL) for one in theirs),
    ]
    if layout.evidence:
        parts.append(show.cells(evidence(line, source), layout.evidence))
    return parts


def ours(line: Line) -> Content:
    """`██▋░ 2.7≈` where it is computed, `███░ 3✎` where that was set by hand; else as `grade`."""
    found = line.filled.grade if line.filled else None
    if line.is_computed and found is not None:
        return _graded(found, f"{Figure(round(found, 1)):g}", show.glyphs().computed)
    if line.is_overridden:
        return _graded(line.ours.grade or 0, str(line.ours.grade), show.glyphs().override)
    return grade(line.ours)


def grade(judged: Judged, *, is_ahead: bool = False) -> Content:
    """`███░ 3`, with the sign of an assumption; `?` when nobody knows."""
    if judged.grade is None:
        return Content.assemble("  ", show.unknown())
    assumed = show.glyphs().assumed if judged.basis is Basis.ASSUMED else ""
    return _graded(judged.grade, str(judged.grade), assumed, show.WATCH if is_ahead else "")


def _graded(value: float, number: str, sign: str, style: str = "") -> Content:
    return Content.assemble(
        show.bar(value, TOP, TOP, trough=True), " ", Content.styled(number, style), (sign, show.MUTED)
    )


def evidence(line: Line, source: str) -> Content:
    """What our grade rests on, on one line; `source` is where a computed one comes from."""
    if line.is_overridden:
        return show.label(line.ours.override_reason)
    if line.is_computed:
        return Content.styled(source, show.MUTED)
    if line.ours.evidence:
        return show.label(line.ours.evidence)
    if line.computed and line.ours.grade is not None:
        return Content.styled(_("graded by hand"), show.MUTED)
    return Content.styled(source, show.MUTED) if source else show.nothing()


def _lead(line: Line) -> Content:
    is_low = line.is_gate and line.grade is not None and line.grade <= LOW_GATE
    return Content.styled((show.glyphs().urgent if is_low else "").ljust(LEAD), show.ACT)


def _weight(line: Line) -> str:
    return f"{Figure(line.weight):g}" if line.weight else show.glyphs().nothing


def _is_ahead(theirs: Judged, ours: float | None) -> bool:
    return theirs.grade is not None and ours is not None and theirs.grade > ours
