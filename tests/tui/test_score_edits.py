from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import scorecards as commands
from crmtui.commands.scorecards import Cell
from crmtui.queries import scorecards
from crmtui.tui.score_edits import Edit, Edits
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.scorecards import ScorecardPage


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def edit(deals: Deals, code: str, grade: int | None) -> Edit:
    return Edit(deals.line(code).criterion_id, None, grade, TODAY)


def card(deals: Deals) -> ScorecardPage:
    return scorecards.card(deals.path, deals.line4, TODAY)


def grade(page: ScorecardPage, code: str) -> int | None:
    return next(line.ours.grade for line in page.lines if line.code == code)


def test_the_last_word_on_a_place_counts(deals: Deals) -> None:
    edits = Edits()
    given = [edit(deals, code, grade) for code, grade in (("margin", 1), ("budget", 2), ("margin", 3))]
    for one in given:
        edits.add(one)
    edits.settle(given[0], is_saved=True)
    shown = edits.applied(card(deals))
    assert (grade(shown, "margin"), grade(shown, "budget")) == (3, 2)


def test_what_was_read_before_a_save_still_shows_the_grade(deals: Deals) -> None:
    edits = Edits()
    saving = edit(deals, "margin", 3)
    edits.add(saving)
    before, known = card(deals), edits.saved
    commands.score(deals.path, Cell(deals.line4, saving.criterion_id), saving.grade, TUI, TODAY)
    edits.settle(saving, is_saved=True)
    edits.forget(known)
    assert grade(edits.applied(before), "margin") == 3


def test_what_was_read_after_a_save_is_the_truth(deals: Deals) -> None:
    edits = Edits()
    saving = edit(deals, "margin", 3)
    edits.add(saving)
    edits.settle(saving, is_saved=True)
    known = edits.saved
    edits.forget(known)
    assert edits.applied(card(deals)) == card(deals)


def test_what_could_not_be_saved_is_not_shown(deals: Deals) -> None:
    edits = Edits()
    saving = edit(deals, "margin", 3)
    edits.add(saving)
    edits.settle(saving, is_saved=False)
    assert grade(edits.applied(card(deals)), "margin") is None
