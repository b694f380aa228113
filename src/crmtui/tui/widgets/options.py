"""A few words side by side, of which one or several are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import N_, NP_, _, key as folded
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.geometry import Size

BRACKETS: Final = 2  # cells around each word


@dataclass(frozen=True, slots=True)
class Item:
    """A word to choose.

    Attributes:
        value: what is chosen; empty for the answer that nobody knows.
        label: what is shown, translated.
    """

    value: str
    label: str


class Options(Widget, can_focus=True):
    """Words in as many lines as they need; the chosen ones in brackets, so that colour is not needed to see them.

    Arrows choose, or walk when several can be chosen and the space bar takes; a digit or a first letter jumps.

    Args:
        items: the words.
        chosen: the values chosen at first.
        many: whether several can be chosen.
    """

    ALLOW_SELECT = False
    HELP = N_("Words to choose from: the arrows choose, or the first letter of the word.")
    BINDINGS: ClassVar = bindings(
        Action(id="options.left", key="left", label=N_("Left"), does="move(-1)", show=False),
        Action(id="options.right", key="right", label=N_("Right"), does="move(1)", show=False),
        Action(id="options.first", key="home", label=N_("First"), does="move(-99)", show=False),
        Action(id="options.last", key="end", label=N_("Last"), does="move(99)", show=False),
        Action(id="options.clear", key="backspace,delete", label=NP_("grade", "Unknown"), does="clear", show=False),
        Action(id="options.take", key="space", label=N_("Choose"), does="take"),
    )
    DEFAULT_CSS = """
    Options { height: auto; width: 1fr; color: $foreground 70%; }
    """

    cursor: reactive[int] = reactive(0)
    chosen: reactive[frozenset[str]] = reactive(frozenset[str], layout=True, init=False)

    class Changed(Message):
        """Other words are chosen."""

        def __init__(self, options: Options) -> None:
            super().__init__()
            self.options = options

        @property
        def control(self) -> Options:
            """The words."""
            return self.options

    def __init__(
        self,
        items: Sequence[Item],
        chosen: Sequence[str] = (),
        *,
        many: bool = False,
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
    ) -> None:
        super().__init__(id=id)
        self._items = tuple(items)
        self.many = many
        self.set_reactive(Options.chosen, frozenset(chosen))
        self.set_reactive(Options.cursor, self._first_chosen())

    def _first_chosen(self) -> int:
        return next((index for index, item in enumerate(self._items) if item.value in self.chosen), 0)

    @property
    def values(self) -> tuple[str, ...]:
        """The chosen values, in the order of the words."""
        return tuple(item.value for item in self._items if item.value in self.chosen)

    def choose(self, values: Sequence[str]) -> None:
        """Choose these and no others; those that are no word of ours are left out."""
        self.chosen = frozenset(values) & {item.value for item in self._items}
        self.cursor = self._first_chosen()

    def offer(self, items: Sequence[Item], chosen: Sequence[str]) -> None:
        """Have other words to choose from; those that are given are chosen."""
        self._items = tuple(items)
        self.cursor = max(0, min(self.cursor, len(self._items) - 1))
        self.chosen = frozenset(chosen)
        self.refresh(layout=True)

    @property
    def offered(self) -> tuple[str, ...]:
        """The values of the words that there are."""
        return tuple(item.value for item in self._items)

    def watch_chosen(self) -> None:
        """Tell."""
        self.post_message(self.Changed(self))

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - the interface
        """As many lines as the words take."""
        return max((line for line, _left, _item in self._placed(width)), default=0) + 1

    def _placed(self, width: int) -> Iterator[tuple[int, int, Item]]:
        """Each word with its line and its first cell."""
        line = left = 0
        for item in self._items:
            size = Content(item.label).cell_length + BRACKETS
            if left and left + size > width:
                line, left = line + 1, 0
            yield line, left, item
            left += size

    def render(self) -> Content:
        """The words."""
        lines: list[list[Content]] = []
        for line, _left, item in self._placed(self.content_size.width):
            lines.extend([] for _missing in range(line + 1 - len(lines)))
            lines[line].append(self._word(item))
        return Content("\n").join(Content("").join(words) for words in lines)

    def _word(self, item: Item) -> Content:
        is_chosen = item.value in self.chosen
        shown = f"[{item.label}]" if is_chosen else f" {item.label} "
        style = "bold $foreground" if is_chosen else ""
        if self.has_focus and self._items[self.cursor] is item:
            style = f"{style} on $primary 30%"
        return Content.styled(shown, style.strip())

    # Choosing

    def action_move(self, by: int) -> None:
        """Go to the word so many further."""
        self._go(max(0, min(len(self._items) - 1, self.cursor + by)))

    def _go(self, index: int) -> None:
        self.cursor = index
        if not self.many:
            self.chosen = frozenset({self._items[index].value})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where only one can be chosen, walking has chosen it."""
        return self.many if action == "take" else super().check_action(action, parameters)

    def action_take(self) -> None:
        """Choose the word under the cursor, or let it go."""
        value = self._items[self.cursor].value
        self.chosen = self.chosen ^ {value} if self.many else frozenset({value})

    def action_clear(self) -> None:
        """Choose nothing, where that is an answer."""
        if self.many:
            self.chosen = frozenset()
        elif any(not item.value for item in self._items):
            self.choose([""])

    def on_key(self, event: events.Key) -> None:
        """A digit or the first letter of a word jumps to it."""
        typed = (event.character or "").casefold()
        if not event.is_printable or typed == " ":
            return
        around = [*range(self.cursor + 1, len(self._items)), *range(self.cursor + 1)]
        for index in around:
            item = self._items[index]
            if typed == item.value or folded(item.label).startswith(folded(typed) or "\0"):
                event.stop()
                self._go(index)
                return

    def on_click(self, event: events.Click) -> None:
        """Choose the word that was clicked."""
        offset = event.get_content_offset_capture(self)
        for index, (line, left, item) in enumerate(self._placed(self.content_size.width)):
            if line == offset.y and left <= offset.x < left + Content(item.label).cell_length + BRACKETS:
                self.cursor = index
                self.action_take()


def unknown() -> Item:
    """The answer that nobody knows, which is not the lowest grade."""
    return Item("", show.label(_("unknown")).plain)
