"""Whole records by key, by identity or by name, as the frozen dataclasses of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from crmtui.domain import values
from crmtui.domain.fields import LONGEST_LINE, Record, specs
from crmtui.errors import NotFoundError
from crmtui.store import search
from crmtui.text import _, key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

R = TypeVar("R", bound=Record)
SHORTEST_UID = 4  # as many letters of an identity as may stand for it, where no other begins so
MOST_NAMED = 5
MOST_SEARCHED = 1_000


def get(connection: sqlite3.Connection, kind: type[R], record_id: int) -> R:
    """The record with that key; NotFoundError if it is gone."""
    found = list(where(connection, kind, "id = ?", (record_id,)))
    if not found:
        raise NotFoundError(_("The {record} is no longer there.").format(record=_(kind.noun.one)))
    return found[0]


def where(
    connection: sqlite3.Connection, kind: type[R], condition: str, parameters: tuple[Any, ...] = (), order: str = "id"
) -> Iterator[R]:
    """The records that meet a condition written by the caller, never by the user."""
    known = specs(kind)
    cursor = connection.execute(
        f"SELECT id, uid, {', '.join(known)} FROM {kind.noun.table} WHERE {condition} ORDER BY {order}", parameters
    )
    for record_id, uid, *kept in cursor:
        found = {name: values.loaded(known[name], value) for name, value in zip(known, kept, strict=True)}
        yield kind(id=record_id, uid=uid, **found)


def find(connection: sqlite3.Connection, kind: type[Record], wanted: str) -> int:
    """The key of the record that answers to an identity, the beginning of one, a name, a code, or words of a name.

    Raises:
        NotFoundError: none does, or more than one; then it names them.
    """
    typed = wanted.strip()
    for rows in _candidates(connection, kind, typed) if len(typed) <= LONGEST_LINE else ():
        if len(rows) == 1:
            return int(rows[0][0])
        if rows:
            names = ", ".join(f"{uid} {values.quoted(title)}" for _id, uid, title in rows[:MOST_NAMED])
            raise NotFoundError(
                _("{wanted} is not one {record} but several: {names}. Name one by the letters before it.").format(
                    wanted=values.quoted(wanted), record=_(kind.noun.one), names=names
                )
            )
    raise NotFoundError(
        _("There is no {record} {wanted}.").format(record=_(kind.noun.one), wanted=values.quoted(wanted))
    )


def _candidates(connection: sqlite3.Connection, kind: type[Record], typed: str) -> Iterator[list[tuple[int, str, str]]]:
    """Rows (key, identity, title), by one way of naming after the other."""
    select = f"SELECT id, uid, {kind.noun.title} FROM {kind.noun.table} WHERE"
    for condition, parameter in _ways(kind, typed):
        yield connection.execute(f"{select} {condition} LIMIT ?", (parameter, MOST_NAMED + 1)).fetchall()
    if "name" in kind.noun.searched and (terms := search.terms(typed)):
        index = f"{kind.noun.table}_search"  # of all its words, so that those of the name are picked here
        found = f"{select} id IN (SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?)"
        rows = connection.execute(found, (terms, MOST_SEARCHED)).fetchall()
        yield [row for row in rows if _has_words(row[2], typed)]


def _ways(kind: type[Record], typed: str) -> Iterator[tuple[str, str]]:
    """The conditions to try, the surest first."""
    yield "uid = ?", typed.lower()
    if specs(kind)[kind.noun.title].link == "":
        yield f"{kind.noun.title} = ?", typed
        yield f"{kind.noun.title} = ? COLLATE NOCASE", typed
    if "name" in specs(kind) and key(typed):
        yield "name_key = ?", key(typed)
    if "code" in specs(kind):
        yield "code = ? COLLATE NOCASE", typed
    if len(typed) >= SHORTEST_UID and typed.isascii() and typed.isalnum():
        yield "uid GLOB ? || '*'", typed.lower()
    if "name" in specs(kind) and key(typed):
        yield "name_key GLOB ? || '*'", key(typed)


def _has_words(name: str, typed: str) -> bool:
    """Whether every typed word begins a word of the name."""
    there = [key(word) for word in name.split()]
    return all(any(word.startswith(wanted) for word in there) for wanted in map(key, typed.split()))
