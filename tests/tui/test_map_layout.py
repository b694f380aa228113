from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given, settings, strategies as st

from crmtui.tui.widgets.map_layout import Box, Card, Edge, Flaw, Layout, Warn, arrange
from crmtui.tui.widgets.map_routes import EAST, NORTH, SOUTH, WEST, Routes, route
from crmtui.tui.widgets.map_walk import Direction, step

CALM = settings(deadline=None, max_examples=40)  # a shared machine has its pauses
KINDS = st.sampled_from(["influence", "conflict"])
STEPS = {EAST: (1, 0), SOUTH: (0, 1), WEST: (-1, 0), NORTH: (0, -1)}


@st.composite
def teams(draw: st.DrawFn, most: int = 34) -> list[Card]:
    """Any graph of who reports to whom, with circles, strangers and doubles."""
    keys = draw(st.lists(st.integers(0, 50), max_size=most))
    bosses = st.one_of(st.none(), st.integers(0, 52), st.sampled_from(keys or [0]))
    lines = draw(st.integers(0, 2))
    return [Card(key, f"Person {key}", ("role",) * lines, draw(bosses)) for key in keys]


@st.composite
def trees(draw: st.DrawFn, most: int = 34) -> list[Card]:
    """A team with one boss at the top, of any shape."""
    count = draw(st.integers(1, most))
    bosses = [None, *(draw(st.integers(0, key - 1)) for key in range(1, count))]
    return [Card(key, f"Person {key}", ("role",), boss) for key, boss in enumerate(bosses)]


def edges_of(cards: list[Card]) -> st.SearchStrategy[list[Edge]]:
    keys = st.sampled_from([card.key for card in cards] or [0])
    return st.lists(st.builds(Edge, keys, keys, KINDS, st.integers(1, 3), st.booleans()), max_size=16)


SPACES = st.tuples(st.integers(10, 150), st.integers(5, 50))


def krackhardt_like(middle: int = 4, others: int = 16) -> list[Card]:
    managers = [Card(2 + index, "Manager", ("user\t12 %",), 1) for index in range(middle)]
    rest = [Card(100 + index, "Somebody", ("user\t1 %",), 2 + index % middle) for index in range(others)]
    return [Card(1, "Boss", ("decider\t31 %",)), *managers, *rest]


def overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


def inner(box: Box) -> Box:
    return Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2)


def reachable(layout: Layout, start: int) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        key = waiting.pop()
        ways = {step(layout, key, direction) for direction in get_args(Direction)}
        new = {other for other in ways if other is not None} - seen
        seen |= new
        waiting.extend(new)
    return seen


@CALM
@given(st.one_of(teams(), trees()), SPACES, st.booleans())
def test_all_cards_are_on_the_map_and_none_covers_another(
    cards: list[Card], space: tuple[int, int], roomy: bool
) -> None:
    layout = arrange(cards, *space, roomy=roomy)
    assert set(layout.boxes) == {card.key for card in cards}
    for box in layout.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height
    assert not [pair for pair in combinations(layout.boxes.values(), 2) if overlap(*pair)]


@CALM
@given(st.one_of(teams(), trees()), SPACES)
def test_tree_lines_touch_borders_only_and_join_each_report_to_its_boss(
    cards: list[Card], space: tuple[int, int]
) -> None:
    layout = arrange(cards, *space)
    for x0, y0, x1, y1 in layout.lines:
        assert x0 == x1 or y0 == y1
        line = Box(x0, y0, x1 - x0 + 1, y1 - y0 + 1)
        assert 0 <= x0 <= x1 < layout.width
        assert 0 <= y0 <= y1 < layout.height
        assert not [box for box in layout.boxes.values() if overlap(line, inner(box))]
    for key, boss in layout.bosses.items():
        if boss is not None:
            assert boss in _joined(layout, key)


def _joined(layout: Layout, key: int) -> set[int]:
    """The cards that the lines which touch a card lead to, without passing through a card."""
    spots = [{(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)} for x0, y0, x1, y1 in layout.lines]
    box = layout.boxes[key]
    found = {(x, y) for spot in spots for x, y in spot if box.holds(x, y)}
    while new := {cell for spot in spots if spot & found for cell in spot} - found:
        found |= new
    return {other for x, y in found if (other := layout.at(x, y)) is not None}


