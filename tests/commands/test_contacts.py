from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from contact_desk import NOW, TODAY, TUI, ContactDesk, begin
from crmtui.commands import contacts, history, records
from crmtui.domain.fields import LONGEST_TEXT
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Consent
from crmtui.domain.plans import ContactPerson
from crmtui.domain.words import ContactStatus
from crmtui.domain.workspace import Actor
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import workspace
from crmtui.text import line
from hostile import STRINGS

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY = dt.date(2026, 3, 20)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


def label(desk: ContactDesk) -> str:
    return workspace.history(desk.path, 1)[0].label


def test_a_plan_costs_what_its_channel_usually_costs(desk: ContactDesk) -> None:
    found = desk.get(desk.plan("meeting", FRIDAY, [desk.conti], message="pilot review"))
    assert (found.status, found.day, found.done_at) == (ContactStatus.PLANNED, FRIDAY, None)
    assert (found.cost, found.currency, found.hours) == (14_000, "EUR", 2.0)
    assert label(desk) == "Plan Meeting · pilot review"


def test_what_is_said_goes_before_what_is_usual(desk: ContactDesk) -> None:
    found = desk.get(desk.plan("meeting", FRIDAY, cost=0, hours=0))
    assert (found.cost, found.hours) == (0, 0)


def test_a_usual_cost_is_not_taken_for_another_currency(desk: ContactDesk) -> None:
    found = desk.get(desk.plan("meeting", FRIDAY, currency="CHF"))
    assert (found.cost, found.currency, found.hours) == (None, "CHF", 2.0)


def test_a_contact_belongs_where_its_people_or_its_opportunity_belong(desk: ContactDesk) -> None:
    found = desk.get(desk.plan("call", FRIDAY, [desk.conti, desk.ferrari], account_id=None))
    assert found.account_id == desk.account
    line4 = records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)
    found = desk.get(desk.plan("call", FRIDAY, account_id=None, opportunity_id=line4))
    assert found.account_id == desk.account


def test_a_contact_with_nobody_nowhere_is_refused_by_field(desk: ContactDesk) -> None:
    with pytest.raises(InvalidError) as caught:
        desk.plan("call", FRIDAY, account_id=None)
    assert list(caught.value.fields) == ["Account"]


def test_an_opportunity_without_an_account_can_have_contacts(desk: ContactDesk) -> None:
    lone = records.add(desk.path, Opportunity, {"name": "Lone"}, TUI)
    assert desk.get(desk.plan("call", FRIDAY, account_id=None, opportunity_id=lone)).account_id is None


def test_the_user_makes_the_contact_unless_another_is_named(desk: ContactDesk) -> None:
    me = records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    assert desk.get(desk.plan("call", FRIDAY)).actor_id == me
    assert desk.get(desk.plan("call", FRIDAY, actor_id=None)).actor_id is None


@pytest.mark.parametrize(
    ("typed", "kept"), [("9:30", "09:30"), ("14", "14:00"), ("1030", "10:30"), ("8.15", "08:15"), ("", "")]
)
def test_a_time_is_kept_as_a_clock_shows_it(desk: ContactDesk, typed: str, kept: str) -> None:
    assert desk.get(desk.plan("call", FRIDAY, time=typed)).time == kept


@pytest.mark.parametrize("typed", ["25:00", "noon", "9:75", "-1", "[/]"])
def test_what_is_no_time_is_refused(desk: ContactDesk, typed: str) -> None:
    with pytest.raises(InvalidError) as caught:
        desk.plan("call", FRIDAY, time=typed)
    assert list(caught.value.fields) == ["Time"]


def test_a_refused_channel_is_never_planned_and_the_reason_is_told(desk: ContactDesk) -> None:
    desk.refuse(desk.ferrari, "call", "By e-mail please")
    with pytest.raises(InvalidError) as caught:
        desk.plan("call", FRIDAY, [desk.conti, desk.ferrari])
    assert caught.value.fields == {"Channel": "Ferrari refused Call on 2026-03-02 (By e-mail please)"}
    assert desk.count() == 0
    desk.plan("email", FRIDAY, [desk.ferrari])


def test_what_happened_on_a_refused_channel_can_be_logged(desk: ContactDesk) -> None:
    desk.refuse(desk.ferrari, "call")
    assert desk.get(desk.log("call", [desk.ferrari])).status is ContactStatus.DONE


def test_a_log_is_done_today_unless_told_otherwise(desk: ContactDesk) -> None:
    found = desk.get(desk.log("call", [desk.conti], outcome="wants a pilot"))
    assert (found.status, found.day, found.done_at) == (ContactStatus.DONE, TODAY, NOW)
    assert found.outcome == "wants a pilot"
    assert desk.people(found.id) == [desk.conti]
    assert label(desk) == "Log Call · Conti"
    assert desk.get(desk.log("call", day=dt.date(2026, 3, 1))).day == dt.date(2026, 3, 1)


def test_a_contact_that_is_done_is_the_same_record(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.conti])
    contacts.done(desk.path, [made], "wants a pilot", TUI, NOW)
    found = desk.get(made)
    assert (found.status, found.done_at, found.outcome) == (ContactStatus.DONE, NOW, "wants a pilot")
    assert desk.count() == 1
    assert label(desk) == "Mark Call · Conti as done"


