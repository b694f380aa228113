"""How accounts came from one state to another, counted from their dated histories (method.md section 5).

The period is a year unless the user chooses a quarter: margins, budgets and discount rates are yearly, and a level is
judged about once a year, so that most quarters would count that nobody has looked. Periods are counted back from the
day on which the question is asked, so that no history waits for the end of a calendar year.

A state holds until another is recorded, but a period counts only where there is a sign of the account in it: a mark, an
order, a contact. Of a period without one nothing is known, and it is left out; otherwise accounts that nobody looks
at would seem to be the most loyal. That an account was lost counts from its last known state, however old.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LOST: Final = "lost"
LADDER: Final = (*(level.value for level in Level), LOST)  # the states unless the user has defined others
MONTHS: Final = 12
_LONGEST: Final = 400  # periods that one history is followed back: a century of quarters


class Period(StrEnum):
    """How long one step of the chain is."""

    YEAR = "year"
    QUARTER = "quarter"

    @property
    def months(self) -> int:
        """Its length."""
        return MONTHS if self is Period.YEAR else 3

    @property
    def per_year(self) -> int:
        """How many there are in a year."""
        return MONTHS // self.months

    def rate(self, yearly: float) -> float:
        """What a yearly rate is for one period."""
        return float((1 + yearly) ** (1 / self.per_year)) - 1


@dataclass(frozen=True, slots=True)
class Track:
    """What is known of an account over time.

    Attributes:
        marks: day and state of each judgement, and the day from which it was lost, in any order.
        signs: other days on which it was there: orders, contacts.
    """

    marks: tuple[tuple[dt.date, str], ...]
    signs: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Transitions counted.

    Attributes:
        states: in order, from the lowest step to the highest, then those that end a relationship.
        rows: from each state (row) to each (column).
        absorbing: the states that are never left.
        carried: transitions whose last state is the one from before, as nobody had judged anew.
        unseen: periods left out, as nothing was seen of the account.
    """

    states: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    absorbing: frozenset[str] = frozenset({LOST})
    carried: int = 0
    unseen: int = 0

    @property
    def total(self) -> float:
        """How many transitions."""
        return sum(sum(row) for row in self.rows)

    @property
    def completeness(self) -> float | None:
        """Share of the periods in which somebody judged, 0 to 1; None where there is no period."""
        whole = self.total + self.unseen
        return (self.total - self.carried) / whole if whole else None


def count(
    tracks: Iterable[Track],
    today: dt.date,
    period: Period = Period.YEAR,
    states: Sequence[str] = LADDER,
    absorbing: Iterable[str] = (LOST,),
) -> Counts:
    """Count transitions in the periods that end today, one period ago, and so on.

    A history ends where it is lost: an account that was won back begins a new one.

    Raises:
        ValueError: a mark of a state that is none of `states`, an absorbing one that is none, or fewer than two.
    """
    at, last = {state: place for place, state in enumerate(states)}, frozenset(absorbing)
    if len(at) < 2 or len(at) != len(states):  # noqa: PLR2004 - a chain of one state never moves
        raise ValueError("a chain needs two states or more, each named once")
    if missing := last - set(at):
        raise ValueError(f"{min(missing)!r} is none of the states")
    rows = [[0.0] * len(at) for _state in at]
    carried = unseen = 0
    boundaries = Boundaries(today, period)
    for track in tracks:
        for before, after, is_seen, is_judged in _steps(track, boundaries, last):
            if before not in at or after not in at:
                raise ValueError(f"{(before if before not in at else after)!r} is none of the states")
            if not is_seen:
                unseen += 1
                continue
            rows[at[before]][at[after]] += 1
            carried += not is_judged
    return Counts(tuple(states), tuple(tuple(row) for row in rows), last, carried, unseen)


class Boundaries:
    """The days on which periods end, the oldest first; more are added when an older history asks for them."""

    def __init__(self, today: dt.date, period: Period) -> None:
        self._today, self._months = today, period.months
        self._days: list[dt.date] = [today]

    def since(self, first: dt.date) -> list[dt.date]:
        """Those on or after a day."""
        while self._days[0] > first and len(self._days) <= _LONGEST:
            self._days.insert(0, months_before(self._today, self._months * len(self._days)))
        return self._days[bisect_left(self._days, first) :]


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of a shorter month; the first of all days at the earliest."""
    month = day.year * MONTHS + day.month - 1 - months
    year, at = divmod(month, MONTHS)
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date(year, at + 1, min(day.day, calendar.monthrange(year, at + 1)[1]))


def _steps(track: Track, boundaries: Boundaries, last: frozenset[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """(state before, state after, whether it was seen in between, whether it was judged) for each whole period."""
    marks = sorted(track.marks, key=_day)
    if not marks:
        return
    seen = sorted([*map(_day, marks), *track.signs])
    ends = iter(boundaries.since(marks[0][0]))
    start = next(ends, None)
    if start is None:  # judged later than the last period ends
        return
    judged, met = bisect_right(marks, start, key=_day), bisect_right(seen, start)
    for end in ends:
        before = after = marks[judged - 1][1]
        if before in last:
            return
        first = judged
        while judged < len(marks) and marks[judged][0] <= end:
            if after not in last:
                after = marks[judged][1]
            judged += 1
        past, met = met, bisect_right(seen, end, met)
        yield before, after, past < met, first < judged


def _day(mark: tuple[dt.date, str]) -> dt.date:
    return mark[0]
