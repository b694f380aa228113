"""A plot in cells of text: lines in braille dots, points as glyphs, bars as blocks; or all of it in ASCII.

A cell holds two by four dots (Unicode 2800-28FF). Where only ASCII can be shown, a cell says in which half of it its
dots are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

from crmtui.plots.plot import Mark, Plot, Series, Tone, Value
from crmtui.signs import plain
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator

ACROSS, UP = 2, 4  # dots of a cell
_BRAILLE: Final = 0x2800
_BITS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # from the top, left and right
_UPPER: Final = 0x01 | 0x08 | 0x02 | 0x10
_SIZES: Final = "·•●"  # of points, small to large
_ASCII_SIZES: Final = ".o@"
_OTHERS: Final = {Tone.MUTED: "◦○◎", Tone.BAD: "▿▽▼"}  # by tone, so that colour is never alone
_ASCII_OTHERS: Final = {Tone.MUTED: "-+*", Tone.BAD: "vVW"}
_FOCUS, _ASCII_FOCUS = "◆", "#"
_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_LEAST: Final = (12, 5)  # cells across and up below which there is nothing to see
_TICK_ROOM: Final = 10  # cells a figure on the axis across needs
_TICK_ROWS: Final = 4  # rows a figure on the axis up needs
_DASH: Final = 6  # dots of a dash and its gap
_LONGEST_NAME: Final = 24
_GAP: Final = 2  # cells between what stands in one row of a legend


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one tone; `strong` for what is under the cursor."""

    text: str
    tone: Tone = Tone.PLAIN
    strong: bool = False


Row = tuple[Span, ...]


