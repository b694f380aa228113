"""Win probability, method.md section 3: what outcomes teach."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from crmtui.method.scorecard import Graded
from crmtui.method.winrate import chance, logistic
from crmtui.method.winrate_learning import (
    BASE_RATE,
    ENOUGH,
    LATEST,
    Outcome,
    Prior,
    fit,
    learn,
    prior,
    shrunk_rate,
)
from outcomes import CODES, deals

NOTHING = Prior(0, 0, math.inf, math.inf)  # believed
WON, LOST = Outcome(is_won=True, weights={}, grades={}), Outcome(is_won=False, weights={}, grades={})


def pairs(outcomes: list[Outcome]) -> list[tuple[float, bool]]:
    return [(one.z or 0.0, one.is_won) for one in outcomes]


@given(st.floats(0.01, 0.99))
def test_without_outcomes_the_prior_comes_back(rate: float) -> None:
    """Check of method.md section 3: with no outcomes the prior comes back."""
    model, believed = learn([], (), rate), prior(rate)
    assert (model.intercept, model.slope) == (believed.intercept, believed.slope)
    assert logistic(model.intercept) == pytest.approx(rate)
    assert logistic(model.intercept + model.slope) == pytest.approx(max(0.9, (1 + rate) / 2))
    assert model.covariance == pytest.approx((believed.intercept_sd**2, 0, believed.slope_sd**2))


def test_with_many_and_no_penalty_it_is_the_fit_of_a_reference_library() -> None:
    """Check of method.md section 3: scikit-learn 1.9.1, LogisticRegression(C=inf, tol=1e-12), on the same 400 deals."""
    found = fit(pairs(deals(400)), NOTHING)
    assert (found.intercept, found.slope) == pytest.approx((-0.40264174, 2.34531269), abs=1e-7)
    assert found.covariance == pytest.approx((0.01261577, -0.00626927, 0.09960871), abs=1e-7)


def test_every_outcome_moves_it_its_own_way() -> None:
    card = [Graded("need", 1, 4)]
    good = Outcome(is_won=True, weights={"need": 1}, grades={"need": 4})
    bad = Outcome(is_won=False, weights={"need": 1}, grades={"need": 4})
    usual = chance(learn([]), card)
    up, down = chance(learn([good] * 5), card), chance(learn([bad] * 5), card)
    assert down.value < usual.value < up.value
    assert up.count == down.count == 5
    assert up.high - up.low < usual.high - usual.low


def test_outcomes_without_a_card_only_move_the_base_rate() -> None:
    model = learn([], [WON] * 6 + [LOST] * 4)
    assert model.rate == pytest.approx((6 + 10 * BASE_RATE) / 20)
    assert logistic(model.intercept) == pytest.approx(model.rate)
    assert (model.count, model.closed) == (0, 10)
    assert chance(model, []).value == model.rate


@pytest.mark.parametrize("is_won", [True, False])
@pytest.mark.parametrize("count", [1, 20, ENOUGH, 200])
def test_one_class_alone_gives_no_certainty(count: int, is_won: bool) -> None:
    same = [Outcome(is_won=is_won, weights=one.weights, grades=one.grades) for one in deals(count)]
    found = chance(learn(same), [Graded(code, 1, 2) for code in CODES])
    assert 0 < found.low < found.value < found.high < 1


def test_outcomes_against_all_expectation_end_in_no_effect_and_never_turn_round() -> None:
    upside_down = [Outcome(one.is_won, one.weights, {"need": 4 - one.grades["need"]}) for one in deals(40)]
    model = learn(upside_down)
    assert model.slope >= 0


def test_without_a_signal_it_is_the_base_rate() -> None:
    """Whatever the cards say, by 2,000 outcomes that have nothing to do with them."""
    model = learn(deals(2000, effects=(0, 0, 0), intercept=0.54))
    shown = [chance(model, [Graded(code, 1, grade) for code in CODES]).value for grade in range(5)]
    assert max(shown) - min(shown) < 0.04
    assert model.rate == pytest.approx(0.632, abs=0.02)


def test_own_cards_are_too_few_alone_and_learn_from_all() -> None:
    own, others = deals(ENOUGH - 1), deals(120)
    model = learn(own, others)
    assert (model.count, model.factors) == (ENOUGH - 1 + 120, {})
    assert learn(deals(ENOUGH), others).count == ENOUGH


def test_only_the_latest_of_very_many_are_learnt_from() -> None:
    old = [Outcome(not one.is_won, one.weights, one.grades) for one in deals(100)]
    assert learn(old + deals(LATEST)).slope == pytest.approx(learn(deals(LATEST)).slope)
    assert learn([], old + deals(LATEST)).count == LATEST
    not_given = [Outcome(one.is_won, one.weights, {}, is_old=True) for one in old]
    assert learn(not_given + deals(LATEST)) == learn(old + deals(LATEST))


def test_outcomes_that_say_nothing_are_refused_where_nothing_is_believed() -> None:
    with pytest.raises(ValueError, match="do not say"):
        fit([(0.5, True), (0.2, True)], NOTHING)
    with pytest.raises(ValueError, match="do not say"):
        fit([(-0.5, False), (0.5, True)], NOTHING)
    with pytest.raises(ValueError, match="not between"):
        prior(1.2)


@given(st.lists(st.tuples(st.floats(-1, 1), st.booleans()), max_size=40), st.floats(0.01, 0.99))
def test_any_few_outcomes_can_be_learnt_from(outcomes: list[tuple[float, bool]], rate: float) -> None:
    found = fit(outcomes, prior(rate))
    assert found.slope >= 0
    variance, both, slope = found.covariance
    assert variance > 0
    assert slope > 0
    assert both**2 <= variance * slope * (1 + 1e-9)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 1))
def test_the_shrunk_rate_is_between_what_was_believed_and_what_happened(won: int, lost: int, rate: float) -> None:
    found, share = shrunk_rate(won, won + lost, rate), won / (won + lost) if won + lost else rate
    assert min(rate, share) - 1e-9 <= found <= max(rate, share) + 1e-9


def test_few_outcomes_are_learnt_from_without_numpy() -> None:
    script = (
        "import sys\nfrom crmtui.method.winrate_learning import learn\nlearn([])\nassert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
