"""What a state is worth, method.md section 5, against the published figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from chains import (
    DRAWS,
    LEVELS,
    LOYALTY,
    LOYALTY_COUNTS,
    MANY,
    RECENCY,
    chains,
    counted,
    deviation,
    drawn,
    loyalty,
    recency,
    rewarded,
    seeded,
)
from crmtui.method.chain import Chain, chain
from crmtui.method.contract import contract_value
from crmtui.method.defection import risk
from crmtui.method.staying import stays
from crmtui.method.transitions import LADDER, LOST, Counts
from crmtui.method.values import Reward, Timing, inverse, values
from crmtui.method.winrate import BAND


def test_a_loyalty_case() -> None:
    """method.md section 5: seven values and the equity, as published there."""
    found = loyalty()
    expected = [3495.92, 2379.75, 1415.70, 783.88, 385.60, 132.41, 33.21, 0]
    assert [found.of(state) for state in LOYALTY] == pytest.approx(expected, abs=0.005)
    assert round(found.weighted(LOYALTY_COUNTS).value) == 14_279_572


def test_a_recency_chain() -> None:
    """method.md section 5, after Pfeifer & Carraway 2000: the first reward comes now."""
    found = recency()
    assert [found.of(state) for state in RECENCY] == pytest.approx([52.320, 5.554, 1.251, -1.820, 0], abs=0.0005)


@pytest.mark.parametrize(("retention", "multiple"), [(0.6, 1.20), (0.7, 1.75), (0.8, 2.67), (0.9, 4.50)])
def test_multiples_of_contracts(retention: float, multiple: float) -> None:
    """method.md section 5: m·r/(1+i-r) at i = 10 %."""
    found = contract_value(1000, retention, 0.10)
    assert found.multiple == pytest.approx(multiple, abs=0.005)
    assert found.value == pytest.approx(1000 * found.multiple)


def test_the_multiple_is_the_value_of_a_chain_of_two_states() -> None:
    counts = Counts(("stays", LOST), ((8.0, 2.0), (0.0, 0.0)))
    found = values(chain(counts, strength=0), {"stays": Reward(100)}, 0.1, Timing.AHEAD)
    assert found.of("stays") == pytest.approx(contract_value(100, 0.8, 0.1).value)


@pytest.mark.parametrize(("retention", "rate"), [(1.1, 0.1), (-0.1, 0.1), (0.9, 0.0), (0.9, math.nan)])
def test_a_multiple_of_nothing_sensible_is_refused(retention: float, rate: float) -> None:
    with pytest.raises(ValueError, match="is not"):
        contract_value(1, retention, rate)


@given(chains(), rewarded(0), st.floats(0.01, 1), st.floats(0.01, 1), st.sampled_from(Timing))
def test_equity_falls_with_the_discount_rate(
    found: Chain, rewards: dict[str, Reward], rate: float, more: float, timing: Timing
) -> None:
    cheap, dear = values(found, rewards, rate, timing), values(found, rewards, rate + more, timing)
    for state in LADDER:
        assert dear.of(state) <= cheap.of(state) * (1 + 1e-9) + 1e-9


@given(chains(), rewarded(-1e6), st.floats(0.01, 1), st.sampled_from(Timing))
def test_the_parts_sum_to_the_value_and_the_band_is_around_it(
    found: Chain, rewards: dict[str, Reward], rate: float, timing: Timing
) -> None:
    valued = values(found, rewards, rate, timing)
    for state in LADDER:
        worth = valued.worth(state)
        assert worth.value == pytest.approx(valued.of(state), rel=1e-9, abs=1e-6)
        assert worth.low <= worth.value <= worth.high


def test_one_state_up_is_the_difference_of_two_states() -> None:
    found = values(
        chain(counted({"buyer": {"account": 9}})), {one: Reward(10.0 * at) for at, one in enumerate(LADDER[:-1])}, 0.15
    )
    up = found.up("buyer")
    assert up is not None
    assert up.value == pytest.approx(found.of("account") - found.of("buyer"))
    assert up.low < up.value < up.high
    assert found.up("partner") is None
    assert found.up(LOST) is None


@pytest.mark.parametrize("timing", Timing)
def test_the_band_is_as_wide_as_that_of_drawn_chains(timing: Timing) -> None:
    """The delta method against draws of a fixed seed, whose deviation is itself sure to a twenty-fifth."""
    draw, weights = seeded(7), {"prospect": 20.0, "account": 3.0, "partner": -1.0}
    found = values(chain(MANY), LEVELS, 0.15, timing)
    tried = []
    for _draw in range(DRAWS):
        rewards = {one: Reward(draw.gauss(reward.value, reward.error)) for one, reward in LEVELS.items()}
        tried.append(values(drawn(found.chain, draw), rewards, 0.15, timing).weighted(weights).value)
    worth = found.weighted(weights)
    assert (worth.high - worth.low) / 2 / BAND == pytest.approx(deviation(tried), rel=0.12)


def test_the_band_of_a_risk_is_as_wide_as_that_of_drawn_chains() -> None:
    draw, found = seeded(11), chain(MANY)
    tried = [risk(drawn(found, draw), "account", 3).value for _draw in range(DRAWS)]
    one = risk(found, "account", 3)
    assert (one.high - one.low) / 2 / BAND == pytest.approx(deviation(tried), rel=0.12)


def test_the_risk_to_be_lost_grows_with_time() -> None:
    found = chain(counted({}))
    one = risk(found, "partner", 3)
    assert one.each[0] == pytest.approx(0.1)
    assert one.value == pytest.approx(1 - 0.9**3)
    assert one.each == tuple(sorted(one.each))
    assert one.low < one.value < one.high


def test_the_band_of_the_risk_of_one_period_is_that_of_one_row() -> None:
    found = chain(MANY)
    one = risk(found, "account", 1)
    lost = tuple(float(state == LOST) for state in found.states)
    assert (one.high - one.low) / 2 == pytest.approx(BAND * math.sqrt(found.variance(found.at("account"), lost)))


def test_the_own_reward_counts_from_the_period_in_which_the_first_comes() -> None:
    now, ahead = (stays(values(chain(MANY), LEVELS, 0.15, timing)) for timing in (Timing.NOW, Timing.AHEAD))
    for one, other in zip(now, ahead, strict=True):
        assert one.periods == one.lasting == other.lasting
        assert other.periods == pytest.approx(max(0.0, one.periods - 1))


@given(chains(), st.integers(1, 30))
def test_a_risk_is_a_probability(found: Chain, periods: int) -> None:
    one = risk(found, "buyer", periods)
    assert 0 <= one.low <= one.value <= one.high <= 1 + 1e-12


@pytest.mark.parametrize(
    ("state", "periods", "lost", "said"),
    [("friend", 1, LOST, "none of the states"), ("buyer", 0, LOST, "not 1 or more"), ("buyer", 1, "partner", "back")],
)
def test_a_risk_of_nothing_sensible_is_refused(state: str, periods: int, lost: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        risk(chain(counted({})), state, periods, lost)


@pytest.mark.parametrize(
    ("rewards", "rate", "said"),
    [(LEVELS, 0.0, "not above 0"), (LEVELS, math.nan, "not above 0"), ({"buyer": Reward(1)}, 0.1, "'prospect' brings")],
)
def test_values_of_nothing_sensible_are_refused(rewards: dict[str, Reward], rate: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        values(chain(counted({})), rewards, rate)


def test_the_inverse() -> None:
    rows = ((0.5, 0.5), (0.0, 1.0))
    found = inverse(rows, 0.9)
    assert found[0] == pytest.approx((1 / 0.55, 0.45 / 0.55 / 0.1))
    assert found[1] == pytest.approx((0, 10))


def test_weights_name_states() -> None:
    with pytest.raises(ValueError, match="'friend' is none"):
        recency().weighted({"friend": 1})
