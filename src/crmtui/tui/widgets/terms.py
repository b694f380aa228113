"""The terms of a figure as text: each with its label, muted, before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Iterable


def told(title: str, terms: Iterable[tuple[str, str]], *, spaced: bool = False) -> Content:
    """A title with its terms below; `spaced` leaves a line between them."""
    return Content("\n").join([show.label(title, "bold"), lines(terms, spaced=spaced)])


def lines(terms: Iterable[tuple[str, str]], *, spaced: bool = False) -> Content:
    """Terms, a line each."""
    found = [Content.assemble(show.label(label, show.MUTED), "  ", show.label(words)) for label, words in terms]
    return Content("\n\n" if spaced else "\n").join(found)
