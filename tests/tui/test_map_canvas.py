from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len

from crmtui.tui.widgets.map_canvas import Canvas, Texture, fit
from crmtui.tui.widgets.map_glyphs import signs
from crmtui.tui.widgets.map_layout import Card, Edge, Flaw, Warn, arrange
from crmtui.tui.widgets.map_legend import legend, sentence
from crmtui.tui.widgets.map_paint import STYLES, Scene, halves, paint
from crmtui.tui.widgets.map_routes import route
from hostile import STRINGS, has_control

CALM = settings(deadline=None, max_examples=60)
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(sorted(STRINGS.values(), key=len)))


def picture(
    cards: list[Card],
    edges: list[Edge],
    *,
    width: int = 60,
    height: int = 24,
    cursor: int | None = None,
    ascii_only: bool = False,
) -> Canvas:
    layout = arrange(cards, width, height, roomy=bool(edges))
    routes = route(layout, edges)
    known = {card.key: card for card in cards}
    glyphs = signs(ascii_only=ascii_only)
    below = legend(known, edges, routes.listed, layout.warnings, glyphs, width=width, cursor=cursor)
    wide = max(width, layout.width)
    return paint(Scene(known, layout, routes, below, glyphs, cursor, 0, wide))


def lines(canvas: Canvas) -> list[str]:
    return [canvas.line(y).rstrip() for y in range(canvas.height)]


TRIO = [
    Card(1, "Bianchi L.\tCOO", ("decider\tbet 31 %",)),
    Card(2, "Conti G.\tOps", ("user\tbet 12 %",), 1, attitude=1),
    Card(3, "Ferrari\tCFO", ("buyer\tbet 24 %",), 1, attitude=-1),
]


def test_a_map_is_drawn_as_a_tree_with_its_edges() -> None:
    assert lines(picture(TRIO, [Edge(2, 3, strength=2)], cursor=1)) == [
        "                ┏━━━━━━━━━━━━━━━━━━━━┓",
        "                ┃ ? Bianchi L.   COO ┃",
        "                ┃ decider   bet 31 % ┃",
        "                ┗━━━━━━━━━━┯━━━━━━━━━┛",
        "                           │",
        "           ╭───────────────┴───────────────╮",
        "           │                               │",
        "╭──────────┴─────────╮          ╭──────────┴─────────╮",
        "│ + Conti G.     Ops │┈┈┈┈2┈┈┈┈▷│ \u2212 Ferrari      CFO │",
        "│ user      bet 12 % │          │ buyer     bet 24 % │",
        "╰────────────────────╯          ╰────────────────────╯",
        "",
        "┈┈▷ informal influence   1 to 3 strength",
    ]


def test_the_same_map_in_ascii() -> None:
    edges = [Edge(2, 3, strength=2, formal=True)]
    block = [Card(1, "Bianchi L.\tCOO", ("decider",), placeholder=True, block=True), *TRIO[1:]]
    drawn = lines(picture(block, edges, cursor=3, ascii_only=True))
    assert drawn == [
        "                +~~~~~~~~~~~~~~~~~~!~+",
        "                ; ? Bianchi L.   COO ;",
        "                ; decider            ;",
        "                +~~~~~~~~~~+~~~~~~~~~+",
        "                           |",
        "           +---------------+---------------+",
        "           |                               |",
        "+----------+---------+          ######################",
        "| + Conti G.     Ops |~~~~2~~~~># - Ferrari      CFO #",
        "| user      bet 12 % |          # buyer     bet 24 % #",
        "+--------------------+          ######################",
        "",
        "~~> formal influence   1 to 3 strength",
    ]
    assert all(line.isascii() for line in drawn)


def test_a_conflict_has_its_sign_and_no_head() -> None:
    drawn = lines(picture(TRIO, [Edge(2, 3, "conflict", 3)]))
    assert drawn[8][22:32] == "┈┈┈┈\N{BOX DRAWINGS LIGHT DIAGONAL CROSS}3┈┈┈┈"
    assert drawn[-1] == "\N{BOX DRAWINGS LIGHT DIAGONAL CROSS} conflict   1 to 3 strength"


def test_an_edge_without_a_way_is_listed() -> None:
    known = {card.key: card for card in TRIO}
    edge = Edge(2, 3, strength=2)
    for cursor, style in ((2, "legend-on"), (1, "legend")):
        below = legend(known, [edge], [edge], [], signs(ascii_only=False), width=80, cursor=cursor)
        assert below.entries[-1] == (0, 1, "Conti G. ┈┈▷ Ferrari, strength 2", style)
        assert below.height == 2


def test_lines_that_meet_join() -> None:
    canvas = Canvas(5, 3)
    canvas.segment(0, 1, 4, 1, "line")
    canvas.segment(2, 0, 2, 2, "line")
    canvas.segment(0, 0, 0, 1, "line")
    assert lines(canvas) == ["│ │", "╰─┼──", "  │"]


