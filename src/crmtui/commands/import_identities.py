"""Which records the rows of our own format mean, and which were brought before, in little memory."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Final

from crmtui.store.writing.matching import merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.store.unit import UnitOfWork

_MOST_KEPT: Final = 50_000  # identities of one table


class Known:
    """The keys of one table's records by identity, looked up for many rows at once.

    Args:
        unit: the unit of work.
        table: the table.
    """

    def __init__(self, unit: UnitOfWork, table: str) -> None:
        self._unit, self._table = unit, table
        self._keys: dict[str, int | None] = {}
        self._merged = merged(unit, table)
        self._others: dict[str, int] = {}  # rows that mean a record by something else than its identity

    def learn(self, uids: Iterable[str]) -> None:
        """Look up what is asked for next."""
        if len(self._keys) > _MOST_KEPT:
            self._keys.clear()
        if missing := {uid for uid in uids if uid not in self._keys}:
            self._keys.update(dict.fromkeys(missing))
            sql = f"SELECT uid, id FROM {self._table} WHERE uid IN (SELECT value FROM json_each(?))"
            self._keys.update((uid, self._merged[uid]) for uid in missing & self._merged.keys())
            self._keys.update(self._unit.connection.execute(sql, (json.dumps(list(missing)),)).fetchall())

    def is_merged(self, uid: str) -> bool:
        """Whether what had that identity is part of another record now."""
        return uid in self._merged and self.get(uid) == self._merged[uid]

    def get(self, uid: str) -> int | None:
        """The key of a record; None where there is none of that identity."""
        if uid in self._others:
            return self._others[uid]
        if uid not in self._keys:
            self.learn([uid])
        return self._keys[uid]

    def added(self, uid: str, key: int) -> None:
        """A record was written."""
        self._keys[uid] = key

    def means(self, uid: str, key: int) -> None:
        """A row means a record that is there."""
        if self.get(uid) != key:
            self._others[uid] = key


class Brought:
    """On which line of a file each record was brought: four bytes a record."""

    def __init__(self) -> None:
        self._lines: dict[str, array[int]] = {}

    def clear(self) -> None:
        """Another file begins."""
        self._lines.clear()

    def line(self, table: str, key: int) -> int:
        """The line; 0 where it was not brought yet."""
        lines = self._lines.get(table)
        return lines[key] if lines is not None and key < len(lines) else 0

    def note(self, table: str, key: int, line: int) -> None:
        """A row brought it."""
        lines = self._lines.setdefault(table, array("L"))
        if key >= len(lines):
            lines.extend([0] * (max(key + 1, len(lines) * 9 // 8) - len(lines)))
        lines[key] = lines[key] or line
