"""Contacts proposed for a plan, to be taken one by one or all at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.widgets import Static

from crmtui.domain.words import Source
from crmtui.queries import proposing
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import draft_lines
from crmtui.tui.widgets.agenda import Agenda

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from crmtui.method.proposals import Proposal
    from crmtui.queries.proposing import DraftPage
    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.screens.base import RoomScreen

PROPOSE: Final = Action(
    id="plan.propose",
    key="p",
    label=N_("Propose"),
    help=N_("Propose contacts by coverage per cost, within budget, cadence, working days and consent."),
)

WIDTH: Final = 112  # cells of the box
FRAME: Final = 6  # its border, its padding, and the scroll bar
HEIGHTS: Final = [(0, "-low"), (34, "-high")]


def propose(room: RoomScreen, plan_id: int) -> None:
    """Work out a draft for a plan, and show it over a screen."""

    def show(page: DraftPage) -> None:
        room.app.push_screen(DraftScreen(page))

    room.jobs.run("draft", partial(proposing.page, room.workspace, plan_id, room.crm.today), on_done=show)


class DraftScreen(Dialog[None]):
    """A draft. What is taken is planned at once, in one undoable step each time; the rest stays to choose from.

    Args:
        page: the draft.
    """

    HELP = N_(
        "Contacts that would bring most coverage for their cost, the best first. Space marks, enter takes the marked "
        "ones or the one under the cursor, a takes all, w says why one is proposed. Below stand the totals."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="draft.take", key="enter", label=N_("Take"), help=N_("Plan what is marked."), priority=True),
        Action(id="draft.all", key="a", label=N_("Take all"), help=N_("Plan all that is proposed.")),
        actions.WHY,
    )
    DEFAULT_CSS = """
    DraftScreen {
        & > #dialog { width: 112; }
        & Agenda { height: auto; max-height: 24; }
        & #totals { height: 3; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-low Agenda { max-height: 14; }
    }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, page: DraftPage) -> None:
        super().__init__(_("Proposed for {plan}").format(plan=page.plan.objective))
        self.page = page
        self.taken: list[Proposal] = []

    def compose_box(self) -> ComposeResult:
        """The lines above the totals."""
        yield Agenda(id="draft")
        yield Static(id="totals", markup=False)

    def on_mount(self) -> None:
        """Show all of it."""
        self._show()
        self.agenda.focus()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._show()

    @property
    def agenda(self) -> Agenda:
        """The lines."""
        return self.query_one(Agenda)

    @property
    def _crm(self) -> CrmtuiApp:
        return cast("CrmtuiApp", self.app)

    @property
    def _left(self) -> list[Proposal]:
        return [one for one in self.page.draft.proposals if one not in self.taken]

    @property
    def _marked(self) -> list[Proposal]:
        return [one for one in self._left if one.meeting in self.agenda.marks]

    @property
    def _current(self) -> Proposal | None:
        return next((one for one in self._left if one.meeting == self.agenda.current), None)

    def _show(self) -> None:
        width = min(self.app.size.width, WIDTH) - FRAME
        self.agenda.show_lines(tuple(draft_lines.lines(self.page, self.taken, self._crm.today, width)))
        self._tell()

    @on(Agenda.Highlighted)
    def _tell(self) -> None:
        self.query_one("#totals", Static).update(draft_lines.totals(self.page, self.taken, self._marked))
        self.refresh_bindings()

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be taken where nothing is left."""
        if action in ("take", "all", "why"):
            return bool(self._left)
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Plan what is marked, or what is under the cursor."""
        current = self._current
        self._take(self._marked or ([current] if current else []))

    def action_all(self) -> None:
        """Plan all of it."""
        self._take(self._left)

    def _take(self, some: Sequence[Proposal]) -> None:
        from crmtui.commands import proposals

        if some:
            work = partial(proposals.accept, self._crm.path, self.page, some, Source.TUI)
            self._crm.change(work, on_done=lambda _keys: self._took(some))

    def _took(self, some: Sequence[Proposal]) -> None:
        self.taken += some
        self._crm.tell(ngettext("{count} contact is planned.", "{count} contacts are planned.", len(some)))
        if self.is_attached:
            self.agenda.unmark()
            self._show()
            if not self._left:
                self.dismiss(None)

    def action_why(self) -> None:
        """Tell why it is proposed."""
        if current := self._current:
            title = _("Why {person}").format(person=self.page.names[current.person])
            self.app.push_screen(ToldScreen(title, draft_lines.why(self.page, current)))
