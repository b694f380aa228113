"""Undo, redo and history, from the images that the triggers keep.

Undoing takes a change set back by its net effect on each row: what it inserted goes, what it deleted returns, what
it changed gets the values from before, column by column, so that later changes to other columns stay. It is itself a
change set, and redo is the undoing of that one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import ConflictError, NotFoundError
from crmtui.store.columns import columns
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3

    from crmtui.store.unit import UnitOfWork

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One user action in the history.

    Attributes:
        at: when, ISO in UTC.
        rows: how many rows it changed.
        undoes_id: the change set that it took back; None for an action of its own.
        undone: whether it is taken back at present.
    """

    id: int
    at: str
    label: str
    actor: str
    source: str
    undoes_id: int | None
    undone: bool
    rows: int


_SETS = """
    SELECT s.id, s.at, s.label, s.actor, s.source, s.undoes_id,
        EXISTS (SELECT 1 FROM change_set u WHERE u.undoes_id = s.id AND NOT EXISTS
            (SELECT 1 FROM change_set r WHERE r.undoes_id = u.id)) AS undone,
        (SELECT count(*) FROM change c WHERE c.set_id = s.id)
    FROM change_set s
"""


def history(connection: sqlite3.Connection, limit: int = 50) -> list[ChangeSet]:
    """The newest change sets first."""
    rows = connection.execute(f"{_SETS} WHERE NOT s.is_open ORDER BY s.id DESC LIMIT ?", (limit,))
    return [_change_set(row) for row in rows]


def next_undo(connection: sqlite3.Connection) -> ChangeSet | None:
    """The newest action that still holds: neither taken back nor itself a taking back."""
    return _first(connection, "s.undoes_id IS NULL AND NOT undone AND NOT s.is_open")


def next_redo(connection: sqlite3.Connection) -> ChangeSet | None:
    """The newest taking back, unless it was redone or something new was done since."""
    newest = _first(connection, "s.undoes_id IS NULL AND NOT s.is_open")
    found = _first(connection, "s.undoes_id IN (SELECT id FROM change_set WHERE undoes_id IS NULL) AND NOT undone")
    return found if found and newest and found.id > newest.id else None


def numbered(connection: sqlite3.Connection, number: int) -> ChangeSet:
    """The action of that number; NotFoundError if there is none, or if it is taken back already."""
    row = connection.execute(f"{_SETS} WHERE s.id = ? AND NOT s.is_open", (number,)).fetchone()
    if row is None or bool(row[6]) or row[5] is not None:
        raise NotFoundError(_("There is no change {number} that could be undone.").format(number=number))
    return _change_set(row)


def _first(connection: sqlite3.Connection, condition: str) -> ChangeSet | None:
    row = connection.execute(f"{_SETS} WHERE {condition} ORDER BY s.id DESC LIMIT 1").fetchone()
    return _change_set(row) if row else None


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    number, at, label, actor, source, undoes_id, undone, rows = row
    return ChangeSet(number, at, label, actor, source, undoes_id, bool(undone), rows)


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
    _refuse(_conflicts(connection, tables))
    for table in tables:
        _take_back(connection, table)
    _refuse(_broken(connection, tables))
    connection.execute("DROP TABLE net")


def _collect(connection: sqlite3.Connection, target: int) -> None:
    """The net effect of a change set on each row: the state to return to, and the state that it left.

    `old` is the image to return to (NULL: the row was not there); `new` the image that it left (NULL: none was
    left, or, for rows it inserted and nobody touched since, the row as it is now).
    """
    connection.execute("DROP TABLE IF EXISTS temp.net")
    connection.execute(
        """CREATE TEMP TABLE net AS
        SELECT g.tbl, g.row_id, f.op AS first_op, l.op AS last_op, f.before AS old,
            CASE WHEN l.op = 'D' THEN NULL ELSE coalesce(n.before, l.after) END AS new, n.id IS NOT NULL AS touched
        FROM (SELECT tbl, row_id, min(id) AS first_id, max(id) AS last_id
              FROM main.change WHERE set_id = ? GROUP BY tbl, row_id) g
        JOIN main.change f ON f.id = g.first_id
        JOIN main.change l ON l.id = g.last_id
        LEFT JOIN main.change n ON n.id = (SELECT min(id) FROM main.change x
            WHERE x.row_id = g.row_id AND x.tbl = g.tbl AND x.id > g.last_id)
        WHERE NOT (f.op = 'I' AND l.op = 'D')""",
        (target,),
    )
    connection.execute("CREATE INDEX temp.ix_net ON net (tbl, row_id)")


