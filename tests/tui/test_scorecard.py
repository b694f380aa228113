from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList, Static

from crmtui.commands import opportunities, records as generic, scorecards as commands
from crmtui.commands.scorecards import Cell
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Answer, Criterion, ScorecardTemplate
from crmtui.domain.words import Basis
from crmtui.errors import BusyError
from crmtui.queries import scorecards
from crmtui.store.unit import work
from crmtui.tui import editor
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.computed_why import ComputedWhy
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.help import HelpScreen
from crmtui.tui.screens.score_why import ScoreWhy
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.widgets.score_anchors import Anchors
from crmtui.tui.widgets.score_head import ScoreHead
from crmtui.tui.widgets.score_table import ScoreTable
from crmtui.tui.widgets.told import Told
from deals import TODAY, TUI, Deals, begin
from hostile import SHORT
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.queries.scorecards import Judged

WEEK = dt.timedelta(days=7)


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


async def opened(pilot: Pilot[int], deals: Deals) -> ScorecardPage:
    """The page, once its card has been read."""
    await enter(pilot, "opportunities")
    app = pilot.app
    assert isinstance(app, Workbench)
    app.open_record("opportunity", deals.line4)
    await until(pilot, lambda: isinstance(app.screen, ScorecardPage) and app.screen.card)
    page = app.screen
    assert isinstance(page, ScorecardPage)
    await until(pilot, lambda: page.focused is page.table)
    return page


async def go(pilot: Pilot[int], page: ScorecardPage, code: str) -> None:
    """Put the cursor on a criterion."""
    await pilot.press("home")
    for _step in range(30):
        if page.table.line and page.table.line.code == code:
            return
        await pilot.press("down")
    pytest.fail(code)


def score(deals: Deals, code: str, grade: int | None, day: dt.date = TODAY, competitor: int | None = None) -> None:
    place = Cell(deals.line4, deals.line(code).criterion_id, competitor)
    commands.score(deals.path, place, grade, TUI, day)


def text(page: ScorecardPage, name: str) -> str:
    if name == "head":
        return page.query_one(ScoreHead).render().plain
    return page.query_one(Told).content.plain if name == "told" else str(page.query_one(f"#{name}", Static).content)


def line(page: ScorecardPage, code: str) -> Callable[[], Judged]:
    """What the screen shows of our answer on a criterion."""
    return lambda: next(one.ours for one in page.card.lines if one.code == code) if page.card else pytest.fail(code)


def shown(page: ScorecardPage) -> str:
    return "\n".join(page.table.render_line(y).text for y in range(page.table.size.height))


def _shows(page: ScorecardPage, words: str) -> bool:
    return words in shown(page)


async def test_a_card_that_nobody_scored_says_how_to_begin(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        assert "press 0 to 4" in text(page, "head")
        await until(pilot, lambda: "Spending is frozen" in page.query_one(Anchors).render().plain)


async def test_a_digit_scores_the_row_and_the_figures_move_at_once(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "margin")
        await pilot.press("3")
        assert line(page, "margin")().grade == 3
        assert "score 75 of 100" in text(page, "head")
        await until(pilot, lambda: deals.score_of() == 75)
        await pilot.press("0")
        assert "score 0 of 100" in text(page, "head")
        await until(pilot, lambda: deals.score_of() == 0)


async def test_a_question_mark_says_unknown_which_is_not_zero_and_f1_is_help(deals: Deals) -> None:
    score(deals, "margin", 3)
    score(deals, "budget", 0)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "budget")
        await pilot.press("question_mark")
        assert line(page, "budget")().grade is None
        await until(pilot, lambda: deals.score_of() == 75)
        assert "Budget created" in text(page, "told").partition("one grade more")[0]
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))


async def test_fast_fingers_end_with_the_last_grade_in_the_file(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "margin")
        await pilot.press("1", "2", "3", "4", "2", "down", "4")
        assert line(page, "margin")().grade == 2
        await until(
            pilot, lambda: deals.line("margin").ours.grade == 2 and deals.line("strategic_value").ours.grade == 4
        )
        await until(pilot, lambda: not page.jobs.is_busy("card"))
        assert line(page, "margin")().grade == 2


async def test_undo_takes_a_grade_back_on_the_screen_too(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "margin")
        await pilot.press("3")
        await until(pilot, lambda: deals.line("margin").ours.grade == 3)
        await pilot.press("down", "full_stop")
        await until(pilot, lambda: deals.line("strategic_value").ours.grade == 3)
        await pilot.press("u")
        await until(pilot, lambda: line(page, "strategic_value")().grade is None)
        await pilot.press("u")
        await until(pilot, lambda: "press 0 to 4" in text(page, "head"))


