"""The identities that entries came under before, or went out with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.exchange.calendars.writing import AT
from crmtui.store.writing.matching import KEEPING_OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.domain.fields import Record
    from crmtui.store.unit import UnitOfWork

_DAY_LENGTH: Final = len("2026-01-31")


class EntryKeys:
    """The records of a table by the identities of their entries: those that they came under, and our own."""

    def __init__(self, unit: UnitOfWork, kind: type[Record], source: str) -> None:
        table = kind.noun.table
        behind = "" if source in KEEPING_OURS else AT
        ours = unit.connection.execute(f"SELECT uid || '{behind}', id FROM {table}").fetchall()
        theirs = unit.connection.execute(
            "SELECT external_id, record_id FROM external_identity WHERE source = ? AND kind = ?", (source, table)
        )
        self._found: dict[str, int] = dict(ours) | dict(theirs.fetchall())

    def find(self, key: str) -> int | None:
        """The record of an identity; None where it never came."""
        return self._found.get(key)

    def coming(self, first: str, last: str) -> Iterator[tuple[str, int]]:
        """Those of series from one day to another."""
        for key, record_id in self._found.items():
            _uid, mark, day = key.rpartition("#")
            if mark and first <= day[:_DAY_LENGTH] <= last:
                yield key, record_id
