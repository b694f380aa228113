"""The way of each edge through the gaps between the cards, or none where it could not be followed by eye."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.tui.widgets.map_layout import Box, Edge, Layout

EAST, SOUTH, WEST, NORTH = range(4)

_BEND, _CROSSING, _BESIDE = 4, 5, 1  # what a way costs beyond its length; a cell beside a card is less legible
_DETOUR, _LONGEST = 3, 30  # a way may cost so many times the distance, and so much on top
_TURNS: Final = ((0, 0), (1, _BEND), (3, _BEND))
_SHORTEST: Final = 2  # one cell for the head, one for the strength
_FREE, _ACROSS, _ALONG, _TAKEN = 0, 1, 2, 3  # a cell's use: nothing, a line sideways, one up and down, all of it


class Step(NamedTuple):
    """One cell of a way, the directions in which the line enters and leaves it, and whether it crosses another."""

    x: int
    y: int
    enter: int
    leave: int
    crosses: bool


@dataclass(frozen=True, slots=True)
class Route:
    """An edge with its way from card to card; `mark` is the index of the step that shows the strength."""

    edge: Edge
    steps: tuple[Step, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class Routes:
    """The edges that can be drawn, with their ways, and those that can only be listed."""

    drawn: tuple[Route, ...] = ()
    listed: tuple[Edge, ...] = ()


def route(layout: Layout, edges: Sequence[Edge], margin: int = 0) -> Routes:
    """Find a way for every edge, the shortest first; `margin` columns on either side of the map are free to use.

    Edges from a card to itself or to a card that is not on the map are left out.
    """
    real = dict.fromkeys(e for e in edges if e.source != e.target and {e.source, e.target} <= layout.boxes.keys())
    field = _Field(layout, margin)
    ordered = sorted(real, key=lambda e: (_distance(layout.boxes[e.source], layout.boxes[e.target]), e.source))
    found = {edge: field.lay(edge) for edge in ordered}
    drawn = tuple(path for edge in real if (path := found[edge]))
    return Routes(drawn, tuple(edge for edge in real if not found[edge]))


def _distance(one: Box, other: Box) -> int:
    across = max(other.x - one.x - one.width, one.x - other.x - other.width, -1) + 1
    down = max(other.y - one.y - one.height, one.y - other.y - other.height, -1) + 1
    return across + down


class _Field:
    """The cells of the map as a router sees them, one border of taken cells around them."""

    def __init__(self, layout: Layout, margin: int) -> None:
        self.boxes = layout.boxes
        self.left = margin + 1
        self.pitch = layout.width + 2 * margin + 2
        self.columns = range(-self.left, self.pitch - self.left)
        self.rows = range(-1, layout.height + 3)
        self.use = [_FREE] * (self.pitch * len(self.rows))
        self.beside = bytearray(len(self.use))
        self.ahead = (1, self.pitch, -1, -self.pitch)
        self._fence(len(self.rows))
        for box in layout.boxes.values():
            self._place(box)
        for x0, y0, x1, y1 in layout.lines:
            for x in range(x0, x1 + 1):
                for y in range(y0, y1 + 1):
                    self.use[self.cell(x, y)] |= _ACROSS if y0 == y1 else _ALONG

    def cell(self, x: int, y: int) -> int:
        """The index of a cell of the layout."""
        return (y + 1) * self.pitch + x + self.left

    def _fence(self, rows: int) -> None:
        for x in range(self.pitch):
            self.use[x] = self.use[(rows - 1) * self.pitch + x] = _TAKEN
        for y in range(rows):
            self.use[y * self.pitch] = self.use[(y + 1) * self.pitch - 1] = _TAKEN

    def _place(self, box: Box) -> None:
        for y in range(box.y - 1, box.y + box.height + 1):
            start = self.cell(box.x - 1, y)
            self.beside[start : start + box.width + 2] = b"\1" * (box.width + 2)
        for y in range(box.y, box.y + box.height):
            start = self.cell(box.x, y)
            self.use[start : start + box.width] = [_TAKEN] * box.width

    def lay(self, edge: Edge) -> Route | None:
        """Find the way of one edge and take its cells; None if there is none that is legible."""
        steps = self._steps(self._search(self.boxes[edge.source], self.boxes[edge.target]))
        tokens = _tokens(steps, 2 if edge.kind == "conflict" else 1, closed=edge.kind == "influence")
        if len(steps) < _SHORTEST or not tokens:
            return None
        for index, step in enumerate(steps):
            passable = step.enter == step.leave and 0 < index < len(steps) - 1 and index not in tokens
            use = (_ACROSS if step.enter in {EAST, WEST} else _ALONG) if passable else _TAKEN
            self.use[self.cell(step.x, step.y)] |= use
        return Route(edge, steps, tokens[0])

    def _steps(self, states: list[int]) -> tuple[Step, ...]:
        cells = [(*divmod(state // 4, self.pitch), state % 4) for state in states]
        leaving = [state % 4 for state in (*states[1:], *states[-1:])]
        crossing = [self.use[state // 4] != _FREE for state in states]
        return tuple(
            Step(x - self.left, y - 1, enter, leave, crosses)
            for (y, x, enter), leave, crosses in zip(cells, leaving, crossing, strict=True)
        )

    def _search(self, source: Box, target: Box) -> list[int]:
        """The cheapest way (A*) as states `cell * 4 + direction of entering`; empty if none is cheap enough."""
        goals = set(self._ports(target, inward=True))
        left = self._left_over(target)
        limit = _DETOUR * _distance(source, target) + _LONGEST if goals else 0
        starts = set(self._ports(source, inward=False)) - goals  # a single cell has no room for head and strength
        queue = [(left[state // 4], 0, state, -1) for state in starts]
        heapify(queue)
        came: dict[int, int] = {}
        while queue and limit:
            _estimate, cost, state, before = heappop(queue)
            if state in came:
                continue
            came[state] = before
            if state in goals:
                return _trace(came, state)
            for following, price in self._moves(state):
                estimate = cost + price + left[following // 4]
                if following not in came and estimate <= limit:
                    heappush(queue, (estimate, cost + price, following, state))
        return []

    def _moves(self, state: int) -> list[tuple[int, int]]:
        """The states that may follow, with their price: on a crossing straight on, else any way but back."""
        cell, heading = divmod(state, 4)
        moves = []
        for turn, bend in _TURNS if self.use[cell] == _FREE else _TURNS[:1]:
            toward = (heading + turn) & 3
            ahead = cell + self.ahead[toward]
            use = self.use[ahead]
            if use == _FREE:
                moves.append((ahead * 4 + toward, 1 + bend + self.beside[ahead]))
            elif use == _ACROSS + 1 - (toward & 1):  # a line at right angles
                moves.append((ahead * 4 + toward, 1 + bend + self.beside[ahead] + _CROSSING))
        return moves

    def _left_over(self, target: Box) -> list[int]:
        """For every cell, how many cells are left to go at least."""
        across = [max(target.x - x, x - target.x - target.width + 1, 0) for x in self.columns]
        down = [max(target.y - y, y - target.y - target.height + 1, 0) for y in self.rows]
        return [dx + dy for dy in down for dx in across]

    def _ports(self, box: Box, *, inward: bool) -> Iterator[int]:
        """Free cells beside a card, with the direction out of it or into it; corners are no ports."""
        beside = [(box.x + box.width, y, EAST) for y in range(box.y + 1, box.y + box.height - 1)]
        beside += [(box.x - 1, y, WEST) for y in range(box.y + 1, box.y + box.height - 1)]
        beside += [(x, box.y + box.height, SOUTH) for x in range(box.x + 1, box.x + box.width - 1)]
        beside += [(x, box.y - 1, NORTH) for x in range(box.x + 1, box.x + box.width - 1)]
        for x, y, outward in beside:
            if self.use[cell := self.cell(x, y)] == _FREE:
                yield cell * 4 + ((outward + 2) % 4 if inward else outward)


def _trace(came: dict[int, int], state: int) -> list[int]:
    way = [state]
    while (state := came[state]) != -1:
        way.append(state)
    return way[::-1]


def _tokens(steps: Sequence[Step], length: int, *, closed: bool) -> range:
    """Where a way can carry signs of so many cells: in the middle of its longest plain run; empty if nowhere.

    The last step of a closed way carries its head and nothing else.
    """
    best = range(0)
    run = 0
    for index, step in enumerate(steps[: len(steps) - closed]):
        run = run + 1 if step.enter == step.leave and not step.crosses else 0
        if run > len(best):
            best = range(index + 1 - run, index + 1)
    if len(best) < length:
        return range(0)
    start = best.start + (len(best) - length + 1) // 2
    return range(start, start + length)
