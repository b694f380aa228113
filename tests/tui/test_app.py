from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from crmtui.commands import backups, records, workspace
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source
from crmtui.errors import BusyError, FileProblemError
from crmtui.tui import actions
from crmtui.tui.rooms import Room
from crmtui.tui.screens.help import KEYS, LABELS, WIDTH, HelpScreen, OfferLine
from crmtui.tui.screens.history import HistoryScreen
from crmtui.tui.widgets.footer import Footer
from crmtui.tui.widgets.header import GAP, LEAST, Header
from tui.shell import NARROW, WIDE, Card, FirstRoom, SecondRoom, Shell, until

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "team.db"
    workspace.create(path, name="The team")
    return path


async def test_a_room_is_reloaded_once_the_workspace_can_be_read(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        assert isinstance(app.screen, FirstRoom)
        await until(pilot, lambda: app.first.reloads == 1)
        assert app.screen.query_one(Header).workspace == "The team"


def has_name(header: Header, rooms: str, shown: str) -> bool:
    return header.render().plain.removeprefix(rooms).strip() == shown


async def test_a_name_for_which_there_is_no_room_is_left_out_and_not_cut_to_a_letter(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.first.reloads == 1)
        header = app.screen.query_one(Header)
        rooms = header.render().plain.split("The team")[0].rstrip()
        for spare, shown in ((30, "The team"), (LEAST + len(GAP) * 2, "The team"), (LEAST, "")):
            await pilot.resize_terminal(len(rooms) + spare + 2, WIDE[1])
            await until(pilot, partial(has_name, header, rooms, shown))


async def test_number_keys_and_clicks_go_from_room_to_room_and_back_to_the_same_screen(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        first = app.first
        await pilot.press("2")
        assert app.current_mode == "second"
        await pilot.click(Header, offset=(2, 0))
        assert app.first is first


async def test_letters_typed_into_a_field_start_nothing(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        app.screen.query_one(Input).focus()
        await pilot.press("q", "1", "u", "question_mark")
        assert app.screen.query_one(Input).value == "q1u?"
        assert isinstance(app.screen, SecondRoom)


async def test_a_change_is_seen_by_every_room_and_undo_takes_it_back(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        first = app.first
        await until(pilot, lambda: first.reloads == 1)
        records.add(file, Account, {"name": "Acme"}, Source.CLI)
        await until(pilot, lambda: first.reloads == 2)
        await pilot.press("2")
        app.screen.set_focus(None)
        await pilot.press("u")
        await until(pilot, lambda: app.follow.news == 3)
        await pilot.press("1")
        await until(pilot, lambda: first.reloads == 3)


async def test_changes_are_made_in_the_order_in_which_they_were_asked_for(file: Path) -> None:
    """Undo pressed at once after a change takes that change back, not the one before it."""
    app, gate, made = Shell(file), threading.Event(), list[str]()

    def slow() -> None:
        assert gate.wait(5)
        made.append("slow")

    async with app.run_test(size=WIDE) as pilot:
        app.change(slow)
        app.change(lambda: made.append("quick"))
        assert app.check_action("undo", ())
        await pilot.pause()
        gate.set()
        await until(pilot, lambda: len(made) == 2)
    assert made == ["slow", "quick"]


async def test_what_was_asked_for_is_made_although_the_app_is_left_at_once(file: Path) -> None:
    app, gate, made = Shell(file), threading.Event(), list[int]()

    def slow(number: int) -> None:
        assert gate.wait(5)
        made.append(number)

    async with app.run_test(size=WIDE) as pilot:
        for number in range(20):
            app.change(partial(slow, number))
        await pilot.pause()
        app.exit()
    gate.set()
    app.finish()
    assert made == list(range(20))


async def test_a_change_that_fails_does_not_hold_up_the_next(file: Path) -> None:
    def fail() -> None:
        raise BusyError("the file is busy")

    app, told, made = Shell(file), list[str](), list[str]()
    async with app.run_test(size=WIDE) as pilot:
        app.change(fail, on_failed=lambda error: told.append(str(error)))
        app.change(lambda: "made", on_done=made.append)
        await until(pilot, lambda: made)
    assert (told, made) == (["the file is busy"], ["made"])


async def test_escape_leaves_a_page_for_the_screen_below(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        first = app.first
        assert not any(offer.action == "back" for offer in actions.offers(first))
        app.push_screen(Card(7))
        await pilot.pause()
        assert any(offer.action == "back" for offer in actions.offers(app.screen))
        await pilot.press("escape")
        assert app.screen is first


async def test_the_pane_on_the_right_folds_on_a_narrow_screen_only(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        side = app.screen.query_one("#side")
        assert not side.display
        await pilot.press("i")
        assert side.display
        await pilot.press("escape")
        assert not side.display
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: side.display)


async def test_the_footer_shows_what_can_be_done_now_and_always_the_way_to_help(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        footer = app.screen.query_one(Footer)
        shown = footer.render().plain
        assert "p Paint" in shown
        assert shown.endswith("? Help")
        assert len(shown) <= NARROW[0]
        app.first.can_paint = False
        app.first.refresh_bindings()
        await until(pilot, lambda: "Paint" not in footer.render().plain)


async def test_a_click_in_the_footer_does_what_the_key_does(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        footer = app.screen.query_one(Footer)
        x = footer.render().plain.index("p Paint")
        await pilot.click(footer, offset=(x + 2, 0))
        await until(pilot, lambda: app.first.painted == 1)


async def test_a_full_stop_repeats_the_last_change(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("full_stop")
        assert app.first.painted == 0
        await pilot.press("p", "full_stop")
        await until(pilot, lambda: app.first.painted == 2)


async def test_help_speaks_of_the_focus_first_and_of_its_keys(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        app.screen.query_one("#desk").focus()
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        told = "\n".join(part.plain for part in app.screen.parts)
        assert told.index("What lies on the desk.") < told.index("The first room.") < told.index("Paint it once more.")
        await pilot.press("escape")
        assert isinstance(app.screen, FirstRoom)


async def test_whatever_has_a_key_can_be_done_with_a_click_in_the_help(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        for action, done in (
            ("paint", lambda: app.first.painted == 1),
            ("history", lambda: isinstance(app.screen, HistoryScreen)),
        ):
            await pilot.press("question_mark")
            await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query(OfferLine))
            line = next(line for line in app.screen.query(OfferLine) if action in line.offer.action)
            line.scroll_visible(animate=False)
            await pilot.pause()
            assert await pilot.click(line)
            await until(pilot, lambda: not isinstance(app.screen, HelpScreen))
            await until(pilot, done)


async def test_without_a_history_nothing_is_offered_to_be_taken_back(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.follow.news)
        app.push_screen(HistoryScreen())
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen.is_mounted)
        screen = app.screen
        offered = {offer.action for offer in actions.offers(screen)}
        assert "undo_one" not in offered
        app.change(partial(records.add, file, Account, {"name": "Aurora"}, Source.TUI))
        await until(pilot, lambda: "undo_one" in {offer.action for offer in actions.offers(screen)})


async def test_what_a_key_does_is_told_in_a_column_of_its_own(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query(OfferLine))
        lines = [line for shown in app.screen.query(OfferLine) for line in str(shown.content).split("\n")]
        assert all(len(line) <= WIDTH for line in lines)
        room = " " * (KEYS + LABELS + 2)
        assert any(line.startswith(room) for line in lines)
        assert all(line.startswith(room) or line[:1].strip() for line in lines)


async def test_ctrl_c_ends_nothing_and_tells_how_to_leave(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.follow.news)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: [note.message for note in app._notifications] == ["To leave, press q."])
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (39, 9), (300, 80)])
async def test_no_size_of_the_terminal_is_too_small_or_too_large(file: Path, size: tuple[int, int]) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.follow.news)
        for key in ("question_mark", "ctrl+p", "comma", "H"):
            await pilot.press(key)
            await pilot.resize_terminal(*size)
            await pilot.press("escape")
            await pilot.resize_terminal(*WIDE)
        assert isinstance(app.screen, FirstRoom)


async def test_a_file_that_cannot_be_used_ends_the_app_with_its_sentence_and_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a workspace")
    app = Shell(path)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.return_code is not None)
    assert app.return_code == FileProblemError.exit_code
    assert path.read_text() == "not a workspace"


async def test_a_change_of_another_process_arrives_without_a_key(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.follow.news)
        before = app.follow.news
        records.add(file, Account, {"name": "Acme"}, Source.CLI)
        await until(pilot, lambda: app.follow.news > before)
        assert app.follow.can_undo


async def test_a_backup_that_came_back_and_has_as_many_changes_is_seen_too(file: Path) -> None:
    before = backups.make(file)
    assert before is not None
    records.add(file, Account, {"name": "Acme"}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        first = app.first
        await until(pilot, lambda: first.reloads == 1)
        backups.restore(file, before.name)
        records.add(file, Account, {"name": "Helios"}, Source.CLI)
        await until(pilot, lambda: first.reloads > 1)


async def test_what_is_pressed_before_the_first_room_is_there_cannot_get_lost(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Room, "is_loaded", property(lambda _room: False))
    monkeypatch.setattr(Room, "load", lambda _room: gate.wait(5) and None)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.follow.news)
        await pilot.press("comma", "ctrl+p", "question_mark", "H")
        assert len(app.screen_stack) == 1
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, FirstRoom) and app.screen.reloads == 1)
