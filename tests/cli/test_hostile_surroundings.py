"""What surrounds a run: streams that are closed or full, folders that may not be read, settings that are odd."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.__main__ import main
from crmtui.cli.app import run
from tui.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell and permissions of POSIX")


def ended(tail: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The program in a shell, with something said about its streams behind it."""
    return shell(tail, "-m", "crmtui", *words)


def shell(tail: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Python in a shell, likewise."""
    script = f'"$@" {tail}'
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", sys.executable, *words], capture_output=True, text=True, check=False
    )


EACH = """
import os, sys
from crmtui import __main__
from crmtui.cli import app  # once for all of them
for words in {lines}:
    child = os.fork()
    if not child:
        sys.argv[1:] = words
        sys.exit(__main__.main())
    if os.waitpid(child, 0)[1]:
        sys.exit(" ".join(words))
"""


@POSIX
@pytest.mark.parametrize("tail", [">&-", "<&-", ">&- <&-", ">&- 2>&- <&-"])
def test_streams_that_are_closed_are_no_fault(crmtui: Crmtui, tail: str) -> None:
    db = ("--db", str(crmtui.path))
    lines = [["--version"], ["--help"], [*db, "settings"], [*db, "accounts", "add", "--name", "Helios"]]
    done = shell(tail, "-c", EACH.format(lines=lines))
    assert done.returncode == 0, done.stderr
    assert "should not have happened" not in done.stderr
    assert len(crmtui("accounts", "list").rows) == 1


@POSIX
@pytest.mark.parametrize("tail", ["<&-", ">&-", "2>&-"])
def test_the_full_screen_asks_for_a_terminal_also_when_streams_are_closed(crmtui: Crmtui, tail: str) -> None:
    done = ended(tail, "--db", str(crmtui.path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@POSIX
@pytest.mark.parametrize("words", ["export all", "export actors --format csv", "accounts list"])
def test_whoever_has_read_enough_of_the_output_is_no_failure(crmtui: Crmtui, words: str) -> None:
    for number in range(3):
        crmtui("accounts", "add", "--name", f"Helios {number}", "--notes", "x" * 60_000)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as broken:
        done = subprocess.run(
            [sys.executable, "-m", "crmtui", "--db", str(crmtui.path), *words.split()],
            stdout=broken,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 0
    assert not done.stderr


@pytest.mark.parametrize("words", [("accounts", "list"), ("accounts", "add", "--name", "x"), ("where",), ("check",)])
@pytest.mark.parametrize("name", ["x" * 300 + ".db", "loop.db", "file/team.db"])
def test_a_path_that_leads_nowhere_is_no_fault_of_ours(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
) -> None:
    (tmp_path / "loop.db").symlink_to("loop.db")
    (tmp_path / "file").write_text("in the way")
    code = run(["--db", str(tmp_path / name), *words])
    said = capfd.readouterr().err
    assert code == (0 if words == ("where",) else 1)
    assert "should not have happened" not in said


@pytest.mark.parametrize("words", [("accounts", "list"), ("accounts", "add", "--name", "x"), ("where",), ("check",)])
def test_a_folder_that_may_not_be_entered_is_no_fault_of_ours(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    """The tests may run as a user whom no folder keeps out, so the system's answer is made up."""
    real = os.stat

    def refuse(path: int | str | bytes | os.PathLike[str], **more: bool | int | None) -> os.stat_result:
        if not isinstance(path, int) and "locked" in str(path):
            raise PermissionError(13, os.strerror(13), path)
        return real(path, **more)  # type: ignore[arg-type]  # what it was given

    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(os, "stat", refuse)
    code = run(["--db", str(tmp_path / "locked" / "team.db"), *words])
    said = capfd.readouterr().err
    assert "should not have happened" not in said
    if words != ("where",) and code:
        assert "permissions" in said


def test_a_home_that_nobody_has_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('db = "~no-such-user-here/team.db"')
    assert run(["accounts", "list"]) == 1
    assert "no workspace at ~no-such-user-here/team.db" in capfd.readouterr().err
    assert run(["--help"]) == 0


def test_a_backup_named_in_a_home_that_nobody_has_is_not_found(crmtui: Crmtui) -> None:
    assert "No backup" in crmtui("restore", "~no-such-user-here/x.db", code=1).err


@POSIX
def test_an_interruption_while_the_program_is_being_loaded_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Interrupting:
        def find_spec(self, name: str, *_more: object) -> None:
            if name == "crmtui.cli.app":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "crmtui.cli.app")
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    monkeypatch.setattr(sys, "argv", ["crmtui", "accounts", "list"])
    monkeypatch.setattr("crmtui.__main__._heed_signals", lambda: None)  # they are those of the tests here
    assert main() == 130
    assert "Traceback" not in capfd.readouterr().err


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_nothing_half_done_behind(crmtui: Crmtui, tmp_path: Path, number: int) -> None:
    target = tmp_path / "out"
    target.mkdir()
    script = (
        "import os, signal, sys\nfrom crmtui.__main__ import main\nfrom crmtui.commands import exporting\n"
        f"exporting.write_rows = lambda *_words, **_more: os.kill(os.getpid(), {int(number)})\n"
        f"signal.signal({int(number)}, signal.SIG_DFL)\n"  # whoever runs the tests may ignore it, as nohup does
        "sys.exit(main())\n"
    )
    words = ("--db", str(crmtui.path), "export", "all", "--output", str(target / "all.jsonl"))
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, check=False)
    assert done.returncode == 128 + number
    assert not list(target.iterdir())


@POSIX
def test_a_terminal_of_another_encoding_gets_what_it_can_show(crmtui: Crmtui) -> None:
    crmtui("offerings", "add", "--name", "Città · “Due”", "--price", "5")
    script = "from crmtui.__main__ import main; raise SystemExit(main())"
    words = ("--db", str(crmtui.path), "offerings", "list")
    with Terminal(script, *words, env={"PYTHONIOENCODING": "latin-1", "NO_COLOR": "1"}) as terminal:
        assert terminal.ended() == 0
        assert 'Citt\u00e0 \u00b7 "Due"'.encode("latin-1") in terminal.heard
        assert b"5 EUR" in terminal.heard
    with Terminal(script, *words, env={"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}) as terminal:
        assert terminal.ended() == 0
        assert b'Citt\\xe0 - "Due"' in terminal.heard
