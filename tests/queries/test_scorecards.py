from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import dmu, records, scorecards as commands
from crmtui.commands.scorecards import Cell, Judgement
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.domain.words import BudgetRung, Level, Perspective
from crmtui.errors import InvalidError, NotFoundError
from crmtui.queries import lists, opportunities, scorecards
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

WEEK = dt.timedelta(days=7)


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def score(deals: Deals, day: dt.date = TODAY, competitor: int | None = None, **grades: int | None) -> int:
    card = 0
    for code, grade in grades.items():
        place = Cell(deals.line4, deals.line(code).criterion_id, competitor)
        card = commands.score(deals.path, place, grade, TUI, day)
    return card


def test_before_the_first_scoring_the_card_shows_the_current_template(deals: Deals) -> None:
    card = scorecards.card(deals.path, deals.line4, TODAY)
    assert (card.scorecard_id, card.day, card.is_latest) == (None, None, True)
    assert card.score.value is None
    assert card.account == "Aurora Spa"
    assert card.moments == ()
    assert len(card.lines) == 22
    assert all(len(line.anchors) == 5 for line in card.lines)


def test_gates_come_first_and_then_the_perspectives_in_order(deals: Deals) -> None:
    lines = scorecards.card(deals.path, deals.line4, TODAY).lines
    assert [line.code for line in lines[:3]] == ["money", "soundness", "value"]
    seen = list(dict.fromkeys(line.perspective for line in lines if not line.is_gate))
    assert seen == list(Perspective)


def test_the_figure_is_made_of_its_terms(deals: Deals) -> None:
    score(deals, margin=3, budget=1, need=4)
    found = scorecards.card(deals.path, deals.line4, TODAY).score
    assert found.value == pytest.approx(100 * (9 + 4 + 16) / 44)
    assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)
    assert 0 < found.completeness < 0.25
    assert found.open_questions[:2] == ("money", "soundness")


def test_a_low_gate_warns(deals: Deals) -> None:
    score(deals, money=1, soundness=4, margin=4)
    found = scorecards.card(deals.path, deals.line4, TODAY).score
    assert found.closed_gates == ("money",)
    assert found.value == 100


def test_the_trend_has_a_moment_for_each_day(deals: Deals) -> None:
    first = score(deals, TODAY - 2 * WEEK, margin=1)
    score(deals, TODAY - WEEK, margin=2)
    score(deals, margin=3)
    card = scorecards.card(deals.path, deals.line4, TODAY)
    assert [moment.score for moment in card.moments] == [25, 50, 75]
    assert [moment.day for moment in card.moments] == [TODAY - 2 * WEEK, TODAY - WEEK, TODAY]
    older = scorecards.card(deals.path, deals.line4, TODAY, first)
    assert (older.is_latest, older.score.value) == (False, 25)


def test_competitors_stand_beside_us_in_the_order_they_came(deals: Deals) -> None:
    rivals = [commands.add_competitor(deals.path, deals.line4, name, TUI, TODAY) for name in ("Zeta", "Alfa")]
    score(deals, price=1, relations=4)
    score(deals, competitor=rivals[1], price=4, offer_fit=2)
    card = scorecards.card(deals.path, deals.line4, TODAY)
    assert [rival.name for rival in card.rivals] == ["Zeta", "Alfa"]
    line = next(line for line in card.lines if line.code == "price")
    assert [answer.grade for answer in line.theirs] == [None, 4]
    assert card.rivals[0].comparison.them is None
    assert (card.rivals[1].comparison.us, card.rivals[1].comparison.them) == (25, 100)
    assert card.rivals[1].comparison.behind == ("price",)


def test_what_is_gone_says_so(deals: Deals) -> None:
    with pytest.raises(NotFoundError):
        scorecards.card(deals.path, 99, TODAY)
    with pytest.raises(NotFoundError):
        scorecards.card(deals.path, deals.line4, TODAY, 99)


def test_the_list_has_a_row_for_each_dated_card(deals: Deals) -> None:
    score(deals, TODAY - WEEK, margin=2)
    score(deals, margin=3, budget=1)
    ids = lists.ids(deals.path, "scorecards", TODAY)
    keys = [column.key for column in lists.columns("scorecards")]
    rows = lists.rows(deals.path, "scorecards", ids, TODAY)
    newest = dict(zip(keys, rows[ids[0]], strict=True))
    assert newest["day"] == TODAY.isoformat()
    assert newest["score"] == pytest.approx((deals.score_of() or 0) / 100)
    assert newest["complete"] == pytest.approx(scorecards.card(deals.path, deals.line4, TODAY).score.completeness)
    assert newest["unknown"] == 20
    assert len(lists.ids(deals.path, "scorecards", TODAY, filter_text="line day<3d")) == 1
    assert len(lists.ids(deals.path, "scorecards", TODAY, filter_text="aurora score>=0.5")) == 1


