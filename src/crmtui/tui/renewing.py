"""Building every screen anew, so that a change of language or of signs reaches those that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from crmtui.tui.screens.base import PageScreen

if TYPE_CHECKING:
    from crmtui.tui.app import CrmtuiApp

_BETWEEN: Final = "between"


def renew(app: CrmtuiApp) -> None:
    """Build the rooms anew and open again, in the one that is shown, the pages that lie over it.

    Nothing that is typed is lost: forms are closed before the settings can be opened.
    """
    here = app.current_mode
    pages = [(type(screen), screen.key) for screen in app.screen_stack if isinstance(screen, PageScreen)]
    app.add_mode(_BETWEEN, Screen)
    app.switch_mode(_BETWEEN)
    for room in app.rooms:
        app.remove_mode(room.id)
        app.add_mode(room.id, app.MODES[room.id])
    app.switch_mode(here)
    app.remove_mode(_BETWEEN)
    for kind, key in pages:
        app.push_screen(kind(key))
