"""How an action, an objective or a promise ended: one of a few words, and a line of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from textual.containers import Horizontal
from textual.widgets import Label, Static

from crmtui.commands.action_plan import Ended
from crmtui.commands.settling import Settled
from crmtui.domain.words import Achieved, Kept
from crmtui.text import N_, _
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from crmtui.domain.fields import Word

Result = TypeVar("Result")
_ACHIEVED: Final = {word.value: word for word in Achieved}
_KEPT: Final = {word.value: word for word in Kept}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Attributes:
        words: the words to choose from, the usual one first.
        label: what stands before the text, untranslated.
        placeholder: what is to be written, untranslated.
        text: what is written there already.
    """

    words: tuple[Word, ...]
    label: str
    placeholder: str
    text: str = ""


class WordScreen(Dialog[Result], Generic[Result]):
    """Asks for a word and a line; dismissed with what they make, or with None when the user went back.

    Args:
        title: what is done, translated.
        about: what it is done to, a line each.
        asked: the words and the line.
    """

    HELP = N_("Choose a word, by the arrows or its first letter; enter takes it.")
    BINDINGS: ClassVar = bindings(
        Action(id="ending.take", key="enter,ctrl+s", label=N_("Save"), does="take", priority=True),
        Action(id="ending.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="ending.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    WordScreen {
        & #about { color: $foreground 60%; height: auto; max-height: 6; margin-bottom: 1; }
        & #about { text-wrap: nowrap; text-overflow: ellipsis; }
        & Horizontal { height: auto; }
        & Label { width: 12; color: $foreground 60%; }
        & LineInput { width: 1fr; }
    }
    """

    def __init__(self, title: str, about: Content, asked: Asked) -> None:
        super().__init__(title)
        self._about = about
        self._asked = asked
        self._line, self._newline, self._more = asked.text.partition("\n")

    def compose_box(self) -> ComposeResult:
        """The words, then the line."""
        yield Static(self._about, id="about")
        with Horizontal():
            yield Label(_("It was"))
            words = [Item(word.value, _(word.label)) for word in self._asked.words]
            yield Options(words, [words[0].value], id="word")
        with Horizontal():
            yield Label(_(self._asked.label))
            yield LineInput(self._line, placeholder=_(self._asked.placeholder), id="line")

    @property
    def _typed(self) -> str:
        return self.query(LineInput).first().value

    @property
    def has_typed(self) -> bool:
        """Whether the line is another one."""
        return self._typed != self.query(LineInput).first().begun

    def action_take(self) -> None:
        """Give what was chosen and typed; lines that were not shown stay below it."""
        (chosen,) = self.query_one("#word", Options).values
        line = self._typed.strip()
        self.dismiss(self.made(chosen, f"{line}{self._newline}{self._more}" if line else ""))

    def made(self, word: str, text: str) -> Result:
        """What the value of the word and the text make."""
        raise NotImplementedError


class EndScreen(WordScreen[Ended]):
    """How far an action or an objective was achieved, and one lesson."""

    def __init__(self, title: str, about: Content, lesson: str = "") -> None:
        words = tuple(reversed(Achieved))
        super().__init__(title, about, Asked(words, N_("Lesson"), N_("what to do again, or differently"), lesson))

    def made(self, word: str, text: str) -> Ended:
        """How it ended."""
        return Ended(_ACHIEVED[word], text)


class KeptScreen(WordScreen[Settled]):
    """Whether a promise was kept, and what came of it."""

    def __init__(self, title: str, about: Content, note: str = "") -> None:
        super().__init__(title, about, Asked(tuple(Kept), N_("Note"), N_("what came of it, in a line"), note))

    def made(self, word: str, text: str) -> Settled:
        """What became of it."""
        return Settled(_KEPT[word], text)
