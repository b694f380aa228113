"""P(win) from a workspace: what its closed opportunities teach, and what that says of the open ones."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import opportunities, records, scorecards as commands
from crmtui.commands.scorecards import Cell
from crmtui.commands.workspace import configure
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import BudgetRung, Level, Stage
from crmtui.queries import winning
from crmtui.store.reading.connections import reading
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from crmtui.method.winrate import Chance, Estimate
    from crmtui.method.winrate_learning import Outcome
    from crmtui.queries.winning import Learnt

DAY = dt.timedelta(days=1)


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def learnt(deals: Deals) -> Learnt:
    with reading(deals.path) as connection:
        return winning.learnt(connection)


def estimate(deals: Deals, opportunity: int = 0) -> Estimate:
    key = opportunity or deals.line4
    with reading(deals.path) as connection:
        return winning.estimates(connection, [key], TODAY)[key]


def chance(deals: Deals, opportunity: int = 0) -> Chance:
    key = opportunity or deals.line4
    with reading(deals.path) as connection:
        return winning.chances(connection, [key], TODAY)[key]


def score(deals: Deals, opportunity: int, day: dt.date = TODAY, **grades: int | None) -> None:
    for code, grade in grades.items():
        commands.score(deals.path, Cell(opportunity, deals.line(code).criterion_id), grade, TUI, day)


def close(deals: Deals, name: str, *, is_won: bool, day: dt.date = TODAY, **grades: int | None) -> int:
    """An opportunity that was scored the day before it was closed."""
    key = deals.add(name, account_id=deals.account)
    score(deals, key, day - DAY, **grades)
    end(deals, key, Stage.WON if is_won else Stage.LOST, day)
    return key


def end(deals: Deals, key: int, stage: Stage, day: dt.date = TODAY) -> None:
    opportunities.edit(deals.path, key, {"stage": stage, "reason": "price", "lesson": "ask first"}, TUI, day)


def test_without_a_card_it_is_the_base_rate_with_the_full_band(deals: Deals) -> None:
    found = estimate(deals)
    assert (found.value, found.z, found.completeness) == (0.30, None, 0)
    assert found.low < 0.1
    assert found.high > 0.8


def test_the_users_own_base_rate_counts(deals: Deals) -> None:
    configure(deals.path, {"base_rate": 0.5}, TUI)
    assert estimate(deals).value == 0.5


def test_a_card_moves_it_and_its_terms_say_how(deals: Deals) -> None:
    score(deals, deals.line4, need=4, margin=3, price=1)
    found = chance(deals)
    points = {term.code: term.points for term in found.terms}
    assert found.value > 0.30
    assert (points["need"] or 0) > (points["margin"] or 0) > 0 > (points["price"] or 0)
    assert found.start + sum(one for one in points.values() if one is not None) == pytest.approx(found.value)
    assert found.value == pytest.approx(estimate(deals).value)
    assert (found.low, found.high) == pytest.approx((estimate(deals).low, estimate(deals).high))


def test_the_level_of_the_account_and_the_step_of_the_budget_are_filled_in(deals: Deals) -> None:
    score(deals, deals.line4, need=2)
    before = {term.code: term.grade for term in chance(deals).terms}
    assert before["level"] is before["favour"] is None
    records.edit(deals.path, Account, deals.account, {"level": Level.PARTNER}, TUI)
    records.edit(deals.path, Opportunity, deals.line4, {"budget": BudgetRung.ACCEPTED}, TUI)
    after = {term.code: term.grade for term in chance(deals).terms}
    assert after["level"] == 4
    assert after["budget"] == 3
    records.edit(deals.path, Account, deals.account, {"level": Level.PROSPECT, "level_on": TODAY}, TUI)
    assert {term.code: term.grade for term in chance(deals).terms}["level"] == 0


def test_outcomes_are_learnt_from_and_their_number_told(deals: Deals) -> None:
    score(deals, deals.line4, need=3)
    before = chance(deals)
    for number in range(4):
        close(deals, f"won {number}", is_won=True, need=4)
    after = chance(deals)
    assert (before.count, after.count) == (0, 4)
    assert after.value > before.value


def test_a_card_of_after_the_close_is_hindsight_and_not_learnt_from(deals: Deals) -> None:
    key = close(deals, "won", is_won=True, need=1)
    score(deals, key, TODAY + DAY, need=4)
    (outcome,) = learnt(deals).outcomes["crmtui"]
    assert outcome.grades["need"] == 1


def test_grades_that_are_no_longer_learnt_from_are_not_read(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winning, "LATEST", 1)
    for number, grade in enumerate((4, 3, None)):
        close(deals, f"Old {number}", is_won=True, day=TODAY - dt.timedelta(days=9 - number), need=grade)
    kept = [(one.is_old, one.is_answered, dict(one.grades)) for one in learnt(deals).outcomes["crmtui"]]
    assert kept[:2] == [(True, True, {}), (False, True, {"need": 3.0})]
    assert not any(is_old or is_answered for is_old, is_answered, _grades in kept[2:])


def test_closed_ones_without_a_card_move_the_rate_alone(deals: Deals) -> None:
    for number in range(10):
        key = deals.add(f"won {number}")
        end(deals, key, Stage.WON)
    assert estimate(deals).value == pytest.approx((10 + 3) / 20)
    assert learnt(deals).model("").count == 0


def test_what_was_learnt_is_kept_until_an_outcome_changes(deals: Deals) -> None:
    close(deals, "won", is_won=True, need=4)
    before = learnt(deals)
    score(deals, deals.line4, need=4)
    assert learnt(deals) is before
    close(deals, "lost", is_won=False, need=1)
    assert learnt(deals) is not before


def test_what_was_learnt_from_one_file_is_not_taken_for_that_of_another(deals: Deals) -> None:
    other = deals.path.with_name("other.db")
    shutil.copy(deals.path, other)
    close(deals, "won", is_won=True, need=4)
    learnt(deals)
    elsewhere = replace(deals, path=other)
    close(elsewhere, "lost", is_won=False, need=4)
    other.replace(deals.path)
    assert [one.is_won for those in learnt(deals).outcomes.values() for one in those] == [False]


def test_every_open_one_is_told_at_once(deals: Deals) -> None:
    other = deals.add("Line 5")
    close(deals, "won", is_won=True, need=4)
    score(deals, other, need=4)
    with reading(deals.path) as connection:
        found = winning.estimates(connection, None, TODAY)
        terms = winning.chances(connection, None, TODAY)
    assert set(found) == set(terms) == {deals.line4, other}
    assert all(found[key].value == pytest.approx(terms[key].value) for key in found)
    assert found[other].value > found[deals.line4].value


def test_after_changes_to_other_things_outcomes_are_not_even_read(
    deals: Deals, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(deals, "Won", is_won=True, need=4)
    before = learnt(deals)
    read: list[sqlite3.Connection] = []
    really = winning._outcomes

    def noted(connection: sqlite3.Connection) -> dict[str, list[Outcome]]:
        read.append(connection)
        return really(connection)

    monkeypatch.setattr(winning, "_outcomes", noted)
    records.edit(deals.path, Account, deals.account, {"name": "Aurora Nova"}, TUI)
    assert learnt(deals) is before
    assert not read
    close(deals, "Lost", is_won=False, need=0)
    assert learnt(deals) is not before
    assert read
