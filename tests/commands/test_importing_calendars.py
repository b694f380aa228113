"""Importing calendars: contacts and actions of whom the workspace knows, brought up to date and never doubled."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import re
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import contacts, people
from crmtui.commands.exporting import Format, export_to
from crmtui.commands.import_results import write_results
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.commands.people import Said
from crmtui.domain.words import ConsentState, Source
from crmtui.errors import UsageError
from store_dump import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport

    Brought = Callable[..., ImportReport]

NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
PEOPLE = """Name,Company,Email
Laura Bianchi,Helios,laura@helios.example
Dario Conti,Helios,dario@helios.example
Anna Verdi,Aurora,anna@aurora.example
"""


pytestmark = pytest.mark.usefixtures("rome")


@pytest.fixture
def team(workspace: Path, tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    import_files(workspace, [path], ImportOptions())
    return workspace


@pytest.fixture
def brought(team: Path, tmp_path: Path) -> Brought:
    def bring(*entries: str, **options: Any) -> ImportReport:
        path = tmp_path / "a.ics"
        path.write_text("BEGIN:VCALENDAR\n" + "".join(entries) + "END:VCALENDAR\n", "utf-8")
        return import_files(team, [path], ImportOptions(now=options.pop("now", NOW), **options))

    return bring


def event(*lines: str, uid: str = "1", kind: str = "VEVENT") -> str:
    return "\n".join([f"BEGIN:{kind}", f"UID:{uid}", *lines, f"END:{kind}"]) + "\n"


LAURA = "ATTENDEE;CN=Laura:mailto:Laura@helios.example"
PAST = ("DTSTART:20260310T080000Z", "DTEND:20260310T093000Z", "SUMMARY:Pilot review", LAURA, "DESCRIPTION:Went well")
COMING = ("DTSTART:20260401T070000Z", "SUMMARY:Offer", "LOCATION:Microsoft Teams", LAURA)
CONTACTS = """SELECT c.day, c.time, h.code, c.status, c.message, c.outcome, c.hours, a.name,
    (SELECT group_concat(n.name) FROM contact_person cp JOIN person n ON n.id = cp.person_id WHERE cp.contact_id = c.id)
    FROM contact c JOIN channel h ON h.id = c.channel_id JOIN account a ON a.id = c.account_id ORDER BY c.id"""


def test_what_is_over_was_done_and_what_comes_is_planned(team: Path, brought: Brought) -> None:
    report = brought(event(*PAST), event(*COMING, uid="2"))
    assert [(file.table, file.new) for file in report.files] == [("contact", 2)]
    assert query(team, CONTACTS) == [
        ("2026-03-10", "09:00", "meeting", "done", "Pilot review", "Went well", 1.5, "Helios", "Laura Bianchi"),
        ("2026-04-01", "09:00", "video", "planned", "Offer", "Place: Microsoft Teams", 1.0, "Helios", "Laura Bianchi"),
    ]
    assert query(team, "SELECT done_at FROM contact ORDER BY id") == [("2026-03-10T09:30:00.000000Z",), (None,)]


def test_the_same_calendar_again_changes_nothing_and_what_moved_is_moved(team: Path, brought: Brought) -> None:
    brought(event(*PAST), event(*COMING, uid="2"))
    assert not brought(event(*PAST), event(*COMING, uid="2")).done
    later = COMING[0].replace("0401T07", "0402T10")
    dario = "ATTENDEE:mailto:dario@helios.example"
    report = brought(event(*PAST, "STATUS:CANCELLED"), event(later, *COMING[1:], dario, uid="2"))
    assert report.files[0].updated == 2
    assert query(team, "SELECT day, time, status, done_at FROM contact ORDER BY id") == [
        ("2026-03-10", "09:00", "cancelled", None),
        ("2026-04-02", "12:00", "moved", None),
    ]
    assert query(team, CONTACTS)[1][-1] == "Laura Bianchi,Dario Conti"
    brought(event(later, *COMING[1:], "STATUS:CANCELLED", uid="2"))
    assert query(team, "SELECT status FROM contact WHERE day = '2026-04-02'") == [("cancelled",)]


def test_what_comes_is_done_when_it_is_over(team: Path, brought: Brought) -> None:
    brought(event(*COMING))
    assert brought(event(*COMING), now=NOW + dt.timedelta(days=30)).files[0].updated == 1
    assert query(team, "SELECT status, done_at FROM contact") == [("done", "2026-04-01T07:00:00.000000Z")]


def test_what_was_over_and_is_moved_was_done_on_its_new_day_or_has_not_been_yet(team: Path, brought: Brought) -> None:
    brought(event(*PAST))
    told = "SELECT day, status, done_at FROM contact"
    brought(event(*(line.replace("20260310", "20260311") for line in PAST)))
    assert query(team, told) == [("2026-03-11", "done", "2026-03-11T09:30:00.000000Z")]
    brought(event(*(line.replace("20260310", "20260320") for line in PAST)))
    assert query(team, told) == [("2026-03-20", "moved", None)]


def test_what_was_done_by_hand_stays_so_whatever_is_overwritten(team: Path, brought: Brought) -> None:
    brought(event(*COMING))
    ((contact_id,),) = query(team, "SELECT id FROM contact")
    contacts.done(team, [contact_id], "went well", Source.CLI, NOW)
    brought(event(*COMING, "DESCRIPTION:Theirs"), existing=Existing.OVERWRITE)
    assert query(team, "SELECT day, status FROM contact") == [("2026-03-12", "done")]


def test_a_calendar_of_ours_that_puts_off_what_was_done_plans_it_again(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.ics"
    export_to(filled, "plans", Format.ICS, target)
    ((uid, day),) = query(filled, "SELECT uid, day FROM contact WHERE status = 'done' AND plan_id NOT NULL LIMIT 1")
    before, rest = target.read_text("utf-8").split(f"UID:{uid}@crmtui")
    entry, end, after = rest.partition("END:VEVENT")
    moved = re.sub(rf"DTSTART(.*){day.replace('-', '')}", r"DTSTART\g<1>20991201", entry)
    moved = re.sub(r"LAST-MODIFIED:.*", "LAST-MODIFIED:20990101T000000Z", moved)
    target.write_text(f"{before}UID:{uid}@crmtui{moved}{end}{after}", "utf-8")
    import_files(filled, [target], ImportOptions())
    assert query(filled, f"SELECT day, status FROM contact WHERE uid = '{uid}'") == [("2099-12-01", "moved")]


def test_the_later_word_counts_once_somebody_has_changed_it_by_hand(team: Path, brought: Brought) -> None:
    old = "LAST-MODIFIED:20200101T000000Z"
    brought(event(*COMING, old))
    ((contact_id,),) = query(team, "SELECT id FROM contact")
    contacts.edit(team, contact_id, {"message": "Mine"}, Source.CLI)
    report = brought(event(*COMING, old))
    assert (report.files[0].updated, report.files[0].kept) == (0, 1)
    assert brought(event(*COMING, old), existing=Existing.OVERWRITE).files[0].updated == 1
    contacts.edit(team, contact_id, {"message": "Mine"}, Source.CLI)
    assert brought(event(*COMING, "LAST-MODIFIED:20990101T000000Z")).files[0].updated == 1
    assert brought(event(*COMING, "SUMMARY:x", old), existing=Existing.SKIP).files[0].updated == 0


def test_what_has_to_do_with_nobody_here_is_passed_over_and_told(team: Path, brought: Brought) -> None:
    strangers = [event("DTSTART:20260401", f"SUMMARY:Dentist {uid}", uid=f"s{uid}") for uid in range(7)]
    called_off = event(*COMING, "STATUS:CANCELLED", uid="c")
    by_category = event("DTSTART:20260401", "SUMMARY:Visit", "CATEGORIES:Trips,AURORA", uid="k")
    by_title = event("DTSTART:20260402", "SUMMARY:Helios: visit", uid="t")
    report = brought(*strangers, called_off, by_category, by_title)
    assert report.files[0].new == 2
    assert [row[7] for row in query(team, CONTACTS)] == ["Aurora", "Helios"]
    off, note = [note for note in report.files[0].notes if "passed over" in note]
    assert off == "1 entry was called off before it was ever here, and was passed over"
    assert note.startswith("7 entries have to do with nobody here and were passed over: “Dentist 0”, “Dentist 1”")
    assert note.endswith("…")


def test_a_channel_that_somebody_refused_is_not_planned(team: Path, brought: Brought) -> None:
    ((video,),) = query(team, "SELECT id FROM channel WHERE code = 'video'")
    said = Said(video, ConsentState.REFUSED, dt.date(2026, 1, 1))
    people.add(team, {"name": "Eva", "emails": "eva@helios.example"}, Source.CLI, consents=[said])
    eva = "ATTENDEE:mailto:eva@helios.example"
    report = brought(event(*COMING, eva))
    assert "Eva refused Video call" in report.files[0].rejected[0].reason
    assert not report.done


def test_what_was_planned_before_the_channel_was_refused_still_moves(team: Path, brought: Brought) -> None:
    brought(event(*COMING))
    ((laura,),) = query(team, "SELECT id FROM person WHERE name = 'Laura Bianchi'")
    ((video,),) = query(team, "SELECT id FROM channel WHERE code = 'video'")
    said = Said(video, ConsentState.REFUSED, dt.date(2026, 3, 1))
    people.edit(team, laura, {}, Source.CLI, consents=[said])
    report = brought(event(COMING[0].replace("0401", "0402"), *COMING[1:]))
    assert (report.files[0].updated, report.files[0].rejected) == (1, [])
    assert query(team, "SELECT day FROM contact") == [("2026-04-02",)]


def test_to_dos_become_actions(team: Path, brought: Brought) -> None:
    todo = partial(event, kind="VTODO")
    completed = ("STATUS:COMPLETED", "COMPLETED:20260302T100000Z")
    entries = [
        todo("SUMMARY:Send offer", "DUE;VALUE=DATE:20260401", "CATEGORIES:Helios", "DESCRIPTION:Two lines"),
        todo("SUMMARY:Helios: call back", "DUE:20260301", *completed, uid="2"),
        todo("SUMMARY:Buy milk", uid="3"),
        todo("CATEGORIES:Helios", uid="4"),
    ]
    report = brought(*entries, skip_rejected=True)
    assert [(file.title, file.table, file.new, len(file.rejected)) for file in report.files] == [
        ("a.ics/to-dos", "plan_action", 2, 1)
    ]
    told = "SELECT name, due_on, done_on, lesson FROM plan_action ORDER BY id"
    assert query(team, told) == [
        ("Send offer", "2026-04-01", None, "Two lines"),
        ("Helios: call back", "2026-03-01", "2026-03-02", ""),
    ]
    done = entries[0].replace("CATEGORIES", "STATUS:COMPLETED\nCATEGORIES").replace("20260401", "20260402")
    assert brought(done).files[0].updated == 1
    assert query(team, told)[0][1:3] == ("2026-04-02", "2026-03-12")
    off = todo("SUMMARY:Visit", "DUE:20260501", "CATEGORIES:Helios", uid="9")
    brought(off)
    called_off = off.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")
    brought(called_off)
    assert not brought(called_off, done, now=NOW + dt.timedelta(days=9)).done  # the day on which it ended stays
    assert query(team, "SELECT done_on, achieved FROM plan_action WHERE name = 'Visit'") == [("2026-03-12", "not")]


def test_a_series_is_several_contacts_and_never_twice(team: Path, brought: Brought) -> None:
    series = event("DTSTART:20260301T080000Z", "RRULE:FREQ=WEEKLY;COUNT=5", LAURA, "SUMMARY:Weekly")
    assert brought(series).files[0].new == 5
    assert not brought(series).done
    assert query(team, "SELECT status, count(*) FROM contact GROUP BY status ORDER BY 1") == [
        ("done", 2),
        ("planned", 3),
    ]


def test_what_is_none_of_a_series_any_more_is_called_off(team: Path, brought: Brought) -> None:
    weekly = ("DTSTART:20260304T080000Z", "RRULE:FREQ=WEEKLY;COUNT=6", LAURA, "SUMMARY:Weekly")
    brought(event(*weekly), event(*COMING, uid="2"))
    left = "SELECT day, status FROM contact WHERE message = 'Weekly' ORDER BY id"
    ((moved_id,),) = query(team, "SELECT id FROM contact WHERE day = '2026-04-08'")
    contacts.edit(team, moved_id, {"message": "Mine"}, Source.CLI)
    shorter = event(*weekly, "EXDATE:20260318T080000Z").replace("COUNT=6", "COUNT=4")
    report = brought(shorter, event(*COMING, uid="2"))
    assert (report.files[0].updated, report.files[0].unchanged) == (2, 4)
    assert query(team, left) == [
        ("2026-03-04", "done"),
        ("2026-03-11", "done"),
        ("2026-03-18", "cancelled"),
        ("2026-03-25", "planned"),
        ("2026-04-01", "cancelled"),
    ]
    assert query(team, f"SELECT status FROM contact WHERE id = {moved_id}") == [("planned",)]  # by hand, and later
    assert not brought(shorter, event(*COMING, uid="2")).done


def test_one_of_a_series_alone_calls_off_nothing(team: Path, brought: Brought) -> None:
    brought(event("DTSTART:20260304T080000Z", "RRULE:FREQ=WEEKLY;COUNT=6", LAURA, "SUMMARY:Weekly"))
    moved = event("RECURRENCE-ID:20260325T080000Z", "DTSTART:20260326T080000Z", LAURA, "SUMMARY:Weekly")
    assert brought(moved).files[0].updated == 1
    assert query(team, "SELECT status, count(*) FROM contact GROUP BY 1 ORDER BY 1") == [
        ("done", 2),
        ("moved", 1),
        ("planned", 3),
    ]


def test_a_series_that_is_gone_altogether_is_called_off(team: Path, brought: Brought) -> None:
    weekly = ("DTSTART:20260304T080000Z", "RRULE:FREQ=WEEKLY", LAURA, "SUMMARY:Weekly")
    brought(event(*weekly))
    ended = event(*weekly).replace("WEEKLY", "WEEKLY;UNTIL=20260311T080000Z")
    assert brought(ended).done
    assert query(team, "SELECT status, count(*) FROM contact GROUP BY 1") == [("cancelled", 13), ("done", 2)]


def test_to_dos_that_come_again_are_several_actions(team: Path, brought: Brought) -> None:
    monthly = ("DUE;VALUE=DATE:20250930", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "CATEGORIES:Helios", "SUMMARY:Report")
    series = event(*monthly, kind="VTODO")
    assert brought(series).files[0].new == 4
    assert not brought(series).done
    told = "SELECT due_on, done_on FROM plan_action ORDER BY due_on"
    due = ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert query(team, told) == [(day, None) for day in due]
    done = event(
        *("RECURRENCE-ID;VALUE=DATE:20260228", "DUE;VALUE=DATE:20260228", "COMPLETED:20260301T090000Z"),
        *("SUMMARY:Report", "CATEGORIES:Helios"),
        kind="VTODO",
    )
    assert brought(series, done, now=NOW + dt.timedelta(days=30)).files[0].updated == 1
    assert query(team, told) == [(due[0], "2026-03-01"), *[(day, None) for day in (*due[1:], "2026-06-30")]]


def test_a_calendar_of_ours_comes_back_and_takes_changes_in(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.ics"
    count = export_to(filled, "all", Format.ICS, target)
    before = query(filled, "SELECT uid FROM contact"), query(filled, "SELECT uid FROM plan_action")
    assert count == len(before[0]) + len(before[1])
    report = import_files(filled, [target], ImportOptions(now=NOW))
    assert (report.done, report.rejected) == (False, 0)
    assert sum(file.unchanged for file in report.files) == count
    text = target.read_bytes().decode().replace("\r\n ", "")
    assert text.count("ATTENDEE") == 0
    uid, day = query(filled, "SELECT uid, day FROM contact WHERE status = 'planned' AND time <> '' LIMIT 1")[0]
    entry = text[text.index(f"UID:{uid}@crmtui") :].partition("END:VEVENT")[0]
    changed = entry.replace(day.replace("-", ""), "20260707").replace("LAST-MODIFIED:2", "LAST-MODIFIED:3")
    target.write_text(text.replace(entry, changed), "utf-8", newline="")
    assert import_files(filled, [target], ImportOptions(now=NOW)).files[0].updated == 1
    assert query(filled, f"SELECT day, status FROM contact WHERE uid = '{uid}'") == [("2026-07-07", "moved")]
    assert query(filled, "SELECT uid FROM contact") == before[0]


def test_a_calendar_that_was_overtaken_takes_nothing_back(filled: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.ics", tmp_path / "new.ics"
    export_to(filled, "all", Format.ICS, old)
    text = old.read_bytes().decode()
    uid, day = query(filled, "SELECT uid, day FROM contact WHERE status = 'planned' LIMIT 1")[0]
    entry = text[text.index(f"UID:{uid}@crmtui") :].partition("END:VEVENT")[0]
    number = int(entry.partition("SEQUENCE:")[2].split()[0])
    changed = entry.replace(f"SEQUENCE:{number}", f"SEQUENCE:{number + 1}").replace(
        "LAST-MODIFIED:2", "LAST-MODIFIED:3"
    )
    new.write_text(text.replace(entry, changed.replace(day.replace("-", ""), "20260707")), "utf-8", newline="")
    assert import_files(filled, [new], ImportOptions(now=NOW)).files[0].updated == 1
    report = import_files(filled, [old], ImportOptions(now=NOW)).files[0]
    assert (report.updated, report.kept) == (0, 1)
    assert query(filled, f"SELECT day FROM contact WHERE uid = '{uid}'") == [("2026-07-07",)]
    assert import_files(filled, [old], ImportOptions(now=NOW, existing=Existing.OVERWRITE)).files[0].updated == 1


def test_a_change_elsewhere_is_not_overtaken_by_a_name_that_changed_here(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.ics"
    export_to(filled, "all", Format.ICS, target)
    text = target.read_bytes().decode()
    uid, day, person_id = query(
        filled,
        """SELECT c.uid, c.day, cp.person_id FROM contact c JOIN contact_person cp ON cp.contact_id = c.id
        WHERE c.status = 'planned' LIMIT 1""",
    )[0]
    with contextlib.closing(sqlite3.connect(filled)) as connection:  # it was made a while ago, by an import
        connection.execute("UPDATE change_set SET at = '2026-03-12T08:00:00.000000Z', source = 'import'")
        connection.commit()
    people.edit(filled, person_id, {"name": "Somebody Else"}, Source.CLI)
    entry = text[text.index(f"UID:{uid}@crmtui") :].partition("END:VEVENT")[0]
    number = int(entry.partition("SEQUENCE:")[2].split()[0])
    moved = entry.replace(day.replace("-", ""), "20260707").replace(f"SEQUENCE:{number}", f"SEQUENCE:{number + 1}")
    target.write_text(text.replace(entry, moved), "utf-8", newline="")
    assert import_files(filled, [target], ImportOptions(now=NOW)).files[0].updated == 1
    assert query(filled, f"SELECT day FROM contact WHERE uid = '{uid}'") == [("2026-07-07",)]


def test_the_number_of_an_entry_grows_with_each_change(team: Path, brought: Brought, tmp_path: Path) -> None:
    brought(event(*COMING, "SEQUENCE:3", uid="theirs"))
    ((contact_id,),) = query(team, "SELECT id FROM contact")
    export_to(team, "contacts", Format.ICS, tmp_path / "before.ics")
    contacts.move(team, [contact_id], dt.date(2026, 5, 5), Source.CLI)
    export_to(team, "contacts", Format.ICS, tmp_path / "out.ics")
    lines = (tmp_path / "out.ics").read_text("utf-8").splitlines()
    before, after = (
        int((tmp_path / name).read_text("utf-8").partition("SEQUENCE:")[2].split()[0])
        for name in ("before.ics", "out.ics")
    )
    assert 3 < before < after
    assert {"UID:theirs", "DTSTART:20260505T090000", "DURATION:PT60M", "CONTACT:Laura Bianchi"} <= {*lines}
    assert "SUMMARY:Video call · Laura Bianchi: Offer" in lines


def test_what_an_entry_tells_people_and_has_no_place_is_kept(team: Path, brought: Brought) -> None:
    more = ("URL:https://meet.example/1", "PRIORITY:1", "COMMENT:Bring\\, too", "COMMENT:samples", "X-APPLE-THING:1")
    file = "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA"
    brought(event(*COMING, *more, file), event("SUMMARY:Send", LAURA, *more[:2], kind="VTODO", uid="2"))
    assert query(team, "SELECT name, value FROM custom_value WHERE contact_id IS NOT NULL ORDER BY id") == [
        ("URL", "https://meet.example/1"),
        ("PRIORITY", "1"),
        ("COMMENT", "Bring, too\nsamples"),
    ]
    assert query(team, "SELECT lesson FROM plan_action") == [("URL: https://meet.example/1\nPRIORITY: 1",)]
    assert not brought(event(*COMING, *more, file)).done


def test_what_has_no_place_in_a_calendar_is_refused(team: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="calendars are of plans, contacts, actions, all"):
        export_to(team, "people", Format.ICS, tmp_path / "a.ics")


def test_a_trial_tells_what_would_change_and_the_result_what_became_of_each_entry(
    team: Path, brought: Brought, tmp_path: Path
) -> None:
    task = event("SUMMARY:Send the offer", LAURA, "DUE:20260401", kind="VTODO", uid="3")
    brought(event(*COMING), task)
    moved = event(*COMING[1:], "DTSTART:20260402T070000Z", "ATTENDEE:mailto:dario@helios.example")
    entries = (moved, event("SUMMARY:Dentist", "DTSTART:20260402T070000Z", uid="2"), task)
    trial = brought(*entries, dry_run=True)
    told = [(one.name, one.field, one.before, one.after) for file in trial.files for one in file.changes or ()]
    assert told == [
        ("Offer", "Day", "2026-04-01", "2026-04-02"),
        ("Offer", "Status", "planned", "moved"),
        ("Offer", "person", "", "Dario Conti"),
    ]
    kept = brought(*entries, dry_run=True, existing=Existing.SKIP)
    held = [(one.name, one.field, one.before, one.after) for file in kept.files for one in file.held]
    assert held == [told[0], ("Offer", "Status", "planned", "moved")]
    new = brought(event(*PAST, uid="9"), dry_run=True).files[0].samples
    assert [(one.name, one.after) for one in new if one.field == "Account"] == [("Pilot review", "Helios")]
    target = tmp_path / "results.csv"
    assert write_results(team, brought(*entries, is_traced=True), target) == 3
    rows = list(csv.DictReader(target.read_text("utf-8").splitlines()))
    assert [(row["name"], row["outcome"], row["written"], bool(row["uid"])) for row in rows] == [
        ("Offer", "updated", "yes", True),
        ("Dentist", "passed", "no", False),
        ("Send the offer", "unchanged", "no", True),
    ]
    assert rows[0]["changes"] == "Day: 2026-04-01 > 2026-04-02; Status: planned > moved; person: - > Dario Conti"


def test_what_names_no_account_is_put_to_the_likely_one_and_told(team: Path, brought: Brought, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.csv"
    names = "Bellini SpA,bellini.example\nRossi Costruzioni Srl,\nRossi Costruzioni Nord Srl,\nMare,"
    accounts.write_text(f"Name,Website\n{names}\n", "utf-8")
    import_files(team, [accounts], ImportOptions())
    entries = {
        "offer": event("SUMMARY:Send offer to Bellini S.p.A.", "DUE:20260401", kind="VTODO", uid="t"),
        "stranger": event("DTSTART:20260401", "SUMMARY:Visit", "ATTENDEE:mailto:new@bellini.example", uid="v"),
        "longer": event("DTSTART:20260402", "SUMMARY:Dinner", "LOCATION:Rossi Costruzioni Nord", uid="l"),
        "word": event("DTSTART:20260403", "SUMMARY:Mare con Bellini", uid="w"),
        "both": event("DTSTART:20260404", "SUMMARY:Bellini SpA\\, Rossi Costruzioni", uid="b"),
    }
    report = brought(*entries.values(), is_traced=True)
    told = """SELECT t.title, a.name FROM (SELECT message AS title, account_id, id FROM contact
        UNION ALL SELECT name, account_id, 0 FROM plan_action) t JOIN account a ON a.id = t.account_id ORDER BY t.id"""
    assert query(team, told) == [
        ("Send offer to Bellini S.p.A.", "Bellini SpA"),
        ("Visit", "Bellini SpA"),
        ("Dinner", "Rossi Costruzioni Nord Srl"),
    ]
    guess, passed = report.files[0].notes[-2:]
    assert guess.startswith("3 entries name no account, and were put to the ones that they most likely are of: “")
    assert "“Visit” > Bellini SpA (new@bellini.example is at its domain, and leads to nobody here)" in guess
    assert passed.startswith("2 entries have to do with nobody here and were passed over: “Mare con Bellini”, “Bellini")
    write_results(team, report, target := tmp_path / "results.csv")
    reasons = [row["reason"] for row in csv.DictReader(target.read_text("utf-8").splitlines())]
    assert reasons.count("it has to do with nobody here") == 2
    assert "Rossi Costruzioni Nord Srl: its name is in the title or the place" in reasons
    assert not query(team, "SELECT 1 FROM person WHERE name LIKE '%new%'")
    assert brought(*entries.values(), account="helios").files[0].new == 2
    assert query(team, told)[-1] == ("Bellini SpA, Rossi Costruzioni", "Helios")
    with pytest.raises(UsageError, match="no account is called “Nobody”"):
        brought(entries["word"], account="Nobody")
