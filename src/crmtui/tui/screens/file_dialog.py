"""What asks for a few choices and for a file, and writes it; nothing is replaced without asking."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.containers import Horizontal
from textual.widgets import Label, ProgressBar, Static

from crmtui import figures
from crmtui.errors import CancelledError, FileProblemError
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError

BACK: Final = Answer("back", N_("Back"))
REPLACE: Final = Answer("replace", N_("Replace it"))
FORM: Final = "form"
_OFTEN: Final = 0.2  # seconds


class Choice(NamedTuple):
    """Words side by side of which one is chosen, or any number.

    Attributes:
        name: by which it is asked for.
        label: what stands before it, translated.
        items: the words; the first is chosen to begin with.
        many: whether any number is chosen; then it begins with none, until it is told which.
    """

    name: str
    label: str
    items: Sequence[Item]
    many: bool = False


class FileDialog(Dialog[str]):
    """Dismissed with a sentence that tells where the file is, or with None.

    What derives from it says its choices, among them one named "form" whose values are endings of files, which file
    is suggested for what is chosen, and how it is written.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="file.take", key="enter,ctrl+s", label=N_("Write"), does="take", priority=True),
        Action(id="file.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="file.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    FileDialog {
        & Horizontal { height: auto; }
        & Label { width: 10; color: $foreground 60%; }
        & LineInput { width: 1fr; }
        & #about { height: auto; margin-bottom: 1; }
        & #progress { display: none; margin-top: 1; }
        & #told { height: auto; max-height: 6; margin-top: 1; color: $foreground 60%; }
        & #told.-wrong { color: $text-error; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._jobs = Jobs(self)
        self._suggested = ""
        self._stop = threading.Event()
        self._at = (0, 0)  # how many rows are written, and of how many; set by the thread that writes

    # What is said by what derives from it

    def choices(self) -> Sequence[Choice]:
        """The lines, from above."""
        return ()

    def about(self) -> str:
        """What stands above them, translated; '' for nothing."""
        return ""

    def suggestion(self) -> Path:
        """The file that is suggested for what is chosen."""
        raise NotImplementedError

    def writing(self) -> Callable[[Path], str]:
        """What writes what is chosen into a file, in a thread, and returns a sentence of it."""
        raise NotImplementedError

    # What it does by itself

    def compose_box(self) -> ComposeResult:
        """The choices, and where to."""
        if about := self.about():
            yield Static(show.block(about), id="about", markup=False)
        for choice in self.choices():
            with Horizontal(id=f"line-{choice.name}"):
                yield Label(show.label(choice.label))
                first = [] if choice.many else [choice.items[0].value]
                yield Options(choice.items, first, many=choice.many, id=choice.name)
        with Horizontal():
            yield Label(show.label(_("File")))
            yield LineInput(id="file")
        yield ProgressBar(total=None, show_percentage=False, show_eta=False, id="progress")
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Suggest a file, and show how far it is when one is written."""
        self._suggest()
        self.set_interval(_OFTEN, self._show_on)

    def chosen(self, name: str) -> str:
        """The value that is chosen in a line."""
        return self.query_one(f"#{name}", Options).values[0]

    @property
    def _line(self) -> LineInput:
        return self.query_one("#file", LineInput)

    @property
    def _ending(self) -> str:
        """That of the file's name, as formats are named."""
        return Path(self._line.value.strip()).suffix.removeprefix(".").lower()

    @property
    def _labels(self) -> Mapping[str, str]:
        """What the formats to choose from are called."""
        return {item.value: item.label for choice in self.choices() if choice.name == FORM for item in choice.items}

    @property
    def has_typed(self) -> bool:
        """Whether the user named a file of their own."""
        return self._line.value != self._suggested

    @on(Options.Changed)
    def _suggest(self) -> None:
        """The name of the file follows what is chosen, as far as it is not the user's own."""
        if self._suggested and self.has_typed:
            if self._ending in self._labels:
                self._line.value = str(Path(self._line.value).with_suffix(f".{self.chosen(FORM)}"))
            return
        self._line.value = str(self.suggestion())
        self._suggested = self._line.value

    def action_take(self) -> None:
        """Write it; where there is a file already, ask first."""
        if not self._line.value.strip():
            self._tell(_("To which file? Name one."), is_wrong=True)
        elif self._ending in self._labels and self._ending != self.chosen(FORM):
            told = _("The name ends in .{ending}, and the format is {form}: change one of them.")
            self._tell(told.format(ending=self._ending, form=self._labels[self.chosen(FORM)]), is_wrong=True)
        else:
            self._write(may_replace=False)

    def _write(self, *, may_replace: bool) -> None:
        if self._jobs.is_busy("write"):
            return
        self._stop.clear()
        self._at = (0, 0)
        self._show_progress()
        self.query_one("#progress").display = True
        work = partial(_written, self.writing(), self._line.value.strip(), may_replace=may_replace)
        self._jobs.run("write", work, on_done=self._done, on_failed=self._failed)

    def action_leave(self) -> None:
        """Stop writing; or leave."""
        if self._jobs.is_busy("write"):
            self._stop.set()
            self._tell(_("Stopping"))
        else:
            super().action_leave()

    def heed(self, done: int = 0, total: int = 0) -> None:
        """In the thread that writes, again and again: note how far it is; end where the user has asked for it."""
        self._at = (done, total)
        if self._stop.is_set():
            raise CancelledError(_("Stopped; nothing was written."))

    def _show_progress(self) -> None:
        """How far it is, as far as somebody knows."""
        if self._stop.is_set():
            return
        done, total = self._at
        self.query_one("#progress", ProgressBar).update(total=total or None, progress=done)
        if total:
            told = _("Writing, {done} of {total}; esc stops it")
            self._tell(told.format(done=figures.count(done), total=figures.count(total)))
        else:
            self._tell(_("Writing; esc stops it"))

    def _show_on(self) -> None:
        if self._jobs.is_busy("write"):
            self._show_progress()

    def _done(self, told: str) -> None:
        self.query_one("#progress").display = False
        if told:
            self.dismiss(told)
            return
        self._tell("")
        question = _("{file} is there already. Writing takes its place.").format(file=self._line.value.strip())
        self.app.push_screen(AskScreen(self._title, question, (BACK, REPLACE)), self._decided)

    def _decided(self, answer: str | None) -> None:
        if answer == REPLACE.id:
            self._write(may_replace=True)

    def _failed(self, error: CrmtuiError) -> None:
        self.query_one("#progress").display = False
        self._tell(str(error), is_wrong=True)

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.update(show.block(sentence))
        told.set_class(is_wrong, "-wrong")


def _written(write: Callable[[Path], str], typed: str, *, may_replace: bool) -> str:
    """In a thread: a sentence of what was written and where; '' where a file is there that may not be replaced."""
    try:
        target = Path(typed).expanduser().absolute()
        if target.is_file() and not may_replace:
            return ""
    except (OSError, RuntimeError, ValueError):
        raise FileProblemError(_("{path} cannot be the name of a file; choose another.").format(path=typed)) from None
    return write(target)
