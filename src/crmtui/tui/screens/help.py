"""Help for what has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
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
LABELS: Final = 18  # at least
WIDTH: Final = 70  # of the box on the narrowest screen


class OfferLine(Static):
    """A key and what it does; a click does it."""

    class Clicked(Message):
        """It is to be done.

        Attributes:
            offer: what was clicked.
        """

        def __init__(self, offer: Offer) -> None:
            super().__init__()
            self.offer = offer

    def __init__(self, offer: Offer, labels: int = LABELS) -> None:
        super().__init__(_line(offer, labels), markup=False)
        self.offer = offer

    def on_click(self) -> None:
        """Tell it to the screen."""
        self.post_message(self.Clicked(self.offer))


class HelpScreen(Dialog[None], inherit_bindings=False):
    """What the focused widget, its panes and the screen are for, and the keys that work there now.

    A click on a line does what it says, so that all that has a key can be done with the mouse too.

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
    HelpScreen {
        & VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        & .told { margin-bottom: 1; }
        & .last { margin-bottom: 1; }
        & OfferLine:hover { background: $block-cursor-background 40%; }
    }
    """

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__(_("Help"))
        self.parts = tuple(_parts(about))

    def compose_box(self) -> ComposeResult:
        """All of it, to scroll through."""
        with VerticalScroll(can_focus=False):
            for part in self.parts:
                yield from part.widgets()

    @on(OfferLine.Clicked)
    def _do(self, event: OfferLine.Clicked) -> None:
        """Do what was clicked, where help was asked for."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, event.offer.action, event.offer.active.node)

    def action_scroll(self, by: int) -> None:
        """Show what is further down, or up."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


@dataclass(frozen=True, slots=True)
class Part:
    """What there is to say of one node.

    Attributes:
        sentence: what it is for, translated; '' for nothing.
        offers: what can be done there.
    """

    sentence: str
    offers: tuple[Offer, ...]

    def widgets(self) -> Iterator[Static]:
        """The sentence, then a line for each that can be done."""
        if self.sentence:
            yield Static(self.sentence, markup=False, classes="told")
        for offer in self.offers:
            line = OfferLine(offer, self.labels)
            line.set_class(offer is self.offers[-1], "last")
            yield line

    @property
    def labels(self) -> int:
        """The cells of the widest label: sentences stand below each other in any language."""
        return max((LABELS, *(cell_len(offer.label) for offer in self.offers if offer.help)))

    @property
    def plain(self) -> str:
        """All of it as text."""
        return "\n".join((self.sentence, *(_line(offer, self.labels).plain for offer in self.offers)))


def _parts(about: Screen[Any]) -> Iterator[Part]:
    """From the focus upwards: what each is for, then its keys."""
    offered = list(offers(about))
    start: DOMNode = about.focused or about
    for node in (*start.ancestors_with_self,):
        sentence = getattr(node, "HELP", "") or ""
        keys = tuple(offer for offer in offered if offer.active.node is node)
        if sentence or keys:
            yield Part(_(sentence), keys)


def _line(offer: Offer, labels: int) -> Content:
    keys = show.cells(Content.styled(" ".join(offer.keys), "bold"), KEYS)
    if not offer.help:
        return Content.assemble(keys, " ", offer.label)
    head = Content.assemble(keys, " ", show.cells(offer.label, max(labels, cell_len(offer.label))), " ")
    return Content("\n").join(show.hanging(head, Content.styled(offer.help, show.MUTED), WIDTH))
