"""The unit of work: everything one user action changes, written together or not at all, as one change set."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
from typing import TYPE_CHECKING, Any

from crmtui.domain.fields import Record, specs
from crmtui.errors import NotFoundError
from crmtui.store import database, search
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlmodel import Session

    from crmtui.domain.words import Source


def new_uid() -> str:
    """A public identity: 80 random bits as 16 letters and digits."""
    return base64.b32encode(os.urandom(10)).decode().lower()


class UnitOfWork:
    """One transaction: records are written through SQLModel by insert and update; `connection` serves plain SQL.

    Attributes:
        session: the SQLModel session.
        connection: the sqlite3 connection underneath, in the same transaction.
        set_id: the change set that the journal's triggers write to.
    """

    def __init__(self, session: Session, connection: sqlite3.Connection, set_id: int) -> None:
        self.session = session
        self.connection = connection
        self.set_id = set_id
        self.is_abandoned = False

    def abandon(self) -> None:
        """Let the unit end without writing anything: a trial."""
        self.is_abandoned = True

    def has_changed(self) -> bool:
        """Whether anything was written so far."""
        row = self.connection.execute("SELECT 1 FROM change WHERE set_id = ? LIMIT 1", (self.set_id,)).fetchone()
        return row is not None

    def relabel(self, label: str) -> None:
        """Say in words what the user did, once it is known."""
        self.connection.execute("UPDATE change_set SET label = ? WHERE id = ?", (line(label)[:500], self.set_id))

    def insert(self, kind: type[Record], given: Mapping[str, Any]) -> int:
        """Write a new record after validating it; returns its key. InvalidError names the fields that are wrong."""
        from crmtui.domain import tables

        row = tables.table(kind)(uid=given.get("uid") or new_uid(), **self._valid(kind, given))
        self.session.add(row)
        self.session.flush()
        return int(row.id)

    def update(self, kind: type[Record], key: int, given: Mapping[str, Any]) -> None:
        """Change some fields of a record after validating the whole of it."""
        from crmtui.domain import tables

        row = self.session.get(tables.table(kind), key, populate_existing=True)
        if row is None:
            raise _gone(kind)
        before = {name: getattr(row, name) for name in specs(kind)}
        for name, value in self._valid(kind, before | dict(given)).items():
            setattr(row, name, value)
        self.session.flush()

    def delete(self, kind: type[Record], key: int) -> None:
        """Delete a record, and with it what belongs to it."""
        if not self.connection.execute(f"DELETE FROM {kind.noun.table} WHERE id = ?", (key,)).rowcount:
            raise _gone(kind)
        self.session.expire_all()

    def _valid(self, kind: type[Record], given: Mapping[str, Any]) -> dict[str, Any]:
        from crmtui.domain import tables

        found = tables.valid(kind, {name: value for name, value in given.items() if name != "uid"})
        if found.get("currency") == "":
            found["currency"] = base_currency(self.connection)
        return found


@contextlib.contextmanager
def work(path: Path, label: str, source: Source, actor: str = "") -> Iterator[UnitOfWork]:
    """Open a unit of work: BEGIN IMMEDIATE, a change set, COMMIT at the end, ROLLBACK on any error.

    A unit that changed nothing leaves no change set. `label` says in words what the user did.
    """
    with database.explained(path), _session(path) as session:
        connection = _driver(session)
        unit = UnitOfWork(session, connection, _open_set(connection, label, source, actor))
        yield unit
        if unit.has_changed() and not unit.is_abandoned:
            search.refresh(connection, unit.set_id)
            connection.execute("UPDATE change_set SET is_open = 0 WHERE id = ?", (unit.set_id,))
            session.commit()


def base_currency(connection: sqlite3.Connection) -> str:
    """The workspace's own currency."""
    row = connection.execute("SELECT base_currency FROM workspace").fetchone()
    return str(row[0]) if row and row[0] else "EUR"


def _open_set(connection: sqlite3.Connection, label: str, source: Source, actor: str) -> int:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    cursor = connection.execute(
        "INSERT INTO change_set (at, label, actor, source) VALUES (?, ?, ?, ?)",
        (now, line(label)[:500], line(actor)[:200], source.value),
    )
    return int(cursor.lastrowid or 0)


@contextlib.contextmanager
def _session(path: Path) -> Iterator[Session]:
    """A SQLModel session on a connection of `database`; whatever was not committed is rolled back at the end."""
    import sqlalchemy
    from sqlmodel import Session

    engine = sqlalchemy.create_engine(
        "sqlite://",
        creator=lambda: database.connect(path),
        poolclass=sqlalchemy.NullPool,
        hide_parameters=True,  # an error must not carry customers' data
    )
    sqlalchemy.event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _driver(session: Session) -> sqlite3.Connection:
    import sqlite3

    raw = session.connection().connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("the workspace is not on sqlite3")
    return raw


def _gone(kind: type[Record]) -> NotFoundError:
    return NotFoundError(_("The {record} is no longer there.").format(record=_(kind.noun.one)))
