"""What came with files and has no field of its own: custom fields, and the keys of records in other systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.identity import MADE, MERGED

if TYPE_CHECKING:
    import sqlite3

OWNERS: Final = frozenset(
    ("account", "person", "opportunity", "offering", "contact", "sales_order", "competitor", "actor")
)  # the tables on which custom fields can hang

# Who of ours has a value as key in the program that it came from, whose keys may be longer in one file than in another.
_OURS: Final = """(SELECT a.name FROM external_identity e JOIN actor a ON a.id = e.record_id
    WHERE c.name LIKE '%owner%' AND e.kind = 'actor' AND e.source = lower(c.source)
    AND e.external_id IN (c.value, CASE length(c.value) WHEN 18 THEN substr(c.value, 1, 15) END))"""


@dataclass(frozen=True, slots=True)
class Custom:
    """A custom field.

    Attributes:
        id: its key.
        name: the header of its column.
        value: what the file said, several lines.
        source: the program or the file.
        ours: who of ours has the value as key there, in a column about owners; '' for nobody.
    """

    id: int
    name: str
    value: str
    source: str
    ours: str = ""

    @property
    def told(self) -> str:
        """The value as it is read: a key of one of ours behind the name."""
        return f"{self.ours} ({self.value})" if self.ours else self.value


@dataclass(frozen=True, slots=True)
class Brought:
    """What came with a record.

    Attributes:
        customs: its custom fields, in the order in which they came.
        keys: its keys in other systems: (what they are called, the key); and the names of records that are part of it
            now, as `domain.identity.MERGED`.
    """

    customs: tuple[Custom, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


def brought(connection: sqlite3.Connection, table: str, record_id: int) -> Brought:
    """What came with a record."""
    customs: tuple[Custom, ...] = ()
    if table in OWNERS:
        rows = connection.execute(
            f"""SELECT id, name, value, source, coalesce({_OURS}, '') FROM custom_value c
            WHERE {table}_id = ? ORDER BY id""",
            (record_id,),
        )
        customs = tuple(Custom(*row) for row in rows)
    keys = connection.execute(
        """SELECT source, external_id FROM external_identity
        WHERE kind = ? AND record_id = ? AND external_id NOT LIKE ? ORDER BY source, id""",
        (table, record_id, f"{MADE}%"),
    )
    return Brought(customs, tuple(filter(None, (_shown(*row) for row in keys))))


def _shown(source: str, external: str) -> tuple[str, str] | None:
    """A key as it is shown; of what was made one with the record its name, where it had one."""
    if source != MERGED:
        return source, external
    name = external.partition(" ")[2]
    return (MERGED, name) if name else None
