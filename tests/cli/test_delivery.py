"""Projects, promises, requests and feedback on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("people", "add", "--name", "Laura Bianchi", "--account", "aurora")


def test_a_project_begins_with_a_won_opportunity_its_people_and_competences(crmtui: Crmtui) -> None:
    crmtui("actors", "add", "--name", "Luca Neri", "--me")
    won = ("--stage", "won", "--reason", "price", "--lesson", "ask", "--margin", "62k")
    crmtui("opportunities", "add", "--name", "Line 4", "--account", "aurora", *won)
    crmtui("promises", "add", "--opportunity", "line 4", "--name", "Spare parts", "--due-on", "-3d")
    assert "1 promise came along" in crmtui("projects", "begin", "line 4").err
    crmtui(
        *("projects", "edit", "line 4", "--with", "bianchi=line lead", "--competence", "PLC=1;luca"),
        *("--competence", "Safety=?", "--progress", "40"),
    )
    (found,) = crmtui("projects", "show", "line 4").rows
    assert [(one["person"], one["part"]) for one in found["people"]] == [("Laura Bianchi", "line lead")]
    assert [(one["name"], one["grade"]) for one in found["competences"]] == [("PLC", 1), ("Safety", None)]
    assert [one["name"] for one in found["promises"]] == ["Spare parts"]
    crmtui("projects", "edit", "line 4", "--without", "bianchi", "--no-competence", "safety")
    (row,) = crmtui("projects", "list", "missing:1", "progress>30%", "person:none", "--columns", "open,owner").rows
    assert row == {"open": 1, "owner": "Luca Neri"}
    crmtui("projects", "done", "line 4", "--date", "today")
    crmtui("projects", "edit", "line 4", "--starts-on", "-9d", "--ends-on", "-2d", "--ended-on", "today")
    (row,) = crmtui("projects", "list", "ended>=today", "late:2", "--columns", "status,progress").rows
    assert row == {"status": "done", "progress": 100}
    assert "begun already" in crmtui("projects", "begin", "line 4", code=1).err


def test_promises_and_requests_are_settled_and_found_by_how_they_stand(crmtui: Crmtui) -> None:
    crmtui("promises", "add", "--person", "bianchi", "--name", "Spare parts", "--due-on", "-3d")
    crmtui("requests", "add", "--person", "bianchi", "--name", "Manuals", "--received-on", "-9d")
    for noun, filter_, verb, settled in (
        ("promises", "fate:overdue", ("settle", "spare", "--as", "partly", "--note", "two days"), "fate:partly"),
        ("requests", "pace:overdue", ("answer", "manuals", "--answer", "sent"), "pace:late"),
    ):
        assert len(crmtui(noun, "list", filter_).rows) == 1
        crmtui(noun, *verb)
        assert crmtui(noun, "list", filter_).rows == []
        assert len(crmtui(noun, "list", settled).rows) == 1
        crmtui(noun, "reopen", verb[1])
        crmtui(noun, "move", verb[1], "--to", "+1w")
        assert len(crmtui(noun, "list", "due>today").rows) == 1
    assert "--as kept" in crmtui("promises", "settle", "spare", code=2).err
    assert "lies before “Received on”" in crmtui("requests", "answer", "manuals", "--date", "-20d", code=1).err


def test_feedback_has_its_class(crmtui: Crmtui) -> None:
    for score in (9, 8, 6):
        crmtui("feedback", "add", "--person", "bianchi", "--score", str(score), "--comment", f"said {score}")
    rows = crmtui("feedback", "list", "--columns", "score,class", "--sort", "-score").rows
    assert [row["class"] for row in rows] == ["promoter", "passive", "detractor"]
    (uid,) = crmtui("feedback", "list", "class:detractor", "--format", "ids").out.split()
    assert "above 10" in crmtui("feedback", "edit", uid, "--score", "11", code=1).err
    crmtui("feedback", "delete", uid)
    assert crmtui("feedback", "list", "class:detractor").rows == []
