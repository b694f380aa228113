"""A communication plan: who is to be reached when, how, and at what cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content
from textual.widgets import Static

from crmtui.domain.fields import specs
from crmtui.domain.plans import Plan
from crmtui.domain.words import Source
from crmtui.queries import plans as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions, meanwhile, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.base import PageScreen
from crmtui.tui.screens.contact_about import NOTHING, About
from crmtui.tui.screens.contact_room import ContactRoom
from crmtui.tui.screens.drafting import PROPOSE, propose
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import contact_lines, plan_figures
from crmtui.tui.widgets.agenda import Agenda
from crmtui.tui.widgets.page import Pane, SidePane
from crmtui.tui.widgets.plan_grid import PlanGrid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.domain.values import Value
    from crmtui.queries.contacts import Entry
    from crmtui.queries.plans import PlanPage as Page

CHANGE: Final = Action(
    id="plan.change",
    key="P",
    label=N_("Edit the plan"),
    does="change_plan",
    help=N_("Change objective, period, budget."),
)
WEEKS: Final = 12  # how long a new plan is


class PlanContacts(Agenda):
    """The contacts of a plan."""

    HELP = N_("Every contact of the plan. x marks it as done, m moves it, enter changes it; tab goes to the weeks.")


class PlanPage(ContactRoom, PageScreen):
    """One plan as a grid of weeks and people."""

    HELP = N_(
        "A communication plan: weeks across, people down. Each sign is a contact: planned, done, moved, called off; "
        "the exclamation mark is late. This week stands in brackets."
    )
    BINDINGS: ClassVar = bindings(PROPOSE, CHANGE, actions.WHY)
    AUTO_FOCUS = "PlanGrid"
    DEFAULT_CSS = """
    PlanPage {
        & #plan { width: 1fr; }
        & PlanGrid { max-height: 60%; }
        & PlanContacts { height: 1fr; min-height: 3; margin-top: 1; }
        & #foot { height: 3; text-wrap: nowrap; text-overflow: ellipsis; }
        & #told { height: auto; }
        & #shares { height: auto; margin-top: 1; text-wrap: nowrap; }
    }
    """

    def __init__(self, key: int) -> None:
        super().__init__(key)
        self._page: Page | None = None
        self._told = (Content(), Content())

    def compose_body(self) -> ComposeResult:
        """The grid over its figures; the contact under the cursor and the shares beside."""
        foot = Static(id="foot", markup=False)
        yield Pane(PlanGrid(id="grid"), PlanContacts(id="contacts"), foot, title=_("Plan"), id="plan")
        yield SidePane(
            Static(id="told", markup=False), Static(id="shares", markup=False), title=_("Contact"), id="side"
        )

    @property
    def grid(self) -> PlanGrid:
        """The weeks and people."""
        return self.query_one(PlanGrid)

    @property
    def list(self) -> Agenda:
        """Every contact of the plan on a line."""
        return self.query_one(PlanContacts)

    # Reading

    def reload(self) -> None:
        """Read the plan again; one that has gone is left."""
        work = partial(queries.page, self.workspace, self.key, self.crm.today)
        self.jobs.run("page", work, on_done=self._show, on_failed=self.leave)

    def _show(self, page: Page) -> None:
        self._page = page
        self.query_one("#plan", Pane).entitle(page.plan.objective, self._period(page.plan))
        self.grid.show_page(page, self.crm.today)
        self.list.show_lines(tuple(plan_figures.contacts(page, self.crm.today)))
        self._draw_foot()
        self.query_one("#shares", Static).update(plan_figures.shares(page))

    def _subject(self, page: Page) -> Content:
        names = [name for name in (page.subject.account, page.subject.opportunity) if name]
        return Content(" · ").join([*(show.label(name) for name in names), Content(_(page.plan.status.label))])

    def _period(self, plan: Plan) -> Content:
        first, last = (show.short_date(day, self.crm.today) for day in (plan.starts_on, plan.ends_on))
        return Content.assemble(first, " - ", last)

    def _draw_foot(self) -> None:
        if self._page is not None:
            foot = self.query_one("#foot", Static)
            foot.update(plan_figures.foot(self._page, foot.content_size.width))

    def on_resize(self) -> None:
        """The bar has more or less room."""
        self.call_after_refresh(self._draw_foot)

    @on(Agenda.Highlighted)
    @on(PlanGrid.Highlighted)
    def _tell(self) -> None:
        """Tell of the contact under the cursor, or of the person where there is none."""
        self.refresh_bindings()
        if self._page is None:
            return
        current, marked = self._current, len(self._marks)
        told = contact_lines.full(current, self.crm.today) if current else self._person(self._page)
        line = Content(ngettext("{count} marked", "{count} marked", marked)) if marked else self._subject(self._page)
        if (told, line) != self._told:  # laying out anew takes longer than to look
            self._told = (told, line)
            self.query_one("#told", Static).update(told)
            self.say(line)

    def _person(self, page: Page) -> Content:
        row = page.rows[self.grid.place.row] if page.rows else None
        if not page.rows:
            return Content.styled(_("Nobody is known there yet; n plans a contact all the same."), show.MUTED)
        if row is None:
            return Content.styled(_("Contacts in which nobody is named."), show.MUTED)
        lines = [show.label(row.name, "bold"), show.label(row.title, show.MUTED)]
        lines.append(plan_figures.refusals(page.refused.get(row.id, ())))
        lines.append(Content.styled(_("n plans a contact in this week"), show.MUTED))
        return Content("\n").join([line for line in lines if line.plain])

    # What is chosen

    @property
    def _current(self) -> Entry | None:
        """The contact under the cursor of the part that has the focus."""
        if not self.list.has_focus:
            return self.grid.current
        entries = self._page.entries if self._page else ()
        return next((entry for entry in entries if entry.id == self.list.current), None)

    @property
    def _marks(self) -> frozenset[Hashable]:
        """The keys of the marked contacts there."""
        return self.list.marks if self.list.has_focus else frozenset(self.grid.marks)

    @property
    def chosen(self) -> Sequence[Entry]:
        """The marked contacts, else the one under the cursor."""
        if self._page is None or not self.is_mounted:
            return ()
        if marks := self._marks:
            return [entry for entry in self._page.entries if entry.id in marks]
        return (self._current,) if self._current else ()

    @property
    def about(self) -> About:
        """The person and the week under the cursor, in this plan."""
        if self._page is None:
            return NOTHING
        return About(
            account_id=self._page.subject.account_id,
            opportunity_id=self._page.subject.opportunity_id,
            plan_id=self.key,
            persons=(self.grid.person,) if self.grid.person else (),
            day=self._day(),
        )

    def _day(self) -> dt.date:
        """Today in this week, the Monday in others."""
        week, today = self.grid.week, self.crm.today
        return today if week is None or queries.monday(today) == week else week

    def unmark(self) -> None:
        """Take all marks away."""
        self.grid.unmark()
        self.list.unmark()

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered before the plan has been read."""
        if action in ("propose", "why", "change_plan"):
            return self._page is not None
        return super().check_action(action, parameters)

    def action_propose(self) -> None:
        """Propose contacts for the plan."""
        propose(self, self.key)

    def action_why(self) -> None:
        """Tell what the figures of the plan are made of."""
        if self._page is not None:
            self.app.push_screen(ToldScreen(self._page.plan.objective, plan_figures.reasons(self._page)))

    @on(Agenda.Opened)
    @on(PlanGrid.Opened)
    def _open(self) -> None:
        self.action_edit()

    def action_change_plan(self) -> None:
        """Change the plan itself."""
        if self._page is not None:
            self.edit(editing(self.workspace, self._page.plan))


def adding(path: Path, today: dt.date, given: dict[str, Value] | None = None) -> FormScreen[int]:
    """The form for a new plan; its result is the key."""
    import datetime as dt

    from crmtui.commands import plans

    period = {"starts_on": today, "ends_on": today + dt.timedelta(weeks=WEEKS)}
    return FormScreen(
        Plan,
        {**period, **(given or {})},
        title=_("New communication plan"),
        save=lambda values: plans.add(path, values, Source.TUI),
    )


def editing(path: Path, plan: Plan) -> FormScreen[None]:
    """The form for a plan that exists."""
    from crmtui.commands import plans

    return FormScreen(
        Plan,
        {name: getattr(plan, name) for name in specs(Plan)},
        title=plan.objective,
        save=lambda values: plans.edit(path, plan.id, values, Source.TUI),
        changes_only=True,
        shape=Shape(now=meanwhile.kept(path, type(plan), plan.id)),
    )
