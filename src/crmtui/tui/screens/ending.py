"""How an action or an objective ended: not, partly or fully achieved, and what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Label, Static

from crmtui.commands.action_plan import Ended
from crmtui.domain.words import Achieved
from crmtui.text import N_, _
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

_WORDS = {word.value: word for word in Achieved}


class EndScreen(Dialog[Ended]):
    """Asks how far, and for one lesson; dismissed with both, or with None when the user went back.

    Args:
        title: what is done, translated.
        about: what it is done to, a line each.
        lesson: what is written there already; its first line can be changed, the others stay.
    """

    HELP = N_("Choose how far it was achieved, by the arrows or the first letter; enter takes it.")
    BINDINGS: ClassVar = bindings(
        Action(id="ending.take", key="enter,ctrl+s", label=N_("Save"), does="take", priority=True),
        Action(id="ending.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="ending.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    EndScreen {
        & #about { color: $foreground 60%; height: auto; max-height: 6; margin-bottom: 1; }
        & #about { text-wrap: nowrap; text-overflow: ellipsis; }
        & Horizontal { height: auto; }
        & Label { width: 12; color: $foreground 60%; }
        & LineInput { width: 1fr; }
    }
    """

    def __init__(self, title: str, about: Content, lesson: str = "") -> None:
        super().__init__(title)
        self._about = about
        self._lesson, self._newline, self._more = lesson.partition("\n")

    def compose_box(self) -> ComposeResult:
        """The words, then the lesson."""
        yield Static(self._about, id="about")
        with Horizontal():
            yield Label(_("It was"))
            words = [Item(word.value, _(word.label)) for word in reversed(Achieved)]
            yield Options(words, [Achieved.FULLY.value], id="achieved")
        with Horizontal():
            yield Label(_("Lesson"))
            yield LineInput(self._lesson, placeholder=_("what to do again, or differently"), id="lesson")

    @property
    def _typed(self) -> str:
        return next(iter(self.query(LineInput))).value

    @property
    def has_typed(self) -> bool:
        """Whether the lesson is another one."""
        return self._typed != self._lesson

    def action_take(self) -> None:
        """Give what was chosen and typed."""
        (chosen,) = self.query_one("#achieved", Options).values
        lesson = self._typed.strip()
        self.dismiss(Ended(_WORDS[chosen], f"{lesson}{self._newline}{self._more}" if lesson else ""))
