from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult

from crmtui.tui.widgets.dmu_map import DmuMap
from crmtui.tui.widgets.map_layout import Card, Edge
from hostile import STRINGS, has_control

if TYPE_CHECKING:
    from textual.pilot import Pilot

TEAM = [
    Card(1, "Bianchi L.\tCOO", ("decider\tbet 31 %",)),
    Card(2, "Conti G.\tOps", ("user\tbet 12 %",), 1, attitude=1),
    Card(3, "Ferrari\tCFO", ("buyer\tbet 24 %",), 1, attitude=-1, block=True),
    Card(4, "Moretti\tLog", ("user\tbet 2 %",), 2, attitude=-2),
]
EDGES = [Edge(2, 3, strength=2), Edge(4, 1, "conflict", 1, formal=True)]


class Screenful(App[None]):
    """A map alone on the screen, and what it told."""

    def __init__(self, cards: list[Card], edges: list[Edge], *, ascii_only: bool = False) -> None:
        super().__init__()
        self.map = DmuMap(cards, edges, empty="Nobody here yet. Press n to begin.", ascii_only=ascii_only)
        self.told: list[tuple[str, int]] = []

    def compose(self) -> ComposeResult:
        yield self.map

    @on(DmuMap.Highlighted)
    def keep(self, event: DmuMap.Highlighted) -> None:
        self.told.append((type(event).__name__, event.key))

    def shown(self) -> list[str]:
        strips = [self.map.render_line(y) for y in range(self.map.size.height)]
        return [strip.text for strip in strips]


def team_of(count: int, span: int = 4) -> list[Card]:
    return [Card(key, f"Person {key}", ("user\t1 %",), (key - 1) // span if key else None) for key in range(count)]


async def until(pilot: Pilot[None], *told: tuple[str, int]) -> None:
    app = pilot.app
    assert isinstance(app, Screenful)
    for _attempt in range(50):
        if app.told[-len(told) :] == list(told):
            return
        await pilot.pause()
    assert app.told[-len(told) :] == list(told)


async def test_the_cursor_starts_at_the_top_and_tells() -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, ("Highlighted", 1))
        assert app.map.cursor == 1
        assert any("┏━━" in line for line in app.shown())


@pytest.mark.parametrize(("role", "shown"), [("user", "bet 21 %"), ("influencer, gatekeeper", "decider   ")])
async def test_all_cards_give_up_the_word_bet_where_one_has_no_room_for_it(role: str, shown: str) -> None:
    cards = [
        Card(1, "Reggiani\t", ("decider\tbet 21 %\t21 %",)),
        Card(2, "Conti\t", (f"{role}\tbet 9 %\t9 %",), 1),
    ]
    app = Screenful(cards, [])
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, ("Highlighted", 1))
        text = "\n".join(app.shown())
        assert shown in text
        assert text.count("bet ") == (2 if role == "user" else 0)
        assert "21 %" in text


@pytest.mark.parametrize("keys", ["down right left up enter", "j l h k enter"])
async def test_keys_walk_along_the_lines_and_open(keys: str) -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 30)) as pilot:
        app.map.focus()
        await pilot.press(*keys.split())
        await until(
            pilot,
            ("Highlighted", 2),
            ("Highlighted", 3),
            ("Highlighted", 2),
            ("Highlighted", 1),
            ("Opened", 1),
        )


async def test_a_click_selects_and_a_double_click_opens() -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        text = app.shown()
        y = next(index for index, line in enumerate(text) if "Ferrari" in line)
        place = (cell_len(text[y][: text[y].index("Ferrari")]), y)
        await pilot.click(app.map, offset=place)
        await until(pilot, ("Highlighted", 3))
        await pilot.double_click(app.map, offset=place)
        await until(pilot, ("Opened", 3))
        await pilot.click(app.map, offset=(0, 0))
        assert app.map.cursor == 3


async def test_the_card_under_the_cursor_is_kept_in_view() -> None:
    app = Screenful(team_of(40, 3), [])
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        for key in app.map.layout_shown.boxes:
            app.map.cursor = key
            await pilot.pause()
            text = "".join(app.shown())
            assert [text.count(corner) for corner in "┏┓┗┛"] == [1, 1, 1, 1]


async def test_new_cards_keep_the_cursor_on_its_person() -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 30)) as pilot:
        app.map.cursor = 4
        app.map.set_map([Card(9, "Newcomer"), *TEAM], EDGES)
        await pilot.pause()
        assert app.map.cursor == 4
        app.map.set_map(TEAM[:3], [])
        assert app.map.cursor in {1, 2, 3}
        app.map.set_map([], [])
        assert app.map.cursor is None
        app.map.set_map(TEAM, [])
        assert app.map.cursor == 1


