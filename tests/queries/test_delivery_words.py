from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui import text
from crmtui.commands import delivery
from crmtui.domain.delivery import Promise, Satisfaction
from crmtui.queries import delivery as queries, delivery_words as words
from customers import TODAY as SHOP_DAY, Customers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ContactDesk]:
    """A workspace that began in English, and is read in Italian."""
    begun = begin(tmp_path)
    text.speak("it")
    yield begun
    text.speak("en")


def test_one_and_many_and_decimals_are_told_in_the_manner_of_the_language(desk: ContactDesk) -> None:
    def told() -> dict[str, str]:
        return {one.key: one.rest for one in words.figures(queries.page(desk.path, desk.account, TODAY))}

    for name, expected in (("Training", "1 aperta"), ("Spare parts", "2 aperte")):
        given = {"account_id": desk.account, "name": name, "due_on": TODAY}
        delivery.add(desk.path, Promise, given, TUI, TODAY)
        assert told()[words.PROMISES] == expected
    answer = {"account_id": desk.account, "score": 8, "day": TODAY}
    delivery.add(desk.path, Satisfaction, answer, TUI, TODAY)
    assert "media 8,0" in told()[words.SATISFACTION]


def test_orders_in_other_currencies_are_told_beside_and_never_counted_with_those_in_its_own(workspace: Path) -> None:
    shop = Customers(workspace)
    mixed, foreign = shop.account("Mixed"), shop.account("Foreign")
    shop.order(mixed, 0.1, 30_000)
    for account in (mixed, foreign):
        shop.order(account, 0.2, 50_000, currency="USD")

    def terms(account: int) -> tuple[str, ...]:
        (worth,) = (one for one in words.figures(queries.page(workspace, account, SHOP_DAY)) if one.key == words.WORTH)
        return (worth.rest, *worth.terms)

    told = terms(mixed)
    assert "margin of 1 order since 13 Mar 2025: 300.00 EUR" in told
    assert "500.00 USD of margin more, in another currency: not added" in told
    told = terms(foreign)
    assert told[0].startswith("no margin known in EUR; to serve it cost")
    assert "no margin in EUR is known from the orders since 13 Mar 2025" in told
    assert "500.00 USD of margin more, in another currency: not added" in told


def test_profitability_that_leaves_out_what_has_no_price_is_unknown_with_the_most_it_may_be(workspace: Path) -> None:
    customers = Customers(workspace)
    key = customers.account("Thornleigh", currency="GBP")
    customers.order(key, 0.2, 4_700_000, currency="GBP")
    customers.contact(key, 0.1, cost=0, currency="GBP", hours=14.0)
    figure = next(one for one in words.figures(queries.page(workspace, key, SHOP_DAY)) if one.key == words.WORTH)
    assert figure.value == ""
    assert words.told(figure).startswith("profitability ? (at most 47,000.00 GBP) margin 47,000.00 GBP less")
    assert "profitability ?" in list(words.brief(queries.page(workspace, key, SHOP_DAY)))[-1]
