"""Long text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from crmtui.text import _, clean, line

if TYPE_CHECKING:
    from textual.app import App

FALLBACK = "notepad" if os.name == "nt" else "vi"


def edited(app: App[Any], before: str) -> str | None:
    """Let $VISUAL or $EDITOR change a text while the app waits; None, after saying why, when it could not.

    The text lies in a private file for as long as the editor is open.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or FALLBACK
    with tempfile.TemporaryDirectory(prefix="crmtui-") as folder:
        file = Path(folder) / "text.txt"
        file.write_text(before, encoding="utf-8")
        try:
            command = _words(named)
            with app.suspend():
                subprocess.run([*command, str(file)], check=True)  # noqa: S603 - the user's own program
            return clean(file.read_text(encoding="utf-8", errors="replace")).removesuffix("\n")
        except (OSError, subprocess.CalledProcessError, SuspendNotSupported, ValueError) as error:
            said = _("{program} could not be used: {why}").format(program=line(named)[:80], why=_reason(error))
            app.notify(said, severity="error", markup=False)
            return None


def _words(named: str) -> list[str]:
    """The program and what is said to it; ValueError where a quote is never closed, or nothing is named."""
    if not (words := shlex.split(named)):
        raise ValueError(named)
    return words


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, subprocess.CalledProcessError):
        return str(error.returncode)
    if isinstance(error, SuspendNotSupported):
        return _("this terminal cannot be lent to another program")
    return _("this names no program; see $VISUAL and $EDITOR")
