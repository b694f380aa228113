from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import history, records as generic, scorecards
from crmtui.commands.scorecards import Cell, Judgement
from crmtui.domain.scorecards import Answer, Criterion, Scorecard, ScorecardTemplate
from crmtui.domain.words import Basis
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import records, scorecards as asked, templates, workspace
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def cell(deals: Deals, code: str, competitor: int | None = None) -> Cell:
    return Cell(deals.line4, deals.line(code).criterion_id, competitor)


def score(deals: Deals, code: str, grade: int | None, day: dt.date = TODAY, **more: str) -> int:
    return scorecards.score(deals.path, cell(deals, code), grade, TUI, day, more=Judgement(**more))  # type: ignore[arg-type]  # the fields that are text


def cards(deals: Deals) -> list[Scorecard]:
    return records.belonging(deals.path, Scorecard, "opportunity_id", deals.line4)


def test_the_first_grade_begins_the_first_scorecard(deals: Deals) -> None:
    assert cards(deals) == []
    score(deals, "margin", 3, evidence="list price, 34 %")
    assert [card.day for card in cards(deals)] == [TODAY]
    ours = deals.line("margin").ours
    assert (ours.grade, ours.evidence, ours.judged_on, ours.basis) == (3, "list price, 34 %", TODAY, Basis.ASSUMED)


def test_unknown_is_not_zero(deals: Deals) -> None:
    score(deals, "margin", 3)
    score(deals, "budget", 0)
    with_zero = deals.score_of()
    score(deals, "budget", None)
    assert deals.line("budget").ours.grade is None
    assert with_zero == pytest.approx(100 * 9 / 28)
    assert deals.score_of() == pytest.approx(75)


def test_a_new_day_copies_the_card_and_leaves_the_old_one(deals: Deals) -> None:
    first = score(deals, "margin", 3, evidence="list price")
    rival = scorecards.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY)
    scorecards.score(deals.path, cell(deals, "price", rival), 4, TUI, TODAY)
    second = score(deals, "budget", 1, TOMORROW)
    assert first != second
    old, new = asked.card(deals.path, deals.line4, TODAY, first), asked.card(deals.path, deals.line4, TODAY)
    assert {line.code: line.ours.grade for line in old.lines if line.ours.basis} == {"margin": 3}
    assert {line.code: line.ours.grade for line in new.lines if line.ours.basis} == {"margin": 3, "budget": 1}
    assert deals.line("margin").ours.judged_on == TODAY
    assert [rival.name for rival in new.rivals] == ["Rivalco"]
    assert deals.line("price").theirs[0].grade == 4


def test_going_back_to_a_template_on_the_same_day_keeps_both_cards_grades_and_is_one_step(deals: Deals) -> None:
    score(deals, "margin", 3, evidence="list price")
    rival = scorecards.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY)
    scorecards.score(deals.path, cell(deals, "relations", rival), 4, TUI, TODAY)
    own, four = (templates.found(deals.path, name).template.id for name in ("crmtui", "Four questions"))
    scorecards.start(deals.path, deals.line4, TUI, TODAY, template_id=four)
    score(deals, "worth", 2)
    scorecards.start(deals.path, deals.line4, TUI, TODAY, template_id=own)
    assert (deals.line("margin").ours.grade, deals.line("margin").ours.evidence) == (3, "list price")
    assert deals.line("relations").theirs[0].grade == 4
    assert len(cards(deals)) == 2
    history.undo(deals.path, TUI)
    assert deals.line("worth").ours.grade == 2


def test_scoring_is_one_step_that_undo_takes_back_whole(deals: Deals) -> None:
    score(deals, "margin", 3)
    score(deals, "margin", 1, TOMORROW)
    newest = workspace.next_undo(deals.path)
    assert newest is not None
    assert newest.label == "Score Line 4 · Margin: 1"
    history.undo(deals.path, TUI)
    assert [card.day for card in cards(deals)] == [TODAY]
    assert deals.line("margin").ours.grade == 3


def test_the_same_grade_again_on_the_same_day_is_no_step(deals: Deals) -> None:
    score(deals, "margin", 3)
    before = workspace.version(deals.path)
    score(deals, "margin", 3)
    assert workspace.version(deals.path) == before


