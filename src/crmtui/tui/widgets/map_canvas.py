"""A grid of character cells on which lines that meet join, and text keeps to its cells."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, get_character_cell_size

from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
"""The arms of a line in a cell; shifted by four they are heavy."""
_HEAVY: Final = 4

_LIGHT_GLYPHS: Final = " │─╰││╭├─╯─┴╮┤┬┼"  # indexed by arms
_HEAVY_GLYPHS: Final = " ┃━┗┃┃┏┣━┛━┻┓┫┳╋"
_ASCII_GLYPHS: Final = " |-+||++-+-+++++"
_JOINTS: Final = {  # heavy arms, light arms
    (EAST | WEST, NORTH): "┷",
    (EAST | WEST, SOUTH): "┯",
    (EAST | WEST, NORTH | SOUTH): "┿",
    (NORTH | SOUTH, EAST): "┠",
    (NORTH | SOUTH, WEST): "┨",
    (NORTH | SOUTH, EAST | WEST): "╂",
}
_ACROSS, _ALONG = {EAST, WEST, EAST | WEST}, {NORTH, SOUTH, NORTH | SOUTH}

# Joiners and variation selectors change the width of their neighbours, each terminal in its own way.
_JOINERS: Final = dict.fromkeys((0x200C, 0x200D, 0xFE0E, 0xFE0F))
_MOST_READ: Final = 400  # characters of a text that are looked at; a card shows some twenty
_MOST_MARKS: Final = 2  # combining marks on one cell


class Texture(IntEnum):
    """How a line is drawn where it runs straight: whole, dashed or dotted."""

    SOLID = 0
    DASH = 1
    DOTS = 2


_TEXTURES: Final = {  # across and along; heavy across and along; in ASCII
    Texture.DASH: ("╌╎", "╍╏", "~;"),
    Texture.DOTS: ("┈┊", "┉┋", ".:"),
}


@lru_cache(maxsize=4096)
def plain(raw: str) -> str:
    """Text on one line in which every character has a width of its own: no controls, joiners or selectors."""
    return line(raw[:_MOST_READ]).translate(_JOINERS).strip()


@lru_cache(maxsize=8192)
def fit(raw: str, width: int, mark: str = "…") -> str:
    """Plain text of at most `width` cells; what was cut ends in the mark."""
    text = plain(raw)
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    if room < 0:
        return ""
    used = 0
    for index, char in enumerate(text):
        used += get_character_cell_size(char)
        if used > room:
            return text[:index].rstrip() + mark
    return text


class Canvas:
    """Cells of text, or of line arms with a texture, each with the name of a style ("" for none)."""

    def __init__(self, width: int, height: int, *, ascii_only: bool = False) -> None:
        self.width = width
        self.height = height
        self.ascii_only = ascii_only
        self._arms = [0] * (width * height)
        self._texture = [Texture.SOLID] * (width * height)
        self._text: list[str | None] = [None] * (width * height)
        self._style = [""] * (width * height)

    def arm(self, x: int, y: int, arms: int, style: str, texture: Texture = Texture.SOLID) -> None:
        """Add arms to a cell; those that are there stay, so that lines join."""
        cell = self._cell(x, y)
        self._arms[cell] |= arms
        self._texture[cell] = texture
        self._style[cell] = style

    def segment(self, x0: int, y0: int, x1: int, y1: int, style: str) -> None:
        """A straight solid line, ends included."""
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                across = (WEST if x > x0 else 0) | (EAST if x < x1 else 0)
                along = (NORTH if y > y0 else 0) | (SOUTH if y < y1 else 0)
                self._join(x, y, across | along, style)

    def _join(self, x: int, y: int, arms: int, style: str) -> None:
        cell = self._cell(x, y)
        self._arms[cell] |= arms
        self._style[cell] = self._style[cell] or style

    def frame(self, x: int, y: int, width: int, height: int, style: str, *, heavy: bool, texture: Texture) -> None:
        """The border of a box."""
        shift = _HEAVY if heavy else 0
        right, bottom = x + width - 1, y + height - 1
        for cx in range(x, right + 1):
            sides = (WEST if cx > x else 0) | (EAST if cx < right else 0)
            for cy in (y, bottom):
                ends = 0 if x < cx < right else (SOUTH if cy == y else NORTH)
                self.arm(cx, cy, (sides | ends) << shift, style, texture)
        for cy in range(y + 1, bottom):
            for cx in (x, right):
                self.arm(cx, cy, (NORTH | SOUTH) << shift, style, texture)

    def put(self, x: int, y: int, text: str, style: str) -> None:
        """Write plain text; a wide character takes two cells, a combining mark goes to the cell before it."""
        start = x
        for char in text:
            width = get_character_cell_size(char)
            if width:
                cell = self._cell(x, y)
                self._text[cell], self._style[cell] = char, style
                if width > 1:
                    self._text[cell + 1], self._style[cell + 1] = "", style
                x += width
            elif x > start:
                self._mark(self._cell(x - 1, y), char)

    def _mark(self, cell: int, char: str) -> None:
        base = cell if self._text[cell] else cell - 1
        before = self._text[base] or ""
        if len(before) <= _MOST_MARKS and char.isprintable():
            self._text[base] = before + char

    def runs(self, y: int) -> Iterator[tuple[str, str]]:
        """The text of one line from left to right, cut where the style changes: text and style name."""
        cells = range(y * self.width, (y + 1) * self.width)
        for style, run in groupby(cells, self._style.__getitem__):
            yield "".join(map(self._glyph, run)), style

    def line(self, y: int) -> str:
        """The text of one line; it is as wide as the canvas."""
        return "".join(text for text, _style in self.runs(y))

    def _cell(self, x: int, y: int) -> int:
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError(f"cell {x}, {y} is outside of a canvas of {self.width} by {self.height}")
        return y * self.width + x

    def _glyph(self, cell: int) -> str:
        text = self._text[cell]
        if text is None:
            return glyph(self._arms[cell], self._texture[cell], ascii_only=self.ascii_only)
        return text


@lru_cache(maxsize=2048)
def glyph(arms: int, texture: Texture = Texture.SOLID, *, ascii_only: bool = False) -> str:
    """The character for the arms of a cell."""
    heavy, light = arms >> _HEAVY, arms & 15
    every = heavy | light
    if texture and (every in _ACROSS or every in _ALONG):
        return _TEXTURES[texture][2 if ascii_only else heavy > 0][every in _ALONG]
    if ascii_only:
        return "#" if heavy else _ASCII_GLYPHS[every]
    if heavy:
        return _JOINTS.get((heavy, light & ~heavy), _HEAVY_GLYPHS[every])
    return _LIGHT_GLYPHS[every]
