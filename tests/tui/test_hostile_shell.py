"""The hostile strings through everything that the shell lets one type into, and everything that it shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from crmtui import text
from crmtui.commands import records, workspace
from crmtui.domain.accounts import Account
from crmtui.domain.fields import Kind, Spec
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.queries import records as queries
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.form import FormScreen, Shape, adding
from crmtui.tui.widgets.fields import LinkEditor
from crmtui.tui.widgets.header import Header
from hostile import SHORT, STRINGS, has_control
from tui.shell import NARROW, Shell, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMTUI_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "team.db"
    workspace.create(path, name="[@click=app.quit]x[/]")
    return path


def drawn(screen: Screen[Any]) -> str:
    """Everything on the screen, a line each."""
    return "\n".join("".join(segment.text for segment in line) for line in screen._compositor.render_strips())


async def opened(app: Shell, pilot: Pilot[int], form: FormScreen[Any]) -> list[Any]:
    """Open a form; what it is dismissed with comes into the list."""
    await until(pilot, lambda: app.follow.news)
    closed: list[Any] = []
    app.push_screen(form, closed.append)
    await until(pilot, lambda: form.is_attached and form.focused)
    return closed


async def test_fields_take_any_text_pasted_and_keep_it_clean(file: Path) -> None:
    app = Shell(file)
    form = FormScreen(Account, {}, title="New", save=dict, shape=Shape(only=("name", "notes")))
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot, form)
        for raw in STRINGS.values():
            form.form.put({"name": "", "notes": ""})
            for name in ("name", "notes"):
                form.set_focus(form.query_one(f"#{name}"))
                app.post_message(events.Paste(raw))
                await pilot.pause()
            typed = form.form.typed
            assert not any(map(has_control, typed.values()))
            assert "\n" not in typed["name"]
            assert typed["notes"] == text.clean(raw)
            assert not has_control(drawn(form))


async def test_what_is_typed_is_saved_clean(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        for raw in [raw for raw in SHORT.values() if text.line(raw)][::4]:
            form = adding(file, Account)
            form._specs = {name: form._specs[name] for name in ("name", "notes")}
            closed = await opened(app, pilot, form)
            form.form.put({"name": raw, "notes": raw})
            await pilot.press("ctrl+s")
            await until(pilot, partial(bool, closed))
            account = queries.get(file, Account, closed[0].result)
            assert account.name == text.line(raw)
            assert account.notes == text.clean(raw)


async def test_names_in_titles_questions_headers_and_choices_stay_text(file: Path) -> None:
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.follow.news)
        for raw in [*SHORT.values()][::2]:
            app.tell(raw)
            app.screen.query_one(Header).workspace = raw
            found = [Found(1, raw, raw)]
            ask = AskScreen(raw, raw, (Answer("yes", "Yes"),))
            choose = ChooseScreen(raw, partial(answering, found), words=raw)
            for screen in (ask, choose):
                app.push_screen(screen)
                await pilot.pause()
                assert not has_control(drawn(screen))
                app.pop_screen()
            app.clear_notifications()


def answering(found: list[Found[int]], _words: str) -> list[Found[int]]:
    return found


async def test_linked_records_of_any_name_can_be_chosen(file: Path) -> None:
    names = [text.line(raw) for raw in SHORT.values() if text.line(raw)]
    keys = tuple(records.add(file, Actor, {"name": name}, Source.CLI) for name in names)
    team = Spec(kind=Kind.LINK, label="Team", link="actor")
    shape = Shape(only=("name",), extra={"team": team}, many=("team",))
    app = Shell(file)
    async with app.run_test(size=NARROW) as pilot:
        form = FormScreen(Account, {"team": keys}, title="Team", save=dict, shape=shape)
        await opened(app, pilot, form)
        links = form.query_one("#team", LinkEditor)
        await until(pilot, lambda: [found.label for found in links.chosen] == names)
        assert form.form.changed == {}
        assert not has_control(drawn(form))
