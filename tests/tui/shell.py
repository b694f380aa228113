"""The workbench with made-up rooms on a real file, for tests of its shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from crmtui.text import N_
from crmtui.tui import actions
from crmtui.tui.actions import Action, bindings
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.everywhere import EVERYWHERE
from crmtui.tui.rooms import Room
from crmtui.tui.screens.base import PageScreen, RoomScreen
from crmtui.tui.widgets.page import Pane, SidePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.pilot import Pilot

WIDE = (120, 36)
NARROW = (80, 24)


class Desk(VerticalScroll):
    HELP = N_("What lies on the desk.")


class FirstRoom(RoomScreen):
    ROOM = "first"
    HELP = N_("The first room.")
    BINDINGS: ClassVar = bindings(
        actions.NEW, Action(id="first.paint", key="p", label=N_("Paint"), help=N_("Paint it once more."))
    )

    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0
        self.painted = 0
        self.can_paint = True

    def compose_body(self) -> ComposeResult:
        yield Pane(Desk(Static("desk"), id="desk"), title="Acme [/] Ltd", id="main")
        yield SidePane(Static("details"), title="Details", id="side")

    def reload(self) -> None:
        self.reloads += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "paint":
            return self.can_paint
        return super().check_action(action, parameters)

    def action_paint(self) -> None:
        self.painted += 1
        self.change(lambda: None, repeat=self.action_paint)


class SecondRoom(RoomScreen):
    ROOM = "second"

    def compose_body(self) -> ComposeResult:
        yield Input(id="field")


class Card(PageScreen):
    def compose_body(self) -> ComposeResult:
        yield Static(f"card {self.key}")


class Shell(CrmtuiApp, inherit_bindings=False):
    rooms = (Room("first", "1", "First", "tui.shell:FirstRoom"), Room("second", "2", "Second", "tui.shell:SecondRoom"))
    MODES: ClassVar = {"first": FirstRoom, "second": SecondRoom}
    BINDINGS: ClassVar = bindings(
        Action(id="app.first", key="1", label="First", does="room('first')", show=False),
        Action(id="app.second", key="2", label="Second", does="room('second')", show=False),
        *EVERYWHERE,
    )

    @property
    def first(self) -> FirstRoom:
        """The screen that is shown, which is the first room."""
        assert isinstance(self.screen, FirstRoom)
        return self.screen


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Let the app work until a condition holds."""
    for _step in range(200):
        await pilot.pause(0.01)
        if condition():
            return
    raise AssertionError(condition)
