"""The way from an account to the map of its decision-making unit; apart, so that a list need not load the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.text import N_
from crmtui.tui.actions import Action

if TYPE_CHECKING:
    from crmtui.tui.screens.base import RoomScreen

MAP: Final = Action(id="account.map", key="m", label=N_("DMU"), help=N_("Open the map of its decision-making unit."))


def open_map(room: RoomScreen, account_id: int) -> None:
    """Open the map of an account's decision-making unit, also where none has been begun."""
    from crmtui.queries.dmu import Place
    from crmtui.tui.screens.dmu import DmuPage

    room.app.push_screen(DmuPage(place=Place(account_id=account_id)))
