from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import dmu, dmu_lines, history, records as generic
from crmtui.commands.dmu import Grounds, Place
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.words import Basis, EdgeKind, Role
from crmtui.errors import ConflictError, InvalidError, NotFoundError
from crmtui.queries import records, workspace
from maps import TODAY, TUI, Maps, begin

if TYPE_CHECKING:
    from pathlib import Path

LATER = TODAY + dt.timedelta(days=9)
BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    return begin(tmp_path)


def label(maps: Maps) -> str:
    newest = workspace.next_undo(maps.path)
    assert newest is not None
    return newest.label


def everybody(maps: Maps) -> list[str]:
    return [sheet.name for sheet in maps.page().sheets]


# Beginning


def test_the_first_person_begins_the_map_in_the_same_step(maps: Maps) -> None:
    maps.add(BIANCHI)
    assert label(maps) == "Add Bianchi, Laura to the map of Aurora Spa"
    assert maps.page().placed.map_id is not None
    history.undo(maps.path, TUI)
    assert maps.page().placed.map_id is None


def test_a_map_is_begun_once(maps: Maps) -> None:
    first = dmu.map_of(maps.path, maps.of_account, TUI)
    before = workspace.version(maps.path)
    assert dmu.map_of(maps.path, maps.of_account, TUI) == first
    assert workspace.version(maps.path) == before


def test_a_map_is_of_an_account_or_of_an_opportunity() -> None:
    with pytest.raises(ValueError, match="account or of an opportunity"):
        Place(account_id=1, opportunity_id=2)
    with pytest.raises(ValueError, match="account or of an opportunity"):
        Place()


def test_the_map_of_an_opportunity_starts_as_a_copy_of_the_accounts(maps: Maps) -> None:
    boss = maps.add(BIANCHI, roles=("decider",), power=4)
    maps.add(CONTI, reports_to_id=boss)
    dmu.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY, reports_to_id=boss)
    maps.link(maps.sheet(CONTI).key, boss, strength=3)
    dmu.map_of(maps.path, maps.of_line4, TUI)
    assert label(maps) == "Begin the map of Aurora Spa / Line 4"
    page = maps.page(maps.of_line4)
    assert [sheet.name for sheet in page.sheets] == [BIANCHI, CONTI, "Purchasing"]
    copy = page.sheets[0].stakeholder
    assert (copy.roles, copy.power, copy.power_on) == ((Role.DECIDER,), 4, TODAY)
    assert [sheet.stakeholder.reports_to_id for sheet in page.sheets] == [None, copy.id, copy.id]
    assert [(edge.source_id, edge.target_id, edge.strength) for edge in page.edges] == [
        (page.sheets[1].key, copy.id, 3)
    ]


