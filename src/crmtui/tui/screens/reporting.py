"""Asks for which report, for whom and where to, and writes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal
from textual.widgets import Label, Static

from crmtui import paths
from crmtui.commands import reporting
from crmtui.commands.reporting import Wish
from crmtui.errors import FileProblemError
from crmtui.queries.reports import Report
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.tui.screens.base import RoomScreen

LABELS: Final[Mapping[Report, str]] = {
    Report.ACCOUNT: N_("Account plan"),
    Report.OPPORTUNITY: N_("Opportunity review"),
    Report.DMU: N_("DMU sheet"),
    Report.QUARTER: N_("Quarterly review"),
}
OF_ACCOUNT: Final = (Report.ACCOUNT, Report.DMU, Report.QUARTER)
OF_MAP: Final = (Report.DMU, Report.ACCOUNT, Report.QUARTER)
OF_OPPORTUNITY: Final = (Report.OPPORTUNITY,)
READERS: Final = {"internal": N_("ourselves"), "customer": N_("the customer")}
FORMS: Final = {"html": "HTML", "md": "Markdown"}
MOST_OF_NAME: Final = 36  # characters, so that the kind of report is still in the name of the file
BACK: Final = Answer("back", N_("Back"))
REPLACE: Final = Answer("replace", N_("Replace it"))


class ReportScreen(Dialog[str]):
    """Dismissed with a sentence that tells where the report is, or with None.

    Args:
        workspace: the file.
        today: the day it is made.
        name: of whom, for the name of the file.
        key: of the account or the opportunity.
        choice: the reports to choose from; the first is chosen.
    """

    HELP = N_(
        "Up and down go from line to line, left and right choose, enter writes. A report for the customer holds only "
        "what may leave the house; one for ourselves holds judgements on people."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="report.take", key="enter,ctrl+s", label=N_("Write"), does="take", priority=True),
        Action(id="report.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="report.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    ReportScreen {
        & Horizontal { height: auto; }
        & Label { width: 10; color: $foreground 60%; }
        & LineInput { width: 1fr; }
        & #told { height: auto; max-height: 6; margin-top: 1; color: $foreground 60%; }
        & #told.-wrong { color: $text-error; }
    }
    """

    def __init__(self, workspace: Path, today: dt.date, name: str, key: int, choice: Sequence[Report]) -> None:
        super().__init__(_("Report: {name}").format(name=name))
        self._workspace, self._today, self._called, self._key = workspace, today, name, key
        self._choice = choice
        self._jobs = Jobs(self)
        self._suggested = ""

    def compose_box(self) -> ComposeResult:
        """Which, for whom, how, and where to."""
        lines = (
            ("what", _("Report"), [Item(what.value, _(LABELS[what])) for what in self._choice]),
            ("reader", _("For"), [Item(word, _(label)) for word, label in READERS.items()]),
            ("form", _("Format"), [Item(word, label) for word, label in FORMS.items()]),
        )
        for name, label, items in lines:
            with Horizontal():
                yield Label(show.label(label))
                yield Options(items, [items[0].value], id=name)
        with Horizontal():
            yield Label(show.label(_("File")))
            yield LineInput(id="file")
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Suggest a file."""
        self._suggest()

    @property
    def _line(self) -> LineInput:
        return self.query_one("#file", LineInput)

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        what, reader, form = (self.query_one(f"#{name}", Options).values[0] for name in ("what", "reader", "form"))
        return Wish(what=Report(what), key=self._key, form=form, reader=reader)

    @property
    def has_typed(self) -> bool:
        """Whether the user named a file of their own."""
        return self._line.value != self._suggested

    @on(Options.Changed)
    def _suggest(self) -> None:
        """The name of the file follows what is chosen, as far as it is not the user's own."""
        wish = self.wish
        if self._suggested and self.has_typed:
            own = Path(self._line.value)
            if own.suffix.lstrip(".") in reporting.FORMS:
                self._line.value = str(own.with_suffix(f".{wish.form}"))
            return
        title = f"{self._called[:MOST_OF_NAME].strip()} - {_(LABELS[wish.what])}"
        self._line.value = str(reporting.suggested(title, wish.form, paths.documents()))
        self._suggested = self._line.value

    def action_take(self) -> None:
        """Write it; where there is a file already, ask first."""
        if not self._line.value.strip():
            self._tell(_("To which file? Name one."), is_wrong=True)
        else:
            self._write(may_replace=False)

    def _write(self, *, may_replace: bool) -> None:
        if self._jobs.is_busy("write"):
            return
        self._tell(_("Writing"))
        work = partial(
            _written, self._workspace, self.wish, self._today, self._line.value.strip(), may_replace=may_replace
        )
        self._jobs.run("write", work, on_done=self._done, on_failed=self._failed)

    def _done(self, told: str) -> None:
        if told:
            self.dismiss(told)
            return
        self._tell("")
        question = _("{file} is there already. Writing takes its place.").format(file=self._line.value.strip())
        self.app.push_screen(AskScreen(_("Report"), question, (BACK, REPLACE)), self._decided)

    def _decided(self, answer: str | None) -> None:
        if answer == REPLACE.id:
            self._write(may_replace=True)

    def _failed(self, error: CrmtuiError) -> None:
        self._tell(str(error), is_wrong=True)

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.update(show.block(sentence))
        told.set_class(is_wrong, "-wrong")


def ask(screen: RoomScreen, name: str, key: int, choice: Sequence[Report]) -> None:
    """Let the user choose a report, write it, and tell where it is."""

    def closed(told: str | None) -> None:
        if told is not None:
            screen.crm.tell(told)

    screen.app.push_screen(ReportScreen(screen.workspace, screen.crm.today, name, key, choice), closed)


def _written(workspace: Path, wish: Wish, today: dt.date, typed: str, *, may_replace: bool) -> str:
    """In a thread: a sentence of what was written and where; '' where a file is there that may not be replaced."""
    try:
        target = Path(typed).expanduser().absolute()
        if target.is_file() and not may_replace:
            return ""
    except (OSError, RuntimeError, ValueError):
        raise FileProblemError(_("{path} cannot be the name of a file; choose another.").format(path=typed)) from None
    written = reporting.write(workspace, wish, today, target)
    return _("{title}: written to {file}.").format(title=written.title, file=str(target))
