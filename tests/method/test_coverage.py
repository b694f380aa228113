"""Coverage, method.md section 2: quality, density and authority of contacts (Palmatier 2008)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Role
from crmtui.method.coverage import Coverage, Encounter, coverage, reached
from crmtui.method.dmu import Member
from crmtui.method.leverage import Rules, leverage
from teams import ENCOUNTERS, MOST, RULES, TEAMS, TIES

if TYPE_CHECKING:
    from crmtui.method.influence import Tie

HALF = 90
LIES = 1e-9  # rounding
FRIEND = Member(key=1, roles=(Role.USER,), power=3, relationship=4, encounters=(Encounter(0.6, 0),))
STRANGER = Member(key=2, roles=(Role.USER,), power=1, relationship=0)


def of(*members: Member, ties: tuple[Tie, ...] = (), rules: Rules | None = None) -> Coverage:
    used = rules or Rules()
    return coverage(members, leverage(members, ties, used), used.half_life)


# One person


def test_a_contact_today_covers_by_its_quality_and_half_of_that_after_the_half_life() -> None:
    assert reached([Encounter(0.6, 0)], HALF) == pytest.approx(0.6)
    assert reached([Encounter(0.6, HALF)], HALF) == pytest.approx(0.3)
    assert reached([Encounter(0.6, 2 * HALF)], HALF) == pytest.approx(0.15)


def test_contacts_add_up_but_never_to_more_than_all() -> None:
    assert reached([Encounter(0.6, 0), Encounter(0.5, 0)], HALF) == pytest.approx(0.8)
    assert reached([Encounter(1, 0)] * 3, HALF) == 1
    assert reached([], HALF) == 0


def test_what_has_not_happened_yet_covers_nobody() -> None:
    assert reached([Encounter(0.6, -1)], HALF) == 0
    assert of(replace(FRIEND, encounters=(Encounter(0.6, -1),))).terms[0].counted == 0


@pytest.mark.parametrize("half_life", [0, -1])
def test_a_half_life_is_above_zero(half_life: float) -> None:
    with pytest.raises(ValueError, match="half-life"):
        reached([], half_life)


@pytest.mark.parametrize(("relationship", "k"), [(0, 0.2), (1, 0.4), (2, 0.6), (3, 0.8), (4, 0.9), (None, 0.9)])
def test_a_relationship_that_was_judged_bounds_what_contacts_do(relationship: int | None, k: float) -> None:
    """method.md section 2: at most (1 + relationship)/5, where it has been judged (Palmatier 2008: quality)."""
    found = of(replace(FRIEND, relationship=relationship, encounters=(Encounter(0.9, 0),))).terms[0]
    assert (found.value, found.reached) == pytest.approx((k, 0.9))


# The map


def test_coverage_weighs_by_leverage() -> None:
    """K = Σ c·k: who has a say counts for more (Palmatier 2008: authority)."""
    found = of(FRIEND, STRANGER)
    assert found.value == pytest.approx(0.75 * 0.6)
    assert [term.points for term in found.terms] == pytest.approx([0.45, 0])
    assert (found.low, found.high, found.completeness) == (found.value, found.value, 1)
    assert found.of(1) == pytest.approx(0.6)
    assert found.of(9) == 0


def test_a_relationship_nobody_has_judged_widens_the_band() -> None:
    found = of(replace(FRIEND, relationship=None), STRANGER)
    assert (found.low, found.value, found.high) == pytest.approx((0.75 * 0.2, 0.75 * 0.6, 0.75 * 0.6))
    assert found.completeness == pytest.approx(1 - 0.75 / 2)


def test_a_map_with_nobody_has_no_coverage() -> None:
    found = of()
    assert (found.value, found.low, found.high, found.completeness, found.terms) == (None, 0, 1, None, ())


def test_nobody_met_is_no_coverage_which_is_known() -> None:
    found = of(STRANGER, replace(FRIEND, encounters=()))
    assert (found.value, found.low, found.high) == (0, 0, 0)


@given(TEAMS, TIES, RULES)
def test_coverage_is_a_share_in_its_band_and_its_points_sum_to_it(
    members: list[Member], ties: list[Tie], rules: Rules
) -> None:
    found = of(*members, ties=tuple(ties), rules=rules)
    assert 0 <= found.low <= (found.value or 0) <= found.high <= 1
    assert sum(term.points for term in found.terms) == pytest.approx(found.value)
    assert 0 <= (found.completeness or 0) <= 1


@given(TEAMS, TIES, RULES, st.integers(0, MOST - 1), ENCOUNTERS)
def test_a_contact_never_lowers_coverage(
    members: list[Member], ties: list[Tie], rules: Rules, at: int, encounter: Encounter
) -> None:
    """Check of method.md section 2: a contact multiplies what is left open by at most 1 (Palmatier 2008: density)."""
    at %= len(members)
    before = of(*members, ties=tuple(ties), rules=rules)
    members[at] = replace(members[at], encounters=(*members[at].encounters, encounter))
    after = of(*members, ties=tuple(ties), rules=rules)
    assert (after.value or 0) >= (before.value or 0) - LIES
    assert after.low >= before.low - LIES


@given(TEAMS, TIES, RULES, st.integers(0, MOST - 1), st.integers(0, 4))
def test_the_band_narrows_when_a_relationship_is_judged(
    members: list[Member], ties: list[Tie], rules: Rules, at: int, relationship: int
) -> None:
    at %= len(members)
    members[at] = replace(members[at], relationship=None)
    before = of(*members, ties=tuple(ties), rules=rules)
    members[at] = replace(members[at], relationship=relationship)
    after = of(*members, ties=tuple(ties), rules=rules)
    assert after.low >= before.low - LIES
    assert after.high <= before.high + LIES
