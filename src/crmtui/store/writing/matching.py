"""Which record of the workspace a row of a file means: by the key in the other system, e-mail address or name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.called import name_and_address
from crmtui.domain.identity import MERGED
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.store.unit import UnitOfWork

SEVERAL: Final = -1  # the name of more than one record

# Names of people and opportunities repeat: theirs count within an account.
_OWNERS: Final[Mapping[str, str]] = {"person": "account_id", "opportunity": "account_id"}

# People are known by their e-mail addresses too, and ours may be named by theirs.
_MAILS: Final[Mapping[str, str]] = {
    "person": "SELECT person_id, address FROM person_email",
    "actor": "SELECT id, email FROM actor WHERE email <> ''",
}


_DAYS: Final = "SELECT id, name_key, account_id, coalesce(closed_on, expected_on, '') FROM opportunity"

# Formats, and columns, in which our records go out under their own identities and come back under them.
KEEPING_OURS: Final = frozenset({"vcarduid", "uid"})


# Of a name that a row tells it is asked several times in succession.
_key: Final = lru_cache(maxsize=1 << 13)(key)


class Identity(NamedTuple):
    """What a row says about whom or what it means.

    Attributes:
        name_key: its name as it is compared.
        within: the account of those whose names repeat between accounts; 0 where there is none.
        external: its key in the other system; '' where the file has none.
        mark: what tells namesakes apart: of a person, and of one of ours, the e-mail address in lower case, of an
            opportunity the day on which it closes.
    """

    name_key: str
    within: int = 0
    external: str = ""
    mark: str = ""


class Index:
    """The records of one table by name, people by e-mail address too, and all by their keys in one other system.

    Attributes:
        other_names: of records the names, as they are compared, of what was made one with them.
    """

    def __init__(self, unit: UnitOfWork, table: str, source: str = "") -> None:
        self.table = table
        self._unit = unit
        self._names: dict[int, str] = {}
        self._by_name: dict[tuple[str, int], int] = {}
        self._sharing: dict[tuple[str, int], list[int]] = {}  # who has a name that several have
        self._by_mail: dict[str, tuple[int, ...]] = {}
        self._by_day: dict[tuple[str, int, str], int] = {}
        owner, connection = _OWNERS.get(table, "NULL"), unit.connection
        for record_id, name_key, within in connection.execute(f"SELECT id, name_key, {owner} FROM {table}"):
            self._know(record_id, (name_key, within or 0))
        self.other_names: dict[int, set[str]] = {}
        self._know_merged(owner)
        for record_id, address in connection.execute(_MAILS[table]) if table in _MAILS else ():
            self._by_mail[address.lower()] = (*self._by_mail.get(address.lower(), ()), record_id)
        for record_id, name_key, within, day in connection.execute(_DAYS) if table == "opportunity" else ():
            self._by_day.setdefault((name_key, within or 0, day), record_id)
        external: dict[str, int] = dict(
            connection.execute(
                "SELECT external_id, record_id FROM external_identity WHERE source = ? AND kind = ?", (source, table)
            )
        )
        self._claimed = set(external.values())
        ours = connection.execute(f"SELECT uid, id FROM {table}") if source in KEEPING_OURS else ()
        self._by_external = dict(ours) | external

    def _know_merged(self, owner: str) -> None:
        """Know records by the names of what was made one with them too, unless others are called so."""
        found: list[tuple[int, tuple[str, int]]] = []
        for merged, record_id, within in self._unit.connection.execute(
            f"""SELECT e.external_id, t.id, t.{owner} FROM external_identity e JOIN {self.table} t
            ON t.id = e.record_id WHERE e.source = ? AND e.kind = ?""".replace("t.NULL", "NULL"),
            (MERGED, self.table),
        ):
            place = (key(merged.partition(" ")[2]), within or 0)
            if place[0] and self._by_name.get(place) != record_id:
                self.other_names.setdefault(record_id, set()).add(place[0])
                found += [(record_id, place)] if place not in self._by_name else []
        for record_id, place in found:
            self._know(record_id, place)

    def __len__(self) -> int:
        return len(self._by_name)

    def places(self) -> Iterable[tuple[tuple[str, int], int]]:
        """The records by (name as it is compared, account within which it counts); SEVERAL where there are more."""
        return self._by_name.items()

    def add(self, record_id: int, name: str, within: int = 0) -> None:
        """Know one more record; `within` is the account of those whose names repeat between accounts."""
        if self.table == "actor":
            name, address = name_and_address(name)
            name = name or address
            if address:
                self._by_mail[address.lower()] = (*self._by_mail.get(address.lower(), ()), record_id)
        self._know(record_id, (_key(name), within))
        self._names[record_id] = name

    def _know(self, record_id: int, place: tuple[str, int]) -> None:
        known = self._by_name.setdefault(place, record_id)
        if known != record_id:
            self._sharing.setdefault(place, [known]).append(record_id)
            self._by_name[place] = SEVERAL

    def sharing(self, place: tuple[str, int]) -> list[int]:
        """The records of one name."""
        one = self._by_name.get(place)
        return [] if one is None else self._sharing.get(place, [one])

    def name(self, record_id: int) -> str:
        """What a record is called."""
        if record_id not in self._names:
            self._names.update(self._unit.connection.execute(f"SELECT id, name FROM {self.table}"))
        return self._names[record_id]

    def named(self, name: str, within: int = 0) -> int | None:
        """The record of that name; SEVERAL where there are more, None where there is none."""
        if self.table == "actor":
            name, address = name_and_address(name)
            name = name or address
            having = self._by_mail.get(address.lower(), ()) if address else ()
            if having:
                named = self._by_name.get((_key(name), within))
                return having[0] if len(having) == 1 else named if named in having else SEVERAL
        return self._by_name.get((_key(name), within))

    def find(self, row: Identity) -> int | None:
        """The record that a row means; SEVERAL where that is not clear, None where there is none.

        A key of the other system decides. So does an e-mail address that one person has; where several share it, or
        nobody has it, the name does. Of opportunities of one name the one that closes on the same day is meant, or a
        new one where several do on other days.
        """
        if row.external:
            known = self.keyed(row)
            return self._unclaimed(row) if known is None else known
        if (exact := self.exact(row)) is not None:
            return exact
        if (addressed := self._addressed(row)) is not None:
            return addressed
        named = self._by_name.get((row.name_key, row.within))
        return None if named == SEVERAL and row.mark and self.table == "opportunity" else named

    def keyed(self, row: Identity) -> int | None:
        """The record that has the row's key in the other system."""
        return self._by_external.get(row.external) if row.external else None

    def addressed(self, row: Identity) -> int | None:
        """The one person who has the row's e-mail address, and no key yet where the row tells an unknown one.

        One of ours may have several keys there, as who left and came back.
        """
        found = self._addressed(row)
        return None if row.external and self.table != "actor" and found in self._claimed else found

    def _addressed(self, row: Identity) -> int | None:
        return self.holder(row.mark) if row.mark else None

    def holder(self, address: str) -> int | None:
        """The one who has an e-mail address in lower case; None where nobody has, or several."""
        sharing = set(self._by_mail.get(address, ()))
        return sharing.pop() if len(sharing) == 1 else None

    def is_called(self, record_id: int, row: Identity) -> bool:
        """Whether a record, and no other, is called as the row says, within the account that it tells."""
        return self._by_name.get((row.name_key, row.within)) == record_id

    def having(self, addresses: Iterable[str]) -> tuple[list[str], list[int]]:
        """E-mail addresses in lower case that records have, of some, and of each whose it is."""
        met = self._by_mail.keys() & addresses
        found = [(address, record_id) for address in met for record_id in self._by_mail[address]]
        return [address for address, _record_id in found], [record_id for _address, record_id in found]

    def exact(self, row: Identity) -> int | None:
        """The opportunity of that name that closes on the same day."""
        return self._by_day.get((row.name_key, row.within, row.mark)) if row.mark else None

    def _unclaimed(self, row: Identity) -> int | None:
        """By its name a record that the other system has no key for yet; names of opportunities are none's alone."""
        if self.table == "opportunity":
            return None
        if self.table == "actor" and (addressed := self._addressed(row)) is not None:
            return addressed
        found = self.find(row._replace(external=""))
        return None if found in self._claimed else found

    def are_met(self, rows: Mapping[tuple[str, int], str]) -> bool:
        """Whether it holds a record of one of these names within their accounts, or of one of their addresses."""
        fewer, more = sorted((self._by_name.keys(), rows.keys()), key=len)
        are_named = not more.isdisjoint(fewer)
        return are_named or (bool(self._by_mail) and not self._by_mail.keys().isdisjoint(rows.values()))

    def is_met(self, place: tuple[str, int], mail: str) -> bool:
        """Whether it holds a record of this name within its account, or of this address."""
        return place in self._by_name or mail in self._by_mail

    def is_claimed(self, record_id: int) -> bool:
        """Whether a record has a key in the other system."""
        return record_id in self._claimed

    def has_external(self, external: str) -> bool:
        """Whether a record is known by that key of the other system."""
        return external in self._by_external


