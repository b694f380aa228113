from __future__ import annotations

import errno
import io
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import workspace
from crmtui.tui import crash, drafts

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("terminals of Linux and macOS", allow_module_level=True)

from crmtui.tui.driver import Writer
from tui.terminal import PATIENCE, Terminal

CUSTOMER = "Secret Customer Spa"
APP = """
import sys
from pathlib import Path
from crmtui.domain.accounts import Account
from crmtui.tui.screens.form import adding
from tui.shell import Shell

class Faulty(Shell):
    def on_mount(self):
        super().on_mount()
        self.bind("F", "form")
    def action_form(self):
        self.push_screen(adding(self.path, Account))
    def key_f12(self):
        customer = "Secret Customer Spa"
        raise ValueError(f"cannot handle {customer}")

app = Faulty(Path(sys.argv[1]))
app.run()
sys.exit(app.return_code)
"""


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("CRMTUI_STATE_DIR", str(tmp_path / "state"))
    return {"CRMTUI_STATE_DIR": str(tmp_path / "state")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "team.db"
    workspace.create(path, name="The team")
    return path


def test_bytes_that_are_no_utf_8_do_not_end_the_app(file: Path, env: dict[str, str]) -> None:
    with Terminal(APP, str(file), env=env) as terminal:
        terminal.until(lambda heard: b"The team" in heard)
        terminal.type(b"\xff\xfe\xc3")
        terminal.type(b"\x1b[200~\xe9\xff pasted \x9b\x1b[201~")
        terminal.type(b"F")
        terminal.until(lambda heard: b"New account" in heard)
        terminal.type(b"\xffName\xe2\x82")
        terminal.until(lambda heard: "\ufffdName".encode() in heard)
        before = len(terminal.heard)
        terminal.type(b"\x1b")  # the app still answers keys
        terminal.until(lambda heard: b"Discard" in heard[before:])
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM


def test_a_crash_tells_no_data_and_leaves_the_terminal_and_what_was_typed(
    file: Path, env: dict[str, str], tmp_path: Path
) -> None:
    with Terminal(APP, str(file), env=env) as terminal:
        terminal.until(lambda heard: b"The team" in heard)
        terminal.type(b"F")
        terminal.until(lambda heard: b"New account" in heard)
        terminal.type(b"Aurora")
        terminal.until(lambda heard: b"urora" in heard)
        terminal.type(b"\x1b[24~")
        assert terminal.ended() == crash.FAULT
        assert terminal.heard.rindex(b"\x1b[?1049l") > terminal.heard.rindex(b"\x1b[?1049h")
        assert b"\x1b[?25h" in terminal.heard
        assert terminal.is_as_before
        told = terminal.heard[terminal.heard.rindex(b"\x1b[?1049l") :]
    assert b"ValueError" in told
    assert CUSTOMER.encode() not in terminal.heard
    (report,) = (tmp_path / "state" / "crashes").iterdir()
    assert report.stat().st_mode & 0o777 == 0o600
    assert "key_f12" in report.read_text()
    assert CUSTOMER not in report.read_text()
    (draft,) = (tmp_path / "state" / "drafts").iterdir()
    assert draft.stat().st_mode & 0o777 == 0o600
    assert json.loads(draft.read_text())["typed"] == {"name": "Aurora"}
    assert drafts.titles(file) == ["New account"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_keeps_what_was_typed_and_the_terminal(
    file: Path, env: dict[str, str], number: signal.Signals
) -> None:
    with Terminal(APP, str(file), env=env) as terminal:
        terminal.until(lambda heard: b"The team" in heard)
        terminal.type(b"F")
        terminal.until(lambda heard: b"New account" in heard)
        terminal.type(b"Aurora")
        terminal.until(lambda heard: b"urora" in heard)
        terminal.process.send_signal(number)
        assert terminal.ended() == 128 + number
        assert terminal.is_as_before
    assert drafts.titles(file) == ["New account"]


def test_a_terminal_that_is_gone_ends_the_app_and_keeps_what_was_typed(file: Path, env: dict[str, str]) -> None:
    with Terminal(APP, str(file), env=env) as terminal:
        terminal.until(lambda heard: b"The team" in heard)
        terminal.type(b"F")
        terminal.until(lambda heard: b"New account" in heard)
        terminal.type(b"Aurora")
        terminal.until(lambda heard: b"urora" in heard)
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE) == 128 + signal.SIGHUP
    assert drafts.titles(file) == ["New account"]


def test_a_terminal_that_is_gone_does_not_stop_whoever_draws() -> None:
    told: list[bool] = []

    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    writer = Writer(Gone(), lambda: told.append(True))
    writer.start()
    for _ in range(100):
        writer.write("x")
    writer.stop()
    assert told == [True]


def test_a_report_names_every_error_of_the_chain_and_no_message() -> None:
    error = ValueError(CUSTOMER)
    error.__cause__ = KeyError(CUSTOMER)
    place = crash.report(error)
    assert place is not None
    lines = place.read_text("utf-8")
    assert "KeyError" in lines
    assert "ValueError" in lines
    assert CUSTOMER not in lines


def test_a_report_that_cannot_be_written_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    monkeypatch.setenv("CRMTUI_STATE_DIR", str(tmp_path / "state"))
    assert crash.report(ValueError(CUSTOMER)) is None
    assert CUSTOMER not in crash.sentence(ValueError(CUSTOMER), None)