def test_a_new_map_takes_the_latest_judgement_of_the_account_from_whichever_map(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    maps.judge(key, attitude=0, power=4)
    dmu.map_of(maps.path, maps.of_line4, TUI)
    dmu.judge(maps.path, maps.sheet(BIANCHI, maps.of_line4).key, "attitude", 2, TUI, LATER)
    other = generic.add(maps.path, Opportunity, {"name": "Line 5", "account_id": maps.account}, TUI)
    dmu.map_of(maps.path, Place(opportunity_id=other), TUI)
    copy = maps.sheet(BIANCHI, Place(opportunity_id=other)).stakeholder
    assert (copy.attitude, copy.attitude_on, copy.power, copy.power_on) == (2, LATER, 4, TODAY)
    assert maps.sheet(BIANCHI).stakeholder.attitude == 0


def test_the_map_of_an_account_starts_from_the_newest_of_its_opportunities(maps: Maps) -> None:
    maps.add(FERRARI, maps.of_line4, attitude=-1)
    dmu.map_of(maps.path, maps.of_account, TUI)
    assert maps.sheet(FERRARI).stakeholder.attitude == -1


def test_other_accounts_give_a_new_map_nothing(maps: Maps) -> None:
    maps.add(BIANCHI)
    other = generic.add(maps.path, Account, {"name": "Helios"}, TUI)
    dmu.map_of(maps.path, Place(account_id=other), TUI)
    assert maps.page(Place(account_id=other)).sheets == ()


def test_a_first_person_whom_the_new_map_has_brought_along_is_changed_there(maps: Maps) -> None:
    maps.add(BIANCHI, power=4)
    maps.add(CONTI)
    maps.add(BIANCHI, maps.of_line4, attitude=1)
    copy = maps.sheet(BIANCHI, maps.of_line4).stakeholder
    assert (copy.power, copy.attitude) == (4, 1)
    assert len(maps.page(maps.of_line4).sheets) == 2


def test_what_is_gone_has_no_map(maps: Maps) -> None:
    for place in (Place(account_id=999), Place(opportunity_id=999)):
        with pytest.raises(NotFoundError):
            dmu.map_of(maps.path, place, TUI)
    with pytest.raises(NotFoundError):
        dmu.add_placeholder(maps.path, 999, "CEO", TUI, TODAY)


# Who is on it


def test_a_person_starts_from_the_own_record(maps: Maps) -> None:
    boss = maps.add(BIANCHI)
    generic.edit(maps.path, Person, maps.people[CONTI], {"reports_to_id": maps.people[BIANCHI]}, TUI)
    maps.add(CONTI)
    found = maps.sheet(CONTI).stakeholder
    assert (found.position, found.reports_to_id) == ("Operations", boss)


def test_a_person_of_another_map_of_the_account_starts_from_there(maps: Maps) -> None:
    maps.add(BIANCHI, win="calm nights", win_strength=2, criteria="downtime")
    dmu.map_of(maps.path, maps.of_line4, TUI)
    dmu.remove(maps.path, [maps.sheet(BIANCHI, maps.of_line4).key], TUI)
    maps.add(BIANCHI, maps.of_line4, criteria="price")
    found = maps.sheet(BIANCHI, maps.of_line4).stakeholder
    assert (found.win, found.win_strength, found.win_on, found.criteria) == ("calm nights", 2, TODAY, "price")


def test_a_new_person_is_made_in_the_same_step(maps: Maps) -> None:
    dmu.add_stakeholder(maps.path, maps.of_account, {}, TUI, TODAY, new_person={"name": "Moretti, Ugo"})
    person = maps.sheet("Moretti, Ugo").person
    assert person is not None
    assert person.account_id == maps.account
    history.undo(maps.path, TUI)
    with pytest.raises(NotFoundError):
        records.get(maps.path, Person, person.id)


def test_a_new_person_without_a_name_begins_nothing(maps: Maps) -> None:
    with pytest.raises(InvalidError) as refused:
        dmu.add_stakeholder(maps.path, maps.of_account, {}, TUI, TODAY, new_person={"name": " "})
    assert set(refused.value.fields) == {"Name"}
    assert maps.page().placed.map_id is None


def test_nobody_is_twice_on_a_map(maps: Maps) -> None:
    maps.add(BIANCHI)
    conti = maps.add(CONTI)
    with pytest.raises(ConflictError, match="Bianchi, Laura is on this map already"):
        maps.add(BIANCHI)
    with pytest.raises(ConflictError, match="Bianchi, Laura is on this map already"):
        dmu.edit_stakeholder(maps.path, conti, {"person_id": maps.people[BIANCHI]}, TUI, TODAY)
    dmu.edit_stakeholder(maps.path, conti, {"person_id": maps.people[CONTI]}, TUI, TODAY)


def test_a_placeholder_is_named_later_and_keeps_what_was_said_of_the_role(maps: Maps) -> None:
    key = dmu.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY, roles=("buyer",), power=3)
    dmu.fill_placeholder(maps.path, key, maps.people[FERRARI], TUI, TODAY)
    assert label(maps) == "Put Ferrari, Ada in the place of Purchasing"
    found = maps.sheet(FERRARI).stakeholder
    assert (found.id, found.position, found.roles, found.power) == (key, "Purchasing", (Role.BUYER,), 3)
    with pytest.raises(ConflictError, match="no placeholder any more"):
        dmu.fill_placeholder(maps.path, key, maps.people[CONTI], TUI, TODAY)


