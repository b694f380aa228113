"""The first line: the rooms, the workspace, and whether it is a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import _
from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from crmtui.tui.rooms import Room

GAP: Final = "  "
LEAST: Final = 8  # cells of the name; with fewer it says nothing


class Header(Widget):
    """The rooms with their keys, the one that is open in bold; a click opens another.

    Args:
        rooms: all rooms, in order.
        current: the id of the open one.
    """

    DEFAULT_CSS = """
    Header { height: 1; padding: 0 1; color: $foreground 60%; background: $panel; }
    """

    workspace: reactive[str] = reactive("")
    is_sample: reactive[bool] = reactive(False)

    def __init__(self, rooms: Sequence[Room], current: str) -> None:
        super().__init__()
        self._rooms = rooms
        self._current = current

    def render(self) -> Content:
        """The line, the workspace's name in what room is left."""
        rooms = Content(GAP).join(self._room(room) for room in self._rooms)
        word = _("sample")  # the extractor of messages does not look into f-strings
        sample = Content.styled(f" {word} ", "$text-warning on $warning 20%") if self.is_sample else Content()
        left = self.content_size.width - rooms.cell_length - sample.cell_length - len(GAP) * 2
        name = show.label(self.workspace)
        if name.cell_length > left:
            name = show.cells(name, left) if left >= LEAST else Content()
        space = self.content_size.width - rooms.cell_length - name.cell_length - sample.cell_length - 1
        return Content.assemble(rooms, " " * max(space, 1), name, " " if self.is_sample else "", sample)

    def _room(self, room: Room) -> Content:
        if room.id == self._current:
            return Content.styled(f"{room.key} {_(room.label)}", "bold $foreground")
        return Content.assemble((room.key, "$foreground"), f" {_(room.label)}")

    def on_click(self, event: events.Click) -> None:
        """Open the room that was clicked."""
        left = 0
        x = event.get_content_offset_capture(self).x
        for room in self._rooms:
            right = left + self._room(room).cell_length
            if left <= x < right:
                self.call_later(self.app.run_action, f"app.room('{room.id}')")
            left = right + len(GAP)
