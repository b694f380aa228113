"""Many records at once: the same checks as for one, a column at a time, and one prepared statement."""

from __future__ import annotations

import os
from itertools import chain, count as counting, islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import values
from crmtui.domain.checked import Checked, checked, checker
from crmtui.domain.fields import Record, Spec, default, specs
from crmtui.errors import InvalidError
from crmtui.store.unit import UnitOfWork, base_currency
from crmtui.store.writing.statements import inserting
from crmtui.text import _, key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_CHUNK: Final = 4_096
_ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"
_LETTERS: Final = "".join(_ALPHABET[byte % 32] for byte in range(256)).encode()
_BEGINNINGS: Final = [a + b + c for a in _ALPHABET for b in _ALPHABET for c in _ALPHABET]
_RANDOM_LETTERS: Final = 13


def insert_many(unit: UnitOfWork, kind: type[Record], given: Iterable[Mapping[str, Any]]) -> range:
    """Write new records; a field that a row does not give has its default. Returns their keys, in order.

    Raises:
        InvalidError: names each field of the first row that is wrong.
    """
    left = iter(given)
    first = last = 0
    while rows := list(islice(left, _CHUNK)):
        columns = _columns(kind, rows)
        keys = insert_columns(unit, kind, columns, columns.pop("uid", ()))
        first, last = first or keys.start, keys.stop
    return range(first, last)


def insert_columns(
    unit: UnitOfWork,
    kind: type[Record],
    given: Mapping[str, Sequence[Any]],
    uids: Sequence[str] = (),
    name_keys: Sequence[str] = (),
) -> range:
    """Write new records that are given a column at a time, all equally long; returns their keys.

    Values that are `Checked` are written as they are, others are checked first; a field that is not given has its
    default in every record. Empty `uids` are made; `name_keys` are the `text.key` of the names, where they are known.

    Raises:
        InvalidError: names each field of the first row that is wrong.
    """
    count = len(next(iter(given.values()))) if given else len(uids)
    if not count:
        return range(0)
    columns = _checked(kind, _with_needed(kind, given, count), count)
    if "currency" in columns:
        columns["currency"] = _with_currency(unit, columns["currency"])
    written: dict[str, Sequence[Any]] = {"uid": _identities(unit, kind, count, uids), **_keyed(columns, name_keys)}
    alike = {name: column for name, column in columns.items() if count > 1 and column[0] == column[-1]}
    same = {name: column[0] for name, column in alike.items() if column.count(column[0]) == count}
    blank = {name: value for name, value in _blank(unit, kind).items() if name not in columns}
    constants = {**blank, **same}
    differing = {name: column for name, column in written.items() if name not in constants}
    return _write_run(unit, kind.noun.table, differing, constants)


def _write_run(
    unit: UnitOfWork, table: str, columns: Mapping[str, Sequence[Any]], constants: Mapping[str, values.Plain]
) -> range:
    """New rows with keys that follow each other, which the journal notes as one."""
    newest = _newest_keys(unit)
    keys = range(first := newest.get(table, 0) + 1, first + len(columns["uid"]))
    unit.write_run(table, keys, inserting(table, columns, constants))
    newest[table] = keys[-1]
    return keys


def update_many(
    unit: UnitOfWork, kind: type[Record], names: Sequence[str], given: Iterable[tuple[int, Mapping[str, Any]]]
) -> None:
    """Change the same fields of many records, each row with its key; the same errors as `insert_many`."""
    rows = list(given)
    columns = {name: [row[name] for _key, row in rows] for name in names}
    update_columns(unit, kind, [record_id for record_id, _row in rows], columns)


def update_columns(
    unit: UnitOfWork, kind: type[Record], keys: Sequence[int], given: Mapping[str, Sequence[Any]]
) -> None:
    """Change the same fields of many records, a column at a time, as `insert_columns` writes them."""
    columns = _keyed(_checked(kind, given, len(keys)))
    setting = ", ".join(f"{name} = ?" for name in columns)
    unit.connection.executemany(
        f"UPDATE {kind.noun.table} SET {setting} WHERE id = ?", zip(*columns.values(), keys, strict=True)
    )


def newest_key(unit: UnitOfWork, table: str) -> int:
    """The key of the newest record that there was so far; 0 for none."""
    return _newest_keys(unit).get(table, 0)


