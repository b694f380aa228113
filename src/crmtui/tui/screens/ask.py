"""A question with a few answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.widgets import Button, Static

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer.

    Attributes:
        id: what the caller gets.
        label: what is shown, untranslated.
    """

    id: str
    label: str


STAY: Final = Answer("stay", N_("Stay"))
DISCARD: Final = Answer("discard", N_("Discard"))


class AskScreen(Dialog[str]):
    """Ask; dismissed with the id of the answer, or None when the user went back.

    Args:
        title: what it is about, shown as text.
        question: the question, translated; names in it stay text.
        answers: the answers; the first has the focus, so let it be the harmless one.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="ask.left", key="left,h", label=N_("Left"), does="app.focus_previous", show=False),
        Action(id="ask.right", key="right,l", label=N_("Next answer"), does="app.focus_next"),
        Action(id="ask.take", key="enter", label=N_("Choose"), does="take", priority=True),
    )
    DEFAULT_CSS = """
    AskScreen {
        & #question { padding: 1 0; }
        & #answers { height: auto; align-horizontal: right; }
        & Button { margin-left: 1; min-width: 8; }
    }
    """

    def __init__(self, title: str, question: str, answers: Sequence[Answer]) -> None:
        super().__init__(title)
        self._question = question
        self._answers = answers

    def compose_box(self) -> ComposeResult:
        """The question above its answers."""
        yield Static(show.block(self._question), id="question")
        with Horizontal(id="answers"):
            for answer in self._answers:
                yield Button(show.label(_(answer.label)), id=f"answer-{answer.id}", compact=True)

    def action_take(self) -> None:
        """Give the answer that has the focus."""
        if isinstance(self.focused, Button):
            self.focused.press()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer."""
        event.stop()
        self.dismiss((event.button.id or "").removeprefix("answer-"))
