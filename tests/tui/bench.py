"""The workbench on a file, on a day that does not move, for tests of rooms and pages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from crmtui.tui.actions import offers
from crmtui.tui.app import CrmtuiApp
from deals import TODAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from textual.pilot import Pilot
    from textual.screen import Screen

WIDE = (120, 36)
NARROW = (80, 24)


class Workbench(CrmtuiApp, inherit_bindings=True):
    """The app; it is always the same day, and no room is shown before a test enters one: to build Today takes long."""

    @property
    def today(self) -> dt.date:
        return TODAY

    def _begin(self, _welcomed: None = None) -> None:
        self._has_begun = True
        self.call_after_refresh(self._open)

    def _enter(self, _loaded: None) -> None:
        """The test does."""


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Let the app work until a condition holds; then it has done all that it was about to do.

    It is asked to settle only then, since that asks each of its widgets.
    """
    for _step in range(800):
        if condition():
            return
        await asyncio.sleep(0.01)
        if condition():
            await pilot.pause(0)
    raise AssertionError(condition)


async def enter(pilot: Pilot[int], room: str) -> None:
    """Go to a room, and wait until the workspace has been read."""
    app = pilot.app
    assert isinstance(app, CrmtuiApp)
    await until(pilot, lambda: app.follow.news)
    app.action_room(room)
    await pilot.pause()


async def at_top(pilot: Pilot[int], kind: type[Screen[Any]]) -> Screen[Any]:
    """The screen of a kind, as soon as it is the one that takes the keys."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.focused)
    return pilot.app.screen


def drawn(pilot: Pilot[int]) -> str:
    """What the screen shows, line by line."""
    return text_of(pilot.app.screen)


def text_of(screen: Screen[Any]) -> str:
    """What a screen shows, line by line."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


def offered(screen: Screen[Any]) -> set[str]:
    """What can be done on a screen now."""
    return {offer.action for offer in offers(screen)}
