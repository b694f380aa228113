"""The workbench on a file, on a day that does not move, for tests of rooms and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.app import CrmtuiApp
from deals import TODAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from textual.pilot import Pilot

WIDE = (120, 36)
NARROW = (80, 24)


class Workbench(CrmtuiApp, inherit_bindings=True):
    """The app; it is always the same day."""

    @property
    def today(self) -> dt.date:
        return TODAY


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Let the app work until a condition holds."""
    for _step in range(400):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(condition)


async def enter(pilot: Pilot[int], room: str) -> None:
    """Go to a room, and wait until the workspace has been read."""
    app = pilot.app
    assert isinstance(app, CrmtuiApp)
    await until(pilot, lambda: app.follow.news)
    app.action_room(room)
    await pilot.pause()


def drawn(pilot: Pilot[int]) -> str:
    """What the screen shows, line by line."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
