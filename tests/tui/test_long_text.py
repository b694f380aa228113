"""A text in the user's own editor, while others change it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.errors import UsageError
from crmtui.queries import records as reading
from crmtui.tui import editor
from crmtui.tui.long_text import LongText
from crmtui.tui.screens import forms
from crmtui.tui.screens.ask import AskScreen
from crmtui.tui.screens.base import RoomScreen
from deals import TUI, Deals, begin
from tui.bench import WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def deals(workspace: Path) -> Deals:
    made = begin(workspace)
    records.edit(workspace, Account, made.account, {"needs": "speed"}, TUI)
    return made


def needs(deals: Deals) -> str:
    return reading.get(deals.path, Account, deals.account).needs


def write(deals: Deals, words: str) -> None:
    records.edit(deals.path, Account, deals.account, {"needs": words}, TUI)


def room(pilot: Pilot[int]) -> RoomScreen:
    screen = pilot.app.screen
    assert isinstance(screen, RoomScreen)
    return screen


@pytest.mark.parametrize(
    ("answer", "kept"), [("both", "speed, and dust\n\nspeed and quiet"), ("mine", "speed and quiet"),
                         ("theirs", "speed, and dust")],
)  # fmt: skip
async def test_what_others_wrote_meanwhile_is_not_written_over_unasked(
    deals: Deals, monkeypatch: pytest.MonkeyPatch, answer: str, kept: str
) -> None:
    def edited(_app: object, before: str) -> str:
        write(deals, "speed, and dust")
        return f"{before} and quiet"

    monkeypatch.setattr(editor, "edited", edited)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        forms.edit_text(room(pilot), reading.get(deals.path, Account, deals.account), "needs")
        await until(pilot, lambda: pilot.app.screen.query(f"#answer-{answer}"))
        pilot.app.screen.query_one(f"#answer-{answer}", Button).press()
        await until(pilot, lambda: needs(deals) == kept and not isinstance(pilot.app.screen, AskScreen))


async def test_a_text_that_nobody_else_changed_is_saved_without_a_question(
    deals: Deals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "edited", lambda _app, before: f"{before} and quiet")
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        forms.edit_text(room(pilot), reading.get(deals.path, Account, deals.account), "needs")
        await until(pilot, lambda: needs(deals) == "speed and quiet")
        assert not isinstance(pilot.app.screen, AskScreen)


async def test_what_could_not_be_saved_can_be_edited_again(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def edited(_app: object, before: str) -> str:
        begun.append(before)
        return f"{before}!"

    saved: list[str] = []

    def save(text: str) -> None:
        if text == "speed!":
            raise UsageError("one is not enough")
        saved.append(text)

    monkeypatch.setattr(editor, "edited", edited)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        LongText(room(pilot), "speed", lambda: "speed", save).change()
        await until(pilot, lambda: pilot.app.screen.query("#answer-again"))
        pilot.app.screen.query_one("#answer-again", Button).press()
        await until(pilot, lambda: saved == ["speed!!"])
        assert begun == ["speed", "speed!"]
