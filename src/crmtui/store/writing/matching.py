"""Which record of the workspace a row of a file means: by the key in the other system, else by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.store.unit import UnitOfWork

SEVERAL: Final = -1  # the name of more than one record


class Index:
    """The keys of one table by name, and by external key for one source; kept up to date while rows are added."""

    def __init__(self, unit: UnitOfWork, table: str, source: str = "") -> None:
        self.table = table
        self._connection = unit.connection
        self._by_name: dict[tuple[str, int], int] = {}
        self._by_external: dict[str, int] = {}
        self._names: dict[int, str] = {}
        owner = _OWNERS.get(table, "NULL")
        for record_id, name, within in self._connection.execute(f"SELECT id, name, {owner} FROM {table}"):
            self.add(record_id, name, within or 0)
        if source:
            self._by_external.update(
                self._connection.execute(
                    "SELECT external_id, record_id FROM external_identity WHERE source = ? AND kind = ?",
                    (source, table),
                )
            )

    def add(self, record_id: int, name: str, within: int = 0, external: str = "") -> None:
        """Know a record; `within` is the account of those whose names repeat between accounts."""
        place = (key(name), within)
        self._names[record_id] = name
        self._by_name[place] = SEVERAL if place in self._by_name and self._by_name[place] != record_id else record_id
        if external:
            self._by_external[external] = record_id

    def external(self, external: str) -> int | None:
        """The record that has this key in the other system."""
        return self._by_external.get(external)

    def name(self, record_id: int) -> str:
        """What a record is called."""
        return self._names[record_id]

    def named(self, name: str, within: int = 0) -> int | None:
        """The record of that name; SEVERAL where there are more, None where there is none."""
        return self._by_name.get((key(name), within))


# Names of people and opportunities repeat: theirs count within an account.
_OWNERS: Final[Mapping[str, str]] = {"person": "account_id", "opportunity": "account_id"}


def has_owner(table: str) -> bool:
    """Whether names of that table count within an account only."""
    return table in _OWNERS


def present(unit: UnitOfWork, table: str, names: Iterable[str], record_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The kept values of some fields of some records."""
    fields = list(names)
    marks = ", ".join(str(int(record_id)) for record_id in record_ids)
    cursor = unit.connection.execute(f"SELECT id, {', '.join(fields) or 'id'} FROM {table} WHERE id IN ({marks})")
    return {row[0]: dict(zip(fields, row[1:], strict=False)) for row in cursor}
