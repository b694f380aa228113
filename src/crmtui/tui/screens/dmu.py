"""The room of decision-making units: on whom do we bet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from crmtui.domain.words import Role, Source
from crmtui.queries import dmu as queries
from crmtui.text import _
from crmtui.tui.actions import bindings
from crmtui.tui.screens import contact, dmu_keys, stakeholder
from crmtui.tui.screens.choose import Found
from crmtui.tui.screens.dmu_judging import JudgedMap
from crmtui.tui.widgets.dmu_foretold import of_contact
from crmtui.tui.widgets.dmu_map import DmuMap
from crmtui.tui.widgets.findings import FindingList
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.queries.dmu import DmuPage as Page, Finding, Place, Placed, Sheet

GRADED: Final = frozenset({"attitude", "power", "relationship"})
ON_SOMEBODY: Final = frozenset({"judge", "step", "forget", "edit", "delete", "boss", "line", "guide"})


class DmuScreen(JudgedMap):
    """The map of an account or of an opportunity, to draw and to judge."""

    ROOM = "dmu"
    BINDINGS: ClassVar = bindings(*dmu_keys.ALL)

    def __init__(self, place: Place | None = None) -> None:
        super().__init__(place)
        self._added_key = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs somebody on a map is not offered without."""
        if action in ON_SOMEBODY:
            return self.current is not None
        if action in _NEEDS:
            return _NEEDS[action](self)
        return super().check_action(action, parameters)

    @property
    def has_line(self) -> bool:
        """Whether a line begins or ends at the one under the cursor."""
        edges = self.page.edges if self.page else ()
        return any(self._key in (edge.source_id, edge.target_id) for edge in edges)

    # Going elsewhere

    def action_account(self) -> None:
        """Choose another account or opportunity."""
        self.app.push_screen(stakeholder.choosing_account(self.workspace), self._chosen_place)

    def action_report(self) -> None:
        """Write a report on the decision-making unit to a file."""
        from crmtui.tui.screens import reporting

        if self.page and self.page.placed.account_id:
            reporting.ask(self, self.page.placed.account, self.page.placed.account_id, reporting.OF_MAP)

    def action_maps(self) -> None:
        """Choose another map of the same account."""
        if self.page and self.page.placed.account_id:
            screen = stakeholder.choosing_map(self.workspace, self.page.placed.account_id)
            self.app.push_screen(screen, self._chosen_place)

    def action_compare(self) -> None:
        """Put another map of the account beside this one; which one is asked where there are several."""
        if self.page and self.page.placed.account_id:
            maps = partial(queries.maps_of, self.workspace, self.page.placed.account_id)
            self.jobs.run("compare", maps, on_done=self._compare)

    def _compare(self, maps: Sequence[Placed]) -> None:
        others = [one for one in maps if one.people and one.place != self.place]
        if len(others) == 1:
            self._beside(Found(others[0].place, ""))
        elif others:
            self.app.push_screen(stakeholder.choosing_other(others), self._beside)

    def _beside(self, found: Found[Place] | None) -> None:
        """Compare; the account as a whole stands on the left, since the maps of opportunities begin with it."""
        from crmtui.tui.screens.dmu_compare import CompareScreen

        if self.page and found:
            here, other = self.page.placed.place, found.key
            self.app.push_screen(CompareScreen(other, here) if other.account_id else CompareScreen(here, other))

    def _chosen_place(self, found: Found[Place] | None) -> None:
        if found is not None:
            self.show_place(found.key)

    def action_why(self) -> None:
        """Show the terms of the figures, those of the one under the cursor first."""
        from crmtui.tui.screens.dmu_why import FigureReasons

        if self.page:
            self.app.push_screen(FigureReasons(self.page, self.crm.today, self._key))

    @on(DmuMap.Opened)
    @on(WindowList.Opened)
    def _open(self) -> None:
        """Ask who a placeholder is; show the form of somebody."""
        if self.current and self.current.person is None:
            self._ask_who(self.current)
        else:
            self.action_edit()

    @on(FindingList.Opened)
    def _resolve(self, event: FindingList.Opened) -> None:
        """Go to the place where what a finding says is changed."""
        finding = event.finding
        self.picture.focus()
        if finding.key is not None:
            self.go_to(finding.key, finding.field)
            self._change(finding)
        elif finding.roles:
            self._add_role(finding.roles)

    def _change(self, finding: Finding) -> None:
        if finding.field in GRADED:
            self.action_judge(finding.field)
        elif finding.field == "person_id" and self.current:
            self._ask_who(self.current)
        elif finding.field == "last_contact":
            contact.plan(self, self._about)
        else:
            self.action_edit(finding.field)

    @property
    def _about(self) -> contact.About:
        """What a contact with the one under the cursor is about."""
        placed = self.page.placed if self.page else None
        person = self.current.person if self.current else None
        return contact.About(
            account_id=placed.account_id if placed else None,
            opportunity_id=placed.place.opportunity_id if placed else None,
            persons=(person.id,) if person else (),
            foretell=of_contact(self.page, self.crm.today) if self.page else None,
        )

    def action_contact(self) -> None:
        """Write down a contact with the one under the cursor."""
        contact.log(self, self._about)

    # Who is on it

    def action_new(self) -> None:
        """Begin the map with the people of another one, or put somebody on it."""
        page = self.page
        if page and page.placed.map_id is None and page.brings:
            from crmtui.commands import dmu

            self.change(partial(dmu.map_of, self.workspace, page.placed.place, Source.TUI))
        elif page:
            title = _("Who comes onto the map of {map}").format(map=page.title)
            self.app.push_screen(stakeholder.choosing_person(self.workspace, page, title), self._add)

    def _add(self, found: Found[int | str] | None) -> None:
        if found is None or self.page is None:
            return
        from crmtui.commands import dmu

        at = self.page.placed.map_id or self.page.placed.place
        given = {"person_id": found.key} if isinstance(found.key, int) else {}
        new = {"name": found.key} if isinstance(found.key, str) else None
        add = partial(dmu.add_stakeholder, self.workspace, at, given, Source.TUI, self.crm.today, new_person=new)
        self.change(add, on_done=self._added)

    def action_role(self) -> None:
        """Put a role without a name on the map."""
        self._add_role(())

    def _add_role(self, roles: tuple[Role, ...]) -> None:
        if self.page:
            form = stakeholder.adding_role(self.workspace, self.page, self.crm.today, roles)
            self.edit(form, self._added)

    def _added(self, key: int) -> None:
        """Put the cursor on the new one as soon as it has been read."""
        self._added_key = key
        self.reload()

    def _ask_who(self, sheet: Sheet) -> None:
        """Ask who a placeholder is."""
        if self.page:
            title = _("Who is “{position}”").format(position=sheet.position)
            screen = stakeholder.choosing_person(self.workspace, self.page, title)
            self.app.push_screen(screen, partial(self._fill, sheet.key))

    def _fill(self, key: int, found: Found[int | str] | None) -> None:
        if found is not None:
            from crmtui.commands import dmu

            person: Any = found.key if isinstance(found.key, int) else {"name": found.key}
            self.change(partial(dmu.fill_placeholder, self.workspace, key, person, Source.TUI, self.crm.today))

    def action_edit(self, field: str = "") -> None:
        """Change what is known of somebody, beginning at a field."""
        if self.page and self.current:
            form = stakeholder.editing(self.workspace, self.page, self.current, self.crm.today)
            self.edit(form)
            if field:
                form.call_after_refresh(lambda: form.form.go_to(field))

    def action_delete(self) -> None:
        """Take those that are marked, or the one under the cursor, off the map."""
        from crmtui.commands import dmu

        keys = sorted(self.table.chosen) if self.is_table else [self._key] if self._key else []
        if keys:
            self.change(partial(dmu.remove, self.workspace, keys, Source.TUI), on_done=self.crm.tell)

    def action_boss(self) -> None:
        """Say to whom somebody reports."""
        if self.page and (sheet := self.current):
            self.app.push_screen(stakeholder.choosing_boss(self.page, sheet), partial(self._report, sheet.key))

    def _report(self, key: int, found: Found[int] | None) -> None:
        if found is not None:
            from crmtui.commands import dmu

            self.change(partial(dmu.report_to, self.workspace, key, found.key or None, Source.TUI))

    def show_read(self, page: Page | None) -> None:
        """Show what was read; the cursor goes to who was added."""
        super().show_read(page)
        if self._added_key and self.page and self.page.sheet(self._added_key):
            self.go_to(self._added_key)
            self._added_key = 0

    # Lines

    def action_line(self) -> None:
        """Draw a line to somebody else."""
        if self.page and self.current:
            self.edit(stakeholder.adding_line(self.workspace, self.page, self.current, self.crm.today))

    def action_unline(self) -> None:
        """Take a line away."""
        if self.page and self.current:
            self.app.push_screen(stakeholder.choosing_line(self.page, self.current), self._unlink)

    def _unlink(self, found: Found[int] | None) -> None:
        if found is not None:
            from crmtui.commands import dmu_lines

            self.change(partial(dmu_lines.unlink, self.workspace, found.key, Source.TUI))


