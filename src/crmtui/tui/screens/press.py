"""Asking for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class PressScreen(Dialog[str]):
    """Dismissed with the next key that is pressed, as the keymap names it; escape goes back.

    Args:
        title: what the key is for, shown as text.
    """

    def compose_box(self) -> ComposeResult:
        """The request."""
        yield Static(show.label(_("Press the new key. Backspace gives back the usual one.")))

    def on_key(self, event: events.Key) -> None:
        """Take the key."""
        if event.key in ("escape", "f1"):
            return
        event.stop()
        event.prevent_default()
        self.dismiss("" if event.key == "backspace" else event.key)
