from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture(autouse=True)
def _plan(crmtui: Crmtui) -> None:
    crmtui("actors", "add", "--name", "Anna", "--me")
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("objectives", "add", "--name", "Second line", "--account", "aurora", "--due-on", "+6m")
    crmtui("strategies", "add", "--name", "Prove the saving", "--objective", "second")


def action(crmtui: Crmtui, *more: str) -> str:
    return crmtui("actions", "add", "--strategy", "prove", "--owner", "Anna", *more).out.strip()


def test_an_action_needs_no_account_where_its_strategy_says_it(crmtui: Crmtui) -> None:
    uid = action(crmtui, "--name", "Measure a week", "--due-on", "tomorrow")
    (row,) = crmtui("actions", "show", uid).rows
    assert (row["account"], row["strategy"], row["owner"]) == ("Aurora", "Prove the saving", "Anna")
    (strategy,) = crmtui("strategies", "show", "prove").rows
    assert [one["name"] for one in strategy["actions"]] == ["Measure a week"]
    (objective,) = crmtui("objectives", "show", "second").rows
    assert [one["name"] for one in objective["strategies"]] == ["Prove the saving"]


def test_done_says_how_far_and_the_lesson(crmtui: Crmtui) -> None:
    uid = action(crmtui, "--name", "Measure a week")
    crmtui("actions", "done", uid, "--achieved", "partly", "--lesson", "two days", "--date", "yesterday")
    (row,) = crmtui("actions", "show", uid).rows
    yesterday = (TODAY - dt.timedelta(days=1)).isoformat()
    assert (row["achieved"], row["lesson"], row["done_on"]) == ("partly", "two days", yesterday)
    crmtui("actions", "reopen", uid)
    crmtui("actions", "done", uid)
    assert crmtui("actions", "show", uid).rows[0]["achieved"] == "fully"
    crmtui("undo")
    assert crmtui("actions", "show", uid).rows[0]["done_on"] is None


def test_what_is_not_understood_is_said(crmtui: Crmtui) -> None:
    uid = action(crmtui, "--name", "Measure a week")
    assert "partly" in crmtui("actions", "done", uid, "--achieved", "half", code=2).err
    assert "--to" in crmtui("actions", "move", uid, code=2).err
    assert "not a date" in crmtui("actions", "move", uid, "--to", "soon", code=2).err
    assert "Account" in crmtui("actions", "add", "--name", "Nowhere", code=1).err


def test_objectives_end_and_lists_filter(crmtui: Crmtui) -> None:
    late = action(crmtui, "--name", "Late", "--due-on", "yesterday")
    action(crmtui, "--name", "Later", "--due-on", "+1w")
    assert [row["uid"] for row in crmtui("actions", "list", "due<today", "achieved:none", "owner:me").rows] == [late]
    assert len(crmtui("actions", "list", "objective:second").rows) == 2
    crmtui("actions", "move", late, "--to", "+2w")
    assert not crmtui("actions", "list", "due<today").rows
    crmtui("objectives", "done", "second", "--achieved", "not", "--lesson", "ask first")
    (row,) = crmtui("objectives", "list", "achieved:not").rows
    assert row["lesson"] == "ask first"
    (row,) = crmtui("strategies", "list", "saving", "--columns", "name,open,account").rows
    assert (row["name"], row["open"], row["account"]) == ("Prove the saving", 2, "Aurora")


def test_today_tells_what_is_due(crmtui: Crmtui) -> None:
    uid = action(crmtui, "--name", "Measure a week", "--due-on", "yesterday")
    (row,) = [row for row in crmtui("today").rows if row["section"] == "overdue"]
    assert (row["title"], row["account"], row["uid"]) == ("Measure a week", "Aurora", uid)
    assert "action · Measure a week · Aurora · Anna" in crmtui("today", "--format", "table").out
    assert uid in crmtui("today", "--format", "ids").out


def test_all_three_leave_and_come_back(crmtui: Crmtui, tmp_path: Path) -> None:
    uid = action(crmtui, "--name", "Measure a week", "--due-on", "tomorrow")
    crmtui("actions", "done", uid, "--achieved", "partly", "--lesson", "two days")
    crmtui("export", "all", "--output", str(tmp_path / "all.jsonl"))
    other = ("--db", str(tmp_path / "other.db"))
    crmtui(*other, "import", str(tmp_path / "all.jsonl"))
    for noun in ("objectives", "strategies", "actions"):
        assert crmtui(*other, noun, "list").rows == crmtui(noun, "list").rows
        assert len(crmtui(noun, "list").rows) == 1
    crmtui("export", "objectives", "--output", str(tmp_path / "plan"), "--format", "csv")
    assert {path.name for path in (tmp_path / "plan").iterdir()} == {
        "objective.csv",
        "strategy.csv",
        "plan_action.csv",
    }


def test_today_ranks_the_next_moves_and_says_why(crmtui: Crmtui) -> None:
    crmtui(
        "opportunities", "add", "--name", "Line 4", "--account", "aurora", "--margin", "62k EUR", "--next-step", "call"
    )
    rows = [row for row in crmtui("today").rows if row["section"] == "moves"]
    (scored,) = [row for row in rows if row["title"] == "Score it"]
    assert (scored["account"], scored["opportunity"], scored["currency"], scored["hours"]) == (
        "Aurora",
        "Line 4",
        "EUR",
        1,
    )
    assert scored["gain"] == scored["rate"] > 0
    assert scored["why"][0].startswith("P ± ")
    page = crmtui("today", "--format", "table").out
    assert "Score it · Aurora / Line 4 · P ± " in page
    assert "EUR an hour" in page
    assert "of 62,000 EUR" not in page
    assert "of 62,000 EUR that is" in crmtui("today", "--format", "table", "--why").out
    crmtui("accounts", "edit", "aurora", "--posture", "leave")
    assert "1 account left out" in crmtui("today", "--format", "table").out
