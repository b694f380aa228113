"""Something told in a box, such as the terms behind a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content


class ToldScreen(Dialog[None]):
    """A text to read.

    Args:
        title: what it is about, translated or from a record; shown as text.
        content: what is told.
    """

    DEFAULT_CSS: ClassVar[str] = """
    ToldScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, title: str, content: Content) -> None:
        super().__init__(title)
        self.content = content

    def compose_box(self) -> ComposeResult:
        """The text, to scroll through."""
        with VerticalScroll():
            yield Static(self.content, markup=False)
