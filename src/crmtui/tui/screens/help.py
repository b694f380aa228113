"""Help for what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, Offer, bindings, offers
from crmtui.tui.screens.dialog import LEAVE, Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.screen import Screen

KEYS: Final = 12  # cells
LABELS: Final = 18


class HelpScreen(Dialog[None], inherit_bindings=False):
    """What the focused widget, its panes and the screen are for, and the keys that work there now.

    Args:
        about: the screen that help is asked for.
    """

    BINDINGS: ClassVar = bindings(
        LEAVE,
        Action(id="help.down", key="down,j", label=N_("Down"), does="scroll(1)", show=False),
        Action(id="help.up", key="up,k", label=N_("Up"), does="scroll(-1)", show=False),
        Action(id="help.page_down", key="pagedown,space", label=N_("Page down"), does="scroll(12)", show=False),
        Action(id="help.page_up", key="pageup", label=N_("Page up"), does="scroll(-12)", show=False),
    )
    DEFAULT_CSS = """
    HelpScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__(_("Help"))
        self.parts = tuple(_parts(about))

    def compose_box(self) -> ComposeResult:
        """All of it, to scroll through."""
        with VerticalScroll(can_focus=False):
            for part in self.parts:
                yield Static(part)

    def action_scroll(self, by: int) -> None:
        """Show what is further down, or up."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


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
    if not offer.help:
        return Content.assemble(keys, " ", offer.label)
    return Content.assemble(keys, " ", show.cells(offer.label, LABELS), " ", (offer.help, show.MUTED))
