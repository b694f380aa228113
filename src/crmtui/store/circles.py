"""Links between records of one table, such as who reports to whom: they go up, and never round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.domain.fields import Record, specs
from crmtui.errors import InvalidError
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping


def upward(kind: type[Record]) -> list[str]:
    """The fields by which a record links to another of its table."""
    return [name for name, spec in specs(kind).items() if spec.link == kind.noun.table]


def circles(connection: sqlite3.Connection, kind: type[Record], field: str) -> list[list[int]]:
    """The keys of the records of each circle, in the order of their links."""
    above = dict(
        connection.execute(
            f"SELECT id, {field} FROM {kind.noun.table} WHERE {field} IS NOT NULL ORDER BY id"
        ).fetchall()
    )
    found, seen = [], set[int]()
    for start in above:
        way = list(_way(above, start, seen))
        seen.update(way)
        if way and (back := above.get(way[-1])) in way:
            found.append(way[way.index(back) :])
    return found


def _way(above: Mapping[int, int], start: int, seen: set[int]) -> Iterator[int]:
    """A record and all above it, up to what was seen before or comes again."""
    here: int | None = start
    passed = set[int]()
    while here is not None and here not in seen and here not in passed:
        passed.add(here)
        yield here
        here = above.get(here)


def refuse(connection: sqlite3.Connection, kind: type[Record], key: int, given: Mapping[str, Any]) -> None:
    """Refuse, before it is written, a link of a record that would lead back to it."""
    for field in upward(kind):
        if leads_to(connection, kind, field, given.get(field), key):
            raise InvalidError({_(specs(kind)[field].label): _("that would be a circle")}, _(kind.noun.one))


def leads_to(connection: sqlite3.Connection, kind: type[Record], field: str, start: int | None, goal: int) -> bool:
    """Whether the links that go up from a record reach another, or it is that one itself."""
    row = connection.execute(
        f"""WITH RECURSIVE up(id) AS (SELECT :start UNION SELECT t.{field} FROM {kind.noun.table} t JOIN up USING (id)
            WHERE t.{field} IS NOT NULL) SELECT 1 FROM up WHERE id = :goal""",
        {"start": start, "goal": goal},
    ).fetchone()
    return row is not None
