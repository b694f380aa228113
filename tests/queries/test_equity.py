from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui import text
from crmtui.domain.offerings import Offering
from crmtui.domain.programmes import Programme, ProgrammeMember
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import AccountStatus, Level, Source, Supply
from crmtui.method.repeat import Unfit
from crmtui.method.transitions import LOST
from crmtui.queries import equity, equity_words, histories, lists, programme_words, repeat, repeat_words
from crmtui.queries.books import Rates
from crmtui.queries.equity_basis import Silence
from crmtui.store.reading import equity as rows
from crmtui.store.reading.connections import reading
from crmtui.store.unit import work
from customers import TODAY, Customers, ago

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.method.books import Book
    from crmtui.queries.equity import EquityPage


@pytest.fixture
def customers(workspace: Path) -> Customers:
    return Customers(workspace)


def page(customers: Customers) -> EquityPage:
    return equity.page(customers.path, TODAY)


def book(customers: Customers, account: int) -> Book:
    """The same whether it is added up alone, or with all others by columns."""
    with reading(customers.path) as connection:
        rates, kept = Rates("EUR", 60.0), rows.accounts(connection)
        alone, together = (way(connection, kept, TODAY, rates) for way in (histories.alone, histories.together))
    assert together.books == alone.books
    assert together.counts == alone.counts
    return alone.books[account]


# What accounts bring and cost


def test_a_margin_is_of_the_years_since_the_first_sale_at_most_three(customers: Customers) -> None:
    young, old = customers.account("Young"), customers.account("Old")
    for key, years in ((young, (1.5, 0.2)), (old, (5.0, 2.5, 0.2))):
        for one in years:
            customers.order(key, one, 30_000)
    assert book(customers, young).yearly_margin == pytest.approx(60_000 / 1.5, rel=0.01)
    assert book(customers, old).yearly_margin == pytest.approx(20_000, rel=0.01)


def test_no_sale_is_counted_twice(customers: Customers) -> None:
    key = customers.account()
    told, silent, alone = (customers.deal(key, 0.5, margin=margin) for margin in (1_000, 20_000, 300_000))
    customers.order(key, 0.4, 1_500, opportunity=told)  # tells a margin: stands before the opportunity
    customers.order(key, 0.4, None, opportunity=silent)  # tells none: the opportunity does
    assert alone
    found = book(customers, key)
    assert (found.margin, found.unpriced) == (321_500, 0)


def test_what_nobody_knows_is_not_nothing(customers: Customers) -> None:
    never, before, silent = (customers.account(name) for name in ("Never", "Before", "Silent"))
    customers.order(before, 4.0, 1_000)
    customers.order(silent, 0.5, None)
    customers.contact(never, 0.5, cost=1_000, hours=2.0)
    assert book(customers, never).margin is None
    assert book(customers, before).margin == 0
    assert (book(customers, silent).margin, book(customers, silent).unpriced) == (None, 1)
    assert book(customers, never).yearly_cost == pytest.approx(1_000 + 2 * 6_000)
    assert book(customers, silent).yearly_cost is None


@pytest.mark.parametrize(("margin", "currency"), [(None, "EUR"), (100, "USD")])
def test_sales_whose_margin_is_unknown_are_no_margins_of_nothing(
    customers: Customers, margin: int | None, currency: str
) -> None:
    key, other = customers.account(), customers.account("Other")
    customers.order(key, 0.3, 300_000)
    customers.order(other, 2.9, 300_000)
    plain = page(customers)
    for one in (key, other):
        for years in (1.4, 2.5, 2.98):
            customers.order(one, years, margin, currency=currency)
    found = page(customers)
    assert book(customers, key).yearly_margin == pytest.approx(300_000)  # of the one year of which it is known
    assert book(customers, other).yearly_margin == pytest.approx(
        300_000 / 1.9, rel=0.01
    )  # nothing was sold in the last year
    assert found.lines[0].worth.value >= plain.lines[0].worth.value
    assert found.lines[0].worth.high - found.lines[0].worth.low > plain.lines[0].worth.high - plain.lines[0].worth.low
    assert plain.equity is not None
    assert found.equity is not None
    assert (plain.equity.completeness, found.equity.completeness) == (1.0, 0.25)