def test_a_regraded_card_is_the_one_that_will_be_read_after_saving(deals: Deals) -> None:
    rival = commands.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY - WEEK)
    score(deals, TODAY - WEEK, margin=1, price=2)
    page = scorecards.card(deals.path, deals.line4, TODAY)
    for code, competitor, grade in (
        ("margin", None, 4),
        ("budget", None, 2),
        ("price", rival, 4),
        ("margin", None, None),
    ):
        criterion = deals.line(code).criterion_id
        page = scorecards.regraded(page, criterion, competitor, grade, TODAY)
        commands.score(deals.path, Cell(deals.line4, criterion, competitor), grade, TUI, TODAY)
        saved = scorecards.card(deals.path, deals.line4, TODAY)
        assert (page.lines, page.score, page.rivals, page.day) == (saved.lines, saved.score, saved.rivals, saved.day)
        assert [(one.day, one.score) for one in page.moments] == [(one.day, one.score) for one in saved.moments]


def test_computed_criteria_are_filled_in_and_say_from_what(deals: Deals) -> None:
    records.edit(deals.path, Account, deals.account, {"level": Level.ACCOUNT}, TUI)
    line = deals.line("level")
    assert line.is_computed
    assert line.grade == pytest.approx(8 / 3)
    assert deals.line("favour").grade is None
    assert deals.line("margin").filled is None


def test_a_computed_grade_is_set_by_hand_with_a_reason_alone_and_given_back(deals: Deals) -> None:
    records.edit(deals.path, Account, deals.account, {"level": Level.ACCOUNT}, TUI)
    place = Cell(deals.line4, deals.line("level").criterion_id)
    with pytest.raises(InvalidError, match="is computed"):
        commands.score(deals.path, place, 1, TUI, TODAY)
    commands.score(deals.path, place, 1, TUI, TODAY, more=Judgement(override_reason="a new board"))
    assert deals.line("level").is_overridden
    assert deals.line("level").grade == 1
    commands.score(deals.path, place, 2, TUI, TODAY)
    assert deals.line("level").grade == 2
    commands.score(deals.path, place, None, TUI, TODAY)
    assert deals.line("level").is_computed
    assert deals.line("level").ours.override_reason == ""


def test_what_cannot_be_computed_is_graded_by_hand(deals: Deals) -> None:
    score(deals, favour=3)
    line = deals.line("favour")
    assert (line.grade, line.is_computed, line.is_overridden) == (3, False, False)


def test_an_older_card_keeps_what_was_computed_that_day(deals: Deals) -> None:
    records.edit(deals.path, Account, deals.account, {"level": Level.BUYER}, TUI)
    old = score(deals, margin=2)
    records.edit(deals.path, Account, deals.account, {"level": Level.PARTNER}, TUI)
    score(deals, TODAY + WEEK, margin=3)
    card = scorecards.card(deals.path, deals.line4, TODAY + WEEK, old)
    assert next(line.grade for line in card.lines if line.code == "level") == pytest.approx(4 / 3)
    assert deals.line("level").grade == 4


def test_a_card_keeps_the_probability_as_it_was_given(deals: Deals) -> None:
    score(deals, margin=3)
    given = scorecards.card(deals.path, deals.line4, TODAY).chance
    score(deals, TODAY + WEEK, margin=4)
    first, second = scorecards.card(deals.path, deals.line4, TODAY + WEEK).moments
    assert first.is_given
    assert first.probability == pytest.approx(given.value)
    assert second.probability == pytest.approx(0.9)


def test_the_expected_value_is_on_the_page(deals: Deals) -> None:
    records.edit(deals.path, Opportunity, deals.line4, {"cost_to_spend": 100_000}, TUI)
    score(deals, margin=4)
    found = scorecards.card(deals.path, deals.line4, TODAY).expected
    assert found.value == round(0.9 * 6_200_000) - 100_000


def test_a_template_without_criteria_gives_the_base_rate(deals: Deals) -> None:
    empty = records.add(deals.path, ScorecardTemplate, {"name": "Empty"}, TUI)
    commands.start(deals.path, deals.line4, TUI, TODAY, template_id=empty)
    card = scorecards.card(deals.path, deals.line4, TODAY)
    assert (card.chance.value, card.chance.z, card.score.value) == (0.30, None, None)


def test_the_budget_steps_up_and_down_and_stops_at_the_ends(deals: Deals) -> None:
    steps = [commands.step_budget(deals.path, deals.line4, 1, TUI, TODAY) for _step in range(6)]
    assert steps == [*BudgetRung, BudgetRung.SET]
    for _step in range(5):
        commands.step_budget(deals.path, deals.line4, -1, TUI, TODAY)
    assert deals.line("budget").grade is None
    assert commands.step_budget(deals.path, deals.line4, -1, TUI, TODAY) is None


def test_before_the_first_scoring_a_map_alone_moves_nothing_and_the_list_says_the_same(deals: Deals) -> None:
    """Somebody who was never met is a coverage of 0: as the only answer it would make P(win) a confident figure."""
    dmu.add_placeholder(deals.path, dmu.Place(account_id=deals.account), "Plant manager", TUI, TODAY)
    page = scorecards.card(deals.path, deals.line4, TODAY)
    assert next(line.grade for line in page.lines if line.code == "coverage") == 0
    assert (page.chance.value, page.chance.z, page.score.value) == (0.30, None, None)
    assert opportunities.page(deals.path, deals.line4, TODAY).chance.value == page.chance.value
