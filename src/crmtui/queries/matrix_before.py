"""Where accounts stood in the matrix a quarter ago: as their places were kept, else from what was known then.

What was known then are the records of that day: orders, assessments, contacts, opportunities that were open, and what
had been judged by then: grades by hand, the potential, and of people on maps their power, attitude and relationship.
What was not known yet, and what has no day (who is on a map and listens to whom, criteria and weights), is taken as it
is now: what was learnt meanwhile, or weighs otherwise, is no move. Of an account of which nothing at all was known
there was no place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.workspace import Workspace
from crmtui.method.portfolio import Profile, Spot, spots
from crmtui.queries.matrix_grades import YEAR, Grades
from crmtui.store.reading import matrix as rows, records, territory

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.store.reading.territory import Kept

QUARTER: Final = dt.timedelta(days=91)
_KEPT: Final = dt.timedelta(days=75)  # a place kept so long ago is that of last quarter


@dataclass(frozen=True, slots=True)
class Before:
    """Where accounts stood.

    Attributes:
        day: on which day.
        is_kept: whether somebody kept their places on it; else they follow from what was known then.
        spots: the places; not of accounts that had none.
    """

    day: dt.date
    is_kept: bool
    spots: Sequence[Spot] = field(repr=False)


@seldom_collecting()
def before(connection: sqlite3.Connection, today: dt.date, now: Iterable[Profile]) -> Before:
    """Where accounts stood a quarter before a day, given their grades of that day."""
    day, kept = rows.spots(connection, (today - _KEPT).isoformat())
    if day:
        return Before(dt.date.fromisoformat(day), True, [Spot(key, *one) for key, one in kept.items()])
    then = today - QUARTER
    return Before(then, False, _known(connection, then, today, {one.key: one for one in now}))


def _known(connection: sqlite3.Connection, day: dt.date, today: dt.date, now: Mapping[int, Profile]) -> list[Spot]:
    settings = records.get(connection, Workspace, 1)
    potentials = rows.potentials_then(connection, day.isoformat())
    accounts = [_judged(one, potentials) for one in territory.accounts(connection, day.isoformat())]
    since = (day - YEAR).isoformat()
    sold = territory.sold(connection, since, day.isoformat(), settings.base_currency)
    grades = Grades(connection, day, settings, accounts, sold, seen_from=today)
    then = [_filled(one, now.get(one.key)) for one in grades.profiles if any(_is_known(one))]
    return list(spots(then, grades.criteria))


def _judged(kept: Kept, potentials: Mapping[int, tuple[int, str]]) -> Kept:
    """An account with the potential that it had been judged to have."""
    if found := potentials.get(kept.account_id):
        return kept._replace(potential=found[0], currency=found[1])
    return kept


def _is_known(profile: Profile) -> Iterator[bool]:
    return (grade is not None for grade in profile.grades.values())


def _filled(then: Profile, now: Profile | None) -> Profile:
    """The grades of then, with those of now where none were known."""
    later = now.grades if now else {}
    return Profile(then.key, {code: later.get(code) if one is None else one for code, one in then.grades.items()})
