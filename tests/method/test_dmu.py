from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Role
from crmtui.method import dmu
from crmtui.method.dmu import RECENT, Member
from crmtui.method.dmu_findings import STRONG, URGENT, Fact, Finding, findings

DECIDER, BUYER, USER, INFLUENCER = Role.DECIDER, Role.BUYER, Role.USER, Role.INFLUENCER
ALL_ROLES = (DECIDER, BUYER, USER, INFLUENCER)

# Somebody of whom nothing is to be said but that no opponent has been found.
FINE: Final = Member(
    key=1, roles=ALL_ROLES, power=4, attitude=1, relationship=3, is_covered=True, has_win=True, days=5, contacts=1
)
BARE: Final = {"roles": ALL_ROLES, "relationship": 3, "is_covered": True, "has_win": True, "days": 5}

MEMBERS = st.builds(
    Member,
    key=st.integers(1, 9),
    is_named=st.booleans(),
    roles=st.lists(st.sampled_from(Role), unique=True).map(tuple),
    has_veto=st.booleans(),
    power=st.none() | st.integers(0, 4),
    attitude=st.none() | st.integers(-2, 2),
    relationship=st.none() | st.integers(0, 4),
    is_covered=st.booleans(),
    has_win=st.booleans(),
    has_rival=st.booleans(),
    days=st.none() | st.integers(0, 400),
    contacts=st.integers(0, 5),
)
MAPS = st.lists(MEMBERS, max_size=8, unique_by=lambda member: member.key)


def facts(*members: Member) -> list[Fact]:
    return [finding.fact for finding in findings(members)]


def one(fact: Fact, *members: Member) -> Finding:
    return next(finding for finding in findings(members) if finding.fact is fact)


# The figures


def test_the_mean_attitude_weighs_by_power() -> None:
    members = [Member(key=1, power=4, attitude=-1), Member(key=2, power=1, attitude=2)]
    found = dmu.attitude(members)
    assert found.value == pytest.approx((4 * -1 + 1 * 2) / 5)
    assert [term.points for term in found.terms] == [pytest.approx(-0.8), pytest.approx(0.4)]
    assert (found.low, found.high) == (found.value, found.value)


def test_an_unknown_attitude_is_not_a_neutral_one() -> None:
    known = Member(key=1, power=2, attitude=2)
    found = dmu.attitude([known, Member(key=2, power=2)])
    assert found.value == 2
    assert (found.low, found.high, found.unknown) == (0, 2, 1)
    neutral = dmu.attitude([known, Member(key=2, power=2, attitude=0)])
    assert (neutral.value, neutral.unknown) == (1, 0)


def test_nobody_known_has_no_mean_and_the_widest_band() -> None:
    for members in ([], [Member(key=1)], [Member(key=1, power=3)], [Member(key=1, attitude=2)]):
        found = dmu.attitude(members)
        assert found.value is None
        assert (found.low, found.high) == (-2, 2)


def test_an_empty_map_has_no_figures() -> None:
    found = dmu.figures([])
    assert (found.known, found.met, found.met_keys) == (None, None, ())


def test_what_is_known_is_counted_question_by_question() -> None:
    found = dmu.figures([FINE, Member(key=2, is_named=False, power=0)])
    assert found.known == pytest.approx(6 / 10)
    assert dict(found.missing) == {1: (), 2: ("person_id", "roles", "attitude", "relationship")}


def test_met_is_within_ninety_days() -> None:
    days = [0, RECENT, RECENT + 1, None]
    found = dmu.figures([Member(key=key, days=day) for key, day in enumerate(days, 1)])
    assert (found.met, found.met_keys) == (0.5, (1, 2))


@given(MAPS)
def test_points_sum_to_the_mean_and_the_band_holds_it(members: list[Member]) -> None:
    found = dmu.attitude(members)
    assert -2 <= found.low <= found.high <= 2
    if found.value is not None:
        assert sum(term.points or 0 for term in found.terms) == pytest.approx(found.value)
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


@given(MAPS, st.integers(0, 7))
def test_a_better_attitude_never_lowers_the_mean(members: list[Member], at: int) -> None:
    from dataclasses import replace

    if at >= len(members) or members[at].attitude in (None, 2):
        return
    before = dmu.attitude(members)
    members[at] = replace(members[at], attitude=(members[at].attitude or 0) + 1)
    after = dmu.attitude(members)
    assert after.low >= before.low
    assert before.value is None or (after.value or 0) >= before.value


