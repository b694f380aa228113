"""Who has the last word of a record that an entry came as before.

It is that of the newest version of the entry, until somebody changes the record by hand; then the later of the two has.
What is done is called off, and what is called off is on again, only while nobody has touched it by hand.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.commands.import_entries import WHEN, differing, is_settled_anew, is_undone
from crmtui.commands.import_existing import Existing
from crmtui.commands.import_versions import Age, Versions
from crmtui.domain.plans import Contact
from crmtui.exchange.calendars.writing import AT
from crmtui.store.reading.entry_revisions import contact_revisions, own_revisions
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.domain.fields import Record
    from crmtui.exchange.entries import Entry
    from crmtui.store.reading.revisions import Revision
    from crmtui.store.unit import UnitOfWork

OVERTAKEN: Final = N_("a newer version of it came before")
BY_HAND: Final = N_("it is called off, or on again, there; here somebody has changed it by hand")


class Verdict(NamedTuple):
    """What becomes of a record by an entry.

    Attributes:
        allowed: the fields that change.
        held: the fields that the entry says otherwise and that are kept as they are.
        why: why nothing changes, untranslated; '' where something does, or where it is as always.
    """

    allowed: dict[str, Any]
    held: dict[str, Any]
    why: str = ""


class LastWord:
    """Who has the last word of the records of a table.

    Args:
        unit: the unit of work.
        kind: what the records are.
        source: what the identities of the entries are called.
        existing: what entries may do to records that are there.
    """

    def __init__(self, unit: UnitOfWork, kind: type[Record], source: str, existing: Existing) -> None:
        self._unit = unit
        self._kind = kind
        self._existing = existing
        self._versions = Versions(unit, kind.noun.table, source)
        self._by_hand: Mapping[int, Revision] = {}
        self._with_people: Mapping[int, Revision] = {}

    def look_up(self, rows: Sequence[tuple[str, int]]) -> None:
        """Know what is needed of some records, each with the identity of its entry."""
        connection, ids = self._unit.connection, [record_id for _key, record_id in rows]
        self._versions.look_up([key for key, _record_id in rows])
        self._by_hand = own_revisions(connection, self._kind.noun.table, ids) if rows else {}
        are_contacts = rows and self._kind is Contact
        self._with_people = contact_revisions(connection, ids) if are_contacts else self._by_hand

    def judge(self, entry: Entry, record_id: int, given: dict[str, Any], now: dict[str, Any]) -> Verdict:
        """What becomes of a record by an entry that says `given`, where it says `now`."""
        age = self._versions.age(entry.key, entry)
        change = differing(self._kind, entry, given, now, is_newer=age is Age.NEWER)
        if self._existing is Existing.SKIP or not change:
            return Verdict({}, change)
        is_overtaken = age is Age.OLDER or self._is_passed(self._by_hand[record_id], entry)
        if is_overtaken and self._existing is not Existing.OVERWRITE:
            return Verdict({}, change, OVERTAKEN)
        if is_settled_anew(self._kind, change, now) and self._with_people[record_id].by_hand_at:
            return Verdict({}, change, BY_HAND)
        stays = WHEN if is_undone(change, now) and not _is_later(self._by_hand[record_id], entry.changed_at) else ()
        may_change = self._later_may(self._by_hand[record_id], entry.changed_at)
        allowed = {name: value for name, value in change.items() if name not in stays and may_change(now[name])}
        return Verdict(allowed, {name: value for name, value in change.items() if name not in allowed})

    def may_add(self, entry: Entry, record_id: int) -> bool:
        """Whether what an entry tells besides, and who is in it, may be added to its record."""
        if self._existing is Existing.OVERWRITE:
            return True
        is_older = self._versions.age(entry.key, entry) is Age.OLDER
        revision = self._with_people[record_id]
        return not (is_older or self._is_passed(revision, entry)) and self._later_may(revision, entry.changed_at)("")

    def may_call_off(self, key: str, record_id: int, series: Entry, status: str) -> bool:
        """Whether one of a series may be called off that the series does not tell any more."""
        if self._versions.age(key, series) is Age.OLDER and self._existing is not Existing.OVERWRITE:
            return False
        return self._later_may(self._by_hand[record_id], series.changed_at)(status)

    def keep(self, told: Sequence[tuple[str, Entry]]) -> None:
        """These versions came last, each of an identity that was looked up."""
        self._versions.keep(told)

    def has_risen(self, entry: Entry) -> bool:
        """Whether it has a higher number than it had."""
        return self._existing is not Existing.SKIP and self._versions.has_risen(entry.key, entry)

    @staticmethod
    def _is_passed(revision: Revision, entry: Entry) -> bool:
        """Whether what went out from here comes back older than what is here."""
        is_ours, changed_at = entry.key.endswith(AT), entry.changed_at
        is_counted = is_ours and entry.number is not None and entry.number < revision.number
        return is_counted and changed_at is not None and changed_at <= dt.datetime.fromisoformat(revision.at)

    def _later_may(self, by_hand: Revision, changed_at: dt.datetime | None) -> Callable[[Any], bool]:
        """Whether a value may be changed: none, all, or only those that are blank.

        Args:
            by_hand: when somebody changed the record.
            changed_at: when its entry was changed.
        """
        if self._existing is Existing.SKIP:
            return lambda _now: False
        if _is_later(by_hand, changed_at) or self._existing is Existing.OVERWRITE:
            return lambda _now: True
        return lambda now: now in (None, "")


def _is_later(by_hand: Revision, changed_at: dt.datetime | None) -> bool:
    """Whether an entry was changed after anybody changed its record by hand."""
    touched = by_hand.by_hand_at
    return not touched or (changed_at is not None and changed_at > dt.datetime.fromisoformat(touched))
