"""What lists show of a map is what its page tells with all terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from crmtui.method.coverage import coverage
from crmtui.method.favour import favour
from crmtui.method.leverage import leverage, shares
from crmtui.method.map_values import Values, values
from crmtui.method.wins import wins
from teams import RULES, TEAMS, TIES

if TYPE_CHECKING:
    from crmtui.method.dmu import Member
    from crmtui.method.influence import Tie
    from crmtui.method.leverage import Rules


def test_a_map_with_nobody_comes_to_nothing() -> None:
    assert values([], [], [], []) == Values(None, None, None)


@given(TEAMS, TIES, RULES, st.data())
def test_the_figures_are_those_with_terms(
    members: list[Member], ties: list[Tie], rules: Rules, data: st.DataObject
) -> None:
    strengths = data.draw(st.lists(st.none() | st.integers(0, 3), min_size=len(members), max_size=len(members)))
    members = [
        replace(one, has_win=True, win_strength=strength) for one, strength in zip(members, strengths, strict=True)
    ]
    weights = leverage(members, ties, rules)
    covered = coverage(members, weights, rules.half_life)
    found = values(
        shares(members, ties, rules)[0],
        [one.attitude for one in members],
        [term.value for term in covered.terms],
        strengths,
    )
    told = (favour(members, weights).value, covered.value, wins(members, weights).value)
    assert [one is None for one in found] == [one is None for one in told]
    assert [one for one in found if one is not None] == pytest.approx([one for one in told if one is not None])
