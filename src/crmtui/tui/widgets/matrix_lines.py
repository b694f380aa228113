"""The portfolio matrix as a plot and as rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Posture
from crmtui.method.portfolio import CUTS
from crmtui.method.scorecard import FULL
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, xy
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    from crmtui.queries.matrix import Line, MatrixPage

COLUMNS: Final = (
    ListColumn(key="name", title=N_("Account"), width=14, widest=26),
    ListColumn(key="segment", title=N_("Segment"), width=3, widest=8),
    ListColumn(key="posture", title=N_("Posture"), width=10, widest=18),
    ListColumn(key="hangs", title="±", width=2, justify="right"),
    ListColumn(key="reason", title=N_("Because"), width=10, flexible=True, sortable=False),
)
_STYLES: Final = {
    Posture.ACQUIRE: show.FINE,
    Posture.ENRICH: show.FINE,
    Posture.KEEP: "",
    Posture.SERVE: show.MUTED,
    Posture.LEAVE: show.ACT,
}
TONES: Final = {Posture.SERVE: Tone.MUTED, Posture.LEAVE: Tone.BAD}
MOST_TRACES: Final = 12  # of accounts that came into another cell


def source() -> HeldSource[Line]:
    """The source of the list of accounts."""
    postures = list(Posture)
    return HeldSource(
        COLUMNS,
        lambda one: one.key,
        lambda one: f"{one.name} {_(one.segmented.segment.label)} {_(one.stance.posture.label)}",
        _cells,
        {
            "name": lambda one: one.name.casefold(),
            "segment": lambda one: one.segmented.segment.value,
            "posture": lambda one: postures.index(one.stance.posture),
            "hangs": lambda one: len({shift.code for shift in one.shifts}),
        },
    )


def _cells(one: Line) -> tuple[Content | str, ...]:
    hangs = len({shift.code for shift in one.shifts})
    open_ = "" if one.stance.is_certain else "?"
    segment = one.segmented.segment.value.upper() + ("" if one.segmented.is_certain else "?")
    return (
        show.label(one.name),
        segment,
        Content.styled(f"{_(one.stance.posture.label)}{open_}", _STYLES[one.stance.posture]),
        Content.styled(str(hangs), show.WATCH) if hangs else Content(),
        show.label(_(one.stance.reason.label), show.MUTED),
    )


def order(one: Line) -> tuple[bool, int, float]:
    """What is to be done first comes first: those to leave, then to acquire and to enrich, the largest before."""
    first = (Posture.LEAVE, Posture.ACQUIRE, Posture.ENRICH, Posture.KEEP, Posture.SERVE)
    return one.place.cell is None, first.index(one.stance.posture), -(one.sales or 0)


def matrix(page: MatrixPage, current: int | None) -> Plot | None:
    """Attractiveness against strength, sizes by sales, traces of those that changed cell and of the one in focus."""
    placed = [one for one in page.lines if one.place.cell is not None]
    if not placed:
        return None
    most = max((one.sales or 0 for one in placed), default=0) or 1
    cuts = [((cut, 0.0), (cut, FULL)) for cut in CUTS] + [((0.0, cut), (FULL, cut)) for cut in CUTS]

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
            if TONES.get(one.stance.posture, Tone.ACCENT) is tone
        ]
        return Series(mark=Mark.POINTS, values=tuple(values), tone=tone)

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
