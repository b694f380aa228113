from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import opportunities as commands, records, scorecards
from crmtui.commands.scorecards import Cell
from crmtui.domain.accounts import Account
from crmtui.domain.words import Level, Stage
from crmtui.errors import NotFoundError, UsageError
from crmtui.queries import lists, opportunities
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.opportunities import Pot

LEARNT = {"reason": "price", "lesson": "ask for the budget first"}


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def pot(deals: Deals, stage: Stage, words: str = "") -> Pot:
    board = opportunities.board(deals.path, TODAY, words)
    return next(column.pot for column in board.stages if column.stage is stage)


def score(deals: Deals, opportunity: int, grade: int) -> None:
    scorecards.score(deals.path, Cell(opportunity, deals.line("margin").criterion_id), grade, TUI, TODAY)


def test_every_stage_is_on_the_board_also_when_nothing_is_in_it(deals: Deals) -> None:
    board = opportunities.board(deals.path, TODAY)
    assert [column.stage for column in board.stages] == list(Stage)
    assert [column.pot.count for column in board.stages] == [1, 0, 0, 0, 0, 0]


def test_weighted_sums_take_the_probability_and_tell_what_has_no_card(deals: Deals) -> None:
    """A card of one grade 3: z = 0.5, so half of the way from 30 % to 90 % in log-odds; without a card 30 %."""
    scorecards.score(
        deals.path, Cell(deals.line4, deals.line("margin").criterion_id), 0, TUI, TODAY - dt.timedelta(days=9)
    )
    score(deals, deals.line4, 3)
    deals.add("Unscored", value=100)
    deals.add("Worthless")
    found = pot(deals, Stage.PROSPECTING)
    assert (found.count, found.unvalued, found.unscored) == (3, 1, 1)
    assert found.values == ((18_000_100, "EUR"),)
    share = 1 / (1 + math.exp(-(math.log(3 / 7) + math.log(9)) / 2))
    assert found.weighted == ((round(18_000_000 * share + 30), "EUR"),)


def test_the_list_sorts_and_filters_by_probability_and_expected_value(deals: Deals) -> None:
    small = deals.add("Small", margin=100, cost_to_spend=200)
    score(deals, small, 4)
    closed = deals.add("Won already", value=500)
    commands.edit(deals.path, closed, {"stage": "won", **LEARNT}, TUI, TODAY)
    assert list(lists.ids(deals.path, "opportunities", TODAY, order="-win")) == [small, deals.line4, closed]
    assert list(lists.ids(deals.path, "opportunities", TODAY, order="ev")) == [small, deals.line4, closed]
    assert list(lists.ids(deals.path, "opportunities", TODAY, filter_text="win>50%")) == [small]
    assert list(lists.ids(deals.path, "opportunities", TODAY, filter_text="ev>0")) == [deals.line4]
    keys = [column.key for column in lists.columns("opportunities")]
    cells = dict(zip(keys, lists.rows(deals.path, "opportunities", [small], TODAY)[small], strict=True))
    assert cells["win"] == pytest.approx(0.9)
    assert cells["ev"] == (90 - 200, "EUR")


def test_the_page_tells_what_an_opportunity_can_be_expected_to_bring(deals: Deals) -> None:
    page = opportunities.page(deals.path, deals.line4, TODAY)
    assert (page.chance.value, page.chance.z, page.count) == (0.30, None, 0)
    assert page.expected.value == round(0.3 * 6_200_000)


def test_money_is_never_added_across_currencies(deals: Deals) -> None:
    deals.add("Fjord", value=700, currency="NOK")
    deals.add("Delta", value=300)
    assert pot(deals, Stage.PROSPECTING).values == ((18_000_300, "EUR"), (700, "NOK"))


def test_the_pipeline_is_what_is_open(deals: Deals) -> None:
    made = deals.add("Won already", value=500)
    commands.edit(deals.path, made, {"stage": "won", **LEARNT}, TUI, TODAY)
    board = opportunities.board(deals.path, TODAY)
    assert (board.pipeline.count, board.pipeline.values) == (1, ((18_000_000, "EUR"),))
    assert pot(deals, Stage.WON).values == ((500, "EUR"),)


