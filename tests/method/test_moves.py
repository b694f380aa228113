from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, strategies as st

from crmtui.method.dmu_findings import Fact
from crmtui.method.move import HOURS, Kind, Move, Why
from crmtui.method.move_field import NEXT, Channel, Climb, Course, Deal, Face, Field, Gap, Proposed, Step, Visit
from crmtui.method.move_gains import BEST
from crmtui.method.moves import ALIKE, LIMITED, PER_ACCOUNT, rank

CALL = Channel(key=1, hours=0.5, cost=5, quality=0.35)
MEETING = Channel(key=2, hours=2, cost=140, quality=0.6)
AURORA, HELIOS = 1, 2


def line_4(**changes: object) -> Deal:
    usual = Deal(key=10, account=AURORA, stake=62_000, chance=0.48, favour=0.08, coverage=0.16, level=0.02, map=5)
    return replace(usual, **changes)  # type: ignore[arg-type]  # what a test varies


def only(field: Field) -> Move:
    (found,) = rank(field).moves
    return found


# By example: the figures by hand, from the definition of the scale


def test_a_criterion_one_grade_up_is_worth_the_rise_times_the_margin_an_hour() -> None:
    found = only(Field(deals=(line_4(steps=(Step(code="budget", rise=0.09), Step(code="need", rise=0.04))),)))
    assert (found.kind, found.deal, found.code) == (Kind.RAISE, 10, "budget")
    assert found.gain == pytest.approx(0.09 * 62_000)
    assert found.rate == pytest.approx(0.09 * 62_000 / 8)
    (term,) = found.terms
    assert (term.why, term.amount, term.chance, term.points) == (Why.CRITERION, 1, 0.48, 0.09)


def test_a_contact_is_worth_coverage_and_what_it_tells_less_its_cost() -> None:
    bianchi = Face(person=7, weight=0.31)
    found = only(Field(deals=(line_4(),), maps={5: (bianchi,)}, channels=(MEETING,)))
    coverage, known = 0.31 * 0.6, 0.31 * 0.6 * 2 / 8
    assert (found.kind, found.person, found.channel, found.hours, found.cost) == (Kind.CONTACT, 7, 2, 2, 140)
    assert found.gain == pytest.approx((coverage * 0.16 + known * 0.08) * 62_000 - 140)
    assert [term.why for term in found.terms] == [Why.COVERAGE, Why.ATTITUDE]
    assert [term.amount for term in found.terms] == pytest.approx([coverage, known])


def test_who_is_against_us_is_a_third_of_a_step_nearer_after_a_meeting_of_full_quality() -> None:
    ferrari = Face(person=8, weight=0.24, attitude=-1, covered=1)
    face_to_face = replace(MEETING, quality=1.0)
    found = only(Field(deals=(line_4(),), maps={5: (ferrari,)}, channels=(face_to_face,)))
    assert [term.why for term in found.terms] == [Why.STEP]
    assert found.terms[0].amount == pytest.approx(0.24 * 0.5 / 3)


def test_coverage_never_passes_what_the_relationship_allows() -> None:
    conti = Face(person=9, weight=0.5, attitude=BEST, covered=0.3, ceiling=0.4)
    found = only(Field(deals=(line_4(),), maps={5: (conti,)}, channels=(MEETING,)))
    assert found.terms[0].amount == pytest.approx(0.5 * 0.1)
    at_the_ceiling = replace(conti, covered=0.4)
    assert not rank(Field(deals=(line_4(),), maps={5: (at_the_ceiling,)}, channels=(MEETING,))).moves


def test_the_channel_that_is_worth_most_an_hour_unless_another_is_preferred_or_refused() -> None:
    def chosen(face: Face) -> int | None:
        return only(Field(deals=(line_4(),), maps={5: (face,)}, channels=(MEETING, CALL))).channel

    bianchi = Face(person=7, weight=0.31)
    assert chosen(bianchi) == CALL.key
    assert chosen(replace(bianchi, preferred=MEETING.key)) == MEETING.key
    assert chosen(replace(bianchi, preferred=CALL.key, refused=frozenset({CALL.key}))) == MEETING.key
    none_left = replace(bianchi, refused=frozenset({CALL.key, MEETING.key}))
    assert not rank(Field(deals=(line_4(),), maps={5: (none_left,)}, channels=(MEETING, CALL))).moves


