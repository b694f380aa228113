"""Two maps of an account side by side, above all in which they differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal, Vertical

from crmtui.queries import dmu_differences as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.widgets import map_people
from crmtui.tui.widgets.dmu_figures import figures
from crmtui.tui.widgets.dmu_map import DmuMap
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.queries.dmu import DmuPage, Place
    from crmtui.queries.dmu_differences import Comparison, Difference

BORDER: Final = 4  # cells of a pane's border and padding
COLUMNS: Final = (
    ListColumn(key="name", title=N_("Person"), width=18, flexible=True, sortable=False),
    ListColumn(key="what", title=N_("Differs in"), width=16, widest=40, sortable=False),
    ListColumn(key="first", title=N_("Left map"), width=16, widest=36, sortable=False),
    ListColumn(key="second", title=N_("Right map"), width=16, widest=36, sortable=False),
)


class CompareScreen(RoomScreen):
    """Two maps; a narrow screen shows the differences alone.

    Args:
        first: what the map on the left is of.
        second: what the one on the right is of.
    """

    HELP = N_(
        "Two maps of the same account and all in which they differ, who weighs most first. The arrows go through the "
        "differences and show the person on both maps; enter opens the map on the right there."
    )
    AUTO_FOCUS = "WindowList"
    BINDINGS: ClassVar = []
    DEFAULT_CSS = """
    CompareScreen {
        & #maps { height: 1fr; }
        & #maps Pane { width: 1fr; padding: 0; }
        & #maps DmuMap { height: 1fr; }
        & #differences { height: 12; }
        &.-narrow #maps { display: none; }
        &.-narrow #differences { height: 1fr; }
    }
    """

    def __init__(self, first: Place, second: Place) -> None:
        super().__init__()
        self.places = (first, second)
        self.found: Comparison | None = None

    def compose_body(self) -> ComposeResult:
        """The maps above the differences."""
        with Vertical():
            with Horizontal(id="maps"):
                yield Pane(DmuMap(id="first"), id="left")
                yield Pane(DmuMap(id="second"), id="right")
            empty = show.block(_("The two maps say the same of the same people."))
            told = _("Differences")
            yield Pane(TextList(SmallSource(COLUMNS, self._rows), empty, told), title=told, id="differences")

    @property
    def table(self) -> WindowList:
        """The differences."""
        return self.query_one(WindowList)

    @property
    def differences(self) -> Sequence[Difference]:
        """What was found."""
        return self.found.differences if self.found else ()

    @property
    def current(self) -> Difference | None:
        """The one under the cursor."""
        key = self.table.current
        return self.differences[key - 1] if key is not None and key <= len(self.differences) else None

    def reload(self) -> None:
        """Compare again."""
        work = partial(queries.compared, self.workspace, *self.places, self.crm.today)
        self.jobs.run("page", work, on_done=self.show_found, on_failed=self._lost)

    def _lost(self, error: CrmtuiError) -> None:
        """What one of them is of has gone."""
        self.crm.tell(str(error), is_wrong=True)
        if self.is_current:
            self.dismiss(None)

    def show_found(self, found: Comparison) -> None:
        """Show both maps and the differences."""
        self.found = found
        for page, pane in ((found.first, "#left"), (found.second, "#right")):
            self.query_one(f"{pane} DmuMap", DmuMap).set_map(map_people.cards(page), map_people.edges(page))
        self._entitle()
        self.table.reload()

    def _entitle(self) -> None:
        """The names of the maps, their figures, and how many differences there are."""
        if self.found is None:
            return
        for page, name in ((self.found.first, "#left"), (self.found.second, "#right")):
            pane = self.query_one(name, Pane)
            pane.entitle(_called(page), figures(page, max(0, pane.size.width - BORDER)).plain)
        count = len(self.differences)
        told = ngettext("{count} difference", "{count} differences", count)
        sides = _("{left} on the left, {right} on the right").format(
            left=_called(self.found.first), right=_called(self.found.second)
        )
        self.query_one("#differences", Pane).entitle(_("Differences"), told)
        self.say(show.label(f"{self.found.first.placed.account} · {sides}", show.MUTED))

    def on_resize(self) -> None:
        """The figures take the words there is room for."""
        self.call_after_refresh(self._entitle)

    def _rows(self) -> list[Row]:
        return [_row(number, one) for number, one in enumerate(self.differences, 1)]

    @on(WindowList.Highlighted)
    def _walk(self) -> None:
        """Show the person on both maps."""
        if one := self.current:
            for key, name in ((one.first_key, "#first"), (one.second_key, "#second")):
                if key is not None:
                    self.query_one(name, DmuMap).cursor = key

    @on(WindowList.Opened)
    @on(DmuMap.Opened)
    def _open(self) -> None:
        """Open the map on the right at the person, or that on the left where the right one has nobody."""
        from crmtui.tui.screens.dmu import DmuPage as MapPage

        if self.found and (one := self.current):
            is_right = one.second_key is not None
            sheet = self.found.second.sheet(one.second_key) if is_right else self.found.first.sheet(one.first_key)
            screen = MapPage(place=self.places[is_right])
            screen.at = str(sheet.person.id) if sheet and sheet.person else ""
            self.app.push_screen(screen)


def _called(page: DmuPage) -> str:
    return page.placed.opportunity or _("the whole account")


def _row(number: int, one: Difference) -> Row:
    cells = [show.label(said) if said else show.nothing() for said in (one.first, one.second)]
    return Row(number, (one.name, one.label, *cells))
