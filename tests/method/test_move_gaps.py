"""What maps lack as a whole, and what that is worth: by hand from method.md section 2, and as maps tell it too."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Role
from crmtui.method.dmu import Member, figures
from crmtui.method.dmu_findings import Fact, findings
from crmtui.method.leverage import ROLE_WEIGHTS
from crmtui.method.move import HOURS, Kind, Move, Why
from crmtui.method.move_field import Channel, Deal, Face, Field, Gap
from crmtui.method.move_gains import KNOWING, STEP_CONTACTS, closer, covered, moved
from crmtui.method.move_gaps import Seat, gaps, newcomers, notes
from crmtui.method.moves import rank
from crmtui.method.what_if import would_weigh

CALL = Channel(key=1, hours=0.5, cost=0, quality=0.35)
LINE_4 = Deal(key=10, account=1, stake=62_000, chance=0.48, favour=0.08, coverage=0.16, map=5)
BUYER = Seat(1, 11, (Role.BUYER,), 0.6, power=4, attitude=1)
USER = Seat(2, 12, (Role.USER,), 0.4, power=4, attitude=0)


def found(seats: list[Seat]) -> dict[Fact, Gap]:
    return {one.fact: one for one in gaps(seats, ROLE_WEIGHTS)}


def moves(field: Field, kind: Kind) -> list[Move]:
    return [one for one in rank(field, most=100, per_account=100, alike=100).moves if one.kind is kind]


# What is found


def test_a_decider_whom_nobody_knows_would_have_a_share_and_any_attitude() -> None:
    share = 4 * 4 / (4 * 4 + 2.5 * 4 + 1 * 4)  # role weight times power, over all: a decider has a decisive say
    one = found([BUYER, USER])[Fact.NO_DECIDER]
    assert one.width == pytest.approx(2 * share)
    assert one.roles == (Role.DECIDER,)
    assert Fact.NO_DECIDER not in found([BUYER._replace(roles=(Role.DECIDER,)), USER])


def test_roles_that_nobody_fills_are_one_finding_of_all_their_shares() -> None:
    one = found([BUYER])[Fact.NO_ROLE]
    assert one.roles == (Role.USER, Role.INFLUENCER)
    assert one.width == pytest.approx(2 * (2 * 1 + 2 * 2) / (2 * 1 + 2 * 2 + 2.5 * 4))


def test_a_role_without_a_name_may_be_for_or_against_us_unless_that_is_judged() -> None:
    nameless = Seat(3, None, (Role.DECIDER,), 0.5)
    assert found([nameless, USER])[Fact.NAMELESS].width == pytest.approx(2 * 0.5)
    assert Fact.NAMELESS not in found([nameless._replace(attitude=0), USER])


def test_no_opponent_is_worth_the_band_down_to_the_weightiest_as_a_critic() -> None:
    one = found([BUYER, USER])[Fact.NO_OPPONENT]
    assert one.width == pytest.approx(0.6 * (0.5 - -0.5))
    assert one.people == (11,)
    assert Fact.NO_OPPONENT not in found([BUYER, USER._replace(attitude=-1)])
    assert Fact.NO_OPPONENT not in found([BUYER._replace(attitude=None), USER])  # then that is what is to be asked


def test_most_of_those_who_weigh_are_not_for_us() -> None:
    even = [
        Seat(key, key + 10, (Role.USER,), 1 / 3, power=2, attitude=attitude) for key, attitude in enumerate((0, 1, -1))
    ]
    assert found(even)[Fact.FEW_SUPPORTERS].people == (10, 12)
    assert Fact.FEW_SUPPORTERS not in found([even[0]._replace(attitude=2), *even[1:]])


def test_a_map_with_nobody_on_it_lacks_nothing_yet() -> None:
    assert gaps((), ROLE_WEIGHTS) == ()
    assert notes(()) == {}


def test_who_is_next_where_all_contacts_were_with_one_person() -> None:
    third = Seat(3, 13, (Role.COACH,), 0.1)
    seats = [BUYER._replace(recent=3), USER._replace(weight=0.3), third]
    assert notes(seats)[12] == (Fact.ONE_PERSON,)
    assert not notes([BUYER._replace(recent=2), USER, third])  # too few to say how they are spread
    assert not notes([BUYER._replace(recent=3), USER._replace(recent=1), third])


def test_what_a_contact_should_mind_is_told_of_those_who_weigh_or_have_a_veto() -> None:
    assert notes([BUYER._replace(rank=3, our_rank=1, has_rival=True), USER])[11] == (Fact.RIVAL, Fact.LEVEL)
    assert not notes([BUYER, USER._replace(rank=3, our_rank=1, has_rival=True)])
    against = USER._replace(has_veto=True, opinion=-0.6)
    assert notes([BUYER, against])[12] == (Fact.BLOCK,)


MEMBERS = st.builds(
    Member,
    key=st.integers(1, 6),
    is_named=st.booleans(),
    roles=st.lists(st.sampled_from(Role), max_size=2, unique=True).map(tuple),
    has_veto=st.booleans(),
    power=st.none() | st.integers(0, 4),
    attitude=st.none() | st.integers(-2, 2),
    relationship=st.none() | st.integers(0, 4),
    contacts=st.integers(0, 4),
    has_rival=st.booleans(),
    rank=st.none() | st.integers(0, 3),
    our_rank=st.none() | st.integers(0, 3),
)
MAPS = st.lists(MEMBERS, min_size=1, max_size=6, unique_by=lambda one: one.key)


def seated(members: list[Member]) -> list[Seat]:
    made = figures(members)
    return [
        Seat(
            one.key,
            one.key if one.is_named else None,
            one.roles,
            made.leverage.of(one.key),
            one.power,
            one.attitude,
            term.opinion,
            one.has_veto,
            one.contacts,
            one.relationship,
            one.has_rival,
            one.rank,
            one.our_rank,
        )
        for one, term in zip(members, made.favour.terms, strict=True)
    ]


@given(MAPS)
def test_the_facts_are_those_that_the_map_tells_of_itself(members: list[Member]) -> None:
    told = {(one.fact, one.keys[:1]) for one in findings(figures(members))}
    seats = seated(members)
    of_map = {Fact.NO_DECIDER, Fact.NO_ROLE, Fact.FEW_SUPPORTERS}
    lacking = gaps(seats, ROLE_WEIGHTS)
    assert {one.fact for one in lacking} & of_map == {fact for fact, _keys in told} & of_map
    assert {one.fact for one in lacking if one.fact is Fact.NO_OPPONENT} <= {fact for fact, _keys in told}
    if Fact.UNKNOWN_POWER in {fact for fact, _keys in told}:  # what it narrows is worked out when its move comes up
        assert Fact.UNKNOWN_POWER in {one.fact for one in lacking}
    nameless = {(one.fact, (one.seat,)) for one in lacking if one.fact is Fact.NAMELESS}
    assert nameless <= told
    minded = {(fact, (person,)) for person, facts in notes(seats).items() for fact in facts}
    of_people = {Fact.BLOCK, Fact.RIVAL, Fact.LEVEL}
    named = {one.key for one in members if one.is_named}
    assert {one for one in minded if one[0] in of_people} == {
        (fact, keys) for fact, keys in told if fact in of_people and keys[0] in named
    }
    assert any(fact is Fact.ONE_PERSON for fact, _keys in minded) == any(
        fact is Fact.ONE_PERSON for fact, _keys in told
    )


@given(MAPS, st.lists(st.sampled_from(Role), min_size=1, max_size=3))
def test_newcomers_weigh_what_the_map_says_that_they_would(members: list[Member], roles: list[Role]) -> None:
    rights = sum(
        max((ROLE_WEIGHTS[role] for role in one.roles), default=1.0) * (2 if one.power is None else one.power)
        for one in members
    )
    told = would_weigh(figures(members), roles).value
    assert newcomers(roles, ROLE_WEIGHTS, rights, len(members)) == pytest.approx(told)


@given(MAPS)
def test_widths_are_within_those_of_favour(members: list[Member]) -> None:
    for one in gaps(seated(members), ROLE_WEIGHTS):
        assert one.width is None or 0 <= one.width <= 2 + 1e-9


# What it is worth


def test_finding_out_is_worth_an_eighth_of_the_width_of_favour_that_it_takes_away() -> None:
    gap = Gap(fact=Fact.NO_DECIDER, width=1.2)
    (one,) = moves(Field(deals=(LINE_4,), gaps={5: (gap,)}), Kind.FIND)
    assert one.gain == pytest.approx(1.2 * KNOWING * 0.08 * 62_000)
    assert (one.hours, one.map, one.account, one.gap) == (HOURS[Kind.FIND], 5, 1, gap)
    assert [term.why for term in one.terms] == [Why.BAND]
    begun = frozenset({(1, None, "find:5:no_decider")})
    assert not moves(Field(deals=(LINE_4,), gaps={5: (gap,)}, begun=begun), Kind.FIND)


def test_what_takes_long_is_only_worked_out_where_it_could_be_among_the_best() -> None:
    asked = []

    def narrowing(map_id: int, _gap: Gap) -> float:
        asked.append(map_id)
        return 0.4

    deals = tuple(replace(LINE_4, key=key, account=key, map=key, stake=1_000 * 4**key) for key in range(1, 6))
    gap = Gap(fact=Fact.UNKNOWN_POWER, width=None)
    field = Field(deals=deals, gaps=dict.fromkeys(range(1, 6), (gap,)), narrowing=narrowing)
    found = rank(field, most=2)
    assert [one.gain for one in found.moves] == pytest.approx([0.4 / 8 * 0.08 * 1_000 * 4**key for key in (5, 4)])
    assert asked == [5, 4, 3]  # the third may have been worth more than the second turned out to be; the others not


def test_what_turns_out_to_bring_nothing_is_no_move() -> None:
    field = Field(deals=(LINE_4,), gaps={5: (Gap(fact=Fact.UNKNOWN_POWER, width=None),)})
    assert not rank(field).moves


def test_a_step_closer_lets_contacts_cover_more_and_takes_three_of_them() -> None:
    bianchi = Face(person=7, weight=0.5, covered=0.4, ceiling=0.4, attitude=2, won=1, notes=(Fact.LEVEL,))
    (one,) = moves(Field(deals=(LINE_4,), maps={5: (bianchi,)}, channels=(CALL,)), Kind.NEARER)
    assert one.gain == pytest.approx(0.5 * 0.2 * 0.16 * 62_000)  # up to 3/5, which three calls reach
    assert (one.person, one.hours, one.notes) == (7, 1.5, (Fact.LEVEL,))
    near = replace(bianchi, notes=())
    assert not moves(Field(deals=(LINE_4,), maps={5: (near,)}, channels=(CALL,)), Kind.NEARER)
    begun = frozenset({(1, None, "nearer:7")})
    assert not moves(Field(deals=(LINE_4,), maps={5: (bianchi,)}, channels=(CALL,), begun=begun), Kind.NEARER)


def test_to_win_over_takes_three_contacts_with_each() -> None:
    faces = tuple(Face(person=key, weight=0.5, covered=1, attitude=0, won=1) for key in (7, 8))
    gap = Gap(fact=Fact.FEW_SUPPORTERS, people=(7, 8, 9))  # 9 has no name there, and cannot be spoken to
    (one,) = moves(Field(deals=(LINE_4,), maps={5: faces}, gaps={5: (gap,)}, channels=(CALL,)), Kind.WIN_OVER)
    assert one.gain == pytest.approx(2 * 0.5 * 0.5 * 0.35 * 0.08 * 62_000)
    assert (one.hours, one.people, one.gap) == (2 * 3 * 0.5, (), gap)
    assert not moves(Field(deals=(LINE_4,), maps={5: faces}, gaps={5: (gap,)}), Kind.WIN_OVER)


def test_a_contact_says_what_it_should_mind() -> None:
    bianchi = Face(person=7, weight=0.5, notes=(Fact.ONE_PERSON,))
    (one,) = moves(Field(deals=(LINE_4,), maps={5: (bianchi,)}, channels=(CALL,)), Kind.CONTACT)
    assert one.notes == (Fact.ONE_PERSON,)


SHARES = st.floats(0, 1, allow_subnormal=False)
FACES = st.builds(
    Face, person=st.just(1), weight=SHARES, covered=SHARES, ceiling=SHARES, attitude=st.none() | st.integers(-2, 2)
)


@given(FACES, st.lists(SHARES, max_size=5), SHARES)
def test_more_contacts_never_bring_less(face: Face, qualities: list[float], one_more: float) -> None:
    for gain in (covered, moved):
        before, after = gain(face, qualities), gain(face, [*qualities, one_more])
        assert 0 <= before <= after + 1e-12
        assert math.isfinite(after)
    assert covered(face, qualities) <= covered(face, qualities, ceiling=closer(face)) + 1e-12
    assert moved(face, [1.0] * STEP_CONTACTS) <= face.weight / 2 + 1e-12
