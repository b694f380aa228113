"""A plot as SVG, to stand inside of a page: no script, no font and no picture from elsewhere.

Every piece has the class of its tone (`tone-accent` and so on), so that a page may give it other colours. Words are
escaped, and cleaned of what no XML may hold.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from crmtui.plots.plot import Mark, Plot, Series, Tone, Value
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH, HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 28, 44
_COLOURS: Final = {
    Tone.PLAIN: "#30465c",
    Tone.MUTED: "#8a95a0",
    Tone.ACCENT: "#0b6b8f",
    Tone.GOOD: "#2f7d4f",
    Tone.WATCH: "#a8690a",
    Tone.BAD: "#b3372f",
}
_BAR: Final = 0.6  # of the room between two bars
_LETTER, _LINE = 6.6, 13.0  # pixels of a letter, on the wide side, and of a line


def draw(plot: Plot, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The plot as one `<svg>` element; its title is what is read aloud.

    Args:
        plot: what to draw.
        width: of the view box, in pixels.
        height: of the view box.
    """
    paper = _Paper(plot, width, height)
    title = line(plot.title)
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" ',
        f'aria-label={quoteattr(title)} font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        *paper.axes(),
        *(paper.words(x, y, words) for x, y, words in plot.places),
        *(piece for series in plot.series for piece in paper.series(series)),
        "</svg>",
    ))  # fmt: skip


def _painted(tone: Tone, *parts: str) -> str:
    """The attributes that paint the parts, fill or stroke, of an element in a tone."""
    told = [f'{part}="{_COLOURS[tone] if part in parts else "none"}"' for part in ("fill", "stroke")]
    return f'class="tone-{tone.name.lower()}" {" ".join(told)}'


class _Paper:
    """Where values stand on the view box."""

    def __init__(self, plot: Plot, width: int, height: int) -> None:
        self.plot = plot
        self.left, self.right = _LEFT, width - _RIGHT
        self.top, self.bottom = _TOP, height - _BOTTOM
        self._named: list[tuple[float, float, float]] = []

    def x(self, value: float) -> float:
        """Pixels from the left."""
        return round(self.left + self.plot.x.share(value) * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return round(self.bottom - self.plot.y.share(value) * (self.bottom - self.top), 1)

    def axes(self) -> Iterator[str]:
        """The axes with their figures and labels."""
        drawn = _painted(Tone.MUTED, "stroke")
        for value in self.plot.y.ticks(6):
            y = self.y(value)
            yield f'<path d="M{self.left} {y}H{self.right}" {drawn} stroke-opacity=".25"/>'
            yield _text(self.left - 6, y + 4, self.plot.y.form(value), "end")
        for value in self.plot.x.ticks(8):
            yield _text(self.x(value), self.bottom + 16, self.plot.x.form(value), "middle")
        yield f'<path d="M{self.left} {self.top}V{self.bottom}H{self.right}" {drawn}/>'
        yield _text(self.left, self.top - 10, self.plot.y.label, "start")
        yield _text(self.right, self.bottom + 34, self.plot.x.label, "end")

    def words(self, x: float, y: float, text: str) -> str:
        """Words at a place."""
        return _text(self.x(x), self.y(y), text, "middle")

    def series(self, series: Series) -> Iterator[str]:
        """One series."""
        if series.mark is Mark.INTERVALS:
            for value in series.values:
                if all(map(math.isfinite, (value.x, value.low, value.high))):
                    path = f"M{self.x(value.x)} {self.y(value.low)}V{self.y(value.high)}"
                    yield f'<path d="{path}" {_painted(series.tone, "stroke")}/>'
            return
        for run in series.runs():
            if series.mark is Mark.POINTS:
                yield from self._points(run, series.tone)
            elif series.mark is Mark.BARS:
                yield from self._bars(run, series.tone, len(series.values))
            else:
                yield self._line(series.mark, run, series.tone)

    def _line(self, mark: Mark, run: tuple[Value, ...], tone: Tone) -> str:
        path = f"M{self.x(run[0].x)} {self.y(run[0].y)}"
        for value in run[1:]:
            x, y = self.x(value.x), self.y(value.y)
            path += f"H{x}V{y}" if mark is Mark.STEPS else f"L{x} {y}"
        dashes = ' stroke-dasharray="5 4"' if mark is Mark.DASHES else ""
        return f'<path d="{path}" {_painted(tone, "stroke")} stroke-width="1.6"{dashes}/>'

    def _points(self, run: tuple[Value, ...], tone: Tone) -> Iterator[str]:
        for value in run:
            place = f'cx="{self.x(value.x)}" cy="{self.y(value.y)}" r="{_radius(value)}"'
            yield f'<circle {place} {_painted(tone, "fill", "stroke")} fill-opacity=".7"/>'
        for value in sorted(run, key=lambda one: (not one.focus, -one.size)):
            beside, wide = _radius(value) + 3, _LETTER * len(value.name)
            x, y, anchor = self.x(value.x) + beside, self.y(value.y) + 4, "start"
            if x + wide > self.right + _RIGHT:
                x, anchor = self.x(value.x) - beside, "end"
            start = x if anchor == "start" else x - wide
            if value.name and self._is_free(start, start + wide, y, always=value.focus):
                yield _text(x, y, value.name, anchor, Tone.PLAIN)

    def _is_free(self, start: float, end: float, y: float, *, always: bool) -> bool:
        """Whether a name covers no other; then its place is taken."""
        free = always or not any(
            abs(y - there) < _LINE and start < its_end and its_start < end for its_start, its_end, there in self._named
        )
        if free:
            self._named.append((start, end, y))
        return free

    def _bars(self, run: tuple[Value, ...], tone: Tone, count: int) -> Iterator[str]:
        wide = round(max(1.0, _BAR * (self.right - self.left) / max(count, 1)), 1)
        foot = self.y(min(self.plot.y.high, max(self.plot.y.low, 0.0)))
        for value in run:
            top, bottom = sorted((foot, self.y(value.y)))
            place = f'x="{round(self.x(value.x) - wide / 2, 1)}" y="{top}" width="{wide}"'
            yield f'<rect {place} height="{round(bottom - top, 1)}" {_painted(tone, "fill")}/>'


def _radius(value: Value) -> float:
    """Pixels of a point: its area tells its size."""
    return round(3 + 9 * math.sqrt(min(1.0, max(0.0, value.size))), 1)


def _text(x: float, y: float, raw: str, anchor: str, tone: Tone = Tone.MUTED) -> str:
    place = f'x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}"'
    return f"<text {place} {_painted(tone, 'fill')}>{escape(line(raw))}</text>"
