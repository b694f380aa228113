"""The page of a person: how to reach them, what they consented to, where they decide, and what happened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from crmtui.queries import people as queries
from crmtui.queries.accounts import Subject
from crmtui.text import N_
from crmtui.tui import actions, show
from crmtui.tui.actions import bindings
from crmtui.tui.screens.tabbed import TabbedPage
from crmtui.tui.widgets.facts import Facts
from crmtui.tui.widgets.person_card import PersonCard
from crmtui.tui.widgets.tab_line import Tab
from crmtui.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from crmtui.queries.people import PersonPage as Page


class PersonPage(TabbedPage):
    """One person."""

    HELP = N_("One person. Enter opens the account, the boss, or the map under the cursor.")
    TABS: ClassVar = (Tab("card", N_("Person")), Tab("timeline", N_("Timeline")))
    BINDINGS: ClassVar = bindings(actions.CONTACT)
    DEFAULT_CSS = "PersonPage #who { height: 1; padding: 0 1; }"

    def __init__(self, key: int) -> None:
        super().__init__(key)
        self.page: Page | None = None

    def compose_head(self) -> ComposeResult:
        """Who it is."""
        yield Static(id="who", markup=False)

    def build(self, tab: str) -> Widget:
        """Make a part."""
        return PersonCard(id="card") if tab == "card" else Timeline(self, Subject("person", self.key))

    def reload(self) -> None:
        """Read the person and the open part again."""
        super().reload()
        work = partial(queries.page, self.workspace, self.key, self.crm.today)
        self.jobs.run("page", work, on_done=self._show, on_failed=self.leave)

    def _show(self, page: Page) -> None:
        self.page = page
        person = page.person
        parts = [show.label(one, show.MUTED) for one in (person.title, page.account) if one.strip()]
        head = Content.styled(" · ", show.MUTED).join([show.label(person.name, "bold"), *parts])
        who = self.query_one("#who", Static)
        who.update(show.cells(head, who.content_size.width) if head.cell_length > who.content_size.width else head)
        self.query_one(PersonCard).show_page(page, self.crm.today)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered before the person has been read."""
        return self.page is not None if action == "contact" else super().check_action(action, parameters)

    def action_contact(self) -> None:
        """Write down a contact with the person."""
        from crmtui.tui.screens import contact

        if self.page:
            contact.log(self, contact.About(account_id=self.page.person.account_id, persons=(self.key,)))

    @on(Facts.Opened)
    def _open(self, event: Facts.Opened) -> None:
        self.crm.open_record(event.table, event.key)
