"""A grid whose rows have names at the left, which stay in place while its columns scroll."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from crmtui.tui import show


class NamedGrid(ScrollView, can_focus=True):
    """What grids of records have in common: room for the names, lines of the screen, and a cursor that is in use."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NamedGrid { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """
    NAMES: ClassVar[int]  # cells of the names, fewer where the widget is narrow
    LEAST_NAMES: ClassVar[int]

    @property
    def names(self) -> int:
        """Cells that the names take."""
        return max(self.LEAST_NAMES, min(self.NAMES, self.size.width // 3))

    @property
    def _left(self) -> int:
        """Cells of the columns that have gone to the left."""
        return round(self.scroll_offset.x)

    @property
    def _top(self) -> int:
        """Rows that have gone above the screen."""
        return round(self.scroll_offset.y)

    def on_focus(self) -> None:
        """Draw the cursor as the one in use."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as one that is left."""
        self.refresh()

    # Drawing

    def _line(self, name: Content, cells: Content, beyond: Content | str = " ") -> Strip:
        """A line of the screen: a name, one cell that may say what is beyond the screen, and the cells of the row."""
        shown = show.cells(cells, self.scrollable_content_region.width - self.names)
        return self._plain(Content.assemble(show.cells(name, self.names - 1), beyond, shown))

    def _plain(self, text: Content | None) -> Strip:
        """A line of the screen that is one text; blank without."""
        width = self.scrollable_content_region.width
        if text is None:
            return Strip.blank(width, self.visual_style.rich_style)
        return Visual.to_strips(self, text, width, 1, self.visual_style, apply_selection=False)[0]


def beyond(columns: range, count: int) -> Content:
    """Whether of so many columns some are to the left of those that are shown, to the right, or both ways."""
    before, after = columns.start > 0, columns.stop < count
    signs = show.glyphs()
    sign = signs.both if before and after else signs.earlier if before else signs.later if after else " "
    return Content.styled(sign, show.BAR)
