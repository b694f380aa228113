"""Repeat buying, method.md section 5: BG/NBD and gamma-gamma, on CDNOW where it is at hand."""

from __future__ import annotations

import csv
import datetime as dt
import math
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from chains import seeded
from crmtui.method import buying, spending
from crmtui.method.buying import Seen
from crmtui.method.likely import fitted
from crmtui.method.repeat import (
    FEW_CUSTOMERS,
    FEW_REPEATS,
    Buyer,
    History,
    Learnt,
    Unfit,
    forecast,
    histories,
    learn,
    learn_from,
)

CDNOW: Final = Path(__file__).parents[2].parent / "shared" / "data" / "cdnow"
PUBLISHED: Final = np.array([0.2426, 4.4135, 0.7929, 2.4258])  # method.md section 5
TODAY: Final = dt.date(2026, 3, 12)


def seen(*rows: tuple[float, float, float]) -> Seen:
    given = np.array(rows)
    return Seen(given[:, 0], given[:, 1], given[:, 2])


def beta(one: float, other: float) -> float:
    return math.gamma(one) * math.gamma(other) / math.gamma(one + other)


def by_hand(parameters: Any, x: int, last: float, span: float) -> float:
    """Equation 6 of Fader, Hardie & Lee 2005 as it stands, which overflows for many purchases."""
    r, alpha, a, b = (float(one) for one in parameters)
    still = beta(a, b + x) / beta(a, b) * math.gamma(r + x) * alpha**r / math.gamma(r) / (alpha + span) ** (r + x)
    if not x:
        return math.log(still)
    lost = beta(a + 1, b + x - 1) / beta(a, b) * math.gamma(r + x) * alpha**r / math.gamma(r)
    return math.log(still + lost / (alpha + last) ** (r + x))


@pytest.mark.parametrize(("x", "last", "span"), [(0, 0, 38.86), (1, 1.71, 38.86), (2, 30.43, 38.86), (29, 37, 38)])
def test_the_likelihood_is_the_published_one(x: int, last: float, span: float) -> None:
    found = buying.log_likelihoods(PUBLISHED, seen((x, last, span)))
    assert found[0] == pytest.approx(by_hand(PUBLISHED, x, last, span))


def test_the_likelihood_does_not_overflow() -> None:
    found = buying.log_likelihoods(PUBLISHED, seen((5000, 510.0, 520.0), (0, 0, 0.0)))
    assert np.isfinite(found).all()


def test_a_published_forecast() -> None:
    """Customer 0001 of CDNOW: 1.226 purchases in the next 39 weeks (Fader & Hardie's Excel note)."""
    assert buying.expected(PUBLISHED, seen((2, 30.43, 38.86)), 39.0)[0] == pytest.approx(1.226, abs=0.0005)


def test_expectations_are_those_of_customers_drawn_from_the_model() -> None:
    """Customers that might have bought like this one: rates and drop-outs drawn, weighed by how likely it then is."""
    draw, (r, alpha, a, b) = np.random.default_rng(1), PUBLISHED
    x, last, span, weeks = 2, 30.43, 38.86, 39.0
    rate, drop = draw.gamma(r + x, 1 / (alpha + last), 400_000), draw.beta(a, b + x - 1, 400_000)
    still = (1 - drop) * np.exp(-rate * (span - last))  # it has not dropped out, and bought nothing since
    likely = still + drop
    alive = still.sum() / likely.sum()
    later = (still * (1 - np.exp(-rate * drop * weeks)) / drop).sum() / likely.sum()
    one = seen((x, last, span))
    assert buying.alive(PUBLISHED, one)[0] == pytest.approx(alive, abs=0.005)
    assert buying.expected(PUBLISHED, one, weeks)[0] == pytest.approx(later, rel=0.02)


def test_expectations_hold_where_formulas_break() -> None:
    one = seen((3000, 500.0, 520.0), (3, 10.0, 20.0), (0, 0.0, 5.0))
    smooth = [buying.expected(np.array([0.5, 5.0, a, 2.0]), one, 10.0) for a in (1 - 1e-4, 1.0, 1 + 1e-4)]
    assert np.isfinite(smooth).all()
    assert smooth[1] == pytest.approx((smooth[0] + smooth[2]) / 2, rel=1e-4)


def cdnow(name: str) -> Path:
    if not (CDNOW / name).is_file():
        pytest.skip(f"the customers to try it on are not here: {CDNOW / name}")
    return CDNOW / name


def test_cdnow() -> None:
    """method.md section 5, from Fader, Hardie & Lee 2005, table 2: 2,357 customers."""
    with cdnow("cdnow_customers_summary.csv").open() as lines:
        rows = [(float(row["frequency"]), float(row["recency"]), float(row["T"])) for row in csv.DictReader(lines)]
    assert len(rows) == 2357
    found = buying.fit(seen(*rows))
    assert found is not None
    assert found.parameters == pytest.approx(PUBLISHED, abs=0.00005)
    assert found.log_likelihood == pytest.approx(-9582.4256, abs=0.00005)


