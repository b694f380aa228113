"""Doubles on the screen: pairs, two records side by side, made one or told to be two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.commands import history, records
from crmtui.domain.accounts import Account
from crmtui.domain.people import Person
from crmtui.queries import doubles, lists, records as queries
from crmtui.tui import merge_sides
from crmtui.tui.merge_sides import BOTH
from crmtui.tui.screens.accounts import AccountsScreen
from crmtui.tui.screens.doubles import DoublesList, DoublesScreen
from crmtui.tui.screens.merging import MergeScreen
from deals import TODAY, TUI
from hostile import STRINGS
from tui.bench import NARROW, Workbench, enter, offered, text_of, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

OURS = Account(id=1, uid="1", name="Aurora Spa", city="Milano", notes="ours", revenue=900, currency="EUR")
THEIRS = Account(id=2, uid="2", name="Aurora", phone="02 1", notes="theirs", potential=500, currency="USD")


@pytest.fixture
def twins(workspace: Path) -> tuple[int, int]:
    """Two accounts that are the same."""
    first = records.add(workspace, Account, {"name": "Aurora Spa", "city": "Milano", "website": "aurora.it"}, TUI)
    second = records.add(
        workspace, Account, {"name": "Aurora", "city": "Roma", "phone": "02 1", "website": "aurora.it"}, TUI
    )
    return first, second


def test_the_one_that_stays_is_right_where_it_says_something() -> None:
    names = ("name", "city", "phone", "notes")
    assert merge_sides.usual(OURS, THEIRS, names) == {"name": 1, "city": 1, "phone": 2, "notes": BOTH}
    assert merge_sides.usual(THEIRS, OURS, names) == {"name": 2, "city": 1, "phone": 2, "notes": BOTH}


def test_amounts_in_two_currencies_are_chosen_together() -> None:
    names = ("name", "revenue", "potential")
    assert set(merge_sides.along(OURS, THEIRS, "revenue", names)) == {"revenue", "potential"}
    assert merge_sides.along(OURS, THEIRS, "name", names) == ("name",)
    assert merge_sides.usual(OURS, THEIRS, names)["potential"] == OURS.id
    right = merge_sides.taken({"name": 1, "notes": BOTH, "revenue": 2, "potential": 2}, OURS, THEIRS)
    assert right["revenue"] == right["potential"] == THEIRS.id
    assert "notes" not in right


async def opened(pilot: Pilot[int]) -> DoublesList:
    """The pairs of accounts that look alike, asked for from their list."""
    await enter(pilot, "accounts")
    await pilot.press("equals_sign")
    await until(pilot, lambda: isinstance(pilot.app.screen, DoublesScreen))
    return pilot.app.screen.query_one(DoublesList)


async def test_pairs_are_looked_through_chosen_from_and_made_one(workspace: Path, twins: tuple[int, int]) -> None:
    for name in ("Anna Bianchi", "Bianchi Anna"):
        records.add(workspace, Person, {"name": name, "account_id": twins[0]}, TUI)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        pairs = await opened(pilot)
        await until(pilot, lambda: pairs.current)
        assert "Aurora Spa (Milano)" in text_of(app.screen)
        assert "the same name" in text_of(app.screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and app.screen.fields.count)
        screen = app.screen
        assert isinstance(screen, MergeScreen)
        assert screen.sides == {"name": twins[0], "city": twins[0], "phone": twins[1]}
        screen.fields.goto(1 + list(screen.sides).index("city"))
        await pilot.press("right")
        assert screen.sides["city"] == twins[1]
        await pilot.press("enter")
        assert screen.sides["city"] == twins[0]
        await pilot.press("right", "m")
        await until(pilot, lambda: isinstance(app.screen, DoublesScreen) and pairs.pairs == [])
        await until(pilot, lambda: "No two accounts look alike" in text_of(app.screen))
        found = queries.get(workspace, Account, twins[0])
        assert (found.name, found.city, found.phone) == ("Aurora Spa", "Roma", "02 1")
        await pilot.press("right")
        await until(pilot, lambda: "Bianchi Anna" in text_of(app.screen))
        people = app.screen.query(DoublesList).last()
        await until(pilot, lambda: people.current)
        await pilot.press("x")
        await until(pilot, lambda: "No two people look alike" in text_of(app.screen))
    history.undo(workspace, TUI)
    history.undo(workspace, TUI)
    assert len(lists.ids(workspace, "accounts", TODAY)) == 2


async def test_pairs_are_filtered_as_their_list_is(workspace: Path, twins: tuple[int, int]) -> None:
    for name in ("Helios", "Helios Srl"):
        records.add(workspace, Account, {"name": name, "city": "Torino"}, TUI)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        pairs = await opened(pilot)
        await until(pilot, lambda: pairs.list.count == 2 and "filter" in offered(app.screen))
        await pilot.press("slash", *"roma")
        await until(pilot, lambda: pairs.list.count == 1)
        await until(pilot, lambda: "1 pair · filter: roma" in text_of(app.screen))
        assert pairs.current
        assert twins == (pairs.current.one, pairs.current.other)
        await pilot.press(*" level:x")
        await until(pilot, lambda: "level" in str(app.screen.query_one(".filter--wrong", Static).content))
        await pilot.press("escape")
        await until(pilot, lambda: pairs.list.count == 2)


async def test_two_that_are_marked_are_swapped_and_told_to_be_two(workspace: Path, twins: tuple[int, int]) -> None:
    for key, name in zip(twins, (STRINGS["markup_action"], STRINGS["markup_closing"]), strict=True):
        records.edit(workspace, Account, key, {"name": name}, TUI)
    app = Workbench(workspace)
    async with app.run_test(size=NARROW) as pilot:
        await enter(pilot, "accounts")
        screen = app.screen
        assert isinstance(screen, AccountsScreen)
        await until(pilot, lambda: screen.table.list.count == 2)
        await pilot.press("space")
        assert "merge_marked" not in offered(screen)
        await pilot.press("space")
        await until(pilot, lambda: "merge_marked" in offered(screen))
        await pilot.press("M")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and app.screen.fields.count)
        two = app.screen
        assert isinstance(two, MergeScreen)
        await pilot.press("s")
        assert two.keys == (twins[1], twins[0])
        assert two.sides["city"] == twins[1]
        await pilot.press("x")
        await until(pilot, lambda: app.screen is screen)
    assert doubles.find(workspace, "account", 0.0) == []
    assert len(lists.ids(workspace, "accounts", TODAY)) == 2