async def test_a_grade_that_cannot_be_saved_is_taken_back_and_said(
    deals: Deals, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object, **_more: object) -> int:
        raise BusyError("somebody else is writing")

    async with Workbench(deals.path).run_test(size=WIDE, notifications=True) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "margin")
        monkeypatch.setattr(commands, "score", busy)
        await pilot.press("3")
        await until(pilot, lambda: line(page, "margin")().grade is None)
        assert [notice.message for notice in pilot.app._notifications] == ["somebody else is writing"]


async def test_a_competitor_is_added_by_name_and_scored_in_its_column(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "price")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press(*"Rivalco")
        choose = pilot.app.screen
        await until(pilot, lambda: choose.query_one("#found", OptionList).option_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: page.table.rival and page.table.rival.name == "Rivalco")
        await pilot.press("4", "left", "1")
        await until(pilot, lambda: deals.line("price").theirs[0].grade == 4 and deals.line("price").ours.grade == 1)
        await until(pilot, lambda: "they are ahead on Price" in text(page, "told"))
        assert "Rivalco" in shown(page)
        assert "drop" not in offered(page)
        await pilot.press("right", "d")
        await until(pilot, lambda: page.card and not page.card.rivals)


async def test_evidence_is_written_in_a_form_and_told_below(deals: Deals) -> None:
    score(deals, "budget", 1)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "budget")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"evidence": "“wants to act” [/]", "basis": "confirmed", "source": "Conti"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "“wants to act” [/] · Conti" in page.query_one(Anchors).render().plain)
        ours = deals.line("budget").ours
        assert (ours.grade, ours.basis, ours.source) == (1, Basis.CONFIRMED, "Conti")


async def test_evidence_that_somebody_else_wrote_meanwhile_is_told(deals: Deals) -> None:
    score(deals, "budget", 1)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "budget")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        cell = Cell(deals.line4, deals.line("budget").criterion_id)
        commands.note(deals.path, cell, commands.Judgement(evidence="theirs"), TUI, TODAY)
        form.form.put({"evidence": "mine"})
        await pilot.press("ctrl+s")
        message = form.query_one("#message-evidence", Static)
        await until(pilot, lambda: "has made it “theirs” meanwhile" in str(message.content))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: deals.line("budget").ours.evidence == "mine")


async def test_evidence_may_be_written_in_the_users_own_editor(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "edited", lambda _app, before: f"{before}first\nsecond")
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "budget")
        await pilot.press("E")
        await until(pilot, lambda: deals.line("budget").ours.evidence == "first\nsecond")
        assert deals.line("budget").ours.grade is None


async def test_an_older_card_is_read_and_not_scored(deals: Deals) -> None:
    score(deals, "margin", 1, TODAY - WEEK)
    score(deals, "margin", 3)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        choose = pilot.app.screen
        await until(pilot, lambda: choose.query_one("#found", OptionList).option_count == 2)
        await pilot.press("down", "enter")
        await until(pilot, lambda: page.card and not page.card.is_latest)
        assert "score 25" in text(page, "head")
        assert not offered(page) & {"evidence", "rival", "drop"}
        await pilot.press("4")
        assert page.card is not None
        assert page.card.score.value == 25
        await pilot.press("escape")
        await until(pilot, lambda: page.card and page.card.is_latest and page.card.score.value == 75)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not page)


async def test_a_click_on_a_sentence_chooses_its_grade(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "margin")
        await pilot.click(Anchors, offset=(10, 2))
        await until(pilot, lambda: deals.line("margin").ours.grade == 2)
        assert page.focused is page.table


async def test_a_click_puts_the_cursor_on_a_row(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await pilot.click(ScoreTable, offset=(5, 5))
        assert page.table.line is not None
        assert page.table.line.code == "value"
        await pilot.click(ScoreTable, offset=(5, 6), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        assert "Margin" in str(pilot.app.screen.query_one("#dialog").border_title)


async def test_a_closed_gate_warns_above_all(deals: Deals) -> None:
    score(deals, "margin", 4)
    score(deals, "money", 1)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        assert "! Is there money to spend" in text(page, "head")
        assert "score 100" in text(page, "head")


async def test_why_shows_every_term(deals: Deals) -> None:
    score(deals, "margin", 3)
    score(deals, "budget", 1)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        await opened(pilot, deals)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScoreWhy))
        why = pilot.app.screen
        assert isinstance(why, ScoreWhy)
        words = [row.split() for row in why.told.plain.splitlines()]
        assert ["a", "card", "in", "the", "middle", "30", "%"] in words
        assert ["Margin", "5", "%", "3", "+13.1", "pt"] in words
        assert ["Budget", "created", "7", "%", "1", "-17.4", "pt"] in words
        assert ["P(win)", "26", "%"] in words
        assert ["P(win)", "times", "margin", "of", "62", "k€", "16", "k€"] in words


