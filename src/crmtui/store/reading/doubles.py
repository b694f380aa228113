"""What accounts and people are compared by, to find those that are the same."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.fields import Record, specs
from crmtui.store.reading import records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

_AT_ONCE: Final = 1 << 15  # keys of people
_JUDGED: Final = ("basis", "on", "source", "reason")  # what belongs to a judgement and goes with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A record as the file has it.

    Attributes:
        id: its key.
        name: its name.
        mails: its e-mail addresses.
        phones: its telephones as they were written.
        website: of an account.
        city: where it is.
        country: where it is.
        account_id: whose person it is; 0 for none.
        account: the name of that.
        parent_id: what an account is part of; 0 for none.
    """

    id: int
    name: str
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    city: str = ""
    country: str = ""
    account_id: int = 0
    account: str = ""
    parent_id: int = 0


def accounts(connection: sqlite3.Connection, keys: Collection[int] | None = None) -> list[Compared]:
    """Accounts, all or some, with the e-mail addresses of their own."""
    rows = connection.execute(
        f"""SELECT id, name, email, phone, website, city, country, coalesce(parent_id, 0) FROM account
        {_among("id", keys)} ORDER BY id"""
    )
    return [
        Compared(
            id=key,
            name=name,
            mails=(mail,) if mail else (),
            phones=(phone,) if phone else (),
            website=website,
            city=city,
            country=country,
            parent_id=parent,
        )
        for key, name, mail, phone, website, city, country, parent in rows
    ]


def people(connection: sqlite3.Connection, keys: Collection[int] | None = None) -> list[Compared]:
    """People, all or some; where theirs is not known, the country of their account."""
    mails, phones = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for person, address in connection.execute(
        f"SELECT person_id, address FROM person_email {_among('person_id', keys)} ORDER BY id"
    ):
        mails[person].append(address)
    for person, number in connection.execute(
        f"SELECT person_id, number FROM person_phone {_among('person_id', keys)} ORDER BY id"
    ):
        phones[person].append(number)
    rows = connection.execute(
        f"""SELECT p.id, p.name, p.city, iif(p.country <> '', p.country, coalesce(a.country, '')),
            coalesce(p.account_id, 0), coalesce(a.name, '')
        FROM person p LEFT JOIN account a ON a.id = p.account_id {_among("p.id", keys)} ORDER BY p.id"""
    )
    return [
        Compared(
            id=key,
            name=name,
            mails=tuple(mails.get(key, ())),
            phones=tuple(phones.get(key, ())),
            city=city,
            country=country,
            account_id=account,
            account=account_name,
        )
        for key, name, city, country, account, account_name in rows
    ]


def mails_until(connection: sqlite3.Connection, last: int) -> Iterator[tuple[str, list[int]]]:
    """The e-mail addresses of all people up to a key, one a line, and of each whose it is; of some people at a time."""
    return _at_once(connection, "address", "person_email", last)


def phones_until(connection: sqlite3.Connection, last: int) -> Iterator[tuple[str, list[int]]]:
    """Their telephones in the same way, as they were written."""
    return _at_once(connection, "number", "person_phone", last)


def _at_once(connection: sqlite3.Connection, told: str, table: str, last: int) -> Iterator[tuple[str, list[int]]]:
    """What is told of people as one text: to make an object of each row takes twice as long."""
    for first in range(0, last, _AT_ONCE):
        texts, ids = connection.execute(
            f"""SELECT group_concat(replace({told}, char(10), ' '), char(10)), group_concat(person_id)
            FROM {table} WHERE person_id > ? AND person_id <= ?""",
            (first, min(first + _AT_ONCE, last)),
        ).fetchone()
        if ids is not None:
            yield texts, list(map(int, ids.split(",")))


class Called(NamedTuple):
    """Somebody by name.

    Attributes:
        name: as it is written, or as it is compared.
        account: where they are; 0 for nowhere.
        id: their key.
        country: where they are; '' where it is not known.
    """

    name: str
    account: int
    id: int
    country: str


