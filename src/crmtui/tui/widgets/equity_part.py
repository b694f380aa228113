"""Customer equity: what all customers are worth and each of them, with the terms beside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content

from crmtui.domain.programmes import Programme
from crmtui.domain.words import Source
from crmtui.queries import (
    equity as queries,
    equity_ladder_words as ladder,
    equity_table,
    equity_words as words,
    postures,
    repeat,
    repeat_words,
)
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.portfolio import PortfolioPart
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import equity_lines as lines, terms
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.worked_list import WorkedList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from crmtui.queries.equity import EquityPage
    from crmtui.queries.repeat import RepeatPage
    from crmtui.tui.screens.portfolio import PortfolioScreen

PROGRAMME: Final = Action(
    id="equity.programme",
    key="p",
    label=N_("Programme"),
    help=N_("Put the marked accounts, or the one under the cursor, into a programme, or take them out."),
)
NEW: Final = Action(
    id="equity.new_programme",
    key="n",
    label=N_("New programme"),
    help=N_("Write down a programme for priority customers: what they get, and what it costs."),
    show=False,
)
NOTHING: Final = N_(
    "What each customer is worth shows here, the most valuable first.\n"
    "It is made of orders with margins, of contacts with their hours, and of levels assessed over the years."
)
FIGURES: Final = 6  # lines of the list of figures, its heading among them


class EquityPart(PortfolioPart):
    """Customer equity."""

    HELP = N_(
        "What customers are worth, counted from your own history: where accounts of each level come to, what they "
        "bring, discounted. tab goes to the figures of all of them; w tells what the one under the cursor is made of."
    )
    BINDINGS: ClassVar = bindings(actions.WHY, PROGRAMME, NEW, actions.EDIT, actions.DELETE)
    DEFAULT_CSS = """
    EquityPart #figures { height: 6; margin-bottom: 1; }
    """

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__(room)
        self._page: EquityPage | None = None
        self._orders: RepeatPage | None = None
        self._figures = lines.figure_source()
        self._accounts = lines.account_source()
        self.figures = TextList(self._figures, Content(), _("Figures of all customers"), id="figures")
        self.main = self.accounts = WorkedList(
            self._accounts, Content.styled(_("Loading …"), show.MUTED), id="accounts"
        )
        self.box = FilterBox(self.accounts, _("words of the name, the level, the posture set by hand, how it buys"))
        self._told = Told()

    def compose(self) -> ComposeResult:
        """The figures above the accounts; beside them what goes with the row under the cursor."""
        with Horizontal():
            with Vertical():
                yield self.figures
                yield from self.compose_list()
            yield side(self._told, _("What it is made of"))

    # Reading

    def reload(self) -> None:
        """Work the figures out again."""
        self.ask("equity", queries.page, self._show)

    def _show(self, page: EquityPage) -> None:
        """Show what was worked out; then learn of repeat orders, which takes longest and would hold it up."""
        self._page = page
        self._accounts.hold(equity_table.rows(page, self._orders))
        instead = words.silence(page.basis)
        self.accounts.set_empty(Content.styled(f"{instead}\n{_(NOTHING)}" if instead else _(NOTHING), show.MUTED))
        self.accounts.reload()
        self._show_figures()
        self.refresh_bindings()
        self.call_after_refresh(self.ask, "repeat", repeat.page, self._show_orders)

    def _show_orders(self, orders: RepeatPage) -> None:
        self._orders = orders
        if self._page is not None:
            self._accounts.hold(equity_table.rows(self._page, orders))
        columns = lines.account_columns(orders)
        if columns != self._accounts.columns:
            self._accounts.columns = columns
            self.accounts.change_columns(columns)
        self.accounts.reload()
        self._show_figures()

    def _show_figures(self) -> None:
        if self._page is not None:
            found = tuple(lines.figures(self._page, self._orders))
            self.figures.styles.height = min(len(found) + 1, 2 * FIGURES)
            self._figures.hold(found)
            self.figures.reload()
            self._tell()

    # Telling

    @property
    def _is_of_all(self) -> bool:
        """Whether the cursor is on a figure of all customers."""
        return self.figures.has_focus or not self.accounts.count

    @property
    def _club(self) -> Programme | None:
        """The programme under the cursor."""
        figure = self._figures.get(self.figures.current) if self._is_of_all else None
        return figure.club.programme if figure and figure.club else None

    @on(WindowList.Highlighted)
    @on(WindowList.Marked)
    @on(WindowList.Counted)
    def _tell(self) -> None:
        """What goes with the row under the cursor."""
        self._told.tell(self._terms)
        marked = len(self.accounts.marks)
        count = self.accounts.count
        told = ngettext("{count} account", "{count} accounts", count)
        more = ngettext("{count} marked", "{count} marked", marked) if marked else ""
        self.say(" · ".join(one for one in (told, more) if one))

    def on_descendant_focus(self) -> None:
        """The other list has the cursor now."""
        self._tell()

    def _terms(self, width: int) -> Content:
        if self._page is None:
            return Content()
        if self._is_of_all:
            figure = self._figures.get(self.figures.current)
            return terms.told(figure.label, figure.terms, width) if figure else Content()
        row = self._accounts.get(self.accounts.current)
        if row is None:
            return Content()
        line = row.line
        say = lines.saying(self._page.basis)
        basis, orders = self._page.basis, self._orders
        found = list(repeat_words.account(orders, basis, line, say))
        if line.posture:
            found.append((_("posture"), postures.told(line.posture)))
        return terms.told(line.name, found, width)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done to the row under the cursor."""
        if action == "why":
            return self._page is not None
        if action == "programme":
            return self._page is not None and not self._is_of_all and bool(self.accounts.chosen)
        if action in ("edit", "delete"):
            return self._club is not None
        return super().check_action(action, parameters)

    def open_row(self, rows: Widget, key: int) -> None:
        """An account opens its page; a figure tells its terms."""
        if rows is self.accounts:
            super().open_row(rows, key)
        else:
            self.action_why()

    def action_why(self) -> None:
        """Tell what the figure under the cursor is made of, and what all of them rest on."""
        if self._page is None:
            return
        told = self._terms(terms.BOX)
        if not self._is_of_all:
            say = lines.saying(self._page.basis)
            whole = [*words.total(self._page, say), *ladder.chain(self._page.basis)]
            told = Content("\n\n").join([told, terms.told(_("all accounts"), whole)])
        self.app.push_screen(ToldScreen(_("Why this value"), told))

    # Programmes

    def action_new_programme(self) -> None:
        """Write down a new programme."""
        from crmtui.tui.screens import forms

        self.room.edit(forms.adding(self.room, Programme))

    def action_edit(self) -> None:
        """Change the programme under the cursor."""
        from crmtui.tui.screens import forms

        if club := self._club:
            forms.edit(self.room, club)

    def action_delete(self) -> None:
        """Delete the programme under the cursor."""
        from crmtui.commands import records

        if club := self._club:
            work = partial(records.delete, self.room.workspace, Programme, [club.id], Source.TUI)
            self.room.change(work, on_done=lambda gone: self.room.crm.tell(records.said(gone)))

    def action_programme(self) -> None:
        """Ask which programme the chosen accounts are put into, or taken out of."""
        from crmtui.tui.screens.joining import ask

        if self._page is not None and (keys := sorted(self.accounts.chosen)):
            ask(self.room, self._page.programmes, keys)
