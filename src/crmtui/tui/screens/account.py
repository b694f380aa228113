"""The page of an account: what is known of it, who is there, what goes on, and what happened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content

from crmtui.queries import accounts as queries
from crmtui.queries.accounts import Subject
from crmtui.queries.value import Place
from crmtui.text import N_, _
from crmtui.tui import actions, rooms, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens import portfolio, tagging
from crmtui.tui.screens.maps import MAP, open_map
from crmtui.tui.screens.report_key import REPORT
from crmtui.tui.screens.tabbed import TabbedPage
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import account_reasons
from crmtui.tui.widgets.account_head import AccountHead
from crmtui.tui.widgets.account_profile import WHITE, Profile
from crmtui.tui.widgets.action_tree import ActionTree
from crmtui.tui.widgets.delivery_list import DeliveryList
from crmtui.tui.widgets.facts import Facts
from crmtui.tui.widgets.record_table import RecordTable, of_noun
from crmtui.tui.widgets.relationship import Relationship
from crmtui.tui.widgets.tab_line import Tab
from crmtui.tui.widgets.timeline import Timeline
from crmtui.tui.widgets.value_facts import ValueFacts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from crmtui.exchange.report.document import Document
    from crmtui.queries.accounts import AccountPage as Page
    from crmtui.queries.repeat import RepeatPage
    from crmtui.tui.widgets.account_facts import Worth

_COLUMNS: Final = {
    "people": ("name", "title", "email", "phone", "style", "last", "next"),
    "opportunities": ("name", "stage", "value", "win", "ev", "close", "owner", "next"),
    "plans": ("objective", "status", "starts", "ends", "done", "planned", "late", "spent", "budget"),
    "orders": ("number", "day", "status", "value"),
}
_EMPTY: Final = {
    "people": N_("Nobody is known here yet. n writes down a person, with addresses and how to be reached."),
    "opportunities": N_("Nothing to be won here yet. n writes down an opportunity."),
    "plans": N_("No communication plan yet. n writes down what is to be said here, to whom, and by when."),
    "orders": N_("No orders yet. n writes down the first."),
}
REST: Final = 1.5  # seconds after the last change before what it is worth is worked out again
_PLANS: Final = (Tab("plans", N_("Plans")),) if "plan" in rooms.PAGES else ()


BRIEF: Final = Action(
    id="account.brief",
    key="b",
    label=N_("Briefing"),
    does="brief",
    help=N_("What to know before the next meeting, on one page."),
)


class AccountPage(TabbedPage):
    """One account."""

    HELP = N_(
        "One account. The brackets show the step of the relationship ladder; w tells what the figures are made of. "
        "The arrows to the left and right go from part to part."
    )
    TABS = (
        Tab("profile", N_("Profile")),
        Tab("people", N_("People")),
        Tab("relationship", N_("Relationship")),
        Tab("opportunities", N_("Opportunities")),
        Tab("value", N_("Value")),
        *_PLANS,
        Tab("action_plan", N_("Action plan")),
        Tab("delivery", N_("Delivery")),
        Tab("orders", N_("Orders")),
        Tab("timeline", N_("Timeline")),
    )
    BINDINGS: ClassVar = bindings(actions.CONTACT, MAP, actions.TAG, actions.WHY, BRIEF, REPORT)
    DEFAULT_CSS = "AccountPage.-narrow AccountHead { height: 3; }"

    def __init__(self, key: int) -> None:
        super().__init__(key)
        self.page: Page | None = None
        self.worth: Worth | None = None
        self._resting: Timer | None = None

    def compose_head(self) -> ComposeResult:
        """Who it is, and the figures."""
        yield AccountHead(self.crm.today)

    def build(self, tab: str) -> Widget:
        """Make a part."""
        if tab in _OWN:
            return _OWN[tab](self)
        return of_noun(self, tab, _(_EMPTY[tab]), account_id=self.key, keys=_COLUMNS[tab])

    def reload(self) -> None:
        """Read the account and the open part again."""
        super().reload()
        self._read()

    def reload_tab(self, part: Widget) -> None:
        """The profile shows what the head was read with."""
        if isinstance(part, Profile):
            if self.page:
                part.show_page(self.page)
        elif isinstance(part, Relationship | ActionTree | DeliveryList | ValueFacts):
            part.reload()
        else:
            super().reload_tab(part)

    def _read(self) -> None:
        work = partial(queries.page, self.workspace, self.key, self.crm.today)
        self.jobs.run("page", work, on_done=self._show, on_failed=self.leave)
        self.jobs.run("worth", partial(_at_hand, self.workspace, self.key, self.crm.today), on_done=self._glance)

    def _show(self, page: Page) -> None:
        self.page = self.query_one(AccountHead).page = page
        self.tabs.counts = page.counts
        self.query_one(Profile).show_page(page)
        if not isinstance(self.part, Relationship):
            self._say_tags()
        self.refresh_bindings()

    def _glance(self, found: tuple[Worth | None, bool]) -> None:
        """What it is worth rests on all accounts: it comes after the rest, once changes have come to an end.

        Where there are very many it is only worked out when somebody asks for it.
        """
        worth, self.query_one(AccountHead).asks = found
        if self._resting:
            self._resting.stop()
        if worth is not None or self.query_one(AccountHead).asks:
            self._show_worth(worth)
        elif self.worth is None:
            self._work_out()
        else:
            self._resting = self.set_timer(REST, self._work_out)

    def _work_out(self) -> None:
        self.jobs.run("worth", partial(_worth, self.workspace, self.key, self.crm.today), on_done=self._show_worth)

    def _show_worth(self, worth: Worth | None) -> None:
        self.query_one(AccountHead).worth = self.worth = worth

    def _say_tags(self) -> None:
        tags = self.page.tags if self.page else ()
        self.say(show.label(" ".join(f"#{tag}" for tag in tags)))

    async def open_tab(self, tab: str) -> None:
        """Show a part; the relationship says in the status line what is on its row, the others the tags."""
        await super().open_tab(tab)
        if tab != "relationship":
            self._say_tags()

    @on(Facts.Opened)
    def _open(self, event: Facts.Opened) -> None:
        if event.table == WHITE:
            self.crm.action_room("portfolio")
            self.crm.call_after_refresh(portfolio.show_white, self.crm, event.key)
        else:
            self.crm.open_record(event.table, event.key)

    @on(Relationship.Wanted)
    async def _turn_to(self, event: Relationship.Wanted) -> None:
        await self.open_tab(event.tab)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered before the account has been read."""
        if action in ("why", "tag", "map", "contact", "brief", "report"):
            return self.page is not None
        if action == "pane":
            return isinstance(self.part, Relationship) and super().check_action(action, parameters)
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        """Tell what the figures are made of."""
        if self.query_one(AccountHead).asks and self.worth is None:
            self.crm.tell(_("Working out what it is worth …"))
        work = partial(_reasons, self.workspace, self.key, self.crm.today)
        self.jobs.run("worth", work, on_done=self._tell_why)

    def _tell_why(self, found: tuple[Worth, RepeatPage]) -> None:
        worth, orders = found
        self._show_worth(worth)
        if self.page and self.is_current:
            told = [account_reasons.reasons(self.page), account_reasons.worth_reasons(worth, orders)]
            self.app.push_screen(ToldScreen(self.page.account.name, Content("\n\n").join(told)))

    def action_tag(self) -> None:
        """Hang a tag on it, or take one off."""
        tagging.ask(self, [self.key], self._tag_again)

    def _tag_again(self, name: str) -> None:
        tagging.put(self, [self.key], name, again=self._tag_again)

    def action_contact(self) -> None:
        """Write down a contact with the account, with the person or about the opportunity under the cursor."""
        from crmtui.tui.screens import contact

        part = self.part
        if isinstance(part, ValueFacts):
            contact.log(self, part.about)
            return
        key = part.list.current if isinstance(part, RecordTable) else None
        persons = (key,) if key is not None and self.tabs.current == "people" else ()
        opportunity = key if self.tabs.current == "opportunities" else None
        about = contact.About(account_id=self.key, opportunity_id=opportunity, persons=persons)
        contact.log(self, about)

    def action_brief(self) -> None:
        """Show the briefing."""
        from crmtui.queries.briefing import briefing

        work = partial(briefing, self.workspace, self.key, self.crm.today)
        self.jobs.run("brief", work, on_done=self._show_briefing)

    def _show_briefing(self, found: Document) -> None:
        from crmtui.tui.widgets.report_view import told

        self.app.push_screen(ToldScreen(found.title, told(found)))

    def action_report(self) -> None:
        """Write a report on it to a file."""
        from crmtui.tui.screens import reporting

        if self.page:
            reporting.ask(self, self.page.account.name, self.key, reporting.OF_ACCOUNT)

    def action_map(self) -> None:
        """Open the map of its decision-making unit."""
        open_map(self, self.key)


_OWN: Final[dict[str, Callable[[AccountPage], Widget]]] = {  # the parts that are no lists
    "profile": lambda _page: Profile(id="profile"),
    "relationship": lambda page: Relationship(page, page.key),
    "value": lambda page: ValueFacts(page, Place(account_id=page.key)),
    "action_plan": lambda page: ActionTree(page, page.key),
    "delivery": lambda page: DeliveryList(page, page.key),
    "timeline": lambda page: Timeline(page, Subject("account", page.key)),
}


def _at_hand(path: Path, account_id: int, today: dt.date) -> tuple[Worth | None, bool]:
    from crmtui.queries import equity

    return equity.at_hand(path, account_id, today)


def _worth(path: Path, account_id: int, today: dt.date) -> Worth:
    from crmtui.queries import equity

    return equity.of_account(path, account_id, today)


def _reasons(path: Path, account_id: int, today: dt.date) -> tuple[Worth, RepeatPage]:
    from crmtui.queries import repeat

    return _worth(path, account_id, today), repeat.page(path, today)
