from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture(autouse=True)
def _finance(crmtui: Crmtui) -> None:
    """A plan for an account whose decider is on the map."""
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("people", "add", "--name", "Laura Bianchi", "--account", "aurora")
    crmtui("dmu", "add", "aurora", "--person", "laura", "--roles", "decider", "--power", "4", "--win", "calm nights")
    crmtui(
        *("plans", "add", "--objective", "Finance", "--account", "aurora", "--starts-on", "today"),
        *("--ends-on", "+12w", "--budget", "30 EUR", "--cadence-days", "14"),
    )


def test_a_draft_is_written_with_its_reasons_and_nothing_is_planned(crmtui: Crmtui) -> None:
    ran = crmtui("plans", "propose", "finance")
    first = ran.rows[0]
    assert (first["channel"], first["person"], first["cost"], first["currency"]) == (
        "Call",
        "Laura Bianchi",
        500,
        "EUR",
    )
    assert 0 < first["gain"] <= 1
    assert first["message"] == "calm nights"
    assert any(line.startswith("gain: ") for line in first["why"])
    assert sum(row["cost"] for row in ran.rows) <= 3_000
    days = sorted(dt.date.fromisoformat(row["day"]) for row in ran.rows)
    assert all((later - day).days >= 14 for day, later in pairwise(days))
    assert "Laura Bianchi: no working day is left at 14 days or more" in ran.err
    assert crmtui("contacts", "list").rows == []


def test_a_table_adds_up_as_it_goes(crmtui: Crmtui) -> None:
    out = crmtui("plans", "propose", "finance", "--format", "table", "--why").out
    assert "Cost so far" in out
    assert "Coverage now 0 %" in out
    assert "most coverage for its cost" in out


def test_all_is_accepted_in_one_step(crmtui: Crmtui) -> None:
    count = len(crmtui("plans", "propose", "finance").rows)
    ran = crmtui("plans", "propose", "finance", "--accept")
    assert len(ran.out.split()) == count
    rows = crmtui("contacts", "list").rows
    assert {row["win_of"] for row in rows} == {"Laura Bianchi"}
    assert {row["status"] for row in rows} == {"planned"}
    assert crmtui("plans", "propose", "finance", "--accept").out == ""
    crmtui("undo")
    assert crmtui("contacts", "list").rows == []


def test_a_plan_that_is_over_says_so(crmtui: Crmtui) -> None:
    crmtui(*("plans", "add", "--objective", "Old", "--account", "aurora"), *("--starts-on", "-3m", "--ends-on", "-1m"))
    ran = crmtui("plans", "propose", "old")
    assert ran.out == ""
    assert "The plan is over" in ran.err


def test_figures_come_with_their_terms(crmtui: Crmtui) -> None:
    crmtui("log", "aurora", "--with", "laura", "--channel", "meeting")
    (row,) = crmtui("plans", "show", "finance", "--why").rows
    assert row["objective"] == "Finance"
    found = row["figures"]
    assert found["budget"] == found["left"] == 3_000
    assert found["coverage_now"]["value"] == 0.6
    assert found["coverage_at_end"]["value"] < 0.6
    assert found["people"] == [
        {"person": "Laura Bianchi", "leverage": 1.0, "now": 0.6, "at_end": pytest.approx(0.31, abs=0.02)}
    ]
    out = crmtui("plans", "show", "finance", "--why", "--format", "table").out
    assert "no margin is known" in out
    assert "coverage 60 %" in out
    assert "figures" not in crmtui("plans", "show", "finance").rows[0]


def test_lines_of_the_value_proposition_are_a_noun(crmtui: Crmtui) -> None:
    uid = crmtui(
        *("propositions", "add", "--account", "aurora", "--need", "stops", "--offer", "service"),
        *("--benefit", "a third fewer", "--proof", "Nordik"),
    ).out.strip()
    (row,) = crmtui("propositions", "show", uid).rows
    assert (row["need"], row["proof"], row["account"], row["judged_on"]) == (
        "stops",
        "Nordik",
        "Aurora",
        TODAY.isoformat(),
    )
    crmtui("propositions", "edit", "stops", "--benefit", "half")
    assert [row["benefit"] for row in crmtui("propositions", "list", "account:aurora").rows] == ["half"]
    assert "Account" in crmtui("propositions", "add", "--need", "x", code=1).err
    call = crmtui("contacts", "add", "--account", "aurora", "--channel", "call", "--day", "fri", "--proposition", uid)
    assert crmtui("contacts", "show", call.out.strip()).rows[0]["message"] == "half"
    crmtui("propositions", "delete", uid)
    assert crmtui("propositions", "list").rows == []


def test_what_contacts_carry_comes_back_with_an_import(crmtui: Crmtui, tmp_path: Path) -> None:
    crmtui("propositions", "add", "--account", "aurora", "--need", "stops", "--benefit", "half")
    crmtui("contacts", "add", "--account", "aurora", "--channel", "call", "--day", "fri", "--proposition", "stops")
    crmtui("plans", "propose", "finance", "--accept")
    before = crmtui("export", "all", "--format", "jsonl").out
    file = tmp_path / "all.jsonl"
    file.write_text(before, "utf-8")
    other = tmp_path / "other.db"
    crmtui("--db", str(other), "import", str(file))
    assert crmtui("--db", str(other), "export", "all", "--format", "jsonl").out == before
    kinds = {json.loads(line)["type"] for line in before.splitlines()}
    assert {"proposition", "contact", "plan"} <= kinds
