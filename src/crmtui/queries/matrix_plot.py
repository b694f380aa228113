"""The portfolio matrix as a plot: the same on screen and in reports."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Posture
from crmtui.method.portfolio import CUTS
from crmtui.method.scorecard import FULL
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, xy
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.queries.matrix import Line, MatrixPage

_TONES: Final = {Posture.SERVE: Tone.MUTED, Posture.LEAVE: Tone.BAD}
MOST_TRACES: Final = 12  # of accounts that came into another cell


def order(one: Line) -> tuple[bool, int, float]:
    """What is to be done first comes first: those to leave, then to acquire and to enrich, the largest before."""
    first = (Posture.LEAVE, Posture.ACQUIRE, Posture.ENRICH, Posture.KEEP, Posture.SERVE)
    return one.place.cell is None, first.index(one.stance.posture), -(one.sales or 0)


def matrix(page: MatrixPage, current: int | None) -> Plot | None:
    """Attractiveness against strength, sizes by sales, traces of those that changed cell and of the one in focus.

    All are alike as long as it is not known whom to leave.
    """
    placed = [one for one in page.lines if one.place.cell is not None]
    if not placed:
        return None
    most = max((one.sales or 0 for one in placed), default=0) or 1
    cuts = [((cut, 0.0), (cut, FULL)) for cut in CUTS] + [((0.0, cut), (FULL, cut)) for cut in CUTS]

    def toned(posture: Posture) -> Tone:
        return _TONES.get(posture, Tone.ACCENT) if page.is_valued else Tone.ACCENT

    def dots(tone: Tone) -> Series:
        values = [
            Value(
                x=one.place.attractiveness.value or 0.0,
                y=one.place.strength.value or 0.0,
                size=math.sqrt(max(0, one.sales or 0) / most),
                name=one.name,
                focus=one.key == current,
            )
            for one in placed
            if toned(one.stance.posture) is tone
        ]
        named = ", ".join(_(one.label) for one in Posture if toned(one) is tone)
        return Series(mark=Mark.POINTS, values=tuple(values), tone=tone, name=named)

    traces = [one.trace for one in placed if one.trace and (one.trace.has_changed_cell or one.key == current)]
    shown = sorted(traces, key=lambda one: (one.key != current, -one.length))[:MOST_TRACES]
    return Plot(
        title=_("Attractiveness against strength of the relationship"),
        x=Axis(label=_("attractiveness"), low=0.0, high=FULL),
        y=Axis(label=_("strength"), low=0.0, high=FULL),
        series=(
            *(Series(mark=Mark.DASHES, values=xy(iter(ends)), tone=Tone.MUTED) for ends in cuts),
            *(
                Series(
                    mark=Mark.LINE,
                    values=xy(
                        (spot.attractiveness or 0.0, spot.strength or 0.0) for spot in (trace.before, trace.after)
                    ),
                    tone=Tone.WATCH,
                )
                for trace in shown
            ),
            *map(dots, (Tone.MUTED, Tone.ACCENT, Tone.BAD)),
        ),
    )
