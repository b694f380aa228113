"""One description, drawn in cells and as SVG: figures where they belong, within the room there is, and safe."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, strategies as st
from rich.cells import cell_len

from crmtui.plots import svg, terminal
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, percent, short, xy
from hostile import STRINGS

UNIT = Axis(label="given", low=0, high=1, form=percent)
FIGURES = st.floats(allow_nan=True, allow_infinity=True)


def plot(*series: Series, x: Axis = UNIT, y: Axis = UNIT, title: str = "Calibration") -> Plot:
    return Plot(title=title, x=x, y=y, series=series)


def text(plot: Plot, width: int = 40, height: int = 13, *, ascii_only: bool = False) -> list[str]:
    rows = terminal.draw(plot, width, height, ascii_only=ascii_only)
    return ["".join(span.text for span in row) for row in rows]


def test_a_point_stands_where_its_values_are() -> None:
    corners = Series(mark=Mark.POINTS, values=xy(iter([(0, 0), (1, 1)])))
    rows = text(plot(corners))
    assert rows[1].endswith("·")  # the upper right corner, under the label
    assert rows[-3].rstrip().endswith("┤·")  # the lower left one, above the axis
    assert rows[0].strip() == "given"


def test_a_diagonal_rises_from_corner_to_corner() -> None:
    rows = text(plot(Series(mark=Mark.LINE, values=xy(iter([(0, 0), (1, 1)])))), 30, 12)
    found = [[column for column, sign in enumerate(row) if "\u2800" < sign <= "\u28ff"] for row in rows[1:-2]]
    assert all(found)
    starts = [columns[0] for columns in found]
    assert starts == sorted(starts, reverse=True)


def test_a_line_breaks_where_a_value_is_missing() -> None:
    gap = Series(mark=Mark.LINE, values=xy(iter([(0, 0.5), (0.4, 0.5), (0.5, math.nan), (0.6, 0.5), (1, 0.5)])))
    row = next(row for row in text(plot(gap)) if any("\u2800" < sign <= "\u28ff" for sign in row))
    drawn = row.split("┤")[-1].split("│")[-1]
    assert " " in drawn.strip()


def test_bars_grow_in_eighths_from_the_foot() -> None:
    counts = Axis(label="n", low=0, high=8)
    bars = Series(mark=Mark.BARS, values=xy(iter([(0, 8), (0.5, 4), (1, 0)])))
    rows = text(plot(bars, y=counts), 30, 11)
    heights = [sum(row[-1 - offset] != " " for row in rows[1:-2]) for offset in (26, 13, 0)]
    assert heights[0] == 8
    assert heights[2] == 0


def test_intervals_reach_from_low_to_high() -> None:
    one = Series(mark=Mark.INTERVALS, values=(Value(x=0.5, y=0.5, low=0.25, high=0.75),))
    drawn = [any("\u2800" < sign <= "\u28ff" for sign in row) for row in text(plot(one), 40, 15)[1:-2]]
    assert drawn == [False] * 3 + [True] * 6 + [False] * 3


def test_the_point_in_focus_is_named_and_stands_over_the_others() -> None:
    near = Series(
        mark=Mark.POINTS,
        values=(
            Value(x=0.5, y=0.5, name="Aurora Spa", focus=True, size=0.1),
            Value(x=0.5, y=0.5, name="Helios", size=1.0),
        ),
    )
    drawn = "\n".join(text(plot(near)))
    assert "◆ Aurora Spa" in drawn
    assert "Helios" not in drawn


def test_names_never_cover_each_other_or_a_point() -> None:
    crowd = Series(
        mark=Mark.POINTS,
        values=tuple(Value(x=0.4 + 0.05 * n, y=0.5, name=f"customer {n}", size=n / 9) for n in range(8)),
    )
    row = next(row for row in text(plot(crowd), 60, 13) if "customer" in row)
    assert sum(row.count(sign) for sign in "·•●") == 8
    assert 1 <= row.count("customer") <= 2  # beside the first and the last


KINDS = tuple(
    Series(mark=Mark.POINTS, values=(Value(x=0.2 + at / 4, y=0.5, size=1.0),), tone=tone, name=name)
    for at, (tone, name) in enumerate(((Tone.ACCENT, "kept"), (Tone.MUTED, "served"), (Tone.BAD, "left")))
)


def test_points_of_another_tone_have_another_sign_and_a_legend_tells_what_it_means() -> None:
    rows = text(plot(*KINDS), 60)
    assert rows[0].startswith("given ")
    assert rows[0].endswith(" ·•● kept  ◦○◎ served  ▿▽▼ left")
    (row,) = (row for row in rows[1:] if "●" in row)
    assert [sign for sign in row if sign in "●◎▼"] == ["●", "◎", "▼"]
    told = text(plot(*KINDS), 60, ascii_only=True)[0]
    assert told.endswith(" .o@ kept  -+* served  vVW left")


def test_a_legend_that_does_not_fit_beside_the_label_stands_below_and_goes_where_there_is_no_height() -> None:
    rows = text(plot(*KINDS), 24)
    assert (rows[0].rstrip(), rows[-2].rstrip(), rows[-1].rstrip()) == ("given", "·•● kept  ◦○◎ served", "▿▽▼ left")
    assert not any("◦○◎" in row for row in text(plot(*KINDS), 24, 8))
    long = Series(mark=Mark.POINTS, values=KINDS[0].values, name="what has a name longer than a screen")
    assert text(plot(long), 24)[-1] == "·•● what has a name lon…"


def test_without_names_there_is_no_legend() -> None:
    nameless = Series(mark=Mark.POINTS, values=KINDS[0].values)
    nobody = Series(mark=Mark.POINTS, values=(), name="nobody")
    assert text(plot(nameless, nobody), 60)[0].strip() == "given"


def test_ascii_is_ascii() -> None:
    values = tuple(Value(x=n / 9, y=(n / 9) ** 2, low=0, high=1, size=n / 9, focus=n == 3) for n in range(10))
    every = [Series(mark=mark, values=values) for mark in Mark]
    assert all(row.isascii() for row in text(plot(*every), 60, 20, ascii_only=True))


def test_what_is_off_the_plot_is_not_drawn_at_its_edge() -> None:
    off = [Series(mark=mark, values=xy(iter([(0.5, 7), (3, 0.5)]))) for mark in (Mark.POINTS, Mark.LINE)]
    assert not any(sign == "·" or "\u2800" < sign <= "\u28ff" for row in text(plot(*off)) for sign in row)


@given(
    st.lists(st.tuples(FIGURES, FIGURES), max_size=12),
    st.sampled_from(list(Mark)),
    st.integers(0, 90),
    st.integers(0, 30),
    st.booleans(),
    st.sampled_from(["", "those", "those that have a long name, and more of them", "客户 客户 客户 客户"]),
)
def test_any_figures_fill_exactly_the_room_there_is(
    pairs: list[tuple[float, float]], mark: Mark, width: int, height: int, ascii_only: bool, name: str
) -> None:
    axes = [Axis.over("label", iter(values)) for values in ([x for x, _y in pairs], [y for _x, y in pairs])]
    drawn = plot(*[Series(mark=mark, values=xy(iter(pairs)), name=name)] * 2, x=axes[0], y=axes[1])
    rows = text(drawn, width, height, ascii_only=ascii_only)
    assert len(rows) == height
    assert {cell_len(row) for row in rows} <= {width}


@example([3e-12], 9)
@given(st.lists(st.floats(-1e9, 1e9), min_size=1), st.integers(2, 12))
def test_figures_of_an_axis_are_round_and_few(values: list[float], most: int) -> None:
    axis = Axis.over("label", iter(values))
    assert all(axis.low <= value <= axis.high for value in values)
    ticks = axis.ticks(most)
    assert 2 <= len(ticks) <= most  # one figure alone gives no scale
    assert len(set(ticks)) == len(ticks)
    assert all(axis.low - 1e-6 <= tick <= axis.high + 1e-6 for tick in ticks)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, 0), (math.nan, 1), (0, math.inf)])
def test_an_axis_without_length_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="larger"):
        Axis(label="x", low=low, high=high)


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0"), (0.25, "0.25"), (999, "999"), (1200, "1200"), (25_000, "25k"), (1.2e6, "1.2M")]
)
def test_figures_are_short(value: float, told: str) -> None:
    assert short(value) == told


@pytest.mark.parametrize("words", STRINGS)
def test_words_from_outside_are_words(words: str) -> None:
    value = Value(x=0.5, y=0.5, name=words, focus=True)
    axis = Axis(label=words, low=0, high=1)
    hostile = Plot(
        title=words, x=axis, y=axis, series=(Series(mark=Mark.POINTS, values=(value,)),), places=((0.1, 0.9, words),)
    )
    for row in text(hostile):
        assert row.isprintable()
        assert cell_len(row) == 40
    root = ET.fromstring(svg.draw(hostile))  # noqa: S314 - made here
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "path", "text", "circle"}


def test_the_svg_says_the_same() -> None:
    values = (Value(x=0, y=0, low=0, high=0.5, name="Aurora", size=1), Value(x=1, y=1, low=0.5, high=1))
    every = [Series(mark=mark, values=values, tone=Tone.ACCENT) for mark in Mark]
    root = ET.fromstring(svg.draw(plot(*every)))  # noqa: S314 - made here
    circles = [element.attrib for element in root.iter() if element.tag.endswith("circle")]
    assert [(one["cx"], one["cy"]) for one in circles] == [("64.0", "316.0"), ("624.0", "28.0")]
    assert float(circles[0]["r"]) > float(circles[1]["r"])
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {"Aurora", "given", "0%", "100%"} <= set(texts)
    assert root.attrib["aria-label"] == "Calibration"


def test_points_of_another_tone_have_another_shape_and_the_legend_names_them() -> None:
    tones = (Tone.ACCENT, Tone.MUTED, Tone.BAD, Tone.WATCH)
    each = [
        Series(mark=Mark.POINTS, values=xy(iter([(number / 4, 0.5)])), tone=tone, name=tone.name)
        for number, tone in enumerate(tones)
    ]
    root = ET.fromstring(svg.draw(plot(*each)))  # noqa: S314 - made here
    shapes = {}
    for tone in tones:
        drawn = [one for one in root.iter() if one.get("class") == f"tone-{tone.name.lower()}" and one.text is None]
        points = [one for one in drawn if one.get("fill-opacity") or one.tag.endswith("circle")]
        assert len(points) == 2  # the point, and the one in the legend
        shapes[tone] = points[0].tag, points[0].get("fill") == "none", points[0].get("d", "").count("L")
    assert len(set(shapes.values())) == len(tones)
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {tone.name for tone in tones} <= set(texts)


def test_what_a_picture_says_can_be_read_without_seeing_it() -> None:
    root = ET.fromstring(svg.draw(plot(), "Aurora: high\n<b>Borea</b>: low"))  # noqa: S314 - made here
    told = [(one.tag.rpartition("}")[2], one.text) for one in root][:2]
    assert told == [("title", "Calibration"), ("desc", "Aurora: high. <b>Borea</b>: low")]


def test_a_name_covers_no_point() -> None:
    values = (Value(x=0.5, y=0.5, name="Aurora", size=1), Value(x=0.53, y=0.5), Value(x=0.2, y=0.1, name="Borea"))
    root = ET.fromstring(svg.draw(plot(Series(mark=Mark.POINTS, values=values))))  # noqa: S314 - made here
    named = {one.text: one.get("text-anchor") for one in root.iter() if one.tag.endswith("text")}
    assert (named["Aurora"], named["Borea"]) == ("end", "start")
    crowded = (*values, Value(x=0.47, y=0.5))
    text = svg.draw(plot(Series(mark=Mark.POINTS, values=crowded)))
    assert "Aurora" not in text
    assert "Borea" in text