@given(MAPS)
def test_shares_are_shares(members: list[Member]) -> None:
    found = dmu.figures(members)
    for share in (found.known, found.met):
        assert share is None if not members else 0 <= (share or 0) <= 1


# The findings


def test_an_empty_map_has_no_findings() -> None:
    assert findings([]) == ()


def test_who_is_fine_leaves_only_the_question_for_an_opponent() -> None:
    assert facts(FINE) == [Fact.NO_OPPONENT]


def test_a_map_without_a_decider_says_so_first() -> None:
    found = findings([Member(key=1, power=1, attitude=-1, roles=(USER,))])
    assert found[0] == Finding(Fact.NO_DECIDER, (), "roles", (DECIDER,))
    assert one(Fact.NO_ROLE, Member(key=1, roles=(USER,))).roles == (BUYER, INFLUENCER)


def test_an_opponent_who_cannot_stop_it_is_against_us_and_a_veto_holder_blocks() -> None:
    against = Member(key=1, power=3, attitude=-1, **BARE)  # type: ignore[arg-type]
    blocking = Member(key=1, power=3, attitude=-1, has_veto=True, **BARE)  # type: ignore[arg-type]
    assert facts(against) == [Fact.AGAINST]
    assert facts(blocking) == [Fact.BLOCK]


def test_a_veto_blocks_whatever_the_power() -> None:
    assert Fact.BLOCK in facts(Member(key=1, power=0, attitude=-2, has_veto=True))
    assert Fact.BLOCK not in facts(Member(key=1, power=0, attitude=0, has_veto=True))


def test_only_who_weighs_is_asked_about_one_by_one() -> None:
    personal = {Fact.UNKNOWN_ATTITUDE, Fact.NEVER_MET, Fact.UNCOVERED, Fact.NO_WIN}
    assert personal <= set(facts(Member(key=1, power=STRONG)))
    assert not personal & set(facts(Member(key=1, power=STRONG - 1)))
    assert not personal & set(facts(Member(key=1)))


def test_long_without_a_contact_is_not_never_met() -> None:
    assert Fact.NOT_MET in facts(Member(key=1, power=4, days=RECENT + 1))
    assert not {Fact.NOT_MET, Fact.NEVER_MET} & set(facts(Member(key=1, power=4, days=RECENT)))


@pytest.mark.parametrize(("relationship", "stronger"), [(None, True), (0, True), (1, True), (2, False), (4, False)])
def test_a_competitor_is_stronger_where_our_relationship_is_weak(relationship: int | None, *, stronger: bool) -> None:
    member = Member(key=1, power=3, relationship=relationship, has_rival=True)
    assert (Fact.RIVAL in facts(member)) is stronger


def test_a_placeholder_is_asked_for_its_name_only() -> None:
    found = facts(FINE, Member(key=2, is_named=False, power=4))
    assert found == [Fact.NAMELESS, Fact.NO_OPPONENT]


def test_unjudged_power_is_one_finding_that_leads_to_the_first() -> None:
    assert one(Fact.UNKNOWN_POWER, FINE, Member(key=2), Member(key=3)).keys == (2, 3)


@pytest.mark.parametrize(
    ("contacts", "told"), [((3, 0), True), ((2, 0), False), ((3, 1), False), ((9, 0), True), ((0, 0), False)]
)
def test_all_contacts_with_one_person(contacts: tuple[int, int], *, told: bool) -> None:
    members = [Member(key=key, contacts=count) for key, count in enumerate(contacts, 1)]
    assert (Fact.ONE_PERSON in facts(*members)) is told


def test_the_only_person_of_a_map_may_have_all_contacts() -> None:
    assert Fact.ONE_PERSON not in facts(Member(key=1, contacts=9))


def test_the_most_powerful_comes_first() -> None:
    weak, strong = Member(key=1, power=3), Member(key=2, power=4)
    assert [one.keys for one in findings([weak, strong]) if one.fact is Fact.NO_WIN] == [(2,), (1,)]


@given(MAPS)
def test_urgent_findings_come_first_and_all_lead_to_somebody_on_the_map(members: list[Member]) -> None:
    found = findings(members)
    urgent = [finding.fact in URGENT for finding in found]
    assert urgent == sorted(urgent, reverse=True)
    assert {key for finding in found for key in finding.keys} <= {member.key for member in members}
    assert len(found) == len(set(found))
