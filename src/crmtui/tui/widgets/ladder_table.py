"""The relationship of an account as rows: gates of each level, ratings, bonds; a cursor on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import ladder_paint as paint
from crmtui.tui.widgets.ladder_rows import Heading, first, rows
from crmtui.tui.widgets.score_table import FLASH

if TYPE_CHECKING:
    from textual import events
    from textual.style import Style

    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.widgets.ladder_rows import Place

GRADES: Final = tuple(
    Action(
        id=f"ladder.{grade}",
        key=str(grade),
        label=N_("Rate") if grade else N_("to 4 rate"),
        does=f"grade({grade})",
        help=N_("Rate the row under the cursor: 0 not at all, 4 fully."),
        show=grade == 0,
    )
    for grade in range(5)
)
UNKNOWN: Final = Action(
    id="ladder.unknown",
    key="question_mark",
    label=N_("Unknown"),
    does="grade(-1)",
    help=N_("Nobody knows yet: it counts for nothing, and shows as something to find out."),
)


class LadderTable(ScrollView, can_focus=True):
    """Gates, and what they are made of."""

    ALLOW_SELECT = False
    HELP = N_(
        "Gates of each level, then what the customer judges us by. 0 to 4 rate a row, ? says that nobody knows, which "
        "is not 0; e writes the evidence. On a gate, enter goes to where it is met, and a makes it an action."
    )
    BINDINGS: ClassVar = bindings(
        *GRADES,
        UNKNOWN,
        Action(id="ladder.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="ladder.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="ladder.page_down", key="pagedown", label=N_("Page down"), does="move(8)", show=False),
        Action(id="ladder.page_up", key="pageup", label=N_("Page up"), does="move(-8)", show=False),
        Action(id="ladder.first", key="home,g", label=N_("First row"), does="move(-999)", show=False),
        Action(id="ladder.last", key="end,G", label=N_("Last row"), does="move(999)", show=False),
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"ladder--row", "ladder--flash"}
    DEFAULT_CSS = """
    LadderTable {
        width: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
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

    class Moved(Message):
        """The cursor is on another row."""

    class Chosen(Message):
        """A row was clicked twice."""

    def __init__(self) -> None:
        super().__init__()
        self._page: RelationshipPage | None = None
        self._rows: tuple[Heading | Place, ...] = ()
        self._row = 0
        self._is_flashing = False
        self._styles: dict[str, Style] = {}

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
        return None if isinstance(one, Heading) else one

    def go_to(self, place: Place) -> None:
        """Put the cursor on a row."""
        self._go(self._rows.index(place))

    # Moving and rating

    def action_move(self, by: int) -> None:
        """Go up or down, past headings."""
        places = [row for row, one in enumerate(self._rows) if not isinstance(one, Heading)]
        if places:
            at = places.index(self._row) + by
            self._go(places[max(0, min(at, len(places) - 1))])

    def _go(self, row: int) -> None:
        self._row = row
        self._is_flashing = False
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Moved())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Gates are not rated: they are computed."""
        if action == "grade":
            return self._page is not None and self._page.is_latest and paint.is_rated(self.place)
        return super().check_action(action, parameters)

    def action_grade(self, grade: int) -> None:
        """Rate the row under the cursor; below 0 for unknown."""
        if self.place is not None and paint.is_rated(self.place):
            self._is_flashing = True
            self.set_timer(FLASH, self._fade)
            self.post_message(self.Graded(self.place, grade if grade >= 0 else None))

    def _fade(self) -> None:
        self._is_flashing = False
        self.refresh()

    def _bring_into_view(self) -> None:
        """Scroll as little as is needed; the heading above the first row of a group comes along."""
        if not self.size.height:
            return
        above = self._row - 1 if isinstance(self._rows[self._row - 1], Heading) else self._row
        height, top = self.size.height, self.scroll_offset.y
        if above < top:
            self.scroll_to(y=above, animate=False, force=True)
        elif self._row >= top + height:
            self.scroll_to(y=self._row - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays on the screen when it shrinks."""
        if self._rows:
            self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; the second click goes where the row leads."""
        row = self.scroll_offset.y + event.y
        if row < len(self._rows) and not isinstance(self._rows[row], Heading):
            self._go(row)
            if event.chain > 1:
                self.post_message(self.Chosen())

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the widget."""
        row = self.scroll_offset.y + y
        if self._page is None or row >= len(self._rows):
            return self._strip([], "")
        one = self._rows[row]
        width = self.size.width - 2
        if isinstance(one, Heading):
            return self._strip([paint.heading(one, width)], "")
        style = ("ladder--flash" if self._is_flashing else "ladder--row") if row == self._row else ""
        parts = paint.cells(self._page, one, paint.lay_out(width))
        if style and self.has_focus:
            parts = [Content(part.plain) for part in parts]
        return self._strip(parts, style)

    def _strip(self, parts: list[Content], component: str) -> Strip:
        """Parts with gaps between them, over the whole width."""
        style = self._style(component)
        parse = self.app.stylesheet.parse_style
        segments: list[Segment] = []
        for place, part in enumerate(parts):
            if place:
                segments.append(Segment(" " * paint.GAP, style.rich_style))
            segments += [
                Segment(piece, found.rich_style) for piece, found in part.render(style, end="", parse_style=parse)
            ]
        return Strip(segments).adjust_cell_length(self.size.width, style.rich_style)

    def _style(self, component: str) -> Style:
        if component not in self._styles:
            self._styles[component] = self.get_visual_style(*([component] if component else []))
        return self._styles[component]

    def notify_style_update(self) -> None:
        """Draw anew in the colours of the theme, or of having the focus."""
        super().notify_style_update()
        self._styles.clear()
