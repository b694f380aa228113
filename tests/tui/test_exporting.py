"""The key that exports a list as it is shown."""

from __future__ import annotations

import csv
import io
import threading
from typing import TYPE_CHECKING

from textual.widgets import Static

from crmtui import paths
from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.tui.screens.accounts import AccountsScreen
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.exporting import ExportScreen
from crmtui.tui.screens.opportunities import OpportunitiesScreen
from crmtui.tui.widgets.line_input import LineInput
from deals import TUI, begin
from tui.bench import NARROW, Workbench, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot


async def accounts(pilot: Pilot[int]) -> AccountsScreen:
    """The list of accounts, once it has been read."""
    await enter(pilot, "accounts")
    screen = pilot.app.screen
    assert isinstance(screen, AccountsScreen)
    await until(pilot, lambda: screen.table.list.is_complete and "export" in offered(screen))
    return screen


async def asked(pilot: Pilot[int]) -> ExportScreen:
    """The screen that asks, when it has suggested a file."""
    await pilot.press("X")
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, ExportScreen) and app.screen.query_one(LineInput).value)
    assert isinstance(app.screen, ExportScreen)
    return app.screen


async def test_a_list_goes_out_as_it_is_shown(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    begin(workspace)
    records.add(workspace, Account, {"name": "Helios"}, TUI)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        screen = await accounts(pilot)
        names = screen.table.list.count
        screen.table.open_filter()
        await pilot.press(*"aurora", "enter")
        await until(pilot, lambda: 0 < screen.table.list.count < names)
        form = await asked(pilot)
        assert "answer" in str(form.query_one("#about", Static).content)
        line = form.query_one(LineInput)
        assert line.value == str(tmp_path / "accounts.xlsx")
        await pilot.press("right")
        file = tmp_path / "accounts.csv"
        await until(pilot, lambda: line.value == str(file))
        file.write_text("mine")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press("enter")  # back
        await until(pilot, lambda: app.screen is form)
        assert file.read_text() == "mine"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.screen is screen)
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
        assert {row["Account"].partition(" ")[0] for row in rows} == {"Aurora"}
        assert "Level" in rows[0]
        assert file.stat().st_mode & 0o777 == 0o600


async def test_marked_records_alone_go_out_whole_or_as_cards(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    begin(workspace)
    records.add(workspace, Account, {"name": "Helios", "notes": "Ours"}, TUI)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "opportunities")
        screen = app.screen
        assert isinstance(screen, OpportunitiesScreen)
        await until(pilot, lambda: screen.view.list.count)
        await pilot.press("space")
        await until(pilot, lambda: screen.view.list.marks)
        form = await asked(pilot)
        assert "1 marked" in str(form.query_one("#about", Static).content)
        await pilot.press("right", "right", "right", "right", "down", "right", "enter")
        await until(pilot, lambda: app.screen is screen)
        (row, *_more) = (tmp_path / "opportunities.jsonl").read_text("utf-8").splitlines()
        assert '"account_uid"' in row
        await enter(pilot, "accounts")
        accounts = app.screen
        assert isinstance(accounts, AccountsScreen)
        await until(pilot, lambda: accounts.table.list.is_complete and accounts.table.list.count)
        form = await asked(pilot)
        await pilot.press("end")
        await until(pilot, lambda: form.query_one(LineInput).value.endswith(".vcf"))
        assert not form.query_one("#line-what").display
        await pilot.press("down", "right", "enter")  # with judgements
        await until(pilot, lambda: app.screen is accounts)
        assert "NOTE:Ours" in (tmp_path / "accounts.vcf").read_text("utf-8")


def written(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("*.xlsx")]


async def test_an_export_is_stopped_and_leaves_nothing(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    begin(workspace)
    usual, begun = ExportScreen.heed, threading.Event()

    def heed(self: ExportScreen, *_far: int) -> None:
        usual(self, 1_700, 70_000)
        begun.set()
        while not self._stop.is_set():
            self._stop.wait(1)
        usual(self)

    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        screen = await accounts(pilot)
        form = await asked(pilot)
        with monkeypatch.context() as slow:
            slow.setattr(ExportScreen, "heed", heed)
            await pilot.press("enter")
            await until(pilot, begun.is_set)
            assert form.query_one("#progress").display
            await until(pilot, lambda: "Writing, 1,700 of 70,000; esc" in str(form.query_one("#told", Static).content))
            await pilot.press("escape")
            await until(pilot, lambda: "nothing was written" in str(form.query_one("#told", Static).content))
        assert not form.query_one("#progress").display
        assert app.screen is form
        assert written(tmp_path) == []
        line = form.query_one(LineInput)
        usual_name, line.value = line.value, str(tmp_path / "accounts.CSV")
        await pilot.press("enter")
        assert "ends in .csv, and the format is XLSX" in str(form.query_one("#told", Static).content)
        line.value = usual_name
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert written(tmp_path) == ["accounts.xlsx"]
