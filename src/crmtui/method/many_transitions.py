"""Transitions of thousands of accounts, by numpy: the same as `transitions` counts, in a fraction of the time.

numpy is loaded with this module: import it where there is much to count.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from crmtui.method.transitions import LADDER, LOST, Boundaries, Counts, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from crmtui.method.columns import Flags, Whole

NONE: Final = -1  # no state


class Marks(NamedTuple):
    """Judgements and the days from which accounts were lost, those of an account in their order.

    Attributes:
        account: a key.
        day: an ordinal.
        state: its place among the states.
    """

    account: Whole
    day: Whole
    state: Whole


def count(
    marks: Marks,
    signs: tuple[Whole, Whole],
    today: dt.date,
    period: Period = Period.YEAR,
    states: Sequence[str] = LADDER,
    absorbing: Iterable[str] = (LOST,),
) -> Counts:
    """Count transitions in the periods that end today, one period ago, and so on; see `transitions.count`.

    Args:
        marks: of all accounts, in any order; of an account, those of a day in the order in which they count.
        signs: the account and the day of other signs of accounts.
        today: the day on which the last period ends.
        period: how long one is.
        states: in order.
        absorbing: those that are never left.
    """
    last = frozenset(absorbing)
    if not len(marks.account):
        return Counts(tuple(states), ((0.0,) * len(states),) * len(states), last)
    is_last = np.array([state in last for state in states])
    ends = np.array(
        [one.toordinal() for one in Boundaries(today, period).since(dt.date.fromordinal(int(marks.day.min())))]
    )
    keys, at = np.unique(marks.account, return_inverse=True)
    steps = _Steps(ends, len(keys), is_last)
    order = np.lexsort((marks.day, at))  # stable: what is of a day stays in its order
    steps.mark(at[order], marks.day[order], marks.state[order])
    there = np.minimum(np.searchsorted(keys, signs[0]), len(keys) - 1)
    is_known = keys[there] == signs[0]
    steps.sign(there[is_known], signs[1][is_known])
    return steps.counts(tuple(states), last)


class _Steps:
    """A row an account, a column a period: the days after the end of the one before, up to its own end.

    Args:
        ends: of the periods, ordinals, the first of them that of a period before which nothing is known.
        accounts: how many there are.
        is_last: of each state, whether it is never left.
    """

    def __init__(self, ends: Whole, accounts: int, is_last: Flags) -> None:
        self._ends, self._is_last = ends, is_last
        self._shape = (accounts, len(ends) + 1)  # the last column is what comes after today
        self._state = np.full(self._shape, NONE, np.int8)
        self._lost = np.full(self._shape, NONE, np.int8)
        self._is_judged, self._is_seen = np.zeros(self._shape, bool), np.zeros(self._shape, bool)

    def mark(self, at: Whole, day: Whole, state: Whole) -> None:
        """Put judgements in, those of an account in their order."""
        column = np.searchsorted(self._ends, day)
        self._is_judged[at, column] = True
        self._state[at, column] = state  # of several the last one stays
        ends = np.flatnonzero(self._is_last[state])[::-1]
        self._lost[at[ends], column[ends]] = state[ends]  # and of those that end it the first one
        self._is_seen |= self._is_judged

    def sign(self, at: Whole, day: Whole) -> None:
        """Put other signs in."""
        self._is_seen[at, np.searchsorted(self._ends, day)] = True

    def counts(self, states: tuple[str, ...], last: frozenset[str]) -> Counts:
        """What all come to."""
        held = self._held()[:, :-1]
        is_over = np.logical_or.accumulate((held != NONE) & self._is_last[held], axis=1)
        before, after = held[:, :-1], np.where(self._lost != NONE, self._lost, self._state)[:, 1:-1]
        after = np.where(self._is_judged[:, 1:-1], after, before)
        counts = (before != NONE) & ~is_over[:, :-1]
        is_seen, is_judged = self._is_seen[:, 1:-1], self._is_judged[:, 1:-1]
        told = counts & is_seen
        size = len(states)
        cells = np.bincount(before[told].astype(np.int64) * size + after[told], minlength=size * size)
        rows = tuple(tuple(row) for row in cells.reshape(size, size).astype(float).tolist())
        return Counts(states, rows, last, int((told & ~is_judged).sum()), int((counts & ~is_seen).sum()))

    def _held(self) -> NDArray[np.int8]:
        """The state at the end of each period: the one that was recorded last."""
        columns = np.where(self._state != NONE, np.arange(self._shape[1]), 0)
        newest = np.maximum.accumulate(columns, axis=1)
        return np.take_along_axis(self._state, newest, axis=1)
