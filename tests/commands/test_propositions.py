from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import contacts, dmu, propositions, records
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.propositions import Proposition
from crmtui.domain.words import Basis
from crmtui.errors import InvalidError, NotFoundError
from crmtui.queries import records as reading
from crmtui.queries.dmu import Place

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY = dt.date(2026, 3, 20)
LATER = dt.date(2026, 4, 1)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


@pytest.fixture
def line4(desk: ContactDesk) -> int:
    return records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)


def added(desk: ContactDesk, need: str = "stops of line 2", **given: Any) -> int:
    whose = {} if "opportunity_id" in given else {"account_id": desk.account}
    return propositions.add(desk.path, {"need": need, **whose, **given}, TUI, TODAY)


def kept(desk: ContactDesk, key: int) -> Proposition:
    return reading.get(desk.path, Proposition, key)


def order(desk: ContactDesk) -> list[str]:
    found = reading.belonging(desk.path, Proposition, "account_id", desk.account)
    return [one.need for one in sorted(found, key=lambda one: one.position)]


# Lines


def test_a_line_is_of_an_account_or_of_an_opportunity(desk: ContactDesk, line4: int) -> None:
    found = kept(desk, added(desk))
    assert (found.account_id, found.opportunity_id, found.judged_on) == (desk.account, None, TODAY)
    both = kept(desk, added(desk, account_id=desk.account, opportunity_id=line4))
    assert (both.account_id, both.opportunity_id) == (None, line4)


@pytest.mark.parametrize(("given", "field"), [({"account_id": None}, "Account"), ({"need": " "}, "Need")])
def test_what_is_wrong_is_told_by_field(desk: ContactDesk, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        added(desk, **given)
    assert list(caught.value.fields) == [field]


def test_an_opportunity_of_another_account_is_refused(desk: ContactDesk, line4: int) -> None:
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    with pytest.raises(InvalidError) as caught:
        added(desk, account_id=other, opportunity_id=line4)
    assert list(caught.value.fields) == ["Opportunity"]


def test_a_line_can_go_to_an_opportunity_and_back(desk: ContactDesk, line4: int) -> None:
    line = added(desk)
    propositions.edit(desk.path, line, {"opportunity_id": line4}, TUI, TODAY)
    assert kept(desk, line).account_id is None
    propositions.edit(desk.path, line, {"account_id": desk.account, "opportunity_id": None}, TUI, TODAY)
    assert (kept(desk, line).account_id, kept(desk, line).opportunity_id) == (desk.account, None)
    with pytest.raises(InvalidError):
        propositions.edit(desk.path, line, {"account_id": None}, TUI, TODAY)


def test_another_need_is_assumed_as_of_today_unless_told_otherwise(desk: ContactDesk) -> None:
    line = added(desk, basis=Basis.CONFIRMED, source="Conti")
    propositions.edit(desk.path, line, {"proof": "visit"}, TUI, LATER)
    assert (kept(desk, line).basis, kept(desk, line).judged_on) == (Basis.CONFIRMED, TODAY)
    propositions.edit(desk.path, line, {"need": "waste"}, TUI, LATER)
    assert (kept(desk, line).basis, kept(desk, line).judged_on) == (Basis.ASSUMED, LATER)
    propositions.edit(desk.path, line, {"basis": Basis.CONFIRMED, "judged_on": FRIDAY}, TUI, LATER)
    assert (kept(desk, line).basis, kept(desk, line).judged_on) == (Basis.CONFIRMED, FRIDAY)


def test_lines_are_put_in_another_order(desk: ContactDesk) -> None:
    first, _second, third = (added(desk, need) for need in ("one", "two", "three"))
    assert order(desk) == ["one", "two", "three"]
    propositions.move(desk.path, third, -1, TUI)
    assert order(desk) == ["one", "three", "two"]
    propositions.move(desk.path, first, 9, TUI)
    assert order(desk) == ["three", "two", "one"]
    records.delete(desk.path, Proposition, [third], TUI)
    propositions.move(desk.path, first, -1, TUI)
    assert order(desk) == ["one", "two"]
    assert kept(desk, added(desk, "four")).position == 3


def test_a_line_that_is_gone_is_not_changed(desk: ContactDesk) -> None:
    with pytest.raises(NotFoundError):
        propositions.edit(desk.path, 99, {"need": "x"}, TUI, TODAY)
    with pytest.raises(NotFoundError):
        propositions.move(desk.path, 99, 1, TUI)


# What contacts carry


def win(desk: ContactDesk, words: str = "calm nights") -> int:
    given = {"person_id": desk.bianchi, "power": 4, "win": words}
    return dmu.add_stakeholder(desk.path, Place(account_id=desk.account), given, TUI, TODAY)


def test_a_message_that_nobody_wrote_says_what_the_contact_carries(desk: ContactDesk) -> None:
    line = added(desk, offer="remote service", benefit="a third fewer stops")
    assert desk.get(desk.plan("call", FRIDAY, proposition_id=line)).message == "a third fewer stops"
    assert desk.get(desk.plan("call", FRIDAY, proposition_id=added(desk, offer="x"))).message == "x"
    assert desk.get(desk.plan("call", FRIDAY, proposition_id=added(desk))).message == "stops of line 2"
    assert desk.get(desk.plan("call", FRIDAY, win_of_id=win(desk))).message == "calm nights"
    written = desk.plan("call", FRIDAY, proposition_id=line, message="my own words")
    assert desk.get(written).message == "my own words"
    assert desk.get(desk.log("call", proposition_id=line)).message == "a third fewer stops"


def test_a_contact_that_has_no_message_takes_it_later(desk: ContactDesk) -> None:
    call = desk.plan("call", FRIDAY)
    contacts.edit(desk.path, call, {"proposition_id": added(desk, benefit="fewer stops")}, TUI)
    assert desk.get(call).message == "fewer stops"
    contacts.edit(desk.path, call, {"win_of_id": win(desk)}, TUI)
    assert desk.get(call).message == "fewer stops"


def test_what_belongs_elsewhere_is_not_carried(desk: ContactDesk, line4: int) -> None:
    helios = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    line5 = records.add(desk.path, Opportunity, {"name": "Line 5", "account_id": desk.account}, TUI)
    of_deal = added(desk, opportunity_id=line4)
    stakeholder = win(desk)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"proposition_id": added(desk), "account_id": helios}, "Carries"),
        ({"proposition_id": of_deal, "opportunity_id": line5}, "Carries"),
        ({"win_of_id": stakeholder, "account_id": helios}, "Carries the win of"),
    ]
    for given, field in cases:
        with pytest.raises(InvalidError) as caught:
            desk.plan("call", FRIDAY, **given)
        assert list(caught.value.fields) == [field]
    desk.plan("call", FRIDAY, proposition_id=of_deal)
    desk.plan("call", FRIDAY, proposition_id=of_deal, opportunity_id=line4)


def test_a_line_that_goes_leaves_the_contacts_that_carried_it(desk: ContactDesk) -> None:
    line = added(desk, benefit="fewer stops")
    call = desk.plan("call", FRIDAY, proposition_id=line)
    records.delete(desk.path, Proposition, [line], TUI)
    assert (desk.get(call).proposition_id, desk.get(call).message) == (None, "fewer stops")
