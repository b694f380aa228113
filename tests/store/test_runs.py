"""New rows that are written many at once are one line of the journal; nothing else changes by that."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import history
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person, PersonEmail
from crmtui.domain.words import Source
from crmtui.errors import ConflictError
from crmtui.queries import workspace as queries
from crmtui.store import database
from crmtui.store.runs import ROWS_AT_ONCE
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many, update_many
from store_dump import dump, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANY = 9_000  # more than one statement takes


def people(unit: UnitOfWork, count: int = MANY) -> range:
    return insert_many(unit, Person, ({"name": f"Laura {number}"} for number in range(count)))


def lines(path: Path, table: str) -> list[tuple[int, str, int | None]]:
    with contextlib.closing(database.connect(path)) as connection:
        rows = connection.execute("SELECT row_id, op, last_id FROM change WHERE tbl = ? ORDER BY id", (table,))
        return rows.fetchall()


def found(path: Path, words: str) -> int:
    with contextlib.closing(database.connect(path)) as connection:
        query = "SELECT count(*) FROM person_search WHERE person_search MATCH ?"
        return int(connection.execute(query, (words,)).fetchone()[0])


def test_many_new_rows_take_few_lines_and_count_each(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        people(unit)
    noted = lines(workspace, "person")
    assert sum((last or first) - first + 1 for first, _op, last in noted) == MANY
    assert len(noted) < 10
    assert queries.history(workspace)[0].rows == MANY
    assert found(workspace, "laura") == MANY
    assert faults(workspace) == []


def test_they_go_and_return_as_one_step(workspace: Path) -> None:
    before = dump(workspace)
    with work(workspace, "add", Source.IMPORT) as unit:
        people(unit)
    after = dump(workspace)
    history.undo(workspace, Source.TUI)
    assert (dump(workspace), found(workspace, "laura")) == (before, 0)
    history.redo(workspace, Source.TUI)
    assert (dump(workspace), found(workspace, "laura")) == (after, MANY)
    history.undo(workspace, Source.TUI)
    assert dump(workspace) == before
    assert faults(workspace) == []


def test_what_changed_in_the_same_step_goes_with_them(workspace: Path) -> None:
    before = dump(workspace)
    with work(workspace, "add", Source.IMPORT) as unit:
        first, second, third, *_rest = people(unit, 10)
        update_many(unit, Person, ("name",), [(second, {"name": "Anna"})])
        unit.delete(Person, third)
        unit.update(Person, first, {"name": "Rosa"})
        insert_many(unit, PersonEmail, [{"person_id": first, "address": "rosa@example.com"}])
    assert [found(workspace, name) for name in ("laura", "anna", "rosa")] == [7, 1, 1]
    assert faults(workspace) == []
    after = dump(workspace)
    history.undo(workspace, Source.TUI)
    assert (dump(workspace), faults(workspace)) == (before, [])
    history.redo(workspace, Source.TUI)
    assert (dump(workspace), faults(workspace)) == (after, [])


def change(unit: UnitOfWork, key: int) -> None:
    unit.update(Person, key, {"city": "Bozen"})


def delete(unit: UnitOfWork, key: int) -> None:
    unit.delete(Person, key)


def add_to(unit: UnitOfWork, key: int) -> None:
    unit.insert(PersonEmail, {"person_id": key, "address": "laura@example.com"})


@pytest.mark.parametrize(
    ("later", "why"), [(change, "was changed since"), (delete, "was deleted since"), (add_to, "was added since")]
)
def test_a_later_change_of_one_of_them_stands_in_the_way(
    workspace: Path, later: Callable[[UnitOfWork, int], None], why: str
) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        keys = people(unit, 100)
    with work(workspace, "later", Source.TUI) as unit:
        later(unit, keys[70])
    before = dump(workspace)
    target = queries.history(workspace)[1].id
    with pytest.raises(ConflictError) as caught:
        history.undo(workspace, Source.TUI, target)
    assert [why in line for line in caught.value.lines] == [True]
    assert dump(workspace) == before
    history.undo(workspace, Source.TUI)
    history.undo(workspace, Source.TUI)
    assert dump(workspace)["person"] == []


ANNOUNCED = "INSERT INTO run VALUES (1, 'account', 3, 4)"


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["INSERT INTO run VALUES (1, 'account', 2, 5)"], "before the newest key"),
        (["INSERT INTO run VALUES (1, 'account', 3, 2)"], "CHECK"),
        ([ANNOUNCED, "INSERT INTO run VALUES (2, 'person', 1, 1)"], "CHECK"),
        ([ANNOUNCED, "UPDATE run SET last_id = 2"], "stays as it began"),
        ([ANNOUNCED, "DELETE FROM run"], "before or after its last key"),
        ([ANNOUNCED, "UPDATE change_set SET is_open = 0"], "has not ended"),
    ],
)
def test_a_run_that_is_not_what_was_announced_is_refused(workspace: Path, statements: list[str], why: str) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        insert_many(unit, Account, [{"name": "Aurora"}, {"name": "Helios"}])
    *before, last = statements
    with work(workspace, "x", Source.TUI) as unit:
        for statement in before:
            unit.connection.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match=why):
            unit.connection.execute(last)
        unit.abandon()
    assert lines(workspace, "account") == [(1, "I", 2)]


def test_a_run_needs_a_unit_of_work(workspace: Path) -> None:
    with (
        contextlib.closing(database.connect(workspace)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"change\.set_id"),
    ):
        connection.execute("INSERT INTO run VALUES (1, 'account', 1, 5)")


def test_a_row_beside_a_run_is_noted_by_itself(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        insert_many(unit, Account, [{"name": "Aurora"}, {"name": "Helios"}])
        unit.insert(Account, {"name": "Zenit"})
    assert lines(workspace, "account") == [(1, "I", 2), (3, "I", None)]


def test_what_runs_put_off_is_done_before_anything_else_is(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        unit.write_behind()
        people(unit)
        query = "SELECT count(*) FROM person_search WHERE person_search MATCH 'laura'"
        assert unit.connection.execute(query).fetchone() == (MANY,)
        unit.insert(Person, {"name": "Bruno"})
        people(unit, 2)
        insert_many(unit, Account, [{"name": "Aurora"}])
        unit.insert(Account, {"name": "Zenit"})
    assert [line for line in lines(workspace, "person") if line[0] > MANY] == [
        (MANY + 1, "I", None),
        (MANY + 2, "I", MANY + 3),
    ]
    assert lines(workspace, "account") == [(1, "I", 1), (2, "I", None)]
    assert (found(workspace, "laura"), found(workspace, "bruno")) == (MANY + 2, 1)
    assert faults(workspace) == []


def test_a_record_waits_for_what_is_written_behind_also_when_it_is_not_the_first(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        unit.write_behind()
        unit.insert(Person, {"name": "Bruno"})
        people(unit)
        unit.insert(Person, {"name": "Carla"})
        people(unit, 2)
        unit.update(Person, MANY + 3, {"name": "Dario"})
    assert [line for line in lines(workspace, "person") if line[2] is None] == [
        (1, "I", None),
        (MANY + 2, "I", None),
        (MANY + 3, "U", None),
    ]
    assert [found(workspace, name) for name in ("bruno", "carla", "dario", "laura")] == [1, 1, 1, MANY + 1]
    assert faults(workspace) == []


def test_the_index_is_told_of_many_rows_at_once_and_of_all(workspace: Path) -> None:
    count = 2 * ROWS_AT_ONCE + 5
    with work(workspace, "add", Source.IMPORT) as unit:
        unit.write_behind()
        people(unit, count)
    assert found(workspace, "laura") == count
    assert faults(workspace) == []


def test_new_rows_are_watched_again_when_runs_were_written_in_vain(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        unit.write_behind()
        people(unit)
        unit.abandon()
    with contextlib.closing(database.connect(workspace)) as connection:
        trigger = "SELECT count(*) FROM sqlite_master WHERE name = 'journal_person_i'"
        assert connection.execute(trigger).fetchone() == (1,)
    assert dump(workspace)["person"] == []


def indexes(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'person'"))


def test_indexes_of_an_empty_table_are_made_when_all_is_there(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        before = indexes(unit.connection)
        unit.write_behind()
        people(unit)
        kept = dict(indexes(unit._settled()))  # past the unit, which would make them for who asks
        assert set(dict(before)) - set(kept) >= {"ix_person_name_key", "ix_person_account_id"}
        assert "sqlite_autoindex_person_1" in kept
        assert indexes(unit.connection) == before
        people(unit)
        assert indexes(unit._settled()) == before  # the table was not empty any more
    assert faults(workspace) == []


def test_indexes_are_there_again_when_the_work_was_in_vain(workspace: Path) -> None:
    with work(workspace, "add", Source.IMPORT) as unit:
        before = indexes(unit.connection)
        unit.write_behind()
        people(unit)
        unit.abandon()
    with contextlib.closing(database.connect(workspace)) as connection:
        assert indexes(connection) == before
    assert dump(workspace)["person"] == []
