"""Which files are imported."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from crmtui.paths import is_there, typed as as_path
from crmtui.text import N_, _, clean
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.importing.step import Step
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult


class FilesStep(Step):
    """Which files."""

    NAME = N_("Files")
    HELP = N_(
        "Tables with a header (CSV and the like, XLSX, ODS, XLS), JSON, JSON lines, vCards, calendars, or a folder of "
        "any of them. Several linked files, and the sheets of a workbook, are imported together, all or nothing."
    )

    def compose(self) -> ComposeResult:
        """A line for the paths."""
        yield Static(show.block(_(self.HELP)), id="said", markup=False)
        typed = " ".join(shlex.quote(str(file)) for file in self.plan.files)
        yield FilesInput(typed, placeholder=_("path of the file; several with blanks between"), id="files")


class FilesInput(LineInput):
    """The line for the paths; enter waits until all that was typed before it is there."""

    BINDINGS: ClassVar = bindings(Action(id="import.take", key="enter", label=N_("Go on"), does="submit"))


def paths(typed: str) -> list[Path]:
    """The files that were typed; a text that names a file or a folder as it stands is one, blanks or not."""
    whole = as_path(clean(typed).strip())
    if not typed.strip() or is_there(whole):
        return [whole] if typed.strip() else []
    try:
        return [as_path(part) for part in shlex.split(clean(typed))]
    except ValueError:
        return [whole]
