from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.commands.shipped_templates import template
from crmtui.domain.words import Computed
from crmtui.method.levers import UNITS, USUAL, Asked, Levers, first_width, form, levers, without_card
from crmtui.method.scorecard import Graded
from crmtui.method.winrate import Chance, chance
from crmtui.method.winrate_learning import learn

MODEL = learn([])
GRADES = st.none() | st.floats(0, 4, allow_subnormal=False)
CARDS = st.lists(
    st.tuples(
        st.builds(
            Asked,
            code=st.uuids().map(str),
            weight=st.floats(0, 10, allow_subnormal=False),
            computed=st.none() | st.sampled_from(list(Computed)),
        ),
        GRADES,
    ),
    max_size=12,
)
Card = list[tuple[Asked, float | None]]


def of(card: Card) -> Levers:
    return levers(form(MODEL, [asked for asked, _grade in card]), [grade for _asked, grade in card])


def single(card: Card) -> Chance:
    """The same as the figure of a single opportunity has it."""
    return chance(MODEL, [Graded(one.code, one.weight, grade) for one, grade in card])


def test_one_grade_up_and_what_an_answer_would_tell_by_hand() -> None:
    card: Card = [(Asked("need", 4), 3), (Asked("budget", 4), 1), (Asked("process", 2), None), (Asked("gate", 0), 0)]
    found = of(card)
    assert found.chance == pytest.approx(0.3)  # z = 0: the base rate
    up = MODEL.intercept + MODEL.slope * 0.25
    assert {step.code: step.rise for step in found.steps if step.rise} == {
        "need": pytest.approx(1 / (1 + 2.718281828459045**-up) - 0.3),
        "budget": pytest.approx(1 / (1 + 2.718281828459045**-up) - 0.3),
    }
    (asked,) = [step for step in found.steps if step.width]
    assert asked.code == "process"
    best = chance(MODEL, [Graded("rest", 8, 2), Graded("process", 2, 4)]).value
    worst = chance(MODEL, [Graded("rest", 8, 2), Graded("process", 2, 0)]).value
    assert asked.width == pytest.approx(best - worst)


def test_favour_coverage_and_level_move_the_criteria_that_are_filled_from_them() -> None:
    tiny = 1e-6
    for word, grades in zip(UNITS, (2.0, 4.0, 4.0, 4 / 3), strict=True):
        slope = getattr(of([(Asked("need", 4), 3.0), (Asked("it", 2, word), 1.0)]), word.value)
        before, after = (
            chance(MODEL, [Graded("need", 4, 3.0), Graded("it", 2, 1.0 + grades * step)]).value for step in (0, tiny)
        )
        assert slope == pytest.approx((after - before) / tiny, rel=1e-4)
    assert of([(Asked("need", 4), 3.0), (Asked("it", 2), 1.0)]).favour == 0


def test_what_was_set_by_hand_against_its_figure_does_not_answer_to_it() -> None:
    template = form(MODEL, [Asked("need", 4), Asked("it", 2, Computed.FAVOUR)])
    assert levers(template, [3.0, 1.0]).favour > 0
    by_hand = levers(template, [3.0, 1.0], by_hand=[1])
    assert by_hand.favour == 0
    assert {step.code for step in by_hand.steps} == {"need", "it"}


def test_without_a_card_the_shipped_template_says_what_they_weigh() -> None:
    found = without_card(MODEL)
    assert found.chance == MODEL.rate
    assert found.favour == pytest.approx(MODEL.slope * MODEL.rate * (1 - MODEL.rate) * 4 / 59)
    assert first_width(MODEL) == pytest.approx(0.9 - 0.0202, abs=1e-3)
    _head, criteria = template()
    whole = sum(one["weight"] for one in criteria)
    weights = {one["computed"]: one["weight"] / whole for one in criteria if one["computed"] in UNITS}
    assert weights == pytest.approx(USUAL)


@given(CARDS)
def test_the_same_as_for_a_single_opportunity(card: Card) -> None:
    found, whole = of(card), single(card)
    assert found.chance == pytest.approx(whole.value)
    steps = {term.code: term.step for term in whole.terms}
    for step in found.steps:
        if step.rise:
            assert step.rise == pytest.approx(steps[step.code], abs=1e-12)


@given(CARDS)
def test_nothing_that_moves_it_is_below_zero(card: Card) -> None:
    found = of(card)
    assert min(found.favour, found.coverage, found.wins, found.level) >= 0
    assert all(step.rise >= -1e-15 and -1e-15 <= step.width <= 1 for step in found.steps)
