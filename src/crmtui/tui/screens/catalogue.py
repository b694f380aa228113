"""The lists that serve the rooms: all people, offerings, competitors, orders, our people, channels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from crmtui.domain.plans import Channel
from crmtui.queries import records
from crmtui.text import N_, _, key as folded, ngettext
from crmtui.tui import show
from crmtui.tui.rooms import ROOMS
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.widgets import record_facts
from crmtui.tui.widgets.facts import Facts
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.record_facts import RecordFacts
from crmtui.tui.widgets.record_table import RecordTable, of_noun
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.told import side
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.tui.app import CrmtuiApp


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list.

    Attributes:
        noun: which, as `queries.lists.NOUNS` names it; channels have a short list of their own.
        label: what it is called, untranslated.
        empty: what it says when there is nothing, untranslated.
    """

    noun: str
    label: str
    empty: str


CATALOGUES: Final = (
    Catalogue("people", N_("People"), N_("Nobody is known yet. n writes down a person at a customer.")),
    Catalogue("objectives", N_("Objectives"), N_("No objectives yet: what is to be reached with whom. n adds one.")),
    Catalogue("actions", N_("Actions"), N_("No actions yet: who of ours does what until when. n adds one.")),
    Catalogue("offerings", N_("Offerings"), N_("No offerings yet: what you sell. n writes down the first.")),
    Catalogue("competitors", N_("Competitors"), N_("No competitors yet: whom customers could choose. n adds one.")),
    Catalogue("orders", N_("Orders"), N_("No orders yet. n writes down the first.")),
    Catalogue("projects", N_("Projects"), N_("No projects yet: what was sold and is being delivered. n adds one.")),
    Catalogue("promises", N_("Promises"), N_("No promises yet: what we told customers we would do. n adds one.")),
    Catalogue("requests", N_("Requests"), N_("No requests yet: what customers ask for. n writes down the first.")),
    Catalogue("feedback", N_("Feedback"), N_("No feedback yet: how satisfied customers say they are. n adds one.")),
    Catalogue("actors", N_("Our people"), N_("None of ours yet: who owns accounts and makes contacts. n adds one.")),
    Catalogue("channels", N_("Channels"), N_("No channels yet: the ways to reach a person. n adds one.")),
)
_TEMPLATES: Final = N_("Scorecard templates")  # lists of their own kinds
_CRITERIA: Final = N_("Criteria of the matrix")
_CHANNELS: Final = (
    ListColumn(key="name", title=N_("Channel"), width=18, flexible=True),
    ListColumn(key="cost", title=N_("Usual cost"), width=10, justify="right"),
    ListColumn(key="hours", title=N_("Usual hours"), width=11, justify="right", priority=1),
    ListColumn(key="quality", title=N_("Covers"), width=7, justify="right"),
    ListColumn(key="active", title=N_("Active"), width=6, priority=2),
)


class CatalogueScreen(RoomScreen):
    """One list, with what is known of the record under the cursor beside it.

    Args:
        catalogue: which list.
    """

    HELP = N_("A list. Enter opens a record; n, e and d make, change and delete one.")
    AUTO_FOCUS = "WindowList"
    DEFAULT_CSS = "CatalogueScreen SidePane RecordFacts { height: 1fr; }"

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue

    @property
    def table(self) -> RecordTable:
        """The list with what can be done to its records."""
        return self.query_one(RecordTable)

    def compose_body(self) -> ComposeResult:
        """The list and what is known of a record."""
        yield Pane(_table(self, self.catalogue), title=_(self.catalogue.label))
        yield side(RecordFacts(), _("Details"))

    def reload(self) -> None:
        """Read the list and the details again."""
        self.table.reload()
        self._read(self.table.list.current)

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        self._read(event.key)

    def _read(self, key: int | None) -> None:
        if key is None:
            self.jobs.forget("told")
            self.query_one(RecordFacts).show_told(None)
        else:
            work = partial(record_facts.read, self.workspace, self.table.kind, key)
            self.jobs.run("told", work, on_done=self._show, on_failed=lambda _gone: None)

    def _show(self, told: record_facts.Told) -> None:
        self.query_one(RecordFacts).show_told(told)

    @on(WindowList.Counted)
    def _tell(self) -> None:
        if self.table.list.is_complete:
            self.say(ngettext("{count} record", "{count} records", self.table.list.count))

    @on(Facts.Opened)
    def _open(self, event: Facts.Opened) -> None:
        self.crm.open_record(event.table, event.key)


def ask(app: CrmtuiApp) -> None:
    """Let the user choose a list, and open it."""
    screens: dict[str, Callable[[], RoomScreen]] = {
        _(one.label): partial(CatalogueScreen, one) for one in CATALOGUES
    } | {_(_TEMPLATES): _templates, _(_CRITERIA): _criteria}

    def find(words: str) -> Sequence[Found[str]]:
        return [Found(label, label) for label in screens if folded(words) in folded(label)]

    def chosen(found: Found[str] | None) -> None:
        if found is not None:
            app.push_screen(screens[found.key]())

    app.push_screen(ChooseScreen(_("Lists"), find), chosen)


def go_to(app: CrmtuiApp, noun: str, words: str = "") -> None:
    """Show the list of a noun, in its room where it has one; narrowed by a filter where one is given."""
    if any(room.id == noun for room in ROOMS):
        app.action_room(noun)
    else:
        app.push_screen(CatalogueScreen(next(one for one in CATALOGUES if one.noun == noun)))
    if words:
        app.call_after_refresh(lambda: app.screen.query(FilterBox).first().show_words(words))


def _templates() -> RoomScreen:
    from crmtui.tui.screens.templates import TemplatesScreen

    return TemplatesScreen()


def _criteria() -> RoomScreen:
    from crmtui.tui.screens.criteria import CriteriaScreen

    return CriteriaScreen()


def _table(room: RoomScreen, catalogue: Catalogue) -> RecordTable:
    if catalogue.noun == "channels":
        source = SmallSource(_CHANNELS, partial(_channels, room.workspace))
        return RecordTable(source, Channel, _(catalogue.empty), id="channels")
    return of_noun(room, catalogue.noun, _(catalogue.empty))


def _channels(path: Path) -> list[Row]:
    return [
        Row(
            one.id,
            (
                one.name,
                show.money(one.cost, one.currency),
                show.figure(one.hours, 1, _("h")),
                show.percent(one.quality),
                _("yes") if one.is_active else _("no"),
            ),
        )
        for one in records.every(path, Channel)
    ]
