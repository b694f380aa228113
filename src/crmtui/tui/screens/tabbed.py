"""A screen in parts: a head, a line of tabs, and below it the part that is open; parts are made when first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol, runtime_checkable

from textual import on
from textual.containers import Vertical

from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.base import PageScreen, RoomScreen
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.record_table import RecordTable
from crmtui.tui.widgets.tab_line import Tab, TabLine
from crmtui.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

NEXT: Final = Action(
    id="page.next_tab", key="right,l", label=N_("Next part"), does="turn_tab(1)", help=N_("Show the next part.")
)
PREVIOUS: Final = Action(
    id="page.previous_tab",
    key="left,h",
    label=N_("Part before"),
    does="turn_tab(-1)",
    help=N_("Show the part before."),
    show=False,
)


@runtime_checkable
class Filterable(Protocol):
    """A part with a filter."""

    def open_filter(self) -> None:
        """Type into the filter."""


class Tabbed(RoomScreen):
    """A room or a page in parts.

    Attributes:
        TABS: the parts, in order.
        tabs: the line that names them.
    """

    TABS: ClassVar[Sequence[Tab]] = ()
    AUTO_FOCUS = ""  # the part that is open says where; what comes first would be a filter that nobody sees yet
    BINDINGS: ClassVar = bindings(NEXT, PREVIOUS)
    DEFAULT_CSS = """
    Tabbed #tab > * { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.tabs = TabLine(self.TABS)
        self._parts: dict[str, Widget] = {}

    def compose_head(self) -> ComposeResult:
        """What stands above the tabs."""
        yield from ()

    def build(self, tab: str) -> Widget:
        """Make a part; it is filled by `reload_tab`."""
        raise NotImplementedError

    def reload_tab(self, part: Widget) -> None:
        """Read again what a part shows."""
        if isinstance(part, RecordTable | Timeline):
            part.reload()

    def compose_body(self) -> ComposeResult:
        """The head, the tabs, and the first part."""
        self._parts[self.tabs.current] = self.build(self.tabs.current)
        with Vertical():
            yield from self.compose_head()
            yield self.tabs
            yield Pane(*self._parts.values(), id="tab")

    async def on_mount(self) -> None:
        """Begin in the first part."""
        self._parts[self.tabs.current].focus()

    @property
    def part(self) -> Widget | None:
        """The part that is open."""
        return self._parts.get(self.tabs.current)

    def reload(self) -> None:
        """Read the open part again; others are read when they are opened."""
        if self.part is not None:
            self.reload_tab(self.part)

    @on(TabLine.Chosen)
    async def _chosen(self, event: TabLine.Chosen) -> None:
        await self.open_tab(event.tab)

    async def action_turn_tab(self, by: int) -> None:
        """Show the part so many further."""
        await self.open_tab(self.tabs.beside(by))

    async def open_tab(self, tab: str) -> None:
        """Show a part."""
        self.tabs.current = tab
        is_new = tab not in self._parts
        if is_new:
            self._parts[tab] = self.build(tab)
            await self.query_one("#tab").mount(self._parts[tab])
        for name, part in self._parts.items():
            part.display = name == tab
        opened = self._parts[tab]
        opened.focus()
        if not is_new or not isinstance(opened, RecordTable | Timeline):
            self.reload_tab(opened)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what a part can filter is offered to be filtered."""
        if action == "filter":
            return isinstance(self.part, Filterable)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Type into the filter of the open part."""
        if isinstance(self.part, Filterable):
            self.part.open_filter()


class TabbedPage(PageScreen, Tabbed):
    """A record's page in parts."""

    def __init__(self, key: int, **more: Any) -> None:  # noqa: ANN401 - what pages take
        super().__init__(key, **more)

    async def on_mount(self) -> None:
        """Begin in the part that was asked for."""
        if any(tab.id == self.at for tab in self.TABS):
            await self.open_tab(self.at)
