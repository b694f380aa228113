"""Consent, method.md section 6: a channel that a person has refused cannot be planned, and the reason is told."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import contacts, people
from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.commands.workspace import create
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.words import ConsentState, ContactStatus
from crmtui.errors import ConflictError, InvalidError
from store_dump import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport

REASON = "Ferrari refused Call on 2026-03-02 (By e-mail please)"
FRIDAY = dt.date(2026, 3, 20)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    """Ferrari refuses calls."""
    found = begin(tmp_path)
    found.refuse(found.ferrari, "call", "By e-mail please")
    return found


def change_channel(desk: ContactDesk) -> None:
    mail = desk.plan("email", FRIDAY, [desk.ferrari])
    contacts.edit(desk.path, mail, {"channel_id": desk.channel("call")}, TUI)


def put_somebody_in(desk: ContactDesk) -> None:
    call = desk.plan("call", FRIDAY, [desk.conti])
    contacts.edit(desk.path, call, {}, TUI, persons=[desk.conti, desk.ferrari])


def open_by_edit(desk: ContactDesk) -> None:
    happened = desk.log("call", [desk.ferrari])
    contacts.edit(desk.path, happened, {"status": ContactStatus.PLANNED, "done_at": None}, TUI)


@pytest.mark.parametrize(
    "door",
    [lambda desk: desk.plan("call", FRIDAY, [desk.ferrari]), change_channel, put_somebody_in, open_by_edit],
)
def test_a_form_is_told_at_the_channel(desk: ContactDesk, door: Callable[[ContactDesk], Any]) -> None:
    with pytest.raises(InvalidError) as caught:
        door(desk)
    assert caught.value.fields == {"Channel": REASON}


def refused_since(desk: ContactDesk) -> int:
    """A call with Conti that was planned before Conti refused calls."""
    call = desk.plan("call", FRIDAY, [desk.conti])
    said = people.Said(desk.channel("call"), ConsentState.REFUSED, TODAY)
    people.set_consent(desk.path, desk.conti, said, TUI)
    return call


def test_what_was_planned_before_is_neither_moved_nor_planned_again(desk: ContactDesk) -> None:
    call = refused_since(desk)
    with pytest.raises(ConflictError) as moved:
        contacts.move(desk.path, [call], FRIDAY, TUI)
    assert moved.value.lines == ("Conti refused Call on 2026-03-12",)
    with pytest.raises(InvalidError):
        contacts.edit(desk.path, call, {"day": TODAY}, TUI)
    contacts.edit(desk.path, call, {"message": "sorry"}, TUI)
    contacts.cancel(desk.path, [call], TUI)
    with pytest.raises(ConflictError):
        contacts.reopen(desk.path, [call], TUI)


def test_what_happened_is_never_refused(desk: ContactDesk) -> None:
    call = desk.log("call", [desk.ferrari])
    contacts.edit(desk.path, call, {"day": TODAY, "outcome": "apologised"}, TUI, persons=[desk.ferrari, desk.conti])
    mail = desk.log("email", [desk.ferrari])
    contacts.edit(desk.path, mail, {"channel_id": desk.channel("call")}, TUI)
    late = refused_since(desk)
    contacts.done(desk.path, [late], "", TUI, dt.datetime(2026, 3, 20, tzinfo=dt.UTC))
    assert desk.get(late).status is ContactStatus.DONE


# By import


def exported(desk: ContactDesk, tmp_path: Path) -> list[dict[str, Any]]:
    target = tmp_path / "all.jsonl"
    export_to(desk.path, "all", Format.JSONL, target)
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()]


def brought(desk: ContactDesk, tmp_path: Path, rows: list[dict[str, Any]], *, skip: bool = False) -> ImportReport:
    file = tmp_path / "brought.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return import_files(desk.path, [file], ImportOptions(skip_rejected=skip))


def reasons(report: ImportReport) -> list[str]:
    return [problem.reason for file in report.files for problem in file.rejected]


def test_an_import_does_not_plan_it(desk: ContactDesk, tmp_path: Path) -> None:
    mail = desk.plan("email", FRIDAY, [desk.ferrari], message="figures")
    rows = exported(desk, tmp_path)
    call = next(row["uid"] for row in rows if row["type"] == "channel" and row["code"] == "call")
    contact = next(row for row in rows if row["type"] == "contact") | {"channel_uid": call, "message": "a new one"}
    report = brought(desk, tmp_path, [contact])
    assert (report.done, reasons(report)) == (False, [REASON])
    assert desk.get(mail).message == "figures"


def test_an_import_puts_nobody_into_what_is_not_wanted(desk: ContactDesk, tmp_path: Path) -> None:
    call = desk.plan("call", FRIDAY, [desk.conti])
    rows = exported(desk, tmp_path)
    ferrari = next(row["uid"] for row in rows if row.get("name") == "Ferrari")
    seat = next(row for row in rows if row["type"] == "contact_person") | {"uid": "", "person_uid": ferrari}
    assert reasons(brought(desk, tmp_path, [seat], skip=True)) == [REASON]
    assert desk.people(call) == [desk.conti]


def test_an_import_brings_a_new_one_without_who_refuses_it(desk: ContactDesk, tmp_path: Path) -> None:
    desk.plan("call", FRIDAY, [desk.conti])
    rows = exported(desk, tmp_path)
    ferrari = next(row["uid"] for row in rows if row.get("name") == "Ferrari")
    contact = next(row for row in rows if row["type"] == "contact") | {"uid": "another1"}
    seat = {"type": "contact_person", "uid": "another2", "contact_uid": "another1", "person_uid": ferrari}
    assert reasons(brought(desk, tmp_path, [contact, seat])) == [REASON]
    assert desk.count() == 1


def test_an_import_brings_history_and_what_was_there_before(desk: ContactDesk, tmp_path: Path) -> None:
    refused_since(desk)
    desk.log("call", [desk.ferrari])
    rows = exported(desk, tmp_path)
    assert not brought(desk, tmp_path, rows).rejected
    for entry in desk.all(ContactPerson):
        contacts.edit(desk.path, entry.contact_id, {}, TUI, persons=[])
    happened = [row for row in rows if row["type"] in ("contact", "contact_person")]
    happened = [row for row in happened if row.get("status") == "done" or "contact_uid" in row]
    report = brought(desk, tmp_path, happened, skip=True)
    assert reasons(report) == ["Conti refused Call on 2026-03-12"]
    assert [desk.people(one.id) for one in desk.all(Contact)].count([desk.ferrari]) == 1


def test_a_workspace_comes_back_with_what_was_planned_before_a_refusal(desk: ContactDesk, tmp_path: Path) -> None:
    refused_since(desk)
    file = tmp_path / "all.jsonl"
    export_to(desk.path, "all", Format.JSONL, file)
    create(tmp_path / "empty.db")
    report = import_files(tmp_path / "empty.db", [file], ImportOptions())
    assert (report.done, reasons(report)) == (True, [])
    there, here = dump(tmp_path / "empty.db"), dump(desk.path)
    assert len(there["contact_person"]) == len(here["contact_person"]) == 1
    assert len(there["consent"]) == len(here["consent"])
