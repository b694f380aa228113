"""Records as flat rows: every field as SQLite keeps it, links as the identity and the name of what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

ALL: Final = "1"  # the condition that holds for every record
_PAGE: Final = 500  # more of them, each with many cells, no longer fit into the processor's cache
_MOST_KEPT: Final = 50_000  # titles of one table that are held in memory
# What a record is called whose own title field says little to people.
_TITLES: Final = {
    "dmu_map": """coalesce((SELECT a.name FROM account a WHERE a.id = {0}.account_id),
        (SELECT p.name FROM opportunity p WHERE p.id = {0}.opportunity_id))""",
    "stakeholder": "coalesce((SELECT p.name FROM person p WHERE p.id = {0}.person_id), {0}.position)",
    "assessment": "(SELECT a.name || ' ' || {0}.day FROM account a WHERE a.id = {0}.account_id)",
    "scorecard": "(SELECT p.name || ' ' || {0}.day FROM opportunity p WHERE p.id = {0}.opportunity_id)",
}
# External identities point into every table: what they point at is told by its public identity as well.
_POINTED: Final = "CASE t.kind {} END".format(
    " ".join(f"WHEN '{table}' THEN (SELECT uid FROM {table} WHERE id = t.record_id)" for table in BY_TABLE)
)


def rows(connection: sqlite3.Connection, kind: type[Record], wanted: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The rows by key: the identity, then each field in its order, a link as two cells (identity, name).

    Values are those of `values.plain`; what is gone has no row.
    """
    marks = ", ".join(str(int(record_id)) for record_id in wanted)
    cursor = connection.execute(f"{_select(kind, 't.id')} WHERE t.id IN ({marks})")
    found = cursor.fetchall()
    return dict(zip((row[0] for row in found), _with_yes_and_no(kind, [row[1:] for row in found]), strict=True))


def pages(
    connection: sqlite3.Connection, kind: type[Record], condition: str, values: Sequence[Any]
) -> Iterator[list[Sequence[Any]]]:
    """All records for which a condition on their table holds, in the order of their keys: pages of columns.

    The cells are those of `rows`. What links lead to is looked up once for many rows, which for a million of them
    takes two thirds of the time that joining takes.
    """
    table, fields = kind.noun.table, specs(kind)
    linked = {name: _Linked(connection, spec.link) for name, spec in fields.items() if spec.kind is Kind.LINK}
    cells = ", ".join(("t.uid", *(_cell(table, name) for name in fields)))
    cursor = connection.execute(f"SELECT {cells} FROM {table} t WHERE {condition} ORDER BY t.id", values)
    while found := cursor.fetchmany(_PAGE):
        uids, *columns = zip(*found, strict=True)
        page: list[Sequence[Any]] = [uids]
        for (name, spec), column in zip(fields.items(), columns, strict=True):
            if spec.kind is Kind.LINK:
                page += linked[name].told(column)
            else:
                page.append(
                    [None if cell is None else bool(cell) for cell in column] if spec.kind is Kind.BOOL else column
                )
        yield page


class _Linked:
    """What the records of one table are called, as far as they were asked for."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection, self._table = connection, table
        self._uids: dict[int | None, str | None] = {None: None}
        self._titles: dict[int | None, str | None] = {None: None}

    def told(self, keys: Sequence[int | None]) -> tuple[Sequence[str | None], Sequence[str | None]]:
        """The identities of these records, and their titles."""
        if missing := set(keys).difference(self._uids):
            if len(self._uids) > _MOST_KEPT:
                self._uids, self._titles = {None: None}, {None: None}
                missing = set(keys) - {None}
            marks = ", ".join(str(key) for key in missing)
            sql = f"SELECT l.id, l.uid, {title_of(self._table, 'l')} FROM {self._table} l WHERE l.id IN ({marks})"
            for key, uid, title in self._connection.execute(sql):
                self._uids[key], self._titles[key] = uid, title
        return [*map(self._uids.get, keys)], [*map(self._titles.get, keys)]


def title_of(table: str, alias: str) -> str:
    """The SQL expression of what a record of a table is called."""
    return _TITLES.get(table, f"{{0}}.{BY_TABLE[table].noun.title}").format(alias)


def _select(kind: type[Record], *first: str) -> str:
    """The statement that reads the cells of records, after others that are named."""
    cells, joins = [*first, "t.uid"], []
    for number, (name, spec) in enumerate(specs(kind).items()):
        if spec.kind is Kind.LINK:
            alias = f"l{number}"
            cells += [f"{alias}.uid", title_of(spec.link, alias)]
            joins.append(f"LEFT JOIN {spec.link} {alias} ON {alias}.id = t.{name}")
        else:
            cells.append(_cell(kind.noun.table, name))
    return f"SELECT {', '.join(cells)} FROM {kind.noun.table} t {' '.join(joins)}"


def _cell(table: str, name: str) -> str:
    """The expression of a field's cell."""
    return _POINTED if (table, name) == ("external_identity", "record_id") else f"t.{name}"


def _with_yes_and_no(kind: type[Record], found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """SQLite keeps yes and no as 1 and 0."""
    kinds = [Kind.LINE]  # the identity
    for spec in specs(kind).values():
        kinds += [spec.kind] * (2 if spec.kind is Kind.LINK else 1)
    if Kind.BOOL not in kinds:
        return found
    turn: list[Callable[[Any], Any] | None] = [bool if each is Kind.BOOL else None for each in kinds]
    return [tuple(way(cell) if way else cell for way, cell in zip(turn, row, strict=True)) for row in found]
