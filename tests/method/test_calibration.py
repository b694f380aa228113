"""Probabilities against outcomes, method.md section 7."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from crmtui.method.calibration import EDGE, FEW, Binning, Doubt, Judged, brier, calibration


def judged(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(key, probability, is_won) for key, (probability, is_won) in enumerate(pairs)]


PUBLISHED = judged((0.1, False), (0.9, True), (0.8, True), (0.3, False))
PROBABILITIES = st.sampled_from([0.0, 0.1, 0.3, 0.3, 0.5, 0.9, 1.0]) | st.floats(0, 1)
CASES = st.lists(st.tuples(PROBABILITIES, st.booleans()), max_size=60).map(lambda pairs: judged(*pairs))


def test_the_published_score() -> None:
    """method.md section 7: outcomes 0 1 1 0 and probabilities .1 .9 .8 .3."""
    assert brier(PUBLISHED) == pytest.approx(0.0375)
    assert calibration(PUBLISHED).brier == pytest.approx(0.0375)


@given(CASES, st.sampled_from(Binning), st.integers(1, 15))
def test_the_terms_add_up_to_the_score(cases: list[Judged], binning: Binning, bins: int) -> None:
    found = calibration(cases, binning, bins)
    if found.murphy is None:
        assert found.brier is None
        return
    assert found.murphy.brier == pytest.approx(found.brier, abs=1e-12)
    if binning is Binning.DISTINCT:
        assert found.murphy.variance == pytest.approx(0, abs=1e-12)
        assert found.murphy.covariance == pytest.approx(0, abs=1e-12)


@given(CASES, st.sampled_from(Binning), st.integers(1, 15))
def test_every_case_is_in_one_bin(cases: list[Judged], binning: Binning, bins: int) -> None:
    found = calibration(cases, binning, bins)
    assert sorted(key for one in found.bins for key in one.keys) == [one.key for one in cases]
    assert all(one.low - 1e-12 <= one.given <= one.high + 1e-12 for one in found.bins)
    assert all(before.given <= after.given for before, after in zip(found.bins, found.bins[1:], strict=False))
    if binning is not Binning.DISTINCT:
        assert len(found.bins) <= bins


def test_by_hand() -> None:
    found = calibration(judged((0.2, False), (0.2, True), (0.8, True), (0.8, True)), Binning.DISTINCT)
    assert found.murphy is not None
    assert found.murphy.reliability == pytest.approx((0.3**2 + 0.2**2) / 2)
    assert found.murphy.resolution == pytest.approx(0.25**2)
    assert found.murphy.uncertainty == pytest.approx(0.75 * 0.25)
    assert found.skill == pytest.approx(1 - (0.04 + 0.64 + 0.04 + 0.04) / 4 / 0.1875)
    assert found.log_loss == pytest.approx(-(3 * math.log(0.8) + math.log(0.2)) / 4)
    assert found.expected == pytest.approx(2)
    assert [one.won.count for one in found.bins] == [1, 2]


def test_equal_counts_keep_equal_probabilities_together() -> None:
    found = calibration(judged(*[(0.3, True)] * 8, (0.4, False), (0.9, True)), Binning.COUNT, 5)
    assert [len(one.keys) for one in found.bins] == [8, 1, 1]


def test_a_bin_is_off_where_what_happened_leaves_no_room() -> None:
    found = calibration(judged(*[(0.95, at < 5) for at in range(20)], *[(0.25, at < 5) for at in range(20)]))
    assert [one.is_off for one in found.bins] == [False, True]
    assert found.expected > found.high - 4
    assert found.won.count < found.low


@pytest.mark.parametrize("cases", [[(0.62, False)], [(0.85, False)], [(0.8, False)] * 2, [(0.47, False)] * 5])
def test_a_bin_of_few_cases_that_may_be_chance_is_not_off(cases: list[tuple[float, bool]]) -> None:
    found = calibration(judged(*cases, (0.05, True), (0.05, False)))
    assert found.bins[-1].won.count == 0
    assert not found.bins[-1].is_off


def test_a_bin_is_off_from_where_chance_would_seldom_bring_it() -> None:
    """Of exact intervals of 95 %: 0 of 6 leaves 46 % out, 0 of 5 leaves 53 % out (Clopper & Pearson 1934)."""
    for count, off in ((6, 0.46), (5, 0.53)):
        for probability, is_off in ((off - 0.009, False), (off, True)):
            found = calibration(judged(*[(probability, False)] * count, (0.05, True)))
            assert [one.is_off for one in found.bins] == [False, is_off]


@pytest.mark.parametrize("is_won", [True, False])
def test_no_bin_is_off_where_all_ended_alike(is_won: bool) -> None:
    found = calibration(judged(*[(0.9, is_won)] * 30, *[(0.1, is_won)] * 30))
    assert found.doubt is Doubt.ONE_CLASS
    assert not any(one.is_off for one in found.bins)


def test_certainty_that_was_wrong_costs_much_but_not_without_end_and_is_said() -> None:
    found = calibration(judged((0.0, True), (1.0, True), (1.0, False), (0.5, True)))
    assert found.log_loss == pytest.approx((-2 * math.log(EDGE) - math.log(1 - EDGE) - math.log(0.5)) / 4)
    assert (found.clipped, found.impossible) == (3, 2)


@pytest.mark.parametrize(
    ("cases", "doubt"),
    [
        ([], Doubt.NOTHING),
        (judged((0.4, True)), Doubt.ONE_CLASS),
        (judged(*[(0.4, False)] * 50), Doubt.ONE_CLASS),
        (PUBLISHED, Doubt.FEW),
        (judged(*[(0.4, at % 2 == 0) for at in range(FEW)]), None),
    ],
)
def test_what_says_little_is_said_to(cases: list[Judged], doubt: Doubt | None) -> None:
    found = calibration(cases)
    assert found.doubt is doubt
    assert found.count == len(cases)
    assert (found.skill is None) is (doubt in (Doubt.NOTHING, Doubt.ONE_CLASS))


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="opportunity 0"):
        calibration(judged((probability, True)))


def test_no_bins_are_refused() -> None:
    with pytest.raises(ValueError, match="0 bins"):
        calibration(PUBLISHED, bins=0)