class DmuPage(DmuScreen):
    """A map on top of what was there.

    Args:
        key: the map.
        place: what it is of, in place of the map's key: then the map may be one that nobody has begun.

    Attributes:
        at: the key of the person to begin with, as text; '' for nobody in particular.
    """

    ROOM = ""
    at = ""

    def __init__(self, key: int = 0, *, place: Place | None = None) -> None:
        super().__init__(place)
        self.key = key

    def read(self, place: Place | None) -> Page | None:
        """In a thread: the page of the map, or of the place."""
        if place is None:
            return queries.page(self.workspace, self.key, self.crm.today)
        return super().read(place)

    def show(self, page: Page | None) -> None:
        """Show a page; the first time at the person that was asked for."""
        super().show(page)
        sheets = page.sheets if page and self.at else ()
        wanted, self.at = self.at, ""
        for sheet in sheets:
            if sheet.person is not None and str(sheet.person.id) == wanted:
                self.go_to(sheet.key)


_NEEDS: Final[Mapping[str, Callable[[DmuScreen], bool]]] = {
    "new": lambda screen: screen.page is not None,
    "role": lambda screen: screen.page is not None,
    "table": lambda screen: screen.page is not None,
    "whole": lambda screen: screen.page is not None,
    "maps": lambda screen: bool(screen.page and screen.page.placed.account_id),
    "report": lambda screen: bool(screen.page and screen.page.placed.account_id),
    "compare": lambda screen: bool(screen.page and screen.page.sheets and screen.page.others),
    "why": lambda screen: bool(screen.page and screen.page.sheets),
    "contact": lambda screen: bool(screen.current and screen.current.person),
    "unline": lambda screen: screen.has_line,
}
