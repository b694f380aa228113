from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.binding import ActiveBinding
from textual.screen import ModalScreen

from crmtui import text
from crmtui.domain.nouns import BY_TABLE
from crmtui.tui import keymap, rooms
from crmtui.tui.actions import Offer
from crmtui.tui.screens.base import PageScreen, RoomScreen
from crmtui.tui.screens.help import _line
from crmtui.tui.widgets.ladder_table import LadderTable
from crmtui.tui.widgets.score_table import ScoreTable

if TYPE_CHECKING:
    from crmtui.tui.widgets.grade_table import GradeTable


@pytest.mark.parametrize("room", rooms.ROOMS, ids=lambda room: room.id)
def test_every_room_is_there(room: rooms.Room) -> None:
    screen = room.build()
    assert isinstance(screen, RoomScreen)
    assert screen.HELP


@pytest.mark.parametrize("table", rooms.PAGES)
def test_every_page_is_there_and_shows_a_record(table: str) -> None:
    assert table in BY_TABLE
    page = rooms.page(table, 7)
    assert isinstance(page, PageScreen | RoomScreen)


def test_every_action_has_a_name_and_every_name_one_meaning() -> None:
    meanings: dict[str, set[tuple[str, str]]] = {}
    for bindings in keymap.catalogue().values():
        for binding in bindings:
            assert binding.description, binding
            assert binding.id is not None
            meanings.setdefault(binding.id, set()).add((binding.action.rpartition(".")[2], binding.description))
    shared = {name for name, found in meanings.items() if len({action for action, _label in found}) > 1}
    assert shared == set()


def test_a_key_that_works_everywhere_means_nothing_else_anywhere() -> None:
    places = {kind: found for kind, found in keymap.catalogue().items() if not issubclass(kind, ModalScreen)}
    everywhere = {one.key: one.id for kind, found in places.items() if issubclass(kind, App) for one in found}
    taken = {one.id for found in places.values() for one in found if everywhere.get(one.key, one.id) != one.id}
    grades = {f"{table}.{grade}" for table in ("ladder", "score") for grade in (1, 2, 3, 4, "unknown")}
    assert taken == {*grades, "history.undo_one"}


@pytest.mark.parametrize("table", [LadderTable, ScoreTable])
def test_the_five_keys_for_grades_are_one_offer_in_the_footer(table: type[GradeTable]) -> None:
    grades = {binding.key: binding for binding in keymap.catalogue()[table] if binding.key in "01234"}
    shown = [f"{key} {binding.description}" for key, binding in grades.items() if binding.show]
    assert shown in (["0 to 4 score"], ["0 to 4 rate"])
    assert len({binding.description for binding in grades.values()}) == 2


def test_help_names_every_action_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_voice", text._Voice())
    text.speak("it")
    node: App[None] = App()
    for binding in {binding.id: binding for found in keymap.catalogue().values() for binding in found}.values():
        active = ActiveBinding(node, binding, enabled=True)
        offer = Offer(("x",), text._(binding.description), text._(binding.tooltip), binding.action, active)
        assert f" {offer.label} " in f"{_line(offer, 18).plain} ", binding.id


def test_every_binding_of_ours_can_be_moved_to_another_key() -> None:
    for kind in keymap.catalogue():
        own = kind.__dict__.get("BINDINGS", ())
        assert all(getattr(binding, "id", None) for binding in own), kind
