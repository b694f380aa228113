"""The key that exports a list as it is shown."""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from conftest import TODAY
from crmtui import paths
from crmtui.commands import records
from crmtui.commands.exporting import Format, export_to
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.words import EffortUnit
from crmtui.queries import dmu, equity_table, stakeholder_table, territory, territory_table
from crmtui.queries.accounts import Subject
from crmtui.tui.outgoing import Figures, Rows, Texts
from crmtui.tui.screens.accounts import AccountsScreen
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.exporting import ExportScreen
from crmtui.tui.screens.opportunities import OpportunitiesScreen
from crmtui.tui.widgets import equity_lines, territory_lines
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.matrix_part import MatrixPart
from crmtui.tui.widgets.stakeholder_table import StakeholderSource
from crmtui.tui.widgets.timeline_source import TimelineSource
from crmtui.tui.widgets.window_source import Sort
from customers import Customers
from deals import TUI, begin
from tui.bench import NARROW, Workbench, enter, offered, until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from crmtui.tui.outgoing import Outgoing
    from crmtui.tui.widgets.worked_source import WorkedSource


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


async def test_a_table_of_figures_goes_out_as_it_is_filtered(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    customers = Customers(workspace)
    for name in ("=Aurora", "Helios"):
        customers.account(name)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "portfolio")
        screen = app.screen
        await until(pilot, lambda: screen.query(MatrixPart) and screen.query_one(MatrixPart).accounts.count == 2)
        part = screen.query_one(MatrixPart)
        await until(pilot, lambda: "export" in offered(screen))
        await pilot.press("slash", *"aurora", "enter")
        await until(pilot, lambda: part.accounts.count == 1 and part.accounts.is_complete)
        form = await asked(pilot)
        assert "answers to “aurora”" in str(form.query_one("#about", Static).content)
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.screen is screen)
        file = tmp_path / "Matrix.csv"
        (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8")))
        assert list(row) == ["Account", "Segment", "Posture", "Hangs on", "Because"]
        assert (row["Account"], file.stat().st_mode & 0o777) == ("'=Aurora", 0o600)


def outgoing(source: WorkedSource[Any], things: Sequence[Any], sort: Sort | None = None) -> Figures:
    """What goes out of a list of these rows."""
    source.hold(things)
    return Figures(Rows(source, "", sort, frozenset(), len(things)), source)


def test_figures_go_out_in_the_columns_and_the_order_that_are_shown(sample: Path, tmp_path: Path) -> None:
    page = territory.page(sample, TODAY, EffortUnit.CONTACTS)
    source = territory_lines.source()
    source.columns = territory_lines.columns(page.unit)
    plan = outgoing(source, territory_table.rows(page, page.plan(page.usual)), Sort("gain", descending=True))
    worth = outgoing(equity_lines.account_source(), equity_table.read(sample, TODAY))
    told = {}
    for going in (plan, worth):
        for is_shown in (True, False):
            file = tmp_path / f"{going.noun}.csv"
            export_to(sample, going.noun, Format.CSV, file, going.options(is_shown=is_shown))
            told[going.noun, is_shown] = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    rows = told["territory", True]
    effort = ["Contacts today", "Contacts proposed", "Hours proposed"]
    assert list(rows[0]) == ["Account", "Level", *effort, "Gain", "Gain, currency", "Served today"]
    gains = [float(row["Gain"]) for row in rows if row["Gain"]]
    assert gains == sorted(gains, reverse=True)
    assert {"Value", "at least", "at most", "Lost in a year", "Hint"} <= {*told["equity", True][0]}
    for noun in ("territory", "equity"):
        assert [row["name"] for row in told[noun, False]] == [row["Account"] for row in told[noun, True]]
        assert len(told[noun, False][0]["uid"]) == 16


def goes(going: Outgoing, workspace: Path, file: Path) -> list[dict[str, str]]:
    """What a list writes as it is shown."""
    export_to(workspace, going.noun, Format.CSV, file, going.options(is_shown=True))
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


def test_people_of_a_map_and_what_happened_go_out_with_whole_days(sample: Path, tmp_path: Path) -> None:
    place = dmu.newest(sample)
    assert place is not None
    page = dmu.page_at(sample, place, TODAY)
    people = outgoing(StakeholderSource(TODAY), stakeholder_table.rows(page), Sort("bet", descending=True))
    rows = goes(people, sample, tmp_path / "people.csv")
    assert {row["Name"] for row in rows} == {sheet.name for sheet in page.sheets}
    bets = [float(row["Bet"]) for row in rows if row["Bet"]]
    assert bets == sorted(bets, reverse=True)
    assert {row["Attitude"] for row in rows} <= {"", *map(str, specs(Stakeholder)["attitude"].names.values())}
    source = TimelineSource(sample, Subject("account", 1), lambda: TODAY)
    count = len(source.ids("", None))
    happened = Texts(Rows(source, "", None, frozenset(), count), "Timeline", source.written)
    rows = goes(happened, sample, tmp_path / "timeline.csv")
    assert len(rows) == count > 5
    assert list(rows[0]) == ["Day", "What", "About", "With", "Ours"]
    days = [dt.date.fromisoformat(row["Day"]) for row in rows]
    assert days == sorted(days, reverse=True)
