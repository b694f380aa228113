"""What lists remember of figures is never older than what it rests on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from conftest import TODAY as SAMPLE_DAY
from crmtui.commands import records as generic
from crmtui.commands.workspace import create
from crmtui.domain.accounts import Account
from crmtui.domain.plans import Channel
from crmtui.domain.words import Computed
from crmtui.domain.workspace import Workspace
from crmtui.queries import filled, lists, records, standing
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import standing as rows, winning
from crmtui.store.reading.connections import reading
from crmtui.store.unit import work
from maps import TODAY, TUI, Maps, begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BIANCHI, CONTI = "Bianchi, Laura", "Conti, Gino"


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    made = begin(tmp_path)
    made.add(BIANCHI, power=4, attitude=1)
    made.add(CONTI, power=2)
    return made


def shown(maps: Maps, today: dt.date = TODAY) -> tuple[float, float]:
    """Favour and coverage in the list of accounts."""
    cells = lists.rows(maps.path, "accounts", [maps.account], today)[maps.account]
    found = dict(zip((column.key for column in lists.columns("accounts")), cells, strict=True))
    return found["favour"], found["coverage"]


def told(maps: Maps, today: dt.date = TODAY) -> tuple[float, float]:
    """The same on the map."""
    with reading(maps.path) as connection:
        found = standing.of_accounts(connection, [maps.account], today)[maps.account]
    assert found.favour is not None
    assert found.coverage is not None
    return found.favour, found.coverage


def half_life(maps: Maps) -> None:
    generic.edit(maps.path, Workspace, 1, {"half_life_days": 30}, TUI)


def channel(maps: Maps) -> None:
    generic.edit(maps.path, Channel, records.find(maps.path, Channel, "call"), {"quality": 0.9}, TUI)


CHANGES: dict[str, Callable[[Maps], object]] = {
    "an attitude": lambda maps: maps.judge(maps.sheet(CONTI).key, attitude=-2),
    "a line": lambda maps: maps.link(maps.sheet(CONTI).key, maps.sheet(BIANCHI).key),
    "a contact": lambda maps: maps.met(CONTI, TODAY),
    "somebody new": lambda maps: maps.add("Ferrari, Ada", power=4, attitude=-2),
    "a setting": half_life,
    "a channel": channel,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_of_what_it_rests_on_is_seen_at_once(maps: Maps, change: Callable[[Maps], object]) -> None:
    maps.met(BIANCHI, TODAY - dt.timedelta(days=20))
    before = shown(maps)
    assert before == pytest.approx(told(maps))
    change(maps)
    assert shown(maps) != pytest.approx(before)
    assert shown(maps) == pytest.approx(told(maps))


def test_so_is_another_day(maps: Maps) -> None:
    maps.met(BIANCHI, TODAY)
    later = TODAY + dt.timedelta(days=90)
    assert shown(maps)[1] > shown(maps, later)[1] == pytest.approx(told(maps, later)[1])


def test_it_is_kept_over_other_changes_and_forgotten_with_another_file(maps: Maps) -> None:
    remembered: Remembered[int] = Remembered(standing.TABLES)

    def at() -> dict[int, int]:
        with reading(maps.path) as connection:
            return remembered.at(connection, TODAY)

    at()[7] = 1
    content = maps.path.read_bytes()
    generic.edit(maps.path, Account, maps.account, {"city": "Milano"}, TUI)
    assert at() == {7: 1}
    maps.met(CONTI, TODAY)
    assert at() == {}
    at()[7] = 2
    maps.path.write_bytes(content)  # the journal has come less far
    assert at() == {}


def test_another_file_whose_journal_has_come_further_is_not_taken_for_it(maps: Maps) -> None:
    content = maps.path.read_bytes()
    maps.judge(maps.sheet(CONTI).key, attitude=2)
    before = shown(maps)
    maps.path.write_bytes(content)
    maps.judge(maps.sheet(CONTI).key, attitude=-2)
    generic.edit(maps.path, Account, maps.account, {"city": "Milano"}, TUI)
    assert shown(maps) != pytest.approx(before)
    assert shown(maps) == pytest.approx(told(maps))


def test_nor_is_a_new_one_in_which_nothing_was_done_yet(tmp_path: Path) -> None:
    remembered: Remembered[int] = Remembered(standing.TABLES)
    path = tmp_path / "team.db"

    def at() -> dict[int, int]:
        with reading(path) as connection:
            return remembered.at(connection, TODAY)

    create(path)
    at()[7] = 1
    assert at() == {7: 1}
    path.unlink()
    create(path)
    assert at() == {}


def test_nothing_is_kept_of_what_may_be_rolled_back(maps: Maps) -> None:
    remembered: Remembered[int] = Remembered(standing.TABLES)
    with work(maps.path, "test", TUI) as unit:
        unit.update(Account, maps.account, {"city": "Milano"})
        remembered.at(unit.connection, TODAY)[7] = 1
        assert remembered.at(unit.connection, TODAY) == {}
    with reading(maps.path) as connection:
        assert remembered.at(connection, TODAY) == {}


def test_the_values_of_all_maps_of_the_sample_are_those_with_their_terms(sample: Path) -> None:
    with reading(sample) as connection:
        map_ids = rows.maps_behind(connection, "dmu_map", None)
        found = standing.values(connection, map_ids, SAMPLE_DAY)
        assert len(found) == len(map_ids) > 10
        for map_id, value in found.items():
            figures = standing.of_map(connection, map_id, SAMPLE_DAY).figures
            assert (value.favour, value.coverage) == pytest.approx((figures.favour.value, figures.coverage.value))
        cards = winning.carded(connection, None)
        grades = filled.grades(connection, cards, None, SAMPLE_DAY)
        sources = filled.of_opportunities(connection, None, SAMPLE_DAY)
        for key, source in sources.items():
            for kind in Computed:
                assert grades[key][kind] == pytest.approx(source.filled(kind).grade)
