"""The tabs of a page on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import _
from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual import events

BAR: Final = " │ "
ARROW: Final = 2  # cells at either end, where not all tabs have room


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a page.

    Attributes:
        id: its name.
        label: what it is called, untranslated.
    """

    id: str
    label: str


class TabLine(Widget):
    """The names of the tabs with how much is in them, the open one in bold; a click opens another.

    Args:
        tabs: all tabs, in order.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TabLine { height: 1; padding: 0 1; color: $foreground 60%; }
    """

    current: reactive[str] = reactive("")
    counts: reactive[Mapping[str, int]] = reactive(dict[str, int])

    class Chosen(Message):
        """Another tab is to be shown.

        Attributes:
            tab: its id.
        """

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.tabs = tuple(tabs)
        self.set_reactive(TabLine.current, tabs[0].id)

    def beside(self, by: int) -> str:
        """The id of the tab so many further, around the corner."""
        ids = [tab.id for tab in self.tabs]
        return ids[(ids.index(self.current) + by) % len(ids)]

    def render(self) -> Content:
        """The line; where there is no room for all, arrows at its ends say on which side there are more."""
        bar = Content.styled(BAR, "$foreground 25%")
        shown = bar.join(self._one(tab) for tab in self._shown)
        if len(self._shown) == len(self.tabs):
            return shown
        is_first, is_last = self._shown[0] is self.tabs[0], self._shown[-1] is self.tabs[-1]
        before = "" if is_first else show.glyphs().earlier
        space = max(self.content_size.width - 2 * ARROW - shown.cell_length, 0)
        after = "" if is_last else " " * (space + 1) + show.glyphs().later
        return Content.assemble((before.ljust(ARROW), "$foreground"), shown, (after, "$foreground"))

    @property
    def _shown(self) -> Sequence[Tab]:
        """All tabs when they fit, else those from as far left as still shows the open one."""
        if self._width(self.tabs) <= self.content_size.width:
            return self.tabs
        room = self.content_size.width - 2 * ARROW
        open_one = next(place for place, tab in enumerate(self.tabs) if tab.id == self.current)
        first = 0
        while first < open_one and self._width(self.tabs[first : open_one + 1]) > room:
            first += 1
        until = open_one + 1
        while until < len(self.tabs) and self._width(self.tabs[first : until + 1]) <= room:
            until += 1
        return self.tabs[first:until]

    def _width(self, tabs: Sequence[Tab]) -> int:
        return sum(self._one(tab).cell_length + len(BAR) for tab in tabs) - len(BAR)

    def _one(self, tab: Tab) -> Content:
        label = _(tab.label)
        count = f" {self.counts[tab.id]}" if tab.id in self.counts else ""
        if tab.id == self.current:
            return Content.assemble((label, "bold $foreground"), count)
        return Content.assemble(label, count)

    def _places(self) -> Iterator[tuple[int, int, str]]:
        """What a click between two cells opens: the tab that stands there; at an end, the next that way."""
        shown = self._shown
        left = 0 if len(shown) == len(self.tabs) else ARROW
        if left and shown[0] is not self.tabs[0]:
            yield 0, ARROW, self.beside(-1)
        for tab in shown:
            right = left + self._one(tab).cell_length
            yield left, right, tab.id
            left = right + len(BAR)
        if shown[-1] is not self.tabs[-1]:
            yield self.content_size.width - ARROW, self.content_size.width, self.beside(1)

    def on_click(self, event: events.Click) -> None:
        """Show the tab that was clicked."""
        event.stop()
        x = event.get_content_offset_capture(self).x
        if tab := next((tab for left, right, tab in self._places() if left <= x < right), ""):
            self.post_message(self.Chosen(tab))