def draw(plot: Plot, width: int, height: int, *, ascii_only: bool = False) -> tuple[Row, ...]:
    """The plot in exactly `height` rows of `width` cells; empty rows where that is too small for anything.

    Args:
        plot: what to draw.
        width: cells across, with the figures of the axis.
        height: rows, with the figures and the labels of the axes.
        ascii_only: whether only ASCII can be shown.
    """
    figures = [(value, plot.y.form(value)) for value in plot.y.ticks(max(2, (height - 3) // _TICK_ROWS + 1))]
    margin = max((cell_len(text) for _value, text in figures), default=0) + 1
    head, legend = _legend(plot, width, ascii_only=ascii_only)
    if height - 3 - len(legend) < _LEAST[1]:
        legend = []
    area = _Area(width - margin - 1, height - 3 - len(legend), ascii_only=ascii_only)
    if area.width < _LEAST[0] or area.height < _LEAST[1]:
        return tuple((Span(" " * max(width, 0)),) for _row in range(height))
    for x, y, words in plot.places:
        area.write(plot, x, y, words, Tone.MUTED)
    for series in plot.series:
        area.add(plot, series)
    area.name_points(plot)
    rows = [head]
    at = {area.row(plot.y.share(value)): text for value, text in figures}
    for number, cells in enumerate(area.rows()):
        text = at.get(number, "")
        bar = "┤" if text else "│"
        rows.append((Span(" " * (margin - cell_len(text) - 1) + text + " " + bar, Tone.MUTED), *cells))
    rows += [*(_fit(row, width) for row in _foot(plot, area.width, margin)), *legend]
    return tuple(_ascii(row) for row in rows) if ascii_only else tuple(rows)


def _legend(plot: Plot, width: int, *, ascii_only: bool) -> tuple[Row, list[Row]]:
    """What the signs of points mean, where series of them have names: beside the upper label, or in rows below.

    Returns:
        The row above the plot, and those below it.
    """
    label = Span(line(plot.y.label), Tone.MUTED)
    rows: list[list[Span]] = []
    room = 0
    for series in plot.series:
        if series.mark is Mark.POINTS and series.name and series.values:
            signs = _signs(series.tone, ascii_only=ascii_only)
            told = _cut(f" {line(series.name)}", width - cell_len(signs))
            room -= _GAP + len(signs) + cell_len(told)
            if room < 0:
                rows.append([])
                room = width - len(signs) - cell_len(told)
            rows[-1] += [Span(" " * _GAP * bool(rows[-1])), Span(signs, series.tone), Span(told, Tone.MUTED)]
    if len(rows) == 1 and (free := room - cell_len(label.text)) >= _GAP:
        return (label, Span(" " * free), *rows[0]), []
    return _fit((label,), width), [_filled(row, width) for row in rows]


def _foot(plot: Plot, width: int, margin: int) -> tuple[Row, Row]:
    """The axis across: its line with the places of the figures, and under it the figures with the label at the end."""
    figures = plot.x.ticks(max(2, width // _TICK_ROOM))
    axis, under = ["─"] * width, [" "] * (width + 1)
    room = 0
    for value in figures:
        at = min(width - 1, round(plot.x.share(value) * (width - 1)))
        axis[at] = "┴"
        text = plot.x.form(value)
        start = max(0, min(at - cell_len(text) // 2, width + 1 - cell_len(text)))
        if start >= room:
            under[start : start + len(text)] = list(text)
            room = start + len(text) + 1
    label = line(plot.x.label)
    free = width + 1 - len("".join(under).rstrip()) - 2
    told = label if cell_len(label) <= free else ""
    figures_row = "".join(under).rstrip()
    gap = " " * (width + 1 - len(figures_row) - cell_len(told))
    if told:
        return (
            (Span(" " * margin + "└" + "".join(axis), Tone.MUTED),),
            (Span(" " * margin + figures_row + gap + told, Tone.MUTED),),
        )
    # no room beside the figures: the label stands on the line itself
    name = f" {label} "
    if cell_len(name) < width - 2:
        axis[width - cell_len(name) - 1 : width - 1] = [name]
    return (
        (Span(" " * margin + "└" + "".join(axis), Tone.MUTED),),
        (Span(" " * margin + figures_row, Tone.MUTED),),
    )


class _Area:
    """The cells inside the axes."""

    def __init__(self, width: int, height: int, *, ascii_only: bool) -> None:
        self.width, self.height, self.ascii_only = width, height, ascii_only
        self._dots: dict[tuple[int, int], tuple[int, Tone]] = {}
        self._cells: dict[tuple[int, int], Span] = {}
        self._points: list[tuple[Value, Tone]] = []

    def row(self, share: float) -> int:
        """The row, from the top, of a share of the axis up."""
        return min(self.height - 1, max(0, int((1 - share) * self.height - 1e-9)))

    def add(self, plot: Plot, series: Series) -> None:
        """Draw a series over what is there."""
        if series.mark is Mark.POINTS:
            for run in series.runs():
                self._points += [(value, series.tone) for value in run]
        elif series.mark is Mark.BARS:
            for run in series.runs():
                for value in run:
                    self._bar(plot, value, series.tone)
        elif series.mark is Mark.INTERVALS:
            for value in series.values:
                self._segment(plot, (value.x, value.low), (value.x, value.high), series.tone)
        else:
            for run in series.runs():
                self._line(plot, series, run)

    def write(self, plot: Plot, x: float, y: float, words: str, tone: Tone, *, strong: bool = False) -> None:
        """Words centred on a place, where they are not over the edge."""
        text = line(words)[: self.width]
        start = round(plot.x.share(x) * (self.width - 1)) - cell_len(text) // 2
        self._write(
            self.row(plot.y.share(y)), max(0, min(start, self.width - cell_len(text))), text, tone, strong=strong
        )

    def name_points(self, plot: Plot) -> None:
        """Put the points down, the one in focus last, and names beside those that are seen, where there is room."""
        seen: dict[tuple[int, int], tuple[Value, Tone]] = {}
        for value, tone in sorted(self._points, key=lambda one: (one[0].focus, one[0].size)):
            column = round(plot.x.share(value.x) * (self.width - 1))
            row = self.row(plot.y.share(value.y))
            if not (0 <= column < self.width and 0 <= round(plot.y.share(value.y), 9) <= 1):
                continue
            seen[row, column] = value, tone
        for place, (value, tone) in seen.items():
            self._cells[place] = Span(self._glyph(value, tone), tone, value.focus)
        taken = set(seen)
        large_first = sorted(seen.items(), key=lambda one: (not one[1][0].focus, -one[1][0].size))
        for (row, column), (value, tone) in large_first:
            if value.name:
                self._name(value, row, column, tone, taken)

    def _name(self, value: Value, row: int, column: int, tone: Tone, taken: set[tuple[int, int]]) -> None:
        text = _cut(line(value.name), _LONGEST_NAME)
        for start in (column + 2, column - 1 - cell_len(text)):
            room = [(row, cell) for cell in range(start - 1, start + cell_len(text) + 1) if cell != column]
            inside = start >= 0 and start + cell_len(text) <= self.width
            if inside and (value.focus or not taken.intersection(room)):
                for blank in (start - 1, start + cell_len(text)):
                    if (row, blank) not in taken:
                        self._cells[row, blank] = Span(" ")
                self._write(row, start, text, tone if value.focus else Tone.MUTED, strong=value.focus)
                taken.update(room)
                return

    def _glyph(self, value: Value, tone: Tone) -> str:
        if value.focus:
            return _ASCII_FOCUS if self.ascii_only else _FOCUS
        sizes = _signs(tone, ascii_only=self.ascii_only)
        return sizes[min(len(sizes) - 1, int(max(0.0, value.size) * len(sizes)))]

    def _write(self, row: int, start: int, text: str, tone: Tone, *, strong: bool) -> None:
        column = start
        for character in text:
            wide = cell_len(character)
            if wide and column + wide <= self.width:
                self._cells[row, column] = Span(character, tone, strong)
                for more in range(1, wide):
                    self._cells[row, column + more] = Span("", tone)
                column += wide

    def _line(self, plot: Plot, series: Series, run: tuple[Value, ...]) -> None:
        dashed = series.mark is Mark.DASHES
        if len(run) == 1:
            self._segment(plot, (run[0].x, run[0].y), (run[0].x, run[0].y), series.tone)
        for one, two in pairwise(run):
            if series.mark is Mark.STEPS:
                self._segment(plot, (one.x, one.y), (two.x, one.y), series.tone)
                self._segment(plot, (two.x, one.y), (two.x, two.y), series.tone)
            else:
                self._segment(plot, (one.x, one.y), (two.x, two.y), series.tone, dashed=dashed)

    def _segment(
        self, plot: Plot, start: tuple[float, float], end: tuple[float, float], tone: Tone, *, dashed: bool = False
    ) -> None:
        """The dots from one place to another, as far as they are on the plot."""
        shares = (*self._share(plot, start), *self._share(plot, end))
        clipped = _clip(*shares) if all(map(math.isfinite, shares)) else None
        if clipped is None:
            return
        x0, y0, x1, y1 = (
            share * (dots - 1) for share, dots in zip(clipped, (self.width * ACROSS, self.height * UP) * 2, strict=True)
        )
        steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
        for number in range(steps + 1):
            if not dashed or number % _DASH < _DASH // 2:
                self._dot(round(x0 + (x1 - x0) * number / steps), round(y0 + (y1 - y0) * number / steps), tone)

    def _share(self, plot: Plot, place: tuple[float, float]) -> tuple[float, float]:
        return plot.x.share(place[0]), plot.y.share(place[1])

    def _dot(self, x: int, y: int, tone: Tone) -> None:
        row, column = self.height - 1 - y // UP, x // ACROSS
        mask, _tone = self._dots.get((row, column), (0, tone))
        self._dots[row, column] = mask | _BITS[UP - 1 - y % UP][x % ACROSS], tone

    def _bar(self, plot: Plot, value: Value, tone: Tone) -> None:
        """A column of blocks; below zero it hangs, in whole cells."""
        foot = min(1.0, max(0.0, plot.y.share(0.0)))
        end = min(1.0, max(0.0, plot.y.share(value.y)))
        column = round(plot.x.share(value.x) * (self.width - 1))
        if not 0 <= column < self.width:
            return
        low, high = sorted((foot * self.height, end * self.height))
        for cell in range(math.floor(low), math.ceil(high)):
            eighths = max(1, round(8 * min(1.0, high - cell))) if end >= foot else 8
            self._cells[self.height - 1 - cell, column] = Span(_BLOCKS[eighths], tone)

    def rows(self) -> Iterator[Row]:
        """The cells as text, cells of one tone together."""
        for row in range(self.height):
            cells = [self._cell(row, column) for column in range(self.width)]
            yield tuple(
                Span("".join(one.text for one in alike), tone, strong)
                for (tone, strong), alike in groupby(cells, key=lambda one: (one.tone, one.strong))
            )

    def _cell(self, row: int, column: int) -> Span:
        if (row, column) in self._cells:
            return self._cells[row, column]
        mask, tone = self._dots.get((row, column), (0, Tone.PLAIN))
        if not mask:
            return Span(" ")
        if self.ascii_only:
            upper, lower = mask & _UPPER, mask & ~_UPPER
            return Span(":" if upper and lower else "'" if upper else ".", tone)
        return Span(chr(_BRAILLE | mask), tone)


def _clip(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float] | None:
    """The part of a line inside of the unit square, or None (Liang & Barsky 1984)."""
    start, end = 0.0, 1.0
    for move, room in ((x0 - x1, x0), (x1 - x0, 1 - x0), (y0 - y1, y0), (y1 - y0, 1 - y0)):
        if move == 0:
            if room < 0:
                return None
        elif move < 0:
            start = max(start, room / move)
        else:
            end = min(end, room / move)
    if start > end:
        return None
    return x0 + start * (x1 - x0), y0 + start * (y1 - y0), x0 + end * (x1 - x0), y0 + end * (y1 - y0)


def _signs(tone: Tone, *, ascii_only: bool) -> str:
    """The signs of points of a tone, small to large."""
    return _ASCII_OTHERS.get(tone, _ASCII_SIZES) if ascii_only else _OTHERS.get(tone, _SIZES)


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _filled(row: list[Span], width: int) -> Row:
    """A row of several spans in so many cells."""
    return (*row, Span(" " * max(0, width - sum(cell_len(one.text) for one in row))))


def _fit(row: Row, width: int) -> Row:
    """A row of one span in exactly so many cells."""
    (span,) = row
    return (Span(set_cell_size(span.text, width), span.tone, span.strong),)


def _ascii(row: Row) -> Row:
    return tuple(Span(plain(span.text), span.tone, span.strong) for span in row)
