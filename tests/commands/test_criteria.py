"""Criteria of the matrix with their weights, and the grades of accounts by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import criteria, grades, history, records
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Axis, Basis, Figure, Source
from crmtui.errors import ConflictError, InvalidError
from crmtui.queries import matrix, records as queries
from crmtui.store.reading.connections import reading
from customers import TODAY, Customers

if TYPE_CHECKING:
    from pathlib import Path

CLI = Source.CLI


@pytest.fixture
def customers(workspace: Path) -> Customers:
    return Customers(workspace)


def named(path: Path) -> dict[str, PortfolioCriterion]:
    return {one.name: one for one in queries.every(path, PortfolioCriterion)}


def graded(path: Path) -> list[PortfolioGrade]:
    return queries.every(path, PortfolioGrade)


def test_a_new_workspace_has_the_criteria_of_the_method_and_places_accounts_as_they_do(customers: Customers) -> None:
    found = named(customers.path)
    assert [one.position for one in found.values() if one.axis is Axis.ATTRACTIVENESS] == [1, 2, 3, 4, 5, 6]
    assert found["recognition, bonds and coverage"].computed is Figure.STRENGTH
    big = customers.account("Big", potential=1_000_000, currency="EUR")
    customers.order(big, 0.5, 30_000, price=200_000)
    with_rows = matrix.page(customers.path, TODAY)
    records.delete(customers.path, PortfolioCriterion, [one.id for one in found.values()], CLI)
    without = matrix.page(customers.path, TODAY)
    assert (len(with_rows.own), len(without.own)) == (2, 0)
    assert [one.place for one in with_rows.lines] == [one.place for one in without.lines]
    assert sorted(one.weight for one in with_rows.criteria) == sorted(one.weight for one in without.criteria)


def test_the_last_weight_of_an_axis_is_not_taken_away(customers: Customers) -> None:
    path = customers.path
    strength = named(path)["recognition, bonds and coverage"].id
    with pytest.raises(InvalidError, match="weight: at least one criterion of strength of the relationship"):
        criteria.edit(path, strength, {"weight": 0.0}, CLI)
    with pytest.raises(InvalidError, match="nobody has a place"):
        criteria.weigh(path, strength, -50, CLI)
    with pytest.raises(InvalidError, match="-1 is below 0"):
        criteria.edit(path, strength, {"weight": -1.0}, CLI)
    assert criteria.weigh(path, strength, 200, CLI) == 100
    trust = criteria.add(path, {"axis": Axis.STRENGTH, "name": "Trust", "weight": 2.0}, CLI)
    assert queries.get(path, PortfolioCriterion, trust).position == 2
    criteria.edit(path, strength, {"weight": 0.0}, CLI)
    assert named(path)["recognition, bonds and coverage"].weight == 0
    with pytest.raises(ConflictError):
        criteria.add(path, {"axis": Axis.STRENGTH, "name": "Trust"}, CLI)


def test_what_is_missing_of_the_method_comes_back_and_the_rest_stays(customers: Customers) -> None:
    path = customers.path
    criteria.edit(path, named(path)["margin that it leaves"].id, {"weight": 7.0}, CLI)
    records.delete(path, PortfolioCriterion, [named(path)["others look at it"].id], CLI)
    assert criteria.restore(path, CLI) == 1
    assert criteria.restore(path, CLI) == 0
    assert named(path)["margin that it leaves"].weight == 7
    assert named(path)["others look at it"].position == 6


def test_another_grade_is_a_new_judgement(customers: Customers) -> None:
    path, account = customers.path, customers.account()
    growth, ease = (named(path)[name].id for name in ("its own business grows", "easy and cheap to serve"))
    said = {"grade": 3, "source": "Anna", "basis": Basis.CONFIRMED, "evidence": "a new plant"}
    assert grades.grade(path, account, {growth: said, ease: {"grade": 1}}, CLI, TODAY) == 2
    assert grades.grade(path, account, {growth: said}, CLI, TODAY) == 0
    (first, _second) = graded(path)
    assert (first.basis, first.source, first.judged_on) == (Basis.CONFIRMED, "Anna", TODAY)
    grades.grade(path, account, {growth: {"grade": 2}}, CLI, TODAY)
    (first, _second) = graded(path)
    assert (first.grade, first.basis, first.source, first.evidence) == (2, Basis.ASSUMED, "", "a new plant")
    grades.grade(path, account, {growth: {"grade": None}}, CLI, TODAY)
    assert graded(path)[0].grade is None
    history.undo(path, CLI)
    assert graded(path)[0].grade == 2


def test_what_cannot_be_a_grade_is_refused_and_nothing_is_kept(customers: Customers) -> None:
    path, account = customers.path, customers.account()
    growth, margin = (named(path)[name].id for name in ("its own business grows", "margin that it leaves"))
    with pytest.raises(InvalidError, match="its own business grows: 5 is above 4"):
        grades.grade(path, account, {growth: {"grade": 5}}, CLI, TODAY)
    with pytest.raises(InvalidError, match="margin that it leaves: is computed"):
        grades.grade(path, account, {growth: {"grade": 1}, margin: {"grade": 1}}, CLI, TODAY)
    with pytest.raises(InvalidError, match="is computed"):
        grades.add(path, {"account_id": account, "criterion_id": margin, "grade": 1}, CLI, TODAY)
    assert not graded(path)
    key = grades.add(path, {"account_id": account, "criterion_id": growth, "grade": 1}, CLI, TODAY)
    with pytest.raises(InvalidError, match="is computed"):
        grades.edit(path, key, {"criterion_id": margin}, CLI, TODAY)
    grades.edit(path, key, {"grade": 4}, CLI, TODAY)
    with reading(path) as connection:
        assert connection.execute("SELECT grade, judged_on FROM portfolio_grade").fetchall() == [(4, TODAY.isoformat())]
