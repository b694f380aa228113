"""Computed criteria, personal wins and expected value, method.md section 3."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import BudgetRung, Level, Role
from crmtui.method import computed
from crmtui.method.dmu import Member, figures
from crmtui.method.expected import expected_value
from crmtui.method.winrate import Estimate
from crmtui.method.wins import STRONGEST, Wins, wins

CHANCE = Estimate(value=0.48, low=0.35, high=0.61, z=0.2, completeness=0.8)


def of(*members: Member) -> Wins:
    return wins(members, figures(members).leverage)


def test_favour_coverage_and_steps_as_grades() -> None:
    assert [computed.of_favour(one) for one in (-1, 0, 0.34, 1)] == pytest.approx([0, 2, 2.68, 4])
    assert [computed.of_share(one) for one in (0, 0.61, 1)] == pytest.approx([0, 2.44, 4])
    assert [computed.of_level(one) for one in Level] == pytest.approx([0, 4 / 3, 8 / 3, 4])
    assert [computed.of_budget(one) for one in BudgetRung] == [0, 1, 2, 3, 4]


def test_wins_weigh_as_the_person_does() -> None:
    """The decider (weight 4) has a compelling win, the user (weight 1) none: four fifths."""
    found = of(
        Member(key=1, roles=(Role.DECIDER,), power=2, has_win=True, win_strength=3),
        Member(key=2, roles=(Role.USER,), power=2),
    )
    assert found.value == pytest.approx(0.8)
    assert (found.low, found.high) == pytest.approx((0.8, 0.8))
    assert found.missing == (2,)


def test_a_win_that_nobody_has_judged_opens_the_band() -> None:
    found = of(
        Member(key=1, roles=(Role.USER,), power=2, has_win=True, win_strength=3),
        Member(key=2, roles=(Role.DECIDER,), power=2, has_win=True),
    )
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.2, 1))
    assert found.missing == ()


def test_whose_win_is_missing_is_named_by_weight() -> None:
    found = of(
        Member(key=1, roles=(Role.USER,), power=1),
        Member(key=2, roles=(Role.DECIDER,), power=4),
        Member(key=3, power=1, has_win=True, win_strength=1),
    )
    assert found.missing == (2, 1)


@pytest.mark.parametrize("members", [(), (Member(key=1), Member(key=2))], ids=["nobody", "no wins"])
def test_without_a_judged_win_there_is_no_figure(members: tuple[Member, ...]) -> None:
    assert of(*members).value is None


@given(st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, STRONGEST)), max_size=8))
def test_wins_are_within_their_band_and_made_of_their_terms(drawn: list[tuple[bool, int | None]]) -> None:
    found = of(*(Member(key=key, has_win=has, win_strength=strength) for key, (has, strength) in enumerate(drawn)))
    assert 0 <= found.low <= found.high <= 1 + 1e-9
    if found.value is not None:
        assert found.low <= found.value <= found.high + 1e-9
        assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)


def test_expected_value_by_hand() -> None:
    """48 % of a margin of 62,000.00, 3,000.00 still to be spent."""
    found = expected_value(CHANCE, 6_200_000, 300_000)
    assert (found.value, found.low, found.high) == (2_676_000, 1_870_000, 3_482_000)


def test_a_margin_below_zero_turns_the_band_round() -> None:
    found = expected_value(CHANCE, -100_000, None)
    assert (found.value, found.low, found.high) == (-48_000, -61_000, -35_000)


def test_without_a_margin_there_is_no_expected_value_and_without_a_cost_it_is_before_cost() -> None:
    assert expected_value(CHANCE, None, 500).value is None
    found = expected_value(CHANCE, 0, None)
    assert (found.value, found.cost) == (0, None)
    assert expected_value(CHANCE, 0, 500).value == -500
