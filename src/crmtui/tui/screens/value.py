"""The value proposition of one opportunity, with what of its account's serves it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from crmtui.queries.value import Place
from crmtui.text import N_, _
from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.screens.base import PageScreen
from crmtui.tui.screens.maps import MAP
from crmtui.tui.widgets.facts import Facts
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.value_facts import ValueFacts

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ValueScreen(PageScreen):
    """A value proposition; the key is the opportunity's."""

    HELP = N_("The value proposition of an opportunity. What is written for the whole account stands below its own.")
    BINDINGS: ClassVar = bindings(actions.CONTACT, MAP)
    AUTO_FOCUS = "ValueFacts"

    def compose_body(self) -> ComposeResult:
        """The facts."""
        yield Pane(ValueFacts(self, Place(opportunity_id=self.key)), title=_("Value proposition"), id="main")

    @property
    def facts(self) -> ValueFacts:
        """The lines and the people."""
        return self.query_one(ValueFacts)

    def reload(self) -> None:
        """Read again."""
        self.facts.reload()

    @on(ValueFacts.Shown)
    def _entitle(self, event: ValueFacts.Shown) -> None:
        self.query_one("#main", Pane).entitle(f"{_('Value proposition')} · {event.page.title}")

    @on(Facts.Opened)
    def _open(self, event: Facts.Opened) -> None:
        self.crm.open_record(event.table, event.key)

    def action_contact(self) -> None:
        """Write down a contact that carried what is under the cursor."""
        from crmtui.tui.screens import contact

        contact.log(self, self.facts.about)

    def action_map(self) -> None:
        """Open the map of the opportunity's decision-making unit."""
        from crmtui.queries.dmu import Place as MapPlace
        from crmtui.tui.screens.dmu import DmuPage

        self.app.push_screen(DmuPage(place=MapPlace(opportunity_id=self.key)))
