"""The rows of the sample, looked up the way tests ask for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from crmtui.sample.reader import records

if TYPE_CHECKING:
    from crmtui.domain.fields import Record
    from crmtui.sample.rows import Ref, Row

MONDAY: Final = dt.date(2026, 3, 9)
DAYS: Final = [MONDAY + dt.timedelta(days=count) for count in range(7)]


@dataclass(frozen=True)
class Story:
    """All rows, and the day that they were counted from."""

    today: dt.date
    rows: tuple[Row, ...]

    def of(self, kind: type[Record], **having: Any) -> list[Row]:
        """The rows of a kind whose fields have the values given."""
        return [
            row
            for row in self.rows
            if row.ref.kind is kind and all(row.values.get(name) == value for name, value in having.items())
        ]

    def at(self, ref: object) -> Row:
        """The row of a reference."""
        return next(row for row in self.rows if row.ref == ref)


@cache
def told(today: dt.date = MONDAY) -> Story:
    """The story as it is told on a day."""
    return Story(today, tuple(records(today)))


def refs(row: Row) -> list[Ref]:
    """What a row links to."""
    from crmtui.sample.rows import Ref

    return [value for value in row.values.values() if isinstance(value, Ref)]
