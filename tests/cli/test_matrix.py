from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.domain.words import Posture, Segment
from customers import TODAY, Customers

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


def test_each_account_comes_with_its_posture_and_terms(crmtui: Crmtui) -> None:
    assert "no account to place" in crmtui("matrix").err
    customers = Customers(crmtui.path)
    lately = (TODAY - dt.date.today()).days / 365.25 + 0.1  # noqa: DTZ011 - the program asks the clock too
    customers.order(customers.account("Aurora"), lately, 30_000, price=100_000)
    (row,) = crmtui("matrix", "--why").rows
    assert (row["name"], row["sales"], row["segment"], row["cell"]) == ("Aurora", 100_000, "b", None)
    assert any(line.startswith("because: nobody has judged it yet") for line in row["why"])
    crmtui("criteria", "edit", "what it could buy", "--weight", "6")
    assert "must weigh more than 0" in crmtui("criteria", "edit", "recognition", "--weight", "0", code=1).err
    assert "others: 5 is above 4" in crmtui("grades", "set", "Aurora", "easy=3", "others=5", code=1).err
    assert "say a criterion and its grade" in crmtui("grades", "set", "Aurora", "easy", code=2).err
    assert "Changed 2 grades" in crmtui(
        "grades", "set", "Aurora", "its own=?", "easy=3", "--according-to", "Anna", "--confirmed"
    ).err  # fmt: skip
    (row,) = crmtui("matrix", "--why").rows
    assert row["attractiveness"] == 58.3  # 2 of 4 of the margin, 3 of 4 of its ease, weights 2 and 1
    assert any("✎ by hand: confirmed, Anna" in line for line in row["why"])
    grade, unknown = crmtui("grades", "list", "--sort", "-grade").rows
    assert (grade["grade"], unknown["grade"]) == (3, None)
    crmtui("grades", "delete", grade["uid"], unknown["uid"])
    crmtui("criteria", "delete", "easy")
    assert "Added 1 criterion" in crmtui("criteria", "restore").err
    assert "Kept the place of 1 account." in crmtui("matrix", "--keep", "--format", "table").err


def test_a_posture_and_a_segment_on_an_account_are_said_to_be_set_by_hand(crmtui: Crmtui) -> None:
    Customers(crmtui.path).account("Aurora", posture=Posture.LEAVE, segment=Segment.A)
    listed = crmtui("accounts", "list", "--format", "table", "--columns", "name,posture,segment").out
    for words in ("Posture set by hand", "Segment set by hand"):
        assert words in listed
        assert words in crmtui("accounts", "add", "--help").out
        assert words in crmtui("accounts", "show", "Aurora", "--format", "table").out


def test_a_posture_is_set_with_its_reason_which_goes_with_it(crmtui: Crmtui) -> None:
    Customers(crmtui.path).account("Aurora")
    crmtui("accounts", "edit", "Aurora", "--posture", "keep", "--posture-reason", "Opens doors in the north")
    day = dated(dt.datetime.now(dt.UTC).astimezone().date())
    (row,) = crmtui("matrix", "--why").rows
    assert (row["posture_by_hand"], row["posture_reason"]) == ("keep", "Opens doors in the north")
    told = f"✎ by hand: keep: Opens doors in the north ({day})"
    assert f"posture on the account: {told}" in row["why"]
    assert f"posture {told}" in crmtui("accounts", "show", "Aurora", "--format", "table").out
    crmtui("accounts", "edit", "Aurora", "--city", "Turin", "--posture", "keep")
    assert crmtui("matrix").rows[0]["posture_reason"] == "Opens doors in the north"
    crmtui("accounts", "edit", "Aurora", "--posture", "leave")
    assert f"✎ by hand: leave: no reason given ({day})" in crmtui("accounts", "show", "Aurora", "--format", "table").out


def test_criteria_and_grades_go_out_and_come_back(crmtui: Crmtui, tmp_path: Path) -> None:
    Customers(crmtui.path).account("Aurora")
    crmtui("criteria", "add", "--axis", "strength", "--name", "=Trust", "--weight", "3")
    crmtui("criteria", "edit", "what it could buy", "--weight", "6")
    crmtui("grades", "set", "Aurora", "=Trust=2", "--according-to", "Anna")
    for noun in ("criteria", "grades"):
        crmtui("export", noun, "--output", str(tmp_path / f"{noun}.json"))
    crmtui("criteria", "delete", "=Trust")
    crmtui("criteria", "edit", "what it could buy", "--weight", "1")
    crmtui("import", str(tmp_path / "criteria.json"), "--existing", "overwrite")
    crmtui("import", str(tmp_path / "grades.json"))
    weights = {one["name"]: one["weight"] for one in crmtui("criteria", "list").rows}
    assert (weights["=Trust"], weights["what it could buy from us"], len(weights)) == (3.0, 6.0, 8)
    (grade,) = crmtui("grades", "list").rows
    assert (grade["grade"], grade["source"]) == (2, "Anna")
