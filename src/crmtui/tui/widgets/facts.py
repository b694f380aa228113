"""What is known of a record: labels on the left, values that wrap on the right, a cursor on one of them."""

from __future__ import annotations

from bisect import bisect_right
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
    from collections.abc import Iterator, Sequence

    from textual import events

LABEL: Final = 25  # cells, with the blanks before the value
SHORT_LABEL: Final = 15  # in a pane that is narrower than this many cells:
NARROW: Final = 60
LONGEST: Final = 4_000  # characters of one value; the rest is read in the form or in the user's editor


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known, or a heading.

    Attributes:
        key: what it is of, unique: the name of a field, or the table and key of another record.
        label: what it is called, translated or from a record.
        value: what is known; None makes it a heading.
        leads_to: the table and key of the record that opens.
    """

    key: str
    label: str
    value: Content | None = None
    leads_to: tuple[str, int] | None = None


class Facts(ScrollView, can_focus=True):
    """Facts in one column, of which only the lines on the screen are drawn."""

    ALLOW_SELECT = False
    HELP = N_("What is known. Enter opens what a line leads to.")
    BINDINGS: ClassVar = bindings(
        Action(id="facts.open", key="enter", label=N_("Open"), does="open"),
        Action(id="facts.down", key="down,j", label=N_("Down"), does="move(1)", show=False),
        Action(id="facts.up", key="up,k", label=N_("Up"), does="move(-1)", show=False),
        Action(id="facts.page_down", key="pagedown", label=N_("Page down"), does="turn(1)", show=False),
        Action(id="facts.page_up", key="pageup", label=N_("Page up"), does="turn(-1)", show=False),
        Action(id="facts.first", key="home,g", label=N_("To the top"), does="edge(False)", show=False),
        Action(id="facts.last", key="end,G", label=N_("To the end"), does="edge(True)", show=False),
    )
    COMPONENT_CLASSES: ClassVar = {"facts--cursor"}
    DEFAULT_CSS = """
    Facts {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus > .facts--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .facts--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    }
    """

    class Opened(Message):
        """The record that a fact leads to is to be opened.

        Attributes:
            table: its table.
            key: its integer key.
        """

        def __init__(self, table: str, key: int) -> None:
            super().__init__()
            self.table = table
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._facts: tuple[Fact, ...] = ()
        self._at = 0
        self._lines: list[tuple[int, Content]] = []
        self._starts: list[int] = []
        self._width = 0

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    @property
    def current(self) -> Fact | None:
        """The fact under the cursor; None where there is none."""
        return self._facts[self._at] if self._at < len(self._facts) else None

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; the cursor stays on the one that it was on."""
        before = self.current.key if self.current else ""
        self._facts = tuple(facts)
        keys = [fact.key if fact.value is not None else "" for fact in facts]
        first = next((index for index, key in enumerate(keys) if key), 0)
        self._at = keys.index(before) if before in keys and before else min(self._at or first, max(0, len(facts) - 1))
        if self.current and self.current.value is None:
            self._at = first
        self._lay_out()
        self.refresh_bindings()

    # Layout

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._starts = [], []
        for index, fact in enumerate(self._facts):
            self._starts.append(len(self._lines))
            self._lines += ((index, line) for line in _wrapped(fact, self._width, is_first=not index))
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()

    def _span(self, index: int) -> tuple[int, int]:
        """The first line of a fact, and the first after it."""
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._lines)
        return self._starts[index], end

    # Moving

    def action_move(self, by: int) -> None:
        """Go to the next fact, or the one before; a fact longer than the screen is read on first."""
        if not self._facts:
            return
        first, end = self._span(self._at)
        top, height = self.scroll_offset.y, self.size.height
        if by > 0 and end > top + height:
            self._scroll(top + 1)
        elif by < 0 and first < top:
            self._scroll(top - 1)
        else:
            self._go(next(self._others(by), self._at))

    def _others(self, by: int) -> Iterator[int]:
        """The facts from the cursor on that are no headings."""
        indexes = range(self._at + 1, len(self._facts)) if by > 0 else range(self._at - 1, -1, -1)
        return (index for index in indexes if self._facts[index].value is not None)

    def action_turn(self, pages: int) -> None:
        """Go so many screenfuls."""
        if self._facts:
            top = self.scroll_offset.y + pages * self.size.height
            self._scroll(top)
            line = max(0, min(self._span(self._at)[0] + pages * self.size.height, len(self._lines) - 1))
            self._go(self._nearest(bisect_right(self._starts, line) - 1))

    def action_edge(self, is_end: bool) -> None:
        """Go to the first or the last fact."""
        if self._facts:
            self._go(self._nearest(len(self._facts) - 1 if is_end else 0))
            if not is_end:
                self._scroll(0)

    def _nearest(self, index: int) -> int:
        indexes = [at for at, fact in enumerate(self._facts) if fact.value is not None]
        return min(indexes, key=lambda at: abs(at - index), default=self._at)

    def _go(self, index: int) -> None:
        self._at = index
        first, end = self._span(index)
        first -= self._facts[index - 1].value is None if index else 0
        height = min(end - first, self.size.height)
        self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True)
        self.refresh()
        self.refresh_bindings()

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, len(self._lines) - self.size.height)), animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width, line = self.size.width, self.scroll_offset.y + y
        if line >= len(self._lines):
            return Strip.blank(width, self.visual_style.rich_style)
        index, content = self._lines[line]
        is_at = index == self._at and self._facts[index].value is not None
        style = self.get_visual_style("facts--cursor") if is_at else self.visual_style
        if is_at and self.has_focus:
            content = Content(content.plain)
        strip = Visual.to_strips(self, content, width, 1, style, apply_selection=False)[0]
        return strip.adjust_cell_length(width, style.rich_style)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the interface
        """Only what leads somewhere is offered to be opened."""
        return action != "open" or (self.current is not None and self.current.leads_to is not None)

    def action_open(self) -> None:
        """Open what the fact leads to."""
        if self.current and self.current.leads_to:
            self.post_message(self.Opened(*self.current.leads_to))

    def on_click(self, event: events.Click) -> None:
        """Take the cursor; the second click opens."""
        event.stop()
        spot = event.get_content_offset(self)
        line = self.scroll_offset.y + spot.y if spot else len(self._lines)
        if line < len(self._lines) and self._facts[self._lines[line][0]].value is not None:
            self._go(self._lines[line][0])
            if event.chain > 1:
                self.action_open()


def _wrapped(fact: Fact, width: int, *, is_first: bool) -> Iterator[Content]:
    """The lines of a fact, the value's under each other; a blank line above a heading."""
    if fact.value is None:
        if not is_first:
            yield Content()
        yield show.cells(show.label(fact.label, "bold"), width)
        return
    room = LABEL if width >= NARROW else SHORT_LABEL
    value = fact.value if len(fact.value) <= LONGEST else Content.assemble(fact.value[:LONGEST], show.glyphs().ellipsis)
    label = show.cells(show.label(fact.label, show.MUTED), room - 1) + Content(" ")
    yield from show.hanging(label, value, width)
