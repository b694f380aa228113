"""The rows of a scorecard: criteria by perspective, our grade, each competitor's, the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crmtui.queries.score_words import source
from crmtui.text import N_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import score_paint as paint
from crmtui.tui.widgets.score_layout import GAP, GRADE, LEAD, RIVAL, WEIGHT, Layout, Section, lay_out, rows

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.style import Style

    from crmtui.queries.scorecards import Line, Rival, ScorecardPage

HEADER: Final = 1
FLASH: Final = 0.35  # seconds
GRADES: Final = tuple(
    Action(
        id=f"score.{grade}",
        key=str(grade),
        label=N_("Score") if grade else N_("to 4 score"),
        does=f"grade({grade})",
        help=N_("Grade the criterion under the cursor; the sentences below say what each grade means."),
        show=grade == 0,
    )
    for grade in range(5)
)
UNKNOWN: Final = Action(
    id="score.unknown",
    key="question_mark",
    label=N_("Unknown"),
    does="grade(-1)",
    help=N_("Nobody knows yet: it counts for nothing, and shows as something to find out."),
)


class ScoreTable(ScrollView, can_focus=True, inherit_bindings=False):
    """A scorecard; the cursor is on one criterion, in our column or a competitor's."""

    HELP = N_(
        "Keys 0 to 4 grade the row under the cursor, ? says that nobody knows, which is not 0. Left and right go to "
        "the competitors, who are graded the same way. ~ marks what is assumed; amber marks where they are ahead. A "
        "row with ≈ is computed from the map, the ladder or the budget: w says how; a grade of your own needs a reason."
    )
    ALLOW_SELECT = False
    BINDINGS: ClassVar = bindings(
        *GRADES,
        UNKNOWN,
        Action(id="score.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="score.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="score.right", key="right,l", label=N_("Next competitor"), does="turn(1)", show=False),
        Action(id="score.left", key="left,h", label=N_("Back towards us"), does="turn(-1)", show=False),
        Action(id="score.page_down", key="pagedown", label=N_("Page down"), does="move(8)", show=False),
        Action(id="score.page_up", key="pageup", label=N_("Page up"), does="move(-8)", show=False),
        Action(id="score.first", key="home,g", label=N_("First row"), does="move(-999)", show=False),
        Action(id="score.last", key="end,G", label=N_("Last row"), does="move(999)", show=False),
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"score--header", "score--row", "score--cell", "score--flash"}
    DEFAULT_CSS = """
    ScoreTable {
        overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        & > .score--header { color: $foreground 60%; }
        & > .score--row { background: $block-cursor-blurred-background; }
        & > .score--cell { background: $block-cursor-blurred-background; text-style: bold; }
        &:focus > .score--cell { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .score--flash { background: $primary 60%; color: $foreground; text-style: bold; }
    }
    """

    class Graded(Message):
        """The user has graded a place.

        Attributes:
            criterion_id: the row.
            competitor_id: the column; None is ours.
            grade: 0 to 4; None for unknown.
        """

        def __init__(self, criterion_id: int, competitor_id: int | None, grade: int | None) -> None:
            super().__init__()
            self.criterion_id = criterion_id
            self.competitor_id = competitor_id
            self.grade = grade

    class Moved(Message):
        """The cursor is on another place."""

    def __init__(self) -> None:
        super().__init__()
        self._page: ScorecardPage | None = None
        self._lines: tuple[Line, ...] = ()
        self._rivals: tuple[Rival, ...] = ()
        self._rows: tuple[Section | int, ...] = ()
        self._at = 0
        self._column = 0
        self._is_flashing = False
        self._styles: dict[str, Style] = {}

    # What it shows

    def display_card(self, page: ScorecardPage) -> None:
        """Show a card; the cursor stays on its criterion and its competitor."""
        criterion, competitor = self.line.criterion_id if self.line else 0, self.competitor_id
        self._page = page
        self._lines, self._rivals, self._rows = page.lines, page.rivals, rows(page.lines)
        self._at = next((at for at, line in enumerate(page.lines) if line.criterion_id == criterion), 0)
        keys = [None, *(rival.competitor_id for rival in page.rivals)]
        self._column = keys.index(competitor) if competitor in keys else 0
        self.virtual_size = Size(0, HEADER + len(self._rows))
        self.refresh()
        self.post_message(self.Moved())

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        return self._lines[self._at] if self._at < len(self._lines) else None

    @property
    def rival(self) -> Rival | None:
        """The competitor whose column the cursor is in; None in ours."""
        return self._rivals[self._column - 1] if self._column else None

    @property
    def competitor_id(self) -> int | None:
        """The key of that competitor."""
        return self.rival.competitor_id if self.rival else None

    def go_to_competitor(self, competitor_id: int) -> None:
        """Put the cursor in a competitor's column."""
        for column, rival in enumerate(self._rivals, 1):
            if rival.competitor_id == competitor_id:
                self._place(self._at, column)

    def go_to_criterion(self, code: str) -> None:
        """Put the cursor on a criterion, if it is there."""
        for at, line in enumerate(self._lines):
            if line.code == code:
                self._place(at, self._column)

    # Moving and grading

    def action_move(self, by: int) -> None:
        """Go up or down."""
        self._place(self._at + by, self._column)

    def action_turn(self, by: int) -> None:
        """Go to another column."""
        self._place(self._at, self._column + by)

    def action_grade(self, grade: int) -> None:
        """Grade the place under the cursor; below 0 for unknown."""
        if self.line:
            self._is_flashing = True
            self.set_timer(FLASH, self._fade)
            self.post_message(self.Graded(self.line.criterion_id, self.competitor_id, grade if grade >= 0 else None))

    def _fade(self) -> None:
        self._is_flashing = False
        self.refresh()

    def _place(self, at: int, column: int) -> None:
        if not self._lines:
            return
        self._at = max(0, min(at, len(self._lines) - 1))
        self._column = max(0, min(column, len(self._rivals)))
        self._is_flashing = False
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Moved())

    def _bring_into_view(self) -> None:
        """Scroll as little as is needed; the heading above the first row of a section comes along."""
        row = self._rows.index(self._at)
        above = row - 1 if isinstance(self._rows[row - 1], Section) else row
        height, top = max(1, self.size.height - HEADER), self.scroll_offset.y
        if above < top:
            self.scroll_to(y=above, animate=False, force=True)
        elif row >= top + height:
            self.scroll_to(y=row - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays on the screen when it shrinks."""
        if self._lines:
            self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        row = self.scroll_offset.y + event.y - HEADER
        if event.y >= HEADER and 0 <= row < len(self._rows) and isinstance(at := self._rows[row], int):
            self._place(at, self._column_at(event.x))

    def _column_at(self, x: int) -> int:
        layout = self._layout
        start = LEAD + layout.label + GAP + WEIGHT + GAP + GRADE + GAP
        column = (x - start) // (RIVAL + GAP) + 1 if x >= start else 0
        return layout.first + column if 0 < column <= layout.rivals else 0

    # Drawing

    @property
    def _layout(self) -> Layout:
        return lay_out(self.size.width - self.scrollbar_size_vertical - 1, len(self._rivals), self._column)

    def render_line(self, y: int) -> Strip:
        """A line of the widget."""
        if y < HEADER:
            return self._strip([(paint.heading(self._layout, self._rivals, self._column), "score--header")])
        row = self.scroll_offset.y + y - HEADER
        if row >= len(self._rows):
            return self._strip([])
        one = self._rows[row]
        if isinstance(one, Section):
            return self._strip([(paint.section(one, self.size.width - 2), "")])
        return self._row(one)

    def _row(self, at: int) -> Strip:
        layout = self._layout
        line = self._lines[at]
        parts = paint.cells(line, layout, source(line, self._page) if self._page else "")
        is_here = at == self._at
        base = "score--row" if is_here else ""
        here = 2 + (self._column - layout.first if self._column else 0) if is_here else -1
        cell = "score--flash" if self._is_flashing else "score--cell"
        painted = [(part, cell if place == here else base) for place, part in enumerate(parts)]
        between = (paint.BETWEEN, base)
        return self._strip([one for part in painted for one in (part, between)][:-1], base)

    def _strip(self, parts: list[tuple[Content, str]], base: str = "") -> Strip:
        """Parts, each in its component's style, over the whole width."""
        parse = self.app.stylesheet.parse_style
        segments = [
            Segment(piece, style.rich_style)
            for content, component in parts
            for piece, style in content.render(self._style(component), end="", parse_style=parse)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self._style(base).rich_style)

    def _style(self, component: str) -> Style:
        if component not in self._styles:
            self._styles[component] = self.get_visual_style(*([component] if component else []))
        return self._styles[component]

    def notify_style_update(self) -> None:
        """Draw anew in the colours of the theme, or of having the focus."""
        super().notify_style_update()
        self._styles.clear()
