"""The part of the white space that is seen: what has been read of it, the cursor, and a screen that follows it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.geometry import Size

from crmtui.tui import show
from crmtui.tui.widgets import white_paint
from crmtui.tui.widgets.named_grid import NamedGrid, beyond
from crmtui.tui.widgets.white_paint import HEADER, LEAST, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

    from crmtui.queries.whitespace import Axes, Offered, Place, Row


class At(NamedTuple):
    """Where the cursor is: which of the accounts, which of the offerings."""

    row: int
    column: int


class WhiteView(NamedGrid):
    """Cells with a cursor, accounts down and offerings across.

    Args:
        empty: what an empty grid says.
    """

    NAMES = 26
    LEAST_NAMES = 16
    DEFAULT_CSS = """
    WhiteView { height: 1fr; }
    """

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._axes: Axes | None = None
        self._rows: dict[int, Row] = {}
        self._today = dt.date.min
        self._at = At(0, 0)
        self._marks: frozenset[Place] = frozenset()

    def need(self) -> None:
        """Other rows have come on the screen; they may have to be read."""

    # Where the cursor is

    @property
    def axes(self) -> Axes | None:
        """What is shown; None while nothing has been read."""
        return self._axes

    @property
    def at(self) -> At:
        """The cursor's row and column."""
        return self._at

    @property
    def row(self) -> Row | None:
        """The account under the cursor, once it has been read."""
        place = self.place
        return self._rows.get(place[0]) if place else None

    @property
    def offering(self) -> Offered | None:
        """The offering under the cursor."""
        return self._axes.offerings[self._at.column] if self._axes and self._axes.offerings else None

    @property
    def place(self) -> Place | None:
        """Account and offering under the cursor; None in an empty grid."""
        if self._axes is None or not self._axes.order.ids or not self._axes.offerings:
            return None
        return (self._axes.order.ids[self._at.row], self._axes.offerings[self._at.column].id)

    @property
    def _extent(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return (len(self._axes.order.ids), len(self._axes.offerings)) if self._axes else (0, 0)

    def _clamped(self, at: At) -> At:
        rows, columns = self._extent
        return At(max(0, min(at.row, rows - 1)), max(0, min(at.column, columns - 1)))

    def _put(self, at: At) -> None:
        """Put the cursor on a cell, the nearest there is, and bring it on the screen."""
        before, self._at = self._at, self._clamped(at)
        if before.column != self._at.column:
            self.refresh()
        else:
            self.refresh_line(HEADER + before.row - self._top)
            self.refresh_line(HEADER + self._at.row - self._top)
        self._follow()

    # Scrolling

    @property
    def rows_visible(self) -> int:
        """How many rows are on the screen."""
        return max(1, self.scrollable_content_region.height - HEADER)

    @property
    def cell(self) -> int:
        """Cells that an offering takes: as many offerings as fit share the room."""
        room = self.scrollable_content_region.width - self.names
        shown = max(1, min(room // LEAST, len(self._axes.offerings) if self._axes else 1))
        return max(LEAST, min(2 * LEAST, room // shown))

    def _span(self) -> None:
        """Let it scroll as far as there is something."""
        rows, columns = self._extent
        self.virtual_size = Size(self.names + (columns + 1) * self.cell, HEADER + rows)

    def _follow(self) -> None:
        """Bring the cursor on the screen."""
        cell, left = self.cell, self._at.column * self.cell
        room = max(cell, self.scrollable_content_region.width - self.names)
        x = max(min(self._left // cell * cell, left), -(-(left + cell - room) // cell) * cell, 0)
        y = min(max(self._top, self._at.row - self.rows_visible + 1), self._at.row)
        self.scroll_to(x=x, y=y, animate=False, force=True)

    def on_resize(self) -> None:
        """There is more or less room."""
        self._span()
        self._follow()
        self.need()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that come on the screen, however they do."""
        super().watch_scroll_y(old_value, new_value)
        self.need()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        axes = self._axes
        if axes is None:
            return self._plain(None)
        if not axes.offerings or not axes.order.ids:
            return self._plain(self._said(y))
        columns, row = self._columns(), y - HEADER + self._top
        if y < HEADER:
            name = show.cells(beyond(columns, len(axes.offerings)) if y == 0 else Content(), self.names - 1, "right")
            shown = [
                white_paint.heading(axes.offerings[at], y, self.cell, is_current=at == self._at.column)
                for at in columns
            ]
        elif row < len(axes.order.ids):
            found = self._rows.get(axes.order.ids[row])
            name, shown = self._named(axes, row, found), list(self._cells(axes, row, columns, found))
        else:
            return self._plain(None)
        return self._line(name, Content("").join(shown))

    def _said(self, y: int) -> Content | None:
        """What an empty grid says, in as many lines as it needs."""
        lines = Content.styled(self._empty, show.MUTED).wrap(max(20, self.scrollable_content_region.width - 2))
        return lines[y] if y < len(lines) else None

    def _columns(self) -> range:
        """The offerings that are on the screen as a whole, one at least."""
        room = self.scrollable_content_region.width - self.names
        first = -(-self._left // self.cell)
        return range(first, min(first + max(1, room // self.cell), self._extent[1]))

    def _named(self, axes: Axes, row: int, found: Row | None) -> Content:
        if found is None:
            return Content.styled(show.glyphs().waiting, show.MUTED)
        return white_paint.name(found.account, axes.order.depths[row], is_current=row == self._at.row)

    def _cells(self, axes: Axes, row: int, columns: range, found: Row | None) -> Iterator[Content]:
        key = axes.order.ids[row]
        for column in columns:
            offering = axes.offerings[column].id
            if found is None:
                yield Content.styled(show.fit(show.glyphs().waiting, self.cell), show.MUTED)
                continue
            look = Look(
                today=self._today,
                is_at=(row, column) == self._at,
                is_marked=(key, offering) in self._marks,
                has_focus=self.has_focus,
                is_suggested=offering in found.suggested,
            )
            yield white_paint.cell(found.cells.get(offering), look, self.cell)
