"""What is worked out of all accounts at once is what each of them tells, on workspaces made up by chance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

import by_chance
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.method import transitions
from crmtui.method.strength import GROUPS, of_coverage, of_ratings
from crmtui.queries import histories, records, relationship, standing, strengths
from crmtui.queries.books import Rates
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import equity
from crmtui.store.reading.connections import reading
from customers import TODAY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", params=range(3))
def path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    made = tmp_path_factory.mktemp("chance") / "team.db"
    by_chance.make(made, request.param)
    return made


@pytest.mark.parametrize("many", [1, standing.MANY], ids=["together", "one by one"])
@pytest.mark.parametrize("later", [0, 30])
def test_the_values_of_all_maps_are_those_with_their_terms(
    path: Path, later: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MANY", many)
    monkeypatch.setattr(standing, "_remembered", Remembered(standing.TABLES))
    day = TODAY + dt.timedelta(days=later)
    with reading(path) as connection:
        found = standing.values(connection, standing.maps_of_accounts(connection).values(), day)
        plain = standing.of_accounts(connection, None, day)
    assert {key: one.favour for key, one in found.items()} == pytest.approx(
        {one.map_id: one.favour for one in plain.values()}, abs=1e-12
    )
    assert {key: one.coverage for key, one in found.items()} == pytest.approx(
        {one.map_id: one.coverage for one in plain.values()}, abs=1e-12
    )
    assert any(one.favour for one in found.values())
    assert any(one.coverage for one in found.values())


def test_the_strengths_of_all_accounts_are_those_of_their_standings(path: Path) -> None:
    with reading(path) as connection:
        plain = relationship.standings_of(connection, None, TODAY)
        coverage = {key: one.coverage for key, one in plain.items() if one.coverage is not None}
        found = strengths.parts(connection, lambda: coverage)
    assert {key: [tuple(part) for part in parts] for key, parts in found.items()} == {
        key: [(term.share, term.low, term.high, term.known) for term in one.strength.terms]
        for key, one in plain.items()
        if key in found
    }
    assert {key for key, one in plain.items() if one.strength.completeness} <= set(found)
    assert any(part.value for parts in found.values() for part in parts)


@pytest.mark.parametrize("days", [0, 30, 200, 5_000])
def test_the_strengths_of_a_day_that_is_over_are_those_of_the_assessments_until_then(path: Path, days: int) -> None:
    day = TODAY - dt.timedelta(days)
    newest = {
        one.account_id: one.id
        for one in sorted(records.every(path, Assessment), key=lambda one: (one.day, one.id))
        if one.day <= day
    }
    ratings = [one for one in records.every(path, AssessmentRating) if one.grade is not None]
    expected = {}
    for account_id, key in newest.items():
        grades = {one.indicator: one.grade or 0 for one in ratings if one.assessment_id == key}
        sums = [[grades[one] for one in group if one in grades] for group in GROUPS]
        expected[account_id] = (*of_ratings([(sum(one), len(one)) for one in sums]), of_coverage(None))
    with reading(path) as connection:
        now = strengths.parts(connection, dict)
        assert strengths.parts(connection, dict, day.isoformat()) == expected
        assert strengths.parts(connection, dict) == now


def test_the_histories_of_all_accounts_are_those_of_each(path: Path) -> None:
    with reading(path) as connection:
        kept, rates = equity.accounts(connection), Rates("EUR", 60.0)
        alone, together = (way(connection, kept, TODAY, rates) for way in (histories.alone, histories.together))
    assert together.books == alone.books
    assert together.counts == alone.counts == transitions.count(together.tracks().values(), TODAY)
    assert {key: one.marks for key, one in together.tracks().items()} == {
        key: one.marks for key, one in alone.tracks().items()
    }
    assert all(set(one.signs) <= set(together.tracks()[key].signs) for key, one in alone.tracks().items())
    assert any(row[-1] for row in alone.counts.rows)  # somebody was lost
    for name in ("margin", "unpriced", "elsewhere", "undated", "cost", "uncosted", "hours", "untimed"):
        assert any(getattr(one, name) for one in alone.books.values()), name
