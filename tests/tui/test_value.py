"""The value proposition on screen: of an account in a part of its page, of an opportunity by a key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import dmu, propositions, records
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.plans import Contact
from crmtui.domain.propositions import Proposition
from crmtui.queries import records as reading
from crmtui.queries.dmu import Place
from crmtui.tui.actions import offers
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.contact import ContactForm
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.value import ValueScreen
from crmtui.tui.widgets.value_facts import ValueFacts
from hostile import SHORT
from tui.bench import NARROW, WIDE, Workbench, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SIZES = [NARROW, WIDE]
FRIDAY = dt.date(2026, 3, 20)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def line(desk: ContactDesk, need: str, **given: Any) -> int:
    whose = {} if "opportunity_id" in given else {"account_id": desk.account}
    return propositions.add(desk.path, {"need": need, **whose, **given}, TUI, TODAY)


def seat(desk: ContactDesk, person: int, **given: Any) -> int:
    return dmu.add_stakeholder(desk.path, Place(account_id=desk.account), {"person_id": person, **given}, TUI, TODAY)


async def opened(pilot: Pilot[int], desk: ContactDesk) -> ValueFacts:
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "accounts")
    app.open_record("account", desk.account)
    await until(pilot, lambda: isinstance(app.screen, AccountPage) and app.screen.page)
    assert isinstance(app.screen, AccountPage)
    await app.screen.open_tab("value")
    await until(pilot, lambda: app.screen.query(ValueFacts) and app.screen.query_one(ValueFacts).facts)
    return app.screen.query_one(ValueFacts)


def told(facts: ValueFacts) -> str:
    return "\n".join(f"{fact.label} {fact.value.plain if fact.value else ''}" for fact in facts.facts)


def go(facts: ValueFacts, key: str) -> None:
    facts._go([fact.key for fact in facts.facts].index(key))


def needs(desk: ContactDesk) -> list[str]:
    found = reading.belonging(desk.path, Proposition, "account_id", desk.account)
    return [one.need for one in sorted(found, key=lambda one: one.position)]


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_part_says_what_it_is_for(desk: ContactDesk, size: tuple[int, int]) -> None:
    async with Workbench(desk.path).run_test(size=size) as pilot:
        facts = await opened(pilot, desk)
        assert "n writes the first line" in told(facts)
        assert "Nobody is on the map" in told(facts)
        assert {"edit", "delete", "put(1)"}.isdisjoint({offer.action for offer in offers(pilot.app.screen)})
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"need": "stops of [/] line 2", "benefit": "a third fewer"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "stops of [/] line 2" in told(facts))
        assert "a third fewer" in told(facts)
        assert "why should it be believed?" in told(facts)
        assert needs(desk) == ["stops of [/] line 2"]


async def test_lines_are_changed_ordered_and_dropped_where_the_cursor_is(desk: ContactDesk) -> None:
    one, two = line(desk, "one"), line(desk, "two")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        facts = await opened(pilot, desk)
        go(facts, f"proposition {one} proof")
        await pilot.press("J")
        await until(pilot, lambda: needs(desk) == ["two", "one"])
        await until(pilot, lambda: [fact.label for fact in facts.facts][5:6] == ["2 Need"])
        assert facts.current is not None
        assert facts.current.key == f"proposition {one} proof"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"proof": "Nordik"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Nordik" in told(facts))
        go(facts, f"proposition {two} need")
        await pilot.press("d")
        await until(pilot, lambda: needs(desk) == ["one"])


async def test_people_of_weight_without_a_win_are_told(desk: ContactDesk) -> None:
    bianchi = seat(desk, desk.bianchi, power=4, criteria="downtime\nprice")
    seat(desk, desk.conti, power=1, win="home earlier", win_strength=2)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        facts = await opened(pilot, desk)
        assert "1 who matters has none yet" in told(facts)
        assert "downtime; price" in told(facts)
        assert "! no personal win yet" in told(facts)
        assert "home earlier  convincing  ~ assumed" in told(facts)
        go(facts, f"stakeholder {bianchi}")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.form.put({"win": "calm nights"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "calm nights" in told(facts))
        assert "has none yet" not in told(facts)


async def test_a_contact_is_planned_that_carries_the_line(desk: ContactDesk) -> None:
    one = line(desk, "stops", benefit="a third fewer")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        facts = await opened(pilot, desk)
        go(facts, f"proposition {one} benefit")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "planned for 1" in told(facts))
        (contact,) = desk.all(Contact)
        assert (contact.proposition_id, contact.message) == (one, "a third fewer")


async def test_the_form_of_a_contact_offers_what_belongs_there(desk: ContactDesk) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    line(desk, "stops", benefit="fewer")
    line(desk, "waste", opportunity_id=line4)
    bianchi = seat(desk, desk.bianchi, power=4, win="calm nights")
    seat(desk, desk.conti, power=1)
    call = desk.plan("call", FRIDAY, [desk.bianchi], win_of_id=bianchi)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await enter(pilot, "accounts")
        from crmtui.tui.screens import contact
        from crmtui.tui.screens.base import RoomScreen

        assert isinstance(pilot.app.screen, RoomScreen)
        contact.edit(pilot.app.screen, call)
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm))
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        await until(pilot, lambda: form.query("Form"))
        await until(pilot, lambda: "Bianchi" in form.form.typed["win_of_id"])
        assert [found.label for found in form._lines("")] == ["stops", "waste"]
        assert [(found.label, found.detail) for found in form._wins("calm")] == [("Bianchi", "calm nights")]
        assert form._wins("nobody") == []


@pytest.mark.parametrize("size", SIZES)
async def test_an_opportunity_has_its_own_and_its_accounts(desk: ContactDesk, size: tuple[int, int]) -> None:
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    line(desk, "stops")
    line(desk, "waste", opportunity_id=line4)
    seat(desk, desk.bianchi, power=4)
    async with Workbench(desk.path).run_test(size=size) as pilot:
        await enter(pilot, "opportunities")
        await until(pilot, lambda: "value" in {offer.action for offer in offers(pilot.app.screen)})
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, ValueScreen) and pilot.app.screen.facts.page)
        screen = pilot.app.screen
        assert isinstance(screen, ValueScreen)
        shown = told(screen.facts)
        assert shown.index("waste") < shown.index("For the account as a whole") < shown.index("stops")
        assert "Bianchi" in shown
        await pilot.press("escape")


async def test_hostile_lines_are_shown_as_text(desk: ContactDesk) -> None:
    for number, text in enumerate(SHORT):
        given = {"need": f"x{text}", "offer": text, "benefit": text, "proof": text, "position": number + 1}
        records.add(desk.path, Proposition, {**given, "account_id": desk.account}, TUI)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        facts = await opened(pilot, desk)
        assert sum(fact.key.startswith("proposition ") for fact in facts.facts) == 4 * len(SHORT)
        for _screen in range(0, facts.virtual_size.height, facts.size.height):
            assert all(facts.render_line(y) is not None for y in range(facts.size.height))
            facts.action_turn(1)
