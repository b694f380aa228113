"""Exporting calendars: the number of an entry rises whenever what it tells may have changed, and never falls."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import contacts, history, people, workspace as commands
from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import Existing, ImportOptions, import_files
from crmtui.domain.accounts import Account
from crmtui.domain.plans import Channel
from crmtui.domain.words import Source
from crmtui.store.unit import work
from store_dump import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.domain.fields import Record

    Change = Callable[[Path], object]

CONTACT = """SELECT c.id, c.uid, c.account_id, c.channel_id, cp.person_id FROM contact c
    JOIN contact_person cp ON cp.contact_id = c.id WHERE c.status = 'planned' ORDER BY c.id LIMIT 1"""
ACTION = "SELECT id, uid, account_id FROM plan_action ORDER BY id LIMIT 1"


def told(path: Path, uid: str) -> tuple[int, str, str]:
    """The number of an entry, when it says that it was changed, and all else of it."""
    target = path.with_suffix(".ics")
    export_to(path, "all", Format.ICS, target)
    text = target.read_bytes().decode().replace("\r\n ", "")
    entry = text[text.index(f"UID:{uid}") :].partition("END:V")[0]
    found = re.search(r"DTSTAMP:(\S+)\s+LAST-MODIFIED:\1\s+SEQUENCE:(\d+)\s+", entry)
    assert found
    return int(found[2]), found[1], entry.replace(found[0], "")


def set_to(path: Path, kind: type[Record], record_id: int, **fields: Any) -> None:
    with work(path, "", Source.CLI) as unit:
        unit.update(kind, record_id, fields)


def test_a_number_rises_with_all_that_changes_an_entry(filled: Path) -> None:
    contact_id, uid, account_id, channel_id, person_id = query(filled, CONTACT)[0]
    other = query(filled, f"SELECT id FROM person WHERE account_id = {account_id} AND id <> {person_id}")[0][0]
    changes: list[Change] = [
        lambda path: contacts.edit(path, contact_id, {"message": "Another"}, Source.CLI),
        lambda path: contacts.edit(path, contact_id, {}, Source.CLI, [person_id, other]),
        lambda path: contacts.edit(path, contact_id, {}, Source.CLI, [person_id]),
        lambda path: people.edit(path, person_id, {"name": "Somebody Else"}, Source.CLI),
        lambda path: set_to(path, Account, account_id, name="Another Company"),
        lambda path: set_to(path, Channel, channel_id, name="Carrier pigeon"),
        lambda path: history.undo(path, Source.CLI),
        lambda path: history.redo(path, Source.CLI),
    ]
    number, changed_at, entry = told(filled, uid)
    for change in changes:
        change(filled)
        after = told(filled, uid)
        assert after[2] != entry
        assert after[0] > number
        assert after[1] >= changed_at
        number, changed_at, entry = after


def test_the_number_of_a_to_do_rises_with_the_name_of_its_account(filled: Path) -> None:
    _action_id, uid, account_id = query(filled, ACTION)[0]
    before = told(filled, uid)
    set_to(filled, Account, account_id, name="Another Company")
    after = told(filled, uid)
    assert after[2] != before[2]
    assert after[0] > before[0]


def test_what_an_entry_does_not_tell_leaves_its_number(filled: Path) -> None:
    contact_id, uid, account_id, _channel_id, person_id = query(filled, CONTACT)[0]
    contacts.edit(filled, contact_id, {"message": "Another"}, Source.CLI)  # the sample itself has no history
    before = told(filled, uid)
    set_to(filled, Account, account_id, notes="Nothing of it stands in a calendar.")
    people.edit(filled, person_id, {"city": "Turin"}, Source.CLI)
    assert told(filled, uid) == before


def a_while_ago(path: Path) -> None:
    """Let all that was done until now have been done then."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE change_set SET at = '2026-03-12T08:00:00.000000Z'")
        connection.commit()


def theirs(path: Path, number: int, summary: str, changed: str) -> Path:
    """A calendar of another program, with one call to a person who is known here."""
    name, mail = query(path, "SELECT n.name, m.address FROM person n JOIN person_email m ON m.person_id = n.id")[0]
    source = path.with_name("theirs.ics")
    source.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:abc@outlook\nDTSTAMP:{changed}\nSEQUENCE:{number}\nSUMMARY:{summary}\n"
        f"DTSTART:20370301T090000Z\nATTENDEE;CN={name}:mailto:{mail}\nEND:VEVENT\nEND:VCALENDAR\n",
        "utf-8",
    )
    return source


@pytest.mark.parametrize("number", [7, 1_700_000_000, 2**31 - 1, 4_102_444_800, 10**15 - 1])
def test_the_number_of_an_entry_of_another_program_never_falls(filled: Path, number: int) -> None:
    source = theirs(filled, number, "Call", "20260101T100000Z")
    assert import_files(filled, [source], ImportOptions()).files[0].new == 1
    brought = told(filled, "abc@outlook")[0]
    assert brought > number
    assert not import_files(filled, [source], ImportOptions()).done
    assert told(filled, "abc@outlook")[0] == brought
    record_id = query(filled, "SELECT id FROM contact WHERE message = 'Call'")[0][0]
    contacts.edit(filled, record_id, {"message": "Call again"}, Source.CLI)
    assert told(filled, "abc@outlook")[0] > brought


