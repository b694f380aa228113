"""Projects, promises, requests and feedback as they are written down, settled, and taken back."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from crmtui.commands import delivery, history, opportunities, projects, propositions, records, settling
from crmtui.domain.accounts import Account
from crmtui.domain.delivery import Competence, CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.words import Fate, Kept, ProjectStatus, Source, Stage
from crmtui.domain.workspace import Actor
from crmtui.errors import ConflictError, InvalidError
from crmtui.queries import delivery as queries, records as reading

TODAY = dt.date(2026, 3, 12)
CLI = Source.CLI
DAY = dt.timedelta(days=1)


@dataclass
class Desk:
    """An account with a person and a won opportunity, and another account."""

    path: Path
    account: int
    other: int
    me: int
    person: int
    deal: int

    def add(self, kind: type, **given: Any) -> Any:
        key = delivery.add(self.path, kind, given, CLI, TODAY)
        return self.get(kind, key)

    def get(self, kind: type, key: int) -> Any:
        return reading.get(self.path, kind, key)


@pytest.fixture(scope="module")
def made(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("delivery") / "team.db"
    shutil.copy2(template, path)
    account, other = (records.add(path, Account, {"name": name}, CLI) for name in ("Aurora", "Helios"))
    me = records.add(path, Actor, {"name": "Anna", "is_me": True}, CLI)
    person = records.add(path, Person, {"name": "Bianchi", "account_id": account}, CLI)
    won = {"stage": Stage.WON, "reason": "price", "lesson": "ask", "margin": 6_200_000, "closed_on": TODAY}
    deal = opportunities.add(path, {"name": "Line 4", "account_id": account, **won}, CLI, TODAY)
    return Desk(path, account, other, me, person, deal)


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    return replace(made, path=Path(shutil.copy2(made.path, tmp_path / "team.db")))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Promise, {"name": "Spare parts"}),
        (CustomerRequest, {"name": "Manuals"}),
        (Satisfaction, {"score": 9}),
    ],
)
def test_a_person_says_the_account_and_today_is_the_day(desk: Desk, kind: type, given: dict[str, Any]) -> None:
    found = desk.add(kind, person_id=desk.person, **given)
    assert found.account_id == desk.account
    assert TODAY in (getattr(found, name, None) for name in ("made_on", "received_on", "day"))


def test_what_belongs_to_another_account_is_refused(desk: Desk) -> None:
    project = desk.add(Project, account_id=desk.other, name="Pilot")
    for links in ({"project_id": project.id}, {"opportunity_id": desk.deal}):
        given = {"name": "Spare parts", "account_id": desk.other if "opportunity_id" in links else desk.account}
        with pytest.raises(InvalidError, match="another account"):
            desk.add(Promise, **given, **links)


def test_judgements_and_decisions_carry_their_day(desk: Desk) -> None:
    project = desk.add(Project, account_id=desk.account, name="Pilot", cooperation=3)
    assert (project.cooperation_on, project.owner_id) == (TODAY, desk.me)
    later = TODAY + dt.timedelta(days=9)
    delivery.edit(desk.path, Project, project.id, {"cooperation": 1}, CLI, later)
    assert desk.get(Project, project.id).cooperation_on == later
    delivery.edit(desk.path, Project, project.id, {"cooperation": None}, CLI, later)
    assert desk.get(Project, project.id).cooperation_on is None
    promise = desk.add(Promise, account_id=desk.account, name="Spare parts", kept=Kept.BROKEN)
    assert promise.ended_on == TODAY


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Project, {"name": "x", "starts_on": TODAY, "ends_on": TODAY - dt.timedelta(days=1)}),
        (CustomerRequest, {"name": "x", "answered_on": TODAY - dt.timedelta(days=1)}),
        (CustomerRequest, {"name": "x", "passed_on": TODAY - dt.timedelta(days=1)}),
    ],
)
def test_days_that_cannot_follow_each_other_are_refused_in_words(desk: Desk, kind: type, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidError, match="lies before"):
        desk.add(kind, account_id=desk.account, **given)


@pytest.mark.parametrize(
    ("kind", "given", "day"),
    [
        (Satisfaction, {"score": 9}, "day"),
        (Promise, {"name": "x", "kept": Kept.KEPT}, "ended_on"),
        (CustomerRequest, {"name": "x"}, "received_on"),
        (CustomerRequest, {"name": "x"}, "answered_on"),
        (Project, {"name": "x"}, "ended_on"),
    ],
)
def test_what_has_happened_is_not_of_a_day_that_is_still_to_come(
    desk: Desk, kind: type, given: dict[str, Any], day: str
) -> None:
    tomorrow = {day: TODAY + dt.timedelta(days=1)}
    with pytest.raises(InvalidError, match="still to come"):
        desk.add(kind, account_id=desk.account, **given, **tomorrow)
    made = desk.add(kind, account_id=desk.account, **given)
    with pytest.raises(InvalidError, match="still to come"):
        delivery.edit(desk.path, kind, made.id, tomorrow, CLI, TODAY)


def test_a_promise_that_was_due_already_was_made_on_a_day_that_nobody_knows(desk: Desk) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    late = desk.add(Promise, account_id=desk.account, name="Spare parts", due_on=yesterday)
    assert (late.made_on, late.due_on) == (None, yesterday)
    assert desk.add(Promise, account_id=desk.account, name="Training", due_on=TODAY).made_on == TODAY
    with pytest.raises(InvalidError, match="change one of the two"):
        desk.add(Promise, account_id=desk.account, name="Manuals", due_on=yesterday, made_on=TODAY)


def test_promises_are_settled_together_taken_up_again_and_undone(desk: Desk) -> None:
    keys = [desk.add(Promise, account_id=desk.account, name=name, notes="as said").id for name in "ab"]
    settling.settle(desk.path, keys, settling.Settled(Kept.PARTLY), CLI, TODAY)
    found = [desk.get(Promise, key) for key in keys]
    assert {(one.kept, one.ended_on, one.notes) for one in found} == {(Kept.PARTLY, TODAY, "as said")}
    settling.reopen(desk.path, Promise, keys[:1], CLI, TODAY)
    assert (desk.get(Promise, keys[0]).kept, desk.get(Promise, keys[0]).ended_on) == (None, None)
    history.undo(desk.path, CLI)
    history.undo(desk.path, CLI)
    assert {desk.get(Promise, key).kept for key in keys} == {None}


def test_a_project_keeps_the_day_it_ended_and_loses_it_when_it_goes_on(desk: Desk) -> None:
    key = desk.add(Project, account_id=desk.account, name="Line 4", starts_on=TODAY - DAY * 9).id

    def change(**given: Any) -> tuple[ProjectStatus, dt.date | None]:
        delivery.edit(desk.path, Project, key, given, CLI, TODAY)
        found = desk.get(Project, key)
        return found.status, found.ended_on

    yesterday = TODAY - DAY
    assert change(progress=90) == (ProjectStatus.RUNNING, None)
    assert change(progress=100) == (ProjectStatus.DONE, TODAY), "all of the work is done"
    assert change(ended_on=yesterday) == (ProjectStatus.DONE, yesterday), "the day can be mended"
    assert change(notes="well done") == (ProjectStatus.DONE, yesterday)
    settling.reopen(desk.path, Project, [key], CLI, TODAY)
    assert change(notes="not yet") == (ProjectStatus.RUNNING, None)
    assert change(ended_on=yesterday) == (ProjectStatus.DONE, yesterday), "what has ended is done"
    assert change(status=ProjectStatus.STOPPED) == (ProjectStatus.STOPPED, yesterday)
    assert change(status=ProjectStatus.PLANNED, progress=0) == (ProjectStatus.PLANNED, None)
    assert change(status=ProjectStatus.STOPPED) == (ProjectStatus.STOPPED, TODAY)
    with pytest.raises(InvalidError, match="what goes on has not ended"):
        change(status=ProjectStatus.RUNNING, ended_on=yesterday)
    with pytest.raises(InvalidError, match="Ended on: 2026-03-01 lies before “From”"):
        change(ended_on=dt.date(2026, 3, 1))
    over = desk.add(Project, account_id=desk.account, name="Line 1", status=ProjectStatus.DONE)
    assert over.ended_on is None, "nobody told when it was done: not today"


def test_a_request_is_passed_on_and_answered_but_not_before_it_came(desk: Desk) -> None:
    key = desk.add(CustomerRequest, person_id=desk.person, name="Manuals").id
    settling.pass_on(desk.path, [key], desk.me, None, CLI, TODAY)
    settling.answer(desk.path, [key], settling.Answered("sent"), CLI, TODAY)
    found = desk.get(CustomerRequest, key)
    assert (found.passed_to_id, found.passed_on, found.answered_on, found.answer) == (desk.me, TODAY, TODAY, "sent")
    with pytest.raises(InvalidError, match="lies before"):
        settling.answer(desk.path, [key], settling.Answered(day=TODAY - dt.timedelta(days=1)), CLI, TODAY)


def test_a_won_opportunity_begins_a_project_and_brings_what_was_promised(desk: Desk) -> None:
    promise = desk.add(Promise, opportunity_id=desk.deal, name="Spare parts")
    for need, benefit in (("stops", "-30 %"), ("parts", "Spare parts"), ("unclear", "")):
        line = {"opportunity_id": desk.deal, "need": need, "benefit": benefit}
        propositions.add(desk.path, line, CLI, TODAY)
    project_id = projects.begin(desk.path, desk.deal, CLI, TODAY, {"name": "Line 4, delivery"})
    project = desk.get(Project, project_id)
    assert (project.name, project.account_id, project.margin) == ("Line 4, delivery", desk.account, 6_200_000)
    carried = reading.belonging(desk.path, Promise, "project_id", project_id)
    assert [one.name for one in carried] == ["Spare parts", "-30 %"]
    assert carried[0].id == promise.id
    with pytest.raises(ConflictError, match="begun already"):
        projects.begin(desk.path, desk.deal, CLI, TODAY)
    history.undo(desk.path, CLI)
    assert [one.project_id for one in reading.belonging(desk.path, Promise, "opportunity_id", desk.deal)] == [None]


def test_no_project_begins_with_what_is_not_won(desk: Desk) -> None:
    key = records.add(desk.path, Opportunity, {"name": "Line 5", "account_id": desk.account}, CLI)
    with pytest.raises(ConflictError, match="won"):
        projects.begin(desk.path, key, CLI, TODAY)


def test_the_page_holds_the_figures_and_names_of_all(desk: Desk) -> None:
    project = desk.add(Project, account_id=desk.account, name="Pilot")
    records.add(desk.path, Competence, {"project_id": project.id, "name": "PLC", "actor_id": desk.me, "grade": 1}, CLI)
    desk.add(Promise, project_id=project.id, name="Spare parts", due_on=TODAY - dt.timedelta(days=1))
    kept = desk.add(Promise, project_id=project.id, name="Manuals", kept=Kept.KEPT)
    desk.add(Satisfaction, person_id=desk.person, score=10)
    desk.add(Satisfaction, person_id=desk.person, comment="quiet nights")
    page = queries.page(desk.path, desk.account, TODAY)
    assert page.promises.kept.value == 1
    assert page.promises.completeness == 0.5
    assert page.fates[kept.id] is Fate.KEPT
    assert page.satisfied().score == 100
    assert page.name("actor", page.competences(project)[0].actor_id) == "Anna"
    assert page.worth.figure.value is None
    assert page.record(Promise, kept.id) == kept
