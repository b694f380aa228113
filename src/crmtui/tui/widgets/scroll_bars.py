"""Scroll bars without partial blocks, where only ASCII can be shown."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class _Blanks(ScrollBarRender):
    """A bar of whole cells, which its colours alone draw."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def use_ascii(wanted: bool) -> None:
    """Draw all scroll bars with blanks from now on, or with eighth blocks again."""
    ScrollBar.renderer = _Blanks if wanted else ScrollBarRender
