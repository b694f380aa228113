"""A scenario of the territory that was saved: its hours, and what was spent of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from crmtui.queries import scenario_words
from crmtui.text import line
from crmtui.tui import show
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import terms

if TYPE_CHECKING:
    from crmtui.queries.scenarios import ScenarioPage


def told(found: ScenarioPage) -> ToldScreen:
    """The scenario as a whole, then each of its accounts."""

    def amount(minor: int, currency: str) -> str:
        return show.money(minor, currency).plain

    lines = ((one.name, scenario_words.account(one, amount)) for one in found.lines)
    parts = [terms.lines(scenario_words.whole(found, amount)), terms.lines(lines)]
    return ToldScreen(line(found.scenario.name), Content("\n\n").join(parts) if found.lines else parts[0])
