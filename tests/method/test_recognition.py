from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Indicator, Level
from crmtui.method.recognition import BONDS, DEEPEST_BONDS, ROWS, TOP, mean

GRADES = st.dictionaries(st.sampled_from(tuple(Indicator)), st.none() | st.integers(0, TOP))


def test_the_rows_are_those_of_the_ladder() -> None:
    """method.md section 1, "how it judges the supplier": 3, 5, 3 and 3 things; and the six bonds, each once."""
    assert [len(ROWS[level]) for level in Level] == [3, 5, 3, 3]
    together = [*(one for row in ROWS.values() for one in row), *BONDS]
    assert sorted(together) == sorted(Indicator)
    assert set(DEEPEST_BONDS) == {Indicator.ORGANISATIONAL, Indicator.PROFESSIONAL}


def test_unknown_is_left_out_and_widens_the_band() -> None:
    found = mean(ROWS[Level.ACCOUNT], {Indicator.PERFORMANCE: 4, Indicator.EXPERTISE: 3})
    assert found.value == pytest.approx(3.5)
    assert (found.low, found.high) == pytest.approx((7 / 3, 11 / 3))
    assert found.known == 2
    assert [one.grade for one in found.terms] == [4, 3, None]


def test_nothing_known_has_no_mean_and_the_widest_band() -> None:
    found = mean(BONDS, {})
    assert (found.value, found.low, found.high, found.known) == (None, 0, TOP, 0)


@pytest.mark.parametrize("grade", [-1, 5])
def test_a_rating_out_of_bounds_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match="promises: rating"):
        mean(ROWS[Level.PROSPECT], {Indicator.PROMISES: grade})


@given(GRADES, st.sampled_from(BONDS), st.integers(0, TOP))
def test_the_band_narrows_around_what_becomes_known(
    grades: dict[Indicator, int | None], indicator: Indicator, grade: int
) -> None:
    grades = {**grades, indicator: None}
    before, after = mean(BONDS, grades), mean(BONDS, {**grades, indicator: grade})
    assert before.low <= after.low + 1e-12
    assert after.high <= before.high + 1e-12
    assert after.high - after.low < before.high - before.low
    assert after.value is not None
    assert after.low - 1e-12 <= after.value <= after.high + 1e-12
