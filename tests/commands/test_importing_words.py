"""Words of other systems: what they mean here is asked, said, kept with the mapping, and never guessed."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.import_looking import look_over
from crmtui.commands.importing import Existing, FileMapping, ImportOptions, import_files
from crmtui.errors import UsageError
from crmtui.exchange.mapping.choices import About
from store_dump import query

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.commands.import_report import ImportReport

NOW = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
OWNERS = "SELECT o.name, a.name FROM opportunity o LEFT JOIN actor a ON a.id = o.owner_id ORDER BY o.name"


def bring(workspace: Path, path: Path, text: str, words: dict[tuple[str, str], str] | None = None) -> ImportReport:
    path.write_text(text, "utf-8")
    mapping = FileMapping(words=words or {})
    return import_files(workspace, [path], ImportOptions(now=NOW, files={"": mapping}))


def asked(workspace: Path, path: Path) -> dict[tuple[About, str], tuple[str, ...]]:
    (look,) = look_over(workspace, [path], {}, today=NOW.date()).files
    assert not look.problem
    return {(one.about, one.header): one.examples for one in look.questions}


TEAM = "Agent,Agent email\nAnna Bianchi,anna@ours.it\nBruno Neri,\n"
DEALS = """Deal Name,Account,Stage,Amount,Deal owner,Is Closed Won
Line 1,Acme,Tasting,10,AB,nope
Line 2,Acme,Proposal,20,anna@ours.it,
Line 3,Acme,Closed,30,Unassigned,tak
Line 4,Acme,,30,Carla,no
Line 5,Acme,Demo,30,bruno neri,no
"""


def test_an_owner_who_is_none_of_ours_is_asked_for_and_may_be_somebody_who_is_there_or_nobody(
    workspace: Path, tmp_path: Path
) -> None:
    bring(workspace, tmp_path / "team.csv", TEAM)
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, "utf-8")
    assert asked(workspace, path)[About.PEOPLE, "Deal owner"] == ("AB", "Carla", "Unassigned")
    said = {
        ("Deal owner", "ab"): "Anna Bianchi",
        ("deal OWNER", "unassigned"): "none",
        ("Stage", "tasting"): "engaging",
        ("Is Closed Won", "tak"): "yes",
    }
    report = bring(workspace, path, DEALS, said)
    assert not report.rejected
    assert query(workspace, OWNERS) == [
        ("Line 1", "Anna Bianchi"),
        ("Line 2", "Anna Bianchi"),
        ("Line 3", None),
        ("Line 4", "Carla"),
        ("Line 5", "Bruno Neri"),
    ]
    assert query(workspace, "SELECT name, stage FROM opportunity WHERE name IN ('Line 1', 'Line 3') ORDER BY 1") == [
        ("Line 1", "engaging"),
        ("Line 3", "won"),
    ]
    (notes,) = (file.notes for file in report.files)
    assert "Column Deal owner: none of our people so far are “Carla”." in notes
    assert "Column Is Closed Won: neither yes nor no, and read as no: “nope”." in notes


def test_what_a_word_means_is_remembered_for_the_next_file_of_the_same_shape(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, tmp_path / "team.csv", TEAM)
    head = "Deal Name,Account,Stage,Deal owner\n"
    bring(workspace, tmp_path / "a.csv", f"{head}Line 1,Acme,Demo,AB\n", {("Deal owner", "ab"): "Anna Bianchi"})
    report = bring(workspace, tmp_path / "b.csv", f"{head}Line 2,Acme,Demo,ab\n")
    assert query(workspace, OWNERS) == [("Line 1", "Anna Bianchi"), ("Line 2", "Anna Bianchi")]
    assert report.files[0].mapping == "a.csv"
    (look,) = look_over(workspace, [tmp_path / "b.csv"], {}, today=NOW.date()).files
    assert (look.questions, look.kept.words) == ((), {("Deal owner", "ab"): "Anna Bianchi"})
    (look,) = look_over(workspace, [tmp_path / "b.csv"], {}, today=NOW.date(), anew=True).files
    assert [one.about for one in look.questions] == [About.PEOPLE]


def test_nobody_is_asked_who_an_owner_is_where_none_of_ours_is_known(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal Name,Account,Stage,Deal owner\nLine 1,Acme,Demo,Anna\n", "utf-8")
    assert asked(workspace, path) == {}
    team = tmp_path / "team.csv"
    team.write_text(TEAM, "utf-8")
    looks = look_over(workspace, [path, team], {}, today=NOW.date()).files
    assert [[one.examples for one in look.questions] for look in looks] == [[], [("Anna",)]]
    assert looks[1].people == ("Anna Bianchi", "Bruno Neri")


def test_a_refusal_in_a_word_of_another_language_is_taken_where_it_is_said_to_be_one_and_kept_in_any_case(
    workspace: Path, tmp_path: Path
) -> None:
    text = "First Name,Last Name,Email,Email Opt Out\nLaura,Bianchi,l@a.it,tak\nGino,Conti,g@a.it,nie\n"
    path = tmp_path / "people.csv"
    report = bring(workspace, path, text)
    assert "Column Email Opt Out: neither yes nor no, and kept as they are: “nie”, “tak”." in report.files[0].notes
    assert query(workspace, "SELECT value FROM custom_value ORDER BY 1") == [("nie",), ("tak",)]
    assert query(workspace, "SELECT count(*) FROM consent") == [(0,)]
    bring(workspace, path, text, {("Email Opt Out", "tak"): "yes", ("Email Opt Out", "nie"): "no"})
    refused = "SELECT p.name, c.state FROM consent c JOIN person p ON p.id = c.person_id"
    assert query(workspace, refused) == [("Laura Bianchi", "refused")]


def test_a_word_of_ours_in_another_language_is_refused_with_the_way_to_say_it(workspace: Path, tmp_path: Path) -> None:
    text = "First Name,Last Name,Email,Social Style\nLaura,Bianchi,l@a.it,rot\n"
    report = bring(workspace, tmp_path / "people.csv", text)
    (problem,) = report.files[0].rejected
    assert problem.reason == "“rot” is not known as Social style; say what it means"
    assert report.files[0].options == ["--value 'Social Style:rot=expressive'"]
    report = bring(workspace, tmp_path / "people.csv", text, {("Social Style", "rot"): "driving"})
    assert not report.rejected
    assert query(workspace, "SELECT social_style FROM person") == [("driving",)]


def test_a_column_of_which_a_word_is_said_must_be_there(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no column Satge"):
        bring(workspace, tmp_path / "deals.csv", DEALS, {("Satge", "tasting"): "engaging"})


def test_no_file_grants_what_somebody_has_refused(workspace: Path, tmp_path: Path) -> None:
    bring(workspace, tmp_path / "p.csv", "First Name,Last Name,Email,Email Opt Out\nLaura,Bianchi,l@a.it,yes\n")
    bring(workspace, tmp_path / "q.csv", "First Name,Last Name,Email,Email Opt Out\nLaura,Bianchi,l@a.it,no\n")
    assert query(workspace, "SELECT state FROM consent") == [("refused",)]
    granted = tmp_path / "granted.jsonl"
    rows = query(workspace, "SELECT p.uid, k.uid FROM person p, consent c JOIN channel k ON k.id = c.channel_id")
    row = {"type": "consent", "person_uid": rows[0][0], "channel_uid": rows[0][1], "state": "granted"}
    granted.write_text(json.dumps(row | {"day": "2026-03-12", "source": "a file"}), "utf-8")
    report = import_files(workspace, [granted], ImportOptions(now=NOW))
    assert "Laura Bianchi has refused this" in report.files[0].rejected[0].reason
    assert query(workspace, "SELECT state FROM consent") == [("refused",)]
    row["state"] = "refused"
    granted.write_text(json.dumps(row | {"day": "2026-03-13", "source": "a file"}), "utf-8")
    assert import_files(workspace, [granted], ImportOptions(now=NOW, existing=Existing.OVERWRITE)).done


@pytest.mark.parametrize("tick", ["✓", "✔", "☑", "x", "Yes"])
def test_a_tick_says_yes_and_a_sign_that_says_neither_is_kept(workspace: Path, tmp_path: Path, tick: str) -> None:
    rows = f"Ada,Tick,a@acme.it,{tick}\nBob,Tock,b@acme.it,*\nEve,Tack,e@acme.it,☐\nIda,Tuck,i@acme.it,\n"
    bring(workspace, tmp_path / "p.csv", f"First Name,Last Name,Email,Email Opt Out\n{rows}")
    refused = "SELECT p.name, c.state FROM consent c JOIN person p ON p.id = c.person_id"
    assert query(workspace, refused) == [("Ada Tick", "refused")]
    assert query(workspace, "SELECT value FROM custom_value") == [("*",)]


def test_a_tick_in_a_list_of_our_people_says_that_they_are_active(workspace: Path, tmp_path: Path) -> None:
    rows = "005A,Ada,ada@us.it,☑\n005B,Bob,bob@us.it,☐\n"
    bring(workspace, tmp_path / "users.csv", f"User ID,Full Name,Email,Active\n{rows}")
    found = query(workspace, "SELECT name, is_active FROM actor WHERE name IN ('Ada', 'Bob')")
    assert found == [("Ada", 1), ("Bob", 0)]
