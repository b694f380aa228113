"""The territory: hours or contacts of each account today and proposed, with the gain over what there is above."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content

from crmtui.domain.words import Source
from crmtui.method.units import UNITS
from crmtui.queries import gains_plot, territory as queries, territory_table, territory_words as words
from crmtui.text import N_, _, line
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.portfolio import PortfolioPart
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import terms, territory_lines as lines
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.plot_view import PlotView
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.worked_list import WorkedList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.method.scenarios import Comparison
    from crmtui.method.territory_plan import Plan, Point
    from crmtui.method.units import EffortUnit
    from crmtui.queries.scenarios import ScenarioPage
    from crmtui.queries.territory import TerritoryPage
    from crmtui.queries.territory_accounts import Taken
    from crmtui.tui.screens.portfolio import PortfolioScreen

MORE: Final = Action(
    id="territory.more", key="plus", label=N_("More"), help=N_("Share out more hours of the period, or contacts.")
)
FEWER: Final = Action(
    id="territory.fewer", key="minus", label=N_("Fewer"), help=N_("Share out fewer hours of the period, or contacts.")
)
UNIT: Final = Action(
    id="territory.unit",
    key="b",
    label=N_("Hours or contacts"),
    help=N_("Share out whole contacts instead of hours, or hours again."),
)
BOUND: Final = Action(
    id="territory.bound",
    key="f",
    label=N_("Fix hours"),
    help=N_("Fix the hours of the account under the cursor, or say how many it gets at least and at most."),
)
ANSWER: Final = Action(
    id="territory.answer",
    key="e",
    label=N_("Answers"),
    help=N_("Say what the account under the cursor would buy with more effort and with less."),
)
SAVE: Final = Action(
    id="territory.save", key="s", label=N_("Save"), help=N_("Keep this plan as a scenario, under a name.")
)
ACCEPT: Final = Action(
    id="territory.accept",
    key="a",
    label=N_("Accept"),
    help=N_("Choose the scenario that plans and Today are measured against."),
)
COMPARE: Final = Action(
    id="territory.compare",
    key="x",
    label=N_("Compare"),
    help=N_("Tell what this plan, or a scenario, does differently from a scenario that was saved."),
    show=False,
)
KEPT: Final = Action(
    id="territory.kept",
    key="v",
    label=N_("Scenario"),
    help=N_("Show a scenario that was saved: hours of each account, and what was spent of them."),
    show=False,
)
STEPS: Final = 20  # keys from no hours to those one begins with


class TerritoryPart(PortfolioPart):
    """The territory."""

    HELP = N_(
        "How many hours of thirteen weeks, or contacts, each account should get, so that margin is the greatest: b "
        "changes between the two, + and - move what there is, f fixes the hours of an account, e says how it answers "
        "to effort, w tells why."
    )
    BINDINGS: ClassVar = bindings(MORE, FEWER, actions.WHY, UNIT, ANSWER, BOUND, SAVE, ACCEPT, KEPT, COMPARE)
    DEFAULT_CSS = """
    TerritoryPart PlotView { width: 1fr; height: 30%; min-height: 8; }
    """

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__(room)
        self._page: TerritoryPage | None = None
        self._plan: Plan | None = None
        self._points: tuple[Point, ...] = ()
        self._capacity: float | None = None
        self._unit: EffortUnit | None = None  # until one is chosen, that of the accepted scenario
        self._fault = ""
        self._source = lines.source()
        self.plot = PlotView(id="gains")
        self.main = self.accounts = WorkedList(self._source, Content.styled(_("Loading …"), show.MUTED), id="accounts")
        self.box = FilterBox(self.accounts, _("words of the name, the level, how it is served"))
        self._told = Told()

    def compose(self) -> ComposeResult:
        """The gain above the accounts; beside them why."""
        with Horizontal():
            with Vertical():
                yield self.plot
                yield from self.compose_list()
            yield side(self._told, _("Why so much"))

    @property
    def capacity(self) -> float | None:
        """What is shared out; None before the accounts have been read."""
        return self._capacity

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown; None where there is none."""
        return self._plan

    # Reading

    def reload(self) -> None:
        """Read the accounts again, and share the same effort out."""
        self.ask("territory", partial(queries.page, unit=self._unit), self._show)

    def _show(self, page: TerritoryPage) -> None:
        if self._page is None or self._page.unit is not page.unit:
            self._capacity = page.usual
        self._page, self._unit = page, page.unit.word
        self._points = ()
        self._share_out()
        self.room.jobs.run("gains", page.gains, on_done=self._show_gains, on_failed=lambda _error: None)

    def _share_out(self) -> None:
        if self._page is not None and self._capacity is not None:
            work = partial(self._page.plan, self._capacity)
            self.room.jobs.run("plan", work, on_done=self._show_plan, on_failed=self._show_fault)

    def _show_gains(self, points: tuple[Point, ...]) -> None:
        self._points = points
        self._draw()

    def _show_plan(self, plan: Plan) -> None:
        page = self._page
        if page is None:
            return
        self._plan, self._fault = plan, ""
        unit = page.unit
        if plan.unit is not unit.word:
            return  # it was worked out before the unit was changed
        if (columns := lines.columns(unit)) != self._source.columns:
            self._source.columns = columns
            self.accounts.change_columns(columns)
        rows = territory_table.rows(page, plan)
        self._source.hold(sorted(rows, key=lambda one: -abs(unit.proposed(one.line) - unit.now(one.line))))
        self.accounts.set_empty(Content.styled(_(unit.nobody), show.MUTED))
        self._shown()

    def _show_fault(self, error: CrmtuiError) -> None:
        self._plan, self._fault = None, str(error)
        self._source.hold(())
        self.accounts.set_empty(Content.styled(line(self._fault), show.WATCH))
        self._shown()

    def _shown(self) -> None:
        self.accounts.reload()
        self._draw()
        self._tell()
        self.refresh_bindings()

    def _draw(self) -> None:
        if self._page is not None:
            found = gains_plot.gains(self._points, self._plan, self._page.unit, self._page.currency)
            why = line(self._fault) or words.silence(self._page.unit, self._plan)
            self.plot.draw(found, why or _("Loading …"))

    # Telling

    @property
    def _taken(self) -> Taken | None:
        """The account under the cursor."""
        row = self._source.get(self.accounts.current)
        return row.taken if row else None

    @on(WindowList.Highlighted)
    @on(WindowList.Counted)
    def _tell(self) -> None:
        self._told.tell(self._account)
        if self._page is not None:
            self.say(words.figures(self._plan, self._say) if self._plan else line(self._fault))

    def _say(self, minor: float) -> str:
        currency = self._page.currency if self._page else ""
        return show.money(round(minor), currency).plain

    def _account(self, width: int) -> Content:
        row = self._source.get(self.accounts.current)
        if row is None:
            return Content()
        return terms.told(row.taken.name, words.account(row.taken, row.line, row.unit, self._say), width)

    def action_why(self) -> None:
        """Tell what the plan is made of, and why the account under the cursor gets so much."""
        if self._page is not None and self._plan is not None:
            whole = terms.told(_("all accounts"), words.whole(self._page, self._plan, self._say))
            self.app.push_screen(ToldScreen(_("Why so much"), Content("\n\n").join([self._account(terms.BOX), whole])))

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        if action in ("more", "fewer", "unit"):
            return self._page is not None
        if action in ("why", "save"):
            return self._plan is not None
        if action in ("answer", "bound"):
            return self._taken is not None
        if action in ("accept", "kept"):
            return self._page is not None and bool(self._page.scenarios)
        if action == "compare":
            return self._plan is not None and self._page is not None and bool(self._page.scenarios)
        return super().check_action(action, parameters)

    def _move(self, by: int) -> None:
        if self._page is not None and self._capacity is not None:
            step = max(1, round(self._page.usual / STEPS))
            self._capacity = max(0.0, self._capacity + by * step)
            self._share_out()

    def action_more(self) -> None:
        """Share out more."""
        self._move(1)

    def action_fewer(self) -> None:
        """Share out less."""
        self._move(-1)

    def action_unit(self) -> None:
        """Share out contacts instead of hours, or hours again."""
        if self._page is not None:
            self._unit = next(one for one in UNITS if one is not self._page.unit.word)
            self.reload()

    def action_answer(self) -> None:
        """Ask how the account under the cursor answers to effort."""
        from crmtui.tui.screens import answering

        if taken := self._taken:
            self.room.edit(answering.asking(self.room.workspace, taken, self.room.crm.today))

    def action_bound(self) -> None:
        """Fix the hours of the account under the cursor."""
        from crmtui.tui.screens import answering

        if taken := self._taken:
            self.room.edit(answering.bounding(self.room.workspace, taken))

    def action_save(self) -> None:
        """Ask for the name of the scenario, and keep the plan."""
        from crmtui.commands import scenarios
        from crmtui.tui.screens import keeping

        plan, room = self._plan, self.room
        if plan is None or self._page is None:
            return

        def chosen(name: str) -> None:
            work = partial(scenarios.save, room.workspace, name, plan, room.crm.today, Source.TUI)
            room.change(work, on_done=lambda _key: room.crm.tell(_("Saved. “Accept” makes it what counts.")))

        keeping.name(room, self._page.scenarios, chosen)

    def action_accept(self) -> None:
        """Ask which scenario counts, and warn where it takes more than there is."""
        from crmtui.commands import scenarios
        from crmtui.queries import scenario_words, scenarios as kept
        from crmtui.tui.screens import keeping

        room = self.room

        def warn(found: ScenarioPage) -> None:
            if warning := scenario_words.warning(found):
                room.crm.tell(warning)

        def chosen(key: int) -> None:
            look = partial(kept.page, room.workspace, key, room.crm.today)
            room.change(
                partial(scenarios.accept, room.workspace, key, Source.TUI),
                on_done=lambda _none: room.jobs.run("beyond", look, on_done=warn),
            )

        if self._page is not None:
            keeping.one_of(room, self._page.scenarios, chosen)

    def action_kept(self) -> None:
        """Ask for a scenario, and show its lines."""
        from crmtui.queries import scenarios
        from crmtui.tui.screens import keeping
        from crmtui.tui.widgets import scenario_told

        room = self.room

        def told(found: ScenarioPage) -> None:
            self.app.push_screen(scenario_told.told(found))

        def chosen(key: int) -> None:
            room.jobs.run("kept", partial(scenarios.page, room.workspace, key, room.crm.today), on_done=told)

        if self._page is not None:
            keeping.one_of(room, self._page.scenarios, chosen)

    def action_compare(self) -> None:
        """Ask for a scenario and with what to compare it, and tell the differences."""
        from crmtui.tui.screens import keeping

        page, plan, room = self._page, self._plan, self.room
        if page is None or plan is None:
            return
        called = {one.id: line(one.name) for one in page.scenarios}

        def tell(title: str, found: Comparison) -> None:
            names = {one.key: one.name for one in page.taken}
            told = words.difference(found, names, page.areas, self._say)
            self.app.push_screen(ToldScreen(title, terms.lines(told)))

        def compare(first: int, second: int | None) -> None:
            name = _("this plan") if second is None else called[second]
            title = _("{name} less {scenario}").format(name=name, scenario=called[first])
            work = partial(queries.compared, room.workspace, page, first, plan if second is None else second)
            room.jobs.run("compare", work, on_done=partial(tell, title))

        def chosen(first: int) -> None:
            keeping.another(room, page.scenarios, first, partial(compare, first))

        keeping.one_of(room, page.scenarios, chosen)
