from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import plans, records
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.plans import Plan
from crmtui.errors import InvalidError
from crmtui.queries import records as reading, workspace

if TYPE_CHECKING:
    from pathlib import Path

PERIOD: dict[str, Any] = {"objective": "Meet them all", "starts_on": TODAY, "ends_on": dt.date(2026, 6, 1)}


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


@pytest.fixture
def line4(desk: ContactDesk) -> int:
    return records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account}, TUI)


def kept(desk: ContactDesk, plan: int) -> Plan:
    return reading.get(desk.path, Plan, plan)


def subject(desk: ContactDesk, plan: int) -> tuple[int | None, int | None]:
    return kept(desk, plan).account_id, kept(desk, plan).opportunity_id


def test_a_plan_is_for_an_account_in_the_currency_of_the_workspace(desk: ContactDesk) -> None:
    made = plans.add(desk.path, {**PERIOD, "account_id": desk.account, "budget": 100}, TUI)
    assert subject(desk, made) == (desk.account, None)
    assert kept(desk, made).currency == "EUR"
    assert workspace.history(desk.path, 1)[0].label == "Add communication plan Meet them all"


def test_a_plan_for_an_opportunity_needs_no_account(desk: ContactDesk, line4: int) -> None:
    both = {**PERIOD, "account_id": desk.account, "opportunity_id": line4}
    assert subject(desk, plans.add(desk.path, both, TUI)) == (None, line4)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "Account"),
        ({"account_id": 1, "ends_on": dt.date(2026, 3, 11)}, "To"),
        ({"account_id": 1, "objective": ""}, "Objective"),
        ({"account_id": 1, "starts_on": None}, "From"),
        ({"account_id": 1, "budget": -1}, "Budget"),
    ],
)
def test_what_is_wrong_is_told_by_field(desk: ContactDesk, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        plans.add(desk.path, {**PERIOD, **given}, TUI)
    assert list(caught.value.fields) == [field]


def test_an_opportunity_of_another_account_is_refused(desk: ContactDesk, line4: int) -> None:
    other = records.add(desk.path, Account, {"name": "Helios"}, TUI)
    with pytest.raises(InvalidError) as caught:
        plans.add(desk.path, {**PERIOD, "account_id": other, "opportunity_id": line4}, TUI)
    assert list(caught.value.fields) == ["Opportunity"]


def test_the_subject_can_be_changed_either_way(desk: ContactDesk, line4: int) -> None:
    made = plans.add(desk.path, {**PERIOD, "account_id": desk.account}, TUI)
    plans.edit(desk.path, made, {"opportunity_id": line4}, TUI)
    assert subject(desk, made) == (None, line4)
    plans.edit(desk.path, made, {"account_id": desk.account}, TUI)
    assert subject(desk, made) == (desk.account, None)


def test_an_edit_is_held_against_what_stays(desk: ContactDesk) -> None:
    made = plans.add(desk.path, {**PERIOD, "account_id": desk.account}, TUI)
    with pytest.raises(InvalidError) as caught:
        plans.edit(desk.path, made, {"starts_on": dt.date(2026, 6, 2)}, TUI)
    assert list(caught.value.fields) == ["To"]
    plans.edit(desk.path, made, {"notes": "slowly"}, TUI)
    assert kept(desk, made).notes == "slowly"


def test_deleting_a_plan_leaves_what_happened(desk: ContactDesk) -> None:
    made = plans.add(desk.path, {**PERIOD, "account_id": desk.account}, TUI)
    contact = desk.log("call", plan_id=made)
    records.delete(desk.path, Plan, [made], TUI)
    assert desk.get(contact).plan_id is None
