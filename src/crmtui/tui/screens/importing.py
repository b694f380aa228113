"""Importing files, step by step: which, what their columns become, what is open, a trial, and what it did."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, ProgressBar, Static

from crmtui import figures
from crmtui.commands import import_folders, importing
from crmtui.commands.import_looking import Looks, look_over
from crmtui.commands.import_report import nothing_changed
from crmtui.domain.words import Source
from crmtui.errors import CancelledError
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.importing.columns import ColumnsStep
from crmtui.tui.importing.files import FilesStep, paths
from crmtui.tui.importing.matching import MatchingStep
from crmtui.tui.importing.plan import Plan
from crmtui.tui.importing.result import ResultStep
from crmtui.tui.importing.step import Changed, Step
from crmtui.tui.importing.trial import TrialStep
from crmtui.tui.importing.values import ValuesStep
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.commands.import_report import ImportReport
    from crmtui.errors import CrmtuiError

Result = TypeVar("Result")
BACK: Final = Answer("back", N_("Back"))
OTHERS: Final = Answer("others", N_("Import the others"))
STEPS: Final = (ColumnsStep, ValuesStep, MatchingStep, TrialStep)
_OFTEN: Final = 0.2  # seconds


class ImportScreen(Dialog[str]):
    """Imports files, step by step; dismissed with a sentence of what was imported, or None.

    Args:
        path: the workspace; begun if it is not there.
    """

    HELP = N_("An import, step by step. Nothing is written before the last step, and escape goes a step back.")
    BINDINGS: ClassVar = bindings(
        Action(id="import.next", key="n", label=N_("Go on"), does="next"),
        Action(id="import.write", key="ctrl+s", label=N_("Import"), does="write", priority=True),
        Action(id="import.close", key="q", label=N_("Close"), does="close"),
    )
    DEFAULT_CSS = """
    ImportScreen {
        & > #dialog { width: 100%; height: 100%; max-width: 132; }
        & #steps { height: 1; margin-bottom: 1; }
        & #step { height: 1fr; }
        & #progress { display: none; }
        & #told { color: $foreground 60%; height: auto; max-height: 6; display: none; }
        & #told.-wrong { color: $text-error; }
    }
    """

    def __init__(self, path: Path) -> None:
        super().__init__(_("Import files"))
        self.plan = Plan(path)
        self._at = -1  # which of STEPS; -1 while files are named
        self._step: Step = FilesStep(self.plan)
        self._steps: dict[type[Step], Step] = {FilesStep: self._step}
        self._report: ImportReport | None = None
        self._jobs = Jobs(self)
        self._stop = threading.Event()
        self._rows = 0  # that were read so far; set by the thread that reads them
        self._told = ""  # what goes on

    def compose_box(self) -> ComposeResult:
        """Where we are, the step, and what goes on."""
        yield Static(id="steps", markup=False)
        with Vertical(id="step"):
            yield self._step
        yield ProgressBar(total=None, show_percentage=False, show_eta=False, id="progress")
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Begin with the files, and show how far it is while something goes on."""
        self._show_steps()
        self.set_interval(_OFTEN, self._show_progress)

    # Steps

    @property
    def is_busy(self) -> bool:
        """Whether files are being read or imported."""
        return self._jobs.is_busy("import")

    def _show_steps(self) -> None:
        names = [FilesStep.NAME, *(step.NAME for step in STEPS), ResultStep.NAME]
        now = len(names) - 1 if self._report else self._at + 1
        told = [
            Content.styled(f"{number} {_(name)}", "bold $primary" if number - 1 == now else show.MUTED)
            for number, name in enumerate(names, 1)
        ]
        self.query_one("#steps", Static).update(Content("  ").join(told))

    async def _go(self, at: int) -> None:
        """Show a step."""
        self._at = at
        kind = FilesStep if at < 0 else STEPS[at]
        await self._put(self._steps.get(kind) or kind(self.plan))
        if isinstance(self._step, TrialStep) and self.plan.trial is None:
            self._try()

    async def _put(self, step: Step) -> None:
        """Show a step, and none of the others; what was typed or chosen in those stays."""
        if not step.is_attached:
            self._steps[type(step)] = step
            await self.query_one("#step").mount(step)
        for one in self._steps.values():
            one.display = one is step
        self._step = step
        step.refresh_rows()
        for widget in step.query("WindowList, LineInput"):
            widget.focus()
            break
        self._show_steps()
        self._tell("")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this step is for."""
        if action == "next":
            return self._can_go_on
        if action == "write":
            return isinstance(self._step, TrialStep) and self.plan.trial is not None and not self.is_busy
        if action == "close":
            return self._report is not None
        return super().check_action(action, parameters)

    @property
    def _can_go_on(self) -> bool:
        if self.is_busy or self._at < 0 or self._report:
            return False
        if isinstance(self._step, ColumnsStep):
            return self.plan.can_go_on
        if isinstance(self._step, ValuesStep):
            return not self.plan.open
        return isinstance(self._step, MatchingStep)

    @on(Input.Submitted, "#files")
    def _take(self, event: Input.Submitted) -> None:
        """Read the files that were named."""
        event.stop()
        if not self.is_busy and (files := paths(event.value)):
            self._run(_("Reading"), partial(import_folders.named, files), self._named)

    async def _named(self, named: import_folders.Named) -> None:
        self.plan.files, self.plan.found = named.files, named.found
        self._look(ahead=True, notes=named.notes)

    async def action_next(self) -> None:
        """Go a step on."""
        await self._go(self._at + 1)

    def action_close(self) -> None:
        """Leave, when all is done."""
        if self._report:
            self.dismiss(summary(self._report))

    def action_leave(self) -> None:
        """Stop what goes on; or go a step back; or leave."""
        if self.is_busy:
            self._stop.set()
            self._tell(_("Stopping"))
        elif self._report:
            self.action_close()
        elif self._at >= 0:
            self.call_later(self._go, self._at - 1)
        else:
            super().action_leave()

    # Reading

    @on(Changed)
    def _read_again(self) -> None:
        """Something was decided that changes what the files mean."""
        self._look(ahead=False)

    def _look(self, *, ahead: bool, notes: Sequence[str] = ()) -> None:
        plan = self.plan
        said, forms = dict(plan.mappings), dict(plan.forms)
        work = partial(look_over, plan.path, plan.files, said, forms, today=_today(), anew=plan.anew, found=plan.found)
        self._run(_("Reading"), work, partial(self._looked, ahead=ahead, notes=notes))

    async def _looked(self, found: Looks, *, ahead: bool, notes: Sequence[str]) -> None:
        self.plan.looks = looks = found.files
        passed = "\n".join((*notes, *found.passed))
        if ahead and all(look.problem and not look.is_table for look in looks):  # nothing can be said about them
            self._tell("\n".join(look.problem for look in looks) or passed, is_wrong=True)
        elif ahead:
            await self._go(0)
            self._tell(passed)
        else:
            self._step.refresh_rows()
        self.refresh_bindings()

    # Trying, and importing

    def _try(self) -> None:
        self._stop.clear()
        work = partial(_imported, self.plan, self._heed, self._count, dry_run=True)
        self._run(_("Trying; esc stops it"), work, self._tried)

    async def _tried(self, report: ImportReport) -> None:
        self.plan.trial = report
        self._step.refresh_rows()
        self.refresh_bindings()

    def action_write(self) -> None:
        """Import; where rows are refused, ask first."""
        trial = self.plan.trial
        if trial is None:
            return
        if trial.rejected:
            question = ngettext(
                "{count} row is refused. Mend the file, or import the others.",
                "{count} rows are refused. Mend the file, or import the others.",
                trial.rejected,
            )
            self.app.push_screen(AskScreen(_("Import files"), question, (BACK, OTHERS)), self._decided)
        else:
            self._import()

    def _decided(self, answer: str | None) -> None:
        if answer == OTHERS.id:
            self.plan.skip_rejected = True
            self._import()

    def _import(self) -> None:
        self._stop.clear()
        count = len(self.plan.files)
        told = ngettext("Importing {count} file; esc stops it", "Importing {count} files; esc stops it", count)
        self._run(told, partial(_imported, self.plan, self._heed, self._count, dry_run=False), self._done)

    def _heed(self) -> None:
        """In the thread: end where the user has asked for it."""
        if self._stop.is_set():
            raise CancelledError(_("Stopped; nothing was imported."))

    def _count(self, rows: int) -> None:
        """In the thread: note how many rows were read."""
        self._rows = rows

    def _show_progress(self) -> None:
        """How far it is: of how many rows the trial has told."""
        if self.is_busy and self._rows and not self._stop.is_set():
            total, bar = self.plan.rows, self.query_one("#progress", ProgressBar)
            bar.update(total=total or None, progress=self._rows)
            done = figures.count(self._rows)
            far = _("{done} of {total}").format(done=done, total=figures.count(total)) if total else done
            self._tell(f"{self._told} · {far}")

    async def _done(self, report: ImportReport) -> None:
        self._report = report
        await self._put(ResultStep(self.plan, report))

    def _run(self, told: str, work: Callable[[], Result], on_done: Callable[[Result], Awaitable[None]]) -> None:
        """Do work in a thread while the step waits."""

        def done(result: Result) -> None:
            self._end()
            self.call_later(on_done, result)

        self._rows, self._told = 0, told
        self._tell(told)
        self.query_one("#progress", ProgressBar).update(total=None, progress=0)
        self.query_one("#progress").display = True
        self._jobs.run("import", work, on_done=done, on_failed=self._failed)
        self.refresh_bindings()

    def _end(self) -> None:
        self.query_one("#progress").display = False
        self._tell("")

    def _failed(self, error: CrmtuiError) -> None:
        self._end()
        self._tell(str(error), is_wrong=True)
        self.refresh_bindings()

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.display = bool(sentence)
        told.update(show.block(sentence))
        told.set_class(is_wrong, "-wrong")


def summary(report: ImportReport) -> str:
    """What an import did, in a sentence."""
    if not report.done:
        return nothing_changed(report)
    new, changed = sum(file.new for file in report.files), sum(file.updated for file in report.files)
    told = [ngettext("{count} new record", "{count} new records", new)]
    if changed:
        told.append(ngettext("{count} filled in", "{count} filled in", changed))
    if report.rejected:
        told.append(ngettext("{count} row refused", "{count} rows refused", report.rejected))
    return _("Imported: {what}.").format(what=", ".join(told))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _imported(plan: Plan, heed: Callable[[], None], tell: Callable[[int], None], *, dry_run: bool) -> ImportReport:
    """In a thread."""
    options = replace(plan.options(dt.datetime.now(dt.UTC), heed, dry_run=dry_run), tell=tell)
    return importing.import_files(plan.path, plan.files, options, Source.TUI)
