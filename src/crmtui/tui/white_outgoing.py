"""What goes out when the white space is exported: the grid as it is shown, or a row for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmtui.commands.exporting import ExportOptions
from crmtui.commands.exporting_columns import Plain, Tabled, numbered
from crmtui.queries import whitespace, whitespace_grid, whitespace_table
from crmtui.queries.whitespace_table import TABLE
from crmtui.text import _, ngettext
from crmtui.tui.outgoing import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from crmtui.queries.whitespace import Place


@dataclass(frozen=True, slots=True)
class White:
    """Cells of the white space.

    Attributes:
        path: the workspace.
        today: the day.
        words: the filter of its accounts.
        count: how many accounts there are.
        marks: the marked cells, of which alone there is talk then: a row for each.
    """

    path: Path
    today: dt.date
    words: str
    count: int
    marks: frozenset[Place]

    forms = TABLES

    @property
    def noun(self) -> str:
        """The table."""
        return TABLE.noun

    @property
    def title(self) -> str:
        """What it is called."""
        return _(TABLE.title)

    @property
    def whole(self) -> str:
        """Instead of the grid; '' where some cells are marked, which are none."""
        return "" if self.marks else _("a row for each cell")

    def told(self) -> str:
        """Which cells they are."""
        if self.marks:
            return ngettext("The {count} marked cell.", "The {count} marked cells.", len(self.marks))
        if self.words:
            return ngettext(
                "The {count} account that answers to “{words}”.",
                "The {count} accounts that answer to “{words}”.",
                self.count,
                words=self.words,
            )
        return ngettext("All of the grid: {count} account.", "All of the grid: {count} accounts.", self.count)

    def options(self, *, is_shown: bool) -> ExportOptions:
        """In a thread: the grid, or its cells of which something is known."""
        if is_shown and not self.marks:
            axes = whitespace.axes(self.path, self.today, self.words)
            read = partial(whitespace_grid.rows, axes=axes)
            headers = numbered(whitespace_grid.headers(axes))
            return ExportOptions(listed=Plain(TABLE.noun, headers, len(axes.order.ids), read))
        asked = whitespace_table.Asked(words=self.words, places=self.marks)
        cells = list(whitespace_table.cells(self.path, asked, self.today))
        return ExportOptions(listed=Tabled(TABLE.picked(TABLE.usual), TABLE, cells, is_labelled=True))
