"""What lies over a screen: dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from textual.app import ComposeResult

Result = TypeVar("Result")
LEAVE: Final = Action(id="dialog.leave", key="escape", label=N_("Back"), help=N_("Go back where you were."))


class Dialog(ModalScreen[Result]):
    """A titled box over the screen below, with its own keys in the last line.

    Args:
        title: what it is about, translated or from a record; shown as text.
    """

    HELP: ClassVar[str | None] = None
    BINDINGS: ClassVar = bindings(
        LEAVE,
        Action(id="app.help", key="f1", label=N_("Help"), does="app.help", help=N_("Help for what has the focus.")),
    )
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > #dialog {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $primary;
            border-title-style: bold;
            border-subtitle-color: $foreground 60%;
            background: $surface;
            padding: 0 1;
        }
        & > Footer { dock: bottom; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The box and the keys."""
        with Vertical(id="dialog") as box:
            box.border_title = show.label(self._title)
            yield from self.compose_box()
        yield Footer()

    def compose_box(self) -> ComposeResult:
        """What is in the box."""
        yield from ()

    @property
    def has_typed(self) -> bool:
        """Whether something was typed that is lost with the dialog."""
        return False

    def action_leave(self) -> None:
        """Close without an answer; where something was typed, ask first."""
        if not self.has_typed:
            self.dismiss(None)
            return
        from crmtui.tui.screens.ask import DISCARD, STAY, AskScreen

        def answered(answer: str | None) -> None:
            if answer == DISCARD.id:
                self.dismiss(None)

        self.app.push_screen(AskScreen(self._title, _("What you typed is not saved yet."), (STAY, DISCARD)), answered)