@CALM
@given(st.one_of(teams(), trees()), SPACES)
def test_the_cursor_reaches_every_card_from_every_card(cards: list[Card], space: tuple[int, int]) -> None:
    layout = arrange(cards, *space)
    for key in layout.boxes:
        assert reachable(layout, key) == set(layout.boxes)


@CALM
@given(teams(), SPACES)
def test_the_same_people_in_the_same_space_give_the_same_map(cards: list[Card], space: tuple[int, int]) -> None:
    again = [Card(card.key, "renamed", card.lines, card.reports_to, attitude=2) for card in cards]
    assert arrange(cards, *space) == arrange(again, *space)


def test_nobody_gives_an_empty_map() -> None:
    layout = arrange((), 80, 24)
    assert (layout.boxes, layout.lines, layout.width, layout.height) == ({}, (), 0, 0)


def test_a_circle_is_opened_at_its_lowest_key_and_told() -> None:
    layout = arrange([Card(7, "c", (), 3), Card(3, "a", (), 5), Card(5, "b", (), 7), Card(9, "d", (), 5)], 80, 24)
    assert layout.bosses == {7: 3, 3: None, 5: 7, 9: 5}
    assert layout.warnings == (Warn(Flaw.CYCLE, 3, 5),)


def test_two_circles_are_opened_each_at_its_own_lowest_key() -> None:
    layout = arrange([Card(1, "", (), 2), Card(2, "", (), 1), Card(4, "", (), 3), Card(3, "", (), 4)], 80, 24)
    assert layout.bosses == {1: None, 2: 1, 4: 3, 3: None}
    assert [warn.key for warn in layout.warnings] == [1, 3]


def test_who_reports_to_himself_or_to_a_stranger_is_at_the_top_and_told() -> None:
    layout = arrange([Card(1, "", (), 1), Card(2, "", (), 77), Card(3, "", (), 2)], 80, 24)
    assert layout.bosses == {1: None, 2: None, 3: 2}
    assert layout.warnings == (Warn(Flaw.SELF, 1, 1), Warn(Flaw.UNKNOWN, 2, 77))


def test_a_boss_is_centred_above_a_row_of_reports() -> None:
    layout = arrange([Card(1, ""), Card(2, "", (), 1), Card(3, "", (), 1)], 80, 24)
    boss, left, right = (layout.boxes[key] for key in (1, 2, 3))
    assert left.y == right.y > boss.y + boss.height
    assert boss.x - left.x == right.x - boss.x


@pytest.mark.parametrize(("middle", "others"), [(4, 16), (4, 20), (4, 25), (3, 22), (5, 20)])
def test_a_team_of_21_to_30_is_legible_at_120_by_36(middle: int, others: int) -> None:
    for roomy in (False, True):
        layout = arrange(krackhardt_like(middle, others), 118, 36, roomy=roomy)
        assert layout.width <= 118
        assert layout.height <= 36
        assert len(layout.boxes) == 1 + middle + others
        assert min(box.width for box in layout.boxes.values()) >= 14  # eight cells for the name


def test_people_without_a_boss_stand_in_even_rows() -> None:
    layout = arrange([Card(key, "") for key in range(9)], 80, 40)
    assert list(Counter(box.y for box in layout.boxes.values()).values()) == [3, 3, 3]


def test_a_narrow_space_gives_a_taller_map_not_a_wider_one() -> None:
    layout = arrange(krackhardt_like(), 78, 22)
    assert layout.width <= 78
    assert layout.height > 22


@CALM
@given(st.integers(60, 240))
def test_a_long_chain_of_bosses_ends(count: int) -> None:
    chain = [Card(key, "", (), key - 1 if key else None) for key in range(count)]
    layout = arrange(chain, 80, 24)
    assert len(layout.boxes) == count


# Edges