def test_other_currencies_are_counted_and_never_added(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 0.5, 1_000)
    customers.order(key, 0.5, 9_000, currency="CHF")
    customers.contact(key, 0.5, cost=700, currency="GBP")
    found = book(customers, key)
    assert (found.margin, found.cost, found.elsewhere) == (1_000, 0, 2)
    assert page(customers).basis.left_out.abroad == 1


def test_a_contact_without_a_cost_is_none_in_another_currency(customers: Customers) -> None:
    key = customers.account()
    customers.contact(key, 0.5, cost=None, currency="GBP")
    assert (book(customers, key).uncosted, book(customers, key).elsewhere) == (1, 0)


def test_each_deal_that_was_won_nobody_knows_when_is_told(customers: Customers) -> None:
    key = customers.account()
    for margin in (1_000, 2_000, None):
        customers.deal(key, 1, margin=margin, closed_on=None)
    assert (book(customers, key).undated, book(customers, key).margin) == (3, None)
    assert page(customers).basis.left_out.undated == 3


def test_one_that_is_closed_and_was_seen_today_is_lost_today(customers: Customers) -> None:
    key = customers.account(status=AccountStatus.CLOSED)
    customers.judge(key, (1.5, Level.BUYER))
    customers.contact(key, 0.0)
    assert book(customers, key).contacts == 1
    assert page(customers).basis.counts.rows[1][-1] == 1  # a buyer, lost in the year that ends today


# Why there is no figure


def test_an_empty_workspace(customers: Customers) -> None:
    assert (page(customers).basis.silence, page(customers).lines) == (Silence.NO_ACCOUNT, ())


def test_all_lost(customers: Customers) -> None:
    customers.account("Gone", lost_on=ago(1))
    customers.account("Closed", status=AccountStatus.CLOSED)
    found = page(customers)
    assert (found.basis.silence, found.basis.accounts, found.basis.lost) == (Silence.ALL_LOST, 0, 2)


def test_no_margin_in_our_own_currency(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 0.5, 9_000, currency="CHF")
    assert page(customers).basis.silence is Silence.NO_MARGIN


def test_no_discount_rate(customers: Customers) -> None:
    customers.order(customers.account(), 0.5, 9_000)
    customers.set(discount_rate=0.0)
    assert page(customers).basis.silence is Silence.NO_RATE


def test_nothing_sold_for_long_is_told_as_the_reason(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 6, 9_000)
    told = dict(equity_words.total(page(customers), str))
    assert told["because"].startswith("nothing was sold in the last three years")
    customers.order(key, 1, 9_000)
    assert "because" not in dict(equity_words.total(page(customers), str))


# Values


def test_one_account_without_a_history_is_worth_what_most_relationships_are(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 0.5, 100_000)
    found = page(customers)
    (line,) = found.lines
    assert found.equity is not None
    assert found.equity.value == pytest.approx(line.worth.value)
    assert line.worth.low < line.worth.value < line.worth.high
    assert (found.basis.counts.total, line.key) == (0, key)
    assert found.basis.risks[Level.BUYER].each[0] == pytest.approx(0.1)


def test_histories_are_of_assessments_of_what_was_entered_and_of_losses(customers: Customers) -> None:
    judged = customers.account("Judged", Level.ACCOUNT)
    customers.judge(judged, (2.5, Level.BUYER), (1.2, Level.ACCOUNT))
    customers.order(judged, 0.5, 100_000)
    entered = customers.account("Entered", Level.BUYER, level_on=ago(1.5), lost_on=ago(0.2))
    closed = customers.account("Closed", Level.PARTNER, level_on=ago(1.5), status=AccountStatus.CLOSED)
    customers.order(closed, 0.9, 100_000)
    assert entered
    counts = page(customers).basis.counts
    at = {state: place for place, state in enumerate(counts.states)}
    moved = {(one, to): counts.rows[at[one]][at[to]] for one in at for to in at if counts.rows[at[one]][at[to]]}
    assert moved == {
        ("buyer", "account"): 1,
        ("account", "account"): 1,
        ("buyer", LOST): 1,
        ("partner", LOST): 1,
    }


