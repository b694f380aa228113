from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import opportunities, people as commands, records
from crmtui.commands.people import Said
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import ConsentState, Source
from crmtui.errors import NotFoundError
from crmtui.queries import people

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI
CALL = 3


def test_a_person_of_whom_only_the_name_is_known(workspace: Path) -> None:
    person = commands.add(workspace, {"name": "Anna"}, TUI)
    page = people.page(workspace, person, TODAY)
    assert (page.account, page.boss, page.channel, page.last, page.coming) == ("", "", "", None, None)
    assert page.reach == people.Reach()
    assert page.stakes == ()
    assert {one.state for one in page.consents} == {""}


def test_a_person_who_is_gone_is_said_to_be(workspace: Path) -> None:
    with pytest.raises(NotFoundError):
        people.page(workspace, 99, TODAY)


def test_names_stand_for_what_a_person_is_linked_to(workspace: Path) -> None:
    account = records.add(workspace, Account, {"name": "Aurora"}, TUI)
    boss = commands.add(workspace, {"name": "Boss", "account_id": account}, TUI)
    given = {"name": "Anna", "account_id": account, "reports_to_id": boss, "preferred_channel_id": CALL}
    page = people.page(workspace, commands.add(workspace, given, TUI), TODAY)
    assert (page.account, page.boss, page.channel) == ("Aurora", "Boss", "Call")


def test_a_channel_out_of_use_is_shown_only_where_something_was_said(workspace: Path) -> None:
    person = commands.add(workspace, {"name": "Anna"}, TUI)
    records.edit(workspace, Channel, CALL, {"is_active": False}, TUI)
    assert CALL not in {one.channel_id for one in people.page(workspace, person, TODAY).consents}
    commands.set_consent(workspace, person, Said(CALL, ConsentState.REFUSED, TODAY), TUI)
    assert CALL in {one.channel_id for one in people.page(workspace, person, TODAY).consents}


def test_the_maps_a_person_is_on_come_with_the_account_s_own_first(workspace: Path) -> None:
    account = records.add(workspace, Account, {"name": "Aurora"}, TUI)
    person = commands.add(workspace, {"name": "Anna", "account_id": account}, TUI)
    deal = opportunities.add(workspace, {"name": "Line 4", "account_id": account}, TUI, TODAY)
    for place in ({"opportunity_id": deal}, {"account_id": account}):
        own = records.add(workspace, DmuMap, place, TUI)
        records.add(workspace, Stakeholder, {"map_id": own, "person_id": person, "power": 3}, TUI)
    stakes = people.page(workspace, person, TODAY).stakes
    assert [(stake.account, stake.opportunity, stake.power) for stake in stakes] == [
        ("Aurora", "", 3),
        ("Aurora", "Line 4", 3),
    ]


def test_only_contacts_that_happened_count_as_the_last(workspace: Path) -> None:
    person = records.add(workspace, Person, {"name": "Anna"}, TUI)
    for days, status in ((-3, "done"), (-1, "cancelled"), (-2, "planned"), (4, "planned"), (2, "cancelled")):
        day = TODAY + dt.timedelta(days=days)
        given = {"day": day, "channel_id": CALL, "status": status, "done_at": dt.datetime.now(dt.UTC)}
        contact = records.add(workspace, Contact, given, TUI)
        records.add(workspace, ContactPerson, {"contact_id": contact, "person_id": person}, TUI)
    page = people.page(workspace, person, TODAY)
    assert (page.last, page.coming) == ("2026-03-09", "2026-03-16")
