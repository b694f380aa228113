from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import dmu as commands, opportunities, records as generic
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import EdgeKind, Role
from crmtui.domain.workspace import Workspace
from crmtui.queries import accounts, lists, standing
from crmtui.queries.standing import Place, Standing
from crmtui.store.reading.connections import reading
from maps import TODAY, TUI, Maps, begin

if TYPE_CHECKING:
    from pathlib import Path

BIANCHI, CONTI, FERRARI = "Bianchi, Laura", "Conti, Gino", "Ferrari, Ada"


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    return begin(tmp_path)


def at(maps: Maps, place: Place | None = None) -> Standing | None:
    with reading(maps.path) as connection:
        return standing.at(connection, place or maps.of_account, TODAY)


def found(maps: Maps, place: Place | None = None) -> Standing:
    there = at(maps, place)
    assert there is not None
    return there


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def test_favour_coverage_and_leverage_come_from_the_rows_of_the_map(maps: Maps) -> None:
    boss = maps.add(BIANCHI, power=4, attitude=1, roles=("decider",), relationship=4)
    worker = maps.add(CONTI, power=4, attitude=-2, roles=("user",))
    maps.link(boss, worker)
    maps.met(BIANCHI, ago(0), "meeting")
    maps.met(BIANCHI, ago(90), "meeting")
    one = found(maps)
    assert one.favour == pytest.approx(0.9 * 0.5 - 0.1)
    assert one.coverage == pytest.approx(0.9 * (1 - 0.4 * 0.7))
    assert one.leverages == pytest.approx({maps.people[BIANCHI]: 0.9, maps.people[CONTI]: 0.1})
    assert one.covers == pytest.approx({maps.people[BIANCHI]: 0.72, maps.people[CONTI]: 0})


def test_a_conflict_is_no_influence_and_reporting_is(maps: Maps) -> None:
    boss = maps.add(BIANCHI, power=2)
    maps.link(boss, maps.add(CONTI, power=2), kind=EdgeKind.CONFLICT)
    assert found(maps).leverages == pytest.approx({maps.people[BIANCHI]: 0.5, maps.people[CONTI]: 0.5})
    maps.add(FERRARI, power=2, reports_to_id=boss)
    assert found(maps).leverages[maps.people[FERRARI]] == pytest.approx(1 / 6)


def test_what_is_planned_or_called_off_covers_nobody(maps: Maps) -> None:
    maps.add(BIANCHI, power=2)
    maps.met(BIANCHI, TODAY + dt.timedelta(days=1))
    assert found(maps).coverage == 0


def test_a_placeholder_weighs_and_widens_the_band_but_is_no_person(maps: Maps) -> None:
    maps.add(BIANCHI, power=2, attitude=2, roles=("user",))
    commands.add_placeholder(maps.path, maps.of_account, "Purchasing", TUI, TODAY)
    one = found(maps)
    assert len(one.figures.leverage.terms) == 2
    assert set(one.leverages) == {maps.people[BIANCHI]}
    assert one.figures.favour.width > 0


def test_the_figures_are_those_of_the_page(maps: Maps) -> None:
    boss = maps.add(BIANCHI, power=4, attitude=1, roles=("decider",), relationship=3, win="less waste", win_strength=2)
    maps.link(boss, maps.add(CONTI, power=1, attitude=-1))
    maps.met(CONTI, ago(10))
    assert found(maps).figures == maps.page().figures


def test_without_a_map_there_is_no_standing_and_an_empty_map_has_no_figures(maps: Maps) -> None:
    assert at(maps) is None
    assert at(maps, maps.of_line4) is None
    assert at(maps, Place(account_id=999)) is None
    commands.map_of(maps.path, maps.of_account, TUI)
    one = found(maps)
    assert (one.favour, one.coverage, one.leverages) == (None, None, {})


def test_an_opportunity_stands_as_its_account_until_somebody_is_on_its_own_map(maps: Maps) -> None:
    maps.add(BIANCHI, power=2, attitude=2)
    assert (found(maps, maps.of_line4).is_inherited, found(maps, maps.of_line4).favour) == (True, 1)
    mine = commands.add_stakeholder(
        maps.path, maps.of_line4, {"person_id": maps.people[CONTI], "power": 2, "attitude": -2}, TUI, TODAY
    )
    one = found(maps, maps.of_line4)
    assert (one.is_inherited, mine in {term.key for term in one.figures.leverage.terms}) == (False, True)
    assert one.favour != 1


