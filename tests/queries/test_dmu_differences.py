from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.commands import dmu as commands, records as generic
from crmtui.domain.workspace import Actor
from crmtui.errors import NotFoundError
from crmtui.queries import dmu_differences
from crmtui.queries.standing import Place
from maps import TODAY, TUI, Maps, begin

if TYPE_CHECKING:
    from pathlib import Path

BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    """Bianchi and Conti on the account's map, and from there on that of the opportunity."""
    found = begin(tmp_path)
    boss = found.add(BIANCHI, power=4, attitude=1, roles=("decider",), relationship=2)
    found.link(boss, found.add(CONTI, power=1, attitude=-1, reports_to_id=boss))
    commands.add_placeholder(found.path, found.of_account, "Purchasing", TUI, TODAY)
    commands.map_of(found.path, found.of_line4, TUI)
    return found


def told(maps: Maps) -> list[tuple[str, str, str, str]]:
    found = dmu_differences.compared(maps.path, maps.of_account, maps.of_line4, TODAY)
    return [(one.name, one.field, one.first, one.second) for one in found.differences]


def test_a_map_that_was_just_begun_from_another_does_not_differ(maps: Maps) -> None:
    assert told(maps) == []


def test_a_judgement_that_is_otherwise_is_told_in_words(maps: Maps) -> None:
    maps.judge(maps.sheet(BIANCHI, maps.of_line4).key, attitude=-2, relationship=None)
    assert told(maps) == [
        (BIANCHI, "attitude", "1 supporter", "-2 opponent"),
        (BIANCHI, "relationship", "2 works with us", ""),
    ]


def test_a_power_that_is_otherwise_moves_the_bets_of_all(maps: Maps) -> None:
    maps.judge(maps.sheet(CONTI, maps.of_line4).key, power=4)
    found = told(maps)
    assert (CONTI, "power", "1 little say", "4 decisive") in found
    assert {name for name, field, _first, _second in found if field == dmu_differences.LEVERAGE} >= {BIANCHI, CONTI}


def test_who_is_on_one_map_only_is_told_with_the_lines_that_are_missing(maps: Maps) -> None:
    commands.remove(maps.path, [maps.sheet(CONTI, maps.of_line4).key], TUI)
    maps.add(FERRARI, maps.of_line4, power=0, roles=("user",))
    found = told(maps)
    assert (CONTI, dmu_differences.PRESENT, "yes", "no") in found
    assert (FERRARI, dmu_differences.PRESENT, "no", "yes") in found
    assert (BIANCHI, dmu_differences.LINE, "2 clear", "") in found


def test_names_that_records_lead_to_are_compared_by_name(maps: Maps) -> None:
    anna = generic.add(maps.path, Actor, {"name": "Anna"}, TUI)
    key = maps.sheet(CONTI, maps.of_line4).key
    commands.edit_stakeholder(maps.path, key, {"covered_by_id": anna, "reports_to_id": None}, TUI, TODAY)
    found = told(maps)
    assert (CONTI, "covered_by_id", "", "Anna") in found
    assert (CONTI, "reports_to_id", BIANCHI, "") in found


def test_roles_without_a_name_are_the_same_by_their_position(maps: Maps) -> None:
    key = next(sheet.key for sheet in maps.page(maps.of_line4).sheets if sheet.person is None)
    commands.edit_stakeholder(maps.path, key, {"power": 3}, TUI, TODAY)
    assert ("Purchasing", "power", "", "3 strong say") in told(maps)


def test_the_keys_lead_to_both_maps(maps: Maps) -> None:
    maps.judge(maps.sheet(BIANCHI, maps.of_line4).key, attitude=0)
    (one,) = dmu_differences.compared(maps.path, maps.of_account, maps.of_line4, TODAY).differences
    assert one.first_key == maps.sheet(BIANCHI).key
    assert one.second_key == maps.sheet(BIANCHI, maps.of_line4).key


def test_a_map_that_is_gone_is_an_error(maps: Maps) -> None:
    with pytest.raises(NotFoundError):
        dmu_differences.compared(maps.path, maps.of_account, Place(opportunity_id=999), TODAY)
