"""The judgements of thousands of accounts, by numpy: the same marks as a `transitions.Track` of each would have.

numpy is loaded with this module: import it where there is much to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from crmtui.method.columns import days, whole
from crmtui.method.many_transitions import Marks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from crmtui.method.columns import Whole
    from crmtui.method.many_books import Signs


class Judged(NamedTuple):
    """Judgements up to today, the oldest first.

    Attributes:
        account: keys, as text, parted by commas.
        day: ISO, likewise.
        state: their places among the states.
    """

    account: str
    day: str
    state: Sequence[int]


class Accounts(NamedTuple):
    """All accounts there are, a column each.

    Attributes:
        key: which.
        state: the place among the states of the one that they are in, or were in at last.
        entered_on: the day on which that was judged, ISO; None when unknown.
        lost_on: the day on which they were lost, likewise.
        is_lost: whether they are.
    """

    key: Sequence[int]
    state: Sequence[int]
    entered_on: Sequence[str | None]
    lost_on: Sequence[str | None]
    is_lost: Sequence[bool]


def marks(judged: Judged, accounts: Accounts, signs: Signs, today: dt.date, lost: int) -> Marks:
    """What was judged, with what is on the account if that is newer, and the day from which it was lost.

    One of which nobody knows when it was lost was so on the day after it was seen last.

    Args:
        judged: by assessments.
        accounts: all there are.
        signs: days on which they were there.
        today: the last day that counts.
        lost: the place of that state.
    """
    keys, ends_on = np.array(accounts.key, np.int64), today.toordinal()
    order = np.argsort(keys)
    at, day, state = whole(judged.account), days(judged.day), np.array(judged.state, np.int64)
    there = order[np.minimum(np.searchsorted(keys, at, sorter=order), len(keys) - 1)]
    newest = np.zeros(len(keys), np.int64)
    np.maximum.at(newest, there, day)
    entered = _ordinals(accounts.entered_on)
    is_newer = (entered > newest) & (entered <= ends_on)
    newest = np.where(is_newer, entered, newest)
    seen = newest.copy()
    met = order[np.minimum(np.searchsorted(keys, signs.account, sorter=order), len(keys) - 1)]
    np.maximum.at(seen, met, signs.day)
    lost_on = _ordinals(accounts.lost_on)
    lost_on = np.where(lost_on > 0, lost_on, np.minimum(seen + 1, ends_on))
    is_lost = np.array(accounts.is_lost, bool) & (newest > 0)
    return Marks(
        np.concatenate([at, keys[is_newer], keys[is_lost]]),
        np.concatenate([day, entered[is_newer], lost_on[is_lost]]),
        np.concatenate([state, np.array(accounts.state, np.int64)[is_newer], np.full(is_lost.sum(), lost)]),
    )


def _ordinals(iso: Iterable[str | None]) -> Whole:
    """Days as ordinals; 0 for none."""
    given = [one or "" for one in iso]
    found = np.zeros(len(given), np.int64)
    is_there = np.array([one != "" for one in given], bool)
    found[is_there] = days(",".join(filter(None, given)))
    return found
