"""What is said of the white space, and the opportunity that a cell becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import history, records as writing, whitespace
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import Basis, BudgetRung, Source, Stage, Supply
from crmtui.domain.workspace import Actor
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import records
from whites import TODAY, Whites, begin

if TYPE_CHECKING:
    from pathlib import Path

CLI = Source.CLI


@pytest.fixture
def whites(tmp_path: Path) -> Whites:
    return begin(tmp_path)


def cells(whites: Whites) -> list[WhiteSpace]:
    return records.every(whites.path, WhiteSpace)


def test_a_competitor_says_the_state_and_another_state_takes_its_name_away(whites: Whites) -> None:
    place = (whites.unit, whites.service)
    whitespace.judge(whites.path, [place], {"competitor_id": whites.rival, "basis": Basis.CONFIRMED}, CLI, TODAY)
    (found,) = cells(whites)
    assert (found.state, found.judged_on, found.basis) == (Supply.COMPETITOR, TODAY, Basis.CONFIRMED)
    whitespace.judge(whites.path, [place], {"state": Supply.NOT_NEEDED}, CLI, TODAY)
    (found,) = cells(whites)
    assert (found.state, found.competitor_id, found.basis) == (Supply.NOT_NEEDED, None, Basis.ASSUMED)
    both = {"state": Supply.US, "competitor_id": whites.rival}
    with pytest.raises(InvalidError, match="only where a competitor"):
        whitespace.judge(whites.path, [place], both, CLI, TODAY)


def test_several_cells_are_one_step_and_can_be_forgotten(whites: Whites) -> None:
    places = [(whites.group, whites.line), (whites.unit, whites.service)]
    whitespace.judge(whites.path, places, {"state": Supply.IN_HOUSE}, CLI, TODAY)
    assert len(cells(whites)) == 2
    assert whitespace.forget(whites.path, [*places, (whites.unit, whites.line)], CLI) == 2
    assert cells(whites) == []
    history.undo(whites.path, CLI)
    history.undo(whites.path, CLI)
    assert cells(whites) == []
    with pytest.raises(NotFoundError):
        whitespace.judge(whites.path, [(99_999, whites.line)], {"state": Supply.US}, CLI, TODAY)


def test_a_cell_becomes_an_opportunity_at_the_first_rung_once(whites: Whites) -> None:
    place = (whites.unit, whites.service)
    owner = writing.add(whites.path, Actor, {"name": "Anna"}, CLI)
    writing.edit(whites.path, Account, whites.unit, {"owner_id": owner}, CLI)
    whitespace.judge(whites.path, [place], {"potential": 4_000_000, "currency": "CHF"}, CLI, TODAY)
    key = whitespace.open_opportunity(whites.path, place, CLI, TODAY)
    deal = records.get(whites.path, Opportunity, key)
    assert (deal.name, deal.account_id, deal.offering_id) == ("Service", *place)
    assert (deal.stage, deal.budget, deal.opened_on) == (Stage.PROSPECTING, BudgetRung.UNAWARE, TODAY)
    assert (deal.value, deal.currency, deal.owner_id) == (4_000_000, "CHF", owner)
    with pytest.raises(ConflictError, match="already"):
        whitespace.open_opportunity(whites.path, place, CLI, TODAY)
