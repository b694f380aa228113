"""A text of the workspace in the user's own editor: what others wrote meanwhile stays, and what was typed too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.text import N_, _
from crmtui.tui import editor
from crmtui.tui.screens.ask import DISCARD, Answer, AskScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.errors import CrmtuiError
    from crmtui.tui.screens.base import RoomScreen

BOTH: Final = Answer("both", N_("Keep both"))
MINE: Final = Answer("mine", N_("Mine"))
THEIRS: Final = Answer("theirs", N_("Theirs"))
AGAIN: Final = Answer("again", N_("Edit again"))


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that can be changed.

    Attributes:
        room: the screen that it is changed from.
        seen: the text as the user sees it.
        now: blocking; the text as it is in the file.
        save: blocking; writes another.
    """

    room: RoomScreen
    seen: str
    now: Callable[[], str]
    save: Callable[[str], object]

    def change(self, typed: str | None = None) -> None:
        """Hand it to the editor, as it is seen or as it was typed before, and save what comes back."""
        begun = self.seen if typed is None else typed
        after = editor.edited(self.room.app, begun)
        if after is None and typed is not None:
            self._ask_again(typed, _("It has not been saved."))
        elif after is not None and after != self.seen.removesuffix("\n"):
            self.keep(after)

    def keep(self, after: str) -> None:
        """Save what was typed, unless somebody else has changed the text meanwhile: then ask."""
        work = partial(self._kept, after)
        self.room.change(work, on_done=partial(self._settle, after), on_failed=partial(self._refused, after))

    def _kept(self, after: str) -> str | None:
        """Blocking: save it, unless that would write over what the user has not seen; that is returned."""
        there = self.now()
        if there not in (self.seen, after):
            return there
        self.save(after)
        return None

    def _settle(self, after: str, there: str | None) -> None:
        if there is None:
            return
        chosen = {BOTH.id: f"{there.rstrip()}\n\n{after}", MINE.id: after}

        def answered(answer: str | None) -> None:
            if answer == THEIRS.id:
                return
            replace(self, seen=there).keep(chosen[answer or BOTH.id])

        question = _("Somebody else has changed this text while it was in your editor. Both one after the other?")
        self.room.app.push_screen(AskScreen(_("Two texts"), question, (BOTH, MINE, THEIRS)), answered)

    def _refused(self, after: str, error: CrmtuiError) -> None:
        self._ask_again(after, str(error))

    def _ask_again(self, typed: str, why: str) -> None:
        def answered(answer: str | None) -> None:
            if answer != DISCARD.id:
                self.change(typed)

        self.room.app.push_screen(AskScreen(_("Not saved"), why, (AGAIN, DISCARD)), answered)
