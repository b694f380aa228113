"""Levels follow assessments that an import brings, as they follow those that are written by hand.

The level and the target of an account become those of its newest assessment, where an import brings or changes that
one. Where it brings the account's own level too, that stands: what is exported comes back as it was, with a level that
somebody has entered since. A level that a row of an assessment tells is what was found on that day, and is kept; else
it is computed as of that day.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.assessments import followed
from crmtui.domain.accounts import Account
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.queries import relationship
from crmtui.store.reading import assessments, records
from crmtui.store.writing.bulk import update_many

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.domain.fields import Record
    from crmtui.store.unit import UnitOfWork

HEEDED: Final = frozenset({Account, Assessment, AssessmentRating})
CHUNK: Final = 2_000
_TARGET: Final = ("target_level", "target_on")


class Levels:
    """What an import has brought that moves the levels of accounts."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._told: dict[int, frozenset[str]] = {}  # assessments that are new or changed, and the fields they tell
        self._ratings: set[int] = set()
        self._said: set[int] = set()

    def heed(self, kind: type[Record], key: int, given: Mapping[str, Any], *, is_changed: bool = True) -> None:
        """A row has been written, or says what is there already; `kind` is one of `HEEDED`."""
        if kind is Account:
            self._said.update({key} if "level" in given else ())
        elif is_changed and kind is Assessment:
            self._told[key] = frozenset(given)
        elif is_changed:
            self._ratings.add(key)

    def settle(self) -> int:
        """Compute levels that no row tells, and let accounts follow; returns how many accounts did."""
        rated = (key for some in _chunks(self._ratings) for key in self._rated(some))
        told = dict.fromkeys(rated, frozenset[str]()) | self._told
        return sum(self._settle_some(some, told) for some in _chunks(told))

    def _settle_some(self, keys: Sequence[int], told: Mapping[int, frozenset[str]]) -> int:
        some = list(records.where(self._unit.connection, Assessment, f"id IN ({_listed(keys)})"))
        newest = assessments.latest(self._unit.connection, sorted({one.account_id for one in some}))
        wanted: defaultdict[dt.date, dict[int, Assessment]] = defaultdict(dict)
        for one in some:
            is_newest = newest[one.account_id].id == one.id
            if is_newest or (one.id in self._told and "level" not in told[one.id]):
                wanted[one.day][one.account_id] = one
        return sum(self._settle(day, those, newest, told) for day, those in wanted.items())

    def _settle(
        self,
        day: dt.date,
        those: Mapping[int, Assessment],
        newest: Mapping[int, Assessment],
        told: Mapping[int, frozenset[str]],
    ) -> int:
        """The assessments of one day."""
        found = relationship.standings_by(self._unit.connection, those, day)
        count = 0
        for account_id, one in those.items():
            ladder = found[account_id].ladder
            level = one.level if "level" in told[one.id] else ladder.computed
            if level is not one.level:
                update_many(self._unit, Assessment, ("level",), [(one.id, {"level": level})])
            if newest[account_id].id == one.id and account_id not in self._said:
                count += self._follow(one, followed(one, level, ladder))
        return count

    def _follow(self, newest: Assessment, fields: Mapping[str, Any]) -> bool:
        """A target that the assessment does not tell stays the account's, and is the assessment's too."""
        account = records.get(self._unit.connection, Account, newest.account_id)
        if newest.target_level is None and account.target_level is not None:
            target = {name: getattr(account, name) for name in _TARGET}
            update_many(self._unit, Assessment, _TARGET, [(newest.id, target)])
            fields = {**fields, **target}
        change = {name: value for name, value in fields.items() if getattr(account, name) != value}
        if change:
            update_many(self._unit, Account, sorted(change), [(account.id, change)])
        return bool(change)

    def _rated(self, keys: Sequence[int]) -> Iterable[int]:
        """The assessments that ratings belong to."""
        rows = self._unit.connection.execute(
            f"SELECT DISTINCT assessment_id FROM assessment_rating WHERE id IN ({_listed(keys)})"
        )
        return [row[0] for row in rows]


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """As many at once as a statement can name."""
    left = iter(sorted(keys))
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(str(int(key)) for key in keys)
