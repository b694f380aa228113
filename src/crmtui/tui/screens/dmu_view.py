"""What a decision-making unit looks like on screen: the map or the table, the sheet of one person, what stands out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from crmtui.queries import dmu as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.glyphs import ASCII
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.widgets import map_people
from crmtui.tui.widgets.dmu_figures import figures
from crmtui.tui.widgets.dmu_foretold import moved
from crmtui.tui.widgets.dmu_map import DmuMap
from crmtui.tui.widgets.findings import FindingList
from crmtui.tui.widgets.page import Pane, SidePane
from crmtui.tui.widgets.stakeholder_sheet import StakeholderSheet
from crmtui.tui.widgets.stakeholder_table import StakeholderSource
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.worked_list import WorkedList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from crmtui.errors import CrmtuiError
    from crmtui.method.dmu import Figures
    from crmtui.queries.dmu import DmuPage, Place, Sheet

EDGES: Final = {"both": "", "formal": N_("formal lines only"), "informal": N_("informal lines only")}
MOVING: Final = 5.0  # seconds for which is told how the figures moved
STATUS_PADDING: Final = 2  # cells beside the status line


class MapView(RoomScreen):
    """The map of an account or of an opportunity, to look at.

    Attributes:
        place: what the map is of; None where there is nothing to show yet.
        page: what was read of it.
    """

    HELP = N_(
        "Who decides, who listens to whom, and who is for us. Every judgement is dated; ~ marks what nobody has "
        "confirmed, ? what nobody knows. The bet is how much a person's attitude counts once people have listened. "
        "The findings lead to the place to change them, and say what that would bring."
    )
    AUTO_FOCUS = "DmuMap"
    BINDINGS: ClassVar = []
    DEFAULT_CSS = """
    MapView {
        & #picture { height: 1fr; padding: 0; }
        & #picture ContentSwitcher { height: 1fr; }
        & #picture DmuMap, & #picture WindowList { height: 1fr; }
        & #found { height: auto; max-height: 9; }
        &.-narrow #found { max-height: 5; }
        &.-table #sheet { display: none; }
        &.-table.-pane #sheet { display: block; }
        &.-whole #sheet { display: none; }
    }
    """

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place = place
        self.page: DmuPage | None = None
        self._key: int | None = None
        self._is_shown = False
        self._moving: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The map or the table above the findings, the sheet beside."""
        self._source = StakeholderSource(self.crm.today)
        with Vertical():
            with Pane(id="picture"), ContentSwitcher(initial="map"):
                yield DmuMap(id="map")
                yield WorkedList(self._source, show.block(""), id="table")
            with Pane(title=_("Findings"), id="found"):
                yield FindingList()
        with SidePane(id="sheet"):
            yield StakeholderSheet()

    def on_mount(self) -> None:
        """Nothing stands out before something has been read."""
        self.query_one("#found").display = False

    # Reading

    def reload(self) -> None:
        """Read the map again; the cursor stays on its person."""
        self.jobs.run("page", partial(self.read, self.place), on_done=self.show_read, on_failed=self._lost)

    def read(self, place: Place | None) -> DmuPage | None:
        """In a thread: the page of a place, or of the map that was judged last; None where there are no maps."""
        wanted = place or queries.newest(self.workspace)
        return queries.page_at(self.workspace, wanted, self.crm.today) if wanted else None

    def show_read(self, page: DmuPage | None) -> None:
        """Show what was read."""
        self.show(page)

    def _lost(self, error: CrmtuiError) -> None:
        """What the map is of has gone."""
        self.crm.tell(str(error), is_wrong=True)
        self.show(None)

    def show_place(self, place: Place) -> None:
        """Go to the map of an account or an opportunity, whether or not it has been begun."""
        self.place, self._key = place, None
        self.reload()

    # Showing

    def show(self, page: DmuPage | None) -> None:
        """Show a page; every cursor stays on its person."""
        self.place = page.placed.place if page else None
        if page == self.page and self._is_shown:
            return
        self.page = page
        self._source.today = self.crm.today
        self._source.show(page)
        self._is_shown = True
        empty = _said_when_empty(page)
        self.map.empty = empty
        self.table.set_empty(show.block(empty))
        self.map.set_map(map_people.cards(page) if page else [], map_people.edges(page) if page else [])
        if self.is_table:
            self.table.reload()
        self._key = self.map.cursor
        self._show_sheet(self.query_one(StakeholderSheet).field)
        self._show_around()

    def _show_sheet(self, field: str = "") -> None:
        sheet = self.query_one(StakeholderSheet)
        sheet.tell(self.page, self.crm.today, self._key, field if sheet.key == self._key else "")
        self.query_one("#sheet", SidePane).entitle(self.current.name if self.current else _("Stakeholder"))
        self.refresh_bindings()

    def _show_around(self) -> None:
        """The titles, the findings and the figures."""
        self.entitle()
        findings = self.page.findings if self.page else ()
        self.query_one(FindingList).tell(findings)
        self.query_one("#found", Pane).display = bool(findings) and not self.is_whole
        self._say_figures()

    def say_moved(self, before: Figures) -> None:
        """Show for a while how the figures moved with what was just done."""
        if self.page and self.page.figures != before:
            self._stop_moving()
            self.say(show.cells(moved(before, self.page.figures), max(0, self.size.width - STATUS_PADDING)))
            self._moving = self.set_timer(MOVING, self._say_figures)

    def _stop_moving(self) -> None:
        if self._moving:
            self._moving.stop()
        self._moving = None

    def _say_figures(self) -> None:
        self._stop_moving()
        self.say(figures(self.page, self.size.width - STATUS_PADDING) if self.page else "")

    def entitle(self) -> None:
        """Say which map it is, and which lines are shown."""
        page = self.page
        parts = [_(EDGES[self.map.edges_shown])]
        if page and page.sheets:
            parts.append(ngettext("{count} person", "{count} people", len(page.sheets)))
        if page and page.others:
            parts.append(ngettext("{count} other map", "{count} other maps", page.others))
        title = page.title if page else _("Map")
        self.query_one("#picture", Pane).entitle(title, " · ".join(filter(None, parts)))

    def on_resize(self) -> None:
        """The figures take the words there is room for; the sheet may have been folded."""
        self._say_figures()
        self.call_after_refresh(self.refresh_bindings)

    def on_screen_resume(self) -> None:
        """The signs may have been changed meanwhile."""
        self.map.ascii_only = show.glyphs() is ASCII

    # The one under the cursor

    @property
    def map(self) -> DmuMap:
        """The map."""
        return self.query_one(DmuMap)

    @property
    def table(self) -> WindowList:
        """The table of the same."""
        return self.query_one("#table", WindowList)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown."""
        return self.has_class("-table")

    @property
    def is_whole(self) -> bool:
        """Whether the picture has the whole screen."""
        return self.has_class("-whole")

    @property
    def picture(self) -> DmuMap | WindowList:
        """The one of the two that is shown."""
        return self.table if self.is_table else self.map

    @property
    def current(self) -> Sheet | None:
        """The stakeholder under the cursor."""
        return self.page.sheet(self._key) if self.page else None

    def go_to(self, key: int, field: str = "") -> None:
        """Put every cursor on a stakeholder, and point at a field of the sheet."""
        self._key = key
        self.map.cursor = key
        if self.is_table and self.table.current != key:
            self.table.goto(key)
        self.query_one(StakeholderSheet).key = key
        self._show_sheet(field)
        self.query_one("#sheet", SidePane).scroll_to(y=max(0, self._line_of(field) - 1), animate=False)

    def _line_of(self, field: str) -> int:
        return self.query_one(StakeholderSheet).line_of(field) if field else 0

    @on(DmuMap.Highlighted)
    def _walk(self, event: DmuMap.Highlighted) -> None:
        if event.key != self._key:
            self.go_to(event.key)

    @on(WindowList.Highlighted)
    def _walk_table(self, event: WindowList.Highlighted) -> None:
        if self.is_table and event.key is not None and event.key != self._key:
            self.go_to(event.key)

    @on(WindowList.SortRequested)
    def _sort(self, event: WindowList.SortRequested) -> None:
        self.table.set_sort(event.sort)

    @on(FindingList.Visited)
    def _visit(self, event: FindingList.Visited) -> None:
        if event.finding.key is not None:
            self.go_to(event.finding.key, event.finding.field)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The table has the whole width, so there the sheet can be unfolded too."""
        if action == "pane":
            return not self.is_whole and (self.is_table or super().check_action(action, parameters))
        if action == "lines":
            return bool(self.page and self.page.edges) and not self.is_table
        return super().check_action(action, parameters)

    def action_table(self) -> None:
        """Switch between the map and the table."""
        self.toggle_class("-table")
        self.query_one(ContentSwitcher).current = "table" if self.is_table else "map"
        self.picture.focus()
        if self.is_table:
            self.table.reload()
        if self._key is not None:
            self.go_to(self._key)

    def action_whole(self) -> None:
        """Give the picture the whole screen, or bring what is around it back."""
        self.toggle_class("-whole")
        self.picture.focus()
        self._show_around()

    def action_lines(self) -> None:
        """Show the next kind of lines: all, the formal ones, the informal ones."""
        shown = self.map.edges_shown
        self.map.edges_shown = "formal" if shown == "both" else "informal" if shown == "formal" else "both"
        self.entitle()


def _said_when_empty(page: DmuPage | None) -> str:
    if page is None:
        return _(
            "A map shows who decides at a customer, who listens to whom, and who is for us. "
            "Press / to choose an account."
        )
    if page.brings:
        return ngettext(
            "There is no map of this yet. Press n to begin one with {count} person of the account's other map.",
            "There is no map of this yet. Press n to begin one with {count} people of the account's other map.",
            page.brings,
        )
    return _("Nobody is on this map yet. Press n to add the first person, or N for a role that has no name yet.")
