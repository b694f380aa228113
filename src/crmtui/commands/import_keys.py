"""The keys that records have in the system that a file comes from: which record a key means, and new ones kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.identity import ExternalIdentity
from crmtui.exchange.mapping.meanings import UID
from crmtui.store.writing.bulk import insert_many
from crmtui.store.writing.matching import identities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.store.unit import UnitOfWork


class Theirs:
    """The keys that records of a table have in the other system.

    Args:
        unit: the unit of work.
        table: the table.
        sources: what these keys may be called, the likeliest first.
        spelt: a key as it is compared, of a cell.
    """

    def __init__(self, unit: UnitOfWork, table: str, sources: Sequence[str], spelt: Callable[[str], str]) -> None:
        self._unit = unit
        self._table = table
        self._sources = sources
        self._spelt = spelt
        self._known = identities(unit, table)
        if UID in sources:
            rows = unit.connection.execute(f"SELECT uid, id FROM {table}").fetchall()
            self._known = {(UID, uid): record_id for uid, record_id in rows} | self._known
        self._claimed = {(source, record_id) for (source, _external), record_id in self._known.items()}

    def find(self, external: str) -> int | None:
        """The record of a key; of several that stand in one cell, the first one's."""
        for source in self._sources:
            if (found := self._known.get((source, self._spelt(external)))) is not None:
                return found
        first = external.partition(";")[0].strip()
        return self.find(first) if first != external else None

    def is_claimed(self, record_id: int) -> bool:
        """Whether a record has another key there."""
        return (self._sources[0], record_id) in self._claimed

    def learn(self, external: str, record_id: int) -> None:
        """Remember the key of a record; of several that stand in one cell, the first."""
        key_there = self._spelt(external.partition(";")[0].strip())
        given = {
            "source": self._sources[0],
            "kind": self._table,
            "external_id": key_there,
            "record_id": record_id,
        }
        insert_many(self._unit, ExternalIdentity, [given])
        self._known[self._sources[0], key_there] = record_id
        self._claimed.add((self._sources[0], record_id))