def has_owner(table: str) -> bool:
    """Whether names of that table count within an account only."""
    return table in _OWNERS


def present(unit: UnitOfWork, table: str, names: Iterable[str], record_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The kept values of some fields of some records."""
    fields = list(names)
    marks = ", ".join(str(int(record_id)) for record_id in record_ids)
    cursor = unit.connection.execute(f"SELECT id, {', '.join(fields) or 'id'} FROM {table} WHERE id IN ({marks})")
    return {row[0]: dict(zip(fields, row[1:], strict=False)) for row in cursor}


def several_of(unit: UnitOfWork, table: str, field: str, owner: str, owner_ids: Iterable[int]) -> dict[int, list[str]]:
    """The values of one field in the records that hang on others, by those; none for who has none."""
    marks = ", ".join(str(int(owner_id)) for owner_id in owner_ids)
    found: dict[int, list[str]] = {}
    for owner_id, value in unit.connection.execute(f"SELECT {owner}, {field} FROM {table} WHERE {owner} IN ({marks})"):
        found.setdefault(owner_id, []).append(value)
    return found


def values_by_name(
    unit: UnitOfWork, owner: str, owner_ids: Iterable[int]
) -> dict[tuple[int, str], list[tuple[int, str]]]:
    """The custom fields of some records: all (key, value) by record and name, of which a merge may leave several."""
    marks = ", ".join(str(int(owner_id)) for owner_id in owner_ids)
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    rows = unit.connection.execute(
        f"SELECT {owner}, name, id, value FROM custom_value WHERE {owner} IN ({marks}) ORDER BY id"
    )
    for owner_id, name, key_there, value in rows:
        found.setdefault((owner_id, name), []).append((key_there, value))
    return found


def merged(unit: UnitOfWork, table: str) -> dict[str, int]:
    """The records of a table by the identities of what was made one with them."""
    rows = unit.connection.execute(
        "SELECT external_id, record_id FROM external_identity WHERE source = ? AND kind = ?", (MERGED, table)
    )
    return {told.partition(" ")[0]: record_id for told, record_id in rows}


def identities(unit: UnitOfWork, table: str) -> dict[tuple[str, str], int]:
    """The records of a table by (source, key there)."""
    rows = unit.connection.execute(
        "SELECT source, external_id, record_id FROM external_identity WHERE kind = ?", (table,)
    )
    return {(row[0], row[1]): row[2] for row in rows}
