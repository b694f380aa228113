"""What rooms and pages are laid out with: panes, and the pane on the right that folds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from crmtui.text import N_
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings

if TYPE_CHECKING:
    from textual.content import Content
    from textual.widget import Widget


class Pane(Vertical):
    """A titled part of a screen; its border shows when the focus is inside.

    Args:
        children: what it holds.
        title: its title, translated or from a record; shown as text.
    """

    DEFAULT_CSS = """
    Pane {
        border: round $foreground 25%;
        border-title-color: $foreground 60%;
        border-subtitle-color: $foreground 60%;
        padding: 0 1;
    }
    Pane:focus-within { border: round $primary; border-title-color: $foreground; border-title-style: bold; }
    """

    def __init__(
        self,
        *children: Widget,
        title: str | Content = "",
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
        classes: str | None = None,
    ) -> None:
        super().__init__(*children, id=id, classes=classes)
        self.entitle(title)

    def entitle(self, title: str | Content, subtitle: str | Content = "") -> None:
        """Write other titles into the border."""
        self.border_title = show.label(title) if isinstance(title, str) else title
        self.border_subtitle = show.label(subtitle) if isinstance(subtitle, str) else subtitle


class SidePane(Pane, can_focus=True):
    """The pane on the right, which scrolls. Below 100 columns it is folded until `i` lays it over the others."""

    DEFAULT_CSS = """
    SidePane { width: 46; overflow-y: auto; scrollbar-size-vertical: 1; }
    SidePane:focus { border: round $primary; border-title-color: $foreground; border-title-style: bold; }
    """
    BINDINGS: ClassVar = bindings(
        Action(id="pane.down", key="down,j", label=N_("Down"), does="scroll_down", show=False),
        Action(id="pane.up", key="up,k", label=N_("Up"), does="scroll_up", show=False),
        Action(id="pane.page_down", key="pagedown", label=N_("Page down"), does="page_down", show=False),
        Action(id="pane.page_up", key="pageup", label=N_("Page up"), does="page_up", show=False),
        Action(id="pane.first", key="home,g", label=N_("To the top"), does="scroll_home", show=False),
        Action(id="pane.last", key="end,G", label=N_("To the end"), does="scroll_end", show=False),
    )
