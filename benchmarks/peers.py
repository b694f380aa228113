"""What this program is measured against: bare Textual apps of the same version.

python benchmarks/peers.py table ROWS    one DataTable
python benchmarks/peers.py list ROWS     the least that the line API needs to show rows and move a cursor
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

HEADINGS = ("Name", "Level", "Posture", "Favour", "Pipeline", "Last", "Next")


def cells(number: int) -> tuple[str, ...]:
    """A made-up account, as a list shows it."""
    return (
        f"Customer {number:06d} Aurora Spa",
        "account",
        "enrich",
        f"+0.{number % 100:02d}",
        f"{number % 900 + 100} k€",
        f"{number % 60} d",
        f"in {number % 50} d",
    )


class BareTable(App[None]):
    """One DataTable, filled at once."""

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill the table."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns(*HEADINGS)
        table.add_rows(cells(number) for number in range(int(sys.argv[2])))


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of text with a cursor."""

    BINDINGS: ClassVar = [
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
        Binding("pagedown", "turn(1)"),
        Binding("pageup", "turn(-1)"),
        Binding("home", "jump(0)"),
        Binding("end", "jump(-1)"),
    ]

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.cursor = 0

    def on_mount(self) -> None:
        """Say how many lines there are."""
        self.virtual_size = Size(110, self.count)

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.jump(self.cursor + lines)

    def action_turn(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self.scroll_to(y=self.scroll_offset.y + pages * self.size.height, animate=False)
        self.jump(self.cursor + pages * self.size.height)

    def action_jump(self, index: int) -> None:
        """Move the cursor to the first or last line."""
        self.jump(index % self.count)

    def jump(self, index: int) -> None:
        """Put the cursor on a line and show it."""
        self.refresh_line(self.cursor)
        self.cursor = max(0, min(index, self.count - 1))
        self.refresh_line(self.cursor)
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.cursor < top + height:
            least = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=least, animate=False)

    def render_line(self, y: int) -> Strip:
        """A line of text."""
        index = self.scroll_offset.y + y
        if index >= self.count:
            return Strip.blank(self.size.width)
        name, level, posture, favour, value, last, following = cells(index)
        text = f" {name:34} {level:9} {posture:9} {favour:>7} {value:>10} {last:>8} {following:>9}"
        style = Style(reverse=True) if index == self.cursor else self.rich_style
        return Strip([Segment(text.ljust(self.size.width)[: self.size.width], style)], self.size.width)


class BareList(App[None]):
    """One bare list."""

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield Rows(int(sys.argv[2]))


if __name__ == "__main__":
    {"table": BareTable, "list": BareList}[sys.argv[1]]().run()