def cdnow_buyers() -> list[Buyer]:
    orders: dict[str, list[tuple[dt.date, float | None]]] = {}
    for line in cdnow("CDNOW_sample.txt").read_text().splitlines():
        _master, customer, day, _count, amount = line.split()
        orders.setdefault(customer, []).append((dt.date.fromisoformat(day), float(amount)))
    return [Buyer(int(customer), tuple(told)) for customer, told in orders.items()]


def test_cdnow_from_its_orders() -> None:
    """Spending p 6.25, q 3.74, v 15.44, as in Fader & Hardie 2013 and Fader, Hardie & Lee 2005 ("RFM and CLV").

    They hold for 946 customers who bought again until 30 September 1997; then their orders of the 39 weeks after it.
    """
    buyers, until = cdnow_buyers(), dt.date(1997, 9, 30)
    told = histories(buyers, until)
    found = learn_from(told)
    assert found.spending is not None
    assert found.buying is not None
    assert found.repeats == 946
    assert found.spending.parameters == pytest.approx([6.25, 3.74, 15.44], abs=0.005)
    assert found.buying.parameters == pytest.approx(PUBLISHED, rel=0.01)
    assert found.regularity == pytest.approx(1, abs=0.4)
    assert found.correlation is not None
    assert abs(found.correlation) < 0.15
    later = {one.key: one.repeats for one in histories(buyers, dt.date(1998, 6, 30))}
    bought = sum(later[one.key] - one.repeats for one in told)
    expected = forecast(found, told, weeks=39)
    assert sum(one.purchases for one in expected) == pytest.approx(bought, rel=0.15)


def drawn(count: int, parameters: tuple[float, float, float, float], spends: bool = True) -> list[Buyer]:
    """Customers of a model, each seen for one to three years; amounts are gamma-gamma with p 6, q 4, v 15."""
    draw, (r, alpha, a, b) = seeded(9), parameters
    found = []
    for key in range(count):
        span = draw.uniform(52, 156)
        rate, drop = draw.gammavariate(r, 1 / alpha), draw.betavariate(a, b)
        scale = draw.gammavariate(4, 1 / 1500)
        days, at = [0.0], 0.0
        while draw.random() >= drop or len(days) == 1:
            at += draw.expovariate(rate)
            if at > span or len(days) > 200:
                break
            days.append(at)
        first = TODAY - dt.timedelta(weeks=span)
        amounts = [draw.gammavariate(6, 1 / scale) if spends else None for _day in days]
        found.append(
            Buyer(
                key, tuple((first + dt.timedelta(weeks=at), amount) for at, amount in zip(days, amounts, strict=True))
            )
        )
    return found


@pytest.fixture(scope="module")
def buyers() -> list[Buyer]:
    return drawn(800, (1.0, 6.0, 0.8, 2.5))


@pytest.fixture(scope="module")
def learnt(buyers: list[Buyer]) -> Learnt:
    return learn(buyers, TODAY)


def test_what_was_drawn_from_the_models_is_found_again(learnt: Learnt) -> None:
    assert learnt.unfit is None
    assert learnt.buying is not None
    assert learnt.spending is not None
    assert not learnt.is_regular
    for fit, true in ((learnt.buying, [1.0, 6.0, 0.8, 2.5]), (learnt.spending, [6.0, 4.0, 1500.0])):
        away = np.log(fit.parameters / np.array(true))
        assert away @ np.linalg.inv(fit.covariance) @ away < 18.5  # 99.9 % of a chi-square of four


def test_forecasts_have_bands_within_their_bounds(learnt: Learnt, buyers: list[Buyer]) -> None:
    told = histories(buyers, TODAY)
    found = forecast(learnt, told, weeks=52, rate=0.1, margin=0.4)
    assert [one.key for one in found] == [one.key for one in told]
    for one in found:
        assert 0 <= one.alive_low <= one.alive <= one.alive_high <= 1
        assert 0 <= one.low <= one.purchases <= one.high
        assert one.value is not None
        assert one.value_low is not None
        assert one.value_high is not None
        assert one.spend is not None
        assert one.value_low <= one.value <= one.value_high
        assert one.value <= one.purchases * one.spend * 0.4
        assert one.value >= one.purchases * one.spend * 0.4 / 1.1 - 1e-9
    whole = forecast(learnt, told, weeks=52)
    assert whole[0].value == pytest.approx(whole[0].purchases * (whole[0].spend or 0))


def test_who_has_not_come_for_long_is_less_likely_to_come_again(learnt: Learnt) -> None:
    late, early = forecast(learnt, [History(1, 9, 90.0, 100.0), History(2, 9, 40.0, 100.0)])
    assert late.alive > early.alive
    assert late.purchases > early.purchases
    assert late.spend == pytest.approx(early.spend)


