"""The one door from the shell to the full screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from crmtui import text
from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk


def open_workspace(desk: Desk) -> int:
    """Open the full screen on the desk's workspace; returns its exit code.

    Raises:
        UsageError: there is no terminal to draw it on.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):  # where Textual reads and draws
        raise UsageError(_("The full screen needs a terminal; `crmtui --help` lists what works without one."))
    from crmtui.tui.start import run

    return run(desk.place, text.language())
