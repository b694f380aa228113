from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _line4(crmtui: Crmtui) -> None:
    crmtui("opportunities", "add", "--name", "Line 4")
    crmtui("competitors", "add", "--name", "Rivalco")


def answers(crmtui: Crmtui) -> dict[str, dict[str, Any]]:
    (card,) = crmtui("scorecards", "show", "line 4").rows
    return {line["code"]: line for line in card["lines"]}


def test_scoring_is_one_step_and_unknown_is_not_zero(crmtui: Crmtui) -> None:
    before = len(crmtui("history").rows)
    ran = crmtui(
        *("scorecards", "add", "line 4", "--grade", "need=3", "--grade", "budget created=?", "--grade", "risk=0"),
        *("--evidence", "need=said so in March", "--grade", "Rivalco:price=4", "--confirmed"),
        *("--according-to", "Conti"),
    )
    assert "Line 4 scores" in ran.err
    found = answers(crmtui)
    assert (found["need"]["grade"], found["budget"]["grade"], found["risk"]["grade"]) == (3, None, 0)
    assert (found["need"]["evidence"], found["need"]["basis"], found["need"]["source"]) == (
        "said so in March",
        "confirmed",
        "Conti",
    )
    assert found["price"]["competitors"]["Rivalco"]["grade"] == 4
    assert len(crmtui("history").rows) == before + 1


def test_edit_leaves_what_is_not_named(crmtui: Crmtui) -> None:
    crmtui("scorecards", "add", "line 4", "--grade", "need=3")
    crmtui("scorecards", "edit", "line 4", "--evidence", "need=because", "--grade", "margin=fully")
    found = answers(crmtui)
    assert (found["need"]["grade"], found["need"]["evidence"], found["margin"]["grade"]) == (3, "because", 4)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--grade", "need"), 2),
        (("--grade", "need=9"), 1),
        (("--grade", "nonsense=3"), 1),
        (("--grade", "Nobody:price=3"), 1),
        (("--grade", "co=3"), 1),
    ],
)
def test_what_cannot_be_scored_changes_nothing(crmtui: Crmtui, words: tuple[str, ...], code: int) -> None:
    before = crmtui("history").out
    crmtui("scorecards", "add", "line 4", "--grade", "margin=2", *words, code=code)
    assert crmtui("history").out == before


def test_an_opportunity_that_nobody_has_scored_shows_the_questions(crmtui: Crmtui) -> None:
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert (card["uid"], card["score"], card["completeness"]) == (None, None, 0)
    assert "not scored yet" in crmtui("scorecards", "show", "line 4", "--format", "table").out


def test_a_page_for_people_with_what_grades_mean(crmtui: Crmtui) -> None:
    uid = crmtui("scorecards", "add", "line 4", "--grade", "money=0").out.strip()
    page = crmtui("scorecards", "show", uid, "--format", "table", "--anchors").out
    assert "Gates" in page
    assert "is graded low" in page
    assert "(money)" in page


def test_list_delete_and_other_formats(crmtui: Crmtui) -> None:
    uid = crmtui("scorecards", "add", "line 4").out.strip()
    assert crmtui("scorecards", "list", "--format", "ids").out.strip() == uid
    assert crmtui("scorecards", "show", "line 4", "--format", "ids").out.strip() == uid
    assert uid in crmtui("scorecards", "show", uid, "--format", "csv").out
    crmtui("scorecards", "delete", uid)
    assert not crmtui("scorecards", "list").rows
    crmtui("scorecards", "show", uid, code=1)


def test_the_probability_and_the_expected_value_with_their_terms(crmtui: Crmtui) -> None:
    crmtui("opportunities", "edit", "line 4", "--margin", "62k EUR", "--cost-to-spend", "1k EUR")
    assert "the usual share)" in crmtui("opportunities", "show", "line 4", "--format", "table").out
    assert "the usual share won" in crmtui("opportunities", "show", "line 4", "--why", "--format", "table").out
    crmtui("scorecards", "add", "line 4", "--grade", "need=4", "--grade", "margin=2")
    assert "from 0 outcomes)" in crmtui("opportunities", "show", "line 4", "--format", "table").out
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert card["probability_low"] < card["probability"] < card["probability_high"]
    assert card["learnt_from"] == 0
    assert card["expected_value"] == pytest.approx(card["probability"] * 6_200_000 - 100_000, abs=1)
    lines = {line["code"]: line for line in card["lines"]}
    points = sum(line["points"] or 0 for line in lines.values())
    assert 0.30 + points == pytest.approx(card["probability"])
    assert lines["margin"]["step"] > 0
    assert lines["favour"]["computed_grade"] is None
    page = crmtui("scorecards", "show", "line 4", "--why", "--format", "table").out
    assert "Why P(win)" in page
    assert "a card in the middle" in page
    assert "Nothing was learnt yet" in page
    assert "of a margin of 62,000.00 EUR, less 1,000.00 EUR" in page


def test_a_computed_grade_is_set_by_hand_with_a_reason_alone(crmtui: Crmtui) -> None:
    crmtui("opportunities", "edit", "line 4", "--budget", "set")
    assert answers(crmtui)["budget"]["grade"] == 4
    assert "is computed" in crmtui("scorecards", "add", "line 4", "--grade", "budget=1", code=1).err
    crmtui("scorecards", "add", "line 4", "--grade", "budget=1", "--reason", "budget=frozen since Monday")
    found = answers(crmtui)["budget"]
    assert (found["grade"], found["computed_grade"], found["override_reason"]) == (1, 4, "frozen since Monday")
    crmtui("scorecards", "edit", "line 4", "--grade", "budget=?")
    assert answers(crmtui)["budget"]["grade"] == 4
