"""The scorecard, method.md section 3: score, band, gates, competitors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from crmtui.method.scorecard import FULL, TOP, Graded, compare, score

GRADES = st.none() | st.integers(0, TOP)
WEIGHTS = st.floats(0, 100, allow_subnormal=False)


@st.composite
def cards(draw: st.DrawFn) -> list[Graded]:
    pairs = draw(st.lists(st.tuples(WEIGHTS, GRADES, st.booleans()), max_size=25))
    return [Graded(f"c{n}", weight, grade, gate) for n, (weight, grade, gate) in enumerate(pairs)]


def test_by_hand() -> None:
    found = score([Graded("margin", 3, 3), Graded("budget", 4, 1), Graded("wins", 1, 4), Graded("process", 2, None)])
    assert found.value == pytest.approx(100 * (9 + 4 + 4) / 32)
    assert found.completeness == pytest.approx(0.8)
    assert [term.points for term in found.terms] == pytest.approx([28.125, 12.5, 12.5, None])
    assert found.low == pytest.approx(42.5)
    assert found.high == pytest.approx(62.5)
    assert found.terms[1].step == pytest.approx(12.5)
    assert found.terms[3].width == pytest.approx(20)


def test_unknown_is_not_zero() -> None:
    """method.md, rule 2: what nobody has assessed widens the band and is not 0."""
    known = [Graded("margin", 3, 3)]
    assert score([*known, Graded("budget", 4, None)]).value == score(known).value
    assert (score([*known, Graded("budget", 4, 0)]).value or 0) < (score(known).value or 0)


def test_no_answer_gives_no_score_and_the_widest_band() -> None:
    found = score([Graded("margin", 3, None), Graded("budget", 4, None)])
    assert (found.value, found.low, found.high, found.completeness) == (None, 0, FULL, 0)
    assert found.open_questions == ("budget", "margin")
    assert score([]).value is None


def test_gates_warn_and_come_first() -> None:
    found = score([Graded("budget", 4, 4), Graded("money", 0, 1, is_gate=True), Graded("sound", 0, None, is_gate=True)])
    assert found.value == FULL
    assert found.closed_gates == ("money",)
    assert found.open_questions == ("sound",)


@pytest.mark.parametrize("wrong", [Graded("x", 1, 5), Graded("x", 1, -1), Graded("x", -1, 2), Graded("x", math.inf, 2)])
def test_nonsense_is_refused(wrong: Graded) -> None:
    with pytest.raises(ValueError, match="x:"):
        score([wrong])


@given(cards())
def test_within_bounds_and_the_terms_make_the_figure(card: list[Graded]) -> None:
    found = score(card)
    assert 0 <= found.low <= found.high <= FULL
    assert 0 <= found.completeness <= 1
    if found.value is None:
        assert not any(answer.weight for answer in card if answer.grade is not None)
    else:
        assert 0 <= found.value <= FULL
        assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


@given(cards(), st.data())
def test_a_better_grade_never_lowers_the_score(card: list[Graded], data: st.DataObject) -> None:
    improvable = [n for n, answer in enumerate(card) if answer.grade is not None and answer.grade < TOP]
    if not improvable:
        return
    at = data.draw(st.sampled_from(improvable))
    before = card[at]
    better = [*card[:at], Graded(before.code, before.weight, (before.grade or 0) + 1, before.is_gate), *card[at + 1 :]]
    old, new = score(card), score(better)
    if old.value is not None and new.value is not None:
        assert new.value >= old.value - 1e-9
        assert new.value - old.value == pytest.approx(old.terms[at].step, abs=1e-6)


def test_comparison_is_on_what_both_are_graded_on() -> None:
    ours = [Graded("price", 3, 1), Graded("relations", 2, 4), Graded("fit", 3, 3), Graded("need", 4, 0)]
    found = compare(ours, {"price": 4, "relations": 2, "fit": None})
    assert found.count == 2
    assert found.us == pytest.approx(100 * (3 + 8) / 20)
    assert found.them == pytest.approx(100 * (12 + 4) / 20)
    assert found.behind == ("price",)
    assert compare(ours, {}).us is None
