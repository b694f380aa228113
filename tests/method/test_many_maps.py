"""Thousands of maps at once come to what each comes to alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crmtui.method import coverage, many_maps, map_values
from crmtui.method.leverage import role_weight, shares
from crmtui.method.many_maps import Contacts, People, Ties
from teams import MOST, RULES, TEAMS, TIES

if TYPE_CHECKING:
    from crmtui.method.dmu import Member
    from crmtui.method.influence import Tie
    from crmtui.method.leverage import Rules
    from crmtui.method.map_values import Values

Map = tuple["list[Member]", "list[Tie]"]
NOBODY: Any = {name: [] for name in People._fields}


def people(**columns: Any) -> People:
    """What is None is unknown."""
    kinds = {"key": np.int64, "map_id": np.int64}
    return People(**{name: np.array(column, kinds.get(name, float)) for name, column in columns.items()})


def lines(*told: tuple[float, ...]) -> Ties:
    return Ties(*np.array(told, float).reshape(-1, 4).T)


def contacted(*told: tuple[int, float, int]) -> Contacts:
    person, quality, days = (np.array([one[at] for one in told]) for at in range(3))
    return Contacts(person.astype(np.int64), quality.astype(float), days.astype(np.int64))


def reached(persons: list[int | None], contacts: Contacts) -> list[float]:
    return list(many_maps.reached(np.array(persons, float), contacts, 90))


def one_by_one(members: list[Member], ties: list[Tie], rules: Rules) -> Values:
    """What a map comes to alone; how strong a win is, is not told of these people."""
    limits = [coverage.most(one.relationship) for one in members]
    reach = [coverage.reached(one.encounters, rules.half_life) for one in members]
    return map_values.values(
        shares(members, ties, rules)[0],
        [one.attitude for one in members],
        [most if limit is None else min(limit, most) for limit, most in zip(limits, reach, strict=True)],
        [one.power if one.power in {1, 2, 3} else None for one in members],
    )


def at_once(maps: list[Map], rules: Rules) -> dict[int, Values]:
    """What maps come to together, by their places; the keys of each are moved, so that no two are the same."""
    everybody = [(at, one) for at, (members, _ties) in enumerate(maps) for one in members]
    ties = [(at, tie) for at, (_members, lines) in enumerate(maps) for tie in lines]

    def moved(at: int, key: int) -> int:
        return at * (MOST + 1) + key

    met = [(moved(at, one.key), each) for at, one in everybody for each in one.encounters]
    contacts = contacted(*((key, each.quality, each.days) for key, each in met))
    keys = [moved(at, one.key) for at, one in everybody]
    return many_maps.values(
        people(
            key=keys,
            map_id=[at for at, _one in everybody],
            reports_to=[None if one.reports_to is None else moved(at, one.reports_to) for at, one in everybody],
            role=[role_weight(one.roles, rules) for _at, one in everybody],
            power=[one.power for _at, one in everybody],
            attitude=[one.attitude for _at, one in everybody],
            openness=[one.openness for _at, one in everybody],
            relationship=[one.relationship for _at, one in everybody],
            reached=many_maps.reached(np.array(keys, float), contacts, rules.half_life),
            strength=[one.power if one.power in {1, 2, 3} else None for _at, one in everybody],
        ),
        lines(*((moved(at, tie.source), moved(at, tie.target), tie.strength, tie.is_formal) for at, tie in ties)),
        rules.informal_share,
    )


@given(st.lists(st.tuples(TEAMS, TIES), min_size=1, max_size=5), RULES)
def test_each_comes_to_what_it_comes_to_alone(maps: list[Map], rules: Rules) -> None:
    found = at_once(maps, rules)
    assert sorted(found) == list(range(len(maps)))
    for at, (members, ties) in enumerate(maps):
        alone = one_by_one(members, ties, rules)
        assert [one is None for one in found[at]] == [one is None for one in alone]
        assert [one for one in found[at] if one is not None] == pytest.approx([one for one in alone if one is not None])


def test_nobody_comes_to_nothing() -> None:
    assert many_maps.values(people(**NOBODY), lines(), 0.5) == {}
    assert reached([7, None], contacted()) == [0.0, 0.0]


def test_contacts_as_seen_from_an_earlier_day() -> None:
    """Of one who was met yesterday and a hundred days ago, ten days ago only the older counts, and counts for more."""
    met = contacted((7, 0.5, 1), (7, 0.5, 100), (8, 0.5, -1))
    then = reached([7, 8], met.until(10))
    assert then == reached([7, 8], contacted((7, 0.5, 90))) == [0.25, 0.0]
    assert reached([8], met) == [0.0]  # it is yet to happen


def test_a_contact_is_one_with_everybody_who_was_there() -> None:
    there = (np.array([3, 1, 3, 9]), np.array([7, 8, 8, 7]))  # the last was in a contact that has not happened
    found = many_maps.met(there, (np.array([3, 1]), np.array([0.5, 0.25]), np.array([10, 20])))
    assert [one.tolist() for one in (found.person, found.quality, found.days)] == [
        [7, 8, 8],
        [0.5, 0.25, 0.5],
        [10, 20, 10],
    ]


def test_lines_to_people_of_another_map_are_none() -> None:
    two = people(
        key=[1, 2, 3, 4],
        map_id=[10, 10, 20, 20],
        reports_to=[None, None, 1, None],
        role=[1.0] * 4,
        power=[2] * 4,
        attitude=[2, -2, 2, -2],
        openness=[0.5] * 4,
        relationship=[None] * 4,
        reached=[0.0] * 4,
        strength=[None] * 4,
    )
    apart = many_maps.values(two, lines((1, 4, 3, 0)), 0.5)
    assert apart[10].favour == apart[20].favour == 0
    together = many_maps.values(two, lines((3, 4, 3, 0)), 0.5)
    assert (together[10].favour, together[20].favour) == (0, 0.5)


def test_more_maps_than_are_held_together(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 7
    given = people(
        key=list(range(1, 2 * count + 1)),
        map_id=[at // 2 for at in range(2 * count)],
        reports_to=[None] * (2 * count),
        role=[1.0, 3.0] * count,
        power=[None] * (2 * count),
        attitude=[at // 2 % 5 - 2 for at in range(2 * count)],
        openness=[0.5] * (2 * count),
        relationship=[0, 4] * count,
        reached=[0.8] * (2 * count),
        strength=[3, None] * count,
    )
    monkeypatch.setattr(many_maps, "AT_ONCE", 3)
    found = many_maps.values(given, lines(), 0.5)
    assert [found[at].favour for at in range(count)] == [-1, -0.5, 0, 0.5, 1, -1, -0.5]
    assert [found[at].coverage for at in range(count)] == [pytest.approx(0.25 * 0.2 + 0.75 * 0.8)] * count
    assert {one.wins for one in found.values()} == {0.25}
