"""Where nothing was sold for years, what customers are worth is a figure of nothing, and says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.domain.words import Level
from crmtui.exchange.report.document import Facts, Table
from crmtui.queries import equity, equity_words, repeat_words, report_portfolio
from crmtui.queries.equity_words import in_units
from customers import TODAY, Customers

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.equity import EquityPage

NOTHING = "nothing was sold in the last three years"


@pytest.fixture
def customers(workspace: Path) -> Customers:
    """Two who bought six years ago."""
    found = Customers(workspace)
    for name in ("Aurora", "Helios"):
        found.order(found.account(name), 6, 9_000)
    return found


def page(customers: Customers) -> EquityPage:
    return equity.page(customers.path, TODAY)


def test_the_reason_is_part_of_the_figure_which_has_no_band(customers: Customers) -> None:
    told = dict(equity_words.total(page(customers), in_units("EUR")))
    assert told["customer equity"] == "0 EUR"
    assert told["because"].startswith(NOTHING)
    assert "margins of nothing" in told["because"]
    assert "band" not in told


def test_it_is_told_of_each_account_and_what_levels_bring_is_unknown(customers: Customers) -> None:
    found = page(customers)
    told = dict(repeat_words.account(None, found.basis, found.lines[0], in_units("EUR")))
    assert told["value"] == "0 EUR"
    assert told["because"].startswith(NOTHING)
    assert told["one level up"].startswith("unknown")
    assert "years as Account, unknown what that brings" in told["its level"]
    assert "as Account at" not in told["its level"]


def test_costs_alone_do_not_hide_that_nothing_was_sold(customers: Customers) -> None:
    customers.contact(page(customers).lines[0].key, 0.5, cost=70_000)
    found = page(customers)
    assert found.equity is not None
    assert found.equity.value < 0
    assert dict(equity_words.total(found, str))["because"].startswith(NOTHING)


def test_what_a_level_brings_that_nobody_is_known_of_is_told_as_taken_from_others(customers: Customers) -> None:
    customers.order(customers.account("Third"), 1, 90_000)
    customers.account("Partner", Level.PARTNER)
    found = page(customers)
    told = dict(equity_words.total(found, in_units("EUR")))
    assert "because" not in told
    assert "what they bring is not known, taken from the nearest level" in told["Partner"]
    assert (
        "as Partner, unknown what that brings, taken as"
        in dict(repeat_words.account(None, found.basis, found.lines[0], in_units("EUR")))["its level"]
    )


def test_the_report_says_so(customers: Customers) -> None:
    (section,) = (one for one in report_portfolio.sections(customers.path, TODAY) if one.id == "equity")
    facts, table = section.blocks[:2]
    assert isinstance(facts, Facts)
    assert isinstance(table, Table)
    assert dict(facts.pairs)["Because"].startswith(NOTHING)
    assert {row[3] for row in table.rows} == {""}
