"""Why P(win) and the expected value say what they say: every term, and how they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crmtui.figures import Figure
from crmtui.queries.score_words import learnt, start
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from crmtui.method.winrate import Term
    from crmtui.queries.scorecards import ScorecardPage

LABEL: Final = 30
FIGURE: Final = 9
BETWEEN: Final = "…"


class ScoreWhy(Dialog[None]):
    """The terms of the probability, the greatest first, and of the expected value.

    Args:
        page: the card.
    """

    DEFAULT_CSS: ClassVar[str] = """
    ScoreWhy VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, page: ScorecardPage) -> None:
        super().__init__(_("Why this probability"))
        self._page = page

    def compose_box(self) -> ComposeResult:
        """The terms."""
        with VerticalScroll():
            yield Static(self.told, markup=False)

    @property
    def told(self) -> Content:
        """The terms and the sentences above and below them."""
        return Content("\n").join([*_probability(self._page), Content(), *_expected(self._page)])


def _probability(page: ScorecardPage) -> Iterator[Content]:
    found = page.chance
    labels = {line.code: line.label for line in page.lines}
    known = sorted((term for term in found.terms if term.points is not None and term.counts), key=_size)
    unknown = [term for term in found.terms if term.points is None and term.counts]
    yield Content.styled(learnt(page.model), show.MUTED)
    yield Content()
    yield _row(Content(_("criterion")), *(Content(name) for name in (_("counts"), _("grade"), _("P(win)")))).stylize(
        show.MUTED
    )
    yield _row(Content(start(page)), Content(), Content(), show.percent(found.start))
    for term in known:
        yield _term(labels[term.code], term)
    for term in unknown:
        yield _term(labels[term.code], term)
    yield _row(Content.styled(_("P(win)"), "bold"), Content(), Content(), show.percent(found.value).stylize("bold"))
    yield Content()
    yield Content(
        _("Band {low} to {high} %: eight times in ten, as far as outcomes tell,").format(
            low=f"{found.low * 100:.0f}", high=f"{found.high * 100:.0f}"
        )
    )
    yield Content.styled(_("with all that is unknown at its worst, and at its best."), show.MUTED)


def _size(term: Term) -> float:
    return -abs(term.points or 0.0)


def _term(label: str, term: Term) -> Content:
    grade = show.unknown() if term.grade is None else Content(f"{Figure(round(term.grade, 1)):g}")
    points = show.nothing() if term.points is None else show.figure(term.points * 100, 1, _("pt"), signed=True)
    return _row(show.label(label), show.percent(term.counts), grade, points)


def _row(label: Content, *figures: Content) -> Content:
    return Content.assemble(show.cells(label, LABEL), *(show.cells(one, FIGURE, "right") for one in figures))


def _expected(page: ScorecardPage) -> Iterator[Content]:
    found, money = page.expected, page.opportunity.currency
    yield Content.styled(_("expected value"), "bold $primary")
    if found.value is None or found.low is None or found.high is None:
        yield Content(_("Nobody has said the margin: o changes the opportunity."))
        return
    yield _money(_("P(win) times margin of {margin}").format(margin=show.money(found.margin, money).plain), round(
        found.probability * (found.margin or 0)
    ), money)  # fmt: skip
    if found.cost is None:
        yield Content.styled(_("the cost still to be spent is not known, and left out"), show.MUTED)
    else:
        yield _money(_("less the cost still to be spent"), -found.cost, money)
    yield _money(_("EV"), found.value, money).stylize("bold")
    if found.margin is not None and found.margin < 0:
        told = _("The margin is below 0: winning would lose money, so the better the chance, the worse the EV.")
        yield Content.styled(told, show.WATCH)
    band = f"{show.money(found.low, money).plain}{BETWEEN}{show.money(found.high, money).plain}"
    yield Content.styled(_("within the band of P(win): {band}").format(band=band), show.MUTED)


def _money(label: str, minor: int, currency: str) -> Content:
    return Content.assemble(
        show.cells(Content(label), LABEL + FIGURE), show.cells(show.money(minor, currency), 2 * FIGURE, "right")
    )
