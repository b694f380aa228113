from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.content import Content

from crmtui.errors import BusyError
from crmtui.tui.widgets.window_source import Row, Sort
from tui.desk import ROWS, SCREEN, Desk, Names, press, settle, until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


async def test_the_cursor_stays_on_its_record_and_line() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, "end", "up", "up", "up", "up", "up")
        line = app.line_of_cursor()
        app.source.keys[:0] = [2_001, 2_002, 2_003]
        app.source.names |= {key: f"New {key}" for key in (2_001, 2_002, 2_003)}
        app.window.reload()
        await settle(pilot)
        assert (app.window.current, app.line_of_cursor()) == (995, line)
        assert app.lines()[line + 1].startswith("  Name 995 ")


async def test_when_the_record_has_gone_the_nearest_takes_its_place() -> None:
    app = Desk(Names(10))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down")
        app.source.keys.remove(3)
        app.window.reload()
        await settle(pilot)
        assert (app.window.current, app.line_of_cursor()) == (4, 2)
        app.source.keys[2:] = []
        app.window.reload()
        await settle(pilot)
        assert app.window.current == 2


async def test_moving_while_the_list_is_read_again_counts() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        app.source.gate.clear()
        app.window.reload()
        await pilot.press("down", "down", "space")
        app.source.gate.set()
        await settle(pilot)
        assert app.window.current == 4
        assert app.window.marks == {3}


async def test_sorting_keeps_the_record() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "o")
        assert app.window.sort == Sort("name")
        assert "Name ↑" in app.lines()[0]
        await press(pilot, "O")
        assert app.window.sort == Sort("name", descending=True)
        assert "Name ↓" in app.lines()[0]
        assert (app.window.current, app.lines()[app.line_of_cursor() + 1][:9]) == (3, "  Name 3 ")
        await press(pilot, "o", "o", "o")
        assert app.window.sort == Sort("name")


async def test_a_filter_shows_the_top_and_leads_back() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, *["pagedown"] * 10, "down")
        before = (app.window.current, app.line_of_cursor())
        for words in ("9", "99"):
            app.window.set_filter(words)
            await settle(pilot)
        assert (app.window.current, app.window.count) == (99, 19)
        app.window.set_filter("")
        await settle(pilot)
        assert (app.window.current, app.line_of_cursor()) == before
        app.window.set_filter("99")
        await settle(pilot)
        await press(pilot, "down")
        app.window.set_filter("")
        await settle(pilot)
        assert app.window.current == 199


async def test_a_slow_older_filter_never_follows_a_newer_one() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        app.source.gate.clear()
        for words in ("1", "10", "100"):
            app.window.set_filter(words)
        app.source.gate.set()
        await settle(pilot)
        assert (app.window.words, app.window.count) == ("100", 2)


async def test_goto() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        app.window.goto(500)
        await settle(pilot)
        assert (app.window.current, app.line_of_cursor()) == (500, ROWS // 2)
        app.source.keys.insert(0, 3_000)
        app.source.names[3_000] = "Added"
        app.window.goto(3_000)
        await settle(pilot)
        assert app.window.current == 3_000
        assert app.lines()[app.line_of_cursor() + 1].startswith("  Added ")
        app.window.goto(9_999)
        await settle(pilot)
        assert app.window.current == 3_000


async def test_another_source_begins_at_the_top() -> None:
    app = Desk(Names(1_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, "space", "pagedown")
        app.window.set_source(Names(3))
        await settle(pilot)
        assert (app.window.current, app.window.count, len(app.window.marks)) == (1, 3, 0)
        assert app.lines()[1].startswith("  Name 1 ")


async def test_rows_that_have_not_come_hold_their_place() -> None:
    app = Desk(Names(100_000))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        rows, go = app.source.rows, threading.Event()

        def slow(ids: Sequence[int]) -> Mapping[int, Row]:
            assert go.wait(5)
            return rows(ids)

        app.source.rows = slow  # type: ignore[method-assign]  # rows that do not come
        await pilot.press("end")
        assert app.window.current == 100_000
        assert {line.strip() for line in app.lines()[1:]} == {"·"}
        go.set()
        await settle(pilot)
        assert app.lines()[-1].startswith("  Name 100000 ")


async def test_an_empty_list_teaches() -> None:
    app = Desk(Names(0))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        (said,) = [line for line in app.lines()[1:] if line.strip()]
        assert said.strip() == "No names yet; n adds one"
        assert abs(len(said) - len(said.lstrip()) - 28) <= 1
        await press(pilot, "down", "up", "end", "home", "pagedown", "space", "enter", "o")
        assert app.window.current is None
        assert app.opened() == []
        app.window.set_empty(Content("Nothing here"))
        assert any("Nothing here" in line for line in app.lines())


async def test_a_filter_that_finds_nothing_says_so() -> None:
    app = Desk(Names(5), words="nobody")
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        assert any("Nothing answers" in line for line in app.lines())


async def test_a_slow_list_says_that_it_is_being_read() -> None:
    app = Desk(Names(5))
    app.source.gate.clear()
    async with app.run_test(size=SCREEN) as pilot:
        await until(pilot, lambda: any("Loading" in line for line in app.lines()))
        app.source.gate.set()
        await settle(pilot)
        assert app.lines()[1].startswith("  Name 1 ")


async def test_an_error_is_said_where_the_rows_would_be() -> None:
    source = Names(5)
    source.error = BusyError("Acme [/] Ltd is busy")
    app = Desk(source)
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        assert any("Acme [/] Ltd is busy" in line for line in app.lines())
        source.error = None
        app.window.reload()
        await settle(pilot)
        assert app.window.count == 5


async def test_an_error_leaves_the_rows_that_are_shown() -> None:
    app = Desk(Names(5))
    async with app.run_test(size=SCREEN, notifications=True) as pilot:
        await settle(pilot)
        app.source.error = BusyError("[b]busy")
        app.window.reload()
        await settle(pilot)
        assert app.window.count == 5
        assert [(note.message, note.markup) for note in app._notifications] == [("[b]busy", False)]
