"""Many records at once: the same checks as for one, and one prepared statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, default, specs
from crmtui.errors import InvalidError
from crmtui.store.unit import UnitOfWork, base_currency, new_uid
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def insert_many(unit: UnitOfWork, kind: type[Record], given: Iterable[Mapping[str, Any]]) -> range:
    """Write new records, each with the same fields given; returns their keys, in the order of the rows.

    Raises:
        InvalidError: names each field of the first row that is wrong.
    """
    rows = _kept(kind, given, base_currency(unit.connection))
    first = next(rows, None)
    if first is None:
        return range(0)
    names = ", ".join(first)
    marks = ", ".join("?" * len(first))
    before = _last_key(unit, kind)
    unit.connection.execute(f"INSERT INTO {kind.noun.table} ({names}) VALUES ({marks})", tuple(first.values()))
    unit.connection.executemany(
        f"INSERT INTO {kind.noun.table} ({names}) VALUES ({marks})", (tuple(row.values()) for row in rows)
    )
    return range(before + 1, _last_key(unit, kind) + 1)


def update_many(
    unit: UnitOfWork, kind: type[Record], names: Sequence[str], given: Iterable[tuple[int, Mapping[str, Any]]]
) -> None:
    """Change the same fields of many records, each row with its key; the same errors as `insert_many`."""
    keyed = (*names, "name_key") if "name" in names else tuple(names)
    setting = ", ".join(f"{name} = ?" for name in keyed)
    unit.connection.executemany(
        f"UPDATE {kind.noun.table} SET {setting} WHERE id = ?",
        ((*_checked(kind, {name: row[name] for name in names}).values(), record_id) for record_id, row in given),
    )


def _last_key(unit: UnitOfWork, kind: type[Record]) -> int:
    """Keys are never given twice, so the newest stays known even when its record is gone."""
    row = unit.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (kind.noun.table,)).fetchone()
    return int(row[0]) if row else 0


def _kept(kind: type[Record], given: Iterable[Mapping[str, Any]], currency: str) -> Iterator[dict[str, values.Plain]]:
    """Rows as SQLite keeps them, with the defaults of what was not given."""
    known = specs(kind)
    blank = {name: values.plain(spec, default(kind, name)) for name, spec in known.items()}
    if "currency" in known:
        blank["currency"] = currency
    required = {name: "" for name, spec in known.items() if spec.required and blank[name] in (None, "")}
    for row in given:
        uid = row.get("uid") or new_uid()
        fields = required | {name: value for name, value in row.items() if name != "uid"}
        if fields.get("currency") == "":
            del fields["currency"]
        yield {"uid": uid, **blank, **_checked(kind, fields)}


def _checked(kind: type[Record], fields: Mapping[str, Any]) -> dict[str, values.Plain]:
    known = specs(kind)
    found: dict[str, values.Plain] = {}
    wrong: dict[str, str] = {}
    for name, value in fields.items():
        try:
            spec = known[name]
            found[name] = values.plain(spec, values.check(spec, value)) if value is not None else _empty(spec)
        except ValueError as error:
            wrong[_(known[name].label)] = str(error)
    if wrong:
        raise InvalidError(wrong, _(kind.noun.one))
    if "name" in found:
        found["name_key"] = key(str(found["name"]))
    return found


def _empty(spec: Any) -> values.Plain:  # noqa: ANN401
    kept = values.check(spec, None)
    return values.plain(spec, kept) if spec.kind is not Kind.LINK else kept