def test_a_grade_leaves_what_was_said_before(deals: Deals) -> None:
    score(deals, "margin", 3, evidence="list price", according_to="Conti")
    score(deals, "margin", 2)
    assert deals.line("margin").ours.evidence == "list price"
    assert deals.line("margin").ours.source == "Conti"


def test_evidence_may_come_before_the_grade(deals: Deals) -> None:
    more = Judgement(evidence="nobody told us", basis=Basis.CONFIRMED)
    scorecards.note(deals.path, cell(deals, "budget"), more, TUI, TODAY)
    ours = deals.line("budget").ours
    assert (ours.grade, ours.evidence, ours.basis) == (None, "nobody told us", Basis.CONFIRMED)


@pytest.mark.parametrize("grade", [5, -1])
def test_a_grade_outside_of_the_scale_is_refused_and_begins_nothing(deals: Deals, grade: int) -> None:
    with pytest.raises(InvalidError):
        score(deals, "margin", grade)
    assert cards(deals) == []


def test_a_criterion_of_another_template_is_refused(deals: Deals) -> None:
    other = generic.add(deals.path, ScorecardTemplate, {"name": "other", "is_current": False}, TUI)
    fields = {"template_id": other, "perspective": "return", "code": "x", "label": "X"}
    criterion = generic.add(deals.path, Criterion, fields, TUI)
    with pytest.raises(NotFoundError):
        scorecards.score(deals.path, Cell(deals.line4, criterion), 3, TUI, TODAY)


def test_another_template_takes_along_what_has_the_same_code(deals: Deals) -> None:
    score(deals, "margin", 3, evidence="list price")
    score(deals, "budget", 2)
    new = generic.add(deals.path, ScorecardTemplate, {"name": "crmtui", "version": 2}, TUI)
    fields = {"template_id": new, "perspective": "return", "code": "margin", "label": "Margin", "weight": 7.0}
    generic.add(deals.path, Criterion, fields, TUI)
    assert asked.card(deals.path, deals.line4, TODAY).newer_template_id == new
    score(deals, "budget", 3, TOMORROW)
    assert asked.card(deals.path, deals.line4, TODAY).template == ("crmtui", 1)
    scorecards.start(deals.path, deals.line4, TUI, TOMORROW, template_id=new)
    card = asked.card(deals.path, deals.line4, TODAY)
    assert (card.template, card.newer_template_id) == (("crmtui", 2), None)
    assert [(line.code, line.ours.grade, line.ours.evidence) for line in card.lines] == [("margin", 3, "list price")]


def test_starting_twice_a_day_is_the_same_card(deals: Deals) -> None:
    first = scorecards.start(deals.path, deals.line4, TUI, TODAY)
    assert scorecards.start(deals.path, deals.line4, TUI, TODAY) == first


def test_a_card_dated_ahead_is_not_left_behind(deals: Deals) -> None:
    ahead = score(deals, "margin", 3, TOMORROW)
    assert score(deals, "margin", 2, TODAY) == ahead


def test_a_competitor_is_found_by_name_or_made(deals: Deals) -> None:
    first = scorecards.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY)
    with pytest.raises(ConflictError):
        scorecards.add_competitor(deals.path, deals.line4, " Rivalco ", TUI, TODAY)
    other = deals.add("Retrofit")
    assert scorecards.add_competitor(deals.path, other, "Rivalco", TUI, TODAY) == first


def test_a_competitor_that_is_taken_off_stays_on_older_cards(deals: Deals) -> None:
    rival = scorecards.add_competitor(deals.path, deals.line4, "Rivalco", TUI, TODAY)
    old = cards(deals)[0].id
    scorecards.remove_competitor(deals.path, deals.line4, rival, TUI, TOMORROW)
    assert asked.card(deals.path, deals.line4, TODAY).rivals == ()
    assert len(asked.card(deals.path, deals.line4, TODAY, old).rivals) == 1


def test_a_deleted_opportunity_takes_its_cards_and_cannot_be_scored(deals: Deals) -> None:
    place = cell(deals, "margin")
    scorecards.score(deals.path, place, 3, TUI, TODAY)
    from crmtui.domain.opportunities import Opportunity

    generic.delete(deals.path, Opportunity, [deals.line4], TUI)
    with pytest.raises(NotFoundError):
        scorecards.score(deals.path, place, 3, TUI, TODAY)
    history.undo(deals.path, TUI)
    assert len(records.belonging(deals.path, Answer, "scorecard_id", cards(deals)[0].id)) == 1
