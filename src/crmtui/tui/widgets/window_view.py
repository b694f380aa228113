"""The part of a list that is seen: rows drawn by the line API, a cursor, and a screen that follows it.

Drawn line by line since Textual's DataTable takes 5 s to show 10,000 rows, and this a moment for a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Size
from textual.scroll_view import ScrollView

from crmtui.tui.widgets.window_messages import Highlighted, Judged, Marked
from crmtui.tui.widgets.window_paint import Painter, State
from crmtui.tui.widgets.window_rows import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.geometry import Region
    from textual.strip import Strip

    from crmtui.tui.widgets.window_source import ListColumn, Sort

ON_ROWS: Final = ("open", "mark", "sort_next", "sort_reverse")
HEADER: Final = 1


class WindowView(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a listing under their headings.

    Args:
        columns: what each row shows.
        sort: the order that the headings tell of.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "window-list--header",
        "window-list--sorted",
        "window-list--cursor",
        "window-list--marked",
        "window-list--waiting",
        "window-list--message",
        "window-list--error",
    }
    DEFAULT_CSS = """
    WindowView {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        text-align: center;
        & > .window-list--header { color: $foreground 60%; }
        & > .window-list--sorted { color: $foreground; text-style: bold; }
        & > .window-list--marked { background: $accent 15%; }
        & > .window-list--waiting { color: $foreground 40%; }
        & > .window-list--message { color: $foreground 60%; }
        & > .window-list--error { color: $text-error; }
        & > .window-list--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .window-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def __init__(
        self,
        columns: Sequence[ListColumn],
        sort: Sort | None,
        id: str | None,  # noqa: A002 - the name that every widget of Textual has
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._painter = Painter(self, tuple(columns))
        self._listing = Listing(complete=False)
        self._sort = sort
        self._index = 0
        self._current: int | None = None
        self._marks: frozenset[int] = frozenset()
        self._judged = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An empty list offers nothing that needs a row; one whose order is given is not offered to be sorted."""
        if action in ON_ROWS and self._is_empty:
            return False
        if action in ("sort_next", "sort_reverse"):
            return self._painter.can_sort
        return super().check_action(action, parameters)

    @property
    def _is_empty(self) -> bool:
        """Whether it is known that there are no rows."""
        return self._listing.complete and not len(self._listing)

    def judge(self, sentence: str) -> None:
        """Tell what is wrong with the filter, or that nothing is, when that is news."""
        if sentence != self._judged:
            self._judged = sentence
            self.post_message(Judged(self, sentence))

    def say(self) -> tuple[Content | None, str]:
        """What is written where there are no rows, and the component class (`message`, `error`) it is drawn in."""
        raise NotImplementedError

    def need(self) -> None:
        """Other rows have come on the screen; they may have to be read."""

    # Moving

    @property
    def rows_visible(self) -> int:
        """How many rows the screen has room for, at least one."""
        return max(1, self.size.height - HEADER)

    @property
    def _top(self) -> int:
        """The first row on the screen."""
        return self.scroll_offset.y

    def show_listing(self, listing: Listing, index: int, line: int) -> None:
        """Show other rows, with the cursor on one of them and, where possible, on a line of the screen."""
        was_empty, self._listing = self._is_empty, listing
        if was_empty != self._is_empty:
            self.refresh_bindings()
        self._painter.clear()
        self.virtual_size = Size(0, HEADER + len(listing))
        self._index = max(0, min(index, len(listing) - 1))
        self._scroll_to_row(self._index - line)
        self._highlight()
        self.refresh()

    def show_columns(self, columns: Sequence[ListColumn]) -> None:
        """Show nothing yet, under other headings."""
        self._painter = Painter(self, tuple(columns))
        self.show_listing(Listing(complete=False), 0, 0)

    def change_columns(self, columns: Sequence[ListColumn]) -> None:
        """Show the same rows under other headings."""
        self._painter = Painter(self, tuple(columns))
        self.refresh()

    def move(self, index: int, *, centre: bool = False) -> None:
        """Put the cursor on a row, the nearest there is, and bring it on the screen."""
        if not len(self._listing):
            return
        self._refresh_row(self._index)
        self._index = max(0, min(index, len(self._listing) - 1))
        self._refresh_row(self._index)
        self.bring_into_view(centre=centre)
        self._highlight()

    def bring_into_view(self, *, centre: bool = False) -> None:
        """Scroll as little as is needed to see the cursor, or to the middle if it was not seen."""
        top, height = self._top, self.rows_visible
        if not top <= self._index < top + height:
            least = self._index if self._index < top else self._index - height + 1
            self._scroll_to_row(self._index - height // 2 if centre else least)

    def turn(self, pages: int) -> None:
        """Move by so many screenfuls, the cursor staying on its line of the screen."""
        rows = pages * self.rows_visible
        self._scroll_to_row(self._top + rows)
        self.move(self._index + rows)

    def _scroll_to_row(self, top: int) -> None:
        lowest = max(0, len(self._listing) - self.rows_visible)
        self.scroll_to(y=max(0, min(top, lowest)), animate=False, force=True)

    def _highlight(self) -> None:
        key = self._listing.ids[self._index] if len(self._listing) else None
        if key != self._current:
            self._current = key
            self.post_message(Highlighted(self, key))

    def mark(self, marks: frozenset[int]) -> None:
        """Mark these records and no others."""
        if marks != self._marks:
            self._marks = marks
            self.refresh()
            self.post_message(Marked(self, marks))

    # Drawing

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows come on the screen when it scrolls."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.need()

    def on_resize(self) -> None:
        """Rows come on the screen when it grows; the cursor stays on it when it shrinks."""
        self.bring_into_view()
        self.need()

    def notify_style_update(self) -> None:
        """Draw anew in the colours of the theme, or of having the focus."""
        super().notify_style_update()
        self._painter.restyle()

    def _refresh_row(self, index: int) -> None:
        self.refresh_line(HEADER + index)

    def _refresh_header(self) -> None:
        self.refresh_line(self._top)

    def render_line(self, y: int) -> Strip:
        """A line of the widget, without border and padding."""
        return self._lines(range(y, y + 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region.

        Without a border there is nothing for Textual to add to a line, so the strips that are kept go straight
        to the screen, together with the terminal codes that they have cached.
        """
        if self.styles.gutter or self.opacity != 1:
            return super().render_lines(crop)
        strips = self._lines(crop.line_range)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.region.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _lines(self, span: range) -> list[Strip]:
        """Lines of the widget. Textual asks for all of them at each change, so what they share is found once."""
        width, painter, top = self.size.width, self._painter, self._top
        painter.resize(width - self.scrollbar_size_vertical, width)
        cursor = State.FOCUSED if self.has_focus else State.CURSOR
        below = self._said()
        strips = []
        for y in span:
            index = top + y - HEADER
            if y < HEADER:
                strips.append(painter.header(self._sort))
            elif index < len(self._listing):
                strips.append(self._row(index, cursor if index == self._index else State.PLAIN))
            else:
                strips.append(below[y - HEADER] if y - HEADER < len(below) else painter.blank())
        return strips

    def _row(self, index: int, state: State) -> Strip:
        if self._marks and self._listing.ids[index] in self._marks:
            state |= State.MARKED
        row = self._listing.row(index)
        return self._painter.waiting(state) if row is None else self._painter.row(row, state)

    def _said(self) -> Sequence[Strip]:
        """The lines of what an empty list says; none where there are rows."""
        said, component = (None, "") if len(self._listing) else self.say()
        return () if said is None else self._painter.message(said, self.rows_visible, component)