def test_what_is_unknown_is_worth_an_eighth_of_the_width_that_an_answer_takes_away() -> None:
    found = only(Field(deals=(line_4(steps=(Step(code="process", width=0.2),)),)))
    assert (found.kind, found.code, found.hours) == (Kind.ASK, "process", 1)
    assert found.gain == pytest.approx(0.2 / 8 * 62_000)
    card = only(Field(deals=(line_4(width=0.8),)))
    assert card.kind is Kind.SCORE
    assert card.gain == pytest.approx(0.1 * 62_000)


def test_a_map_is_worth_the_favour_that_it_makes_known_over_all_opportunities_without_one() -> None:
    second = line_4(key=11, stake=10_000, map=None)
    found = only(Field(deals=(line_4(map=None), second)))
    assert (found.kind, found.account, found.deal) == (Kind.MAP, AURORA, None)
    assert found.gain == pytest.approx(2 / 8 * 0.08 * 72_000)
    assert [term.deal for term in found.terms] == [10, 11]


def test_a_win_that_convinces_is_worth_its_leverage_up_to_two_thirds() -> None:
    bianchi = Face(person=7, weight=0.3, attitude=BEST, covered=1)
    found = only(Field(deals=(line_4(wins=0.1),), maps={5: (bianchi,)}))
    assert (found.kind, found.person, found.hours) == (Kind.WIN, 7, 4)
    assert found.gain == pytest.approx(0.3 * 2 / 3 * 0.1 * 62_000)
    half = only(Field(deals=(line_4(wins=0.1),), maps={5: (replace(bianchi, won=1 / 3),)}))
    assert half.gain == pytest.approx((found.gain or 0) / 2)
    for enough in (2 / 3, 1.0, None):
        assert not rank(Field(deals=(line_4(wins=0.1),), maps={5: (replace(bianchi, won=enough),)})).moves
    begun = frozenset({(AURORA, None, "win:7")})
    assert not rank(Field(deals=(line_4(wins=0.1),), maps={5: (bianchi,)}, begun=begun)).moves


def test_each_missing_gate_is_its_share_of_the_step() -> None:
    climb = Climb(account=AURORA, gates=lambda: ("bonds", "cover"))
    found = rank(Field(deals=(line_4(),), climbs=(climb,))).moves
    assert [(one.kind, one.code) for one in found] == [(Kind.GATE, "bonds"), (Kind.GATE, "cover")]
    assert found[0].gain == pytest.approx(0.5 * 0.02 * 62_000)


def test_a_person_on_two_maps_is_one_move_whose_gains_add_up() -> None:
    here, there = Face(person=7, weight=0.3, attitude=BEST), Face(person=7, weight=0.5, attitude=BEST)
    second = line_4(key=11, stake=10_000, map=6)
    found = only(Field(deals=(line_4(), second), maps={5: (here,), 6: (there,)}, channels=(CALL,)))
    assert found.gain == pytest.approx(0.35 * 0.16 * (0.3 * 62_000 + 0.5 * 10_000) - 5)


# What is no move


def test_nothing_is_proposed_that_is_planned_or_begun() -> None:
    awaited = Face(person=7, weight=0.31, is_awaited=True)
    assert not rank(Field(deals=(line_4(),), maps={5: (awaited,)}, channels=(CALL,))).moves
    card = line_4(steps=(Step(code="budget", rise=0.09),))
    assert not rank(Field(deals=(card,), begun=frozenset({(AURORA, 10, "budget")}))).moves
    climb = Climb(account=AURORA, gates=lambda: ("bonds",))
    assert not rank(Field(deals=(line_4(),), climbs=(climb,), begun=frozenset({(AURORA, None, "bonds")}))).moves


def test_accounts_in_which_nothing_is_invested_are_left_out_and_counted() -> None:
    card = line_4(steps=(Step(code="budget", rise=0.09),))
    found = rank(Field(deals=(card,), left_out=frozenset({AURORA, HELIOS})))  # at Helios there is nothing to do
    assert (found.moves, found.total, found.left_out) == ((), 0, 1)


def test_a_negative_margin_and_a_contact_that_costs_more_than_it_brings_are_no_moves() -> None:
    assert not rank(Field(deals=(line_4(stake=-5_000, steps=(Step(code="budget", rise=0.09),)),))).moves
    small = line_4(stake=100)
    assert not rank(Field(deals=(small,), maps={5: (Face(person=7, weight=0.3),)}, channels=(MEETING,))).moves


