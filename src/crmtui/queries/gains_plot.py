"""The gain over the effort there is, as a plot: the same on screen and in reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.money import exponent
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, xy
from crmtui.queries.allotted_words import hours
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.territory_plan import Plan, Point
    from crmtui.method.units import Unit


def gains(points: Sequence[Point], plan: Plan | None, unit: Unit, currency: str) -> Plot | None:
    """The gain over capacity, and where the plan stands on it; None before it has been worked out."""
    units = 10 ** exponent(currency)
    found = [(one.capacity, one.gain / units) for one in points if one.gain is not None]
    here = [(plan.capacity, plan.gain / units)] if plan else []
    if not found:
        return None
    across = Axis.over(_(unit.word.label), (x for x, _y in [*found, *here]))
    return Plot(
        title=_(unit.curve),
        x=across,
        y=Axis.over(_("gain, {currency}").format(currency=currency), (y for _x, y in [*found, *here])),
        series=(
            Series(mark=Mark.DASHES, values=xy(iter([(across.low, 0.0), (across.high, 0.0)])), tone=Tone.MUTED),
            Series(mark=Mark.LINE, values=xy(iter(found))),
            Series(
                mark=Mark.POINTS,
                values=tuple(Value(x=x, y=y, size=1.0, name=hours(x), focus=True) for x, y in here),
                tone=Tone.ACCENT,
            ),
        ),
    )
