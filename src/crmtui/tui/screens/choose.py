"""Choosing one of many by typing part of its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crmtui.text import N_, _, clean
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

Key = TypeVar("Key")
CREATE: Final = "create"
NOTHING: Final = N_("Nothing answers to these words.")
EMPTY: Final = N_("There is nothing to choose from yet.")
CREATES: Final = N_("Nothing to choose from yet: type a name, and enter makes it.")
GUTTER: Final = 2  # cells around an option
GAP: Final = 2  # cells
DETAILS: Final = 24  # cells that details get where both cannot be shown in full


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """One that answers to what was typed.

    Attributes:
        key: what the caller gets, such as a record's integer key.
        label: its name, shown as text.
        detail: what is shown muted at the right.
    """

    key: Key
    label: str
    detail: str = ""


class ChooseScreen(Dialog[Found[Key]]):
    """Choose; dismissed with what was found or made, or None when the user went back.

    Args:
        title: what is chosen, shown as text.
        find: blocking; those that answer to the words typed, the best first, at most a screenful. It runs in a
            thread at each key, also for no words at all.
        create: blocking; makes a new one of the words typed and returns it; None where none can be made.
        words: what is typed already.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="choose.take", key="enter", label=N_("Choose"), does="take", priority=True),
        Action(id="choose.down", key="down,ctrl+n", label=N_("Down"), does="move(1)", show=False, priority=True),
        Action(id="choose.up", key="up,ctrl+p", label=N_("Up"), does="move(-1)", show=False, priority=True),
        Action(id="choose.page_down", key="pagedown", label=N_("Page down"), does="move(10)", show=False),
        Action(id="choose.page_up", key="pageup", label=N_("Page up"), does="move(-10)", show=False),
    )
    DEFAULT_CSS = """
    ChooseScreen {
        & #found { height: auto; min-height: 3; max-height: 16; border: none; padding: 0; background: transparent; }
        & #found { text-wrap: nowrap; text-overflow: ellipsis; }
        & #found:focus { border: none; }
        & #nothing { color: $foreground 60%; display: none; }
    }
    """

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Found[Key]]],
        *,
        create: Callable[[str], Found[Key]] | None = None,
        words: str = "",
    ) -> None:
        super().__init__(title)
        self._find = find
        self._create = create
        self._words = clean(words)
        self._found: Sequence[Found[Key]] = ()
        self._jobs = Jobs(self)

    def compose_box(self) -> ComposeResult:
        """The words above what answers to them."""
        yield LineInput(self._words, placeholder=_("type part of the name"), id="words", select_on_focus=False)
        yield OptionList(id="found", markup=False)
        yield Static(id="nothing", markup=False)

    def on_mount(self) -> None:
        """Show what there is before a word is typed."""
        self.query_one("#found").can_focus = False
        self._ask()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for other words."""
        event.stop()
        self._words = clean(event.value).strip()
        self._ask()

    @property
    def _begin(self) -> str:
        """What to do where there is nothing to choose from yet."""
        return CREATES if self._create is not None else EMPTY

    def _ask(self) -> None:
        self._jobs.run("find", partial(self._find, self._words), on_done=self._show)

    def _show(self, found: Sequence[Found[Key]]) -> None:
        self._found = found
        options = self.query_one("#found", OptionList)
        options.clear_options()
        labels = self._width_of_labels()
        options.add_options([Option(_row(one, labels)) for one in found])
        can_create = self._create is not None and bool(self._words)
        if can_create:
            new = _("create “{name}”").format(name=self._words)
            options.add_option(Option(Content.styled(show.label(new).plain, "$text-success"), id=CREATE))
        options.highlighted = 0 if found or can_create else None
        nothing = self.query_one("#nothing", Static)
        nothing.display = not found and not can_create
        nothing.update(show.label(_(NOTHING if self._words else self._begin)))

    def _width_of_labels(self) -> int:
        """As wide as the widest, so that the details stand in a column; less where those would have no room."""
        room = self.query_one("#found", OptionList).scrollable_content_region.width - GUTTER
        details = max((show.label(one.detail).cell_length for one in self._found), default=0)
        widest = max((show.label(one.label).cell_length for one in self._found if one.detail), default=0)
        return min(widest, room - GAP - min(details, DETAILS))

    def action_move(self, by: int) -> None:
        """Go up or down."""
        options = self.query_one("#found", OptionList)
        if options.option_count:
            options.highlighted = max(0, min(options.option_count - 1, (options.highlighted or 0) + by))

    def action_take(self) -> None:
        """Choose what the cursor is on."""
        self._take(self.query_one("#found", OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what was clicked."""
        event.stop()
        self._take(event.option_index)

    def _take(self, index: int | None) -> None:
        if index is None:
            return
        if index < len(self._found):
            self.dismiss(self._found[index])
        elif self._create is not None:
            self._jobs.run("create", partial(self._create, self._words), on_done=self._made)

    def _made(self, made: Found[Key]) -> None:
        self.dismiss(made)


def _row(one: Found[Any], labels: int) -> Content:
    if not one.detail:
        return show.label(one.label)
    return Content.assemble(show.cells(show.label(one.label), labels), " " * GAP, show.label(one.detail, show.MUTED))
