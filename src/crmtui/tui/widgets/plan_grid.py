"""The weeks of a plan across, its people down: a sign for each contact, the cursor on one place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from crmtui.queries.plans import monday
from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import plan_paint
from crmtui.tui.widgets.named_grid import NamedGrid, beyond
from crmtui.tui.widgets.plan_paint import CELL, HEADER, Look

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from crmtui.queries.contacts import Entry
    from crmtui.queries.plans import PlanPage

BEFORE: Final = 4  # weeks before this one that are on the screen at first


class Place(NamedTuple):
    """Where the cursor is.

    Attributes:
        row: which of the people.
        week: which of the weeks.
        number: which of the contacts there; 0 also where there is none.
    """

    row: int
    week: int
    number: int = 0


class PlanGrid(NamedGrid):
    """A plan as a grid. The names stay in place while the weeks scroll."""

    HELP = N_(
        "Weeks across, people down. Left and right go from contact to contact and from week to week; n plans a contact "
        "for this person in this week, x marks it as done, m moves it, space marks several."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="grid.open", key="enter", label=N_("Open"), does="open"),
        Action(id="grid.mark", key="space", label=N_("Mark"), does="mark"),
        Action(
            id="grid.propose",
            key="p",
            label=N_("Propose"),
            does="screen.propose",
            help=N_("Propose contacts by coverage per cost, within budget, cadence, working days and consent."),
        ),
        Action(id="grid.left", key="left,h", label=N_("Left"), does="step(-1)", show=False),
        Action(id="grid.right", key="right,l", label=N_("Right"), does="step(1)", show=False),
        Action(id="grid.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="grid.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="grid.earlier", key="pageup", label=N_("Four weeks back"), does="weeks(-4)", show=False),
        Action(id="grid.later", key="pagedown", label=N_("Four weeks on"), does="weeks(4)", show=False),
        Action(id="grid.first", key="home", label=N_("First week"), does="weeks(-9999)", show=False),
        Action(id="grid.last", key="end", label=N_("Last week"), does="weeks(9999)", show=False),
        Action(id="grid.now", key="t", label=N_("This week"), does="now", show=False),
    )
    DEFAULT_CSS = """
    PlanGrid { height: auto; }
    """
    NAMES = 28
    LEAST_NAMES = 18

    class Highlighted(Message):
        """The cursor, or the marks, are on other places."""

    class Opened(Message):
        """The contact under the cursor is to be opened."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._page: PlanPage | None = None
        self._today = dt.date.min
        self._at = Place(0, 0)
        self._marks: frozenset[int] = frozenset()
        self._home: int | None = None

    # What is shown, and where the cursor is

    def show_page(self, page: PlanPage, today: dt.date) -> None:
        """Show a plan; the cursor stays on its person and week, and begins in this week."""
        before, person, week = self._page, self.person, self.week
        self._page, self._today = page, today
        if before is None:
            self._at = Place(0, self._week_of(today))
            self._home = max(0, self._at.week - BEFORE) * CELL
        else:
            self._at = self._clamped(Place(self._row_of(person), self._week_of(week or today), self._at.number))
        self._marks &= frozenset(entry.id for entry in page.entries)
        self._span()
        self.refresh(layout=True)
        self._follow()

    def _row_of(self, person: int | None) -> int:
        rows = self._page.rows if self._page else ()
        return next((at for at, row in enumerate(rows) if (row.id if row else None) == person), self._at.row)

    def _week_of(self, day: dt.date) -> int:
        weeks = self._page.weeks if self._page else ()
        wanted = monday(day)
        return min(range(len(weeks)), key=lambda at: abs((weeks[at] - wanted).days), default=0)

    @property
    def place(self) -> Place:
        """Where the cursor is."""
        return self._at

    @property
    def person(self) -> int | None:
        """The key of the person of the cursor's row; None in the row of nobody."""
        row = self._page.rows[self._at.row] if self._page and self._page.rows else None
        return row.id if row else None

    @property
    def week(self) -> dt.date | None:
        """The Monday of the cursor's week; None while nothing is shown."""
        return self._page.weeks[self._at.week] if self._page else None

    @property
    def current(self) -> Entry | None:
        """The contact under the cursor."""
        here = self._there(self._at.row, self._at.week)
        return here[self._at.number] if self._at.number < len(here) else None

    @property
    def marks(self) -> frozenset[int]:
        """The keys of the marked contacts."""
        return self._marks

    def unmark(self) -> None:
        """Take all marks away."""
        self._marks = frozenset()
        self.refresh()
        self._tell()

    def _there(self, row: int, week: int) -> tuple[Entry, ...]:
        """The contacts of a row in a week."""
        if not self._page or row >= len(self._page.rows) or week >= len(self._page.weeks):
            return ()
        person = self._page.rows[row]
        return self._page.cells.get((person.id if person else None, self._page.weeks[week]), ())

    # Moving

    def _clamped(self, place: Place) -> Place:
        rows, weeks = (len(self._page.rows), len(self._page.weeks)) if self._page else (0, 0)
        row, week = (max(0, min(at, most - 1)) for at, most in ((place.row, rows), (place.week, weeks)))
        return Place(row, week, max(0, min(place.number, len(self._there(row, week)) - 1)))

    def _go(self, place: Place) -> None:
        self.refresh_line(HEADER + self._at.row)
        self._at = self._clamped(place)
        self.refresh_line(HEADER + self._at.row)
        self._follow()

    def action_step(self, by: int) -> None:
        """Go to the next contact in the cell, or to the next week; the same back."""
        here = self._there(self._at.row, self._at.week)
        number = self._at.number + by
        if 0 <= number < len(here):
            self._go(self._at._replace(number=number))
            return
        week = self._at.week + by
        if self._page and 0 <= week < len(self._page.weeks):
            self._go(Place(self._at.row, week, 0 if by > 0 else len(self._there(self._at.row, week))))

    def action_move(self, by: int) -> None:
        """Go to another person, in the same week."""
        self._go(Place(self._at.row + by, self._at.week))

    def action_weeks(self, by: int) -> None:
        """Go so many weeks on."""
        self._go(Place(self._at.row, self._at.week + by))

    def action_now(self) -> None:
        """Go to this week."""
        self._go(Place(self._at.row, self._week_of(self._today)))

    def action_mark(self) -> None:
        """Mark the contact, or take its mark away."""
        if self.current:
            self._marks ^= {self.current.id}
            self.refresh()
            self._tell()

    def action_open(self) -> None:
        """Open the contact."""
        if self.current:
            self.post_message(self.Opened())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the interface
        """What needs a contact is not offered without one."""
        return action not in ("open", "mark") or self.current is not None

    def on_click(self, event: events.Click) -> None:
        """Take the cursor; the second click opens."""
        event.stop()
        spot = event.get_content_offset(self)
        if spot is None or spot.y < HEADER or not self._page:
            return
        x = spot.x - self.names
        week = self._at.week if x < 0 else (x + self._left) // CELL
        self._go(Place(spot.y - HEADER + self._top, week))
        if event.chain > 1:
            self.action_open()

    # Scrolling

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - the interface
        """A line for each row, below the weeks."""
        return HEADER + (len(self._page.rows) if self._page else 1)

    def _span(self) -> None:
        rows, weeks = (len(self._page.rows), len(self._page.weeks)) if self._page else (0, 0)
        self.virtual_size = Size(self.names + (weeks + 2) * CELL, HEADER + rows)  # so that it can end on a whole week

    def on_resize(self) -> None:
        """The weeks have more or less room."""
        self._span()
        self._follow()

    def _follow(self) -> None:
        """Bring the cursor on the screen, with a week before and after it where there is room."""
        view = self.scrollable_content_region
        room, left = max(CELL, view.width - self.names), self._at.week * CELL
        x, y = self._left, self._top
        if self._home is not None:
            x, self._home = self._home, None
        x = max(min(x, left - CELL), left + 2 * CELL - room, 0) if room >= 3 * CELL else left
        x = -(-x // CELL) * CELL  # whole weeks
        height = max(1, view.height - HEADER)
        y = min(max(y, self._at.row - height + 1), self._at.row)
        self.scroll_to(x=x, y=y, animate=False, force=True)
        self._tell()

    def _tell(self) -> None:
        self.refresh_bindings()
        self.post_message(self.Highlighted())

    def on_focus(self) -> None:
        """What can be done is another now."""
        self._tell()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        row = y - HEADER + self._top
        if self._page is None or (y >= HEADER and row >= len(self._page.rows)):
            return self._plain(None)
        room = self.scrollable_content_region.width - self.names
        weeks, cut = self._weeks(room)
        if y < HEADER:
            shown = plan_paint.headings(self._page, self._today, weeks, y)[cut : cut + room]
            return self._line(Content(), shown, beyond(weeks, len(self._page.weeks)) if y == 0 else " ")
        name = plan_paint.name(self._page.rows[row], is_current=row == self._at.row)
        return self._line(name, Content("").join(self._cell(row, week) for week in weeks)[cut : cut + room])

    def _weeks(self, room: int) -> tuple[range, int]:
        """The weeks of which something is on the screen, and how many cells of the first are not."""
        first, cut = divmod(self._left, CELL)
        last = first + (room + cut) // CELL + 1
        return range(first, min(last, len(self._page.weeks) if self._page else 0)), cut

    def _cell(self, row: int, week: int) -> Content:
        is_at = (row, week) == (self._at.row, self._at.week)
        look = Look(
            number=self._at.number if is_at else None,
            marks=self._marks,
            today=self._today,
            is_inside=self._page is not None and self._page.is_inside(self._page.weeks[week]),
            has_focus=self.has_focus,
        )
        return plan_paint.cell(self._there(row, week), look)
