from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Axis
from crmtui.queries import matrix
from crmtui.store.reading.connections import reading
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.matrix_part import MatrixPart
from customers import TODAY, Customers
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_account_under_the_cursor_is_named_in_the_plot(workspace: Path, size: tuple[int, int]) -> None:
    customers = Customers(workspace)
    accounts = [customers.account(name) for name in ("Aurora", STRINGS["markup_unbalanced"])]
    criteria = customers.write(PortfolioCriterion, *({"axis": axis, "name": "Trust"} for axis in Axis))
    for grade, account in enumerate(accounts, 1):
        given = ({"account_id": account, "criterion_id": one, "grade": grade} for one in criteria)
        customers.write(PortfolioGrade, *given)
    async with Workbench(workspace).run_test(size=size) as pilot:
        await enter(pilot, "portfolio")
        await until(pilot, lambda: pilot.app.screen.query(MatrixPart))
        part = pilot.app.screen.query_one(MatrixPart)
        await until(pilot, lambda: part.accounts.count == 2 and part.plot.plot is not None)
        seen = set()
        for _key in accounts:
            current = part.accounts.current
            seen.add(current)
            plot = part.plot.plot
            assert plot is not None
            focused = [value.name for series in plot.series for value in series.values if value.focus]
            assert focused == [one.name for one in matrix.page(workspace, TODAY).lines if one.key == current]
            await pilot.press("down")
            await pilot.pause()
        assert seen == set(accounts)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await pilot.press("escape", "s")
        await until(pilot, lambda: kept(workspace) == len(accounts))


def kept(path: Path) -> int:
    with reading(path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM portfolio_position").fetchone()
    return int(count)
