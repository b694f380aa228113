"""Win probability, method.md section 3: what a model and a card make of each other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from crmtui.method.scorecard import TOP, Graded
from crmtui.method.winrate import BAND, Model, chance, estimate, logistic
from crmtui.method.winrate_learning import learn

PRIOR = learn([])
GRADES = st.none() | st.integers(0, TOP) | st.floats(0, TOP)


@st.composite
def cards(draw: st.DrawFn) -> list[Graded]:
    weights = st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0]) | st.floats(0.01, 100)
    pairs = draw(st.lists(st.tuples(weights, GRADES), max_size=12))
    return [Graded(f"c{number}", weight, grade) for number, (weight, grade) in enumerate(pairs)]


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Models as learning makes them: a slope of at least 0, any covariance."""
    intercept, slope = draw(st.floats(-3, 3)), draw(st.just(0.0) | st.floats(0, 6))
    first, second, turn = draw(st.floats(0, 2)), draw(st.floats(0, 3)), draw(st.floats(-1, 1))
    factors = draw(st.dictionaries(st.sampled_from([f"c{number}" for number in range(12)]), st.floats(0, 5)))
    return Model(
        intercept=intercept,
        slope=slope,
        covariance=(first**2, turn * first * second, second**2),
        rate=draw(st.floats(0.01, 0.99)),
        spread=draw(st.floats(0, 0.5)),
        factors=factors,
    )


def changed(card: list[Graded], at: int, grade: float | None) -> list[Graded]:
    return [Graded(one.code, one.weight, grade) if place == at else one for place, one in enumerate(card)]


@pytest.mark.parametrize(("grade", "expected"), [(0, 0.02), (2, 0.30), (4, 0.90)])
def test_before_anything_was_learnt_the_middle_is_the_base_rate_and_a_full_card_ninety(
    grade: int, expected: float
) -> None:
    """method.md section 3: z = 0 gives the base rate, 30 % when unknown, and a full scorecard about 90 %."""
    found = chance(PRIOR, [Graded("need", 3, grade), Graded("price", 1, grade)])
    assert found.value == pytest.approx(expected, abs=0.001)
    assert found.count == 0


def test_by_hand() -> None:
    model = Model(intercept=-1, slope=2, covariance=(0.25, 0, 0), rate=0.3)
    found = chance(model, [Graded("need", 3, 4), Graded("price", 1, 2)])
    assert found.z == pytest.approx(0.75)
    assert found.value == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert (found.low, found.high) == pytest.approx((logistic(0.5 - BAND / 2), logistic(0.5 + BAND / 2)))
    assert [term.log_odds for term in found.terms] == pytest.approx([1.5, 0])
    assert [term.step for term in found.terms] == pytest.approx([0, logistic(0.75) - logistic(0.5)])
    assert found.start == pytest.approx(logistic(-1))


def test_what_is_unknown_is_left_out_and_widens_the_band() -> None:
    known = [Graded("need", 3, 3)]
    found, more = chance(PRIOR, known), chance(PRIOR, [*known, Graded("price", 3, None)])
    assert more.value == found.value
    assert more.low < found.low < found.high < more.high
    assert more.completeness == pytest.approx(0.5)
    assert more.terms[1].points is None
    assert more.terms[1].narrows == pytest.approx((more.high - more.low) - (found.high - found.low))


def test_the_step_of_an_unknown_criterion_is_one_better_than_the_rest() -> None:
    found = chance(PRIOR, [Graded("need", 1, 2), Graded("price", 1, None)])
    better = chance(PRIOR, [Graded("need", 1, 2), Graded("price", 1, 3)])
    assert found.terms[1].step == pytest.approx(better.value - found.value)


def test_the_step_of_an_empty_card_leads_from_the_rate_of_all_to_one_better_than_the_middle() -> None:
    model = Model(intercept=-1, slope=5, covariance=(0.25, 0, 0.25), rate=0.53)
    empty = [Graded("need", 3, None), Graded("price", 1, None)]
    found = chance(model, empty)
    assert found.value == 0.53
    for at, term in enumerate(found.terms):
        assert found.value + term.step == pytest.approx(estimate(model, changed(empty, at, 3)).value)


@pytest.mark.parametrize("card", [[], [Graded("need", 3, None)], [Graded("need", 0, 4)]], ids=str)
def test_without_an_answer_that_counts_it_is_the_rate_of_all_with_the_widest_band(card: list[Graded]) -> None:
    found = chance(PRIOR, card)
    widest = chance(PRIOR, [Graded("need", 3, None)])
    assert (found.value, found.z, found.completeness) == (0.30, None, 0)
    assert (found.low, found.high) == (widest.low, widest.high)


def test_a_criterion_of_weight_zero_changes_nothing() -> None:
    card = [Graded("need", 3, 3), Graded("price", 0, 0)]
    assert chance(PRIOR, card).value == chance(PRIOR, card[:1]).value
    assert chance(PRIOR, card).terms[1].step == 0


@pytest.mark.parametrize("wrong", [Graded("x", 1, 5), Graded("x", -1, 2), Graded("x", math.nan, 2)], ids=str)
def test_nonsense_is_refused(wrong: Graded) -> None:
    with pytest.raises(ValueError, match="x:"):
        estimate(PRIOR, [wrong])


@given(models(), cards())
def test_it_is_inside_its_band_and_its_terms_make_it(model: Model, card: list[Graded]) -> None:
    """The terms are integrated gradients, which add up to the change (Sundararajan, Taly & Yan 2017)."""
    found = chance(model, card)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert all(0 <= term.step <= 1 - found.value + 1e-12 for term in found.terms)
    points = sum(term.points for term in found.terms if term.points is not None)
    assert found.start + points == pytest.approx(found.value, abs=1e-9)
    assert estimate(model, card).value == found.value


@given(models(), cards(), st.data())
def test_a_better_grade_never_lowers_it(model: Model, card: list[Graded], data: st.DataObject) -> None:
    """Property of method.md section 3: P(win) is monotone in every criterion of positive weight."""
    known = [at for at, one in enumerate(card) if one.grade is not None]
    if not known:
        return
    at = data.draw(st.sampled_from(known))
    better = changed(card, at, data.draw(st.floats(card[at].grade or 0, TOP)))
    assert estimate(model, better).value >= estimate(model, card).value - 1e-12


@given(models(), cards(), st.data())
def test_the_band_never_gets_wider_when_something_becomes_known(
    model: Model, card: list[Graded], data: st.DataObject
) -> None:
    unknown = [at for at, one in enumerate(card) if one.grade is None]
    if not unknown:
        return
    before = estimate(model, card)
    after = estimate(model, changed(card, data.draw(st.sampled_from(unknown)), data.draw(st.floats(0, TOP))))
    if before.z is not None:
        assert before.low - 1e-9 <= after.low
        assert after.high <= before.high + 1e-9
    assert after.completeness >= before.completeness


@given(models(), cards())
def test_one_grade_up_is_what_the_step_says(model: Model, card: list[Graded]) -> None:
    found = chance(model, card)
    for at, term in enumerate(found.terms):
        if term.grade is not None and found.z is not None:
            up = estimate(model, changed(card, at, min(TOP, term.grade + 1)))
            assert term.step == pytest.approx(up.value - found.value, abs=1e-9)
