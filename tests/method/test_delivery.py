"""Delivery, satisfaction, profitability, level and margin, the programme: method.md sections 5 and 7."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from chains import seeded
from crmtui.domain.words import Fate, Kept, Loyalty, Pace
from crmtui.method.delivery import Promise, Request, promises, requests
from crmtui.method.margins import Silence, link, ranks, spearman
from crmtui.method.plan import Tally
from crmtui.method.profitability import profitability
from crmtui.method.programme import Customer, programme
from crmtui.method.rewards import Holding
from crmtui.method.satisfaction import Answer, loyalty, satisfaction
from crmtui.method.trend import trend
from crmtui.method.winrate import BAND

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 3, 12)
STATES = ("buyer", "account", "partner")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (0, Loyalty.DETRACTOR),
        (6, Loyalty.DETRACTOR),
        (7, Loyalty.PASSIVE),
        (8, Loyalty.PASSIVE),
        (9, Loyalty.PROMOTER),
        (10, Loyalty.PROMOTER),
    ],
)
def test_classes_of_answers(score: int, expected: Loyalty) -> None:
    assert loyalty(score) is expected


@pytest.mark.parametrize("score", [-1, 11])
def test_answers_outside_of_the_scale_are_refused(score: int) -> None:
    with pytest.raises(ValueError, match="not between 0 and 10"):
        loyalty(score)


def test_the_net_promoter_score_counts_the_latest_answer_of_each_person() -> None:
    told = [
        Answer(1, 1, 11, ago(90), 3),
        Answer(2, 1, 11, ago(9), 9),
        Answer(3, 1, None, ago(5), 8),
        Answer(4, 2, None, ago(400), 2),
        Answer(5, 2, None, ago(20), 10),
    ]
    found = satisfaction(told, accounts=4)
    assert found.score == pytest.approx(100 * 2 / 3)
    assert (found.promoters, found.passives, found.detractors) == ((5, 2), (3,), ())
    assert found.completeness == 0.5
    assert found.mean == pytest.approx(9)
    up, down = 2.75 / 6, 0.75 / 6
    half = BAND * math.sqrt((up + down - (up - down) ** 2) / 6)
    assert found.low == pytest.approx(100 * (up - down - half))


def test_one_answer_and_none() -> None:
    one = satisfaction([Answer(1, 1, None, TODAY, 10)], accounts=1)
    assert one.score == 100
    assert one.low < 50
    none = satisfaction([], accounts=0)
    assert (none.score, none.low, none.high, none.mean, none.completeness) == (None, -100, 100, None, None)
    assert none.trend.slope is None


def rising(values: Sequence[float]) -> list[tuple[dt.date, float]]:
    return [(ago(365 * at), value) for at, value in enumerate(reversed(values))]


def test_a_trend_is_the_median_slope_and_one_angry_answer_does_not_turn_it() -> None:
    found = trend(rising([4, 5, 6, 7, 0, 8, 9, 10]))
    assert found.slope == pytest.approx(5 / 6 * 365.25 / 365)
    assert found.says_something
    assert trend(rising([7, 7, 8, 7, 7, 8, 7, 7])).says_something is False


def test_a_trend_equals_the_reference_librarys() -> None:
    """scipy 1.17's theilslopes on the same figures; its interval is a rank narrower, as it rounds."""
    draw = seeded(1)
    found = trend((ago(draw.randrange(3000)), draw.gauss(5, 2)) for _each in range(40))
    assert found.slope == pytest.approx(-0.2156288)
    assert (found.low, found.high) == pytest.approx((-0.46682, 0.06643), abs=0.01)


@pytest.mark.parametrize("values", [[], [5], [5, 9], [5, 9, 10]])
def test_few_answers_say_nothing_of_a_trend(values: list[float]) -> None:
    found = trend(rising(values))
    assert not found.says_something
    assert found.low is None


