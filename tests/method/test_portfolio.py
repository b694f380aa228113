"""The portfolio matrix, segments and postures, method.md section 4."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from crmtui.domain.words import Indicator, Posture, Segment
from crmtui.method import computed, segments
from crmtui.method.portfolio import (
    DEFAULTS,
    Axis,
    Cell,
    Criterion,
    Place,
    Profile,
    Spot,
    Third,
    of_part,
    places,
    reasons,
    spot,
    spots,
    traces,
)
from crmtui.method.postures import Facts, Reason, Stance, stance
from crmtui.method.segments import Breakpoints, segment
from crmtui.method.sensitivity import Sensitivity
from crmtui.method.stopping import Parting
from crmtui.method.strength import Share, strength

if TYPE_CHECKING:
    from collections.abc import Mapping

CRITERIA = (
    Criterion("potential", "potential", Axis.ATTRACTIVENESS, 3),
    Criterion("margin", "margin", Axis.ATTRACTIVENESS, 1),
    Criterion("bonds", "bonds", Axis.STRENGTH, 2),
    Criterion("coverage", "coverage", Axis.STRENGTH, 2),
)
POINTS = Breakpoints(revenue=100, potential=200)
LOW, MIDDLE, HIGH = Third


def profile(key: int = 1, **grades: float | None) -> Profile:
    return graded(grades, key)


def graded(grades: Mapping[str, float | None], key: int = 1) -> Profile:
    return Profile(key, grades)


def place(**grades: float | None) -> Place:
    return places([graded(grades)], CRITERIA)[0]


# The matrix


def test_by_hand() -> None:
    found = place(potential=3, margin=1, bonds=4, coverage=1)
    assert found.attractiveness.value == pytest.approx(100 * 10 / 16)
    assert found.strength.value == pytest.approx(100 * 5 / 8)
    assert found.cell == Cell(MIDDLE, MIDDLE)
    assert found.possible == (found.cell,)
    assert found.is_certain


def test_what_is_unknown_is_left_out_and_widens_the_band() -> None:
    found = place(potential=3, bonds=2, coverage=2)
    assert found.attractiveness.value == pytest.approx(75)
    assert (found.attractiveness.low, found.attractiveness.high) == pytest.approx((56.25, 81.25))
    assert found.attractiveness.completeness == pytest.approx(0.75)
    assert found.cell == Cell(HIGH, MIDDLE)
    assert found.possible == (Cell(MIDDLE, MIDDLE), Cell(HIGH, MIDDLE))
    assert found.cells[0] == found.cell
    assert not found.is_certain


def test_an_axis_of_which_nothing_is_known_has_no_cell_but_all_that_are_possible() -> None:
    found = place(potential=3, margin=3)
    assert (found.strength.value, found.strength.completeness, found.cell) == (None, 0, None)
    assert found.possible == found.cells == tuple(Cell(HIGH, one) for one in Third)


def test_a_computed_grade_brings_its_own_band() -> None:
    one = Profile(1, {"bonds": 2.0, "coverage": 2.0}, {"bonds": (1.0, 3.0)})
    found = places([one], CRITERIA)[0].strength
    assert (found.value, found.low, found.high, found.completeness) == pytest.approx((50, 37.5, 62.5, 1))


def test_the_usual_criteria_of_strength_say_what_its_own_page_says() -> None:
    ratings: dict[Indicator, int | None] = {one: at % 5 for at, one in enumerate(Indicator) if at % 3}
    known = strength(ratings, 0.4)
    parts = {one.part.value: of_part(Share(one.share, one.low, one.high, one.known)) for one in known.terms}
    grades, bands = {code: one[0] for code, one in parts.items()}, {code: one[1] for code, one in parts.items()}
    found = places([Profile(1, grades, bands)], DEFAULTS)[0].strength
    assert (found.value, found.low, found.high) == pytest.approx((known.value, known.low, known.high))


def test_an_axis_has_its_terms() -> None:
    found = reasons(profile(potential=3, margin=None), Axis.ATTRACTIVENESS, CRITERIA)
    assert [(term.code, term.points) for term in found.terms] == [("potential", 75), ("margin", None)]
    assert found.open_questions == ("margin",)


@given(st.dictionaries(st.sampled_from([one.code for one in CRITERIA]), st.none() | st.floats(0, 4)))
def test_the_quick_figure_is_that_of_the_terms(grades: dict[str, float | None]) -> None:
    found = place(**grades)
    for axis, reach in ((Axis.ATTRACTIVENESS, found.attractiveness), (Axis.STRENGTH, found.strength)):
        terms = reasons(graded(grades), axis, CRITERIA)
        assert (reach.value, reach.low, reach.high) == pytest.approx((terms.value, terms.low, terms.high))
        assert reach.completeness == pytest.approx(terms.completeness)
    assert found.cell is None or found.cell in found.possible


def test_on_a_cut_is_above_it() -> None:
    assert places([profile(potential=4 / 3, bonds=8 / 3)], CRITERIA)[0].cell == Cell(MIDDLE, HIGH)
    assert places([profile(potential=2, bonds=2)], CRITERIA, cuts=(50, 50))[0].cell == Cell(HIGH, HIGH)


@pytest.mark.parametrize(
    ("criteria", "cuts", "grades", "words"),
    [
        ((Criterion("a", "a", Axis.STRENGTH, -1),), (30, 60), {}, "weight -1"),
        ((Criterion("a", "a", Axis.STRENGTH, math.nan),), (30, 60), {}, "weight nan"),
        (CRITERIA[:1] * 2, (30, 60), {}, "same code"),
        (CRITERIA, (60, 30), {}, "three parts"),
        (CRITERIA, (0, 100), {}, "three parts"),
        (CRITERIA, (30, 60), {"bonds": 5}, "bonds: grade 5 is not between"),
        (CRITERIA, (30, 60), {"bonds": -1}, "bonds: grade -1 is not between"),
    ],
)
def test_nonsense_is_refused(
    criteria: tuple[Criterion, ...], cuts: tuple[float, float], grades: dict[str, float | None], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        places([graded(grades)], criteria, cuts)


def test_a_band_that_does_not_hold_its_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit together"):
        places([Profile(1, {"bonds": 2.0}, {"bonds": (3.0, 4.0)})], CRITERIA)


def test_without_any_weight_there_is_no_figure() -> None:
    found = places([profile(bonds=2)], (Criterion("bonds", "bonds", Axis.STRENGTH, 0),))[0]
    assert (found.strength.value, found.cell, len(found.possible)) == (None, None, 9)


# Sensitivity


def test_whose_cell_hangs_on_a_weight() -> None:
    """Potential 3 of weight 3, margin 1 of weight 1: 62.5; at a fifth more of potential 64.1, never above the cut."""
    near = profile(1, potential=3, margin=2, bonds=2, coverage=2)  # 68.75
    far = profile(2, potential=4, margin=4, bonds=2, coverage=2)
    hanging = Sensitivity(CRITERIA, cuts=(33, 69))
    found = [shift for one in (near, far) for shift in hanging.shifts(one)]
    assert [(one.key, one.code, one.by) for one in found] == [(1, "potential", 0.2), (1, "margin", -0.2)]
    assert {(one.before, one.after) for one in found} == {(Cell(MIDDLE, MIDDLE), Cell(HIGH, MIDDLE))}


@given(
    st.lists(st.lists(st.none() | st.floats(0, 4), min_size=4, max_size=4), max_size=6),
    st.sampled_from([one.code for one in CRITERIA]),
    st.sampled_from([0.2, -0.2]),
)
def test_a_shift_is_what_the_moved_weight_gives(grades: list[list[float | None]], code: str, by: float) -> None:
    profiles = [
        graded(dict(zip((one.code for one in CRITERIA), row, strict=True)), key) for key, row in enumerate(grades)
    ]
    moved = [Criterion(one.code, one.label, one.axis, one.weight * (1 + by * (one.code == code))) for one in CRITERIA]
    before, after = places(profiles, CRITERIA), places(profiles, moved)
    expected = {
        (one.key, one.cell, other.cell) for one, other in zip(before, after, strict=True) if one.cell != other.cell
    }
    hanging = Sensitivity(CRITERIA)
    found = [shift for one in profiles for shift in hanging.shifts(one)]
    shifts = [one for one in found if one.code == code and one.by == by]
    assert {(one.key, one.before, one.after) for one in shifts} == expected


def test_a_weight_cannot_be_moved_below_nothing() -> None:
    with pytest.raises(ValueError, match="moved by"):
        Sensitivity(CRITERIA, by=1.5)


# Traces


def test_moves_since_last_quarter_the_new_cells_first() -> None:
    before = [Spot(1, 50, 50), Spot(2, 60, 60), Spot(3, None, 10), Spot(4, 20, 20)]
    after = [Spot(1, 40, 40), Spot(2, 70, 60), Spot(3, 50, 10), Spot(5, 10, 10)]
    found = traces(before, after)
    assert [(one.key, one.has_changed_cell) for one in found] == [(2, True), (1, False)]
    assert found[0].cell_before == Cell(MIDDLE, MIDDLE)
    assert found[0].cell == Cell(HIGH, MIDDLE)
    assert found[1].length == pytest.approx(math.hypot(10, 10))


@given(st.lists(st.lists(st.none() | st.floats(0, 4), min_size=4, max_size=4), max_size=6))
def test_the_spots_of_many_are_those_of_their_places(grades: list[list[float | None]]) -> None:
    profiles = [
        graded(dict(zip((one.code for one in CRITERIA), row, strict=True)), key) for key, row in enumerate(grades)
    ]
    found = [spot(one) for one in places(profiles, CRITERIA) if one.cell is not None]
    assert list(spots(profiles, CRITERIA)) == found


# Segments


@pytest.mark.parametrize(
    ("revenue", "potential", "expected", "possible"),
    [
        (100, 200, Segment.A, "a"),
        (100, 199, Segment.B, "b"),
        (99, 200, Segment.C, "c"),
        (99, 199, Segment.D, "d"),
        (100, None, Segment.B, "ab"),
        (99, None, Segment.D, "cd"),
        (None, 200, Segment.C, "ac"),
        (None, 199, Segment.D, "bd"),
        (None, None, Segment.D, "abcd"),
        (0, 0, Segment.D, "d"),
    ],
)
def test_two_breakpoints_make_four_segments(
    revenue: float | None, potential: float | None, expected: Segment, possible: str
) -> None:
    found = segment(revenue, potential, POINTS)
    assert found.segment is expected
    assert "".join(found.possible) == possible
    assert found.is_certain is (len(possible) == 1)


def test_the_usual_breakpoint_is_where_the_few_that_bring_most_begin() -> None:
    assert segments.usual([50, 30, 10, 5, None, 5]) == 30
    assert segments.usual([1, 1, 1, 1, 1]) == 1
    assert segments.usual([None, 0, -5]) is None
    assert segments.usual([]) is None


def test_a_breakpoint_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="breakpoint cannot be 0"):
        segment(1, 1, Breakpoints(0, 5))


# Postures


def taken(cell: tuple[Third, Third] = (MIDDLE, MIDDLE), of: Segment = Segment.D, **more: Any) -> Stance:
    known = Facts(cells=[Cell(*cell)], is_placed=True, segment=of, buys=True)
    return stance(replace(known, **more))


def going_on(value: float, half: float = 0.0, *, is_known: bool = True) -> Parting:
    """What going on with an account is worth, give or take a half of its band."""
    return Parting(1, "buyer", value, value - half, value + half, value, 0.0, is_known)


@pytest.mark.parametrize(
    ("cell", "of", "buys", "posture", "reason"),
    [
        ((HIGH, LOW), Segment.D, False, Posture.ACQUIRE, Reason.WANTED),
        ((MIDDLE, LOW), Segment.C, False, Posture.ACQUIRE, Reason.WANTED),
        ((MIDDLE, LOW), Segment.D, False, Posture.SERVE, Reason.NOT_YET),
        ((LOW, LOW), Segment.C, False, Posture.SERVE, Reason.UNATTRACTIVE),
        ((HIGH, LOW), Segment.D, True, Posture.ENRICH, Reason.DEEPEN),
        ((MIDDLE, MIDDLE), Segment.C, True, Posture.ENRICH, Reason.DEEPEN),
        ((HIGH, HIGH), Segment.A, True, Posture.ENRICH, Reason.ROOM),
        ((HIGH, HIGH), Segment.B, True, Posture.KEEP, Reason.STRONG),
        ((MIDDLE, MIDDLE), Segment.B, True, Posture.KEEP, Reason.ENOUGH),
        ((MIDDLE, LOW), Segment.B, True, Posture.SERVE, Reason.WEAK),
        ((LOW, MIDDLE), Segment.B, True, Posture.KEEP, Reason.HELD),
        ((LOW, HIGH), Segment.D, True, Posture.SERVE, Reason.UNATTRACTIVE),
        ((LOW, MIDDLE), Segment.B, False, Posture.SERVE, Reason.UNATTRACTIVE),
        ((LOW, LOW), Segment.B, True, Posture.SERVE, Reason.UNATTRACTIVE),
    ],
)
def test_a_posture_and_its_reason(
    cell: tuple[Third, Third], of: Segment, buys: bool, posture: Posture, reason: Reason
) -> None:
    found = taken(cell, of, buys=buys)
    assert (found.posture, found.reason, found.possible) == (posture, reason, (posture,))
    assert found.is_certain


@given(
    st.sampled_from(Third), st.sampled_from(Third), st.sampled_from(Segment), st.booleans(), st.booleans(),
    st.none() | st.integers(0, 4),
    st.none() | st.builds(going_on, st.floats(-1e9, 1e9), st.floats(0, 1e9), is_known=st.booleans()),
)  # fmt: skip
def test_leave_only_where_even_the_best_policy_is_surely_worth_less_than_nothing(
    across: Third,
    up: Third,
    of: Segment,
    buys: bool,
    is_placed: bool,
    willingness: int | None,
    parting: Parting | None,
) -> None:
    given: dict[str, Any] = {"buys": buys, "is_placed": is_placed, "willingness": willingness}
    found = taken((across, up), of, parting=parting, **given)
    is_left = parting is not None and parting.high < 0 and parting.is_known
    assert (found.posture is Posture.LEAVE) is is_left
    assert (found.reason is Reason.NEGATIVE) is is_left
    assert found.posture in found.possible
    if not is_left:
        staying = taken((across, up), of, **given)
        assert (found.posture, found.reason) == (staying.posture, staying.reason)
        is_open = parting is not None and parting.continuing < 0
        assert set(found.possible) == {*staying.possible, *([Posture.LEAVE] if is_open else [])}


def test_who_does_not_want_to_be_managed_is_served_at_low_cost() -> None:
    assert taken((HIGH, LOW), Segment.A, willingness=1).reason is Reason.UNWILLING
    assert taken((HIGH, LOW), Segment.A, willingness=2).posture is Posture.ENRICH
    assert taken((HIGH, LOW), Segment.A, willingness=None).posture is Posture.ENRICH


def test_what_costs_as_much_as_it_brings_is_not_left() -> None:
    assert taken(parting=going_on(0.0)).posture is not Posture.LEAVE
    assert taken(parting=going_on(-0.01)).posture is Posture.LEAVE


@pytest.mark.parametrize("parting", [going_on(-5.0, 6.0), going_on(-5.0, 1.0, is_known=False)])
def test_who_is_only_perhaps_to_be_left_is_not_and_that_is_said(parting: Parting) -> None:
    found = taken((HIGH, LOW), Segment.A, parting=parting)
    assert (found.posture, found.reason) == (Posture.ENRICH, Reason.DEEPEN)
    assert found.possible == (Posture.ENRICH, Posture.LEAVE)
    assert not found.is_certain
    unwilling = taken((HIGH, LOW), Segment.A, parting=parting, willingness=0)
    assert (unwilling.reason, unwilling.possible) == (Reason.UNWILLING, (Posture.SERVE, Posture.LEAVE))


@pytest.mark.parametrize(
    ("of", "buys", "posture"),
    [
        (Segment.A, True, Posture.ENRICH),
        (Segment.C, False, Posture.ACQUIRE),
        (Segment.B, True, Posture.KEEP),
        (Segment.D, True, Posture.SERVE),
    ],
)
def test_until_somebody_judges_it_the_segment_decides_and_is_said_to(of: Segment, buys: bool, posture: Posture) -> None:
    cells = place(potential=3, margin=3).cells
    found = taken(of=of, buys=buys, cells=cells, is_placed=False)
    assert (found.posture, found.reason) == (posture, Reason.UNJUDGED)
    assert not found.is_certain


def test_what_is_unknown_may_turn_a_posture() -> None:
    found = taken(of=Segment.D, cells=place(potential=3, bonds=4, coverage=4).cells)
    assert (found.posture, found.possible) == (Posture.KEEP, (Posture.KEEP,))
    found = taken(of=Segment.D, cells=place(potential=3, bonds=2, coverage=2).cells)
    assert (found.posture, found.possible) == (Posture.ENRICH, (Posture.ENRICH, Posture.KEEP))
    assert not found.is_certain


def test_an_account_is_somewhere() -> None:
    with pytest.raises(ValueError, match="one cell"):
        taken(cells=[])


def test_an_amount_as_a_grade() -> None:
    assert [computed.of_amount(one, 100) for one in (-5, 0, 100, 300, 1e300)] == pytest.approx([0, 0, 2, 3, 4])
