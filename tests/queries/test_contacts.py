from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.domain.bringing import CustomValue
from crmtui.domain.people import Person
from crmtui.errors import NotFoundError
from crmtui.queries import contacts, lists

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def names(found: list[contacts.Candidate]) -> list[str]:
    return [one.name for one in found]


def test_a_contact_comes_with_its_names(desk: ContactDesk) -> None:
    made = desk.plan("meeting", TODAY, [desk.ferrari, desk.conti], time="10:30", message="pilot review")
    found = contacts.entry(desk.path, made)
    assert (found.channel, found.account, found.opportunity, found.actor) == ("Meeting", "Aurora Spa", "", "")
    assert [person.name for person in found.people] == ["Ferrari", "Conti"]
    assert found.is_open


def test_a_contact_comes_with_what_had_no_field_of_its_own(desk: ContactDesk) -> None:
    made, other = desk.plan("meeting", TODAY, [desk.conti]), desk.plan("call", TODAY, [desk.conti])
    for name, value in (("Priority", "High"), ("Internal notes", "Bring the\nsamples")):
        given = {"contact_id": made, "name": name, "value": value, "source": "HubSpot"}
        records.add(desk.path, CustomValue, given, TUI)
    assert contacts.entry(desk.path, made).kept == (("Priority", "High"), ("Internal notes", "Bring the\nsamples"))
    assert contacts.entry(desk.path, other).kept == ()


def test_one_that_is_gone_is_told(desk: ContactDesk) -> None:
    with pytest.raises(NotFoundError):
        contacts.entry(desk.path, 1)


def test_the_contacts_of_a_record_come_newest_first(desk: ContactDesk) -> None:
    old = desk.log("call", [desk.conti], day=dt.date(2026, 1, 9))
    new = desk.plan("call", TODAY, [desk.conti])
    other = desk.log("call", [desk.ferrari], day=dt.date(2026, 2, 1))
    assert [entry.id for entry in contacts.of(desk.path, "account", desk.account)] == [new, other, old]
    assert [entry.id for entry in contacts.of(desk.path, "person", desk.conti)] == [new, old]
    assert [entry.id for entry in contacts.of(desk.path, "account", desk.account, limit=1)] == [new]


def test_candidates_are_the_people_of_the_account_with_what_they_refused(desk: ContactDesk) -> None:
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    records.add(desk.path, Person, {"name": "Ferrante", "account_id": other}, TUI)
    desk.refuse(desk.ferrari, "call")
    found = contacts.candidates(desk.path, "fer", desk.account)
    assert [(one.name, one.title, one.account, one.refused) for one in found] == [
        ("Ferrari", "CFO", "Aurora Spa", ("Call",))
    ]
    assert names(contacts.candidates(desk.path, "fer")) == ["Ferrante", "Ferrari"]
    assert names(contacts.candidates(desk.path, "", desk.account)) == ["Bianchi", "Conti", "Ferrari"]


def test_a_form_begins_with_the_preferred_channel_unless_it_was_refused(desk: ContactDesk) -> None:
    assert contacts.channel_for(desk.path) == desk.channel("meeting")
    records.edit(desk.path, Person, desk.conti, {"preferred_channel_id": desk.channel("call")}, TUI)
    assert contacts.channel_for(desk.path, (desk.conti, desk.ferrari)) == desk.channel("call")
    desk.refuse(desk.ferrari, "call")
    assert contacts.channel_for(desk.path, (desk.conti, desk.ferrari)) == desk.channel("meeting")


def test_the_list_is_found_by_people_status_and_day(desk: ContactDesk) -> None:
    old = desk.log("call", [desk.conti], day=dt.date(2025, 12, 1))
    new = desk.plan("meeting", TODAY, [desk.ferrari])

    def found(words: str) -> list[int]:
        return list(lists.ids(desk.path, "contacts", TODAY, filter_text=words))

    assert found("") == [new, old]
    assert found("conti") == [old]
    assert found("status:planned") == [new]
    assert found("day>60d") == [old]
    assert found("with:ferrari channel:meet") == [new]