def test_a_number_that_was_told_above_ours_never_falls_by_what_comes_after(filled: Path, tmp_path: Path) -> None:
    first, second = 4_102_444_800, 4_102_444_900
    import_files(filled, [theirs(filled, first, "Call", "20260101T100000Z")], ImportOptions())
    a_while_ago(filled)
    source = theirs(filled, second, "Call tomorrow", "20360101T100000Z")
    assert import_files(filled, [source], ImportOptions()).files[0].updated == 1
    after, _changed_at, entry = told(filled, "abc@outlook")
    assert "Call tomorrow" in entry
    assert after > second
    for form in (Format.JSONL, Format.CSV):
        target, other = tmp_path / form.value, tmp_path / f"{form.value}.db"
        export_to(filled, "all", form, target)
        import_files(other, sorted(target.iterdir()) if target.is_dir() else [target], ImportOptions())
        assert told(other, "abc@outlook")[0] >= after
    history.undo(filled, Source.CLI)
    assert told(filled, "abc@outlook")[0] > after


def test_a_higher_number_is_kept_also_where_nothing_else_is_taken_in(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.ics"
    count = export_to(filled, "all", Format.ICS, target)
    numbers = re.compile(r"SEQUENCE:(\d+)")
    target.write_text(numbers.sub("SEQUENCE:4102444800", target.read_bytes().decode()), "utf-8", newline="")
    assert not import_files(filled, [target], ImportOptions(existing=Existing.SKIP)).done
    report = import_files(filled, [target], ImportOptions())
    assert sum(file.updated for file in report.files) == count
    export_to(filled, "all", Format.ICS, target)
    assert min(map(int, numbers.findall(target.read_bytes().decode()))) > 4_102_444_800
    assert not import_files(filled, [target], ImportOptions()).done


def test_a_number_goes_on_in_another_file(filled: Path, tmp_path: Path) -> None:
    uid, contact_id = query(filled, CONTACT)[0][1], query(filled, CONTACT)[0][0]
    a_while_ago(filled)
    contacts.edit(filled, contact_id, {"message": "First"}, Source.CLI)
    contacts.edit(filled, contact_id, {"message": "Second"}, Source.CLI)
    before = told(filled, uid)[0]
    export_to(filled, "all", Format.JSONL, tmp_path / "all.jsonl")
    other = tmp_path / "other.db"
    commands.create(other)
    import_files(other, [tmp_path / "all.jsonl"], ImportOptions())
    record_id = query(other, f"SELECT id FROM contact WHERE uid = '{uid}'")[0][0]
    contacts.edit(other, record_id, {"message": "Third"}, Source.CLI)
    assert told(other, uid)[0] >= before


def test_who_was_taken_out_does_not_come_back_with_an_older_calendar(filled: Path, tmp_path: Path) -> None:
    contact_id, _uid, account_id, _channel_id, person_id = query(filled, CONTACT)[0]
    other = query(filled, f"SELECT id FROM person WHERE account_id = {account_id} AND id <> {person_id}")[0][0]
    contacts.edit(filled, contact_id, {}, Source.CLI, [person_id, other])
    target = tmp_path / "old.ics"
    export_to(filled, "all", Format.ICS, target)
    contacts.edit(filled, contact_id, {}, Source.CLI, [person_id])
    who = f"SELECT person_id FROM contact_person WHERE contact_id = {contact_id}"
    assert not import_files(filled, [target], ImportOptions()).done
    assert query(filled, who) == [(person_id,)]
    again = ImportOptions(existing=Existing.OVERWRITE)
    assert import_files(filled, [target], again).done
    assert sorted(query(filled, who)) == sorted([(person_id,), (other,)])


def test_who_comes_with_a_change_elsewhere_is_put_in(filled: Path, tmp_path: Path) -> None:
    contact_id, uid, account_id, _channel_id, person_id = query(filled, CONTACT)[0]
    other, address = query(
        filled,
        f"""SELECT n.id, m.address FROM person n JOIN person_email m ON m.person_id = n.id
        WHERE n.account_id = {account_id} AND n.id <> {person_id}""",
    )[0]
    contacts.edit(filled, contact_id, {"message": "Offer"}, Source.CLI, [person_id])
    a_while_ago(filled)
    target = tmp_path / "a.ics"
    export_to(filled, "all", Format.ICS, target)
    text = target.read_bytes().decode()
    entry = text[text.index(f"UID:{uid}") :].partition("END:VEVENT")[0]
    changed = entry.replace("LAST-MODIFIED:20260312T08", "LAST-MODIFIED:20260312T09")
    changed = changed.replace(":Offer", ":Another offer") + f"ATTENDEE:mailto:{address}\r\n"
    target.write_text(text.replace(entry, changed), "utf-8", newline="")
    assert import_files(filled, [target], ImportOptions()).done
    assert query(filled, f"SELECT message FROM contact WHERE id = {contact_id}") == [("Another offer",)]
    assert (other,) in query(filled, f"SELECT person_id FROM contact_person WHERE contact_id = {contact_id}")
