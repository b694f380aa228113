"""Commands: one definition feeds the key, the footer, the palette, the help, the documentation and the keymap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from textual.binding import Binding, BindingType

from crmtui.text import N_, NP_, _
from crmtui.tui import show
from crmtui.tui.glyphs import ASCII

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import ActiveBinding
    from textual.screen import Screen

_PLAIN: Final = {"⏎": "enter", "⌫": "backspace", "↑": "up", "↓": "down", "←": "left", "→": "right", "⌦": "delete"}
_NAMES: Final = {
    "space": NP_("key", "space"),
    "home": NP_("key", "home"),
    "end": NP_("key", "end"),
    "del": NP_("key", "del"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the user can do with a key, the mouse or the palette.

    A class that can do it says `BINDINGS = bindings(actions.NEW, Action(id="accounts.level", key="l", ...))` and
    has a method `action_new`, `action_level`; where it cannot be done now, `check_action` returns False and
    footer, palette and help leave it out.

    Attributes:
        id: its name in the keymap, `scope.name`; the method is `action_` and the name.
        key: keys that start it, with commas between.
        label: what footer, palette and help call it, untranslated.
        help: one sentence for help and palette, untranslated.
        does: Textual's action, where it is not the name in the id.
        show: whether the footer shows it; palette and help always do.
        priority: whether the key works inside of text fields too.
    """

    id: str
    key: str
    label: str
    help: str = ""
    does: str = ""
    show: bool = True
    priority: bool = False

    @property
    def binding(self) -> Binding:
        """The same for Textual."""
        does = self.does or self.id.rpartition(".")[2]
        return Binding(
            self.key, does, self.label, id=self.id, tooltip=self.help, show=self.show, priority=self.priority
        )


def bindings(*actions: Action) -> list[BindingType]:
    """What a class that can do these says as its `BINDINGS`."""
    return [action.binding for action in actions]


def key_name(shown: str) -> str:
    """A key of Textual's as the user's keyboard has it, in signs that can be shown."""
    if shown in _NAMES:
        return _(_NAMES[shown])
    return _PLAIN.get(shown, shown) if show.glyphs() is ASCII else shown


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that can be done here and now.

    Attributes:
        keys: the keys that start it, as they are shown.
        label: its name, translated.
        help: one sentence, translated.
        action: the action, with its parameters, for `App.run_action` in the namespace of `active.node`.
        active: the binding and its node.
    """

    keys: tuple[str, ...]
    label: str
    help: str
    action: str
    active: ActiveBinding

    @property
    def is_shown(self) -> bool:
        """Whether the footer shows it."""
        return self.active.binding.show


def offers(screen: Screen[Any]) -> Iterator[Offer]:
    """What can be done on a screen now, from the focused widget upwards; each action once, with all its keys."""
    found: dict[tuple[object, str], list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.id is not None:
            found.setdefault((active.node, active.binding.action), []).append(active)
    for same in found.values():
        first = same[0].binding
        yield Offer(
            keys=tuple(screen.app.get_key_display(active.binding) for active in same),
            label=_(first.description),
            help=_(first.tooltip),
            action=first.action,
            active=same[0],
        )


NEW: Final = Action(id="record.new", key="n", label=N_("New"), help=N_("Make a new record."))
EDIT: Final = Action(id="record.edit", key="e", label=N_("Edit"), help=N_("Change the record under the cursor."))
DELETE: Final = Action(
    id="record.delete",
    key="d,delete",
    label=N_("Delete"),
    help=N_("Delete the record under the cursor, or all that are marked; undo brings them back."),
)
WHY: Final = Action(
    id="record.why", key="w", label=N_("Why"), help=N_("Show the terms behind the figure under the cursor.")
)
CONTACT: Final = Action(
    id="record.contact", key="c", label=N_("Log a contact"), help=N_("Write down a contact that happened.")
)
TAG: Final = Action(
    id="accounts.tag",
    key="t",
    label=N_("Tag"),
    help=N_("Hang a tag on the marked accounts, or take it off where all of them have it."),
)
EDITOR: Final = Action(
    id="record.editor",
    key="E",
    label=N_("Editor"),
    help=N_("Open the long text in your own editor ($EDITOR)."),
    show=False,
)
FILTER: Final = Action(
    id="room.filter", key="slash", label=N_("Filter"), help=N_("Show only what answers to the words you type.")
)
REPEAT: Final = Action(
    id="room.repeat",
    key="full_stop",
    label=N_("Repeat"),
    help=N_("Make the last change once more, here."),
    show=False,
)
PANE: Final = Action(id="room.pane", key="i", label=N_("Details"), help=N_("Show or fold the pane on the right."))
BACK: Final = Action(id="room.back", key="escape", label=N_("Back"), help=N_("Go back where you were."))
