"""Where things are on screen: the rooms under the number keys, and the page that each kind of record opens on.

Classes are named, not imported, so that the first paint pays only for the room it shows.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from crmtui.text import N_

if TYPE_CHECKING:
    from crmtui.tui.screens.base import PageScreen, RoomScreen


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the workbench.

    Attributes:
        id: its name, the mode of the app.
        key: the number key that leads to it.
        label: its name on screen, untranslated.
        place: `module:Class` of its screen.
    """

    id: str
    key: str
    label: str
    place: str

    @property
    def is_loaded(self) -> bool:
        """Whether its code is at hand."""
        return self.place.partition(":")[0] in sys.modules

    def load(self) -> None:
        """Load its code; can be done in a thread."""
        _load(self.place)

    def build(self) -> RoomScreen:
        """Make the screen of the room."""
        screen: RoomScreen = _load(self.place)()
        return screen


_SCREENS: Final = "crmtui.tui.screens"
ROOMS: Final = (
    Room("today", "1", N_("Today"), f"{_SCREENS}.today:TodayScreen"),
    Room("accounts", "2", N_("Accounts"), f"{_SCREENS}.accounts:AccountsScreen"),
    Room("dmu", "3", N_("DMU"), f"{_SCREENS}.dmu:DmuScreen"),
    Room("opportunities", "4", N_("Opportunities"), f"{_SCREENS}.opportunities:OpportunitiesScreen"),
    Room("plans", "5", N_("Plans"), f"{_SCREENS}.plans:PlansScreen"),
    Room("portfolio", "6", N_("Portfolio"), f"{_SCREENS}.portfolio:PortfolioScreen"),
)
PAGES: Final = {
    "account": f"{_SCREENS}.account:AccountPage",
    "person": f"{_SCREENS}.person:PersonPage",
    "sales_order": f"{_SCREENS}.order:OrderPage",
    "dmu_map": f"{_SCREENS}.dmu:DmuPage",
    "opportunity": f"{_SCREENS}.scorecard:ScorecardPage",
    "plan": f"{_SCREENS}.plan:PlanPage",
    "scorecard_template": f"{_SCREENS}.template:TemplatePage",
}


def page(table: str, key: int) -> PageScreen:
    """Make the page of a record."""
    screen: PageScreen = _load(PAGES[table])(key)
    return screen


def _load(place: str) -> type:
    module, _colon, name = place.partition(":")
    loaded: type = getattr(import_module(module), name)
    return loaded
