"""How the lines of a list are drawn, each once: strips are kept by row, width and state."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.widgets.window_columns import LEAD, Place, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.style import Style
    from textual.widget import Widget

    from crmtui.tui.widgets.window_source import ListColumn, Row, Sort

STRIPS_KEPT: Final = 512
_NO_ROW: Final = -1


class State(Flag):
    """What is particular about a row."""

    PLAIN = 0
    CURSOR = auto()  # under the cursor of a list without the focus
    FOCUSED = auto()  # under the cursor of the list that has it
    MARKED = auto()


_UNDER_CURSOR: Final = State.CURSOR | State.FOCUSED


class Painter:
    """Draws for one list.

    Args:
        widget: the list, whose component classes give the styles.
        columns: its columns.
    """

    def __init__(self, widget: Widget, columns: tuple[ListColumn, ...]) -> None:
        self._widget = widget
        self._columns = columns
        self._width = -1
        self._total = -1
        self._places: tuple[Place, ...] = ()
        self._styles: dict[str, Style] = {}
        self._strips: LRUCache[tuple[int, State], Strip] = LRUCache(STRIPS_KEPT)
        self._header: tuple[Sort | None, Strip] | None = None

    @property
    def can_sort(self) -> bool:
        """Whether any column can be sorted by."""
        return any(column.sortable for column in self._columns)

    def resize(self, width: int, total: int) -> None:
        """Draw in so many cells from now on, of a line that is longer by the scroll bar."""
        if (width, total) != (self._width, self._total):
            self._width, self._total = width, total
            self._places = place(self._columns, width)
            self.clear()

    def clear(self) -> None:
        """Forget what was drawn: rows have changed."""
        self._strips.clear()
        self._header = None

    def restyle(self) -> None:
        """Forget how it was drawn: the theme or the focus has changed."""
        self._styles.clear()
        self.clear()

    def column_at(self, x: int) -> ListColumn | None:
        """The column whose heading is at a cell."""
        for spot in reversed(self._places):
            if x >= spot.x:
                return spot.column if x < spot.x + spot.width else None
        return None

    def row(self, row: Row, state: State) -> Strip:
        """The line of a row."""
        key = (row.id, state)
        if (strip := self._strips.get(key)) is None:
            strip = self._strips[key] = self._draw(row, state)
        return strip

    def waiting(self, state: State) -> Strip:
        """The line of a row that has not come yet."""
        key = (_NO_ROW, state)
        if (strip := self._strips.get(key)) is None:
            base = self._style("cursor" if state & _UNDER_CURSOR else "waiting")
            dot = Segment(" " * LEAD + show.glyphs().waiting, base.rich_style)
            strip = self._strips[key] = self._strip([dot], base)
        return strip

    def blank(self) -> Strip:
        """A line below the last row."""
        return Strip.blank(self._total, self._style("").rich_style)

    def header(self, sort: Sort | None) -> Strip:
        """The line of headings, with the sign of the order."""
        if self._header is None or self._header[0] != sort:
            self._header = (sort, self._strip(self._headings(sort)))
        return self._header[1]

    def message(self, content: Content, height: int, component: str) -> list[Strip]:
        """A text in the middle of an otherwise empty list, a strip a line."""
        style = self._style(component)
        lines = Visual.to_strips(self._widget, content, self._total, None, style, apply_selection=False)
        above = max(0, (height - len(lines)) // 3)
        return [self.blank()] * above + lines[: max(1, height)]

    def _headings(self, sort: Sort | None) -> Iterable[Segment]:
        plain, chosen = self._style("header").rich_style, self._style("sorted").rich_style
        end = 0
        for spot in self._places:
            yield Segment(" " * (spot.x - end), plain)
            is_chosen = sort is not None and sort.key == spot.column.key
            sign = self._sign(sort) if is_chosen else ""
            yield Segment(_heading(spot, sign), chosen if is_chosen else plain)
            end = spot.x + spot.width
        yield Segment(" " * max(0, self._total - end), plain)

    @staticmethod
    def _sign(sort: Sort | None) -> str:
        signs = show.glyphs()
        return signs.descending if sort is not None and sort.descending else signs.ascending

    def _draw(self, row: Row, state: State) -> Strip:
        """Segments of a row, neighbours of one style joined."""
        base = self._style(_component(state))
        is_bare = State.FOCUSED in state  # its own colours must stay readable
        mark = show.glyphs().marked if State.MARKED in state else ""
        parts: list[Content | str] = [_styled(mark.ljust(LEAD), is_bare)]
        end = LEAD
        for spot in self._places:
            parts += (" " * (spot.x - end), _cell(row.cells[spot.at], spot, is_bare))
            end = spot.x + spot.width
        return self._strip(self._segments(parts, base), base)

    def _segments(self, parts: Iterable[Content | str], base: Style) -> Iterable[Segment]:
        plain, style, parse = "", base.rich_style, self._widget.app.stylesheet.parse_style
        for part in parts:
            if isinstance(part, str):
                plain += part
                continue
            if plain:
                yield Segment(plain, style)
                plain = ""
            for piece, piece_style in part.render(base, end="", parse_style=parse):
                yield Segment(piece, piece_style.rich_style)
        if plain:
            yield Segment(plain, style)

    def _strip(self, segments: Iterable[Segment], base: Style | None = None) -> Strip:
        style = (base or self._style("")).rich_style
        return Strip(segments).adjust_cell_length(self._total, style)

    def _style(self, component: str) -> Style:
        if component not in self._styles:
            names = (f"window-list--{component}",) if component else ()
            self._styles[component] = self._widget.get_visual_style(*names)
        return self._styles[component]


def _component(state: State) -> str:
    if state & _UNDER_CURSOR:
        return "cursor"
    return "marked" if State.MARKED in state else ""


def _styled(mark: str, is_bare: bool) -> Content | str:
    return mark if is_bare or not mark.strip() else Content.styled(mark, "$accent")


def _heading(spot: Place, sign: str) -> str:
    title = _(spot.column.title)
    if not sign:
        return show.fit(title, spot.width, spot.column.justify)
    room = spot.width - len(sign) - 1
    short = title if len(title) <= room else show.fit(title, max(0, room)).rstrip()
    return show.fit(f"{short} {sign}".lstrip(), spot.width, spot.column.justify)


def _cell(cell: Content | str, spot: Place, is_bare: bool) -> Content | str:
    """A cell in its width; plain text where it has no style of its own, or must not show it."""
    if isinstance(cell, str):
        return show.fit(show.label(cell).plain, spot.width, spot.column.justify)
    if is_bare or not cell.spans:
        return show.fit(cell.plain, spot.width, spot.column.justify)
    return show.cells(cell, spot.width, spot.column.justify)
