"""White space in the portfolio: the grid, what is said of its cells, suggestions, and the opportunity they become."""

from __future__ import annotations

import csv
import datetime as dt
import io
from array import array
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App

from crmtui.commands import whitespace as commands
from crmtui.commands.exporting import Format, export_to
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import BudgetRung, Source, Supply
from crmtui.queries import records, whitespace as queries
from crmtui.queries.whitespace import Axes, Named, Offered, Order, Row
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.portfolio import PortfolioScreen
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.white_outgoing import White
from crmtui.tui.widgets import white_paint
from crmtui.tui.widgets.white_grid import WhiteGrid
from crmtui.tui.widgets.white_paint import Look
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until
from whites import TODAY, Whites, begin

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.pilot import Pilot


@pytest.fixture
def whites(tmp_path: Path) -> Whites:
    return begin(tmp_path)


async def grid(pilot: Pilot[int]) -> WhiteGrid:
    """The part, once the rows on the screen have been read."""
    await enter(pilot, "portfolio")
    room = pilot.app.screen
    assert isinstance(room, PortfolioScreen)
    await room.open_tab("white")
    found = room.query_one(WhiteGrid)
    await until(pilot, lambda: found.row is not None)
    return found


def drawn(found: WhiteGrid) -> list[str]:
    return [found.render_line(y).text.rstrip() for y in range(found.size.height)]


def said(whites: Whites) -> dict[tuple[int, int], WhiteSpace]:
    return {(one.account_id, one.offering_id): one for one in records.every(whites.path, WhiteSpace)}


async def choose(pilot: Pilot[int], words: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and pilot.app.screen.focused)
    await pilot.press(*words)
    await until(pilot, lambda: len(getattr(pilot.app.screen, "_found", ())) == 1)
    await pilot.press("enter")


async def test_who_supplies_it_is_said_with_a_key_and_said_again_of_the_next(whites: Whites) -> None:
    async with Workbench(whites.path).run_test(size=NARROW) as pilot:
        found = await grid(pilot)
        lines = drawn(found)
        assert lines[0].split() == ["Line", "Service"]
        assert "export" in offered(pilot.app.screen)
        assert lines[2].split()[:5] == ["Monte", "?", "unknown", "?", "unknown"]
        assert lines[3].split()[:6] == ["↳", "Alpha", "unit", "■", "us", "≈"]
        await pilot.press("right", "s")
        await choose(pilot, "not n")
        await until(pilot, lambda: drawn(found)[2].endswith("~") and "∅ no need" in drawn(found)[2])
        await pilot.press("down", "full_stop")
        await until(pilot, lambda: len(said(whites)) == 2)
        assert {one.state for one in said(whites).values()} == {Supply.NOT_NEEDED}
        await pilot.press("u")
        await until(pilot, lambda: len(said(whites)) == 1)
        await pilot.press("v")
        await choose(pilot, "riv")
        place = (whites.unit, whites.service)
        await until(pilot, lambda: place in said(whites))
        assert said(whites)[place].competitor_id == whites.rival
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        await pilot.press(*"+41d", "ctrl+s")
        await until(pilot, lambda: {"□", "Rivalco", "41d"} <= set(drawn(found)[3].split()))
        assert said(whites)[place].contract_ends_on == TODAY + dt.timedelta(days=41)
        await pilot.press("d")
        await until(pilot, lambda: place not in said(whites))


async def test_a_suggestion_says_why_and_becomes_an_opportunity_once(whites: Whites) -> None:
    async with Workbench(whites.path).run_test(size=WIDE) as pilot:
        found = await grid(pilot)
        screen = pilot.app.screen
        await until(pilot, lambda: found.row is not None and found.row.suggested)
        await pilot.press("down", "f")
        await until(pilot, lambda: found.place == (whites.unit, whites.service))
        assert drawn(found)[3].split()[-3:] == ["?", "unknown", "▲"]
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await pilot.press("escape")
        for _again in range(2):
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage))
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        (deal,) = records.every(whites.path, Opportunity)
        assert (deal.account_id, deal.offering_id, deal.budget) == (whites.unit, whites.service, BudgetRung.UNAWARE)


async def test_the_filter_narrows_the_accounts_and_the_arrows_leave_at_the_edge(whites: Whites) -> None:
    async with Workbench(whites.path).run_test(size=NARROW) as pilot:
        found = await grid(pilot)
        await pilot.press("slash", *"industry:food", "enter")
        await until(pilot, lambda: found.axes is not None and len(found.axes.order.ids) == 30)
        await until(pilot, lambda: "Other 00" in drawn(found)[2])
        await pilot.press("G")
        await until(pilot, lambda: found.row is not None and found.row.account.name == "Other 29")
        await pilot.press("left")
        room = pilot.app.screen
        assert isinstance(room, PortfolioScreen)
        await until(pilot, lambda: room.tabs.current != "white")


