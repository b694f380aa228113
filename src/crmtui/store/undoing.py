"""Taking a change set back, from the past that the triggers keep.

What it did is undone in the reverse order, so that every state on the way is one that was there before: what it
inserted goes, what it deleted returns, and of what it changed only the columns that it changed get their values from
before, so that later changes to other columns stay. Undoing is itself a change set; redo is the undoing of that one.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import ConflictError, NotFoundError
from crmtui.store.columns import columns
from crmtui.store.failures import refusal
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.store.unit import UnitOfWork

MOST_LINES: Final = 20
_BATCH: Final = 2_000
_Row = dict[str, Any]


def undo(unit: UnitOfWork, target: int) -> None:
    """Take a change set back inside the unit of work.

    Raises:
        NotFoundError: there is no such change set.
        ConflictError: later changes stand in the way; its lines name them.
    """
    connection = unit.connection
    if connection.execute("SELECT 1 FROM change_set WHERE id = ?", (target,)).fetchone() is None:
        raise NotFoundError(_("There is no change {number}.").format(number=target))
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("UPDATE change_set SET undoes_id = ? WHERE id = ?", (target, unit.set_id))
    _collect(connection, target)
    tables = [row[0] for row in connection.execute("SELECT DISTINCT tbl FROM net")]
    _refuse([found for table in tables for found in (*_changed_since(connection, table), *_hanging(connection, table))])
    try:
        _play_back(connection, target)
    except sqlite3.IntegrityError as error:
        _refuse([str(refusal(error) or error)])
    _refuse([found for table in tables for found in _dangling(connection, table)])
    connection.execute("DROP TABLE net")


def _collect(connection: sqlite3.Connection, target: int) -> None:
    """The rows that a change set touched: its first and last change of each, and the first by anyone since."""
    connection.execute("DROP TABLE IF EXISTS temp.net")
    connection.execute(
        """CREATE TEMP TABLE net AS
        WITH RECURSIVE touched (id, tbl, row_id, last_id) AS (
            SELECT id, tbl, row_id, last_id FROM main.change WHERE set_id = ?
            UNION ALL SELECT id, tbl, row_id + 1, last_id FROM touched WHERE row_id < last_id)
        SELECT g.tbl, g.row_id, g.first_id, g.last_id, f.op AS first_op, l.op AS last_op,
            (SELECT min(id) FROM main.change x
                WHERE x.row_id = g.row_id AND x.tbl = g.tbl AND x.id > g.last_id) AS next_id
        FROM (SELECT tbl, row_id, min(id) AS first_id, max(id) AS last_id
              FROM touched GROUP BY tbl, row_id) g
        JOIN main.change f ON f.id = g.first_id
        JOIN main.change l ON l.id = g.last_id
        WHERE NOT (f.op = 'I' AND l.op = 'D')""",
        (target,),
    )
    connection.execute("CREATE INDEX temp.ix_net ON net (tbl, row_id)")


def _changed_since(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Rows whose present state, in the columns that the change set wrote, is not the one that it left."""
    rows = connection.execute(
        """SELECT row_id, first_id, last_id, first_op, last_op, next_id FROM net
        WHERE tbl = ? AND next_id IS NOT NULL""",
        (table,),
    )
    for row_id, first_id, last_id, first_op, last_op, next_id in rows.fetchall():
        present = _row(connection, table, "id", row_id)
        if last_op == "D":
            if present:
                yield _line(table, present, _("was brought back since"))
            continue
        left = _row(connection, f"past_{table}", "change_id", next_id)
        if not present:
            yield _line(table, left, _("was deleted since"))
        elif any(
            present[name] != left[name]
            for name in (left if first_op == "I" else _written(connection, table, (row_id, first_id, last_id), left))
            if name in present
        ):
            yield _line(table, present, _("was changed since"))


def _written(connection: sqlite3.Connection, table: str, place: tuple[int, int, int], left: _Row) -> set[str]:
    """The columns that a change set wrote in a row that was there before; all where it made it anew."""
    changes = connection.execute(
        "SELECT op, id FROM main.change WHERE row_id = ? AND id BETWEEN ? AND ? AND tbl = ? ORDER BY id",
        (*place, table),
    ).fetchall()
    names = set(columns(connection, table))
    if any(op != "U" for op, _id in changes):
        return names
    states = [*(_row(connection, f"past_{table}", "change_id", number) for _op, number in changes), left]
    return {name for before, after in pairwise(states) for name in names if before[name] != after[name]}