def test_answers_of_one_day_have_no_trend() -> None:
    assert trend([(TODAY, 1), (TODAY, 9), (TODAY, 5), (TODAY, 4), (TODAY, 3)]).slope is None


def test_promises_kept() -> None:
    told = [
        *(Promise(at, ago(9), Kept.KEPT) for at in range(6)),
        Promise(6, None, Kept.PARTLY),
        Promise(7, ago(9), Kept.BROKEN),
        Promise(8, ago(1), None),
        Promise(9, TODAY, None),
        Promise(10, None, None),
    ]
    found = promises(told, TODAY)
    assert (found.kept.count, found.kept.of, found.kept.value) == (6, 8, 0.75)
    assert found.keys[Fate.OVERDUE] == (8,)
    assert found.keys[Fate.OPEN] == (9, 10)
    assert found.completeness == pytest.approx(8 / 9)
    assert found.kept.low < promises([one for one in told if one.key != 8], TODAY).kept.low


def test_requests_answered_in_time() -> None:
    told = [
        Request(1, ago(30), ago(20), ago(21)),
        Request(2, ago(30), ago(20), ago(19)),
        Request(3, ago(6), None, None),
        Request(4, ago(5), None, None),
        Request(5, ago(9), None, ago(9)),
        Request(6, dt.date.max, None, None),
    ]
    found = requests(told, TODAY)
    assert (found.in_time.count, found.in_time.of) == (2, 4)
    assert found.days == 9
    assert found.keys == {Pace.IN_TIME: (1, 5), Pace.LATE: (2,), Pace.OPEN: (4, 6), Pace.OVERDUE: (3,)}
    assert requests([], TODAY).in_time.value is None


def test_profitability_and_what_of_it_is_missing() -> None:
    contacts = Tally((1, 2, 3, 4), cost=30_000, hours=10, uncosted=1, untimed=2)
    found = profitability(1_000_000, contacts, 8_000, hours=5)
    assert found.value == 1_000_000 - 30_000 - 15 * 8_000
    assert found.served == 150_000
    assert found.completeness == pytest.approx((1 + 0.75 + 0.5 + 1) / 4)
    assert (found.low, found.high, found.is_open) == (found.value - 10_000 - 80_000, found.value, True)
    unknown = profitability(None, contacts, None)
    assert (unknown.value, unknown.worth, unknown.served) == (None, None, 30_000)
    assert profitability(0, Tally(), None).value == 0
    with pytest.raises(ValueError, match="at least 0"):
        profitability(0, Tally(), -1)


@pytest.mark.parametrize(
    ("contacts", "hour_cost", "elsewhere"),
    [(Tally((1,), hours=2), None, 0), (Tally((1,), cost=0), 8_000, 1), (Tally((1,), uncosted=1), 8_000, 0)],
    ids=["hours without a price", "a cost in another currency", "no cost at all"],
)
def test_what_cannot_be_told_in_the_currency_is_not_nothing(
    contacts: Tally, hour_cost: float | None, elsewhere: int
) -> None:
    found = profitability(1_000_000, contacts, hour_cost, elsewhere=elsewhere)
    assert (found.value, found.low) == (None, None)
    assert found.high is not None  # the most that it could be
    assert found.completeness < 1


def test_a_sale_without_a_margin_may_have_brought_more() -> None:
    found = profitability(1_000_000, Tally((1,), cost=1_000), 0.0, unpriced=1)
    assert (found.value, found.low, found.high, found.is_open) == (999_000, 999_000, None, True)


def held(*pairs: tuple[str, float | None]) -> list[Holding]:
    return [Holding(key, state, margin) for key, (state, margin) in enumerate(pairs)]


def test_spearman_equals_the_reference_librarys() -> None:
    """scipy 1.17's spearmanr on the same pairs."""
    draw = seeded(2)
    pairs = [(float(draw.randrange(4)), float(draw.randrange(9))) for _each in range(60)]
    assert spearman(pairs) == pytest.approx(0.3569358)
    assert ranks([5, 1, 5, 0]) == [3.5, 2, 3.5, 1]


