"""The white space as a grid: accounts down, offerings across; what is on the screen is read, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from crmtui.text import N_
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import white_paint
from crmtui.tui.widgets.white_paint import HEADER, LEAST, Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events

    from crmtui.queries.whitespace import Axes, Offered, Place, Row

NAMES: Final = 26  # cells of the names, fewer where the widget is narrow
LEAST_NAMES: Final = 16
NEAR: Final = 40  # rows beyond the screen that are read in advance


class At(NamedTuple):
    """Where the cursor is: which of the accounts, which of the offerings."""

    row: int
    column: int


class WhiteGrid(ScrollView, can_focus=True):
    """Cells with a cursor. The names stay in place while the offerings scroll."""

    ALLOW_SELECT = False
    HELP = N_(
        "Accounts and their business units down, offerings across. The arrows go from cell to cell, and beyond the "
        "edge to the next part. s says who supplies it, e changes all that is known of it, n makes an opportunity."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="white.open", key="enter", label=N_("Open"), does="open"),
        Action(id="white.mark", key="space", label=N_("Mark"), does="mark"),
        Action(id="white.left", key="left,h", label=N_("Left"), does="step(-1)", show=False),
        Action(id="white.right", key="right,l", label=N_("Right"), does="step(1)", show=False),
        Action(id="white.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="white.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="white.page_down", key="pagedown", label=N_("Page down"), does="turn(1)", show=False),
        Action(id="white.page_up", key="pageup", label=N_("Page up"), does="turn(-1)", show=False),
        Action(id="white.first", key="g", label=N_("First row"), does="move(-999999)", show=False),
        Action(id="white.last", key="G", label=N_("Last row"), does="move(999999)", show=False),
        Action(id="white.begin", key="home", label=N_("First column"), does="edge(-1)", show=False),
        Action(id="white.end", key="end", label=N_("Last column"), does="edge(1)", show=False),
    )
    DEFAULT_CSS = """
    WhiteGrid { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; height: 1fr; }
    """

    class Highlighted(Message):
        """The cursor, or the marks, are on other cells, or more is known of them."""

    class Opened(Message):
        """The account of the cursor's row is to be opened."""

    class Beyond(Message):
        """The cursor was to go beyond the edge.

        Attributes:
            by: -1 to the left, 1 to the right.
        """

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Wanted(Message):
        """Rows are to be read.

        Attributes:
            ids: the keys of their accounts.
        """

        def __init__(self, ids: list[int]) -> None:
            super().__init__()
            self.ids = ids

    class Narrowed(Message):
        """Only the accounts that answer to other words are to be shown."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._axes: Axes | None = None
        self._rows: dict[int, Row] = {}
        self._asked: frozenset[int] = frozenset()
        self._today = dt.date.min
        self._at = At(0, 0)
        self._marks: frozenset[Place] = frozenset()
        self._goto: int | None = None
        self.words = ""

    # What is shown

    def set_filter(self, words: str) -> None:
        """Show the accounts that answer to a filter."""
        if words != self.words:
            self.words = words
            self.post_message(self.Narrowed())

    def show_axes(self, axes: Axes, today: dt.date) -> None:
        """Show these accounts and offerings; the cursor stays on its account and its offering, where they are there."""
        account, offering = self.place or (0, 0)
        account, self._goto = self._goto or account, None
        self._axes, self._today = axes, today
        row = axes.order.ids.index(account) if account in axes.order.ids else self._at.row
        column = next((at for at, one in enumerate(axes.offerings) if one.id == offering), self._at.column)
        self._at = self._clamped(At(row, column))
        there = set(axes.order.ids)
        self._marks = frozenset(place for place in self._marks if place[0] in there)
        self._asked = frozenset()
        self._span()
        self._follow()
        self._need(again=True)

    def keep(self, rows: Mapping[int, Row], *, only: bool = False) -> None:
        """Rows that were read; `only` forgets all others, since something has changed."""
        self._rows = dict(rows) if only else {**self._rows, **rows}
        self._asked -= rows.keys()
        self.refresh()
        self._need()
        self.post_message(self.Highlighted())

    @property
    def axes(self) -> Axes | None:
        """What is shown; None while nothing has been read."""
        return self._axes

    @property
    def rows_visible(self) -> int:
        """How many rows are on the screen."""
        return max(1, self.scrollable_content_region.height - HEADER)

    def near(self) -> list[int]:
        """The keys of the rows on the screen, and of those near it."""
        if self._axes is None:
            return []
        top = round(self.scroll_offset.y)
        return list(self._axes.order.ids[max(0, top - NEAR) : top + self.rows_visible + NEAR])

    def _need(self, *, again: bool = False) -> None:
        """Ask for the rows near the screen that are not at hand, or for all of them again."""
        wanted = [key for key in self.near() if again or (key not in self._rows and key not in self._asked)]
        if wanted:
            self._asked |= frozenset(wanted)
            self.post_message(self.Wanted(wanted))

    # Where the cursor is

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
    def chosen(self) -> list[Place]:
        """The marked cells, else the one under the cursor."""
        return sorted(self._marks) or ([self.place] if self.place else [])

    @property
    def marks(self) -> frozenset[Place]:
        """The marked cells."""
        return self._marks

    def unmark(self) -> None:
        """Take all marks away."""
        self._marks = frozenset()
        self.refresh()
        self.post_message(self.Highlighted())

    def go_to_account(self, account_id: int) -> None:
        """Put the cursor on an account, as soon as it is there."""
        self._goto = account_id
        if self._axes is not None and account_id in self._axes.order.ids:
            self._goto = None
            self._go(At(self._axes.order.ids.index(account_id), self._at.column))

    def go_to(self, place: Place) -> None:
        """Put the cursor on a cell."""
        if self._axes and place[0] in self._axes.order.ids:
            column = next((at for at, one in enumerate(self._axes.offerings) if one.id == place[1]), self._at.column)
            self._go(At(self._axes.order.ids.index(place[0]), column))

    # Moving

    def _clamped(self, at: At) -> At:
        rows, columns = (len(self._axes.order.ids), len(self._axes.offerings)) if self._axes else (0, 0)
        return At(max(0, min(at.row, rows - 1)), max(0, min(at.column, columns - 1)))

    def _go(self, at: At) -> None:
        before, self._at = self._at, self._clamped(at)
        if before.column != self._at.column:
            self.refresh()
        else:
            top = round(self.scroll_offset.y)
            self.refresh_line(HEADER + before.row - top)
            self.refresh_line(HEADER + self._at.row - top)
        self._follow()
        self._need()
        self.post_message(self.Highlighted())

    def action_step(self, by: int) -> None:
        """Go to the next offering; beyond the edge to another part."""
        columns = len(self._axes.offerings) if self._axes else 0
        if 0 <= self._at.column + by < columns:
            self._go(At(self._at.row, self._at.column + by))
        else:
            self.post_message(self.Beyond(by))

    def action_move(self, by: int) -> None:
        """Go to another account."""
        self._go(At(self._at.row + by, self._at.column))

    def action_turn(self, pages: int) -> None:
        """Go so many screenfuls."""
        self._go(At(self._at.row + pages * self.rows_visible, self._at.column))

    def action_edge(self, to: int) -> None:
        """Go to the first or the last offering."""
        self._go(At(self._at.row, 0 if to < 0 else 999_999))

    def action_mark(self) -> None:
        """Mark the cell, or take its mark away, and go to the next account."""
        if self.place:
            self._marks ^= {self.place}
            self._go(At(self._at.row + 1, self._at.column))
            self.refresh()

    def action_open(self) -> None:
        """Open the account."""
        if self.place:
            self.post_message(self.Opened())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the interface
        """What needs a cell is not offered without one."""
        return action not in ("open", "mark") or self.place is not None

    def on_click(self, event: events.Click) -> None:
        """Take the cursor; the second click opens."""
        event.stop()
        spot = event.get_content_offset(self)
        if spot is None or spot.y < HEADER or self._axes is None:
            return
        x = spot.x - self.names
        column = self._at.column if x < 0 else (x + round(self.scroll_offset.x)) // self.cell
        self._go(At(spot.y - HEADER + round(self.scroll_offset.y), column))
        if event.chain > 1:
            self.action_open()

    # Scrolling

    @property
    def names(self) -> int:
        """Cells that the names take."""
        return max(LEAST_NAMES, min(NAMES, self.size.width // 3))

    @property
    def cell(self) -> int:
        """Cells that an offering takes: as many offerings as fit share the room."""
        room = self.scrollable_content_region.width - self.names
        shown = max(1, min(room // LEAST, len(self._axes.offerings) if self._axes else 1))
        return max(LEAST, min(2 * LEAST, room // shown))

    def _span(self) -> None:
        rows, columns = (len(self._axes.order.ids), len(self._axes.offerings)) if self._axes else (0, 0)
        self.virtual_size = Size(self.names + (columns + 1) * self.cell, HEADER + rows)

    def on_resize(self) -> None:
        """There is more or less room."""
        self._span()
        self._follow()
        self._need()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that come on the screen, however they do."""
        super().watch_scroll_y(old_value, new_value)
        self._need()

    def _follow(self) -> None:
        """Bring the cursor on the screen."""
        view = self.scrollable_content_region
        cell = self.cell
        room, left = max(cell, view.width - self.names), self._at.column * cell
        x = max(min(round(self.scroll_offset.x) // cell * cell, left), -(-(left + cell - room) // cell) * cell, 0)
        y = min(max(round(self.scroll_offset.y), self._at.row - self.rows_visible + 1), self._at.row)
        self.scroll_to(x=x, y=y, animate=False, force=True)

    def on_focus(self) -> None:
        """Draw the cursor as the one in use."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as one that is left."""
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width = self.scrollable_content_region.width
        line = self._line(y, width)
        if line is None:
            return Strip.blank(width, self.visual_style.rich_style)
        return Visual.to_strips(self, line, width, 1, self.visual_style, apply_selection=False)[0]

    def _line(self, y: int, width: int) -> Content | None:
        axes = self._axes
        if axes is None or not axes.offerings or not axes.order.ids:
            return self._said(y, width)
        columns = self._columns(width - self.names)
        row = y - HEADER + round(self.scroll_offset.y)
        if y < HEADER:
            name = show.cells(self._beyond(columns) if y == 0 else Content(), self.names - 1, "right")
            shown = [
                white_paint.heading(axes.offerings[at], y, self.cell, is_current=at == self._at.column)
                for at in columns
            ]
        elif row < len(axes.order.ids):
            name, shown = self._named(row), list(self._cells(row, columns))
        else:
            return None
        room = width - self.names
        cells = show.cells(Content("").join(shown), room)
        return Content.assemble(show.cells(name, self.names - 1), " ", cells)

    def _said(self, y: int, width: int) -> Content | None:
        """What an empty grid says, in as many lines as it needs."""
        if self._axes is None:
            return None
        lines = Content.styled(self._empty, show.MUTED).wrap(max(20, width - 2))
        return lines[y] if y < len(lines) else None

    def _columns(self, room: int) -> range:
        """The offerings that are on the screen as a whole, one at least."""
        first = -(-round(self.scroll_offset.x) // self.cell)
        count = len(self._axes.offerings) if self._axes else 0
        return range(first, min(first + max(1, room // self.cell), count))

    def _beyond(self, columns: range) -> Content:
        """Whether there are offerings to the left, to the right, or both ways."""
        before, after = columns.start > 0, self._axes is not None and columns.stop < len(self._axes.offerings)
        signs = show.glyphs()
        sign = signs.both if before and after else signs.earlier if before else signs.later if after else " "
        return Content.styled(sign, show.BAR)

    def _named(self, row: int) -> Content:
        if self._axes is None or (found := self._rows.get(self._axes.order.ids[row])) is None:
            return Content.styled(show.glyphs().waiting, show.MUTED)
        return white_paint.name(found.account, self._axes.order.depths[row], is_current=row == self._at.row)

    def _cells(self, row: int, columns: range) -> Iterator[Content]:
        if self._axes is None:
            return
        key = self._axes.order.ids[row]
        found = self._rows.get(key)
        for column in columns:
            offering = self._axes.offerings[column].id
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
