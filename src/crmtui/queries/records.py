"""Whole records, for forms, pages and `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from crmtui.domain.fields import Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.store import search
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading
from crmtui.text import key, line

if TYPE_CHECKING:
    from pathlib import Path

R = TypeVar("R", bound=Record)
MOST_FOUND = 20


def get(path: Path, kind: type[R], record_id: int) -> R:
    """The record with that key; NotFoundError if it is gone."""
    with reading(path) as connection:
        return records.get(connection, kind, record_id)


def find(path: Path, kind: type[Record], wanted: str) -> int:
    """The key of the one record that answers to an identity or a name; NotFoundError names the candidates."""
    with reading(path) as connection:
        return records.find(connection, kind, wanted)


def belonging(path: Path, kind: type[R], link: str, record_id: int) -> list[R]:
    """The records whose link of that name leads to a record."""
    if link not in specs(kind):
        raise KeyError(link)
    with reading(path) as connection:
        return list(records.where(connection, kind, f"{link} = ?", (record_id,)))


def every(path: Path, kind: type[R]) -> list[R]:
    """All records of a kind that has few, such as channels."""
    with reading(path) as connection:
        return list(records.where(connection, kind, "1"))


def title(path: Path, table: str, record_id: int | None) -> str:
    """What a record is called; '' for none."""
    if record_id is None:
        return ""
    with reading(path) as connection:
        name = BY_TABLE[table].noun.title
        row = connection.execute(f"SELECT {name} FROM {table} WHERE id = ?", (record_id,)).fetchone()
    return line(str(row[0])) if row else ""


def suggest(path: Path, table: str, typed: str, limit: int = MOST_FOUND) -> list[tuple[int, str]]:
    """Records whose name begins like, or has words that begin like, what is typed: (key, title), by title."""
    noun = BY_TABLE[table].noun
    keyed = "name" in specs(BY_TABLE[table])
    order = "name_key" if keyed else noun.title
    conditions = ["1"] if not key(typed) else []
    if key(typed) and keyed:
        conditions.append("name_key GLOB :key || '*'")
    if key(typed) and noun.searched:
        conditions.append(f"id IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH :words)")
    with reading(path) as connection:
        rows = connection.execute(
            f"SELECT id, {noun.title} FROM {table} WHERE {' OR '.join(conditions) or '0'} "
            f"ORDER BY {order} LIMIT :limit",
            {"key": key(typed), "words": search.terms(typed), "limit": limit},
        ).fetchall()
    return [(row[0], line(str(row[1]))) for row in rows]
