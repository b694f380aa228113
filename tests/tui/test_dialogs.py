from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual.content import Content
from textual.widgets import OptionList, Static

from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.contact_step import Step, StepScreen
from crmtui.tui.screens.ending import EndScreen
from crmtui.tui.widgets.footer import Footer
from crmtui.tui.widgets.line_input import LineInput
from tui.shell import NARROW, WIDE, Shell, until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.tui.screens.dialog import Dialog

LONG = "GTX Plus Basic, three years, all plants"
ACCOUNT = "Konex Industries of North America and of the Islands"


def answering(*found: Found[int]) -> Callable[[str], Sequence[Found[int]]]:
    return lambda words: [one for one in found if words in one.label]


async def rows(pilot: Pilot[int], screen: ChooseScreen[int]) -> list[str]:
    """What the list shows, line by line."""
    pilot.app.push_screen(screen)
    await until(pilot, lambda: screen.is_attached and screen.query("#found"))
    options = screen.query_one("#found", OptionList)
    await until(pilot, lambda: options.option_count and options.size.height)
    return [options.render_line(y).text.rstrip() for y in range(options.option_count)]


async def test_names_are_cut_only_where_the_details_would_have_no_room(workspace: Path) -> None:
    app = Shell(workspace)
    async with app.run_test(size=NARROW) as pilot:
        fitting = ChooseScreen("Which", answering(Found(1, LONG, "Konex"), Found(2, "MG", "Acme")))
        shown = await rows(pilot, fitting)
        assert [row.split("  ")[0].strip() for row in shown] == [LONG, "MG"]
        assert shown[0].index("Konex") == shown[1].index("Acme")
        cut = await rows(pilot, ChooseScreen("Which", answering(Found(1, LONG * 2, ACCOUNT))))
        assert cut[0].strip().startswith(LONG)
        assert "Konex Industries" in cut[0]


@pytest.mark.parametrize(("can_create", "told"), [(True, "type a name"), (False, "nothing to choose from")])
async def test_an_empty_list_tells_what_to_do_before_a_word_is_typed(
    workspace: Path, *, can_create: bool, told: str
) -> None:
    app = Shell(workspace)
    async with app.run_test(size=NARROW) as pilot:
        create = (lambda words: Found(1, words)) if can_create else None
        screen: ChooseScreen[int] = ChooseScreen("Which", answering(), create=create)
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_attached and screen.query("#nothing"))
        nothing = screen.query_one("#nothing", Static)
        await until(pilot, lambda: told in str(nothing.content))
        assert nothing.display


@pytest.mark.parametrize(
    "make",
    [
        lambda: EndScreen("Done", Content("Measure a week"), "two\tdays"),
        lambda: StepScreen("Done", Content("Call"), Step("agreed"), asks_outcome=True),
    ],
)
async def test_what_was_typed_into_a_small_dialog_is_not_lost_by_escape(
    workspace: Path, make: Callable[[], Dialog[Any]]
) -> None:
    app, left = Shell(workspace), list[object]()
    async with app.run_test(size=NARROW) as pilot:
        for presses in (("escape",), ("x", "escape", "escape", "escape", "right", "enter")):
            dialog = make()
            app.push_screen(dialog, left.append)
            await until(pilot, partial(dialog.query, LineInput))
            dialog.query(LineInput).first().focus()
            await pilot.pause()
            for press in presses:
                assert dialog in app.screen_stack
                await pilot.press(press)
                await pilot.pause()
            assert dialog not in app.screen_stack
    assert left == [None, None]


async def test_a_question_shows_the_keys_that_answer_it(workspace: Path) -> None:
    app, answers = Shell(workspace), list[str | None]()
    async with app.run_test(size=WIDE) as pilot:
        app.push_screen(
            AskScreen("Line 4", "How did it end?", (Answer("won", "Won"), Answer("lost", "Lost"))), answers.append
        )
        await until(pilot, lambda: isinstance(app.screen, AskScreen) and app.screen.focused)
        keys = app.screen.query_one(Footer).render().plain
        assert "⏎ Choose" in keys
        assert "→ Next answer" in keys
        await pilot.press("right", "enter")
        await until(pilot, lambda: answers)
    assert answers == ["lost"]
