"""Painting a map: tree lines first, then edges, then cards, the card under the cursor last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from crmtui.tui.widgets.map_canvas import EAST, NORTH, SOUTH, WEST, Canvas, Texture, fit
from crmtui.tui.widgets.map_glyphs import standing, texture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.tui.widgets.map_glyphs import Signs
    from crmtui.tui.widgets.map_layout import Box, Card, Layout
    from crmtui.tui.widgets.map_legend import Legend
    from crmtui.tui.widgets.map_routes import Route, Routes

STYLES: Final = (
    "line", "edge", "edge-on", "frame", "frame-on", "frame-dim", "title", "title-on", "title-dim", "text",
    "text-dim", "figure", "opponent", "critic", "neutral", "supporter", "unknown", "block", "legend", "legend-on",
    "warning",
)  # fmt: skip
"""The names of all styles that a painted map uses."""

_ARMS: Final = (EAST, SOUTH, WEST, NORTH)
_NAME_FIRST: Final = 16  # a title's right part may not push the name below so many cells
_SCRAP: Final = 5  # a text cut to fewer cells says nothing
_SPACE: Final = 1  # lines between the map and its legend


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a picture of a map depends on; the map's column 0 is the canvas's column `origin`."""

    cards: Mapping[int, Card]
    layout: Layout
    routes: Routes
    legend: Legend
    signs: Signs
    cursor: int | None
    origin: int
    width: int

    @property
    def map_height(self) -> int:
        """Lines of the map with its edges, without the legend."""
        lowest = max((step.y + 1 for route in self.routes.drawn for step in route.steps), default=0)
        return max(self.layout.height, lowest)

    @property
    def height(self) -> int:
        """Lines of the whole picture."""
        return self.map_height + (_SPACE + self.legend.height if self.legend.height else 0)


def paint(scene: Scene) -> Canvas:
    """A canvas with the whole map."""
    canvas = Canvas(scene.width, scene.height, ascii_only=scene.signs.ascii_only)
    for x0, y0, x1, y1 in scene.layout.lines:
        canvas.segment(x0 + scene.origin, y0, x1 + scene.origin, y1, "line")
    for route in sorted(scene.routes.drawn, key=lambda route: _lit(scene, route)):
        _edge(canvas, scene, route)
    brief = any(
        _is_tight(text, box.width - 4) for key, box in scene.layout.boxes.items() for text in scene.cards[key].lines
    )
    for key, box in scene.layout.boxes.items():
        _card(canvas, scene, scene.cards[key], box._replace(x=box.x + scene.origin), brief=brief)
    for entry in scene.legend.entries:
        canvas.put(entry.x, entry.y + scene.map_height + _SPACE, entry.text, entry.style)
    return canvas


def _lit(scene: Scene, route: Route) -> bool:
    return scene.cursor in {route.edge.source, route.edge.target}


def _edge(canvas: Canvas, scene: Scene, route: Route) -> None:
    style = "edge-on" if _lit(scene, route) else "edge"
    drawn = texture(formal=route.edge.formal)
    for step in route.steps:
        arms = _ARMS[(step.enter + 2) % 4] | _ARMS[step.leave]
        canvas.arm(step.x + scene.origin, step.y, arms, style, drawn)
    signs = [str(route.edge.strength)]
    if route.edge.kind == "conflict":
        signs.insert(0, scene.signs.conflict)
    else:
        end = route.steps[-1]
        canvas.put(end.x + scene.origin, end.y, scene.signs.head(route.edge, end.leave), style)
    for sign, step in zip(signs, route.steps[route.mark :], strict=False):
        canvas.put(step.x + scene.origin, step.y, sign, style)


def _is_tight(raw: str, width: int) -> bool:
    """Whether the left part would be cut where a shorter right one would do."""
    before, after, fewer = (*raw.split("\t"), "", "")[:3]
    return bool(fewer) and cell_len(before) + 1 + cell_len(after) > width


def _card(canvas: Canvas, scene: Scene, card: Card, box: Box, *, brief: bool) -> None:
    here = card.key == scene.cursor
    mood = "-on" if here else "-dim" if card.dim else ""
    edge = Texture.DASH if card.placeholder else Texture.SOLID
    canvas.frame(*box, f"frame{mood}", heavy=here, texture=edge)
    if card.block:
        canvas.put(box.x + box.width - 2 - cell_len(scene.signs.shared.block), box.y, scene.signs.shared.block, "block")
    attitude = scene.signs.attitude(card.attitude)
    canvas.put(box.x + 3 - cell_len(attitude), box.y + 1, attitude, standing(card.attitude))
    mark = scene.signs.shared.ellipsis
    left, right = halves(card.title, box.width - 6, mark, name_first=True)
    canvas.put(box.x + 4, box.y + 1, left, f"title{mood}")
    canvas.put(box.x + box.width - 2 - cell_len(right), box.y + 1, right, "text-dim" if card.dim else "text")
    for y, text in enumerate(card.lines, box.y + 2):
        left, right = halves(text, box.width - 4, mark, brief=brief)
        canvas.put(box.x + 2, y, left, "text-dim" if card.dim else "text")
        canvas.put(box.x + box.width - 2 - cell_len(right), y, right, "text-dim" if card.dim else "figure")


def halves(raw: str, width: int, mark: str, *, name_first: bool = False, brief: bool = False) -> tuple[str, str]:
    """The parts of a line before and after its tab, cut so that both stand in `width` cells with a blank between.

    The right part is kept whole, and the left one cut; with `name_first` the right one gives way to the left. Behind a
    second tab may stand fewer words for the right part, taken where it is to be `brief`.
    """
    before, _tab, after = raw.partition("\t")
    after, _tab, fewer = after.partition("\t")
    if fewer and brief:
        after = fewer
    left = fit(before, width, mark)
    right = fit(after, width, mark)
    if name_first:
        room = width - 1 - min(cell_len(left), _NAME_FIRST)
        right = right if cell_len(right) <= room else fit(after, room, mark) if room > _SCRAP else ""
    if right:
        left = fit(before, max(0, width - 1 - cell_len(right)), mark)
    return left, right
