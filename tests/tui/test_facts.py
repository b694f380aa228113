from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content

from crmtui.tui import show
from crmtui.tui.widgets.facts import Fact, Facts
from hostile import STRINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot


class Board(App[None]):
    def __init__(self, facts: Sequence[Fact]) -> None:
        super().__init__()
        self.given = facts
        self.opened: list[tuple[str, int]] = []

    def compose(self) -> ComposeResult:
        yield Facts()

    def on_mount(self) -> None:
        self.facts.show_facts(self.given)
        self.facts.focus()

    @property
    def facts(self) -> Facts:
        return self.query_one(Facts)

    def on_facts_opened(self, event: Facts.Opened) -> None:
        self.opened.append((event.table, event.key))

    def lines(self) -> list[str]:
        return [self.facts.render_line(y).text.rstrip() for y in range(self.facts.size.height)]


def key(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app, Board)
    current = pilot.app.facts.current
    return current.key if current else ""


GIVEN = (
    Fact("group one", "One"),
    Fact("a", "Name", Content("Aurora")),
    Fact("b", "Part of", Content("Helios"), ("account", 7)),
    Fact("group two", "Two"),
    Fact("c", "Needs", Content("\n".join(f"line {number}" for number in range(30)))),
    Fact("d", "Last", Content("end")),
)


async def test_the_cursor_goes_from_fact_to_fact_over_the_headings() -> None:
    async with Board(GIVEN).run_test(size=(60, 20)) as pilot:
        keys = [key(pilot)]
        for press in ("j", "j", "k", "k", "k"):
            await pilot.press(press)
            keys.append(key(pilot))
        assert keys == ["a", "b", "c", "b", "a", "a"]


async def test_values_stand_under_each_other() -> None:
    app = Board((Fact("a", "Name", Content("one two three four five six seven eight")),))
    async with app.run_test(size=(40, 5)):
        assert app.lines()[:3] == ["Name           one two three four five", " " * 15 + "six seven eight", ""]


async def test_a_fact_longer_than_the_screen_is_read_line_by_line() -> None:
    app = Board(GIVEN)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("j", "j")
        presses = 0
        while key(pilot) == "c":
            await pilot.press("j")
            presses += 1
        assert key(pilot) == "d"
        assert presses > 20
        assert any("end" in line for line in app.lines())
        await pilot.press("g")
        assert key(pilot) == "a"
        assert app.lines()[0].strip() == "One"


async def test_only_what_leads_somewhere_opens() -> None:
    app = Board(GIVEN)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter", "j", "enter")
        assert app.opened == [("account", 7)]
        await pilot.click(Facts, offset=(3, 1))
        assert key(pilot) == "a"
        await pilot.click(Facts, offset=(3, 2), times=2)
        assert app.opened == [("account", 7)] * 2


async def test_the_cursor_stays_on_its_fact_when_others_come() -> None:
    app = Board(GIVEN)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("j")
        app.facts.show_facts((Fact("new", "New", Content("x")), *GIVEN))
        assert key(pilot) == "b"
        app.facts.show_facts(GIVEN[:2])
        assert key(pilot) == "a"
        app.facts.show_facts(())
        await pilot.press("j", "k", "G", "g", "pagedown", "pageup", "enter")
        assert app.facts.current is None


@pytest.mark.parametrize("width", [30, 61, 120])
async def test_no_line_is_longer_than_the_screen_whatever_is_said(width: int) -> None:
    facts = [Fact(name, raw[:80], show.block(raw)) for name, raw in STRINGS.items()]
    app = Board(facts)
    async with app.run_test(size=(width, 20)) as pilot:
        for _turn in range(20):
            assert all(cell_len(app.facts.render_line(y).text) == app.facts.size.width for y in range(20))
            await pilot.press("pagedown")
        assert app.facts.virtual_size.height < 200_000
