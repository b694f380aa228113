from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Crmtui


def test_three_are_there_and_the_methods_own_is_used(crmtui: Crmtui) -> None:
    rows = crmtui("templates", "list").rows
    assert {row["name"]: row["is_current"] for row in rows} == {
        "crmtui": True,
        "Four questions": False,
        "Qualification": False,
    }
    assert "22" in crmtui("templates", "list", "--format", "table").out


def test_one_is_written_changed_and_added_as_the_next_version(crmtui: Crmtui, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    crmtui("templates", "show", "four", "--out", str(file))
    assert crmtui("templates", "show", "four questions 1").out == file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace("weight = 1", "weight = 2", 1), "utf-8")
    assert "version 2" in crmtui("templates", "add", str(file)).err
    assert crmtui("templates", "show", "four").out == file.read_text("utf-8")
    crmtui("undo")
    assert len(crmtui("templates", "list").rows) == 3


def test_one_that_is_shipped_can_be_brought_back(crmtui: Crmtui) -> None:
    crmtui("templates", "delete", "Qualification")
    crmtui("templates", "add", "qualification")
    assert len(crmtui("templates", "list").rows) == 3


def test_it_can_be_piped_in(crmtui: Crmtui, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = b'name = "Two"\n[[criteria]]\ncode = "x"\nlabel = "X"\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
    crmtui("templates", "add", "-")
    assert "Two" in crmtui("templates", "show", "two").out


def test_an_opportunity_is_scored_with_the_template_of_choice(crmtui: Crmtui) -> None:
    crmtui("opportunities", "add", "--name", "Line 4")
    crmtui("templates", "use", "qualification")
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert card["template"] == "Qualification"
    crmtui("scorecards", "add", "line 4", "--template", "four", "--grade", "real=3")
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert (card["template"], card["score"]) == ("Four questions", 75)


def test_with_another_template_scoring_is_one_step_or_none(crmtui: Crmtui) -> None:
    crmtui("opportunities", "add", "--name", "Line 4")
    crmtui("scorecards", "add", "line 4", "--grade", "need=3")
    before = crmtui("history").out
    crmtui("scorecards", "add", "line 4", "--template", "four", "--grade", "need=1", code=1)
    assert crmtui("history").out == before
    crmtui("scorecards", "add", "line 4", "--template", "four", "--grade", "real=3")
    crmtui("undo")
    (card,) = crmtui("scorecards", "show", "line 4").rows
    assert card["template"] == "crmtui"


def test_several_files_are_one_step_or_none_and_the_wrong_one_is_named(crmtui: Crmtui, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('name = "Good"\n[[criteria]]\ncode = "x"\nlabel = "X"\n', "utf-8")
    bad.write_text(good.read_text("utf-8").replace("Good", "Bad") + "weight = -1\n", "utf-8")
    before = crmtui("history").out
    assert f"{bad}: criterion 1: its weight" in crmtui("templates", "add", str(good), str(bad), code=1).err
    assert crmtui("history").out == before
    crmtui("templates", "add", str(good), "qualification")
    crmtui("undo")
    assert len(crmtui("templates", "list").rows) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "/nowhere/at.toml"), "cannot be read"),
        (("show", "zzz"), "there are crmtui"),
        (("use", "zzz"), "there are crmtui"),
    ],
)
def test_what_is_not_there_is_said(crmtui: Crmtui, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in crmtui("templates", *words, code=1).err


def test_a_bad_file_is_refused_and_nothing_is_kept(crmtui: Crmtui, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('name = "x"\n', "utf-8")
    assert "at least one is needed" in crmtui("templates", "add", str(file), code=1).err
    assert len(crmtui("templates", "list").rows) == 3


def test_weights_are_changed_as_the_next_version(crmtui: Crmtui) -> None:
    crmtui("templates", "edit", "four", "--weight", "real=5", "--description", "ours")
    found = crmtui("templates", "show", "four").out
    assert "weight = 5" in found
    assert 'description = "ours"' in found
    crmtui("templates", "edit", "four", "--weight", "zzz=5", code=2)
    crmtui("templates", "edit", "four", "--weight", "real=much", code=2)
    assert "from 0 to 100" in crmtui("templates", "edit", "four", "--weight", "real=-1", code=1).err
