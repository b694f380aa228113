from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import accounts as commands, history, opportunities, records
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson, Plan
from crmtui.domain.words import ContactStatus, Level, Source
from crmtui.errors import NotFoundError
from crmtui.queries import accounts, lists
from crmtui.queries.accounts import EventKind, Subject

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record
    from crmtui.queries.accounts import Event

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI
CALL = 3


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


class Desk:
    """A workspace with one account, and short ways to fill it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.aurora = self.add(Account, name="Aurora")

    def add(self, kind: type[Record], **fields: Any) -> int:
        return records.add(self.path, kind, fields, TUI)

    def deal(self, name: str, **fields: Any) -> int:
        given = {"name": name, "account_id": self.aurora, **fields}
        return opportunities.add(self.path, given, TUI, TODAY)

    def contact(self, day: dt.date, *people: int, **fields: Any) -> int:
        given = {"account_id": self.aurora, "day": day, "channel_id": CALL, **fields}
        if day <= TODAY:
            given |= {"status": ContactStatus.DONE, "done_at": dt.datetime.combine(day, dt.time(), dt.UTC)}
        contact = self.add(Contact, **given)
        for person in people:
            self.add(ContactPerson, contact_id=contact, person_id=person)
        return contact

    def page(self) -> accounts.AccountPage:
        return accounts.page(self.path, self.aurora, TODAY)

    def events(self, *kinds: EventKind, words: str = "", table: str = "account", key: int = 0) -> list[Event]:
        keys = accounts.event_keys(self.path, Subject(table, key or self.aurora), kinds, words)
        rows = accounts.event_rows(self.path, keys)
        return [rows[key] for key in keys]


@pytest.fixture
def desk(workspace: Path) -> Desk:
    return Desk(workspace)


def test_an_account_of_which_only_the_name_is_known(desk: Desk) -> None:
    page = desk.page()
    assert page.met == accounts.Met(0, 0)
    assert page.met.share is None
    assert (page.sums, page.faces, page.deals, page.last, page.coming) == ((), (), (), None, None)
    assert page.profile.share == 0
    assert page.counts == {"people": 0, "opportunities": 0, "plans": 0, "action_plan": 0, "orders": 0}


def test_an_account_that_is_gone_is_said_to_be(desk: Desk) -> None:
    records.delete(desk.path, Account, [desk.aurora], TUI)
    with pytest.raises(NotFoundError):
        desk.page()


def test_completeness_tells_what_is_missing(desk: Desk) -> None:
    records.edit(desk.path, Account, desk.aurora, {"industry": "packaging", "employees": 0, "needs": "Speed"}, TUI)
    rival = desk.add(Competitor, name="Rivalco")
    commands.set_position(desk.path, desk.aurora, rival, {"closeness": 0}, TUI, TODAY)
    profile = desk.page().profile
    assert profile.share == pytest.approx(4 / 13)
    assert "Value chain" in profile.missing
    assert not {"Industry", "Employees", "Needs", "Competition"} & set(profile.missing)


def test_money_is_summed_by_currency_and_lost_business_is_not_counted(desk: Desk) -> None:
    desk.deal("One", value=100)
    desk.deal("Two", value=200)
    desk.deal("Three", value=7, currency="NOK")
    desk.deal("Four", currency="CHF")
    desk.deal("Won", value=50, stage="won", reason="x", lesson="x")
    desk.deal("Lost", value=900, stage="lost", reason="x", lesson="x")
    page = desk.page()
    assert page.open_count == 4
    assert [(one.value, one.currency) for one in page.pipeline] == [(300, "EUR"), (7, "NOK")]
    assert [(one.value, one.currency) for one in page.won] == [(50, "EUR")]


def test_those_with_most_power_come_first_and_those_off_the_map_last(desk: Desk) -> None:
    anna, bruno, carla = (desk.add(Person, name=name, account_id=desk.aurora) for name in ("Anna", "Bruno", "Carla"))
    own = desk.add(DmuMap, account_id=desk.aurora)
    desk.add(Stakeholder, map_id=own, person_id=bruno)
    desk.add(Stakeholder, map_id=own, person_id=carla, power=4, attitude=-1)
    page = desk.page()
    assert [face.person_id for face in page.faces] == [carla, bruno, anna]
    assert (page.faces[0].power, page.faces[0].attitude) == (4, -1)


def test_met_counts_who_of_the_map_had_a_contact_in_ninety_days(desk: Desk) -> None:
    anna, bruno = (desk.add(Person, name=name, account_id=desk.aurora) for name in ("Anna", "Bruno"))
    own = desk.add(DmuMap, account_id=desk.aurora)
    for person in (anna, bruno):
        desk.add(Stakeholder, map_id=own, person_id=person)
    desk.add(Stakeholder, map_id=own, position="A lawyer")
    desk.contact(ago(90), anna)
    desk.contact(ago(91), bruno)
    desk.contact(TODAY + dt.timedelta(days=2), bruno)
    assert desk.page().met == accounts.Met(1, 3)
    assert lists.rows(desk.path, "accounts", [desk.aurora], TODAY)[desk.aurora][7] == pytest.approx(1 / 3)


def test_the_last_contact_has_happened_and_the_next_one_is_planned(desk: Desk) -> None:
    desk.contact(ago(30), message="long ago")
    desk.contact(ago(3), message="lately", outcome="fine")
    desk.contact(TODAY + dt.timedelta(days=9), message="later")
    desk.contact(TODAY + dt.timedelta(days=2), message="soon")
    page = desk.page()
    assert page.last is not None
    assert page.coming is not None
    assert (page.last.message, page.last.outcome, page.last.channel) == ("lately", "fine", "Call")
    assert page.coming.message == "soon"


def test_the_timeline_holds_all_kinds_newest_first(desk: Desk) -> None:
    deal = desk.deal("Line 4", opened_on=ago(20))
    desk.contact(ago(5), message="a call")
    commands.add_note(desk.path, {"opportunity_id": deal}, "a note", ago(9), TUI)
    order = desk.add(Order, account_id=desk.aurora, number="SO-1", day=ago(7))
    desk.add(OrderLine, order_id=order, quantity=2.5, unit_price=101)
    found = desk.events()
    assert [(event.kind, event.day) for event in found] == [
        (EventKind.CONTACT, ago(5).isoformat()),
        (EventKind.ORDER, ago(7).isoformat()),
        (EventKind.NOTE, ago(9).isoformat()),
        (EventKind.STAGE, ago(20).isoformat()),
    ]
    assert found[1].amount == 253
    assert len({event.key for event in found}) == 4


def test_an_action_that_was_done_happened_on_its_day_with_the_lesson(desk: Desk) -> None:
    given = {"name": "Measure a week", "account_id": desk.aurora, "lesson": "two days are enough"}
    desk.add(PlanAction, **given, done_on=ago(3), achieved="partly")
    desk.add(PlanAction, **given, due_on=ago(3))
    (found,) = desk.events()
    assert (found.kind, found.day, found.about) == (EventKind.ACTION, ago(3).isoformat(), "Measure a week")
    assert (found.status, found.text) == ("partly", "two days are enough")
    assert desk.events(words="enough") == [found]


def test_the_timeline_is_filtered_by_kind_and_by_words(desk: Desk) -> None:
    desk.contact(ago(1), message="the price of line 4")
    desk.contact(ago(2), message="lunch", outcome="100% for line_4")
    commands.add_note(desk.path, {"account_id": desk.aurora}, "line 4", ago(3), TUI)
    assert len(desk.events(EventKind.NOTE)) == 1
    assert len(desk.events(words="LINE 4")) == 3
    assert [event.text for event in desk.events(words="line_")] == ["lunch"]
    assert [event.text for event in desk.events(words="100%")] == ["lunch"]


def test_changes_of_level_are_told_by_the_journal_and_undone_ones_are_not(desk: Desk) -> None:
    for level in (Level.BUYER, Level.ACCOUNT):
        records.edit(desk.path, Account, desk.aurora, {"level": level}, TUI)
    records.edit(desk.path, Account, desk.aurora, {"city": "Milano"}, TUI)
    steps = [(event.about, event.status) for event in desk.events(EventKind.LEVEL)]
    assert steps == [("buyer", "account"), ("prospect", "buyer")]
    history.undo(desk.path, TUI)
    history.undo(desk.path, TUI)
    assert [event.status for event in desk.events(EventKind.LEVEL)] == ["buyer"]
    history.redo(desk.path, TUI)
    assert [event.status for event in desk.events(EventKind.LEVEL)] == ["account", "buyer"]


def test_a_person_has_a_timeline_too(desk: Desk) -> None:
    anna, bruno = (desk.add(Person, name=name, account_id=desk.aurora) for name in ("Anna", "Bruno"))
    desk.contact(ago(1), anna, bruno, message="both")
    desk.contact(ago(2), bruno, message="without her")
    commands.add_note(desk.path, {"person_id": anna}, "likes figures", ago(3), TUI)
    found = desk.events(table="person", key=anna)
    assert [event.text for event in found] == ["both", "likes figures"]
    assert found[0].people == "Anna, Bruno"
    assert [event.more for event in desk.events(EventKind.NOTE)] == ["Anna"]


def test_an_event_that_has_gone_is_left_out(desk: Desk) -> None:
    contact = desk.contact(ago(1))
    keys = accounts.event_keys(desk.path, Subject("account", desk.aurora))
    records.delete(desk.path, Contact, [contact], TUI)
    assert accounts.event_rows(desk.path, keys) == {}


@pytest.mark.parametrize("noun", ["people", "opportunities", "orders", "plans"])
def test_lists_can_be_of_one_account_alone(desk: Desk, noun: str) -> None:
    other = desk.add(Account, name="Aurora")
    for account in (desk.aurora, other):
        desk.add(Person, name="Anna", account_id=account)
        desk.add(Order, account_id=account, day=TODAY)
        opportunities.add(desk.path, {"name": "Line 4", "account_id": account}, TUI, TODAY)
        desk.add(Plan, objective="Be known", account_id=account, starts_on=TODAY, ends_on=TODAY)
    assert len(lists.ids(desk.path, noun, TODAY, filter_text=f"account_id:{other}")) == 1
