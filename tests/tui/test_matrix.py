from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import pytest

from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.relationship import AssessmentRating
from crmtui.domain.words import Axis, Indicator, Level
from crmtui.plots.plot import Mark, Tone
from crmtui.queries import matrix
from crmtui.store.reading.connections import reading
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.matrix_lines import PENDING
from crmtui.tui.widgets.matrix_part import VALUING, MatrixPart
from customers import TODAY, Customers
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, drawn, enter, until

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from crmtui.queries.matrix import MatrixPage


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
            named = [one.name for one in matrix.page(workspace, TODAY).lines if one.key == current]
            await until(pilot, partial(has_focus, part, named))
            await pilot.press("down")
            await pilot.pause()
        assert seen == set(accounts)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await pilot.press("escape", "s")
        await until(pilot, lambda: kept(workspace) == len(accounts))


def has_focus(part: MatrixPart, names: list[str]) -> bool:
    assert part.plot.plot is not None
    return names == [value.name for series in part.plot.plot.series for value in series.values if value.focus]


def tones(part: MatrixPart) -> set[Tone]:
    assert part.plot.plot is not None
    return {series.tone for series in part.plot.plot.series if series.mark is Mark.POINTS and series.values}


def postures(part: MatrixPart) -> list[str]:
    source = part._source
    return [str(row.cells[2]) for row in source.rows(source.head("", None, 10).ids).values()]


async def test_places_and_accounts_are_there_before_it_is_known_whom_to_leave(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = Customers(workspace)
    for name, margin in (("Good", 5_000_000), ("Bad", -9_000_000)):
        key = customers.account(name, potential=100)
        customers.judge(key, (2.0, Level.BUYER), (1.0, Level.BUYER))
        customers.order(key, 0.5, margin, price=10_000_000)
        customers.write(AssessmentRating, {"assessment_id": 2 * key, "indicator": Indicator.QUALITY, "grade": 2})
    known, whole = Event(), matrix.valued

    def valued(path: Path, today: dt.date) -> MatrixPage:
        known.wait()
        return whole(path, today)

    monkeypatch.setattr(matrix, "valued", valued)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        try:
            await enter(pilot, "portfolio")
            await until(pilot, lambda: pilot.app.screen.query(MatrixPart))
            part = pilot.app.screen.query_one(MatrixPart)
            await until(pilot, lambda: part.plot.plot is not None)
            assert tones(part) == {Tone.ACCENT}
            await until(pilot, lambda: part.accounts.count == 2)
            await until(pilot, lambda: VALUING in drawn(pilot))
            assert "·•●" not in drawn(pilot)
            assert all(PENDING in posture for posture in postures(part))
            assert part.check_action("why", ()) is False
            assert part.check_action("keep", ()) is False
        finally:
            known.set()
        await until(pilot, lambda: tones(part) == {Tone.ACCENT, Tone.BAD})
        assert not any(PENDING in posture for posture in postures(part))
        assert "leave" in postures(part)[0]
        await until(pilot, lambda: VALUING not in drawn(pilot))
        assert "▿▽▼ leave" in drawn(pilot)


def kept(path: Path) -> int:
    with reading(path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM portfolio_position").fetchone()
    return int(count)


async def test_no_key_is_typed_into_a_filter_that_is_not_open(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[FilterBox] = []

    def note(box: FilterBox) -> None:
        entered.append(box)

    monkeypatch.setattr(FilterBox, "on_focus", note, raising=False)
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        await enter(pilot, "portfolio")
        await until(pilot, lambda: pilot.app.focused is not None)
        await until(pilot, lambda: pilot.app.focused is pilot.app.screen.query_one(MatrixPart).accounts)
        assert not entered
