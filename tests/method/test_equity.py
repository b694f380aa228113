"""Customer equity, rewards of levels and whom to stop serving, method.md section 5."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from chains import DRAWS, LEVELS, MANY, RECENCY, chains, deviation, drawn, recency, rewarded, seeded
from crmtui.method.chain import Chain, chain
from crmtui.method.equity import equity, most_valuable
from crmtui.method.rewards import Holding, rewards
from crmtui.method.stopping import best, partings
from crmtui.method.transitions import LADDER, LOST
from crmtui.method.values import Reward, Timing, Values, continuing, values
from crmtui.method.winrate import BAND

ALIVE = LADDER[:-1]
HELD = [Holding(1, "buyer", 300, 40), Holding(2, "buyer", 100, 60), Holding(3, "account", 900), Holding(4, LOST, None)]


def levels(found: list[Holding], timing: Timing = Timing.NOW) -> Values:
    return values(chain(MANY), rewards(found, ALIVE), 0.15, timing)


@pytest.mark.parametrize("timing", Timing)
def test_equity_is_the_sum_of_the_levels_where_rewards_are_of_the_same_accounts(timing: Timing) -> None:
    valued = levels(HELD, timing)
    found = equity(valued, HELD)
    assert found.value == pytest.approx(2 * valued.of("buyer") + valued.of("account"))
    assert found.value == pytest.approx(sum(account.value for account in found.accounts))
    assert found.value == pytest.approx(sum(level.value for level in found.levels))
    assert found.completeness == 0.75


def test_an_account_of_its_own_is_worth_what_a_chain_with_its_reward_says() -> None:
    """It brings its own reward until it leaves its level for the first time; whoever comes later is like others."""
    valued = values(chain(MANY), LEVELS, 0.15)
    at = LADDER.index("account")
    row = valued.chain.rows[at]
    later = sum(p * worth for to, (p, worth) in enumerate(zip(row, valued.now, strict=True)) if to != at)
    expected = (5000 + later / 1.15) / (1 - row[at] / 1.15)
    found = equity(valued, [Holding(1, "account", 5600, 600)]).accounts[0]
    assert found.value == pytest.approx(expected)
    assert found.of_state + found.own == pytest.approx(found.value)


@pytest.mark.parametrize("timing", Timing)
@pytest.mark.parametrize("margin", [5000.0, -300.0, None])
def test_the_band_of_an_account_is_as_wide_as_that_of_drawn_chains(margin: float | None, timing: Timing) -> None:
    draw = seeded(3)
    given_rewards = {one: Reward(reward.value, reward.error, 80.0) for one, reward in LEVELS.items()}
    base = values(chain(MANY), given_rewards, 0.15, timing)
    tried = []
    for _draw in range(DRAWS):
        means = {one: Reward(draw.gauss(reward.value, reward.error)) for one, reward in given_rewards.items()}
        own = draw.gauss(means["account"].value, 80) if margin is None else margin
        valued = values(drawn(base.chain, draw), means, 0.15, timing)
        tried.append(equity(valued, [Holding(1, "account", own)]).value)
    found = equity(base, [Holding(1, "account", margin)])
    for low, high in ((found.low, found.high), (found.accounts[0].low, found.accounts[0].high)):
        assert (high - low) / 2 / BAND == pytest.approx(deviation(tried), rel=0.12)


def test_an_unknown_margin_is_taken_for_that_of_the_level_and_widens_the_band() -> None:
    found = equity(levels(HELD), [Holding(1, "buyer", 150), Holding(2, "buyer", None)])
    known, unknown = found.accounts
    assert known.value == pytest.approx(unknown.value)
    assert unknown.reward is None
    assert unknown.high - unknown.low > known.high - known.low


def test_the_most_valuable_accounts() -> None:
    found = equity(levels(HELD), HELD)
    assert [account.key for account in most_valuable(found, 2)] == [3, 1]
    assert [account.key for account in most_valuable(found, 9)] == [3, 1, 2, 4]


def test_no_accounts() -> None:
    found = equity(levels(HELD), [])
    assert (found.value, found.low, found.high, found.completeness) == (0, 0, 0, None)


@pytest.mark.parametrize("holding", [Holding(1, "friend", 1), Holding(1, "buyer", math.inf)])
def test_an_account_that_makes_no_sense_is_refused(holding: Holding) -> None:
    with pytest.raises(ValueError, match="account 1"):
        equity(levels(HELD), [holding])
    with pytest.raises(ValueError, match="account 1"):
        partings(best(levels(HELD)), [holding])


def test_rewards_are_means_less_cost_to_serve() -> None:
    found = rewards(HELD, ALIVE)
    assert found["buyer"].value == pytest.approx(150)
    assert found["buyer"].spread == pytest.approx(math.sqrt(2) * 110)
    assert found["buyer"].error == pytest.approx(110)
    assert found["account"].error == pytest.approx(math.sqrt(2) * 110)  # one account: the spread of the others


def test_a_level_of_which_nobody_knows_is_never_taken_to_be_worth_more_than_the_one_below() -> None:
    found = rewards(HELD, ALIVE)
    assert found["partner"].value == found["account"].value == 900
    assert found["prospect"].value == 150
    assert found["partner"].is_assumed
    assert found["prospect"].is_assumed
    assert found["partner"].error == pytest.approx(750)


def test_one_margin_alone_says_little_and_none_says_nothing() -> None:
    assert rewards([Holding(1, "buyer", 70)], ALIVE)["buyer"] == Reward(70, 70, 70, 1)
    assert rewards([Holding(1, "buyer", None)], ALIVE) == {}


def test_the_best_policy_stops_after_recency_three() -> None:
    """method.md section 5, after Pfeifer & Carraway 2000."""
    found = best(recency())
    expected = [53.149, 6.621, 2.644, 0, 0]
    assert [found.values.of(state) for state in RECENCY] == pytest.approx(expected, abs=0.0005)
    assert found.stops == ("4",)
    assert found.continuing[3] < 0
    assert found.plain.now[3] == pytest.approx(-1.820, abs=0.0005)


@given(chains(), rewarded(-1e6), st.floats(0.01, 1), st.sampled_from(Timing))
def test_stopping_is_worth_nothing_at_least_and_no_less_than_going_on(
    found: Chain, given_rewards: dict[str, Reward], rate: float, timing: Timing
) -> None:
    policy = best(values(found, given_rewards, rate, timing))
    scale = 1e-9 * max(1.0, *(abs(one) for one in (*policy.plain.now, *policy.values.now)))
    for one, plain, going_on in zip(policy.values.now, policy.plain.now, policy.continuing, strict=True):
        assert one >= -scale
        assert one >= plain - scale
        assert one == pytest.approx(max(0.0, going_on), rel=1e-9, abs=scale)


@given(chains(), rewarded(-1e6), st.floats(0.01, 1), st.sampled_from(ALIVE), st.floats(-1e6, 1e6))
def test_an_account_with_the_reward_of_its_level_is_left_where_the_level_is(
    found: Chain, given_rewards: dict[str, Reward], rate: float, state: str, margin: float
) -> None:
    policy = best(values(found, given_rewards, rate))
    like, own, unknown = partings(
        policy, [Holding(1, state, given_rewards[state].value), Holding(2, state, margin), Holding(3, state, None)]
    )
    at = LADDER.index(state)
    scale = 1e-9 * max(1.0, *(abs(one) for one in policy.continuing))
    assert like.continuing == unknown.continuing == pytest.approx(policy.continuing[at], abs=scale)
    assert own.reward + own.later == own.continuing
    assert (own.continuing >= like.continuing) == (own.reward >= like.reward) or own.continuing == pytest.approx(
        like.continuing, rel=1e-9, abs=scale
    )
    assert unknown.high - unknown.low >= like.high - like.low


def test_leaving_is_said_only_of_accounts_that_lose_money_whatever_one_does() -> None:
    policy = best(values(chain(MANY), LEVELS, 0.15))
    found = partings(policy, [Holding(1, "buyer", -5000), Holding(2, "buyer", -200), Holding(3, LOST, -100)])
    assert [one.key for one in found] == [1, 2]
    assert [one.is_to_leave for one in found] == [True, False]
    assert found[1].reward < 0
    assert found[0].is_sure
    assert found[0].value == 0


def test_nobody_is_surely_left_for_what_others_of_the_level_lose() -> None:
    losing = {one: Reward(-5000.0, 10.0, 10.0) for one in LEVELS}
    own, unknown = partings(
        best(values(chain(MANY), losing, 0.15)), [Holding(1, "buyer", -5000), Holding(2, "buyer", None)]
    )
    assert own.high < 0 > unknown.high
    assert unknown.is_to_leave
    assert own.is_sure
    assert not unknown.is_sure


@pytest.mark.parametrize("margin", [5000.0, -5000.0, None])
def test_the_band_of_a_parting_is_as_wide_as_that_of_drawn_chains(margin: float | None) -> None:
    draw = seeded(5)
    given_rewards = {one: Reward(reward.value - 1500, reward.error, 80.0) for one, reward in LEVELS.items()}
    base = best(values(chain(MANY), given_rewards, 0.15))
    assert base.stops
    assert len(base.stops) < len(ALIVE)
    state = "account"
    tried = []
    for _draw in range(DRAWS):
        means = {one: Reward(draw.gauss(reward.value, reward.error)) for one, reward in given_rewards.items()}
        own = draw.gauss(means[state].value, 80) if margin is None else margin
        policy = best(values(drawn(base.plain.chain, draw), means, 0.15))
        tried.append(partings(policy, [Holding(1, state, own)])[0].continuing)
    found = partings(base, [Holding(1, state, margin)])[0]
    assert (found.high - found.low) / 2 / BAND == pytest.approx(deviation(tried), rel=0.15)


def test_policies_do_not_care_when_the_first_reward_came() -> None:
    now = values(chain(MANY), LEVELS, 0.15)
    ahead = values(chain(MANY), LEVELS, 0.15, Timing.AHEAD)
    assert best(now).values.now == pytest.approx(best(ahead).values.now)
    assert continuing(now, now.now) == pytest.approx(now.now)
