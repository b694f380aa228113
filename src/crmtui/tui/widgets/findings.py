"""What stands out on a map, as a list that leads to the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from crmtui.text import N_
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from crmtui.queries.dmu import Finding

GAP: Final = 2  # cells between a finding and what it would bring
LEAST: Final = 16  # cells below which that would say nothing
GUTTER: Final = 2  # cells around an option


class FindingList(OptionList, inherit_bindings=False):
    """Findings, the urgent first; the cursor stays on its finding when others come or go."""

    HELP = N_(
        "What stands out on this map, and what it would bring to see to it. Going through the lines shows the person; "
        "enter opens the place to change."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="findings.open", key="enter", label=N_("Change it"), does="select"),
        Action(id="findings.down", key="down,j", label=N_("Down"), does="cursor_down", show=False),
        Action(id="findings.up", key="up,k", label=N_("Up"), does="cursor_up", show=False),
        Action(id="findings.page_down", key="pagedown", label=N_("Page down"), does="page_down", show=False),
        Action(id="findings.page_up", key="pageup", label=N_("Page up"), does="page_up", show=False),
        Action(id="findings.first", key="home,g", label=N_("First"), does="first", show=False),
        Action(id="findings.last", key="end,G", label=N_("Last"), does="last", show=False),
    )
    DEFAULT_CSS = """
    FindingList, FindingList:focus {
        height: auto; max-height: 100%; border: none; padding: 0; background: transparent;
        text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
    }
    FindingList:blur > .option-list--option-highlighted { background: transparent; color: $foreground; }
    """

    class Visited(Message):
        """The cursor is on a finding, and the list has the focus.

        Attributes:
            finding: it.
        """

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    class Opened(Visited):
        """The place to change what a finding says is asked for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id, markup=False)
        self._findings: Sequence[Finding] = ()
        self._width = 0

    @property
    def current(self) -> Finding | None:
        """The finding under the cursor."""
        at = self.highlighted
        return self._findings[at] if at is not None and at < len(self._findings) else None

    def tell(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        if findings == self._findings:
            return
        here, at = self.current, self.highlighted or 0
        self._findings = findings
        self._draw()
        same = (n for n, one in enumerate(findings) if here and (one.fact, one.key) == (here.fact, here.key))
        self.highlighted = next(same, min(at, len(findings) - 1)) if findings else None

    def _draw(self) -> None:
        """All lines, as wide as there is room."""
        self._width = self.scrollable_content_region.width - GUTTER
        self.clear_options()
        self.add_options([Option(_line(finding, self._width)) for finding in self._findings])

    def on_resize(self) -> None:
        """What findings bring stands at the right."""
        if self.scrollable_content_region.width - GUTTER != self._width:
            at = self.highlighted
            self._draw()
            self.highlighted = at

    def on_focus(self, event: events.Focus) -> None:  # noqa: ARG002 - the shape of a handler
        """Show the person of the finding under the cursor."""
        self._visit()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the person of the finding that the cursor came to."""
        event.stop()
        if self.has_focus:
            self._visit()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the place."""
        event.stop()
        if self.current:
            self.post_message(self.Opened(self.current))

    def _visit(self) -> None:
        if self.current:
            self.post_message(self.Visited(self.current))


def _line(finding: Finding, width: int) -> Content:
    """A finding, and at the right what it would bring; the finding gives way, but never to less than half."""
    mark = Content.styled(show.glyphs().urgent, f"bold {show.ACT}") if finding.is_urgent else Content.styled("·", "")
    said = Content.assemble(mark, " ", show.label(finding.sentence))
    gain = show.label(finding.gain, show.MUTED)
    room = min(gain.cell_length, max(width // 2, width - said.cell_length - GAP))
    if room < min(LEAST, gain.cell_length):
        return said
    return Content.assemble(show.cells(said, width - room - GAP), " " * GAP, show.cells(gain, room, "right"))
