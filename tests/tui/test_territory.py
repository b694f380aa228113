from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from crmtui.commands import scenarios, territory as commands
from crmtui.domain.words import EffortUnit, Source
from crmtui.queries import territory
from crmtui.tui.screens.answering import AnswerScreen
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets.territory_part import TerritoryPart
from customers import TODAY, Customers
from hostile import STRINGS
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SAID = {"none": 0.2, "half": 0.62, "more": 1.3, "most": 1.5}


@pytest.fixture
def customers(workspace: Path) -> Customers:
    found = Customers(workspace)
    for name, sales in (("Aurora", 6_000_000), (STRINGS["markup_unbalanced"], 2_000_000)):
        given = {"sales": sales, "margin_share": 0.4, "hours": 4.0, **SAID}
        commands.judge(workspace, found.account(name), given, TODAY, Source.CLI)
    return found


async def opened(pilot: Pilot[int]) -> TerritoryPart:
    await enter(pilot, "portfolio")
    screen = pilot.app.screen
    await screen.open_tab("territory")  # type: ignore[attr-defined]  # the room's own
    part = screen.query_one(TerritoryPart)
    await until(pilot, lambda: part.plan is not None and part.plot.plot is not None)
    return part


async def test_hours_move_with_keys_and_a_scenario_is_kept_and_accepted(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=WIDE) as pilot:
        part = await opened(pilot)
        await until(pilot, lambda: part.accounts.count == 2 and "one hour more" in str(part._told.content))
        await pilot.press("plus", "plus", "plus", "minus")
        await until(pilot, lambda: part.plan is not None and part.plan.capacity == 10)
        assert part.plot.plot is not None
        assert part.plot.plot.series[-1].values[0].x == 10
        await pilot.press("b")
        await until(pilot, lambda: part.plan is not None and part.plan.unit is EffortUnit.CONTACTS)
        await until(pilot, lambda: "one contact more" in str(part._told.content))
        await pilot.press("b")
        await until(pilot, lambda: part.plan is not None and part.plan.unit is EffortUnit.HOURS)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await pilot.press("escape", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        pilot.app.screen.query_one(Input).value = "Spring"
        await until(pilot, lambda: pilot.app.screen.query_one("#found", OptionList).option_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: part._page is not None and part._page.scenarios)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await until(pilot, lambda: pilot.app.screen.query_one("#found", OptionList).option_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: part._page is not None and part._page.scenarios[0].is_accepted)


async def test_answers_are_asked_with_their_curve_and_hours_are_fixed(customers: Customers) -> None:
    async with Workbench(customers.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot)
        await until(pilot, lambda: part.accounts.current is not None)
        key = part.accounts.current
        assert key is not None
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))
        form = pilot.app.screen
        assert isinstance(form, AnswerScreen)
        form.form.put({"half": "1.2"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: form.query(".form--message.-shown"))
        form.form.put({"half": "0.7"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: territory.page(customers.path, TODAY).of[key].judged.half == 0.7)
        await until(pilot, lambda: pilot.app.screen is part.room)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        fixing = pilot.app.screen
        assert isinstance(fixing, FormScreen)
        fixing.form.put({"pinned_hours": "9"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: part.plan is None and "there are 8" in part._fault)


async def test_answers_that_nobody_gave_do_not_become_answers_by_saving_something_else(customers: Customers) -> None:
    key = customers.account("Nordik")
    async with Workbench(customers.path).run_test(size=NARROW) as pilot:
        part = await opened(pilot)
        part.accounts.goto(key)
        await until(pilot, lambda: part.accounts.current == key)
        for given, is_judged in (({"hours": "6", "source": "Anna"}, False), ({"half": "0.8"}, True)):
            await pilot.press("e")
            await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))
            form = pilot.app.screen
            assert isinstance(form, AnswerScreen)
            form.form.put(given)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: pilot.app.screen is part.room)
            taken = territory.page(customers.path, TODAY).of[key]
            assert (taken.hours, taken.is_judged) == (6.0, is_judged)
        assert taken.record is not None
        assert (taken.record.source, taken.judged.half) == ("Anna", 0.8)


async def test_scenarios_are_shown_and_compared_with_each_other(customers: Customers) -> None:
    path = customers.path
    found = territory.page(path, TODAY)
    for name, hours in (("Spring", 8.0), ("Autumn", 12.0)):
        scenarios.save(path, name, found.plan(hours), TODAY, Source.CLI)
    async with Workbench(path).run_test(size=NARROW) as pilot:
        part = await opened(pilot)
        await until(pilot, lambda: part._page is not None and part.plan is not None)
        await pilot.press("v")
        await choose(pilot, "Spring")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await until(pilot, lambda: "Spring" in text_of(pilot) and "8 of 8" in text_of(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is part.room)
        await pilot.press("x")
        await choose(pilot, "Spring")
        await choose(pilot, "Autumn")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await until(pilot, lambda: "Autumn less Spring" in text_of(pilot))


async def test_who_accepts_more_hours_than_there_are_is_warned(customers: Customers) -> None:
    path = customers.path
    key = scenarios.save(path, "Spring", territory.page(path, TODAY).plan(8.0), TODAY, Source.CLI)
    scenarios.allot(path, key, {territory.page(path, TODAY).taken[0].key: 900.0}, Source.CLI)
    async with Workbench(path).run_test(size=NARROW) as pilot:
        part = await opened(pilot)
        await until(pilot, lambda: part._page is not None and part.plan is not None)
        await pilot.press("a")
        await choose(pilot, "Spring")
        await until(pilot, lambda: any("and there are 8" in one.message for one in pilot.app._notifications))
        assert territory.page(path, TODAY).scenarios[0].is_accepted
        await pilot.press("v")
        await choose(pilot, "Spring")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await until(pilot, lambda: "and there are 8" in text_of(pilot))


async def choose(pilot: Pilot[int], name: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
    screen = pilot.app.screen
    screen.query_one(Input).value = name
    await until(pilot, lambda: screen.query_one("#found", OptionList).option_count == 1)
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not screen)


def text_of(pilot: Pilot[int]) -> str:
    compositor = pilot.app.screen._compositor
    return "\n".join("".join(segment.text for segment in line) for line in compositor.render_strips())
