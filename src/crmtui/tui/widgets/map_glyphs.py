"""The signs that only the map has: lines, heads and conflicts; all others are those of the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.tui.glyphs import ASCII, UNICODE, Glyphs
from crmtui.tui.widgets.map_canvas import EAST, WEST, Texture, glyph

if TYPE_CHECKING:
    from crmtui.tui.widgets.map_layout import Edge

_STANDINGS: Final = ("opponent", "critic", "neutral", "supporter", "supporter")


class Signs(NamedTuple):
    """The characters in use; heads are in the order east, south, west, north."""

    shared: Glyphs
    formal_heads: str
    informal_heads: str
    conflict: str

    @property
    def ascii_only(self) -> bool:
        """Whether these are the signs for a terminal without Unicode."""
        return self.shared is ASCII

    def attitude(self, attitude: int | None) -> str:
        """A person's attitude, -2 to +2, as its sign."""
        return self.shared.unknown if attitude is None else self.shared.attitudes[_index(attitude)]

    def head(self, edge: Edge, direction: int) -> str:
        """The arrow head of an influence."""
        return (self.formal_heads if edge.formal else self.informal_heads)[direction]

    def sample(self, *, kind: str, formal: bool) -> str:
        """A short piece of the line of such edges, as the key and the list of edges show it."""
        dash = glyph(EAST | WEST, texture(formal=formal), ascii_only=self.ascii_only)
        if kind == "conflict":
            return dash + self.conflict + dash
        return dash * 2 + (self.formal_heads if formal else self.informal_heads)[0]


_UNICODE: Final = Signs(UNICODE, "►▼◄▲", "▷▽◁△", "\N{BOX DRAWINGS LIGHT DIAGONAL CROSS}")
_ASCII: Final = Signs(ASCII, ">v<^", ">v<^", "x")


def signs(*, ascii_only: bool) -> Signs:
    """The signs of a terminal that knows Unicode, or of one that does not."""
    return _ASCII if ascii_only else _UNICODE


def standing(attitude: int | None) -> str:
    """The style for an attitude: opponent, critic, neutral, supporter or unknown."""
    return "unknown" if attitude is None else _STANDINGS[_index(attitude)]


def texture(*, formal: bool) -> Texture:
    """Formal lines are dashed, informal ones dotted."""
    return Texture.DASH if formal else Texture.DOTS


def _index(attitude: int) -> int:
    return max(-2, min(2, attitude)) + 2
