"""A short list under headings: what is at hand, whole, with the cursor on one line and marks on any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from crmtui.text import N_
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Sequence

    from textual import events

MARK: Final = 2  # cells in front of a line
GAP: Final = 2
NO_FIGURES: Final = Content("")
LEAST: Final = 24  # cells that the left part keeps before the right part gives way


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line.

    Attributes:
        left: what it says; cut where there is no room.
        right: figures at the right end, the first to give way.
        short: the figures where there is no room for `right`.
        key: what it stands for, unique; None for a heading or a remark, which the cursor passes over.
        can_mark: whether it can be marked with others.
    """

    left: Content
    right: Content = NO_FIGURES
    key: Hashable | None = None
    can_mark: bool = False
    short: Content = NO_FIGURES


class Agenda(ScrollView, can_focus=True):
    """Lines, of which only those on the screen are drawn."""

    ALLOW_SELECT = False
    HELP: ClassVar[str | None] = None
    BINDINGS: ClassVar = bindings(
        Action(id="agenda.open", key="enter", label=N_("Open"), does="open"),
        Action(id="agenda.mark", key="space", label=N_("Mark"), does="mark"),
        Action(id="agenda.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="agenda.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="agenda.page_down", key="pagedown", label=N_("Page down"), does="turn(1)", show=False),
        Action(id="agenda.page_up", key="pageup", label=N_("Page up"), does="turn(-1)", show=False),
        Action(id="agenda.first", key="home,g", label=N_("First"), does="turn(-999)", show=False),
        Action(id="agenda.last", key="end,G", label=N_("Last"), does="turn(999)", show=False),
    )
    COMPONENT_CLASSES: ClassVar = {"agenda--cursor", "agenda--marked"}
    DEFAULT_CSS = """
    Agenda {
        scrollbar-size-vertical: 1;
        & > .agenda--marked { background: $accent 15%; }
        &:focus > .agenda--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    class Highlighted(Message):
        """The cursor, or the marks, are on other lines."""

    class Opened(Message):
        """What a line stands for is to be opened.

        Attributes:
            key: the line's.
        """

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._lines: tuple[AgendaLine, ...] = ()
        self._at = 0
        self._marks: frozenset[Hashable] = frozenset()

    @property
    def lines(self) -> tuple[AgendaLine, ...]:
        """What is shown."""
        return self._lines

    @property
    def current(self) -> Hashable | None:
        """The key of the line under the cursor; None where there is none."""
        return self._lines[self._at].key if self._at < len(self._lines) else None

    @property
    def marks(self) -> frozenset[Hashable]:
        """The keys of the marked lines; all of them are shown."""
        return self._marks

    def show_lines(self, lines: Sequence[AgendaLine], gone: Collection[Hashable] = ()) -> None:
        """Show these; the cursor stays on the line it was on, or goes to the next that is still there.

        Args:
            lines: all of them.
            gone: keys of lines that are dealt with, and which the cursor does not follow elsewhere.
        """
        wanted = self._lines[self._at :] + self._lines[: self._at][::-1]
        self._lines = tuple(lines)
        keys = [line.key for line in lines]
        places = {key: at for at, key in enumerate(keys) if key is not None}
        stays = (places[line.key] for line in wanted if line.key in places and line.key not in gone)
        self._at = next(stays, self._nearest(self._at))
        self._marks &= frozenset(key for key in keys if key is not None)
        self.virtual_size = Size(0, len(lines))
        self.refresh()
        self._tell()

    def unmark(self) -> None:
        """Take all marks away."""
        self._marks = frozenset()
        self.refresh()
        self._tell()

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a line, if it is there."""
        at = next((at for at, line in enumerate(self._lines) if line.key == key), None)
        if at is not None:
            self._go(at)

    def _stops(self) -> Iterator[int]:
        return (at for at, line in enumerate(self._lines) if line.key is not None)

    def _nearest(self, wanted: int) -> int:
        return min(self._stops(), key=lambda at: abs(at - wanted), default=0)

    def _go(self, at: int) -> None:
        self.refresh_line(self._at)
        self.refresh_line(at)
        self._at = at
        first = at if at != next(self._stops(), at) else 0
        self.scroll_to_region(Region(0, first, 1, at - first + 1), animate=False, force=True)
        self._tell()

    def _tell(self) -> None:
        self.refresh_bindings()
        self.post_message(self.Highlighted())

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the interface
        """What needs a line is not offered without one."""
        if action == "open":
            return self.current is not None
        return action != "mark" or (self.current is not None and self._lines[self._at].can_mark)

    def action_move(self, by: int) -> None:
        """Go to the next line, or the one before."""
        stops = [at for at in self._stops() if (at - self._at) * by > 0]
        if stops:
            self._go(min(stops) if by > 0 else max(stops))

    def action_turn(self, pages: int) -> None:
        """Go so many screenfuls."""
        if self.current is not None:
            self._go(self._nearest(self._at + pages * max(1, self.size.height - 1)))

    def action_open(self) -> None:
        """Open what the line stands for."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_mark(self) -> None:
        """Mark the line, or take its mark away, and go to the next."""
        self._marks ^= {self.current}
        self.refresh()
        self.action_move(1)
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """Take the cursor; in front of the line, mark it; the second click opens."""
        event.stop()
        spot = event.get_content_offset(self)
        at = self.scroll_offset.y + spot.y if spot else len(self._lines)
        if spot is None or at >= len(self._lines) or self._lines[at].key is None:
            return
        self._go(at)
        if spot.x < MARK and self._lines[at].can_mark:
            self.action_mark()
        elif event.chain > 1:
            self.action_open()

    # Drawing

    def on_focus(self) -> None:
        """What can be done is another now."""
        self._tell()

    def on_blur(self) -> None:
        """Draw without a cursor."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y
        if at >= len(self._lines):
            return Strip.blank(width, self.visual_style.rich_style)
        line = self._lines[at]
        is_at = at == self._at and line.key is not None and self.has_focus
        component = "agenda--cursor" if is_at else "agenda--marked" if line.key in self._marks else ""
        style = self.get_visual_style(component) if component else self.visual_style
        content = self._laid_out(line, width)
        if is_at:
            content = Content(content.plain)  # its own colours must stay readable under the cursor
        return Visual.to_strips(self, content, width, 1, style, apply_selection=False)[0]

    def _laid_out(self, line: AgendaLine, width: int) -> Content:
        if line.key is None:
            return show.cells(line.left, width)
        mark = (show.fit(show.glyphs().marked if line.key in self._marks else "", MARK), "$accent")
        for figures in (line.right, line.short):
            room = width - MARK - GAP - figures.cell_length
            if figures.plain and room >= LEAST:
                return Content.assemble(mark, show.cells(line.left, room), " " * GAP, figures)
        return Content.assemble(mark, show.cells(line.left, width - MARK))
