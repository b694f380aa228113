"""White space as it is read: what was ordered, what was said, what could be needed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records, whitespace as commands
from crmtui.days import dated
from crmtui.domain.accounts import Account
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Source, Stage, Supply
from crmtui.method.suggestions import Kind
from crmtui.queries import whitespace as queries, whitespace_words as words
from whites import PEERS, TODAY, Whites, begin

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def whites(tmp_path: Path) -> Whites:
    return begin(tmp_path)


def cell(whites: Whites, account: int, offering: int) -> queries.Said | None:
    return queries.window(whites.path, [account])[account].cells.get(offering)


def judge(whites: Whites, account: int, offering: int, **given: object) -> None:
    commands.judge(whites.path, [(account, offering)], given, Source.CLI, TODAY)


def test_units_stand_below_what_they_are_part_of_and_closed_accounts_and_offerings_are_left_out(
    whites: Whites,
) -> None:
    axes = queries.axes(whites.path, TODAY)
    order = list(zip(axes.order.ids, axes.order.depths, strict=True))
    assert order[:2] == [(whites.group, 0), (whites.unit, 1)]
    assert whites.closed not in axes.order.ids
    assert [one.name for one in axes.offerings] == ["Line", "Service"]
    assert list(queries.axes(whites.path, TODAY, "alpha").order.ids) == [whites.unit]
    assert queries.window(whites.path, [whites.unit])[whites.unit].account.parent == "Monte"


def test_what_was_ordered_is_ours_unless_it_was_cancelled(whites: Whites) -> None:
    ordered = cell(whites, whites.unit, whites.line)
    assert ordered is not None
    assert (ordered.cell.state, ordered.is_by_orders) == (Supply.US, True)
    assert cell(whites, whites.group, whites.line) is None


def test_what_was_won_without_an_order_is_ours_too(whites: Whites) -> None:
    deal = {"name": "Pilot", "account_id": whites.group, "offering_id": whites.line, "value": 100_00}
    key = records.add(whites.path, Opportunity, deal, Source.CLI)
    assert cell(whites, whites.group, whites.line) is None
    before = queries.whole(whites.path, TODAY).space.counts[Supply.US]
    records.edit(whites.path, Opportunity, key, {"stage": Stage.WON, "closed_on": TODAY}, Source.CLI)
    won = cell(whites, whites.group, whites.line)
    assert won is not None
    assert won.ordered is not None
    assert (won.cell.state, won.is_by_orders) == (Supply.US, True)
    assert (won.ordered.orders, won.ordered.last) == (1, TODAY)
    assert queries.whole(whites.path, TODAY).space.counts[Supply.US] == before + 1
    order = {"account_id": whites.group, "opportunity_id": key, "day": TODAY}
    number = records.add(whites.path, Order, order, Source.CLI)
    records.add(whites.path, OrderLine, {"order_id": number, "offering_id": whites.line, "quantity": 1}, Source.CLI)
    both = cell(whites, whites.group, whites.line)
    assert both is not None
    assert both.ordered is not None
    assert both.ordered.orders == 1


def test_the_last_products_bought_are_told_with_their_days(whites: Whites) -> None:
    assert words.bought(queries.of_account(whites.path, whites.group, TODAY)) == ""
    for key, day in ((whites.service, TODAY), (whites.line, dt.date(2020, 2, 1))):
        number = records.add(whites.path, Order, {"account_id": whites.group, "day": day}, Source.CLI)
        records.add(whites.path, OrderLine, {"order_id": number, "offering_id": key, "quantity": 1}, Source.CLI)
    told = words.bought(queries.of_account(whites.path, whites.group, TODAY))
    assert told == f"Service ({dated(TODAY)}), Line (1 Feb 2020)"


def test_what_is_said_goes_before_what_was_ordered_and_is_doubted_after_a_later_order(whites: Whites) -> None:
    judge(whites, whites.unit, whites.line, state=Supply.IN_HOUSE)
    said = cell(whites, whites.unit, whites.line)
    assert said is not None
    assert (said.cell.state, said.is_by_orders, said.is_doubtful) == (Supply.IN_HOUSE, False, False)
    judge(whites, whites.unit, whites.line, judged_on=TODAY - dt.timedelta(days=60))
    said = cell(whites, whites.unit, whites.line)
    assert said is not None
    assert said.is_doubtful
    assert any(label == "but" for label, _text in words.terms(said, TODAY))


def test_a_potential_alone_leaves_the_state_to_the_orders(whites: Whites) -> None:
    judge(whites, whites.unit, whites.line, potential=5_000_00)
    said = cell(whites, whites.unit, whites.line)
    assert said is not None
    assert (said.cell.state, said.is_by_orders, said.cell.potential) == (Supply.US, True, 5_000_00)


def test_sums_are_of_all_cells_and_potentials_of_each_currency(whites: Whites) -> None:
    before = queries.whole(whites.path, TODAY)
    judge(whites, whites.group, whites.line, competitor_id=whites.rival, potential=100, currency="EUR")
    judge(whites, whites.group, whites.service, state=Supply.IN_HOUSE, potential=700, currency="GBP")
    judge(whites, whites.unit, whites.service, contract_ends_on=TODAY + dt.timedelta(days=41))
    after = queries.whole(whites.path, TODAY)
    cells = 2 * (2 + 2 * PEERS)
    assert sum(after.space.counts.values()) == cells
    assert before.space.counts[Supply.UNKNOWN] - after.space.counts[Supply.UNKNOWN] == 2
    assert after.potentials == ((700, "GBP"), (100, "EUR"))
    assert [ending.days for ending in after.space.endings] == [41]
    one = queries.of_account(whites.path, whites.group, TODAY)
    assert one.whole.space.penetration == 0
    assert "0 % of what is needed is ours" in words.brief(one.whole)
    assert [offered.name for offered, _said in one.of(Supply.IN_HOUSE)] == ["Service"]


def test_what_peers_buy_is_suggested_with_support_and_lift_but_not_what_is_not_needed(whites: Whites) -> None:
    patterns = queries.learn(whites.path)
    row = queries.window(whites.path, [whites.unit], patterns)[whites.unit]
    found = row.suggested[whites.service]
    best = next(one for one in found.evidence if one.kind is Kind.PEERS)
    assert (best.support, best.confidence.of) == (PEERS - 6, PEERS + 1)
    assert best.lift > 1.5
    told = words.evidence(best, queries.offerings(whites.path))
    assert told.startswith(f"{PEERS - 6} of {PEERS + 1} other accounts (packaging) buy it: 77 %")
    judge(whites, whites.unit, whites.service, state=Supply.NOT_NEEDED)
    assert not queries.window(whites.path, [whites.unit], patterns)[whites.unit].suggested
    every = queries.suggested(whites.path, None, TODAY, patterns)
    assert {one.offering for _row, one in every} == {whites.service}


def test_an_account_that_is_gone_is_left_out_of_the_window(whites: Whites) -> None:
    records.delete(whites.path, Account, [whites.unit], Source.CLI)
    assert queries.window(whites.path, [whites.unit, whites.group]).keys() == {whites.group}


def test_the_sample_has_something_to_suggest(filled: Path) -> None:
    found = queries.suggested(filled, None, TODAY, queries.learn(filled))
    assert found
    assert all(one.best.support >= 5 and one.best.lift > 1 for _row, one in found)


def test_a_segment_in_which_accounts_agree_is_said_to_be_set_by_hand() -> None:
    assert words.like((("segment", "a"),)) == "segment set by hand: A · deserves effort"