async def test_an_empty_grid_teaches(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        await enter(pilot, "portfolio")
        room = pilot.app.screen
        assert isinstance(room, PortfolioScreen)
        await room.open_tab("white")
        found = room.query_one(WhiteGrid)
        await until(pilot, lambda: found.axes is not None)
        assert "writes down an account" in " ".join(drawn(found))
        assert not offered(room) & {"state", "rival", "ends", "potential", "edit", "deal", "why", "suggestion"}


def test_a_cell_has_the_same_width_whatever_it_says(whites: Whites) -> None:
    from crmtui.queries import whitespace as queries

    given: list[tuple[tuple[int, int], dict[str, Any]]] = [
        (
            (whites.group, whites.line),
            {"competitor_id": whites.rival, "contract_ends_on": TODAY + dt.timedelta(days=170)},
        ),
        ((whites.group, whites.service), {"state": Supply.IN_HOUSE}),
        ((whites.unit, whites.service), {"state": Supply.NOT_NEEDED}),
    ]
    for place, fields in given:
        commands.judge(whites.path, [place], fields, Source.TUI, TODAY)
    rows = queries.window(whites.path, [whites.group, whites.unit])
    cells = [*rows[whites.group].cells.values(), *rows[whites.unit].cells.values(), None]
    looks = [Look(TODAY), Look(TODAY, is_at=True, has_focus=True), Look(TODAY, is_marked=True, is_suggested=True)]
    for width in (white_paint.LEAST, 17):
        assert {white_paint.cell(one, look, width).cell_length for one in cells for look in looks} == {width}


class Alone(App[None]):
    """An app with the grid alone, which hears what rows it wants."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[list[int]] = []

    def compose(self) -> ComposeResult:
        yield WhiteGrid("")

    def on_white_grid_wanted(self, event: WhiteGrid.Wanted) -> None:
        self.wanted.append(event.ids)


async def test_only_what_is_on_the_screen_is_asked_for() -> None:
    axes = Axes(Order(array("q", range(1, 10_001)), bytes(10_000)), (Offered(1, "Line", "", None, "", "line"),))
    async with Alone().run_test(size=NARROW) as pilot:
        app = pilot.app
        assert isinstance(app, Alone)
        found = app.query_one(WhiteGrid)
        found.show_axes(axes, TODAY)
        await pilot.pause()
        assert app.wanted == [list(range(1, found.rows_visible + 41))]
        found.keep(
            {key: Row(Named(key, f"a{key}", "", None, "", f"a{key}"), {}, {}) for key in app.wanted[0]}, only=True
        )
        found.action_move(9_999)
        await pilot.pause()
        assert app.wanted[-1][-1] == 10_000
        assert sum(map(len, app.wanted)) < 300


def test_the_grid_goes_out_as_it_is_shown_or_a_row_for_each_cell(whites: Whites, tmp_path: Path) -> None:
    given = {"state": Supply.COMPETITOR, "competitor_id": whites.rival, "contract_ends_on": dt.date(2026, 5, 1)}
    place = (whites.unit, whites.service)
    commands.judge(whites.path, [place], given, Source.TUI, TODAY)

    def rows(words: str, *, marks: frozenset[tuple[int, int]] = frozenset(), is_shown: bool = True) -> list[list[str]]:
        going = White(whites.path, TODAY, words, 1, marks)
        file = tmp_path / "white.csv"
        export_to(whites.path, going.noun, Format.CSV, file, going.options(is_shown=is_shown))
        return list(csv.reader(io.StringIO(file.read_text("utf-8"))))

    header, *accounts = rows("")
    assert header == ["Account", "Unit of", "Line", "Service"]
    assert len(accounts) == len(queries.axes(whites.path, TODAY).order.ids)
    assert rows("alpha") == [header, ["Alpha unit", "Monte", "us", "Rivalco until 1 May 2026"]]
    names, *cells = rows("alpha", is_shown=False)
    assert [row[names.index("Supplied by")] for row in cells] == ["us", "Rivalco"]
    unknown = (whites.group, whites.service)
    _names, *marked = rows("", marks=frozenset((place, unknown)))
    assert [row[names.index("Supplied by")] for row in marked] == ["unknown", "Rivalco"]
