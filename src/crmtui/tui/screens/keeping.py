"""Naming a scenario of the territory, and choosing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.queries.allotted_words import hours
from crmtui.text import _, key, line
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.domain.territory import TerritoryScenario
    from crmtui.tui.screens.base import RoomScreen


def name(room: RoomScreen, scenarios: Sequence[TerritoryScenario], on_chosen: Callable[[str], None]) -> None:
    """Ask for the name of a scenario; one that is there is written over."""

    def chosen(found: Found[str] | None) -> None:
        if found is not None:
            on_chosen(found.key)

    def find(typed: str) -> list[Found[str]]:
        return [Found(one.name, line(one.name), _("write over")) for one in scenarios if key(typed) in key(one.name)]

    room.app.push_screen(
        ChooseScreen(_("Name of the scenario"), find, create=lambda typed: Found(typed, typed)), chosen
    )


def one_of(room: RoomScreen, scenarios: Sequence[TerritoryScenario], on_chosen: Callable[[int], None]) -> None:
    """Ask for a scenario."""

    def chosen(found: Found[int] | None) -> None:
        if found is not None:
            on_chosen(found.key)

    def find(typed: str) -> list[Found[int]]:
        return [Found(one.id, line(one.name), _detail(one)) for one in scenarios if key(typed) in key(one.name)]

    room.app.push_screen(ChooseScreen(_("Scenario"), find), chosen)


def another(
    room: RoomScreen, scenarios: Sequence[TerritoryScenario], first: int, on_chosen: Callable[[int | None], None]
) -> None:
    """Ask with what a scenario is compared: the plan that is shown, which is None, or one of the others."""
    others = [one for one in scenarios if one.id != first]
    if not others:
        on_chosen(None)
        return

    def chosen(found: Found[int] | None) -> None:
        if found is not None:
            on_chosen(found.key or None)

    def find(typed: str) -> list[Found[int]]:
        offered = [Found(0, _("the plan that is shown"))]
        offered += [Found(one.id, line(one.name), _detail(one)) for one in others]
        return [one for one in offered if key(typed) in key(one.label)]

    room.app.push_screen(ChooseScreen(_("Compared with"), find), chosen)


def _detail(one: TerritoryScenario) -> str:
    told = _("{hours} h from {day}").format(hours=hours(one.capacity), day=dated(one.starts_on))
    return f"{told} · {_('accepted')}" if one.is_accepted else told
