"""What was promised and asked, and whether we did it in time (method.md section 7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from crmtui.domain.delivery import ANSWERED_WITHIN
from crmtui.domain.words import Fate, Kept, Pace
from crmtui.method.proportions import Proportion, proportion

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise made to a customer.

    Attributes:
        key: which.
        due_on: until when; None where no day was named.
        kept: what became of it; None while it is open.
    """

    key: int
    due_on: dt.date | None
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises, and how many were kept.

    Attributes:
        kept: share of those of which it is known that was kept entirely, with its interval; an overdue one may have
            been broken, so that the lower end takes it as such.
        keys: which promises met which fate.
        completeness: share that is decided of those decided or overdue, 0 to 1; None of none.
    """

    kept: Proportion
    keys: dict[Fate, tuple[int, ...]]
    completeness: float | None


def promises(given: Iterable[Promise], today: dt.date) -> Promises:
    """How many promises were kept, as of today."""
    found: dict[Fate, list[int]] = {fate: [] for fate in Fate}
    for one in given:
        found[_fate(one, today)].append(one.key)
    kept, overdue = len(found[Fate.KEPT]), len(found[Fate.OVERDUE])
    decided = kept + len(found[Fate.PARTLY]) + len(found[Fate.BROKEN])
    share, worst = proportion(kept, decided), proportion(kept, decided + overdue)
    return Promises(
        kept=Proportion(kept, decided, share.value, min(share.low, worst.low), share.high),
        keys={fate: tuple(keys) for fate, keys in found.items()},
        completeness=decided / (decided + overdue) if decided + overdue else None,
    )


def _fate(one: Promise, today: dt.date) -> Fate:
    if one.kept is not None:
        return _FATES[one.kept]
    return Fate.OVERDUE if one.due_on is not None and one.due_on < today else Fate.OPEN


_FATES: Final = {Kept.KEPT: Fate.KEPT, Kept.PARTLY: Fate.PARTLY, Kept.BROKEN: Fate.BROKEN}


@dataclass(frozen=True, slots=True)
class Request:
    """What a customer asked for.

    Attributes:
        key: which.
        asked_on: when.
        due_on: until when; None for `ANSWERED_WITHIN` days.
        answered_on: when it was answered; None while it is not.
    """

    key: int
    asked_on: dt.date
    due_on: dt.date | None
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests, and how many were answered in time.

    Attributes:
        in_time: share of those that were answered or are too late already, with its interval.
        days: median from asking to answer, of those answered; None of none.
        keys: which requests at which pace.
    """

    in_time: Proportion
    days: float | None
    keys: dict[Pace, tuple[int, ...]]


def requests(given: Iterable[Request], today: dt.date, within: int = ANSWERED_WITHIN) -> Requests:
    """How many requests were answered in time, as of today; `within` days where they have no day of their own."""
    asked = tuple(given)
    found: dict[Pace, list[int]] = {pace: [] for pace in Pace}
    for one in asked:
        found[_pace(one, today, within)].append(one.key)
    in_time = len(found[Pace.IN_TIME])
    took = [max(0, (one.answered_on - one.asked_on).days) for one in asked if one.answered_on is not None]
    return Requests(
        in_time=proportion(in_time, in_time + len(found[Pace.LATE]) + len(found[Pace.OVERDUE])),
        days=float(median(took)) if took else None,
        keys={pace: tuple(keys) for pace, keys in found.items()},
    )


def _pace(one: Request, today: dt.date, within: int) -> Pace:
    due = one.due_on or usual_day(one.asked_on, within)
    if one.answered_on is not None:
        return Pace.IN_TIME if one.answered_on <= due else Pace.LATE
    return Pace.OPEN if today <= due else Pace.OVERDUE


def usual_day(asked_on: dt.date, within: int = ANSWERED_WITHIN) -> dt.date:
    """Until when a request is to be answered that has no day of its own."""
    return asked_on + dt.timedelta(min(within, (dt.date.max - asked_on).days))