def _newest_keys(unit: UnitOfWork) -> dict[str, int]:
    """By table; keys are never given twice, so the newest stays known even when its record is gone.

    Of all tables at once: to ask again while rows of another are written behind would be to wait for them.
    """

    def ask(connection: sqlite3.Connection) -> dict[str, int]:
        return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))

    found: dict[str, int] = unit.recall("the newest keys", ask)
    return found


def _base_currency(unit: UnitOfWork) -> str:
    return str(unit.recall("the base currency", base_currency))


def _blank(unit: UnitOfWork, kind: type[Record]) -> dict[str, values.Plain]:
    """What a new record has where nothing was said."""
    known = specs(kind)
    blank = {name: values.plain(spec, default(kind, name)) for name, spec in known.items()}
    if "currency" in known:
        blank["currency"] = _base_currency(unit)
    return blank


def _columns(kind: type[Record], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The rows turned, with every field that one of them gives."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name, blank) for row in rows] for name in names for blank in (default(kind, name),)}


def _with_needed(kind: type[Record], given: Mapping[str, Sequence[Any]], count: int) -> dict[str, Sequence[Any]]:
    """The columns, with those that a record needs and nobody gave, so that the check names them."""
    needed = (name for name, spec in specs(kind).items() if spec.required and default(kind, name) in (None, ""))
    return {name: [None] * count for name in needed} | dict(given)


def _checked(kind: type[Record], given: Mapping[str, Sequence[Any]], count: int) -> dict[str, Checked]:
    known = specs(kind)
    try:
        return {name: checked(known[name], column) for name, column in given.items()}
    except ValueError:
        _refuse(kind, given, count)
        raise


def _refuse(kind: type[Record], given: Mapping[str, Sequence[Any]], count: int) -> None:
    """Say all that is wrong with the first row that is wrong."""
    known = specs(kind)
    for place in range(count):
        wrong = {
            _(known[name].label): why for name, column in given.items() if (why := _why(known[name], column[place]))
        }
        if wrong:
            raise InvalidError(wrong, _(kind.noun.one)) from None


def _why(spec: Spec, value: values.Value) -> str:
    try:
        checker(spec)(value)
    except ValueError as error:
        return str(error)
    return ""


def _with_currency(unit: UnitOfWork, column: Checked) -> Checked:
    """The workspace's own currency where none was named."""
    if "" not in column:
        return column
    base = _base_currency(unit)
    return Checked(column.spec, [code or base for code in column])


def _keyed(columns: Mapping[str, Checked], name_keys: Sequence[str] = ()) -> dict[str, Sequence[Any]]:
    """The columns, with the names as they are compared."""
    if "name" not in columns:
        return dict(columns)
    return {**columns, "name_key": name_keys or list(map(key, map(str, columns["name"])))}


def _identities(unit: UnitOfWork, kind: type[Record], count: int, given: Sequence[str]) -> Sequence[str]:
    missing = count - sum(map(bool, given))
    if not missing:
        return given
    supply = unit.identities.setdefault(kind.noun.table, _in_order(missing))
    fresh = islice(supply, missing)
    return [uid or next(fresh) for uid in given] if given else list(fresh)


def _in_order(count: int) -> Iterator[str]:
    """Identities without end: first so many, then twice as many and so on.

    In order as far as they are made at once, so that most follow the last in the index, instead of a page of its own
    being looked for.
    """
    most = len(_BEGINNINGS)
    return chain.from_iterable(_new_uids(min(count << doubled, most)) for doubled in counting())


def _new_uids(count: int) -> Iterator[str]:
    """Public identities: three letters that spread in order over all that there are, and 65 random bits each.

    They are written as one text, letter by letter of all of them, and parted: that takes half the time.
    """
    spread = "".join(_BEGINNINGS[:: len(_BEGINNINGS) // count][:count]).encode()
    columns = [spread[place :: len(spread) // count] for place in range(len(spread) // count)]
    random = os.urandom(_RANDOM_LETTERS * count).translate(_LETTERS)
    columns += [random[place : place + count] for place in range(0, len(random), count)]
    written = bytearray(b"\n") * (count * (len(columns) + 1))
    for place, letters in enumerate(columns):
        written[place :: len(columns) + 1] = letters
    return iter(written.decode().split())
