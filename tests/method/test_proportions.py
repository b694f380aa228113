"""Shares with intervals, against Newcombe 1998 (Statistics in Medicine 17, 857-872 and 873-890)."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.method.proportions import SURE, Difference, difference, proportion, speaks_against


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    found = proportion(count, of, SURE)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_newcombes_interval(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    found = difference(proportion(*one, SURE), proportion(*other, SURE))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)
    assert found.says_something is (low > 0)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_intervals_hold_their_figure_and_stay_in_bounds(first: int, more: int, second: int, rest: int) -> None:
    one, other = proportion(first, first + more), proportion(second, second + rest)
    assert 0 <= one.low <= (one.value or 0) <= one.high <= 1 or one.value is None
    apart = difference(one, other)
    assert -1 <= apart.low <= apart.high <= 1
    if apart.value is not None:
        assert apart.low <= apart.value <= apart.high


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_the_exact_interval_speaks_against_what_it_leaves_out(count: int, of: int, low: float, high: float) -> None:
    """Newcombe's table (1998, 857-872), method 5."""
    found = proportion(count, of)
    assert [speaks_against(found, high + by) for by in (-0.0001, 0.0001)] == [False, True]
    assert not speaks_against(found, low + 0.0001)
    assert not low or speaks_against(found, low - 0.0001)


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0, 1))
def test_what_speaks_against_a_share_is_the_same_seen_from_the_other_side(count: int, rest: int, share: float) -> None:
    found, others = proportion(count, count + rest), proportion(rest, count + rest)
    assert speaks_against(found, 0.0) is (count > 0)
    assert not speaks_against(found, count / (count + rest))
    if 1 - (1 - share) == share:
        assert speaks_against(found, share) is speaks_against(others, 1 - share)


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.2), (-0.2, 0.0), (-0.1, 0.1)])
def test_an_interval_that_reaches_nothing_says_nothing(low: float, high: float) -> None:
    assert not Difference((low + high) / 2, low, high).says_something
    assert Difference(0.1, 0.01, 0.2).says_something


def test_nothing_says_nothing() -> None:
    nothing = proportion(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (None, 0, 1)
    assert not difference(nothing, proportion(9, 9)).says_something


@pytest.mark.parametrize(("count", "of"), [(2, 1), (-1, 1), (1, 0)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        proportion(count, of)