def test_a_heavy_border_joins_a_light_line() -> None:
    canvas = Canvas(5, 4)
    canvas.segment(2, 2, 2, 3, "line")
    canvas.segment(4, 1, 4, 1, "line")
    canvas.frame(0, 0, 5, 3, "frame-on", heavy=True, texture=Texture.SOLID)
    assert lines(canvas) == ["┏━━━┓", "┃   ┃", "┗━┯━┛", "  │"]


def test_nothing_is_drawn_outside_of_the_canvas() -> None:
    with pytest.raises(IndexError, match="outside"):
        Canvas(3, 3).put(2, 0, "ab", "text")


@pytest.mark.parametrize(
    ("raw", "width", "shown"),
    [
        ("Bianchi", 7, "Bianchi"),
        ("Bianchi", 6, "Bianc…"),
        ("Rossi di Sopra", 7, "Rossi…"),
        ("株式会社", 7, "株式会…"),
        ("株式会社", 6, "株式…"),
        ("\x1b[31mred\n", 20, "[31mred"),
        ("👨\u200d👩\u200d👧", 6, "👨👩👧"),
        ("Anna", 0, ""),
        ("", 5, ""),
    ],
)
def test_text_is_cut_by_cells(raw: str, width: int, shown: str) -> None:
    assert fit(raw, width) == shown


def test_the_figure_of_a_line_stays_and_the_title_of_a_person_gives_way() -> None:
    assert halves("gatekeeper\t31 %", 10, "…") == ("gate…", "31 %")
    assert halves("decisore\tpunta 31 %\t31 %", 19, "…") == ("decisore", "punta 31 %")
    assert halves("decisore\tpunta 31 %\t31 %", 19, "…", brief=True) == ("decisore", "31 %")
    assert halves("Bianchi Laura\tCOO", 12, "…", name_first=True) == ("Bianchi Lau…", "")
    assert halves("Bianchi\tCOO", 12, "…", name_first=True) == ("Bianchi", "COO")
    assert halves("Reggiani O.\tManaging director", 16, "…", name_first=True) == ("Reggiani O.", "")
    assert halves("Reggiani O.\tManaging director", 20, "…", name_first=True) == ("Reggiani O.", "Managin…")


@CALM
@given(TEXTS, st.integers(0, 30))
def test_cut_text_is_never_wider_nor_a_terminal_code(raw: str, width: int) -> None:
    cut = fit(raw, width)
    assert cell_len(cut) <= width
    assert not has_control(cut)
    assert "\n" not in cut
    assert "\t" not in cut


@CALM
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), st.booleans(), st.data())
def test_any_text_fills_its_cells_and_no_others(
    texts: list[tuple[str, str]], ascii_only: bool, data: st.DataObject
) -> None:
    cards = [Card(key, *_parted(pair), None if key == 0 else key // 2) for key, pair in enumerate(texts)]
    keys = st.sampled_from(range(len(cards)))
    edges = data.draw(st.lists(st.builds(Edge, keys, keys), max_size=4))
    plain = [Card(card.key, "x", ("y",), card.reports_to) for card in cards]
    canvas = picture(cards, edges, cursor=0, ascii_only=ascii_only)
    like = picture(plain, edges, cursor=0, ascii_only=ascii_only)
    for y in range(canvas.height):
        assert cell_len(canvas.line(y)) == canvas.width
        assert not has_control(canvas.line(y).replace("\n", "\x00"))
        assert {style for _text, style in canvas.runs(y)} <= {"", *STYLES}
    frame = signs(ascii_only=ascii_only)
    assert _borders(canvas) == _borders(like)
    assert frame.ascii_only == ascii_only


def _parted(pair: tuple[str, str]) -> tuple[str, tuple[str]]:
    return pair[0], (f"{pair[1]}\t{pair[0]}",)


def _borders(canvas: Canvas) -> list[tuple[int, int]]:
    """Where the frames are, whatever the text in them."""
    found = []
    for y in range(canvas.height):
        x = 0
        for text, style in canvas.runs(y):
            if style.startswith("frame"):
                found += [(x + offset, y) for offset in range(len(text))]
            x += cell_len(text)
    return found


def test_many_marks_on_one_letter_stay_few() -> None:
    canvas = Canvas(3, 1)
    canvas.put(0, 0, "e" + "\u0301" * 500 + "a", "text")
    assert canvas.line(0) == "e\u0301\u0301a "


def test_a_wide_letter_takes_two_cells_with_its_mark() -> None:
    canvas = Canvas(4, 1)
    canvas.put(0, 0, "株\u3099x", "text")
    assert canvas.line(0) == "株\u3099x "


def test_what_was_wrong_is_said_in_a_sentence() -> None:
    known = {card.key: card for card in TRIO}
    assert sentence(Warn(Flaw.SELF, 2, 2), known) == "Conti G. cannot be their own boss: shown at the top"
    assert "Conti G. and Ferrari" in sentence(Warn(Flaw.CYCLE, 2, 3), known)
    assert "not on this map" in sentence(Warn(Flaw.UNKNOWN, 2, 9), known)
    circle = [Card(1, "Anna", (), 2), Card(2, "Bruno", (), 1)]
    assert "circle" in lines(picture(circle, [], width=100))[-1]