@CALM
@given(st.data(), st.one_of(teams(16), trees(16)), SPACES)
def test_a_route_keeps_clear_of_cards_and_leads_from_one_to_the_other(
    data: st.DataObject, cards: list[Card], space: tuple[int, int]
) -> None:
    layout = arrange(cards, *space, roomy=True)
    edges = data.draw(edges_of(cards))
    routes = route(layout, edges, margin=3)
    real = {edge for edge in edges if edge.source != edge.target and layout.boxes}
    assert {found.edge for found in routes.drawn} | set(routes.listed) == real
    assert len(routes.drawn) + len(routes.listed) == len(real)
    for found in routes.drawn:
        first, last = found.steps[0], found.steps[-1]
        dx, dy = STEPS[first.enter]
        assert layout.at(first.x - dx, first.y - dy) == found.edge.source
        dx, dy = STEPS[last.leave]
        assert layout.at(last.x + dx, last.y + dy) == found.edge.target
        assert all(layout.at(cell.x, cell.y) is None for cell in found.steps)
        for one, other in zip(found.steps, found.steps[1:], strict=False):
            assert (one.x + STEPS[one.leave][0], one.y + STEPS[one.leave][1]) == (other.x, other.y)
            assert one.leave == other.enter


@CALM
@given(st.data(), trees(14))
def test_lines_cross_at_right_angles_or_not_at_all(data: st.DataObject, cards: list[Card]) -> None:
    layout = arrange(cards, 100, 40, roomy=True)
    routes = route(layout, data.draw(edges_of(cards)), margin=3)
    used: dict[tuple[int, int], list[int]] = {}
    for x0, y0, x1, y1 in layout.lines:
        for spot in {(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)}:
            used.setdefault(spot, []).append(int(y0 != y1))
    for found in routes.drawn:
        for cell in found.steps:
            others = used.get((cell.x, cell.y), [])
            assert not others or (cell.enter == cell.leave and set(others) == {1 - cell.enter % 2})
    for found in routes.drawn:
        for cell in found.steps:
            used.setdefault((cell.x, cell.y), []).append(cell.enter % 2)
    drawn = [(cell.x, cell.y) for found in routes.drawn for cell in found.steps]
    assert all(sorted(used[spot]) == [0, 1] for spot, times in Counter(drawn).items() if times > 1)


def test_colleagues_side_by_side_are_joined_by_a_straight_line() -> None:
    layout = arrange([Card(1, "", ("",)), Card(2, "", ("",), 1), Card(3, "", ("",), 1)], 90, 24, roomy=True)
    (found,) = route(layout, [Edge(2, 3)]).drawn
    assert {cell.y for cell in found.steps} <= {layout.boxes[2].y + 1, layout.boxes[2].y + 2}
    assert 0 < found.mark < len(found.steps) - 1


def by_hand(*boxes: Box) -> Layout:
    """A map of cards without bosses, exactly there."""
    placed = dict(enumerate(boxes, 1))
    width = max(box.x + box.width for box in boxes)
    height = max(box.y + box.height for box in boxes)
    return Layout(placed, (), width, height, {None: (tuple(placed),)}, dict.fromkeys(placed))


def test_cards_that_touch_are_joined_around_their_side() -> None:
    layout = by_hand(Box(0, 0, 14, 4), Box(0, 4, 14, 4))
    (found,) = route(layout, [Edge(1, 2, "conflict", 2)], margin=3).drawn
    assert {cell.x for cell in found.steps} <= {-3, -2, -1, 14, 15, 16}


def test_what_has_no_way_is_listed() -> None:
    walled_in = by_hand(Box(0, 0, 14, 4), Box(14, 0, 14, 4), Box(0, 4, 28, 4))
    edges = [Edge(1, 2), Edge(2, 1, "conflict", 3)]
    assert route(walled_in, edges) == Routes((), tuple(edges))


def test_a_gap_of_one_cell_has_no_room_for_head_and_strength() -> None:
    narrow = by_hand(Box(0, 0, 14, 4), Box(15, 0, 14, 4))
    steps = [cell for found in route(narrow, [Edge(1, 2)]).drawn for cell in found.steps]
    assert not [cell for cell in steps if cell.y < 4]
    assert len(steps) > 2


def test_what_has_no_end_is_left_out() -> None:
    assert route(by_hand(Box(0, 0, 14, 4)), [Edge(1, 1), Edge(1, 9), Edge(9, 1)]) == Routes()
