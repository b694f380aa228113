from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import history, records, scorecards, templates as commands
from crmtui.commands.scorecards import Cell
from crmtui.domain.scorecards import ScorecardTemplate
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import scorecards as asked, templates
from deals import TODAY, TUI, Deals, begin

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.exchange.templates import TemplateDraft


@pytest.fixture
def deals(workspace: Path) -> Deals:
    return begin(workspace)


def own(deals: Deals) -> TemplateDraft:
    return templates.draft(deals.path, templates.found(deals.path, "crmtui").template.id)


def heavier(draft: TemplateDraft) -> TemplateDraft:
    first, *others = draft.criteria
    return replace(draft, criteria=(replace(first, weight=first.weight + 1), *others))


def test_a_new_workspace_has_three_and_uses_the_methods_own(deals: Deals) -> None:
    found = templates.kept(deals.path)
    assert [(one.template.name, one.criteria, one.template.is_current) for one in found] == [
        ("crmtui", 22, True),
        ("Four questions", 4, False),
        ("Qualification", 8, False),
    ]


def test_a_change_is_a_new_version_and_old_cards_keep_theirs(deals: Deals) -> None:
    scorecards.score(deals.path, Cell(deals.line4, deals.line("margin").criterion_id), 3, TUI, TODAY)
    key = commands.save(deals.path, heavier(own(deals)), TUI)
    card = asked.card(deals.path, deals.line4, TODAY)
    assert (card.template, card.newer_template_id) == (("crmtui", 1), key)
    other = deals.add("Line 5")
    assert asked.card(deals.path, other, TODAY).template == ("crmtui", 2)
    scorecards.start(deals.path, deals.line4, TUI, TODAY, template_id=key)
    card = asked.card(deals.path, deals.line4, TODAY)
    assert (card.template, card.newer_template_id) == (("crmtui", 2), None)
    assert deals.line("margin").grade == 3


def test_what_says_nothing_new_makes_no_version(deals: Deals) -> None:
    before = templates.found(deals.path, "crmtui").template.id
    assert commands.save(deals.path, own(deals), TUI) == before
    assert len(templates.kept(deals.path)) == 3


def test_several_changes_in_a_row_are_one_version_until_a_card_is_made_with_it(deals: Deals) -> None:
    scorecards.start(deals.path, deals.line4, TUI, TODAY)
    first = commands.save(deals.path, heavier(own(deals)), TUI, on_top=True)
    second = commands.save(deals.path, heavier(own(deals)), TUI, on_top=True)
    assert first == second
    assert templates.found(deals.path, "crmtui").template.version == 2
    scorecards.start(deals.path, deals.line4, TUI, TODAY, template_id=second)
    assert commands.save(deals.path, heavier(own(deals)), TUI, on_top=True) != second
    assert templates.found(deals.path, "crmtui").template.version == 3


def test_another_name_is_another_template_and_leaves_the_used_one(deals: Deals) -> None:
    commands.save(deals.path, replace(heavier(own(deals)), name="Ours"), TUI)
    assert templates.found(deals.path, "crmtui").template.is_current
    assert not templates.found(deals.path, "ours").template.is_current


def test_new_scorecards_use_what_was_chosen_and_undo_takes_it_back(deals: Deals) -> None:
    commands.use(deals.path, templates.found(deals.path, "four").template.id, TUI)
    assert asked.card(deals.path, deals.line4, TODAY).template == ("Four questions", 1)
    history.undo(deals.path, TUI)
    assert asked.card(deals.path, deals.line4, TODAY).template == ("crmtui", 1)


def test_one_that_cards_use_is_not_deleted(deals: Deals) -> None:
    scorecards.start(deals.path, deals.line4, TUI, TODAY)
    with pytest.raises(ConflictError):
        records.delete(deals.path, ScorecardTemplate, [templates.found(deals.path, "crmtui").template.id], TUI)


def test_a_bad_one_is_refused_and_nothing_is_kept(deals: Deals) -> None:
    with pytest.raises(InvalidError, match="at least one"):
        commands.save(deals.path, replace(own(deals), criteria=()), TUI)
    with pytest.raises(NotFoundError):
        commands.use(deals.path, 999, TUI)
    assert len(templates.kept(deals.path)) == 3


@pytest.mark.parametrize("wanted", ["crmtui", "CRMTUI 1", "crm"])
def test_one_is_found_by_name_by_version_and_by_the_beginning(deals: Deals, wanted: str) -> None:
    assert templates.found(deals.path, wanted).template.name == "crmtui"


def test_an_unknown_one_is_not_found_and_those_there_are_named(deals: Deals) -> None:
    with pytest.raises(NotFoundError, match="Four questions"):
        templates.found(deals.path, "zzz")
