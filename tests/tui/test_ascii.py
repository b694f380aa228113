"""Where only ASCII can be shown, whatever the program draws is ASCII; letters of names stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui import signs
from crmtui.tui import show
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.rooms import ROOMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

VISITS = [
    *((room.key,) for room in ROOMS),
    *((key, "enter") for key in "245"),
    *(("2", key) for key in ("question_mark", "n")),
    ("2", "enter", "l", "l"),
    *(("6", *"l" * count) for count in range(1, 5)),
    ("1", "comma"),
]


@pytest.fixture(autouse=True)
def only_ascii() -> Iterator[None]:
    show.use_ascii(True)
    yield
    show.use_ascii(False)


async def rested(pilot: Pilot[int]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def test_no_screen_draws_more(filled: Path) -> None:
    app, found = CrmtuiApp(filled), {}
    async with app.run_test(size=(120, 36)) as pilot:
        await rested(pilot)
        for keys in VISITS:
            for key in keys:
                await pilot.press(key)
                await rested(pilot)
            drawn = "".join(strip.text for strip in app.screen._compositor.render_strips())
            if more := {mark for mark in drawn if not mark.isascii() and not mark.isalpha()}:
                found[keys] = more
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
                await rested(pilot)
    assert found == {}


def test_signs_keep_their_place_and_letters_stay() -> None:
    assert signs.plain("“Perù” · 3 → 4") == '"Perù" - 3 > 4'
    assert all(len(plain) == 1 and plain.isascii() for plain in signs._TABLE.values())


def test_what_was_cut_what_is_assumed_and_what_lies_between_are_told_apart() -> None:
    assert signs.plain("Pastificio Val… ~ 180…250 k€ (\u22120.9…+0.9) Loading …") == (
        "Pastificio Val> ~ 180~250 k€ (-0.9~+0.9) Loading ."
    )
    assert show.glyphs().ellipsis == signs.plain("…")
    assert show.glyphs().ellipsis != show.glyphs().assumed
