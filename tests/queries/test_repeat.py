"""Who has left by its orders, although the value of its level goes on: told wherever that value is."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.offerings import Order, OrderLine
from crmtui.exchange.report.document import Facts, Table
from crmtui.method.repeat import LEFT
from crmtui.queries import equity, equity_table, repeat, repeat_words, report_portfolio
from customers import TODAY, Customers, ago

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.repeat import RepeatPage


@pytest.fixture
def customers(workspace: Path) -> Customers:
    """Many that come and go, and Aurora, who bought most, each week, until a year and a half ago."""
    found = Customers(workspace)
    found.shop(120)
    aurora = found.account("Aurora")
    days = ({"account_id": aurora, "day": ago(1.5) - dt.timedelta(weeks=week)} for week in range(30))
    orders = found.write(Order, *days)
    found.write(OrderLine, *({"order_id": one, "unit_price": 900_000, "margin": 300_000} for one in orders))
    return found


@pytest.fixture
def page(customers: Customers) -> EquityPage:
    return equity.page(customers.path, TODAY)


@pytest.fixture
def orders(customers: Customers) -> RepeatPage:
    return repeat.page(customers.path, TODAY)


def aurora(page: EquityPage) -> Line:
    return next(one for one in page.lines if one.name == "Aurora")


def test_who_hardly_buys_any_more_has_left_by_its_orders(page: EquityPage, orders: RepeatPage) -> None:
    one = aurora(page)
    assert page.lines[0] is one, "it tops the list by the value of its level"
    assert orders.forecasts[one.key].alive < LEFT
    terms = list(repeat_words.account(orders, page.basis, one, lambda minor: f"{minor:.0f} EUR"))
    assert [label for label, _said in terms[:2]] == ["value", "but"]
    assert terms[1][1].startswith("by its orders it has left: none for 548 days, after 30 days with orders; ")
    assert "still buys: 0 %. Its value is that of its level" in terms[1][1]
    assert repeat_words.hint(orders, one) == "has left"


def test_the_risk_to_lose_one_that_has_left_is_that_it_has(page: EquityPage, orders: RepeatPage) -> None:
    one = aurora(page)
    level, found = page.basis.risks[one.worth.state], repeat.risk(orders, page.basis, one)
    still = orders.forecasts[one.key].alive
    assert found.each[0] == pytest.approx(1 - still * (1 - level.each[0]))
    assert found.low <= found.value <= found.high
    assert 1 - LEFT < found.each[0] <= found.value
    terms = dict(repeat_words.account(orders, page.basis, one, str))
    assert terms["risk"].startswith("lost within a year 100 %, within 3 years 100 %")
    assert "; by its orders it has left, else " in terms["risk"]
    staying = next(one for one in page.lines if not orders.forecasts[one.key].has_left)
    assert repeat.risk(orders, page.basis, staying) == page.basis.risks[staying.worth.state]
    assert repeat.risk(None, page.basis, one) == level


def test_nothing_is_said_of_those_who_still_buy(page: EquityPage, orders: RepeatPage) -> None:
    staying = [one for one in page.lines if orders.forecasts[one.key].alive >= LEFT]
    assert len(staying) > 50
    assert all(repeat_words.hint(orders, one) == "" for one in staying)
    assert all("but" not in dict(repeat_words.account(orders, page.basis, one, str)) for one in staying)


def test_whether_one_still_buys_is_told_with_its_band_and_what_amounts_rest_on(
    orders: RepeatPage,
) -> None:
    one = max(orders.forecasts.values(), key=lambda one: one.alive_high - one.alive_low)
    band = f"({one.alive_low * 100:.0f} to {one.alive_high * 100:.0f} %)"
    assert dict(repeat_words.orders(orders, one.key, str))["expected"].endswith(f"{one.alive * 100:.0f} % {band}")
    linked = dataclasses.replace(orders, learnt=dataclasses.replace(orders.learnt, correlation=-0.45))
    apart = dataclasses.replace(orders, learnt=dataclasses.replace(orders.learnt, correlation=0.1))
    assert "trust the orders expected more" in dict(repeat_words.learnt_repeats(linked, str))["how often and how much"]
    told = dict(repeat_words.learnt_repeats(apart, str))["how often and how much"]
    assert told == "correlation +0.10: hardly linked, as amounts are forecast"


def test_the_total_tells_how_much_of_it_is_of_those_who_left(page: EquityPage, orders: RepeatPage) -> None:
    left = [one for one in page.lines if orders.forecasts[one.key].alive < LEFT]
    whole = sum(one.worth.value for one in left)
    ((label, said),) = repeat_words.departed(orders, page, lambda minor: f"{minor:.0f} EUR")
    assert label == "have left"
    assert said.startswith(f"{len(left)} accounts by their orders, with {whole:.0f} EUR of the figure")
    rest = sum(one.worth.value for one in page.lines) - whole
    assert said.endswith(f"; without them it is {rest:.0f} EUR")


def test_those_who_left_rank_after_all_who_still_buy(page: EquityPage, orders: RepeatPage) -> None:
    ranked = [orders.forecasts[one.line.key].has_left for one in equity_table.rows(page, orders)]
    assert ranked == sorted(ranked)
    assert len(ranked) == len(page.lines)


def test_what_was_learnt_of_buying_can_be_checked(orders: RepeatPage) -> None:
    assert orders.learnt.buying is not None
    r, alpha, a, b = orders.learnt.buying.parameters
    told = dict(repeat_words.learnt_repeats(orders, str))["parameters"]
    assert told.startswith(f"BG/NBD r {r:.4f}, alpha {alpha:.4f}, a {a:.4f}, b {b:.4f}; log-likelihood -")


def test_the_report_marks_them_too(customers: Customers) -> None:
    (section,) = (one for one in report_portfolio.sections(customers.path, TODAY) if one.id == "equity")
    facts, table = section.blocks[:2]
    assert isinstance(facts, Facts)
    assert isinstance(table, Table)
    assert "Have left" in dict(facts.pairs)
    (row,) = (row for row in table.rows if row[0] == "Aurora")
    assert row[-1] == "has left"
    assert row[table.headings.index("Lost in a year")] == "100 %"


def test_how_accounts_buy_is_told_beside_the_others_and_never_as_if_it_were_of_today(workspace: Path) -> None:
    shop = Customers(workspace)
    keys = [shop.account(f"Customer {number}") for number in range(10)]
    for number, key in enumerate(keys):
        for order in range(1 + number // 2):
            shop.order(key, 9 - number / 100 + order / 10, 1_000, price=10_000)
    found = repeat.page(workspace, TODAY)
    said = {repeat_words.habit(found, key) for key in keys}
    assert {"more recently than most, and more", "longest ago, and less than most"} <= said
    told = [*said, dict(repeat_words.learnt_repeats(found, str))["buy, beside each other"]]
    claims = ("lately", "often", "much", "regularly", "for long", "any more")
    assert not [one for one in told if any(claim in one for claim in claims)]
    assert "the last 3254 days ago" in dict(repeat_words.orders(found, keys[-1], str))["orders"]
