"""The room of the portfolio: where to invest, what customers are worth, and whether we were right."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from textual.containers import Vertical

from crmtui.text import N_
from crmtui.tui.screens.tabbed import Tabbed
from crmtui.tui.widgets.page import SidePane
from crmtui.tui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

    from crmtui.tui.widgets.filter_box import FilterBox


class PortfolioPart(Vertical):
    """A part of the room: it composes its panes, and fills them when it is told to.

    Its own keys are its `BINDINGS`; `HELP` is what `?` says of it. It reads through the jobs of the room and changes
    through `room.change`.

    Args:
        room: the screen that it belongs to.
    """

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__()
        self.room = room

    @property
    def filter(self) -> FilterBox | None:
        """What narrows its list; None where it has none."""
        return None

    def reload(self) -> None:
        """Read again what is shown; cursor and scroll stay."""
        raise NotImplementedError


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
    def _filter(self) -> FilterBox | None:
        """What narrows the list of the open part."""
        return self.part.filter if isinstance(self.part, PortfolioPart) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what a part can filter is offered to be filtered, and only what it tells beside is folded."""
        if action == "filter":
            return self._filter is not None
        if action == "pane":
            return self.has_class("-narrow") and self.part is not None and bool(self.part.query(SidePane))
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Type into the filter of the open part."""
        if self._filter is not None:
            self._filter.open()


async def show_white(app: App[Any], account_id: int) -> None:
    """Show the white space of an account, where the room has been gone to."""
    from crmtui.tui.widgets.white_part import WhitePart

    room = app.screen
    if isinstance(room, PortfolioScreen):
        await room.open_tab("white")
        if isinstance(room.part, WhitePart):
            room.part.go_to(account_id)