def test_many_are_asked_at_once(maps: Maps) -> None:
    maps.add(BIANCHI, power=2, attitude=2)
    other = generic.add(maps.path, Account, {"name": "Helios"}, TUI)
    generic.add(maps.path, Opportunity, {"name": "Alone"}, TUI)
    won = opportunities.add(
        maps.path, {"name": "Old", "account_id": maps.account, "stage": "won", "reason": "r", "lesson": "l"}, TUI, TODAY
    )
    with reading(maps.path) as connection:
        whole = standing.of_accounts(connection, None, TODAY)
        deals = standing.of_opportunities(connection, None, TODAY)
        chosen = standing.of_opportunities(connection, [won], TODAY)
        nobody = standing.of_accounts(connection, [other], TODAY)
    assert set(whole) == {maps.account}
    assert set(deals) == {maps.line4}
    assert deals[maps.line4].figures is not None
    assert chosen[won].is_inherited
    assert nobody == {}


def test_the_number_of_selects_does_not_grow_with_the_maps(maps: Maps) -> None:
    def asked() -> int:
        told: list[str] = []
        with reading(maps.path) as connection:
            connection.set_trace_callback(told.append)
            try:
                standing.of_accounts(connection, None, TODAY)
            finally:
                connection.set_trace_callback(None)
        return len(told)

    maps.add(BIANCHI)
    before = asked()
    for name in ("Helios", "Nordik"):
        account = generic.add(maps.path, Account, {"name": name}, TUI)
        commands.map_of(maps.path, Place(account_id=account), TUI)
    assert asked() == before


def test_the_users_weights_and_half_life_count(maps: Maps) -> None:
    maps.add(BIANCHI, power=2, roles=("decider",))
    maps.add(CONTI, power=2, roles=("user",))
    maps.met(CONTI, ago(30), "meeting")
    before = found(maps)
    assert before.leverages[maps.people[CONTI]] == pytest.approx(0.2)
    given = {"weight_user": 4.0, "half_life_days": 30}
    generic.edit(maps.path, Workspace, 1, given, TUI)
    after = found(maps)
    assert after.leverages[maps.people[CONTI]] == pytest.approx(0.5)
    assert after.covers[maps.people[CONTI]] == pytest.approx(0.3)


def test_weights_of_zero_let_all_decide_alike(maps: Maps) -> None:
    maps.add(BIANCHI, power=4, roles=("decider",), attitude=2)
    maps.add(CONTI, power=1, roles=("user",), attitude=0)
    generic.edit(maps.path, Workspace, 1, {f"weight_{role.value}": 0.0 for role in Role}, TUI)
    one = found(maps)
    assert one.figures.leverage.is_even
    assert one.favour == pytest.approx(0.5)


def cells(maps: Maps, noun: str) -> dict[str, object]:
    """The first row of a list, by column."""
    keys = lists.ids(maps.path, noun, TODAY)
    names = [column.key for column in lists.columns(noun)]
    return dict(zip(names, lists.rows(maps.path, noun, keys, TODAY)[keys[0]], strict=True))


@pytest.mark.parametrize("noun", ["accounts", "dmu"])
def test_lists_show_and_filter_and_sort_by_the_same_figures(maps: Maps, noun: str) -> None:
    maps.add(BIANCHI, power=4, attitude=1, roles=("decider",), relationship=4)
    maps.met(BIANCHI, ago(0), "meeting")
    other = generic.add(maps.path, Account, {"name": "Helios"}, TUI)
    commands.add_placeholder(maps.path, Place(account_id=other), "Purchasing", TUI, TODAY)
    row = cells(maps, noun)
    assert (row["favour"], row["coverage"]) == (0.5, pytest.approx(0.6))
    for typed, count in (("favour>0.4", 1), ("favour<0", 0), ("coverage>0.5", 1), ("coverage<0.1", 1)):
        assert len(lists.ids(maps.path, noun, TODAY, filter_text=typed)) == count, typed
    assert len(lists.ids(maps.path, noun, TODAY, filter_text="favour:none")) == 1
    first = lists.ids(maps.path, noun, TODAY)[0]
    for order in ("favour", "-favour", "-coverage"):
        assert lists.ids(maps.path, noun, TODAY, order=order)[0] == first, order


def test_a_list_without_maps_has_no_figures(maps: Maps) -> None:
    row = cells(maps, "accounts")
    assert (row["favour"], row["coverage"]) == (None, None)


def test_the_page_of_an_account_tells_how_we_stand(maps: Maps) -> None:
    assert accounts.page(maps.path, maps.account, TODAY).standing is None
    maps.add(BIANCHI, power=4, attitude=1)
    assert accounts.page(maps.path, maps.account, TODAY).standing == at(maps)
