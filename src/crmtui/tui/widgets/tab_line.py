"""The tabs of a page on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual import events

BAR: Final = " │ "


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
        """The line; it begins with the open tab where there is no room for all."""
        bar = Content.styled(BAR, "$foreground 25%")
        shown = [self._one(tab) for tab in self._from_first()]
        return bar.join(shown)

    def _from_first(self) -> Sequence[Tab]:
        """All tabs when they fit, else those from as far left as still shows the open one."""
        first = 0
        while first < len(self.tabs) - 1 and self._end(first) > self.content_size.width:
            first += 1
        return self.tabs[first:]

    def _end(self, first: int) -> int:
        """The last cell of the open tab, when the line begins with some tab."""
        ids = [tab.id for tab in self.tabs]
        until = max(ids.index(self.current), first)
        return sum(self._one(tab).cell_length + len(BAR) for tab in self.tabs[first : until + 1]) - len(BAR)

    def _one(self, tab: Tab) -> Content:
        label = _(tab.label)
        count = f" {self.counts[tab.id]}" if tab.id in self.counts else ""
        if tab.id == self.current:
            return Content.assemble((label, "bold $foreground"), count)
        return Content.assemble(label, count)

    def _places(self) -> Iterator[tuple[int, int, Tab]]:
        left = 0
        for tab in self._from_first():
            right = left + self._one(tab).cell_length
            yield left, right, tab
            left = right + len(BAR)

    def on_click(self, event: events.Click) -> None:
        """Show the tab that was clicked."""
        event.stop()
        x = event.get_content_offset_capture(self).x
        for left, right, tab in self._places():
            if left <= x < right:
                self.post_message(self.Chosen(tab.id))
