"""The lists that serve the rooms, and the page of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Static

from crmtui.commands import records
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.plans import Channel
from crmtui.queries import records as queries
from crmtui.tui.screens.accounts import AccountsScreen
from crmtui.tui.screens.catalogue import CATALOGUES, CatalogueScreen
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.order import OrderPage
from crmtui.tui.widgets.record_facts import RecordFacts
from deals import TODAY, TUI
from hostile import STRINGS, has_control
from tui.bench import NARROW, WIDE, Workbench, enter, text_of, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def opened(pilot: Pilot[int], label: str) -> CatalogueScreen:
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "accounts")
    app.action_lists()
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and label in text_of(app.screen))
    await pilot.press(*label.lower())
    await until(pilot, lambda: "Competitors" not in text_of(app.screen) or label == "Competitors")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, CatalogueScreen) and app.screen.focused)
    screen = app.screen
    assert isinstance(screen, CatalogueScreen)
    await until(pilot, lambda: screen.table.list.is_complete)
    return screen


async def fill(pilot: Pilot[int], **typed: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    screen.form.put(typed)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is not screen)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda one: one.noun)
async def test_every_list_opens_teaches_and_is_left(workspace: Path, catalogue: Any) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, catalogue.label)
        assert screen.catalogue is catalogue
        if not screen.table.list.count:
            await until(pilot, lambda: catalogue.empty.split(":")[0].split(".")[0] in text_of(screen))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, AccountsScreen)


async def test_an_offering_is_made_changed_and_deleted(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "Offerings")
        await pilot.press("n")
        await fill(pilot, name="Line study", price="9.5k")
        await until(pilot, lambda: screen.table.list.count == 1 and "9,500 EUR" in text_of(screen))
        await pilot.press("e")
        await fill(pilot, price="12k")
        await until(pilot, lambda: "12,000 EUR" in text_of(screen))
        await pilot.press("d")
        await until(pilot, lambda: screen.table.list.count == 0 and screen.query_one(RecordFacts).current is None)
        await pilot.press("u")
        await until(pilot, lambda: screen.table.list.count == 1)


async def test_a_channel_has_its_usual_cost_and_can_be_filtered_and_sorted(workspace: Path) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "Channels")
        await until(pilot, lambda: screen.table.list.count == 7)
        await pilot.press("slash", *"call")
        await until(pilot, lambda: screen.table.list.count == 2)
        await pilot.press("escape", "o")
        await until(pilot, lambda: screen.table.list.sort is not None and screen.table.list.count == 7)
        key = screen.table.list.current
        assert key is not None
        await pilot.press("enter")
        await fill(pilot, cost="7")
        await until(pilot, lambda: queries.get(workspace, Channel, key).cost == 700)


async def test_the_details_beside_a_list_are_edited_at_their_line(workspace: Path) -> None:
    rival = records.add(workspace, Competitor, {"name": "Rivalco"}, TUI)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "Competitors")
        facts = screen.query_one(RecordFacts)
        await until(pilot, lambda: facts.current is not None)
        facts.focus()
        await pilot.press("j", "e")
        await fill(pilot, website="rivalco.example")
        await until(pilot, lambda: "rivalco.example" in text_of(screen))
        assert queries.get(workspace, Competitor, rival).website == "rivalco.example"


async def test_a_line_of_an_order_is_in_the_order_s_currency(workspace: Path) -> None:
    account = records.add(workspace, Account, {"name": "Fjord"}, TUI)
    given = {"account_id": account, "number": "SO-1", "day": TODAY, "currency": "NOK"}
    order = records.add(workspace, Order, given, TUI)
    offering = records.add(workspace, Offering, {"name": "Line study"}, TUI)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        await enter(pilot, "accounts")
        app.open_record("sales_order", order)
        await until(pilot, lambda: isinstance(app.screen, OrderPage) and app.screen.page and app.screen.focused)
        screen = app.screen
        assert isinstance(screen, OrderPage)
        for quantity in ("2", "0.5"):
            count = screen.table.list.count
            await pilot.press("n")
            typed = {"offering_id": f"{offering}=Line study", "quantity": quantity, "unit_price": "1k", "margin": "300"}
            await fill(pilot, **typed)
            await until(pilot, lambda before=count: screen.table.list.count == before + 1)  # type: ignore[misc]  # mypy tells no type of a lambda with a default
        lines = queries.belonging(workspace, OrderLine, "order_id", order)
        assert [(line.unit_price, line.position) for line in lines] == [(100_000, 1), (100_000, 2)]
        await until(pilot, lambda: "2,500 NOK" in str(screen.query_one("#status", Static).content))
        await pilot.press("g", "e")
        await fill(pilot, unit_price="2k")
        await until(pilot, lambda: "4,500 NOK" in str(screen.query_one("#status", Static).content))


async def test_hostile_names_are_only_names_in_every_list(workspace: Path) -> None:
    for raw in (STRINGS["markup_action"], STRINGS["osc52_st"], STRINGS["bidi_override"], STRINGS["newline"]):
        records.add(workspace, Competitor, {"name": raw, "strengths": raw, "notes": STRINGS["long_lines"]}, TUI)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "Competitors")
        await until(pilot, lambda: screen.table.list.count == 4 and screen.query_one(RecordFacts).current is not None)
        for press in ("j", "j", "j", "tab", "G"):
            await pilot.press(press)
            assert not has_control(text_of(screen))
