"""What the strength of all relationships is made of, today and on days that are over; no gate is looked at."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Final, TypeAlias

from crmtui.method.strength import GROUPS, UNKNOWN, Share, of_coverage, of_ratings
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import assessments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

Rated: TypeAlias = "tuple[Share, Share]"  # recognition and bonds

_UNRATED: Final = of_ratings(UNKNOWN)
_remembered: Final[Remembered[Rated]] = Remembered(("assessment", "assessment_rating"))
_rating: Final = threading.Lock()  # who asks while they are added up waits for that


def parts(
    connection: sqlite3.Connection, covered: Callable[[], Mapping[int, float]], until: str | None = None
) -> dict[int, tuple[Share, ...]]:
    """The parts of each strength, in their order, by account: of its newest assessment and the coverage of its map.

    Without those of which neither is known: nothing speaks of their strength.

    Args:
        connection: reading.
        covered: asked for the coverage by account, after the ratings were read: it may be worked out meanwhile.
        until: the last day (ISO) whose assessments count; all count when it is left out.
    """
    rated, coverage = _rated(connection, until), covered()
    keys = dict.fromkeys([*rated, *coverage])
    return {key: (*rated.get(key, _UNRATED), of_coverage(coverage.get(key))) for key in keys}


def _rated(connection: sqlite3.Connection, until: str | None) -> Mapping[int, Rated]:
    with _rating:
        now = _remembered.at(connection, dt.date.min)  # whatever the day: all assessments count
        if not now:
            now.update((key, of_ratings(sums)) for key, sums in assessments.sums(connection, GROUPS).items())
    if until is None:
        return now
    later = assessments.assessed_after(connection, until)
    then = assessments.sums(connection, GROUPS, until) if later else {}
    return {key: one for key, one in now.items() if key not in later} | {
        key: of_ratings(sums) for key, sums in then.items()
    }
