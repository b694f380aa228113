"""The unit of work: everything one user action changes, written together or not at all, as one change set."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import functools
import os
import threading
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Record, specs
from crmtui.domain.following import out_of_order
from crmtui.errors import InvalidError, NotFoundError
from crmtui.store import circles, database, kept, schema, search
from crmtui.store.behind import Behind
from crmtui.store.runs import Runs
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlmodel import Session

    from crmtui.domain.words import Source
    from crmtui.store.writing.statements import Statement


def new_uid() -> str:
    """A public identity: 80 random bits as 16 letters and digits."""
    return base64.b32encode(os.urandom(10)).decode().lower()


class UnitOfWork:
    """One transaction: records are written through SQLModel by insert and update; `connection` serves plain SQL.

    Attributes:
        set_id: the change set that the journal's triggers write to.
        identities: those that new records will get, by table; made for many at once by `writing.bulk`.
    """

    def __init__(self, connection: sqlite3.Connection, set_id: int) -> None:
        self.set_id = set_id
        self.identities: dict[str, Iterator[str]] = {}
        self.is_abandoned = False
        self._connection = connection
        self._opened: Session | None = None
        self._behind: Behind | None = None
        self._noted: dict[str, Any] = {}
        self._runs = Runs()

    @property
    def connection(self) -> sqlite3.Connection:
        """The sqlite3 connection, in the transaction; who asks for it waits for what is written behind."""
        self._noted.clear()
        settled = self._settled()
        for sql, given in self._runs.settle():
            settled.execute(sql, given)
        return settled

    def _settled(self) -> sqlite3.Connection:
        if self._behind is not None:
            self._behind.settle()
        return self._connection

    def write_behind(self) -> None:
        """From now on `write` returns before it is done: for who has much to prepare and little to ask."""
        if self._behind is None:
            self._behind = Behind(self._connection)

    def settle_behind(self) -> None:
        """Have done behind what the connection needs before anybody gets it: for who has something else to do first."""
        if self._behind is not None:
            self._behind.give(list(self._runs.settle()))

    def recall(self, name: str, ask: Callable[[sqlite3.Connection], Any]) -> Any:  # noqa: ANN401 - what is asked
        """What the file answers; while writing behind not asked again before `connection` is, so as not to wait."""
        if self._behind is None:
            return ask(self._connection)
        if name not in self._noted:
            self._noted[name] = ask(self._settled())
        return self._noted[name]

    def write_run(self, table: str, keys: range, inserting: Iterable[Statement]) -> None:
        """Write new rows with keys that follow each other, which the journal notes as one.

        What fails behind is raised by what is asked of the unit next.
        """
        begun = "INSERT INTO run VALUES (1, ?, ?, ?)", (table, keys[0], keys[-1])
        run: list[Statement] = [begun, *inserting, ("DELETE FROM run", ())]
        if self._behind is None:
            for sql, given in (*run, *search.of_run(table, keys)):
                self._connection.execute(sql, given)
        else:
            indexes = self.recall("the indexes", schema.indexes).get(table, {})
            self._behind.give([*self._runs.begin(table, keys, indexes), *run, *self._runs.end(table, keys)])

    @property
    def session(self) -> Session:
        """The SQLModel session in the same transaction; opened when it is first asked for, since much needs none."""
        connection = self.connection  # which waits for what is written behind, also when the session is there already
        if self._opened is None:
            self._opened = _session(connection)
        return self._opened

    def close(self) -> None:
        """Take back what was not committed."""
        if self._behind is not None:
            self._behind.stop()
        self._connection.rollback()
        if self._opened is not None:
            self._opened.close()

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

        row = tables.table(kind)(uid=given.get("uid") or new_uid(), **self._valid(kind, given, specs(kind)))
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
        changed = {name: value for name, value in given.items() if value != before.get(name)}
        circles.refuse(self.connection, kind, key, changed)
        for name, value in self._valid(kind, before | dict(given), changed).items():
            setattr(row, name, value)
        self.session.flush()

    def delete(self, kind: type[Record], key: int) -> None:
        """Delete a record, and with it what belongs to it."""
        if not self.connection.execute(f"DELETE FROM {kind.noun.table} WHERE id = ?", (key,)).rowcount:
            raise _gone(kind)
        if self._opened is not None:
            self._opened.expire_all()

    def _valid(self, kind: type[Record], given: Mapping[str, Any], changed: Container[str]) -> dict[str, Any]:
        from crmtui.domain import tables

        found = tables.valid(kind, {name: value for name, value in given.items() if name != "uid"})
        if wrong := out_of_order(kind, found, changed):
            raise InvalidError(wrong, _(kind.noun.one))
        if found.get("currency") == "":
            found["currency"] = base_currency(self.connection)
        return found


@contextlib.contextmanager
def work(path: Path, label: str, source: Source, actor: str = "", *, by_record: bool = True) -> Iterator[UnitOfWork]:
    """Open a unit of work: BEGIN IMMEDIATE, a change set, COMMIT at the end, ROLLBACK on any error.

    A unit that changed nothing leaves no change set. `label` says in words what the user did. What writes records
    one by one is loaded before the file is locked: that takes longer than all else, and others wait. A unit that
    writes only many at once, or plain SQL, says so by `by_record` and goes without.
    """
    if by_record:
        _load()
    with (
        database.explained(path),
        kept.writing(path) as connection,
        contextlib.closing(UnitOfWork(connection, _open_set(connection, label, source, actor))) as unit,
    ):
        yield unit
        if not connection.in_transaction:
            raise RuntimeError("a write failed and took back the whole unit of work, which then went on")
        if unit.has_changed() and not unit.is_abandoned:
            search.refresh(connection, unit.set_id)
            connection.execute("UPDATE change_set SET is_open = 0 WHERE id = ?", (unit.set_id,))
            connection.execute("COMMIT")
            note_written(path)


def note_written(path: Path) -> None:
    """Remember that this process has changed the workspace in that place."""
    _written.add(path)


def has_written(path: Path) -> bool:
    """Whether this process has changed the workspace in that place; one that it put there as it is counts as new."""
    return path in _written


_written: Final[set[Path]] = set()


def _load() -> None:
    """Load what `insert` and `update` need."""
    from crmtui.domain import tables

    tables.metadata()


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


def _session(connection: sqlite3.Connection) -> Session:
    """A SQLModel session in the transaction that is open on a connection."""
    from sqlmodel import Session

    session = Session(_engine())
    with _given(connection):
        session.connection()
    return session


_in_use: Final = threading.local()


@contextlib.contextmanager
def _given(connection: sqlite3.Connection) -> Iterator[None]:
    """It is this one that the engine finds."""
    _in_use.connection = connection
    try:
        yield
    finally:
        del _in_use.connection


@functools.cache
def _engine() -> Engine:
    """One for all sessions, since it remembers how what was written once is said in SQL.

    SQLAlchemy tries the first connection that it is given, and ends what is open there: so it gets another before.
    """
    import sqlite3

    import sqlalchemy

    sqlalchemy.dialects.registry.register("sqlite.in_use", "crmtui.store.dialect", "InUse")
    engine = sqlalchemy.create_engine(
        "sqlite+in_use://",
        creator=lambda: _in_use.connection,
        poolclass=sqlalchemy.NullPool,
        hide_parameters=True,  # an error must not carry customers' data
    )
    with contextlib.closing(sqlite3.connect(":memory:")) as first, _given(first):
        engine.connect().close()
    return engine


def _gone(kind: type[Record]) -> NotFoundError:
    return NotFoundError(_("The {record} is no longer there.").format(record=_(kind.noun.one)))
