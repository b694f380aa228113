"""Help for what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.actions import Offer, offers
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.screen import Screen

KEYS: Final = 14  # cells


class HelpScreen(Dialog[None]):
    """What the focused widget, its panes and the screen are for, and the keys that work there now.

    Args:
        about: the screen that help is asked for.
    """

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__(_("Help"))
        self.parts = tuple(_parts(about))

    def compose_box(self) -> ComposeResult:
        """All of it, to scroll through."""
        with VerticalScroll():
            for part in self.parts:
                yield Static(part)


def _parts(about: Screen[Any]) -> Iterator[Content]:
    """From the focus upwards: what each is for, then its keys."""
    offered = list(offers(about))
    start: DOMNode = about.focused or about
    for node in (*start.ancestors_with_self,):
        if sentence := getattr(node, "HELP", ""):
            yield Content(_(sentence) + "\n")
        if keys := [offer for offer in offered if offer.active.node is node]:
            yield Content.assemble(Content("\n").join(map(_line, keys)), "\n")


def _line(offer: Offer) -> Content:
    keys = show.cells(Content.styled(" ".join(offer.keys), "bold"), KEYS)
    return Content.assemble(keys, " ", offer.label, (f"  {offer.help}", show.MUTED))