def test_level_and_margin_go_together_or_say_nothing() -> None:
    draw = seeded(4)
    close = held(*((STATES[at % 3], 100.0 * (at % 3) + draw.gauss(0, 100)) for at in range(60)))
    loose = held(*((STATES[at % 3], draw.gauss(0, 100)) for at in range(60)), ("lost", None), ("buyer", None))
    found, nothing = link(close, STATES), link(loose, STATES)
    assert found.says_something
    assert found.value is not None
    assert 0 < found.low < found.value < found.high < 1
    assert [level.count for level in found.levels] == [20, 20, 20]
    assert not nothing.says_something
    assert nothing.completeness == pytest.approx(60 / 61)


@pytest.mark.parametrize(
    ("holdings", "silence"),
    [
        ([], Silence.FEW),
        (held(("buyer", 1), ("account", 2), ("partner", 3)), Silence.FEW),
        (held(*[("buyer", at) for at in range(9)]), Silence.ONE_LEVEL),
        (held(*[(STATES[at % 3], 5) for at in range(9)]), Silence.ALL_ALIKE),
    ],
)
def test_where_there_is_no_link_to_measure_it_is_said_why(holdings: list[Holding], silence: Silence) -> None:
    found = link(holdings, STATES)
    assert (found.value, found.low, found.high, found.silence) == (None, -1, 1, silence)


@given(st.lists(st.tuples(st.sampled_from(STATES), st.floats(-1e6, 1e6)), max_size=30))
def test_the_interval_holds_the_correlation(pairs: list[tuple[str, float]]) -> None:
    found = link(held(*pairs), STATES)
    assert -1 <= found.low <= found.high <= 1
    if found.value is not None:
        assert found.low <= found.value <= found.high


def test_four_accounts_in_perfect_order_prove_nothing_yet_but_eight_do() -> None:
    four = held(("buyer", 1), ("buyer", 1), ("account", 2), ("partner", 3))
    assert link(four, STATES).value == pytest.approx(1)
    assert not link(four, STATES).says_something
    assert link([*four, *four], STATES).says_something


def stayed(count: int, of: int, *, is_member: bool, level: str) -> list[Customer]:
    return [Customer(at, is_member, level, at < count) for at in range(of)]


def test_members_are_compared_with_others_of_their_level() -> None:
    """Nine of ten partners stay, and half of the buyers, whether they are members or not."""
    told = [
        *stayed(36, 40, is_member=True, level="partner"),
        *stayed(9, 10, is_member=False, level="partner"),
        *stayed(5, 10, is_member=True, level="buyer"),
        *stayed(20, 40, is_member=False, level="buyer"),
    ]
    found = programme(told)
    assert found.difference.value == pytest.approx(0.82 - 0.58)
    assert found.difference.says_something
    assert found.alike.value == pytest.approx(0)
    assert not found.alike.says_something
    assert [one.level for one in found.strata] == ["partner", "buyer"]


def test_what_members_cost() -> None:
    told = [
        Customer(1, is_member=True, level="partner", stayed=True, cost=500),
        Customer(2, is_member=True, level="partner", stayed=None),
        Customer(3, is_member=False, level="buyer", stayed=True, cost=900),
    ]
    found = programme(told)
    assert found.members == (1, 2)
    assert (found.cost, found.uncosted, found.each) == (500, 1, 500)
    assert found.completeness == pytest.approx(2 / 3)
    assert found.alike.value is None


def test_a_programme_with_nobody() -> None:
    found = programme([])
    assert (found.each, found.completeness, found.difference.value) == (None, None, None)


def test_that_all_stayed_leaves_room_for_doubt() -> None:
    told = [*stayed(3, 3, is_member=True, level="buyer"), *stayed(3, 3, is_member=False, level="buyer")]
    found = programme(told)
    assert found.alike.value == 0
    assert found.alike.low < -0.2
    assert found.alike.high > 0.2
