"""The last line: what can be done here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from crmtui.tui.actions import Offer, offers

if TYPE_CHECKING:
    from textual import events

GAP: Final = "  "
STAYING: Final = ("import.next", "app.help")  # the way on, and the way to the rest


class Footer(Widget):
    """The keys that work now, the focused widget's first; what does not fit is in the help and the palette."""

    DEFAULT_CSS = """
    Footer { height: 1; padding: 0 1; color: $foreground 60%; background: $panel; }
    """

    def on_mount(self) -> None:
        """Follow what can be done; it is asked once a frame, however often it may have changed."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Content:
        """The line."""
        return Content(GAP).join(content for _offer, content in self._fitting())

    def _fitting(self) -> list[tuple[Offer, Content]]:
        """As many as the line has room for; the way on and help stay, at its end."""
        shown = [offer for offer in offers(self.screen) if offer.is_shown] if self.screen.is_attached else []
        last = [(offer, self._one(offer)) for offer in shown if offer.active.binding.id in STAYING]
        width = self.content_size.width - sum(content.cell_length + len(GAP) for _offer, content in last)
        fitting: list[tuple[Offer, Content]] = []
        for offer in shown:
            if offer.active.binding.id in STAYING:
                continue
            content = self._one(offer)
            width -= content.cell_length + len(GAP) * bool(fitting)
            if width < 0:
                break
            fitting.append((offer, content))
        return fitting + last

    def _one(self, offer: Offer) -> Content:
        return Content.assemble((offer.keys[0], "bold $foreground"), f" {offer.label}")

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        left = 0
        x = event.get_content_offset_capture(self).x
        for offer, content in self._fitting():
            right = left + content.cell_length
            if left <= x < right:
                self.call_later(self.app.run_action, offer.action, offer.active.node)
            left = right + len(GAP)
