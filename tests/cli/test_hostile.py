"""No string breaks a command, runs, or reaches the terminal as a control code."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.cli.app import run
from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import InvalidError
from crmtui.queries import lists
from hostile import SHORT, STRINGS, has_control

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "ids")
PARTS = 6
HANDFULS = [list(SHORT.values())[part::PARTS] for part in range(PARTS)]


class Door:
    """The program, tried with one string after the other: it may refuse, but never fail."""

    def __init__(self, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.path, self.capfd = path, capfd

    def __call__(self, *words: str) -> str:
        self.capfd.readouterr()
        code = run(["--db", str(self.path), *words])
        out, err = self.capfd.readouterr()
        assert code in (0, 1, 2), (words, err)
        assert "should not have happened" not in err, (words, err)
        assert not has_control(out.replace("\r\n", "\n") + err), words
        assert len(err) < 10_000, words
        return out


@pytest.fixture
def door(crmtui: Crmtui, capfd: pytest.CaptureFixture[str]) -> Door:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("opportunities", "add", "--name", "Line 4", "--account", "aurora")
    crmtui("dmu", "add", "aurora", "--new-person", "Laura")
    return Door(crmtui.path, capfd)


@pytest.mark.parametrize("texts", HANDFULS)
def test_a_hostile_name_is_kept_found_and_deleted(door: Door, texts: list[str]) -> None:
    for text in texts:
        uid = door("accounts", "add", f"--name={text}", f"--needs={text}", f"--tag={text}").strip()
        if uid:
            door("accounts", "show", uid, "--format", "table")
            assert json.loads(door("accounts", "show", uid))["uid"] == uid
        door("accounts", "list", "--", text)
        door("accounts", "list", f"tag:{text}", f"last>{text}", f"-open:{text}")
        door("accounts", "delete", "--", text)


@pytest.mark.parametrize("texts", HANDFULS)
def test_every_kind_of_option_takes_or_refuses_it(door: Door, texts: list[str]) -> None:
    for text in texts:
        refused = ("value", "currency", "expected-on", "stage", "owner", "budget")
        door("opportunities", "edit", "line 4", *(f"--{option}={text}" for option in refused))
        door("opportunities", "edit", "line 4", f"--need={text}", f"--clear={text}")
        door("people", "edit", "laura", f"--email={text}", f"--phone={text}")
        door("people", "edit", "laura", f"--no-email={text}", f"--consent=email={text}")
        door("dmu", "edit", "aurora", "laura", f"--roles={text}", f"--reports-to={text}")
        door("log", "aurora", "--channel", "call", f"--outcome={text}")
        door("log", "aurora", "--channel", "call", f"--with={text}", f"--date={text}")


@pytest.mark.parametrize("texts", HANDFULS)
def test_it_is_no_command_option_format_or_file(door: Door, texts: list[str], tmp_path: Path) -> None:
    for text in texts:
        door(text)
        door("accounts", text)
        door("accounts", "list", f"--sort={text}", f"--columns={text}")
        door("accounts", "list", f"--format={text}")
        door("undo", "--", text)
        door("scorecards", "add", "line 4", f"--grade={text}", f"--evidence=need={text}")
        door("scorecards", "add", "line 4", f"--grade=need={text}")
        door("assess", "aurora", f"--rate=promises={text}")
        door("import", str(tmp_path / "none") + text, f"--as={text}")
        door(f"--lang={text}", "where")
        Door(tmp_path / "none" / text.replace("/", "_"), door.capfd)("accounts", "list")


@pytest.mark.parametrize("name", sorted(STRINGS.keys() - SHORT.keys()))
def test_long_strings_are_taken_or_refused_in_a_short_sentence(door: Door, name: str) -> None:
    text = STRINGS[name]
    door("accounts", "add", f"--name={text}")
    door("accounts", "edit", "aurora", f"--needs={text}")
    door("accounts", "show", "aurora", "--format", "table")
    door("accounts", "list", "--", text)
    door("accounts", "show", "--", text)
    door(text)
    door("note", "--account", "aurora", "--", text)


@pytest.fixture(scope="module")
def crowded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything is called by a hostile string, some written behind our back."""
    path = tmp_path_factory.mktemp("crowded") / "team.db"
    path.write_bytes(template.read_bytes())
    for text in SHORT.values():
        try:
            records.add(path, Account, {"name": text, "notes": text, "city": text}, Source.CLI)
        except InvalidError:
            continue
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER journal_account_u")
    connection.execute("UPDATE account SET name = name || char(27) || '[2J' || char(0x202e) WHERE id % 2")
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_no_list_lets_a_control_character_through(crowded: Path, capfd: pytest.CaptureFixture[str], form: str) -> None:
    door = Door(crowded, capfd)
    assert door("accounts", "list", "--format", form).count("\n") > 50
    door("accounts", "list", "--format", form, "--columns", "name,city,notes")


def test_no_page_and_no_table_on_a_terminal_does(
    crowded: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    door = Door(crowded, capfd)
    door("accounts", "list")
    uids = door("accounts", "list", "--format", "ids").split()
    door("accounts", "show", *uids)
    door("history")


def test_what_another_program_wrote_into_nested_parts_is_cleaned_too(door: Door) -> None:
    door("note", "aurora", "kept")
    door("scorecards", "add", "line 4", "--grade", "need=3", "--evidence", "need=said so")
    door("assess", "aurora", "--rate", "promises=3", "--evidence", "promises=kept the date")
    connection = sqlite3.connect(door.path)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for table, field in (("note", "text"), ("answer", "evidence"), ("assessment_rating", "evidence")):
        connection.execute(f"UPDATE {table} SET {field} = {field} || char(155) || '2J' || char(0x202e)")
    connection.commit()
    connection.close()
    for noun, ref, said in (("accounts", "aurora", "kept"), ("scorecards", "line 4", "said so")):
        assert said in door(noun, "show", ref)
    assert "kept the date" in door("assessments", "show", "aurora", "--why")


def test_no_export_does_either_and_it_comes_back(
    crowded: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    whole = Door(crowded, capfd)("export", "all")
    for line in whole.splitlines():
        json.loads(line)
    assert len(whole.splitlines()) > len(lists.NOUNS)
    (tmp_path / "all.jsonl").write_text(whole)
    Door(tmp_path / "new.db", capfd)("import", str(tmp_path / "all.jsonl"))
