"""Why a scorecard says what it says: every term of the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.method.scorecard import Score, Term
    from crmtui.queries.scorecards import ScorecardPage

LABEL: Final = 32
FIGURE: Final = 10


class ScoreWhy(Dialog[None]):
    """The terms of a score, the weightiest first, and how they add up.

    Args:
        page: the card.
    """

    DEFAULT_CSS: ClassVar[str] = """
    ScoreWhy VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, page: ScorecardPage) -> None:
        super().__init__(_("Why this score"))
        self._page = page

    def compose_box(self) -> ComposeResult:
        """The terms."""
        with VerticalScroll():
            yield Static(self.told, markup=False)

    @property
    def told(self) -> Content:
        """The terms and the sentence above them."""
        score = self._page.score
        labels = {line.code: line.label for line in self._page.lines}
        terms = sorted((term for term in score.terms if term.weight), key=lambda one: -(one.points or -1))
        return Content("\n").join(
            [
                Content(_("100 · (sum of weight · grade) / (4 · sum of weight), over what is answered")),
                Content.styled(_("Unknown is left out; gates warn and add nothing."), show.MUTED),
                Content(),
                _row(_("criterion"), (_("weight"), _("grade"), _("points"))),
                *(_term(labels[term.code], term) for term in terms),
                Content(),
                _sum(score),
            ]
        )


def _term(label: str, term: Term) -> Content:
    grade = show.unknown() if term.grade is None else Content(str(term.grade))
    points = show.nothing() if term.points is None else show.figure(term.points, 1)
    return Content.assemble(
        show.cells(show.label(label), LABEL),
        show.cells(Content(f"{term.weight:g}"), FIGURE, "right"),
        show.cells(grade, FIGURE, "right"),
        show.cells(points, FIGURE, "right"),
    )


def _row(label: str, headings: tuple[str, ...]) -> Content:
    cells = "".join(show.fit(heading, FIGURE, "right") for heading in headings)
    return Content.styled(show.fit(label, LABEL) + cells, show.MUTED)


def _sum(score: Score) -> Content:
    value = show.nothing() if score.value is None else Content.styled(f"{score.value:.1f}", "bold")
    answered = sum(term.weight for term in score.terms if term.grade is not None)
    return Content.assemble(
        show.cells(Content(_("score")), LABEL),
        show.cells(Content(f"{answered:g}"), FIGURE, "right"),
        " " * FIGURE,
        show.cells(value, FIGURE, "right"),
    )
