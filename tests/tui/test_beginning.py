"""A room that is opened before the workspace was looked at reads its list once, unless something changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.tui.follow import Follow
from crmtui.tui.widgets.window_list import WindowList
from deals import TUI, begin
from tui.bench import WIDE, Workbench, drawn, enter, until

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[WindowList]:
    """The lists that were read, each time."""
    found: list[WindowList] = []
    for name in ("_read_head", "_read_all"):
        read = getattr(WindowList, name)

        def counted(self: WindowList, *, read: object = read) -> None:
            found.append(self)
            assert callable(read)
            read(self)

        monkeypatch.setattr(WindowList, name, counted)
    return found


async def test_a_list_is_read_once_at_the_beginning(workspace: Path, reads: list[WindowList]) -> None:
    begin(workspace)
    app = Workbench(workspace)
    async with app.run_test(size=WIDE) as pilot:
        app.action_room("accounts")
        await until(pilot, lambda: app.follow.news)
        await until(pilot, lambda: "Aurora" in drawn(pilot))
        await pilot.pause()
        assert app.follow.is_as_found
        assert len(reads) == 1


@pytest.mark.parametrize("room", ["accounts", "opportunities", "plans"])
async def test_a_room_that_is_opened_later_reads_its_list_once(
    workspace: Path, reads: list[WindowList], room: str
) -> None:
    begin(workspace)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        await enter(pilot, room)
        await until(pilot, lambda: pilot.app.screen.query_one(WindowList)._is_loaded)
        assert len(reads) == 1


async def test_what_was_changed_before_the_first_look_is_read_again(
    workspace: Path, reads: list[WindowList], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(workspace)
    app = Workbench(workspace)
    start = Follow.start

    def changed(self: Follow) -> None:
        """Somebody was quicker than the first look."""
        records.add(workspace, Account, {"name": "Zenith"}, TUI)
        start(self)

    monkeypatch.setattr(Follow, "start", changed)
    async with app.run_test(size=WIDE) as pilot:
        app.action_room("accounts")
        await until(pilot, lambda: app.follow.news)
        await until(pilot, lambda: "Zenith" in drawn(pilot))
        assert not app.follow.is_as_found
        assert len(reads) > 1
