from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.commands import scorecards as commands, templates as saving
from crmtui.errors import FileProblemError
from crmtui.queries import scorecards, templates
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.screens.template import TemplatePage
from crmtui.tui.screens.template_files import bring
from crmtui.tui.screens.templates import TemplatesScreen
from deals import TODAY, TUI, Deals, begin
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


async def opened(pilot: Pilot[int]) -> TemplatesScreen:
    """The list, with the cursor on its first row."""
    await enter(pilot, "opportunities")
    screen = TemplatesScreen()
    pilot.app.push_screen(screen)
    await until(pilot, lambda: screen.current is not None)
    return screen


async def page_of(pilot: Pilot[int], deals: Deals, name: str) -> TemplatePage:
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "opportunities")
    app.open_record("scorecard_template", templates.found(deals.path, name).template.id)
    await until(pilot, lambda: isinstance(app.screen, TemplatePage) and app.screen.criterion)
    page = app.screen
    assert isinstance(page, TemplatePage)
    return page


def labels(deals: Deals, name: str) -> list[str]:
    return [one.label for one in templates.draft(deals.path, templates.found(deals.path, name).template.id).criteria]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_shows_all_and_one_is_chosen_for_new_cards(deals: Deals, size: tuple[int, int]) -> None:
    async with Workbench(deals.path).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: templates.found(deals.path, "Four questions").template.is_current)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatePage))


async def test_a_criterion_is_changed_and_the_used_version_stays(deals: Deals) -> None:
    commands.start(deals.path, deals.line4, TUI, TODAY)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await page_of(pilot, deals, "crmtui")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press("end", *" now", "ctrl+s")
        await until(pilot, lambda: templates.found(deals.path, "crmtui").template.version == 2)
        await until(pilot, lambda: pilot.app.screen is page and page.criterion)
        assert labels(deals, "crmtui")[0] == "Is there money to spend now"
        assert labels(deals, "crmtui 1")[0] == "Is there money to spend"


async def test_criteria_change_places_and_go_and_come_back(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await page_of(pilot, deals, "Four questions")
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: labels(deals, "four")[:2] == ["Can we compete", "Is it real"])
        await pilot.press("home", "space", "down", "space", "d")
        await until(pilot, lambda: labels(deals, "four") == ["Is it real", "Is it worth winning"])
        await pilot.press("u")
        await until(pilot, lambda: len(labels(deals, "four")) == 4)


async def test_what_somebody_else_changes_in_an_open_template_stays(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await page_of(pilot, deals, "Four questions")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        before = templates.newest(deals.path, "Four questions")
        first, second, *others = before.criteria
        theirs = (second, replace(first, weight=3), *(replace(one, weight=2) for one in others))
        saving.save(deals.path, replace(before, criteria=theirs), TUI)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"label": "Real now", "weight": "2"})
        await pilot.press("ctrl+s")
        message = form.query_one("#message-weight", Static)
        await until(pilot, lambda: "has made it “3” meanwhile" in str(message.content))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is page)
    kept = templates.newest(deals.path, "Four questions").criteria
    assert kept == (second, replace(first, label="Real now", weight=2), *theirs[2:])


async def test_the_newest_version_is_shown_where_the_one_that_was_is_undone(deals: Deals) -> None:
    commands.start(deals.path, deals.line4, TUI, TODAY)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await page_of(pilot, deals, "crmtui")
        await pilot.press("greater_than_sign", "greater_than_sign")
        await until(pilot, lambda: labels(deals, "crmtui")[2] == "Is there money to spend")
        await until(pilot, lambda: page.key == templates.found(deals.path, "crmtui 2").template.id)
        await pilot.press("u", "u")
        await until(pilot, lambda: page.key == templates.found(deals.path, "crmtui 1").template.id)
        assert pilot.app.screen is page


async def test_a_bad_criterion_is_refused_in_the_form(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await page_of(pilot, deals, "Four questions")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press(*"Again", "tab", *"real", "ctrl+s")
        form = pilot.app.screen
        await until(pilot, lambda: "2 times" in str(form.query_one("#hint").render()))
        assert len(labels(deals, "four")) == 4


async def test_one_is_written_and_brought_in_again(deals: Deals, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press(*str(file), "enter")
        await until(pilot, file.exists)
        file.write_text(file.read_text("utf-8").replace("weight = 1", "weight = 2"), "utf-8")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press(*str(file), "enter")
        await until(pilot, lambda: templates.found(deals.path, "four").template.version == 2)


def test_what_is_no_file_is_not_read(deals: Deals, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "pipe", tmp_path, "/dev/null"):
        with pytest.raises(FileProblemError, match="is not a file"):
            bring(deals.path, str(name))


async def test_a_copy_gets_a_name_of_its_own(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press(*"Ours", "ctrl+s")
        await until(pilot, lambda: any(one.template.name == "Ours" for one in templates.kept(deals.path)))
        assert labels(deals, "Ours") == labels(deals, "four")


async def test_an_opportunity_is_scored_with_another_template(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "opportunities")
        app = pilot.app
        assert isinstance(app, Workbench)
        app.open_record("opportunity", deals.line4)
        await until(pilot, lambda: isinstance(app.screen, ScorecardPage) and app.screen.card)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press(*"four", "enter")
        await until(
            pilot,
            lambda: scorecards.card(deals.path, deals.line4, TODAY).template == ("Four questions", 1),
        )
