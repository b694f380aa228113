"""The map of a decision-making unit: cards under their bosses, and who influences whom."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.glyphs import ASCII
from crmtui.tui.widgets.map_canvas import Canvas, fit
from crmtui.tui.widgets.map_glyphs import signs
from crmtui.tui.widgets.map_layout import Box, Card, Edge, Layout, arrange
from crmtui.tui.widgets.map_legend import legend, name
from crmtui.tui.widgets.map_paint import STYLES, Scene, paint
from crmtui.tui.widgets.map_routes import Routes, route
from crmtui.tui.widgets.map_walk import Direction, step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

Shown = Literal["both", "formal", "informal"]

_LEGIBLE: Final = 24  # edges that may be drawn at once; of more, only those of the card under the cursor
_OF_ONE: Final = 12  # of those, the strongest are drawn and the others listed
_MARGIN: Final = 3  # columns beside the map that edges may use
_LEGEND: Final = 2  # lines below the map that are kept for its legend if there are edges
_UNKNOWN_SIZE: Final = Size(80, 24)  # until the first resize
_VIEW: Final = 2  # cells around the card under the cursor that are kept in view


class DmuMap(ScrollView, can_focus=True):
    """A map whose cursor is a card; it shows what `set_map` gave it and tells what is chosen.

    Args:
        cards: the stakeholders, in the order in which colleagues stand side by side.
        edges: who influences whom, and who is in conflict.
        empty: what a map without cards says.
        ascii_only: whether signs and lines are ASCII; None follows the whole screen.
        id: the widget's id.
        classes: the widget's classes.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="map.up", key="up,k", label=N_("Up, towards the boss"), does="walk('up')", show=False),
        Action(id="map.down", key="down,j", label=N_("Down, to the reports"), does="walk('down')", show=False),
        Action(id="map.left", key="left,h", label=N_("To the left"), does="walk('left')", show=False),
        Action(id="map.right", key="right,l", label=N_("To the right"), does="walk('right')", show=False),
        Action(id="map.open", key="enter", label=N_("Open")),
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"dmu-map--{style}" for style in STYLES}
    DEFAULT_CSS = """
    DmuMap {
        scrollbar-size: 1 1;
        & > .dmu-map--line { color: $foreground 45%; }
        & > .dmu-map--edge { color: $foreground 35%; }
        & > .dmu-map--edge-on { color: $primary; text-style: bold; }
        & > .dmu-map--frame { color: $foreground 45%; }
        & > .dmu-map--frame-on { color: $foreground 80%; }
        & > .dmu-map--frame-dim { color: $foreground 25%; }
        & > .dmu-map--title { color: $foreground; }
        & > .dmu-map--title-on { color: $foreground; text-style: bold; }
        & > .dmu-map--title-dim { color: $foreground 50%; }
        & > .dmu-map--text { color: $foreground 60%; }
        & > .dmu-map--text-dim { color: $foreground 40%; }
        & > .dmu-map--figure { color: $foreground 90%; }
        & > .dmu-map--opponent { color: $text-error; text-style: bold; }
        & > .dmu-map--critic { color: $text-warning; text-style: bold; }
        & > .dmu-map--neutral { color: $foreground 60%; }
        & > .dmu-map--supporter { color: $text-success; text-style: bold; }
        & > .dmu-map--unknown { color: $foreground 60%; text-style: bold; }
        & > .dmu-map--block { color: $text-error; text-style: bold; }
        & > .dmu-map--legend { color: $foreground 50%; }
        & > .dmu-map--legend-on { color: $primary; }
        & > .dmu-map--warning { color: $text-warning; }
        &:focus > .dmu-map--frame-on { color: $primary; }
    }
    """

    cursor: reactive[int | None] = reactive(None, init=False)
    """The key of the card under the cursor; None while the map is empty."""
    edges_shown: reactive[Shown] = reactive("both", init=False)
    """Which edges are drawn and listed."""
    ascii_only: reactive[bool] = reactive(False, init=False)
    """Whether lines and signs are drawn with ASCII characters only."""
    empty: reactive[str] = reactive("", init=False)
    """What a map without cards says."""

    class Highlighted(Message):
        """The cursor came to a card."""

        def __init__(self, dmu_map: DmuMap, key: int) -> None:
            super().__init__()
            self.dmu_map = dmu_map
            self.key = key

        @property
        def control(self) -> DmuMap:
            """The map that sent the message."""
            return self.dmu_map

    class Opened(Highlighted):
        """A card was opened with enter or a double click."""

    def __init__(
        self,
        cards: Sequence[Card] = (),
        edges: Sequence[Edge] = (),
        *,
        empty: str = "",
        ascii_only: bool | None = None,
        id: str | None = None,  # noqa: A002 - the name that all widgets use
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._cards = _by_key(cards)
        self._edges = tuple(edges)
        self._placed = arrange((), 1, 1)
        self._routes: dict[tuple[int | None, Shown], Routes] = {}
        self._grounds: tuple[Layout, tuple[Edge, ...], int] | None = None
        self._canvas = Canvas(0, 0)
        self.set_reactive(DmuMap.empty, empty)
        self.set_reactive(DmuMap.ascii_only, show.glyphs() is ASCII if ascii_only is None else ascii_only)

    def on_mount(self) -> None:
        """Show what was given at the start."""
        self.set_map(list(self._cards.values()), self._edges)

    def set_map(self, cards: Sequence[Card], edges: Sequence[Edge]) -> None:
        """Show other cards and edges; the cursor stays on its card, or goes to the nearest if that is gone."""
        place = self._placed.boxes.get(self.cursor) if self.cursor is not None else None
        self._cards = _by_key(cards)
        self._edges = tuple(edges)
        self._place_cards()
        if self.cursor not in self._cards:
            self.cursor = _near(self._placed, place)
        self._redraw()

    @property
    def layout_shown(self) -> Layout:
        """Where the cards are, and what was wrong with who reports to whom."""
        return self._placed

    @property
    def routes_shown(self) -> Routes:
        """The edges that are drawn and listed, for the card under the cursor if they are many."""
        key = self._choice
        if key not in self._routes:
            self._routes[key] = self._route()
        return self._routes[key]

    def action_walk(self, direction: Direction) -> None:
        """Move the cursor along the lines of the map."""
        if self.cursor is not None and (key := step(self._placed, self.cursor, direction)) is not None:
            self.cursor = key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to open on an empty map."""
        return self.cursor is not None if action == "open" else super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the card under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Opened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """One click selects a card, two open it."""
        if (offset := event.get_content_offset(self)) is None:
            return
        x, y = offset + self.scroll_offset
        if (key := self._placed.at(x - self._origin, y)) is not None:
            self.cursor = key
            if event.chain > 1:
                self.action_open()

    def on_resize(self) -> None:
        """Arrange the cards for the new space."""
        self._place_cards()
        self._redraw()
        self._show_cursor()

    def validate_cursor(self, key: int | None) -> int | None:
        """Only cards that are on the map can be under the cursor."""
        return key if key in self._cards else next(iter(self._placed.boxes), None)

    def watch_cursor(self, key: int | None) -> None:
        """Emphasise the card and its edges, and tell."""
        self._redraw()
        self._show_cursor()
        if key is not None:
            self.post_message(self.Highlighted(self, key))

    def watch_edges_shown(self) -> None:
        """Draw the other edges; the cards stay where they are."""
        self._redraw()

    def watch_ascii_only(self) -> None:
        """Draw with the other signs."""
        self._redraw()

    def watch_empty(self) -> None:
        """Say the other words."""
        self._redraw()

    def render_line(self, y: int) -> Strip:
        """One line of the picture, cut to the part that is in view."""
        scroll_x, scroll_y = self.scroll_offset
        width, base = self.size.width, self.rich_style
        if y + scroll_y >= self._canvas.height:
            return Strip.blank(width, base)
        segments = [
            Segment(text, self.get_component_rich_style(f"dmu-map--{style}") if style else base)
            for text, style in self._canvas.runs(y + scroll_y)
        ]
        strip = Strip(segments, self._canvas.width)
        return strip.crop_extend(scroll_x, scroll_x + width, base)

    @property
    def _space(self) -> Size:
        """The room for the picture, a column kept for the scroll bar whether or not it is there."""
        gutter, outer = self.styles.gutter, self.outer_size or _UNKNOWN_SIZE
        return Size(outer.width - gutter.width - 1, outer.height - gutter.height)

    @property
    def _origin(self) -> int:
        return max(0, (self._space.width - self._placed.width) // 2)

    @property
    def _shown(self) -> list[Edge]:
        if self.edges_shown == "both":
            return list(self._edges)
        return [edge for edge in self._edges if edge.formal == (self.edges_shown == "formal")]

    @property
    def _choice(self) -> tuple[int | None, Shown]:
        """What the edges drawn depend on."""
        return (self.cursor if self._crowded else None, self.edges_shown)

    @property
    def _crowded(self) -> bool:
        return len(self._shown) > _LEGIBLE

    def _place_cards(self) -> None:
        width, height = self._space
        height -= _LEGEND if self._edges else 0
        self._placed = arrange(list(self._cards.values()), width, height, roomy=bool(self._edges))
        if (grounds := (self._placed, self._edges, self._origin)) != self._grounds:
            self._grounds = grounds
            self._routes.clear()

    def _route(self) -> Routes:
        margin = min(_MARGIN, self._origin)
        if not self._crowded:
            return route(self._placed, self._shown, margin)
        own = [edge for edge in self._shown if self.cursor in {edge.source, edge.target}]
        own.sort(key=lambda edge: -edge.strength)
        found = route(self._placed, own[:_OF_ONE], margin)
        return Routes(found.drawn, (*found.listed, *own[_OF_ONE:]))

    def _routes_ready(self) -> Routes:
        """The edges to draw; of many, finding the ways takes longer than a frame, and they follow after it."""
        if not self._crowded or self._choice in self._routes:
            return self.routes_shown
        self.call_after_refresh(self._fill_in, self._choice)
        return Routes()

    def _fill_in(self, choice: tuple[int | None, Shown]) -> None:
        if choice == self._choice and self.routes_shown != Routes():
            self._redraw()

    def _redraw(self) -> None:
        self._canvas = self._paint() if self._cards else self._blank()
        self.virtual_size = Size(self._canvas.width, self._canvas.height)
        self.refresh()

    def _paint(self) -> Canvas:
        drawn, glyphs = self._routes_ready(), signs(ascii_only=self.ascii_only)
        width = max(self._space.width, self._placed.width)
        below = legend(
            self._cards,
            self._shown,
            drawn.listed,
            self._placed.warnings,
            glyphs,
            width=width,
            cursor=self.cursor,
            note=self._note(),
        )
        scene = Scene(self._cards, self._placed, drawn, below, glyphs, self.cursor, self._origin, width)
        return paint(scene)

    def _note(self) -> str:
        if not self._crowded or self.cursor is None:
            return ""
        words = _("{count} lines are too many to follow: here are those of {name}")
        return words.format(count=len(self._shown), name=name(self._cards[self.cursor]))

    def _blank(self) -> Canvas:
        """The words for a map without cards, in the middle."""
        width, height = max(self._space.width, 1), max(self._space.height, 1)
        words = [fit(text, width) for text in textwrap.wrap(self.empty, max(width - 8, 8))][:height]
        canvas = Canvas(width, height, ascii_only=self.ascii_only)
        for y, text in enumerate(words, (height - len(words)) // 2):
            canvas.put((width - Segment(text).cell_length) // 2, y, text, "legend")
        return canvas

    def _show_cursor(self) -> None:
        if self.is_attached and self.cursor is not None and (box := self._placed.boxes.get(self.cursor)):
            region = Region(box.x + self._origin, box.y, box.width, box.height).grow((_VIEW,) * 4)
            self.scroll_to_region(region, animate=False, force=True)


def _by_key(cards: Sequence[Card]) -> dict[int, Card]:
    """Cards by their key; of those with one key, the first."""
    known: dict[int, Card] = {}
    for card in cards:
        known.setdefault(card.key, card)
    return known


def _near(layout: Layout, place: Box | None) -> int | None:
    """The card nearest to a place; the first if there was none."""
    if place is None:
        return next(iter(layout.boxes), None)
    return min(
        layout.boxes,
        key=lambda key: abs(layout.boxes[key].x - place.x) + 2 * abs(layout.boxes[key].y - place.y),
        default=None,
    )