def test_a_field_with_nothing_in_it_has_no_moves() -> None:
    assert rank(Field()).moves == ()
    assert rank(Field(deals=(line_4(map=77),))).moves == ()


# What is not known


def test_an_unknown_stake_is_not_zero_it_is_told_after_what_has_one() -> None:
    known = line_4(stake=10, steps=(Step(code="budget", rise=0.01),))
    unknown = line_4(key=11, account=HELIOS, stake=None, steps=(Step(code="need", rise=0.3),))
    first, second = rank(Field(deals=(unknown, known))).moves
    assert (first.code, second.code) == ("budget", "need")
    assert (second.gain, second.rate, second.points) == (None, None, 0.3)


def test_an_assumed_stake_is_said() -> None:
    assert only(Field(deals=(line_4(is_assumed=True, width=0.5),))).is_assumed
    assert not only(Field(deals=(line_4(width=0.5),))).is_assumed


def test_the_next_opportunity_counts_less_than_one_that_is_there() -> None:
    there, to_come = only(Field(deals=(line_4(width=0.5),))), only(Field(deals=(line_4(key=-1, width=0.5),)))
    assert to_come.gain == pytest.approx(NEXT * (there.gain or 0))


def test_a_channel_without_hours_takes_six_minutes() -> None:
    at_once = replace(CALL, hours=0)
    found = only(Field(deals=(line_4(),), maps={5: (Face(person=7, weight=0.3),)}, channels=(at_once,)))
    assert found.hours == pytest.approx(0.1)


def test_the_hours_of_a_kind_of_move_are_the_users_to_set() -> None:
    card = line_4(steps=(Step(code="budget", rise=0.09),))
    found = only(Field(deals=(card,), hours={**HOURS, Kind.RAISE: 2.0}))
    assert found.hours == 2
    assert found.rate == pytest.approx(0.09 * 62_000 / 2)


# By property

SHARES = st.floats(0, 1, allow_subnormal=False)
KEYS = st.integers(1, 6)
STEPS = st.builds(Step, code=st.sampled_from("abc"), rise=SHARES, width=SHARES)
DEALS = st.builds(
    Deal,
    key=st.integers(1, 40),
    account=st.none() | KEYS,
    stake=st.none() | st.floats(-1e6, 1e6, allow_subnormal=False),
    favour=SHARES,
    coverage=SHARES,
    wins=SHARES,
    level=SHARES,
    map=st.none() | KEYS,
    steps=st.lists(STEPS, max_size=3, unique_by=lambda step: step.code).map(tuple),
    width=SHARES,
)
FACES = st.builds(
    Face,
    person=KEYS,
    weight=SHARES,
    covered=SHARES,
    ceiling=SHARES,
    attitude=st.none() | st.integers(-2, 2),
    preferred=st.none() | st.sampled_from([1, 2]),
    refused=st.frozensets(st.sampled_from([1, 2])),
    is_awaited=st.booleans(),
    won=st.none() | SHARES,
    notes=st.sampled_from([(), (Fact.LEVEL,), (Fact.ONE_PERSON,)]),
)
GAPS = st.builds(
    Gap,
    fact=st.sampled_from([Fact.NO_DECIDER, Fact.NO_OPPONENT, Fact.UNKNOWN_POWER, Fact.FEW_SUPPORTERS]),
    width=st.none() | st.floats(0, 2, allow_subnormal=False),
    people=st.lists(KEYS, max_size=3, unique=True).map(tuple),
)
VISITS = st.builds(
    Visit,
    key=st.integers(1, 9),
    people=st.lists(KEYS, max_size=2, unique=True).map(tuple),
    channel=st.sampled_from([CALL, MEETING]),
    due=st.integers(-9, 7),
    account=st.none() | KEYS,
    plan=st.none() | KEYS,
)
COURSES = st.builds(
    Course,
    key=KEYS,
    map=KEYS,
    account=KEYS,
    propose=st.none().map(lambda _none: lambda: None)
    | st.builds(Proposed, person=KEYS, channel=st.sampled_from([CALL, MEETING]), day=st.just(dt.date(2026, 3, 16))).map(
        lambda proposed: lambda: proposed
    ),
)


def climbing(found: dict[int, tuple[str, ...]]) -> tuple[Climb, ...]:
    return tuple(Climb(account=key, gates=partial(tuple, codes)) for key, codes in found.items())


