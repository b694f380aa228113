"""Which version of an entry of another program came last, so that an older one of it changes nothing.

The version with the higher number is the newer one, and of two with the same number the one that was changed later
(RFC 5545, SEQUENCE and DTSTAMP). Both are kept beside the identity of the entry.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum, auto
from typing import TYPE_CHECKING

from crmtui.domain.identity import ExternalIdentity
from crmtui.store.writing.bulk import update_many

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork


class Age(Enum):
    """How an entry stands to the version of it that came last."""

    OLDER = auto()
    SAME = auto()
    NEWER = auto()


class Versions:
    """The versions that came last of the entries that became records of a table.

    Args:
        unit: the unit of work.
        table: the table.
        source: what the identities of the entries are called.
    """

    def __init__(self, unit: UnitOfWork, table: str, source: str) -> None:
        self._unit = unit
        self._of = (source, table)
        self._kept: dict[str, tuple[int, int | None, dt.datetime | None]] = {}

    def look_up(self, keys: Collection[str]) -> None:
        """Know what came last of the entries of some identities; what was known before is forgotten."""
        marks = ", ".join("?" * len(keys))
        rows = self._unit.connection.execute(
            f"""SELECT external_id, id, number, changed_at FROM external_identity
            WHERE source = ? AND kind = ? AND external_id IN ({marks})""",
            (*self._of, *keys),
        )
        self._kept = {
            key: (identity, number, dt.datetime.fromisoformat(changed_at) if changed_at else None)
            for key, identity, number, changed_at in rows
        }

    def age(self, key: str, entry: Entry) -> Age:
        """How what is told now of an identity stands to what came last; the same where that is not known."""
        if key not in self._kept:
            return Age.SAME
        _identity, number, changed_at = self._kept[key]
        now, before = (number or 0) if entry.number is None else entry.number, number or 0
        if now == before and entry.changed_at and changed_at:
            is_newer, is_older = entry.changed_at > changed_at, entry.changed_at < changed_at
        else:
            is_newer, is_older = now > before, now < before
        return Age.NEWER if is_newer else Age.OLDER if is_older else Age.SAME

    def has_risen(self, key: str, entry: Entry) -> bool:
        """Whether the entry has a higher number than it had."""
        return entry.number is not None and key in self._kept and entry.number > (self._kept[key][1] or 0)

    def keep(self, told: Iterable[tuple[str, Entry]]) -> None:
        """These are what came last, each of an identity that was looked up."""
        rows = [(self._kept[key][0], version_of(entry)) for key, entry in told if key in self._kept]
        update_many(self._unit, ExternalIdentity, ["number", "changed_at"], rows)


def version_of(entry: Entry) -> dict[str, int | dt.datetime | None]:
    """The fields of its identity that tell which version it is."""
    return {"number": entry.number, "changed_at": entry.changed_at}
