"""How a file is laid out, said on screen: its columns follow at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from crmtui.tui.importing.layout import LayoutPanel
from crmtui.tui.widgets.options import Options
from tui.bench import NARROW, Workbench, drawn, until
from tui.wizard import begin

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.tui.screens.importing import ImportScreen


def headers(screen: ImportScreen) -> list[str]:
    return [guess.header for look in screen.plan.looks for guess in look.columns]


async def to(pilot: Pilot[int], line: str) -> None:
    """Go to a line of the panel, from above."""
    await until(pilot, lambda: pilot.app.screen.query(LayoutPanel))
    await pilot.pause()
    lines = [one.id for one in pilot.app.screen.query_one(LayoutPanel).query(Options)]
    await pilot.press(*["up"] * len(lines), *["down"] * lines.index(line))


async def test_what_is_said_of_a_text_table_changes_its_columns_at_once(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(
        "Region;North;2026;x\nAll;of;them;y\nCompany;City^a;Phone;Website\nPerù;Roma^b;1;p.it\n".encode("cp1252")
    )
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        await pilot.press("e")
        await until(pilot, lambda: screen.query(LayoutPanel))
        panel = screen.query_one(LayoutPanel)
        panel.action_move(1)
        panel.action_move(1)  # as fast as somebody types
        assert screen.focused is panel.query_one("#header")
        await to(pilot, "header")
        assert "Windows-1252, separated by semicolon, header in line 1" in drawn(pilot)
        assert "Its columns are: Region, North, 2026, x." in drawn(pilot)
        await pilot.press("3")
        await until(pilot, lambda: headers(screen) == ["Company", "City^a", "Phone", "Website"])
        await until(pilot, lambda: "Perù" in drawn(pilot) and "header in line 3" in drawn(pilot))
        await to(pilot, "delimiter")
        await pilot.press("^")
        await until(pilot, lambda: "Its columns are: Company;City, a;Phone;Website." in drawn(pilot))
        await pilot.press("home")
        await to(pilot, "encoding")
        await pilot.press("m")
        await until(pilot, lambda: "Mac Roman, separated by semicolon" in drawn(pilot) and "Perù" not in drawn(pilot))
        await pilot.press("home", "u")  # the bytes are none
        await until(pilot, lambda: "the text is not in utf-8" in drawn(pilot))
        await pilot.press("home")
        await until(pilot, lambda: "Perù" in drawn(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not screen.query(LayoutPanel))
        assert screen._at == 0
        assert screen.plan.forms[path.name].header == 3


async def test_the_sheets_of_a_workbook_are_chosen_and_each_has_its_header(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        for name, rows in {
            "Customers": [("Our customers", "of", "2026"), ("Name", "City", "Website"), ("Acme", "Rome", "acme.it")],
            "People": [("First name", "Last name", "E-mail"), ("Ann", "Bini", "ann@acme.it")],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await begin(pilot, path)
        await until(pilot, lambda: "File before" in drawn(pilot) or screen.plan.looks)
        assert [look.name for look in screen.plan.looks] == ["book.xlsx/People"]  # the title was taken for a header
        await pilot.press("e")
        await to(pilot, "sheets")
        await pilot.press("right", "space")
        await until(pilot, lambda: "Customers: " in drawn(pilot))  # why it cannot be read
        await to(pilot, "header")
        await pilot.press("2")
        await until(pilot, lambda: headers(screen) == ["Name", "City", "Website"])
        await pilot.press("enter", "n")
        await until(pilot, lambda: screen._at == 1)
