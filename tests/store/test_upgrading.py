"""A file of every schema there has been is brought to the newest one with all that is in it."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import history
from crmtui.domain import values
from crmtui.domain.fields import default, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import Source
from crmtui.store import database
from crmtui.store.check import check
from crmtui.store.opening import open_workspace, schema_of
from store_dump import dump, faults, query

if TYPE_CHECKING:
    from collections.abc import Mapping

FROM_THE_JOURNAL = {("project", "ended_on")}
GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.db.gz"))


@pytest.fixture(scope="module", params=GOLDEN, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample workspace that an older version wrote, with a few changes after it: an edit, two of a map."""
    return unpacked(request.param, tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def upgraded(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, brought to the newest schema: only to be read."""
    folder = tmp_path_factory.mktemp("upgraded")
    path = Path(shutil.copy2(old, folder))
    with pytest.MonkeyPatch.context() as places:
        places.setenv("CRMTUI_STATE_DIR", str(folder / "state"))
        open_workspace(path)
    return path


def unpacked(golden: Path, folder: Path) -> Path:
    path = folder / "old.db"
    path.write_bytes(gzip.decompress(golden.read_bytes()))
    path.chmod(0o600)
    return path


def rows(path: Path) -> dict[str, list[Mapping[str, Any]]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            for table in BY_TABLE
            if table in there
        }


def test_nothing_that_was_there_is_lost_or_changed(old: Path, upgraded: Path) -> None:
    before, after = rows(old), rows(upgraded)
    for table, records in before.items():
        assert [{name: row[name] for name in record} for record, row in zip(records, after[table], strict=True)] == (
            records
        )
    assert schema_of(upgraded) == database.SCHEMA
    assert faults(upgraded) == []
    assert list(check(upgraded)) == []


def test_a_file_that_is_behind_is_checked_as_far_as_it_can_be_and_left_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    (found,) = check(old)
    assert "An older version wrote this file" in found.sentence
    assert old.read_bytes() == before


def test_what_is_new_begins_with_what_the_fields_say(old: Path, upgraded: Path) -> None:
    before, after = rows(old), rows(upgraded)
    for table, records in before.items():
        kind = BY_TABLE[table]
        for name, spec in specs(kind).items():
            if records and name not in records[0]:
                told = {row[name] for row in after[table]}
                assert (table, name) in FROM_THE_JOURNAL or told == {values.plain(spec, default(kind, name))}, (
                    table,
                    name,
                )


def test_the_day_a_project_ended_is_that_of_the_change_which_the_journal_keeps(tmp_path: Path) -> None:
    path = unpacked(GOLDEN[4], tmp_path)
    open_workspace(path)
    ended = "SELECT status, ended_on IS NOT NULL, count(*) FROM project GROUP BY 1, 2 ORDER BY 1"
    assert query(path, ended) == [("done", 0, 3), ("done", 1, 1), ("running", 0, 3)], "three were done from the start"
    (day,) = query(path, "SELECT date(at, 'localtime') FROM change_set WHERE label LIKE 'Mark%as done'")
    assert query(path, "SELECT ended_on FROM project WHERE ended_on IS NOT NULL") == [day]
    for _change in range(4):
        history.undo(path, Source.TUI)
    assert query(path, ended) == [("done", 0, 3), ("running", 0, 4)]
    history.redo(path, Source.TUI)
    assert query(path, "SELECT ended_on FROM project WHERE ended_on IS NOT NULL") == [day]


def test_the_file_is_then_like_a_new_one(upgraded: Path, workspace: Path) -> None:
    assert schema(upgraded) == schema(workspace)


def schema(path: Path) -> dict[str, str]:
    """The statement of each table, index and trigger, but of the past, whose new columns stand at the end."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT GLOB 'past_*' AND sql <> ''")
        return {name: " ".join(sql.split()) for name, sql in found if "_search_" not in name}


def test_what_was_done_before_can_still_be_undone(old: Path, upgraded: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy2(upgraded, tmp_path))
    for _change in range(3):
        history.undo(path, Source.TUI)
    after = dump(path)
    assert len(after["stakeholder"]) == len(rows(old)["stakeholder"]) + 1
    assert faults(path) == []


def test_keys_are_not_given_twice_after_it(old: Path, upgraded: Path) -> None:
    before, after = (dict(query(path, "SELECT name, seq FROM sqlite_sequence")) for path in (old, upgraded))
    assert {name: after[name] for name in before} == before