FIELDS = st.builds(
    Field,
    deals=st.lists(DEALS, max_size=25, unique_by=lambda deal: deal.key).map(tuple),
    maps=st.dictionaries(KEYS, st.lists(FACES, max_size=4, unique_by=lambda face: face.person).map(tuple)),
    channels=st.just((CALL, MEETING)),
    climbs=st.dictionaries(KEYS, st.sampled_from([(), ("x",), ("x", "y")]), max_size=4).map(climbing),
    gaps=st.dictionaries(KEYS, st.lists(GAPS, max_size=3, unique_by=lambda gap: gap.fact).map(tuple)),
    narrowing=st.just(lambda map_id, _gap: map_id / 6),
    visits=st.lists(VISITS, max_size=5, unique_by=lambda visit: visit.key).map(tuple),
    courses=st.lists(COURSES, max_size=2, unique_by=lambda course: course.key).map(tuple),
    left_out=st.frozensets(KEYS, max_size=2),
)


def same(move: Move) -> tuple[object, ...]:
    """What a move is known by."""
    fact = move.gap.fact if move.gap else None
    return (move.kind, move.account, move.deal, move.people, move.code, move.map, fact, move.contacts, move.plan)


@given(FIELDS)
def test_in_order_each_once_and_no_account_fills_the_list(field: Field) -> None:
    found = rank(field, most=100).moves
    rates = [one.rate for one in found]
    priced = [rate for rate in rates if rate is not None]
    assert priced == sorted(priced, reverse=True)
    assert rates[: len(priced)] == priced
    places = [same(one) for one in found]
    assert len(set(places)) == len(places)
    people = [person for one in found for person in one.people]
    assert len(set(people)) == len(people)
    accounts = [one.account for one in found if one.account is not None]
    assert all(accounts.count(account) <= PER_ACCOUNT for account in accounts)
    assert all(sum(one.kind is kind for one in found) <= ALIKE for kind in LIMITED)
    assert not field.left_out & set(accounts)


@given(FIELDS)
def test_the_terms_make_the_gain_and_each_move_gains(field: Field) -> None:
    for one in rank(field, most=100).moves:
        assert one.points >= 0
        assert math.isfinite(one.points)
        assert one.hours > 0
        if one.rate is None:
            assert one.points > 0
        else:
            assert 0 < one.rate < math.inf
            whole = sum(term.points * (term.stake or 0) for term in one.terms) - one.cost
            assert one.gain == pytest.approx(whole)
        assert one.kind not in HOURS or one.hours == HOURS[one.kind]


@given(FIELDS, st.integers(0, 20), st.integers(0, 4))
def test_how_many_candidates_are_kept_changes_nothing(field: Field, most: int, alike: int) -> None:
    few, all_of_them = (rank(field, most=most, alike=alike, kept=kept) for kept in (1, 10_000))
    assert few == all_of_them


@given(FIELDS)
def test_no_refused_channel_is_proposed(field: Field) -> None:
    for one in rank(field, most=100).moves:
        if one.kind in (Kind.CONTACT, Kind.NEARER, Kind.HOLD):
            faces = [face for people in field.maps.values() for face in people if face.person == one.person]
            assert not faces or any(one.channel not in face.refused for face in faces)  # on no map nobody refuses


def test_who_refused_the_channel_on_a_map_without_an_opportunity_is_not_met_on_it() -> None:
    conti, bianchi = Face(person=3, weight=1.0, refused=frozenset({MEETING.key})), Face(person=4, weight=0.5)
    visit = Visit(key=1, people=(3, 4), channel=MEETING)
    field = Field(deals=(line_4(),), maps={2: (conti,), 5: (bianchi,)}, visits=(visit,))
    held = next(one for one in rank(field, most=100).moves if one.kind is Kind.HOLD)
    assert held.people == (4,)


@given(FIELDS, st.floats(1, 10))
def test_a_greater_margin_never_makes_a_move_worth_less(field: Field, times: float) -> None:
    richer = replace(
        field,
        deals=tuple(
            replace(deal, stake=deal.stake * times) if deal.stake is not None and deal.stake > 0 else deal
            for deal in field.deals
        ),
    )
    before = rank(field, most=1000, per_account=1000, alike=1000).moves
    after = {same(one): one for one in rank(richer, most=1000, per_account=1000, alike=1000).moves}
    for one in before:
        then = after.get(same(one))
        if then is not None and one.rate is not None and (then.channel, then.hours) == (one.channel, one.hours):
            assert (then.rate or 0) >= one.rate - 1e-6 * abs(one.rate)
