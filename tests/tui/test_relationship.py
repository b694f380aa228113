from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.commands import assessments, records as generic
from crmtui.domain.accounts import Account
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Indicator, Level
from crmtui.errors import BusyError
from crmtui.method.gates import Name
from crmtui.queries import records
from crmtui.tui import editor, show
from crmtui.tui.actions import offers
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.dmu import DmuPage
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.account_head import AccountHead
from crmtui.tui.widgets.ladder_rows import Field
from crmtui.tui.widgets.page import SidePane
from crmtui.tui.widgets.relationship import Relationship
from crmtui.tui.widgets.told import Told
from relations import TODAY, TUI, Relation, begin
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.tui.widgets.ladder_rows import Place

MONTH = dt.timedelta(days=30)


@pytest.fixture
def aurora(workspace: Path) -> Relation:
    return begin(workspace)


async def opened(pilot: Pilot[int], aurora: Relation) -> Relationship:
    """The part of the account's page, once it has been read."""
    await enter(pilot, "accounts")
    app = pilot.app
    assert isinstance(app, Workbench)
    app.open_record("account", aurora.account)
    await until(pilot, lambda: isinstance(app.screen, AccountPage) and app.screen.page)
    page = app.screen
    assert isinstance(page, AccountPage)
    await page.open_tab("relationship")
    part = page.query_one(Relationship)
    await until(pilot, lambda: part.page and part.table.has_focus and beside(part))
    return part


def shown(part: Relationship) -> str:
    return "\n".join(part.table.render_line(y).text for y in range(part.table.size.height))


def standing(part: Relationship) -> str:
    return str(part.query_one("#standing", Static).content)


def beside(part: Relationship) -> str:
    return part.query_one(Told).content.plain


def actions(part: Relationship) -> set[str]:
    return {offer.action for offer in offers(part.screen)}


def grade(part: Relationship, indicator: Indicator) -> Callable[[], int | None]:
    return lambda: part.page.ratings[indicator].grade if part.page else None


async def on(pilot: Pilot[int], part: Relationship, place: Place) -> None:
    part.table.go_to(place)
    await pilot.pause()


async def test_one_that_nobody_assessed_says_how_to_begin(aurora: Relation) -> None:
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        assert "Partner  as entered, not assessed: 0 to 4 on a row begins" in standing(part)
        assert part.table.place is Name.BUYER_ORDERS
        assert f"{show.glyphs().cancelled} orders" in shown(part)
        assert "no order yet" in shown(part)
        assert "? bonds" in shown(part)
        assert "there is none yet" in beside(part)
        assert "Playbook: Partner" in beside(part)


async def test_a_digit_rates_the_row_and_the_figures_move_at_once(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        await pilot.press("3")
        assert grade(part, Indicator.PROMISES)() == 3
        assert "strength 75" in standing(part)
        await until(pilot, lambda: aurora.page().ratings[Indicator.PROMISES].grade == 3)
        await until(pilot, lambda: part.page and part.page.assessment and "by the gates" in standing(part))
        await pilot.press("question_mark")
        await until(pilot, lambda: aurora.page().ratings[Indicator.PROMISES].grade is None)
        assert grade(part, Indicator.PROMISES)() is None


async def test_dot_repeats_the_rating_on_another_row(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        await pilot.press("2")
        await until(pilot, lambda: aurora.page().ratings[Indicator.PROMISES].grade == 2)
        await pilot.press("down", "full_stop")
        await until(pilot, lambda: aurora.page().ratings[Indicator.PRODUCT].grade == 2)


async def test_gates_are_not_rated(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        assert "grade(0)" not in actions(part)
        assert "evidence" not in actions(part)
        await on(pilot, part, Indicator.PROMISES)
        assert {"grade(0)", "evidence"} <= actions(part)
        assert not {"plan", "open"} & actions(part)


async def test_one_key_makes_a_missing_gate_an_action_of_the_plan(aurora: Relation) -> None:
    due = TODAY + 3650 * dt.timedelta(days=1)
    generic.edit(aurora.path, Account, aurora.account, {"target_level": "account", "target_on": due}, TUI)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Name.ACCOUNT_BONDS)
        await pilot.press("a")
        await until(pilot, lambda: records.belonging(aurora.path, PlanAction, "account_id", aurora.account))
        (action,) = records.belonging(aurora.path, PlanAction, "account_id", aurora.account)
        assert (action.name, action.gate, action.due_on) == (
            *("Tie more bonds: find out first", "account_bonds"),
            due,
        )
        await until(pilot, lambda: "planned" in shown(part))
        assert "Tie more bonds" in beside(part)
        assert "plan" not in actions(part), "it is planned once"


async def test_evidence_is_written_in_a_form(aurora: Relation) -> None:
    aurora.rate(advice=3)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.ADVICE)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press(*"asked us", "ctrl+s")
        await until(pilot, lambda: aurora.page().ratings[Indicator.ADVICE].evidence == "asked us")
        assert aurora.page().ratings[Indicator.ADVICE].grade == 3
        await until(pilot, lambda: "asked us" in shown(part))


async def test_evidence_is_written_in_the_users_own_editor(aurora: Relation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "edited", lambda _app, _before: "in the plant's paper")
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.ADVICE)
        await pilot.press("E")
        await until(pilot, lambda: aurora.page().ratings[Indicator.ADVICE].evidence == "in the plant's paper")
        await on(pilot, part, Field.BENEFIT)
        await pilot.press("E")
        await until(pilot, lambda: (found := aurora.page().assessment) and found.benefit == "in the plant's paper")


