"""The rows of a scorecard: criteria by perspective, our grade, each competitor's, the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Size
from textual.message import Message

from crmtui.queries.score_words import source
from crmtui.text import N_, NP_
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import score_paint as paint
from crmtui.tui.widgets.grade_table import GradeTable, grading, moving
from crmtui.tui.widgets.score_layout import GAP, GRADE, LEAD, RIVAL, WEIGHT, Layout, Section, lay_out, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.strip import Strip

    from crmtui.queries.scorecards import Line, Rival, ScorecardPage

ABOUT: Final = N_("Grade the criterion under the cursor; the sentences below say what each grade means.")


class ScoreTable(GradeTable, inherit_bindings=False):
    """A scorecard; the cursor is on one criterion, in our column or a competitor's."""

    HEADER = 1
    HEADING = Section
    HELP = N_(
        "Keys 0 to 4 grade the row under the cursor, ? says that nobody knows, which is not 0. Left and right go to "
        "the competitors, who are graded the same way. ~ marks what is assumed; amber marks where they are ahead. A "
        "row with ≈ is computed from the map, the ladder or the budget: w says how; a grade of your own needs a reason."
    )
    BINDINGS: ClassVar = bindings(
        *grading("score", NP_("action", "Score"), N_("to 4 score"), ABOUT),
        *moving("score"),
        Action(id="score.right", key="right,l", label=N_("Next competitor"), does="turn(1)", show=False),
        Action(id="score.left", key="left,h", label=N_("Back towards us"), does="turn(-1)", show=False),
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"score--header", "score--row", "score--cell", "score--flash"}
    DEFAULT_CSS = """
    ScoreTable {
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

    def __init__(self) -> None:
        super().__init__()
        self._page: ScorecardPage | None = None
        self._lines: tuple[Line, ...] = ()
        self._rivals: tuple[Rival, ...] = ()
        self._column = 0

    # What it shows

    def display_card(self, page: ScorecardPage) -> None:
        """Show a card; the cursor stays on its criterion and its competitor."""
        criterion, competitor = self.line.criterion_id if self.line else 0, self.competitor_id
        self._page = page
        self._lines, self._rivals, self._rows = page.lines, page.rivals, rows(page.lines)
        self._row = self._row_of(lambda line: line.criterion_id == criterion)
        keys = [None, *(rival.competitor_id for rival in page.rivals)]
        self._column = keys.index(competitor) if competitor in keys else 0
        self.virtual_size = Size(0, self.HEADER + len(self._rows))
        self.refresh()
        self.post_message(self.Moved())

    def _row_of(self, wanted: Callable[[Line], bool]) -> int:
        """The row of the first such line, else of the first of all."""
        at = next((at for at, line in enumerate(self._lines) if wanted(line)), 0)
        return self._rows.index(at) if self._lines else 0

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        at = self._rows[self._row] if self._rows else None
        return self._lines[at] if isinstance(at, int) else None

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
                self._place(self._row, column)

    def go_to_criterion(self, code: str) -> None:
        """Put the cursor on a criterion, if it is there."""
        if any(line.code == code for line in self._lines):
            self._place(self._row_of(lambda line: line.code == code), self._column)

    # Moving and grading

    def action_turn(self, by: int) -> None:
        """Go to another column."""
        self._place(self._row, self._column + by)

    def action_grade(self, grade: int) -> None:
        """Grade the place under the cursor; below 0 for unknown."""
        if self.line:
            self._flash()
            self.post_message(self.Graded(self.line.criterion_id, self.competitor_id, grade if grade >= 0 else None))

    def _place(self, row: int, column: int) -> None:
        if self._lines:
            self._column = max(0, min(column, len(self._rivals)))
            self._go(row)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; the second click is for what the grade there rests on."""
        if (row := self._row_at(event.y)) is not None:
            self._place(row, self._column_at(event.x))
            if event.chain > 1:
                self.post_message(self.Chosen())

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
        if y < self.HEADER:
            return self._strip([(paint.heading(self._layout, self._rivals, self._column), "score--header")])
        row = self.scroll_offset.y + y - self.HEADER
        if row >= len(self._rows):
            return self._strip([])
        one = self._rows[row]
        if isinstance(one, Section):
            return self._strip([(paint.section(one, self.size.width - 2), "")])
        return self._drawn(self._lines[int(str(one))], is_here=row == self._row)

    def _drawn(self, line: Line, *, is_here: bool) -> Strip:
        layout = self._layout
        parts = paint.cells(line, layout, source(line, self._page) if self._page else "")
        base = "score--row" if is_here else ""
        here = 2 + (self._column - layout.first if self._column else 0) if is_here else -1
        cell = "score--flash" if self._is_flashing else "score--cell"
        painted = [(part, cell if place == here else base) for place, part in enumerate(parts)]
        between = (paint.BETWEEN, base)
        return self._strip([one for part in painted for one in (part, between)][:-1], base)