def _hanging(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Records made later that link to a row which is to go: deleting it would take or change them unasked."""
    for child, name in _links_to(connection, table):
        rows = connection.execute(
            f"""SELECT c.id FROM net n JOIN {child} c ON c.{name} = n.row_id
            WHERE n.tbl = ? AND n.first_op = 'I' AND NOT EXISTS (
                SELECT 1 FROM net o LEFT JOIN past_{child} f ON f.change_id = o.first_id
                WHERE o.tbl = ? AND o.row_id = c.id AND (o.first_op = 'I' OR f.{name} IS NOT c.{name}))""",
            (table, child),
        )
        for (row_id,) in rows.fetchall():
            yield _line(child, _row(connection, child, "id", row_id), _("was added since"))


def _dangling(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Rows that came back but link to something that has gone since."""
    for link in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        parent, name = link[2], link[3]
        rows = connection.execute(
            f"""SELECT t.id FROM net n JOIN {table} t ON t.id = n.row_id WHERE n.tbl = ? AND n.first_op <> 'I'
            AND t.{name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = t.{name})""",
            (table,),
        )
        what = _("links to one of the {records} that is gone").format(records=_(BY_TABLE[parent].noun.many))
        for (row_id,) in rows.fetchall():
            yield _line(table, _row(connection, table, "id", row_id), what)


def _links_to(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    for child in BY_TABLE:
        for link in connection.execute(f"PRAGMA foreign_key_list({child})").fetchall():
            if link[2] == table:
                yield child, link[3]


def _row(connection: sqlite3.Connection, table: str, by: str, number: int) -> _Row:
    """A row by its number; empty where there is none."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {by} = ?", (number,))
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone() or (), strict=False))


def _line(table: str, row: _Row, what: str) -> str:
    noun = BY_TABLE[table].noun
    title = line(str(row.get(noun.title) or ""))[:60]
    return f"{_(noun.one)} {title or row['id']}: {what}"


def _refuse(lines: list[str]) -> None:
    if lines:
        shown = lines[:MOST_LINES]
        if len(lines) > MOST_LINES:
            shown.append(_("and {count} more").format(count=len(lines) - MOST_LINES))
        raise ConflictError(_("This cannot be undone: later changes stand in the way."), tuple(shown))


def _play_back(connection: sqlite3.Connection, target: int) -> None:
    changes = connection.execute("SELECT id, tbl, op FROM main.change WHERE set_id = ? ORDER BY id DESC", (target,))
    for (table, op), run in groupby(changes.fetchall(), key=lambda change: change[1:]):
        numbers = [number for number, _table, _op in run]
        _BACK[op](connection, table, numbers[-1], numbers[0])


def _remove(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Take back inserts; a run of changes has consecutive numbers, since only one unit of work writes at a time."""
    connection.execute(
        f"""DELETE FROM {table} WHERE id IN (SELECT t.id FROM main.change c
        JOIN {table} t ON t.id BETWEEN c.row_id AND coalesce(c.last_id, c.row_id) WHERE c.id BETWEEN ? AND ?)""",
        (first, last),
    )


def _return(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Take back deletions."""
    names = ", ".join(columns(connection, table))
    connection.execute(
        f"""INSERT INTO {table} ({names}) SELECT {names} FROM past_{table}
        WHERE change_id BETWEEN ? AND ? ORDER BY change_id DESC""",
        (first, last),
    )


def _revert(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Take back updates: each gives back the columns in which it differs from the state after it."""
    names = columns(connection, table)
    for end in range(last, first - 1, -_BATCH):
        states = _states(connection, table, names, (max(first, end - _BATCH + 1), end))
        for changed, run in groupby(states, key=lambda state: _differing(names, *state)):
            if changed:
                to = ", ".join(f"{names[at]} = ?" for at in changed)
                connection.executemany(
                    f"UPDATE {table} SET {to} WHERE id = ?",
                    [(*(before[at] for at in changed), before[0]) for before, _after in run],
                )


def _differing(names: list[str], before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(at for at in range(len(names)) if before[at] != after[at])


def _states(
    connection: sqlite3.Connection, table: str, names: list[str], between: tuple[int, int]
) -> list[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """The row before and after each of some updates, the last first; after it is what the next change found."""
    before = ", ".join(f"b.{name}" for name in names)
    after = ", ".join(f"iif(a.change_id IS NULL, t.{name}, a.{name})" for name in names)
    rows = connection.execute(
        f"""SELECT {before}, {after} FROM past_{table} b LEFT JOIN {table} t ON t.id = b.id
        LEFT JOIN past_{table} a ON a.change_id = (SELECT min(x.id) FROM main.change x
            WHERE x.row_id = b.id AND x.tbl = ? AND x.id > b.change_id)
        WHERE b.change_id BETWEEN ? AND ? ORDER BY b.change_id DESC""",
        (table, *between),
    )
    return [(row[: len(names)], row[len(names) :]) for row in rows.fetchall()]


_BACK: Final = {"I": _remove, "D": _return, "U": _revert}
