"""The head of a scorecard says what matters in any width."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conftest import TODAY
from crmtui.queries import lists, opportunities, scorecards
from crmtui.tui.widgets.score_head import about, headline

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.opportunities import OpportunityPage
    from crmtui.queries.scorecards import ScorecardPage

LONG = 987_654_321_00
WIDTHS = (40, 60, 78, 118, 200)


@pytest.fixture(scope="module")
def pages(sample: Path) -> list[tuple[ScorecardPage, OpportunityPage]]:
    """Open ones, one that nobody has scored, and closed ones."""
    keys = lists.ids(sample, "opportunities", TODAY)  # the open ones first
    return [(scorecards.card(sample, key, TODAY), opportunities.page(sample, key, TODAY)) for key in keys[::6]]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_the_figures_that_matter_is_cut(
    pages: list[tuple[ScorecardPage, OpportunityPage]], width: int
) -> None:
    for card, page in pages:
        opportunity = replace(card.opportunity, currency="CHF", value=LONG, margin=LONG)
        found = replace(card.expected, value=-LONG, cost=None)
        line = headline(replace(card, opportunity=opportunity, expected=found), TODAY, width)
        about_it = about(replace(page, opportunity=opportunity), TODAY, width)
        assert max(line.cell_length, about_it.cell_length) <= width
        if width >= 78:
            assert "…" not in line.plain.replace("…", "", 1)  # the one between the ends of the band
            assert page.opportunity.stage.is_closed or "outcomes" in line.plain or "usual share" in line.plain
            assert page.opportunity.stage.is_closed or "EV -988 M CHF" in line.plain
            assert "margin 988 M CHF" in about_it.plain


def test_more_room_is_more_words(pages: list[tuple[ScorecardPage, OpportunityPage]]) -> None:
    card, page = next(pair for pair in pages if pair[0].score.value is not None)
    lines = [headline(card, TODAY, width).plain for width in WIDTHS]
    assert [len(line) for line in lines] == sorted(len(line) for line in lines)
    assert "scored" in lines[-1]
    assert page.opportunity.name in about(page, TODAY, 118).plain
    assert page.account in about(page, TODAY, 118).plain


def test_a_gate_that_is_closed_warns_by_name_or_by_number(
    pages: list[tuple[ScorecardPage, OpportunityPage]],
) -> None:
    card = next(card for card, page in pages if not page.opportunity.stage.is_closed)
    gates = tuple(line.code for line in card.lines if line.is_gate)
    closed = replace(card, score=replace(card.score, closed_gates=gates))
    assert "Is there money to spend" in headline(closed, TODAY, 200).plain
    assert "! 2 gates closed" in headline(closed, TODAY, 78).plain
