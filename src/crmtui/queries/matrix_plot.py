"""The portfolio matrix as a plot: the same on screen and in reports."""

from __future__ import annotations

import math
from dataclasses import replace
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


class Drawing:
    """The accounts as dots, attractiveness against strength, sizes by sales: drawn as often as the cursor moves.

    All are alike, and none has a meaning, as long as it is not known whom to leave.
    """

    def __init__(self, page: MatrixPage) -> None:
        placed = [one for one in page.lines if one.place.cell is not None]
        most = max((one.sales or 0 for one in placed), default=0) or 1
        self._toned = {one: _TONES.get(one, Tone.ACCENT) if page.is_valued else Tone.ACCENT for one in Posture}
        self._is_valued = page.is_valued
        self._dots: dict[Tone, dict[int, Value]] = {Tone.MUTED: {}, Tone.ACCENT: {}, Tone.BAD: {}}
        for one in placed:
            self._dots[self._toned[one.stance.posture]][one.key] = Value(
                x=one.place.attractiveness.value or 0.0,
                y=one.place.strength.value or 0.0,
                size=math.sqrt(max(0, one.sales or 0) / most),
                name=one.name,
            )
        self._traces = page.traces
        self._moved = sorted(
            (one for one in self._traces.values() if one.has_changed_cell), key=lambda one: -one.length
        )

    def plot(self, current: int | None) -> Plot | None:
        """The matrix, with traces of who came into another cell and of who is under the cursor; None of nobody."""
        if not any(self._dots.values()):
            return None
        cuts = [((cut, 0.0), (cut, FULL)) for cut in CUTS] + [((0.0, cut), (FULL, cut)) for cut in CUTS]
        shown = [one for one in self._moved[:MOST_TRACES] if one.key != current]
        if current is not None and (here := self._traces.get(current)):
            shown = [here, *shown[: MOST_TRACES - 1]]
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
                *(self._series(tone, current) for tone in self._dots),
            ),
        )

    def _series(self, tone: Tone, current: int | None) -> Series:
        named = ", ".join(_(one.label) for one in Posture if self._is_valued and self._toned[one] is tone)
        dots = self._dots[tone]
        if current in dots:
            dots = {**dots, current: replace(dots[current], focus=True)}
        return Series(mark=Mark.POINTS, values=tuple(dots.values()), tone=tone, name=named)