def test_the_most_valuable_come_first_and_a_prospect_without_sales_brings_nothing(customers: Customers) -> None:
    small, large = customers.account("Small"), customers.account("Large")
    customers.account("Prospect", Level.PROSPECT)
    customers.order(small, 0.5, 10_000)
    customers.order(large, 0.5, 90_000)
    lines = page(customers).lines
    assert [line.name for line in lines] == ["Large", "Small", "Prospect"]
    assert lines[2].worth.reward == 0


def test_who_costs_more_than_ever_comes_is_to_be_left(customers: Customers) -> None:
    good, bad = customers.account("Good"), customers.account("Bad")
    customers.order(good, 0.5, 10_000)
    customers.order(bad, 0.5, 1_000)
    customers.contact(bad, 0.3, cost=900_000)
    assert {line.name: line.parting.is_to_leave for line in page(customers).lines} == {"Good": False, "Bad": True}


def test_what_was_worked_out_is_kept_until_somebody_writes(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 0.5, 10_000)
    first = page(customers)
    assert page(customers) is first
    customers.order(key, 0.4, 10_000)
    assert page(customers) is not first
    assert equity.page(customers.path, TODAY + dt.timedelta(1)) is not page(customers)


def test_accounts_are_filtered_and_sorted_by_their_value(customers: Customers) -> None:
    small, large = customers.account("Small"), customers.account("Large")
    lost = customers.account("Lost", lost_on=ago(1))
    customers.order(small, 0.5, 10_000)
    customers.order(large, 0.5, 9_000_000)
    assert list(lists.ids(customers.path, "accounts", TODAY, order="-value")) == [large, small, lost]
    assert list(lists.ids(customers.path, "accounts", TODAY, filter_text="value>200k")) == [large]


# Programmes and repeat orders


def test_members_of_a_programme_are_compared_with_other_customers(customers: Customers) -> None:
    (club,) = customers.write(Programme, {"name": "Circle", "yearly_cost": 50_000})
    keys = [customers.account(f"Customer {number}", lost_on=ago(0.3) if number == 5 else None) for number in range(6)]
    for key in keys:
        customers.judge(key, (2.0, Level.BUYER))
        customers.order(key, 0.5, 10_000)
    customers.write(
        ProgrammeMember,
        *({"programme_id": club, "account_id": key, "joined_on": ago(1.5)} for key in keys[:2]),
        {"programme_id": club, "account_id": keys[2], "joined_on": ago(0.1)},
    )
    (found,) = page(customers).programmes
    assert [one.account for one in found.members] == ["Customer 0", "Customer 1", "Customer 2"]
    assert (found.figures.stayed.count, found.figures.stayed.of) == (2, 2)
    assert (found.figures.others.count, found.figures.others.of) == (2, 3), "who joined later is on neither side"
    assert found.figures.cost == pytest.approx(100_000, rel=0.01)
    told = dict(programme_words.programme(found, str))
    assert "may be chance" in told["difference"]
    assert told["stayed"] == "2 of 2, 100 %; stayed: Customer 0, Customer 1"
    assert told["others"] == "2 of 3, 67 %; stayed: Customer 3, Customer 4; lost: Customer 5"
    assert "only the last year is compared" in told["since"]


def test_who_has_left_a_programme_is_said_to_have_left_in_italian_too(customers: Customers) -> None:
    (club,) = customers.write(Programme, {"name": "Circle"})
    left = {"programme_id": club, "account_id": customers.account(), "joined_on": ago(1.5), "left_on": ago(0.5)}
    customers.write(ProgrammeMember, left)
    (found,) = page(customers).programmes
    text.speak("it")
    try:
        assert "Aurora" in dict(programme_words.programme(found, str))["uscito"]
    finally:
        text.speak("en")


def test_few_customers_are_not_forecast_but_told_how_they_bought(customers: Customers) -> None:
    key = customers.account()
    customers.order(key, 1.5, 10_000, price=40_000)
    customers.order(key, 0.5, 10_000, price=40_000)
    found = repeat.page(customers.path, TODAY)
    assert (found.learnt.unfit, found.forecasts) == (Unfit.FEW_CUSTOMERS, {})
    assert found.standings[key].orders == 2
    assert found.share == 0.25


