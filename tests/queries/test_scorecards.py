from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import scorecards as commands
from crmtui.commands.scorecards import Cell
from crmtui.domain.words import Perspective
from crmtui.errors import NotFoundError
from crmtui.queries import lists, scorecards
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
    card = scorecards.card(deals.path, deals.line4)
    assert (card.scorecard_id, card.day, card.is_latest) == (None, None, True)
    assert card.score.value is None
    assert card.account == "Aurora Spa"
    assert card.moments == ()
    assert len(card.lines) == 22
    assert all(len(line.anchors) == 5 for line in card.lines)


def test_gates_come_first_and_then_the_perspectives_in_order(deals: Deals) -> None:
    lines = scorecards.card(deals.path, deals.line4).lines
    assert [line.code for line in lines[:3]] == ["money", "soundness", "value"]
    seen = list(dict.fromkeys(line.perspective for line in lines if not line.is_gate))
    assert seen == list(Perspective)


def test_the_figure_is_made_of_its_terms(deals: Deals) -> None:
    score(deals, margin=3, budget=1, need=4)
    found = scorecards.card(deals.path, deals.line4).score
    assert found.value == pytest.approx(100 * (9 + 4 + 16) / 44)
    assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)
    assert 0 < found.completeness < 0.25
    assert found.open_questions[:2] == ("money", "soundness")


def test_a_low_gate_warns(deals: Deals) -> None:
    score(deals, money=1, soundness=4, margin=4)
    found = scorecards.card(deals.path, deals.line4).score
    assert found.closed_gates == ("money",)
    assert found.value == 100


def test_the_trend_has_a_moment_for_each_day(deals: Deals) -> None:
    first = score(deals, TODAY - 2 * WEEK, margin=1)
    score(deals, TODAY - WEEK, margin=2)
    score(deals, margin=3)
    card = scorecards.card(deals.path, deals.line4)
    assert [moment.score for moment in card.moments] == [25, 50, 75]
    assert [moment.day for moment in card.moments] == [TODAY - 2 * WEEK, TODAY - WEEK, TODAY]
    older = scorecards.card(deals.path, deals.line4, first)
    assert (older.is_latest, older.score.value) == (False, 25)


def test_competitors_stand_beside_us_in_the_order_they_came(deals: Deals) -> None:
    rivals = [commands.add_competitor(deals.path, deals.line4, name, TUI, TODAY) for name in ("Zeta", "Alfa")]
    score(deals, price=1, relations=4)
    score(deals, competitor=rivals[1], price=4, offer_fit=2)
    card = scorecards.card(deals.path, deals.line4)
    assert [rival.name for rival in card.rivals] == ["Zeta", "Alfa"]
    line = next(line for line in card.lines if line.code == "price")
    assert [answer.grade for answer in line.theirs] == [None, 4]
    assert card.rivals[0].comparison.them is None
    assert (card.rivals[1].comparison.us, card.rivals[1].comparison.them) == (25, 100)
    assert card.rivals[1].comparison.behind == ("price",)


def test_what_is_gone_says_so(deals: Deals) -> None:
    with pytest.raises(NotFoundError):
        scorecards.card(deals.path, 99)
    with pytest.raises(NotFoundError):
        scorecards.card(deals.path, deals.line4, 99)


def test_the_list_has_a_row_for_each_dated_card(deals: Deals) -> None:
    score(deals, TODAY - WEEK, margin=2)
    score(deals, margin=3, budget=1)
    ids = lists.ids(deals.path, "scorecards", TODAY)
    keys = [column.key for column in lists.columns("scorecards")]
    rows = lists.rows(deals.path, "scorecards", ids, TODAY)
    newest = dict(zip(keys, rows[ids[0]], strict=True))
    assert newest["day"] == TODAY.isoformat()
    assert newest["score"] == pytest.approx((deals.score_of() or 0) / 100)
    assert newest["complete"] == pytest.approx(scorecards.card(deals.path, deals.line4).score.completeness)
    assert newest["unknown"] == 20
    assert len(lists.ids(deals.path, "scorecards", TODAY, filter_text="line day<3d")) == 1
    assert len(lists.ids(deals.path, "scorecards", TODAY, filter_text="aurora score>=0.5")) == 1


def test_a_regraded_card_is_the_one_that_will_be_read_after_saving(deals: Deals) -> None:
    rival = commands.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY - WEEK)
    score(deals, TODAY - WEEK, margin=1, price=2)
    page = scorecards.card(deals.path, deals.line4)
    for code, competitor, grade in (
        ("margin", None, 4),
        ("budget", None, 2),
        ("price", rival, 4),
        ("margin", None, None),
    ):
        criterion = deals.line(code).criterion_id
        page = scorecards.regraded(page, criterion, competitor, grade, TODAY)
        commands.score(deals.path, Cell(deals.line4, criterion, competitor), grade, TUI, TODAY)
        saved = scorecards.card(deals.path, deals.line4)
        assert (page.lines, page.score, page.rivals, page.day) == (saved.lines, saved.score, saved.rivals, saved.day)
        assert [(one.day, one.score) for one in page.moments] == [(one.day, one.score) for one in saved.moments]
