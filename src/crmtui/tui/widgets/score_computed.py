"""All terms of a computed criterion, for the one who asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.scales import WIN_STRENGTH
from crmtui.domain.words import BudgetRung, Computed
from crmtui.figures import Figure
from crmtui.queries.score_words import source
from crmtui.text import _, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.scorecards import Line, ScorecardPage

MOST: Final = 8  # people who are told of
NAME: Final = 30
FIGURE: Final = 9


def terms(line: Line, page: ScorecardPage) -> Iterator[Content]:
    """All that the grade is made of, a line each."""
    yield Content(source(line, page))
    if line.filled and line.filled.grade is not None:
        yield _as_grade(line)
    if line.is_overridden:
        yield Content.assemble(
            show.glyphs().override,
            _(" set by hand to {grade}: ").format(grade=line.ours.grade),
            show.label(line.ours.override_reason),
        )
    yield Content()
    match line.computed:
        case Computed.BUDGET:
            yield from _ladder(page)
        case Computed.FAVOUR | Computed.COVERAGE | Computed.WINS:
            yield from _people(line.computed, page)
        case _:
            yield Content.styled(_("Prospect counts 0, Buyer 1.3, Account 2.7, Partner 4."), show.MUTED)


def _as_grade(line: Line) -> Content:
    found = line.filled
    if found is None or found.grade is None:
        return Content()
    band = (
        _(" ({low:.1f} to {high:.1f})").format(low=Figure(found.low), high=Figure(found.high))
        if found.low < found.high
        else ""
    )
    return Content.assemble(
        (show.glyphs().computed, show.MUTED), _(" grade "), (f"{Figure(found.grade):.1f}", "bold"), (band, show.MUTED)
    )


def _ladder(page: ScorecardPage) -> Iterator[Content]:
    """The steps of budget creation, the one it is at marked."""
    for step, rung in enumerate(BudgetRung):
        is_here = rung is page.sources.budget
        mark = show.glyphs().marked if is_here else " "
        yield Content.assemble((mark, show.BAR), (f" {step}  ", ""), (_(rung.label), "bold" if is_here else show.MUTED))


def _people(kind: Computed, page: ScorecardPage) -> Iterator[Content]:
    """Who makes the figure, the one who moves most first."""
    standing, wins = page.sources.standing, page.sources.wins
    if standing is None or wins is None:
        return
    if standing.is_inherited:
        yield Content.styled(_("From the account's map: the opportunity has nobody on one of its own."), show.MUTED)
    yield _row(_("who"), Content(_("moves")), Content(_heading(kind)), show.MUTED)
    figures = standing.figures
    every = zip(figures.leverage.terms, figures.favour.terms, figures.coverage.terms, wins.terms, strict=True)
    ordered = sorted(every, key=lambda one: -one[0].leverage)
    for weight, lean, cover, win in ordered[:MOST]:
        if kind is Computed.FAVOUR:
            figure = show.unknown() if lean.attitude is None else show.attitude(round(2 * lean.attitude))
        elif kind is Computed.COVERAGE:
            figure = show.percent(cover.value)
        else:
            figure = _win(has_win=win.has_win, strength=win.strength)
        yield _row(page.people.get(weight.key, ""), show.percent(weight.leverage), figure)
    if len(ordered) > MOST:
        count = len(ordered) - MOST
        yield Content.styled(ngettext("and {count} more", "and {count} more", count), show.MUTED)


def _win(*, has_win: bool, strength: int | None) -> Content:
    if not has_win:
        return Content.styled(_("missing"), show.WATCH)
    return show.unknown() if strength is None else Content(_(WIN_STRENGTH[strength]))


def _heading(kind: Computed) -> str:
    if kind is Computed.FAVOUR:
        return _("attitude")
    return _("covered") if kind is Computed.COVERAGE else _("win")


def _row(name: str, share: Content, figure: Content, style: str = "") -> Content:
    row = Content.assemble(
        show.cells(show.label(name), NAME),
        show.cells(share, FIGURE, "right"),
        "  ",
        figure,
    )
    return row.stylize(style) if style else row
