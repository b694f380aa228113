"""The way from an opportunity to its value proposition; apart, so that a list need not load the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.text import N_
from crmtui.tui.actions import Action

if TYPE_CHECKING:
    from crmtui.tui.screens.base import RoomScreen

VALUE: Final = Action(
    id="opportunity.value",
    key="v",
    label=N_("Value proposition"),
    help=N_("Open the value proposition: need, offer, benefit and proof, and each person's win."),
)


def open_value(room: RoomScreen, opportunity_id: int) -> None:
    """Open the value proposition of an opportunity over a screen."""
    from crmtui.tui.screens.value import ValueScreen

    room.app.push_screen(ValueScreen(opportunity_id))
