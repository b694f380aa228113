"""What puts the widgets of a screen together, and draws no more of them than has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import _compositor as textual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.geometry import Region
    from textual.strip import Strip


class Compositor(textual.Compositor):
    """Textual's, which goes by where a widget could be at most: each key on a list would draw all that is beside it."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """The widgets in a part of the screen, the front ones first: place, clip, and the lines within both."""
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and (crop is None or crop.overlaps(seen)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))
