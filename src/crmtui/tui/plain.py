"""The last filter before a terminal that can only show ASCII: no sign of ours, or of Textual's, gets past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from crmtui import signs

if TYPE_CHECKING:
    from textual.color import Color


class PlainSigns(LineFilter):
    """Signs as ASCII, letters as they are; every character keeps its cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the filter's form
        """The segments with other text."""
        return [Segment(signs.plain(segment.text), segment.style, segment.control) for segment in segments]
