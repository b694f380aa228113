"""Doubles from the shell: found with reasons, made one, or told to be two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


@pytest.fixture(autouse=True)
def _two(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Aurora Spa", "--website", "aurora.it", "--city", "Milano")
    crmtui("accounts", "add", "--name", "Aurora", "--email", "info@aurora.it", "--city", "Roma")


def test_pairs_are_told_with_what_speaks_for_them(crmtui: Crmtui) -> None:
    (pair,) = crmtui("doubles", "accounts").rows
    assert (pair["name"], pair["other_name"]) == ("Aurora Spa (Milano)", "Aurora (Roma)")
    assert pair["reasons"] == "the same name; the same domain: aurora.it"
    assert pair["score"] == pytest.approx(1 - 0.35 * 0.45)
    assert "84%" in crmtui("doubles", "accounts", "--format", "table").out
    ran = crmtui("doubles", "accounts", "--least", "90%")
    assert (ran.out, "No doubles" in ran.err) == ("", True)


def test_pairs_are_filtered_by_either_of_the_two(crmtui: Crmtui) -> None:
    crmtui("accounts", "add", "--name", "Helios", "--city", "Milano")
    crmtui("accounts", "add", "--name", "Helios Srl", "--city", "Torino")
    assert len(crmtui("doubles", "accounts").rows) == 2
    assert [row["name"] for row in crmtui("doubles", "accounts", "roma").rows] == ["Aurora Spa (Milano)"]
    assert [row["name"] for row in crmtui("doubles", "accounts", "-aurora").rows] == ["Helios (Milano)"]
    assert not crmtui("doubles", "accounts", "level:partner").rows
    assert "no column shoe" in crmtui("doubles", "accounts", "shoe:4", code=2).err
    assert "no option --lest" in crmtui("doubles", "accounts", "--lest", "4", code=2).err


def test_two_become_one_and_undo_makes_them_two(crmtui: Crmtui) -> None:
    ran = crmtui("merge", "accounts", "Aurora Spa", "Aurora", "--take", "city")
    assert "Merge Aurora into account Aurora Spa" in ran.err
    (row,) = crmtui("accounts", "show", "Aurora").rows
    assert (row["city"], row["email"], row["website"]) == ("Roma", "info@aurora.it", "aurora.it")
    crmtui("undo")
    assert len(crmtui("accounts", "list").rows) == 2


def test_two_that_are_two_are_not_told_again(crmtui: Crmtui) -> None:
    uids = crmtui("doubles", "accounts", "--format", "ids").out.split()
    crmtui("apart", "accounts", *uids)
    assert crmtui("doubles", "accounts").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("doubles", "plans"), "There are no plans"),
        (("doubles", "people", "--least", "most"), "from 0 to 100"),
        (("merge", "accounts", "Aurora Spa"), "at least one other"),
        (("merge", "accounts", "Aurora Spa", "Aurora", "--take", "shoe"), "no field “shoe”"),
        (("apart", "people", "a"), "a"),
    ],
)
def test_what_makes_no_sense_is_said(crmtui: Crmtui, words: tuple[str, ...], said: str) -> None:
    ran = crmtui(*words, code=1 if words[0] == "apart" else 2)
    assert said in ran.err
    assert len(crmtui("accounts", "list").rows) == 2


def test_what_came_with_either_is_told_of_the_one(crmtui: Crmtui, tmp_path: Path) -> None:
    file = tmp_path / "hs.csv"
    head = "Record ID,Company name,Lifecycle Stage,Company owner,Lead Status,hs_team\n"
    file.write_text(f"{head}101,Nordik,customer,,Open,North\n102,Nordik Service,lead,,Open,\n", "utf-8")
    crmtui("import", str(file))
    (row,) = crmtui("accounts", "show", "Nordik").rows
    assert (row["custom"]["Lifecycle Stage"], row["keys"]) == ("customer", {"hubspot": "101"})
    crmtui("merge", "accounts", "Nordik", "Nordik Service")
    ran = crmtui("accounts", "show", "Nordik")
    (row,) = ran.rows
    assert row["custom"] == {"Lifecycle Stage": ["customer", "lead"], "Lead Status": "Open", "hs_team": "North"}
    assert row["keys"] == {"hubspot": ["101", "102"], "merged": "Nordik Service"}
    file.with_suffix(".jsonl").write_text(ran.out, "utf-8")
    assert "1 known already" in crmtui("import", str(file.with_suffix(".jsonl")), "--format", "table").out
    page = [
        " ".join(line.split()) for line in crmtui("accounts", "show", "Nordik", "--format", "table").out.splitlines()
    ]
    assert {
        "Key in HubSpot 101",
        "Key in HubSpot 102",
        "Merged with it Nordik Service",
        "Lifecycle Stage customer",
        "Lifecycle Stage lead",
    } <= {*page}
