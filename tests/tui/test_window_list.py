from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from crmtui.tui.widgets.window_columns import place
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_rows import PAGE
from crmtui.tui.widgets.window_source import Head, Sort
from hostile import STRINGS, has_control
from tui.desk import COLUMNS, FULL, ROWS, SCREEN, Desk, Names, press, settle, until

if TYPE_CHECKING:
    import pytest


async def test_rows_stand_under_their_headings() -> None:
    app = Desk(Names(3))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        lines = app.lines()
        assert lines[0].split() == ["Name", "Lvl", "Value", "Notes"]
        assert lines[1].split() == ["Name", "1", "▅", "1", "€", "note"]
        assert [line.index("€") for line in lines[1:4]] == [lines[0].index("Value") + 4] * 3
        assert {len(line) for line in lines} == {80}
        assert lines[4].strip() == ""


async def test_a_hundred_thousand_rows_are_a_page_away() -> None:
    source = Names(100_000)
    app = Desk(source)
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        assert (app.window.count, app.window.is_complete) == (100_000, True)
        await press(pilot, "end")
        assert app.window.current == 100_000
        assert app.lines()[-1].startswith("  Name 100000 ")
        await press(pilot, "pageup")
        assert (app.window.current, app.line_of_cursor()) == (100_000 - ROWS, ROWS - 1)
        await press(pilot, "home")
        assert app.lines()[1].startswith("  Name 1 ")
        assert sum(map(len, source.asked)) < 5_000


async def test_the_last_row_is_reached_before_all_keys_are_read() -> None:
    source = Names(2_000)
    app = Desk(source)
    async with app.run_test(size=SCREEN) as pilot:
        source.gate.clear()
        source.head = lambda *_: Head(array("q", range(1, PAGE + 1)), complete=False)  # type: ignore[method-assign]  # a source that is not done
        app.window._is_loaded = False
        app.window.reload()
        await until(pilot, lambda: app.window.count == PAGE)
        await pilot.press("end")
        source.gate.set()
        await settle(pilot)
        assert app.window.current == 2_000


async def test_keys_move_the_cursor_and_the_screen_follows() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        for keys, current, line in (
            (("down", "j"), 3, 2),
            (("up", "k", "k"), 1, 0),
            (("pagedown",), 1 + ROWS, 0),
            (("down",) * ROWS, 1 + 2 * ROWS, ROWS - 1),
            (("G",), 100, ROWS - 1),
            (("down", "pagedown"), 100, ROWS - 1),
            (("g", "up", "pageup"), 1, 0),
        ):
            await pilot.press(*keys)
            assert (app.window.current, app.line_of_cursor()) == (current, line), keys


async def test_moving_the_cursor_draws_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        drawn: list[tuple[int, int]] = []
        monkeypatch.setattr(app.window, "refresh", lambda *regions: drawn.extend((r.y, r.height) for r in regions))
        await pilot.press("down")
        assert drawn == [(1, 1), (2, 1)]


async def test_other_keys_move_where_the_user_has_said_so() -> None:
    app = Desk(Names(9))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        app.set_keymap({"list.down": "x", "list.last": "z"})
        await press(pilot, "x", "x", "down", "j")
        assert app.window.current == 3
        await press(pilot, "z")
        assert app.window.current == 9


async def test_what_is_drawn_once_is_kept() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        assert app.window.render_line(5) is app.window.render_line(5)
        before = app.window.render_line(5)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.window.render_line(5) is not before


async def test_messages_of_the_cursor() -> None:
    app = Desk(Names(3))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter", "down", "down")
        seen = [event.key for event in app.heard if isinstance(event, WindowList.Highlighted)]
        assert (seen, app.opened()) == ([1, 2, 3], [2])


async def test_marks() -> None:
    app = Desk(Names(5))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        assert app.window.chosen == {1}
        await press(pilot, "space", "down", "space")
        assert app.window.marks == app.window.chosen == {1, 3}
        assert [line[0] for line in app.lines()[1:6]] == ["✓", " ", "✓", " ", " "]
        await press(pilot, "up", "space")
        assert app.window.marks == {1}
        app.source.keys.remove(1)
        app.window.reload()
        await settle(pilot)
        assert app.window.marks == frozenset()
        kept = [event.keys for event in app.heard if isinstance(event, WindowList.Marked)]
        assert kept == [{1}, {1, 3}, {1}, frozenset()]


