"""A text that changes with the cursor beside it, told without laying the screen out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from crmtui.text import N_
from crmtui.tui.widgets.page import SidePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.widget import Widget

    Drawn: TypeAlias = Callable[[int], Content]

USUAL: Final = 36  # cells, while the pane is folded and nobody sees it


def _nothing(_width: int) -> Content:
    return Content()


def side(widget: Widget, title: str) -> SidePane:
    """A pane on the right around something that takes the focus and scrolls itself."""
    pane = SidePane(widget, title=title, id="side")
    pane.can_focus = False
    return pane


class Told(ScrollView, can_focus=True):
    """A text, wrapped, of which only the lines on the screen are drawn.

    A `Static` that grows with its text costs a layout of the whole screen at each move of the cursor.
    """

    HELP = N_("What is known at a glance; the arrows scroll.")
    BINDINGS: ClassVar[list[BindingType]] = list(SidePane.BINDINGS)
    DEFAULT_CSS = "Told { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._draw: Drawn = _nothing
        self._content = Content()
        self._lines: list[Content] = []
        self._width = 0

    @property
    def content(self) -> Content:
        """What is told."""
        return self._content

    def tell(self, told: Content | Drawn, *, from_top: bool = True) -> None:
        """Tell something else.

        Args:
            told: the text, or a function that lays it out in so many cells.
            from_top: whether it is about something else, so that it is read from its beginning.
        """
        self._draw = (lambda _width: told) if isinstance(told, Content) else told
        self._wrap()
        if from_top and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        self._content = self._draw(self._width or USUAL)
        self._lines = self._content.wrap(self._width) if self._width > 0 else []
        height = max(1, self.size.height)
        # In whole screenfuls: each other height would lay the screen out anew.
        self.virtual_size = Size(0, -(-len(self._lines) // height) * height)
        self.refresh()

    def on_resize(self) -> None:
        """Lay it out anew."""
        if self.scrollable_content_region.width != self._width:
            self._wrap()

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width, line, style = self.size.width, self.scroll_offset.y + y, self.visual_style
        if line >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        strip = Visual.to_strips(self, self._lines[line].rstrip(), width, 1, style, apply_selection=False)[0]
        return strip.adjust_cell_length(width, style.rich_style)
