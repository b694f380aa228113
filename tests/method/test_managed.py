from __future__ import annotations

import pytest

from crmtui.domain.words import Level
from crmtui.method.managed import caution, is_capped
from crmtui.method.playbook import COMPANY, PLAYS, PRODUCT, SELLING, SOLUTION


@pytest.mark.parametrize(("willingness", "capped"), [(0, True), (1, True), (2, False), (4, False), (None, False)])
def test_willingness_of_one_or_less_caps_the_account_model(willingness: int | None, capped: bool) -> None:
    """method.md section 1, "Managed or not": willingness ≤ 1 caps the account model at "transactional"."""
    assert is_capped(willingness) is capped


def test_it_is_said_and_unknown_is_not_a_no() -> None:
    assert "transactional" in caution(1)
    assert "Nobody has asked" in caution(None)
    assert caution(2) == ""


def test_the_playbook_has_a_row_for_each_level() -> None:
    """method.md section 1: the three tables."""
    assert list(PLAYS) == list(Level)
    assert all(text for play in PLAYS.values() for _label, text in play.rows)
    assert PLAYS[Level.ACCOUNT].people == "process owner, director of function"
    assert PLAYS[Level.PROSPECT].judges.startswith("keeping promises")


def test_what_to_sell_goes_with_the_level() -> None:
    assert [SELLING[level] for level in Level] == [PRODUCT, PRODUCT, SOLUTION, COMPANY]
    assert COMPANY.horizon == "strategic plan"
    assert all(text for way in (PRODUCT, SOLUTION, COMPANY) for _label, text in way.rows)