def test_a_placeholder_can_be_named_by_somebody_new(maps: Maps) -> None:
    key = dmu.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    dmu.fill_placeholder(maps.path, key, {"name": "Moretti, Ugo"}, TUI, TODAY)
    person = maps.sheet("Moretti, Ugo").person
    assert person is not None
    assert (person.title, person.account_id) == ("Purchasing", maps.account)
    history.undo(maps.path, TUI)
    assert everybody(maps) == ["Purchasing"]


def test_a_placeholder_needs_a_position(maps: Maps) -> None:
    with pytest.raises(InvalidError) as refused:
        dmu.add_placeholder(maps.path, maps.of_account, " ", TUI, TODAY)
    assert set(refused.value.fields) == {"Position"}
    key = dmu.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    with pytest.raises(InvalidError):
        dmu.edit_stakeholder(maps.path, key, {"position": ""}, TUI, TODAY)


def test_reports_of_somebody_removed_report_to_the_boss_above(maps: Maps) -> None:
    top = maps.add(BIANCHI)
    middle = maps.add(CONTI, reports_to_id=top)
    maps.add(FERRARI, reports_to_id=middle)
    maps.link(middle, top)
    assert dmu.remove(maps.path, [middle], TUI) == "Take Conti, Gino off the map of Aurora Spa"
    assert maps.sheet(FERRARI).stakeholder.reports_to_id == top
    assert maps.page().edges == ()
    history.undo(maps.path, TUI)
    assert maps.sheet(FERRARI).stakeholder.reports_to_id == middle
    assert len(maps.page().edges) == 1


def test_several_are_removed_in_one_step(maps: Maps) -> None:
    top = maps.add(BIANCHI)
    middle = maps.add(CONTI, reports_to_id=top)
    maps.add(FERRARI, reports_to_id=middle)
    assert dmu.remove(maps.path, [top, middle], TUI) == "Take 2 people off the map"
    assert maps.sheet(FERRARI).stakeholder.reports_to_id is None
    history.undo(maps.path, TUI)
    assert everybody(maps) == [BIANCHI, CONTI, FERRARI]


# Judging