def test_many_customers_are_forecast_but_not_those_with_a_contract(customers: Customers) -> None:
    keys = customers.shop(120)
    (offering,) = customers.write(Offering, {"name": "Service"})
    bound = {"account_id": keys[0], "offering_id": offering, "state": Supply.US, "contract_ends_on": ago(-1)}
    customers.write(WhiteSpace, bound)
    found = repeat.page(customers.path, TODAY)
    assert found.learnt.unfit is None
    assert set(found.forecasts) == set(keys[1:])
    assert found.expected > 0
    assert "contract" in dict(repeat_words.orders(found, keys[0], str))["expected"]
    assert "still buys" in dict(repeat_words.orders(found, keys[1], str))["expected"]
    assert repeat_words.repeats(found).endswith("of 119 customers still buy")


def test_who_is_under_contract_is_worth_a_multiple_of_its_margin(customers: Customers) -> None:
    bound, free = customers.account("Bound"), customers.account("Free")
    for key in (bound, free):
        customers.judge(key, (2.0, Level.BUYER))
        customers.order(key, 0.5, 100_000)
    (offering,) = customers.write(Offering, {"name": "Service"})
    given = {"account_id": bound, "offering_id": offering, "state": Supply.US, "contract_ends_on": ago(-1)}
    customers.write(WhiteSpace, given)
    orders, found = repeat.page(customers.path, TODAY), page(customers)
    by_key = {one.key: one for one in found.lines}
    kept = 1 - found.basis.risks["buyer"].each[0]
    multiple = kept / (1.1 - kept)
    ((label, said),) = repeat_words.contract(orders, found.basis, by_key[bound], lambda minor: f"{minor:.0f}")
    assert label == "as a contract"
    assert said.startswith(f"{100_000 * multiple:.0f} in the years to come: {multiple:.2f} times 100000 a year")
    assert not list(repeat_words.contract(orders, found.basis, by_key[free], str))


def test_amounts_that_do_not_differ_by_customer_are_not_called_few(customers: Customers) -> None:
    customers.shop(120)
    with work(customers.path, "one price", Source.CLI) as unit:
        unit.connection.execute("UPDATE order_line SET unit_price = 40000")
    found = repeat.page(customers.path, TODAY)
    assert found.learnt.priced > 50
    assert found.learnt.spending is None
    assert "hardly differ" in dict(repeat_words.learnt_repeats(found, str))["amounts"]


def test_a_level_up_where_nobody_is_known_is_told_as_unknown(customers: Customers) -> None:
    for number in range(3):
        key = customers.account(f"Customer {number}", Level.BUYER)
        customers.judge(key, (3.0, Level.BUYER), (1.0, Level.BUYER))
        customers.order(key, 0.5, 10_000)
    customers.account("Partner", Level.PARTNER)
    found = page(customers)
    assert set(found.basis.ups.values()) == {None, found.basis.ups["prospect"]}
    said = {one.level: equity_words.up(found.basis, one, str) for one in found.lines}
    assert said[Level.BUYER] == "unknown: of no account there the margin is known"
    assert said[Level.PARTNER] == "it is at the top"


def test_a_level_up_that_brings_less_is_not_called_more(customers: Customers) -> None:
    for number in range(8):
        key = customers.account(f"Customer {number}", Level.BUYER if number % 2 else Level.ACCOUNT)
        customers.judge(key, (3.0, Level.BUYER), (2.0, Level.BUYER if number % 2 else Level.ACCOUNT))
        customers.order(key, 0.5, 5_000_000 if number % 2 else 10_000)
    found = page(customers)
    buyer = next(one for one in found.lines if one.level is Level.BUYER)
    up = found.basis.ups["buyer"]
    assert up is not None
    assert up.value < 0
    said = equity_words.up(found.basis, buyer, lambda minor: f"{minor:.0f}")
    assert said.startswith(f"{-up.value:.0f} less (")
