"""Whose key people somebody is, on the sheet of a stakeholder: said, guessed, or unknown."""

from __future__ import annotations

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.people import Person
from crmtui.domain.words import Rank
from crmtui.queries.dmu_sheets import Sheet
from crmtui.tui.widgets.stakeholder_sheet import rank_of


def shown(rank: Rank | None, position: str, title: str = "") -> str:
    person = Person(name="Conti", title=title)
    return rank_of(Sheet(stakeholder=Stakeholder(rank=rank, position=position), person=person)).plain


def test_what_is_said_counts_and_what_is_guessed_is_marked() -> None:
    assert shown(Rank.GENERAL, "Head of purchasing") == "general management, change leader"
    assert shown(None, "Head of purchasing") == "head of an area, purchasing manager ~ assumed"
    assert shown(None, "", "Direttrice generale") == "general management, change leader ~ assumed"
    assert shown(None, "Master fitter") == "?"