async def test_a_judgement_moves_no_card() -> None:
    app = Screenful(team_of(21), [])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        before = app.map.layout_shown
        app.map.set_map([Card(c.key, c.title, c.lines, c.reports_to, attitude=-2) for c in team_of(21)], [])
        assert app.map.layout_shown is before
        assert sum("\u2212\u2212" in line for line in app.shown()) > 4


async def test_edges_are_filtered_by_kind_of_structure_and_cards_stay() -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        before = app.map.layout_shown
        found = {}
        for shown in ("both", "formal", "informal"):
            app.map.set_reactive(DmuMap.edges_shown, shown)
            routes = app.map.routes_shown
            found[shown] = {drawn.edge for drawn in routes.drawn} | set(routes.listed)
        assert found == {"both": set(EDGES), "formal": {EDGES[1]}, "informal": {EDGES[0]}}
        app.map.edges_shown = "formal"
        await pilot.pause()
        assert not any("▷" in line for line in app.shown())
        assert app.map.layout_shown is before


async def test_edges_of_the_card_under_the_cursor_stand_out() -> None:
    app = Screenful(TEAM, EDGES)
    async with app.run_test(size=(80, 30)) as pilot:
        app.map.cursor = 2
        await pilot.pause()
        assert _style_of(app, "▷") == app.map.get_component_rich_style("dmu-map--edge-on")
        app.map.cursor = 1
        await pilot.pause()
        assert _style_of(app, "▷") == app.map.get_component_rich_style("dmu-map--edge")


def _style_of(app: Screenful, glyph: str) -> object:
    strips = [app.map.render_line(y) for y in range(app.map.virtual_size.height - 2)]
    return next(part.style for strip in strips for part in strip if glyph in part.text)


async def test_of_very_many_edges_those_of_the_card_under_the_cursor_are_drawn() -> None:
    cards = team_of(12)
    edges = [Edge(a, b) for a in range(12) for b in range(12) if a < b]
    app = Screenful(cards, edges)
    async with app.run_test(size=(120, 36)) as pilot:
        app.map.cursor = 5
        await pilot.pause()
        routes = app.map.routes_shown
        shown = {drawn.edge for drawn in routes.drawn} | set(routes.listed)
        assert shown == {edge for edge in edges if 5 in {edge.source, edge.target}}
        await pilot.pause()
        rows = [app.map.render_line(y).text for y in range(app.map.virtual_size.height)]
        assert any("66 lines are too many to follow: here are those of Person 5" in row for row in rows)


async def test_nobody_yet_says_what_to_do() -> None:
    app = Screenful([], [])
    async with app.run_test(size=(60, 9)) as pilot:
        await pilot.press("down", "enter")
        assert app.map.cursor is None
        assert app.told == []
        assert app.shown()[4].strip() == "Nobody here yet. Press n to begin."
        app.map.empty = "Nobody."
        await pilot.pause()
        assert app.shown()[4].strip() == "Nobody."


async def test_ascii_only_needs_no_other_character() -> None:
    app = Screenful(TEAM, EDGES, ascii_only=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert all(line.isascii() for line in app.shown())
        app.map.ascii_only = False
        await pilot.pause()
        assert any("╭" in line for line in app.shown())


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (120, 36), (1, 1)])
async def test_hostile_text_in_any_space_fills_the_lines_and_no_more(size: tuple[int, int]) -> None:
    cards = [
        Card(key, f"{text}\t{text}", (f"{text}\t{text}",), key - 1 - key % 3 if key > 3 else None)
        for key, text in enumerate(STRINGS.values())
    ]
    app = Screenful(cards, [Edge(2, 5), Edge(3, 40)])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for y in range(app.map.virtual_size.height):
            strip = app.map.render_line(y)
            assert strip.cell_length == cell_len(strip.text) == app.map.size.width
            assert not has_control(strip.text)
            assert "\n" not in strip.text


async def test_a_smaller_window_arranges_anew_and_keeps_the_cursor_in_view() -> None:
    app = Screenful(team_of(21), [Edge(1, 2)])
    async with app.run_test(size=(120, 36)) as pilot:
        app.map.cursor = 20
        await pilot.pause()
        assert app.map.virtual_size.height <= 36
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert app.map.layout_shown.width <= 59
        assert any(" Person 20 " in line for line in app.shown())
