"""Weights of their own from many outcomes, method.md section 3."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from crmtui.method.scorecard import Graded
from crmtui.method.winrate import Model, chance, estimate
from crmtui.method.winrate_learning import ENOUGH, Outcome, learn
from crmtui.method.winrate_weights import most_likely
from outcomes import CODES, chances, deals


def matrix(outcomes: list[Outcome]) -> tuple[np.ndarray, np.ndarray]:
    places = [[1.0, *(grade / 2 - 1 for grade in one.grades.values())] for one in outcomes]
    return np.array(places), np.array([float(one.is_won) for one in outcomes])


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (0.0, [-0.46566972, 1.42951892, 0.60855941, 0.34210074]),
        (2.0, [-0.45117397, 1.33640359, 0.57042275, 0.31594401]),
    ],
)
def test_the_fit_is_that_of_a_reference_library(precision: float, expected: list[float]) -> None:
    """scikit-learn 1.9.1, LogisticRegression with C=inf and with C=0.5, tol=1e-12, on the same 400 deals."""
    features, won = matrix(deals(400))
    ridge = np.diag([0.0, *([precision] * 3)])
    assert most_likely(features, won, np.zeros(4), ridge).found == pytest.approx(expected, abs=1e-6)


def test_what_tells_more_counts_more() -> None:
    model = learn(deals(1000, effects=(3, 0.8, 0)))
    need, price, values = (model.factors[code] for code in CODES)
    assert need > 2 * price
    assert price > values
    assert (need + price + values) / 3 == pytest.approx(1)


def test_outcomes_that_agree_with_the_template_leave_its_weights() -> None:
    model = learn(deals(1000, effects=(0.8, 0.8, 0.8)))
    assert all(factor == pytest.approx(1, abs=0.2) for factor in model.factors.values())


def test_what_speaks_against_a_deal_counts_nothing_and_never_less() -> None:
    model = learn(deals(1000, effects=(2, 1, -2)))
    assert model.factors["values"] == 0
    assert model.factors["need"] > model.factors["price"] > 0
    worst, best = ([Graded(code, 1, grade) for code, grade in zip(CODES, (2, 2, last), strict=True)] for last in (0, 4))
    assert estimate(model, worst).value == estimate(model, best).value


def test_a_criterion_of_weight_zero_is_not_learnt() -> None:
    asked = [Outcome(one.is_won, {**one.weights, "gate": 0.0}, {**one.grades, "gate": 4}) for one in deals(200)]
    model = learn(asked)
    assert "gate" not in model.factors
    assert model.factors == learn(deals(200)).factors


def test_a_criterion_that_is_new_counts_as_the_template_says() -> None:
    found = chance(learn(deals(200)), [*(Graded(code, 1, 3) for code in CODES), Graded("new", 1, 3)])
    assert found.terms[3].counts == pytest.approx(0.25)


def test_unknown_answers_are_left_out_of_what_is_learnt() -> None:
    drawn = chances()
    holes = [
        Outcome(one.is_won, one.weights, {code: grade for code, grade in one.grades.items() if next(drawn) < 0.8})
        for one in deals(1000)
    ]
    torn = learn(holes)
    assert torn.slope > 1
    assert torn.factors["need"] > torn.factors["price"] > 0


def test_more_outcomes_make_the_band_narrower() -> None:
    card = [Graded(code, 1, 3) for code in CODES]
    few, many = chance(learn(deals(60)), card), chance(learn(deals(1000)), card)
    assert many.high - many.low < few.high - few.low
    assert many.count == 1000


@settings(max_examples=25, deadline=None)
@given(st.integers(ENOUGH, 90), st.lists(st.floats(-3, 3), min_size=3, max_size=3), st.data())
def test_whatever_was_learnt_a_better_grade_never_lowers_it(
    count: int, effects: list[float], data: st.DataObject
) -> None:
    model: Model = learn(deals(count, effects))
    grades = data.draw(st.lists(st.integers(0, 3), min_size=3, max_size=3))
    card = [Graded(code, 1, grade) for code, grade in zip(CODES, grades, strict=True)]
    found = chance(model, card)
    assert 0 < found.low <= found.value <= found.high < 1
    for at in range(3):
        better = [Graded(one.code, 1, (one.grade or 0) + (place == at)) for place, one in enumerate(card)]
        assert estimate(model, better).value >= found.value - 1e-12
