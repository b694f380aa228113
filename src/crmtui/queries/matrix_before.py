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

    from crmtui.method.portfolio import Criterion
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


@dataclass(frozen=True, slots=True)
class Then:
    """What was known a quarter ago: no more than that, whatever is known now.

    Attributes:
        day: on which day.
        is_kept: whether somebody kept the places of accounts on it.
        kept: the places, if so.
        profiles: else the accounts of which anything was known, with their grades of then.
        criteria: by which they are placed.
    """

    day: dt.date
    is_kept: bool
    kept: Sequence[Spot] = field(default=(), repr=False)
    profiles: Sequence[Profile] = field(default=(), repr=False)
    criteria: Sequence[Criterion] = ()

    def before(self, now: Iterable[Profile]) -> Before:
        """Where accounts stood, given their grades of now for what was not known yet."""
        later = {one.key: one for one in now}
        filled = (_filled(one, later.get(one.key)) for one in self.profiles)
        return Before(self.day, self.is_kept, [*self.kept, *spots(filled, self.criteria)])


@seldom_collecting()
def then(connection: sqlite3.Connection, today: dt.date) -> Then:
    """What was known a quarter before a day."""
    day, kept = rows.spots(connection, (today - _KEPT).isoformat())
    if day:
        return Then(dt.date.fromisoformat(day), True, [Spot(key, *one) for key, one in kept.items()])
    past = today - QUARTER
    settings = records.get(connection, Workspace, 1)
    potentials = rows.potentials_then(connection, past.isoformat())
    accounts = [_judged(one, potentials) for one in territory.accounts(connection, past.isoformat())]
    since = (past - YEAR).isoformat()
    sold = territory.sold(connection, since, past.isoformat(), settings.base_currency)
    grades = Grades(connection, past, settings, accounts, sold, seen_from=today)
    known = [one for one in grades.profiles if any(_is_known(one))]
    return Then(past, False, profiles=known, criteria=grades.criteria)


def _judged(kept: Kept, potentials: Mapping[int, tuple[int, str]]) -> Kept:
    """An account with the potential that it had been judged to have."""
    if found := potentials.get(kept.account_id):
        return kept._replace(potential=found[0], currency=found[1])
    return kept


def _is_known(profile: Profile) -> Iterator[bool]:
    return (grade is not None for grade in profile.grades.values())


def _filled(then: Profile, now: Profile | None) -> Profile:
    """The grades of then, with those of now where none were known."""
    if now is None or None not in then.grades.values():
        return then
    return Profile(then.key, {code: now.grades.get(code) if one is None else one for code, one in then.grades.items()})
