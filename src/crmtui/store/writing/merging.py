"""Make one record of two: what one lacks comes from the other, and all that hangs on either hangs on the one.

What hangs on a record is found by the links of all records to its table, so that a record that is made tomorrow is
moved as well. Where both have what there can be only one of (two assessments of one day, two maps of an account, one
person on both maps), those two are made one in the same way.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.identity import MERGED, ExternalIdentity
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.domain.words import ConsentState
from crmtui.store import circles
from crmtui.store.reading.doubles import companions, judgement
from crmtui.store.unit import new_uid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Of which there is one, though the file would take more: written twice they are the same.
_ALIKE: Final[Mapping[str, tuple[str, ...]]] = {
    "person_email": ("person_id", "address"),
    "person_phone": ("person_id", "number"),
}


def merge(
    connection: sqlite3.Connection,
    kind: type[Record],
    kept: int,
    gone: int,
    taken: Collection[str] = (),
    held: Collection[str] = (),
) -> int:
    """Make two records one, in the transaction of a unit of work.

    Args:
        connection: of the unit.
        kind: what both are.
        kept: the key of the one that stays.
        gone: the key of the one that goes.
        taken: fields in which the one that goes is right; the others keep what they have, and are filled where empty.
        held: fields in which the one that stays is right, also where it has nothing or the other has more to say.

    Returns:
        How many records now hang on the one that stayed and did not before.
    """
    table = kind.noun.table
    rows = {key: _row(connection, table, key) for key in (kept, gone)}
    changed = _merged(kind, rows[kept], rows[gone], taken, held)
    _settle(connection, table, kept, gone)
    moved = _move(connection, kind, kept, gone)
    _remember(connection, table, kept, rows[gone])
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (gone,))
    for field in circles.upward(kind):
        above = changed.get(field, rows[kept][field])
        above = kept if above == gone else above
        if circles.leads_to(connection, kind, field, above, kept):
            changed[field] = None
    _change(connection, table, kept, changed, taken)
    return moved


def _change(
    connection: sqlite3.Connection, table: str, kept: int, changed: Mapping[str, Any], taken: Collection[str]
) -> None:
    """Write what changes; where what is filled does not go together with what is there, only what was taken."""
    for wanted in (changed, {name: value for name, value in changed.items() if name in taken or value is None}):
        if not wanted:
            return
        marks = ", ".join(f"{name} = ?" for name in wanted)
        try:
            connection.execute(f"UPDATE {table} SET {marks} WHERE id = ?", (*wanted.values(), kept))
        except sqlite3.IntegrityError:
            if wanted is not changed:
                raise
        else:
            return


def _row(connection: sqlite3.Connection, table: str, key: int) -> dict[str, Any]:
    """What the file keeps of a record."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (key,))
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


def _merged(
    kind: type[Record],
    kept: Mapping[str, Any],
    gone: Mapping[str, Any],
    taken: Collection[str],
    held: Collection[str] = (),
) -> dict[str, Any]:
    """What changes in the one that stays."""
    known = specs(kind)
    may_fill_money = kept.get("currency") == gone.get("currency") or not any(
        kept[name] is not None for name, spec in known.items() if spec.kind is Kind.MONEY
    )
    changed: dict[str, Any] = {}
    for name, spec in known.items():
        if name in held or (spec.kind is Kind.MONEY and name not in taken and not may_fill_money):
            continue
        is_filled = _is_blank(kept[name]) and not _is_blank(gone[name])
        of = judgement(name, known)
        if name in taken or (is_filled and (not of or kept[of] == gone[of])):
            changed[name] = gone[name]
            if spec.kind is Kind.MONEY and "currency" in gone:
                changed["currency"] = gone["currency"]
            changed |= {other: gone[other] for other in companions(name, known)}
        elif spec.kind is Kind.TEXT and not _is_blank(gone[name]) and gone[name] not in kept[name]:
            changed[name] = f"{kept[name]}\n\n{gone[name]}"[: spec.longest]
    if kind.noun.table == "consent" and gone["state"] == ConsentState.REFUSED.value:
        changed = {name: gone[name] for name in known if name not in ("person_id", "channel_id")}  # a refusal stands
    if "name" in changed and "name_key" in gone:
        changed["name_key"] = gone["name_key"]
    return {name: value for name, value in changed.items() if value != kept[name]}


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _settle(connection: sqlite3.Connection, table: str, kept: int, gone: int) -> None:
    """What says of two records that they are not the same does not outlive that they are."""
    for kind in RECORDS:
        pair = [name for name, spec in specs(kind).items() if spec.link == table]
        if kind.noun.table.startswith("distinct_") and len(pair) == 2:  # noqa: PLR2004 - a pair
            connection.execute(
                f"DELETE FROM {kind.noun.table} WHERE {pair[0]} = :gone OR {pair[1]} = :gone", {"gone": gone}
            )
    connection.execute(
        "UPDATE external_identity SET record_id = ? WHERE kind = ? AND record_id = ?", (kept, table, gone)
    )


