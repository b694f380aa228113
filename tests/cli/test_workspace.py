from __future__ import annotations

import datetime as dt
import os
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.cli import progress
from crmtui.cli.app import run
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.store.unit import work

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

pytestmark = pytest.mark.usefixtures("keeps_backups")


def test_backup_backups_and_restore(crmtui: Crmtui) -> None:
    made = crmtui("backup").out.strip()
    assert os.path.isfile(made)  # noqa: PTH113 - as it was printed
    assert crmtui("backup").out.strip() == made
    (backup,) = crmtui("backups").rows
    assert (backup["path"], backup["number"]) == (made, 1)
    assert "asked for" in crmtui("backups", "--format", "table").out
    assert crmtui("backups", "--format", "ids").out.strip() == made
    crmtui("accounts", "add", "--name", "Helios")
    assert "kept" in crmtui("restore", "2").err
    assert not crmtui("accounts", "list").rows
    assert "backups" in crmtui("restore", "99", code=1).err


def test_restore_brings_back_a_workspace_that_does_not_open(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Helios")
    crmtui("backup")
    crmtui.path.write_bytes(b"wrecked")
    crmtui("accounts", "list", code=1)
    crmtui("restore")
    assert crmtui("accounts", "list").rows[0]["name"] == "Helios"


def test_every_run_that_changed_something_ends_with_a_backup(crmtui: Crmtui, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account\nNordik\n")
    crmtui("accounts", "list")
    crmtui("accounts", "edit", "nobody", "--city", "Oslo", code=1)
    assert not crmtui("backups").rows
    crmtui("accounts", "add", "--name", "Helios")
    crmtui("accounts", "list")
    assert len(crmtui("backups").rows) == 1
    crmtui("settings", "--hours-per-week", "28")
    crmtui("import", str(tmp_path / "accounts.csv"), "--dry-run")
    crmtui("import", str(tmp_path / "accounts.csv"))
    crmtui("undo")
    assert [row["reason"] for row in crmtui("backups").rows] == ["at-exit"] * 4


def test_the_import_that_begins_a_workspace_makes_no_backup_of_what_the_files_hold(
    crmtui: Crmtui, tmp_path: Path
) -> None:
    crmtui.path = tmp_path / "new.db"
    (tmp_path / "accounts.csv").write_text("account\nNordik\n")
    crmtui("import", str(tmp_path / "accounts.csv"))
    assert not crmtui("backups").rows
    crmtui("accounts", "edit", "nordik", "--city", "Oslo")
    assert len(crmtui("backups").rows) == 1


def test_a_backup_that_cannot_be_made_fails_no_change(crmtui: Crmtui, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    ran = crmtui("accounts", "add", "--name", "Helios")
    assert "No backup" in ran.err


def test_an_import_is_preceded_by_a_backup(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui("accounts", "add", "--name", "Nordik")
    (tmp_path / "accounts.csv").write_text("account,sector\nHelios,Energy\n")
    crmtui("import", str(tmp_path / "accounts.csv"), "--dry-run")
    assert len(crmtui("backups").rows) == 1
    written_by_another_program(crmtui.path)
    crmtui("import", str(tmp_path / "accounts.csv"))
    assert [row["reason"] for row in crmtui("backups").rows] == ["at-exit", "before-import", "at-exit"]


def written_by_another_program(path: Path) -> None:
    with work(path, "add", Source.TUI) as unit:
        unit.insert(Account, {"name": "Aurora"})


def test_check_is_silent_when_all_is_well(crmtui: Crmtui) -> None:
    ran = crmtui("check")
    assert (ran.out, ran.err) == ("", "")


@pytest.mark.parametrize("form", ["table", "jsonl", "ids"])
def test_check_tells_what_is_wrong(crmtui: Crmtui, form: str) -> None:
    crmtui.path.chmod(0o644)
    ran = crmtui("check", "--format", form, code=1)
    assert form == "ids" or ran.out


def test_where_tells_every_place(crmtui: Crmtui) -> None:
    rows = crmtui("where").rows
    assert [row["name"] for row in rows] == ["workspace", "backups", "settings", "state"]
    assert rows[0] == {"name": "workspace", "path": str(crmtui.path), "exists": True}
    assert str(crmtui.path) in crmtui("where", "--format", "table").out


def test_history_names_what_was_done(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Helios")
    (newest, *_rest) = crmtui("history", "--limit", "1").rows
    assert (newest["label"], newest["source"], newest["undone"]) == ("Add account Helios", "cli", False)
    crmtui("undo", str(newest["number"]))
    assert "undone" in crmtui("history", "--format", "table").out
    assert str(newest["number"]) in crmtui("history", "--format", "ids").out.split()
    assert "no change" in crmtui("undo", "9999", code=1).err


def test_settings_are_shown_and_changed(crmtui: Crmtui) -> None:
    assert crmtui("settings").rows[0]["base_currency"] == "EUR"
    crmtui("settings", "--base-currency", "chf", "--hours-per-week", "28")
    assert crmtui("settings").rows[0]["hours_per_week"] == 28
    crmtui("offerings", "add", "--name", "Robot", "--price", "1k")
    assert crmtui("offerings", "show", "robot").rows[0]["currency"] == "CHF"
    crmtui("settings", "--hours-per-week", "200", code=1)
    crmtui("settings", "--base-currency", "gold", code=1)


def test_today_tells_what_is_due(crmtui: Crmtui) -> None:
    assert "nothing to do yet" in crmtui("today").err
    crmtui("accounts", "add", "--name", "Aurora")
    for day, message in (("-3d", "late"), ("today", "now"), ("+2d", "soon")):
        crmtui("contacts", "add", "--account", "aurora", "--channel", "call", "--day", day, "--message", message)
    rows = [(row["section"], row["message"]) for row in crmtui("today").rows if row["message"]]
    assert rows == [("overdue", "late"), ("today", "now"), ("coming", "soon")]
    page = crmtui("today", "--format", "table").out
    assert page.startswith(dt.datetime.now().astimezone().date().isoformat())
    assert page.index("late") < page.index("now") < page.index("soon")
    assert len(crmtui("today", "--everyone", "--format", "ids").out.split()) == 3


def test_a_note_is_kept_and_shown(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("note", "moves", "to a new plant", "--account", "aurora", "--date", "2026-01-02")
    (note,) = crmtui("accounts", "show", "aurora").rows[0]["notes_kept"]
    assert (note["text"], note["day"]) == ("moves to a new plant", "2026-01-02")
    crmtui("note", "about nothing", code=1)
    crmtui("note", "when", "--account", "aurora", "--date", "someday", code=2)


def test_a_plan_shows_its_contacts(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui(
        *("plans", "add", "--objective", "Win line 4", "--account", "aurora", "--starts-on", "2026-01-01"),
        *("--ends-on", "2026-03-31", "--budget", "2k"),
    )
    crmtui("contacts", "add", "--plan", "win line 4", "--channel", "call", "--day", "2026-02-02")
    (plan,) = crmtui("plans", "show", "Win line 4").rows
    assert [one["day"] for one in plan["contacts"]] == ["2026-02-02"]
    crmtui("plans", "edit", "Win line 4", "--ends-on", "2025-01-01", code=1)


def test_the_full_screen_needs_a_terminal(crmtui: Crmtui, tmp_path: Path) -> None:
    assert "terminal" in crmtui(code=2).err
    kept = tmp_path / "sample.db"
    ran = crmtui("demo", "--keep", str(kept), code=2)
    assert "sample" in ran.err
    assert run(["--db", str(kept), "accounts", "list"]) == 0


def test_the_full_screen_opens_on_the_workspace(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, str]] = []

    def opens(path: Path, language: str) -> int:
        opened.append((path, language))
        return 0

    monkeypatch.setattr("crmtui.tui.start.run", opens)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    crmtui("--lang", "it")
    crmtui("demo")
    assert opened[0] == (crmtui.path, "it")
    assert opened[1][0] != crmtui.path


def test_completion_scripts(crmtui: Crmtui) -> None:
    for shell in ("bash", "zsh", "fish"):
        ran = crmtui("completion", shell)
        assert "_CRMTUI_COMPLETE" in ran.out
        assert shell in ran.err
    crmtui("completion", "tcsh", code=2)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("crmtui acc", "accounts"),
        ("crmtui accounts add --segment ", "a"),
        ("crmtui accounts list --format js", "jsonl"),
        ("crmtui equity --for", "--format"),
        ("crmtui equity level:buyer --format js", "jsonl"),
        ("crmtui equity con", "contract"),
    ],
)
def test_a_shell_completes_commands_and_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: str, expected: str
) -> None:
    monkeypatch.setenv("_CRMTUI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert run([]) == 0
    assert expected in capfd.readouterr().out.split()


def test_a_sign_of_life_only_on_a_terminal_and_only_after_a_while(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with progress.waiting("Importing"):
        pass
    assert not capfd.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "STEP", 0.0)
    shown = ""
    with progress.waiting("Importing\x1b[31m"):
        while "Importing" not in shown:
            shown += capfd.readouterr().err
    assert "\x1b[31m" not in shown


def test_what_knows_how_far_it_is_tells_so(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "STEP", 0.0)
    shown = ""
    with progress.waiting("Exporting") as pace:
        pace.heed(1_500, 6_000)
        while "[===         ] Exporting, 1,500 of 6,000, " not in shown:
            shown += capfd.readouterr().err
