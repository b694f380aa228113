"""The relationship of an account as rows: gates of each level, ratings, bonds; a cursor on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from crmtui.text import N_
from crmtui.tui.actions import bindings
from crmtui.tui.widgets import ladder_paint as paint
from crmtui.tui.widgets.grade_table import GradeTable, grading, moving
from crmtui.tui.widgets.ladder_rows import Heading, first, rows

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.widgets.ladder_rows import Place

ABOUT: Final = N_("Rate the row under the cursor: 0 not at all, 4 fully.")
BETWEEN: Final = Content(" " * paint.GAP)


class LadderTable(GradeTable, inherit_bindings=False):
    """Gates, and what they are made of."""

    HEADING = Heading
    HELP = N_(
        "Gates of each level, then what the customer judges us by. 0 to 4 rate a row, ? says that nobody knows, which "
        "is not 0; e writes the evidence. On a gate, enter goes to where it is met, and a makes it an action."
    )
    BINDINGS: ClassVar = bindings(*grading("ladder", N_("Rate"), N_("to 4 rate"), ABOUT), *moving("ladder"))
    COMPONENT_CLASSES: ClassVar[set[str]] = {"ladder--row", "ladder--flash"}
    DEFAULT_CSS = """
    LadderTable {
        width: 1fr;
        & > .ladder--row { background: $block-cursor-blurred-background; }
        &:focus > .ladder--row { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .ladder--flash { background: $primary 60%; color: $foreground; text-style: bold; }
    }
    """

    class Graded(Message):
        """The user has rated a row.

        Attributes:
            place: the row.
            grade: 0 to 4; None for unknown.
        """

        def __init__(self, place: Place, grade: int | None) -> None:
            super().__init__()
            self.place = place
            self.grade = grade

    def __init__(self) -> None:
        super().__init__()
        self._page: RelationshipPage | None = None

    # What it shows

    def display_page(self, page: RelationshipPage) -> None:
        """Show a relationship; the cursor stays on its row."""
        before = self.place
        self._page, self._rows = page, rows(page)
        self._row = self._rows.index(before or first(page))
        self.virtual_size = Size(0, len(self._rows))
        if before is None:
            self._bring_into_view()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def place(self) -> Place | None:
        """The row under the cursor; None before anything is shown."""
        one = self._rows[self._row] if self._rows else None
        return None if isinstance(one, Heading) else cast("Place | None", one)

    def go_to(self, place: Place) -> None:
        """Put the cursor on a row."""
        self._go(self._rows.index(place))

    # Moving and rating

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Gates are not rated: they are computed."""
        if action == "grade":
            return self._page is not None and self._page.is_latest and paint.is_rated(self.place)
        return super().check_action(action, parameters)

    def action_grade(self, grade: int) -> None:
        """Rate the row under the cursor; below 0 for unknown."""
        if self.place is not None and paint.is_rated(self.place):
            self._flash()
            self.post_message(self.Graded(self.place, grade if grade >= 0 else None))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; the second click goes where the row leads."""
        if (row := self._row_at(event.y)) is not None:
            self._go(row)
            if event.chain > 1:
                self.post_message(self.Chosen())

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the widget."""
        row = self.scroll_offset.y + y
        if self._page is None or row >= len(self._rows):
            return self._strip([])
        one = self._rows[row]
        width = self.size.width - 2
        if isinstance(one, Heading):
            return self._strip([(paint.heading(one, width), "")])
        style = ("ladder--flash" if self._is_flashing else "ladder--row") if row == self._row else ""
        parts = paint.cells(self._page, cast("Place", one), paint.lay_out(width))
        if style and self.has_focus:
            parts = [Content(part.plain) for part in parts]
        return self._strip([(part, style) for cell in parts for part in (cell, BETWEEN)][:-1], style)
