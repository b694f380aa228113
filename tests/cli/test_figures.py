"""The figures of accounts and opportunities on the command line: value, band, completeness, and their terms."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _aurora(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora", "--city", "Milano")
    crmtui(
        *("opportunities", "add", "--name", "Line 4", "--account", "aurora"),
        *("--margin", "62k EUR", "--cost-to-spend", "1k EUR"),
    )


def judge(crmtui: Crmtui) -> None:
    """Somebody for us, somebody whom nobody knows, and an assessment."""
    crmtui("dmu", "add", "aurora", "--new-person", "Laura Bianchi", "--roles", "decider", "--power", "4")
    crmtui("dmu", "add", "aurora", "--new-person", "Gino Conti", "--power", "2", "--attitude", "1")
    crmtui("assess", "aurora", "--rate", "performance=4")


def figures(crmtui: Crmtui, noun: str, ref: str, *more: str) -> dict[str, Any]:
    (row,) = crmtui(noun, "show", ref, *more).rows
    found: dict[str, Any] = row["figures"]
    return found


def page(crmtui: Crmtui, noun: str, ref: str, *more: str) -> str:
    return crmtui(noun, "show", ref, "--format", "table", *more).out


def test_an_opportunity_comes_with_the_figures_of_its_scorecard(crmtui: Crmtui) -> None:
    crmtui("scorecards", "add", "line 4", "--grade", "need=4")
    found = figures(crmtui, "opportunities", "line 4")
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert found == {name: card[name] for name in found}
    assert found["probability_low"] < found["probability"] < found["probability_high"]
    assert found["expected_value"] == pytest.approx(found["probability"] * 6_200_000 - 100_000, abs=1)
    told = page(crmtui, "opportunities", "line 4")
    assert "from 0 outcomes), EV" in told
    assert "score 100" in told
    assert "Why P(win)" not in told
    assert "Why P(win)" in page(crmtui, "opportunities", "line 4", "--why")
    lines = {one["code"]: one for one in figures(crmtui, "opportunities", "line 4", "--why")["lines"]}
    assert 0.30 + lines["need"]["points"] == pytest.approx(found["probability"])


def test_an_account_comes_with_level_strength_favour_and_coverage(crmtui: Crmtui) -> None:
    judge(crmtui)
    found = figures(crmtui, "accounts", "aurora")
    (unit,) = crmtui("dmu", "show", "aurora").rows
    (assessment,) = crmtui("assessments", "show", "aurora").rows
    for name in ("favour", "favour_low", "favour_high", "favour_known", "coverage", "coverage_known", "met", "blocks"):
        assert found[name] == unit[name]
    for name in ("level_low", "level_high", "completeness", "strength"):
        assert found[name] == assessment[name]
    assert found["level"] == "prospect"
    assert 0 < found["profile"] < 1
    assert "Needs" in found["profile_missing"]
    told = page(crmtui, "accounts", "aurora")
    assert "level Prospect" in told
    assert "favour +0.06 (-0.91 to +0.97), " in told
    assert "% known; missing: Industry, Segment" in told


def test_the_terms_of_an_account_are_those_of_its_ladder_and_its_map(crmtui: Crmtui) -> None:
    judge(crmtui)
    found = figures(crmtui, "accounts", "aurora", "--why")
    assert len(found["gates"]) == 8
    assert sum(one["leverage"] for one in found["people"]) == pytest.approx(1)
    assert sum(one["favour_points"] or 0 for one in found["people"]) == pytest.approx(found["favour"])
    told = page(crmtui, "accounts", "aurora", "--why")
    for heading in ("Why this level", "Why this strength", "Why favour and coverage"):
        assert heading in told
        assert heading not in page(crmtui, "accounts", "aurora")


def test_an_account_without_a_map_says_that_nothing_is_known(crmtui: Crmtui) -> None:
    assert "favour and coverage unknown: nobody is on its map" in page(crmtui, "accounts", "aurora", "--why")
    found = figures(crmtui, "accounts", "aurora", "--why")
    assert (found["favour"], found["coverage"], found["people"]) == (None, None, [])


def test_without_any_template_an_opportunity_is_still_shown(crmtui: Crmtui) -> None:
    crmtui("templates", "delete", *crmtui("templates", "list", "--format", "ids").out.split())
    assert "crmtui templates add crmtui" in page(crmtui, "opportunities", "line 4", "--why")
    assert "figures" not in crmtui("opportunities", "show", "line 4").rows[0]
    crmtui("templates", "add", "crmtui")
    assert figures(crmtui, "opportunities", "line 4")["probability"] == pytest.approx(0.3)


def test_a_list_has_the_figures_by_the_names_of_its_columns(crmtui: Crmtui) -> None:
    judge(crmtui)
    crmtui("scorecards", "add", "line 4", "--grade", "need=4")
    (row,) = crmtui("opportunities", "list", "--columns", "fields,win,ev").rows
    found = figures(crmtui, "opportunities", "line 4")
    assert (row["name"], row["margin"]) == ("Line 4", 6_200_000)
    assert (row["win"], row["ev"], row["ev_currency"]) == (found["probability"], found["expected_value"], "EUR")
    (row,) = crmtui("accounts", "list", "--columns", "name,favour,coverage").rows
    assert row == {"name": "Aurora", "favour": figures(crmtui, "accounts", "aurora")["favour"], "coverage": 0.0}
    assert "fields" in crmtui("accounts", "list", "--columns", "colour", code=2).err


def test_what_show_writes_as_json_can_be_imported(crmtui: Crmtui) -> None:
    judge(crmtui)
    path = crmtui.path.with_name("accounts.jsonl")
    path.write_text(crmtui("accounts", "show", "aurora", "--why").out)
    before = crmtui("accounts", "show", "aurora").rows
    crmtui("import", str(path))
    assert crmtui("accounts", "show", "aurora").rows == before


@pytest.mark.parametrize("words", [("accounts", "show", "aurora", "--why"), ("dmu", "show", "aurora")])
def test_titles_are_bold_on_a_terminal_and_no_code_is_seen(
    crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    crmtui("accounts", "edit", "aurora", "--name", "Aurora\x1b]0;x\x07")
    judge(crmtui)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert crmtui(*words).out.startswith("\x1b[1mAurora]0;x\x1b[0m\n")


def test_an_account_comes_with_its_white_space_and_what_we_owe_it(crmtui: Crmtui) -> None:
    for name in ("Robot cell", "Spare parts"):
        crmtui("offerings", "add", "--name", name)
    crmtui("whitespace", "set", "aurora", "robot", "--state", "competitor")
    crmtui("promises", "add", "--account", "aurora", "--name", "Manuals", "--due-on", "+30d")
    crmtui("feedback", "add", "--account", "aurora", "--score", "9")
    found = figures(crmtui, "accounts", "aurora", "--why")
    assert found["white_space"]["competitor"] == ["Robot cell"]
    assert found["white_space"]["unknown"] == ["Spare parts"]
    assert found["white_space"]["suggested"] == []
    assert (found["delivery"]["promises_open"], found["delivery"]["satisfaction"]) == (1, 9)
    told = page(crmtui, "accounts", "aurora")
    assert "white space: 0 % of what is needed is ours; 50 % known; " in told
    assert "promises kept 1 open" in told
    assert "satisfaction NPS +100" in told
    assert "open: Manuals" not in told
    assert "open: Manuals" in page(crmtui, "accounts", "aurora", "--why")
