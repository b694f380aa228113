"""The room of the portfolio: where to invest, what customers are worth, and whether we were right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from textual import on
from textual.containers import Vertical

from crmtui.text import N_
from crmtui.tui.actions import bindings
from crmtui.tui.screens.report_key import REPORT
from crmtui.tui.screens.tabbed import Tabbed
from crmtui.tui.widgets.page import SidePane
from crmtui.tui.widgets.tab_line import Tab
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App, ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from crmtui.tui.widgets.filter_box import FilterBox

Result = TypeVar("Result")


class PortfolioPart(Vertical):
    """A part of the room: it composes its panes, and fills them when it is told to.

    Its own keys are its `BINDINGS`; `HELP` is what `?` says of it. It reads with `ask` and changes through
    `room.change`. A pane beside the list is `side(...)` in a `Horizontal`.

    Args:
        room: the screen that it belongs to.

    Attributes:
        main: what has the cursor, and takes the focus.
        box: what narrows it; None where nothing does.
    """

    SCOPED_CSS = False  # a narrow screen is above
    DEFAULT_CSS = """
    PortfolioPart > Horizontal { layers: base over; }
    PortfolioPart #side { height: 1fr; width: 42; border: none; border-left: vkey $foreground 25%; }
    .-narrow PortfolioPart #side { width: 52; border: round $foreground 25%; }
    """
    main: Widget
    box: FilterBox | None = None

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__()
        self.room = room

    def compose_list(self) -> ComposeResult:
        """The list under what narrows it."""
        if self.box is not None:
            yield self.box
        yield self.main

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus on the list."""
        self.main.focus(scroll_visible)
        return self

    def reload(self) -> None:
        """Read again what is shown; cursor and scroll stay."""
        raise NotImplementedError

    def ask(self, key: str, query: Callable[[Path, dt.date], Result], on_done: Callable[[Result], None]) -> None:
        """Ask something of the workspace as it is today; a later question of the same key replaces it."""
        self.room.jobs.run(key, partial(query, self.room.workspace, self.room.crm.today), on_done=on_done)

    def say(self, told: str | Content) -> None:
        """Say something below while the part is open, and offer the keys that work now."""
        if self.room.part is self:
            self.room.say(told)
            self.room.refresh_bindings()

    def open_row(self, _rows: Widget, key: int) -> None:
        """Open what was chosen in a list: the account, where a part says nothing else."""
        self.room.crm.open_record("account", key)

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        event.stop()
        self.open_row(event.control, event.key)

    @on(WindowList.SortRequested)
    def _sort(self, event: WindowList.SortRequested) -> None:
        event.stop()
        if isinstance(event.control, WindowList):
            event.control.set_sort(event.sort)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part is: its tab, and `module:Class`; its code is loaded when it is first opened."""

    tab: Tab
    place: str


_WIDGETS: Final = "crmtui.tui.widgets"
PARTS: Final[tuple[Place, ...]] = (
    Place(Tab("matrix", N_("Matrix")), f"{_WIDGETS}.matrix_part:MatrixPart"),
    Place(Tab("territory", N_("Territory")), f"{_WIDGETS}.territory_part:TerritoryPart"),
    Place(Tab("equity", N_("Customer equity")), f"{_WIDGETS}.equity_part:EquityPart"),
    Place(Tab("white", N_("White space")), f"{_WIDGETS}.white_part:WhitePart"),
    Place(Tab("learning", N_("Learning")), f"{_WIDGETS}.learning_part:LearningPart"),
)


class PortfolioScreen(Tabbed):
    """The portfolio in its parts."""

    ROOM = "portfolio"
    HELP = N_(
        "All customers together: where they stand, where the hours go, what they are worth, what they could buy, and "
        "what was learnt. The arrows to the left and right go from part to part."
    )
    TABS = tuple(part.tab for part in PARTS)
    BINDINGS: ClassVar = bindings(REPORT)

    def build(self, tab: str) -> Widget:
        """Make a part."""
        module, _colon, name = next(part.place for part in PARTS if part.tab.id == tab).partition(":")
        made: Any = getattr(import_module(module), name)
        part: PortfolioPart = made(self)
        return part

    def reload_tab(self, part: Widget) -> None:
        """Read again what a part shows."""
        if isinstance(part, PortfolioPart):
            part.reload()

    @property
    def _box(self) -> FilterBox | None:
        """What narrows the list of the open part."""
        return self.part.box if isinstance(self.part, PortfolioPart) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what a part can filter is offered to be filtered, and only what it tells beside is folded."""
        if action == "filter":
            return self._box is not None
        if action == "pane":
            return self.has_class("-narrow") and self.part is not None and bool(self.part.query(SidePane))
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Type into the filter of the open part."""
        if self._box is not None:
            self._box.open()

    def action_report(self) -> None:
        """Write a report on all customers to a file."""
        from crmtui.tui.screens import reporting

        reporting.ask(self, self.crm.follow.name, 0, reporting.OF_ALL)


async def show_white(app: App[Any], account_id: int) -> None:
    """Show the white space of an account, where the room has been gone to."""
    from crmtui.tui.widgets.white_part import WhitePart

    room = app.screen
    if isinstance(room, PortfolioScreen):
        await room.open_tab("white")
        if isinstance(room.part, WhitePart):
            room.part.go_to(account_id)
