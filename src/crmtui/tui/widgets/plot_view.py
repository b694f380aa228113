"""A plot on screen, in braille or ASCII, as large as the room it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from crmtui.plots import terminal
from crmtui.plots.plot import Tone
from crmtui.tui import show
from crmtui.tui.glyphs import ASCII

if TYPE_CHECKING:
    from crmtui.plots.plot import Plot

STYLES: Final = {
    Tone.PLAIN: "",
    Tone.MUTED: "$foreground 45%",
    Tone.ACCENT: "$primary",
    Tone.GOOD: show.FINE,
    Tone.WATCH: show.WATCH,
    Tone.BAD: show.ACT,
}


def drawn(plot: Plot, width: int, height: int) -> Content:
    """The plot as styled text of exactly so many cells and lines."""
    rows = terminal.draw(plot, width, height, ascii_only=show.glyphs() is ASCII)
    return Content("\n").join(
        Content.assemble(*((span.text, f"{'bold ' * span.strong}{STYLES[span.tone]}".strip()) for span in row))
        for row in rows
    )


class PlotView(Widget):
    """Shows a plot, or why there is none."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "PlotView { height: 1fr; min-height: 8; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._plot: Plot | None = None
        self._instead = Content()

    @property
    def plot(self) -> Plot | None:
        """What is drawn."""
        return self._plot

    def draw(self, plot: Plot | None, instead: str = "") -> None:
        """Show another plot; where there is none, a sentence instead."""
        self._plot, self._instead = plot, Content.styled(instead, show.MUTED)
        self.tooltip = None
        self.refresh()

    def render(self) -> Content:
        """The plot in the room there is."""
        if self._plot is None:
            return self._instead
        return drawn(self._plot, self.content_size.width, self.content_size.height)
