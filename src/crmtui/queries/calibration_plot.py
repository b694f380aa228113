"""Probabilities given at the time against what came, as a plot: the same on screen and in reports."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, percent, xy
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.method.calibration import Bin, Calibration


def calibration(found: Calibration) -> Plot | None:
    """The reliability diagram: each bin with the interval of what was won, and the line on which all should lie."""
    if not found.bins:
        return None
    most = max(one.won.of for one in found.bins)
    return Plot(
        title=_("Probabilities given against the share won"),
        x=Axis(label=_("given"), low=0.0, high=1.0, form=percent),
        y=Axis(label=_("share won, with its interval"), low=0.0, high=1.0, form=percent),
        series=(
            Series(mark=Mark.DASHES, values=xy(iter(((0.0, 0.0), (1.0, 1.0)))), tone=Tone.MUTED),
            Series(
                mark=Mark.INTERVALS,
                values=tuple(
                    Value(x=one.given, y=one.won.value or 0.0, low=one.won.low, high=one.won.high) for one in found.bins
                ),
                tone=Tone.MUTED,
            ),
            _points(tuple(one for one in found.bins if not one.is_off), most, Tone.ACCENT),
            _points(tuple(one for one in found.bins if one.is_off), most, Tone.WATCH),
        ),
    )


def _points(bins: tuple[Bin, ...], most: int, tone: Tone) -> Series:
    values = tuple(
        Value(x=one.given, y=one.won.value or 0.0, size=math.sqrt(one.won.of / most), name=str(one.won.of))
        for one in bins
    )
    return Series(mark=Mark.POINTS, values=values, tone=tone)
