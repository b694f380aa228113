"""Importing files from the full screen; what is decided column by column belongs to the command line."""

from __future__ import annotations

import shlex
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.widgets import ProgressBar, Static

from crmtui.errors import CancelledError
from crmtui.text import N_, _, clean, ngettext
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from crmtui.commands.import_report import ImportReport
    from crmtui.errors import CrmtuiError

BACK: Final = Answer("back", N_("Back"))
OTHERS: Final = Answer("others", N_("Import the others"))
MOST_NAMED: Final = 5


class ImportScreen(Dialog[str]):
    """Asks for files and imports them; dismissed with a sentence of what was imported, or None.

    Args:
        path: the workspace; begun if it is not there.
    """

    HELP = N_(
        "Tables with a header (CSV and the like, XLSX, ODS, XLS), JSON, JSON lines, vCards or a folder of them, "
        "iCalendar. Several linked files, and the sheets of a workbook, are imported together, all or nothing."
    )
    BINDINGS: ClassVar = bindings(Action(id="import.take", key="enter", label=N_("Import"), does="take", priority=True))
    DEFAULT_CSS = """
    ImportScreen {
        & #progress { display: none; margin-top: 1; }
        & #told { color: $foreground 60%; margin-top: 1; height: auto; max-height: 8; }
        & #told.-wrong { color: $text-error; }
    }
    """

    def __init__(self, path: Path) -> None:
        super().__init__(_("Import files"))
        self._path = path
        self._jobs = Jobs(self)
        self._stop = threading.Event()

    def compose_box(self) -> ComposeResult:
        """A line for the paths, and what became of them."""
        yield LineInput(placeholder=_("path of the file; several with blanks between"), id="files")
        yield ProgressBar(total=None, show_percentage=False, show_eta=False, id="progress")
        yield Static(id="told")

    def action_take(self) -> None:
        """Import what was named, if none of it is refused."""
        if files := paths(self.query_one(LineInput).value):
            self._import(files, skip=False)

    def action_leave(self) -> None:
        """Stop what is being imported; close where nothing is."""
        if self._jobs.is_busy("import"):
            self._stop.set()
            self._tell(_("Stopping"))
        else:
            super().action_leave()

    def _import(self, files: list[Path], *, skip: bool) -> None:
        if self._jobs.is_busy("import"):
            return
        self._tell(
            ngettext("Importing {count} file; esc stops it", "Importing {count} files; esc stops it", len(files))
        )
        self.query_one("#progress").display = True
        self._stop.clear()
        work = partial(_imported, self._path, files, self._heed, skip=skip)
        self._jobs.run("import", work, on_done=partial(self._done, files), on_failed=self._failed)

    def _heed(self) -> None:
        """In the thread: end where the user has asked for it."""
        if self._stop.is_set():
            raise CancelledError(_("Stopped; nothing was imported."))

    def _done(self, files: list[Path], report: ImportReport) -> None:
        self.query_one("#progress").display = False
        if report.done or not report.rejected:
            self.dismiss(summary(report))
            return
        self._tell("")
        self.app.push_screen(
            AskScreen(_("Import files"), refusal(report), (BACK, OTHERS)), partial(self._decided, files)
        )

    def _decided(self, files: list[Path], answer: str | None) -> None:
        if answer == OTHERS.id:
            self._import(files, skip=True)

    def _failed(self, error: CrmtuiError) -> None:
        self.query_one("#progress").display = False
        self._tell(str(error), is_wrong=True)

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.update(show.block(sentence))
        told.set_class(is_wrong, "-wrong")


def paths(typed: str) -> list[Path]:
    """The files or folders that were typed; a text that names one as it stands is one, blanks or not."""
    whole = Path(clean(typed).strip()).expanduser()
    if not typed.strip() or whole.exists():
        return [whole] if typed.strip() else []
    try:
        return [Path(part).expanduser() for part in shlex.split(clean(typed))]
    except ValueError:
        return [whole]


def summary(report: ImportReport) -> str:
    """What an import did, in a sentence."""
    new, changed = sum(file.new for file in report.files), sum(file.updated for file in report.files)
    told = [ngettext("{count} new record", "{count} new records", new)]
    if changed:
        told.append(ngettext("{count} filled in", "{count} filled in", changed))
    if report.rejected:
        told.append(ngettext("{count} row refused", "{count} rows refused", report.rejected))
    return _("Imported: {what}.").format(what=", ".join(told))


def refusal(report: ImportReport) -> str:
    """Which rows are refused and why, the first of them."""
    lines = [
        ngettext(
            "{count} row is refused, so nothing was imported:",
            "{count} rows are refused, so nothing was imported:",
            report.rejected,
        )
    ]
    refused = [(file, problem) for file in report.files for problem in file.rejected]
    shape = _("  {file}, line {line}, {column}: {why}")
    lines += [
        shape.format(file=file.title, line=problem.line, column=problem.column, why=problem.reason)
        for file, problem in refused[:MOST_NAMED]
    ]
    if len(refused) > MOST_NAMED:
        lines.append(_("and {count} more").format(count=len(refused) - MOST_NAMED))
    return "\n".join(lines)


def _imported(path: Path, files: list[Path], heed: Callable[[], None], *, skip: bool) -> ImportReport:
    """In a thread."""
    from crmtui.commands import importing

    return importing.import_files(path, files, importing.ImportOptions(skip_rejected=skip, heed=heed))
