"""The journal, its triggers and the search indexes around the tables, made anew from the tables that are there.

They are no part of any migration: each migration ends with `install`, which reads the columns from the file itself.

The journal is `change_set` (one user action), `change` (one row that it inserted, updated or deleted) and, for each
table, `past_…`: the row as it was before an update or a deletion, under the number of that change. An insert needs
none: the row is its own until the next change keeps it. The past of a table has its columns and their types, so
that values come back exactly, triggers stay short, and every connection is open in a millisecond.

New rows that are written many at once, with keys that follow each other, are one `change`: of the first key, with the
last in `last_id`. Such a run is announced in `run`, and that alone writes it to the journal; the triggers of the table
then pass over its rows. It must begin behind the newest key, and end with the newest key before its unit of work can.
So a row of a run was never there before, and the change that made it is its first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.fields import Record, default, specs
from crmtui.domain.nouns import RECORDS
from crmtui.store import search
from crmtui.store.columns import columns, shape

if TYPE_CHECKING:
    import sqlite3

_LAST_ID: Final = "last_id INTEGER CHECK (last_id IS NULL OR last_id >= row_id AND op = 'I')"
JOURNAL: Final = (
    """CREATE TABLE IF NOT EXISTS change_set (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        actor TEXT NOT NULL,
        source TEXT NOT NULL,
        undoes_id INTEGER REFERENCES change_set (id) ON DELETE CASCADE,
        is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1))
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS ix_change_set_undoes ON change_set (undoes_id)",
    "CREATE UNIQUE INDEX IF NOT EXISTS ix_change_set_open ON change_set (is_open) WHERE is_open",
    f"""CREATE TABLE IF NOT EXISTS change (
        id INTEGER PRIMARY KEY,
        set_id INTEGER NOT NULL REFERENCES change_set (id) ON DELETE CASCADE,
        tbl TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op = 'I' OR op = 'U' OR op = 'D')
    , {_LAST_ID}) STRICT""",  # letter by letter what files of version 1 get by ALTER TABLE
    "CREATE INDEX IF NOT EXISTS ix_change_row ON change (row_id, tbl)",
    "CREATE INDEX IF NOT EXISTS ix_change_set_id ON change (set_id)",
    "CREATE INDEX IF NOT EXISTS ix_change_run ON change (set_id, tbl) WHERE last_id IS NOT NULL",
    """CREATE TABLE IF NOT EXISTS run (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        tbl TEXT NOT NULL,
        first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL CHECK (last_id >= first_id)
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)
# With every record its identities elsewhere go, by a trigger that looks for them.
IDENTITIES: Final = "CREATE INDEX IF NOT EXISTS ix_external_identity_record ON external_identity (record_id, kind)"
_NOW: Final = "(SELECT id FROM change_set WHERE is_open)"
_NEWEST: Final = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = {row}.tbl), 0)"
_RUNS: Final = (
    f"""CREATE TRIGGER run_begins AFTER INSERT ON run BEGIN
        SELECT RAISE(ABORT, 'a run begins before the newest key') WHERE NEW.first_id <= {_NEWEST.format(row="NEW")};
        INSERT INTO change (set_id, tbl, row_id, op, last_id)
            VALUES ({_NOW}, NEW.tbl, NEW.first_id, 'I', NEW.last_id); END""",
    "CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'a run stays as it began'); END",
    f"""CREATE TRIGGER run_ends BEFORE DELETE ON run WHEN OLD.last_id <> {_NEWEST.format(row="OLD")} BEGIN
        SELECT RAISE(ABORT, 'a run ends before or after its last key'); END""",
    """CREATE TRIGGER run_is_over BEFORE UPDATE ON change_set WHEN NOT NEW.is_open AND EXISTS (SELECT 1 FROM run) BEGIN
        SELECT RAISE(ABORT, 'a run has not ended'); END""",
)


def install(connection: sqlite3.Connection) -> None:
    """Make the journal and, for every table, its triggers and its search index; run inside a transaction."""
    _add_runs(connection)
    for statement in JOURNAL:
        connection.execute(statement)
    connection.execute(IDENTITIES)
    remove_triggers(connection)
    for statement in _RUNS:
        connection.execute(statement)
    for kind in RECORDS:
        table = kind.noun.table
        _keep_past(connection, kind)
        for statement in _journal(table, columns(connection, table)):
            connection.execute(statement)
        if table != "external_identity":
            connection.execute(_forget(table))
    search.install(connection)


def _add_runs(connection: sqlite3.Connection) -> None:
    """Files of version 1 have a journal without runs."""
    if columns(connection, "change")[-1:] == ["op"]:
        connection.execute(f"ALTER TABLE change ADD COLUMN {_LAST_ID}")


def remove_triggers(connection: sqlite3.Connection) -> None:
    """Take all triggers away; `install` makes them anew."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def _keep_past(connection: sqlite3.Connection, kind: type[Record]) -> None:
    """The table of a table's past. A migration's new columns are added, its old ones stay.

    In a new column the past is what the row has now, or its default where the row is gone: undoing what was done
    before there was the column must not empty it. A step that rewrites a column rewrites it in the past as well.
    """
    table = kind.noun.table
    wanted, found = shape(connection, table), columns(connection, f"past_{table}")
    if not found:
        fields = ", ".join(f"{name} {affinity}" for name, affinity in wanted.items())
        connection.execute(f"CREATE TABLE past_{table} (change_id INTEGER PRIMARY KEY, {fields}) STRICT")
        return
    for name, affinity in wanted.items():
        if name not in found:
            spec = specs(kind).get(name)
            blank = values.plain(spec, default(kind, name)) if spec else None
            connection.execute(f"ALTER TABLE past_{table} ADD COLUMN {name} {affinity}")
            connection.execute(
                f"""UPDATE past_{table} SET {name} = iif(id IN (SELECT id FROM {table}),
                (SELECT {name} FROM {table} t WHERE t.id = past_{table}.id), ?)""",
                (blank,),
            )


