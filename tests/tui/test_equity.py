from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from crmtui.commands import records as changing
from crmtui.domain.accounts import Account
from crmtui.domain.programmes import Programme, ProgrammeMember
from crmtui.domain.words import Level, Source
from crmtui.method.rfm import Habit
from crmtui.queries import equity, equity_table, records, repeat, repeat_words
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import account_facts, equity_lines
from crmtui.tui.widgets.equity_part import EquityPart
from crmtui.tui.widgets.window_source import Sort
from customers import TODAY, Customers
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

HOSTILE = STRINGS["markup_unbalanced"]


@pytest.fixture
def customers(workspace: Path) -> Customers:
    found = Customers(workspace)
    for name, margin in (("Aurora", 4_000_000), ("Helios", 1_000_000), (HOSTILE, 500_000)):
        key = found.account(name, Level.BUYER)
        found.judge(key, (2.0, Level.PROSPECT), (1.0, Level.BUYER))
        found.order(key, 0.5, margin)
    return found


async def opened(pilot: Pilot[int], count: int) -> EquityPart:
    """The part, once its figures have been worked out."""
    await enter(pilot, "portfolio")
    await pilot.app.screen.open_tab("equity")  # type: ignore[attr-defined]  # the room's own
    part = pilot.app.screen.query_one(EquityPart)
    await until(pilot, lambda: part.accounts.count == count and part.figures.count >= 4)
    return part


def told(part: EquityPart) -> str:
    return str(part._told.content)


async def test_the_most_valuable_come_first_with_their_terms_beside(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, 3)
        await until(pilot, lambda: "Aurora" in told(part) and "orders" in told(part))
        assert "1 year of its level counted" not in told(part)
        await pilot.press("shift+tab")
        await until(pilot, lambda: part.figures.has_focus)
        await pilot.press("down")
        await until(pilot, lambda: "Prospect" in told(part) and "counted" in told(part))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await pilot.press("escape", "tab", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))


async def test_a_posture_set_by_hand_is_told_as_such(customers: Customers) -> None:
    changing.edit(customers.path, Account, 1, {"posture": "leave"}, Source.TUI)
    async with Workbench(customers.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, 3)
        await until(pilot, lambda: "✎ by hand: leave" in told(part))


async def test_the_list_is_filtered_and_sorted(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot, 3)
        await pilot.press("slash", *"helios", "enter")
        await until(pilot, lambda: part.accounts.count == 1 and "Helios" in told(part))
        await pilot.press("escape", "o", "O")
        await until(pilot, lambda: part.accounts.count == 3 and part.accounts.sort is not None)


def test_accounts_are_found_by_how_they_buy(filled: Path) -> None:
    page, orders = equity.page(filled, TODAY), repeat.page(filled, TODAY)
    source = equity_lines.account_source()
    source.hold(equity_table.rows(page, orders))
    regular = {key for key, one in orders.standings.items() if one.habit is Habit.LOYAL}
    assert regular
    assert set(source.ids("like", None)) == regular & {one.key for one in page.lines}
    told = dict(repeat_words.learnt_repeats(orders, str))["buy, beside each other"]
    assert f"like most, or more: {len(regular)}" in told


async def test_accounts_are_put_into_a_new_programme_and_taken_out(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, 3)
        await pilot.press("space", "space", "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        pilot.app.screen.query_one(Input).value = "Circle"
        found = pilot.app.screen.query_one(OptionList)
        await until(pilot, lambda: found.option_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: len(records.every(customers.path, ProgrammeMember)) == 2)
        await until(pilot, lambda: part.figures.count == 5)
        assert [one.name for one in records.every(customers.path, Programme)] == ["Circle"]


async def test_with_customers_enough_who_still_buys_stands_beside_what_they_are_worth(workspace: Path) -> None:
    Customers(workspace).shop(60)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        part = await opened(pilot, 60)
        await until(pilot, lambda: part._orders is not None and "Still buys" in part.accounts.render_line(0).text)
        assert part._orders is not None
        await until(pilot, lambda: "still buys: " in told(part))
        first = part._accounts.ids("", None)[0]
        chance = f"{part._orders.forecasts[first].alive * 100:.0f} %"
        await until(pilot, lambda: part.accounts.render_line(1).text.rstrip().endswith(chance))
        await pilot.press("shift+tab", "down", "down", "down")
        await until(pilot, lambda: "orders expected in a year" in told(part) and "still buy" in told(part))


def test_who_has_left_by_its_orders_is_marked_in_the_list(workspace: Path) -> None:
    Customers(workspace).shop(120)
    page, orders = equity.page(workspace, TODAY), repeat.page(workspace, TODAY)
    source = equity_lines.account_source()
    source.hold(equity_table.rows(page, orders))
    left = {key for key, one in orders.forecasts.items() if one.has_left}
    assert left
    assert set(source.ids("has left", None)) == left
    rows = source.rows([one.key for one in page.lines])
    shown = {key: [str(cell) for cell in row.cells] for key, row in rows.items()}
    assert {key for key, cells in shown.items() if cells[2].startswith("!")} == left
    assert {key for key, cells in shown.items() if cells[6] == "has left"} == left
    by_risk = source.ids("", Sort("risk_year", descending=True))
    assert set(by_risk[: len(left)]) == left
    assert all(int(shown[key][4].removesuffix(" %")) > 90 for key in left)


def test_where_nothing_was_sold_for_years_the_figure_says_so_and_has_no_band(workspace: Path) -> None:
    customers = Customers(workspace)
    customers.order(customers.account("Aurora", Level.BUYER), 6, 9_000)
    page = equity.page(workspace, TODAY)
    total = next(iter(equity_lines.figures(page, None)))
    assert total.says.startswith("nothing was sold in the last three years")
    source = equity_lines.account_source()
    source.hold(equity_table.rows(page, None))
    (row,) = source.rows([page.lines[0].key]).values()
    assert str(row.cells[3]) == ""
    (shown,) = account_facts.equity((page.basis, page.lines[0]))
    assert "nothing sold in three years" in str(shown)


async def test_with_few_customers_it_is_said_from_when_on_repeat_orders_are_forecast(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot, 3)
        await until(pilot, lambda: part._orders is not None)
        assert "Still buys" not in part.accounts.render_line(0).text
        await pilot.press("shift+tab", "down", "down", "down")
        await until(pilot, lambda: "not yet: 3 of 50 customers" in told(part))
        said = " ".join(told(part).split())
        assert "from 50 customers with orders on, 20 of them with a second one" in said
        assert "the value by the ladder above holds for all of them" in said


async def test_without_a_figure_it_teaches_what_to_write_down(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        part = await opened(pilot, 0)
        shown = "".join(part.accounts.render_line(y).text for y in range(part.accounts.size.height))
        assert "There is no account yet." in shown
        assert "orders with margins" in shown
