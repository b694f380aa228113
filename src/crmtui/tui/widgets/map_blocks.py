"""Blocks of cards: a boss with the reports placed beneath, as a row, a wrapped row, a list or a pair of lists.

Pure geometry in character cells. A block keeps its parts at relative offsets and an outline of its own left and
right edge, so that neighbours can be pushed together until they nearly touch (Reingold & Tilford 1981).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import sub
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Segment = tuple[int, int, int, int]
"""A straight tree line x0, y0, x1, y1, ends included; an end on a card's border joins it."""

_FAR: Final = 1 << 30
_SPINE: Final = 1  # where a list's line leaves the boss
_INDENT: Final = 3  # where a list's cards begin
_PAIR_GAP: Final = 3  # stub, line, stub


@dataclass(frozen=True, slots=True)
class Gauge:
    """The measures of a map in cells: a card, and the space between neighbours, levels, and cards of a list."""

    width: int
    height: int
    across: int
    down: int
    listed: int


@dataclass(slots=True)
class Block:
    """Cards at relative places; line y of the block reaches from `left[y]` to `right[y]`, both included."""

    key: int | None
    x: int
    anchor: int
    left: list[int]
    right: list[int]
    parts: list[tuple[Block, int, int]] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Lines from the top of the first card to the bottom of the last."""
        return len(self.left)

    def span(self) -> tuple[int, int]:
        """The first and the last column used, relative to the block's origin."""
        return min(self.left, default=0), max(self.right, default=-1)

    def walk(self) -> Iterator[tuple[Block, int, int]]:
        """Every block inside, itself first, with its absolute offset."""
        stack = [(self, 0, 0)]
        while stack:
            block, x, y = stack.pop()
            yield block, x, y
            stack.extend((part, x + dx, y + dy) for part, dx, dy in block.parts)

    def add(self, part: Block, dx: int, dy: int) -> None:
        """Place a part and take over its outline."""
        self.parts.append((part, dx, dy))
        self._reserve(dy)
        beside = self.height - dy  # what lies lower than all that is here is taken over as it is
        for y, (left, right) in enumerate(zip(part.left[:beside], part.right[:beside], strict=True), dy):
            self.left[y] = min(self.left[y], left + dx)
            self.right[y] = max(self.right[y], right + dx)
        self.left.extend([left + dx for left in part.left[beside:]])
        self.right.extend([right + dx for right in part.right[beside:]])

    def draw(self, *segments: Segment) -> None:
        """Add tree lines and widen the outline by them."""
        self.lines.extend(segments)
        for x0, y0, x1, y1 in segments:
            self._reserve(y1 + 1)
            lines = slice(y0, y1 + 1)
            self.left[lines] = [min(left, x0) for left in self.left[lines]]
            self.right[lines] = [max(right, x1) for right in self.right[lines]]

    def _reserve(self, height: int) -> None:
        missing = height - len(self.left)
        self.left.extend([_FAR] * missing)
        self.right.extend([-_FAR] * missing)


def single(key: int, gauge: Gauge, x: int = 0) -> Block:
    """One card alone, its left border in column x."""
    right = x + gauge.width - 1
    return Block(key, x, x + gauge.width // 2, [x] * gauge.height, [right] * gauge.height)


def pack(blocks: Sequence[Block], gap: int) -> Block:
    """Blocks side by side, tops level, as near to each other as `gap` allows."""
    shelf = Block(None, 0, 0, [], [])
    for block in blocks:
        shelf.add(block, _clearance(shelf, block, gap), 0)
    first, last = shelf.parts[0], shelf.parts[-1]
    shelf.anchor = (first[0].anchor + first[1] + last[0].anchor + last[1]) // 2
    return shelf


def _clearance(shelf: Block, block: Block, gap: int) -> int:
    """How far right the block must go; lines above and below count too, so that no corners touch."""
    if not shelf.parts:
        return -min(block.left)
    right = [-_FAR, *shelf.right, -_FAR]
    reach = map(max, right, right[1:], right[2:])
    shift = max(map(sub, reach, block.left), default=-_FAR) + gap + 1
    return max(shift, shelf.parts[-1][1] + 1)


def wrapped(key: int, shelves: Sequence[Sequence[Block]], gauge: Gauge) -> Block:
    """The reports in rows, the boss centred above one row; a line on the left leads to any further rows."""
    rows = [pack(kids, gauge.across) for kids in shelves]
    middle = rows[0].anchor if len(rows) == 1 else (max(shelf.span()[1] for shelf in rows) + 1) // 2
    block = single(key, gauge, middle - gauge.width // 2)
    block.rows = [_keys(kids) for kids in shelves]
    spine = -2
    top = gauge.height
    first_bus = bus = top + (gauge.down - 1) // 2
    for shelf in rows:
        bus = top + (gauge.down - 1) // 2
        top += gauge.down
        block.add(shelf, 0, top)
        _comb(block, shelf, bus, top, spine if len(rows) > 1 else middle)
        top += shelf.height
    block.draw((middle, gauge.height - 1, middle, first_bus))
    if len(rows) > 1:
        block.draw((spine, first_bus, spine, bus), (spine, first_bus, middle, first_bus))
    return block


def _comb(block: Block, shelf: Block, bus: int, top: int, start: int) -> None:
    """One line across, from `start` over all cards of a shelf, with a tooth down to each."""
    teeth = [kid.anchor + dx for kid, dx, _dy in shelf.parts]
    if (low := min(start, *teeth)) < (high := max(start, *teeth)):
        block.draw((low, bus, high, bus))
    block.draw(*((x, bus, x, top) for x in teeth))


def listed(key: int, kids: Sequence[Block], gauge: Gauge) -> Block:
    """The reports one under the other, indented, hanging on a line from the boss's left."""
    block = single(key, gauge)
    block.rows = [_keys([kid]) for kid in kids]
    top = last = gauge.height + gauge.listed
    for kid in kids:
        last = top
        block.add(kid, _INDENT - kid.x, top)
        block.draw((_SPINE, top + 1, _INDENT, top + 1))
        top += kid.height + gauge.listed
    block.draw((_SPINE, gauge.height - 1, _SPINE, last + 1))
    return block


def paired(key: int, kids: Sequence[Block], gauge: Gauge) -> Block:
    """Reports without reports of their own, in two lists on either side of a line from the boss."""
    spine = gauge.width + _PAIR_GAP // 2
    block = single(key, gauge, spine - gauge.width // 2)
    block.anchor = spine
    pairs = [kids[index : index + 2] for index in range(0, len(kids), 2)]
    block.rows = [_keys(pair) for pair in pairs]
    top = last = gauge.height + gauge.listed
    for pair in pairs:
        last = top
        for side, kid in enumerate(pair):
            block.add(kid, side * (gauge.width + _PAIR_GAP), top)
        block.draw((gauge.width - 1, top + 1, spine + (len(pair) - 1) * 2, top + 1))
        top += gauge.height + gauge.listed
    block.draw((spine, gauge.height - 1, spine, last + 1))
    return block


def stacked(shelves: Sequence[Sequence[Block]], gauge: Gauge) -> Block:
    """Separate trees in rows, without lines between them."""
    block = Block(None, 0, 0, [], [])
    block.rows = [_keys(kids) for kids in shelves]
    for kids in shelves:
        shelf = pack(kids, gauge.across)
        block.add(shelf, 0, block.height + (gauge.down if block.parts else 0))
    return block


def _keys(kids: Sequence[Block]) -> tuple[int, ...]:
    return tuple(kid.key for kid in kids if kid.key is not None)
