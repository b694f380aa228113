"""The action plan of an account as a tree: objectives, their strategies, and who does what until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on

from crmtui.queries import action_plan as queries
from crmtui.text import N_, _
from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens import action_desk
from crmtui.tui.screens.action_desk import KINDS, Chosen
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.widgets import action_lines
from crmtui.tui.widgets.action_lines import ACTION, OBJECTIVE, STRATEGY
from crmtui.tui.widgets.agenda import Agenda

if TYPE_CHECKING:
    from crmtui.domain.values import Value
    from crmtui.queries.action_plan import ActionPlan, Goal, Task
    from crmtui.tui.screens.base import RoomScreen

_NEW: Final = {
    ACTION: Answer(ACTION, N_("An action")),
    STRATEGY: Answer(STRATEGY, N_("A strategy")),
    OBJECTIVE: Answer(OBJECTIVE, N_("An objective")),
}


class ActionTree(Agenda):
    """What is to be reached at an account, and how.

    Args:
        room: the screen that it will be on.
        account_id: whose plan.
    """

    HELP = N_(
        "The action plan: objectives in bold, under each the strategies towards it and their actions. n writes down "
        "what is wanted under the cursor, enter changes it, x says how it ended, m sets another day."
    )
    BINDINGS: ClassVar = bindings(
        actions.NEW, actions.EDIT, action_desk.FINISH, action_desk.MOVE, action_desk.REOPEN, actions.DELETE
    )

    def __init__(self, room: RoomScreen, account_id: int) -> None:
        super().__init__(id="action_plan")
        self._path = room.workspace
        self._account_id = account_id
        self._jobs = Jobs(self)
        self._plan: ActionPlan | None = None
        self._wanted: tuple[str, int] | None = None

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    def reload(self) -> None:
        """Read again."""
        self._jobs.run("plan", partial(queries.page, self._path, self._account_id), on_done=self._show)

    def _show(self, plan: ActionPlan) -> None:
        self._plan = plan
        self.show_lines(tuple(action_lines.plan(plan, self.room.crm.today)))
        if self._wanted is not None:
            self.go_to(self._wanted)
            self._wanted = None

    # What is chosen

    @property
    def _place(self) -> tuple[str, int] | None:
        """Table and key of the line under the cursor."""
        return cast("tuple[str, int] | None", self.current)

    def _record(self, place: tuple[str, int]) -> Task | Goal | None:
        if self._plan is None:
            return None
        table, key = place
        if table == OBJECTIVE:
            return next((goal for goal in self._plan.goals if goal.id == key), None)
        return next((task for task in self._plan.actions if table == ACTION and task.id == key), None)

    @property
    def _chosen(self) -> list[Task | Goal]:
        """The marked actions, else what is under the cursor, unless that is a strategy."""
        places = sorted(cast("frozenset[tuple[str, int]]", self.marks)) or ([self._place] if self._place else [])
        return [found for place in places if (found := self._record(place)) is not None]

    def _told(self) -> Chosen:
        found = self._chosen
        table = ACTION if self.marks or not self._place else self._place[0]
        return Chosen(
            KINDS[table],
            tuple(one.id for one in found),
            tuple(one.name for one in found),
            found[0].lesson if len(found) == 1 else "",
        )

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not fit what is chosen is not offered."""
        if action in ("finish", "put_off"):
            return bool(self._chosen) and all(one.is_open for one in self._chosen)
        if action == "reopen":
            return bool(self._chosen) and not any(one.is_open for one in self._chosen)
        if action == "edit":
            return self._place is not None
        if action == "delete":
            return bool(self.marks) or self._place is not None
        if action == "new":
            return self._plan is not None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Write down an action, a strategy or an objective, where the cursor is."""
        answers = [_NEW[ACTION], *([_NEW[STRATEGY]] if self._objective is not None else ()), _NEW[OBJECTIVE]]
        if self._place is None or self._place[0] == OBJECTIVE:
            answers.reverse() if self._place is None else answers.insert(0, answers.pop(1))
        self.app.push_screen(AskScreen(_("New"), _("What is to be written down?"), answers), self._new)

    @property
    def _objective(self) -> int | None:
        """The objective that the cursor is on or under."""
        if self._plan is None or self._place is None:
            return None
        table, key = self._place
        if table == OBJECTIVE:
            return key
        strategy = key if table == STRATEGY else self._strategy
        ways = ((goal.id, way) for goal in self._plan.goals for way, _name in goal.strategies)
        return next((goal for goal, way in ways if way == strategy), None)

    @property
    def _strategy(self) -> int | None:
        """The strategy that the cursor is on or under; of an objective with one strategy, that one."""
        if self._plan is None or self._place is None:
            return None
        table, key = self._place
        if table == STRATEGY:
            return key
        if table == ACTION:
            return next((one.strategy_id for one in self._plan.actions if one.id == key), None)
        ways = next(goal.strategies for goal in self._plan.goals if goal.id == key)
        return ways[0][0] if len(ways) == 1 else None

    def _new(self, table: str | None) -> None:
        if table is None:
            return
        given: dict[str, Value] = {"account_id": self._account_id}
        if table == STRATEGY:
            given = {"objective_id": self._objective}
        elif table == ACTION:
            given["strategy_id"] = self._strategy

        def made(key: int) -> None:
            self._wanted = (table, key)
            self.reload()

        action_desk.add(self.room, KINDS[table], given, made)

    @on(Agenda.Opened)
    def _opened(self, event: Agenda.Opened) -> None:
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        if self._place is not None:
            table, key = self._place
            action_desk.edit(self.room, KINDS[table], key)

    def action_finish(self) -> None:
        """Say how it ended."""
        action_desk.finish(self.room, self._told(), self.unmark, self._told)

    def action_put_off(self) -> None:
        """Set another day."""
        action_desk.move(self.room, self._told(), self.unmark, self._told)

    def action_reopen(self) -> None:
        """Take it up again."""
        action_desk.reopen(self.room, self._told(), self.unmark)

    def action_delete(self) -> None:
        """Delete it; the actions of a strategy that goes stay."""
        if self._chosen:
            action_desk.delete(self.room, self._told(), self.unmark)
        elif self._place is not None:
            table, key = self._place
            action_desk.delete(self.room, Chosen(KINDS[table], (key,), ()), self.unmark)
