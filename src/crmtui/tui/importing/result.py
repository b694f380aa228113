"""What an import did, and a file that tells it row by row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from crmtui import paths
from crmtui.text import N_, _, clean, ngettext
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.importing.step import Step
from crmtui.tui.importing.trial import counted
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.commands.import_report import ImportReport
    from crmtui.tui.importing.plan import Plan

MOST_NOTES: Final = 30


class ResultsInput(LineInput):
    """The line for the file that tells what became of each row."""

    BINDINGS: ClassVar = bindings(Action(id="import.results", key="enter", label=N_("Write it"), does="submit"))


class ResultStep(Step):
    """What was done.

    Args:
        plan: what was decided.
        report: what became of it.
    """

    NAME = N_("Result")
    HELP = N_(
        "What the import did. The name of a file and enter write what became of each row; undo takes all of it back."
    )
    DEFAULT_CSS: ClassVar[str] = """
    ResultStep {
        & #notes { height: 1fr; }
        & #written { height: auto; color: $foreground 60%; }
    }
    """

    def __init__(self, plan: Plan, report: ImportReport) -> None:
        super().__init__(plan)
        self._report = report
        self._jobs = Jobs(self)

    def compose(self) -> ComposeResult:
        """What each file brought, with its notes, and where the outcome of each row is to be written."""
        ended = _("Imported; undo takes all of it back.") if self._report.done else _("Nothing was imported.")
        yield Static(show.block(ended), id="said", markup=False)
        with VerticalScroll(id="notes"):
            yield Static(self._files(), markup=False)
        if any(file.outcomes is not None for file in self._report.files):
            place = _("a file for what became of each row, such as results.csv")
            yield ResultsInput(placeholder=place, id="results")
        yield Static(id="written", markup=False)

    def _files(self) -> Content:
        """What every file brought, then the notes of each; a single file is named once."""
        files = self._report.files
        told = list(map(counted, files))
        for file in files:
            if file.notes and len(files) > 1:
                told += Content(), show.label(file.title, "bold")
            told += (show.block(f"· {note}") for note in file.notes[:MOST_NOTES])
        return Content("\n").join(told)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write what became of each row."""
        event.stop()
        if typed := clean(event.value).strip():
            target = paths.typed(typed)
            self._jobs.run(
                "write", partial(_write, self.plan.path, self._report, target), on_done=partial(self._wrote, target)
            )

    def _wrote(self, target: Path, count: int) -> None:
        told = ngettext("{count} row is in {path}.", "{count} rows are in {path}.", count, path=str(target))
        self.query_one("#written", Static).update(show.block(told))


def _write(path: Path, report: ImportReport, target: Path) -> int:
    """In a thread."""
    from crmtui.commands.import_results import write_results

    return write_results(path, report, target)
