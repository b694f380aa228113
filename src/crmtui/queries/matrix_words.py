"""The portfolio matrix in words: why an account is where it is, and why we do with it what we do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.figures import Figure
from crmtui.method.portfolio import Axis
from crmtui.queries import postures
from crmtui.queries.equity_words import by_hand, going_on, hint, share
from crmtui.text import N_, NP_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.portfolio import Cell
    from crmtui.method.scorecard import Term as Graded
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.matrix import Line, MatrixPage
    from crmtui.queries.matrix_before import Before

UNSET: Final = 1.0  # a breakpoint of one cent: nobody's figure is known
THEN: Final = N_(
    "by what was known then; who is on a map and listens to whom, criteria and weights are taken as they are now"
)
NOBODY: Final = N_("There is no account to place in the matrix.")


def cell(found: Cell | None) -> str:
    """A cell: the third of attractiveness, then that of strength."""
    if found is None:
        return _("unknown")
    return _("attractiveness {one}, strength {other}").format(
        one=_(found.attractiveness.label), other=_(found.strength.label)
    )


def said(one: Line) -> str:
    """What we do with an account and why, on one line; with a hint where leaving it may be better."""
    return f"{one.name} · {_(one.stance.posture.label)}: {because(one)}"


def because(one: Line) -> str:
    """Why we do with an account what we do, where leaving it may be better, and what somebody else said by hand."""
    stance, parting = one.stance, one.stance.facts.parting
    doubt = hint(parting) if parting and not parting.is_sure else ""
    return "; ".join(filter(None, (_(stance.reason.label), doubt, by_hand_too(one))))


def by_hand_too(one: Line) -> str:
    """The posture that somebody set, with the reason; '' where nobody did."""
    return postures.told(one.posture_by_hand) if one.posture_by_hand else ""


def account(page: MatrixPage, one: Line, say: Say) -> Iterator[Term]:
    """Why an account is where it is."""
    stance, segmented = one.stance, one.segmented
    yield _("posture"), _(stance.posture.label)
    yield _("because"), _(stance.reason.label)
    if not stance.is_certain and len(stance.possible) > 1:
        others = ", ".join(_(other.label) for other in stance.possible if other is not stance.posture)
        yield _("or, as the unknown turns out"), others
    if stance.facts.parting is not None:
        yield _("going on with it"), going_on(stance.facts.parting, say)
    if said := by_hand_too(one):
        yield _("posture on the account"), said
    yield _("cell"), cell(one.place.cell)
    yield _("segment"), _(segmented.segment.label)
    if one.segment_by_hand not in (None, segmented.segment):
        yield _("segment on the account"), by_hand(one.segment_by_hand)
    yield _("sales in twelve months"), _against(segmented.revenue, segmented.breakpoints.revenue, say)
    yield _("potential a year"), _against(segmented.potential, segmented.breakpoints.potential, say)
    for axis, reach in ((Axis.ATTRACTIVENESS, one.place.attractiveness), (Axis.STRENGTH, one.place.strength)):
        value = _("unknown") if reach.value is None else f"{reach.value:.0f}"
        yield (
            _(axis.label),
            _("{value} ({low} to {high}), {share} known").format(
                value=value, low=f"{reach.low:.0f}", high=f"{reach.high:.0f}", share=share(reach.completeness)
            ),
        )
        for term in page.reasons(one, axis).terms:
            yield page.labels[term.code], f"{_graded(term)} · {_said(page, one, term.code)}"
    for shift in one.shifts:
        yield (
            _("with other weights"),
            _("{criterion} {by} %: {cell}").format(
                criterion=page.labels[shift.code], by=f"{shift.by * 100:+.0f}", cell=cell(shift.after)
            ),
        )
    trace = page.traces.get(one.key)
    if trace is not None and page.before is not None:
        then = cell(trace.cell_before) if trace.has_changed_cell else _("the same cell")
        told = _("{day}: {cell}; {points} points away")
        yield (
            _("before"),
            told.format(day=dated(page.before.day), cell=then, points=f"{trace.length:.0f}"),
        )
    if one.elsewhere:
        yield (
            _(NP_("figures", "left out")),
            ngettext("{count} sale in another currency", "{count} sales in other currencies", one.elsewhere),
        )


def whole(page: MatrixPage, say: Say) -> Iterator[Term]:
    """What holds for all accounts."""
    for axis in Axis:
        yield _("criteria of {axis}").format(axis=_(axis.label)), _weights(page, axis)
    if page.ungraded:
        yield _("graded nobody yet"), ", ".join(page.labels[code] for code in page.ungraded)
    points = page.breakpoints
    yield (
        _("segments"),
        _("sales from {sales}, potential from {potential} a year").format(
            sales=_point(points.revenue, say), potential=_point(points.potential, say)
        ),
    )
    placed = sum(one.place.cell is not None for one in page.lines)
    yield _("placed"), _("{placed} of {count}").format(placed=placed, count=len(page.lines))
    hang = sum(bool(one.shifts) for one in page.lines)
    yield _("hang on a weight"), ngettext("{count} account", "{count} accounts", hang)
    if page.before is not None:
        yield _("before"), _moves(page, page.before)


def _moves(page: MatrixPage, before: Before) -> str:
    """How many accounts moved since when, and by what that is known."""
    day = dated(before.day)
    if not page.traces:
        return _("nothing that was known on {day} gave an account a place").format(day=day)
    moved = sum(one.has_changed_cell for one in page.traces.values())
    told = ngettext(
        "{count} account in another cell since {day}", "{count} accounts in another cell since {day}", moved, day=day
    )
    return f"{told}, {_('as the places were kept') if before.is_kept else _(THEN)}"


def _graded(term: Graded) -> str:
    """A term: its grade and what that adds, with its weight."""
    weight = f"{Figure(round(term.weight, 2)):g}"
    if term.grade is None or term.points is None:
        return _("unknown, weight {weight}").format(weight=weight)
    told = _("grade {grade} of 4, weight {weight}: {points}")
    return told.format(grade=f"{Figure(term.grade):.1f}", weight=weight, points=f"{term.points:.0f}")


def _said(page: MatrixPage, one: Line, code: str) -> str:
    """Where a grade comes from: computed, or by hand, by whom and when."""
    if page.is_computed[code]:
        return _("≈ computed")
    found = one.judged.get(code)
    if found is None:
        return _("by hand, nobody has graded it")
    day = dated(found.judged_on)
    said = [part for part in (_(found.basis.label), line(found.source), day, line(found.evidence)) if part]
    return _("✎ by hand: {said}").format(said=", ".join(said))


def _weights(page: MatrixPage, axis: Axis) -> str:
    """What an axis is made of, the heaviest first, as shares of its weight."""
    there = sorted((one for one in page.criteria if one.axis is axis), key=lambda one: -one.weight)
    if not there:
        return _("none has a weight, so nobody has a place")
    whole = sum(one.weight for one in there)
    told = ", ".join(f"{page.labels[one.code]} {share(one.weight / whole)}" for one in there)
    return told if axis in page.own else _("{criteria} (the method's)").format(criteria=told)


def _point(point: float, say: Say) -> str:
    return say(point) if point > UNSET else _("unknown")


def _against(value: float | None, point: float, say: Say) -> str:
    if value is None:
        return _("unknown")
    told = _("{value}, high from {point}") if value >= point else _("{value}, high only from {point}")
    return told.format(value=say(value), point=say(point))