def people_called(connection: sqlite3.Connection, names: Collection[str], last: int) -> Iterator[Called]:
    """Who is called so of all people up to a key, by their names as they are compared, in order of their keys."""
    found = connection.execute(
        """SELECT person.name_key, coalesce(person.account_id, 0), person.id, person.country
        FROM json_each(?) AS called CROSS JOIN person ON person.name_key = called.value
        WHERE person.id <= ? ORDER BY person.id""",
        (json.dumps(list(names)), last),
    )
    return map(Called._make, found)


def people_until(connection: sqlite3.Connection, last: int) -> list[Called]:
    """All people up to a key, by their names as they are written, in order of their keys."""
    found = connection.execute(
        "SELECT name, coalesce(account_id, 0), id, country FROM person WHERE id <= ? ORDER BY id", (last,)
    )
    return list(map(Called._make, found))


class PeopleAt(NamedTuple):
    """People of accounts: of each the account, the name and the key."""

    accounts: Sequence[int]
    names: Sequence[str]
    ids: Sequence[int]


NOBODY: Final = PeopleAt((), (), ())


def people_at(connection: sqlite3.Connection, accounts: Collection[int], keys: range) -> PeopleAt:
    """The people of some accounts whose keys are among some."""
    if not (accounts and keys):
        return NOBODY
    rows = connection.execute(
        f"SELECT account_id, name, id FROM person {_among('account_id', accounts)} AND id BETWEEN ? AND ?",
        (keys[0], keys[-1]),
    ).fetchall()
    return PeopleAt(*zip(*rows, strict=True)) if rows else NOBODY


def countries(connection: sqlite3.Connection, accounts: Collection[int]) -> dict[int, str]:
    """Where some accounts are, by their keys."""
    return dict(connection.execute(f"SELECT id, country FROM account {_among('id', accounts)}").fetchall())


def _among(column: str, keys: Collection[int] | None) -> str:
    """A condition that leaves some records; none where all are wanted."""
    return "" if keys is None else f"WHERE {column} IN ({', '.join(str(int(key)) for key in keys)})"


def apart(connection: sqlite3.Connection, table: str) -> list[tuple[int, int]]:
    """The pairs that somebody said are not the same, the smaller key first."""
    if table == "account":
        rows = connection.execute("SELECT account_id, other_id FROM distinct_accounts")
    else:
        rows = connection.execute("SELECT person_id, other_id FROM distinct_people")
    return [(one, other) for one, other in rows]


def companions(name: str, known: Collection[str]) -> Iterator[str]:
    """Basis, day, source and reason of a judgement, which go with it: `potential_on`, `style_on` of `social_style`."""
    for stem in {name, name.rpartition("_")[2]}:
        if stem == name or stem not in known:
            yield from (f"{stem}_{part}" for part in _JUDGED if f"{stem}_{part}" in known)


def judgement(name: str, known: Collection[str]) -> str:
    """The judgement that a field goes with; '' for one that stands for itself."""
    return next((one for one in known if name in companions(one, known)), "")


def differences(connection: sqlite3.Connection, kind: type[Record], keys: Sequence[int]) -> dict[str, dict[int, Any]]:
    """The fields in which records differ, each with their values by key; hidden ones are left out.

    So is what only says how a judgement in which they differ is known, since it goes with the judgement.
    """
    found = {key: records.get(connection, kind, key) for key in keys}
    told = {
        name: {key: getattr(one, name) for key, one in found.items()}
        for name, spec in specs(kind).items()
        if not spec.hidden
    }
    differ = {name for name, by_key in told.items() if any(value != by_key[keys[0]] for value in by_key.values())}
    along = {other for name in differ for other in companions(name, told)}
    return {name: by_key for name, by_key in told.items() if name in differ - along}
