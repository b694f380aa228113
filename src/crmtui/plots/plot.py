"""What a plot shows, whatever it is drawn on: axes, and series of points, lines, bars and intervals."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.figures import Figure
from crmtui.plots.days import firsts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


THOUSAND = 1000
SMALLEST = 1e-12  # a length below it is none
LARGEST = 1e15  # beyond it nothing is drawn: no figure of a workspace is


class Tone(Enum):
    """What a series means; how that looks is the business of what it is drawn on."""

    PLAIN = auto()
    MUTED = auto()  # what was before, what is only for comparison
    ACCENT = auto()  # the one figure that matters
    GOOD = auto()
    WATCH = auto()
    BAD = auto()


class Mark(Enum):
    """How the values of a series are drawn."""

    POINTS = auto()
    LINE = auto()  # from one value to the next, straight
    STEPS = auto()  # level until the next value
    DASHES = auto()  # a line of comparison: a limit, a diagonal, a way that was gone
    BARS = auto()  # from zero, or from the foot of the axis where zero is not on it
    INTERVALS = auto()  # from `low` to `high` at each x


def short(value: float) -> str:
    """A figure on an axis: three digits that count, thousands as k, millions as M."""
    size = abs(value)
    for least, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if size >= least:
            return f"{Figure(value / (least if sign != 'k' else 1e3)):.3g}{sign}"
    return f"{Figure(value):.3g}" if size < THOUSAND else f"{value:.0f}"


def percent(value: float) -> str:
    """A share on an axis."""
    return f"{Figure(100 * value):.3g}%"


def _day(value: float) -> str:
    """A day on an axis of ordinals."""
    return dated(dt.date.fromordinal(round(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One direction of a plot.

    Attributes:
        label: what it measures, with its unit; shown.
        low: the value at its foot; finite.
        high: the value at its end; finite, above `low`.
        form: how its figures are written.
        is_of_days: whether its values are days, as ordinals.
    """

    label: str
    low: float
    high: float
    form: Callable[[float], str] = short
    is_of_days: bool = False

    def __post_init__(self) -> None:
        """Refuse an axis on which nothing can be placed."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError("an axis runs from a finite value to a larger one")

    @classmethod
    def over(
        cls, label: str, values: Iterator[float], form: Callable[[float], str] = short, *, zero: bool = True
    ) -> Axis:
        """An axis on which all values find room, from and to a round figure; from zero if `zero`.

        Values that are not finite, or beyond `LARGEST`, find none.
        """
        found = [value for value in values if abs(value) <= LARGEST] + ([0.0] if zero else [])
        low, high = (min(found), max(found)) if found else (0.0, 1.0)
        if high - low < SMALLEST:
            low, high = (low - 0.5, high + 0.5) if low else (0.0, 1.0)
        step = _step(low, high, 5)
        return cls(label=label, low=math.floor(low / step) * step, high=math.ceil(high / step) * step, form=form)

    @classmethod
    def days(cls, first: dt.date, last: dt.date) -> Axis:
        """An axis of days, as ordinals, from one to another after it."""
        return cls(label="", low=first.toordinal(), high=last.toordinal(), form=_day, is_of_days=True)

    def ticks(self, most: int) -> tuple[float, ...]:
        """Round figures on the axis, two to `most` of them (Heckbert 1990, nice numbers); none where `most` is less."""
        if most < 2:  # noqa: PLR2004 - one figure alone gives no scale
            return ()
        if self.is_of_days:
            ends = [dt.date.fromordinal(round(value)) for value in (self.low, self.high)]
            return tuple(float(day.toordinal()) for day in firsts(ends[0], ends[1], most))
        step = _step(self.low, self.high, most)
        found = self._multiples(step)
        while len(found) < 2:  # noqa: PLR2004 - as above
            step = _finer(step)
            found = self._multiples(step)
        return found if len(found) <= most else (found[0], found[-1])

    def _multiples(self, step: float) -> tuple[float, ...]:
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        digits = 12 - math.floor(math.log10(step))  # far below the step, however small that is
        return tuple(round(number * step, digits) for number in range(first, last + 1))

    def share(self, value: float) -> float:
        """Where a value stands on the axis, 0 at its foot and 1 at its end; outside of that off the plot."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a series.

    Attributes:
        x: across.
        y: up.
        low: foot of an interval; ignored by other marks.
        high: its end.
        size: of a point, 0 small to 1 large.
        name: what it is; drawn beside the point where there is room, and always for the one in focus.
        focus: whether it is the one under the cursor.
    """

    x: float
    y: float
    low: float = math.nan
    high: float = math.nan
    size: float = 0.0
    name: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values that belong together; those not finite or beyond `LARGEST` are left out, and a line breaks there."""

    mark: Mark
    values: tuple[Value, ...]
    tone: Tone = Tone.PLAIN
    name: str = ""

    def runs(self) -> Iterator[tuple[Value, ...]]:
        """The values in groups between gaps."""
        run: list[Value] = []
        for value in self.values:
            if abs(value.x) <= LARGEST and abs(value.y) <= LARGEST:
                run.append(value)
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture of figures. Later series are drawn over earlier ones.

    Attributes:
        title: what it shows, in words: also what is read aloud instead of it.
        x: the axis across.
        y: the axis up.
        series: what is drawn.
        places: words in the plot, each at an x and a y: the fields of a matrix.
    """

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    places: tuple[tuple[float, float, str], ...] = ()


def xy(pairs: Iterator[tuple[float, float]]) -> tuple[Value, ...]:
    """Values that are nothing but a place."""
    return tuple(Value(x=x, y=y) for x, y in pairs)


def _step(low: float, high: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that gives no more than `most` figures."""
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def _finer(step: float) -> float:
    """The next smaller of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step) + 1e-9)
    return next(factor * power for factor in (5, 2, 1, 0.5) if factor * power < step * (1 - 1e-9))