async def test_the_probability_and_the_expected_value_move_at_once(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        assert "P(win) 30 %" in text(page, "head")
        assert "the usual share" in text(page, "head")
        await go(pilot, page, "margin")
        await pilot.press("4")
        assert "P(win) 90 %" in text(page, "head")
        assert "from 0 outcomes" in text(page, "head")
        assert "EV 56 k€ before cost" in text(page, "head")
        await pilot.press("1")
        assert "raises P most" in text(page, "told")
        await until(pilot, lambda: deals.score_of() == 25)


async def test_a_computed_row_says_how_and_a_grade_of_ones_own_needs_a_reason(deals: Deals) -> None:
    generic.edit(deals.path, Account, deals.account, {"level": "account"}, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "level")
        assert "2.7≈" in shown(page)
        assert "level: Account" in shown(page)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComputedWhy))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScoreWhy))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is page)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press(*"new boss", "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is page and "1✎" in shown(page))
        assert "new boss" in shown(page)
        await pilot.press("question_mark")
        await until(pilot, lambda: "2.7≈" in shown(page))
        assert deals.line("level").ours.override_reason == ""


async def test_from_a_computed_row_one_goes_to_where_it_is_changed(deals: Deals) -> None:
    generic.edit(deals.path, Account, deals.account, {"level": "account"}, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        await go(pilot, page, "level")
        await pilot.press("w", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))
        account = pilot.app.screen
        assert isinstance(account, AccountPage)
        assert account.at == "relationship"


async def test_a_key_steps_the_budget_and_the_probability_follows(deals: Deals) -> None:
    score(deals, "margin", 2)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        for step in ("unaware", "aware", "wants to act", "a key person"):
            await pilot.press("b")
            await until(pilot, partial(_shows, page, f"step: {step}"))
        assert "P(win) 51 %" in text(page, "head")
        await pilot.press("B")
        await until(pilot, lambda: "step: wants to act" in shown(page))
        assert "P(win) 30 %" in text(page, "head")


async def test_of_a_closed_one_the_probability_given_at_the_time_is_told(deals: Deals) -> None:
    score(deals, "margin", 4)
    opportunities.edit(deals.path, deals.line4, {"stage": "lost", "reason": "price", "lesson": "ask"}, TUI, TODAY)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        assert "P(win) given at the time 90 %" in text(page, "head")
        assert "raises P most" not in text(page, "told")
        assert "budget(1)" not in offered(page)


async def test_a_newer_template_is_offered_and_taken(deals: Deals) -> None:
    score(deals, "margin", 3)
    new = generic.add(deals.path, ScorecardTemplate, {"name": "crmtui", "version": 2}, TUI)
    fields = {"template_id": new, "perspective": "return", "code": "margin", "label": "Margin"}
    generic.add(deals.path, Criterion, fields, TUI)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        assert "renew" in offered(page)
        await pilot.press("T")
        await until(pilot, lambda: page.card and page.card.template == ("crmtui", 2))
        assert line(page, "margin")().grade == 3
        await until(pilot, lambda: "renew" not in offered(page))


async def test_an_opportunity_that_is_deleted_elsewhere_closes_its_page(deals: Deals) -> None:
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        generic.delete(deals.path, Opportunity, [deals.line4], TUI)
        await until(pilot, lambda: pilot.app.screen is not page)


async def test_nothing_wraps_on_a_narrow_screen_and_the_reasons_fold(deals: Deals) -> None:
    for name in ("Kernov Robotics", "Halden", "Tresca", "Fjellvik"):
        commands.add_competitor(deals.path, deals.line4, name, TUI, TODAY)
    score(deals, "margin", 3)
    async with Workbench(deals.path).run_test(size=NARROW) as pilot:
        page = await opened(pilot, deals)
        assert not page.query_one("#side").display
        width = page.table.size.width
        assert all(page.table.render_line(y).cell_length == width for y in range(page.table.size.height))
        for _step in range(4):
            await pilot.press("right")
        assert page.table.rival is not None
        assert page.table.rival.name == "Fjellvik"
        assert "Fjellvik" in shown(page)
        await pilot.press("end")
        assert page.table.line is not None
        assert page.table.line.label in shown(page)
        await pilot.press("i")
        assert page.query_one("#side").display


async def test_text_from_outside_stays_text(deals: Deals) -> None:
    card = commands.start(deals.path, deals.line4, TUI, TODAY)
    lines = scorecards.card(deals.path, deals.line4, TODAY).lines
    with work(deals.path, "", TUI) as unit:
        for place, hostile in zip(lines, ["x" * 10_000, *SHORT.values()], strict=False):
            fields = {"evidence": hostile, "source": hostile[:400]}
            unit.insert(Answer, {"scorecard_id": card, "criterion_id": place.criterion_id, **fields})
    commands.add_competitor(deals.path, deals.line4, "Acme [/] Ltd", TUI, TODAY)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot, deals)
        for _row in range(22):
            await pilot.press("down")
        assert "Acme [/]" in shown(page)
        assert pilot.app.is_running
