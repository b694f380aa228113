"""Two territory plans side by side: what the one does differently from the other (method.md section 4)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.method.units import HOURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.method.territory_plan import Line, Plan
    from crmtui.method.units import Unit

_SLACK: Final = 1 / 120  # hours by which rounding to the minute may differ


@dataclass(frozen=True, slots=True)
class Change:
    """An account that two plans treat differently.

    Attributes:
        key: which.
        before: its line in the one plan; None where it is not in it.
        after: its line in the other; None likewise.
    """

    key: int
    before: Line | None
    after: Line | None

    def effort(self, unit: Unit) -> tuple[float, float]:
        """What it gets in the first, and in the second."""
        before, after = (unit.proposed(one) if one else 0.0 for one in (self.before, self.after))
        return before, after

    def more(self, unit: Unit) -> float:
        """How much more it gets in the second."""
        before, after = self.effort(unit)
        return after - before

    @property
    def is_known(self) -> bool:
        """Whether it can be said what it brings."""
        return all(one.sales is not None for one in (self.before, self.after) if one)

    @property
    def value(self) -> float | None:
        """How much more it brings, margin less cost; None where nobody knows."""
        if not self.is_known:
            return None
        return (self.after.value if self.after else 0.0) - (self.before.value if self.before else 0.0)

    @property
    def gain(self) -> float:
        """How much more is gained beyond today, as far as it is known: where sales are not, the cost alone."""
        return (self.after.gain if self.after else 0.0) - (self.before.gain if self.before else 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side; all figures are those of the second less those of the first.

    Attributes:
        unit: what effort is told in.
        changes: the accounts that differ, the greatest difference of effort first.
        same: how many do not.
        more: effort that is used; hours with trips.
        gain: what is gained beyond today, without accounts of which that is unknown; None where no other differs.
        unknown: how many accounts those are.
        trips: keys of areas that only the second goes to.
        no_trips: keys of areas that only the first goes to.
    """

    unit: Unit
    changes: tuple[Change, ...]
    same: int
    more: float
    gain: float | None
    unknown: int
    trips: tuple[int, ...]
    no_trips: tuple[int, ...]


def compare(before: Plan, after: Plan, unit: Unit = HOURS) -> Comparison:
    """What a second plan does differently from a first; in contacts only where both are divided in them."""
    first, second = _by_key(before), _by_key(after)
    keys = tuple(dict.fromkeys((*first, *second)))
    pairs = [Change(key, first.get(key), second.get(key)) for key in keys]
    changes = [one for one in pairs if one.before is None or one.after is None or abs(one.more(unit)) > _SLACK]
    unknown = [one for one in changes if not one.is_known]
    gain = after.gain - before.gain
    toured, tours = _made(before), _made(after)
    return Comparison(
        unit=unit,
        changes=tuple(sorted(changes, key=lambda one: (-abs(one.more(unit)), -abs(one.value or 0.0)))),
        same=len(keys) - len(changes),
        more=unit.used(after) - unit.used(before),
        gain=None if changes and len(unknown) == len(changes) else gain - math.fsum(one.gain for one in unknown),
        unknown=len(unknown),
        trips=tuple(key for key in tours if key not in toured),
        no_trips=tuple(key for key in toured if key not in tours),
    )


def _by_key(plan: Plan) -> Mapping[int, Line]:
    return {line.key: line for line in plan.lines}


def _made(plan: Plan) -> tuple[int, ...]:
    return tuple(trip.key for trip in plan.trips if trip.is_made)
