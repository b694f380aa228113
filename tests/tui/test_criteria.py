"""The criteria of the matrix on screen, and the grades of the account under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Basis
from crmtui.queries import records
from crmtui.tui.screens.criteria import CriteriaScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.widgets.matrix_part import MatrixPart
from customers import Customers
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


def weights(path: Path) -> dict[str, float]:
    return {one.name: one.weight for one in records.every(path, PortfolioCriterion)}


async def opened(pilot: Pilot[int]) -> MatrixPart:
    await enter(pilot, "portfolio")
    await until(pilot, lambda: pilot.app.screen.query(MatrixPart))
    part = pilot.app.screen.query_one(MatrixPart)
    await until(pilot, lambda: part.accounts.current is not None)
    return part


async def settled(pilot: Pilot[int], screen: CriteriaScreen) -> None:
    """Until every change has been answered, and the list has the focus again with all its rows."""
    app = pilot.app
    assert isinstance(app, Workbench)
    await until(pilot, lambda: not app._changes.are_awaited and app.screen is screen)
    await until(pilot, lambda: screen.table.list.has_focus and screen.table.list.is_complete)
    await until(pilot, lambda: screen.table.list.current is not None)


async def form_of(pilot: Pilot[int]) -> FormScreen[int]:
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    return screen


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_criteria_are_seen_weighed_and_changed_from_the_matrix(workspace: Path, size: tuple[int, int]) -> None:
    Customers(workspace).account()
    async with Workbench(workspace).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, CriteriaScreen))
        screen = pilot.app.screen
        assert isinstance(screen, CriteriaScreen)
        await settled(pilot, screen)
        await pilot.press("plus")
        await until(pilot, lambda: weights(workspace)["what it could buy from us"] == 3.5)
        await settled(pilot, screen)
        await pilot.press("minus")
        await until(pilot, lambda: weights(workspace)["what it could buy from us"] == 3.0)
        await settled(pilot, screen)
        await pilot.press("n")
        form = await form_of(pilot)
        form.form.put({"axis": "strength", "name": STRINGS["markup_unbalanced"], "weight": "2"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and len(weights(workspace)) == 8)
        await until(pilot, lambda: screen.table.list.count == 8)
        new = max(one.id for one in records.every(workspace, PortfolioCriterion))
        await until(pilot, lambda: screen.table.list.current == new)
        await settled(pilot, screen)
        await pilot.press("e")
        form = await form_of(pilot)
        form.form.put({"weight": "101"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: form.query(".form--message.-shown"))
        form.form.put({"weight": "4"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and 4.0 in weights(workspace).values())
        await until(pilot, lambda: screen.table.list.current == new)
        await settled(pilot, screen)
        await pilot.press("d")
        await until(pilot, lambda: len(weights(workspace)) == 7 and screen.table.list.count == 7)


async def test_the_account_under_the_cursor_is_graded_and_moves_at_once(workspace: Path) -> None:
    customers = Customers(workspace)
    account = customers.account()
    (own,) = customers.write(PortfolioCriterion, {"axis": "attractiveness", "name": STRINGS["markup_unbalanced"]})
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        part = await opened(pilot)
        await pilot.press("e")
        form = await form_of(pilot)
        form.form.put({f"grade_{own}": "3", f"source_{own}": "Anna", f"basis_{own}": "confirmed"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is part.room and records.every(workspace, PortfolioGrade))
        (kept,) = records.every(workspace, PortfolioGrade)
        said = (kept.account_id, kept.criterion_id, kept.grade, kept.basis, kept.source)
        assert said == (account, own, 3, Basis.CONFIRMED, "Anna")
        await until(pilot, lambda: part.page is not None and part.page.lines[0].place.attractiveness.value == 75)
