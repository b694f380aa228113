"""The list: a window on any number of records, read a page at a time in threads, the cursor on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import window_messages as says
from crmtui.tui.widgets.window_columns import LEAD
from crmtui.tui.widgets.window_reading import WindowReading
from crmtui.tui.widgets.window_source import Sort
from crmtui.tui.widgets.window_view import HEADER

if TYPE_CHECKING:
    from textual import events

    from crmtui.tui.widgets.window_source import ListColumn

MOVES: Final = frozenset({"move", "turn", "first", "last"})


class WindowList(WindowReading):
    """A list of records.

    The cursor is on a record, not on a line: when the list is read again (`reload`, `set_sort`) it stays on
    that record and, where possible, on the same line of the screen; when the record has gone, on the nearest.

    Args:
        source: where rows come from.
        empty: what an empty list says: what it is for, and the key to begin.
        sort: the order to begin with; None for the source's own.
        words: the filter to begin with.
    """

    Highlighted: TypeAlias = says.Highlighted
    Opened: TypeAlias = says.Opened
    Marked: TypeAlias = says.Marked
    SortRequested: TypeAlias = says.SortRequested
    Counted: TypeAlias = says.Counted

    BINDINGS: ClassVar = bindings(
        Action(id="list.open", key="enter", label=N_("Open")),
        Action(id="list.mark", key="space", label=N_("Mark")),
        Action(id="list.sort", key="o", label=N_("Sort"), does="sort_next"),
        Action(id="list.reverse", key="O", label=N_("Reverse the order"), does="sort_reverse", show=False),
        Action(id="list.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="list.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="list.page_down", key="pagedown", label=N_("Page down"), does="turn(1)", show=False),
        Action(id="list.page_up", key="pageup", label=N_("Page up"), does="turn(-1)", show=False),
        Action(id="list.first", key="home,g", label=N_("First row"), show=False),
        Action(id="list.last", key="end,G", label=N_("Last row"), show=False),
    )

    _is_opened = False  # whether clicks have opened the row under the cursor

    # Moving

    async def on_key(self, event: events.Key) -> None:
        """Move at once: a key passes all that the list is in on its way to the app, which looks for its binding."""
        known = self._bindings.copy()
        known.apply_keymap(self.app._keymap)  # noqa: SLF001 - as the app does, which gives it to nobody
        binding = next(iter(known.key_to_bindings.get(event.key, ())), None)
        if binding is not None and binding.action.partition("(")[0] in MOVES:
            event.stop()
            await self.run_action(binding.action)

    def _move(self, index: int) -> None:
        """Move the cursor as the user asks."""
        self.let_go()
        self.move(index)

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self._move(self._index + rows)

    def action_turn(self, pages: int) -> None:
        """Move the cursor by some screenfuls."""
        self.let_go()
        self.turn(pages)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._move(0)

    def action_last(self) -> None:
        """Move the cursor to the last row; when that has not been read yet, as soon as it is."""
        self._move(self.count - 1)
        self._to_end = not self.is_complete

    # Doing

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self._current is not None:
            self.post_message(says.Opened(self, self._current))

    def action_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go to the next."""
        if self._current is not None:
            self.mark(self._marks ^ {self._current})
            self._move(self._index + 1)

    def action_sort_next(self) -> None:
        """Ask for the order of the next column."""
        keys = [column.key for column in self._source.columns if column.sortable]
        if keys:
            at = keys.index(self._sort.key) if self._sort and self._sort.key in keys else -1
            self.post_message(says.SortRequested(self, Sort(keys[(at + 1) % len(keys)])))

    def action_sort_reverse(self) -> None:
        """Ask for the opposite order."""
        if self._sort is not None:
            self.post_message(says.SortRequested(self, Sort(self._sort.key, not self._sort.descending)))

    def on_click(self, event: events.Click) -> None:
        """A heading sorts; a row takes the cursor, or its mark in front; the cursor's row opens (a double click)."""
        event.stop()
        if (spot := event.get_content_offset(self)) is None:
            return
        if spot.y < HEADER:
            self._sort_by(self._painter.column_at(spot.x))
            return
        index = self._top + spot.y - HEADER
        if index >= self.count:
            return
        if spot.x < LEAD:
            self.mark(self._marks ^ {self._listing.ids[index]})
        elif index != self._index:
            self._is_opened = False
            self._move(index)
        elif event.chain == 1 or not self._is_opened:
            self._is_opened = True
            self.action_open()

    def _sort_by(self, column: ListColumn | None) -> None:
        if column is None or not column.sortable:
            return
        if self._sort is not None and self._sort.key == column.key:
            self.action_sort_reverse()
        else:
            self.post_message(says.SortRequested(self, Sort(column.key)))
