"""On whom to bet, method.md section 2: roles (Webster & Wind 1972; Bonoma 1982), c = dᵀV (Friedkin & Johnsen 1990)."""

from __future__ import annotations

import pytest
from hypothesis import given

from crmtui.domain.words import Role
from crmtui.method.dmu import Member
from crmtui.method.influence import Tie
from crmtui.method.leverage import ROLE_WEIGHTS, Leverage, Rules, leverage
from teams import RULES, TEAMS, TIES

DECIDER, BUYER, USER, COACH = Role.DECIDER, Role.BUYER, Role.USER, Role.COACH


def weighed(*members: Member, ties: tuple[Tie, ...] = (), rules: Rules | None = None) -> Leverage:
    return leverage(members, ties, rules or Rules())


def leverages(found: Leverage) -> list[float]:
    return [term.leverage for term in found.terms]


# Decision rights


def test_without_lines_leverage_is_the_decision_right() -> None:
    found = weighed(Member(key=1, roles=(DECIDER,), power=4), Member(key=2, roles=(BUYER,), power=2))
    assert [term.right for term in found.terms] == pytest.approx([16 / 21, 5 / 21])
    assert leverages(found) == pytest.approx([16 / 21, 5 / 21])


def test_of_several_roles_the_greatest_counts_and_no_role_weighs_one() -> None:
    found = weighed(Member(key=1, roles=(COACH, USER), power=1), Member(key=2, power=1))
    assert leverages(found) == pytest.approx([0.5, 0.5])


def test_the_weights_of_the_roles_are_the_users() -> None:
    rules = Rules(roles=dict(ROLE_WEIGHTS) | {COACH: 3})
    found = weighed(Member(key=1, roles=(COACH,), power=1), Member(key=2, power=1), rules=rules)
    assert leverages(found) == pytest.approx([0.75, 0.25])


def test_unjudged_power_is_taken_at_the_middle_and_said_to_be_open() -> None:
    found = weighed(Member(key=1, roles=(USER,)), Member(key=2, roles=(USER,), power=2))
    assert leverages(found) == pytest.approx([0.5, 0.5])
    assert [(term.least, term.most, term.is_open) for term in found.terms] == [(0, 4, True), (2, 2, False)]


def test_an_unknown_role_may_be_any() -> None:
    term = weighed(Member(key=1, power=2)).terms[0]
    assert (term.least, term.most) == (1, 8)


@pytest.mark.parametrize(
    ("members", "rules"),
    [
        ((Member(key=1, power=0), Member(key=2, power=0)), Rules()),
        ((Member(key=1, roles=(USER,), power=4), Member(key=2, roles=(USER,))), Rules(roles=dict.fromkeys(Role, 0.0))),
    ],
)
def test_where_nobody_has_any_weight_all_decide_alike_and_that_is_said(
    members: tuple[Member, ...], rules: Rules
) -> None:
    found = weighed(*members, rules=rules)
    assert found.is_even
    assert leverages(found) == [0.5, 0.5]


def test_nobody_has_no_leverages() -> None:
    found = weighed()
    assert (found.terms, found.key_people, found.adrift, found.of(1)) == ((), (), (), 0)


def test_one_person_weighs_all() -> None:
    found = weighed(Member(key=7, power=1))
    assert (leverages(found), found.key_people, found.of(7)) == ([1], (7,), 1)


# Influence


def test_who_is_listened_to_gains_what_the_listener_loses() -> None:
    team = (Member(key=1, roles=(DECIDER,), power=4, openness=0.25), Member(key=2, roles=(DECIDER,), power=4))
    assert leverages(weighed(*team, ties=(Tie(2, 1),))) == pytest.approx([0.375, 0.625])


def test_reporting_to_somebody_is_formal_influence() -> None:
    boss, worker = Member(key=1, power=2), Member(key=2, power=2, reports_to=1)
    reporting = weighed(boss, worker)
    assert leverages(reporting) == pytest.approx([0.75, 0.25])
    drawn = weighed(boss, Member(key=2, power=2), ties=(Tie(1, 2, is_formal=True),))
    assert leverages(drawn) == leverages(reporting)


def test_a_formal_line_from_the_superior_does_not_count_twice() -> None:
    team = (Member(key=1, power=2), Member(key=2, power=2, reports_to=1), Member(key=3, power=2))
    ties = (Tie(3, 2, 2, is_formal=True),)
    once = weighed(*team, ties=ties)
    twice = weighed(*team, ties=(*ties, Tie(1, 2, 2, is_formal=True)))
    assert leverages(once) == leverages(twice)
    assert dict(twice.terms[1].listens) == {1: 0.5, 3: 0.5}


def test_a_circle_of_reports_to_is_solved_like_any_other() -> None:
    found = weighed(Member(key=1, power=2, reports_to=2), Member(key=2, power=2, reports_to=1))
    assert leverages(found) == pytest.approx([0.5, 0.5])
    assert found.adrift == ()


def test_a_circle_that_holds_to_nothing_is_named() -> None:
    team = (
        Member(key=1, power=2, reports_to=2, openness=1),
        Member(key=2, power=2, reports_to=1, openness=1),
        Member(key=3, power=2),
    )
    found = weighed(*team)
    assert found.adrift == (1, 2)
    assert leverages(found) == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_reporting_to_somebody_who_left_the_map_is_nothing() -> None:
    assert weighed(Member(key=1, power=2, reports_to=9)).terms[0].listens == ()


# Who weighs


def test_key_people_weigh_at_least_an_equal_share_the_weightiest_first() -> None:
    found = weighed(Member(key=1, power=1), Member(key=2, power=4), Member(key=3, power=3), Member(key=4, power=2))
    assert found.key_people == (2, 3)
    assert weighed(*(Member(key=key, power=2) for key in (1, 2, 3))).key_people == (1, 2, 3)


@given(TEAMS, TIES, RULES)
def test_leverages_are_at_least_zero_and_sum_to_one(members: list[Member], ties: list[Tie], rules: Rules) -> None:
    """method.md section 2: all c ≥ 0 and Σc = 1, as V (Friedkin & Johnsen 1990) takes means of attitudes."""
    found = leverage(members, ties, rules)
    assert min(leverages(found)) >= 0
    assert sum(leverages(found)) == pytest.approx(1)
    assert sum(term.right for term in found.terms) == pytest.approx(1)
    assert found.key_people


@given(TEAMS, RULES)
def test_without_any_influence_leverage_equals_right(members: list[Member], rules: Rules) -> None:
    """Check of method.md section 2: with no edges c = d (Friedkin & Johnsen 1990, with ΛW = 0)."""
    from dataclasses import replace

    found = leverage([replace(member, reports_to=None) for member in members], (), rules)
    assert leverages(found) == pytest.approx([term.right for term in found.terms])
