"""The response curve from five judgements, method.md section 4."""

from __future__ import annotations

import itertools
import math
from dataclasses import astuple

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Level
from crmtui.method.response import FLAT, INDIFFERENT, QUESTIONS, Judgements, faults, fit, usual

NORTH = Judgements(0.2, 0.62, 1.3, 1.5)
SOUTH = Judgements(0.3, 0.7, 1.15, 1.4)


@st.composite
def judgements(draw: st.DrawFn) -> Judgements:
    none = draw(st.floats(0, 0.9))
    half = draw(st.floats(none + 0.01, 0.99))
    more = draw(st.floats(1.01, 3))
    return Judgements(none, half, more, draw(st.floats(more + 0.01, 5)))


@pytest.mark.parametrize(
    ("judged", "expected"), [(NORTH, (1.5, 0.2, 2.6119, 0.625)), (SOUTH, (1.4, 0.3, 1.6302, 0.5714))]
)
def test_the_published_parameters(judged: Judgements, expected: tuple[float, ...]) -> None:
    assert [round(one, 4) for one in astuple(fit(judged))] == pytest.approx(expected, abs=1e-12)


def test_a_curve_goes_through_nothing_and_today_and_ends_at_saturation() -> None:
    curve = fit(NORTH)
    assert curve.at(0) == 0.2
    assert curve.at(1) == pytest.approx(1)
    assert curve.at(1e300) == pytest.approx(1.5)
    assert curve.at(1e-300) == pytest.approx(0.2)


def test_one_exponent_meets_two_judgements_only_where_they_agree() -> None:
    curve = fit(NORTH)
    assert (curve.at(0.5) - NORTH.half, curve.at(1.5) - NORTH.more) == pytest.approx((-0.1503, -0.0316), abs=1e-4)
    agreeing = Judgements(0.2, fit(NORTH).at(0.5), fit(NORTH).at(1.5), 1.5)
    assert (fit(agreeing).at(0.5), fit(agreeing).at(1.5)) == pytest.approx((agreeing.half, agreeing.more))
    assert astuple(fit(agreeing)) == pytest.approx(astuple(fit(NORTH)))


@given(judgements())
def test_every_curve_rises(judged: Judgements) -> None:
    curve = fit(judged)
    points = curve.points(most=4)
    assert curve.c > 0
    assert curve.at(1) == pytest.approx(1)
    assert [effort for effort, _sales in points] == pytest.approx([step / 10 for step in range(41)])
    assert all(before[1] <= after[1] + 1e-12 for before, after in itertools.pairwise(points))
    assert judged.none <= points[0][1]
    assert points[-1][1] <= judged.most + 1e-12


@pytest.mark.parametrize(
    ("judged", "field", "words"),
    [
        (Judgements(-0.1, 0.6, 1.2, 1.5), "none", "less than nothing"),
        (Judgements(1.0, 0.6, 1.2, 1.5), "none", "give 1 to all four"),
        (Judgements(0.6, 0.6, 1.2, 1.5), "half", "more than with none, 0.6"),
        (Judgements(0.7, 0.6, 1.2, 1.5), "half", "more than with none, 0.7"),
        (Judgements(0.2, 1.0, 1.2, 1.5), "half", "less than 1"),
        (Judgements(0.2, 0.6, 1.0, 1.5), "more", "more than 1"),
        (Judgements(0.2, 0.6, 0.8, 1.5), "more", "more than today"),
        (Judgements(0.2, 0.6, 1.2, 1.0), "most", "more than 1"),
        (Judgements(0.2, 0.6, 1.2, 1.2), "most", "half as much effort again, 1.2"),
        (Judgements(0.2, 0.6, 1.2, 500), "most", "100 times"),
        (Judgements(math.nan, 0.6, 1.2, 1.5), "none", "not a number"),
        (Judgements(0.2, 0.6, 1.2, math.inf), "most", "not a number"),
    ],
)
def test_what_is_out_of_order_is_said_with_the_way_to_mend_it(judged: Judgements, field: str, words: str) -> None:
    found = faults(judged)
    assert [*found] == [field]
    assert words in found[field]
    assert "give" in found[field]
    with pytest.raises(ValueError, match="give"):
        fit(judged)


def test_a_curve_that_falls_all_the_way_has_a_sentence_for_every_question() -> None:
    assert {*faults(Judgements(1.5, 1.2, 0.8, 0.5))} == {*QUESTIONS}


def test_effort_may_change_nothing() -> None:
    assert not faults(INDIFFERENT)
    assert fit(INDIFFERENT) is FLAT
    assert {sales for _effort, sales in FLAT.points()} == {1.0}


@pytest.mark.parametrize("headroom", [None, -1.0, 0.0, 0.4, 3.0, 1e9])
def test_usual_judgements_are_in_order_and_steeper_the_less_the_account_knows_us(headroom: float | None) -> None:
    curves = []
    for level in Level:
        judged = usual(level, headroom)
        assert not faults(judged)
        curves.append(fit(judged))
    assert [curve.b for curve in curves] == sorted(curve.b for curve in curves)
    assert [curve.c for curve in curves] == sorted((curve.c for curve in curves), reverse=True)


def test_usual_judgements_use_the_potential_and_whether_it_wants_to_be_managed() -> None:
    assert usual(Level.ACCOUNT, 2.0).most > usual(Level.ACCOUNT, 0.5).most == usual(Level.ACCOUNT).most
    assert usual(Level.ACCOUNT, 1e9).most == 3.0
    assert usual(Level.PARTNER, is_capped=True) == usual(Level.BUYER)
    assert usual(Level.PROSPECT, is_capped=True) == usual(Level.PROSPECT)
    with pytest.raises(ValueError, match="potential"):
        usual(Level.BUYER, math.nan)