def test_a_judgement_is_dated_and_says_what_it_rests_on(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    grounds = Grounds(Basis.CONFIRMED, "Conti")
    dmu.judge(maps.path, key, "attitude", -1, TUI, TODAY, grounds=grounds)
    assert label(maps) == "Judge Bianchi, Laura: Attitude -1 critic"
    found = maps.sheet(BIANCHI).stakeholder
    assert (found.attitude, found.attitude_basis) == (-1, Basis.CONFIRMED)
    assert (found.attitude_on, found.attitude_source) == (TODAY, "Conti")


def test_an_unknown_attitude_has_no_day_and_no_source(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    dmu.judge(maps.path, key, "attitude", 1, TUI, TODAY, grounds=Grounds(Basis.CONFIRMED, "Conti"))
    dmu.judge(maps.path, key, "attitude", None, TUI, LATER)
    assert label(maps) == "Judge Bianchi, Laura: Attitude unknown"
    found = maps.sheet(BIANCHI).stakeholder
    assert (found.attitude, found.attitude_on, found.attitude_source) == (None, None, "")
    assert found.attitude_basis is Basis.ASSUMED


@pytest.mark.parametrize(("field", "value"), [("attitude", 3), ("power", -1), ("power", "much"), ("win_strength", 4)])
def test_a_judgement_outside_of_its_scale_is_refused(maps: Maps, field: str, value: object) -> None:
    key = maps.add(BIANCHI)
    before = workspace.version(maps.path)
    with pytest.raises(InvalidError):
        dmu.judge(maps.path, key, field, value, TUI, TODAY)
    assert workspace.version(maps.path) == before


def test_only_judgements_are_judged(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    with pytest.raises(KeyError):
        dmu.judge(maps.path, key, "criteria", "price", TUI, TODAY)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"power": 3}, (3, Basis.ASSUMED, LATER, "")),
        ({"power": 3, "power_on": dt.date(2026, 1, 9)}, (3, Basis.ASSUMED, dt.date(2026, 1, 9), "")),
        ({"power": 3, "power_on": TODAY, "power_source": "Ada"}, (3, Basis.ASSUMED, LATER, "Ada")),
        ({"power": 4, "notes": "x"}, (4, Basis.CONFIRMED, TODAY, "Conti")),
        ({"power_basis": Basis.ASSUMED}, (4, Basis.ASSUMED, LATER, "Conti")),
        ({"power_source": "Ada"}, (4, Basis.CONFIRMED, TODAY, "Ada")),
        ({"power": None}, (None, Basis.ASSUMED, None, "")),
    ],
)
def test_a_value_that_is_edited_is_judged_anew(maps: Maps, given: dict[str, Any], kept: tuple[Any, ...]) -> None:
    key = maps.add(BIANCHI)
    dmu.judge(maps.path, key, "power", 4, TUI, TODAY, grounds=Grounds(Basis.CONFIRMED, "Conti"))
    dmu.edit_stakeholder(maps.path, key, given, TUI, LATER)
    found = maps.sheet(BIANCHI).stakeholder
    assert (found.power, found.power_basis, found.power_on, found.power_source) == kept


