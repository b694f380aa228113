from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui import __version__
from crmtui.cli.app import run
from crmtui.queries import lists
from crmtui.store import database

if TYPE_CHECKING:
    from cli.conftest import Crmtui


def test_the_version_from_inside_and_from_outside(crmtui: Crmtui) -> None:
    assert crmtui("--version").out == f"crmtui {__version__}\n"
    done = subprocess.run([sys.executable, "-m", "crmtui", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"crmtui {__version__}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("accountz",), "accounts"),
        (("accounts", "lst"), "list"),
        (("--colour",), "--colour"),
        (("accounts", "add", "--nmae", "x"), "--name"),
        (("accounts", "add", "--name"), "--name"),
        (("accounts", "show"), "REF"),
        (("redo", "this"), "this"),
        (("undo", "twice"), "NUMBER"),
        (("--lang", "tlh", "history"), "en, it"),
        (("accounts", "list", "--db", "x.db"), "before the command"),
        (("history", "--db=x.db"), "before the command"),
    ],
)
def test_usage_errors_say_what_is_wrong_and_end_with_2(crmtui: Crmtui, words: tuple[str, ...], sentence: str) -> None:
    ran = crmtui(*words, code=2)
    assert sentence in ran.err
    assert not ran.out
    assert "Traceback" not in ran.err


def test_reading_what_is_not_there_fails_and_makes_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    for words in (("accounts", "list"), ("history",), ("undo",), ("accounts", "delete", "x")):
        assert run(["--db", str(missing), *words]) == 1
    assert not missing.exists()


def test_add_begins_a_workspace_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "team.db"
    assert run(["--db", str(new), "accounts", "add", "--name", "Helios"]) == 0
    assert str(new) in capfd.readouterr().err
    assert new.exists()


@pytest.mark.parametrize("words", [("accounts", "add", "--name", "x"), ("import", "FILE"), ("demo", "--keep", "DB")])
def test_a_folder_that_was_mistyped_is_not_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    (tmp_path / "a.csv").write_text("Account name\nHelios\n")
    mistyped = tmp_path / "docmuents" / "team.db"
    typed = {"FILE": str(tmp_path / "a.csv"), "DB": str(mistyped)}
    assert run(["--db", str(mistyped), *(typed.get(word, word) for word in words)]) == 1
    assert f"There is no folder {mistyped.parent}" in capfd.readouterr().err
    assert not mistyped.parent.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.usefixtures("keeps_backups")
@pytest.mark.parametrize("is_set", [False, True])
def test_the_folders_of_the_own_places_are_made_for_their_owner_alone(tmp_path: Path, *, is_set: bool) -> None:
    place = tmp_path / "data" / "workspace.db"
    if is_set:
        place = tmp_path / "far" / "away" / "team.db"
        (tmp_path / "config").mkdir(mode=0o700)
        (tmp_path / "config" / "config.toml").write_text(f"db = '{place}'")
    assert run(["accounts", "add", "--name", "Helios"]) == 0
    assert place.is_file()
    folders = [folder for folder in tmp_path.rglob("*") if folder.is_dir()]
    assert tmp_path / "state" / "backups" in folders
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_add_that_fails_begins_no_workspace(tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    assert run(["--db", str(new), "accounts", "add", "--founded", "soon"]) == 1
    assert not new.exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_workspace_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(content)
    for words in (("accounts", "list"), ("accounts", "add", "--name", "x")):
        assert run(["--db", str(strange), *words]) == 1
    assert strange.read_bytes() == content


def test_a_folder_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(tmp_path), "accounts", "list"]) == 1
    assert "folder" in capfd.readouterr().err


def test_a_locked_file_ends_with_75(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 10)
    holder = sqlite3.connect(crmtui.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "in use" in crmtui("accounts", "add", "--name", "x", code=75).err
    holder.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_output_that_cannot_be_written_is_a_failure_in_one_sentence(crmtui: Crmtui) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crmtui", "--db", str(crmtui.path), "settings"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The output cannot be written")
    assert done.stderr.count("\n") == 1


def test_an_interruption_ends_with_130(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lists, "ids", interrupted)
    crmtui("accounts", "list", code=130)


def test_a_fault_of_ours_shows_no_data_and_leaves_a_report_without_any(
    crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def faulty(*_words: object, **_more: object) -> None:
        raise ValueError(*_words)

    monkeypatch.setattr(lists, "ids", faulty)
    ran = crmtui("accounts", "list", "Aurora", code=1)
    assert "ValueError in cli/listing.py" in ran.err
    assert "Aurora" not in ran.err
    (report,) = (tmp_path / "state" / "crashes").iterdir()
    assert "listing.py" in report.read_text()
    assert "Aurora" not in report.read_text()
    assert str(Path.home()) not in report.read_text()
    assert report.stat().st_mode & 0o077 == 0


def test_a_report_that_cannot_be_written_is_no_second_fault(
    crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("in the way")
    monkeypatch.setattr(lists, "ids", lambda *_words, **_more: 1 / 0)
    assert "ZeroDivisionError" in crmtui("accounts", "list", code=1).err


def test_the_workspace_is_found_by_option_environment_settings_and_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def workspace(*words: str) -> str:
        assert run([*words, "where", "--format", "ids"]) == 0
        return capfd.readouterr().out.splitlines()[0]

    assert workspace() == str(tmp_path / "data" / "workspace.db")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('db = "/set/tings.db"')
    assert workspace() == "/set/tings.db"
    monkeypatch.setenv("CRMTUI_DB", "/en/vironment.db")
    assert workspace() == "/en/vironment.db"
    assert workspace("--db", "/op/tion.db") == "/op/tion.db"


def test_settings_that_are_wrong_stop_only_what_needs_them(crmtui: Crmtui, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("colour = 1")
    assert run(["--help"]) == 0
    assert run(["accounts", "list"]) == 2
    crmtui("accounts", "list")


def test_quick_commands_load_no_orm() -> None:
    script = (
        "import sys\nfrom crmtui.cli.app import run\n"
        "run(['--db', '/nowhere.db', 'accounts', 'list']); run(['people', 'add', '--help'])\n"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'pydantic', 'textual', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
