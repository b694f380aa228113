"""Two territory plans side by side: what the one does differently from the other (method.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.method.territory_plan import Line, Plan


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

    @property
    def contacts(self) -> int:
        """How many contacts more it gets in the second."""
        return (self.after.proposed if self.after else 0) - (self.before.proposed if self.before else 0)

    @property
    def hours(self) -> float:
        """How many hours more."""
        return (self.after.hours if self.after else 0.0) - (self.before.hours if self.before else 0.0)

    @property
    def value(self) -> float:
        """How much more it brings, margin less cost."""
        return (self.after.value if self.after else 0.0) - (self.before.value if self.before else 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side; all figures are those of the second less those of the first.

    Attributes:
        changes: the accounts that differ, the greatest difference of hours first.
        same: how many do not.
        capacity: hours there are.
        hours: hours that are used, with trips.
        value: margin less cost.
        gain: what is gained beyond today.
        trips: keys of areas that only the second goes to.
        no_trips: keys of areas that only the first goes to.
    """

    changes: tuple[Change, ...]
    same: int
    capacity: float
    hours: float
    value: float
    gain: float
    trips: tuple[int, ...]
    no_trips: tuple[int, ...]


def compare(before: Plan, after: Plan) -> Comparison:
    """What a second plan does differently from a first."""
    first, second = _by_key(before), _by_key(after)
    keys = tuple(dict.fromkeys((*first, *second)))
    pairs = [Change(key, first.get(key), second.get(key)) for key in keys]
    changes = [one for one in pairs if one.before is None or one.after is None or one.contacts or one.value]
    toured, tours = _made(before), _made(after)
    return Comparison(
        changes=tuple(sorted(changes, key=lambda one: (-abs(one.hours), -abs(one.value)))),
        same=len(keys) - len(changes),
        capacity=after.capacity - before.capacity,
        hours=after.hours - before.hours,
        value=after.value - before.value,
        gain=after.gain - before.gain,
        trips=tuple(key for key in tours if key not in toured),
        no_trips=tuple(key for key in toured if key not in tours),
    )


def _by_key(plan: Plan) -> Mapping[int, Line]:
    return {line.key: line for line in plan.lines}


def _made(plan: Plan) -> tuple[int, ...]:
    return tuple(trip.key for trip in plan.trips if trip.is_made)
