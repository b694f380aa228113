"""What contradicts itself, leads in circles or comes to nothing has a defined result, and the shell explains it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Crmtui

WEIGHTS = ("decider", "buyer", "influencer", "gatekeeper", "user", "initiator", "coach")


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora")
    crmtui("opportunities", "add", "--name", "Line 4", "--account", "aurora")


def team(crmtui: Crmtui, *names: str) -> None:
    for name in names:
        crmtui("dmu", "add", "aurora", "--new-person", name)


def told(crmtui: Crmtui) -> str:
    return crmtui("dmu", "show", "aurora", "--why", "--format", "table").out


def figures(crmtui: Crmtui) -> dict[str, Any]:
    (page,) = crmtui("dmu", "show", "aurora").rows
    return page


def test_lines_that_contradict_one_another_count_and_are_named(crmtui: Crmtui) -> None:
    team(crmtui, "Ada", "Ben", "Cleo")
    crmtui("dmu", "edit", "aurora", "ada", "--attitude", "2")
    crmtui("dmu", "link", "aurora", "ada", "ben")
    assert "influence each other" not in told(crmtui)
    crmtui("dmu", "link", "aurora", "ben", "ada")
    assert "Ada and Ben influence each other: both lines count, so that they meet." in told(crmtui)
    before = figures(crmtui)["favour"]
    crmtui("dmu", "link", "aurora", "ada", "ben", "--kind", "conflict")
    assert "the influence counts, the conflict is only shown." in told(crmtui)
    assert figures(crmtui)["favour"] == before
    assert "from one person to another" in crmtui("dmu", "link", "aurora", "ada", "ada", code=1).err


def test_a_circle_of_reports_to_is_refused_with_the_way_round(crmtui: Crmtui) -> None:
    team(crmtui, "Ada", "Ben", "Cleo")
    crmtui("dmu", "edit", "aurora", "ada", "--reports-to", "ben")
    crmtui("dmu", "edit", "aurora", "ben", "--reports-to", "cleo")
    refused = crmtui("dmu", "edit", "aurora", "cleo", "--reports-to", "ada", code=1).err
    assert "that would be a circle: Ada reports to Ben, Ben reports to Cleo" in refused
    assert sum(one["leverage"] for one in (row["figures"] for row in figures(crmtui)["stakeholders"])) == (
        pytest.approx(1)
    )


def test_a_map_with_nobody_says_how_to_begin(crmtui: Crmtui) -> None:
    assert "Nobody is on this map yet; `crmtui dmu add` puts somebody on it." in told(crmtui)
    found = figures(crmtui)
    assert (found["favour"], found["favour_low"], found["favour_high"], found["coverage"]) == (None, -1, 1, None)


def test_of_one_person_favour_is_the_attitude_and_no_finding_says_nothing(crmtui: Crmtui) -> None:
    team(crmtui, "Ada")
    crmtui("dmu", "edit", "aurora", "ada", "--attitude", "-1")
    found = figures(crmtui)
    assert (found["favour"], found["favour_low"], found["favour_high"]) == (-0.5, -0.5, -0.5)
    assert "power" not in " ".join(one["finding"] for one in found["findings"])
    assert not re.search(r"by 0\.00|\+0\.00", told(crmtui).partition("Why")[0])


def test_where_everybody_is_unknown_there_is_no_favour_and_what_to_find_out(crmtui: Crmtui) -> None:
    team(crmtui, "Ada", "Ben")
    assert "favour ? (-1.00 to +1.00), 0 % known" in told(crmtui)
    assert "Ada has an unknown attitude (weighs 50 %)" in told(crmtui)
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert {one["code"]: one["computed_grade"] for one in card["lines"] if one["computed"]}["favour"] is None


def test_roles_of_no_weight_let_all_decide_alike(crmtui: Crmtui) -> None:
    team(crmtui, "Ada", "Ben")
    crmtui("dmu", "edit", "aurora", "ada", "--roles", "decider", "--power", "4", "--attitude", "2")
    crmtui("dmu", "edit", "aurora", "ben", "--roles", "user", "--power", "1", "--attitude", "0")
    assert figures(crmtui)["favour"] == pytest.approx(16 / 17)
    crmtui("settings", *(word for role in WEIGHTS for word in (f"--weight-{role}", "0")))
    assert figures(crmtui)["favour"] == pytest.approx(0.5)
    assert "Nobody weighs anything by role and power, so all decide alike." in told(crmtui)
    assert "below 0" in crmtui("settings", "--weight-decider=-1", code=1).err


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.partition("[[criteria]]")[0] + "criteria = []", "criteria: at least one is needed"),
        (lambda text: re.sub(r"weight = .*", "weight = 0", text), "all are 0, so nothing would count"),
    ],
    ids=["no criteria", "no weight"],
)
def test_a_template_that_could_score_nothing_is_refused(
    crmtui: Crmtui, tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    text = crmtui("templates", "show", "Four questions").out
    path = tmp_path / "ours.toml"
    path.write_text(change(text).replace("Four questions", "Ours"))
    before = crmtui("history").out
    assert why in crmtui("templates", "add", str(path), code=1).err
    assert crmtui("history").out == before


def test_a_margin_below_zero_turns_the_chance_against_us_and_that_is_said(crmtui: Crmtui) -> None:
    crmtui("opportunities", "edit", "line 4", "--margin=-5k EUR", "--cost-to-spend", "1k EUR")
    crmtui("scorecards", "add", "line 4", "--grade", "need=1")
    (low,) = crmtui("opportunities", "show", "line 4").rows
    crmtui("scorecards", "edit", "line 4", "--grade", "need=4")
    (high,) = crmtui("opportunities", "show", "line 4").rows
    assert low["figures"]["probability"] < high["figures"]["probability"]
    assert 0 > low["figures"]["expected_value"] > high["figures"]["expected_value"]
    assert high["figures"]["expected_low"] < high["figures"]["expected_value"] < high["figures"]["expected_high"]
    assert "winning would lose money" in crmtui("opportunities", "show", "line 4", "--why", "--format", "table").out
    assert "winning would" not in crmtui("opportunities", "show", "line 4", "--format", "table").out


def test_a_budget_of_nothing_proposes_only_what_costs_nothing_and_says_why(crmtui: Crmtui) -> None:
    team(crmtui, "Ada")
    plan = ("plans", "add", "--objective", "P", "--account", "aurora", "--starts-on", "today", "--ends-on", "+3m")
    crmtui(*plan, "--budget", "0")
    ran = crmtui("plans", "propose", "P")
    assert all(row["cost"] == 0 for row in ran.rows)
    assert "another contact would cost more than the budget leaves" in ran.err
    refused = crmtui(*plan, "--budget=-5", code=1).err
    assert "--budget: an amount below 0 is not possible here" in refused
