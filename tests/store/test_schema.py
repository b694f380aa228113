"""The schema in the file is the one that the fields define, and the last wall stands."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from crmtui.domain import tables
from crmtui.domain.accounts import Account, Tag
from crmtui.domain.fields import Record, specs
from crmtui.domain.nouns import BY_TABLE, RECORDS
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.words import Source
from crmtui.errors import ConflictError, CrmtuiError, InvalidError, NotFoundError
from crmtui.store import database, files, migrations, schema
from crmtui.store.unit import new_uid, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FROZEN = "versions/schema_0006.sql"


@pytest.fixture
def connection(workspace: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(database.connect(workspace)) as opened:
        yield opened


def statements() -> str:
    """The schema as the records define it now, as one text."""
    made = []
    for table in tables.metadata().sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=sqlite.dialect())).strip() + ";")
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=sqlite.dialect())) + ";" for index in indexes]
    return "\n\n".join(made) + "\n"


def test_the_frozen_schema_is_the_one_that_the_records_define() -> None:
    from importlib import resources

    assert resources.files(migrations).joinpath(FROZEN).read_text("utf-8") == statements()


def test_a_new_file_has_the_columns_links_and_conditions_that_the_records_define(
    connection: sqlite3.Connection,
) -> None:
    reference = sqlite3.connect(":memory:")
    reference.executescript(statements())
    reference.execute(schema.IDENTITIES)
    for table in BY_TABLE:
        for pragma in ("table_info", "foreign_key_list", "index_list"):
            query = f"PRAGMA {pragma}({table})"
            assert connection.execute(query).fetchall() == reference.execute(query).fetchall(), table
        stored = "SELECT sql FROM sqlite_master WHERE name = ?"
        made, wanted = (each.execute(stored, (table,)).fetchone()[0] for each in (connection, reference))
        assert " ".join(made.split()) == " ".join(wanted.split())


def test_a_new_file_is_the_one_that_all_steps_make(connection: sqlite3.Connection, tmp_path: Path) -> None:
    stepwise = tmp_path / "stepwise.db"
    files.make_private(stepwise)
    migrations.upgrade(stepwise)
    with contextlib.closing(sqlite3.connect(stepwise)) as by_steps:
        everything = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        assert connection.execute(everything).fetchall() == by_steps.execute(everything).fetchall()
        for query in ("SELECT * FROM alembic_version", "SELECT * FROM meta", "PRAGMA user_version"):
            assert connection.execute(query).fetchall() == by_steps.execute(query).fetchall()


def test_every_table_is_strict_and_has_a_past_of_the_same_columns(connection: sqlite3.Connection) -> None:
    strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[2] == "table"}
    for table in BY_TABLE:
        assert strict[table] == 1
        names, past = (
            [row[1:3] for row in connection.execute(f"PRAGMA table_info({t})")] for t in (table, f"past_{table}")
        )
        assert past == [("change_id", "INTEGER"), *names]


def test_every_link_is_found_by_an_index(connection: sqlite3.Connection) -> None:
    for table in BY_TABLE:
        firsts = set()
        for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
            firsts.add(connection.execute(f"PRAGMA index_info({index[1]})").fetchone()[2])
        links = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        assert links <= firsts, table


def test_what_goes_with_every_record_is_found_by_an_index(connection: sqlite3.Connection) -> None:
    """Else each deletion would read all identities, and undoing a large import would never end."""
    statement = "EXPLAIN QUERY PLAN DELETE FROM external_identity WHERE kind = 'account' AND record_id = 1"
    (plan,) = connection.execute(statement).fetchall()
    assert "USING" in plan[3]
    assert "ix_external_identity_record" in plan[3]


def test_the_search_indexes_hold_the_fields_that_are_searched(connection: sqlite3.Connection) -> None:
    for table, kind in BY_TABLE.items():
        if kind.noun.searched:
            found = [row[1] for row in connection.execute(f"PRAGMA table_info({table}_search)")]
            assert found == list(kind.noun.searched)


def refused(workspace: Path, statement: str, *parameters: Any) -> Exception:
    with pytest.raises(CrmtuiError) as caught, work(workspace, "", Source.CLI) as unit:
        unit.connection.execute(statement, parameters)
    return caught.value


@pytest.fixture
def aurora(workspace: Path) -> int:
    with work(workspace, "add", Source.TUI) as unit:
        return unit.insert(Account, {"name": "Aurora"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 501),
        ("status", "sleeping"),
        ("level_on", "2026-02-30"),
        ("level_on", "12 Mar"),
        ("currency", "eur"),
        ("employees", -1),
        ("employees", "many"),
        ("notes", None),
    ],
)
def test_the_wall_refuses_what_the_fields_do(workspace: Path, aurora: int, field: str, value: object) -> None:
    error = refused(workspace, f"UPDATE account SET {field} = ? WHERE id = ?", value, aurora)
    assert isinstance(error, InvalidError)
    assert list(error.fields) == [specs(Account)[field].label]
    assert "x" * 20 not in str(error)


def test_the_wall_refuses_what_does_not_go_together(workspace: Path, aurora: int) -> None:
    error = refused(workspace, "UPDATE account SET parent_id = id WHERE id = ?", aurora)
    assert isinstance(error, InvalidError)
    assert list(error.fields) == ["Part of"]
    plan = refused(
        workspace,
        "INSERT INTO plan (uid, objective, account_id, starts_on, ends_on, currency, status, notes)"
        " VALUES ('p', 'o', ?, '2026-03-02', '2026-03-01', 'EUR', 'running', '')",
        aurora,
    )
    assert str(plan) == "communication plan: To, From: do not go together like this"


def test_two_records_with_what_must_be_unique_are_refused_in_words(workspace: Path, aurora: int) -> None:
    with work(workspace, "tag", Source.TUI) as unit:
        unit.insert(Tag, {"account_id": aurora, "name": "vip"})
    with (
        pytest.raises(ConflictError, match="Another tag has the same Account and Tag"),
        work(workspace, "tag", Source.TUI) as unit,
    ):
        unit.insert(Tag, {"account_id": aurora, "name": "vip"})


def test_a_link_to_nowhere_is_refused_in_words(workspace: Path) -> None:
    with pytest.raises(ConflictError, match="gone"), work(workspace, "add", Source.TUI) as unit:
        unit.insert(Person, {"name": "Laura", "account_id": 4711})


def test_what_others_need_is_not_deleted(workspace: Path, aurora: int) -> None:
    import datetime as dt

    from crmtui.domain.plans import Channel

    with work(workspace, "plan", Source.TUI) as unit:
        unit.insert(Contact, {"account_id": aurora, "channel_id": 1, "day": dt.date(2026, 3, 12)})
    with pytest.raises(ConflictError, match="depend on"), work(workspace, "delete", Source.TUI) as unit:
        unit.delete(Channel, 1)


def test_deleting_or_changing_what_is_gone_says_so(workspace: Path) -> None:
    with pytest.raises(NotFoundError, match="account"), work(workspace, "", Source.TUI) as unit:
        unit.delete(Account, 4711)
    with pytest.raises(NotFoundError, match="account"), work(workspace, "", Source.TUI) as unit:
        unit.update(Account, 4711, {"name": "x"})


def test_nothing_is_written_outside_of_a_unit_of_work(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"change\.set_id"):
        connection.execute(
            "INSERT INTO competitor (uid, name_key, name, website, strengths, weaknesses, notes)"
            " VALUES ('u', 'x', 'X', '', '', '', '')"
        )
    assert connection.execute("SELECT count(*) FROM competitor").fetchone() == (0,)


@pytest.mark.parametrize("statement", ["UPDATE account SET city = 'Bozen'", "DELETE FROM account"])
def test_a_unit_of_work_that_has_ended_takes_no_more(workspace: Path, statement: str) -> None:
    with work(workspace, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": "Aurora", "city": "Rome"})
    with contextlib.closing(database.connect(workspace)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"change\.set_id"):
            connection.execute(statement)
        assert connection.execute("SELECT city FROM account").fetchall() == [("Rome",)]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.noun.table)
def test_no_condition_is_slower_than_it_must_be(kind: type[Record]) -> None:
    """IN with more than two words makes SQLite build the set anew for every row."""
    table = tables.metadata().tables[kind.noun.table]
    for constraint in table.constraints:
        text = str(getattr(constraint, "sqltext", ""))
        assert " IN (" not in text or text.count(",") <= 1


def test_identities_differ() -> None:
    assert len({new_uid() for _ in range(1000)}) == 1000