def _remember(connection: sqlite3.Connection, table: str, kept: int, gone: Mapping[str, Any]) -> None:
    """Keep the identity and the name of the one that goes, so that files which still tell them mean the other."""
    called = f"{gone['uid']} {gone.get('name', '')}".strip()[: specs(ExternalIdentity)["external_id"].longest]
    connection.execute(
        "INSERT INTO external_identity (uid, source, kind, external_id, record_id) VALUES (?, ?, ?, ?, ?)",
        (new_uid(), MERGED, table, called, kept),
    )


def _move(connection: sqlite3.Connection, kind: type[Record], kept: int, gone: int) -> int:
    """Hang on the one what hangs on the other."""
    moved = 0
    for child in RECORDS:
        table = child.noun.table
        for field, spec in specs(child).items():
            if spec.link != kind.noun.table:
                continue
            for (key,) in connection.execute(
                f"SELECT id FROM {table} WHERE {field} = ? ORDER BY id", (gone,)
            ).fetchall():
                moved += _hang(connection, child, field, key, kept)
    return moved


def _hang(connection: sqlite3.Connection, child: type[Record], field: str, key: int, kept: int) -> int:
    """Move one record; 1 where it is one more of the kept one's."""
    table = child.noun.table
    row = _row(connection, table, key) | {field: kept}
    if child.noun.table == BY_TABLE[specs(child)[field].link].noun.table and key == kept:
        connection.execute(f"UPDATE {table} SET {field} = NULL WHERE id = ?", (key,))  # nobody is above oneself
        return 0
    if _leads_to_itself(table, row):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))
        return 0
    twin = _twin(connection, child, field, row)
    if twin is not None:
        merge(connection, child, twin, key)
        return 0
    first = ", is_primary = 0" if "is_primary" in row and _has_primary(connection, table, field, kept) else ""
    connection.execute(f"UPDATE {table} SET {field} = ?{first} WHERE id = ?", (kept, key))
    return 1


def _leads_to_itself(table: str, row: Mapping[str, Any]) -> bool:
    """Whether a line of influence would run from somebody to the same."""
    return table == "influence" and row["source_id"] == row["target_id"]


def _has_primary(connection: sqlite3.Connection, table: str, field: str, kept: int) -> bool:
    found = connection.execute(f"SELECT 1 FROM {table} WHERE {field} = ? AND is_primary", (kept,)).fetchone()
    return found is not None


def _twin(connection: sqlite3.Connection, child: type[Record], field: str, row: Mapping[str, Any]) -> int | None:
    """The record that already has, of the kept one, what there can be only one of."""
    table = child.noun.table
    groups = [*child.noun.unique, *([_ALIKE[table]] if table in _ALIKE else [])]
    for group in groups:
        if field in group and all(row[name] is not None for name in group):
            same = " AND ".join(f"{name} = ?" for name in group)
            found = connection.execute(
                f"SELECT id FROM {table} WHERE {same} AND id <> ?", (*(row[name] for name in group), row["id"])
            ).fetchone()
            if found is not None:
                return int(found[0])
    return None
