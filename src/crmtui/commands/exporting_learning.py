"""What was learnt as files: each thing in a line, with its table on a sheet of its own; or one table for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.commands.exporting_columns import Plain
from crmtui.queries.learning_rows import HEADERS, rows
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.queries.learning import Channels, LearningPage
    from crmtui.queries.learning_sheet import Sheet

NAME: Final = "learning"


def told(sheets: Sequence[Sheet]) -> Plain:
    """Each thing with its figure and what it says, as on screen."""
    lines = [(one.label, one.value, one.says) for one in sheets]
    return Plain.of(NAME, (_("Learnt"), _("Figure"), _("Says")), lines)


def tables(sheets: Sequence[Sheet]) -> list[Plain]:
    """The tables of those that have one."""
    return [Plain.of(one.id, [label for label, _figure in one.columns], one.rows) for one in sheets if one.rows]


def whole(page: LearningPage, channels: Channels, names: Sequence[str] = HEADERS) -> Plain:
    """All of it as one table, for programs: these of its columns."""
    places = [HEADERS.index(name) for name in names]
    return Plain.of(NAME, names, [[row[place] for place in places] for row in rows(page, channels)])
