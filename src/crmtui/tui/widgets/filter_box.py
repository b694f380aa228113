"""The box that filters a list while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.widget import Widget
from textual.widgets import Static

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from textual.widgets import Input


class Filtered(Protocol):
    """What a filter box filters: a list, or several that show the same records."""

    def set_filter(self, words: str) -> None:
        """Show what answers to these words."""

    def focus(self) -> object:
        """Take the focus back from the box."""


class FilterBox(LineInput):
    """One line above a list; shown while it has the focus or holds words. Enter keeps them, escape takes them away.

    Args:
        target: what it filters.
        placeholder: what can be typed, translated.
    """

    SCOPED_CSS = False  # the line below is a sibling
    DEFAULT_CSS = """
    FilterBox { display: none; }
    FilterBox.-open { display: block; }
    .filter--wrong { display: none; padding: 0 1; color: $text-error; }
    .filter--wrong.-said { display: block; }
    """
    BINDINGS: ClassVar = bindings(
        Action(id="filter.keep", key="enter,down", label=N_("To the list"), does="keep"),
        Action(id="filter.clear", key="escape", label=N_("Take the filter away"), does="clear"),
    )

    def __init__(self, target: Filtered, placeholder: str = "") -> None:
        hint = placeholder or _("words, or level:buyer, owner:me, tag:x")
        super().__init__(placeholder=hint, select_on_focus=False)
        self._target = target
        self._wrong = Static(classes="filter--wrong", markup=False)

    def on_mount(self) -> None:
        """Keep a line below for what is wrong with the filter."""
        if isinstance(self.parent, Widget):
            self.parent.mount(self._wrong, after=self)

    def show_words(self, words: str) -> None:
        """Filter by other words; the focus stays where it is."""
        self.set_class(bool(words), "-open")
        self.value = words

    def judge(self, sentence: str) -> None:
        """Say below what is wrong with the filter; nothing when it is empty."""
        self._wrong.update(show.block(f"{show.glyphs().urgent} {sentence}"))
        self._wrong.set_class(bool(sentence), "-said")

    def open(self) -> None:
        """Show the box and type into it."""
        self.add_class("-open")
        self.screen.set_focus(self)  # at once: the next key may be there already

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        self._target.set_filter(event.value.strip())
        self.refresh_bindings()

    def action_keep(self) -> None:
        """Go to the list, which stays filtered."""
        self._leave()

    def action_clear(self) -> None:
        """Show the whole list again."""
        self.value = ""
        self._leave()

    def _leave(self) -> None:
        self.set_class(bool(self.value), "-open")
        self._target.focus()
