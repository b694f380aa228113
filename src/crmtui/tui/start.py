"""How the full screen begins and ends: with what the user has chosen in the shell and in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import config, paths, text
from crmtui.tui import show
from crmtui.tui.app import CrmtuiApp

if TYPE_CHECKING:
    from pathlib import Path


def run(path: Path | None, language: str = "") -> int:
    """Open the workbench and stay in it until the user leaves; returns the exit code.

    Args:
        path: the workspace; None for the one of the settings, or of the default place.
        language: the code of the language; empty for the one of the settings.
    """
    settings = config.load()
    text.speak(language or settings.language)
    wants_ascii = not config.shows_unicode() if settings.ascii is None else settings.ascii
    show.use_ascii(wants_ascii)
    if settings.keys:
        from crmtui.tui import keymap

        keymap.check(settings.keys)
    app = CrmtuiApp(path or settings.db or paths.default_workspace(), settings)
    app.run()
    app.finish()
    return app.return_code or 0
