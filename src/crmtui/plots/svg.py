"""A plot as SVG, to stand inside of a page: no script, no font and no picture from elsewhere.

Every piece has the class of its tone (`tone-accent` and so on), so that a page may give it other colours; points of
another tone have another shape too, for print without colour. Words are escaped, and cleaned of what no XML may hold.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from crmtui.plots.plot import Mark, Plot, Series, Tone, Value
from crmtui.text import clean, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH, HEIGHT, LOW = 640, 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 28, 44
_LABEL: Final = 18  # pixels of the label below the axis across
_COLOURS: Final = {
    Tone.PLAIN: "#30465c",
    Tone.MUTED: "#66717c",
    Tone.ACCENT: "#0b6b8f",
    Tone.GOOD: "#2f7d4f",
    Tone.WATCH: "#a8690a",
    Tone.BAD: "#b3372f",
}
_BAR: Final = 0.6  # of the room between two bars
_LETTER, _LINE = 6.6, 13.0  # pixels of a letter, on the wide side, and of a line
_PAPER: Final = "#fffdf9"
_UP, _ACROSS = 6, 8  # figures on the axes, at most
_GAP: Final = 12.0  # pixels beside a figure
_SAMPLE: Final = 8.0  # pixels of a shape in the legend


def draw(plot: Plot, text: str = "", width: int = WIDTH, height: int = HEIGHT) -> str:
    """The plot as one `<svg>` element.

    Args:
        plot: what to draw; its title is what is read aloud.
        text: what it says, in words, for those who do not see it.
        width: of the view box, in pixels.
        height: of the view box.
    """
    paper = _Paper(plot, width, height)
    pieces = (
        *paper.axes(),
        *paper.legend(),
        *(paper.words(x, y, words) for x, y, words in plot.places),
        *(piece for series in plot.series for piece in paper.series(series)),
    )
    return picture(plot.title, text, (width, height), pieces)


def picture(title: str, text: str, size: tuple[float, float], pieces: Iterable[str], letters: int = 12) -> str:
    """Pieces of SVG as one picture.

    Args:
        title: what it is, read aloud instead of it.
        text: what it says, read aloud on demand; '' for nothing.
        size: of the view box, in pixels.
        pieces: what is drawn, made here.
        letters: their height, in pixels.
    """
    named, told = line(title), ". ".join(filter(None, map(line, clean(text).splitlines())))
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:g} {size[1]:g}" role="img" ',
        f'aria-label={quoteattr(named)} font-family="system-ui, sans-serif" font-size="{letters}">',
        f"<title>{escape(named)}</title>",
        f"<desc>{escape(told)}</desc>" if told else "",
        *pieces,
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
        figures = (_LETTER * len(plot.y.form(value)) + _GAP for value in plot.y.ticks(_UP))
        self.left, self.right = max(_LEFT, *figures), width - _RIGHT
        self.top, self.bottom = _TOP, height - _BOTTOM + (0 if plot.x.label else _LABEL)
        self._taken = list(self._places())

    def x(self, value: float) -> float:
        """Pixels from the left."""
        return round(self.left + self.plot.x.share(value) * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return round(self.bottom - self.plot.y.share(value) * (self.bottom - self.top), 1)

    def axes(self) -> Iterator[str]:
        """The axes with their figures and labels."""
        drawn = _painted(Tone.MUTED, "stroke")
        for value in self.plot.y.ticks(_UP):
            y = self.y(value)
            yield f'<path d="M{self.left} {y}H{self.right}" {drawn} stroke-opacity=".25"/>'
            yield _text(self.left - 6, y + 4, self.plot.y.form(value), "end")
        for value in self.plot.x.ticks(_ACROSS):
            yield self._figure(self.x(value), self.plot.x.form(value))
        yield f'<path d="M{self.left} {self.top}V{self.bottom}H{self.right}" {drawn}/>'
        yield _text(self.left, self.top - 10, self.plot.y.label, "start")
        yield _text(self.right, self.bottom + 34, self.plot.x.label, "end")

    def _figure(self, x: float, figure: str) -> str:
        """A figure under the axis across, not over the edge."""
        half = _LETTER * len(figure) / 2
        return _text(max(half, min(x, self.right + _RIGHT - half)), self.bottom + 16, figure, "middle")

    def legend(self) -> Iterator[str]:
        """What the shapes of points mean, where series of them have names: from the right above the plot."""
        x, y = float(self.right), float(self.top - 10)
        for series in reversed(self.plot.series):
            if series.mark is Mark.POINTS and series.name and series.values:
                yield _text(x, y, series.name, "end")
                x -= _LETTER * len(line(series.name)) + _SAMPLE
                yield _shape(x, y - 4, _SAMPLE / 2, series.tone)
                x -= 2 * _SAMPLE

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
            yield _shape(self.x(value.x), self.y(value.y), _radius(value), tone)
        for value in sorted(run, key=lambda one: (not one.focus, -one.size)):
            if value.name:
                yield from self._name(value)

    def _name(self, value: Value) -> Iterator[str]:
        """The name of a point, beside it where it covers nothing: to the right, else to the left."""
        beside, wide = _radius(value) + 3, _LETTER * len(line(value.name))
        x, y = self.x(value.x), self.y(value.y) + 4
        sides = [(x + beside, x + beside, "start"), (x - beside, x - beside - wide, "end")]
        if x + beside + wide > self.right + _RIGHT:
            sides.reverse()
        for at, start, anchor in sides if not value.focus else sides[:1]:
            if value.focus or (start >= 0 and self._is_free(start, start + wide, y)):
                self._taken.append((start, start + wide, y))
                ground = f'd="M{start:.1f} {y - 10:.1f}h{wide:.1f}v{_LINE}h{-wide:.1f}Z"'  # lines end at the name
                yield f'<path {ground} fill="{_PAPER}" fill-opacity=".85"/>'
                yield _text(at, y, value.name, anchor, Tone.PLAIN)
                return

    def _is_free(self, start: float, end: float, y: float) -> bool:
        """Whether a name covers neither another nor a point."""
        return not any(
            abs(y - there) < _LINE and start < its_end and its_start < end for its_start, its_end, there in self._taken
        )

    def _places(self) -> Iterator[tuple[float, float, float]]:
        """From where to where each point is, and where a name beside it stands."""
        for series in self.plot.series:
            if series.mark is Mark.POINTS:
                for value in (value for run in series.runs() for value in run):
                    x, radius = self.x(value.x), _radius(value)
                    yield x - radius, x + radius, self.y(value.y) + 4

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


def _shape(x: float, y: float, radius: float, tone: Tone) -> str:
    """A point: a ring for what is muted, a square on its corner for what is bad, a triangle for what is to watch."""
    if tone in (Tone.BAD, Tone.WATCH):
        foot = 0.7 * radius if tone is Tone.WATCH else 0.0
        corners = [(0.0, -radius), (radius, foot), *([(0.0, radius)] if tone is Tone.BAD else []), (-radius, foot)]
        path = "L".join(f"{round(x + right, 1)} {round(y + down, 1)}" for right, down in corners)
        return f'<path d="M{path}Z" {_painted(tone, "fill", "stroke")} fill-opacity=".7"/>'
    ring = _painted(tone, "stroke") if tone is Tone.MUTED else f'{_painted(tone, "fill", "stroke")} fill-opacity=".7"'
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {ring}/>'


def _text(x: float, y: float, raw: str, anchor: str, tone: Tone = Tone.MUTED) -> str:
    place = f'x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}"'
    return f"<text {place} {_painted(tone, 'fill')}>{escape(line(raw))}</text>"
