"""What was drawn on a page does not outlive it: a long day on the screen takes no more memory than a short one."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from tui.shell import NARROW, Card, Shell, until

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_a_page_has_drawn_goes_when_it_is_left(workspace: Path) -> None:
    app = Shell(workspace)
    async with app.run_test(size=NARROW) as pilot:
        app.push_screen(Card(1))
        await until(pilot, lambda: isinstance(app.screen, Card) and app.screen.query("#status"))
        await pilot.pause()
        drawn = weakref.ref(app.screen.query_one("#status")._styles_cache)
        assert drawn() is not None
        app.pop_screen()
        await until(pilot, lambda: gc.collect() >= 0 and drawn() is None)