async def test_willingness_is_rated_and_what_follows_is_said(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Field.WILLINGNESS)
        assert "Nobody has asked yet" in beside(part)
        await pilot.press("1")
        await until(pilot, lambda: "stays transactional" in shown(part))
        await until(pilot, lambda: "stays transactional" in beside(part))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))


async def test_level_and_target_are_set_in_a_form(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.go_to("override_level")
        await pilot.pause()
        await pilot.press("a", "ctrl+s")
        await until(pilot, lambda: "is needed" in "".join(str(one.content) for one in form.query(Static)))
        form.form.go_to("override_reason")
        await pilot.press(*"frame contract", "ctrl+s")
        await until(pilot, lambda: aurora.record().level is Level.ACCOUNT)
        await until(pilot, lambda: "set by hand" in standing(part))
        assert "frame contract" in standing(part)
        assert "by the gates Prospect" in standing(part)


async def test_a_target_that_somebody_else_set_meanwhile_is_told(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        await opened(pilot, aurora)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"target_level": Level.PARTNER})
        form.form.put({"target_level": Level.ACCOUNT.value})
        await pilot.press("ctrl+s")
        message = form.query_one("#message-target_level", Static)
        await until(pilot, lambda: "has made it “Partner” meanwhile" in str(message.content))


async def test_enter_goes_to_where_a_gate_is_met(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Name.PARTNER_RECOGNITION)
        await pilot.press("enter")
        assert part.table.place is Indicator.ADVICE
        await on(pilot, part, Name.BUYER_ORDERS)
        await pilot.press("enter")
        page = pilot.app.screen
        assert isinstance(page, AccountPage)
        await until(pilot, lambda: page.tabs.current == "orders")
        await page.open_tab("relationship")
        await on(pilot, part, Name.BUYER_COVER)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage))


async def test_why_tells_the_terms_and_what_to_find_out(aurora: Relation) -> None:
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.rate(performance=4, expertise=1)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Name.ACCOUNT_RECOGNITION)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        told = pilot.app.screen
        assert isinstance(told, ToldScreen)
        words = told.content.plain
        assert "know-how and expertise" in words
        assert "2.5 of 3" in words
        assert "How does it rate us: ability to advise?" in words
        assert "strength" in words


async def test_history_shows_falls_and_older_ones_are_only_read(aurora: Relation) -> None:
    given = {"override_level": "account", "override_reason": "frame contract"}
    assessments.assess(aurora.path, aurora.account, TUI, TODAY - MONTH, given=given)
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given={"override_level": None})
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        assert "↓ fell" in beside(part)
        assert "▅▁" in standing(part)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: part.page and not part.page.is_latest)
        assert "set by hand" in standing(part)
        await on(pilot, part, Indicator.ADVICE)
        assert not {"grade(0)", "evidence", "level"} & actions(part)
        assert "an older one, to read only" in standing(part)
        assert "latest" in actions(part)
        await pilot.press("escape")
        await until(pilot, lambda: part.page and part.page.is_latest)
        assert "latest" not in actions(part)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, AccountPage))


async def test_what_faded_since_is_said(aurora: Relation) -> None:
    aurora.person("Conti", "Head of purchasing", meetings=1, day=TODAY - 20 * MONTH)
    aurora.order(day=TODAY - 20 * MONTH)
    aurora.rate(promises=3, day=TODAY - 20 * MONTH)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        assert "Buyer" in standing(part)
        assert "today the gates say Prospect" in standing(part)


async def test_a_rating_that_cannot_be_saved_is_taken_back(aurora: Relation, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_given: object, **_more: object) -> int:
        raise BusyError("another process is writing")

    monkeypatch.setattr(assessments, "rate", busy)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        await pilot.press("3")
        await until(pilot, lambda: grade(part, Indicator.PROMISES)() is None)