def test_a_loss_on_each_purchase_keeps_its_band_in_order(learnt: Learnt) -> None:
    one = forecast(learnt, [History(1, 9, 90.0, 100.0)], margin=-0.2)[0]
    assert one.value_low is not None
    assert one.value is not None
    assert one.value_high is not None
    assert one.value_low < one.value < one.value_high < 0


def test_without_amounts_purchases_are_forecast_and_nothing_is_said_of_money(buyers: list[Buyer]) -> None:
    bare = [Buyer(one.key, tuple((day, None) for day, _amount in one.orders)) for one in buyers]
    found = learn(bare, TODAY)
    assert found.buying is not None
    assert found.spending is None
    one = forecast(found, histories(bare, TODAY))[0]
    assert one.purchases > 0
    assert (one.spend, one.value, one.value_low) == (None, None, None)


def monthly(count: int) -> list[Buyer]:
    """Customers that buy on the same day of each month and never leave."""
    days = [TODAY - dt.timedelta(days=30 * at) for at in range(12)]
    return [Buyer(key, tuple((day - dt.timedelta(key % 30), 100.0) for day in days)) for key in range(count)]


def once(count: int) -> list[Buyer]:
    return [Buyer(key, ((TODAY - dt.timedelta(key % 300), 100.0),)) for key in range(count)]


@pytest.mark.parametrize(
    ("given", "unfit"),
    [
        ([], Unfit.FEW_CUSTOMERS),
        (once(FEW_CUSTOMERS - 1), Unfit.FEW_CUSTOMERS),
        (once(FEW_CUSTOMERS), Unfit.FEW_REPEATS),
        ([*once(200), *monthly(FEW_REPEATS - 1)], Unfit.FEW_REPEATS),
        (monthly(100), Unfit.NOT_SETTLED),
        ([Buyer(one.key, one.orders, has_contract=one.key > 20) for one in monthly(60)], Unfit.CONTRACT),
        ([Buyer(1, ((TODAY + dt.timedelta(9), 1.0),))] * 60, Unfit.FEW_CUSTOMERS),
    ],
    ids=["nobody", "few", "all once", "few again", "nobody ever left", "contracts", "orders to come"],
)
def test_where_the_model_does_not_apply_it_is_said_why(given: list[Buyer], unfit: Unfit) -> None:
    found = learn(given, TODAY)
    assert found.unfit is unfit
    assert forecast(found, histories(given, TODAY)) == []


def test_those_with_a_contract_are_left_out(buyers: list[Buyer]) -> None:
    found = learn(
        [*buyers, *(Buyer(9000 + at, one.orders, has_contract=True) for at, one in enumerate(monthly(9)))], TODAY
    )
    assert (found.customers, found.contracts) == (800, 9)


def test_a_rhythm_is_noticed(buyers: list[Buyer]) -> None:
    rhythm = [Buyer(9000 + one.key, one.orders) for one in monthly(700)]
    found = learn([*buyers, *rhythm], TODAY)
    assert found.unfit is None
    assert found.is_regular


def test_orders_of_one_day_are_one_and_the_first_is_no_repeat() -> None:
    first, later = TODAY - dt.timedelta(28), TODAY - dt.timedelta(14)
    orders = ((later, 30.0), (first, 500.0), (later, 20.0), (TODAY, None), (TODAY + dt.timedelta(1), 7.0))
    assert histories([Buyer(1, orders)], TODAY) == [
        History(1, repeats=2, last=4.0, span=4.0, priced=1, spend=50.0, gaps=(2.0, 2.0))
    ]


@pytest.mark.parametrize(("weeks", "rate"), [(0, 0), (-1, 0), (math.nan, 0), (52, -0.1)])
def test_a_forecast_of_nothing_sensible_is_refused(weeks: float, rate: float) -> None:
    with pytest.raises(ValueError, match="weeks above 0"):
        forecast(Learnt(None, 0, 0, 0), [], weeks, rate)


def test_spending_is_shrunk_towards_that_of_all() -> None:
    parameters = np.array([6.25, 3.74, 15.44])
    none, one, many = spending.expected(parameters, np.array([0.0, 1.0, 50.0]), np.array([0.0, 100.0, 100.0]))
    assert none == pytest.approx(6.25 * 15.44 / 2.74)
    assert none < one < many < 100


def test_spending_that_is_all_the_same_does_not_settle() -> None:
    assert spending.fit(np.full(50, 3.0), np.full(50, 100.0)) is None


def test_what_has_no_least_misfit_does_not_settle() -> None:
    assert fitted(lambda logs: (float(logs.sum()), np.ones_like(logs)), np.zeros(2)) is None
    assert fitted(lambda logs: (float(logs[0] ** 2), np.array([2 * logs[0], 0.0])), np.ones(2)) is None
    assert fitted(lambda logs: (math.nan, logs), np.ones(2)) is None
