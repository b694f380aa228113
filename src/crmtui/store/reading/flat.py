"""Records as flat rows: every field as SQLite keeps it, links as the identity and the name of what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.nouns import BY_TABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

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
    cursor = connection.execute(f"{_select(kind)} WHERE t.id IN ({marks})")
    return {row[0]: row[1:] for row in _with_yes_and_no(kind, cursor.fetchall())}


def title_of(table: str, alias: str) -> str:
    """The SQL expression of what a record of a table is called."""
    return _TITLES.get(table, f"{{0}}.{BY_TABLE[table].noun.title}").format(alias)


def _select(kind: type[Record]) -> str:
    cells, joins = ["t.id", "t.uid"], []
    for number, (name, spec) in enumerate(specs(kind).items()):
        if spec.kind is Kind.LINK:
            alias = f"l{number}"
            cells += [f"{alias}.uid", title_of(spec.link, alias)]
            joins.append(f"LEFT JOIN {spec.link} {alias} ON {alias}.id = t.{name}")
        else:
            cells.append(_POINTED if (kind.noun.table, name) == ("external_identity", "record_id") else f"t.{name}")
    return f"SELECT {', '.join(cells)} FROM {kind.noun.table} t {' '.join(joins)}"


def _with_yes_and_no(kind: type[Record], found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """SQLite keeps yes and no as 1 and 0."""
    kinds = [Kind.INTEGER, Kind.LINE]  # key and identity
    for spec in specs(kind).values():
        kinds += [spec.kind] * (2 if spec.kind is Kind.LINK else 1)
    if Kind.BOOL not in kinds:
        return found
    turn: list[Callable[[Any], Any] | None] = [bool if each is Kind.BOOL else None for each in kinds]
    return [tuple(way(cell) if way else cell for way, cell in zip(turn, row, strict=True)) for row in found]
