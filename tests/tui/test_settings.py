from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from crmtui import config, text
from crmtui.commands import records, workspace
from crmtui.config import Config
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.words import Source
from crmtui.domain.workspace import Workspace
from crmtui.errors import UsageError
from crmtui.queries import workspace as queries
from crmtui.tui import keymap, show, themes
from crmtui.tui.driver import TerminalBackground
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.history import HistoryScreen
from crmtui.tui.screens.settings import GATES, MOVES, STRENGTH, WEIGHTS, WORKSPACE, fields_of
from crmtui.tui.screens.welcome import WelcomeScreen
from tui.shell import NARROW, WIDE, Card, FirstRoom, SecondRoom, Shell, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.theme import Theme


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CRMTUI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("CRMTUI_CONFIG_DIR", str(tmp_path / "config"))
    path = tmp_path / "team.db"
    workspace.create(path, name="The team")
    yield path
    show.use_ascii(False)
    text.speak("en")


async def choose(app: Shell, pilot: Pilot[int], words: str) -> None:
    """Type words into the chooser that is open, and take the first that answers."""
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen.is_mounted)
    chooser = app.screen
    await pilot.press(*words)
    await until(pilot, lambda: len(chooser.query_one(OptionList).options) == 1)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is not chooser)


async def test_the_palette_finds_what_can_be_done_and_does_it(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p")
        await choose(app, pilot, "pain")
        await until(pilot, lambda: app.first.painted == 1)


async def test_the_palette_leaves_out_what_cannot_be_done(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        app.first.can_paint = False
        await pilot.press("ctrl+p", *"pain")
        chooser = app.screen
        await until(pilot, lambda: chooser.query_one("#nothing").display)


async def test_a_theme_is_shown_at_once_and_kept(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("comma")
        await choose(app, pilot, "theme")
        await choose(app, pilot, "dracula")
        assert app.theme == "dracula"
        await until(pilot, lambda: config.load().theme == "dracula")


async def test_the_gates_of_the_ladder_have_a_form_of_their_own(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("comma")
        await choose(app, pilot, "gates")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        form = app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"gate_account_recognition": "2.5"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: queries.settings(file).gate_account_recognition == 2.5)


def test_each_setting_of_the_workspace_is_under_one_topic() -> None:
    found = [name for topic in (WORKSPACE, GATES, WEIGHTS, STRENGTH, MOVES) for name in fields_of(topic)]
    assert sorted(found) == sorted(name for name, spec in specs(Workspace).items() if not spec.hidden)
    assert [len(fields_of(topic)) for topic in (GATES, STRENGTH, MOVES)] == [8, 3, 6]


async def test_the_settings_of_the_workspace_are_a_form(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("comma")
        await choose(app, pilot, "workspace")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.is_mounted)
        form = app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"name": "Team North"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.follow.name == "Team North")
    assert queries.settings(file).name == "Team North"


async def test_a_key_of_ones_own_works_at_once_and_a_clash_is_refused(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("comma")
        await choose(app, pilot, "keys")
        await choose(app, pilot, "app.history")
        await pilot.press("f6")
        await until(pilot, lambda: config.load().keys == {"app.history": "f6"})
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await pilot.press("escape", "comma")
        await choose(app, pilot, "keys")
        await choose(app, pilot, "app.redo")
        await pilot.press("u")
        await pilot.pause()
        assert config.load().keys == {"app.history": "f6"}
        assert app.settings.keys == {"app.history": "f6"}


def test_a_clash_names_both_actions_and_an_unknown_action_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        keymap.check({"record.new": "e"})
    assert "record.new" in str(caught.value)
    assert "record.edit" in str(caught.value)
    with pytest.raises(UsageError, match="no action"):
        keymap.check({"record.nothing": "e"})


def test_keys_that_are_as_usual_or_only_change_places_are_no_clash() -> None:
    keymap.check({"record.new": "n"})
    keymap.check({"app.history": "f6", "app.redo": "f7"})
    keymap.check({"app.undo": "f9"})


async def test_signs_become_ascii_on_the_whole_screen(file: Path) -> None:
    app = Shell(file, Config(ascii=True))
    show.use_ascii(True)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        app.use_ascii(True)
        for keys in (["question_mark"], ["escape", "ctrl+p"], ["escape", "comma"], ["escape", "H"]):
            await pilot.press(*keys)
            await pilot.pause()
            lines = ["".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()]
            assert [line for line in lines if not line.isascii()] == []


def painted(app: Shell) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def test_another_language_reaches_what_is_open_at_once(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        app.action_room("second")
        app.action_room("first")
        app.push_screen(Card(7))
        await until(pilot, lambda: isinstance(app.screen, Card) and "Help" in painted(app))
        await pilot.press("comma")
        await choose(app, pilot, "language")
        await choose(app, pilot, "italian")
        await until(pilot, lambda: isinstance(app.screen, Card) and "Aiuto" in painted(app))
        assert "card 7" in painted(app)
        assert "Help" not in painted(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FirstRoom) and "Aiuto" in painted(app))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, SecondRoom) and "Aiuto" in painted(app))


async def test_the_theme_follows_the_terminal_unless_one_was_chosen(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        app.post_message(TerminalBackground(is_light=True))
        await until(pilot, lambda: app.theme == themes.PAPER.name)
    app = Shell(file, Config(theme="nord"))
    async with app.run_test(size=NARROW) as pilot:
        app.post_message(TerminalBackground(is_light=True))
        await pilot.pause()
        assert app.theme == "nord"


async def test_a_theme_that_there_is_not_is_told(file: Path) -> None:
    app = Shell(file, Config(theme="crmtui-light"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: any("“crmtui-light”" in note.message for note in app._notifications))
        assert app.theme == themes.INK.name


@pytest.mark.parametrize(
    ("background", "expected"),
    [("15;0", themes.INK), ("0;15", themes.PAPER), ("0;default;7", themes.PAPER), ("", themes.INK)],
)
def test_the_first_theme_is_the_one_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, background: str, expected: Theme
) -> None:
    monkeypatch.setenv("COLORFGBG", background)
    assert themes.chosen("", []) == expected.name
    assert themes.chosen("nord", ["nord"]) == "nord"
    assert themes.chosen("no such theme", ["nord"]) == expected.name


async def test_any_action_of_the_history_is_taken_back(file: Path) -> None:
    for name in ("Acme", "Borealis"):
        records.add(file, Account, {"name": name}, Source.CLI)
    app = Shell(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("H")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._list.count == 2)
        await pilot.press("j", "enter")
        await until(pilot, lambda: any(one.undone for one in queries.history(file)))
        undone = [one.label for one in queries.history(file) if one.undone]
        assert undone == ["Add account Acme"]


@pytest.mark.parametrize(("keys", "is_sample"), [(["enter"], True), (["down", "down", "enter"], False)])
async def test_a_workspace_that_is_not_there_is_begun_empty_or_as_a_sample(
    tmp_path: Path, keys: list[str], is_sample: bool
) -> None:
    path = tmp_path / "new.db"
    app = Shell(path)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        assert not path.exists()
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, FirstRoom) and app.follow.news)
    assert queries.settings(path).is_sample is is_sample


async def test_a_place_that_cannot_be_written_to_is_said_and_one_may_choose_again(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    app = Shell(tmp_path / "folder" / "team.db")
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: app.screen.query_one("#told").has_class("-wrong"))
