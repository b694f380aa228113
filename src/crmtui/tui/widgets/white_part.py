"""White space: what each account has from us, from others, or not yet, and what it could need."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.queries import whitespace as queries, whitespace_words as words
from crmtui.text import N_, _, line, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import white_desk
from crmtui.tui.screens.portfolio import PortfolioPart
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import terms, white_paint
from crmtui.tui.widgets.export_key import EXPORT
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.white_grid import WhiteGrid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.queries.whitespace import Axes, Patterns, Place, Row, Whole
    from crmtui.tui.screens.portfolio import PortfolioScreen

DEAL: Final = Action(
    id="white.deal",
    key="n",
    label=N_("Opportunity"),
    help=N_("Make an opportunity of the cell, at the first step of budget creation; or go to the one that is open."),
)
NEXT: Final = Action(
    id="white.suggestion", key="f", label=N_("Suggestion"), help=N_("Go to the next cell that could be needed.")
)
EMPTY: Final = N_(
    "Who supplies each of your offerings to each account shows here: you, a competitor, the customer itself, nobody. "
    "It takes accounts and offerings: 2 and n writes down an account, L the offerings; orders fill in what is yours."
)
STALE: Final = 120.0  # seconds before what accounts buy is learnt again: it takes a second for 10,000 of them


class WhitePart(PortfolioPart):
    """White space."""

    HELP = N_(
        "Accounts and their business units down, offerings across. What was ordered is ours until somebody says "
        "otherwise; a contract that ends soon tells its days; the triangle stands where accounts that are alike buy. "
        "w tells why, n makes an opportunity of the cell. Beyond the edge the arrows go to the next part."
    )
    BINDINGS: ClassVar = bindings(
        white_desk.STATE,
        white_desk.RIVAL,
        white_desk.ENDS,
        white_desk.POTENTIAL,
        white_desk.EDIT,
        DEAL,
        NEXT,
        actions.WHY,
        white_desk.FORGET,
        EXPORT,
    )
    DEFAULT_CSS = """
    WhitePart #legend { height: 1; text-wrap: nowrap; }
    WhitePart #side { width: 36; }
    """

    box: FilterBox

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__(room)
        self.main = self.grid = WhiteGrid(_(EMPTY))
        self.box = FilterBox(self.grid)
        self._told = Told()
        self._patterns: Patterns | None = None
        self._learnt = 0.0
        self._whole: Whole | None = None

    def compose(self) -> ComposeResult:
        """The grid above what its signs mean; beside it what is known of the cell under the cursor."""
        with Horizontal():
            with Vertical():
                yield from self.compose_list()
                yield Static(white_paint.legend(), id="legend", markup=False)
            yield side(self._told, _("The cell"))

    # Reading

    @on(WhiteGrid.Narrowed)
    def reload(self) -> None:
        """Read the accounts and offerings, then the rows on the screen; the sums come after."""
        work = partial(queries.axes, self.room.workspace, self.room.crm.today, self.grid.words)
        self.room.jobs.run("white", work, on_done=self._show, on_failed=self._fail)

    def _fail(self, error: CrmtuiError) -> None:
        if isinstance(error, UsageError):
            self.box.judge(str(error))
        else:
            self.room.crm.tell(str(error), is_wrong=True)

    def _show(self, axes: Axes) -> None:
        self.box.judge("")
        self.grid.show_axes(axes, self.room.crm.today)
        self.ask("white sums", queries.whole, self._show_sums)
        if axes.offerings and time.monotonic() - self._learnt > STALE:
            self._learnt = time.monotonic()
            self.room.jobs.run("white learning", partial(queries.learn, self.room.workspace), on_done=self._suggest)

    def _suggest(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._read(self.grid.near(), only=True)

    def _show_sums(self, whole: Whole) -> None:
        self._whole = whole
        self._tell()

    @on(WhiteGrid.Wanted)
    def _wanted(self, event: WhiteGrid.Wanted) -> None:
        """What is on the screen already is read again together with what comes on it, since jobs answer once."""
        event.stop()
        self._read(self.grid.near(), only=False)

    def _read(self, ids: list[int], *, only: bool) -> None:
        work = partial(queries.window, self.room.workspace, ids, self._patterns)
        self.room.jobs.run("white rows", work, on_done=partial(self._keep, only=only))

    def _keep(self, rows: Mapping[int, Row], *, only: bool) -> None:
        self.grid.keep(rows, only=only)

    def go_to(self, account_id: int) -> None:
        """Put the cursor on an account, now or when it has been read."""
        self.grid.go_to_account(account_id)

    # Telling

    @on(WhiteGrid.Highlighted)
    def _tell(self) -> None:
        """What is known of the cell under the cursor, and the sums below."""
        self._told.tell(self._terms)
        marks, count = len(self.grid.marks), len(self.grid.axes.order.ids) if self.grid.axes else 0
        marked = ngettext("{count} marked", "{count} marked", marks) if marks else ""
        accounts = ngettext("{count} account", "{count} accounts", count)
        sums = words.brief(self._whole, _short) if self._whole else ""
        self.say(" · ".join(part for part in (marked, accounts, sums) if part))

    def _terms(self, width: int) -> Content:
        row, offering = self.grid.row, self.grid.offering
        if row is None or offering is None:
            return Content()
        title = f"{line(offering.name)} · {line(row.account.name)}"
        return terms.told(title, self._of_cell(row, offering.id), width)

    def _of_cell(self, row: Row, offering: int) -> Iterator[tuple[str, str]]:
        if row.account.parent:
            yield _("unit of"), row.account.parent
        yield from words.terms(row.cells.get(offering), self.room.crm.today)
        if found := row.suggested.get(offering):
            yield from words.suggested(found, self._names)

    @property
    def _names(self) -> dict[int, str]:
        return {one.id: one.name for one in self.grid.axes.offerings} if self.grid.axes else {}

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done to the cell under the cursor, or to the marked ones."""
        if action in ("state", "rival", "ends", "potential"):
            return self.grid.row is not None and bool(self.grid.chosen)
        if action in ("edit", "deal", "why"):
            return self.grid.row is not None
        if action == "forget":
            return any(self._is_said(place) for place in self.grid.chosen)
        if action == "export":
            return self.grid.place is not None
        if action == "suggestion":
            return self._patterns is not None and self.grid.place is not None
        return super().check_action(action, parameters)

    def _is_said(self, place: Place) -> bool:
        """Whether somebody said something of a cell; marked ones off the screen may be."""
        row = self.grid.row
        if row is None or row.account.id != place[0]:
            return True
        said = row.cells.get(place[1])
        return said is not None and said.record is not None

    @on(WhiteGrid.Opened)
    def _open_cell(self, event: WhiteGrid.Opened) -> None:
        event.stop()
        if self.grid.place:
            self.room.crm.open_record("account", self.grid.place[0])

    @on(WhiteGrid.Beyond)
    async def _turn(self, event: WhiteGrid.Beyond) -> None:
        event.stop()
        await self.room.action_turn_tab(event.by)

    def _chosen(self) -> list[Place]:
        return self.grid.chosen

    def action_state(self) -> None:
        """Say who supplies it."""
        white_desk.ask_state(self.room, self.grid.chosen, self._chosen)

    def action_rival(self) -> None:
        """Say which competitor supplies it."""
        white_desk.ask_rival(self.room, self.grid.chosen, self._chosen)

    def action_ends(self) -> None:
        """Say until when the contract runs."""
        if self.grid.row:
            white_desk.ask_one(self.room, "contract_ends_on", self.grid.chosen, self.grid.row, self._chosen)

    def action_potential(self) -> None:
        """Say what it would be worth."""
        if self.grid.row:
            white_desk.ask_one(self.room, "potential", self.grid.chosen, self.grid.row, self._chosen)

    def action_edit(self) -> None:
        """Change all that is known of the cell."""
        place, row, offering = self.grid.place, self.grid.row, self.grid.offering
        if place and row and offering:
            white_desk.edit(self.room, place, row, f"{offering.name} · {row.account.name}")

    def action_forget(self) -> None:
        """Forget what was said."""
        white_desk.forget(self.room, self.grid.chosen, self._chosen, self.grid.unmark)

    def action_deal(self) -> None:
        """Make an opportunity, or go to the one that is open."""
        place = self.grid.place
        if place is None:
            return

        def go(key: int) -> None:
            self.room.crm.open_record("opportunity", key)

        def found(key: int | None) -> None:
            from crmtui.commands import whitespace

            if key is not None:
                go(key)
            else:
                work = partial(whitespace.open_opportunity, self.room.workspace, place, Source.TUI, self.room.crm.today)
                self.room.change(work, on_done=go)

        self.room.jobs.run("white deal", partial(queries.open_deal, self.room.workspace, place), on_done=found)

    def action_suggestion(self) -> None:
        """Go to the next cell that could be needed, from the cursor on, and round."""
        place, axes = self.grid.place, self.grid.axes
        if place is None or axes is None or self._patterns is None:
            return

        def found(there: Place | None) -> None:
            if there is None:
                self.room.crm.tell(_("Nothing stands out yet among these accounts."))
            else:
                self.grid.go_to(there)

        work = partial(queries.next_suggestion, self.room.workspace, axes, place, self._patterns)
        self.room.jobs.run("white next", work, on_done=found)

    def action_export(self) -> None:
        """Ask for the format and the file."""
        from crmtui.tui.screens import exporting
        from crmtui.tui.white_outgoing import White

        if axes := self.grid.axes:
            count = len(axes.order.ids)
            going = White(self.room.workspace, self.room.crm.today, self.grid.words, count, self.grid.marks)
            exporting.ask(self, going)

    def action_why(self) -> None:
        """Tell what is known of the cell, and what suggestions rest on."""
        told = self._terms(terms.BOX)
        if self._patterns is not None:
            told = Content("\n\n").join([told, Content(words.rule(self._patterns))])
        self.app.push_screen(ToldScreen(_("Why"), told))


def _short(minor: int, currency: str) -> str:
    """An amount in few cells."""
    return show.money(minor, currency).plain
