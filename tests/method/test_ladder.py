"""The relationship ladder, method.md section 1: gates, level, override, history."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Indicator, Level, Rank
from crmtui.method.gates import DEFAULTS, RANKS, Facts, Name, Seat, State
from crmtui.method.ladder import LEVELS, Ladder, Mark, Override, Question, climb, history
from crmtui.method.recognition import BONDS, ROWS, TOP

DAY = dt.date(2026, 3, 12)
GRADES = st.dictionaries(st.sampled_from(tuple(Indicator)), st.none() | st.integers(0, TOP))
SEATS = st.lists(
    st.builds(Seat, st.integers(1, 9), st.none() | st.sampled_from(tuple(Rank)), st.floats(0, TOP)), max_size=6
)
FACTS = st.builds(lambda grades, seats, orders: Facts(grades=grades, seats=seats, orders=orders), GRADES, SEATS,
    st.integers(0, 3))  # fmt: skip
THRESHOLDS = st.dictionaries(st.sampled_from(tuple(Name)), st.floats(0, TOP), max_size=4)

HEAD, DIRECTOR, GENERAL = Seat(1, Rank.HEAD, 1.0), Seat(2, Rank.DIRECTOR, 2.0), Seat(3, Rank.GENERAL, 3.0)
CONSULTANT = {**dict.fromkeys(ROWS[Level.ACCOUNT], 3), **dict.fromkeys(BONDS, 2)}
SUPPORT = {
    **CONSULTANT,
    **dict.fromkeys(ROWS[Level.PARTNER], 3),
    Indicator.ORGANISATIONAL: 3,
    Indicator.PROFESSIONAL: 3,
}


def gate(ladder: Ladder, name: Name) -> State:
    return next(one.state for one in ladder.gates if one.name is name)


def rung(level: Level) -> int:
    return LEVELS.index(level)


class TestGatesOfMethodSection1:
    """method.md section 1, "Level": each gate by its own words."""

    def test_buyer_is_an_order_and_key_people_covered(self) -> None:
        assert climb(Facts(grades={}, seats=[HEAD], orders=1)).level is Level.BUYER
        assert climb(Facts(grades={}, seats=[HEAD], orders=0)).level is Level.PROSPECT
        assert climb(Facts(grades={}, seats=[Seat(1, Rank.HEAD, 0.9)], orders=1)).level is Level.PROSPECT

    def test_account_is_consultant_director_and_bonds(self) -> None:
        full = Facts(grades=CONSULTANT, seats=[HEAD, DIRECTOR], orders=1)
        assert climb(full).level is Level.ACCOUNT
        for weaker in (
            Facts(grades=CONSULTANT | {Indicator.EXPERTISE: 2}, seats=full.seats, orders=1),
            Facts(grades=CONSULTANT | {Indicator.LOGISTIC: 1}, seats=full.seats, orders=1),
            Facts(grades=CONSULTANT, seats=[HEAD, Seat(2, Rank.DIRECTOR, 1.9)], orders=1),
        ):
            assert climb(weaker).level is Level.BUYER

    def test_partner_is_strategic_support_general_management_and_the_two_bonds(self) -> None:
        seats = [HEAD, DIRECTOR, GENERAL]
        assert climb(Facts(grades=SUPPORT, seats=seats, orders=1)).level is Level.PARTNER
        for weaker in (
            Facts(grades=SUPPORT | {Indicator.ADVICE: 2}, seats=seats, orders=1),
            Facts(grades=SUPPORT | {Indicator.ORGANISATIONAL: 2}, seats=seats, orders=1),
            Facts(grades=SUPPORT | {Indicator.PROFESSIONAL: 2}, seats=seats, orders=1),
            Facts(grades=SUPPORT, seats=[HEAD, DIRECTOR, Seat(3, Rank.GENERAL, 2.9)], orders=1),
        ):
            assert climb(weaker).level is Level.ACCOUNT

    def test_the_gates_of_all_levels_below_have_to_be_met(self) -> None:
        """A customer that never ordered is a prospect, whatever it thinks of us."""
        found = climb(Facts(grades=SUPPORT, seats=[HEAD, DIRECTOR, GENERAL], orders=0))
        assert found.level is Level.PROSPECT
        assert [one.name for one in found.missing] == [Name.BUYER_ORDERS]

    def test_somebody_above_covers_for_those_below(self) -> None:
        assert climb(Facts(grades={}, seats=[GENERAL], orders=1)).level is Level.BUYER
        assert gate(climb(Facts(grades={}, seats=[Seat(1, Rank.ASSISTANT, 4)], orders=1)), Name.BUYER_COVER) is (
            State.UNKNOWN
        )

    def test_the_missing_gates_say_how_far(self) -> None:
        weak = CONSULTANT | {Indicator.EXPERTISE: 1, Indicator.INTEGRATION: 2}
        found = climb(Facts(grades=weak, seats=[HEAD, DIRECTOR], orders=1))
        (missing,) = found.missing
        assert found.next is Level.ACCOUNT
        assert missing.name is Name.ACCOUNT_RECOGNITION
        assert (missing.value, missing.needed, missing.gap) == pytest.approx((2.0, 3.0, 1.0))
        assert {term.of: term.value for term in missing.terms}[Indicator.EXPERTISE] == 1


class TestUnknown:
    """method.md, "Missing is not zero"."""

    def test_a_gate_on_something_unknown_is_not_met_because_unknown(self) -> None:
        found = climb(Facts(grades={}, seats=[HEAD], orders=1))
        assert gate(found, Name.ACCOUNT_RECOGNITION) is State.UNKNOWN
        assert found.missing[0].gap is None
        assert found.missing[0].could_be_met
        assert Question(Name.ACCOUNT_COVER, None) in found.questions
        assert Question(Name.ACCOUNT_RECOGNITION, Indicator.EXPERTISE) in found.questions

    def test_what_is_to_be_found_out_begins_with_the_next_level(self) -> None:
        found = climb(Facts(grades={}, seats=[HEAD], orders=1))
        levels = [rung(next(one.level for one in found.gates if one.name is each.gate)) for each in found.questions]
        assert levels == sorted(levels)

    def test_the_level_has_a_band(self) -> None:
        found = climb(Facts(grades={}, seats=[HEAD], orders=1))
        assert (found.low, found.computed, found.high) == (Level.BUYER, Level.BUYER, Level.PARTNER)

    def test_somebody_of_unknown_rank_may_be_the_one(self) -> None:
        found = climb(Facts(grades={}, seats=[Seat(1, Rank.HEAD, 0.2), Seat(7, None, 3.0)], orders=1))
        cover = next(one for one in found.gates if one.name is Name.BUYER_COVER)
        assert (cover.value, cover.low, cover.high, cover.state) == (0.2, 0.2, 3.0, State.MISSING)
        assert cover.could_be_met
        assert Question(Name.BUYER_COVER, 7) in found.questions

    def test_one_deep_bond_unknown_keeps_the_other_from_being_enough(self) -> None:
        found = climb(Facts(grades={Indicator.PROFESSIONAL: 4}))
        assert gate(found, Name.PARTNER_BONDS) is State.UNKNOWN
        assert gate(climb(Facts(grades={Indicator.PROFESSIONAL: 1})), Name.PARTNER_BONDS) is State.MISSING
        assert [(one.low, one.high) for one in found.gates if one.name is Name.PARTNER_BONDS] == [(0, 4)]

    def test_nothing_known_at_all(self) -> None:
        found = climb(Facts(grades={}))
        assert (found.level, found.low, found.high) == (Level.PROSPECT, Level.PROSPECT, Level.PROSPECT)
        assert found.completeness == 0
        assert found.next is Level.BUYER

    def test_all_known_is_complete(self) -> None:
        found = climb(Facts(grades=SUPPORT | dict.fromkeys(Indicator, 3), seats=[GENERAL], orders=1))
        assert found.completeness == 1
        assert found.questions == ()
        assert found.low is found.high is found.computed


class TestHowSure:
    """method.md: every judgement is assumed or confirmed; so is the level that is made of them."""

    known = dict.fromkeys(Indicator, 2)

    def test_all_confirmed_and_known_is_sure(self) -> None:
        assert not climb(Facts(grades=self.known, seats=[HEAD, DIRECTOR, GENERAL], orders=1)).is_assumed

    @pytest.mark.parametrize(
        "unsure",
        [
            Facts(grades=known, seats=[HEAD, DIRECTOR, GENERAL], orders=1, assumed=frozenset({Indicator.EXPERTISE})),
            Facts(grades=known, seats=[Seat(1, Rank.DIRECTOR, 2, is_assumed=True)], orders=1),
            Facts(grades={}, seats=[HEAD], orders=1),
        ],
    )
    def test_assumed_guessed_or_unknown_is_not(self, unsure: Facts) -> None:
        assert climb(unsure).is_assumed

    def test_set_by_hand_is_not(self) -> None:
        facts = Facts(grades=self.known, seats=[HEAD, DIRECTOR, GENERAL], orders=1)
        assert climb(facts, override=Override(Level.PARTNER, "so it is")).is_assumed


class TestOverride:
    """method.md: "the manager may override the level, with a reason, and the override is shown as one"."""

    def test_it_holds_and_is_shown_as_one(self) -> None:
        found = climb(Facts(grades={}, seats=[HEAD], orders=1), override=Override(Level.ACCOUNT, "Frame contract"))
        assert (found.level, found.computed, found.is_overridden) == (Level.ACCOUNT, Level.BUYER, True)
        assert found.next is Level.PARTNER
        assert Name.ACCOUNT_BONDS in {one.name for one in found.missing}, "what was jumped is still missing"

    def test_it_needs_a_reason(self) -> None:
        with pytest.raises(ValueError, match="needs its reason"):
            climb(Facts(grades={}), override=Override(Level.BUYER, " "))

    def test_one_that_agrees_with_the_gates_is_none(self) -> None:
        found = climb(Facts(grades={}, seats=[HEAD], orders=1), override=Override(Level.BUYER, "as ever"))
        assert not found.is_overridden

    def test_one_below_the_gates_leaves_nothing_missing(self) -> None:
        found = climb(
            Facts(grades=CONSULTANT, seats=[HEAD, DIRECTOR], orders=1), override=Override(Level.BUYER, "in arrears")
        )
        assert (found.level, found.computed, found.next, found.missing) == (
            *(Level.BUYER, Level.ACCOUNT, Level.ACCOUNT),
            (),
        )


class TestBadInput:
    def test_a_threshold_of_zero_asks_for_nothing(self) -> None:
        found = climb(Facts(grades={}), dict.fromkeys(Name, 0))
        assert found.level is Level.PARTNER
        assert found.missing == ()
        assert found.questions == ()

    @pytest.mark.parametrize("threshold", [-1, math.nan, math.inf])
    def test_nonsense_for_a_threshold_is_refused(self, threshold: float) -> None:
        with pytest.raises(ValueError, match="buyer_cover: threshold"):
            climb(Facts(grades={}), {Name.BUYER_COVER: threshold})

    @pytest.mark.parametrize("cover", [-0.1, 4.1, math.nan])
    def test_nonsense_for_a_cover_is_refused(self, cover: float) -> None:
        with pytest.raises(ValueError, match="seat 5: cover"):
            climb(Facts(grades={}, seats=[Seat(5, Rank.HEAD, cover)]))

    def test_less_than_no_orders_are_refused(self) -> None:
        with pytest.raises(ValueError, match="orders"):
            climb(Facts(grades={}, orders=-1))


def test_history_keeps_regressions_like_progress() -> None:
    """method.md: "regressions are kept and shown like progress"."""
    marks = [
        Mark(DAY + dt.timedelta(days=60), Level.BUYER),
        Mark(DAY, Level.BUYER),
        Mark(DAY + dt.timedelta(days=30), Level.PARTNER, is_override=True),
    ]
    moves = history(marks)
    assert [move.steps for move in moves] == [None, 2, -2]
    assert [move.is_regression for move in moves] == [False, False, True]
    assert history([]) == ()


@given(FACTS, THRESHOLDS)
def test_the_level_is_inside_its_band_and_its_gates_are_met(facts: Facts, thresholds: dict[Name, float]) -> None:
    found = climb(facts, thresholds)
    assert rung(found.low) <= rung(found.computed) <= rung(found.high)
    assert 0 <= found.completeness <= 1
    assert found.missing_for(found.computed) == ()
    assert (found.next is None) == (found.level is Level.PARTNER)
    if found.next:
        assert found.missing
    for one in found.gates:
        assert one.low <= one.high + 1e-12
        if one.value is not None:
            assert one.low - 1e-12 <= one.value <= one.high + 1e-12


@given(FACTS, st.data())
def test_raising_a_rating_never_lowers_the_level(facts: Facts, data: st.DataObject) -> None:
    improvable = [one for one, grade in facts.grades.items() if grade is not None and grade < TOP]
    if improvable:
        one = data.draw(st.sampled_from(improvable))
        better = Facts(grades={**facts.grades, one: (facts.grades[one] or 0) + 1}, seats=facts.seats,
            orders=facts.orders)  # fmt: skip
        assert rung(climb(better).computed) >= rung(climb(facts).computed)


@given(FACTS, st.integers(1, 3))
def test_an_order_never_lowers_the_level(facts: Facts, more: int) -> None:
    richer = Facts(grades=facts.grades, seats=facts.seats, orders=facts.orders + more)
    assert rung(climb(richer).computed) >= rung(climb(facts).computed)


@given(FACTS, st.sampled_from(tuple(Rank)), st.floats(0, TOP))
def test_somebody_covered_never_lowers_the_level(facts: Facts, rank: Rank, cover: float) -> None:
    richer = Facts(grades=facts.grades, seats=[*facts.seats, Seat(99, rank, cover)], orders=facts.orders)
    assert rung(climb(richer).computed) >= rung(climb(facts).computed)


@given(FACTS, st.sampled_from(tuple(Indicator)), st.integers(0, TOP))
def test_the_band_narrows_when_a_rating_becomes_known(facts: Facts, one: Indicator, grade: int) -> None:
    before = climb(Facts(grades={**facts.grades, one: None}, seats=facts.seats, orders=facts.orders))
    after = climb(Facts(grades={**facts.grades, one: grade}, seats=facts.seats, orders=facts.orders))
    assert rung(before.low) <= rung(after.low)
    assert rung(after.high) <= rung(before.high)
    assert after.completeness > before.completeness


@given(FACTS, st.integers(0, 5), st.sampled_from(tuple(Rank)))
def test_the_band_narrows_when_a_rank_becomes_known(facts: Facts, at: int, rank: Rank) -> None:
    nameless = [place for place, seat in enumerate(facts.seats) if seat.rank is None]
    if not nameless:
        return
    place = nameless[at % len(nameless)]
    told = Seat(facts.seats[place].key, rank, facts.seats[place].cover)
    seats = [*facts.seats[:place], told, *facts.seats[place + 1 :]]
    before, after = climb(facts), climb(Facts(grades=facts.grades, seats=seats, orders=facts.orders))
    for old, new in zip(before.gates, after.gates, strict=True):
        if old.name in RANKS:
            assert old.low <= new.low
            assert new.high <= old.high


def test_the_defaults_are_those_of_the_method() -> None:
    """method.md section 1, "Default gates": buyer 1, 1; account 3, 2, 2; partner 3, 3, 3."""
    assert list(DEFAULTS.values()) == [1, 1, 3, 2, 2, 3, 3, 3]


def test_what_several_gates_ask_is_asked_once() -> None:
    asked = [question.of for question in climb(Facts(grades={})).questions]
    assert asked.count(Indicator.PROFESSIONAL) == 1
    assert asked.count(None) == len(RANKS), "for each rank somebody has to be found"
