"""A desk with one list, over made-up records, for tests."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING, Final

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from crmtui.tui import show
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import Head, ListColumn, Row, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.message import Message
    from textual.pilot import Pilot

COLUMNS: Final = (
    ListColumn(key="name", title="Name", width=16, flexible=True),
    ListColumn(key="level", title="Lvl", width=4, priority=1),
    ListColumn(key="value", title="Value", width=8, widest=12, justify="right", priority=2),
    ListColumn(key="notes", title="Notes", width=30, priority=3, sortable=False),
)
FULL: Final = (120, 24)
SCREEN: Final = (80, 24)
ROWS: Final = SCREEN[1] - 1


class Names:
    """Records 1 to n, named `Name 1` … in the order of their keys, or the other way round."""

    columns = COLUMNS

    def __init__(self, count: int) -> None:
        self.keys = list(range(1, count + 1))
        self.names = {key: f"Name {key}" for key in self.keys}
        self.asked: list[Sequence[int]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        assert self.gate.wait(5)
        if self.error:
            raise self.error
        found = [key for key in self.keys if words in self.names[key]]
        return array("q", reversed(found) if sort and sort.descending else found)

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        ids = self.ids(words, sort)
        return Head(ids[:limit], len(ids) <= limit)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.asked.append(list(ids))
        kept = [key for key in ids if key in self.names]
        return {
            key: Row(key, (self.names[key], show.ladder("account"), show.money(key * 100, "EUR"), "note"))
            for key in kept
        }


class Desk(App[None]):
    """An app with one list, which hears everything that it says."""

    def __init__(self, source: Names, words: str = "") -> None:
        super().__init__()
        self.source = source
        self.words = words
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield WindowList(self.source, Content("No names yet; n adds one"), words=self.words)

    @property
    def window(self) -> WindowList:
        return self.query_one(WindowList)

    def on_window_list_highlighted(self, event: WindowList.Highlighted) -> None:
        self.heard.append(event)

    def on_window_list_opened(self, event: WindowList.Opened) -> None:
        self.heard.append(event)

    def on_window_list_marked(self, event: WindowList.Marked) -> None:
        self.heard.append(event)

    def on_window_list_sort_requested(self, event: WindowList.SortRequested) -> None:
        assert event.control is self.window
        self.heard.append(event)
        self.window.set_sort(event.sort)

    def lines(self) -> list[str]:
        return [self.window.render_line(y).text for y in range(self.window.size.height)]

    def line_of_cursor(self) -> int:
        return self.window._index - self.window.scroll_offset.y

    def opened(self) -> list[int]:
        return [event.key for event in self.heard if isinstance(event, WindowList.Opened)]


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing more comes from threads."""
    for _ in range(8):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        if not pilot.app.workers:
            break


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.005)
    pytest.fail("it never came to be")


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)