def test_the_forecast_goes_by_month_with_what_is_late_and_what_has_no_date(deals: Deals) -> None:
    deals.add("Late", value=1, expected_on=dt.date(2026, 2, 27))
    deals.add("Later still", value=2, expected_on=dt.date(2025, 12, 1))
    deals.add("This month", value=4, expected_on=dt.date(2026, 3, 2))
    deals.add("Some day", value=8)
    months = opportunities.board(deals.path, TODAY).months
    assert [(month.month, month.is_overdue, month.pot.values[0][0]) for month in months] == [
        (None, True, 3),
        (dt.date(2026, 3, 1), False, 4),
        (dt.date(2026, 6, 1), False, 18_000_000),
        (None, False, 8),
    ]


def test_a_filter_narrows_the_board_as_it_does_the_list(deals: Deals) -> None:
    deals.add("Orphan", value=5)
    assert pot(deals, Stage.PROSPECTING, "account:none").values == ((5, "EUR"),)
    assert pot(deals, Stage.PROSPECTING, "aurora").count == 1
    assert len(lists.ids(deals.path, "opportunities", TODAY, filter_text="account:none")) == 1
    with pytest.raises(UsageError):
        opportunities.board(deals.path, TODAY, "stage:dreaming")


def test_the_page_holds_names_stages_and_scores(deals: Deals) -> None:
    commands.move(deals.path, deals.line4, Stage.ENGAGING, TUI, TODAY + dt.timedelta(days=3))
    score(deals, deals.line4, 3)
    page = opportunities.page(deals.path, deals.line4, TODAY)
    assert (page.account, page.owner, page.lost_to) == ("Aurora Spa", "", "")
    assert [change.stage for change in page.stages] == [Stage.PROSPECTING, Stage.ENGAGING]
    assert page.since == TODAY + dt.timedelta(days=3)
    assert [moment.score for moment in page.moments] == [75]
    assert (page.last_contact, page.next_contact) == (None, None)


def test_the_page_of_what_is_gone_says_so(deals: Deals) -> None:
    with pytest.raises(NotFoundError):
        opportunities.page(deals.path, 99, TODAY)


def test_the_score_is_the_same_in_the_list_the_preview_and_on_the_scorecard(deals: Deals) -> None:
    """What is computed goes on changing after the day of a card, and wherever the score stands it is of today."""
    before = TODAY - dt.timedelta(days=9)
    scorecards.score(deals.path, Cell(deals.line4, deals.line("margin").criterion_id), 2, TUI, before)
    records.edit(deals.path, Account, deals.account, {"level": Level.PARTNER, "level_on": TODAY}, TUI)
    now = deals.score_of()
    assert now == pytest.approx(75)  # margin 2 and level 4, both of weight 3
    page = opportunities.page(deals.path, deals.line4, TODAY)
    assert [(one.day, one.score) for one in page.moments] == [(before, 50), (TODAY, now)]
    assert page.moments[-1].probability == page.chance.value
    columns = [column.key for column in lists.columns("opportunities")]
    cells = lists.rows(deals.path, "opportunities", [deals.line4], TODAY)[deals.line4]
    assert cells[columns.index("score")] == pytest.approx(0.75)
    assert list(lists.ids(deals.path, "opportunities", TODAY, filter_text="score>70%")) == [deals.line4]


def test_the_score_of_what_is_closed_stays_what_it_was(deals: Deals) -> None:
    score(deals, deals.line4, 2)
    commands.edit(deals.path, deals.line4, {"stage": "won", **LEARNT}, TUI, TODAY)
    records.edit(deals.path, Account, deals.account, {"level": Level.PARTNER, "level_on": TODAY}, TUI)
    assert opportunities.page(deals.path, deals.line4, TODAY).moments[-1].score == 50
    columns = [column.key for column in lists.columns("opportunities")]
    cells = lists.rows(deals.path, "opportunities", [deals.line4], TODAY)[deals.line4]
    assert cells[columns.index("score")] == pytest.approx(0.5)
