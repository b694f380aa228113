"""What the sample's tables become: rows of the domain whose links are names instead of keys.

The TOML is written the way a manager would say it, and four shorthands make a row of it, whatever its kind:

- `owner = "anna"` fills `owner_id`;
- `power = [3, "confirmed", -40, "plant visit"]` fills `power`, `power_basis`, `power_on`, `power_source`;
- `judged = ["assumed", -40, "Piero"]` fills `basis`, `judged_on` and `source`;
- a date is a number of days from today, moved off the weekend; money is in whole units of the currency.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Table = dict[str, Any]
"""A table of a TOML file."""

MINOR_UNITS: Final = 100  # of euro, pound and franc alike
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands for the key of a record that has none yet: its kind, and its name in the sample."""

    kind: type[Record]
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record to be: its own name, and its values; a link holds a `Ref` or None."""

    ref: Ref
    values: dict[str, object]


@dataclass
class Book:
    """The rows as they are gathered.

    Attributes:
        today: the day that all dates of the sample are counted from.
        rows: what was added, in that order.
    """

    today: dt.date
    rows: list[Row] = field(default_factory=list)

    def add(self, kind: type[Record], name: str, table: Mapping[str, Any]) -> Ref:
        """Add a row; raise KeyError for a field that the kind does not have, ValueError for a wrong word."""
        ref = Ref(kind, name)
        known = specs(kind)
        found: dict[str, object] = {}
        for short, value in _spelled_out(table, known):
            full = short if short in known else f"{short}_id"
            found[full] = self._value(known[full], value)
        self.rows.append(Row(ref, found))
        return ref

    def day(self, offset: int) -> dt.date:
        """The day so many days from today; off the weekend, away from today, so that order is kept."""
        day = self.today + dt.timedelta(days=offset)
        beyond = day.weekday() - _FRIDAY
        if offset == 0 or beyond <= 0:
            return day
        return day + dt.timedelta(days=3 - beyond if offset > 0 else -beyond)

    def _value(self, spec: Spec, value: Any) -> object:  # noqa: ANN401 - whatever TOML held
        match spec.kind:
            case Kind.LINK:
                return value if isinstance(value, Ref) else Ref(BY_TABLE[spec.link], value)
            case Kind.DATE:
                return self.day(value)
            case Kind.MONEY:
                return round(value * MINOR_UNITS)
            case Kind.TEXT if isinstance(value, list):
                return "\n".join(value)
        return values.check(spec, value)


def _spelled_out(table: Mapping[str, Any], known: Mapping[str, Spec]) -> Iterator[tuple[str, Any]]:
    """The fields of a table, its judgements taken apart."""
    for name, value in table.items():
        if name == "judged":
            yield from zip(("basis", "judged_on", "source"), value, strict=False)
        elif f"{name}_basis" in known and isinstance(value, list):
            names = (name, f"{name}_basis", f"{name}_on", f"{name}_source")
            yield from zip(names, value, strict=False)
        else:
            yield name, value
