"""The first screen of a workspace that is not there yet: three ways to begin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.footer import Footer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError

GAP: Final = 2
SAMPLE: Final = "sample"
FILES: Final = "files"
EMPTY: Final = "empty"
WAYS: Final = (
    (SAMPLE, N_("Sample workspace"), N_("customers and their people, to try things on")),
    (FILES, N_("Import a file"), N_("from Excel, CSV, vCard, calendars, other CRMs")),
    (EMPTY, N_("Start empty"), N_("and write down the first customer")),
)


class Ways(OptionList):
    """The ways to begin."""

    BINDINGS: ClassVar = bindings(Action(id="welcome.take", key="enter", label=N_("Choose"), does="select"))


class WelcomeScreen(Screen[None]):
    """Offers the three ways, and begins in the one that is chosen; dismissed when the workspace is there.

    Args:
        path: where the workspace will be.
        today: what the sample's dates are counted from.
    """

    HELP = N_("There is no workspace here yet. Choose how to begin; nothing is written before you do.")
    BINDINGS: ClassVar = bindings(
        Action(id="app.quit", key="q,ctrl+q", label=N_("Quit"), does="app.quit"),
    )
    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;
        & > #welcome { width: 76; max-width: 100%; height: auto; padding: 1 2; }
        & #name { text-style: bold; color: $primary; }
        & #place { color: $foreground 60%; margin-bottom: 1; }
        & #ways { height: auto; border: none; padding: 0; background: transparent; }
        & #told { color: $foreground 60%; margin-top: 1; height: auto; }
        & #told.-wrong { color: $text-error; }
        & > Footer { dock: bottom; }
    }
    """

    def __init__(self, path: Path, today: dt.date) -> None:
        super().__init__()
        self._path = path
        self._today = today
        self._jobs = Jobs(self)

    def compose(self) -> ComposeResult:
        """The ways, and below them what there is to say."""
        with Vertical(id="welcome"):
            yield Static(Content("crmtui"), id="name")
            yield Static(show.label(_("A new workspace at {path}").format(path=self._path)), id="place")
            room = max(cell_len(_(label)) for _way, label, _what in WAYS) + GAP
            yield Ways(
                *(Option(_offered(label, what, room), id=way) for way, label, what in WAYS), id="ways", markup=False
            )
            yield Static(id="told")
        yield Footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin."""
        event.stop()
        if event.option_id == FILES:
            from crmtui.tui.screens.importing import ImportScreen

            self.app.push_screen(ImportScreen(self._path), self._imported)
        elif event.option_id == SAMPLE:
            self._begin(partial(_sample, self._path, self._today))
        else:
            self._begin(partial(_empty, self._path))

    def _imported(self, told: str | None) -> None:
        if told is not None:
            self._done(told)

    def _begin(self, work: Callable[[], None]) -> None:
        if not self._jobs.is_busy("begin"):
            self._tell(_("One moment"))
            self._jobs.run("begin", work, on_done=lambda _done: self._done(), on_failed=self._failed)

    def _done(self, told: str = "") -> None:
        self.dismiss(None)
        if told:
            self.app.notify(told, markup=False, timeout=10)

    def _failed(self, error: CrmtuiError) -> None:
        self._tell(str(error), is_wrong=True)

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.update(show.block(sentence))
        told.set_class(is_wrong, "-wrong")


def _offered(label: str, what: str, room: int) -> Content:
    return Content.assemble(show.cells(Content.styled(_(label), "bold"), room), (_(what), show.MUTED))


def _sample(path: Path, today: dt.date) -> None:
    from crmtui.commands.sample import create_sample

    create_sample(path, today)


def _empty(path: Path) -> None:
    from crmtui.commands import workspace
    from crmtui.domain.words import Source

    workspace.create(path, source=Source.TUI)
