"""What is written behind is written in order, and a failure ends it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.domain.words import Source
from crmtui.errors import CrmtuiError
from crmtui.store.behind import MOST_WAITING, Behind
from crmtui.store.unit import base_currency, work
from crmtui.store.writing.bulk import insert_columns, insert_many
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def numbers() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("CREATE TABLE number (value INTEGER PRIMARY KEY)")
        yield connection


def kept(connection: sqlite3.Connection) -> list[int]:
    return [value for (value,) in connection.execute("SELECT value FROM number ORDER BY rowid")]


def test_statements_are_executed_in_the_order_in_which_they_are_given(numbers: sqlite3.Connection) -> None:
    behind = Behind(numbers)
    for value in range(5 * MOST_WAITING):
        behind.give([("INSERT INTO number VALUES (?)", (value,)), ("DELETE FROM number WHERE value < ?", (value,))])
    behind.settle()
    assert kept(numbers) == [5 * MOST_WAITING - 1]
    behind.stop()


def test_after_a_failure_nothing_more_is_executed_and_it_is_raised(numbers: sqlite3.Connection) -> None:
    behind = Behind(numbers)
    behind.give([(f"INSERT INTO number VALUES ({value})", ()) for value in (1, 1, 2)])
    for _again in range(2):
        with pytest.raises(sqlite3.IntegrityError):
            behind.settle()
    with pytest.raises(sqlite3.IntegrityError):
        behind.give([("INSERT INTO number VALUES (3)", ())])
    behind.stop()
    assert kept(numbers) == [1]


def test_it_ends_in_the_middle_of_a_statement_however_many_wait(numbers: sqlite3.Connection) -> None:
    is_begun = threading.Event()
    numbers.create_function("begin", 0, is_begun.set)
    behind = Behind(numbers)
    for_ever = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n) INSERT INTO number SELECT v FROM n"
    behind.give([("SELECT begin()", ()), (for_ever, ())])
    for value in range(MOST_WAITING):
        behind.give([("INSERT INTO number VALUES (?)", (-value,))])
    is_begun.wait()
    stopping = threading.Thread(target=behind.stop, daemon=True)
    stopping.start()
    stopping.join(10)
    assert not stopping.is_alive()
    assert not [value for value in kept(numbers) if value <= 0]


def test_who_asks_for_the_connection_sees_what_was_written_behind(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        unit.write_behind()
        for number in range(4):
            keys = insert_many(unit, Person, ({"name": f"{number} {each}"} for each in range(3_000)))
            assert keys == range(1 + 3_000 * number, 1 + 3_000 * (number + 1))
        assert unit.connection.execute("SELECT count(*) FROM person").fetchone() == (12_000,)
        unit.delete(Person, 12_000)
        assert insert_columns(unit, Person, {"name": ["last"]}) == range(12_001, 12_002)
    assert faults(workspace) == []


def test_what_it_knows_by_heart_is_asked_again_once_it_may_have_changed(workspace: Path) -> None:
    with work(workspace, "x", Source.IMPORT) as unit:
        unit.write_behind()
        insert_many(unit, Account, [{"name": "A"}])
        unit.connection.execute("UPDATE workspace SET base_currency = 'CHF'")
        insert_many(unit, Account, [{"name": "B"}])
        assert base_currency(unit.connection) == "CHF"
        rows = unit.connection.execute("SELECT name, currency FROM account ORDER BY id").fetchall()
    assert rows == [("A", "EUR"), ("B", "CHF")]


def test_a_failure_behind_leaves_the_workspace_as_it_was(workspace: Path) -> None:
    def write() -> None:
        with work(workspace, "x", Source.IMPORT) as unit:
            unit.write_behind()
            insert_many(unit, Person, [{"name": "Laura"}, {"name": "Anna", "account_id": 77}])

    before = dump(workspace)
    with pytest.raises(CrmtuiError):
        write()
    assert dump(workspace) == before