_NOTE: Final = f"INSERT INTO change (set_id, tbl, row_id, op) VALUES ({_NOW}, "


def watch(table: str) -> str:
    """The trigger that looks at each new row of a table, and notes those that are of no run."""
    alone = f"NOT EXISTS (SELECT 1 FROM run WHERE tbl = '{table}' AND NEW.id BETWEEN first_id AND last_id)"
    note = f"{_NOTE}'{table}', NEW.id, 'I')"
    return f"CREATE TRIGGER journal_{table}_i AFTER INSERT ON {table} WHEN {alone} BEGIN {note}; END"


def unwatch(table: str) -> str:
    """Take that trigger away, for as long as nothing but runs is written: it takes a tenth of their time."""
    return f"DROP TRIGGER journal_{table}_i"


def indexes(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """The statements that make the indexes which slow down the writing of many rows, by table and by their names.

    Of tables that have names, which come in no order. What hangs on other records is written in their order, so that
    its indexes grow at their ends; and an index that keeps rows apart is needed while they are written.
    """
    found: dict[str, dict[str, str]] = {}
    rows = connection.execute(
        """SELECT tbl_name, name, sql FROM sqlite_master AS this WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'
        AND EXISTS (SELECT 1 FROM pragma_table_info(this.tbl_name) WHERE name = 'name_key')"""
    )
    for table, name, statement in rows:
        found.setdefault(table, {})[name] = statement
    return found


def _journal(table: str, names: list[str]) -> tuple[str, str, str]:
    """Three triggers, that nothing goes round: without a unit of work at hand `set_id` is missing, and they refuse."""
    note = f"{_NOTE}'{table}', "
    keep = (
        f"INSERT INTO past_{table} (change_id, {', '.join(names)}) "
        f"VALUES (last_insert_rowid(), {', '.join(f'OLD.{name}' for name in names)});"
    )
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
    return (
        watch(table),
        f"CREATE TRIGGER journal_{table}_u AFTER UPDATE ON {table} WHEN {differs} BEGIN {note}OLD.id, 'U'); {keep} END",
        f"CREATE TRIGGER journal_{table}_d AFTER DELETE ON {table} BEGIN {note}OLD.id, 'D'); {keep} END",
    )


def _forget(table: str) -> str:
    return (
        f"CREATE TRIGGER forget_{table} AFTER DELETE ON {table} BEGIN "
        f"DELETE FROM external_identity WHERE kind = '{table}' AND record_id = OLD.id; END"
    )
