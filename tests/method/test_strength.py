"""The strength of a relationship, method.md sections 1 and 4: the axis of the matrix (Fiocca 1982; Palmatier 2008)."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Indicator, Level
from crmtui.method.recognition import BONDS, ROWS, TOP
from crmtui.method.strength import FULL, WEIGHTS, Part, strength

GRADES = st.dictionaries(st.sampled_from(tuple(Indicator)), st.none() | st.integers(0, TOP))
COVERAGE = st.none() | st.floats(0, 1)


def test_by_hand() -> None:
    """Rows 4, 2, and two unknown: recognition 3 of 4; bonds 2 of 4; coverage a half."""
    grades = {
        **dict.fromkeys(ROWS[Level.PROSPECT], 4),
        **dict.fromkeys(ROWS[Level.BUYER], 2),
        **dict.fromkeys(BONDS, 2),
    }
    found = strength(grades, 0.5)
    assert found.value == pytest.approx(100 * (0.4 * 0.75 + 0.3 * 0.5 + 0.3 * 0.5))
    assert found.low == pytest.approx(100 * (0.4 * 6 / 16 + 0.3))
    assert found.high == pytest.approx(100 * (0.4 * 14 / 16 + 0.3))
    assert found.completeness == pytest.approx(0.4 * 8 / 14 + 0.6)


def test_what_is_unknown_is_left_out_and_widens_the_band() -> None:
    found = strength(dict.fromkeys(BONDS, 4), None)
    assert found.value == pytest.approx(FULL)
    assert (found.low, found.high) == pytest.approx((30, 100))
    assert [term.points for term in found.terms] == [None, pytest.approx(FULL), None]


def test_nothing_known_has_no_strength_and_the_widest_band() -> None:
    found = strength({}, None)
    assert (found.value, found.low, found.completeness) == (None, 0, 0)
    assert found.high == pytest.approx(FULL)


def test_the_weights_are_stated_and_whole() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert set(WEIGHTS) == set(Part)


def test_the_weights_are_the_users_whatever_they_add_up_to() -> None:
    grades = {**dict.fromkeys(BONDS, 4), **dict.fromkeys(ROWS[Level.BUYER], 0)}
    found = strength(grades, 0.5, {Part.RECOGNITION: 2, Part.BONDS: 1, Part.COVERAGE: 1})
    assert found.value == pytest.approx(100 * (0.5 * 0 + 0.25 * 1 + 0.25 * 0.5))
    assert [term.weight for term in found.terms] == [0.5, 0.25, 0.25]


def test_weights_of_zero_count_alike_and_what_does_not_count_leaves_the_strength_open() -> None:
    nothing = dict.fromkeys(Part, 0.0)
    assert strength(dict.fromkeys(BONDS, 4), 0.0, nothing).value == pytest.approx(50)
    found = strength({}, 0.5, {**nothing, Part.BONDS: 1})  # known is only what does not count
    assert (found.value, found.low, found.high) == (None, 0, 100)
    with pytest.raises(ValueError, match="at least 0"):
        strength({}, None, {**nothing, Part.BONDS: -1})


@pytest.mark.parametrize("coverage", [-0.1, 1.1])
def test_nonsense_is_refused(coverage: float) -> None:
    with pytest.raises(ValueError, match="coverage"):
        strength({}, coverage)


@given(GRADES, COVERAGE)
def test_inside_its_band_and_made_of_its_terms(grades: dict[Indicator, int | None], coverage: float | None) -> None:
    found = strength(grades, coverage)
    assert 0 <= found.low <= found.high + 1e-9 <= FULL + 2e-9
    assert -1e-9 <= found.completeness <= 1 + 1e-9
    if found.value is not None:
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9
        assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)


@given(GRADES, COVERAGE, st.data())
def test_a_better_rating_never_weakens_it(
    grades: dict[Indicator, int | None], coverage: float | None, data: st.DataObject
) -> None:
    improvable = [one for one, grade in grades.items() if grade is not None and grade < TOP]
    if improvable:
        one = data.draw(st.sampled_from(improvable))
        better = strength({**grades, one: (grades[one] or 0) + 1}, coverage)
        assert (better.value or 0) >= (strength(grades, coverage).value or 0) - 1e-9


@given(GRADES, COVERAGE, st.sampled_from(tuple(Indicator)), st.integers(0, TOP))
def test_the_band_narrows_when_something_becomes_known(
    grades: dict[Indicator, int | None], coverage: float | None, one: Indicator, grade: int
) -> None:
    before, after = strength({**grades, one: None}, coverage), strength({**grades, one: grade}, coverage)
    assert before.low <= after.low + 1e-9
    assert after.high <= before.high + 1e-9