def test_a_contact_is_never_done_twice(desk: ContactDesk) -> None:
    made, other = desk.log("call", [desk.conti]), desk.plan("call", TODAY)
    with pytest.raises(ConflictError) as caught:
        contacts.done(desk.path, [other, made], "again", TUI, NOW)
    assert caught.value.lines == ("2026-03-12 Call · Conti",)
    assert desk.get(other).status is ContactStatus.PLANNED


@pytest.mark.parametrize(
    ("day", "time", "happened"),
    [
        (dt.date(2026, 3, 9), "", TODAY),
        (dt.date(2026, 3, 9), "10:30", dt.date(2026, 3, 9)),
        (FRIDAY, "10:30", TODAY),
        (FRIDAY, "", TODAY),
    ],
)
def test_an_appointment_happened_on_its_day_and_a_task_when_it_is_ticked(
    desk: ContactDesk, day: dt.date, time: str, happened: dt.date
) -> None:
    made = desk.plan("call", day, time=time)
    contacts.done(desk.path, [made], "", TUI, NOW)
    assert desk.get(made).day == happened


def test_the_day_it_happened_on_can_be_said(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY)
    contacts.done(desk.path, [made], "", TUI, NOW, day=dt.date(2026, 3, 10))
    assert desk.get(made).day == dt.date(2026, 3, 10)


def test_an_empty_outcome_leaves_what_was_written(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, outcome="prepare the list")
    contacts.done(desk.path, [made], "  ", TUI, NOW)
    assert desk.get(made).outcome == "prepare the list"


def test_several_are_moved_in_one_step_and_come_back_in_one(desk: ContactDesk) -> None:
    made = [desk.plan("call", TODAY, [desk.conti]), desk.plan("meeting", TODAY)]
    contacts.move(desk.path, made, FRIDAY, TUI)
    assert [desk.get(one).status for one in made] == [ContactStatus.MOVED] * 2
    assert label(desk) == "Move 2 contacts to 2026-03-20"
    history.undo(desk.path, TUI)
    assert [(desk.get(one).day, desk.get(one).status) for one in made] == [(TODAY, ContactStatus.PLANNED)] * 2


def test_moving_to_the_same_day_changes_nothing(desk: ContactDesk) -> None:
    made = desk.plan("call", FRIDAY)
    contacts.move(desk.path, [made], FRIDAY, TUI)
    assert desk.get(made).status is ContactStatus.PLANNED


def test_what_was_refused_meanwhile_is_not_moved(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.ferrari])
    desk.refuse(desk.ferrari, "call")
    with pytest.raises(ConflictError) as caught:
        contacts.move(desk.path, [made], FRIDAY, TUI)
    assert caught.value.lines == ("Ferrari refused Call on 2026-03-02",)
    contacts.cancel(desk.path, [made], TUI)
    with pytest.raises(ConflictError):
        contacts.reopen(desk.path, [made], TUI)


def test_what_is_done_is_neither_moved_nor_cancelled(desk: ContactDesk) -> None:
    made = desk.log("call")
    with pytest.raises(ConflictError):
        contacts.move(desk.path, [made], FRIDAY, TUI)
    with pytest.raises(ConflictError):
        contacts.cancel(desk.path, [made], TUI)


def test_one_that_is_reopened_is_planned_and_keeps_what_was_written(desk: ContactDesk) -> None:
    made = desk.log("call", outcome="nobody answered")
    contacts.reopen(desk.path, [made], TUI)
    found = desk.get(made)
    assert (found.status, found.done_at, found.outcome) == (ContactStatus.PLANNED, None, "nobody answered")
    contacts.cancel(desk.path, [made], TUI)
    assert desk.get(made).status is ContactStatus.CANCELLED
    assert label(desk) == "Cancel Call · Aurora Spa"


def test_an_edit_changes_the_people_and_asks_for_consent(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.conti])
    desk.refuse(desk.ferrari, "call")
    with pytest.raises(InvalidError):
        contacts.edit(desk.path, made, {}, TUI, [desk.ferrari])
    assert desk.people(made) == [desk.conti]
    contacts.edit(desk.path, made, {"channel_id": desk.channel("email"), "time": "9"}, TUI, [desk.ferrari, desk.conti])
    assert desk.people(made) == [desk.conti, desk.ferrari]
    assert desk.get(made).time == "09:00"


def test_an_edit_of_the_words_leaves_the_people(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.conti])
    contacts.edit(desk.path, made, {"message": "the savings"}, TUI)
    assert desk.people(made) == [desk.conti]
    assert label(desk) == "Change Call · the savings"


def test_a_contact_that_is_gone_is_told(desk: ContactDesk) -> None:
    with pytest.raises(NotFoundError):
        contacts.done(desk.path, [99], "", TUI, NOW)


def test_hostile_text_is_only_text(desk: ContactDesk) -> None:
    for raw in STRINGS.values():
        made = desk.log("call", message=raw[:500], outcome=raw[:LONGEST_TEXT])
        assert desk.get(made).message == line(raw[:500])
        assert label(desk) == line(label(desk))


def test_deleting_a_contact_lets_its_people_go(desk: ContactDesk) -> None:
    made = desk.log("call", [desk.conti])
    records.delete(desk.path, type(desk.get(made)), [made], TUI)
    assert not desk.all(ContactPerson)
    assert not desk.all(Consent)
