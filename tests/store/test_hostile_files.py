"""Files, links and folders as they should not be: each gets a sentence that names what is in the way."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from crmtui import paths
from crmtui.commands import workspace as commands
from crmtui.errors import FileProblemError
from crmtui.store import backup, check, database, files, migrations, restoring
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from pathlib import Path


def test_a_schema_that_is_no_text_is_damage(workspace: Path) -> None:
    content = bytearray(workspace.read_bytes())
    for sound, broken in (
        (b"tableaccountaccount", b"tableac\xf0ountaccount"),
        (b"TABLE account ", b"TABL\xf0 account "),
    ):
        assert sound in content
        content = content.replace(sound, broken)
    workspace.write_bytes(content)
    with pytest.raises(FileProblemError, match="damaged"):
        database.connect(workspace)


def undecodable_name(path: Path) -> None:
    """Write a name that is no UTF-8, past everything that would refuse it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for trigger in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger[0]}")
        connection.execute("UPDATE channel SET name = CAST(x'f0f0' AS TEXT) WHERE id = 1")
    connection.close()


def test_a_value_that_is_no_text_is_damage(workspace: Path) -> None:
    undecodable_name(workspace)
    with pytest.raises(FileProblemError, match="damaged"), reading(workspace) as connection:
        connection.execute("SELECT name FROM channel").fetchall()
    assert any("damaged" in found.sentence for found in check.check(workspace))


def test_an_index_that_is_wrecked_is_found(workspace: Path) -> None:
    with sqlite3.connect(workspace) as connection:
        connection.execute("UPDATE account_search_config SET v = 0 WHERE k = 'version'")
    connection.close()
    assert [(found.table, found.sentence) for found in check.check(workspace)] == [
        ("account", "The search index does not fit the records.")
    ]


def test_what_the_reader_does_with_rows_is_not_blamed_on_the_workspace(workspace: Path) -> None:
    with pytest.raises(BrokenPipeError), reading(workspace):
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def test_a_link_that_leads_nowhere_is_called_one(tmp_path: Path) -> None:
    for target in (tmp_path / "gone.db", tmp_path / "link.db"):
        link = tmp_path / "link.db"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        with pytest.raises(FileProblemError, match="link that leads nowhere"):
            database.inspect(link)
        with pytest.raises(FileProblemError, match="link that leads nowhere"):
            migrations.create(link)
        assert paths.backups(link).is_absolute()
        with pytest.raises(FileProblemError):
            check.check(link)


def test_a_place_below_a_file_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileProblemError, match="not a folder"):
        commands.create(tmp_path / "file" / "team.db")


@pytest.mark.parametrize(("number", "sentence"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "permissions")])
def test_a_restore_that_cannot_be_written_names_the_place_and_not_the_backup(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    made = backup.make(workspace, backup.BY_HAND)
    assert made is not None

    def refuse(_path: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files, "make_private", refuse)
    with pytest.raises(FileProblemError, match=sentence) as refused:
        restoring.restore(workspace, made)
    assert str(workspace) in str(refused.value)
    assert str(made) not in str(refused.value)


def test_a_restore_that_fills_the_disk_names_the_place(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make(workspace, backup.BY_HAND)
    assert made is not None

    def full(*_words: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(backup, "copy", full)
    with pytest.raises(FileProblemError, match="disk is full") as refused:
        restoring.restore(workspace, made)
    assert str(made) not in str(refused.value)


def test_names_that_no_file_can_have_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError, match="too long"):
        database.connect(tmp_path / ("x" * 300))
