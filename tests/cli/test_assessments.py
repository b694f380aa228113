from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora Spa", "--target-level", "account")


def shown(crmtui: Crmtui) -> dict[str, Any]:
    (row,) = crmtui("assessments", "show", "aurora").rows
    return row


def ratings(crmtui: Crmtui) -> dict[str, dict[str, Any]]:
    return {one["indicator"]: one for one in shown(crmtui)["ratings"]}


def test_assessing_is_one_step_and_says_the_level(crmtui: Crmtui) -> None:
    before = len(crmtui("history").rows)
    ran = crmtui(
        *("assess", "aurora", "--rate", "promises=3", "--rate", "advice=?", "--rate", "know-how and expertise=0"),
        *("--evidence", "promises=kept the date", "--confirmed", "--according-to", "Conti"),
        *("--willingness", "3", "--benefit", "one number to call"),
    )
    assert "Aurora Spa is at level Prospect." in ran.err
    assert "Missing for Buyer: orders, key people covered." in ran.err
    found = ratings(crmtui)
    assert (found["promises"]["grade"], found["promises"]["evidence"]) == (3, "kept the date")
    assert (found["promises"]["basis"], found["promises"]["source"]) == ("confirmed", "Conti")
    assert (found["advice"]["grade"], found["expertise"]["grade"]) == (None, 0)
    assert (shown(crmtui)["willingness"], shown(crmtui)["benefit"]) == (3, "one number to call")
    assert len(crmtui("history").rows) == before + 1


def test_json_carries_every_gate_with_its_terms(crmtui: Crmtui) -> None:
    crmtui("assess", "aurora", "--rate", "performance=4", "--rate", "expertise=1")
    row = shown(crmtui)
    gates = {one["gate"]: one for one in row["gates"]}
    assert len(gates) == 8
    recognised = gates["account_recognition"]
    assert (recognised["state"], recognised["value"], recognised["needed"], recognised["gap"]) == (
        *("missing", 2.5, 3.0),
        0.5,
    )
    assert [term["value"] for term in recognised["terms"]] == [4, 1, None]
    assert gates["partner_cover"]["state"] == "unknown"
    assert (row["level"], row["level_low"], row["next_level"], row["target_level"]) == (
        *("prospect", "prospect", "buyer"),
        "account",
    )
    assert row["strength"]["terms"][0]["weight"] == pytest.approx(0.4)
    assert row["history"] == [{"day": row["day"], "level": "prospect", "override": False, "steps": None}]


def test_a_page_with_why(crmtui: Crmtui) -> None:
    crmtui("assess", "aurora", "--rate", "performance=4", "--willingness", "1")
    page = crmtui("assessments", "show", "aurora", "--why", "--format", "table").out
    assert "recognised as consultant" in page
    assert "4 of 3" in page
    assert "unknown, so not met" in page
    assert "stays transactional" in page
    assert "strength = 100" in page
    assert "Cover is 4 · k" in page
    assert "to find out:" in page
    assert "to find out:" not in crmtui("assessments", "show", "aurora", "--format", "table").out


def test_a_level_that_was_typed_is_as_entered_not_assessed(crmtui: Crmtui) -> None:
    crmtui("accounts", "edit", "aurora", "--level", "partner")
    assert "Partner, as entered, not assessed" in crmtui("assessments", "show", "aurora", "--format", "table").out
    assert shown(crmtui)["as_entered"]
    crmtui("assess", "aurora", "--rate", "promises=2")
    assert not shown(crmtui)["as_entered"]
    crmtui("accounts", "edit", "aurora", "--level", "partner")
    page = crmtui("assessments", "show", "aurora", "--format", "table").out
    assert "Partner as entered since, not assessed" in page


def test_an_override_needs_its_reason_and_is_shown_as_one(crmtui: Crmtui) -> None:
    crmtui("assess", "aurora", "--override-level", "account", code=1)
    crmtui("assess", "aurora", "--override-level", "account", "--override-reason", "frame contract")
    page = crmtui("assessments", "show", "aurora", "--format", "table").out
    assert "Account, set by hand because frame contract; by the gates Prospect" in page


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--rate", "promises"), 2),
        (("--rate", "promises=9"), 1),
        (("--rate", "nonsense=3"), 1),
        (("--rate", "p=3"), 1),
        (("--evidence", "promises"), 2),
        (("--willingness", "7"), 1),
    ],
)
def test_what_cannot_be_rated_changes_nothing(crmtui: Crmtui, words: tuple[str, ...], code: int) -> None:
    before = crmtui("history").out
    crmtui("assess", "aurora", "--rate", "product=2", *words, code=code)
    assert crmtui("history").out == before


def test_the_usual_verbs(crmtui: Crmtui) -> None:
    uid = crmtui("assessments", "add", "--account", "aurora", "--day", "2026-01-10", "--willingness", "2").out.strip()
    assert crmtui("assessments", "list", "--format", "ids").out.strip() == uid
    crmtui("assessments", "edit", uid, "--override-level", "buyer", "--override-reason", "pays on time")
    assert crmtui("accounts", "show", "aurora").rows[0]["level"] == "buyer"
    (row,) = crmtui("assessments", "list").rows
    assert (row["day"], row["account"], row["level"], row["override_level"]) == (
        *("2026-01-10", "Aurora Spa"),
        "prospect",
        "buyer",
    )
    crmtui("assessments", "delete", uid)
    assert crmtui("assessments", "list").rows == []
    crmtui("undo")
    assert crmtui("assessments", "show", uid, "--format", "ids").out.strip() == uid


def test_nobody_is_assessed_on_a_day_to_come(crmtui: Crmtui) -> None:
    assert "day to come" in crmtui("assessments", "add", "--account", "aurora", "--day", "+1w", code=1).err
