"""Keys one after the other: each goes to whoever has the focus when the one before it has done what it does.

A terminal sends many keys at once when somebody types quickly, or the machine is busy. Textual hands all of them to the
widget that has the focus then, before the first of them has moved it: what was typed into a filter would be keys of the
list behind it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from textual.app import App
from textual.events import Key, Paste
from textual.message import Message

if TYPE_CHECKING:
    from textual.events import Event
    from textual.widget import Widget

PATIENCE: Final = 0.3  # seconds that keys wait at most for one before them; it may be lost with a widget that goes


class Passed(Message):
    """Follows a key on its way, and is at the app when nothing more comes of it."""


class TypedAheadApp(App[int], inherit_bindings=False):
    """An app in which no key goes astray."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Key | Paste] = deque()
        self._under_way: Widget | None = None  # who has the key whose end is waited for
        self._went_to: WeakKeyDictionary[Key | Paste, Widget] = WeakKeyDictionary()

    async def on_event(self, event: Event) -> None:
        """Let keys and what is pasted wait for what was typed before."""
        if not isinstance(event, (Key, Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        at = self._under_way
        if at is not None and at.is_attached and at.screen is self.screen:
            self.set_timer(PATIENCE, self._go_on)
        else:
            await self._go_on()

    async def _go_on(self) -> None:
        self._under_way = None
        if self._typed:
            event, target = self._typed.popleft(), self.focused or self.screen
            self._went_to[event], self._under_way = target, target
            await super().on_event(event)
            target.post_message(Passed())

    def on_passed(self) -> None:
        """Go on with the next key, behind what was put off until the one before was dealt with."""
        self.call_later(self._go_on)

    def on_key(self, event: Key) -> None:
        """Hand a key on that nobody took, where somebody has the focus only now: a screen that has just opened."""
        target = self.focused or self.screen
        if self._went_to.pop(event, target) is target:
            return
        event.stop()
        event.prevent_default()
        again = Key(event.key, event.character)
        self._went_to[again] = target
        target._forward_event(again)  # noqa: SLF001 - there is no other way to give a widget a key
