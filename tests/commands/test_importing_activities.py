"""What exports of activities and notes become: contacts, actions and notes of whom they name, and never twice."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import contacts, history
from crmtui.commands.import_looking import look_over
from crmtui.commands.importing import FileMapping, ImportOptions, import_files
from crmtui.domain.words import Source
from crmtui.queries.brought import of_record
from store_dump import faults, query

if TYPE_CHECKING:
    from crmtui.commands.import_report import ImportReport

FILES = Path(__file__).parents[1] / "exchange" / "files"
NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
PIPEDRIVE = ("pipedrive_organizations.csv", "pipedrive_persons.csv", "pipedrive_deals.csv")
HUBSPOT = ("hubspot_companies.csv", "hubspot_contacts.csv", "hubspot_deals.csv")
SALESFORCE = ("salesforce_Account.csv", "salesforce_Contact.csv", "salesforce_Opportunity.csv")

CONTACTS = """SELECT c.day, c.time, h.code, c.status, c.message, c.outcome, c.hours, a.name, o.name, w.name,
    (SELECT group_concat(n.name) FROM contact_person cp JOIN person n ON n.id = cp.person_id WHERE cp.contact_id = c.id)
    FROM contact c JOIN channel h ON h.id = c.channel_id LEFT JOIN account a ON a.id = c.account_id
    LEFT JOIN opportunity o ON o.id = c.opportunity_id LEFT JOIN actor w ON w.id = c.actor_id ORDER BY c.day, c.id"""
ACTIONS = """SELECT c.name, c.due_on, c.done_on, c.lesson, a.name, o.name, w.name FROM plan_action c
    JOIN account a ON a.id = c.account_id LEFT JOIN opportunity o ON o.id = c.opportunity_id
    LEFT JOIN actor w ON w.id = c.owner_id ORDER BY c.id"""
NOTES = """SELECT n.day, n.text, a.name, p.name, o.name FROM note n LEFT JOIN account a ON a.id = n.account_id
    LEFT JOIN person p ON p.id = n.person_id LEFT JOIN opportunity o ON o.id = n.opportunity_id ORDER BY n.day, n.id"""
KEPT = """SELECT c.message, v.name, v.value, v.source FROM custom_value v JOIN contact c ON c.id = v.contact_id
    ORDER BY v.id"""


pytestmark = pytest.mark.usefixtures("rome")


def bring(workspace: Path, *names: str | Path, **more: Any) -> ImportReport:
    paths = [FILES / name if isinstance(name, str) else name for name in names]
    report = import_files(workspace, paths, ImportOptions(now=NOW, **more))
    assert not report.rejected, [problem for file in report.files for problem in file.rejected]
    return report


def counts(report: ImportReport) -> list[tuple[str, str, int, int]]:
    return [(file.title, file.table, file.new, file.updated) for file in report.files if file.table in TOLD]


TOLD = ("contact", "plan_action", "note")
SOUTHGATE, NORTHWIND, LAURA, JAMES = "Southgate Foods", "Northwind Mills", "Laura Bianchi", "James Otieno"


def test_activities_of_pipedrive(workspace: Path) -> None:
    report = bring(workspace, "pipedrive_activities.csv", *PIPEDRIVE)
    assert counts(report) == [
        ("pipedrive_activities.csv", "contact", 3, 0),
        ("pipedrive_activities.csv/to-dos", "plan_action", 1, 0),
    ]
    text = "Went well; price is open.\n\n- send the offer\nPlace: Via Roma 3"
    assert query(workspace, CONTACTS) == [
        ("2026-02-20", "12:30", "meeting", "done", "Lunch", "", 2.0, NORTHWIND, None, "Paul Brun", JAMES),
        ("2026-03-10", "09:00", "meeting", "done", "Pilot review", text, 1.5, SOUTHGATE, "Line 4", "Anna Verdi", LAURA),
        (
            *("2026-04-02", "", "call", "planned", "Ask for the figures", ""),
            *(0.3333, SOUTHGATE, "Line 4", "Paul Brun", LAURA),
        ),
    ]
    rest = "Bring the figures\n\nCreator: Carla Neri\nPriority: Low"
    assert query(workspace, ACTIONS) == [
        ("Prepare the slides", "2026-04-01", None, rest, NORTHWIND, None, "Paul Brun"),
    ]
    assert {row[1:] for row in query(workspace, KEPT) if row[0] == "Lunch"} == {
        ("Creator", "Paul Brun", "Pipedrive"),
        ("Deal", "A deal that is gone", "Pipedrive"),
        ("Deal ID", "99", "Pipedrive"),
    }
    assert query(workspace, "SELECT done_at FROM contact WHERE message = 'Lunch'") == [("2026-02-20T13:30:00.000000Z",)]
    assert faults(workspace) == []


def test_notes_of_pipedrive_are_notes(workspace: Path) -> None:
    bring(workspace, "pipedrive_notes.csv", *PIPEDRIVE)
    first, second = query(workspace, NOTES)
    assert first[0] == "2026-03-02"
    assert first[1].startswith("Likes data\nAsk for the pilot; see the page (https://southgate.example/pilot)\n\n")
    assert "User: Anna Verdi" in first[1]
    assert "Note is pinned to deal: Yes" in first[1]
    assert first[2:] == (SOUTHGATE, LAURA, "Line 4")
    assert second[2:] == (NORTHWIND, JAMES, None)


def test_a_report_of_salesforce(workspace: Path) -> None:
    report = bring(workspace, "salesforce_activities_report.csv", *SALESFORCE)
    assert [(row[0], *row[2:5], *row[6:]) for row in query(workspace, CONTACTS)] == [
        ("2026-03-10", "call", "done", "Call", 0.5, SOUTHGATE, "Line 4", "Anna Verdi", LAURA),
        ("2026-03-11", "call", "planned", "Call", 0.5, SOUTHGATE, None, "Anna Verdi", LAURA),
        ("2026-03-12", "email", "done", "Email: Offer", 0.3, NORTHWIND, None, "Paul Brun", JAMES),  # due on the 25th
        ("2026-03-20", "meeting", "planned", "Site visit", 2.5, SOUTHGATE, None, "Anna Verdi", "Gino Conti"),
    ]
    assert query(workspace, ACTIONS) == [
        (
            "Send Quote",
            "2026-04-15",
            None,
            "Priority: High\n\nContact: Laura Bianchi",
            SOUTHGATE,
            "Line 4",
            "Anna Verdi",
        )
    ]
    assert ("Call", "Related To", "A deal nobody knows", "Salesforce") in query(workspace, KEPT)
    assert "Column Date: dates read day first." in [note for file in report.files for note in file.notes]
    assert not bring(workspace, "salesforce_activities_report.csv").done  # it has no keys, and comes but once
    ((contact_id,),) = query(workspace, "SELECT id FROM contact WHERE message = 'Site visit'")
    assert of_record(workspace, "contact", contact_id).keys == ()


def test_the_data_export_of_salesforce(workspace: Path) -> None:
    files = ("salesforce_Task.csv", "salesforce_Event.csv", "salesforce_Note.csv", *SALESFORCE)
    report = bring(workspace, *files)
    assert [(row[:5], *row[6:9], row[10]) for row in query(workspace, CONTACTS)] == [
        (("2026-03-05", "", "email", "done", "Email: hello"), 0.3, NORTHWIND, None, None),
        (("2026-03-10", "", "call", "done", "About the price"), 0.25, SOUTHGATE, "Line 4", LAURA),
        (("2026-03-12", "00:30", "meeting", "done", "Pilot review"), 1.5, SOUTHGATE, "Line 4", LAURA),
        (("2026-05-04", "09:00", "meeting", "planned", "Contract"), 1.0, SOUTHGATE, None, LAURA),
    ]
    assert [row[:3] for row in query(workspace, ACTIONS)] == [("Prepare the contract", "2026-04-10", None)]
    assert ("Email: hello", "WhoId", "0035g00000Zz9zZAAZ", "Salesforce") in query(workspace, KEPT)
    told = [(row[0], row[1].partition("\n\n")[0], *row[2:]) for row in query(workspace, NOTES)]
    assert told == [
        ("2026-03-02", "Budget\nThey decide in May", SOUTHGATE, None, "Line 4"),
        ("2026-03-03", "Likes data", SOUTHGATE, LAURA, None),
    ]
    deleted = "1 row is deleted there and was left out."
    assert [file.title for file in report.files if deleted in file.notes and file.table == "contact"] == [
        "salesforce_Task.csv"
    ]


def test_activities_of_hubspot(workspace: Path) -> None:
    activities = ("calls", "meetings", "tasks", "emails", "notes")
    bring(workspace, *(f"hubspot_{name}.csv" for name in activities), *HUBSPOT)
    both, mail = f"{LAURA},{JAMES}", "Dear Laura,\n\nthe offer…"
    assert [(row[:6], *row[6:]) for row in query(workspace, CONTACTS)] == [
        (
            ("2026-03-04", "09:00", "meeting", "cancelled", "Kick-off", ""),
            *(1.0, SOUTHGATE, "Line 4", "Anna Verdi", both),
        ),
        (
            ("2026-03-06", "17:45", "email", "done", "The offer", mail),
            *(0.3, SOUTHGATE, "Line 4", "anna@ours.example", both),
        ),
        (
            ("2026-03-09", "11:00", "call", "done", "Call about the contract", ""),
            *(0.5, SOUTHGATE, "Line 4", "Paul Brun", both),
        ),
        (
            ("2026-03-10", "14:30", "call", "done", "About the price", "Open point: price"),
            *(0.2083, SOUTHGATE, "Line 4", "Anna Verdi", both),
        ),
        (("2026-03-11", "09:00", "call", "cancelled", "Again", ""), 0.5, SOUTHGATE, "Line 4", "Anna Verdi", both),
        (
            ("2026-04-02", "09:00", "meeting", "planned", "Pilot review", "Agenda: results\nPlace: Via Roma 3"),
            *(1.5, SOUTHGATE, "Line 4", "Anna Verdi", both),
        ),
    ]
    kept = query(workspace, KEPT)
    assert ("Again", "Call status", "No answer", "HubSpot") in kept
    assert ("Pilot review", "Internal notes", "They doubt the price", "HubSpot") in kept
    told = "Two copies\n\nPriority: HIGH\n\nAssociated Contact: Laura Bianchi, James Otieno"
    assert query(workspace, ACTIONS) == [
        ("Send the contract", "2026-04-07", None, told, SOUTHGATE, "Line 4", "Anna Verdi")
    ]
    assert query(workspace, NOTES) == [
        ("2026-03-02", "Decides in May\n\nActivity assigned to: Anna Verdi", SOUTHGATE, LAURA, "Line 4")
    ]


def test_activities_in_italian_are_told_by_the_meaning_of_their_columns(workspace: Path) -> None:
    report = bring(workspace, "attivita.csv")
    assert report.files[0].program == ""
    assert [row[:7] for row in query(workspace, CONTACTS)] == [
        ("2026-02-28", "09:30", "meeting", "done", "Prova in stabilimento", "Prezzo da rivedere", 2.0),
        ("2026-04-02", "", "call", "planned", "Offerta", "", 0.5),
    ]
    assert [row[:4] for row in query(workspace, ACTIONS)] == [("Contratto", "2026-03-12", None, "Colore: blu")]
    assert query(workspace, KEPT) == [("Prova in stabilimento", "Colore", "rosso", "attivita.csv")]
    assert query(workspace, "SELECT name FROM account") == [(SOUTHGATE,)]


def test_the_same_files_again_change_nothing_and_what_changed_there_comes_along(
    workspace: Path, tmp_path: Path
) -> None:
    files = ("pipedrive_activities.csv", "pipedrive_notes.csv")
    bring(workspace, *files, *PIPEDRIVE)
    assert not bring(workspace, *files).done
    later = (FILES / files[0]).read_text("utf-8").replace("call,To do,", "call,Done,2026-03-11 16:00:00")
    later = later.replace("2026-03-11 16:00:00,,Southgate", "2026-03-11 16:00:00,Southgate")
    (tmp_path / files[0]).write_text(later, "utf-8")
    report = bring(workspace, tmp_path / files[0])
    assert counts(report)[0] == (files[0], "contact", 0, 1)
    assert query(workspace, "SELECT day, status FROM contact WHERE message = 'Ask for the figures'") == [
        ("2026-03-11", "done")
    ]


def test_what_is_done_was_done_on_its_day_or_after(workspace: Path, tmp_path: Path) -> None:
    table = tmp_path / "tasks.csv"
    head = "Activity ID,Subject,Task/Event Record Type,Type,Due Date,Completed Date,Status,Company / Account\n"

    def told(*days: str) -> list[Any]:
        rows = (f"00T{number},{number},Task,Call,{dates},Completed,Helios" for number, dates in enumerate(days))
        table.write_text(head + "\n".join(rows), "utf-8")
        bring(workspace, table)
        return query(workspace, "SELECT day, time, status, datetime(done_at, '+59 minutes') FROM contact ORDER BY id")

    # Done after it was due, before, due later and done by now, done on the day that it was due.
    assert told("2026-03-01,2026-03-05", "2026-03-10,2026-03-05", "2026-03-25,", "2026-03-02,") == [
        ("2026-03-05", "", "done", "2026-03-05 23:59:00"),
        ("2026-03-05", "", "done", "2026-03-05 23:59:00"),
        ("2026-03-12", "", "done", "2026-03-12 12:59:00"),
        ("2026-03-02", "", "done", "2026-03-02 23:59:00"),
    ]
    assert told("2026-03-01,2026-03-06", "2026-03-10,2026-03-04", "2026-03-26,", "2026-03-08,") == [
        ("2026-03-06", "", "done", "2026-03-06 23:59:00"),
        ("2026-03-04", "", "done", "2026-03-05 23:59:00"),
        ("2026-03-12", "", "done", "2026-03-12 12:59:00"),
        ("2026-03-08", "", "done", "2026-03-08 23:59:00"),
    ]


def test_what_was_changed_by_hand_stays(workspace: Path) -> None:
    bring(workspace, "pipedrive_activities.csv", *PIPEDRIVE)
    ((contact_id,),) = query(workspace, "SELECT id FROM contact WHERE message = 'Pilot review'")
    contacts.edit(workspace, contact_id, {"message": "Mine"}, Source.CLI)
    report = bring(workspace, "pipedrive_activities.csv")
    assert (report.files[0].updated, report.files[0].kept) == (0, 1)


def test_undo_takes_all_back(workspace: Path) -> None:
    bring(workspace, *PIPEDRIVE)
    tables = ("contact", "contact_person", "plan_action", "note", "custom_value", "external_identity", "actor")
    before = [query(workspace, f"SELECT * FROM {table} ORDER BY id") for table in tables]
    bring(workspace, "pipedrive_activities.csv", "pipedrive_notes.csv")
    history.undo(workspace, Source.CLI)
    assert [query(workspace, f"SELECT * FROM {table} ORDER BY id") for table in tables] == before


def test_activities_that_come_before_their_people_are_theirs(workspace: Path) -> None:
    bring(workspace, "pipedrive_notes.csv")
    report = bring(workspace, *PIPEDRIVE)
    assert [(file.table, file.new) for file in report.files] == [("account", 1), ("person", 0), ("opportunity", 3)]
    assert query(workspace, "SELECT count(*) FROM person") == [(2,)]


def test_one_activity_with_several_rows_is_one_with_several_people(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    head = "Activity ID,Subject,Date,Status,Assigned,Contact,Company / Account,Task,Event\n"
    rows = "".join(f"77,Meeting,2026-03-10,Completed,Anna,{name},Helios,0,1\n" for name in ("Laura", "Gino", "Laura"))
    path.write_text(head + rows, "utf-8")
    for _time in range(2):
        report = bring(workspace, path)
        assert report.files[0].rows == 3
        assert query(workspace, CONTACTS)[0][-1] == "Laura,Gino"
    assert not report.done


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Call,To do,Helios", "it does not say when"),
        ("31.02.2026,Call,To do,Helios", "does not exist"),
        ("2026-03-10,,To do,Helios", "there is nothing in it"),
    ],
)
def test_rows_that_say_too_little_are_refused(workspace: Path, tmp_path: Path, row: str, why: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"Date,Subject,Status,Company\n2026-03-01,Hello,Done,Helios\n{row}\n", "utf-8")
    report = import_files(workspace, [path], ImportOptions(now=NOW, files={path.name: FileMapping(kind="contact")}))
    (problem,) = report.files[0].rejected
    assert why in problem.reason
    assert problem.line == 3
    assert problem.values
    assert not report.done


def test_a_channel_that_somebody_refused_is_not_planned(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, *PIPEDRIVE)
    path = tmp_path / "activities.csv"
    text = (FILES / "pipedrive_activities.csv").read_text("utf-8").replace(",call,To do", ",email,To do")
    path.write_text(text, "utf-8")
    report = import_files(workspace, [path], ImportOptions(now=NOW))
    assert "Laura Bianchi refused E-mail" in report.files[0].rejected[0].reason


def test_what_names_nobody_is_passed_over_and_told(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Date,Subject,Status,Company\n2026-03-01,Hello,Done,Helios\n2026-03-02,Dentist,Done,\n", "utf-8")
    report = bring(workspace, path)
    assert report.files[0].new == 1
    told = "1 entry has to do with nobody here and was passed over: “Dentist”"
    assert told in report.files[0].notes


def test_how_such_files_are_read_is_shown_before(workspace: Path) -> None:
    look, *_ = look_over(workspace, [FILES / "hubspot_calls.csv"], {}, today=NOW.date()).files
    assert (look.table, look.program, look.problem) == ("contact", "HubSpot", "")
    assert {guess.header: guess.field for guess in look.columns}["Associated Contact IDs"] == "people_key"


def test_two_people_of_one_name_are_told_apart_by_their_account(workspace: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name,Company\nLaura Rossi,Helios\nLaura Rossi,Aurora\n", "utf-8")
    calls = tmp_path / "calls.csv"
    calls.write_text("Date,Subject,Company,Contact\n2026-03-01,Hello,Aurora,Laura Rossi\n", "utf-8")
    bring(workspace, people, calls)
    assert query(workspace, "SELECT count(*) FROM person") == [(2,)]
    asked = """SELECT a.name FROM contact_person c JOIN person p ON p.id = c.person_id
        JOIN account a ON a.id = p.account_id"""
    assert query(workspace, asked) == [("Aurora",)]


def test_the_file_with_the_outcome_of_each_row_knows_them(workspace: Path, tmp_path: Path) -> None:
    shutil.copy2(FILES / "pipedrive_activities.csv", tmp_path / "a.csv")
    report = bring(workspace, tmp_path / "a.csv", is_traced=True)
    ended = [(line, outcome.value, name) for line, outcome, _id, name, _uid in report.files[0].outcomes or ()]
    assert ended == [(2, "new", "Pilot review"), (3, "new", "Ask for the figures"), (5, "new", "Lunch")]
    assert not [note for note in report.files[0].notes if "Column Note" in note]  # a text, and no word of ours
    notes = bring(workspace, "pipedrive_notes.csv", is_traced=True).files[0].outcomes
    assert [name for *_more, name, _uid in notes or ()][1] == "Moved to Nairobi"


def test_a_task_is_done_when_it_was_due_and_tells_whom_it_is_about(workspace: Path, tmp_path: Path) -> None:
    text = """Subject,Priority,Related To,Comments,Due Date Only,Status,Assigned,Contact,Company / Account,Task
Sent brochure,Normal,Line 4,hello,13/02/2025,Completed,Anna Bini,Hans Mueller,Helios GmbH,1
Prepare offer,High,Line 4,text,13/02/2027,Completed,Anna Bini,Hans Mueller,Helios GmbH,1
"""
    (tmp_path / "tasks.csv").write_text(text, "utf-8")
    for _time in range(2):
        bring(workspace, tmp_path / "tasks.csv")
        found = query(workspace, ACTIONS)
        assert [row[1:3] for row in found] == [("2025-02-13", "2025-02-13"), ("2027-02-13", "2026-03-12")]
        assert all("Contact: Hans Mueller" in row[3] for row in found)
