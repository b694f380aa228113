"""What an account is worth on its page: it rests on all accounts, so it is not worked out at every turn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.queries import equity, repeat
from crmtui.tui.screens import account
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.account_head import AccountHead
from customers import TODAY, Customers
from deals import TUI, Deals, begin
from tui.bench import WIDE, Workbench, enter, until

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def deals(workspace: Path) -> Deals:
    """Aurora Spa, and one more account."""
    made = begin(workspace)
    records.add(workspace, Account, {"name": "Helios"}, TUI)
    return made


async def opened(pilot: Pilot[int]) -> AccountPage:
    """The page of Aurora, once it has been read."""
    await enter(pilot, "accounts")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage) and pilot.app.screen.page)
    page = pilot.app.screen
    assert isinstance(page, AccountPage)
    return page


def has_read(page: AccountPage, city: str) -> bool:
    is_there = page.page is not None and page.page.account.city == city
    return is_there and not page.jobs.is_busy("worth")


def head(page: AccountPage) -> str:
    return page.query_one(AccountHead).render().plain


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry each time that all customers are worked out."""
    times: list[int] = []
    work_out = equity._worked_out

    def counted(connection: sqlite3.Connection, today: dt.date) -> equity.EquityPage:
        times.append(1)
        return work_out(connection, today)

    monkeypatch.setattr(equity, "_worked_out", counted)
    return times


async def test_what_an_account_is_worth_is_worked_out_again_when_changes_have_come_to_an_end(
    deals: Deals, worked_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "REST", 3600.0)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await until(pilot, lambda: page.worth is not None)
        assert len(worked_out) == 1
        for city in ("Asti", "Bra", "Cuneo"):
            page.change(partial(records.edit, deals.path, Account, deals.account, {"city": city}, TUI))
            await until(pilot, partial(has_read, page, city))
        assert len(worked_out) == 1
        monkeypatch.setattr(account, "REST", 0.01)
        page.change(partial(records.edit, deals.path, Account, deals.account, {"city": "Ivrea"}, TUI))
        await until(pilot, lambda: len(worked_out) == 2)


async def test_the_reasons_of_an_account_tell_that_it_has_left_by_its_orders(workspace: Path) -> None:
    Customers(workspace).shop(120)
    left = next(key for key, one in repeat.page(workspace, TODAY).forecasts.items() if one.has_left)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        page = AccountPage(left)
        pilot.app.push_screen(page)
        await until(pilot, lambda: page.page is not None and page.worth is not None)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        assert isinstance(pilot.app.screen, ToldScreen)
        assert "by its orders it has left" in " ".join(str(pilot.app.screen.content).split())


async def test_among_very_many_accounts_it_is_only_worked_out_when_asked_for(
    deals: Deals, worked_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(equity, "UNASKED", 1)
    async with Workbench(deals.path).run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await until(pilot, lambda: "equity ? w works it out" in head(page))
        assert not worked_out
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        assert len(worked_out) == 1
        await pilot.press("escape")
        await until(pilot, lambda: "works it out" not in head(page))
