"""What an import did, and a file that tells it row by row."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from crmtui.text import N_, _, clean, ngettext
from crmtui.tui import show
from crmtui.tui.importing.step import Step
from crmtui.tui.importing.trial import counted
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.commands.import_report import ImportReport
    from crmtui.tui.importing.plan import Plan

MOST_NOTES: Final = 30


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
        """The counts, the notes, and where the outcome of each row is to be written."""
        ended = _("Imported; undo takes all of it back.") if self._report.done else _("Nothing was imported.")
        said = show.block(ended), *map(counted, self._report.files)
        yield Static(Content("\n").join(said), id="said", markup=False)
        with VerticalScroll(id="notes"):
            yield Static(self._notes(), markup=False)
        if any(file.outcomes is not None for file in self._report.files):
            place = _("a file for what became of each row, such as results.csv")
            yield LineInput(placeholder=place, id="results")
        yield Static(id="written", markup=False)

    def _notes(self) -> Content:
        return Content("\n").join(
            line
            for file in self._report.files
            if file.notes
            for line in (show.label(file.title, "bold"), *(show.block(f"· {note}") for note in file.notes[:MOST_NOTES]))
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write what became of each row."""
        event.stop()
        if typed := clean(event.value).strip():
            target = Path(typed).expanduser()
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
