"""What goes out when what was learnt is exported: its lines with their tables, or one table for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.commands import exporting_learning
from crmtui.commands.exporting import ExportOptions
from crmtui.queries import learning, learning_words
from crmtui.text import _, ngettext
from crmtui.tui.outgoing import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt.

    Attributes:
        path: the workspace.
        today: the day.
        marks: the keys of the marked lines, of which alone there is talk then.
    """

    path: Path
    today: dt.date
    marks: frozenset[int]

    forms = TABLES

    @property
    def noun(self) -> str:
        """The table."""
        return exporting_learning.NAME

    @property
    def title(self) -> str:
        """What it is called."""
        return _("Learning")

    @property
    def whole(self) -> str:
        """All of it as one table; nothing where some lines are marked."""
        return "" if self.marks else _("all columns")

    def told(self) -> str:
        """Which lines they are."""
        if not self.marks:
            return _("All that was learnt; XLSX has the table of each line on a sheet.")
        return ngettext(
            "The {count} marked line; XLSX has its table on a sheet.",
            "The {count} marked lines; XLSX has the table of each on a sheet.",
            len(self.marks),
        )

    def options(self, *, is_shown: bool) -> ExportOptions:
        """In a thread: the lines, and the tables beside them."""
        page, channels = learning.page(self.path, self.today), learning.channels(self.path, self.today)
        if not is_shown:
            return ExportOptions(listed=exporting_learning.whole(page, channels))
        sheets = learning_words.sheets(page, channels)
        shown = [one for key, one in enumerate(sheets, 1) if key in self.marks or not self.marks]
        return ExportOptions(listed=exporting_learning.told(shown), beside=exporting_learning.tables(shown))
