"""Long text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmtui.text import _, clean

if TYPE_CHECKING:
    from textual.app import App

FALLBACK = "notepad" if os.name == "nt" else "vi"


def edited(app: App[Any], before: str) -> str | None:
    """Let $VISUAL or $EDITOR change a text while the app waits; None, after saying why, when it could not.

    The text lies in a private file for as long as the editor is open.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or FALLBACK)
    with tempfile.TemporaryDirectory(prefix="crmtui-") as folder:
        file = Path(folder) / "text.txt"
        file.write_text(before, encoding="utf-8")
        try:
            with app.suspend():
                subprocess.run([*command, str(file)], check=True)  # noqa: S603 - the user's own program
            return clean(file.read_text(encoding="utf-8", errors="replace")).removesuffix("\n")
        except (OSError, subprocess.CalledProcessError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error.returncode)
            app.notify(
                _("{program} could not be used: {why}").format(program=command[0], why=reason),
                severity="error",
                markup=False,
            )
            return None