async def test_clicks() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await pilot.click(WindowList, offset=(10, 4))
        assert (app.window.current, app.opened()) == (4, [])
        await pilot.click(WindowList, offset=(10, 4), times=1)
        assert app.opened() == [4]
        await pilot.click(WindowList, offset=(10, 7), times=2)
        assert app.opened() == [4, 7]
        await pilot.click(WindowList, offset=(10, 7), times=2)
        assert app.opened() == [4, 7, 7]


async def test_a_click_in_front_of_a_row_marks_it() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await pilot.click(WindowList, offset=(0, 4))
        await pilot.click(WindowList, offset=(1, 6))
        assert app.window.marks == {4, 6}
        await pilot.click(WindowList, offset=(0, 4))
        assert (app.window.current, app.opened(), len(app.window.marks)) == (1, [], 1)


async def test_a_click_on_a_heading_sorts() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=FULL) as pilot:
        await settle(pilot)
        spots = {spot.column.key: spot.x for spot in place(COLUMNS, 119)}
        for key, sort in (
            ("value", Sort("value")),
            ("value", Sort("value", descending=True)),
            ("notes", Sort("value", descending=True)),
            ("name", Sort("name")),
        ):
            await pilot.click(WindowList, offset=(spots[key], 0))
            await settle(pilot)
            assert app.window.sort == sort


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await pilot._post_mouse_events([events.MouseScrollDown], WindowList, (5, 5))
        await pilot.pause()
        assert app.window.scroll_offset.y > 0
        assert app.window.current == 1
        await pilot.press("down")
        assert (app.window.current, app.window.scroll_offset.y) == (2, 1)


async def test_a_click_below_the_rows_does_nothing() -> None:
    app = Desk(Names(2))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        await pilot.click(WindowList, offset=(10, 15))
        assert (app.window.current, app.opened()) == (1, [])


async def test_the_screen_may_shrink_and_grow() -> None:
    app = Desk(Names(100))
    async with app.run_test(size=FULL) as pilot:
        await settle(pilot)
        await press(pilot, *["down"] * 20)
        await pilot.resize_terminal(40, 8)
        await settle(pilot)
        assert 0 <= app.line_of_cursor() < 7
        assert {len(line) for line in app.lines()} == {40}
        assert "Notes" not in app.lines()[0]


async def test_the_cursor_shows_who_has_the_focus() -> None:
    app = Desk(Names(3))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        styles = []
        for focused in (app.window, None):
            app.set_focus(focused)
            await pilot.pause()
            lines = app.window.render_lines(app.window.region.reset_offset)
            styles.append([next(iter(line)).style for line in lines[1:3]])
        assert styles[0][0] != styles[1][0] != styles[1][1] == styles[0][1]


async def test_a_border_is_drawn_around_the_same_lines() -> None:
    app = Desk(Names(3))
    async with app.run_test(size=SCREEN) as pilot:
        app.window.styles.border = ("round", "white")
        await settle(pilot)
        region = app.window.region
        drawn = app.window.render_lines(region.reset_offset)
        assert drawn[0].text.startswith("╭")
        assert drawn[2].text.startswith("│  Name 1 ")
        await pilot.click(WindowList, offset=(10, 3))
        await pilot.click(WindowList, offset=(0, 4))
        assert (app.window.current, len(app.window.marks)) == (2, 0)


async def test_names_are_text_whatever_they_hold() -> None:
    source = Names(len(STRINGS))
    source.names = dict(enumerate(STRINGS.values(), 1))
    app = Desk(source)
    async with app.run_test(size=(80, len(STRINGS) + 1)) as pilot:
        await settle(pilot)
        lines = [app.window.render_line(y) for y in range(app.window.size.height)]
        assert [line.text for line in lines if has_control(line.text) or "\n" in line.text] == []
        assert {line.cell_length for line in lines} == {cell_len(line.text) for line in lines} == {80}
        assert lines[1 + list(STRINGS).index("markup_closing")].text.startswith("  Acme [/] Ltd ")


async def test_an_empty_list_offers_nothing_that_needs_a_row() -> None:
    app = Desk(Names(3))
    async with app.run_test(size=SCREEN) as pilot:
        await settle(pilot)
        for words, offered in (("", True), ("nobody", False), ("Name", True)):
            app.window.set_filter(words)
            await until(pilot, lambda offered=offered: bool(app.window.count) is offered)  # type: ignore[misc]  # mypy tells no type of a lambda with a default
            shown = {active.binding.id for active in app.screen.active_bindings.values() if active.enabled}
            assert ("list.open" in shown, "list.mark" in shown, "list.sort" in shown) == (offered,) * 3
