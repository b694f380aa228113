"""The key that writes a report, and the file that it suggests."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from textual.widgets import Static

from crmtui import paths
from crmtui.queries import report_kinds
from crmtui.queries.report_kinds import Report
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.portfolio import PortfolioScreen
from crmtui.tui.screens.reporting import ReportScreen
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Options
from deals import begin
from hostile import STRINGS, has_control
from tui.bench import NARROW, Workbench, enter, offered, until

if TYPE_CHECKING:
    from textual.pilot import Pilot


@pytest.mark.parametrize(
    "name", [*STRINGS.values(), "../../etc/passwd", "con", "a" * 500, "Città: S.p.A. / 4", "", ".."]
)
def test_a_suggested_name_is_one_file_in_the_users_folder(tmp_path: Path, name: str) -> None:
    file = paths.suggested(name, "html", tmp_path)
    assert file.parent == tmp_path
    assert not has_control(file.name)
    assert not set(file.name.removesuffix(".html")) & set('/\\:*?"<>|.')
    assert 0 < len(file.stem) <= 60
    file.touch()


def test_reports_go_to_the_documents_where_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(tmp_path / "Documenti"))
    assert paths.documents() == Path.home()
    (tmp_path / "Documenti").mkdir()
    assert paths.documents() == tmp_path / "Documenti"


async def test_a_report_is_written_from_the_page(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    deals = begin(workspace)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "accounts")
        app.open_record("account", deals.account)
        await until(pilot, lambda: isinstance(app.screen, AccountPage) and "report" in offered(app.screen))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen) and app.screen.query_one(LineInput).value)
        form = app.screen
        assert isinstance(form, ReportScreen)
        file = tmp_path / "Aurora Spa - DMU sheet.html"
        await pilot.press("right")  # the sheet
        await until(pilot, lambda: form.query_one(LineInput).value == str(file))
        file.write_text("mine")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press("enter")  # back
        await until(pilot, lambda: app.screen is form)
        assert file.read_text() == "mine"
        form.query_one(LineInput).value = str(tmp_path / "none" / "a.html")
        await pilot.press("enter")
        await until(pilot, lambda: "does not exist" in str(form.query_one("#told", Static).content))
        form.query_one(LineInput).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, AccountPage))
        assert "<html" in file.read_text()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        app.open_record("opportunity", deals.line4)
        await until(pilot, lambda: isinstance(app.screen, ScorecardPage) and "report" in offered(app.screen))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen) and app.screen.query_one(LineInput).value)
        assert app.screen.query_one(LineInput).value.endswith("Opportunity review.html")
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        deal = app.screen
        await pilot.press("down", "down", "right", "right")  # PDF, which cannot be written here
        await until(pilot, lambda: deal.query_one(LineInput).value.endswith("Opportunity review.pdf"))
        await pilot.press("enter")
        await until(pilot, lambda: "crmtui[pdf]" in str(deal.query_one("#told", Static).content))


async def test_sections_are_left_out_and_stay_so(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    app = Workbench(workspace)
    account = begin(workspace).account

    async def asked(pilot: Pilot[int]) -> tuple[ReportScreen, Options]:
        await until(pilot, lambda: isinstance(app.screen, AccountPage) and "report" in offered(app.screen))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen) and app.screen.query_one(LineInput).value)
        assert isinstance(app.screen, ReportScreen)
        return app.screen, app.screen.query_one("#sections", Options)

    def told(form: ReportScreen) -> str:
        return str(form.query_one("#told", Static).content)

    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "accounts")
        app.open_record("account", account)
        form, sections = await asked(pilot)
        assert sections.values == report_kinds.SECTIONS[Report.ACCOUNT]
        await pilot.press("down", "down", "down", "backspace", "enter")
        await until(pilot, lambda: "Every section is left out" in told(form))
        await pilot.press("right", "space", "right", "right", "space", "enter")
        await until(pilot, lambda: isinstance(app.screen, AccountPage))
        file = tmp_path / "Aurora Spa - Account plan.html"
        assert re.findall(r'<section id="(\w+)"', file.read_text("utf-8")) == ["relationship", "opportunities"]
        form, sections = await asked(pilot)
        await until(pilot, lambda: sections.values == ("relationship", "opportunities"))
        await pilot.press("down", "right")  # for the customer
        await until(pilot, lambda: sections.offered == ("profile", "value", "plan", "delivery"))
        assert sections.values == sections.offered  # none of them is among those that were put in
        await pilot.press("up", "right")  # a sheet, of which nothing is for the customer
        await until(pilot, lambda: not sections.offered and "for the customer" in told(form))
        await pilot.press("right")
        await until(pilot, lambda: sections.values == ("business", "delivery", "contacts", "value", "ahead"))
        assert not told(form)


async def test_the_portfolio_is_written_for_ourselves_from_its_room(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "documents", lambda: tmp_path)
    begin(workspace)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "portfolio")
        await until(pilot, lambda: isinstance(app.screen, PortfolioScreen) and app.screen.part is not None)
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen) and app.screen.query_one(LineInput).value)
        form = app.screen
        readers = form.query_one("#reader", Options)
        assert readers.values == ("internal",)
        await pilot.press("down", "right")  # there is nobody else to write it for
        await until(pilot, lambda: form.focused is readers)
        assert readers.values == ("internal",)
        file = tmp_path / "Team - Portfolio.html"
        assert form.query_one(LineInput).value == str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PortfolioScreen))
        assert "Aurora" in file.read_text("utf-8")
