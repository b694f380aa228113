"""Why a line is told, over the screen that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content


class WhyScreen(Dialog[None]):
    """What is behind a line.

    Args:
        title: what is told, translated.
        told: the reason.
    """

    DEFAULT_CSS = """
    WhyScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, title: str, told: Content) -> None:
        super().__init__(title)
        self._told = told

    def compose_box(self) -> ComposeResult:
        """The reason."""
        with VerticalScroll():
            yield Static(self._told, markup=False)
