"""The figures and findings of a map, method.md section 2, and what a judgement would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Role, SocialStyle
from crmtui.method import dmu
from crmtui.method.coverage import Encounter
from crmtui.method.dmu import ADVICE, RECENT, Figures, Member
from crmtui.method.dmu_findings import URGENT, Fact, Finding, findings
from crmtui.method.influence import Tie
from crmtui.method.leverage import ROLE_WEIGHTS, Rules
from crmtui.method.what_if import Effect, changed, met
from teams import RULES, TEAMS, TIES

if TYPE_CHECKING:
    from collections.abc import Sequence

DECIDER, BUYER, USER, INFLUENCER = Role.DECIDER, Role.BUYER, Role.USER, Role.INFLUENCER
ALL_ROLES = (DECIDER, BUYER, USER, INFLUENCER)

# Somebody of whom nothing is to be said but that no opponent has been found.
FINE: Final = Member(
    key=1, roles=ALL_ROLES, power=4, attitude=1, relationship=3, is_covered=True, has_win=True, days=5, contacts=1
)
BARE: Final = replace(FINE, attitude=None)
LIGHT: Final = Member(key=9, roles=(USER,), power=0, attitude=1)  # on the map, and of no weight


def figures(*members: Member, ties: Sequence[Tie] = ()) -> Figures:
    return dmu.figures(members, ties)


def facts(*members: Member) -> list[Fact]:
    return [finding.fact for finding in findings(figures(*members))]


def one(fact: Fact, *members: Member, ties: Sequence[Tie] = ()) -> Finding:
    return next(finding for finding in findings(figures(*members, ties=ties)) if finding.fact is fact)


def gains(found: Finding, effect: Effect, value: float) -> bool:
    return found.gain.effect is effect and found.gain.value == pytest.approx(value)


# What is given


def test_the_roles_are_those_of_the_buying_centre_and_the_coach() -> None:
    """Webster & Wind 1972 have user, influencer, buyer, decider, gatekeeper; Bonoma 1982 adds the initiator."""
    buying_centre = {"user", "influencer", "buyer", "decider", "gatekeeper", "initiator"}
    assert {role.value for role in Role} == buying_centre | {"coach"}
    assert set(ROLE_WEIGHTS) == set(Role)
    assert max(ROLE_WEIGHTS, key=lambda role: ROLE_WEIGHTS[role]) is Role.DECIDER


def test_each_social_style_has_its_own_advice() -> None:
    """Merrill & Reid 1981: assertiveness and responsiveness make four styles."""
    assert {style.value for style in SocialStyle} == {"driving", "expressive", "amiable", "analytical"}
    assert set(ADVICE) == set(SocialStyle)
    assert len(set(ADVICE.values())) == len(ADVICE)


def test_the_defaults_are_those_of_the_method() -> None:
    """method.md section 2: openness 0.5, θ = 0.5, h = 90 days."""
    assert (Member(key=1).openness, Rules().informal_share, Rules().half_life) == (0.5, 0.5, 90)


# What can be counted


def test_an_empty_map_has_no_figures() -> None:
    found = figures()
    assert (found.known, found.met, found.met_keys) == (None, None, ())
    assert (found.favour.value, found.coverage.value) == (None, None)


def test_what_is_known_is_counted_question_by_question() -> None:
    found = figures(FINE, Member(key=2, is_named=False, power=0))
    assert found.known == pytest.approx(6 / 10)
    assert dict(found.missing) == {1: (), 2: ("person_id", "roles", "attitude", "relationship")}


def test_met_is_within_ninety_days() -> None:
    days = [0, RECENT, RECENT + 1, None]
    found = figures(*(Member(key=key, days=day) for key, day in enumerate(days, 1)))
    assert (found.met, found.met_keys) == (0.5, (1, 2))


# What if


@given(TEAMS, TIES, RULES, st.data())
def test_a_change_leads_to_the_figures_of_the_changed_map(
    members: list[Member], ties: list[Tie], rules: Rules, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(members))
    changes = data.draw(
        st.dictionaries(st.sampled_from(["attitude", "power", "relationship"]), st.none() | st.integers(0, 2))
    )
    after = [replace(member, **changes) if member == chosen else member for member in members]  # type: ignore[arg-type]  # fields of a member
    assert changed(dmu.figures(members, ties, rules), {chosen.key: changes}) == dmu.figures(after, ties, rules)


def test_a_contact_is_seen_before_it_is_written_down() -> None:
    before = figures(replace(FINE, encounters=(Encounter(0.5, 0),)), LIGHT)
    after = met(before, [1], 0.5)
    assert (before.coverage.value, after.coverage.value) == pytest.approx((0.5, 0.75))
    assert (after.favour, after.members[0].days) == (before.favour, 0)
    assert met(before, [1]).coverage.value == pytest.approx(0.8)  # the usual meeting; at most by the relationship
    assert met(before, []).coverage == before.coverage


# The findings


def test_an_empty_map_has_no_findings() -> None:
    assert findings(figures()) == ()


def test_who_is_fine_leaves_only_the_question_for_an_opponent() -> None:
    assert facts(FINE) == [Fact.NO_OPPONENT]


def test_a_map_without_a_decider_says_so_first_and_what_one_would_weigh() -> None:
    found = findings(figures(Member(key=1, power=4, attitude=-1, roles=(USER,))))[0]
    assert (found.fact, found.keys, found.field, found.roles) == (Fact.NO_DECIDER, (), "roles", (DECIDER,))
    assert gains(found, Effect.WOULD_WEIGH, 16 / 20)
    others = one(Fact.NO_ROLE, Member(key=1, power=4, roles=(USER,)))
    assert others.roles == (BUYER, INFLUENCER)
    assert gains(others, Effect.WOULD_WEIGH, 9 / 13)


def test_an_opponent_is_against_us_and_a_veto_that_ends_against_us_blocks() -> None:
    assert facts(replace(BARE, attitude=-2)) == [Fact.AGAINST]
    assert facts(replace(BARE, attitude=-2, has_veto=True)) == [Fact.BLOCK]
    assert facts(replace(BARE, attitude=-1, has_veto=True)) == [Fact.AGAINST]


def test_a_veto_blocks_whatever_the_leverage() -> None:
    veto = Member(key=2, power=0, attitude=-2, has_veto=True)
    assert one(Fact.BLOCK, FINE, veto).keys == (2,)
    assert Fact.BLOCK not in facts(FINE, replace(veto, attitude=-1))


def test_winning_somebody_over_gains_the_leverage_of_a_step() -> None:
    found = one(Fact.AGAINST, replace(BARE, attitude=-1), replace(FINE, key=2))
    assert gains(found, Effect.STEP, 0.25)


def test_an_attitude_that_becomes_known_narrows_favour_by_twice_the_leverage() -> None:
    found = one(Fact.UNKNOWN_ATTITUDE, BARE, replace(FINE, key=2, attitude=-2))
    assert gains(found, Effect.NARROWS, 1.0)


def test_a_finding_that_narrows_nothing_is_left_out_or_says_what_it_weighs() -> None:
    assert Fact.UNKNOWN_POWER not in facts(Member(key=1, roles=(DECIDER,), attitude=1))
    nameless = replace(FINE, key=2, is_named=False, power=2)
    assert gains(one(Fact.NAMELESS, FINE, nameless), Effect.WEIGHS, 1 / 3)
    assert gains(one(Fact.NAMELESS, FINE, replace(nameless, attitude=None)), Effect.NARROWS, 2 / 3)


def test_a_contact_gains_the_coverage_of_who_weighs() -> None:
    found = one(Fact.NEVER_MET, replace(FINE, days=None, contacts=0), replace(FINE, key=2))
    assert gains(found, Effect.MEETING, 0.5 * 0.6)


def test_only_who_weighs_is_asked_about_one_by_one() -> None:
    personal = {Fact.UNKNOWN_ATTITUDE, Fact.NEVER_MET, Fact.UNCOVERED, Fact.NO_WIN}
    nobody = Member(key=2, roles=(USER,), power=1)
    assert not personal & set(facts(FINE, nobody))
    assert personal <= set(facts(FINE, replace(nobody, has_veto=True)))
    assert personal <= set(facts(replace(FINE, power=0), nobody))


def test_who_is_listened_to_weighs_whatever_the_power() -> None:
    coach = Member(key=2, roles=(Role.COACH,), power=0)
    decider = replace(FINE, openness=1)
    assert one(Fact.UNKNOWN_ATTITUDE, decider, coach, ties=[Tie(2, 1)]).keys == (2,)


def test_long_without_a_contact_is_not_never_met() -> None:
    assert Fact.NOT_MET in facts(replace(FINE, days=RECENT + 1))
    assert not {Fact.NOT_MET, Fact.NEVER_MET} & set(facts(replace(FINE, days=RECENT)))


@pytest.mark.parametrize(("relationship", "stronger"), [(None, True), (0, True), (1, True), (2, False), (4, False)])
def test_a_competitor_is_stronger_where_our_relationship_is_weak(relationship: int | None, *, stronger: bool) -> None:
    member = replace(FINE, relationship=relationship, has_rival=True)
    assert (Fact.RIVAL in facts(member)) is stronger


@pytest.mark.parametrize(
    ("theirs", "ours", "told"), [(3, 2, True), (3, 3, False), (0, 1, False), (None, 0, False), (3, None, False)]
)
def test_nobody_of_ours_at_the_level_of_who_weighs(theirs: int | None, ours: int | None, *, told: bool) -> None:
    assert (Fact.LEVEL in facts(replace(FINE, rank=theirs, our_rank=ours))) is told


def test_most_key_people_are_not_supporters() -> None:
    team = [replace(FINE, key=key, attitude=attitude) for key, attitude in ((1, 1), (2, 0), (3, None))]
    found = one(Fact.FEW_SUPPORTERS, *team)
    assert set(found.keys) == {2, 3}
    assert gains(found, Effect.STEP, 1 / 3)
    assert Fact.FEW_SUPPORTERS not in facts(*team[:2])
    assert Fact.FEW_SUPPORTERS not in facts(team[1])


def test_a_placeholder_is_asked_for_its_name_only() -> None:
    found = facts(FINE, Member(key=2, is_named=False, roles=(USER,), power=4))
    assert found == [Fact.NAMELESS, Fact.NO_OPPONENT]


def test_unjudged_power_is_one_finding_that_leads_to_the_weightiest() -> None:
    found = one(Fact.UNKNOWN_POWER, FINE, Member(key=2), Member(key=3, roles=(DECIDER,)))
    assert (found.keys, found.gain.effect) == ((3, 2), Effect.NARROWS)
    assert found.gain.value > 0


@pytest.mark.parametrize(
    ("contacts", "told"), [((3, 0), True), ((2, 0), False), ((3, 1), False), ((9, 0), True), ((0, 0), False)]
)
def test_all_contacts_with_one_person(contacts: tuple[int, int], *, told: bool) -> None:
    members = [Member(key=key, contacts=count) for key, count in enumerate(contacts, 1)]
    assert (Fact.ONE_PERSON in facts(*members)) is told


def test_of_all_contacts_with_one_person_the_gain_is_to_meet_the_weightiest_other() -> None:
    found = one(Fact.ONE_PERSON, Member(key=1, contacts=9), Member(key=2, power=1), Member(key=3, power=4))
    assert (found.keys, found.gain.key) == ((1,), 3)
    assert found.gain.value > 0


def test_the_only_person_of_a_map_may_have_all_contacts() -> None:
    assert Fact.ONE_PERSON not in facts(Member(key=1, contacts=9))


def test_no_opponent_tells_what_one_would_cost() -> None:
    found = one(Fact.NO_OPPONENT, FINE)
    assert (found.gain.effect, found.gain.value, found.gain.key) == (Effect.RISK, -1, 1)


def test_the_weightiest_comes_first() -> None:
    light, heavy = Member(key=1, power=3), Member(key=2, power=4)
    middle = Member(key=3, power=3, has_veto=True)
    told = [found.keys for found in findings(figures(light, heavy, middle)) if found.fact is Fact.NO_WIN]
    assert told == [(2,), (3,)]


@given(TEAMS, TIES, RULES)
def test_urgent_findings_come_first_and_all_lead_to_somebody_on_the_map(
    members: list[Member], ties: list[Tie], rules: Rules
) -> None:
    found = findings(dmu.figures(members, ties, rules))
    urgent = [finding.fact in URGENT for finding in found]
    assert urgent == sorted(urgent, reverse=True)
    assert {key for finding in found for key in finding.keys} <= {member.key for member in members}
    assert len(found) == len(set(found))
    assert all(-2 <= finding.gain.value <= 2 for finding in found)
