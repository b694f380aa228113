"""Where the cards of a decision-making unit go: the tidiest arrangement that fits the space there is.

Pure and deterministic: the same people in the same space always give the same map. It depends on the structure
only, never on names or judgements, so a change of attitude moves nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.tui.widgets.map_blocks import Block, listed, paired, single, stacked, wrapped
from crmtui.tui.widgets.map_forest import Flaw, Forest, Warn, plant
from crmtui.tui.widgets.map_recipes import recipes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from crmtui.tui.widgets.map_blocks import Gauge, Segment
    from crmtui.tui.widgets.map_recipes import Policy, Recipe

    Kind = Literal["influence", "conflict"]

__all__ = ["Box", "Card", "Edge", "Flaw", "Layout", "Warn", "arrange"]


@dataclass(frozen=True, slots=True)
class Card:
    """What the map shows of one stakeholder.

    `title` is the first line, `lines` the others; in each of them a tab sends what follows it to the right edge.
    `attitude` is -2 to +2, or None for unknown; `placeholder` a role without a name yet; `block` a veto holder
    against us; `dim` somebody of little weight here.
    """

    key: int
    title: str
    lines: tuple[str, ...] = ()
    reports_to: int | None = None
    attitude: int | None = None
    placeholder: bool = False
    block: bool = False
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One person's influence on another (strength 1 to 3), or a conflict between the two."""

    source: int
    target: int
    kind: Kind = "influence"
    strength: int = 1
    formal: bool = False


class Box(NamedTuple):
    """The place of a card: its top left cell and its size, borders included."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        """Whether the cell is part of the card."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True)
class Layout:
    """Boxes by key and tree lines, in cells from 0, 0; `families` holds each boss's rows (None: the top)."""

    boxes: dict[int, Box]
    lines: tuple[Segment, ...]
    width: int
    height: int
    families: dict[int | None, tuple[tuple[int, ...], ...]]
    bosses: dict[int, int | None]
    warnings: tuple[Warn, ...] = ()

    def at(self, x: int, y: int) -> int | None:
        """The key of the card that covers a cell."""
        return next((key for key, box in self.boxes.items() if box.holds(x, y)), None)


class Size(NamedTuple):
    """The space there is, in cells."""

    width: int
    height: int


_OVER_WIDTH: Final = 40  # what one column outside of the space costs;
_OVER_HEIGHT: Final = 3  # one line costs less, since scrolling down is easier than scrolling across,
_SCROLLED: Final = 25  # but having to scroll at all costs more than small cards
_SPINE: Final = 2  # columns that the line of a wrapped family needs


def arrange(cards: Sequence[Card], width: int, height: int, *, roomy: bool = False) -> Layout:
    """The layout of all cards (the first of those with one key) for a space of `width` by `height` cells.

    Made to fit if it can, else as narrow as the space and taller, to be scrolled. `roomy` keeps at least two
    columns and a line between neighbours, for the edges to pass.
    """
    structure: dict[int, int | None] = {}
    for card in cards:
        structure.setdefault(card.key, card.reports_to)
    tall = 3 + max((len(card.lines) for card in cards), default=0)
    return _arrange(tuple(structure.items()), tall, max(width, 1), max(height, 1), roomy=roomy)


@lru_cache(maxsize=64)
def _arrange(
    structure: tuple[tuple[int, int | None], ...], tall: int, width: int, height: int, *, roomy: bool
) -> Layout:
    forest = plant(dict(structure))
    depth = max((depth for _key, depth in forest.outline()), default=0)
    largest = max(map(len, forest.reports.values()), default=0)
    candidates = recipes(len(structure), depth, largest, tall, roomy=roomy)
    return _resolve(forest, *_best(forest, candidates, Size(width, height)))


