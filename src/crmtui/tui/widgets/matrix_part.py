"""The portfolio matrix: the plot, and beside it what we do with each account and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content

from crmtui.domain.words import Source
from crmtui.queries import matrix as queries, matrix_table, matrix_words as words
from crmtui.queries.matrix_plot import Drawing, order
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.portfolio import PortfolioPart
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import matrix_lines as lines, terms
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.plot_view import PlotView
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.worked_list import WorkedList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from crmtui.queries.matrix import Line, MatrixPage
    from crmtui.tui.screens.portfolio import PortfolioScreen

KEEP: Final = Action(
    id="matrix.keep",
    key="s",
    label=N_("Keep places"),
    help=N_("Keep where all accounts are today: next quarter moves are told from there, not from what was known."),
)
CRITERIA: Final = Action(
    id="matrix.criteria",
    key="m",
    label=N_("Criteria"),
    help=N_("See by what accounts are placed, and change it: criteria and their weights."),
)
GRADE: Final = Action(
    id="matrix.grade",
    key="e",
    label=N_("Grade"),
    help=N_("Grade the account under the cursor on the criteria that are graded by hand."),
)
UNGRADED: Final = N_("No criterion is graded by hand. “Criteria” shows them: one that is computed from nothing is.")
UNPLACED: Final = N_(
    "No account can be placed yet: it takes a potential, a margin or the willingness to be managed, "
    "and an assessment or a map."
)
VALUING: Final = N_("Working out what customers are worth, and so what to do with each …")


class MatrixPart(PortfolioPart):
    """The matrix."""

    HELP = N_(
        "Accounts by attractiveness and strength of the relationship, as large as what they buy: with the segment, "
        "what to do and why. ± counts the weights on which the cell hangs, w tells all terms. "
        "m shows the criteria and their weights, e grades the account under the cursor."
    )
    BINDINGS: ClassVar = bindings(actions.WHY, GRADE, CRITERIA, KEEP)
    SCOPED_CSS = False  # a narrow screen is above
    DEFAULT_CSS = """
    MatrixPart Container { layout: horizontal; }
    MatrixPart PlotView { width: 1fr; height: 1fr; }
    MatrixPart Vertical { width: 58; height: 1fr; border-left: vkey $foreground 25%; }
    .-narrow MatrixPart Container { layout: vertical; }
    .-narrow MatrixPart PlotView { height: 12; }
    .-narrow MatrixPart Vertical { width: 1fr; border-left: none; border-top: solid $foreground 25%; }
    """

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__(room)
        self.page: MatrixPage | None = None
        self._drawing: Drawing | None = None
        self._drawn: tuple[Drawing | None, int | None] | None = None
        self._source = lines.source()
        self.plot = PlotView(id="matrix")
        self.main = self.accounts = WorkedList(self._source, Content.styled(_("Loading …"), show.MUTED), id="accounts")
        self.box = FilterBox(self.accounts, _("words of the name, the segment, the posture"))

    def compose(self) -> ComposeResult:
        """The plot beside the accounts, or above them."""
        with Container():
            yield self.plot
            with Vertical():
                yield from self.compose_list()

    # Reading

    def reload(self) -> None:
        """Place all accounts again; the first time places and list are there before it is known whom to leave."""
        if self.page is None:
            self.ask("matrix", queries.sketch, self._sketch)
        else:
            self.ask("matrix", queries.page, self._show)

    def _sketch(self, page: MatrixPage) -> None:
        self._show(page)
        if not page.is_valued:
            self.ask("matrix", queries.valued, self._valued)

    def _valued(self, page: MatrixPage) -> None:
        self._show(page)
        if page.before is None:  # where accounts stood comes last, behind what is shown
            self.ask("matrix", queries.page, self._show)

    def _show(self, page: MatrixPage) -> None:
        self.page, self._drawing = page, Drawing(page)
        self._source.hold(sorted(matrix_table.rows(page), key=lambda row: order(row.line)))
        self.accounts.set_empty(Content.styled(_(words.NOBODY), show.MUTED))
        self.accounts.reload()
        self._tell()
        self.refresh_bindings()

    # Telling

    @property
    def _line(self) -> Line | None:
        row = self._source.get(self.accounts.current)
        return row.line if row else None

    @on(WindowList.Highlighted)
    @on(WindowList.Counted)
    def _tell(self) -> None:
        """Name the account under the cursor in the plot, and say what to do with it and why."""
        page, one = self.page, self._line
        if page is None:
            return
        drawn = self._drawing, self.accounts.current
        if drawn != self._drawn:  # of very many accounts it takes as long as all else that a key does
            self._drawn = drawn
            self.plot.draw(self._drawing.plot(drawn[1]) if self._drawing else None, _(UNPLACED))
        if not page.is_valued:
            self.say(_(VALUING))
        elif one is not None:
            self.say(words.said(one))
        else:
            self.say(ngettext("{count} account", "{count} accounts", len(page.lines)))

    def _say(self, minor: float) -> str:
        return show.money(round(minor), self.page.currency if self.page else "").plain

    def action_why(self) -> None:
        """Tell why the account under the cursor is where it is, who set what by hand, and what holds for all."""
        page, one = self.page, self._line
        if page is None:
            return

        def tell(traced: Sequence[Line]) -> None:
            parts = [terms.told(one.name, words.account(page, one, self._say)) for one in traced]
            parts.append(terms.told(_("all accounts"), words.whole(page, self._say)))
            self.app.push_screen(ToldScreen(_("Why this posture"), Content("\n\n").join(parts)))

        those = [one] if one else []
        self.ask("why", lambda path, _today: queries.traced(path, those), tell)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done once it has been read."""
        if action == "why":
            return self.page is not None and self.page.is_valued
        if action == "grade":
            return self._line is not None
        if action == "keep":
            return self.page is not None and self.page.is_valued and bool(self.page.lines)
        return super().check_action(action, parameters)

    def action_criteria(self) -> None:
        """Show the criteria with their weights."""
        from crmtui.tui.screens.criteria import CriteriaScreen

        self.app.push_screen(CriteriaScreen())

    def action_grade(self) -> None:
        """Grade the account under the cursor by hand."""
        from crmtui.tui.screens import criteria

        page, one = self.page, self._line
        if page is None or one is None:
            return
        if criteria.by_hand(page):
            self.room.edit(criteria.grading(self.room.workspace, page, one, self.room.crm.today))
        else:
            self.room.crm.tell(_(UNGRADED))

    def action_keep(self) -> None:
        """Keep the places of today."""
        from crmtui.commands import matrix

        if self.page is not None:
            work = partial(matrix.keep, self.room.workspace, self.page, Source.TUI)
            self.room.change(work, on_done=self._kept)

    def _kept(self, count: int) -> None:
        self.room.crm.tell(
            ngettext("Kept the place of {count} account.", "Kept the places of {count} accounts.", count)
        )
