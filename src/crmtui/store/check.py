"""Looking for what is wrong in a workspace: the file, its links, its search indexes, and every single value.

A finding names table, record and field, and never shows what is in them: it may be sent to someone who helps.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.store import circles, database, search
from crmtui.store.failures import code_of
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST: Final = 100  # of one kind, so that a file that is wrecked does not fill the screen
_TEXTS: Final = (Kind.LINE, Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong.

    Attributes:
        sentence: what.
        table: where; '' for the file as a whole.
        uid: the record; '' where it is not one record.
        field: the column; '' where it is not one.
    """

    sentence: str
    table: str = ""
    uid: str = ""
    field: str = ""

    def __str__(self) -> str:
        """The finding on one line, its place first."""
        place = " ".join(part for part in (self.table, self.uid, self.field) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


def check(path: Path) -> list[Finding]:
    """All that is wrong in a workspace; nothing when all is well.

    Raises:
        FileProblemError: it cannot be opened at all.
        BusyError: another process kept it locked.
    """
    with database.explained(path), contextlib.closing(database.connect(path)) as connection:
        found = list(_permissions(path))
        connection.execute("BEGIN")
        is_behind = connection.execute("PRAGMA user_version").fetchone()[0] < database.SCHEMA
        for look in (_pages, _age) if is_behind else (_pages, _schema, _links, _circles, _journal, _indexes, _records):
            try:
                found += look(connection)
            except sqlite3.DatabaseError as error:
                if code_of(error).startswith("SQLITE_CORRUPT"):
                    found.append(Finding(_("The file is damaged: part of it cannot be read.")))
                elif not (found and str(error).startswith("no such table")):  # which was told already
                    raise
                break
    return found


def _permissions(path: Path) -> Iterator[Finding]:
    if os.name == "posix" and path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(_("Other users of this computer may read the file; `chmod 600` keeps it to you."))


def _pages(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (sentence,) in connection.execute(f"PRAGMA integrity_check({MOST})").fetchall():
        if sentence != "ok":
            yield Finding(_("The file is damaged: {sentence}").format(sentence=sentence))


_MISSING: Final = {
    "table": N_("The table {name} is missing. `crmtui restore` brings a backup back."),
    "index": N_("The index {name} is missing. `crmtui restore` brings a backup back."),
    "trigger": N_(
        "The trigger {name} is missing or was changed by another program: changes may not be noted, and so cannot be "
        "undone. `crmtui restore` brings a backup back."
    ),
}


def _schema(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Tables and indexes that are not there, and triggers that are not as they should be; others may be there too."""
    from crmtui.store import migrations

    there: dict[str, str] = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    missing = (
        _(_MISSING[kind]).format(name=name)
        for name, (kind, sql) in migrations.wanted().items()
        if (there.get(name) != sql if kind == "trigger" else name not in there)
    )
    yield from map(Finding, islice(missing, MOST))


def _age(_connection: sqlite3.Connection) -> Iterator[Finding]:
    yield Finding(_("An older version wrote this file: open it once, which brings it up to date, and check again."))


def _links(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, row_id, parent, _number in connection.execute("PRAGMA foreign_key_check").fetchall()[:MOST]:
        sentence = _("links to a row of {table} that is not there").format(table=parent)
        yield Finding(sentence, table, _uid(connection, table, row_id))
    for table in BY_TABLE:
        rows = connection.execute(
            f"""SELECT uid FROM external_identity WHERE kind = ? AND record_id NOT IN (SELECT id FROM {table})
            LIMIT {MOST}""",
            (table,),
        )
        for (uid,) in rows.fetchall():
            yield Finding(_("remembers a record that is not there"), "external_identity", uid, "record_id")


def _circles(connection: sqlite3.Connection) -> Iterator[Finding]:
    for kind in RECORDS:
        for field in circles.upward(kind):
            for circle in circles.circles(connection, kind, field)[:MOST]:
                sentence = _("leads back to itself, over {count} links; empty one of them").format(count=len(circle))
                yield Finding(sentence, kind.noun.table, _uid(connection, kind.noun.table, circle[0]), field)


def _uid(connection: sqlite3.Connection, table: str, row_id: int) -> str:
    if table not in BY_TABLE:
        return str(row_id)
    row = connection.execute(f"SELECT uid FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return str(row[0]) if row else ""


def _journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (number,) in connection.execute("SELECT id FROM change_set WHERE is_open").fetchall():
        yield Finding(_("The change {number} was never finished.").format(number=number), "change_set")
    for table in BY_TABLE:
        count = connection.execute(
            f"""SELECT count(*) FROM change c WHERE tbl = ? AND op <> 'I'
            AND NOT EXISTS (SELECT 1 FROM past_{table} p WHERE p.change_id = c.id)""",
            (table,),
        ).fetchone()[0]
        if count:
            sentence = _("The past of {count} changes is missing: they cannot be undone.").format(count=count)
            yield Finding(sentence, table)


def _indexes(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table in (kind.noun.table for kind in RECORDS if kind.noun.searched):
        try:
            search.verify(connection, table)
        except sqlite3.DatabaseError as error:
            if code_of(error).startswith("SQLITE_READONLY"):
                return  # comparing is a command that SQLite takes for a change
            if not code_of(error).startswith("SQLITE_CORRUPT"):
                raise
            yield Finding(_("The search index does not fit the records."), table)


def _records(connection: sqlite3.Connection) -> Iterator[Finding]:
    for kind in RECORDS:
        yield from islice(_values(connection, kind), MOST)


def _values(connection: sqlite3.Connection, kind: type[Record]) -> Iterator[Finding]:
    known, table = specs(kind), kind.noun.table
    names = ", ".join(known)
    extra = ", name_key" if "name" in known else ""
    for uid, *kept in connection.execute(f"SELECT uid, {names}{extra} FROM {table}"):
        if not values.is_uid(uid):
            yield Finding(_("has an identity of a wrong form"), table, values.quoted(uid), "uid")
        row = dict(zip((*known, "name_key"), kept, strict=False))
        for name, spec in known.items():
            if wrong := _wrong(spec, row[name]):
                yield Finding(wrong, table, str(uid), name)
        if extra and row["name_key"] != key(str(row["name"])):
            yield Finding(_("is not the name as it is matched"), table, str(uid), "name_key")


def _wrong(spec: Spec, kept: values.Plain) -> str:
    """Why the field would refuse what is kept, without showing it; '' if it would not."""
    try:
        allowed = values.plain(spec, values.check(spec, values.loaded(spec, kept)))
    except (ValueError, KeyError, TypeError):
        return _("holds what the field does not allow")
    if allowed == kept:
        return ""
    return _("holds characters that may not be shown") if spec.kind in _TEXTS else _("is not in the form it is kept in")
