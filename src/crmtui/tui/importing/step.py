"""What every step of an import is: a part of the screen over the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crmtui.text import N_
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from crmtui.tui.importing.plan import Plan
    from crmtui.tui.widgets.window_source import ListColumn, Row


class Changed(Message):
    """Something was decided that the files must be read again for."""


class StepList(WindowList):
    """The rows of a step; enter decides about one, where there is something to decide, and none is marked."""

    can_open = True

    BINDINGS: ClassVar = bindings(Action(id="list.open", key="enter,space", label=N_("Change")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done to several, and the order is the file's."""
        if action in ("mark", "sort_next", "sort_reverse"):
            return False
        if action == "open":
            return self.can_open
        return super().check_action(action, parameters)


class Step(Vertical):
    """One step.

    Args:
        plan: what was decided so far.
    """

    NAME: ClassVar[str] = ""
    DEFAULT_CSS = """
    Step {
        height: 1fr;
        & > #said { height: auto; max-height: 6; color: $foreground 60%; }
        & > #about { height: auto; max-height: 3; min-height: 1; color: $foreground 60%; }
    }
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def say(self, content: Content | str) -> None:
        """Tell what this step is about, above its rows."""
        self.query_one("#said", Static).update(show.block(content) if isinstance(content, str) else content)

    def refresh_rows(self) -> None:
        """Show what was decided."""


class ListStep(Step):
    """A step with rows to decide about.

    The one under the cursor is told in full below.
    """

    COLUMNS: ClassVar[Sequence[ListColumn]] = ()
    CAN_OPEN: ClassVar[bool] = True

    def compose(self) -> ComposeResult:
        """What it is about, the rows, and the one under the cursor in full."""
        yield Static(id="said", markup=False)
        rows = StepList(SmallSource(self.COLUMNS, self.rows), self.empty(), id="rows")
        rows.can_open = self.CAN_OPEN
        yield rows
        yield Static(id="about", markup=False)

    def rows(self) -> list[Row]:
        """The rows; in a thread, from the plan alone."""
        return []

    def empty(self) -> Content:
        """What is said where there are no rows."""
        return Content()

    @property
    def list(self) -> WindowList:
        """The rows."""
        return self.query_one(WindowList)

    @property
    def place(self) -> int | None:
        """Which row the cursor is on, counted from 0."""
        return None if self.list.current is None else self.list.current - 1

    def refresh_rows(self) -> None:
        """Read the rows again."""
        self.list.reload()
        self.tell()

    def tell(self) -> None:
        """Tell the row under the cursor in full."""
        self.query_one("#about", Static).update(self.about())

    def about(self) -> Content:
        """The row under the cursor in full."""
        return Content()

    def on_window_list_highlighted(self) -> None:
        """The cursor is on another row."""
        self.tell()
        self.refresh_bindings()