def _conflicts(connection: sqlite3.Connection, tables: list[str]) -> list[str]:
    found = []
    for table in tables:
        found += _changed_since(connection, table)
        found += _hanging_on(connection, table)
    return found


def _changed_since(connection: sqlite3.Connection, table: str) -> list[str]:
    """Rows whose present state, in the columns that matter, is not the one that the change set left."""
    names = columns(connection, table)
    image = ", ".join(f"'{name}', t.{name}" for name in names)
    rows = connection.execute(
        f"""SELECT n.row_id, n.old, n.new, n.last_op,
            CASE WHEN t.id IS NULL THEN NULL ELSE json_object({image}) END
        FROM net n LEFT JOIN {table} t ON t.id = n.row_id WHERE n.tbl = ? AND n.touched""",
        (table,),
    ).fetchall()
    return [
        _line(table, row_id, new or old, _("was changed since"))
        for row_id, old, new, last_op, now in rows
        if not _is_as_left(old, new, last_op, now)
    ]


def _is_as_left(old: str | None, new: str | None, last_op: str, now: str | None) -> bool:
    if last_op == "D" or now is None:
        return last_op == "D" and now is None
    left, present = json.loads(new or "{}"), json.loads(now)
    before = json.loads(old) if old else {}
    return all(present.get(name) == value for name, value in left.items() if not old or before.get(name) != value)


def _hanging_on(connection: sqlite3.Connection, table: str) -> list[str]:
    """Records made later that link to a row which is to go: deleting it would take or change them unasked."""
    found = []
    for child in BY_TABLE:
        for link in connection.execute(f"PRAGMA foreign_key_list({child})").fetchall():
            if link[2] != table:
                continue
            rows = connection.execute(
                f"""SELECT c.id FROM net n JOIN {child} c ON c.{link[3]} = n.row_id
                WHERE n.tbl = ? AND n.first_op = 'I'
                    AND NOT EXISTS (SELECT 1 FROM net o WHERE o.tbl = ? AND o.row_id = c.id
                        AND (o.first_op = 'I' OR json_extract(o.old, '$.{link[3]}') IS NOT c.{link[3]}))""",
                (table, child),
            )
            found += [_line(child, row[0], _row(connection, child, row[0]), _("was added since")) for row in rows]
    return found


def _row(connection: sqlite3.Connection, table: str, key: int) -> str:
    image = ", ".join(f"'{name}', {name}" for name in columns(connection, table))
    return str(connection.execute(f"SELECT json_object({image}) FROM {table} WHERE id = ?", (key,)).fetchone()[0])


def _line(table: str, row_id: int, image: str | None, what: str) -> str:
    noun = BY_TABLE[table].noun
    title = line(str(json.loads(image or "{}").get(noun.title) or ""))[:60]
    return f"{_(noun.one)} {title or row_id}: {what}"


def _refuse(lines: list[str]) -> None:
    if lines:
        shown = lines[:MOST_LINES]
        if len(lines) > MOST_LINES:
            shown.append(_("and {count} more").format(count=len(lines) - MOST_LINES))
        raise ConflictError(_("This cannot be undone: later changes stand in the way."), tuple(shown))


def _take_back(connection: sqlite3.Connection, table: str) -> None:
    names = columns(connection, table)
    connection.execute(
        f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM net WHERE tbl = ? AND first_op = 'I')", (table,)
    )
    values = ", ".join(f"json_extract(n.old, '$.{name}')" for name in names)
    connection.execute(
        f"""INSERT INTO {table} ({", ".join(names)}) SELECT {values} FROM net n
        WHERE n.tbl = ? AND n.first_op <> 'I' AND n.last_op = 'D'""",
        (table,),
    )
    changed = ", ".join(
        f"{name} = CASE WHEN json_extract(n.old, '$.{name}') IS json_extract(n.new, '$.{name}') "
        f"THEN {table}.{name} ELSE json_extract(n.old, '$.{name}') END"
        for name in names
    )
    connection.execute(
        f"""UPDATE {table} SET {changed} FROM net n
        WHERE n.tbl = ? AND n.row_id = {table}.id AND n.first_op <> 'I' AND n.last_op <> 'D'""",
        (table,),
    )


def _broken(connection: sqlite3.Connection, tables: list[str]) -> list[str]:
    """Rows that came back but link to something that has gone since."""
    found = []
    for table in tables:
        for row in connection.execute(f"PRAGMA foreign_key_check({table})").fetchall():
            image = _row(connection, table, row[1])
            found.append(_line(table, row[1], image, _("links to a {record} that is gone").format(record=row[2])))
    return found