def _best(forest: Forest, candidates: Sequence[Recipe], space: Size) -> tuple[Block, Gauge]:
    """The arrangement that costs least, what does not fit included.

    What even the smallest cards make of a policy is the least that it can cost, which spares most attempts.
    """
    smallest = min((recipe.gauge for recipe in candidates), key=lambda gauge: gauge.width)
    bounds: dict[Policy, int] = {}
    best, gauge, least = Block(None, 0, 0, [], []), smallest, math.inf
    for recipe in candidates:
        if recipe.cost >= least:
            break
        policy = recipe.policy
        if policy not in bounds:
            bounds[policy] = _overflow(_build(forest, recipe._replace(gauge=smallest), space.width), space)
        if recipe.cost + bounds[policy] < least:
            block = _build(forest, recipe, space.width)
            if (total := recipe.cost + _overflow(block, space)) < least:
                best, gauge, least = block, recipe.gauge, total
    return best, gauge


def _overflow(block: Block, space: Size) -> int:
    left, right = block.span()
    across, down = right - left + 1 - space.width, block.height - space.height
    return max(0, across) * _OVER_WIDTH + max(0, down) * _OVER_HEIGHT + (_SCROLLED if down > 0 else 0)


def _build(forest: Forest, recipe: Recipe, width: int) -> Block:
    """The whole forest as one block: first the trees, then who stands alone."""
    blocks: dict[int, Block] = {}
    for key, depth in reversed(list(forest.outline())):
        kids = [blocks[report] for report in forest.reports[key]]
        blocks[key] = _family(key, kids, depth, recipe, width) if kids else single(key, recipe.gauge)
    trees = [blocks[root] for root in forest.roots if forest.reports[root]]
    alone = [blocks[root] for root in forest.roots if not forest.reports[root]]
    gap = recipe.gauge.across
    return stacked([*_shelves(trees, gap, width), *_shelves(alone, gap, width)], recipe.gauge)


def _family(key: int, kids: list[Block], depth: int, recipe: Recipe, width: int) -> Block:
    gauge, policy, _cost = recipe
    plain = not any(kid.rows for kid in kids)
    if plain and len(kids) >= policy.pair and depth <= policy.deep:
        return paired(key, kids, gauge)
    if depth >= policy.deep or (plain and len(kids) >= policy.family):
        return listed(key, kids, gauge)
    return wrapped(key, _shelves(kids, gauge.across, width - _SPINE), gauge)


def _shelves(blocks: list[Block], gap: int, width: int) -> list[list[Block]]:
    """Blocks cut into rows that fit the width, evenly if they are alike."""
    wide = [right - left + 1 for left, right in (block.span() for block in blocks)]
    if blocks and len(set(wide)) == 1:
        most = max(1, (width + gap) // (wide[0] + gap))
        most = -(-len(blocks) // -(-len(blocks) // most))
        return [blocks[index : index + most] for index in range(0, len(blocks), most)]
    shelves: list[list[Block]] = []
    room = 0
    for block, need in zip(blocks, wide, strict=True):
        if need > room or not shelves:
            shelves.append([])
            room = width
        shelves[-1].append(block)
        room -= need + gap
    return shelves


def _resolve(forest: Forest, block: Block, gauge: Gauge) -> Layout:
    """Turn relative places into absolute ones, the leftmost column being 0."""
    boxes: dict[int, Box] = {}
    lines: list[Segment] = []
    families: dict[int | None, tuple[tuple[int, ...], ...]] = {}
    left, right = block.span()
    for part, dx, y in block.walk():
        x = dx - left
        if part.rows:
            families[part.key] = tuple(part.rows)
        if part.key is not None:
            boxes[part.key] = Box(x + part.x, y, gauge.width, gauge.height)
        lines.extend((x + x0, y + y0, x + x1, y + y1) for x0, y0, x1, y1 in part.lines)
    return Layout(
        boxes={key: boxes[key] for key, _depth in forest.outline()},
        lines=tuple(lines),
        width=right - left + 1,
        height=block.height,
        families=families,
        bosses=forest.bosses,
        warnings=forest.warnings,
    )
