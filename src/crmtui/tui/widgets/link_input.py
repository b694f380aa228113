"""The field that leads to another record, or to several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events


class LinkInput(Widget, can_focus=True):
    """Shows the names of the records it leads to; typing begins to look for another one.

    Args:
        title: what is looked for, translated.
        find: blocking; those that answer to words (see `ChooseScreen`).
        create: blocking; makes a new one of the words typed; None where none can be made.
        chosen: the records at first.
        many: whether it leads to several.
    """

    ALLOW_SELECT = False
    HELP = N_("Another record: type part of its name to look for it; backspace takes it away.")
    BINDINGS: ClassVar = bindings(
        Action(id="link.choose", key="enter,space", label=N_("Choose"), does="choose"),
        Action(id="link.clear", key="backspace,delete", label=N_("Take away"), does="clear"),
    )
    DEFAULT_CSS = """
    LinkInput { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    LinkInput:focus { background: $primary 20%; }
    """

    chosen: reactive[tuple[Found[int], ...]] = reactive((), init=False)

    class Changed(Message):
        """It leads elsewhere."""

        def __init__(self, link: LinkInput) -> None:
            super().__init__()
            self.link = link

        @property
        def control(self) -> LinkInput:
            """The field."""
            return self.link

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Found[int]]],
        *,
        create: Callable[[str], Found[int]] | None = None,
        chosen: Sequence[Found[int]] = (),
        many: bool = False,
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._find = find
        self._create = create
        self._many = many
        self.set_reactive(LinkInput.chosen, tuple(chosen))

    @property
    def keys(self) -> tuple[int, ...]:
        """The integer keys of the records."""
        return tuple(found.key for found in self.chosen)

    def watch_chosen(self) -> None:
        """Tell."""
        self.post_message(self.Changed(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - the interface
        """Without a name there is nothing to clear."""
        return bool(self.chosen) if action == "clear" else True

    def render(self) -> Content:
        """The names, or how to begin."""
        if not self.chosen:
            return Content.styled(_("type to look for one"), "$foreground 40%") if self.has_focus else show.nothing()
        return Content(", ").join(show.label(found.label) for found in self.chosen)

    def action_choose(self, words: str = "") -> None:
        """Look for a record."""
        screen = ChooseScreen(self._title, self._find, create=self._create, words=words)
        self.app.push_screen(screen, self._take)

    def _take(self, found: Found[int] | None) -> None:
        if found is not None and found.key not in self.keys:
            self.chosen = (*self.chosen, found) if self._many else (found,)
            self.refresh_bindings()

    def action_clear(self) -> None:
        """Take the last record away."""
        self.chosen = self.chosen[:-1]
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """A letter begins to look."""
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.action_choose(event.character)

    def on_click(self) -> None:
        """A click begins to look."""
        self.call_later(partial(self.action_choose, ""))
