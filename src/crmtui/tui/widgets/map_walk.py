"""Walking the map with the arrow keys, along its lines where there are any.

Members of a family stand in rows. Left and right go along a row, up and down from row to row, up from the first row
to the boss, down to the first report; from the last row down to whatever follows in the outline. So every card can be
reached from every other: up leads to the first row of the top, along a row to all of its cards, and going on down
from any card of a row passes through all that is beneath it and into the next row. Where no line leads on, the
nearest card in that direction is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from crmtui.tui.widgets.map_layout import Box, Layout

Direction = Literal["up", "down", "left", "right"]

_ASPECT: Final = 2  # a cell is twice as high as wide
_ASIDE: Final = 2  # going astray sideways counts double


def step(layout: Layout, key: int, direction: Direction) -> int | None:
    """The card that a key press leads to, or None at the edge of the map."""
    if direction == "up":
        return _above(layout, key)
    if direction == "down":
        return _below(layout, key)
    rows, row, place = _standing(layout, key)
    place += 1 if direction == "right" else -1
    if 0 <= place < len(rows[row]):
        return rows[row][place]
    return _nearest(layout, key, direction)


def _standing(layout: Layout, key: int) -> tuple[tuple[tuple[int, ...], ...], int, int]:
    """The rows of a card's family, and the card's row and place in it."""
    rows = layout.families[layout.bosses[key]]
    row = next(index for index, members in enumerate(rows) if key in members)
    return rows, row, rows[row].index(key)


def _above(layout: Layout, key: int) -> int | None:
    rows, row, place = _standing(layout, key)
    boss = layout.bosses[key]
    if boss is None:
        return _nearest(layout, key, "up")
    return rows[row - 1][min(place, len(rows[row - 1]) - 1)] if row else boss


def _below(layout: Layout, key: int) -> int | None:
    if reports := layout.families.get(key):
        return reports[0][0]
    member: int | None = key
    while member is not None:
        rows, row, place = _standing(layout, member)
        if row + 1 < len(rows):
            return rows[row + 1][min(place, len(rows[row + 1]) - 1)]
        member = layout.bosses[member]
    return _nearest(layout, key, "down")


def _nearest(layout: Layout, key: int, direction: Direction) -> int | None:
    """The nearest card that lies wholly in that direction."""
    here = layout.boxes[key]
    away = {other: _away(here, box, direction) for other, box in layout.boxes.items()}
    near = [(distance, other) for other, distance in away.items() if distance is not None]
    return min(near)[1] if near else None


def _away(here: Box, there: Box, direction: Direction) -> int | None:
    across, along = abs(there.x - here.x), abs(there.y - here.y) * _ASPECT
    if direction == "left":
        return across + along * _ASIDE if there.x + there.width <= here.x else None
    if direction == "right":
        return across + along * _ASIDE if here.x + here.width <= there.x else None
    if direction == "up":
        return along + across * _ASIDE if there.y + there.height <= here.y else None
    return along + across * _ASIDE if here.y + here.height <= there.y else None