def test_the_win_is_dated_by_its_words_and_by_its_strength(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    dmu.edit_stakeholder(maps.path, key, {"win": "calm nights"}, TUI, TODAY)
    assert maps.sheet(BIANCHI).stakeholder.win_on == TODAY
    dmu.edit_stakeholder(maps.path, key, {"win_strength": 0}, TUI, LATER)
    assert maps.sheet(BIANCHI).stakeholder.win_on == LATER
    dmu.edit_stakeholder(maps.path, key, {"win_strength": None}, TUI, LATER)
    assert maps.sheet(BIANCHI).stakeholder.win_on == LATER


def test_an_edit_is_one_step_that_undo_takes_back_whole(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    dmu.edit_stakeholder(maps.path, key, {"power": 3, "win": "calm nights", "notes": "n"}, TUI, TODAY)
    assert label(maps) == "Change Bianchi, Laura on the map of Aurora Spa"
    history.undo(maps.path, TUI)
    found = maps.sheet(BIANCHI).stakeholder
    assert (found.power, found.power_on, found.win, found.notes) == (None, None, "", "")


def test_an_edit_never_moves_somebody_to_another_map(maps: Maps) -> None:
    key = maps.add(BIANCHI)
    other = dmu.map_of(maps.path, maps.of_line4, TUI)
    dmu.edit_stakeholder(maps.path, key, {"map_id": other, "notes": "n"}, TUI, TODAY)
    assert records.get(maps.path, Stakeholder, key).map_id != other


# Who reports to whom


def test_nobody_reports_in_a_circle(maps: Maps) -> None:
    top = maps.add(BIANCHI)
    middle = maps.add(CONTI, reports_to_id=top)
    low = maps.add(FERRARI, reports_to_id=middle)
    with pytest.raises(InvalidError) as refused:
        dmu.report_to(maps.path, top, low, TUI)
    assert refused.value.fields == {
        "Reports to": "that would be a circle: Ferrari, Ada reports to Conti, Gino, "
        "Conti, Gino reports to Bianchi, Laura"
    }
    with pytest.raises(InvalidError, match="oneself"):
        dmu.report_to(maps.path, top, top, TUI)
    with pytest.raises(InvalidError):
        dmu.edit_stakeholder(maps.path, top, {"reports_to_id": middle}, TUI, TODAY)


def test_a_boss_is_on_the_same_map(maps: Maps) -> None:
    maps.add(BIANCHI)
    dmu.map_of(maps.path, maps.of_line4, TUI)
    boss = maps.sheet(BIANCHI, maps.of_line4).key
    conti = maps.add(CONTI)
    with pytest.raises(InvalidError, match="is not on this map"):
        dmu.report_to(maps.path, conti, boss, TUI)
    with pytest.raises(InvalidError, match="is not on this map"):
        maps.add(FERRARI, reports_to_id=boss)


def test_a_boss_is_set_and_taken_away(maps: Maps) -> None:
    boss, conti = maps.add(BIANCHI), maps.add(CONTI)
    dmu.report_to(maps.path, conti, boss, TUI)
    assert label(maps) == "Let Conti, Gino report to Bianchi, Laura"
    dmu.report_to(maps.path, conti, None, TUI)
    assert label(maps) == "Let Conti, Gino report to nobody"
    assert maps.sheet(CONTI).stakeholder.reports_to_id is None


# Lines


def test_a_line_is_judged_on_the_day_it_is_drawn(maps: Maps) -> None:
    a, b = maps.add(BIANCHI), maps.add(CONTI)
    key = maps.link(a, b)
    edge = records.get(maps.path, Influence, key)
    assert (edge.kind, edge.strength, edge.is_formal, edge.judged_on) == (EdgeKind.INFLUENCE, 2, False, TODAY)
    assert label(maps) == "Draw the line: Bianchi, Laura influences Conti, Gino"
    dmu_lines.unlink(maps.path, key, TUI)
    assert label(maps) == "Take away the line: Bianchi, Laura influences Conti, Gino"
    assert maps.page().edges == ()


def test_the_same_line_again_changes_it(maps: Maps) -> None:
    a, b = maps.add(BIANCHI), maps.add(CONTI)
    key = maps.link(a, b, strength=1)
    assert maps.link(a, b, strength=3) == key
    assert maps.link(b, a) != key
    assert maps.link(a, b, is_formal=True) != key
    assert records.get(maps.path, Influence, key).strength == 3


def test_a_conflict_is_the_same_from_either_side(maps: Maps) -> None:
    a, b = maps.add(BIANCHI), maps.add(CONTI)
    key = maps.link(a, b, kind=EdgeKind.CONFLICT)
    assert maps.link(b, a, kind=EdgeKind.CONFLICT, strength=3) == key
    assert label(maps) == "Draw the line: Bianchi, Laura is in conflict with Conti, Gino"


def test_lines_lead_to_others_on_the_same_map(maps: Maps) -> None:
    a = maps.add(BIANCHI)
    dmu.map_of(maps.path, maps.of_line4, TUI)
    with pytest.raises(ConflictError, match="same map"):
        maps.link(a, maps.sheet(BIANCHI, maps.of_line4).key)
    with pytest.raises(ConflictError, match="another one"):
        maps.link(a, a)
    with pytest.raises(NotFoundError):
        maps.link(a, 999)
    with pytest.raises(InvalidError):
        maps.link(a, maps.add(CONTI), strength=4)


def test_an_opportunity_without_an_account_has_a_map_of_its_own(maps: Maps) -> None:
    maps.add(BIANCHI)
    alone = generic.add(maps.path, Opportunity, {"name": "Alone"}, TUI)
    place = Place(opportunity_id=alone)
    dmu.add_stakeholder(maps.path, place, {}, TUI, TODAY, new_person={"name": "Moretti"})
    assert [sheet.name for sheet in maps.page(place).sheets] == ["Moretti"]
    assert len(list(records.belonging(maps.path, DmuMap, "opportunity_id", alone))) == 1
