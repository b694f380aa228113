"""Favour, method.md section 2 (Friedkin & Johnsen 1990)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Role
from crmtui.method.dmu import Member
from crmtui.method.favour import Favour, favour
from crmtui.method.influence import Tie
from crmtui.method.leverage import Rules, leverage
from teams import MOST, RULES, TEAMS, TIES

if TYPE_CHECKING:
    from collections.abc import Sequence

DECIDER, USER = Role.DECIDER, Role.USER
BOSS = Member(key=1, roles=(DECIDER,), power=4, attitude=1)
WORKER = Member(key=2, roles=(USER,), power=4, attitude=-2)
LIES = 1e-9  # rounding


def of(*members: Member, ties: Sequence[Tie] = (), rules: Rules | None = None) -> Favour:
    return favour(members, leverage(members, ties, rules or Rules()))


def test_favour_is_the_mean_attitude_where_nobody_listens() -> None:
    found = of(BOSS, WORKER)
    assert found.value == pytest.approx(0.8 * 0.5 + 0.2 * -1)
    assert [term.points for term in found.terms] == pytest.approx([0.4, -0.2])
    assert (found.low, found.high, found.completeness) == (found.value, found.value, 1)


def test_attitudes_spread_to_who_listens() -> None:
    found = of(BOSS, WORKER, ties=[Tie(1, 2)])
    boss, worker = found.terms
    assert (boss.opinion, worker.opinion) == pytest.approx((0.5, -0.25))
    assert (boss.leverage, worker.leverage) == pytest.approx((0.9, 0.1))
    assert found.value == pytest.approx(0.9 * 0.5 + 0.1 * -1)
    assert found.value == pytest.approx(0.8 * 0.5 + 0.2 * -0.25)


def test_an_unknown_attitude_is_taken_at_zero_and_widens_the_band() -> None:
    """method.md section 2: at 0 for the figure, at -1 and +1 for its band."""
    found = of(BOSS, replace(WORKER, attitude=None))
    assert found.value == pytest.approx(0.4)
    assert (found.low, found.high) == pytest.approx((0.2, 0.6))
    assert (found.terms[1].attitude, found.terms[1].points) == (None, None)
    assert found.completeness == pytest.approx(0.8 + 0.2 * 2 / 3)


def test_an_unknown_power_widens_the_band_from_no_say_to_decisive() -> None:
    found = of(BOSS, replace(WORKER, power=None))
    assert found.value == pytest.approx((16 * 0.5 + 2 * -1) / 18)
    assert (found.low, found.high) == pytest.approx(((16 * 0.5 + 4 * -1) / 20, 0.5))


def test_a_map_with_nobody_has_no_favour_and_the_widest_band() -> None:
    found = of()
    assert (found.value, found.low, found.high, found.completeness, found.terms) == (None, -1, 1, None, ())
    assert (found.middle, found.width) == (0, 2)


def test_where_no_attitude_is_known_there_is_no_favour_either() -> None:
    found = of(replace(BOSS, attitude=None), replace(WORKER, attitude=None))
    assert (found.value, found.low, found.high) == (None, -1, 1)
    nothing = of(Member(key=1), Member(key=2))
    assert (nothing.value, nothing.low, nothing.high, nothing.completeness) == (None, -1, 1, 0)


@pytest.mark.parametrize("attitude", [-2, -1, 0, 1, 2])
def test_of_one_person_favour_is_the_attitude(attitude: int) -> None:
    found = of(replace(BOSS, attitude=attitude))
    assert (found.value, found.low, found.high) == (attitude / 2, attitude / 2, attitude / 2)


def test_where_all_weigh_nothing_favour_is_the_plain_mean() -> None:
    found = of(replace(BOSS, power=0), replace(WORKER, power=0))
    assert (found.value, found.low, found.high) == (-0.25, -0.25, -0.25)


def test_where_one_may_weigh_and_the_others_do_not_both_cases_are_in_the_band() -> None:
    found = of(replace(BOSS, power=0), replace(WORKER, power=None))
    assert (found.value, found.low, found.high) == (-1, -1, -0.25)


@pytest.mark.parametrize(
    ("attitude", "veto", "blocks"), [(-2, True, (1,)), (-1, True, ()), (-2, False, ()), (None, True, ())]
)
def test_a_veto_blocks_below_half_against(attitude: int | None, *, veto: bool, blocks: tuple[int, ...]) -> None:
    """method.md section 2: a veto holder at x < -0.5 is a block, whatever the favour."""
    assert of(replace(BOSS, attitude=attitude, has_veto=veto)).blocks == blocks


def test_a_veto_holder_may_be_talked_round_or_talked_into_blocking() -> None:
    opponent, critic = replace(BOSS, attitude=-2, has_veto=True), replace(BOSS, attitude=-1, has_veto=True)
    assert of(opponent, replace(WORKER, attitude=2), ties=[Tie(2, 1)]).blocks == ()
    assert of(critic, replace(WORKER, attitude=-2), ties=[Tie(2, 1)]).blocks == (1,)


@given(TEAMS, TIES, RULES)
def test_favour_is_in_its_band_and_its_points_sum_to_it(members: list[Member], ties: list[Tie], rules: Rules) -> None:
    found = of(*members, ties=ties, rules=rules)
    assert -1 <= found.low <= found.middle <= found.high <= 1
    assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.middle)
    assert sum(term.right * term.opinion for term in found.terms) == pytest.approx(found.middle, abs=LIES)
    assert 0 <= (found.completeness or 0) <= 1


@given(TEAMS, TIES, RULES, st.integers(0, MOST - 1), st.integers(-2, 1))
def test_a_better_attitude_never_lowers_favour(
    members: list[Member], ties: list[Tie], rules: Rules, at: int, attitude: int
) -> None:
    """Check of method.md section 2: favour is linear in the attitudes with weights c ≥ 0 (Friedkin & Johnsen 1990)."""
    at %= len(members)
    members[at] = replace(members[at], attitude=attitude)
    before = of(*members, ties=ties, rules=rules)
    members[at] = replace(members[at], attitude=attitude + 1)
    after = of(*members, ties=ties, rules=rules)
    gain = before.terms[at].leverage / 2
    assert after.middle == pytest.approx(before.middle + gain)
    assert after.low >= before.low - LIES
    assert after.high >= before.high - LIES


@given(TEAMS, TIES, RULES, st.integers(0, MOST - 1), st.data())
def test_the_band_narrows_when_something_becomes_known(
    members: list[Member], ties: list[Tie], rules: Rules, at: int, data: st.DataObject
) -> None:
    at %= len(members)
    field, unknown, answers = data.draw(
        st.sampled_from(
            [
                ("attitude", None, st.integers(-2, 2)),
                ("power", None, st.integers(0, 4)),
                ("roles", (), st.lists(st.sampled_from(Role), min_size=1, max_size=2).map(tuple)),
            ]
        )
    )
    members[at] = replace(members[at], **{field: unknown})
    before = of(*members, ties=ties, rules=rules)
    members[at] = replace(members[at], **{field: data.draw(answers)})
    after = of(*members, ties=ties, rules=rules)
    assert after.low >= before.low - LIES
    assert after.high <= before.high + LIES
