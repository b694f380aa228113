"""The terms of a figure as text: each with its label, muted; what is said stands in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.tui import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BOX: Final = 70  # cells of a box of reasons on the narrowest screen
_BESIDE: Final = 60  # cells from which on labels stand beside what is said, not above it
_GAP: Final = 2


def told(title: str, terms: Iterable[tuple[str, str]], width: int = BOX) -> Content:
    """A title with its terms below, in so many cells."""
    return Content("\n").join([show.label(title, "bold"), lines(terms, width)])


def lines(terms: Iterable[tuple[str, str]], width: int = BOX) -> Content:
    """Terms in so many cells."""
    found = [(show.label(label, show.MUTED), show.label(words)) for label, words in terms]
    return Content("\n").join(_beside(found, width) if width >= _BESIDE else _below(found, width))


def _beside(terms: list[tuple[Content, Content]], width: int) -> Iterator[Content]:
    """Labels in a column of their own."""
    room = max((label.cell_length for label, _words in terms), default=0) + _GAP
    for label, words in terms:
        yield from show.hanging(show.cells(label, room), words, width)


def _below(terms: list[tuple[Content, Content]], width: int) -> Iterator[Content]:
    """Labels above, where there is no room for such a column."""
    for label, words in terms:
        yield label
        yield from show.hanging(Content(" " * _GAP), words, width)
