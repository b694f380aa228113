"""One line to type into, which holds clean text only, whatever is typed or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from crmtui import text
from crmtui.text import _

if TYPE_CHECKING:
    from textual import events

LONGEST: Final = 10_000  # characters; more would make each key slow, and no field of one line takes as many


class LineInput(Input):
    """An input whose text never holds controls, bidi marks or newlines."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { border: none; height: 1; padding: 0 1; background: $panel; }
    LineInput:focus { background: $primary 20%; }
    """

    begun = ""  # what stood there at first

    def on_mount(self) -> None:
        """Remember what stands there: it is not the user's doing, also where cleaning has changed it."""
        self.begun = self.value

    def validate_value(self, value: str) -> str:
        """Cleaned; line ends become blanks."""
        return _one_line(value)

    def replace(self, text: str, start: int, end: int) -> None:  # noqa: D102 - as in Input
        typed = _one_line(text)
        if len(self.value) + len(typed) > LONGEST:
            self.app.notify(
                _("That is too long for this field ({count} characters) and was left out.").format(count=len(typed)),
                severity="warning",
                markup=False,
            )
            return
        super().replace(typed, start, end)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste all lines as one; Textual's own would drop all but the first."""
        event.stop()
        event.prevent_default()
        self.replace(event.text, *self.selection)


def _one_line(raw: str) -> str:
    return text.clean(raw).replace("\n", " ").replace("\t", " ")