async def test_undo_from_elsewhere_shows_up(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        await pilot.press("3")
        await until(pilot, lambda: records.belonging(aurora.path, Assessment, "account_id", aurora.account))
        await pilot.press("u")
        await until(pilot, lambda: grade(part, Indicator.PROMISES)() is None)
        assert records.every(aurora.path, AssessmentRating) == []


async def test_narrow_folds_the_side_and_loses_nothing(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot, aurora)
        side = part.query_one(SidePane)
        assert not side.display
        assert all(len(line) <= 80 for line in shown(part).splitlines())
        await pilot.press("i")
        await until(pilot, lambda: side.display)
        assert "Playbook" in beside(part)
        await pilot.press("escape")
        await until(pilot, lambda: not side.display)
        page = part.screen
        assert isinstance(page, AccountPage)
        await page.open_tab("profile")
        assert "pane" not in actions(part)


async def test_the_mouse_chooses_a_row(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await pilot.click(part.table, offset=(5, 2))
        assert part.table.place is Name.BUYER_COVER


async def test_a_hostile_evidence_is_text(aurora: Relation) -> None:
    said = assessments.Rating(indicator=Indicator.PROMISES, grade=2, evidence="[/] [@click=app.quit]x[/] \x1b[2J")
    assessments.rate(aurora.path, aurora.account, said, TUI, TODAY)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        assert "[@click=app.quit]x[/]" in beside(part)


async def test_the_second_click_goes_there_or_writes_the_evidence(aurora: Relation) -> None:
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await pilot.click(part.table, offset=(5, 2), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))
        await on(pilot, part, Indicator.PROMISES)
        row = next(y for y in range(part.table.size.height) if "keeping promises" in part.table.render_line(y).text)
        await pilot.click(part.table, offset=(5, row), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))


async def test_assessing_again_keeps_what_the_gates_say_now(aurora: Relation) -> None:
    aurora.rate(promises=3, day=TODAY - MONTH)
    aurora.person("Conti", "Head of purchasing", meetings=1)
    aurora.order()
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        assert "today the gates say Buyer" in standing(part)
        await pilot.press("n")
        await until(pilot, lambda: aurora.record().level is Level.BUYER)
        await until(pilot, lambda: part.page and len(part.page.moves) == 2)
        assert "today the gates say" not in standing(part)
        assert grade(part, Indicator.PROMISES)() == 3


async def test_the_assessment_that_is_shown_is_deleted_and_brought_back(aurora: Relation) -> None:
    aurora.rate(promises=3, day=TODAY - MONTH)
    aurora.rate(promises=1)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await pilot.press("d")
        await until(pilot, lambda: grade(part, Indicator.PROMISES)() == 3)
        await pilot.press("u")
        await until(pilot, lambda: grade(part, Indicator.PROMISES)() == 1)


async def test_what_is_cut_is_whole_in_the_status_line(aurora: Relation) -> None:
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    async with Workbench(aurora.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Name.PARTNER_COVER)
        status = part.screen.query_one("#status", Static)
        told = "nobody of that rank is on the map: general management, change leader"
        await until(pilot, lambda: told in str(status.content))
        page = part.screen
        assert isinstance(page, AccountPage)
        await page.open_tab("profile")
        await until(pilot, lambda: told not in str(status.content))
        assert "[Partner]  ~ not assessed" in page.query_one(AccountHead).render().plain


async def test_the_head_gives_up_words_before_the_target(aurora: Relation) -> None:
    given = {"level": "partner", "target_level": "partner", "target_on": TODAY + dt.timedelta(400)}
    generic.edit(aurora.path, Account, aurora.account, given, TUI)
    async with Workbench(aurora.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot, aurora)
        head = part.screen.query_one(AccountHead)
        await until(pilot, lambda: "[Partner]" in head.render().plain)
        told = head.render().plain
        assert "[Partner]  ~   target Partner Q2 2027" in told


async def test_the_head_marks_a_level_that_was_set_by_hand(aurora: Relation) -> None:
    given = {"override_level": "account", "override_reason": "frame contract"}
    assessments.assess(aurora.path, aurora.account, TUI, TODAY, given=given)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        head = part.screen.query_one(AccountHead).render().plain
        assert f"[Account]── Partner  {show.glyphs().override} by hand" in head


async def test_a_level_that_moves_is_said(aurora: Relation) -> None:
    """The first rating of an account that was entered as a partner asks the gates."""
    generic.edit(aurora.path, Account, aurora.account, {"level": "partner"}, TUI)
    async with Workbench(aurora.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, aurora)
        await on(pilot, part, Indicator.PROMISES)
        await pilot.press("3")
        await until(pilot, lambda: any("Partner to Prospect" in one.message for one in pilot.app._notifications))
