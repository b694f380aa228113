"""The white space as a grid: accounts down, offerings across; what is on the screen is read, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.message import Message

from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.white_paint import HEADER
from crmtui.tui.widgets.white_view import At, WhiteView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from textual import events

    from crmtui.queries.whitespace import Axes, Place, Row

NEAR: Final = 40  # rows beyond the screen that are read in advance


class WhiteGrid(WhiteView):
    """Cells with a cursor. The names stay in place while the offerings scroll.

    Args:
        empty: what an empty grid says.
    """

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
        super().__init__(empty)
        self._asked: frozenset[int] = frozenset()
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
        self._at = self._clamped(At(row, self._column_of(offering)))
        there = set(axes.order.ids)
        self._marks = frozenset(place for place in self._marks if place[0] in there)
        self._asked = frozenset()
        self._span()
        self._follow()
        self._ask(again=True)

    def keep(self, rows: Mapping[int, Row], *, only: bool = False) -> None:
        """Rows that were read; `only` forgets all others, since something has changed."""
        self._rows = dict(rows) if only else {**self._rows, **rows}
        self._asked -= rows.keys()
        self.refresh()
        self.need()
        self.post_message(self.Highlighted())

    def near(self) -> list[int]:
        """The keys of the rows on the screen, and of those near it."""
        if self._axes is None:
            return []
        end = self._top + self.rows_visible + NEAR
        return list(self._axes.order.ids[max(0, self._top - NEAR) : end])

    def need(self) -> None:
        """Ask for the rows near the screen that are not at hand."""
        self._ask()

    def _ask(self, *, again: bool = False) -> None:
        """Ask for the rows near the screen that are not at hand, or for all of them again."""
        wanted = [key for key in self.near() if again or (key not in self._rows and key not in self._asked)]
        if wanted:
            self._asked |= frozenset(wanted)
            self.post_message(self.Wanted(wanted))

    # What is chosen

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
            self._go(At(self._axes.order.ids.index(place[0]), self._column_of(place[1])))

    def _column_of(self, offering_id: int) -> int:
        """The column of an offering; that of the cursor where it is not there."""
        offerings = self._axes.offerings if self._axes else ()
        return next((at for at, one in enumerate(offerings) if one.id == offering_id), self._at.column)

    # Moving

    def _go(self, at: At) -> None:
        self._put(at)
        self.need()
        self.post_message(self.Highlighted())

    def action_step(self, by: int) -> None:
        """Go to the next offering; beyond the edge to another part."""
        if 0 <= self._at.column + by < self._extent[1]:
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
        column = self._at.column if x < 0 else (x + self._left) // self.cell
        self._go(At(spot.y - HEADER + self._top, column))
        if event.chain > 1:
            self.action_open()
