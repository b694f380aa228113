from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture(autouse=True)
def _laura(crmtui: Crmtui) -> None:
    crmtui("actors", "add", "--name", "Anna", "--me")
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("people", "add", "--name", "Laura Bianchi", "--account", "aurora", "--consent", "email=refused")


def test_log_writes_down_a_contact_that_happened(crmtui: Crmtui) -> None:
    uid = crmtui(
        *("log", "aurora", "--with", "laura", "--channel", "call", "--date", "yesterday"),
        *("--outcome", "wants a pilot", "--hours", "1"),
    ).out.strip()
    (row,) = crmtui("contacts", "show", uid).rows
    assert (row["status"], row["channel"], row["outcome"], row["hours"]) == ("done", "Call", "wants a pilot", 1)
    assert row["day"] == (TODAY - dt.timedelta(days=1)).isoformat()
    assert [one["person"] for one in row["people"]] == ["Laura Bianchi"]
    assert (row["account"], row["actor"]) == ("Aurora", "Anna")


def test_log_needs_a_channel_and_somebody(crmtui: Crmtui) -> None:
    assert "Channel" in crmtui("log", "aurora", code=1).err
    assert "Account" in crmtui("log", "--channel", "call", code=1).err
    crmtui("log", "--with", "laura", "--channel", "call")


def test_a_contact_without_a_message_is_told_by_its_identity(crmtui: Crmtui) -> None:
    ran = crmtui("log", "aurora", "--channel", "call")
    assert f"Added contact {ran.out.strip()}." in ran.err


def test_a_late_contact_is_a_move_of_today_that_can_be_named(crmtui: Crmtui) -> None:
    crmtui("opportunities", "add", "--name", "Line 4", "--account", "aurora", "--margin", "62k EUR")
    crmtui("dmu", "add", "aurora", "--person", "laura", "--power", "4")
    uid = crmtui("contacts", "add", "--with", "laura", "--channel", "call", "--day", "yesterday").out.strip()
    (row,) = [row for row in crmtui("today").rows if row["section"] == "moves" and row["uid"]]
    assert (row["uid"], row["channel"], len(row["people"])) == (uid, "Call", 1)
    assert row["title"].startswith("Call with Laura")
    assert crmtui("today", "--format", "ids").out.split().count(uid) == 1
    assert crmtui("today", "--format", "table").out.count(uid) == 2


def test_a_contact_is_planned_moved_done_and_undone(crmtui: Crmtui) -> None:
    uid = crmtui(
        "contacts", "add", "--with", "laura", "--channel", "meeting", "--day", "+1w", "--message", "pilot"
    ).out.strip()
    assert crmtui("contacts", "show", uid).rows[0]["status"] == "planned"
    crmtui("contacts", "move", uid, "--to", "+2w")
    (row,) = crmtui("contacts", "show", uid).rows
    assert (row["status"], row["day"]) == ("moved", (TODAY + dt.timedelta(weeks=2)).isoformat())
    crmtui("contacts", "done", uid, "--outcome", "agreed", "--date", "today")
    assert crmtui("contacts", "list", "status:done").rows[0]["outcome"] == "agreed"
    assert "already" in crmtui("contacts", "done", uid, code=1).err
    crmtui("contacts", "reopen", uid)
    crmtui("contacts", "cancel", uid)
    assert crmtui("contacts", "show", uid).rows[0]["status"] == "cancelled"
    crmtui("undo")
    assert crmtui("contacts", "show", uid).rows[0]["status"] == "planned"


def test_a_table_says_what_to_call_a_contact_by(crmtui: Crmtui) -> None:
    uid = crmtui("log", "aurora", "--channel", "call").out.strip()
    heading, row = crmtui("contacts", "list", "--format", "table").out.splitlines()
    assert heading.split()[-1] == "Identity"
    assert row.split()[-1] == uid


def test_what_a_person_refused_is_not_planned(crmtui: Crmtui) -> None:
    assert "refused" in crmtui("contacts", "add", "--with", "laura", "--channel", "email", "--day", "fri", code=1).err


def test_every_door_refuses_what_a_person_refused(crmtui: Crmtui) -> None:
    uid = crmtui("contacts", "add", "--with", "laura", "--channel", "call", "--day", "fri").out.strip()
    said = "Laura Bianchi refused E-mail"
    assert said in crmtui("contacts", "edit", uid, "--channel", "email", code=1).err
    mail = crmtui("contacts", "add", "--account", "aurora", "--channel", "email", "--day", "fri").out.strip()
    assert said in crmtui("contacts", "edit", mail, "--with", "laura", code=1).err
    told = crmtui("people", "edit", "laura", "--consent", "call=refused").err
    assert "1 contact to come is not wanted any more" in told
    assert "refused Call" in crmtui("contacts", "move", uid, "--to", "+2w", code=1).err
    assert "refused Call" in crmtui("contacts", "edit", uid, "--day", "+2w", code=1).err
    crmtui("contacts", "cancel", uid)
    assert "refused Call" in crmtui("contacts", "reopen", uid, code=1).err
    crmtui("log", "aurora", "--with", "laura", "--channel", "call")


def test_a_contact_names_whose_win_it_carries(crmtui: Crmtui) -> None:
    crmtui("dmu", "add", "aurora", "--person", "laura", "--power", "4", "--win", "calm nights")
    planned = ("contacts", "add", "--with", "laura", "--channel", "call", "--day", "fri")
    uid = crmtui(*planned, "--win-of", "bianchi").out.strip()
    (row,) = crmtui("contacts", "show", uid).rows
    assert (row["win_of"], row["message"]) == ("Laura Bianchi", "calm nights")
    crmtui("contacts", "edit", uid, "--win-of", "")
    assert crmtui("contacts", "show", uid).rows[0]["win_of"] is None
    crmtui("contacts", "edit", uid, "--win-of", "Laura")
    assert crmtui("contacts", "show", uid).rows[0]["win_of"] == "Laura Bianchi"
    assert "Laura Bianchi" in crmtui(*planned, "--win-of", "Conti", code=1).err
    logged = crmtui("log", "aurora", "--channel", "call", "--win-of", "laura").out.strip()
    assert crmtui("contacts", "show", logged).rows[0]["message"] == "calm nights"
    crmtui("log", "aurora", "--channel", "call")
    assert {row["uid"] for row in crmtui("contacts", "list", "win:laura").rows} == {uid, logged}
    assert len(crmtui("contacts", "list", "win:none", "need:none").rows) == 1


def test_edit_changes_who_is_in_it_only_when_told(crmtui: Crmtui) -> None:
    crmtui("people", "add", "--name", "Conti", "--account", "aurora")
    uid = crmtui("contacts", "add", "--with", "laura", "--channel", "call", "--day", "fri").out.strip()
    crmtui("contacts", "edit", uid, "--message", "price")
    assert [one["person"] for one in crmtui("contacts", "show", uid).rows[0]["people"]] == ["Laura Bianchi"]
    crmtui("contacts", "edit", uid, "--with", "conti")
    assert [one["person"] for one in crmtui("contacts", "show", uid).rows[0]["people"]] == ["Conti"]


@pytest.mark.parametrize("words", [("move", "x"), ("move", "x", "--to", "someday"), ("done", "x", "--date", "someday")])
def test_days_that_are_none_are_usage_errors(crmtui: Crmtui, words: tuple[str, ...]) -> None:
    crmtui("contacts", *words, code=2)
