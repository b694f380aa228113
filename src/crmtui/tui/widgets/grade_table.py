"""Rows under headings that take a grade of 0 to 4, the cursor on one of them: what scorecard and ladder share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crmtui.text import N_, NP_
from crmtui.tui.actions import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content
    from textual.style import Style

FLASH: Final = 0.35  # seconds


def grading(scope: str, label: str, rest: str, about: str) -> Iterator[Action]:
    """The keys that grade the place under the cursor.

    Args:
        scope: of their names in the keymap.
        label: of 1 to 4.
        rest: of 0, the only one in the footer, which so reads `0 to 4 score`.
        about: what grading does, a sentence.
    """
    for grade in range(5):
        yield Action(
            id=f"{scope}.{grade}",
            key=str(grade),
            label=label if grade else rest,
            does=f"grade({grade})",
            help=about,
            show=grade == 0,
        )
    yield Action(
        id=f"{scope}.unknown",
        key="question_mark",
        label=NP_("grade", "Unknown"),
        does="grade(-1)",
        help=N_("Nobody knows yet: it counts for nothing, and shows as something to find out."),
    )


def moving(scope: str) -> Iterator[Action]:
    """The keys that go up and down."""
    yield Action(id=f"{scope}.down", key="down,j", label=N_("Down"), does="move(1)", show=False)
    yield Action(id=f"{scope}.up", key="up,k", label=N_("Up"), does="move(-1)", show=False)
    yield Action(id=f"{scope}.page_down", key="pagedown", label=N_("Page down"), does="move(8)", show=False)
    yield Action(id=f"{scope}.page_up", key="pageup", label=N_("Page up"), does="move(-8)", show=False)
    yield Action(id=f"{scope}.first", key="home,g", label=N_("First row"), does="move(-999)", show=False)
    yield Action(id=f"{scope}.last", key="end,G", label=N_("Last row"), does="move(999)", show=False)


class GradeTable(ScrollView, can_focus=True, inherit_bindings=False):
    """The rows; what they are and how they are drawn is each table's own.

    Attributes:
        HEADER: lines above the rows that do not scroll.
        HEADING: the class of the rows that the cursor passes over.
    """

    class Chosen(Message):
        """A row was clicked twice."""

    ALLOW_SELECT = False
    HEADER: ClassVar = 0
    HEADING: ClassVar[type]
    DEFAULT_CSS = "GradeTable { overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }"

    class Moved(Message):
        """The cursor is on another place."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[object] = ()
        self._row = 0
        self._is_flashing = False
        self._styles: dict[str, Style] = {}

    # Moving

    def action_move(self, by: int) -> None:
        """Go up or down, past headings."""
        places = [row for row, one in enumerate(self._rows) if not isinstance(one, self.HEADING)]
        if places:
            at = places.index(self._row) + by
            self._go(places[max(0, min(at, len(places) - 1))])

    def _go(self, row: int) -> None:
        self._row = row
        self._is_flashing = False
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Moved())

    def _row_at(self, y: int) -> int | None:
        """The row on a line of the widget; None where there is none that the cursor can be on."""
        row = self.scroll_offset.y + y - self.HEADER
        is_one = y >= self.HEADER and 0 <= row < len(self._rows) and not isinstance(self._rows[row], self.HEADING)
        return row if is_one else None

    def _bring_into_view(self) -> None:
        """Scroll as little as is needed; the heading above the first row of a group comes along."""
        height, top = self.size.height - self.HEADER, self.scroll_offset.y
        if height <= 0 or not self._rows:
            return
        above = self._row - 1 if isinstance(self._rows[self._row - 1], self.HEADING) else self._row
        if above < top:
            self.scroll_to(y=above, animate=False, force=True)
        elif self._row >= top + height:
            self.scroll_to(y=self._row - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays on the screen when it shrinks."""
        self._bring_into_view()

    def _flash(self) -> None:
        self._is_flashing = True
        self.set_timer(FLASH, self._fade)

    def _fade(self) -> None:
        self._is_flashing = False
        self.refresh()

    # Drawing

    def _strip(self, parts: Sequence[tuple[Content, str]], base: str = "") -> Strip:
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
