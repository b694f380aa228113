"""The room of communication plans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content

from crmtui.domain.plans import Plan
from crmtui.domain.words import Source
from crmtui.queries import plans as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import bindings
from crmtui.tui.screens import plan
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.drafting import PROPOSE, propose
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import plan_figures
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.noun_list import NounList
from crmtui.tui.widgets.noun_source import NounSource
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.queries.plans import PlanPage


class PlansScreen(RoomScreen):
    """All plans; enter opens one as weeks and people."""

    ROOM = "plans"
    HELP = N_(
        "Communication plans: whom we reach when, how, with which message, at what cost. One is for an account or for "
        "one opportunity. Enter opens it as weeks and people."
    )
    BINDINGS: ClassVar = bindings(actions.NEW, PROPOSE, actions.EDIT, actions.DELETE, actions.WHY)
    AUTO_FOCUS = "WindowList"
    DEFAULT_CSS = "PlansScreen #plans { width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._page: PlanPage | None = None

    def compose_body(self) -> ComposeResult:
        """The list, and the plan under the cursor."""
        empty = _("Plans say whom to reach when, how, and at what cost.\nn makes the first one.")
        plans = NounList(NounSource(self.workspace, "plans", lambda: self.crm.today), Content.styled(empty, show.MUTED))
        yield Pane(
            FilterBox(plans, _("words, or status:running, owner:me, ends<30d, late>0")),
            plans,
            title=_("Plans"),
            id="plans",
        )
        yield side(Told(id="told"), _("Preview"))

    @property
    def list(self) -> WindowList:
        """The list."""
        return self.query_one(WindowList)

    # Reading

    def begin(self) -> None:
        """The list reads by itself, and the preview follows its cursor."""

    def reload(self) -> None:
        """Read the list and the preview again."""
        self.list.reload()
        self._read(self.list.current)

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        self._read(event.key)

    @on(WindowList.Counted)
    def _counted(self, event: WindowList.Counted) -> None:
        self.say(ngettext("{count} plan", "{count} plans", event.count))

    def _read(self, key: int | None) -> None:
        if key is None:
            self.jobs.forget("preview")
            self._show(None)
        else:
            work = partial(queries.page, self.workspace, key, self.crm.today)
            self.jobs.run("preview", work, on_done=self._show, on_failed=lambda _gone: self._show(None))

    def _show(self, page: PlanPage | None) -> None:
        is_other = (page is None) != (self._page is None)
        is_another = not (page and self._page and page.plan.id == self._page.plan.id)
        self._page = page
        shown = plan_figures.preview(page, self.crm.today) if page else Content()
        self.query_one(Told).tell(shown, from_top=is_another)
        if is_other:
            self.refresh_bindings()

    # Moving around

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        self.crm.open_record("plan", event.key)

    @on(WindowList.SortRequested)
    def _sort(self, event: WindowList.SortRequested) -> None:
        self.list.set_sort(event.sort)

    # Changing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a plan is not offered without one."""
        if action in ("edit", "delete", "propose", "why"):
            return self._page is not None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Make a new plan, and open it."""
        self.edit(plan.adding(self.workspace, self.crm.today), self._begun)

    def _begun(self, key: int) -> None:
        self.list.goto(key)
        self.crm.open_record("plan", key)

    def action_propose(self) -> None:
        """Propose contacts for the plan under the cursor."""
        if self._page:
            propose(self, self._page.plan.id)

    def action_why(self) -> None:
        """Tell what the figures of the plan under the cursor are made of."""
        if self._page:
            self.app.push_screen(ToldScreen(self._page.plan.objective, plan_figures.reasons(self._page)))

    def action_edit(self) -> None:
        """Change the plan under the cursor."""
        if self._page:
            self.edit(plan.editing(self.workspace, self._page.plan))

    def action_delete(self) -> None:
        """Delete the marked plans, or the one under the cursor; their contacts stay."""
        from crmtui.commands import records

        work = partial(records.delete, self.workspace, Plan, sorted(self.list.chosen), Source.TUI)
        self.change(work, on_done=lambda deleted: self.crm.tell(records.said(deleted)))
