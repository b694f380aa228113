from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import dmu, history, plans, proposals
from crmtui.domain.plans import Plan
from crmtui.domain.words import ContactStatus
from crmtui.domain.workspace import Actor
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import proposing, workspace
from crmtui.queries.dmu import Place

if TYPE_CHECKING:
    from pathlib import Path

END = dt.date(2026, 6, 4)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    found = begin(tmp_path)
    anna = _anna(found)
    place = Place(account_id=found.account)
    given = {"person_id": found.bianchi, "power": 4, "win": "calm nights", "covered_by_id": anna}
    dmu.add_stakeholder(found.path, place, given, TUI, TODAY)
    dmu.add_stakeholder(found.path, place, {"person_id": found.conti, "power": 1}, TUI, TODAY)
    return found


def _anna(desk: ContactDesk) -> int:
    from crmtui.commands import records

    return records.add(desk.path, Actor, {"name": "Anna"}, TUI)


def test_what_is_accepted_is_planned_in_one_step(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=5_000, currency="EUR")
    page = proposing.page(desk.path, plan, TODAY)
    keys = proposals.accept(desk.path, page, page.draft.proposals, TUI)
    assert len(keys) == len(page.draft.proposals) > 1
    for key, one in zip(keys, page.draft.proposals, strict=True):
        found = desk.get(key)
        assert (found.status, found.day, found.channel_id) == (ContactStatus.PLANNED, one.day, one.channel)
        assert (found.cost, found.hours, found.plan_id) == (one.cost, one.hours, plan)
        assert desk.people(key) == [one.person]
    assert workspace.history(desk.path, 1)[0].label == f"Take {len(keys)} proposed contacts into Meet them all"
    history.undo(desk.path, TUI)
    assert desk.count() == 0


def test_a_contact_is_made_by_who_looks_after_the_person_and_carries_the_win(desk: ContactDesk) -> None:
    page = proposing.page(desk.path, desk.programme(TODAY, END), TODAY)
    first = next(one for one in page.draft.proposals if page.message(one).win_of_id)
    found = desk.get(proposals.accept(desk.path, page, [first], TUI)[0])
    (bianchi, _conti) = desk.stakeholders()
    assert (found.actor_id, found.message, found.win_of_id) == (bianchi.covered_by_id, "calm nights", bianchi.id)


def test_after_all_is_accepted_nothing_that_fits_is_left(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=3_000, currency="EUR")
    page = proposing.page(desk.path, plan, TODAY)
    proposals.accept(desk.path, page, page.draft.proposals, TUI)
    again = proposing.page(desk.path, plan, TODAY)
    assert again.draft.outlook.planned == pytest.approx(page.draft.outlook.proposed)
    assert again.draft.proposals == ()


def test_a_draft_that_was_overtaken_is_refused(desk: ContactDesk) -> None:
    plan = desk.programme(TODAY, END, budget=15_000, currency="EUR")
    page = proposing.page(desk.path, plan, TODAY)
    desk.plan("meeting", END, plan_id=plan)
    with pytest.raises(ConflictError, match="budget"):
        proposals.accept(desk.path, page, page.draft.proposals[-1:] * 3, TUI)
    desk.refuse(page.draft.proposals[0].person, "call")
    plans.edit(desk.path, plan, {"budget": None}, TUI)
    with pytest.raises(InvalidError, match="refused Call"):
        proposals.accept(desk.path, page, page.draft.proposals, TUI)
    assert desk.count() == 1


def test_a_plan_that_is_gone_takes_nothing(desk: ContactDesk) -> None:
    from crmtui.commands import records

    plan = desk.programme(TODAY, END)
    page = proposing.page(desk.path, plan, TODAY)
    records.delete(desk.path, Plan, [plan], TUI)
    with pytest.raises(NotFoundError):
        proposals.accept(desk.path, page, page.draft.proposals, TUI)
